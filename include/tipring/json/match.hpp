// Looking at several bytes at once where something is expected: how far two pieces of text agree,
// and short integers. This is what makes guesses cheap; what is valid JSON is not decided here
// (scan.hpp). Callers make sure that the bytes are there.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include <tipring/json/block.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::json::detail {

/// `value` again, without what the compiler knows of it. Where a value is known to equal one that
/// took long to compute, going on with it instead lets the processor go on at once, which is only
/// true as long as the compiler does not put the other back.
template <class T>
inline T forgotten(T value) {
#if defined(__GNUC__)
    asm volatile("" : "+r"(value));
#endif
    return value;
}

/// How many bytes equal_prefix() reads of either text.
inline constexpr std::size_t prefix_size = 32;

/// How many bytes at `a` and `b` are equal before the first that differs, at most prefix_size.
inline std::size_t equal_prefix(const char* a, const char* b) {
#if TIPRING_JSON_VECTOR == 1
    using block = vector_block;
    const std::uint64_t low = block::bits(block::equal(block::load(a), block::load(b)));
    const std::uint64_t high = block::bits(block::equal(block::load(a + 16), block::load(b + 16)));
    // The ones at the low end become zeros.
    return lowest_bit(low + (high << 16) + 1);
#elif TIPRING_JSON_VECTOR == 2
    using block = vector_block;
    for (std::size_t at = 0; at < prefix_size; at += block::size) {
        const auto equal = block::bits(block::equal(block::load(a + at), block::load(b + at)));
        if (equal != block::all) return at + block::first(~equal);
    }
    return prefix_size;
#else
    static_assert(prefix_size % wide_block::size == 0);
    for (std::size_t at = 0; at < prefix_size; at += wide_block::size) {
        const wide_word differing = wide_block::load(a + at) ^ wide_block::load(b + at);
        if (differing != 0) return at + wide_block::first(differing);
    }
    return prefix_size;
#endif
}

/// How many bytes of the first 30 at `at` come before a quote, a backslash, a control byte or one
/// that is not ASCII. Reads prefix_size bytes.
inline std::size_t name_length(const char* at) {
    constexpr std::size_t most = prefix_size - 2;
#if TIPRING_JSON_VECTOR == 1
    using block = vector_block;
    const std::uint64_t low = block::special(block::load(at));
    const std::uint64_t high = block::special(block::load(at + 16));
    return lowest_bit(low | high << 16 | std::uint64_t{1} << most);
#else
    std::size_t size = 0;
    while (size < most && !is_special(at[size])) ++size;
    return size;
#endif
}

/// How many bytes scan_short_integer() reads.
inline constexpr std::size_t short_integer_size = 8;

struct short_integer {
    std::uint32_t value;
    /// 0 when there is anything but 1 to 7 digits that are a whole integer.
    unsigned size;
};

/// An integer without sign, of at most 7 digits, that no other byte of a number follows. One digit
/// is the usual size of states and types; for more there is no branch on how many.
inline short_integer scan_short_integer(const char* at) {
    if (is_digit(at[0]) && (at[1] == ',' || at[1] == '}'))
        return {static_cast<std::uint32_t>(at[0] - '0'), 1};
    std::uint64_t word = word_block<std::uint64_t>::load(at);
    if constexpr (std::endian::native == std::endian::big) {
        std::uint64_t swapped = 0;
        for (unsigned i = 0; i < 8; ++i) swapped |= (word >> 8 * i & 0xFF) << (56 - 8 * i);
        word = swapped;
    }
    constexpr std::uint64_t ones = 0x0101010101010101;
    const std::uint64_t digits = word ^ ones * '0';
    // A carry only leaves bytes that are no digit, and only the first of those counts.
    const std::uint64_t others = (digits | (digits + ones * 6)) & ones * 0xF0;
    if (others == 0) return {};
    const auto bits = static_cast<unsigned>(lowest_bit(others)) & ~7u;
    const auto follower = static_cast<char>(word >> bits);
    if (bits == 0 || follower == '.' || (follower | 0x20) == 'e') return {};
    if (bits != 8 && (digits & 0xFF) == 0) return {};
    std::uint64_t value = digits << (64 - bits);
    value = value * 10 + (value >> 8);
    value = ((value & 0x000000FF000000FF) * 0x000F424000000064 +
             (value >> 16 & 0x000000FF000000FF) * 0x0000271000000001) >>
            32;
    return {static_cast<std::uint32_t>(value), bits / 8};
}

} // namespace tipring::inline TIPRING_ABI::json::detail
