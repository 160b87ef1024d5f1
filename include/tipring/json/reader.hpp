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
    /// `body` is changed: text that holds escapes is unescaped where it lies. The decoded value
    /// views it.
    reader(std::span<char> body, sink& out, member_order& order)
        : reader{{body.data(), body.size()}, body.data(), out, order} {}
    /// As above, where `changeable` is where the body lies; where it is null the body is left as it
    /// is, and text that holds escapes goes to the arena.
    reader(text body, char* changeable, sink& out, member_order& order)
        : begin_{body.data()}, at_{begin_}, end_{begin_ + body.size()},
          changeable_{changeable}, out_{out}, order_{order} {}

    /// True when the whole document was read; otherwise the sink's failure() says why and where.
    bool run() {
        if (document()) return true;
        out_.place(detail::distance(begin_, at_));
        return false;
    }

private:
    using role = sink::role;

    sink::frame& top() { return out_.top(); }
    member_guess& guess() { return top().guess; }

    // Where at_ is when one of these functions fails is where the fault is: a value that the sink
    // refuses is passed over after the sink took it, not before.

    bool document() {
        if (!skip_blanks() || !value()) return false;
        while (out_.depth() != 0)
            if (!(top().role == role::array ? element() : members())) return false;
        at_ = skip_space(at_, end_);
        if (at_ != end_) return stop(errc::trailing_text);
        return true;
    }

    /// To the next byte that is none; false when there is no further one.
    bool skip_blanks() {
        at_ = skip_space(at_, end_);
        if (at_ == end_) return stop(errc::unexpected_end);
        return true;
    }
    /// A failure of the text itself, at the byte that is being looked at.
    [[gnu::noinline, gnu::cold]] bool stop(errc code) { return out_.fail(code); }
    [[gnu::noinline, gnu::cold]] bool stop(errc code, const char* where) {
        at_ = where;
        return stop(code);
    }

    /// How a run of members ended.
    enum class run_end : std::uint8_t {
        stopped, ///< where the general route goes on
        named,   ///< behind a name, whose value comes next
        failed,
    };

    /// Takes the name of the member that is to be expected, when it comes without a blank.
    [[gnu::noinline]] run_end expected_name(sink::frame& f) {
        const std::uint8_t index = f.guess.expected();
        if (index >= f.type->member_count) return run_end::stopped;
        const member& m = f.type->members[index];
        const std::size_t size = m.name_size + std::size_t{3};
        const char* const at = fresh_object_ ? at_ : at_ + 1;
        if (!fresh_object_ && (at_ == end_ || *at_ != ',')) return run_end::stopped;
        if (detail::distance(at, end_) < size ||
            !detail::same_bytes(at, f.type->names + m.name_at + 1, size))
            return run_end::stopped;
        if (!TIPRING_SMALL && (f.seen >> index & 1) != 0) return run_end::stopped;
        at_ = at + size;
        fresh_object_ = false;
        f.guess.take(index);
        return out_.select(f, index, false) ? run_end::named : run_end::failed;
    }

#if !TIPRING_SMALL
    /// Takes members for as long as each is known and its value is plain: text without escapes that
    /// is ASCII, a short integer, a literal. Where it stops the general route goes on, be that at
    /// the end of an object, at another member or at a fault.
    run_end expected_members(const sink::frame& f) {
        const char* const at = fresh_object_ ? at_ - 1 : at_;
        if (f.seen_aliases != 0 || out_.options_.max_text < near_text ||
            detail::distance(at, end_) < read_ahead)
            return run_end::stopped;
        if (detail::byte_at(at + 1) <= ' ') return members_of<style::spaced>(at);
        const run_end ended = members_of<style::compact>(at);
        // Many write no blank before the first member and one before each other.
        if (ended != run_end::stopped || fresh_object_ || top().role != role::object ||
            top().seen_aliases != 0 || detail::distance(at_, end_) < read_ahead || at_[1] != ' ')
            return ended;
        return members_of<style::spaced>(at_);
    }

    /// Whether blanks come before the names.
    enum class style : std::uint8_t { compact, spaced };

    /// How far text is looked at at once.
    static constexpr std::size_t near_text = 48;
    /// A separator, a name with its punctuation, and what is read of any value.
    static constexpr std::size_t read_ahead = 1 + detail::prefix_size + detail::short_integer_size;
    static constexpr std::size_t not_plain = static_cast<std::size_t>(-1);

    /// The blanks between a separator and a name, which are the same for all members of an object.
    struct name_gap {
        const char* model = nullptr;
        unsigned size = 0;

        const char* name_after(const char* at, const char* end) {
            if (model != nullptr && detail::equal_prefix(at, model) > size) return at + size;
            const char* const name = skip_space(at, end);
            size = static_cast<unsigned>(name - at);
            model = size + 1 < detail::prefix_size ? at : nullptr;
            return name;
        }
    };

    /// `at` is the separator before the next member, which is the brace before the first. Goes on
    /// in objects inside this one and around it, and in the next one of a list.
    template <style Style>
    [[gnu::noinline]] run_end members_of(const char* at) {
        const char* const last_start = end_ - read_ahead;
        while (at <= last_start) {
            sink::frame& f = top();
            const char* value = nullptr;
            at = members_of_one<Style>(f, at, last_start, value);
            if (at == nullptr) {
                at_ = value;
                if (value > last_start) return run_end::named;
                if (*value == '"' && f.slot->kind == kind::text) {
                    if (!string()) return run_end::failed;
                    at = at_;
                    continue;
                }
                if (*value == '[' && f.slot->kind == kind::array && f.slot->element == kind::text) {
                    if (!texts(f)) return run_end::failed;
                    if (&top() != &f) return run_end::stopped;
                    at = at_;
                    continue;
                }
                const run_end entered = enter(f);
                if (entered != run_end::stopped) return entered;
                at = at_ - 1;
                continue;
            }
            at_ = fresh_object_ ? at + 1 : at;
            if (fresh_object_ || at >= last_start || !leave(f)) return run_end::stopped;
            sink::frame& around = top();
            at = at_;
            if (around.role == role::array && at[0] == ',' && at[1] == '{') {
                at_ = ++at;
                if (!out_.element_begin(around)) return run_end::failed;
                ++at_;
                fresh_object_ = true;
                // It has the type of the one before, and its place.
                guess().previous = 0;
            } else if (around.role != role::object || around.seen_aliases != 0) {
                return run_end::stopped;
            }
        }
        return run_end::stopped;
    }

    /// Begins the object, or the list and its first object, at at_, which is the value of the
    /// member that was named. Stopped when it did; named when there is no such thing.
    run_end enter(sink::frame& f) {
        const member& m = *f.slot;
        if (at_[0] == '{' && m.kind == kind::object) {
            set_present(m, f.base);
            if (!out_.push_object(*m.type, object_in(m, f.base))) return run_end::failed;
        } else if (at_[0] == '[' && at_[1] == '{' && m.kind == kind::array &&
                   m.element == kind::object) {
            if (!out_.push_list(f, role::array)) return run_end::failed;
            ++at_;
            if (!out_.element_begin(top())) return run_end::failed;
        } else {
            return run_end::named;
        }
        begin_members();
        return run_end::stopped;
    }

    /// Takes the list of texts at at_, which is the value of the member that was named, or begins
    /// it, when the general route must go on.
    bool texts(const sink::frame& around) {
        if (!out_.push_list(around, role::array)) return false;
        ++at_;
        sink::frame& f = top();
        if (*at_ == '"' && !plain_texts(f)) return false;
        if (at_ != end_ && *at_ == ']') {
            ++at_;
            out_.finish_list(f);
        }
        return true;
    }

    /// Ends the object that at_ closes, and the list that ends with it. False, and nothing done,
    /// when at_ does not close it, something is missing, or nothing is around it.
    bool leave(const sink::frame& f) {
        if (*at_ != '}' || &f == out_.frames_ || (f.type->required & ~f.seen) != 0) return false;
        ++at_;
        --out_.above_;
        sink::frame& around = top();
        if (around.role == role::array && *at_ == ']' && !around.is_bare) {
            ++at_;
            out_.finish_list(around);
        }
        return true;
    }

    /// Takes members of one object. Where it stopped: at what follows the last one, or null when
    /// that is its `value`.
    template <style Style>
    [[gnu::always_inline]] const char* members_of_one(sink::frame& f, const char* at,
                                                      const char* last_start, const char*& value) {
        if (!fresh_object_ && *at != ',') return at;
        const member* const members = f.type->members;
        const char* const names = f.type->names;
        learned_type& learned = *f.guess.learned;
        std::byte* const object = f.base;
        [[maybe_unused]] name_gap gap;
        /// Where no known member was taken before.
        const char* start = at;
        std::uint64_t seen = f.seen;
        std::size_t previous = f.guess.previous;
        do {
            std::size_t index = learned.following[previous];
            const member* m = members + index;
            const std::size_t size = m->name_size + std::size_t{3};
            const char* name = at + 1;
            if constexpr (Style == style::spaced) {
                name = gap.name_after(name, end_);
                if (name > last_start) break;
            }
            const std::size_t same = detail::equal_prefix(name, names + m->name_at + 1);
            // Only text has quotes behind its name in the table.
            if (Style == style::compact && same > size && name[size] == '"') {
                if (!detail::set_bit(seen, index)) break;
                previous = index + 1;
                const char* const content = name + size + 1;
                if (same > size + 1) {
                    set_field_text(object + m->offset, text{content, 0});
                    at = content + 1;
                } else if (!near_string(content, object + m->offset, learned.lengths[index], at)) {
                    value = content - 1;
                    at = nullptr;
                }
                continue;
            }
            if (same >= size && m->has(json_field)) {
                value = name + size;
            } else {
                value = unexpected(f, name, previous);
                if (value == nullptr) break;
                if (f.slot == nullptr) {
                    fresh_object_ = false;
                    at = start = value;
                    continue;
                }
                m = f.slot;
                index = static_cast<std::size_t>(m - members);
            }
            if (!detail::set_bit(seen, index)) break;
            previous = index + 1;
            if (Style == style::spaced && *value == ' ') ++value;
            if (detail::byte_at(value) <= ' ') value = skip_space(value, end_);
            if (value > last_start)
                at = nullptr;
            else if (m->kind == kind::text)
                at = plain_text(value, *m, object, learned.lengths[index]);
            else if constexpr (Style == style::compact)
                at = plain_scalar(value, *m, object);
            else
                at = spaced_scalar(value, *m, object);
        } while (at != nullptr && at <= last_start && *at == ',');
        f.seen = seen;
        f.guess.previous = previous;
        if (at != start) {
            fresh_object_ = false;
            f.slot = members + (previous - 1);
        }
        return at;
    }

    /// Takes the name of the member that comes instead of the expected one, and returns where its
    /// value is; of a member that nobody knows it takes the value too. f.slot tells which it was.
    /// Null, and nothing taken, when only the general route can tell what it is.
    [[gnu::noinline]] const char* unexpected(sink::frame& f, const char* name,
                                             std::size_t previous) {
        if (*name != '"') return nullptr;
        const char* const start = name + 1;
        const std::size_t size = detail::name_length(start);
        if (start[size] != '"' || start[size + 1] != ':') return nullptr;
        const char* const value = start + size + 2;
        bool by_alias = false;
        const std::uint8_t index = known_member(*f.type, start, size, by_alias);
        if (index == table::no_member) {
            const char* const after = behind_value(skip_space(value, end_));
            if (after == nullptr) return nullptr;
            f.slot = nullptr;
            ++out_.unknown_members_;
            return after;
        }
        const member& m = f.type->members[index];
        if (by_alias || !m.has(json_field)) return nullptr;
        f.slot = &m;
        f.guess.previous = previous;
        f.guess.take(index);
        return value;
    }
    /// What is behind the value at `at`, which nobody wants; null when the general route must tell
    /// what is wrong with it.
    const char* behind_value(const char* at) const {
        if (detail::distance(at, end_) >= detail::short_integer_size) {
            const char* const after = behind_plain(at);
            if (after != nullptr) return after;
        }
        if (at == end_) return nullptr;
        const value_scan skipped = skip_value(at, end_, out_.levels_left());
        return skipped.code == errc::ok ? skipped.end : nullptr;
    }
    /// As behind_value(), for plain text, a short integer and a literal; null for anything else.
    const char* behind_plain(const char* at) const {
        switch (*at) {
        case '"': {
            const std::size_t length = plain_length(at + 1);
            return length != not_plain ? at + length + 2 : nullptr;
        }
        case 't': return word_at(at) == word_at("true") ? at + 4 : nullptr;
        case 'f': return word_at(at + 1) == word_at("alse") ? at + 5 : nullptr;
        case 'n': return word_at(at) == word_at("null") ? at + 4 : nullptr;
        default: {
            const unsigned size = detail::scan_short_integer(at).size;
            return size != 0 ? at + size : nullptr;
        }
        }
    }
    /// As find_member(), of a name that has 32 bytes to look at.
    static std::uint8_t known_member(const table& type, const char* name, std::size_t size,
                                     bool& by_alias) {
        const detail::name_ends ends{name, size};
        const std::uint8_t likely = type.buckets[ends.hash(type.factor) & type.bucket_mask];
        if (likely == table::no_member) return likely;
        if (likely < type.member_count) {
            const member& m = type.members[likely];
            if (m.name_size == size &&
                detail::equal_prefix(name, type.names + m.name_at + 2) >= size)
                return likely;
        }
        return find_member(type, text{name, size}, by_alias);
    }

    /// The length of text without escapes that is ASCII, up to its closing quote; not_plain for
    /// other text and for text that is too long.
    [[gnu::always_inline]] std::size_t plain_length(const char* content) const {
        using block = detail::widest_block;
        if (TIPRING_JSON_VECTOR && content <= last_near_) {
            const auto first = block::special(block::load(content));
            if (first != 0) {
                const std::size_t length = block::first(first);
                return content[length] == '"' ? length : not_plain;
            }
#if TIPRING_JSON_VECTOR == 1
            const std::uint64_t second = block::special(block::load(content + 16));
            const std::uint64_t third = block::special(block::load(content + 32));
            const std::uint64_t both = second | third << 16;
            if (both != 0) {
                const std::size_t length = 16 + detail::lowest_bit(both);
                return content[length] == '"' ? length : not_plain;
            }
#endif
        }
        return far_length(content);
    }
    [[gnu::noinline]] std::size_t far_length(const char* content) const {
        const char* const at = find_special(content, end_);
        const std::size_t length = detail::distance(content, at);
        return at != end_ && *at == '"' && length <= out_.options_.max_text ? length : not_plain;
    }

    /// Takes the text that starts at `content`, behind its quote, when it is plain; `after` is then
    /// what is behind it. False, and nothing taken, otherwise.
    ///
    /// Text as long as always is passed over by that length instead of the one just found: the
    /// processor need not wait for the search to end before it looks at the next member.
    [[gnu::always_inline]] bool near_string(const char* content, std::byte* to, std::uint8_t& usual,
                                            const char*& after) const {
        const std::size_t length = plain_length(content);
        const std::size_t expected = usual;
        const std::size_t known = detail::forgotten(expected);
        if (length == expected) {
            // Again, in here, so that the two ways are not made into one that waits.
            const std::size_t same = detail::forgotten(known);
            set_field_text(to, text{content, same});
            after = content + same + 1;
            return true;
        }
        if (length == not_plain) return false;
        if (expected != varies)
            usual = expected == 0 && length < varies ? static_cast<std::uint8_t>(length) : varies;
        set_field_text(to, text{content, length});
        after = content + length + 1;
        return true;
    }

    /// Takes plain text, or null, for `m`, and returns what is behind it; null for anything else.
    [[gnu::noinline]] const char* plain_text(const char* at, const member& m, std::byte* object,
                                             std::uint8_t& usual) const {
        std::byte* const to = object + m.offset;
        if (at[0] != '"') return plain_null(at, m, object);
        if (at[1] != '"') return near_string(at + 1, to, usual, at) ? at : nullptr;
        set_field_text(to, text{at + 1, 0});
        return at + 2;
    }

    /// Takes any other plain value, or null.
    [[gnu::always_inline]] const char* plain_scalar(const char* at, const member& m,
                                                    std::byte* object) const {
        std::byte* const to = object + m.offset;
        switch (m.kind) {
        case kind::enumeration:
        case kind::integer: {
            const detail::short_integer number = detail::scan_short_integer(at);
            if (number.size == 0) break;
            if (m.kind == kind::enumeration)
                set_field_enumeration(to, static_cast<std::int32_t>(number.value));
            else if (m.width == 8)
                detail::store(to, std::int64_t{number.value});
            else if (m.width == 4)
                detail::store(to, number.value);
            else
                return nullptr;
            if (m.kind == kind::integer)
                detail::store(object + m.state_offset, member_state::value);
            return at + number.size;
        }
        case kind::boolean:
            if (word_at(at) == word_at("true")) {
                set_field_boolean(to, true);
                return at + 4;
            }
            if (word_at(at) == word_at("fals") && at[4] == 'e') {
                set_field_boolean(to, false);
                return at + 5;
            }
            break;
        case kind::raw: return nullptr;
        default: break;
        }
        return plain_null(at, m, object);
    }
    [[gnu::noinline]] const char* spaced_scalar(const char* at, const member& m,
                                                std::byte* object) const {
        return plain_scalar(at, m, object);
    }
    [[gnu::noinline]] static const char* plain_null(const char* at, const member& m,
                                                    std::byte* object) {
        if (word_at(at) != word_at("null")) return nullptr;
        set_null(m, object);
        return at + 4;
    }
    static std::uint32_t word_at(const char* at) {
        return detail::narrow_block::load(at);
    }
#endif

    /// The first element of an array or a comma and the next one, or the array's end.
    bool element() {
        if (!skip_blanks()) return false;
        if (*at_ == ']') return behind(out_.array_end());
        sink::frame& f = top();
        if (f.count != 0) {
            if (*at_ != ',') return stop(errc::invalid_json);
            ++at_;
            if (!skip_blanks()) return false;
        }
        if (*at_ == '{' && f.slot->element == kind::object)
            return open(out_.element_begin(f), true);
#if !TIPRING_SMALL
        if (*at_ == '"' && f.slot->element == kind::text) return plain_texts(f);
#endif
        return value();
    }

#if !TIPRING_SMALL
    /// Texts for as long as they are plain and no blank comes between them.
    bool plain_texts(sink::frame& f) {
        for (;;) {
            const text content{at_ + 1, plain_length(at_ + 1)};
            if (content.size() == not_plain || content.size() > out_.options_.max_text)
                return value();
            if (!out_.text_element(f, content)) return false;
            at_ += content.size() + 2;
            if (detail::distance(at_, end_) < 2 || at_[0] != ',' || at_[1] != '"') return true;
            ++at_;
        }
    }
#endif

    /// After `{` or a member's value: members with their values, or the object's end.
    bool members() {
        sink::frame& f = top();
        if (f.role == role::object) {
            run_end ended = run_end::stopped;
#if !TIPRING_SMALL
            ended = expected_members(f);
            if (ended == run_end::stopped && (&top() != &f || f.role != role::object)) return true;
#endif
            if (ended == run_end::stopped) ended = expected_name(f);
            if (ended != run_end::stopped) return ended == run_end::named && value_of_member();
        }
        if ((at_ == end_ || *at_ != ',') && !skip_blanks()) return false;
        const bool first = fresh_object_;
        fresh_object_ = false;
        if (*at_ == '}') return behind(out_.object_end());
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
        sink::frame& f = top();
        const arena::mark mark = out_.memory().position();
        text name;
        if (!content(start, scanned, name)) return false;
        const bool kept = f.role == role::map || !scanned.has_escapes || changeable_ != nullptr;
        if (!out_.key(name)) return false;
        at_ = after + 1;
        if (!kept) out_.memory().rewind(mark);
        if (f.role == role::object && f.slot != nullptr)
            f.guess.take(static_cast<std::uint8_t>(f.slot - f.type->members));
        return true;
    }

    /// The unescaped content of a scanned string, whose bytes stay put.
    [[gnu::noinline]] bool content(const char* start, const string_scan& scanned, text& into) {
        const auto size = static_cast<std::size_t>(scanned.end - start);
        into = text{start, size};
        if (!scanned.has_escapes) return true;
        char* const target =
            changeable_ != nullptr ? changeable_ + (start - begin_) : out_.text_room(size);
        if (target == nullptr) return false;
        const std::size_t shorter = detail::unescape(target, target + size, start, scanned.end);
        into = changeable_ != nullptr ? text{target, shorter}
                                      : out_.keep_text_room(target, size, shorter);
        return true;
    }

    bool value_of_member() {
        return skip_blanks() && value();
    }

    /// Passes over a closing bracket that the sink took.
    bool behind(bool went_well) {
        if (went_well) ++at_;
        return went_well;
    }

    bool value() {
        const expectation wanted = out_.expects();
        if (wanted != expectation::value) return passed_over(wanted);
        switch (*at_) {
        case '"': return string();
        case '{': return open(out_.object_begin(), true);
        case '[': return open(out_.array_begin(), false);
        case 't':
        case 'f':
        case 'n': return literal();
        default: return number();
        }
    }

    [[gnu::noinline]] bool open(bool went_well, bool is_object) {
        if (!went_well) return false;
        if (is_object && top().role == role::object) {
            begin_members();
        } else {
            ++at_;
            fresh_object_ = is_object;
        }
        return true;
    }
    /// At the brace of an object that was pushed.
    [[gnu::noinline]] void begin_members() {
        ++at_;
        fresh_object_ = true;
        guess() = order_.of(*top().type);
    }

    [[gnu::noinline]] bool passed_over(expectation wanted) {
        const value_scan scanned = skip_value(at_, end_, out_.levels_left());
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        const text whole{at_, detail::distance(at_, scanned.end)};
        if (wanted == expectation::raw && !out_.raw(whole)) return false;
        at_ = scanned.end;
        return true;
    }

    [[gnu::noinline]] bool string() {
        const char* const start = at_ + 1;
        const string_scan scanned = scan_string(start, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        text value;
        if (!content(start, scanned, value) || !out_.string(value)) return false;
        at_ = scanned.end + 1;
        return true;
    }

    [[gnu::noinline]] bool number() {
        if (*at_ != '-' && !is_digit(*at_)) return stop(errc::invalid_json);
        const number_scan scanned = scan_number(at_, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        if (!out_.number(scanned, text{at_, detail::distance(at_, scanned.end)})) return false;
        at_ = scanned.end;
        return true;
    }

    bool literal() {
        const value_scan scanned = detail::scan_known_literal(at_, end_);
        if (scanned.code != errc::ok) return stop(scanned.code, scanned.end);
        if (!(*at_ == 'n' ? out_.null() : out_.boolean(*at_ == 't'))) return false;
        at_ = scanned.end;
        return true;
    }

    const char* begin_;
    const char* at_;
    const char* end_;
    char* changeable_;
    sink& out_;
#if !TIPRING_SMALL
    /// Where near text may start at the latest; null when it cannot.
    const char* last_near_ =
        detail::distance(begin_, end_) >= near_text ? end_ - near_text : nullptr;
#endif
    bool fresh_object_ = false;
    member_order& order_;
};

} // namespace tipring::inline TIPRING_ABI::json
