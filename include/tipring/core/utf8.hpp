// Whether bytes are well-formed UTF-8 (Unicode Table 3-7). Not here: UTF-16 and the \u escapes of
// JSON (json/).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

namespace detail {

/// Passes over whole words of ASCII.
inline std::size_t skip_ascii_words(text bytes, std::size_t at) {
    std::uint64_t word = 0;
    // Counted down, because GCC 12 takes a comparison of offsets for one that may wrap, and warns.
    for (std::size_t words = (bytes.size() - at) / sizeof word; words != 0; --words) {
        std::memcpy(&word, bytes.data() + at, sizeof word);
        if ((word & 0x8080808080808080) != 0) break;
        at += sizeof word;
    }
    return at;
}

} // namespace detail

/// The offset of the first byte of the first ill-formed sequence in `bytes`, or bytes.size() when
/// there is none. Overlong forms, surrogates, code points above U+10FFFF and sequences cut off by
/// the end are ill-formed; NUL is not.
constexpr std::size_t find_ill_formed_utf8(text bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (!std::is_constant_evaluated()) {
            at = detail::skip_ascii_words(bytes, at);
            if (at == bytes.size()) break;
        }
        const unsigned lead = static_cast<unsigned char>(bytes[at]);
        if (lead < 0x80) {
            ++at;
            continue;
        }
        // Only the second byte has bounds that depend on the first.
        std::size_t length = 2;
        unsigned lowest = 0x80;
        unsigned highest = 0xBF;
        if (lead < 0xC2 || lead > 0xF4) return at;
        if (lead >= 0xE0) {
            length = lead < 0xF0 ? 3 : 4;
            if (lead == 0xE0) lowest = 0xA0;
            if (lead == 0xED) highest = 0x9F;
            if (lead == 0xF0) lowest = 0x90;
            if (lead == 0xF4) highest = 0x8F;
        }
        if (bytes.size() - at < length) return at;
        for (std::size_t i = 1; i < length; ++i) {
            const unsigned next = static_cast<unsigned char>(bytes[at + i]);
            if (next < lowest || next > highest) return at;
            lowest = 0x80;
            highest = 0xBF;
        }
        at += length;
    }
    return at;
}

constexpr bool is_utf8(text bytes) {
    return find_ill_formed_utf8(bytes) == bytes.size();
}

} // namespace tipring::inline TIPRING_ABI
