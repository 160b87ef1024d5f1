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

#include "declared_member.hpp"
