// How much room JSON text can need at most, at compile time, so that buffers can be chosen. Not
// here: whole requests (http/bounds.hpp), and what is exactly needed, which encode() tells.
#pragma once

#include <cstddef>
#include <span>

#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// The most bytes of JSON that one byte of text becomes: `\u0000`.
inline constexpr std::size_t widest_escape = 6;
/// An integer of 64 bits with its sign, and the comma of a list.
inline constexpr std::size_t widest_scalar = 21;

namespace detail {

/// All members there, their text and lists empty.
constexpr std::size_t widest_object(std::span<const description> members) {
    std::size_t size = 2;
    for (const description& d : members) {
        if (!is_in_json(d.facts)) continue;
        size += d.name.size() + 4;
        size += d.facts.kind == kind::object ? widest_object(d.inside()) : widest_scalar;
    }
    return size;
}

} // namespace detail

/// Enough for encode() of any T whose texts have at most `text_bytes` bytes together and whose
/// lists of text, numbers and bools have at most `elements` elements together. A list of objects
/// adds encoded_bound<Element>() for each of its elements.
///
///     char body[json::encoded_bound<miarec::user>(200)];
template <described T>
constexpr std::size_t encoded_bound(std::size_t text_bytes, std::size_t elements = 0) {
    return detail::widest_object(detail::all_descriptions<T>()) + widest_escape * text_bytes +
           widest_scalar * elements;
}

} // namespace tipring::inline TIPRING_ABI::json
