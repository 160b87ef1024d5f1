// In which order the members of described types come: the declared one at first, then, for a type
// that came in another, the order of the last object. Predictions only; being wrong costs time,
// never the right value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <tipring/core/config.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

/// Positions in an object: 0 at its start, then one more than the index of the member that was read
/// last. A successor is the index of the member to expect at a position; an index that the type
/// does not have stands for its end.
inline constexpr std::size_t most_positions = 65;
using successors = std::array<std::uint8_t, most_positions>;

inline constexpr successors declared_order = [] {
    successors order = {};
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i);
    return order;
}();

} // namespace detail

#if TIPRING_SMALL

/// The declared order, always.
class member_order {
public:
    const detail::successors* of(const table&) const { return &detail::declared_order; }
    const detail::successors* learn(const table& type, std::size_t, std::uint8_t) {
        return of(type);
    }
};

#else

/// What was learned of up to 8 types; further ones keep the declared order. About 600 bytes, which
/// cost nothing until something is learned. May be kept from one document to the next.
class member_order {
public:
    const detail::successors* of(const table& type) const {
        for (std::size_t i = 0; i < used_; ++i)
            if (types_[i] == &type) return &learned_[i];
        return &detail::declared_order;
    }
    /// Notes what came at `position`, and returns the order to go on with.
    const detail::successors* learn(const table& type, std::size_t position, std::uint8_t index) {
        std::size_t i = 0;
        while (i < used_ && types_[i] != &type) ++i;
        if (i == most_types) return &detail::declared_order;
        if (i == used_) {
            types_[used_++] = &type;
            learned_[i] = detail::declared_order;
        }
        learned_[i][position] = index;
        return &learned_[i];
    }

private:
    static constexpr std::size_t most_types = 8;

    std::size_t used_ = 0;
    const table* types_[most_types];
    detail::successors learned_[most_types];
};

#endif

} // namespace tipring::inline TIPRING_ABI::json
