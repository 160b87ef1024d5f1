// From an HTTP response to one of three doors: the operation's value, what the API says went wrong,
// or what went wrong in reading it. The response itself stays reachable behind all three. Not here:
// the forms that one vendor gives its errors (miarec/error.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <variant>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// One complaint of a server about one field of a request.
struct field_error {
    text field = {};
    /// A short code such as `blank`, or empty.
    text code = {};
    text message = {};

    friend constexpr bool operator==(const field_error&, const field_error&) = default;
};

/// What a server says when it refuses, whatever the status and content type. Text is empty where
/// the server said nothing. Views the response and the arena; the whole body is in
/// answer::response().
struct api_error {
    int status = 0;
    /// The server's own word for the kind of error, such as `InvalidRecord`.
    text code = {};
    /// What it says to people; for answers that are not JSON, the body's text when it is plain
    /// text.
    text message = {};
    list<field_error> details = {};
    /// The value of Retry-After, not parsed.
    text retry_after = {};
    /// Where a redirection leads. tipring never follows one.
    text location = {};
    /// A page about the error, where the server names one (RFC 6749 section 5.2).
    text error_uri = {};
    /// What to give to the vendor's support, from a header or the body.
    text correlation_id = {};
};

/// What an operation answers that has nothing to say: any success will do, whatever the body holds.
struct done {};

/// What a creation answers: the new thing's id, from `Location` or, failing that, from the body's
/// `url` (quirks D-30, D-31). `location` is kept as received; the id is its last segment,
/// percent-decoded, and empty when there is none or its escapes are bad.
template <class Id>
struct created {
    Id id = {};
    text location = {};

    friend constexpr bool operator==(const created&, const created&) = default;
};

/// The bytes of a file, or of the part that was asked for.
struct media {
    text bytes = {};
    text content_type = {};
    /// Empty unless this is a part (status 206): which bytes of how many, `bytes 0-499/1234`.
    text content_range = {};
    bool is_partial = false;
};

namespace detail {

struct created_body {
    field<text> url{};
};
TIPRING_DESCRIBE(created_body, TIPRING_MEMBER(url, "path of what was created"));

template <class T>
struct is_created : std::false_type {};
template <class Id>
struct is_created<created<Id>> : std::true_type {};

inline char first_character(text body) {
    const char* const end = body.data() + body.size();
    const char* const at = json::skip_space(body.data(), end);
    return at != end ? *at : '\0';
}

/// The text of a JSON string; other values as they are written, nothing for null.
inline result<void> put_raw_text(raw_json from, text& into, arena& memory) {
    if (from.kind() == json::json_kind::null) return {};
    if (from.kind() != json::json_kind::string) {
        into = from.value;
        return {};
    }
    const auto content = from.as_text(memory);
    if (content) {
        into = *content;
        return {};
    }
    error failure = content.error();
    failure.needed_is_lower_bound = true;
    return failure;
}

/// Nothing but blanks.
inline bool is_blank(text body) {
    const char* const end = body.data() + body.size();
    return json::skip_space(body.data(), end) == end;
}

/// Whether `body` is an object whose first known member is the error marker: members of `expected`
/// end the search. A marker that is null or false says that there is no error.
inline bool is_error_object(text body, text error_member, const json::table* expected) {
    if (error_member.empty() || first_character(body) != '{') return false;
    const char* const end = body.data() + body.size();
    const char* at = json::skip_space(body.data(), end) + 1;
    for (;;) {
        at = json::skip_space(at, end);
        if (at == end || *at != '"') return false;
        const json::string_scan name = json::scan_string(at + 1, end);
        if (name.code != errc::ok) return false;
        const text written{at + 1, static_cast<std::size_t>(name.end - at - 1)};
        bool by_alias = false;
        if (expected != nullptr &&
            json::find_member(*expected, written, by_alias) != json::table::no_member)
            return false;
        at = json::skip_space(name.end + 1, end);
        if (at == end || *at != ':') return false;
        at = json::skip_space(at + 1, end);
        const bool is_marker =
            json::equals_unescaped(written.data(), written.data() + written.size(), error_member);
        if (is_marker && at != end && *at != 'n' && *at != 'f') return true;
        const json::value_scan value = json::skip_value(at, end, json::most_depth);
        if (value.code != errc::ok) return false;
        at = json::skip_space(value.end, end);
        if (at == end || *at != ',') return false;
        ++at;
    }
}

template <class Response>
result<void> read_body(const json::table& type, void* value, const Response& from,
                       bool may_be_empty, arena& memory, const json::decode_options& options) {
    const response seen = from;
    const char first = first_character(seen.body);
    if (may_be_empty && is_blank(seen.body)) return {};
    const bool looks_like_json = first == '{' || first == '[';
    if (!looks_like_json && !seen.content_type().empty() && !is_json(seen.content_type()))
        return errc::unexpected_content_type;
    if constexpr (std::is_same_v<Response, mutable_response>)
        return json::decode_into_in_place(type, value, from.body, memory, options);
    else
        return json::decode_into(type, value, seen.body, memory, options);
}

template <class Id>
result<void> read_created(created<Id>& value, const response& from, arena& memory,
                          const json::decode_options& options) {
    value.location = header_value(from.headers, "Location");
    if (last_path_segment(value.location).empty() && first_character(from.body) == '{') {
        created_body body;
        const auto read =
            json::decode_into(json::table_of<created_body>, &body, from.body, memory, options);
        if (!read) return read;
        if (value.location.empty() || !last_path_segment(*body.url).empty())
            value.location = *body.url;
    }
    const auto id = percent_decode(last_path_segment(value.location), memory);
    if (!id && id.code() == errc::capacity) return id.error();
    if (id) value.id = Id{*id};
    return {};
}

inline media read_media(const response& from) {
    return {.bytes = from.body,
            .content_type = from.content_type(),
            .content_range = header_value(from.headers, "Content-Range"),
            .is_partial = from.status == 206};
}

template <class Answer, class Response>
result<void> read_answer(const operation& facts, Answer& value, const Response& from, arena& memory,
                         const json::decode_options& options) {
    if constexpr (std::is_same_v<Answer, done>) {
        return {};
    } else if constexpr (std::is_same_v<Answer, media>) {
        value = read_media(from);
        return {};
    } else if constexpr (is_created<Answer>::value) {
        return read_created(value, from, memory, options);
    } else {
        return read_body(json::table_of<Answer>, &value, from, facts.may_be_empty, memory, options);
    }
}

template <class Answer>
constexpr const json::table* expected_members() {
    if constexpr (json::described<Answer>)
        return &json::table_of<Answer>;
    else if constexpr (is_created<Answer>::value)
        return &json::table_of<created_body>;
    else
        return nullptr;
}

} // namespace detail

/// What came of an operation: exactly one of a value, the API's refusal, or our own error.
///
///     const auto got = tipring::decode<miarec::view_call>(response, memory);
///     if (got) use(*got->call);
///     else if (const auto* refused = got.refusal()) tell(refused->status, refused->message);
///     else report(got.error());
template <class T>
class [[nodiscard]] answer {
public:
    using value_type = T;

    answer(const T& value, const http::response& from)
        : from_{from}, door_{std::in_place_index<0>, value} {}
    answer(const api_error& refused, const http::response& from)
        : from_{from}, door_{std::in_place_index<1>, refused} {}
    answer(const tipring::error& failure, const http::response& from)
        : from_{from}, door_{std::in_place_index<2>, failure} {}

    bool has_value() const { return door_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    /// The value. Undefined when there is none.
    const T& operator*() const { return *std::get_if<0>(&door_); }
    const T* operator->() const { return std::get_if<0>(&door_); }
    /// What the API said when it refused; null otherwise.
    const api_error* refusal() const { return std::get_if<1>(&door_); }
    /// What went wrong in reading the response; errc::ok when nothing did.
    tipring::error error() const {
        const auto* failure = std::get_if<2>(&door_);
        return failure != nullptr ? *failure : tipring::error{};
    }
    /// The response as it was given: status, headers, body. After decoding in place the body is no
    /// JSON any more.
    const http::response& response() const { return from_; }

private:
    http::response from_;
    std::variant<T, api_error, tipring::error> door_;
};

/// Everything that one may ask of reading an answer.
struct answer_options {
    json::decode_options json = {};
    error_options errors = {};
};

/// What the vendor's support asks for, from the header that the API has for it; empty when there is
/// none. Also of answers that are no refusals.
inline text correlation_id(const response& from, const api& vendor) {
    return vendor.correlation_header.empty()
               ? text{}
               : header_value(from.headers, vendor.correlation_header);
}

namespace detail {

template <operation_type Op, class Response>
answer<typename Op::answer> read_response(const Response& from, arena& memory,
                                          const answer_options& options) {
    using value_type = typename Op::answer;
    const operation& facts = operation_of<Op>;
    const response seen = from;
    const bool refused =
        !is_success(seen.status) ||
        (!std::is_same_v<value_type, media> &&
         is_error_object(seen.body, facts.api->error_member, expected_members<value_type>()));
    const arena::mark before = memory.position();
    if (!refused) {
        value_type value = {};
        const auto read = read_answer(facts, value, from, memory, options.json);
        if (read) return {value, seen};
        memory.rewind(before);
        return {read.error(), seen};
    }
    api_error said{.status = seen.status,
                   .retry_after = header_value(seen.headers, "Retry-After"),
                   .location = header_value(seen.headers, "Location"),
                   .correlation_id = correlation_id(seen, *facts.api)};
    if (const auto read = facts.api->read_error(seen, memory, options.errors, said); !read) {
        memory.rewind(before);
        return {read.error(), seen};
    }
    return {said, seen};
}

} // namespace detail

/// Reads the answer to an operation. Any 2xx is success, unless the body is an error object;
/// everything else is a refusal. What is decoded views the response's headers and body and
/// `memory`; keep all three as long. When the third door opens, `memory` is as it was.
template <operation_type Op>
answer<typename Op::answer> decode(const response& from, arena& memory TIPRING_LIFETIMEBOUND,
                                   const answer_options& options = {}) {
    return detail::read_response<Op>(from, memory, options);
}

/// As above, but text with escapes is unescaped inside the body, so that only arrays take room in
/// `memory`.
template <operation_type Op>
answer<typename Op::answer> decode(const mutable_response& from,
                                   arena& memory TIPRING_LIFETIMEBOUND,
                                   const answer_options& options = {}) {
    return detail::read_response<Op>(from, memory, options);
}

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI {
using http::decode;
} // namespace tipring::inline TIPRING_ABI
