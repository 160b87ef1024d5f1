// What must hold when any bytes are read as a list answer by the row stream: however they are cut,
// the rows, the page and the error are those of the decoder of whole bodies; with too little memory
// come fewer rows, never others. Used by the fuzz target `row_stream` and by the everyday test.
// Each chunk is a heap block of exactly its size that is gone when the next one comes.
#pragma once

#include <tipring/core/error.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/row_stream.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

#include "guard_page.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {

/// Chunks that end every `step` bytes.
inline std::vector<std::size_t> cuts_every(std::size_t step, std::size_t size) {
    std::vector<std::size_t> cuts;
    for (std::size_t at = step; at < size; at += step) cuts.push_back(at);
    return cuts;
}

/// One body, read whole once and then by streams of any kind.
template <class Op>
class row_stream_oracle {
public:
    explicit row_stream_oracle(std::string_view body,
                               const tipring::json::decode_options& options = {})
        : body_{body}, options_{options} {
        tipring::json::decode_report report;
        options_.report = &report;
        const std::span<char> kept = whole_body_.keep(body);
        for (std::size_t room = first_room;; room *= 8) {
            bytes_.reset(new std::byte[room]);
            tipring::arena memory{std::span{bytes_.get(), room}};
            report = {};
            auto page = tipring::json::decode<page_type>(tipring::text{kept.data(), kept.size()},
                                                         memory, options_);
            if (page.code() == errc::capacity && room < most_room) continue;
            if (page)
                whole_ = *page;
            else
                failure_ = page.error();
            break;
        }
        unknown_members_ = report.unknown_members;
        options_.report = nullptr;
        is_error_object_ = tipring::http::detail::is_error_object(
            body, tipring::http::operation_of<Op>.api->error_member,
            &tipring::json::table_of<page_type>);
        // 48 bytes of a page's memory for each byte of a body are more than any type takes.
        enough_ = 4096 + body.size() * 48;
    }

    bool accepted() const { return failure_.code == errc::ok; }
    /// How the whole body is refused.
    const tipring::error& failure() const { return failure_; }

    /// How the stream differs from the whole; empty when it does not. `cuts` are where chunks end,
    /// ascending; `memory` is the size of its memory, 0 for one that is large enough.
    std::string difference(std::span<const std::size_t> cuts, std::size_t memory = 0) const {
        outcome seen;
        const std::size_t room = memory == 0 ? enough_ : memory;
        const std::string wrong_row = read(cuts, room, seen);
        if (!wrong_row.empty()) return wrong_row;
        if (is_error_object_ || seen.failure.code == errc::error_object) return as_error(seen);
        return seen.failure.code == errc::capacity ? in_too_little(seen, room, memory == 0, cuts)
                                                   : against_whole(seen, memory == 0);
    }

private:
    using errc = tipring::errc;
    using page_type = typename Op::answer;
    using row_type = typename page_type::row;

    struct outcome {
        page_type page = {};
        tipring::error failure;
        std::size_t rows = 0;
    };

    /// decode() makes a refusal of an error object, the stream an error, unless it finds another
    /// one before. Escaped names of known members only the stream knows.
    std::string as_error(const outcome& seen) const {
        if (!is_error_object_) return "an error object where decode() sees none";
        const bool has_escapes = body_.find('\\') != std::string_view::npos;
        return seen.failure.code == errc::ok && !has_escapes ? "an error object is taken for a page"
                                                             : "";
    }

    /// The array of rows, and the member of the page that holds it; null when that is the page.
    struct rows_place {
        const tipring::json::member* around = nullptr;
        const tipring::json::member* rows = nullptr;

        const std::byte* owner(const page_type& page) const {
            const auto* const bytes = reinterpret_cast<const std::byte*>(&page);
            return around == nullptr ? bytes : object_in(*around, bytes);
        }
        std::byte* owner(page_type& page) const {
            return const_cast<std::byte*>(owner(std::as_const(page)));
        }
    };
    static const tipring::json::member* rows_in(const tipring::json::table& type) {
        for (std::size_t i = 0; i < type.member_count; ++i)
            if (type.members[i].kind == tipring::json::kind::array &&
                type.members[i].type == &tipring::json::table_of<row_type>)
                return &type.members[i];
        return nullptr;
    }
    static rows_place find_rows() {
        const tipring::json::table& type = tipring::json::table_of<page_type>;
        rows_place found{nullptr, rows_in(type)};
        for (std::size_t i = 0; found.rows == nullptr; ++i)
            if (type.members[i].kind == tipring::json::kind::object)
                found = {&type.members[i], rows_in(*type.members[i].type)};
        return found;
    }
    bool whole_has_rows() const {
        if (!accepted()) return false;
        const auto* const page = reinterpret_cast<const std::byte*>(&whole_);
        if (place_.around != nullptr &&
            state_of(*place_.around, page) != tipring::member_state::value)
            return false;
        return state_of(*place_.rows, place_.owner(whole_)) == tipring::member_state::value;
    }

    /// Whether row number `index` is the whole's. Of a body that is refused nobody knows its rows.
    bool is_row(std::size_t index, const row_type& row) const {
        if (!accepted()) return true;
        if (!whole_has_rows()) return false;
        const auto rows = list_of(*place_.rows, place_.owner(whole_));
        return index < rows.size &&
               tipring::json::detail::comparison{}.run(tipring::json::table_of<row_type>,
                                                       rows.data + index * sizeof(row_type), &row);
    }

    std::string read(std::span<const std::size_t> cuts, std::size_t room, outcome& seen) const {
        const std::unique_ptr<std::byte[]> memory{new std::byte[room]};
        tipring::json::decode_report report;
        tipring::json::decode_options options = options_;
        options.report = &report;
        tipring::row_stream<Op> rows{std::span{memory.get(), room}, options};
        std::size_t at = 0;
        for (std::size_t i = 0; i <= cuts.size(); ++i) {
            const std::size_t end = i < cuts.size() ? cuts[i] : body_.size();
            const std::size_t size = end - at;
            const std::unique_ptr<char[]> chunk{new char[size + (size == 0 ? 1u : 0u)]};
            if (size != 0) std::memcpy(chunk.get(), body_.data() + at, size);
            at = end;
            rows.feed(tipring::text{chunk.get(), size});
            while (const row_type* row = rows.next()) {
                if (!is_row(seen.rows, *row))
                    return "row " + std::to_string(seen.rows) + " is another";
                ++seen.rows;
            }
            if (rows.failure().code != errc::ok) break;
        }
        if (rows.rows() != seen.rows) return "rows() is not the number of rows";
        const auto page = rows.end();
        if (rows.is_complete() != page.has_value())
            return "is_complete() is not whether end() is good";
        if (!page) {
            seen.failure = page.error();
            return {};
        }
        if (accepted() && report.unknown_members != unknown_members_)
            return std::to_string(report.unknown_members) + " unknown members, not " +
                   std::to_string(unknown_members_);
        seen.page = *page;
        // The page views the stream's memory, which is about to go.
        return accepted() ? wrong_page(seen) : std::string{};
    }

    std::string wrong_page(outcome& seen) const {
        const tipring::json::member& rows = *place_.rows;
        std::byte* const page = place_.owner(seen.page);
        if (whole_has_rows()) {
            const auto expected = list_of(rows, place_.owner(whole_));
            if (seen.rows != expected.size)
                return std::to_string(seen.rows) + " rows, not " + std::to_string(expected.size);
            if (state_of(rows, page) != tipring::member_state::absent)
                return "the page of a stream has rows";
            set_list(rows, page, expected);
        }
        return seen.page == whole_ ? std::string{} : "another page";
    }

    std::string against_whole(const outcome& seen, bool is_ample) const {
        const bool is_good = seen.failure.code == errc::ok;
        if (is_good && accepted()) return {};
        // A stream refuses such a document at its first byte, the decoder only at its end.
        if (!is_good && !accepted() && is_scalar()) return {};
        // At the end of the body there may be too little memory to see what is wrong in a row that
        // is cut.
        if (!is_ample && !accepted() && seen.failure.code == errc::unexpected_end &&
            seen.failure.offset == body_.size())
            return {};
        // The stream has no path for a row or member that is cut, and another one, of what is
        // around it, for one that is no value at all.
        const std::size_t path_of_rows = place_.around == nullptr ? 2 : 3;
        const bool has_path =
            seen.failure.code != errc::unexpected_end && failure_.path.size > path_of_rows;
        const bool same_error = seen.failure.code == failure_.code &&
                                seen.failure.offset == failure_.offset &&
                                (!has_path || path_of(seen.failure) == path_of(failure_));
        if (same_error) return {};
        return "stream: " + line_of(seen.failure) + "\n  whole: " + line_of(failure_);
    }

    std::string in_too_little(const outcome& seen, std::size_t room, bool is_ample,
                              std::span<const std::size_t> cuts) const {
        if (is_ample) return "ample memory is too little: " + line_of(seen.failure);
        if (seen.failure.needed <= room) return "capacity, but no more is needed";
        if (seen.failure.offset > body_.size()) return "an offset outside the body";
        if (!accepted() || cuts.empty()) return {};
        outcome at_once;
        const std::string wrong_row = read({}, room, at_once);
        if (!wrong_row.empty()) return wrong_row;
        if (at_once.failure.code == errc::capacity && at_once.rows == seen.rows) return {};
        return "with little memory it depends on the chunks: " + std::to_string(seen.rows) +
               " rows, " + std::to_string(at_once.rows) + " at once";
    }

    bool is_scalar() const {
        const std::size_t first = body_.find_first_not_of(" \t\r\n");
        return first != std::string_view::npos &&
               std::string_view{"\"-0123456789tfn"}.find(body_[first]) != std::string_view::npos;
    }
    static std::string path_of(const tipring::error& failure) {
        char buffer[300];
        tipring::writer out{buffer};
        print(failure.path, out);
        return std::string{out.written()};
    }
    static std::string line_of(const tipring::error& failure) {
        char buffer[300];
        return std::string{describe(failure, buffer)};
    }

    static constexpr std::size_t first_room = std::size_t{1} << 14;
    static constexpr std::size_t most_room = std::size_t{1} << 26;

    const rows_place place_ = find_rows();
    std::string_view body_;
    tipring::json::decode_options options_;
    std::size_t unknown_members_ = 0;
    bool is_error_object_ = false;
    exact_memory::text_before_end whole_body_;
    std::unique_ptr<std::byte[]> bytes_;
    page_type whole_ = {};
    tipring::error failure_;
    std::size_t enough_ = 0;
};

} // namespace fuzz
