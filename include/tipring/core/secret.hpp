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

/// As above for an array of integers, a std::array too, at compile time too.
template <class Integers>
constexpr void wipe_array(Integers& numbers) {
    if (std::is_constant_evaluated()) {
        for (auto& each : numbers) each = 0;
    } else {
        for (auto& each : numbers)
            *static_cast<volatile std::remove_reference_t<decltype(each)>*>(&each) = 0;
    }
}

} // namespace tipring::inline TIPRING_ABI
