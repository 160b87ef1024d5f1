// expect: nodiscard|unused-result
// A result that nobody looks at is a lost error.
#include <tipring/core/result.hpp>

tipring::result<int> read();

void use() {
#if defined(TIPRING_MUST_FAIL)
    read();
#else
    if (read()) return;
#endif
}
