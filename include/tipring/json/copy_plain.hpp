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

/// The first and the last bytes of a text.
template <class Word>
struct text_ends {
    Word first;
    Word last;
};

/// Copies text that two words cover.
template <class Word>
inline text_ends<Word> copy_ends(char* to, const char* from, std::size_t size) {
    using block = word_block<Word>;
    const text_ends<Word> ends{block::load(from), block::load(from + size - sizeof(Word))};
    std::memcpy(to, &ends.first, sizeof(Word));
    std::memcpy(to + size - sizeof(Word), &ends.last, sizeof(Word));
    return ends;
}

/// As copy_plain(), of less than a block and at least one byte.
inline bool copy_short(char* to, const char* from, std::size_t size) {
    if (size >= 8) {
        const auto ends = copy_ends<std::uint64_t>(to, from, size);
#if TIPRING_JSON_VECTOR
        return vector_block::special(vector_block::of_words(ends.first, ends.last)) == 0;
#else
        using block = word_block<std::uint64_t>;
        return (block::special(ends.first) | block::special(ends.last)) == 0;
#endif
    }
    std::uint64_t all = 0;
    if (size >= 4) {
        const auto ends = copy_ends<std::uint32_t>(to, from, size);
        all = ends.first | std::uint64_t{ends.last} << 32;
    } else {
        const char bytes[3] = {from[0], from[size / 2], from[size - 1]};
        to[0] = bytes[0];
        to[size / 2] = bytes[1];
        to[size - 1] = bytes[2];
        all = 0x3030303030000000 | byte_at(bytes) | byte_at(bytes + 1) << 8 |
              byte_at(bytes + 2) << 16;
    }
    return word_block<std::uint64_t>::special(all) == 0;
}

/// Copies the text, which is not empty, whatever is in it, and tells whether it is plain string
/// content: no quote, backslash or control byte, and nothing but ASCII. Writes no byte behind it.
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

/// The end of the characters from `at` on that are not ASCII, the first of which is there; null
/// when they are not UTF-8.
[[gnu::noinline]] constexpr const char* skip_not_ascii(const char* at, const char* end) {
    do {
        const sequence_scan sequence = scan_sequence(at, end);
        if (sequence.code != errc::ok) return nullptr;
        at += sequence.size;
    } while (at != end && byte_at(at) >= 0x80);
    return at;
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
        const char* const next = skip_not_ascii(at, end);
        if (next == nullptr) return {to, nullptr};
        while (at != next) *to++ = *at++;
    }
    return {to, end};
}

} // namespace tipring::inline TIPRING_ABI::json::detail
