// What may stand in a header field (RFC 9110 section 5), checked in every build before a header is
// handed out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// A character of a token (RFC 9110 section 5.6.2).
inline constexpr byte_set token_chars = byte_set::letters_digits_and("!#$%&'*+-.^_`|~");
constexpr bool is_token_char(char c) {
    return token_chars.has(c);
}

/// The offset of the first byte that a field name may not hold; name.size() when there is none.
constexpr std::size_t find_bad_in_name(text name) {
    std::size_t at = 0;
    while (at < name.size() && is_token_char(name[at])) ++at;
    return at;
}

namespace detail {

/// Zero when the eight bytes from `at` are visible ASCII or blanks: the highest bit of a byte is
/// set from 0x80 on, at 0x7F, and below 0x20. A carry or borrow comes only out of a byte that has
/// set one already.
inline std::uint64_t invisible_bits(const char* at) {
    constexpr std::uint64_t each = 0x0101010101010101u;
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return (word | (word + each) | (word - 0x20 * each)) & 0x80 * each;
}

/// How many bytes from the start are surely visible ASCII or blanks, in large steps: a bearer token
/// has a thousand of them.
inline std::size_t skip_visible(text value) {
    constexpr std::size_t word = sizeof(std::uint64_t);
    const char* at = value.data();
    for (std::size_t left = value.size() / (4 * word); left != 0; --left, at += 4 * word)
        if ((invisible_bits(at) | invisible_bits(at + word) | invisible_bits(at + 2 * word) |
             invisible_bits(at + 3 * word)) != 0)
            break;
    const std::size_t rest = value.size() - static_cast<std::size_t>(at - value.data());
    for (std::size_t left = rest / word; left != 0 && invisible_bits(at) == 0; --left) at += word;
    return static_cast<std::size_t>(at - value.data());
}

} // namespace detail

/// Whether bytes from 0x80 on are let through. Received values may hold them; none is ever sent.
enum class obs_text : bool { refused, allowed };

/// The offset of the first byte that a field value may not hold, value.size() when there is none.
/// Allowed are visible ASCII, blanks and tabs (RFC 9110 section 5.5); so never CR, LF, NUL or
/// another control character.
constexpr std::size_t find_bad_in_value(text value, obs_text high_bytes = obs_text::refused) {
    std::size_t at =
        TIPRING_SMALL || std::is_constant_evaluated() ? 0 : detail::skip_visible(value);
    for (; at < value.size(); ++at) {
        const unsigned byte = static_cast<unsigned char>(value[at]);
        const bool good = byte == '\t' || (byte >= 0x20 && byte < 0x7F) ||
                          (byte >= 0x80 && high_bytes == obs_text::allowed);
        if (!good) break;
    }
    return at;
}

namespace detail {

inline constexpr text known_headers[] = {
    "Accept",   "Authorization", "Content-Type", "Content-Length",  "Cookie",
    "Host",     "Location",      "Range",        "Retry-After",     "User-Agent",
    "If-Match", "If-None-Match", "Date",         "WWW-Authenticate"};

/// Notes a bad header. The name of a well-known one is kept, as a view of static text.
constexpr bool refuse_header(text name, std::size_t offset, error& failure) {
    failure.code = errc::bad_header;
    failure.offset = offset;
    for (const text each : known_headers)
        if (equal_ignoring_case(each, name)) failure.path.push_member(each);
    return false;
}

/// As check(); what is wrong is noted in `failure`, which has nothing in it yet.
constexpr bool check_header(const header& h, error& failure) {
    const std::size_t in_name = find_bad_in_name(h.name);
    if (h.name.empty() || in_name != h.name.size()) return refuse_header({}, in_name, failure);
    std::size_t in_value = find_bad_in_value(h.value);
    if (in_value == h.value.size()) {
        if (trimmed(h.value).size() == h.value.size()) return true;
        const bool leading = h.value.front() == ' ' || h.value.front() == '\t';
        in_value = leading ? 0 : h.value.size() - 1;
    }
    return refuse_header(h.name, in_value, failure);
}

} // namespace detail

/// Whether a header may be sent: the name is a token, the value holds nothing that
/// find_bad_in_value() stops at and no blank at its ends, which would be lost on the way.
/// errc::bad_header carries the offset of the byte (in the name, if that is the bad part) and, for
/// well-known headers, the name.
constexpr result<void> check(const header& h) {
    error failure = {};
    if (detail::check_header(h, failure)) return {};
    return failure;
}

/// As above, for all of them: the first bad one is reported.
constexpr result<void> check(std::span<const header> headers) {
    for (const header& h : headers)
        if (const result<void> checked = check(h); !checked) return checked;
    return {};
}

} // namespace tipring::inline TIPRING_ABI::http
