// How MiaRec says that something is wrong: JSON in several forms at the business level, plain text
// at the API level, HTML from the web server in front (manual 2.4; quirks D-1, D-2, D-3).
#pragma once

#include <cstddef>
#include <new>

#include <tipring/core/arena.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/raw.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

using namespace std::string_view_literals;

/// The JSON body of an error (manual 2.4). Servers print `details` in many forms; http::api_error
/// has them as one list.
struct error_body {
    field<text> error{};
    field<text> description{};
    field<raw_json> details{};
};
TIPRING_DESCRIBE(error_body, TIPRING_MEMBER(error, "the kind of error, such as InvalidRecord"),
                 TIPRING_MEMBER(description, "a sentence for people; never decide by it"),
                 TIPRING_MEMBER(details,
                                "what is wrong with which field, in one of several forms (D-1)")
                     .nullable());

/// Whether a refusal means that the record's values were not accepted. Both spellings of the code
/// count (quirk D-2).
constexpr bool is_validation_error(const http::api_error& refused) {
    return refused.code == "InvalidRecord"sv || refused.code == "RecordInvalid"sv;
}

namespace detail {

using http::detail::put_raw_text;

inline raw_json quoted_name(const json::raw_member& pair) {
    return raw_json{text{pair.name.data() - 1, pair.name.size() + 2}};
}

/// Reads the parts of an error body. False when `memory` is too small.
class error_reader {
public:
    explicit error_reader(arena& memory) : memory_{memory} {}

    /// A member of an unexpected type does not hide the others.
    [[gnu::noinline]] bool run(raw_json body, http::api_error& into) {
        return put(body.find("error"sv), into.code) &&
               put(body.find("description"sv), into.message) &&
               put_details(body.find("details"sv), into.details);
    }

private:
    /// The text of a raw JSON string.
    bool put(raw_json from, text& into) { return put_raw_text(from, into, memory_); }
    /// Walks over `details` in all its forms (quirk D-1): the first time it counts the complaints,
    /// the second time it puts them where there is room then.
    bool put_details(raw_json details, list<http::field_error>& into) {
        into = {};
        static_cast<void>(visit(details));
        if (count_ == 0) return true;
        // Where a size has 32 bits, the product of so many would wrap.
        if (count_ > static_cast<std::size_t>(-1) / sizeof(http::field_error)) return false;
        void* const room =
            memory_.allocate(count_ * sizeof(http::field_error), alignof(http::field_error));
        if (room == nullptr) return false;
        entries_ = static_cast<http::field_error*>(room);
        count_ = 0;
        if (!visit(details)) return false;
        into = list<http::field_error>{entries_, count_};
        return true;
    }
    bool visit(raw_json details) {
        if (details.kind() == json::json_kind::object) {
            const raw_json fields = details.find("fields"sv);
            if (fields.kind() != json::json_kind::array) return visit_entry(details);
            details = fields;
        }
        if (details.kind() == json::json_kind::string) return visit_entry(details);
        for (const raw_json entry : details.elements())
            if (entry.kind() != json::json_kind::null && !visit_entry(entry)) return false;
        return true;
    }
    [[gnu::noinline]] bool visit_entry(raw_json entry) {
        if (entry.kind() != json::json_kind::object) return take(raw_json{}, raw_json{}, entry);
        const raw_json name = entry.find("field_name"sv);
        if (!name.value.empty())
            return take(name, entry.find("error"sv), entry.find("description"sv));
        for (const json::raw_member pair : entry.members()) {
            const raw_json quoted = quoted_name(pair);
            if (pair.value.kind() != json::json_kind::array) {
                if (!take(quoted, raw_json{}, pair.value)) return false;
                continue;
            }
            for (const raw_json each : pair.value.elements())
                if (!take(quoted, raw_json{}, each)) return false;
        }
        return true;
    }
    /// Raw JSON strings, empty where the form has none.
    [[gnu::noinline]] bool take(raw_json field, raw_json code, raw_json message) {
        const std::size_t at = count_++;
        if (entries_ == nullptr) return true;
        auto& entry = *::new (entries_ + at) http::field_error;
        return put(field, entry.field) && put(code, entry.code) && put(message, entry.message);
    }

    arena& memory_;
    http::field_error* entries_ = nullptr;
    std::size_t count_ = 0;
};

/// Turns the brackets of `"details": ["name": "...", ...]`, which is no JSON, into braces. False
/// when the body does not hold that form.
inline bool repair_details(std::span<char> body) {
    const char* const begin = body.data();
    const char* const end = begin + body.size();
    const char* at = json::skip_space(begin, end);
    if (at == end || *at != '{') return false;
    const auto next_string = [&](text& content) {
        if (at == end || *at != '"') return false;
        const json::string_scan scanned = json::scan_string(at + 1, end);
        if (scanned.code != errc::ok) return false;
        content = text{at + 1, static_cast<std::size_t>(scanned.end - at - 1)};
        at = json::skip_space(scanned.end + 1, end);
        return true;
    };
    const auto next_is = [&](char c) {
        if (at == end || *at != c) return false;
        at = json::skip_space(at + 1, end);
        return true;
    };
    text name;
    at = json::skip_space(at + 1, end);
    while (next_string(name) && next_is(':')) {
        if (name != "details"sv) {
            const json::value_scan value = json::skip_value(at, end, json::most_depth);
            if (value.code != errc::ok) return false;
            at = json::skip_space(value.end, end);
            if (!next_is(',')) return false;
            continue;
        }
        const std::size_t open = static_cast<std::size_t>(at - begin);
        if (!next_is('[')) return false;
        do {
            if (!next_string(name) || !next_is(':')) return false;
            const json::value_scan value = json::skip_value(at, end, json::most_depth);
            if (value.code != errc::ok) return false;
            at = json::skip_space(value.end, end);
        } while (next_is(','));
        if (at == end || *at != ']') return false;
        body[open] = '{';
        body[static_cast<std::size_t>(at - begin)] = '}';
        return true;
    }
    return false;
}

/// The JSON object that a copy of `body` is whose details are repaired; empty when there is nothing
/// to repair. False when `memory` is too small.
[[gnu::noinline]] inline bool read_repaired(text body, arena& memory, raw_json& repaired) {
    auto* const copy = static_cast<char*>(memory.allocate(body.size(), 1));
    if (copy == nullptr) return false;
    for (std::size_t i = 0; i < body.size(); ++i) copy[i] = body[i];
    if (repair_details({copy, body.size()}))
        repaired = http::detail::object_of({copy, body.size()});
    return true;
}

/// As far as it goes: the text of plain text, and whatever can be read of JSON.
inline bool read_error(const http::response& from, arena& memory,
                       const http::error_options& options, http::api_error& into) {
    const arena::mark before = memory.position();
    raw_json body = http::detail::object_of(from.body);
    if (body.empty() && options.salvage_details &&
        http::detail::first_character(from.body) == '{' && !read_repaired(from.body, memory, body))
        return false;
    if (!body.empty()) {
        if (!error_reader{memory}.run(body, into)) return false;
        if (!into.code.empty() || !into.message.empty() || !into.details.empty()) return true;
    }
    memory.rewind(before);
    if (equal_ignoring_case(http::media_type(from.content_type()), "text/plain"sv))
        into.message = from.body;
    return true;
}

} // namespace detail

/// What all MiaRec operations share.
inline constexpr http::api api = {
    .name = "miarec", .read_error = &detail::read_error, .error_member = "error"};

} // namespace tipring::inline TIPRING_ABI::miarec
