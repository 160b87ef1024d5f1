# No operating system: an Arm Cortex-M3 (the board mps2-an385 under QEMU), little-endian, 32 bits, newlib. Files, output and the
# exit status go through semihosting. Optimised as firmware is, which also makes the suite fit into the memory for code.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
# A program that links needs our linker script, so what CMake tries out is only compiled.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_CXX_FLAGS_INIT "-mcpu=cortex-m3 -mthumb -Os -fno-threadsafe-statics -ffunction-sections -fdata-sections -Wno-psabi")
string(APPEND CMAKE_CXX_FLAGS_INIT " -DDOCTEST_CONFIG_NO_POSIX_SIGNALS -DDOCTEST_CONFIG_NO_MULTITHREADING")
set(CMAKE_EXE_LINKER_FLAGS_INIT
    "--specs=rdimon.specs -nostartfiles -Wl,--gc-sections -T ${CMAKE_CURRENT_LIST_DIR}/cortex_m3.ld")
set(CMAKE_CROSSCOMPILING_EMULATOR "${CMAKE_CURRENT_LIST_DIR}/on_cortex_m3")
