// Where random choices of tests and fuzz targets come from. Not part of the library.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace random_values {

/// Where all choices come from: a seed, or bytes that a fuzzer sets, two for each choice and zeros
/// behind them.
class engine : public std::mt19937_64 {
public:
    explicit engine(std::uint64_t seed) : std::mt19937_64{seed} {}
    explicit engine(std::span<const std::uint8_t> choices) : choices_{choices}, is_chosen_{true} {}

    std::uint64_t operator()() {
        if (!is_chosen_) return std::mt19937_64::operator()();
        if (choices_.size() < 2) return 0;
        // Spread over all bits, since callers use high and low ones.
        const std::uint64_t choice = choices_[0] | std::uint64_t{choices_[1]} << 8;
        choices_ = choices_.subspan(2);
        return choice * 0x9E3779B97F4A7C15u ^ choice >> 3;
    }

private:
    std::span<const std::uint8_t> choices_;
    bool is_chosen_ = false;
};

} // namespace random_values
