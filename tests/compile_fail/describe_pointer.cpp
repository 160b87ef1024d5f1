// expect: (?s)\A(?:(?!error:).)*error: [^\n]*no pointer
// Not even one to what would do.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#if defined(TIPRING_MUST_FAIL)
using declared = const int*;
#else
using declared = int;
#endif

#include "declared_member.hpp"
