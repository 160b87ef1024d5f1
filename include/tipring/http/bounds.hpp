// How large the arena of a request must be at most, at compile time, so that a device can have it
// in static memory. Not here: bodies alone (json/bounds.hpp), and what is exactly needed, which
// encode() tells by errc::capacity.
#pragma once

#include <cstddef>

#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/bounds.hpp>

namespace tipring::inline TIPRING_ABI::http {

namespace detail {

/// Whether every parameter of a type that JSON does not know is a short one; a search is any number
/// of parameters.
template <class Op>
constexpr bool has_bound() {
    for (const json::description& d : json::detail::descriptions_of<Op>)
        if (d.facts.custom != nullptr && d.facts.custom != &range_type &&
            d.facts.custom != &days_type)
            return false;
    return true;
}

/// The most bytes that a byte is percent-encoded to.
inline constexpr std::size_t widest_percent = 3;

template <class Op>
constexpr std::size_t parameters_bound() {
    std::size_t size = 0;
    for (const json::description& d : json::detail::descriptions_of<Op>) {
        const std::size_t value =
            d.facts.custom != nullptr ? parameter_codec::longest : json::widest_scalar;
        if (d.facts.has(json::in_query))
            size += 2 + widest_percent * (d.name.size() + value);
        else if (d.facts.has(json::in_header))
            size += value + sizeof(header);
        else if (d.facts.has(json::is_document) && d.facts.kind == json::kind::object)
            size += json::detail::widest_object(d.inside());
    }
    return size;
}

} // namespace detail

/// Enough for encode() of any Op for a server without a prefix, when the texts in it have at most
/// `text_bytes` bytes together (ids and words of enums are text; a prefix counts too), its lists as
/// json::encoded_bound() has them, and the server has `further_headers`. CloudLink's encode() for a
/// platform also puts the origin there: 256 bytes more are plenty.
///
///     static_arena<http::request_bound<miarec::mute_call>(36 + 6)> memory;
template <operation_type Op>
constexpr std::size_t request_bound(std::size_t text_bytes, std::size_t elements = 0,
                                    std::size_t further_headers = 0) {
    static_assert(detail::has_bound<Op>(), "a search has no bound");
    constexpr const operation& facts = operation_of<Op>;
    const std::size_t path = facts.path.size() + facts.other_path.size();
    constexpr std::size_t common_headers = 3;
    return path + detail::parameters_bound<Op>() + json::encoded_bound<Op>(text_bytes, elements) +
           (common_headers + further_headers) * sizeof(header) + alignof(header) - 1;
}

} // namespace tipring::inline TIPRING_ABI::http
