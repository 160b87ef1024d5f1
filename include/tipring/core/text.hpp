// Text: the view type used for all text, ASCII classes, comparison without case, integers from and
// to digits, and a bounded writer that keeps counting. Not here: JSON escapes (json/),
// percent-encoding (http/url.hpp), dates (time.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include <tipring/core/config.hpp>

namespace tipring::inline TIPRING_ABI {

/// A view of UTF-8 text. Never terminated; owns nothing: it lives as long as the bytes that it was
/// made from.
using text = std::string_view;

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
constexpr bool is_alpha(char c) {
    return is_upper(c) || is_lower(c);
}
constexpr char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// The letters, the digits and some marks of ASCII; one look tells whether a character is among
/// them.
class ascii_set {
public:
    constexpr explicit ascii_set(text marks) {
        for (unsigned c = 0; c < 0x80; ++c) {
            const char letter = static_cast<char>(c);
            if (is_alpha(letter) || is_digit(letter) || marks.find(letter) != text::npos)
                bits_[c / 32] |= std::uint32_t{1} << c % 32;
        }
    }
    constexpr bool has(char c) const {
        const unsigned byte = static_cast<unsigned char>(c);
        return byte < 0x80 && (bits_[byte / 32] >> byte % 32 & 1u) != 0;
    }

private:
    std::uint32_t bits_[4] = {};
};

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char l = to_lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/// ASCII comparison without case, as header field names and media types want it (RFC 9110
/// section 5.1).
constexpr bool equal_ignoring_case(text a, text b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    return true;
}

/// The text without the blanks and tabs around it.
constexpr text trimmed(text t) {
    while (!t.empty() && (t.front() == ' ' || t.front() == '\t')) t.remove_prefix(1);
    while (!t.empty() && (t.back() == ' ' || t.back() == '\t')) t.remove_suffix(1);
    return t;
}

/// At most `size` characters from `start` on; empty past the end. Unlike substr() it can never
/// throw, so it leaves no trace of an exception in the program.
constexpr text slice(text t, std::size_t start, std::size_t size = text::npos) {
    if (start >= t.size()) return {};
    const std::size_t rest = t.size() - start;
    return {t.data() + start, size < rest ? size : rest};
}

/// Reads the whole of `digits` as a decimal integer: an optional minus sign for signed types, then
/// digits alone. Nothing when there is anything else in it or the value does not fit.
template <class Integer>
constexpr std::optional<Integer> parse_integer(text digits) {
    const bool negative = std::is_signed_v<Integer> && !digits.empty() && digits.front() == '-';
    if (negative) digits.remove_prefix(1);
    if (digits.empty()) return std::nullopt;
    using wide = std::uint64_t;
    const wide highest =
        static_cast<wide>(std::numeric_limits<Integer>::max()) + (negative ? 1u : 0u);
    wide value = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return std::nullopt;
        const wide digit = static_cast<wide>(c - '0');
        if (value > (highest - digit) / 10) return std::nullopt;
        value = value * 10 + digit;
    }
    return static_cast<Integer>(negative ? wide{0} - value : value);
}

/// Writes text into bytes that somebody else owns, and goes on counting when they are full, so that
/// one pass tells both what was written and how much would have been needed. Nothing is ever
/// written past the end.
class writer {
public:
    constexpr writer() = default;
    constexpr explicit writer(std::span<char> out TIPRING_LIFETIMEBOUND)
        : data_{out.data()}, capacity_{out.size()} {}

    constexpr void put(char c) {
        if (size_ < capacity_) data_[size_] = c;
        ++size_;
    }
    constexpr void put(text t) {
        if (t.size() <= capacity_ && size_ <= capacity_ - t.size()) {
            if (std::is_constant_evaluated()) {
                for (std::size_t i = 0; i < t.size(); ++i) data_[size_ + i] = t[i];
            } else if (!t.empty()) {
                std::memcpy(data_ + size_, t.data(), t.size());
            }
        } else if (size_ < capacity_) {
            capacity_ = size_;
        }
        size_ += t.size();
    }
    /// Writes an integer in decimal digits.
    template <class Integer>
        requires std::is_integral_v<Integer>
    constexpr void put_integer(Integer value) {
        if (value >= 0 && value <= 9) return put(static_cast<char>('0' + value));
        const bool negative = value < 0;
        const auto magnitude = static_cast<std::uint64_t>(value);
        put_digits(negative ? std::uint64_t{0} - magnitude : magnitude, negative);
    }
    /// Writes a number below 10^width with leading zeros.
    constexpr void put_padded(std::uint32_t value, unsigned width) {
        char digits[10] = {};
        for (unsigned i = 0; i < width; ++i) {
            digits[width - 1 - i] = static_cast<char>('0' + value % 10);
            value /= 10;
        }
        put(text{digits, width});
    }

    /// The bytes that are still free, for writing text whose length is not known; keep what was
    /// written with advance(). None once something did not fit.
    constexpr std::span<char> rest() {
        return size_ < capacity_ ? std::span<char>{data_ + size_, capacity_ - size_}
                                 : std::span<char>{};
    }
    /// Keeps the first `size` bytes of rest(), which has so many.
    constexpr void advance(std::size_t size) { size_ += size; }

    /// How many bytes the text has: more than capacity when it did not fit.
    constexpr std::size_t size() const { return size_; }
    constexpr bool fits() const { return size_ <= capacity_; }
    /// What was written; empty when it did not fit.
    constexpr text written() const { return fits() ? text{data_, size_} : text{}; }

private:
    /// Apart from put_integer(), so that a program has it once.
    [[gnu::noinline]] constexpr void put_digits(std::uint64_t magnitude, bool negative) {
        char digits[20];
        std::size_t count = 0;
        do {
            digits[sizeof digits - ++count] = static_cast<char>('0' + magnitude % 10);
            magnitude /= 10;
        } while (magnitude != 0);
        if (negative) put('-');
        put(text{digits + sizeof digits - count, count});
    }

    char* data_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

} // namespace tipring::inline TIPRING_ABI
