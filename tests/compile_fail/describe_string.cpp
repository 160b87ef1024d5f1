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

#include "declared_member.hpp"
