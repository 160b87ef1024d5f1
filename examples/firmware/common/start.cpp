// From reset to main() and from there to the exit status, on any Cortex-M: the vector table, the
// variables, the stack. Not here: anything about tipring, and the memory map (boards/).
#include <cstdint>

#include "board.hpp"

extern "C" {

using constructor = void (*)();
extern const constructor constructors_begin[], constructors_end[];
extern std::uint32_t data_in_flash[], data_begin[], data_end[], bss_begin[], bss_end[], stack_top[];

// Made with the C library's names, since compilers take these as given; nothing is destroyed here.
void* __dso_handle = nullptr;

[[noreturn]] void reset() {
#if defined(__ARM_FP)
    // Coprocessor access, full, for the floating-point unit, whose registers compilers use for
    // other things too.
    *reinterpret_cast<volatile std::uint32_t*>(0xE000ED88) |= 0xFu << 20;
    asm volatile("dsb\n isb" ::: "memory");
#endif
    const std::uint32_t* from = data_in_flash;
    for (std::uint32_t* to = data_begin; to != data_end;) *to++ = *from++;
    for (std::uint32_t* to = bss_begin; to != bss_end;) *to++ = 0;
    board::paint_stack();
    for (const constructor* each = constructors_begin; each != constructors_end; ++each) (*each)();
    board::exit(board::main());
}

[[noreturn]] void fault() {
    board::exit(board::status_of_fault);
}
}

namespace {

using handler = void (*)();
struct vector_table {
    const void* stack;
    handler handlers[15];
};
[[gnu::section(".vectors"), gnu::used]] const vector_table vectors = {
    stack_top,
    {reset, fault, fault, fault, fault, fault, nullptr, nullptr, nullptr, nullptr, fault, fault,
     nullptr, fault, fault}};

constexpr std::uint32_t paint = 0xC0FFEE00;

} // namespace

namespace board {

void paint_stack() {
    auto* const here = static_cast<std::uint32_t*>(__builtin_frame_address(0));
    for (std::uint32_t* at = bss_end; at < here - 16; ++at) *at = paint;
}

std::size_t stack_used() {
    const std::uint32_t* at = bss_end;
    while (at != stack_top && *at == paint) ++at;
    return static_cast<std::size_t>(stack_top - at) * sizeof *at;
}

std::size_t ram_of_variables() {
    return static_cast<std::size_t>(reinterpret_cast<char*>(bss_end) -
                                    reinterpret_cast<char*>(data_begin));
}

} // namespace board
