// The boost engine's reader: a handler for Boost.JSON's push parser that fills the sink. Not here:
// what users call (boost.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <boost/json/basic_parser.hpp>
#include <boost/json/error.hpp>

#include <tipring/core/arena.hpp>
#include <tipring/json/match.hpp>
#include <tipring/json/order.hpp>
#include <tipring/json/scan.hpp>
#include <tipring/json/sink.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// Turns the parser's events into the sink's. A member that came with the expected name and a value
/// of the expected kind is stored by the on_ functions themselves; whatever else comes goes the
/// general route, which the functions further down are, through the sink.
///
/// Boost.JSON 1.81 tells no positions. Keys, strings without escapes and numbers are views of the
/// body; where anything else lies is found when somebody asks, by going over the tokens since the
/// last key. Nothing is scanned more than three times.
class boost_reader {
public:
    using code = boost::json::error_code;
    using view = boost::json::string_view;

    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    boost_reader(text body, sink& out)
        : at_{body.data()}, body_{body}, end_{at_ + body.size()},
          longest_text_{out.options().max_text}, out_{out} {}

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code& ec) { return token(open<&sink::object_begin>(), ec); }
    bool on_object_end(std::size_t, code& ec) { return token(close<&sink::object_end>(), ec); }
    bool on_array_begin(code& ec) { return token(open<&sink::array_begin>(), ec); }
    bool on_array_end(std::size_t, code& ec) { return token(close<&sink::array_end>(), ec); }
    bool on_key_part(view part, std::size_t, code& ec) { return told(key_part(part), ec); }
    bool on_key(view part, std::size_t, code& ec) {
        return token(expected_key(part) || key(part), ec);
    }
    bool on_string_part(view part, std::size_t, code& ec) { return told(string_part(part), ec); }
    bool on_string(view part, std::size_t, code& ec) {
        return token(expected_string(part) || string(part), ec);
    }
    /// Only called when the text ends in the middle of a number.
    bool on_number_part(view, code&) { return true; }
    bool on_int64(std::int64_t value, view lexeme, code& ec) {
        return token(expected_integer(value) || number(lexeme), ec);
    }
    bool on_uint64(std::uint64_t, view lexeme, code& ec) { return token(number(lexeme), ec); }
    bool on_double(double, view lexeme, code& ec) { return token(number(lexeme), ec); }
    bool on_bool(bool value, code& ec) {
        return token(expected_boolean(value) || boolean(value), ec);
    }
    bool on_null(code& ec) { return token(expected_null() || null(), ec); }
    bool on_comment_part(view, code&) { return true; }
    bool on_comment(view, code&) { return true; }

    /// Whether the parse was ended from here, so that the sink's failure() is complete.
    bool has_stopped() const { return has_stopped_; }

    [[gnu::noinline, gnu::cold]] bool stop(errc why, const char* where) {
        out_.fail(why);
        return place(where);
    }

private:
    using role = sink::role;
    enum class turn : std::uint8_t { report, pass, stop };
    enum class pieces : std::uint8_t { none, collected, passed };

    /// What is expected where no member is: nothing has its kind, nobody its name.
    static constexpr member no_member = {.name_size = 255, .kind = kind::custom};
    static constexpr char no_names[2 + detail::prefix_size] = {};
    static constexpr table no_type = {.names = no_names, .members = &no_member};

    bool told(bool went_well, code& ec) { return went_well || end_parse(ec); }
    /// Which code the parser gets does not matter: it only has to be one.
    [[gnu::noinline, gnu::cold]] bool end_parse(code& ec) {
        has_stopped_ = true;
        ec = boost::json::error::syntax;
        return false;
    }
    /// At the last event of a token.
    [[gnu::always_inline]] bool token(bool went_well, code& ec) {
        ++tokens_;
        return told(went_well, ec);
    }

    /// The parser unescapes into a buffer of its own.
    bool is_in_body(const char* part) const { return left_of_body(part) - 1 < body_.size(); }
    std::size_t left_of_body(const char* part) const {
        return reinterpret_cast<std::uintptr_t>(end_) - reinterpret_cast<std::uintptr_t>(part);
    }
    const char* quote_before(view part) const { return end_ - left_of_body(part.data()) - 1; }

    /// Takes the name that is expected next. False, and nothing done, for any other one. What the
    /// table holds behind a name are its quote and colon, and the builtin engine too looks at a
    /// name only when it has seen the colon.
    bool expected_key(view part) {
        // Small tables have no bytes behind the names for a comparison by blocks.
        if constexpr (TIPRING_SMALL) return false;
        const std::uint8_t index = guess_->expected();
        const member& m = type_->members[index];
        const char* const name = part.data();
        const std::size_t left = left_of_body(name);
        if (left > body_.size() || left < detail::prefix_size) return false;
        if (detail::equal_prefix(name, type_->names + m.name_at + 2) < m.name_size + 2u)
            return false;
        if (!m.has(json_field) || top_->seen_aliases != 0 || !detail::set_bit(top_->seen, index))
            return false;
        guess_->take(index);
        top_->slot = &m;
        wanted_ = &m;
        begin_token(end_ - left - 1);
        return true;
    }

    bool expected_string(view part) {
        const member& m = *wanted_;
        if (!m.has(text_field) || part.size() > longest_text_ || !is_in_body(part.data()))
            return false;
        set_field_text(top_->base + m.offset, text{part.data(), part.size()});
        return true;
    }

    bool expected_integer(std::int64_t value) {
        const kind expected = wanted_->kind;
        return (expected == kind::integer || expected == kind::enumeration) &&
               out_.integer(*top_, value);
    }

    bool expected_boolean(bool value) {
        if (wanted_->kind != kind::boolean) return false;
        set_boolean(*wanted_, top_->base, value);
        return true;
    }

    bool expected_null() {
        if (!wanted_->has(json_field) || wanted_->kind == kind::raw) return false;
        set_null(*wanted_, top_->base);
        return true;
    }

    bool place(const char* where) {
        out_.place(detail::distance(body_.data(), where));
        return false;
    }
    [[gnu::noinline, gnu::cold]] bool place_here() { return place(locate()); }
    bool placed(bool went_well) { return went_well || place_here(); }

    void begin_token(const char* where) {
        at_ = where;
        tokens_ = 0;
    }
    /// Where the token lies that the parser is reporting. It has looked at all before that, and at
    /// this one but for what follows a number, so nothing here can fail.
    [[gnu::noinline]] const char* locate() const {
        const char* at = at_;
        for (std::size_t left = tokens_;; --left) {
            while (at != end_ && (detail::is_blank(*at) || *at == ',' || *at == ':')) ++at;
            if (left == 0 || at == end_) return at;
            const bool is_bracket = *at == '{' || *at == '}' || *at == '[' || *at == ']';
            at = is_bracket ? at + 1 : detail::scan_scalar(at, end_).end;
        }
    }

    /// At the first event of a value. One that the sink wants as text is checked and reported here
    /// and now; the events that are still to come of it are passed over.
    turn begin_value() {
        if (passed_ != 0) return turn::pass;
        if (out_.expects() == expectation::value) return turn::report;
        return raw() ? turn::pass : turn::stop;
    }
    [[gnu::noinline, gnu::cold]] bool raw() {
        const char* const start = locate();
        const value_scan scanned = skip_value(start, end_, out_.levels_left());
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        begin_token(start);
        passed_ = 1;
        return placed(out_.raw(text{start, detail::distance(start, scanned.end)}));
    }
    /// At the last event of a value that is passed over.
    void pass() {
        if (passed_ == 1) passed_ = 0;
    }
    /// After a value that is not to be reported: whether the parse goes on.
    bool goes_on(turn now) {
        if (now == turn::pass) pass();
        return now == turn::pass;
    }

    template <bool (sink::*event)()>
    bool open() {
        const turn now = begin_value();
        if (now == turn::stop) return false;
        if (now == turn::report) {
            if (!placed((out_.*event)())) return false;
            follow();
            if (top_->role == role::object) *guess_ = order_.of(*type_);
            return true;
        }
        return open_passed();
    }
    [[gnu::noinline]] bool open_passed() {
        if (out_.depth() + passed_ > out_.most_levels()) return stop(errc::too_deep, locate());
        ++passed_;
        expect_no_key();
        return true;
    }

    template <bool (sink::*event)()>
    bool close() {
        if (passed_ != 0) {
            if (--passed_ != 1) return true;
            passed_ = 0;
        } else if (!placed((out_.*event)())) {
            return false;
        }
        follow();
        return true;
    }

    /// After the sink's innermost level changed, and when its next member or element may come.
    void follow() {
        wanted_ = &no_member;
        if (out_.depth() == 0) return;
        top_ = &out_.top();
        in_text_list_ = top_->role == role::array && top_->slot->element == kind::text;
        if (top_->role == role::object) {
            type_ = top_->type;
            guess_ = &top_->guess;
        } else {
            expect_no_key();
        }
    }
    void expect_no_key() {
        type_ = &no_type;
        guess_ = &no_guess_;
    }

    [[gnu::noinline]] bool key(view part) {
        if (passed_ != 0) return true;
        if (is_in_body(part.data())) {
            begin_token(quote_before(part));
            return named(text{part.data(), part.size()}, part.data() + part.size());
        }
        if (!key_part(part)) return false;
        const text name = collected();
        const bool keeps_name = out_.keeps_names();
        if (!named(name, quote_)) return false;
        if (!keeps_name) out_.memory().rewind(before_);
        return true;
    }
    [[gnu::noinline]] bool key_part(view part) {
        if (passed_ != 0) return true;
        if (pieces_ == pieces::none) {
            begin_token(is_in_body(part.data()) ? quote_before(part) : locate());
            before_ = out_.memory().position();
            if (!collect(true)) return false;
        }
        return append(part);
    }

    bool named(text name, const char* quote) {
        if (!is_colon(skip_space(quote + 1, end_))) return false;
        if (!placed(out_.key(name))) return false;
        const member* const m = top_->slot;
        passed_ = m == nullptr ? 1 : 0;
        wanted_ = m == nullptr ? &no_member : m;
        if (m != nullptr && top_->role == role::object)
            guess_->take(static_cast<std::uint8_t>(m - type_->members));
        return true;
    }
    bool is_colon(const char* where) {
        if (where == end_) return stop(errc::unexpected_end, where);
        return *where == ':' || stop(errc::invalid_json, where);
    }

    [[gnu::noinline]] bool string(view part) {
        if (is_in_body(part.data())) {
            const text whole{part.data(), part.size()};
            if (in_text_list_ && whole.size() <= longest_text_)
                return out_.text_element(*top_, whole) || place(quote_before(part));
            const turn now = begin_value();
            if (now != turn::report) return goes_on(now);
            return out_.string(whole) || place(quote_before(part));
        }
        if (!string_part(part)) return false;
        if (pieces_ == pieces::collected) return placed(out_.string(collected()));
        pieces_ = pieces::none;
        pass();
        return true;
    }
    [[gnu::noinline]] bool string_part(view part) {
        if (pieces_ == pieces::none) {
            const turn now = begin_value();
            if (now == turn::stop) return false;
            if (now == turn::pass) {
                pieces_ = pieces::passed;
            } else {
                begin_token(is_in_body(part.data()) ? quote_before(part) : locate());
                if (!collect(false)) return false;
            }
        }
        return pieces_ == pieces::passed || append(part);
    }

    /// Makes room for the string at at_, which arrives in parts: as many bytes as it has with its
    /// escapes.
    bool collect(bool is_key) {
        const char* const content = at_ + 1;
        const string_scan scanned = scan_string(content, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        if (is_key && !is_colon(skip_space(scanned.end + 1, end_))) return false;
        quote_ = scanned.end;
        room_ = detail::distance(content, scanned.end);
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

    /// Looks at the text again: 1.81 does not round doubles correctly, and ends a number behind a
    /// leading zero.
    [[gnu::noinline]] bool number(view lexeme) {
        const turn now = begin_value();
        if (now != turn::report) return goes_on(now);
        const char* const start = lexeme.data();
        const number_scan scanned = scan_number(start, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        return out_.number(scanned, text{start, detail::distance(start, scanned.end)}) ||
               place(start);
    }
    [[gnu::noinline]] bool boolean(bool value) {
        const turn now = begin_value();
        return now == turn::report ? placed(out_.boolean(value)) : goes_on(now);
    }
    [[gnu::noinline]] bool null() {
        const turn now = begin_value();
        return now == turn::report ? placed(out_.null()) : goes_on(now);
    }

    /// The member whose value comes next, when the sink takes that event by event.
    const member* wanted_ = &no_member;
    /// Of the object whose members come, or no_type and no_guess_.
    const table* type_ = &no_type;
    member_guess* guess_ = &no_guess_;
    sink::frame* top_ = nullptr;
    bool in_text_list_ = false;
    /// A token, and how many came from there before the one that is being reported.
    const char* at_;
    std::size_t tokens_ = 0;
    text body_;
    const char* end_;
    std::size_t longest_text_;
    sink& out_;
    /// Of a value that is passed over: how many levels of it are open, and one.
    std::size_t passed_ = 0;
    /// Of the string that is arriving in parts: its closing quote, and where its content goes.
    const char* quote_ = nullptr;
    char* target_ = nullptr;
    std::size_t room_ = 0;
    std::size_t filled_ = 0;
    arena::mark before_ = {};
    pieces pieces_ = pieces::none;
    bool has_stopped_ = false;
    member_order order_;
#if TIPRING_SMALL
    member_guess no_guess_ = {};
#else
    learned_type no_order_ = {};
    member_guess no_guess_ = {&no_order_, 0};
#endif
};

} // namespace tipring::inline TIPRING_ABI::json
