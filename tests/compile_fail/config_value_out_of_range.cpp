// expect: TIPRING_MAX_NESTING must be 4 to 32, as plain decimal digits
// How deep a value lies is counted in the bits of a word.
#if defined(TIPRING_MUST_FAIL)
#define TIPRING_MAX_NESTING 33
#else
#define TIPRING_MAX_NESTING 8
#endif
#include <tipring/core/config.hpp>
