// The row stream: a list answer that arrives in chunks of any size, handed out one typed row at a
// time from a buffer that holds one row, then the page's other members. The rows are a member of
// the page, or of an object in it. Not here: whole bodies (answer.hpp), following links
// (paging.hpp).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/skim.hpp>

namespace tipring::inline TIPRING_ABI::http {

namespace detail {

/// Where a page keeps its rows, as the index of a member at each level: the array in the page, or
/// the object in the page and the array in that.
struct way_to_rows {
    static constexpr unsigned most_levels = 2;

    std::uint8_t members[most_levels] = {};
    /// 0 when there is no such way, or more than one.
    std::uint8_t levels = 0;
};

/// The index of the only list of rows among the members of one type; no_member when there is none,
/// `several` when there are more. What other spellings name is no way to the rows: those handed out
/// cannot be taken back when the right one comes.
inline constexpr std::size_t several = json::table::no_member + 1;
template <class Row>
constexpr std::size_t find_list_of(std::span<const json::description> members) {
    std::size_t found = json::table::no_member;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (members[i].facts.kind == json::kind::array && members[i].also.empty() &&
            members[i].type_mark == json::detail::type_mark<Row>())
            found = found == json::table::no_member ? i : several;
    return found;
}

/// A list in the page itself goes before one in an object.
template <class Page>
constexpr way_to_rows find_rows() {
    using row = typename Page::row;
    const auto members = json::detail::all_descriptions<Page>();
    const std::size_t list = find_list_of<row>(members);
    if (list < json::table::no_member)
        return {.members = {static_cast<std::uint8_t>(list)}, .levels = 1};
    way_to_rows way;
    for (std::size_t i = 0; i < members.size() && list != several; ++i) {
        if (members[i].facts.kind != json::kind::object || !members[i].also.empty()) continue;
        const std::size_t inner = find_list_of<row>(members[i].inside());
        if (inner == json::table::no_member) continue;
        if (inner == several || way.levels != 0) return {};
        way = {.members = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(inner)},
               .levels = 2};
    }
    return way;
}

/// Cuts a list document into its rows and its other members, byte by byte, and decodes each of them
/// as soon as it is complete. The caller's memory holds what the page views, behind it the one
/// piece (row or member) that is being collected, behind that room for decoding. Brackets are only
/// counted here; every piece is checked strictly when it is decoded, and one that will never be
/// complete is checked as far as it goes.
class row_splitter {
public:
    row_splitter(const json::table& page, const way_to_rows& way, text error_member,
                 std::span<std::byte> memory, unsigned max_depth)
        : memory_{reinterpret_cast<char*>(memory.data()), memory.size()},
          error_member_{error_member}, depth_of_way_{way.levels},
          max_depth_{std::min(max_depth, json::most_depth)} {
        const json::table* type = &page;
        for (unsigned i = 0; i < way.levels; ++i) {
            levels_[i].type = type;
            levels_[i].way = &type->members[way.members[i]];
            type = levels_[i].way->type;
        }
    }

    void feed(text chunk) {
        if (!input_.empty() && failure_.code == errc::ok)
            failure_ = error{.code = errc::wrong_order, .offset = offset_};
        input_ = chunk;
    }

    /// True when a whole row was collected; false when more input is wanted, the document ended or
    /// an error occurred. Members of the page that end on the way are decoded into `page`.
    bool next_row(void* page, void* row, const json::decode_options& options) {
        if (where_ == place::row_done) where_ = place::after_row;
        while (failure_.code == errc::ok && !input_.empty()) {
            if (!is_collecting()) {
                step(page, input_.front());
                continue;
            }
            collect();
            if (failure_.code == errc::capacity) prefer_fault_in_piece(page, row, options);
            if (failure_.code != errc::ok) return false;
            if (where_ == place::row_done) return true;
            if (where_ == place::value_done) decode_member(page, options);
        }
        return false;
    }

    /// Decodes the row that was collected. It lives until the next call of next_row().
    result<void> decode_row(void* row, json::decode_options options) {
        options.max_depth =
            max_depth_ > levels_around_rows() ? max_depth_ - levels_around_rows() : 0;
        arena room{free_memory()};
        const auto done = decode_piece(*rows().type, row, room, options, order_);
        if (!done) return fail(within_row(done.error()));
        ++rows_read_;
        return done;
    }

    /// Whether the document is complete and has what it must have; if not, the first thing that is
    /// wrong with it.
    result<void> finish(void* page, void* row, const json::decode_options& options) {
        if (failure_.code != errc::ok) return failure_;
        if (!input_.empty()) return error{.code = errc::wrong_order, .offset = offset_};
        if (where_ == place::end) return {};
        failure_ = error{.code = errc::unexpected_end, .offset = offset_};
        if (is_collecting()) prefer_fault_in_piece(page, row, options);
        return failure_;
    }

    const error& failure() const { return failure_; }
    std::size_t rows_read() const { return rows_read_; }
    bool is_complete() const { return where_ == place::end && failure_.code == errc::ok; }

private:
    /// Those of members are of the page and of the object in it alike; level_ says of which.
    enum class place : std::uint8_t {
        start,        // before the document
        first_member, // after the `{` of a level
        member,       // after a comma between members
        name,         // inside a member's name
        colon,
        before_value,
        value, // inside a member's value that does not lead to the rows
        value_done,
        after_value,
        first_row, // after the `[` of the rows
        before_row,
        row,
        row_done,
        after_row,
        end,
    };

    /// An object around the rows: the page, or the one in it.
    struct level {
        const json::table* type = nullptr;
        /// The member that leads to the rows: the next level, or from the last one their array.
        const json::member* way = nullptr;
        std::uint64_t seen = 0;
        std::uint64_t seen_alias = 0;
    };

    level& here() { return levels_[level_]; }
    const level& here() const { return levels_[level_]; }
    const json::member& rows() const { return *levels_[depth_of_way_ - 1].way; }
    bool is_last_level() const { return level_ + 1 == depth_of_way_; }
    /// The levels and the array.
    unsigned levels_around_rows() const { return depth_of_way_ + 1u; }
    /// The part of the page whose members come.
    std::byte* object_here(void* page) const {
        auto* object = static_cast<std::byte*>(page);
        for (unsigned i = 0; i < level_; ++i) object = json::object_in(*levels_[i].way, object);
        return object;
    }
    /// The names of the first members on the way to the rows.
    [[gnu::noinline, gnu::cold]] member_path way(unsigned steps) const {
        member_path names;
        for (unsigned i = 0; i < steps; ++i)
            names.push_member(levels_[i].type->name_of(*levels_[i].way));
        return names;
    }

    bool is_collecting() const {
        return where_ == place::name || where_ == place::value || where_ == place::row;
    }
    std::span<char> piece() const { return memory_.subspan(kept_, piece_size_); }
    std::span<char> free_memory() const { return memory_.subspan(kept_ + piece_size_); }

    result<void> fail(const error& failure) {
        failure_ = failure;
        return failure_;
    }
    void refuse(errc code) { refuse(code, offset_); }
    [[gnu::noinline, gnu::cold]] void refuse(errc code, std::size_t offset) {
        failure_ = error{.code = code, .offset = offset, .path = way(level_)};
    }
    [[gnu::noinline, gnu::cold]] void refuse_member(errc code, const json::member& m,
                                                    std::size_t offset) {
        refuse(code, offset);
        failure_.path.push_member(here().type->name_of(m));
    }

    /// A failure of the next row, seen from the whole body.
    [[gnu::noinline, gnu::cold]] error at_row(const error& failure) const {
        error outer = failure;
        outer.path = way(depth_of_way_);
        outer.path.push_element(rows_read_);
        outer.path.push_all(failure.path);
        return outer;
    }
    /// A failure of decoding the row's text, likewise.
    [[gnu::noinline, gnu::cold]] error within_row(const error& failure) const {
        error outer = at_row(failure);
        outer.offset = piece_offset_ + failure.offset;
        if (failure.code == errc::capacity) outer.needed += kept_ + piece_size_ + kept_above_;
        if (failure.code == errc::too_deep && failure.needed != 0)
            outer.needed += levels_around_rows();
        return outer;
    }
    /// A failure of decoding `{"name":value}`, likewise; blanks between the three were not kept.
    [[gnu::noinline, gnu::cold]] error within_member(const error& failure) const {
        error outer = failure;
        outer.path = way(level_);
        outer.path.push_all(failure.path);
        // The name was looked at before, so that what is wrong is the value.
        outer.offset = value_offset_ + failure.offset - (name_size_ + 2);
        if (failure.code == errc::capacity) outer.needed += kept_ + piece_size_ + kept_above_;
        if (failure.code == errc::too_deep && failure.needed != 0) outer.needed += level_;
        return outer;
    }

    void consume(std::size_t count) {
        input_.remove_prefix(count);
        offset_ += count;
    }
    void move(place to) {
        where_ = to;
        consume(1);
    }

    /// One byte between tokens, or many blanks.
    void step(void* page, char c) {
        if (json::detail::is_blank(c)) {
            const char* const end = input_.data() + input_.size();
            return consume(
                json::detail::distance(input_.data(), json::skip_space(input_.data(), end)));
        }
        switch (where_) {
        case place::start: return start(c);
        case place::first_member:
            if (c == '}') return close_level();
            [[fallthrough]];
        case place::member: return open_name(c);
        case place::colon: return c == ':' ? take_name() : refuse(errc::invalid_json);
        case place::before_value: return open_value(page, c);
        case place::after_value:
            if (c == '}') return close_level();
            return c == ',' ? move(place::member) : refuse(errc::invalid_json);
        case place::first_row:
            if (c == ']') return close_rows();
            [[fallthrough]];
        case place::before_row: return open_row(c);
        case place::after_row:
            if (c == ']') return close_rows();
            if (c == ',') return move(place::before_row);
            failure_ = at_row(error{.code = errc::invalid_json, .offset = offset_});
            return;
        default: return refuse(errc::trailing_text);
        }
    }

    static bool starts_scalar(char c) {
        return c == '"' || c == '-' || is_digit(c) || c == 't' || c == 'f' || c == 'n';
    }
    bool is_too_deep(unsigned depth) {
        if (max_depth_ >= depth) return false;
        failure_ = error{.code = errc::too_deep,
                         .needed_is_lower_bound = true,
                         .offset = offset_,
                         .needed = depth};
        return true;
    }

    void start(char c) {
        is_bare_ = c == '[' && is_last_level() && rows().has(json::is_document);
        if (c == '{' || is_bare_) {
            if (is_too_deep(is_bare_ ? levels_around_rows() : 1)) return;
            if (is_bare_) here().seen = bit_of(rows());
            return move(is_bare_ ? place::first_row : place::first_member);
        }
        refuse(c == '[' || starts_scalar(c) ? errc::expected_object : errc::invalid_json);
    }

    void open_piece(place to) {
        where_ = to;
        piece_size_ = 0;
        piece_offset_ = offset_;
        skim_ = {};
        is_escaped_ = false;
    }

    void open_name(char c) {
        if (c != '"') return refuse(errc::invalid_json);
        open_piece(place::name);
        put('{');
        put('"');
        skim_.in_string = true;
        consume(1);
    }
    void finish_name() {
        name_size_ = piece_size_ - 1;
        where_ = place::colon;
        const char* const start = memory_.data() + kept_ + 2;
        const json::string_scan scanned = json::scan_string(start, start + name_size_ - 1);
        if (scanned.code != errc::ok)
            refuse(scanned.code, piece_offset_ + 1 + json::detail::distance(start, scanned.end));
    }

    /// Looks the name up and takes the colon after it.
    void take_name() {
        const char* const start = memory_.data() + kept_ + 2;
        const char* const end = start + name_size_ - 2;
        const json::table& type = *here().type;
        member_ = nullptr;
        by_alias_ = false;
        for (std::size_t i = 0; i < type.member_count && member_ == nullptr; ++i)
            if (json::equals_unescaped(start, end, type.name_of(type.members[i])))
                member_ = &type.members[i];
        for (std::size_t i = 0; i < type.alias_count && member_ == nullptr; ++i) {
            if (!json::equals_unescaped(start, end, type.name_of(type.aliases[i]))) continue;
            member_ = &type.members[type.aliases[i].member];
            by_alias_ = true;
        }
        if (member_ != nullptr && !json::is_in_json(*member_)) member_ = nullptr;
        is_error_marker_ = member_ == nullptr && level_ == 0 &&
                           (here().seen | here().seen_alias) == 0 && !error_member_.empty() &&
                           json::equals_unescaped(start, end, error_member_);
        if (member_ != nullptr) {
            std::uint64_t& seen = by_alias_ ? here().seen_alias : here().seen;
            if ((seen & bit_of(*member_)) != 0)
                return refuse_member(errc::duplicate_member, *member_, piece_offset_);
            seen |= bit_of(*member_);
        }
        move(place::before_value);
    }
    std::uint64_t bit_of(const json::member& m) const {
        return std::uint64_t{1} << (&m - here().type->members);
    }

    void open_value(void* page, char c) {
        if (member_ == here().way && c == (is_last_level() ? '[' : '{')) return follow_way(page);
        if (c == ',' || c == '}' || c == ']' || c == ':') return refuse(errc::invalid_json);
        if (is_error_marker_ && c != 'n' && c != 'f')
            return refuse(errc::error_object, piece_offset_);
        put(':');
        value_offset_ = offset_;
        where_ = place::value;
    }

    /// Into the array of rows, or the object that it lies in.
    void follow_way(void* page) {
        if (is_too_deep(level_ + 2u)) return;
        if (is_last_level()) return move(place::first_row);
        json::set_present(*member_, object_here(page));
        ++level_;
        move(place::first_member);
    }

    /// Decodes the member that was collected, or only checks it when nobody wants it.
    void decode_member(void* page, const json::decode_options& options) {
        put('}');
        if (failure_.code != errc::ok) return;
        where_ = place::after_value;
        arena room{free_memory()};
        const auto done = decode_piece_into(page, options, room);
        if (!done) {
            failure_ = within_member(done.error());
            return;
        }
        if (member_ != nullptr) keep(room);
        piece_size_ = 0;
    }
    /// What a member of the page views stays at both ends of the memory, the rest is for what
    /// comes.
    void keep(const arena& room) {
        const std::size_t above = room.used_above();
        kept_ += piece_size_ + room.used() - above;
        kept_above_ += above;
        memory_ = memory_.first(memory_.size() - above);
    }
    result<void> decode_piece_into(void* page, json::decode_options options, arena& room) {
        options.max_depth = max_depth_ - level_;
        if (member_ != nullptr && by_alias_ && (here().seen & bit_of(*member_)) != 0) {
            member_ = nullptr;
            const json::value_scan checked =
                json::validate({piece().data(), piece().size()}, options.max_depth);
            if (checked.code == errc::ok) return {};
            return error{.code = checked.code,
                         .offset = json::detail::distance(piece().data(), checked.end)};
        }
        std::byte* const object = object_here(page);
        if (member_ != nullptr && member_->kind == json::kind::object)
            std::memset(object + member_->offset, 0, member_->type->size);
        json::table others_come_later = *here().type;
        others_come_later.required = 0;
        json::member_order order;
        return decode_piece(others_come_later, object, room, options, order);
    }
    /// Unlike json::decode_into_in_place() it leaves the room as it is after a failure.
    result<void> decode_piece(const json::table& type, void* value, arena& room,
                              const json::decode_options& options, json::member_order& order) {
        json::sink out{type, value, room, options};
        if (!json::reader{piece(), out, order}.run()) return out.failure();
        out.report();
        return {};
    }

    void close_rows() { is_bare_ ? close_level() : move(place::after_value); }

    void close_level() {
        const level& closed = here();
        const std::uint64_t missing = closed.type->required & ~(closed.seen | closed.seen_alias);
        if (missing != 0)
            return refuse_member(errc::missing_member,
                                 closed.type->members[std::countr_zero(missing)], offset_);
        if (level_ == 0) return move(place::end);
        --level_;
        move(place::after_value);
    }

    /// A value that is no object is collected too: it may be no value at all, which only decoding
    /// can tell.
    void open_row(char c) {
        if (c == '{' || starts_scalar(c)) return open_piece(place::row);
        const errc code = c == '[' ? errc::expected_object : errc::invalid_json;
        failure_ = at_row(error{.code = code, .offset = offset_});
    }

    /// Takes as many bytes of a name, value or row as there are.
    void collect() {
        const char* const begin = input_.data();
        const char* const end = begin + input_.size();
        const char* at = begin;
        bool is_over = false;
        while (at != end && !is_over) {
            if (skim_.depth != 0 && !is_escaped_) at = json::detail::skim_blocks(at, end, skim_);
            is_over = skim_.in_string ? string_piece(at, end) : structure(at, end);
        }
        const auto size = static_cast<std::size_t>(at - begin);
        store(text{begin, size});
        if (failure_.code != errc::ok) return;
        consume(size);
        if (!is_over) return;
        if (where_ == place::name)
            finish_name();
        else
            where_ = where_ == place::value ? place::value_done : place::row_done;
    }

    /// Inside a string. True when a name ends.
    bool string_piece(const char*& at, const char* end) {
        if (is_escaped_) {
            is_escaped_ = false;
            ++at;
            return false;
        }
        at = json::find_special(at, end);
        if (at == end) return false;
        const char c = *at++;
        is_escaped_ = c == '\\';
        if (c != '"') return false;
        skim_.in_string = false;
        return where_ == place::name;
    }

    /// Outside of strings. True when the value or row is over. What ends a value is not part of it;
    /// what ends a row that is no object is, so that the decoder does not take it for the end of
    /// the text.
    bool structure(const char*& at, const char* end) {
        for (; at != end; ++at) {
            const char c = *at;
            if (c == '"') {
                skim_.in_string = true;
                is_escaped_ = false;
                ++at;
                return false;
            }
            if (c == '{' || c == '[') ++skim_.depth;
            if (c != '}' && c != ']' && (c != ',' || skim_.depth != 0)) continue;
            const bool is_row = where_ == place::row;
            if (skim_.depth == 0 || (--skim_.depth == 0 && is_row)) {
                if (is_row) ++at;
                return true;
            }
        }
        return false;
    }

    void store(text more) {
        const std::size_t used = kept_ + piece_size_;
        const std::size_t room = memory_.size() - used;
        const std::size_t size = more.size() < room ? more.size() : room;
        if (size != 0) std::memcpy(memory_.data() + used, more.data(), size);
        piece_size_ += size;
        if (more.size() > room) too_small(used + more.size());
    }
    void put(char c) {
        if (failure_.code == errc::ok) store(text{&c, 1});
    }
    void too_small(std::size_t needed) {
        failure_ = error{.code = errc::capacity,
                         .needed_is_lower_bound = true,
                         .offset = offset_,
                         .needed = needed + kept_above_,
                         .path = way(level_)};
        if (where_ == place::row) failure_ = at_row(failure_);
    }

    /// The piece will not be completed. If what there is of it is wrong already, that is the
    /// failure.
    void prefer_fault_in_piece(void* page, void* row, const json::decode_options& options) {
        const error before = failure_;
        if (where_ == place::row) {
            static_cast<void>(decode_row(row, options));
        } else if (where_ == place::value) {
            arena room{free_memory()};
            failure_ = within_member(decode_piece_into(page, options, room).error());
        } else {
            failure_ = {};
            finish_name();
        }
        if (failure_.code == errc::ok || failure_.code == errc::unexpected_end ||
            failure_.code == errc::capacity)
            failure_ = before;
    }

    level levels_[way_to_rows::most_levels];
    std::span<char> memory_;
    /// What the first known member of an error is called; empty when the API has no such.
    text error_member_;
    text input_ = {};
    /// In which order the members of rows come.
    json::member_order order_ = {};
    /// Of the next byte of the input in the whole body.
    std::size_t offset_ = 0;
    std::size_t kept_ = 0;
    /// What was kept at the end of the caller's memory, which memory_ leaves out.
    std::size_t kept_above_ = 0;
    std::size_t piece_size_ = 0;
    std::size_t piece_offset_ = 0;
    /// Of the present member's name, with its quotes.
    std::size_t name_size_ = 0;
    std::size_t value_offset_ = 0;
    std::size_t rows_read_ = 0;
    /// The member being read; null when its level has none of that name.
    const json::member* member_ = nullptr;
    error failure_ = {};
    /// Of the piece, but for the backslash before the next byte, that is_escaped_ stands for.
    json::detail::skim_state skim_ = {};
    /// How many levels there are.
    std::uint8_t depth_of_way_;
    /// Which of them is open.
    std::uint8_t level_ = 0;
    unsigned max_depth_;
    place where_ = place::start;
    bool is_escaped_ = false;
    bool by_alias_ = false;
    bool is_bare_ = false;
    bool is_error_marker_ = false;
};

} // namespace detail

/// Reads the successful answer of a list operation in chunks of any size; an error object in its
/// place is errc::error_object (decode() reads what it says). The rows are the page's
/// one list of its `row` type, or where it has none that of the one object in it that has such a
/// list; the object may then be null or missing (quirk Q-19). `memory` holds one row at
/// a time (its text and its arrays) and what the page's other members say; 8 KB are plenty for
/// calls; the stream itself has some 2.6 KB for calls, most of it a row and what it learns of the
/// order of members (core/config.hpp, TIPRING_SMALL). Members that the page does not know take room
/// only while they pass by. However the bytes are cut, the rows are the same and so are the errors,
/// but for the room that errc::capacity asks for. Any number of rows may come:
/// decode_options::max_elements does not count them.
///
///     row_stream<miarec::list_calls> calls{memory};
///     while (receive(chunk)) {
///         calls.feed(chunk);
///         while (const miarec::call* call = calls.next()) use(*call);
///     }
///     const auto page = calls.end();   // next_url and total, or what went wrong
template <operation_type Op>
class row_stream {
    static constexpr detail::way_to_rows way = detail::find_rows<typename Op::answer>();

public:
    using page_type = typename Op::answer;
    using row_type = typename page_type::row;
    static_assert(way.levels != 0,
                  "the page, or one object in it, has exactly one list of its rows");

    explicit row_stream(std::span<std::byte> memory TIPRING_LIFETIMEBOUND,
                        const json::decode_options& options = {})
        : splitter_{json::table_of<page_type>, way, operation_of<Op>.api->error_member, memory,
                    options.max_depth},
          options_{options} {}

    /// Gives the next bytes of the body. They are read by next(), which must have returned null
    /// before more are fed or end() is called; errc::wrong_order otherwise.
    void feed(text chunk TIPRING_LIFETIMEBOUND) { splitter_.feed(chunk); }

    /// The next row, or null when all that was fed is used up, or after a failure. The row and all
    /// that it views live until the next call of any function.
    const row_type* next() {
        if (!splitter_.next_row(&page_, &row_, options_)) return nullptr;
        row_ = row_type{};
        return splitter_.decode_row(&row_, options_) ? &row_ : nullptr;
    }

    /// After the last bytes: the page without its rows, or the first thing that went wrong, with
    /// its offset in the whole body and a path such as `calls[3].files[0].file_size`. The page
    /// views the memory.
    result<page_type> end() {
        const auto done = splitter_.finish(&page_, &row_, options_);
        if (!done) return done.error();
        return page_;
    }

    /// What went wrong so far; errc::ok while all is well.
    const error& failure() const { return splitter_.failure(); }
    /// How many rows were handed out.
    std::size_t rows() const { return splitter_.rows_read(); }
    /// The document is complete. Bytes fed after that are errc::trailing_text, save blanks.
    bool is_complete() const { return splitter_.is_complete(); }

private:
    detail::row_splitter splitter_;
    json::decode_options options_;
    page_type page_ = {};
    row_type row_ = {};
};

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI {
using http::row_stream;
}
