// expect: TIPRING_MAX_CONDITIONS must be 1 to 255, as plain decimal digits
// The value becomes part of a namespace's name.
#if defined(TIPRING_MUST_FAIL)
#define TIPRING_MAX_CONDITIONS (8)
#else
#define TIPRING_MAX_CONDITIONS 8
#endif
#include <tipring/core/config.hpp>
