// expect: names_are_longer_than_254_bytes_or_have_to_be_escaped
// Names are written as they are.
#if defined(TIPRING_MUST_FAIL)
#define NAME "a\\b"
#else
#define NAME "a b"
#endif
#include "named_member.hpp"
