// expect: (?s)\A(?:(?!error:).)*error: [^\n]*a member's type has no TIPRING_DESCRIBE
// One line to write, one message.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

struct other {
    int value = 0;
};
#if defined(TIPRING_MUST_FAIL)
using declared = other;
#else
using declared = int;
#endif

namespace tipring::inline TIPRING_ABI::example {
struct row {
    declared value{};
};
TIPRING_DESCRIBE(row, TIPRING_MEMBER(value, ""));
} // namespace tipring::inline TIPRING_ABI::example
