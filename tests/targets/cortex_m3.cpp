// How the test program starts on the bare Cortex-M3, and how it ends: exit goes through newlib's
// semihosting and becomes QEMU's status; a fault ends with status 99 and says so.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

// ISO C++ lets nobody call main, so it goes by the name that its symbol has.
extern "C" int program(int, char**) __asm__("main");

extern "C" {

extern char stack_end;
extern char bss_begin;
extern char bss_end;

void initialise_monitor_handles();
void __libc_init_array();

// What -nostartfiles leaves out and newlib and the compiler's runtime ask for.
void* __dso_handle = nullptr;
void _init() {}
void _fini() {}

// Where std::random_device gets the seed that is new in each run: from the host's clock.
int getentropy(void* to, std::size_t size) {
    const auto now = static_cast<std::uint32_t>(std::time(nullptr));
    for (std::size_t i = 0; i < size; ++i)
        static_cast<unsigned char*>(to)[i] = static_cast<unsigned char>(now >> 8 * (i % 4));
    return 0;
}

[[noreturn]] void reset() {
    std::memset(&bss_begin, 0, static_cast<std::size_t>(&bss_end - &bss_begin));
    initialise_monitor_handles();
    __libc_init_array();
    std::exit(program(0, nullptr));
}

[[noreturn]] void fault() {
    std::fputs("the processor stopped with a fault\n", stderr);
    std::_Exit(99);
}

// Instead of newlib's, which says nothing.
[[noreturn]] void abort() {
    std::printf("abort() was called from %p\n", __builtin_return_address(0));
    std::fflush(stdout);
    std::_Exit(98);
}

using handler = void (*)();

/// What the core reads first: its stack, where it starts, and where each of the faults goes.
struct vector_table {
    char* stack;
    handler start;
    handler faults[14];
};

[[gnu::section(".vectors"), gnu::used]] const vector_table vectors = {
    &stack_end,
    reset,
    {fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault,
     fault}};

} // extern "C"
