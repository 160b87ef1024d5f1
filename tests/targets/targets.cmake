# What differs when the tests are built for another machine by one of the toolchain files here: see docs/targets.md.

# The host's folder of headers must not be searched, so doctest is reached through a link to its folder alone.
set(links "${CMAKE_CURRENT_BINARY_DIR}/host_headers")
file(MAKE_DIRECTORY "${links}")
file(CREATE_LINK /usr/include/doctest "${links}/doctest" SYMBOLIC)
add_library(doctest::doctest INTERFACE IMPORTED)
target_include_directories(doctest::doctest INTERFACE "${links}")

get_filename_component(TIPRING_TEST_TARGET "${CMAKE_TOOLCHAIN_FILE}" NAME_WE)
add_compile_definitions(TIPRING_TEST_STRIDE=31)
if(CMAKE_SYSTEM_NAME STREQUAL "Generic")
    set(tipring_target_sources targets/cortex_m3.cpp)
endif()
