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

using namespace std::string_view_literals;

/// The first of two members that says something.
inline bool read_either(raw_json first, raw_json second, text& into, arena& memory) {
    using http::detail::put_raw_text;
    return put_raw_text(first, into, memory) &&
           (!into.empty() || put_raw_text(second, into, memory));
}

/// As far as it goes: what is no JSON object leaves code and message empty, but for plain text, and
/// a member of an unexpected type does not hide the others.
inline bool read_error(const http::response& from, arena& memory, const http::error_options&,
                       http::api_error& into) {
    using http::detail::put_raw_text;
    if (http::detail::first_character(from.body) != '{') {
        if (equal_ignoring_case(http::media_type(from.content_type()), "text/plain"sv))
            into.message = from.body;
        return true;
    }
    const raw_json body = http::detail::object_of(from.body);
    return read_either(body.find("error"sv), body.find("name"sv), into.code, memory) &&
           read_either(body.find("error_description"sv), body.find("message"sv), into.message,
                       memory) &&
           put_raw_text(body.find("error_uri"sv), into.error_uri, memory) &&
           (!into.correlation_id.empty() ||
            put_raw_text(body.find("correlationId"sv), into.correlation_id, memory));
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
            .has_boolean_words = true,
            .has_raw_links = true};
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
