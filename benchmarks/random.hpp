// A seeded random sequence that is the same on every platform and with every standard library,
// which <random>'s distributions are not.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bench {

/// SplitMix64.
class random_sequence {
public:
    explicit random_sequence(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15u;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        return mixed ^ (mixed >> 31);
    }
    /// From 0 to `count` - 1; the bias of the remainder does not matter here.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() >> 16) % count; }
    bool one_in(std::size_t count) { return below(count) == 0; }

private:
    std::uint64_t state_;
};

} // namespace bench
