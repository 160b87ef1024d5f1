// expect: (?s)\A(?:(?!error:).)*error: [^\n]*tipring::number
// The first message says what to write instead.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#if defined(TIPRING_MUST_FAIL)
using declared = tipring::field<double>;
#else
using declared = tipring::field<tipring::number>;
#endif

#include "declared_member.hpp"
