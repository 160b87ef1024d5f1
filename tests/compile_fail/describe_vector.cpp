// expect: (?s)\A(?:(?!error:).)*error: [^\n]*tipring::list<T>
// The first message says what to write instead, before what the vector is not.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#include <vector>
#if defined(TIPRING_MUST_FAIL)
using declared = tipring::field<std::vector<int>>;
#else
using declared = tipring::field<tipring::list<int>>;
#endif

#include "declared_member.hpp"
