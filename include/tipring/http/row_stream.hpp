// The row stream: a list answer that arrives in chunks of any size, handed out one typed row at a time from a buffer
// that holds one row, then the page's other members. Not here: whole bodies (answer.hpp), following links (paging.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/decode.hpp>

namespace tipring::inline TIPRING_ABI::http {

namespace detail {

/// Cuts a list document into its rows and the rest, byte by byte, and keeps what is not complete yet in the caller's
/// memory: first the text of the page's other members, behind it the text of the row, behind that room for decoding.
/// Brackets are only counted here; rows and members are checked strictly when they are decoded.
class row_splitter {
public:
    row_splitter(const json::table& page, std::span<std::byte> memory)
        : page_{page}, memory_{reinterpret_cast<char*>(memory.data()), memory.size()} {
        for (std::size_t i = 0; i < page.member_count; ++i)
            if (page.members[i].kind == json::kind::array) rows_ = &page.members[i];
        put_envelope('{');
    }

    void feed(text chunk) { input_ = chunk; }

    /// True when a whole row was collected; false when more input is wanted, the document ended or an error occurred.
    bool next_row() {
        if (where_ == place::row_done) where_ = place::after_row;
        while (failure_.code == errc::ok && !input_.empty()) {
            if (is_collecting()) {
                collect();
                if (where_ == place::row_done) return failure_.code == errc::ok;
            } else {
                step(input_.front());
            }
        }
        return false;
    }

    /// Decodes the row that was collected. It lives until the next call of next_row().
    result<void> decode_row(void* row, const json::decode_options& options) {
        arena room{std::as_writable_bytes(memory_.subspan(envelope_size_ + row_size_))};
        const std::span<char> body = memory_.subspan(envelope_size_, row_size_);
        const auto done = json::decode_into_in_place(*rows_->type, row, body, room, options);
        if (done) {
            ++rows_read_;
            return done;
        }
        error failure = done.error();
        failure.offset = failure.offset == error::no_offset ? row_offset_ : failure.offset + row_offset_;
        if (failure.code == errc::capacity) failure.needed += envelope_size_ + row_size_;
        return fail(within_row(failure));
    }

    /// Decodes the page's other members, once the document is complete.
    result<void> decode_envelope(void* page, const json::decode_options& options) {
        if (failure_.code != errc::ok) return failure_;
        if (where_ != place::end) return error{.code = errc::unexpected_end, .offset = offset_};
        arena room{std::as_writable_bytes(memory_.subspan(envelope_size_))};
        const auto done = json::decode_into_in_place(page_, page, memory_.first(envelope_size_), room, options);
        if (done) return done;
        error failure = done.error();
        failure.offset = error::no_offset;
        if (failure.code == errc::capacity) failure.needed += envelope_size_;
        return failure;
    }

    const error& failure() const { return failure_; }
    std::size_t rows_read() const { return rows_read_; }
    bool is_complete() const { return where_ == place::end && failure_.code == errc::ok; }

private:
    enum class place : std::uint8_t {
        start,        // before the document
        first_member, // after its `{`
        member,       // after a comma between members
        name,         // inside a member's name
        colon,
        before_value,
        value, // inside a member's value that is not a row
        after_value,
        first_row, // after the `[` of the rows
        before_row,
        row,
        row_done,
        after_row,
        end,
    };

    bool is_collecting() const { return where_ == place::name || where_ == place::value || where_ == place::row; }

    result<void> fail(const error& failure) {
        failure_ = failure;
        return failure_;
    }
    void refuse(errc code) { failure_ = error{.code = code, .offset = offset_}; }

    error within_row(const error& failure) const {
        error outer = failure;
        outer.path = {};
        outer.path.push_member(page_.name_of(*rows_));
        outer.path.push_element(rows_read_);
        outer.path.push_all(failure.path);
        return outer;
    }

    void consume(std::size_t count) {
        input_.remove_prefix(count);
        offset_ += count;
    }

    /// One byte between tokens.
    void step(char c) {
        if (json::detail::is_blank(c)) {
            consume(json::detail::distance(
                input_.data(), json::skip_space(input_.data(), input_.data() + input_.size())));
            return;
        }
        switch (where_) {
            case place::start: return start(c);
            case place::first_member:
                if (c == '}') return close();
                [[fallthrough]];
            case place::member: return open_name(c);
            case place::colon: return c == ':' ? move(place::before_value) : refuse(errc::invalid_json);
            case place::before_value: return open_value(c);
            case place::after_value:
                if (c == '}' && !is_bare_) return close();
                return c == ',' && !is_bare_ ? move(place::member) : refuse(after_document());
            case place::first_row:
                if (c == ']') return move(is_bare_ ? place::end : place::after_value);
                [[fallthrough]];
            case place::before_row: return open_row(c);
            case place::after_row:
                if (c == ']') return move(is_bare_ ? place::end : place::after_value);
                return c == ',' ? move(place::before_row) : refuse(errc::invalid_json);
            default: return refuse(errc::trailing_text);
        }
    }
    errc after_document() const { return is_bare_ ? errc::trailing_text : errc::invalid_json; }

    void move(place to) {
        if (to == place::end && is_bare_) put_envelope('}');
        where_ = to;
        consume(1);
    }

    void start(char c) {
        if (c == '[' && rows_->has(json::bare_array)) {
            is_bare_ = true;
            return move(place::first_row);
        }
        return c == '{' ? move(place::first_member) : refuse(errc::expected_object);
    }
    void close() {
        put_envelope('}');
        move(place::end);
    }

    void open_name(char c) {
        if (c != '"') return refuse(errc::invalid_json);
        member_start_ = envelope_size_;
        if (envelope_size_ > 1) put_envelope(',');
        name_start_ = envelope_size_;
        in_string_ = true;
        is_escaped_ = false;
        put_envelope('"');
        move(place::name);
    }

    void open_value(char c) {
        if (is_rows_name() && c == '[') {
            if (saw_rows_) {
                failure_ = error{.code = errc::duplicate_member, .offset = offset_};
                failure_.path.push_member(page_.name_of(*rows_));
                return;
            }
            saw_rows_ = true;
            envelope_size_ = member_start_;
            return move(place::first_row);
        }
        if (c == ',' || c == '}' || c == ']' || c == ':') return refuse(errc::invalid_json);
        put_envelope(':');
        where_ = place::value;
        depth_ = 0;
        in_string_ = false;
    }
    bool is_rows_name() const {
        const char* const start = memory_.data() + name_start_ + 1;
        const json::string_scan scanned = json::scan_string(start, memory_.data() + envelope_size_);
        return scanned.code == errc::ok && json::equals_unescaped(start, scanned.end, page_.name_of(*rows_));
    }

    void open_row(char c) {
        if (c != '{') {
            failure_ = within_row(error{.code = errc::expected_object, .offset = offset_});
            return;
        }
        row_size_ = 0;
        row_offset_ = offset_;
        depth_ = 0;
        in_string_ = false;
        where_ = place::row;
    }

    /// Takes as many bytes of a name, value or row as there are.
    void collect() {
        const char* const begin = input_.data();
        const char* const end = begin + input_.size();
        const char* at = begin;
        bool is_over = false;
        while (at != end && !is_over) is_over = in_string_ ? string_piece(at, end) : structure(at, end);
        const auto size = static_cast<std::size_t>(at - begin);
        store(text{begin, size});
        consume(size);
        if (is_over && failure_.code == errc::ok) finish_collecting();
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
        in_string_ = false;
        return where_ == place::name;
    }

    /// Outside of strings. True when the value or row is over; what ends a value is not part of it.
    bool structure(const char*& at, const char* end) {
        for (; at != end; ++at) {
            const char c = *at;
            if (c == '"') {
                in_string_ = true;
                ++at;
                return false;
            }
            if (c == '{' || c == '[') ++depth_;
            if (c == ',' && depth_ == 0) return true;
            if (c != '}' && c != ']') continue;
            if (depth_ == 0) return true;
            if (--depth_ == 0 && where_ == place::row) {
                ++at;
                return true;
            }
        }
        return false;
    }

    void finish_collecting() {
        switch (where_) {
            case place::name: where_ = place::colon; break;
            case place::value: where_ = place::after_value; break;
            default: where_ = place::row_done;
        }
    }

    void store(text piece) {
        std::size_t& size = where_ == place::row ? row_size_ : envelope_size_;
        const std::size_t used = envelope_size_ + (where_ == place::row ? row_size_ : 0);
        if (piece.size() > memory_.size() - used) return too_small(used + piece.size());
        if (!piece.empty()) std::memcpy(memory_.data() + used, piece.data(), piece.size());
        size += piece.size();
    }
    void put_envelope(char c) {
        if (envelope_size_ == memory_.size()) return too_small(envelope_size_ + 1);
        memory_[envelope_size_++] = c;
    }
    void too_small(std::size_t needed) {
        failure_ = error{.code = errc::capacity, .needed_is_lower_bound = true, .offset = offset_, .needed = needed};
        if (where_ == place::row) failure_ = within_row(failure_);
    }

    const json::table& page_;
    const json::member* rows_ = nullptr;
    std::span<char> memory_;
    text input_ = {};
    std::size_t offset_ = 0;
    std::size_t envelope_size_ = 0;
    std::size_t member_start_ = 0;
    std::size_t name_start_ = 0;
    std::size_t row_size_ = 0;
    std::size_t row_offset_ = 0;
    std::size_t rows_read_ = 0;
    std::size_t depth_ = 0;
    error failure_ = {};
    place where_ = place::start;
    bool in_string_ = false;
    bool is_escaped_ = false;
    bool saw_rows_ = false;
    bool is_bare_ = false;
};

} // namespace detail

/// Reads the successful answer of a list operation in chunks of any size. `memory` holds one row at a time: its text, its
/// arrays, and the page's other members; 8 KB are plenty for calls. However the bytes are cut, the rows are the same and so
/// are the errors, but for the room that errc::capacity asks for.
///
///     row_stream<miarec::list_calls> calls{memory};
///     while (receive(chunk)) {
///         calls.feed(chunk);
///         while (const miarec::call* call = calls.next()) use(*call);
///     }
///     const auto page = calls.end();   // next_url and total, or what went wrong
template <operation_type Op>
class row_stream {
public:
    using page_type = typename Op::answer;
    using row_type = typename page_type::row;

    explicit row_stream(std::span<std::byte> memory TIPRING_LIFETIMEBOUND, const json::decode_options& options = {})
        : splitter_{json::table_of<page_type>, memory}, options_{options} {}

    /// Gives the next bytes of the body. They are read by next(), which must have returned null before more are fed.
    void feed(text chunk TIPRING_LIFETIMEBOUND) { splitter_.feed(chunk); }

    /// The next row, or null when all that was fed is used up, or after a failure. The row and all that it views live
    /// until the next call.
    const row_type* next() {
        if (!splitter_.next_row()) return nullptr;
        row_ = row_type{};
        return splitter_.decode_row(&row_, options_) ? &row_ : nullptr;
    }

    /// After the last bytes: the page without its rows, or the first thing that went wrong, with its offset in the whole
    /// body and a path such as `calls[3].files[0].file_size`. The page views the memory. Call it once.
    result<page_type> end() {
        page_type page = {};
        const auto done = splitter_.decode_envelope(&page, options_);
        if (!done) return done.error();
        return page;
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
    row_type row_ = {};
};

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI {
using http::row_stream;
}
