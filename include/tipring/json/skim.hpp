// Skimming: passing over the inside of an array or object only to find where it ends, strings told
// from structure, nothing checked. Not here: validation (skip_value() in scan.hpp).
#pragma once

#include <bit>
#include <cstddef>

#include <tipring/json/block.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::json::detail {

/// How far a skim has come.
struct skim_state {
    /// Arrays and objects that are open.
    std::size_t depth = 0;
    bool in_string = false;
};

#if TIPRING_JSON_VECTOR

inline std::size_t count_bits(unsigned bits) {
    return static_cast<unsigned>(std::popcount(bits));
}

/// Passes over as many whole blocks as lie inside an array or object beyond doubt. What it returns
/// is `at`, or the first byte of a block that may end the outermost one or that holds a backslash,
/// or too few bytes for a block; the caller goes on from there byte by byte.
[[gnu::noinline]] inline const char* skim_blocks(const char* at, const char* end,
                                                 skim_state& state) {
    using block = vector_block;
    // Each lane holds whether an odd number of quotes was seen in it since the last bracket.
    block::mask quotes = block::none();
    const char* const start = at;
    bool in_string = state.in_string;
    std::size_t depth = state.depth;
    for (; distance(at, end) >= block::size; at += block::size) {
        while (distance(at, end) >= 2 * block::size) {
            const block::type one = block::load(at);
            const block::type two = block::load(at + block::size);
            if (block::any(block::either(block::bracket_like(one), block::bracket_like(two))))
                break;
            const block::mask both =
                block::differing(block::equal(one, '"'), block::equal(two, '"'));
            quotes = block::differing(quotes, both);
            at += 2 * block::size;
        }
        if (distance(at, end) < block::size) break;
        const block::type bytes = block::load(at);
        const block::mask quotes_here = block::equal(bytes, '"');
        if (!block::any(block::bracket_like(bytes))) {
            quotes = block::differing(quotes, quotes_here);
            continue;
        }
        const block::type folded = block::with_bits(bytes, 0x20);
        const block::mask opening = block::equal(folded, '{');
        const block::mask closing = block::equal(folded, '}');
        if (block::any(block::equal(bytes, '\\'))) break;
        in_string = in_string != block::is_odd(quotes);
        quotes = block::none();
        unsigned inside = block::index_bits(quotes_here);
        for (unsigned shift = 1; shift < block::size; shift *= 2) inside ^= inside << shift;
        const unsigned strings = (in_string ? ~inside : inside) & 0xFFFF;
        const std::size_t closed = count_bits(block::index_bits(closing) & ~strings);
        if (closed >= depth) break;
        depth += count_bits(block::index_bits(opening) & ~strings);
        depth -= closed;
        in_string = (strings >> (block::size - 1)) != 0;
    }
    if (at == start) return at;
    state.in_string = in_string != block::is_odd(quotes);
    state.depth = depth;
    return at;
}

#else

inline const char* skim_blocks(const char* at, const char*, skim_state&) {
    return at;
}

#endif

} // namespace tipring::inline TIPRING_ABI::json::detail
