// Random numbers that are the same on every machine for the same seed; std::uniform_… are not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace common {

/// SplitMix64. Good enough for sample data and ids, not for secrets.
class random_source {
public:
    explicit random_source(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    /// 0 to `count` - 1.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    /// `lowest` to `highest`.
    std::int64_t between(std::int64_t lowest, std::int64_t highest) {
        return lowest +
               static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(highest - lowest + 1));
    }
    /// True in `percent` of a hundred cases.
    bool chance(unsigned percent) { return below(100) < percent; }
    template <class T, std::size_t Size>
    const T& pick(const T (&from)[Size]) {
        return from[below(Size)];
    }

    std::string hex(std::size_t digits) {
        std::string made;
        for (std::size_t i = 0; i < digits; ++i) made += "0123456789abcdef"[below(16)];
        return made;
    }
    std::string digits(std::size_t count) {
        std::string made;
        for (std::size_t i = 0; i < count; ++i) made += static_cast<char>('0' + below(10));
        return made;
    }
    /// An id of version 4 (RFC 9562).
    std::string uuid() {
        std::string made = hex(32);
        made[12] = '4';
        made[16] = "89ab"[below(4)];
        for (const std::size_t at : {8u, 13u, 18u, 23u}) made.insert(at, 1, '-');
        return made;
    }

private:
    std::uint64_t state_;
};

} // namespace common
