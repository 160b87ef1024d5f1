// The sink: receives the events of any JSON engine and fills a described type by its table. Not
// here: how bytes become events (reader.hpp, boost.hpp), the calls for users (decode.hpp).
//
// An engine calls, for each value in order: key() before the value of an object's member; expects()
// at the start of a value, then exactly one of the value events, or nothing when it was told to
// skip. An event that returns false ends the decode: the engine adds the offset by place(), and
// failure() says why.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <new>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/options.hpp>
#include <tipring/json/order.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// What an engine does with the value that comes next.
enum class expectation : std::uint8_t {
    value, ///< report it by its event
    skip,  ///< check it and pass over it, reporting nothing
    raw,   ///< check it, pass over it and report its text by raw()
};

/// Fills one value of a described type. Uses TIPRING_MAX_NESTING frames of stack and the arena;
/// never recurses.
class sink {
public:
    sink(const table& root, void* value, arena& memory, const decode_options& options)
        : memory_{memory}, options_{options}, root_{root}, value_{static_cast<std::byte*>(value)},
          limit_{frames_ + (options.max_depth < TIPRING_MAX_NESTING
                                ? options.max_depth
                                : unsigned{TIPRING_MAX_NESTING})} {}
    sink(const sink&) = delete;
    sink& operator=(const sink&) = delete;

    expectation expects() const {
        if (above_ == frames_)
            return is_raw_document(root_) ? expectation::raw : expectation::value;
        const frame& f = top();
        if (f.role == role::array)
            return f.slot->element == kind::raw ? expectation::raw : expectation::value;
        if (f.slot == nullptr) return expectation::skip;
        return f.slot->kind == kind::raw ? expectation::raw : expectation::value;
    }

    /// Whether key() keeps the name itself, as a map does, so that its bytes must live as long as
    /// the decoded value.
    bool keeps_names() const { return top().role == role::map; }

    /// The name of the next member, unescaped. Looked up in the table; unknown names are counted.
    bool key(text name) {
        frame& f = top();
        if (f.role == role::map) return map_key(f, name);
        bool by_alias = false;
        const std::uint8_t found = find_member(*f.type, name, by_alias);
        if (found == table::no_member) {
            f.slot = nullptr;
            ++unknown_members_;
            return true;
        }
        return select(f, found, by_alias);
    }

    [[gnu::noinline]] bool object_begin() {
        if (above_ == frames_) return push_object(root_, value_);
        frame& f = top();
        if (f.role == role::array) return element_begin(f);
        const member& m = *f.slot;
        if (m.kind == kind::map) return push_list(f, role::map);
        // Text in an object (description::or_object()) has that object's layout.
        if (m.kind == kind::text && m.type != nullptr)
            return push_object(*m.type, object_in(m, f.base));
        if (m.kind != kind::object) return refuse(m.kind);
        set_present(m, f.base);
        return push_object(*m.type, object_in(m, f.base));
    }

    bool object_end() {
        frame& f = top();
        if (f.role == role::map) {
            finish_list(f);
            return true;
        }
        for (std::uint64_t missing = f.type->required & ~f.seen; missing != 0;
             missing &= missing - 1) {
            const auto index = static_cast<unsigned>(std::countr_zero(missing));
            if ((aliases_of(*f.type, index) & f.seen_aliases) != 0) continue;
            f.slot = &f.type->members[index];
            return fail(errc::missing_member);
        }
        --above_;
        return true;
    }

    [[gnu::noinline]] bool array_begin() {
        if (above_ == frames_) return bare_array();
        frame& f = top();
        if (f.role == role::array) return refuse(f.slot->element);
        if (f.slot->kind != kind::array) return refuse(f.slot->kind);
        return push_list(f, role::array);
    }

    bool array_end() {
        const bool bare = top().is_bare;
        finish_list(top());
        return !bare || object_end();
    }

    /// A string's content, unescaped. These very bytes live as long as the decoded value.
    [[gnu::noinline]] bool string(text value) {
        if (above_ == frames_) return fail(errc::expected_object);
        frame& f = top();
        const kind expected = f.role == role::array ? f.slot->element : f.slot->kind;
        if (expected != kind::text) return lenient_string(f, expected, value);
        if (value.size() > options_.max_text) return fail(errc::too_long, value.size(), false);
        if (f.role == role::array) return text_element(f, value);
        set_text(*f.slot, f.base, value);
        return true;
    }

    /// A number: what the scanner found and the text as written, which lives as long as the decoded
    /// value.
    [[gnu::noinline]] bool number(const number_scan& scanned, text lexeme) {
        if (above_ == frames_) return fail(errc::expected_object);
        frame& f = top();
        const member& m = *f.slot;
        const bool in_array = f.role == role::array;
        const kind expected = in_array ? m.element : m.kind;
        if (expected == kind::number || (expected == kind::text && !in_array && m.has(lenient))) {
            if (in_array) return text_element(f, lexeme);
            set_text(m, f.base, lexeme);
            return true;
        }
        if (expected == kind::boolean && m.has(lenient) && scanned.fits &&
            (scanned.value == 0 || scanned.value == 1))
            return boolean(scanned.value == 1);
        if (expected != kind::integer && expected != kind::enumeration) return refuse(expected);
        if (!scanned.is_integer) return fail(errc::expected_integer);
        if (!scanned.fits) return fail(errc::out_of_range);
        return integer(f, scanned.value);
    }

    [[gnu::noinline]] bool boolean(bool value) {
        if (above_ == frames_) return fail(errc::expected_object);
        frame& f = top();
        if (f.role == role::array) {
            if (f.slot->element != kind::boolean) return refuse(f.slot->element);
            std::byte* const element = push_element(f);
            if (element != nullptr) detail::store(element, value);
            return element != nullptr;
        }
        if (f.slot->kind != kind::boolean) return refuse(f.slot->kind);
        set_boolean(*f.slot, f.base, value);
        return true;
    }

    [[gnu::noinline]] bool null() {
        if (above_ == frames_) return fail(errc::expected_object);
        frame& f = top();
        if (f.role == role::array) return refuse(f.slot->element);
        if (!f.slot->has(is_field)) return refuse(f.slot->kind);
        set_null(*f.slot, f.base);
        return true;
    }

    /// The text of a whole value that was asked for with expectation::raw. The text lives as long
    /// as the decoded value.
    [[gnu::noinline]] bool raw(text value) {
        if (value.size() > options_.max_text) return fail(errc::too_long, value.size(), false);
        if (above_ == frames_) {
            set_text(root_.members[0], value_, value);
            return true;
        }
        frame& f = top();
        if (f.role == role::array) return text_element(f, value);
        set_text(*f.slot, f.base, value);
        return true;
    }

    /// Ends the decode with `code`, at the member or element that is being read.
    [[gnu::noinline, gnu::cold]] bool fail(errc code) {
        code_ = code;
        return false;
    }

    /// Room for `size` bytes of text that the value will view; null, and the decode has failed,
    /// when there is none. For engines that put text together.
    char* text_room(std::size_t size) {
        void* const room = memory_.allocate_top(size, 1);
        if (room == nullptr) fail(errc::capacity, memory_.needed(), true);
        return static_cast<char*>(room);
    }
    /// Gives back what text_room() gave last, but for the first `used` of its `size` bytes, which
    /// move.
    text keep_text_room(char* room, std::size_t size, std::size_t used) {
        char* const kept = room + (size - used);
        tipring::detail::move_up(kept, room, used);
        memory_.free_top(size - used);
        return {kept, used};
    }

    /// Where the value at fault is in the document.
    void place(std::size_t offset) { offset_ = offset; }
    /// Why the decode failed.
    [[gnu::noinline, gnu::cold]] error failure() const {
        error made{.code = code_,
                   .needed_is_lower_bound = needed_is_lower_bound_,
                   .offset = offset_,
                   .needed = needed_};
        note_path(made.path);
        return made;
    }
    arena& memory() { return memory_; }
    const decode_options& options() const { return options_; }
    unsigned depth() const { return static_cast<unsigned>(above_ - frames_); }
    /// How many levels a document may have, and how many more may be opened here.
    unsigned most_levels() const {
        return options_.max_depth < most_depth ? options_.max_depth : most_depth;
    }
    unsigned levels_left() const { return most_levels() > depth() ? most_levels() - depth() : 0; }
    /// Adds what was noticed to the caller's report.
    void report() const {
        if (options_.report == nullptr) return;
        options_.report->unknown_members += unknown_members_;
        options_.report->misspelt_members += misspelt_members_;
    }

private:
    friend class reader;
    friend class boost_reader;

    enum class role : std::uint8_t { object, array, map };

    struct list_part {
        /// The first element.
        std::byte* first;
        /// Where the arena's bottom was when the list began.
        std::byte* bottom;
    };

    /// Written as it is pushed, and no more of it than its role needs. The member that an array or
    /// map is, and the object that has it, are in the frame below.
    struct frame {
        union {
            /// Of an object: its type.
            const table* type;
            /// Of an array or map: how many elements it has.
            std::uint32_t count;
        };
        /// Of an object, the object; of an array, the object whose member it is; of a map, the
        /// entry being read.
        std::byte* base;
        /// Of an object or map: the member whose value comes next, null to skip it. Of an array:
        /// the member it is.
        const member* slot;
        sink::role role;
        /// Of an array: it stands for the object around it.
        bool is_bare;
        /// Of an object: a bit for each alias of a member that came by one.
        std::uint8_t seen_aliases;
        /// Of an object, for the engine: which member to expect.
        member_guess guess;
        union {
            /// Of an object: a bit for each member that came by its name.
            std::uint64_t seen;
            /// Of an array or map.
            list_part list;
        };
    };
    static_assert(table::most_aliases <= 8);

    [[gnu::noinline, gnu::cold]] bool fail(errc code, std::size_t needed, bool lower_bound) {
        needed_ = needed;
        needed_is_lower_bound_ = lower_bound;
        return fail(code);
    }
    /// Ends the decode at a value that is of another kind.
    [[gnu::noinline, gnu::cold]] bool refuse(kind wanted) { return fail(mismatch(wanted)); }
    static errc mismatch(kind expected) {
        switch (expected) {
        case kind::text: return errc::expected_string;
        case kind::integer:
        case kind::enumeration: return errc::expected_integer;
        case kind::boolean: return errc::expected_boolean;
        case kind::number: return errc::expected_number;
        case kind::array: return errc::expected_array;
        default: return errc::expected_object;
        }
    }

    frame& top() { return above_[-1]; }
    const frame& top() const { return above_[-1]; }

    bool too_deep() { return fail(errc::too_deep, depth() + 1, true); }

    bool push_object(const table& type, std::byte* object) {
        if (above_ == limit_) return too_deep();
        frame& f = *above_++;
        f.type = &type;
        f.base = object;
        f.slot = nullptr;
        f.seen = 0;
        f.seen_aliases = 0;
        f.role = role::object;
        return true;
    }
    /// An object that is an element of the list `f`.
    [[gnu::noinline]] bool element_begin(frame& f) {
        if (f.slot->element != kind::object) return refuse(f.slot->element);
        if (above_ == limit_) return too_deep();
        const table& type = *f.slot->type;
        std::byte* const element = push_element(f, type.size, type.alignment);
        if (element == nullptr) return false;
        return push_object(type, element);
    }

    /// A bit for each alias of the member.
    [[gnu::noinline]] static std::uint8_t aliases_of(const table& type, unsigned index) {
        unsigned bits = 0;
        for (unsigned i = 0; i < type.alias_count; ++i)
            if (type.aliases[i].member == index) bits |= 1u << i;
        return static_cast<std::uint8_t>(bits);
    }

    [[gnu::noinline]] bool select(frame& f, std::uint8_t index, bool by_alias) {
        const std::uint64_t bit = std::uint64_t{1} << index;
        const member& m = f.type->members[index];
        f.slot = &m;
        if (!is_in_json(m)) {
            f.slot = nullptr;
            ++unknown_members_;
            return true;
        }
        const std::uint8_t aliases = aliases_of(*f.type, index);
        if (!by_alias) {
            if ((f.seen & bit) != 0) return fail(errc::duplicate_member);
            f.seen |= bit;
            if ((f.seen_aliases & aliases) != 0) clear(m, f.base);
            return true;
        }
        if ((f.seen_aliases & aliases) != 0) return fail(errc::duplicate_member);
        f.seen_aliases |= aliases;
        ++misspelt_members_;
        if ((f.seen & bit) != 0) f.slot = nullptr;
        return true;
    }

    static void clear(const member& m, std::byte* object) {
        if (m.kind == kind::object) std::memset(object + m.offset, 0, m.type->size);
    }

    [[gnu::noinline]] bool map_key(frame& f, text name) {
        f.slot = nullptr;
        const table& type = *owner(f).slot->type;
        for (std::size_t i = 0; i < f.count; ++i)
            if (text_of(type.members[0], f.list.first + i * type.size) == name)
                return fail(errc::duplicate_member);
        f.base = push_element(f);
        if (f.base == nullptr) return false;
        set_text(type.members[0], f.base, name);
        f.slot = &type.members[1];
        return true;
    }

    /// The frame below that of an array or map.
    static const frame& owner(const frame& list) { return (&list)[-1]; }

    bool push_list(const frame& around, role list_role) {
        if (above_ == limit_) return too_deep();
        frame& f = *above_++;
        f.count = 0;
        f.base = around.base;
        f.slot = list_role == role::map ? nullptr : around.slot;
        f.list = {.first = nullptr, .bottom = memory_.bottom()};
        f.role = list_role;
        f.is_bare = false;
        ++open_lists_;
        return true;
    }

    /// An array where the object around it was expected (quirk D-56).
    [[gnu::noinline]] bool bare_array() {
        for (std::size_t i = 0; i < root_.member_count; ++i) {
            if (!root_.members[i].has(is_document) || root_.members[i].kind != kind::array)
                continue;
            if (!push_object(root_, value_)) return false;
            top().slot = &root_.members[i];
            top().seen = std::uint64_t{1} << i;
            if (!push_list(top(), role::array)) return false;
            top().is_bare = true;
            return true;
        }
        return fail(errc::expected_object);
    }

    /// The outermost list stays where it grew, so that no page is ever moved.
    void finish_list(frame& f) {
        const member& m = *owner(f).slot;
        --open_lists_;
        if (f.count != 0 && open_lists_ != 0)
            f.list.first = static_cast<std::byte*>(
                memory_.move_to_top(f.list.first, f.list.bottom, element_alignment(m)));
        set_list(m, owner(f).base, {f.list.first, f.count});
        --above_;
    }

    [[gnu::noinline]] std::byte* push_element(frame& f) {
        const member& m = *owner(f).slot;
        return push_element(f, element_size(m), element_alignment(m));
    }
    std::byte* push_element(frame& f, std::size_t size, std::size_t alignment) {
        const std::size_t most = f.role == role::map ? options_.max_keys : options_.max_elements;
        if (f.count >= std::min<std::size_t>(most, UINT32_MAX)) {
            fail(errc::too_many, std::size_t{f.count} + 1, true);
            return nullptr;
        }
        auto* const element = static_cast<std::byte*>(memory_.push(size, alignment));
        if (element == nullptr) {
            fail(errc::capacity, memory_.needed(), true);
            return nullptr;
        }
        if (f.count++ == 0) f.list.first = element;
        return element;
    }

    [[gnu::noinline]] bool text_element(frame& f, text value) {
        std::byte* const element = push_element(f, sizeof(text), alignof(text));
        if (element == nullptr) return false;
        detail::store(element, value);
        return true;
    }

    [[gnu::noinline]] bool integer(frame& f, std::int64_t value) {
        const member& m = *f.slot;
        if (f.role == role::array) {
            std::byte* const element = push_element(f);
            if (element == nullptr) return false;
            if (store_integer(element, m.width, m.has(is_signed), value)) return true;
            --f.count;
            return fail(errc::out_of_range);
        }
        if (value == -1 && m.has(minus_one_is_null)) {
            set_null(m, f.base);
            return true;
        }
        const bool fits = m.kind == kind::enumeration ? set_enumeration(m, f.base, value)
                                                      : set_integer(m, f.base, value);
        if (!fits) return fail(errc::out_of_range);
        return true;
    }

    [[gnu::noinline]] bool lenient_string(frame& f, kind expected, text value) {
        const member& m = *f.slot;
        const bool allowed = m.has(lenient) || options_.lenient_numbers;
        if (expected == kind::boolean && m.has(lenient)) {
            static constexpr text words[] = {"false", "0", "no", "", "true", "1", "yes"};
            constexpr std::size_t first_yes = 4;
            for (std::size_t i = 0; i < std::size(words); ++i)
                if (equal_ignoring_case(value, words[i])) return boolean(i >= first_yes);
        }
        if (allowed && (expected == kind::integer || expected == kind::enumeration)) {
            const auto parsed = parse_integer<std::int64_t>(value);
            if (parsed) return integer(f, *parsed);
        }
        return refuse(expected);
    }

    void note_path(member_path& where) const {
        for (const frame* f = frames_; f != above_; ++f) {
            if (f->role != role::object)
                where.push_element(element_index(*f));
            else if (f->slot != nullptr)
                where.push_member(f->type->name_of(*f->slot));
        }
    }
    /// The element that a list is reading: the last one pushed while something inside it is open,
    /// else the next.
    std::size_t element_index(const frame& f) const {
        const bool inside = &f != &top() || (f.role == role::map && f.slot != nullptr);
        return inside ? f.count - 1 : f.count;
    }

    arena& memory_;
    const decode_options& options_;
    const table& root_;
    std::byte* value_;
    /// Behind the innermost frame, and behind the last one that there may be.
    frame* above_ = frames_;
    const frame* limit_;
    unsigned open_lists_ = 0;
    std::size_t unknown_members_ = 0;
    std::size_t misspelt_members_ = 0;
    errc code_ = errc::ok;
    bool needed_is_lower_bound_ = false;
    std::size_t needed_ = 0;
    std::size_t offset_ = error::no_offset;
    // Behind the others, which short instructions reach.
    frame frames_[TIPRING_MAX_NESTING];
};

} // namespace tipring::inline TIPRING_ABI::json
