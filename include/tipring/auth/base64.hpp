// Base64 (RFC 4648): with the standard alphabet and padding (section 4), and with the alphabet for
// URLs without padding (section 5, as RFC 7515 section 2 and RFC 7636 use it).
#pragma once

#include <cstddef>
#include <cstdint>

#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI::auth {

/// How many characters `size` bytes take.
constexpr std::size_t base64_size(std::size_t size) {
    return (size / 3 + (size % 3 != 0 ? 1 : 0)) * 4;
}

/// How many characters `size` bytes take in the form for URLs.
constexpr std::size_t base64url_size(std::size_t size) {
    return size / 3 * 4 + (size % 3 != 0 ? size % 3 + 1 : 0);
}

/// `standard`: `+` and `/`, padded. `url`: `-` and `_`, not padded.
enum class base64_form : bool { standard, url };

/// Encodes bytes that come in pieces. Call finish() once, after the last.
class base64_encoder {
public:
    /// Writes to `out`, which it must not outlive.
    constexpr explicit base64_encoder(writer& out TIPRING_LIFETIMEBOUND,
                                      base64_form form = base64_form::standard)
        : out_{&out}, form_{form} {}

    constexpr void put(text bytes) {
        for (const char c : bytes) {
            group_ = group_ << 8 | static_cast<unsigned char>(c);
            if (++count_ == 3) put_group();
        }
    }
    constexpr void finish() {
        if (count_ == 0) return;
        group_ <<= 8 * (3 - count_);
        put_group();
    }

private:
    constexpr void put_group() {
        for (unsigned i = 0; i < 4; ++i) {
            if (i <= count_)
                out_->put(digit(group_ >> (18 - 6 * i) & 63));
            else if (form_ == base64_form::standard)
                out_->put('=');
        }
        group_ = 0;
        count_ = 0;
    }

    constexpr char digit(std::uint32_t six_bits) const {
        constexpr text common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        if (six_bits < common.size()) return common[six_bits];
        return (form_ == base64_form::url ? text{"-_"} : text{"+/"})[six_bits - common.size()];
    }

    writer* out_;
    base64_form form_;
    std::uint32_t group_ = 0;
    unsigned count_ = 0;
};

constexpr void put_base64(text bytes, writer& out) {
    base64_encoder encoder{out};
    encoder.put(bytes);
    encoder.finish();
}
/// As above, in the form for URLs.
constexpr void put_base64url(text bytes, writer& out) {
    base64_encoder encoder{out, base64_form::url};
    encoder.put(bytes);
    encoder.finish();
}

namespace detail {

/// The six bits of a character of the alphabet, or -1.
constexpr int base64_value(char c, base64_form form) {
    if (is_upper(c)) return c - 'A';
    if (is_lower(c)) return c - 'a' + 26;
    if (is_digit(c)) return c - '0' + 52;
    const bool url = form == base64_form::url;
    if (c == (url ? '-' : '+')) return 62;
    return c == (url ? '_' : '/') ? 63 : -1;
}

/// Decodes `digits` characters, 2 to 4, and writes the bytes that they make up; the offset of the
/// first bad one, or 4.
constexpr std::size_t decode_group(text coded, std::size_t digits, base64_form form, char* out) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const int value = base64_value(coded[i], form);
        if (value < 0) return i;
        group |= static_cast<std::uint32_t>(value) << (18 - 6 * i);
    }
    const std::uint32_t unused = digits == 2 ? 0xFFFF : digits == 3 ? 0xFF : 0;
    if ((group & unused) != 0) return digits - 1;
    for (std::size_t i = 0; i + 1 < digits; ++i)
        out[i] = static_cast<char>(static_cast<unsigned char>(group >> (16 - 8 * i) & 0xFF));
    return 4;
}

} // namespace detail

/// Decodes into `out`, which has room for coded.size() / 4 * 3 bytes and may be where `coded`
/// itself lies; the number of bytes. Strict: padding is required, and anything outside of the
/// alphabet and bits that no encoder sets are errc::invalid_base64 with the offset (RFC 4648
/// sections 3.2 to 3.5). After an error `out` is of no use.
constexpr result<std::size_t> decode_base64(text coded, char* out) {
    if (coded.size() % 4 != 0) return error{.code = errc::invalid_base64, .offset = coded.size()};
    std::size_t size = 0;
    for (std::size_t at = 0; at < coded.size(); at += 4) {
        const bool last = coded.size() - at == 4;
        const std::size_t digits =
            last && coded[at + 3] == '=' ? (coded[at + 2] == '=' ? 2 : 3) : 4;
        const std::size_t bad =
            detail::decode_group(slice(coded, at, 4), digits, base64_form::standard, out + size);
        if (bad != 4) return error{.code = errc::invalid_base64, .offset = at + bad};
        size += digits - 1;
    }
    return size;
}

/// As above for the form for URLs; `out` has room for coded.size() * 3 / 4 bytes. Padding is
/// refused (RFC 7515 section 2).
constexpr result<std::size_t> decode_base64url(text coded, char* out) {
    std::size_t size = 0;
    for (std::size_t at = 0; at < coded.size(); at += 4) {
        const text group = slice(coded, at, 4);
        if (group.size() == 1) return error{.code = errc::invalid_base64, .offset = coded.size()};
        const std::size_t bad =
            detail::decode_group(group, group.size(), base64_form::url, out + size);
        if (bad != 4) return error{.code = errc::invalid_base64, .offset = at + bad};
        size += group.size() - 1;
    }
    return size;
}

} // namespace tipring::inline TIPRING_ABI::auth
