// The token endpoint of OAuth 2.0 (RFC 6749): requests for tokens as operations, answers, errors.
// Not here: the browser's part (authorize.hpp), when to ask for which token (session.hpp), what one
// vendor adds (cloudlink/).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <tipring/auth/pkce.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::oauth {

/// The words that a server refuses with (RFC 6749 sections 4.1.2.1 and 5.2).
enum class error_code : std::int32_t {
    invalid_request,
    invalid_client,
    invalid_grant, ///< the password, code or refresh token is wrong, old or used up
    unauthorized_client,
    unsupported_grant_type,
    invalid_scope,
    access_denied,
    unsupported_response_type,
    server_error,
    temporarily_unavailable,
};

enum class grant_type : std::int32_t {
    password,
    refresh_token,
    client_credentials,
    authorization_code,
};

} // namespace tipring::inline TIPRING_ABI::oauth

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(oauth::error_code, "invalid_request", "invalid_client", "invalid_grant",
              "unauthorized_client", "unsupported_grant_type", "invalid_scope", "access_denied",
              "unsupported_response_type", "server_error", "temporarily_unavailable");
TIPRING_NAMES(oauth::grant_type, "password", "refresh_token", "client_credentials",
              "authorization_code");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::oauth {

/// The JSON body of a refusal (RFC 6749 section 5.2).
struct error_body {
    field<open<oauth::error_code>> error{};
    field<text> error_description{};
    field<text> error_uri{};
};
TIPRING_DESCRIBE(error_body, TIPRING_MEMBER(error, "the kind of error"),
                 TIPRING_MEMBER(error_description, "a sentence for developers"),
                 TIPRING_MEMBER(error_uri, "a page about the error"));

namespace detail {

using namespace std::string_view_literals;

/// As far as it goes: bodies that are no JSON leave code and message empty, and a member of an
/// unexpected type does not hide the others.
inline bool read_error(const http::response& from, arena& memory, const http::error_options&,
                       http::api_error& into) {
    using http::detail::put_raw_text;
    const raw_json body = http::detail::object_of(from.body);
    return put_raw_text(body.find("error"sv), into.code, memory) &&
           put_raw_text(body.find("error_description"sv), into.message, memory) &&
           put_raw_text(body.find("error_uri"sv), into.error_uri, memory);
}

} // namespace detail

/// What all operations at a token endpoint share.
inline constexpr http::api api = {
    .name = "oauth", .read_error = &detail::read_error, .error_member = "error"};

/// What a refusal's code means; nothing when it is none that OAuth knows.
constexpr std::optional<error_code> code_of(const http::api_error& refused) {
    return open<error_code>{refused.code}.known();
}

/// The answer to every request for tokens (RFC 6749 section 5.1), whatever 2xx it comes with
/// (quirk Q-4). It views the body: give it to a session, which copies what it keeps, then wipe the
/// body.
struct token_answer {
    field<text> token_type{};
    field<std::int64_t> expires_in{};
    field<secret> access_token{};
    field<secret> refresh_token{};
    field<text> scope{};
    field<secret> id_token{};
};
TIPRING_DESCRIBE(
    token_answer, TIPRING_MEMBER(token_type, "bearer, in any case; see is_bearer()"),
    TIPRING_MEMBER(expires_in, "lifetime in seconds; see lifetime()").lenient(),
    TIPRING_MEMBER(access_token, "goes with every call").required(),
    TIPRING_MEMBER(refresh_token, "for the next token; replaces the one before").nullable(),
    TIPRING_MEMBER(scope, "what the token is good for, words with blanks between").nullable(),
    TIPRING_MEMBER(id_token, "who signed in (OpenID Connect); not checked here").nullable());

/// Whether the token is one that goes as `Authorization: Bearer`. The type is compared without case
/// (RFC 6749 section 5.1); servers that leave it out mean that.
constexpr bool is_bearer(const token_answer& answer) {
    return !answer.token_type || equal_ignoring_case(*answer.token_type, "bearer");
}

/// How long the token is good for, or nothing when the server did not say. Never below 0, and at
/// most a hundred years, so that adding it to any date is safe (quirk Q-17).
constexpr std::optional<std::chrono::seconds> lifetime(const token_answer& answer) {
    if (!answer.expires_in) return std::nullopt;
    constexpr std::int64_t most = std::int64_t{100} * 365 * 24 * 3600;
    const std::int64_t given = *answer.expires_in;
    return std::chrono::seconds{given < 0 ? 0 : given > most ? most : given};
}

// The requests below go to `origin_server::prefix` and `/token`; where an endpoint has another
// path, set request::target after encode(). Clients that have a secret send it by Basic
// (auth::basic_authorization::make_client) or, where that is not possible, in the form.

/// Signs in with a password (RFC 6749 section 4.3). For tests and scripts only: RFC 9700
/// section 2.4 forbids it, and applications for people use the authorization code.
struct password_grant {
    using answer = token_answer;

    text grant_type = "password";
    text username{};
    secret password{};
    field<text> scope{};
    field<text> client_id{};
    field<secret> client_secret{};
};
TIPRING_DESCRIBE(password_grant, TIPRING_MEMBER(grant_type, "password").required(),
                 TIPRING_MEMBER(username, "who signs in").required(),
                 TIPRING_MEMBER(password, "the password").required(),
                 TIPRING_MEMBER(scope, "what the token shall be good for"),
                 TIPRING_MEMBER(client_id, "the application"),
                 TIPRING_MEMBER(client_secret, "better sent by Basic"));
TIPRING_OPERATION(password_grant, .method = http::method::post, .path = "/token", .api = &api,
                  .body = http::body_format::form, .idempotent = false,
                  .source = "RFC 6749 section 4.3.2", .doc = "Signs in with a password.");

/// Gets a new access token, and mostly a new refresh token, which replaces this one (RFC 6749
/// section 6).
struct refresh_token_grant {
    using answer = token_answer;

    text grant_type = "refresh_token";
    secret refresh_token{};
    field<text> scope{};
    field<text> client_id{};
    field<secret> client_secret{};
};
TIPRING_DESCRIBE(refresh_token_grant, TIPRING_MEMBER(grant_type, "refresh_token").required(),
                 TIPRING_MEMBER(refresh_token, "of the most recent token answer").required(),
                 TIPRING_MEMBER(scope, "as granted, or less"),
                 TIPRING_MEMBER(client_id, "the application"),
                 TIPRING_MEMBER(client_secret, "better sent by Basic"));
TIPRING_OPERATION(refresh_token_grant, .method = http::method::post, .path = "/token", .api = &api,
                  .body = http::body_format::form, .idempotent = false,
                  .source = "RFC 6749 section 6", .doc = "Gets a new access token.");

/// Signs in as the application itself (RFC 6749 section 4.4).
struct client_credentials_grant {
    using answer = token_answer;

    text grant_type = "client_credentials";
    field<text> scope{};
    field<text> client_id{};
    field<secret> client_secret{};
};
TIPRING_DESCRIBE(client_credentials_grant,
                 TIPRING_MEMBER(grant_type, "client_credentials").required(),
                 TIPRING_MEMBER(scope, "what the token shall be good for"),
                 TIPRING_MEMBER(client_id, "the application"),
                 TIPRING_MEMBER(client_secret, "better sent by Basic"));
TIPRING_OPERATION(client_credentials_grant, .method = http::method::post, .path = "/token",
                  .api = &api, .body = http::body_format::form, .idempotent = false,
                  .source = "RFC 6749 section 4.4.2", .doc = "Signs in as the application itself.");

/// Exchanges the code of a redirect for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5). A
/// code is good once and for minutes.
struct authorization_code_grant {
    using answer = token_answer;

    text grant_type = "authorization_code";
    secret code{};
    field<text> redirect_uri{};
    field<text> client_id{};
    field<secret> client_secret{};
    field<secret> code_verifier{};
};
TIPRING_DESCRIBE(authorization_code_grant,
                 TIPRING_MEMBER(grant_type, "authorization_code").required(),
                 TIPRING_MEMBER(code, "what the redirect brought").required(),
                 TIPRING_MEMBER(redirect_uri, "the same as in the authorization request, if any"),
                 TIPRING_MEMBER(client_id, "needed unless the client authenticates"),
                 TIPRING_MEMBER(client_secret, "better sent by Basic"),
                 TIPRING_MEMBER(code_verifier, "pkce::verifier(), when there was a challenge"));
TIPRING_OPERATION(authorization_code_grant, .method = http::method::post, .path = "/token",
                  .api = &api, .body = http::body_format::form, .idempotent = false,
                  .source = "RFC 6749 section 4.1.3",
                  .doc = "Exchanges an authorization code for tokens.");

/// encode() calls it: a verifier is as RFC 7636 wants it.
constexpr result<void> check_operation(const authorization_code_grant& grant) {
    return grant.code_verifier ? check_code_verifier(*grant.code_verifier) : result<void>{};
}

/// Any of the four, for servers: parse_as<token_request>() and then look at grant_type, which may
/// also be one that is unknown here.
struct token_request {
    using answer = token_answer;

    open<oauth::grant_type> grant_type{};
    field<text> username{};
    field<secret> password{};
    field<secret> refresh_token{};
    field<secret> code{};
    field<text> redirect_uri{};
    field<secret> code_verifier{};
    field<text> client_id{};
    field<secret> client_secret{};
    field<text> scope{};
};
TIPRING_DESCRIBE(token_request, TIPRING_MEMBER(grant_type, "which of the grants").required(),
                 TIPRING_MEMBER(username, "of password"), TIPRING_MEMBER(password, "of password"),
                 TIPRING_MEMBER(refresh_token, "of refresh_token"),
                 TIPRING_MEMBER(code, "of authorization_code"),
                 TIPRING_MEMBER(redirect_uri, "of authorization_code"),
                 TIPRING_MEMBER(code_verifier, "of authorization_code"),
                 TIPRING_MEMBER(client_id, "the application"),
                 TIPRING_MEMBER(client_secret, "unless it came by Basic"),
                 TIPRING_MEMBER(scope, "what the token shall be good for"));
TIPRING_OPERATION(token_request, .method = http::method::post, .path = "/token", .api = &api,
                  .body = http::body_format::form, .idempotent = false,
                  .source = "RFC 6749 section 3.2", .doc = "Any request for tokens.");

/// parse_as() calls it: errc::missing_parameter for a grant without what it is made of.
constexpr result<void> check_operation(const token_request& request) {
    const auto missing = [](text name) -> result<void> {
        return about(errc::missing_parameter, name);
    };
    if (request.grant_type == grant_type::password) {
        if (!request.username) return missing("username");
        if (!request.password) return missing("password");
    }
    if (request.grant_type == grant_type::refresh_token && !request.refresh_token)
        return missing("refresh_token");
    if (request.grant_type == grant_type::authorization_code && !request.code)
        return missing("code");
    return {};
}

} // namespace tipring::inline TIPRING_ABI::oauth
