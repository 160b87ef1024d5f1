// expect: deleted
// The header views the bytes of an object that ends with the expression.
#include <tipring/auth/basic.hpp>

tipring::http::header use() {
#if defined(TIPRING_MUST_FAIL)
    return tipring::auth::basic_authorization::make("me", tipring::secret{"x"})->header();
#else
    static const auto login = tipring::auth::basic_authorization::make("me", tipring::secret{"x"});
    return login ? login->header() : tipring::http::header{};
#endif
}
