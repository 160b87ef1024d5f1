// Faults for the audit to find, one at a time.
#pragma once

#if PLANTED == 1
#include <cstdlib>
inline void* volatile planted = std::malloc(1);
#elif PLANTED == 2
inline int* volatile planted = new int;
#elif PLANTED == 3
inline volatile double planted = 1;
inline bool plant() {
    planted = planted * 3;
    return true;
}
inline const bool planted_too = plant();
#elif PLANTED == 4
#include <cstdio>
inline const int planted = std::printf("%d", 1);
#elif PLANTED == 5
#include <string_view>
inline volatile unsigned where = 3;
inline const std::string_view planted = std::string_view{"ab"}.substr(where);
#endif
