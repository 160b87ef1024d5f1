// Strict JSON scanning (RFC 8259) of the bytes in [at, end): blanks, strings, numbers, literals,
// whole values, and the UTF-8 in them. No byte at or past `end` is read, no terminator or padding
// is wanted, nothing recurses. Not here: typed decoding (json/decode.hpp), free-form values
// (json/raw.hpp), writing (json/write.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/block.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// The most levels of arrays and objects that any function here can follow, whatever it is asked
/// for.
inline constexpr unsigned most_depth = 64;

namespace detail {

constexpr unsigned byte_at(const char* at) {
    return static_cast<unsigned char>(*at);
}
constexpr std::size_t distance(const char* at, const char* end) {
    return static_cast<std::size_t>(end - at);
}

constexpr bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
/// What can stop a plain run of string content: a quote, a backslash, a control byte, a byte of a
/// non-ASCII character.
constexpr bool is_special(char c) {
    const unsigned byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\';
}

constexpr const char* find_special_bytewise(const char* at, const char* end) {
    while (at != end && !is_special(*at)) ++at;
    return at;
}
constexpr const char* find_high_bytewise(const char* at, const char* end) {
    while (at != end && byte_at(at) < 0x80) ++at;
    return at;
}
constexpr const char* skip_space_bytewise(const char* at, const char* end) {
    while (at != end && is_blank(*at)) ++at;
    return at;
}

/// Goes through at least Block::size bytes by blocks. The last block ends exactly at `end` and may
/// overlap the one before, whose bytes are known not to be hits.
template <class Block, auto Search>
inline const char* find_by_blocks(const char* at, const char* end) {
    do {
        const auto bits = Search(Block::load(at));
        if (bits != 0) return at + Block::first(bits);
        at += Block::size;
    } while (distance(at, end) >= Block::size);
    if (at == end) return end;
    at = end - Block::size;
    const auto bits = Search(Block::load(at));
    return bits != 0 ? at + Block::first(bits) : end;
}

[[gnu::noinline]] inline const char* find_special_wide(const char* at, const char* end) {
#if TIPRING_JSON_VECTOR
    // Tokens and notes are long: one test for four blocks.
    constexpr std::size_t stride = 4 * vector_block::size;
    if (distance(at, end) >= stride) {
        const char* const last = end - stride;
        while (at <= last && vector_block::four_are_plain(at)) at += stride;
    }
#endif
    const std::size_t size = distance(at, end);
    if (size >= widest_block::size)
        return find_by_blocks<widest_block, widest_block::special>(at, end);
    if (size >= wide_block::size) return find_by_blocks<wide_block, wide_block::special>(at, end);
    return find_special_bytewise(at, end);
}

inline const char* find_high_wide(const char* at, const char* end) {
    const std::size_t size = distance(at, end);
    if (size >= widest_block::size)
        return find_by_blocks<widest_block, widest_block::not_ascii>(at, end);
    if (size >= wide_block::size) return find_by_blocks<wide_block, wide_block::not_ascii>(at, end);
    return find_high_bytewise(at, end);
}

/// For a first byte that is a blank or a control, and for long runs of blanks, as indented
/// documents have them.
[[gnu::noinline]] inline const char* skip_space_wide(const char* at, const char* end) {
    if (!is_blank(*at)) return at;
    ++at;
    if (at == end || !is_blank(*at)) return at;
#if TIPRING_JSON_VECTOR
    if (distance(at, end) >= vector_block::size)
        return find_by_blocks<vector_block, vector_block::not_blank>(at, end);
#endif
    return skip_space_bytewise(at, end);
}

/// The UTF-8 sequence whose first byte is not ASCII: how many bytes it has, or why it is none.
struct sequence_scan {
    unsigned size;
    errc code;
};

/// Unicode 15 table 3-7. invalid_utf8, or unexpected_end when `end` cuts a sequence that is
/// well-formed so far.
constexpr sequence_scan scan_sequence(const char* at, const char* end) {
    const unsigned lead = byte_at(at);
    if (lead < 0xC2 || lead > 0xF4) return {0, errc::invalid_utf8};
    const unsigned size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    const std::size_t room = distance(at, end);
    for (unsigned i = 1; i < size; ++i) {
        if (i == room) return {0, errc::unexpected_end};
        const unsigned byte = byte_at(at + i);
        if (byte < lowest || byte > highest) return {0, errc::invalid_utf8};
        lowest = 0x80;
        highest = 0xBF;
    }
    return {size, errc::ok};
}

/// Reads up to four hexadecimal digits to the top of 16 bits in `value`. How many there are before
/// the end; -1 when another byte comes before that.
constexpr int scan_hex(const char* at, const char* end, unsigned& value) {
    value = 0;
    for (int digits = 0; digits < 4; ++digits, ++at) {
        if (at == end) return digits;
        const unsigned decimal = byte_at(at) - '0';
        const unsigned letter = (byte_at(at) | 0x20) - 'a';
        if (decimal > 9 && letter > 5) return -1;
        value |= (decimal <= 9 ? decimal : letter + 10) << (12 - 4 * digits);
    }
    return 4;
}
/// The highest number that `digits` digits may still become.
constexpr unsigned highest_hex(unsigned value, int digits) {
    return value | ((1u << (16 - 4 * digits)) - 1);
}

inline constexpr int invalid_escape = 0;
inline constexpr int cut_escape = -1;

/// How many bytes the escape sequence at the backslash `at` has; a pair of surrogates is one.
constexpr int escape_size(const char* at, const char* end, char32_t& value) {
    constexpr char letters[] = {'"', '\\', '/', 'b', 'f', 'n', 'r', 't'};
    constexpr char meanings[] = {'"', '\\', '/', '\b', '\f', '\n', '\r', '\t'};
    const std::size_t room = distance(at, end);
    if (room < 2) return cut_escape;
    for (unsigned i = 0; i < sizeof letters; ++i) {
        if (at[1] != letters[i]) continue;
        value = static_cast<unsigned char>(meanings[i]);
        return 2;
    }
    if (at[1] != 'u') return invalid_escape;
    unsigned unit = 0;
    const int digits = scan_hex(at + 2, end, unit);
    if (digits < 0 || (unit >= 0xDC00 && highest_hex(unit, digits) <= 0xDFFF))
        return invalid_escape;
    if (digits < 4) return cut_escape;
    value = unit;
    if (unit < 0xD800 || unit > 0xDFFF) return 6;
    if (room > 6 && at[6] != '\\') return invalid_escape;
    if (room > 7 && at[7] != 'u') return invalid_escape;
    if (room < 9) return cut_escape;
    unsigned low = 0;
    const int more = scan_hex(at + 8, end, low);
    if (more < 0 || highest_hex(low, more) < 0xDC00 || low > 0xDFFF) return invalid_escape;
    if (more < 4) return cut_escape;
    value = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    return 12;
}

struct escape_scan {
    const char* end;
    errc code;
    char32_t value;
};

/// The escape sequence at the backslash `at`. On failure `end` is the backslash, or the end of the
/// input when that cuts a sequence which could still become right.
[[gnu::noinline]] constexpr escape_scan scan_escape(const char* at, const char* end) {
    escape_scan made = {end, errc::unexpected_end, 0};
    const int size = escape_size(at, end, made.value);
    if (size == cut_escape) return made;
    made.end = at + size;
    made.code = size == invalid_escape ? errc::invalid_escape : errc::ok;
    return made;
}

inline constexpr std::uint32_t not_hex = static_cast<std::uint32_t>(-1);

/// The value of four hexadecimal digits that four_bytes() gave, all at a time; not_hex when one is
/// none.
constexpr std::uint32_t four_hex_digits(std::uint32_t bytes) {
    constexpr std::uint32_t ones = 0x01010101;
    const std::uint32_t low = bytes & ones * 0x7F;
    const std::uint32_t letters = low | ones * 0x20;
    // The top bit of a byte that is at least the first of a class and not behind its last.
    const std::uint32_t decimal = (low + ones * (0x80 - '0')) & ~(low + ones * (0x7F - '9'));
    const std::uint32_t letter = (letters + ones * (0x80 - 'a')) & ~(letters + ones * (0x7F - 'f'));
    if (((decimal | letter) & ~bytes & ones * 0x80) != ones * 0x80) return not_hex;
    const std::uint32_t digits = (bytes & ones * 0xF) + (bytes >> 6 & ones) * 9;
    const std::uint32_t pairs = digits << 4 | digits >> 8;
    return (pairs & 0xFF) << 8 | (pairs >> 16 & 0xFF);
}

/// What most escapes are: one character, all of its bytes there.
struct short_escape {
    char32_t value;
    /// 0 for a surrogate, and for what is wrong or cut.
    unsigned size;
};

[[gnu::always_inline]] constexpr short_escape scan_short_escape(const char* at, const char* end) {
    // Where size counts, scan_escape() does it all.
    if (TIPRING_SMALL || distance(at, end) < 6) return {};
    switch (at[1]) {
    case '"':
    case '\\':
    case '/': return {static_cast<unsigned char>(at[1]), 2};
    case 'n': return {'\n', 2};
    case 'u': break;
    default: return {};
    }
    const std::uint32_t value = four_hex_digits(four_bytes(at + 2));
    if (value == not_hex || (value & 0xF800) == 0xD800) return {};
    return {value, 6};
}

struct encoded_character {
    char bytes[4];
    unsigned size;
};

/// A Unicode scalar value as UTF-8.
constexpr encoded_character encode_character(char32_t c) {
    if (c < 0x80) return {{static_cast<char>(c)}, 1};
    encoded_character made = {{}, c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u};
    for (unsigned i = made.size - 1; i != 0; --i, c >>= 6)
        made.bytes[i] = static_cast<char>(0x80 | (c & 0x3F));
    made.bytes[0] = static_cast<char>(0xF00 >> made.size | c);
    return made;
}

} // namespace detail

/// The first byte that is not a space, tab, line feed or carriage return; `end` when all are.
constexpr const char* skip_space(const char* at, const char* end) {
    if (at == end || detail::byte_at(at) > ' ') return at;
    if (TIPRING_SMALL || std::is_constant_evaluated())
        return detail::skip_space_bytewise(at, end);
    else
        return detail::skip_space_wide(at, end);
}

/// The first byte that a copy of plain string content must stop at: a quote, a backslash, a control
/// byte or a byte that is not ASCII; `end` when there is none.
constexpr const char* find_special(const char* at, const char* end) {
    if (TIPRING_SMALL || std::is_constant_evaluated()) {
        return detail::find_special_bytewise(at, end);
    } else {
        using block = detail::widest_block;
        if (detail::distance(at, end) >= block::size) {
            const auto bits = block::special(block::load(at));
            if (bits != 0) return at + block::first(bits);
            at += block::size;
        }
        return detail::find_special_wide(at, end);
    }
}

/// `end` when the bytes are well-formed UTF-8 (Unicode table 3-7), otherwise the first byte of the
/// first sequence that is not; a sequence that `end` cuts is not.
constexpr const char* find_ill_formed(const char* at, const char* end) {
    for (;;) {
        if (TIPRING_SMALL || std::is_constant_evaluated())
            at = detail::find_high_bytewise(at, end);
        else
            at = detail::find_high_wide(at, end);
        for (; at != end && detail::byte_at(at) >= 0x80;) {
            const detail::sequence_scan sequence = detail::scan_sequence(at, end);
            if (sequence.code != errc::ok) return at;
            at += sequence.size;
        }
        if (at == end) return end;
    }
}

/// What scan_string() saw. On success `end` is the closing quote, on failure the byte at fault.
struct string_scan {
    const char* end;
    errc code;
    bool has_escapes;
};

namespace detail {

/// The rest of a string from `at`, which find_special() found: all but the plain case of
/// scan_string().
[[gnu::noinline]] constexpr string_scan scan_string_slowly(const char* at, const char* end) {
    bool has_escapes = false;
    for (;; at = find_special(at, end)) {
        if (at == end) return {end, errc::unexpected_end, has_escapes};
        const char c = *at;
        if (c == '"') return {at, errc::ok, has_escapes};
        if (c == '\\') {
            has_escapes = true;
            const short_escape usual = scan_short_escape(at, end);
            if (usual.size != 0) {
                at += usual.size;
                continue;
            }
            const escape_scan escape = scan_escape(at, end);
            at = escape.end;
            if (escape.code != errc::ok) return {at, escape.code, has_escapes};
        } else {
            if (byte_at(at) < 0x20) return {at, errc::invalid_json, has_escapes};
            const sequence_scan sequence = scan_sequence(at, end);
            if (sequence.code == errc::unexpected_end)
                return {end, errc::unexpected_end, has_escapes};
            if (sequence.code != errc::ok) return {at, sequence.code, has_escapes};
            at += sequence.size;
        }
    }
}

} // namespace detail

/// Scans string content from the byte after the opening quote to the closing quote. Errors, with
/// where `end` points: unexpected_end (the end of the input; more bytes could make it right),
/// invalid_json (a raw control byte), invalid_escape (its backslash; also a surrogate without its
/// partner), invalid_utf8 (the first byte of the sequence).
[[gnu::noinline]] constexpr string_scan scan_string(const char* at, const char* end) {
    at = find_special(at, end);
    if (at != end && *at == '"') return {at, errc::ok, false};
    return detail::scan_string_slowly(at, end);
}

namespace detail {

/// Copies what comes before the next backslash to `out`, which is moved behind it, and returns
/// where that is; `to` when there is none. `out` is `from`, or before it, or elsewhere; there is
/// room up to `limit`, and for the copy in any case.
inline const char* copy_unescaped_run(char*& out, const char* limit, const char* from,
                                      const char* to) {
    using block = widest_block;
    while (distance(from, to) >= block::size) {
        const auto bytes = block::load(from);
        const auto hits = block::backslash(bytes);
        const std::size_t size = hits == 0 ? block::size : block::first(hits);
        // A whole block is stored where there is room and nothing that is still to be read lies in
        // its way.
        const std::uintptr_t ahead =
            reinterpret_cast<std::uintptr_t>(from) - reinterpret_cast<std::uintptr_t>(out);
        const bool has_room =
            size == block::size || limit - out >= static_cast<std::ptrdiff_t>(block::size);
        if (has_room && ahead + size >= block::size)
            std::memcpy(out, &bytes, block::size);
        else if (ahead != 0)
            std::memmove(out, from, size);
        out += size;
        from += size;
        if (hits != 0) return from;
    }
    while (from != to && *from != '\\') *out++ = *from++;
    return from;
}

/// Writes a Unicode scalar value as UTF-8 and returns what is behind it.
constexpr char* put_character(char* out, char32_t c) {
    const auto continued = [c](unsigned shift) {
        return static_cast<char>(0x80 | (c >> shift & 0x3F));
    };
    if (c < 0x80) {
        out[0] = static_cast<char>(c);
        return out + 1;
    }
    if (!TIPRING_SMALL && c < 0x800) {
        out[0] = static_cast<char>(0xC0 | c >> 6);
        out[1] = continued(0);
        return out + 2;
    }
    if (!TIPRING_SMALL && c < 0x10000) {
        out[0] = static_cast<char>(0xE0 | c >> 12);
        out[1] = continued(6);
        out[2] = continued(0);
        return out + 3;
    }
    const encoded_character character = encode_character(c);
    for (unsigned i = 0; i < character.size; ++i) out[i] = character.bytes[i];
    return out + character.size;
}

/// As unescape(), with room up to `limit`, which makes it faster.
constexpr std::size_t unescape(char* out, const char* limit, const char* from, const char* to) {
    char* const begin = out;
    for (;;) {
        if (TIPRING_SMALL || std::is_constant_evaluated())
            while (from != to && *from != '\\') *out++ = *from++;
        else
            from = copy_unescaped_run(out, limit, from, to);
        if (from == to) return distance(begin, out);
        const short_escape usual = scan_short_escape(from, to);
        escape_scan escape = {from + usual.size, errc::ok, usual.value};
        if (usual.size == 0) escape = scan_escape(from, to);
        if (escape.code != errc::ok) {
            *out++ = *from++;
            continue;
        }
        out = put_character(out, escape.value);
        from = escape.end;
    }
}

} // namespace detail

/// Writes the string content [from, to), which scan_string() accepted, to `out` as UTF-8 without
/// escapes and returns how many bytes that are, never more than to - from; no other byte is
/// touched. `out` may be `from`: nothing is written past what was read.
constexpr std::size_t unescape(char* out, const char* from, const char* to) {
    return detail::unescape(out, out, from, to);
}

/// Whether the string content [from, to), escapes and all, stands for `plain`. Copies nothing;
/// false for content that scan_string() would refuse.
constexpr bool equals_unescaped(const char* from, const char* to, text plain) {
    while (from != to) {
        if (*from != '\\') {
            if (plain.empty() || plain.front() != *from) return false;
            plain.remove_prefix(1);
            ++from;
            continue;
        }
        const detail::escape_scan escape = detail::scan_escape(from, to);
        if (escape.code != errc::ok) return false;
        const detail::encoded_character character = detail::encode_character(escape.value);
        const text expected{character.bytes, character.size};
        if (slice(plain, 0, expected.size()) != expected) return false;
        plain.remove_prefix(expected.size());
        from = escape.end;
    }
    return plain.empty();
}

/// What scan_number() saw. On success `end` is one past the number, on failure the byte at fault.
/// `value` counts only when `fits`: an integer, so without fraction and exponent, within
/// std::int64_t.
struct number_scan {
    const char* end;
    errc code;
    bool is_integer;
    bool fits;
    std::int64_t value;
};

namespace detail {

constexpr const char* skip_digits(const char* at, const char* end) {
    while (at != end && is_digit(*at)) ++at;
    return at;
}

constexpr number_scan number_error(const char* at, const char* end) {
    return {at, at == end ? errc::unexpected_end : errc::invalid_number, false, false, 0};
}

/// The fraction and exponent of a number; `at` is '.', 'e' or 'E'.
constexpr number_scan scan_fraction(const char* at, const char* end) {
    if (*at == '.') {
        const char* const digits = ++at;
        at = skip_digits(at, end);
        if (at == digits) return number_error(at, end);
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        const char* const digits = at;
        at = skip_digits(at, end);
        if (at == digits) return number_error(at, end);
    }
    return {at, errc::ok, false, false, 0};
}

} // namespace detail

/// Scans a number (RFC 8259 section 6) whose first byte `at`, a minus sign or a digit, is. What
/// follows the number is not looked at, save that a digit after a leading zero is invalid_number;
/// so is any other byte out of place.
constexpr number_scan scan_number(const char* at, const char* end) {
    const bool negative = at != end && *at == '-';
    if (negative) ++at;
    const char* const digits = at;
    std::uint64_t magnitude = 0;
    for (; at != end; ++at) {
        const unsigned digit = detail::byte_at(at) - '0';
        if (digit > 9) break;
        magnitude = magnitude * 10 + digit;
    }
    const std::size_t count = detail::distance(digits, at);
    if (count == 0) return detail::number_error(at, end);
    if (count > 1 && *digits == '0') return {digits + 1, errc::invalid_number, false, false, 0};
    if (at != end && (*at == '.' || *at == 'e' || *at == 'E'))
        return detail::scan_fraction(at, end);
    // Nineteen digits cannot wrap 64 bits; longer integers do not fit anyway. One that is too large
    // has the other sign.
    const auto value =
        static_cast<std::int64_t>(negative ? std::uint64_t{0} - magnitude : magnitude);
    const bool fits = count <= 19 && (negative ? value <= 0 : value >= 0);
    return {at, errc::ok, true, fits, fits ? value : 0};
}

/// How a scan ended: on success one past what it took, on failure the byte at fault, which is the
/// end of the input for unexpected_end.
struct value_scan {
    const char* end;
    errc code;
};

/// Takes exactly the bytes of `literal` (`true`, `false`, `null`).
constexpr value_scan scan_literal(const char* at, const char* end, text literal) {
    for (const char c : literal) {
        if (at == end) return {end, errc::unexpected_end};
        if (*at != c) return {at, errc::invalid_json};
        ++at;
    }
    return {at, errc::ok};
}

namespace detail {

/// The literal that the letter at `at` begins.
[[gnu::noinline]] constexpr value_scan scan_known_literal(const char* at, const char* end) {
    // With their sizes: at -Os a compiler calls strlen() for those.
    text literal{"null", 4};
    if (*at == 't') literal = {"true", 4};
    if (*at == 'f') literal = {"false", 5};
    return scan_literal(at, end, literal);
}

/// A value that is neither array nor object.
constexpr value_scan scan_scalar(const char* at, const char* end) {
    switch (*at) {
    case '"': {
        const string_scan string = scan_string(at + 1, end);
        return {string.code == errc::ok ? string.end + 1 : string.end, string.code};
    }
    case 't':
    case 'f':
    case 'n': return scan_known_literal(at, end);
    default: break;
    }
    if (*at != '-' && !is_digit(*at)) return {at, errc::invalid_json};
    const number_scan scan = scan_number(at, end);
    return {scan.end, scan.code};
}

/// What scan_member_name() saw: the closing quote, and one past the colon and the blanks after it.
struct name_scan {
    const char* quote;
    const char* end;
    errc code;
};

/// From where a member's name should start to where its value should. `quote` is null on failure.
constexpr name_scan scan_member_name(const char* at, const char* end) {
    if (at == end) return {nullptr, end, errc::unexpected_end};
    if (*at != '"') return {nullptr, at, errc::invalid_json};
    const string_scan name = scan_string(at + 1, end);
    if (name.code != errc::ok) return {nullptr, name.end, name.code};
    at = skip_space(name.end + 1, end);
    if (at == end) return {nullptr, end, errc::unexpected_end};
    if (*at != ':') return {nullptr, at, errc::invalid_json};
    return {name.end, skip_space(at + 1, end), errc::ok};
}

} // namespace detail

/// Validates and passes over one whole value, whose first byte `at` is. Each array and object takes
/// one of `depth_left` levels (at most most_depth); the bracket that has none left is too_deep.
constexpr value_scan skip_value(const char* at, const char* end, unsigned depth_left) {
    const unsigned deepest = depth_left < most_depth ? depth_left : most_depth;
    std::uint64_t objects =
        0; // The lowest bit stands for the innermost level: 1 for an object, 0 for an array.
    unsigned depth = 0;
    for (;;) {
        if (at == end) return {end, errc::unexpected_end};
        bool opened = false;
        if (*at == '{' || *at == '[') {
            if (depth == deepest) return {at, errc::too_deep};
            objects = objects << 1 | (*at == '{' ? 1u : 0u);
            ++depth;
            ++at;
            opened = true;
        } else {
            const value_scan scalar = detail::scan_scalar(at, end);
            if (scalar.code != errc::ok) return scalar;
            at = scalar.end;
        }
        for (;; opened = false) {
            if (depth == 0) return {at, errc::ok};
            at = skip_space(at, end);
            if (at == end) return {end, errc::unexpected_end};
            if (*at != ((objects & 1) != 0 ? '}' : ']')) break;
            ++at;
            objects >>= 1;
            --depth;
        }
        if (!opened) {
            if (*at != ',') return {at, errc::invalid_json};
            at = skip_space(at + 1, end);
        }
        if ((objects & 1) != 0) {
            const detail::name_scan name = detail::scan_member_name(at, end);
            if (name.code != errc::ok) return {name.end, name.code};
            at = name.end;
        }
    }
}

/// Checks a whole document: one value with nothing but blanks around it. A byte order mark is
/// invalid_json; anything after the value is trailing_text.
constexpr value_scan validate(text document, unsigned max_depth) {
    const char* const end = document.data() + document.size();
    const value_scan value = skip_value(skip_space(document.data(), end), end, max_depth);
    if (value.code != errc::ok) return value;
    const char* const after = skip_space(value.end, end);
    return {after, after == end ? errc::ok : errc::trailing_text};
}

} // namespace tipring::inline TIPRING_ABI::json
