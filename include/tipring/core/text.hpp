// Text: the view type used for all text, ASCII classes, comparison without case, integers from and
// to digits, and a bounded writer that keeps counting. Not here: JSON escapes (json/),
// percent-encoding (http/url.hpp), dates (time.hpp).
#pragma once

#include <bit>
#include <concepts>
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

namespace given {
template <class T>
concept whole_number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                       !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                       !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

/// Text that lives on when the expression ends, as far as the type tells: a std::string that is not
/// a variable does not.
template <class T>
inline constexpr bool is_lasting =
    std::is_lvalue_reference_v<T> || std::is_trivially_destructible_v<T>;
} // namespace given

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

/// A set of bytes, for classes of characters that are asked for again and again: a bit for each, or
/// where TIPRING_SMALL is not set a bool.
struct byte_set {
#if TIPRING_SMALL
    std::uint32_t bits[8] = {};

    constexpr void add(unsigned byte) {
        bits[byte / 32] |= std::uint32_t{1} << byte % 32;
    }
    constexpr bool has(char c) const {
        const unsigned byte = static_cast<unsigned char>(c);
        return (bits[byte / 32] >> byte % 32 & 1) != 0;
    }
#else
    bool members[256] = {};

    constexpr void add(unsigned byte) {
        members[byte] = true;
    }
    constexpr bool has(char c) const {
        return members[static_cast<unsigned char>(c)];
    }
#endif

    /// The ASCII letters and digits, and `more`.
    static constexpr byte_set letters_digits_and(text more) {
        byte_set made;
        for (unsigned byte = 0; byte < 0x80; ++byte)
            if (is_alpha(static_cast<char>(byte)) || is_digit(static_cast<char>(byte)))
                made.add(byte);
        return made.with(more);
    }
    constexpr byte_set with(text more) const {
        byte_set made = *this;
        for (const char c : more) made.add(static_cast<unsigned char>(c));
        return made;
    }
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
        // No division: on a small processor one of 64 bits is a function of 700 bytes.
        const wide digit = static_cast<wide>(c - '0');
        if (value > std::numeric_limits<wide>::max() / 10) return std::nullopt;
        value *= 10;
        if (value > highest || digit > highest - value) return std::nullopt;
        value += digit;
    }
    return static_cast<Integer>(negative ? wide{0} - value : value);
}

namespace detail {

/// The eight decimal digits of a number below 10^8 as values, the first one in the lowest byte. The
/// number is split into halves, quarters and digits, all of one size at a time.
[[gnu::noinline]] constexpr std::uint64_t eight_digits(std::uint64_t value) {
    const std::uint64_t halves = value / 10000 | (value % 10000) << 32;
    const std::uint64_t hundreds = (halves * 10486 >> 20) & 0x0000007F0000007F;
    const std::uint64_t quarters = ((halves - hundreds * 100) << 16) + hundreds;
    const std::uint64_t tens = (quarters * 103 >> 10) & 0x000F000F000F000F;
    return ((quarters - tens * 10) << 8) + tens;
}

/// Writes the lowest byte first.
constexpr char* put_bytes(char* to, std::uint64_t bytes, std::size_t size) {
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little)
        std::memcpy(to, &bytes, sizeof bytes);
    else
        for (unsigned i = 0; i < 8; ++i) to[i] = static_cast<char>(bytes >> 8 * i & 0xFF);
    return to + size;
}

inline constexpr std::uint64_t eight_zeros = 0x3030303030303030;

/// Most bytes that put_digits() touches, some of them behind the digits.
inline constexpr std::size_t digits_room = 24;

/// Of a number below 10^8.
[[gnu::noinline]] constexpr char* put_few_digits(char* to, std::uint64_t value) {
    if (value < 10) {
        *to = static_cast<char>('0' + value);
        return to + 1;
    }
    const std::uint64_t digits = eight_digits(value);
    // Not all digits are zero; the mask only says so to tools.
    const auto leading = static_cast<unsigned>(std::countr_zero(digits)) / 8 & 7;
    return put_bytes(to, (digits + eight_zeros) >> 8 * leading, 8 - leading);
}

/// Of any number: what is above the last sixteen or eight digits, then these.
[[gnu::noinline]] constexpr char* put_many_digits(char* to, std::uint64_t value) {
    constexpr std::uint64_t group = 100000000;
    std::uint64_t groups[2] = {};
    unsigned count = 0;
    for (; value >= group; value /= group) groups[count++] = value % group;
    to = put_few_digits(to, value);
    while (count != 0) to = put_bytes(to, eight_digits(groups[--count]) + eight_zeros, 8);
    return to;
}

/// Divides by ten and gives the remainder. Sixteen bits at a time, since a division of 64
/// bits is a function of 700 bytes on a small processor.
constexpr unsigned divide_by_ten(std::uint64_t& value) {
    std::uint32_t rest = 0;
    std::uint64_t quotient = 0;
    for (unsigned i = 0; i < 4; ++i) {
        rest = rest << 16 | static_cast<std::uint32_t>(value >> 48);
        value <<= 16;
        quotient = quotient << 16 | rest / 10;
        rest %= 10;
    }
    value = quotient;
    return rest;
}

/// One digit after the other.
[[gnu::noinline]] constexpr char* put_digits_bytewise(char* to, std::uint64_t value) {
    char digits[20] = {};
    std::size_t count = 0;
    do digits[count++] = static_cast<char>('0' + divide_by_ten(value));
    while (value != 0);
    while (count != 0) *to++ = digits[--count];
    return to;
}

/// Writes a number in decimal digits and returns where they end.
constexpr char* put_digits(char* to, std::uint64_t value) {
    if constexpr (TIPRING_SMALL) return put_digits_bytewise(to, value);
    return value < 100000000 ? put_few_digits(to, value) : put_many_digits(to, value);
}

} // namespace detail

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
    [[gnu::noinline]] constexpr void put(text t) {
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
        const bool negative = value < 0;
        std::uint64_t rest = static_cast<std::uint64_t>(value);
        if (negative) rest = std::uint64_t{0} - rest;
        if (negative) put('-');
        put_natural(rest);
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

    /// The bytes that are not written yet, for those who write there themselves and then tell how
    /// many by advance(). None any more once something did not fit.
    constexpr std::span<char> rest() const {
        if (size_ >= capacity_) return {};
        return {data_ + size_, capacity_ - size_};
    }
    constexpr void advance(std::size_t size) { size_ += size; }

    /// How many bytes the text has: more than capacity when it did not fit.
    constexpr std::size_t size() const { return size_; }
    constexpr bool fits() const { return size_ <= capacity_; }
    /// What was written; empty when it did not fit.
    constexpr text written() const { return fits() ? text{data_, size_} : text{}; }

private:
    [[gnu::noinline]] constexpr void put_natural(std::uint64_t value) {
        if (rest().size() >= detail::digits_room) {
            size_ = static_cast<std::size_t>(detail::put_digits(data_ + size_, value) - data_);
        } else {
            char digits[detail::digits_room];
            const char* const end = detail::put_digits(digits, value);
            put(text{digits, static_cast<std::size_t>(end - digits)});
        }
    }

    char* data_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

} // namespace tipring::inline TIPRING_ABI
