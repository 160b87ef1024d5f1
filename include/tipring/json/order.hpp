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

inline constexpr member_sequence declared_sequence = []() {
    member_sequence sequence = {};
    for (std::size_t i = 0; i < sequence.size(); ++i) sequence[i] = static_cast<std::uint8_t>(i);
    return sequence;
}();

/// For each member the length of its text so far: 0 for none yet, `varies` when there were several.
using text_lengths = std::array<std::uint8_t, 64 + 1>;
inline constexpr std::uint8_t varies = 255;

/// Places of a sequence, one behind the other, and a bit for each member in them.
struct member_run {
    std::uint64_t members;
    std::uint8_t start;
    /// 0 for none.
    std::uint8_t end;
};

/// What is known of the objects of one type.
struct learned_type {
    const table* type;
    member_sequence sequence;
    /// The first, second and so on that came in an object; none after a change of the sequence.
    std::array<member_run, 4> runs;
    text_lengths lengths;
    /// How often another member came than was expected.
    unsigned surprises;
    /// The sequence is the declared one, and not written down.
    bool is_declared;
};

#if TIPRING_SMALL

/// What is to be expected in one object: the member at the position, behind all that were seen.
struct member_guess {
    std::uint8_t position;

    const std::uint8_t* next() const { return &position; }
};
/// Of an object whose type nobody knows.
inline constexpr member_guess no_guess = {0};

/// Expects the declared order, always.
class member_order {
public:
    member_guess of(const table&) { return {0}; }

    /// Takes note of a member that came.
    template <class MayLearn>
    static void take(member_guess& guess, std::uint8_t index, const MayLearn&) {
        if (index >= guess.position) guess.position = static_cast<std::uint8_t>(index + 1);
    }
};

#else

/// What is to be expected in one object. All members that were seen lie before the position.
struct member_guess {
    const member_sequence* sequence;
    learned_type* learned;
    unsigned position;
    /// How many runs of a learned sequence came.
    unsigned run_count = 0;

    /// The index to expect, with those that follow it behind.
    const std::uint8_t* next() const { return sequence->data() + position; }

    /// Passes over `count` members, at least one, that came as expected; gives a bit for each.
    std::uint64_t advance(unsigned count) {
        const unsigned start = position;
        position += count;
        if (sequence == &declared_sequence) return ~std::uint64_t{0} >> (64 - count) << start;
        return learned_run(start);
    }

    /// Takes note of a member that was not expected.
    void skip_to(std::uint8_t index) {
        const std::size_t found =
            sequence == &declared_sequence ? index : detail::find_byte(sequence->data(), index);
        if (found >= position) position = static_cast<unsigned>(found) + 1;
    }

private:
    /// The members from `start` to the position. Records mostly end their runs at the same places.
    [[gnu::noinline]] std::uint64_t learned_run(unsigned start) {
        member_run& run = learned->runs[run_count++ % learned->runs.size()];
        if (run.start != start || run.end != position) {
            run = {0, static_cast<std::uint8_t>(start), static_cast<std::uint8_t>(position)};
            for (unsigned i = start; i < position; ++i)
                run.members |= std::uint64_t{1} << (*sequence)[i];
        }
        return run.members;
    }
};

/// Of an object whose type nobody knows.
inline constexpr member_guess no_guess = {&declared_sequence, nullptr, 0};

/// Learns the order and the lengths of up to 8 types; further ones are expected in the declared
/// order. About 2,000 bytes, of which only what is used is ever touched. May be kept from one
/// document to the next.
class member_order {
public:
    /// At the start of an object.
    member_guess of(const table& type) {
        std::size_t i = 0;
        while (i < used_ && types_[i].type != &type) ++i;
        learned_type& l = types_[i < most_types ? i : most_types];
        if (i == used_ && i < most_types) {
            ++used_;
            l.type = &type;
            l.is_declared = true;
            l.surprises = 0;
            l.lengths = {};
        } else if (i == most_types) {
            l.surprises = most_surprises;
            give_up(l);
        }
        return {l.is_declared ? &declared_sequence : &l.sequence, &l, 0};
    }

    /// Takes note of a member that came. `may_learn` is asked when it was not expected: no order is
    /// learned for a type that another open object has too, whose members would lie elsewhere all
    /// at once, nor for one that surprises all the time.
    template <class MayLearn>
    static void take(member_guess& guess, std::uint8_t index, const MayLearn& may_learn) {
        if (*guess.next() == index)
            ++guess.position;
        else if (guess.learned->surprises < most_surprises && may_learn())
            learn(guess, index);
        else
            guess.skip_to(index);
    }

private:
    static constexpr std::size_t most_types = 8;
    static constexpr unsigned most_surprises = 1000;

    /// The member goes to where it came, what was expected in its place to the end.
    static void learn(member_guess& guess, std::uint8_t index) {
        learned_type& l = *guess.learned;
        if (l.is_declared) {
            l.is_declared = false;
            l.sequence = declared_sequence;
            guess.sequence = &l.sequence;
        }
        l.runs = {};
        if (++l.surprises == most_surprises) give_up(l);
        const std::size_t found = detail::find_byte(l.sequence.data(), index);
        if (found < guess.position) return;
        const std::size_t skipped = found - guess.position;
        const std::size_t later = l.type->member_count - found;
        member_sequence before;
        std::uint8_t* const here = l.sequence.data() + guess.position;
        std::memcpy(before.data(), here, skipped);
        std::memmove(here, here + skipped, later);
        std::memcpy(here + later, before.data(), skipped);
        ++guess.position;
    }

    static void give_up(learned_type& l) {
        l.is_declared = true;
        l.lengths.fill(varies);
    }

    std::size_t used_ = 0;
    /// The last one is for all types that found no room, which share the lengths.
    learned_type types_[most_types + 1];
};

#endif

} // namespace tipring::inline TIPRING_ABI::json
