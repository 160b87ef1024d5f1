// How the test program starts on the bare Cortex-M3, and how it ends: exit goes through newlib's
// semihosting and becomes QEMU's status; a fault ends with status 99 and says so. So that a null
// pointer and a stack that is full are faults, the memory there is protected.
#include <doctest/doctest.h>

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
extern char heap_end;

// Where newlib's _sbrk stops.
extern char* heap_limit __asm__("__heap_limit");

// In newlib's stdlib.h, but not for strict C++.
int putenv(char* assignment);

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

} // extern "C"

namespace {

/// Registers of the memory protection unit (Armv7-M, B3.5).
struct protection_unit {
    std::uint32_t type;
    std::uint32_t control;
    std::uint32_t number;
    std::uint32_t address;
    std::uint32_t attributes_and_size;
};

/// From `begin` on, 2 to the power of `bits` bytes are neither read nor written.
void forbid(std::uint32_t region, const char* begin, std::uint32_t bits) {
    auto* const unit = reinterpret_cast<volatile protection_unit*>(0xE000ED90);
    constexpr std::uint32_t never_execute = 1u << 28;
    constexpr std::uint32_t enable = 1;
    constexpr std::uint32_t enable_with_default_map = 5;
    unit->number = region;
    unit->address = reinterpret_cast<std::uint32_t>(begin);
    unit->attributes_and_size = never_execute | (bits - 1) << 1 | enable;
    unit->control = enable_with_default_map;
}

/// What on_cortex_m3 says: doctest's words, and environment variables.
int read_command_line(char** words, int most) {
    static char line[2000];
    const struct {
        char* to;
        std::uint32_t size;
    } request = {line, sizeof line};
    constexpr std::uint32_t get_command_line = 0x15;
    register std::uint32_t r0 __asm__("r0") = get_command_line;
    register const void* r1 __asm__("r1") = &request;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    int count = 0;
    if (r0 != 0) return count;
    for (char* word = std::strtok(line, " "); word != nullptr; word = std::strtok(nullptr, " ")) {
        if (std::strncmp(word, "TIPRING_", 8) == 0)
            putenv(word);
        else if (count < most)
            words[count++] = word;
    }
    return count;
}

/// Ends the program from a place that no test comes back from, and says in which test it was.
[[noreturn]] void stop(const char* why, const void* address, int status) {
    const auto* const context = doctest::getContextOptions();
    const bool is_in_test = context != nullptr && context->currentTest != nullptr;
    std::printf("%s at %p, in the test case \"%s\"\n", why, address,
                is_in_test ? context->currentTest->m_name : "");
    std::fflush(stdout);
    std::_Exit(status);
}

} // namespace

extern "C" {

[[noreturn]] void reset() {
    std::memset(&bss_begin, 0, static_cast<std::size_t>(&bss_end - &bss_begin));
    forbid(0, nullptr, 8);
    forbid(1, &heap_end, 16);
    heap_limit = &heap_end;
    initialise_monitor_handles();
    static char* words[16];
    // The environment is there before constructors, because those of doctest's cases ask for it.
    const int count = read_command_line(words, 15);
    __libc_init_array();
    std::exit(program(count, words));
}

// Instead of newlib's, which says nothing.
[[noreturn]] void abort() {
    stop("abort() was called", __builtin_return_address(0), 98);
}

/// `frame` is what the core pushed when it faulted: r0 to r3, r12, lr, pc, status.
[[noreturn, gnu::used]] void report_fault(void* const* frame) {
    stop("the processor stopped with a fault", frame[6], 99);
}

[[gnu::naked]] void fault() {
    __asm__("mov r0, sp\n\tb report_fault");
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
