// The builtin engine: strict RFC 8259 straight onto the tables. One loop, no recursion; guesses the
// next member's name (declared order at first, then the order in which the last object of the type
// came) and compares it in whole words, so that well-behaved records seldom look a name up. A wrong
// guess costs one comparison and changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <tipring/json/scan.hpp>
#include <tipring/json/sink.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

inline std::uint64_t load_word(const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}
inline std::uint32_t load_half(const char* at) {
    std::uint32_t half;
    std::memcpy(&half, at, sizeof half);
    return half;
}

/// Whether `size` bytes are equal; 4 or more, and all of them within both.
inline bool equal_words(const char* a, const char* b, std::size_t size) {
    if (size < 8) {
        return load_half(a) == load_half(b) && load_half(a + size - 4) == load_half(b + size - 4);
    }
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8)
        if (load_word(a + i) != load_word(b + i)) return false;
    return load_word(a + size - 8) == load_word(b + size - 8);
}

/// The order in which the members of the types seen so far came: for each member, the one that
/// followed it last time.
class member_order {
public:
    /// Which member to expect after `last` (no_member at the start of an object); member_count or
    /// more for none.
    std::size_t next(const table& type, std::uint8_t last, std::uint8_t slot) const {
        const std::size_t at = last == table::no_member ? type.member_count : last;
#if !TIPRING_SMALL
        if (slot < used_) return types_[slot].next[at];
#else
        static_cast<void>(slot);
#endif
        return at == type.member_count ? 0 : at + 1;
    }

#if !TIPRING_SMALL
    static constexpr std::uint8_t none = 255;

    std::uint8_t slot_of(const table& type) {
        for (std::uint8_t i = 0; i < used_; ++i)
            if (types_[i].type == &type) return i;
        if (used_ == most_types) return none;
        learned& fresh = types_[used_];
        fresh.type = &type;
        for (std::size_t i = 0; i < type.member_count; ++i)
            fresh.next[i] = static_cast<std::uint8_t>(i + 1);
        fresh.next[type.member_count] = 0;
        return used_++;
    }
    void learn(const table& type, std::uint8_t last, std::uint8_t found, std::uint8_t slot) {
        if (slot < used_)
            types_[slot].next[last == table::no_member ? type.member_count : last] = found;
    }

private:
    static constexpr std::uint8_t most_types = 8;
    struct learned {
        const table* type;
        std::uint8_t next[65];
    };
    learned types_[most_types];
    std::uint8_t used_ = 0;
#else
    static constexpr std::uint8_t none = 255;
    std::uint8_t slot_of(const table&) {
        return none;
    }
    void learn(const table&, std::uint8_t, std::uint8_t, std::uint8_t) {}
#endif
};

} // namespace detail

/// Reads one JSON document into a sink.
class reader {
public:
    /// `body` is left as it is; text that holds escapes goes to the arena.
    reader(text body, sink& out)
        : begin_{body.data()}, at_{begin_}, end_{begin_ + body.size()}, out_{out} {}
    /// `body` is changed: text that holds escapes is unescaped where it lies. The decoded value
    /// views it either way.
    reader(std::span<char> body, sink& out)
        : begin_{body.data()}, at_{begin_}, end_{begin_ + body.size()},
          changeable_{body.data()}, out_{out} {}

    /// True when the whole document was read; otherwise the sink's failure() says why and where.
    bool run() {
        at_ = skip_space(at_, end_);
        if (at_ == end_) return stop(errc::unexpected_end);
        if (!value()) return false;
        while (out_.depth_ != 0) {
            if (!(top().role == role::array ? element() : member_after())) return false;
        }
        at_ = skip_space(at_, end_);
        if (at_ != end_) return stop(errc::trailing_text);
        return true;
    }

private:
    using role = sink::role;

    sink::frame& top() { return out_.frames_[out_.depth_ - 1]; }

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

    /// The first element of an array or the one after a comma, or the array's end.
    bool element() {
        at_ = skip_space(at_, end_);
        if (at_ == end_) return stop(errc::unexpected_end);
        if (*at_ == ']' && !after_comma_) {
            if (!placed(out_.array_end(), at_)) return false;
            ++at_;
            return true;
        }
        if (top().count != 0 && !after_comma_) {
            if (*at_ != ',') return stop(errc::invalid_json);
            ++at_;
            after_comma_ = true;
            return true;
        }
        after_comma_ = false;
        return value();
    }

    /// After `{` or a member's value: the next member with its value, or the object's end.
    bool member_after() {
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
        if (top().role == role::object && guessed()) return value_of_member();
        return key() && value_of_member();
    }

    /// Whether the expected member's name comes next; if so it is taken.
    bool guessed() {
        sink::frame& f = top();
        const std::size_t index = order_.next(*f.type, f.last, order_slot_[out_.depth_ - 1]);
        if (index >= f.type->member_count) return false;
        const member& m = f.type->members[index];
        const std::size_t size = std::size_t{m.name_size} + 3;
        if (static_cast<std::size_t>(end_ - at_) < size) return false;
        if (!detail::equal_words(at_, f.type->names + m.name_at + 1, size)) return false;
        if ((f.seen >> index & 1) != 0) return false;
        at_ += size;
        return out_.select(f, static_cast<std::uint8_t>(index), false);
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
        const std::uint8_t last = f.last;
        const arena::mark mark = out_.memory().position();
        text name;
        if (!content(start, scanned, name)) return placed(false, key_start);
        const bool kept = f.role == role::map || !scanned.has_escapes || changeable_ != nullptr;
        if (!placed(out_.key(name, true), key_start)) return false;
        if (!kept) out_.memory().rewind(mark);
        if (f.role == role::object && f.slot != nullptr)
            order_.learn(*f.type, last, f.last, order_slot_[out_.depth_ - 1]);
        return true;
    }

    /// The unescaped content of a scanned string, whose bytes stay put.
    bool content(const char* start, const string_scan& scanned, text& into) {
        const auto size = static_cast<std::size_t>(scanned.end - start);
        into = text{start, size};
        if (!scanned.has_escapes) return true;
        char* target = changeable_ != nullptr ? changeable_ + (start - begin_)
                                              : static_cast<char*>(out_.memory().allocate(size, 1));
        if (target == nullptr) return out_.fail(errc::capacity, out_.memory().needed(), true);
        const std::size_t shorter = unescape(target, start, scanned.end);
        if (changeable_ == nullptr) give_back(size - shorter);
        into = text{target, shorter};
        return true;
    }
    void give_back(std::size_t unused) {
        arena::mark mark = out_.memory().position();
        mark.bottom -= unused;
        out_.memory().rewind(mark);
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
        after_comma_ = false;
        fresh_object_ = is_object;
        if (is_object && top().role == role::object)
            order_slot_[out_.depth_ - 1] = order_.slot_of(*top().type);
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
    bool after_comma_ = false;
    bool fresh_object_ = false;
    detail::member_order order_ = {};
    std::uint8_t order_slot_[TIPRING_MAX_NESTING] = {};
};

} // namespace tipring::inline TIPRING_ABI::json
