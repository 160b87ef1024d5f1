// CloudLink's services with the version that each has in its paths, and how all of them say that
// something is wrong (fact sheet A.2, C.9). Not here: at which host a service is (platform.hpp),
// its operations (one header per service).
#pragma once

#include <cstddef>
#include <cstdint>

#include <tipring/core/arena.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// The header of every answer that Mitel's support asks for.
inline constexpr text correlation_header = "x-mitel-correlation-id";

/// The JSON body of an error: CloudLink's own form, OAuth's at the token endpoint, a gateway's. All
/// members are optional, and the body may as well be empty or HTML (quirk Q-29).
struct error_body {
    field<text> name{};
    field<text> message{};
    field<text> error{};
    field<text> error_description{};
    field<text> error_uri{};
    field<text> correlation_id{};
};
TIPRING_DESCRIBE(
    error_body, TIPRING_MEMBER(name, "the kind of error, such as NotFoundError"),
    TIPRING_MEMBER(message, "a sentence for people"),
    TIPRING_MEMBER(error, "the kind of error in OAuth's words (RFC 6749 section 5.2)"),
    TIPRING_MEMBER(error_description, "a sentence for developers (RFC 6749)"),
    TIPRING_MEMBER(error_uri, "a page about the error (RFC 6749)"),
    TIPRING_MEMBER(correlation_id, "in case it is not in the header").named("correlationId"));

namespace detail {

/// The same body with its members as they were written, so that one of an unexpected type does not
/// hide the others.
struct error_parts {
    field<raw_json> name{};
    field<raw_json> message{};
    field<raw_json> error{};
    field<raw_json> error_description{};
    field<raw_json> error_uri{};
    field<raw_json> correlation_id{};
};
TIPRING_DESCRIBE(error_parts, TIPRING_MEMBER(name, "see error_body"),
                 TIPRING_MEMBER(message, "see error_body"), TIPRING_MEMBER(error, "see error_body"),
                 TIPRING_MEMBER(error_description, "see error_body"),
                 TIPRING_MEMBER(error_uri, "see error_body"),
                 TIPRING_MEMBER(correlation_id, "see error_body").named("correlationId"));

/// The first of two members that says something.
inline result<void> read_either(raw_json first, raw_json second, text& into, arena& memory) {
    if (const auto done = http::detail::put_raw_text(first, into, memory); !done) return done;
    return into.empty() ? http::detail::put_raw_text(second, into, memory) : result<void>{};
}

/// As far as it goes: what is no JSON object leaves code and message empty, but for plain text.
inline result<void> read_error(const http::response& from, arena& memory,
                               const http::error_options&, http::api_error& into) {
    if (http::detail::first_character(from.body) != '{') {
        if (equal_ignoring_case(http::media_type(from.content_type()), "text/plain"))
            into.message = from.body;
        return {};
    }
    const json::decode_options all{.max_depth = json::most_depth, .max_text = from.body.size()};
    const auto body = json::decode<error_parts>(from.body, memory, all);
    if (!body) return body.code() == errc::capacity ? result<void>{body.error()} : result<void>{};
    if (const auto done = read_either(*body->error, *body->name, into.code, memory); !done)
        return done;
    if (const auto done =
            read_either(*body->error_description, *body->message, into.message, memory);
        !done)
        return done;
    using http::detail::put_raw_text;
    if (const auto done = put_raw_text(*body->error_uri, into.error_uri, memory); !done)
        return done;
    if (!into.correlation_id.empty()) return {};
    return put_raw_text(*body->correlation_id, into.correlation_id, memory);
}

} // namespace detail

/// The services of the platform. They are at hosts of their own and have versions of their own
/// (quirk Q-35).
enum class service : std::uint8_t {
    authentication,
    admin,
    chat,
    media,
    notifications,
    /// Known by its topic; that its host has this name is a guess.
    presence,
    workflow,
    router,
    director,
    billing,
    analytics,
    system_manager,
};

namespace detail {

constexpr http::api make_api(text label, text base_path) {
    return {.name = "cloudlink",
            .read_error = &read_error,
            .correlation_header = correlation_header,
            .service = label,
            .base_path = base_path,
            .has_boolean_words = true};
}

} // namespace detail

/// What the operations of each service share, in the order of `service`: the label of its host, and
/// its version, which its paths start with. platform::addresses changes either.
inline constexpr http::api apis[] = {
    detail::make_api("authentication", "/2017-09-01"),
    detail::make_api("admin", "/2017-09-01"),
    detail::make_api("chat", "/2017-09-01"),
    detail::make_api("media", "/2017-09-01"),
    detail::make_api("notifications", "/2017-09-01"),
    detail::make_api("presence", "/2017-09-01"),
    detail::make_api("workflow", "/2017-09-01"),
    detail::make_api("router", "/2018-03-03"),
    detail::make_api("director", "/2018-07-01"),
    detail::make_api("billing", "/2019-03-01"),
    detail::make_api("analytics", "/2020-06-19"),
    detail::make_api("system-manager", "/2023-07-01"),
};

/// For the tables of operations: `.api = &api_of(service::chat)`.
constexpr const http::api& api_of(service which) {
    return apis[static_cast<std::size_t>(which)];
}

/// What an operation answers that may come with or without the value: 202 says that the work goes
/// on, and has no body (quirk Q-27). All members of the value are then absent; the status is in
/// answer::response().
constexpr bool is_pending(const http::response& from) {
    return from.status == 202;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
