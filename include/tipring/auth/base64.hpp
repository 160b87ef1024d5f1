// Base64 with the standard alphabet and padding (RFC 4648 section 4). Not here: the alphabet for
// URLs.
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

/// Encodes bytes that come in pieces. Call finish() once, after the last.
class base64_encoder {
public:
    /// Writes to `out`, which it must not outlive.
    constexpr explicit base64_encoder(writer& out TIPRING_LIFETIMEBOUND) : out_{&out} {}

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
        constexpr text alphabet =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (unsigned i = 0; i < 4; ++i)
            out_->put(i <= count_ ? alphabet[group_ >> (18 - 6 * i) & 63] : '=');
        group_ = 0;
        count_ = 0;
    }

    writer* out_;
    std::uint32_t group_ = 0;
    unsigned count_ = 0;
};

constexpr void put_base64(text bytes, writer& out) {
    base64_encoder encoder{out};
    encoder.put(bytes);
    encoder.finish();
}

namespace detail {

/// The six bits of a character of the alphabet, or -1.
constexpr int base64_value(char c) {
    if (is_upper(c)) return c - 'A';
    if (is_lower(c)) return c - 'a' + 26;
    if (is_digit(c)) return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
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
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const int value = detail::base64_value(coded[at + i]);
            if (value < 0) return error{.code = errc::invalid_base64, .offset = at + i};
            group |= static_cast<std::uint32_t>(value) << (18 - 6 * i);
        }
        const std::uint32_t unused = digits == 2 ? 0xFFFF : digits == 3 ? 0xFF : 0;
        if ((group & unused) != 0)
            return error{.code = errc::invalid_base64, .offset = at + digits - 1};
        for (std::size_t i = 0; i + 1 < digits; ++i)
            out[size++] =
                static_cast<char>(static_cast<unsigned char>(group >> (16 - 8 * i) & 0xFF));
    }
    return size;
}

} // namespace tipring::inline TIPRING_ABI::auth
