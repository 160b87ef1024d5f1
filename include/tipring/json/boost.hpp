// The boost engine: Boost.JSON's push parser (1.81 or newer) driving the same sink as the builtin
// reader, and conversions between raw_json and boost::json::value. For programs that ship
// Boost.JSON already; no other header of tipring includes Boost. Not here: decoding in place, which
// only the builtin engine can do.
//
// The program must hold Boost.JSON itself: one unit includes <boost/json/src.hpp>, or it links the
// library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serializer.hpp>
#include <boost/json/value.hpp>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/json/raw.hpp>
#include <tipring/json/scan.hpp>
#include <tipring/json/sink.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

/// Turns the parser's events into the sink's. Boost.JSON 1.81 tells no positions, so this keeps one
/// of its own: it stands behind the last thing that was reported, and what comes next is found past
/// blanks and a comma. Nothing is scanned more than twice.
class boost_handler {
public:
    using code = boost::json::error_code;
    using view = boost::json::string_view;

    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    boost_handler(text body, sink& out)
        : begin_{body.data()}, at_{begin_}, end_{begin_ + body.size()}, out_{out} {}

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code& ec) { return told(open(&sink::object_begin), ec); }
    bool on_object_end(std::size_t, code& ec) { return told(close(&sink::object_end), ec); }
    bool on_array_begin(code& ec) { return told(open(&sink::array_begin), ec); }
    bool on_array_end(std::size_t, code& ec) { return told(close(&sink::array_end), ec); }
    bool on_key_part(view part, std::size_t, code& ec) { return told(key(part, false), ec); }
    bool on_key(view part, std::size_t, code& ec) { return told(key(part, true), ec); }
    bool on_string_part(view part, std::size_t, code& ec) { return told(string(part, false), ec); }
    bool on_string(view part, std::size_t, code& ec) { return told(string(part, true), ec); }
    /// Only called when the text ends in the middle of a number.
    bool on_number_part(view, code&) { return true; }
    bool on_int64(std::int64_t, view, code& ec) { return told(number(), ec); }
    bool on_uint64(std::uint64_t, view, code& ec) { return told(number(), ec); }
    bool on_double(double, view, code& ec) { return told(number(), ec); }
    bool on_bool(bool value, code& ec) { return told(boolean(value), ec); }
    bool on_null(code& ec) { return told(null(), ec); }
    bool on_comment_part(view, code&) { return true; }
    bool on_comment(view, code&) { return true; }

    /// Whether the parse was ended from here, so that the sink's failure() is complete.
    bool has_stopped() const { return has_stopped_; }

    bool stop(errc why, const char* where) {
        out_.fail(why);
        return place(where);
    }

private:
    enum class turn : std::uint8_t { report, pass, stop };
    enum class pieces : std::uint8_t { none, collected, passed };

    /// Which code the parser gets does not matter: it only has to be one.
    bool told(bool went_well, code& ec) {
        if (went_well) return true;
        has_stopped_ = true;
        ec = boost::json::error::syntax;
        return false;
    }
    bool place(const char* where) {
        out_.failure().offset = distance(begin_, where);
        return false;
    }
    bool placed(bool went_well) { return went_well || place(at_); }

    void seek() {
        at_ = skip_space(at_, end_);
        if (at_ != end_ && *at_ == ',') at_ = skip_space(at_ + 1, end_);
    }

    /// At the first event of a value. One that the sink does not want event by event is passed over
    /// here and now, by our own scanner; the events that are still to come of it are ignored.
    turn begin_value() {
        seek();
        const expectation wanted = out_.expects();
        if (wanted == expectation::value) return turn::report;
        const unsigned levels =
            out_.options().max_depth < most_depth ? out_.options().max_depth : most_depth;
        const unsigned left = levels > out_.depth() ? levels - out_.depth() : 0;
        const value_scan scanned = skip_value(at_, end_, left);
        if (scanned.code != errc::ok) {
            stop(scanned.code, scanned.end);
            return turn::stop;
        }
        const text value{at_, distance(at_, scanned.end)};
        if (wanted == expectation::raw && !placed(out_.raw(value))) return turn::stop;
        at_ = scanned.end;
        return turn::pass;
    }

    bool open(bool (sink::*event)()) {
        if (passed_levels_ != 0) {
            ++passed_levels_;
            return true;
        }
        const turn now = begin_value();
        if (now == turn::pass) passed_levels_ = 1;
        if (now != turn::report) return now == turn::pass;
        if (!placed((out_.*event)())) return false;
        ++at_;
        return true;
    }

    bool close(bool (sink::*event)()) {
        if (passed_levels_ != 0) {
            --passed_levels_;
            return true;
        }
        at_ = skip_space(at_, end_);
        if (!placed((out_.*event)())) return false;
        ++at_;
        return true;
    }

    bool key(view part, bool is_last) {
        if (passed_levels_ != 0) return true;
        if (pieces_ == pieces::none) {
            seek();
            if (is_last && part.data() == at_ + 1)
                return named(text{part.data(), part.size()}, part.data() + part.size());
            before_ = out_.memory().position();
            if (!collect(true)) return false;
        }
        if (!append(part)) return false;
        if (!is_last) return true;
        const text name = collected();
        const bool keeps_name = out_.keeps_names();
        if (!named(name, quote_)) return false;
        if (!keeps_name) out_.memory().rewind(before_);
        return true;
    }

    /// The builtin engine looks at a name when it has seen the colon; so does this one, for the
    /// same errors in the same order.
    bool named(text name, const char* quote) {
        const char* const colon = skip_space(quote + 1, end_);
        if (!is_colon(colon)) return false;
        if (!placed(out_.key(name, true))) return false;
        at_ = colon + 1;
        return true;
    }
    bool is_colon(const char* where) {
        if (where == end_) return stop(errc::unexpected_end, where);
        return *where == ':' || stop(errc::invalid_json, where);
    }

    bool string(view part, bool is_last) {
        if (passed_levels_ != 0) return true;
        if (pieces_ == pieces::none) {
            const turn now = begin_value();
            if (now == turn::stop) return false;
            if (now == turn::pass)
                pieces_ = pieces::passed;
            else if (is_last && part.data() == at_ + 1)
                return string(text{part.data(), part.size()}, part.data() + part.size());
            else if (!collect(false))
                return false;
        }
        if (pieces_ == pieces::collected && !append(part)) return false;
        if (!is_last) return true;
        if (pieces_ == pieces::collected) return string(collected(), quote_);
        pieces_ = pieces::none;
        return true;
    }
    bool string(text value, const char* quote) {
        if (!placed(out_.string(value, true))) return false;
        at_ = quote + 1;
        return true;
    }

    /// Makes room for a string that arrives in parts: as many bytes as it has with its escapes.
    bool collect(bool is_key) {
        const string_scan scanned = scan_string(at_ + 1, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        if (is_key && !is_colon(skip_space(scanned.end + 1, end_))) return false;
        quote_ = scanned.end;
        room_ = distance(at_ + 1, scanned.end);
        filled_ = 0;
        target_ = out_.text_room(room_);
        if (target_ == nullptr) return place(at_);
        pieces_ = pieces::collected;
        return true;
    }
    bool append(view part) {
        if (part.size() > room_ - filled_) return stop(errc::invalid_json, at_);
        if (!part.empty()) std::memcpy(target_ + filled_, part.data(), part.size());
        filled_ += part.size();
        return true;
    }
    text collected() {
        pieces_ = pieces::none;
        return out_.keep_text_room(target_, room_, filled_);
    }

    /// Boost's own value is not looked at: 1.81 does not round doubles correctly.
    bool number() {
        if (passed_levels_ != 0) return true;
        const turn now = begin_value();
        if (now != turn::report) return now == turn::pass;
        const number_scan scanned = scan_number(at_, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        if (!placed(out_.number(scanned, text{at_, distance(at_, scanned.end)}, true)))
            return false;
        at_ = scanned.end;
        return true;
    }

    bool boolean(bool value) {
        if (passed_levels_ != 0) return true;
        const turn now = begin_value();
        if (now != turn::report) return now == turn::pass;
        if (!placed(out_.boolean(value))) return false;
        at_ += value ? 4 : 5;
        return true;
    }

    bool null() {
        if (passed_levels_ != 0) return true;
        const turn now = begin_value();
        if (now != turn::report) return now == turn::pass;
        if (!placed(out_.null())) return false;
        at_ += 4;
        return true;
    }

    const char* begin_;
    const char* at_;
    const char* end_;
    sink& out_;
    /// Levels of a passed over value that are still open.
    std::size_t passed_levels_ = 0;
    /// Of the string that is arriving in parts: its closing quote, and where its content goes.
    const char* quote_ = nullptr;
    char* target_ = nullptr;
    std::size_t room_ = 0;
    std::size_t filled_ = 0;
    arena::mark before_ = {};
    pieces pieces_ = pieces::none;
    bool has_stopped_ = false;
};

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
/// allocation. Takes about 5 KB of stack, and some 200 bytes more for each level of nesting, since
/// the parser recurses; max_depth bounds that.
///
/// One known fault of Boost 1.81 shows: a number whose exponent is above 2147483647 is
/// out_of_range, even in a member that nobody asked for.
struct boost_engine {
    static bool run(text body, sink& out) {
        boost::json::parse_options options;
        options.max_depth = most_depth;
        boost::json::basic_parser<detail::boost_handler> parser{options, body, out};
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
