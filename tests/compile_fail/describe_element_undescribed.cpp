// expect: (?s)\A(?:(?!error:).)*error: [^\n]*an element's type has no TIPRING_DESCRIBE
// That of an element may come later, so that two types may hold lists of each other.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct second;
struct first {
    list<second> seconds{};
};
struct second {
    list<first> firsts{};
};
TIPRING_DESCRIBE(first, TIPRING_MEMBER(seconds, ""));
#if !defined(TIPRING_MUST_FAIL)
TIPRING_DESCRIBE(second, TIPRING_MEMBER(firsts, ""));
#endif
const json::table& tables_of_both = json::table_of<first>;
} // namespace tipring::inline TIPRING_ABI::example
