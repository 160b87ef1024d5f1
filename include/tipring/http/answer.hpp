// From an HTTP response to one of three doors: the operation's value, what the API says went wrong,
// or what went wrong in reading it. The response itself stays reachable behind all three. Not here:
// the forms that one vendor gives its errors (miarec/error.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>

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
/// percent-decoded. An answer without an id is an error, errc::missing_member unless something is
/// wrong with the URL or the body, for an empty one would be sent on as "none" (D-17); the thing
/// may well have been created then, so look for it and do not repeat the request.
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

/// The JSON object that `body` is, with nothing but blanks around it; empty when it is none.
[[gnu::noinline]] inline raw_json object_of(text body) {
    if (first_character(body) != '{') return {};
    const auto made = json::make_raw_json(body, json::most_depth);
    return made ? *made : raw_json{};
}

/// The text of a JSON string of a valid document; other values as they are written, nothing for
/// null. False when `memory` is too small.
[[gnu::noinline]] inline bool put_raw_text(raw_json from, text& into, arena& memory) {
    if (from.kind() == json::json_kind::string) return from.take_text(into, memory) == errc::ok;
    if (from.kind() != json::json_kind::null) into = from.value;
    return true;
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

/// A response whose body may be changed: then `changeable` is where it lies, else null.
struct received {
    response from;
    char* changeable = nullptr;

    explicit received(const response& r) : from{r} {}
    explicit received(const mutable_response& r)
        : from(static_cast<response>(r)), changeable{r.body.data()} {}
};

/// What looks like JSON is read as such, whatever its content type (quirk D-3).
[[gnu::noinline]] inline bool may_be_json(const response& from) {
    const char first = first_character(from.body);
    if (first == '{' || first == '[') return true;
    const text type = from.content_type();
    return type.empty() || is_json(type);
}

/// What created<Id> is for any Id.
struct created_text {
    text id = {};
    text location = {};
};

[[gnu::noinline]] inline void read_media(media& value, const response& from) {
    value.bytes = from.body;
    value.content_type = from.content_type();
    value.content_range = header_value(from.headers, "Content-Range"sv);
    value.is_partial = from.status == 206;
}

/// How an answer is read.
enum class answer_form : std::uint8_t { nothing, media, created, body };

template <class Answer>
constexpr answer_form form_of() {
    if constexpr (std::is_same_v<Answer, done>)
        return answer_form::nothing;
    else if constexpr (std::is_same_v<Answer, media>)
        return answer_form::media;
    else if constexpr (is_created<Answer>::value)
        return answer_form::created;
    else
        return answer_form::body;
}

/// The table of what an answer's body holds; null when there is none.
template <class Answer>
constexpr const json::table* expected_members() {
    if constexpr (json::described<Answer>)
        return &json::table_of<Answer>;
    else if constexpr (is_created<Answer>::value)
        return &json::table_of<created_body>;
    else
        return nullptr;
}

/// Which of its three an answer holds.
enum class door : std::uint8_t { value, refusal, failure };

} // namespace detail

template <class T>
class answer;
struct answer_options;

namespace detail {
template <operation_type Op>
answer<typename Op::answer> read_response(const received& got, arena& memory,
                                          const answer_options& options);
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
        : from_{from}, value_{value}, door_{door::value} {}
    answer(const api_error& refused, const http::response& from)
        : from_{from}, refusal_{refused}, door_{door::refusal} {}
    answer(const tipring::error& failure, const http::response& from)
        : from_{from}, failure_{failure}, door_{door::failure} {}

    bool has_value() const { return door_ == door::value; }
    explicit operator bool() const { return has_value(); }
    /// The value. Undefined when there is none.
    const T& operator*() const { return value_; }
    const T* operator->() const { return &value_; }
    /// What the API said when it refused; null otherwise.
    const api_error* refusal() const { return door_ == door::refusal ? &refusal_ : nullptr; }
    /// What went wrong in reading the response; errc::ok when nothing did.
    tipring::error error() const { return door_ == door::failure ? failure_ : tipring::error{}; }
    /// The response as it was given: status, headers, body. After decoding in place the body is no
    /// JSON any more.
    const http::response& response() const { return from_; }

private:
    template <operation_type Op>
    friend answer<typename Op::answer> detail::read_response(const detail::received&, arena&,
                                                             const answer_options&);

    static_assert(std::is_trivially_copyable_v<T>, "answers are views, integers and bools");

    using door = detail::door;

    explicit answer(const http::response& from) : from_{from}, door_{door::value} {
        if constexpr (json::described<T>)
            tipring::detail::clear(value_);
        else
            ::new (&value_) T{};
    }

    http::response from_;
    // Not a std::variant, whose assignment has a way to abort().
    union {
        T value_;
        detail::created_text created_;
        api_error refusal_;
        tipring::error failure_;
    };
    door door_;
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

/// What is known of an operation's answer before it comes.
struct answer_facts {
    const http::operation& operation;
    /// Of what its body holds; null when there is none.
    const json::table* type;
    answer_form form;
};
template <operation_type Op>
inline constexpr answer_facts facts_of = {.operation = operation_of<Op>,
                                          .type = expected_members<typename Op::answer>(),
                                          .form = form_of<typename Op::answer>()};

/// Reads whatever came to `place`, where an answer has its value, still an absent one, or whatever
/// else it holds. In place of a created<Id> there is a created_text then.
class answer_reader {
public:
    answer_reader(const answer_facts& facts, const received& got, arena& memory,
                  const answer_options& options, void* place)
        : facts_{facts}, got_{got}, memory_{memory}, options_{options}, place_{place} {}

    /// What went wrong goes to the place too; the arena is as it was then.
    [[gnu::noinline]] door run() const {
        const arena::mark before = memory_.position();
        const door opened = is_refusal() ? refusal() : value();
        if (opened == door::failure) memory_.rewind(before);
        return opened;
    }

private:
    bool is_refusal() const {
        return !is_success(got_.from.status) ||
               ((facts_.form != answer_form::media || is_json(got_.from.content_type())) &&
                is_error_object(got_.from.body, facts_.operation.api->error_member, facts_.type));
    }

    /// `needed` is a lower bound.
    [[gnu::noinline]] door fail(errc code, std::size_t needed = 0) const {
        auto& failure = *::new (place_) error();
        failure.code = code;
        failure.needed_is_lower_bound = needed != 0;
        failure.needed = needed;
        return door::failure;
    }

    [[gnu::noinline]] door refusal() const {
        const response& seen = got_.from;
        const api& vendor = *facts_.operation.api;
        api_error& said = *::new (place_) api_error();
        said.status = seen.status;
        said.retry_after = header_value(seen.headers, "Retry-After"sv);
        said.location = header_value(seen.headers, "Location"sv);
        said.correlation_id = correlation_id(seen, vendor);
        if (vendor.read_error(seen, memory_, options_.errors, said)) return door::refusal;
        return fail(errc::capacity, memory_.needed());
    }

    [[gnu::noinline]] door value() const {
        switch (facts_.form) {
        case answer_form::nothing: return door::value;
        case answer_form::media: read_media(*static_cast<media*>(place_), got_.from); break;
        case answer_form::created: return created();
        case answer_form::body: return body();
        }
        return door::value;
    }

    [[gnu::noinline]] door body() const {
        if (facts_.operation.may_be_empty && is_blank(got_.from.body)) return door::value;
        if (!may_be_json(got_.from)) return fail(errc::unexpected_content_type);
        return decode(*facts_.type, place_, got_.changeable);
    }
    door decode(const json::table& type, void* into, char* changeable) const {
        return json::detail::decode_body(type, into, got_.from.body, changeable, memory_,
                                         options_.json, place_)
                   ? door::value
                   : door::failure;
    }

    /// From the header or, failing that, from the body.
    [[gnu::noinline]] door created() const {
        created_text& made = *::new (place_) created_text();
        constexpr text header = "Location";
        made.location = header_value(got_.from.headers, header);
        const text last = last_path_segment(made.location);
        const bool has_id = !last.empty() && find_bad_escape(last) == last.size();
        if (has_id || is_blank(got_.from.body)) return read_id(made, header);
        if (!may_be_json(got_.from)) return fail(errc::unexpected_content_type);
        created_body body;
        if (decode(json::table_of<created_body>, &body, nullptr) == door::failure)
            return door::failure;
        made.location = *body.url;
        return read_id(made, "url"sv);
    }
    /// `from` is where the location was.
    [[gnu::noinline]] door read_id(created_text& made, text from) const {
        const text last = last_path_segment(made.location);
        const auto id = percent_decode(last, memory_);
        if (id && !id->empty()) {
            made.id = *id;
            return door::value;
        }
        const auto before = static_cast<std::size_t>(last.data() - made.location.data());
        auto& failure = *::new (place_) error(id.error());
        if (id) failure.code = errc::missing_member;
        if (failure.offset != error::no_offset) failure.offset += before;
        failure.path.push_member(from);
        return door::failure;
    }

    const answer_facts& facts_;
    const received& got_;
    arena& memory_;
    const answer_options& options_;
    void* place_;
};

/// What of this depends on the type is little: a program has it once for each operation.
template <operation_type Op>
answer<typename Op::answer> read_response(const received& got, arena& memory,
                                          const answer_options& options) {
    using value_type = typename Op::answer;
    constexpr const answer_facts& facts = facts_of<Op>;
    // Everything is read into the answer itself: on a small processor a second one is much stack.
    answer<value_type> made{got.from};
    made.door_ = answer_reader{facts, got, memory, options, &made.value_}.run();
    if constexpr (facts.form == answer_form::created) {
        if (made) {
            const created_text parts = made.created_;
            ::new (&made.value_)
                value_type{.id = decltype(value_type::id){parts.id}, .location = parts.location};
        }
    }
    return made;
}

} // namespace detail

/// Reads the answer to an operation. Any 2xx is success, unless the body is an error object;
/// everything else is a refusal. What is decoded views the response's headers and body and
/// `memory`; keep all three as long. When the third door opens, `memory` is as it was.
template <operation_type Op>
answer<typename Op::answer> decode(const response& from, arena& memory TIPRING_LIFETIMEBOUND,
                                   const answer_options& options = {}) {
    return detail::read_response<Op>(detail::received{from}, memory, options);
}

/// As above, but text with escapes is unescaped inside the body, so that only arrays take room in
/// `memory`.
template <operation_type Op>
answer<typename Op::answer> decode(const mutable_response& from,
                                   arena& memory TIPRING_LIFETIMEBOUND,
                                   const answer_options& options = {}) {
    return detail::read_response<Op>(detail::received{from}, memory, options);
}

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI {
using http::decode;
} // namespace tipring::inline TIPRING_ABI
