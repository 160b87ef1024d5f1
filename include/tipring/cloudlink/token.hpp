// Signing in at CloudLink: the grants with CloudLink's own members, the direct authorization call,
// the address of the portal (fact sheet B.1 AU-1 to AU-4, AU-6, AU-7; D.1, D.2). Not here: the
// answers and refusals, which are OAuth's (auth/oauth2.hpp), when to ask for which token
// (auth/session.hpp), what a token says (claims.hpp).
#pragma once

#include <optional>

#include <tipring/auth/authorize.hpp>
#include <tipring/auth/oauth2.hpp>
#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/platform.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

// All requests for tokens but the legacy one are forms (quirk Q-11), and all go without a bearer;
// bodies and answers hold secrets, so wipe() the memory that they lay in. Any 2xx with an access
// token is success, whether 200 or 201 (quirk Q-4).

/// AU-1; documented in the seed. Signs in with a password. For tests and scripts only: Mitel wants
/// OpenID Connect for people, and RFC 9700 section 2.4 forbids it.
struct password_grant {
    using answer = oauth::token_answer;

    text grant_type = "password";
    text username{};
    secret password{};
    field<cloudlink::account_id> account_id{};
    field<text> client_id{};
    field<secret> client_secret{};
    field<text> scope{};
};
TIPRING_DESCRIBE(
    password_grant, TIPRING_MEMBER(grant_type, "password, in lower case (quirk Q-3)").required(),
    TIPRING_MEMBER(username, "who signs in, mostly an e-mail address (quirk Q-2)").required(),
    TIPRING_MEMBER(password, "the password (quirk Q-2)").required(),
    TIPRING_MEMBER(account_id, "the user's account, by uuid or number (quirk Q-15)"),
    TIPRING_MEMBER(client_id, "the application; integrators send it"),
    TIPRING_MEMBER(client_secret, "the application's secret; integrators send it"),
    TIPRING_MEMBER(scope, "what the token shall be good for, such as principal"));
TIPRING_OPERATION(password_grant, .method = http::method::post, .path = "/token",
                  .api = &api_of(service::authentication), .body = http::body_format::form,
                  .success = 201, .idempotent = false, .is_anonymous = true, .source = "seed",
                  .doc = "Signs in with a password.");

/// AU-2; documented in the seed, which spells the member `refesh_token` (quirk Q-1). The answer has
/// a new refresh token, which replaces this one.
struct refresh_token_grant {
    using answer = oauth::token_answer;

    text grant_type = "refresh_token";
    secret refresh_token{};
};
TIPRING_DESCRIBE(refresh_token_grant, TIPRING_MEMBER(grant_type, "refresh_token").required(),
                 TIPRING_MEMBER(refresh_token, "of the most recent answer (quirk Q-1)").required());
TIPRING_OPERATION(refresh_token_grant, .method = http::method::post, .path = "/token",
                  .api = &api_of(service::authentication), .body = http::body_format::form,
                  .success = 201, .idempotent = false, .is_anonymous = true, .source = "seed; F1",
                  .doc = "Gets a new access token and a new refresh token.");

/// AU-2 as Mitel's older programs send it (R4, R7): JSON, and the refresh token in `token` (quirk
/// Only for servers that know no better.
struct legacy_refresh_token_grant {
    using answer = oauth::token_answer;

    text grant_type = "refresh_token";
    secret token{};
};
TIPRING_DESCRIBE(legacy_refresh_token_grant, TIPRING_MEMBER(grant_type, "refresh_token").required(),
                 TIPRING_MEMBER(token, "the refresh token of the most recent answer").required());
TIPRING_OPERATION(legacy_refresh_token_grant, .method = http::method::post, .path = "/token",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .success = 201, .idempotent = false, .is_anonymous = true, .source = "R4, R7",
                  .doc = "Gets a new access token, as older programs ask for it.");

/// AU-3; in Mitel's sample code (R1). Exchanges a code for tokens.
struct authorization_code_grant {
    using answer = oauth::token_answer;

    text grant_type = "authorization_code";
    secret code{};
    field<text> client_id{};
    field<text> redirect_uri{};
    field<secret> code_verifier{};
};
TIPRING_DESCRIBE(
    authorization_code_grant, TIPRING_MEMBER(grant_type, "authorization_code").required(),
    TIPRING_MEMBER(code, "of authorize, or of the redirect; good once").required(),
    TIPRING_MEMBER(client_id, "the application, which does not authenticate here").required(),
    TIPRING_MEMBER(redirect_uri, "the same as in the authorization request, if that had one"),
    TIPRING_MEMBER(code_verifier, "pkce::verifier(), when there was a challenge (RFC 7636)"));
TIPRING_OPERATION(authorization_code_grant, .method = http::method::post, .path = "/token",
                  .api = &api_of(service::authentication), .evidence = http::evidence::official,
                  .body = http::body_format::form, .success = 201, .idempotent = false,
                  .is_anonymous = true, .source = "R1", .doc = "Exchanges a code for tokens.");

/// encode() calls it: a verifier is as RFC 7636 wants it.
constexpr result<void> check_operation(const authorization_code_grant& grant) {
    return grant.code_verifier ? oauth::check_code_verifier(*grant.code_verifier) : result<void>{};
}

/// AU-4; an answer of Mitel's staff (F3). Signs in as a client itself, see create_client. The
/// answer may have no refresh token: session_options::may_sign_in_again.
struct client_credentials_grant {
    using answer = oauth::token_answer;

    text grant_type = "client_credentials";
    text client_id{};
    secret client_secret{};
    field<cloudlink::account_id> account_id{};
};
TIPRING_DESCRIBE(client_credentials_grant,
                 TIPRING_MEMBER(grant_type, "client_credentials").required(),
                 TIPRING_MEMBER(client_id, "the client").required(),
                 TIPRING_MEMBER(client_secret, "its secret, from create_client").required(),
                 TIPRING_MEMBER(account_id,
                                "the account to work in, by uuid or number (quirk Q-15)"));
TIPRING_OPERATION(client_credentials_grant, .method = http::method::post, .path = "/token",
                  .api = &api_of(service::authentication), .evidence = http::evidence::official,
                  .body = http::body_format::form, .success = 201, .idempotent = false,
                  .is_anonymous = true, .source = "F3", .doc = "Signs in as a client itself.");

/// Any of them, for servers, as a form or as a JSON object, in all the spellings that clients were
/// seen to use (quirks ). See grant_of().
struct token_request {
    using answer = oauth::token_answer;

    open<oauth::grant_type> grant_type{};
    field<text> username{};
    field<secret> password{};
    field<secret> refresh_token{};
    field<secret> code{};
    field<text> redirect_uri{};
    field<secret> code_verifier{};
    field<text> client_id{};
    field<secret> client_secret{};
    field<cloudlink::account_id> account_id{};
    field<text> scope{};
};
TIPRING_DESCRIBE(
    token_request, TIPRING_MEMBER(grant_type, "which of the grants, in any case").required(),
    TIPRING_MEMBER(username, "of password").alias("Username"),
    TIPRING_MEMBER(password, "of password").alias("Password"),
    TIPRING_MEMBER(refresh_token, "of refresh_token").alias("refesh_token").alias("token"),
    TIPRING_MEMBER(code, "of authorization_code"),
    TIPRING_MEMBER(redirect_uri, "of authorization_code"),
    TIPRING_MEMBER(code_verifier, "of authorization_code"),
    TIPRING_MEMBER(client_id, "the application or client"),
    TIPRING_MEMBER(client_secret, "of client_credentials"),
    TIPRING_MEMBER(account_id, "of password and client_credentials; also a number (quirk Q-15)")
        .lenient(),
    TIPRING_MEMBER(scope, "what the token shall be good for"));
TIPRING_OPERATION(token_request, .method = http::method::post, .path = "/token",
                  .api = &api_of(service::authentication), .body = http::body_format::form,
                  .success = 201, .may_be_json = true, .idempotent = false, .is_anonymous = true,
                  .source = "seed; R1, R4, R7, R9, R11", .doc = "Any request for tokens.");

/// Which grant is asked for, without case (quirk Q-3); nothing when it is none that is known.
constexpr std::optional<oauth::grant_type> grant_of(const token_request& request) {
    for (std::size_t i = 0; i < name_count<oauth::grant_type>; ++i)
        if (equal_ignoring_case(names_of<oauth::grant_type>[i], request.grant_type.value))
            return static_cast<oauth::grant_type>(i);
    return std::nullopt;
}

/// Servers call it: errc::missing_parameter for a grant without what it is made of. A parameter
/// without a value counts as left out (RFC 6749 section 3.2).
constexpr result<void> check_operation(const token_request& request) {
    const auto grant = grant_of(request);
    text missing;
    const auto need = [&missing](text name, bool is_there) {
        if (missing.empty() && !is_there) missing = name;
    };
    if (grant == oauth::grant_type::password) {
        need("username", !request.username->empty());
        need("password", !request.password->empty());
    } else if (grant == oauth::grant_type::refresh_token) {
        need("refresh_token", !request.refresh_token->empty());
    } else if (grant) {
        if (grant == oauth::grant_type::authorization_code) need("code", !request.code->empty());
        need("client_id", !request.client_id->empty());
        if (grant == oauth::grant_type::client_credentials)
            need("client_secret", !request.client_secret->empty());
    }
    if (missing.empty()) return {};
    return about(errc::missing_parameter, missing);
}

/// What authorize answers (fact sheet C.5).
struct authorization {
    field<secret> code{};
};
TIPRING_DESCRIBE(authorization,
                 TIPRING_MEMBER(code, "to be exchanged for tokens, once and soon").required());

/// AU-6; in Mitel's sample code (R1, R14). Gets a code without a browser, with 200 or 201.
struct authorize {
    using answer = authorization;

    text response_type = "code";
    text username{};
    secret password{};
    field<cloudlink::account_id> account_id{};
    text client_id{};
    field<text> redirect_uri{};
};
TIPRING_DESCRIBE(authorize, TIPRING_MEMBER(response_type, "code").required(),
                 TIPRING_MEMBER(username, "who signs in").required(),
                 TIPRING_MEMBER(password, "the password").required(),
                 TIPRING_MEMBER(account_id, "the user's account, by uuid or number (quirk Q-15)"),
                 TIPRING_MEMBER(client_id, "the application").required(),
                 TIPRING_MEMBER(redirect_uri, "then authorization_code_grant needs it too (R14)"));
TIPRING_OPERATION(authorize, .method = http::method::post, .path = "/authorize",
                  .api = &api_of(service::authentication), .evidence = http::evidence::official,
                  .body = http::body_format::form, .success = 201, .idempotent = false,
                  .is_anonymous = true, .source = "R1, R14",
                  .doc = "Gets a code without a browser.");

/// Where people sign in by browser. Only applications that Mitel has reviewed may send them there
/// (P2).
constexpr text portal_address(environment where) {
    return where == environment::development ? text{"https://auth.dev.mitel.io/authorize"}
                                             : text{"https://auth.mitel.io/authorize"};
}

/// AU-7; a third party's guide (D1) and tests of Mitel's (R14). The URL of the portal for the
/// user's browser, see oauth::authorization_url() for errors and oauth::read_redirect() for what
/// comes back.
inline result<text> portal_url(const oauth::authorization_request& request, environment where,
                               arena& memory TIPRING_LIFETIMEBOUND) {
    return oauth::authorization_url(portal_address(where), request, memory);
}

/// The requests for tokens as clients make them; to a server they are all token_request.
using token_grants =
    http::operation_list<password_grant, refresh_token_grant, legacy_refresh_token_grant,
                         authorization_code_grant, client_credentials_grant>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
