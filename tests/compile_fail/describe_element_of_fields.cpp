// expect: (?s)\A(?:(?!error:).)*error: [^\n]*field<T> where one may be absent
// Elements are plain.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#if defined(TIPRING_MUST_FAIL)
using declared = tipring::list<tipring::field<int>>;
#else
using declared = tipring::list<int>;
#endif

#include "declared_member.hpp"
