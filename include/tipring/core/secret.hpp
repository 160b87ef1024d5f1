// Secrets: a view that is never printed or compared by ==, a constant-time comparison, and wiping
// of bytes that we own.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>

#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

/// A password, key or token. Nothing in tipring prints it, logs it or puts it in an error; get at
/// it with reveal(). Owns nothing: wipe() the bytes that it was made from when they are yours.
class secret {
public:
    using is_text_like = void;

    constexpr secret() = default;
    constexpr explicit secret(text revealed) : value_{revealed} {}

    constexpr text reveal() const { return value_; }
    constexpr bool empty() const { return value_.empty(); }
    constexpr std::size_t size() const { return value_.size(); }

    friend bool operator==(const secret&, const secret&) = delete;

private:
    text value_ = {};
};

/// Whether two byte sequences are equal, in a time that depends on the length of `given` alone, not
/// on where they differ.
constexpr bool equal_in_constant_time(text expected, text given) {
    unsigned difference = expected.size() == given.size() ? 0u : 1u;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const char other = expected.empty() ? '\0' : expected[i % expected.size()];
        difference |= static_cast<unsigned>(static_cast<unsigned char>(given[i]) ^
                                            static_cast<unsigned char>(other));
    }
    return difference == 0;
}

/// Overwrites `bytes` with zeros in a way that the compiler may not leave out.
inline void wipe(std::span<char> bytes) {
    volatile char* at = bytes.data();
    for (std::size_t i = 0; i < bytes.size(); ++i) at[i] = 0;
}

/// As above for an array of integers, at compile time too.
template <class Integer, std::size_t Size>
constexpr void wipe_array(Integer (&numbers)[Size]) {
    if (std::is_constant_evaluated()) {
        for (Integer& each : numbers) each = 0;
    } else {
        volatile Integer* at = numbers;
        for (std::size_t i = 0; i < Size; ++i) at[i] = 0;
    }
}

} // namespace tipring::inline TIPRING_ABI
