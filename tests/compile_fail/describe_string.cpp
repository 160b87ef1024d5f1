// expect: (?s)\A(?:(?!error:).)*error: [^\n]*tipring::text
// The first message says what to write instead, before what the string is not.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#include <string>
#if defined(TIPRING_MUST_FAIL)
using declared = std::string;
#else
using declared = tipring::text;
#endif

namespace tipring::inline TIPRING_ABI::example {
struct row {
    declared value{};
};
TIPRING_DESCRIBE(row, TIPRING_MEMBER(value, ""));
} // namespace tipring::inline TIPRING_ABI::example
