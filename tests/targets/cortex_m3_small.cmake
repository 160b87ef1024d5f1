# The Cortex-M3 of cortex_m3.cmake, for the program with the smallest size of the library, without exceptions and RTTI.
include("${CMAKE_CURRENT_LIST_DIR}/cortex_m3.cmake")
