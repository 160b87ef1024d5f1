// expect: (?s)\A(?:(?!error:).)*error: [^\n]*field<T> where one may be absent
// Elements are plain.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#if defined(TIPRING_MUST_FAIL)
using declared = tipring::list<tipring::field<int>>;
#else
using declared = tipring::list<int>;
#endif

namespace tipring::inline TIPRING_ABI::example {
struct row {
    declared value{};
};
TIPRING_DESCRIBE(row, TIPRING_MEMBER(value, ""));
} // namespace tipring::inline TIPRING_ABI::example
