// expect: TIPRING_MAX_FILTER_TERMS must be 1 to 255, as plain decimal digits
// Terms are counted in a byte.
#if defined(TIPRING_MUST_FAIL)
#define TIPRING_MAX_FILTER_TERMS 256
#else
#define TIPRING_MAX_FILTER_TERMS 255
#endif
#include <tipring/core/config.hpp>
