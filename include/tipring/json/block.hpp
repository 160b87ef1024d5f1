// Several bytes looked at together: machine words, and vectors where the compiler may use them. Not
// here: what is looked for, but for the bytes that JSON text can stop at (scan.hpp).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <tipring/core/config.hpp>

// 0: machine words; 1: SSE2; 2: NEON.
#if !TIPRING_NO_SIMD && defined(__SSE2__)
#define TIPRING_JSON_VECTOR 1
#include <emmintrin.h>
#elif !TIPRING_NO_SIMD && defined(__ARM_NEON) && defined(__aarch64__) && !defined(__AARCH64EB__)
#define TIPRING_JSON_VECTOR 2
#include <arm_neon.h>
#else
#define TIPRING_JSON_VECTOR 0
#endif

namespace tipring::inline TIPRING_ABI::json::detail {

/// Four bytes as a number, the first the lowest, whatever the machine's order.
constexpr std::uint32_t four_bytes(const char* at) {
    const auto byte = [at](unsigned i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])) << 8 * i;
    };
    return byte(0) | byte(1) | byte(2) | byte(3);
}

/// The index of the lowest bit that is set; there is one.
inline std::size_t lowest_bit(std::uint64_t bits) {
#if defined(__GNUC__) && defined(__x86_64__) && !defined(__BMI__)
    // Clang 14 takes BSF, which costs eight operations on some processors, GCC widens the result
    // once more. With this prefix it is TZCNT where the processor knows that, and BSF elsewhere,
    // with the same result.
    std::uint64_t index;
    asm("rep bsfq %1, %0" : "=r"(index) : "r"(bits) : "cc");
    return index;
#else
    return static_cast<unsigned>(std::countr_zero(bits));
#endif
}

/// Sets a bit; false when it was set before.
inline bool set_bit(std::uint64_t& bits, std::size_t index) {
#if defined(__GNUC__) && defined(__x86_64__)
    // One instruction, which compilers do not make of the lines below.
    bool was_set;
    asm("btsq %2, %0" : "+r"(bits), "=@ccc"(was_set) : "r"(std::uint64_t{index}));
    return !was_set;
#else
    const std::uint64_t before = bits;
    bits |= std::uint64_t{1} << index;
    return bits != before;
#endif
}

/// Some bytes looked at together. Each search gives bits that are all zero when there is no hit;
/// otherwise first() tells the index of the first hit. vector_block has the same members.
template <class Word>
struct word_block {
    using type = Word;
    static constexpr std::size_t size = sizeof(Word);
    static constexpr Word ones = static_cast<Word>(~Word{0}) / 0xFF;
    static constexpr Word high = ones * 0x80;

    static Word load(const char* at) {
        Word word;
        std::memcpy(&word, at, sizeof word);
        return word;
    }
    static std::size_t first(Word bits) {
        const int zeros = std::endian::native == std::endian::big ? std::countl_zero(bits)
                                                                  : std::countr_zero(bits);
        return static_cast<unsigned>(zeros) / 8;
    }
    /// The top bit of every special byte. Sums stay below 256 in each byte, so no carry blurs the
    /// neighbours, which keeps the result exact for both byte orders.
    static Word special(Word word) {
        const Word low = word & static_cast<Word>(~high);
        const Word plain = (low + ones * 0x60) & ((low ^ ones * 0x22) + ones * 0x7F) &
                           ((low ^ ones * 0x5C) + ones * 0x7F);
        return (word | static_cast<Word>(~plain)) & high;
    }
    static Word not_ascii(Word word) { return word & high; }
    static Word backslash(Word word) {
        const Word low = word & static_cast<Word>(~high);
        return static_cast<Word>(~(((low ^ ones * 0x5C) + ones * 0x7F) | word)) & high;
    }
};

#if TIPRING_JSON_VECTOR == 1
/// Sixteen bytes in a vector register. Of each byte of a mask the top bit tells.
struct vector_block {
    using type = __m128i;
    using mask = __m128i;
    static constexpr std::size_t size = 16;

    static type load(const char* at) { return _mm_loadu_si128(reinterpret_cast<const type*>(at)); }
    static type of_words(std::uint64_t first, std::uint64_t second) {
        return _mm_set_epi64x(static_cast<long long>(second), static_cast<long long>(first));
    }
    static type with_bits(type block, char set) { return _mm_or_si128(block, _mm_set1_epi8(set)); }
    static mask none() { return _mm_setzero_si128(); }
    static mask equal(type block, char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); }
    static mask equal(type a, type b) { return _mm_cmpeq_epi8(a, b); }
    // A difference that cannot wrap has the sign that tells. Of a comparison with a constant GCC
    // makes three instructions.
    static mask below(type block, char c) { return _mm_subs_epi8(block, _mm_set1_epi8(c)); }
    static mask above(type block, char c) { return _mm_subs_epi8(_mm_set1_epi8(c), block); }
    static type lesser(type a, type b) { return _mm_min_epu8(a, b); }
    static type sum(type block, char c) { return _mm_add_epi8(block, _mm_set1_epi8(c)); }
    static type flipped(type block, char bits) { return _mm_xor_si128(block, _mm_set1_epi8(bits)); }
    static mask either(mask a, mask b) { return _mm_or_si128(a, b); }
    static mask differing(mask a, mask b) { return _mm_xor_si128(a, b); }

    /// The bits of a mask, zero for none; first() gives the index of the lowest.
    static unsigned bits(mask hits) { return static_cast<unsigned>(_mm_movemask_epi8(hits)); }
    static std::size_t first(unsigned bits) { return lowest_bit(bits); }
    static constexpr unsigned all = 0xFFFF;

    static bool any(mask hits) { return bits(hits) != 0; }
    /// Bit i stands for byte i.
    static unsigned index_bits(mask hits) { return bits(hits); }
#elif TIPRING_JSON_VECTOR == 2
struct vector_block {
    using type = int8x16_t;
    using mask = uint8x16_t;
    static constexpr std::size_t size = 16;

    static type load(const char* at) { return vld1q_s8(reinterpret_cast<const std::int8_t*>(at)); }
    static type of_words(std::uint64_t first, std::uint64_t second) {
        return vcombine_s8(vcreate_s8(first), vcreate_s8(second));
    }
    static type with_bits(type block, char set) { return vorrq_s8(block, vdupq_n_s8(set)); }
    static mask none() { return vdupq_n_u8(0); }
    static mask equal(type block, char c) { return vceqq_s8(block, vdupq_n_s8(c)); }
    static mask equal(type a, type b) { return vceqq_s8(a, b); }
    static mask below(type block, char c) { return vcltq_s8(block, vdupq_n_s8(c)); }
    static mask above(type block, char c) { return vcgtq_s8(block, vdupq_n_s8(c)); }
    static type lesser(type a, type b) {
        return vreinterpretq_s8_u8(vminq_u8(vreinterpretq_u8_s8(a), vreinterpretq_u8_s8(b)));
    }
    static type sum(type block, char c) { return vaddq_s8(block, vdupq_n_s8(c)); }
    static type flipped(type block, char bits) { return veorq_s8(block, vdupq_n_s8(bits)); }
    static mask either(mask a, mask b) { return vorrq_u8(a, b); }
    static mask differing(mask a, mask b) { return veorq_u8(a, b); }

    /// Every byte of a mask becomes four bits of one word.
    static std::uint64_t bits(mask hits) {
        return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hits), 4)), 0);
    }
    static std::size_t first(std::uint64_t bits) {
        return static_cast<unsigned>(std::countr_zero(bits)) / 4;
    }
    static constexpr std::uint64_t all = ~std::uint64_t{0};

    static bool any(mask hits) { return bits(hits) != 0; }
    static unsigned index_bits(mask hits) {
        const std::uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
        const mask weighted = vandq_u8(hits, vld1q_u8(weights));
        return vaddv_u8(vget_low_u8(weighted)) | unsigned{vaddv_u8(vget_high_u8(weighted))} << 8;
    }
#endif
#if TIPRING_JSON_VECTOR
    static bool is_odd(mask hits) {
        return std::popcount(index_bits(hits)) % 2 != 0;
    }

    /// With bit 1 flipped a quote is 0x20, next to the controls, and no other character comes below
    /// 0x21; as signed bytes, neither does what is not ASCII. So one comparison finds all but the
    /// backslash.
    static mask special_mask(type block) {
        const type changed = flipped(block, 2);
        return either(below(changed, 0x21), equal(changed, '\\' ^ 2));
    }
    static auto special(type block) {
        return bits(special_mask(block));
    }
    /// Whether none of the four blocks from `at` has a special byte. Here the top bit is flipped
    /// too, so that the least of four bytes tells for all.
    static bool four_are_plain(const char* at) {
        constexpr auto top_bit = static_cast<char>(0x80);
        constexpr auto escape = static_cast<char>('\\' ^ 2 ^ 0x80);
        const auto turned = [at](std::size_t i) {
            return flipped(load(at + i * size), static_cast<char>(2 ^ 0x80));
        };
        const type a = turned(0), b = turned(1), c = turned(2), d = turned(3);
        const type least = lesser(lesser(a, b), lesser(c, d));
        const mask escapes = either(either(equal(a, escape), equal(b, escape)),
                                    either(equal(c, escape), equal(d, escape)));
        return !any(either(below(flipped(least, top_bit), 0x21), escapes));
    }
    /// Brackets, braces, the backslash and, by chance, the bar: with bit 5 set they are 0x7B to
    /// 0x7D, the last signed bytes when moved up by two, which turns what follows negative.
    static mask bracket_like(type block) {
        return above(sum(with_bits(block, 0x20), 2), 0x7C);
    }
    static auto not_ascii(type block) {
        return bits(below(block, 0));
    }
    static auto backslash(type block) {
        return bits(equal(block, '\\'));
    }
    static auto not_blank(type block) {
        const mask wide = either(equal(block, ' '), equal(block, '\n'));
        const mask thin = either(equal(block, '\r'), equal(block, '\t'));
        return bits(either(wide, thin)) ^ all;
    }
};
#endif

using wide_word = std::conditional_t<sizeof(void*) >= 8, std::uint64_t, std::uint32_t>;
using wide_block = word_block<wide_word>;
using narrow_block = word_block<std::uint32_t>;
#if TIPRING_JSON_VECTOR
using widest_block = vector_block;
#else
    using widest_block = wide_block;
#endif

} // namespace tipring::inline TIPRING_ABI::json::detail
