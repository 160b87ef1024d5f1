// The builtin engine: strict RFC 8259 straight onto the tables. One loop, no recursion. Members
// that come in the expected order, written without needless escapes, are taken by a few comparisons
// of whole vectors (expected_members()); whatever is not as expected, right or wrong, goes one
// member at a time through the general route, which alone decides what is valid. A wrong guess
// changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <tipring/json/match.hpp>
#include <tipring/json/order.hpp>
#include <tipring/json/scan.hpp>
#include <tipring/json/sink.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// Reads one JSON document into a sink.
class reader {
public:
    /// `body` is left as it is; text that holds escapes goes to the arena.
    reader(text body, sink& out, member_order& order)
        : begin_{body.data()}, at_{begin_}, end_{begin_ + body.size()}, out_{out}, order_{order} {}
    /// `body` is changed: text that holds escapes is unescaped where it lies. The decoded value
    /// views it either way.
    reader(std::span<char> body, sink& out, member_order& order)
        : begin_{body.data()}, at_{begin_}, end_{begin_ + body.size()},
          changeable_{body.data()}, out_{out}, order_{order} {}

    /// True when the whole document was read; otherwise the sink's failure() says why and where.
    bool run() {
        at_ = skip_space(at_, end_);
        if (at_ == end_) return stop(errc::unexpected_end);
        if (!value()) return false;
        while (out_.depth_ != 0) {
            if (!(top().role == role::array ? element() : members())) return false;
        }
        at_ = skip_space(at_, end_);
        if (at_ != end_) return stop(errc::trailing_text);
        return true;
    }

private:
    using role = sink::role;

    sink::frame& top() { return out_.top(); }
    member_guess& guess() { return guesses_[out_.depth_ - 1]; }

    /// A failure of the text itself, at the byte that is being looked at.
    bool stop(errc code) {
        out_.fail(code);
        return place();
    }
    bool stop(errc code, const char* where) {
        at_ = where;
        return stop(code);
    }
    /// Gives the sink's failure the present offset.
    bool place() {
        out_.failure().offset = static_cast<std::size_t>(at_ - begin_);
        return false;
    }
    bool placed(bool went_well, const char* where) {
        if (went_well) return true;
        at_ = where;
        return place();
    }
    errc here() const { return at_ == end_ ? errc::unexpected_end : errc::invalid_json; }

    /// Takes members for as long as each is the expected one and its value is plain: text without
    /// escapes that is ASCII, a short integer, a literal. True when it ended behind a name, whose
    /// value comes next; otherwise at_ is where the general route goes on, be that the end of the
    /// object, another member or a fault.
    bool expected_members(sink::frame& f) {
        const char* const end = end_;
        // The separator before the next member, which is the brace before the first.
        const char* at = fresh_object_ ? at_ - 1 : at_;
        if (f.seen_alias != 0 || detail::distance(at, end) < read_ahead) return false;
        const char* const last_start = end - read_ahead;
        const char* const names = f.type->names;
        const member* const members = f.type->members;
        const std::uint8_t* next = guess().sequence->data() + guess().position;
        const std::uint8_t* const start = next;
        std::byte* const object = f.base;
        const std::size_t longest = out_.options_.max_text;
        unsigned brace = fresh_object_ ? 1 : 0;
        bool is_named = false;
        while (at <= last_start) {
            const member& m = members[*next];
            const unsigned size = m.name_size + 4u;
            const unsigned same = detail::equal_prefix(at, names + m.name_at, brace);
            const char* value = at + size;
            if (same > size && m.has(text_field)) {
                // Its quotes follow in the table, so that the first is known to be there.
                const char* const content = value + 1;
                if (same > size + 1) {
                    detail::store(object + m.offset, detail::view_layout{content, 0});
                    at = content + 1;
                    ++next;
                    brace = 0;
                    continue;
                }
                const char* const quote = find_special_near(content, end);
                const std::size_t length = detail::distance(content, quote);
                if (*quote == '"' && length <= longest) {
                    detail::store(object + m.offset, detail::view_layout{content, length});
                    at = quote + 1;
                    ++next;
                    brace = 0;
                    continue;
                }
            } else if (same < size || detail::byte_at(value) <= ' ') {
                if (brace == 0 && *at != ',') break;
                value = value_past_blanks(at + 1, names + m.name_at + 1, size - 1);
                if (value == nullptr) break;
            }
            if (!m.has(json_field)) break;
            ++next;
            brace = 0;
            at = plain_value(value, m, object);
            if (at == nullptr) {
                at = value;
                is_named = true;
                break;
            }
        }
        if (next == start) return false;
        at_ = at;
        fresh_object_ = false;
        f.slot = &members[next[-1]];
        f.seen |= guess().advance(static_cast<unsigned>(next - start));
        return is_named;
    }

    /// More than a separator, a name with its punctuation, and what is read of a value unasked.
    static constexpr std::size_t read_ahead = detail::prefix_size + 48;

    /// As find_special(), which looks at 48 bytes without asking whether they are there; the last
    /// byte of the text when there is none.
    static const char* find_special_near(const char* at, const char* end) {
        using block = detail::widest_block;
        if constexpr (block::size == 16) {
            const auto first = block::special(block::load(at));
            if (first != 0) return at + block::first(first);
            const std::uint64_t low = block::special(block::load(at + 16));
            const std::uint64_t high = block::special(block::load(at + 32));
            const std::uint64_t both = low | high << 16;
            if (both != 0) return at + 16 + std::countr_zero(both);
            at += 48;
        }
        at = find_special(at, end);
        return at != end ? at : at - 1;
    }

    /// The value of the member called `name`, with `size` bytes up to its colon, when that comes
    /// next, after and before blanks; null when it does not.
    [[gnu::noinline]] const char* value_past_blanks(const char* at, const char* name,
                                                    std::size_t size) const {
        at = skip_space(at, end_);
        if (detail::distance(at, end_) < read_ahead) return nullptr;
        if (detail::equal_prefix(at, name) < size) return nullptr;
        at = skip_space(at + size, end_);
        return detail::distance(at, end_) < read_ahead ? nullptr : at;
    }

    /// Takes a plain value for `m`. Null, and nothing taken, for any other value.
    const char* plain_value(const char* at, const member& m, std::byte* object) const {
        std::byte* const to = object + m.offset;
        switch (m.kind) {
        case kind::text:
            if (*at == '"') {
                const char* const quote = find_special_near(at + 1, end_);
                const std::size_t size = detail::distance(at + 1, quote);
                if (*quote != '"' || size > out_.options_.max_text) return nullptr;
                detail::store(to, detail::view_layout{at + 1, size});
                return quote + 1;
            }
            break;
        case kind::enumeration: {
            const detail::short_integer number = detail::scan_short_integer(at);
            if (number.size == 0) break;
            detail::store(to, number.value ^ detail::enumeration_flip);
            return at + number.size;
        }
        case kind::integer: {
            const detail::short_integer number = detail::scan_short_integer(at);
            if (number.size == 0) break;
            if (m.width == 8)
                detail::store(to, std::int64_t{number.value});
            else if (m.width == 4)
                detail::store(to, number.value);
            else
                return nullptr;
            detail::store(object + m.state_offset, member_state::value);
            return at + number.size;
        }
        case kind::boolean:
            if (word_at(at) == word_at("true")) {
                set_boolean(m, object, true);
                return at + 4;
            }
            if (word_at(at) == word_at("fals") && at[4] == 'e') {
                set_boolean(m, object, false);
                return at + 5;
            }
            break;
        case kind::raw: return nullptr;
        default: break;
        }
        if (word_at(at) != word_at("null")) return nullptr;
        set_null(m, object);
        return at + 4;
    }
    static std::uint32_t word_at(const char* at) { return detail::narrow_block::load(at); }

    /// The first element of an array or a comma and the next one, or the array's end.
    bool element() {
        at_ = skip_space(at_, end_);
        if (at_ == end_) return stop(errc::unexpected_end);
        if (*at_ == ']') {
            if (!placed(out_.array_end(), at_)) return false;
            ++at_;
            return true;
        }
        sink::frame& f = top();
        if (f.count != 0) {
            if (*at_ != ',') return stop(errc::invalid_json);
            at_ = skip_space(at_ + 1, end_);
            if (at_ == end_) return stop(errc::unexpected_end);
        }
        return *at_ == '{' && f.slot->element == kind::object ? open(out_.element_begin(f), true)
                                                              : value();
    }

    /// After `{` or a member's value: members with their values, or the object's end.
    bool members() {
        sink::frame& f = top();
        if (f.role == role::object && expected_members(f)) return value();
        if (at_ == end_ || *at_ != ',') {
            at_ = skip_space(at_, end_);
            if (at_ == end_) return stop(errc::unexpected_end);
        }
        const bool first = fresh_object_;
        fresh_object_ = false;
        if (*at_ == '}') {
            if (!placed(out_.object_end(), at_)) return false;
            ++at_;
            return true;
        }
        if (!first) {
            if (*at_ != ',') return stop(errc::invalid_json);
            ++at_;
        }
        at_ = skip_space(at_, end_);
        return key() && value_of_member();
    }

    bool key() {
        if (at_ == end_) return stop(errc::unexpected_end);
        if (*at_ != '"') return stop(errc::invalid_json);
        const char* const start = at_ + 1;
        const string_scan scanned = scan_string(start, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        const char* after = skip_space(scanned.end + 1, end_);
        if (after == end_ || *after != ':')
            return stop(after == end_ ? errc::unexpected_end : errc::invalid_json, after);
        const char* const key_start = at_;
        at_ = after + 1;
        sink::frame& f = top();
        const arena::mark mark = out_.memory().position();
        text name;
        if (!content(start, scanned, name)) return placed(false, key_start);
        const bool kept = f.role == role::map || !scanned.has_escapes || changeable_ != nullptr;
        if (!placed(out_.key(name, true), key_start)) return false;
        if (!kept) out_.memory().rewind(mark);
        if (f.role == role::object && f.slot != nullptr) {
            const auto index = static_cast<std::uint8_t>(f.slot - f.type->members);
            order_.take(*f.type, guess(), index, is_only_one_of(*f.type));
        }
        return true;
    }

    bool is_only_one_of(const table& type) const {
        unsigned count = 0;
        for (unsigned i = 0; i < out_.depth_; ++i) {
            const sink::frame& f = out_.frames_[i];
            if (f.role == role::object && f.type == &type) ++count;
        }
        return count == 1;
    }

    /// The unescaped content of a scanned string, whose bytes stay put.
    bool content(const char* start, const string_scan& scanned, text& into) {
        const auto size = static_cast<std::size_t>(scanned.end - start);
        into = text{start, size};
        if (!scanned.has_escapes) return true;
        char* const target =
            changeable_ != nullptr ? changeable_ + (start - begin_) : out_.text_room(size);
        if (target == nullptr) return false;
        const std::size_t shorter = unescape(target, start, scanned.end);
        into = changeable_ != nullptr ? text{target, shorter}
                                      : out_.keep_text_room(target, size, shorter);
        return true;
    }

    bool value_of_member() {
        at_ = skip_space(at_, end_);
        if (at_ == end_) return stop(errc::unexpected_end);
        return value();
    }

    bool value() {
        const expectation wanted = out_.expects();
        if (wanted != expectation::value) return passed_over(wanted);
        switch (*at_) {
        case '"': return string();
        case '{': return open(out_.object_begin(), true);
        case '[': return open(out_.array_begin(), false);
        case 't': return literal("true") && placed(out_.boolean(true), at_ - 4);
        case 'f': return literal("false") && placed(out_.boolean(false), at_ - 5);
        case 'n': return literal("null") && placed(out_.null(), at_ - 4);
        default: return number();
        }
    }

    bool open(bool went_well, bool is_object) {
        if (!went_well) return place();
        ++at_;
        fresh_object_ = is_object;
        if (is_object && top().role == role::object) guess() = order_.of(*top().type);
        return true;
    }

    bool passed_over(expectation wanted) {
        const char* const start = at_;
        const unsigned levels =
            out_.options().max_depth < most_depth ? out_.options().max_depth : most_depth;
        const value_scan scanned =
            skip_value(at_, end_, levels > out_.depth_ ? levels - out_.depth_ : 0);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        at_ = scanned.end;
        if (wanted == expectation::skip) return true;
        return placed(out_.raw(text{start, static_cast<std::size_t>(at_ - start)}), start);
    }

    bool string() {
        const char* const start = at_ + 1;
        const string_scan scanned = scan_string(start, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        text value;
        const char* const quote = at_;
        if (!content(start, scanned, value)) return place();
        at_ = scanned.end + 1;
        return placed(out_.string(value, true), quote);
    }

    bool number() {
        if (*at_ != '-' && !is_digit(*at_)) return stop(errc::invalid_json);
        const char* const start = at_;
        const number_scan scanned = scan_number(at_, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        at_ = scanned.end;
        return placed(
            out_.number(scanned, text{start, static_cast<std::size_t>(at_ - start)}, true), start);
    }

    bool literal(text word) {
        const value_scan scanned = scan_literal(at_, end_, word);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        at_ = scanned.end;
        return true;
    }

    const char* begin_;
    const char* at_;
    const char* end_;
    char* changeable_ = nullptr;
    sink& out_;
    bool fresh_object_ = false;
    member_order& order_;
    /// Of each open object.
    member_guess guesses_[TIPRING_MAX_NESTING];
};

} // namespace tipring::inline TIPRING_ABI::json
