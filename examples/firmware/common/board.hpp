// What a program here has instead of an operating system: an exit status and a console, both of
// the emulator or debugger that it runs under (Arm semihosting), and how much stack it took.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace board {

/// The program. Its result is the exit status, 0 for success.
int main();

/// What the emulator ends with when the processor faults.
inline constexpr int status_of_fault = 99;

namespace semihosting {

enum class operation : std::uint32_t { write_byte = 0x03, exit_with_status = 0x20 };

inline void call(operation what, const void* argument) {
    register std::uint32_t r0 asm("r0") = static_cast<std::uint32_t>(what);
    register const void* r1 asm("r1") = argument;
    asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

} // namespace semihosting

[[noreturn]] inline void exit(int status) {
    constexpr std::uint32_t by_the_program = 0x20026;
    const std::uint32_t arguments[] = {by_the_program, static_cast<std::uint32_t>(status)};
    for (;;) semihosting::call(semihosting::operation::exit_with_status, arguments);
}

inline void print(std::string_view said) {
    for (const char& c : said) semihosting::call(semihosting::operation::write_byte, &c);
}
inline void print(std::uint32_t number) {
    char digits[10];
    std::size_t at = sizeof digits;
    do {
        digits[--at] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
    print(std::string_view{digits + at, sizeof digits - at});
}
/// One line of text and numbers.
template <class... Said>
void line(const Said&... said) {
    (print(said), ...);
    print("\n");
}

/// Fills the free RAM with a pattern, before main().
void paint_stack();
/// The most bytes of stack that were in use since then.
std::size_t stack_used();
/// Bytes of static variables.
std::size_t ram_of_variables();

} // namespace board
