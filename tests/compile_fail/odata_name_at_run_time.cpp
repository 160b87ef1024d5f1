// expect: constant expression|is not constant|consteval
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
inline tipring::text name = "x";

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = odata::string_property{name};
#endif
[[maybe_unused]] const auto right = odata::string_property{"x"};
