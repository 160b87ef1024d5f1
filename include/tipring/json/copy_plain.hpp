// Copying the content of a JSON string and checking it in the same pass, by blocks, where enough
// room is known to be left. Not here: the exact form for buffers that may be too small (write.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <tipring/core/error.hpp>
#include <tipring/json/block.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::json::detail {

/// Copies the first and the last bytes of text that two words cover. Whether all are plain.
template <class Word>
inline bool copy_two_words(char* to, const char* from, std::size_t size) {
    using block = word_block<Word>;
    const Word first = block::load(from);
    const Word last = block::load(from + size - sizeof(Word));
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + size - sizeof(Word), &last, sizeof last);
    return (block::special(first) | block::special(last)) == 0;
}

/// As copy_plain(), of less than a block.
inline bool copy_short(char* to, const char* from, std::size_t size) {
    if (size >= 8) return copy_two_words<std::uint64_t>(to, from, size);
    if (size >= 4) return copy_two_words<std::uint32_t>(to, from, size);
    bool plain = true;
    for (std::size_t i = 0; i < size; ++i) {
        to[i] = from[i];
        plain = plain && !is_special(from[i]);
    }
    return plain;
}

/// Copies the text, whatever is in it, and tells whether it is plain string content: no quote,
/// backslash or control byte, and nothing but ASCII. Writes no byte behind it.
[[gnu::always_inline]] inline bool copy_plain(char* to, const char* from, std::size_t size) {
    using block = widest_block;
    if (size < block::size) return copy_short(to, from, size);
    const std::size_t last = size - block::size;
    const auto last_block = block::load(from + last);
    auto bits = block::special(last_block);
    for (std::size_t at = 0; at < last; at += block::size) {
        const auto bytes = block::load(from + at);
        bits |= block::special(bytes);
        std::memcpy(to + at, &bytes, block::size);
    }
    std::memcpy(to + last, &last_block, block::size);
    return bits == 0;
}

/// Writes the escape for a quote, a backslash or a control byte (RFC 8259 section 7), the short
/// form where there is one, and returns where it ends. Touches longest_escape bytes.
inline constexpr std::size_t longest_escape = 6;
[[gnu::noinline]] constexpr char* write_escape(char* to, char c) {
    constexpr text short_forms = "btn?fr";
    const unsigned byte = static_cast<unsigned char>(c);
    to[0] = '\\';
    to[1] = c;
    if (byte >= 0x20) return to + 2;
    if (byte >= '\b' && byte <= '\r' && byte != '\v') {
        to[1] = short_forms[byte - '\b'];
        return to + 2;
    }
    to[1] = 'u';
    to[2] = '0';
    to[3] = '0';
    to[4] = byte < 0x10 ? '0' : '1';
    to[5] = "0123456789abcdef"[byte & 0xF];
    return to + longest_escape;
}

/// Where a copy of string content ended, and what of the content comes next: its end, when all is
/// copied; a byte to escape for which there may not be room; null, when it is not UTF-8.
struct copied_content {
    char* to;
    const char* at;
};

/// Copies the content in [at, end) with escapes where they must be. The room in [to, limit) is at
/// least what the content has.
[[gnu::noinline]] inline copied_content copy_content(char* to, const char* limit, const char* at,
                                                     const char* end) {
    using block = widest_block;
    while (at != end) {
        if (distance(at, end) >= block::size) {
            const auto bytes = block::load(at);
            const auto bits = block::special(bytes);
            std::memcpy(to, &bytes, block::size);
            const std::size_t plain = bits == 0 ? block::size : block::first(bits);
            to += plain;
            at += plain;
            if (bits == 0) continue;
        } else {
            while (at != end && !is_special(*at)) *to++ = *at++;
            if (at == end) break;
        }
        if (byte_at(at) < 0x80) {
            if (distance(to, limit) < distance(at, end) + longest_escape) return {to, at};
            to = write_escape(to, *at++);
            continue;
        }
        do {
            const sequence_scan sequence = scan_sequence(at, end);
            if (sequence.code != errc::ok) return {to, nullptr};
            for (unsigned i = 0; i < sequence.size; ++i) *to++ = *at++;
        } while (at != end && byte_at(at) >= 0x80);
    }
    return {to, end};
}

} // namespace tipring::inline TIPRING_ABI::json::detail
