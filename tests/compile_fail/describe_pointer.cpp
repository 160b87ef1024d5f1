// expect: (?s)\A(?:(?!error:).)*error: [^\n]*no pointer
// Not even one to what would do.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#if defined(TIPRING_MUST_FAIL)
using declared = const int*;
#else
using declared = int;
#endif

namespace tipring::inline TIPRING_ABI::example {
struct row {
    declared value{};
};
TIPRING_DESCRIBE(row, TIPRING_MEMBER(value, ""));
} // namespace tipring::inline TIPRING_ABI::example
