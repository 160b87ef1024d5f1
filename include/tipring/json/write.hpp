// Writing JSON strings into a core writer: quotes, escapes, and the check that the text is UTF-8.
// Not here: numbers (writer::put_integer), typed encoding (json/encode.hpp).
#pragma once

#include <cstdint>
#include <cstring>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

/// The escape for a quote, a backslash or a control byte (RFC 8259 section 7): the short form where
/// there is one.
[[gnu::noinline]] constexpr void put_escape(writer& out, char c) {
    char escape[6] = {'\\', c, '0', '0', '0', '0'};
    std::size_t size = 2;
    switch (c) {
    case '"':
    case '\\': break;
    case '\b': escape[1] = 'b'; break;
    case '\f': escape[1] = 'f'; break;
    case '\n': escape[1] = 'n'; break;
    case '\r': escape[1] = 'r'; break;
    case '\t': escape[1] = 't'; break;
    default:
        escape[1] = 'u';
        escape[4] = c < 0x10 ? '0' : '1';
        escape[5] = "0123456789abcdef"[static_cast<unsigned char>(c) & 0xF];
        size = 6;
    }
    out.put(text{escape, size});
}

/// Copies `size` bytes of text; false when one of them cannot stand in a JSON string as it is or is
/// not ASCII, and then what was written is of no use. Nothing is read or written beyond.
inline bool copy_plain(char* to, const char* from, std::size_t size) {
    const auto copy = [to, from](auto block, std::size_t at) {
        using bytes = decltype(block);
        const auto content = bytes::load(from + at);
        std::memcpy(to + at, &content, bytes::size);
        return bytes::special(content);
    };
    const auto copy_both_ends = [&copy, size](auto block) {
        return (copy(block, 0) | copy(block, size - decltype(block)::size)) == 0;
    };
    if (size >= widest_block::size) {
        std::size_t at = 0;
        do {
            if (copy(widest_block{}, at) != 0) return false;
            at += widest_block::size;
        } while (size - at >= widest_block::size);
        return at == size || copy(widest_block{}, size - widest_block::size) == 0;
    }
    if (size >= 8) return copy_both_ends(word_block<std::uint64_t>{});
    if (size >= 4) return copy_both_ends(narrow_block{});
    for (std::size_t i = 0; i < size; ++i) {
        if (is_special(from[i])) return false;
        to[i] = from[i];
    }
    return true;
}

} // namespace detail

/// Writes `value` as a JSON string with its quotes. Only what must be escaped is: the quote, the
/// backslash and the control bytes below 0x20; a slash, DEL and all other characters go out as they
/// are. invalid_utf8 when the value is not well-formed UTF-8: what was written then is of no use.
constexpr errc put_string(writer& out, text value) {
    const char* at = value.data();
    const char* const end = at + value.size();
    const char* run = at;
    out.put('"');
    for (;;) {
        at = find_special(at, end);
        if (at == end) break;
        if (detail::byte_at(at) >= 0x80) {
            const detail::sequence_scan sequence = detail::scan_sequence(at, end);
            if (sequence.code != errc::ok) return errc::invalid_utf8;
            at += sequence.size;
        } else {
            out.put(text{run, detail::distance(run, at)});
            detail::put_escape(out, *at);
            run = ++at;
        }
    }
    out.put(text{run, detail::distance(run, end)});
    out.put('"');
    return errc::ok;
}

} // namespace tipring::inline TIPRING_ABI::json
