// The browser's part of the authorization code grant (RFC 6749 section 4.1): the URL that a user is
// sent to, and reading what comes back. Not here: exchanging the code (oauth2.hpp).
#pragma once

#include <cstddef>

#include <tipring/auth/oauth2.hpp>
#include <tipring/auth/pkce.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::oauth {

/// What the user's browser asks for. `state` and `nonce` are text that nobody can guess, such as 16
/// random bytes by auth::put_base64url(), new for each sign-in.
struct authorization_request {
    text response_type = "code";
    text client_id{};
    field<text> redirect_uri{};
    field<text> scope{};
    secret state{};
    field<secret> nonce{};
    field<text> code_challenge{};
    field<text> code_challenge_method{};
    field<text> prompt{};
    field<text> login_hint{};
};
TIPRING_DESCRIBE(
    authorization_request, TIPRING_MEMBER(response_type, "code").required(),
    TIPRING_MEMBER(client_id, "the application").required(),
    TIPRING_MEMBER(redirect_uri, "where the browser comes back to"),
    TIPRING_MEMBER(scope, "what the token shall be good for; openid among it for an id_token"),
    TIPRING_MEMBER(state, "comes back, and is compared").required(),
    TIPRING_MEMBER(nonce, "comes back inside the id_token (OpenID Connect)"),
    TIPRING_MEMBER(code_challenge, "pkce::challenge()"),
    TIPRING_MEMBER(code_challenge_method, "S256, set by itself when there is a challenge"),
    TIPRING_MEMBER(prompt, "whether to ask the user again, such as login (OpenID Connect)"),
    TIPRING_MEMBER(login_hint, "who is likely to sign in (OpenID Connect)"));

/// The URL to send the browser to: `endpoint`, an absolute http or https URL whose own query is
/// kept, and the request's parameters behind it. Blanks are `%20`, which servers read as they read
/// a plus. errc::bad_url for the endpoint, also for one with a fragment; errc::missing_parameter,
/// bad_parameter and invalid_utf8 with the parameter's name; errc::capacity. The URL holds state
/// and nonce: do not log it.
inline result<text> authorization_url(text endpoint, authorization_request request,
                                      arena& memory TIPRING_LIFETIMEBOUND) {
    const auto url = http::parse_url(endpoint);
    if (!url) return url.error();
    if (url->has_fragment) return error{.code = errc::bad_url, .offset = endpoint.find('#')};
    if (request.code_challenge && !request.code_challenge_method)
        request.code_challenge_method = code_challenge_method;
    writer out{memory.rest()};
    out.put(endpoint);
    if (!url->has_query)
        out.put('?');
    else if (!url->query.empty() && url->query.back() != '&')
        out.put('&');
    const auto put = http::detail::put_form(json::table_of<authorization_request>, &request, out,
                                            http::blank::escaped);
    if (!put) return put.error();
    if (!memory.commit(out.size())) return error{.code = errc::capacity, .needed = memory.needed()};
    return out.written();
}

/// What a redirect brought: a code, or the word and sentence that the server refused with.
struct redirect {
    field<secret> code{};
    field<open<oauth::error_code>> error{};
    field<text> error_description{};
    field<text> error_uri{};
    field<secret> state{};
    field<text> iss{};
};
TIPRING_DESCRIBE(redirect, TIPRING_MEMBER(code, "to be exchanged for tokens"),
                 TIPRING_MEMBER(error, "why there is no code, such as access_denied"),
                 TIPRING_MEMBER(error_description, "a sentence for developers"),
                 TIPRING_MEMBER(error_uri, "a page about the error"),
                 TIPRING_MEMBER(state, "that of the authorization request"),
                 TIPRING_MEMBER(iss, "who answers (RFC 9207)"));

/// Reads the parameters of a redirect: the query that the browser came back with, or the form that
/// it posted. First of all `state` is compared, in constant time, with that of the authorization
/// request: another one, or none, is errc::wrong_state, and whatever else was sent is not looked
/// at, because somebody else may have sent it (RFC 6749 section 10.12). Then there is either an
/// error or a code: neither is errc::missing_parameter, both errc::bad_parameter. Malformed
/// parameters and doubles are refused as by decode_form(). An empty `expected_state` is
/// errc::bad_parameter.
inline result<redirect> read_redirect_parameters(text parameters, secret expected_state,
                                                 arena& memory TIPRING_LIFETIMEBOUND) {
    if (expected_state.empty()) return about(errc::bad_parameter, "expected_state");
    const arena::mark before = memory.position();
    const auto read = http::decode_form<redirect>(parameters, memory);
    if (!read) return read.error();
    const text state = (*read->state).reveal();
    errc fault = errc::ok;
    text name = "state";
    if (!equal_in_constant_time(expected_state.reveal(), state)) {
        fault = errc::wrong_state;
    } else if (read->code && read->error) {
        fault = errc::bad_parameter;
        name = "error";
    } else if (!read->code && !read->error) {
        fault = errc::missing_parameter;
        name = "code";
    }
    if (fault == errc::ok) return *read;
    memory.rewind(before);
    return about(fault, name);
}

/// As above for a whole URL or request target, such as `/callback?code=…&state=…`; what stands
/// before the `?` and behind a `#` is not looked at.
inline result<redirect> read_redirect(text target, secret expected_state,
                                      arena& memory TIPRING_LIFETIMEBOUND) {
    const text query = http::split_target(slice(target, 0, target.find('#'))).query;
    return read_redirect_parameters(query, expected_state, memory);
}

} // namespace tipring::inline TIPRING_ABI::oauth
