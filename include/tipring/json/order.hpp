// In which order the members of a described type come: the declared order at first, then, for a
// type that came in another, that of the last object. Only guesses come from here: a wrong one
// costs time, never a value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <tipring/core/config.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/match.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// The indices of a type's members, each once, in the order to expect them in; further on, every
/// place holds its own number, so that the one behind the last stands for no member. Longer than
/// the most members, so that it can be searched by blocks.
using member_sequence = std::array<std::uint8_t, 64 + 16>;

inline constexpr member_sequence declared_sequence = [] {
    member_sequence sequence = {};
    for (std::size_t i = 0; i < sequence.size(); ++i) sequence[i] = static_cast<std::uint8_t>(i);
    return sequence;
}();

/// What is to be expected in one object. All members that were seen lie before the position.
struct member_guess {
    const member_sequence* sequence = &declared_sequence;
    unsigned position = 0;

    /// Passes over `count` members, at least one, that came as expected; gives a bit for each.
    std::uint64_t advance(unsigned count) {
        const unsigned start = position;
        position += count;
        if (sequence == &declared_sequence) return ~std::uint64_t{0} >> (64 - count) << start;
        std::uint64_t bits = 0;
        for (unsigned i = start; i < position; ++i) bits |= std::uint64_t{1} << (*sequence)[i];
        return bits;
    }
};

#if TIPRING_SMALL

/// Expects the declared order, always.
class member_order {
public:
    member_guess of(const table&) const { return {}; }
    void take(const table&, member_guess& guess, std::uint8_t index, bool) {
        if (index >= guess.position) guess.position = index + 1u;
    }
};

#else

/// Learns the order of up to 8 types; further ones are expected in the declared one. Some 700
/// bytes, which cost nothing before something is learned. May be kept from one document to the
/// next.
class member_order {
public:
    /// At the start of an object.
    member_guess of(const table& type) const {
        for (std::size_t i = 0; i < used_; ++i)
            if (types_[i] == &type) return {&learned_[i]};
        return {};
    }

    /// Takes note of a member that was not expected: it goes to where it came, what was expected in
    /// its place to the end. Not to learn is for a type that another open object has too, since
    /// that one's members would lie elsewhere all at once.
    void take(const table& type, member_guess& guess, std::uint8_t index, bool may_learn) {
        const std::size_t found = detail::find_byte(guess.sequence->data(), index);
        member_sequence* const own = may_learn ? learned(type, guess) : nullptr;
        if (own == nullptr) {
            if (found >= guess.position) guess.position = static_cast<unsigned>(found) + 1;
            return;
        }
        guess.sequence = own;
        if (found < guess.position) return;
        const std::size_t skipped = found - guess.position;
        const std::size_t later = type.member_count - found;
        member_sequence before;
        std::uint8_t* const here = own->data() + guess.position;
        std::memcpy(before.data(), here, skipped);
        std::memmove(here, here + skipped, later);
        std::memcpy(here + later, before.data(), skipped);
        ++guess.position;
    }

private:
    static constexpr std::size_t most_types = 8;

    /// The sequence of `type` to change, null when there is no more room for one.
    member_sequence* learned(const table& type, const member_guess& guess) {
        for (std::size_t i = 0; i < used_; ++i)
            if (types_[i] == &type) return &learned_[i];
        if (used_ == most_types) return nullptr;
        types_[used_] = &type;
        learned_[used_] = *guess.sequence;
        return &learned_[used_++];
    }

    std::size_t used_ = 0;
    const table* types_[most_types];
    member_sequence learned_[most_types];
};

#endif

} // namespace tipring::inline TIPRING_ABI::json
