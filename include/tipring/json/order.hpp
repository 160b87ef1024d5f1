// In which order the members of a described type come: behind each the one that followed it the
// last time, at first the next one that is declared. A member that a server leaves out costs one
// wrong guess where it was expected. Only guesses come from here: a wrong one costs time, never a
// value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tipring/core/config.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::json {

#if TIPRING_SMALL

/// What is to be expected in one object: the member at the position, behind all that were seen.
struct member_guess {
    std::uint8_t position;

    std::uint8_t expected() const { return position; }
    /// Takes note of a member that came.
    void take(std::uint8_t index) {
        if (index >= position) position = static_cast<std::uint8_t>(index + 1);
    }
};

/// Expects the declared order, always.
class member_order {
public:
    member_guess of(const table&) { return {0}; }
};

#else

/// For the start of an object, and behind it for each member, the index of the one to expect next.
/// The number behind the last index stands for no member.
using member_sequence = std::array<std::uint8_t, 64 + 1>;

inline constexpr member_sequence declared_sequence = []() {
    member_sequence sequence = {};
    for (std::size_t i = 0; i < sequence.size(); ++i) sequence[i] = static_cast<std::uint8_t>(i);
    return sequence;
}();

/// For each member the length of its text so far: 0 for none yet, `varies` when there were several.
using text_lengths = std::array<std::uint8_t, 64 + 1>;
inline constexpr std::uint8_t varies = 255;

/// What is known of the objects of one type.
struct learned_type {
    /// Null for those of several types, of which nothing can be learned.
    const table* type;
    member_sequence following;
    text_lengths lengths;
};

/// What is to be expected in one object.
struct member_guess {
    learned_type* learned;
    /// The place in `following` that counts: 0 at first, then one more than the last member's
    /// index.
    std::size_t previous;

    std::uint8_t expected() const { return learned->following[previous]; }
    /// Takes note of a member that came.
    void take(std::uint8_t index) {
        if (learned->type != nullptr) learned->following[previous] = index;
        previous = index + std::size_t{1};
    }
};

/// Learns the order and the lengths of up to 8 types; further ones are expected in the declared
/// order. About 1,300 bytes, of which only what is used is ever touched. May be kept from one
/// document to the next.
class member_order {
public:
    /// At the start of an object.
    member_guess of(const table& type) {
        std::size_t i = 0;
        while (i < used_ && types_[i].type != &type) ++i;
        learned_type& l = types_[i];
        if (i == used_ && i < most_types) {
            ++used_;
            l.type = &type;
            l.following = declared_sequence;
            l.lengths = {};
        } else if (i == most_types) {
            l.type = nullptr;
            l.following = declared_sequence;
            l.lengths.fill(varies);
        }
        return {&l, 0};
    }

private:
    static constexpr std::size_t most_types = 8;

    std::size_t used_ = 0;
    /// The last one is for all types that found no room.
    learned_type types_[most_types + 1];
};

#endif

} // namespace tipring::inline TIPRING_ABI::json
