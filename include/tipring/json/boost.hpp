// The boost engine: Boost.JSON's push parser (1.81 or newer) driving the same sink as the builtin
// reader, and conversions between raw_json and boost::json::value. For programs that ship
// Boost.JSON already; this header and boost_reader.hpp are the only ones of tipring that include
// Boost. Not here: what becomes of the parser's events (boost_reader.hpp), decoding in place, which
// only the builtin engine can do.
//
// The program must hold Boost.JSON itself: one unit includes <boost/json/src.hpp>, or it links the
// library.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serializer.hpp>
#include <boost/json/value.hpp>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/json/boost_reader.hpp>
#include <tipring/json/raw.hpp>
#include <tipring/json/scan.hpp>
#include <tipring/json/sink.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

/// An error of Boost.JSON in tipring's terms: our own scanner says what is wrong and where, in the
/// same words as the builtin engine.
inline error boost_failure(text document, const boost::json::error_code& ec, std::size_t read) {
    if (ec == boost::json::error::exponent_overflow)
        return error{.code = errc::out_of_range, .offset = read};
    const value_scan scanned = validate(document, most_depth);
    if (scanned.code == errc::ok) return error{.code = errc::invalid_json, .offset = read};
    return error{.code = scanned.code, .offset = distance(document.data(), scanned.end)};
}

} // namespace detail

/// Boost.JSON as the engine of a decode: `json::decode<contact, json::boost_engine>(body, memory)`.
/// The same values and errors as the builtin engine, including codes, offsets and paths; no
/// allocation. Takes about 7 KB of stack, and some 200 bytes more for each level of nesting, since
/// the parser recurses; max_depth bounds that.
///
/// One known fault of Boost 1.81 shows: a number whose exponent is above 2147483647 is
/// out_of_range, even in a member that nobody asked for.
struct boost_engine {
    static bool run(text body, sink& out) {
        boost::json::parse_options options;
        options.max_depth = most_depth;
        boost::json::basic_parser<boost_reader> parser{options, body, out};
        boost::json::error_code ec;
        const std::size_t read = parser.write_some(false, body.data(), body.size(), ec);
        if (parser.handler().has_stopped()) return false;
        error failure;
        if (ec)
            failure = detail::boost_failure(body, ec, read);
        else if (read != body.size())
            failure = error{.code = errc::trailing_text, .offset = read};
        else
            return true;
        return parser.handler().stop(failure.code, body.data() + failure.offset);
    }

    template <class Unused = void>
    static bool run_in_place(std::span<char>, sink&) {
        static_assert(
            !std::is_void_v<Unused>,
            "only the builtin engine decodes in place: use decode(), which copies escaped text");
        return false;
    }
};

/// The value as Boost's, with its containers in `storage`. Errors as those of make_raw_json().
///
/// Faults of Boost 1.81 that a caller should know: about a quarter of all doubles written with 17
/// digits come out as their neighbour (three decimals are safe), `1e400` becomes infinity, `0e400`
/// not-a-number, `-0` 0, and an exponent above 2147483647 is out_of_range. May throw
/// std::bad_alloc.
inline result<boost::json::value> to_boost_value(raw_json value,
                                                 boost::json::storage_ptr storage = {}) {
    boost::json::parse_options options;
    options.max_depth = most_depth;
    // parse() of 1.81 builds values in a buffer that is not aligned for them.
    alignas(boost::json::value) alignas(std::max_align_t) unsigned char scratch[1024];
    boost::json::parser parser{boost::json::storage_ptr{}, options, scratch, sizeof scratch};
    parser.reset(std::move(storage));
    boost::json::error_code ec;
    const std::size_t read = parser.write(value.value.data(), value.value.size(), ec);
    if (ec) return detail::boost_failure(value.value, ec, read);
    return parser.release();
}

/// The value as JSON text in `memory`. invalid_number for a double that is infinite or not a
/// number, invalid_utf8, too_deep beyond 64 levels, capacity with the exact size that `memory`
/// would have to have. `memory` is as it was after a failure. May throw std::bad_alloc for deep
/// values.
inline result<raw_json> from_boost_value(const boost::json::value& value,
                                         arena& memory TIPRING_LIFETIMEBOUND) {
    boost::json::serializer serializer;
    serializer.reset(&value);
    const std::span<char> rest = memory.rest();
    std::size_t size = 0;
    while (!serializer.done() && size != rest.size())
        size += serializer.read(rest.data() + size, rest.size() - size).size();
    char beyond[256];
    while (!serializer.done()) size += serializer.read(beyond, sizeof beyond).size();
    if (size > rest.size()) return error{.code = errc::capacity, .needed = memory.used() + size};
    const text written{rest.data(), size};
    const value_scan scanned = validate(written, most_depth);
    // The serializer's structure is right; NaN and Infinity are all that it writes and JSON has
    // not.
    if (scanned.code == errc::invalid_json || scanned.code == errc::invalid_number)
        return errc::invalid_number;
    if (scanned.code != errc::ok) return scanned.code;
    memory.commit(size);
    return raw_json{written};
}

} // namespace tipring::inline TIPRING_ABI::json
