// Signs in to the servers of oauth.mjs as a program of a user's would: the requests, the redirect,
// PKCE and the session are tipring's, the wire is libcurl.
//
// Usage: oauth_client oidc|password ORIGIN
// Prints a line for each check, then `N right, N wrong`; the status is 0 when none is wrong.
#include "../../examples/transports/transports.hpp"

#include <tipring/tipring.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <initializer_list>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

namespace {

using tipring::secret;
using tipring::text;
using tipring::utc_instant;
namespace auth = tipring::auth;
namespace http = tipring::http;
namespace oauth = tipring::oauth;

// As in oauth.mjs.
constexpr text odd_id = "odd client:&+%/";
constexpr std::array<char, 95> odd_secret_bytes = [] {
    std::array<char, 95> every{};
    for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<char>(' ' + i);
    return every;
}();
constexpr text odd_secret{odd_secret_bytes.data(), odd_secret_bytes.size()};

int right = 0;
int wrong = 0;

/// `seen` is printed when it is not as it should be; never with a secret of anybody.
bool check(bool good, std::string_view what, std::string_view seen = {}) {
    ++(good ? right : wrong);
    std::cout << (good ? "ok     " : "WRONG  ") << what;
    if (!good && !seen.empty()) std::cout << " (" << seen << ')';
    std::cout << '\n';
    return good;
}

utc_instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string random_bytes(std::size_t size) {
    static std::random_device device;
    std::string bytes;
    while (bytes.size() < size) bytes += static_cast<char>(device() & 0xFF);
    return bytes;
}

std::string random_word() {
    std::array<char, auth::base64url_size(16)> bytes{};
    tipring::writer out{bytes};
    auth::put_base64url(random_bytes(16), out);
    return std::string{out.written()};
}

std::string described(const tipring::error& failure) {
    std::array<char, 200> line{};
    return std::string{describe(failure, line)};
}

/// One request for tokens and what came of it; the parts view this object, which stays in place.
template <class Grant>
struct exchange {
    exchange(common::transport& wire, const tipring::origin_server& server, const Grant& grant) {
        const auto request = encode(grant, server, memory);
        if (!request) {
            said = described(request.error());
        } else if (const auto lost = wire.send(*request, reply)) {
            said = lost->what;
        } else {
            got.emplace(tipring::decode<Grant>(reply.view(), memory));
            said = std::to_string(reply.status) + ' ' + reply.body;
            if (!*got && !got->refusal()) said = described(got->error());
        }
    }
    exchange(const exchange&) = delete;
    exchange& operator=(const exchange&) = delete;

    bool has_tokens() const { return got && got->has_value(); }
    const oauth::token_answer& tokens() const { return **got; }
    bool is_refused(int status, oauth::error_code why) const {
        return got && got->refusal() && got->refusal()->status == status &&
               oauth::code_of(*got->refusal()) == why;
    }
    /// Tells the session how it ended.
    void report(oauth::session& session, std::uint32_t attempt) const {
        if (has_tokens()) {
            const auto taken = session.tokens_arrived(attempt, tokens(), now());
            check(taken && *taken, "  the session takes the tokens");
        } else if (got && got->refusal()) {
            session.tokens_failed(attempt, oauth::token_failure::of(*got->refusal(), 0), now());
        } else {
            session.tokens_failed(attempt, oauth::token_failure::lost(0), now());
        }
    }

    tipring::static_arena<16384> memory;
    common::reply reply;
    std::optional<http::answer<oauth::token_answer>> got;
    std::string said;
};

/// One client of a server.
struct client {
    common::transport& wire;
    tipring::origin_server tokens; ///< where tokens come from
    std::string origin;            ///< where the browser and the calls go
    text id;
    tipring::field<text> id_in_form{}; ///< absent where it authenticates by Basic

    template <class Grant>
    std::unique_ptr<exchange<Grant>> ask(const Grant& grant) const {
        return std::make_unique<exchange<Grant>>(wire, tokens, grant);
    }
    int send(http::method method, text target, std::initializer_list<http::header> headers,
             text body, common::reply& reply) const {
        const std::vector<http::header> all{headers};
        const http::request request{
            .method = method, .origin = origin, .target = target, .headers = all, .body = body};
        return wire.send(request, reply) ? 0 : reply.status;
    }
    /// Whom the server takes the session for; its status when it does not.
    oauth::step call(oauth::session& session, oauth::call& c, std::string& who) const {
        common::reply reply;
        const int status = send(http::method::get, "/me", {session.authorization()}, {}, reply);
        who = status == 200 ? reply.body : std::to_string(status);
        return session.answered(c, reply.view(), now());
    }
};

/// A call from its making to its answer, as docs/auth.md has it. The word for how it ended.
std::string carry_out(const client& from, oauth::session& session, std::string& who) {
    oauth::call c;
    std::string path;
    auto todo = session.next(c, now());
    for (int steps = 0; steps < 20; ++steps) {
        switch (todo.action) {
        case oauth::action::send:
            path += "send ";
            todo = from.call(session, c, who);
            continue;
        case oauth::action::refresh: {
            path += "refresh ";
            from.ask(oauth::refresh_token_grant{.refresh_token = session.refresh_token(),
                                                .client_id = from.id_in_form})
                ->report(session, todo.attempt);
            todo = session.next(c, now());
            continue;
        }
        case oauth::action::deliver: return path + "deliver";
        case oauth::action::sign_in_required: return path + "sign_in_required";
        case oauth::action::failed: return path + "failed";
        case oauth::action::locked: return path + "locked";
        default: return path + "other";
        }
    }
    return path + "without end";
}

/// What a session does on a call, and for whom the server takes it.
void check_call(const client& from, oauth::session& session, const std::string& expected,
                std::string_view who_expected, std::string_view what) {
    std::string who;
    const std::string path = carry_out(from, session, who);
    check(path == expected && who.find(who_expected) != std::string::npos, what, path + ": " + who);
}

/// A browser: follows redirects, keeps cookies. Where it ended.
std::string browse(const std::string& url) {
    CURL* const handle = curl_easy_init();
    const auto set = [handle](CURLoption option, auto value) {
        curl_easy_setopt(handle, option, value);
    };
    curl_write_callback forget = [](char*, std::size_t one, std::size_t size, void*) {
        return one * size;
    };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, 10L);
    set(CURLOPT_COOKIEFILE, "");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_TIMEOUT_MS, 20000L);
    set(CURLOPT_WRITEFUNCTION, forget);
    const CURLcode code = curl_easy_perform(handle);
    const char* where = nullptr;
    curl_easy_getinfo(handle, CURLINFO_EFFECTIVE_URL, &where);
    std::string end = code == CURLE_OK && where != nullptr ? where : curl_easy_strerror(code);
    curl_easy_cleanup(handle);
    return end;
}

/// One sign-in in the browser and what it brought; the parts view this object, which stays in
/// place.
struct visit {
    visit(const client& from, text user, const oauth::pkce* key)
        : redirect_uri{from.origin + "/back"} {
        oauth::authorization_request request{.client_id = from.id,
                                             .redirect_uri = text{redirect_uri},
                                             .scope = "openid offline_access",
                                             .state = secret{state},
                                             .nonce = secret{nonce},
                                             .prompt = "consent",
                                             .login_hint = user};
        if (key != nullptr) request.code_challenge = key->challenge();
        const auto url = oauth::authorization_url(from.origin + "/auth", request, memory);
        if (!check(url.has_value(), "authorization URL", described(url.error()))) return;
        back = browse(std::string{*url});
        const auto read = oauth::read_redirect(back, secret{state}, memory);
        check(read && back.starts_with(redirect_uri), "  the browser came back with its state",
              back + " " + described(read.error()));
        if (read) found = *read;
    }
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;

    oauth::authorization_code_grant grant(const client& from, const oauth::pkce& key) const {
        return {.code = *found.code,
                .redirect_uri = text{redirect_uri},
                .client_id = from.id_in_form,
                .code_verifier = key.verifier()};
    }
    bool is_refused(oauth::error_code why) const {
        return !found.code && found.error && *found.error == why;
    }

    tipring::static_arena<4096> memory;
    std::string redirect_uri;
    std::string state = random_word();
    std::string nonce = random_word();
    std::string back; ///< the URL that the browser came back to
    oauth::redirect found{};
};

oauth::pkce new_key() {
    const auto made = oauth::pkce::make(random_bytes(32));
    if (!made) std::abort();
    return *made;
}

/// What stands in the middle part of a token that is a JWT.
std::string claims_of(text token) {
    const std::size_t start = token.find('.') + 1;
    const text middle = tipring::slice(token, start, token.find('.', start) - start);
    std::string bytes(middle.size(), '\0');
    const auto size = auth::decode_base64url(middle, bytes.data());
    return size ? bytes.substr(0, *size) : std::string{};
}

/// The whole life of a session.
void walk(const client& from) {
    const oauth::pkce key = new_key();
    const visit made{from, "pat", &key};
    check(made.found.code && made.found.iss && *made.found.iss == from.origin,
          "  a code came, and who gave it (RFC 9207)", made.back);
    tipring::static_arena<4096> memory;
    const auto forged = oauth::read_redirect(made.back, secret{random_word()}, memory);
    check(forged.code() == tipring::errc::wrong_state, "  the same with another state is refused");

    oauth::session session;
    const auto start = session.start_sign_in(now());
    check(start.action == oauth::action::sign_in, "  the session wants to sign in");
    const auto first = from.ask(made.grant(from, key));
    if (!check(first->has_tokens(), "code and verifier bring tokens", first->said)) return;
    check(oauth::is_bearer(first->tokens()) &&
              oauth::lifetime(first->tokens()) == std::chrono::seconds{600},
          "  bearer, and for as long as the server is set to", first->said);
    check(claims_of(first->tokens().id_token->reveal()).find("\"" + made.nonce + "\"") !=
              std::string::npos,
          "  the nonce is in the id_token");
    first->report(session, start.attempt);
    check_call(from, session, "send deliver", "\"pat\"", "a call with the token");
    const auto twice = from.ask(made.grant(from, key));
    // The server takes back what it gave for a code that comes twice (RFC 6749 section 4.1.2).
    check(twice->is_refused(400, oauth::error_code::invalid_grant),
          "the same code again is refused", twice->said);
    check_call(from, session, "send refresh sign_in_required", "401",
               "and ends the session, since the server has revoked all");
    check(session.refresh_token().empty() && session.authorization().value.empty() &&
              !session.is_locked(),
          "  no token is left in it, and it is not locked");
}

/// Rotation: each refresh token is good once.
void rotate(const client& from) {
    const oauth::pkce key = new_key();
    const visit made{from, "kim", &key};
    oauth::session session;
    const auto start = session.start_sign_in(now());
    from.ask(made.grant(from, key))->report(session, start.attempt);
    check_call(from, session, "send deliver", "\"kim\"", "a second account, a call");

    const std::string old{session.refresh_token().reveal()};
    const std::string access{tipring::slice(session.authorization().value, 7)};
    std::string body = "token=" + access;
    if (from.id_in_form) body += "&client_id=" + std::string{from.id};
    common::reply reply;
    const http::header form{.name = "Content-Type", .value = "application/x-www-form-urlencoded"};
    const int status = from.tokens.authorization.name.empty()
                           ? from.send(http::method::post, "/token/revocation", {form}, body, reply)
                           : from.send(http::method::post, "/token/revocation",
                                       {form, from.tokens.authorization}, body, reply);
    check(status == 200, "the access token is revoked behind the session's back", reply.body);
    check_call(from, session, "send refresh send deliver", "\"kim\"",
               "the next call is answered 401, refreshes, goes again");
    check(!session.refresh_token().empty() && session.refresh_token().reveal() != old,
          "  the refresh token is another one now");

    oauth::session thief;
    check(thief.resume(secret{old}).has_value(), "the old refresh token, in another session");
    check_call(from, thief, "refresh sign_in_required", "", "  is refused, and ends that session");
    check(thief.refresh_token().empty() && !thief.is_locked() && thief.failures() == 1,
          "  without a second try");
    const auto again = from.ask(
        oauth::refresh_token_grant{.refresh_token = secret{old}, .client_id = from.id_in_form});
    check(again->is_refused(400, oauth::error_code::invalid_grant), "  as invalid_grant",
          again->said);
    check_call(from, session, "send refresh sign_in_required", "401",
               "the replay revoked the newer ones too, which ends the session");
}

void refuse(const client& from) {
    const oauth::pkce key = new_key();
    const oauth::pkce other = new_key();
    const visit made{from, "pat", &key};
    const auto stolen = from.ask(made.grant(from, other));
    check(stolen->is_refused(400, oauth::error_code::invalid_grant), "another verifier is refused",
          stolen->said);

    const visit plain{from, "pat", nullptr};
    check(plain.is_refused(oauth::error_code::invalid_request),
          "  without a challenge there is no code, but invalid_request", plain.back);
    const visit denied{from, "nobody", &key};
    check(denied.is_refused(oauth::error_code::access_denied) &&
              *denied.found.error_description == "the user did not agree",
          "  who does not agree: access_denied, with its sentence", denied.back);
}

/// Basic authentication of a client whose id and secret hold what must be escaped.
void authenticate(const client& from) {
    const auto good = from.ask(oauth::client_credentials_grant{});
    check(good->has_tokens() && !good->tokens().refresh_token,
          "client credentials by Basic, every printable ASCII character in the secret", good->said);

    const auto ask_with = [&from](const http::header& header) {
        client other = from;
        other.tokens.authorization = header;
        return other.ask(oauth::client_credentials_grant{});
    };
    const auto bad = auth::basic_authorization_of<256>::make_client(odd_id, secret{"s3cret"});
    const auto refused = ask_with(bad->header());
    check(refused->is_refused(401, oauth::error_code::invalid_client), "a wrong secret is refused",
          refused->said);
    oauth::session session{{.may_sign_in_again = true}};
    oauth::call c;
    const auto step = session.next(c, now());
    refused->report(session, step.attempt);
    const auto after = session.next(c, now());
    check(step.action == oauth::action::sign_in && after.action == oauth::action::failed &&
              after.reason == oauth::failure::refused,
          "  and the session does not try again");

    std::array<char, 256> bytes{};
    tipring::writer out{bytes};
    out.put("Basic ");
    auth::put_base64(std::string{odd_id} + ":" + std::string{odd_secret}, out);
    const auto raw = ask_with({.name = "Authorization", .value = out.written(), .is_secret = true});
    check(!raw->has_tokens() && raw->got && raw->got->refusal(),
          "  the right one without its form encoding too, so the encoding is what made it work",
          raw->said);
}

void run_oidc(common::transport& wire, const std::string& origin) {
    std::cout << "A public client\n";
    const client open{.wire = wire,
                      .tokens = {.origin = origin},
                      .origin = origin,
                      .id = "public",
                      .id_in_form = "public"};
    walk(open);
    rotate(open);
    refuse(open);
    std::cout << "A client with a secret, odd characters in both\n";
    const auto basic = auth::basic_authorization_of<256>::make_client(odd_id, secret{odd_secret});
    if (!check(basic.has_value(), "the header", described(basic.error()))) return;
    const client closed{.wire = wire,
                        .tokens = {.origin = origin, .authorization = basic->header()},
                        .origin = origin,
                        .id = odd_id};
    authenticate(closed);
    walk(closed);
    rotate(closed);
    refuse(closed);
}

void run_password(common::transport& wire, const std::string& origin) {
    const auto basic = auth::basic_authorization::make_client("app", secret{"s3cret"});
    if (!check(basic.has_value(), "the header", described(basic.error()))) return;
    const client from{
        .wire = wire,
        .tokens = {.origin = origin, .prefix = "/oauth", .authorization = basic->header()},
        .origin = origin,
        .id = "app"};
    const oauth::password_grant pat{.username = "pat@example.com",
                                    .password = secret{"p&ss+w%rd:\u00e9 \"=1"}};

    oauth::session session;
    const auto start = session.start_sign_in(now());
    const auto first = from.ask(pat);
    if (!check(first->has_tokens(), "a password of odd characters brings tokens", first->said))
        return;
    const auto life = oauth::lifetime(first->tokens());
    check(oauth::is_bearer(first->tokens()) && life && *life <= std::chrono::seconds{4090} &&
              *life >= std::chrono::seconds{4000},
          "  bearer, and for as long as the server is set to", first->said);
    first->report(session, start.attempt);
    check_call(from, session, "send deliver", "\"pat@example.com\"", "a call with the token");

    const std::string old{session.refresh_token().reveal()};
    common::reply reply;
    check(from.send(http::method::post, "/expire", {}, {}, reply) == 200, "all tokens expire");
    check_call(from, session, "send refresh send deliver", "\"pat@example.com\"",
               "the next call is answered 401, refreshes, goes again");
    check(session.refresh_token().reveal() != old, "  the refresh token is another one now");
    const auto replayed = from.ask(oauth::refresh_token_grant{.refresh_token = secret{old}});
    check(replayed->is_refused(400, oauth::error_code::invalid_grant),
          "the old one is refused as invalid_grant", replayed->said);

    oauth::password_grant mistyped = pat;
    mistyped.password = secret{"p&ss w%rd:\u00e9 \"=1"};
    const auto refused = from.ask(mistyped);
    check(refused->is_refused(400, oauth::error_code::invalid_grant), "a wrong password is refused",
          refused->said);
    oauth::session careless{{.may_sign_in_again = true}};
    oauth::call c;
    const auto asked = careless.next(c, now());
    refused->report(careless, asked.attempt);
    check(asked.action == oauth::action::sign_in &&
              careless.next(c, now()).action == oauth::action::sign_in_required,
          "  and never sent again by itself");

    const auto itself = from.ask(oauth::client_credentials_grant{});
    check(itself->has_tokens(), "client credentials", itself->said);
    client by_form = from;
    by_form.tokens.authorization = {};
    const auto odd = by_form.ask(
        oauth::client_credentials_grant{.client_id = odd_id, .client_secret = secret{odd_secret}});
    check(odd->has_tokens(), "  with id and secret in the form, odd characters in both", odd->said);
    const auto bad = auth::basic_authorization::make_client("app", secret{"S3cret"});
    client impostor = from;
    impostor.tokens.authorization = bad->header();
    const auto unknown = impostor.ask(pat);
    check(unknown->is_refused(401, oauth::error_code::invalid_client), "a wrong secret is refused",
          unknown->said);
    const auto no_code = from.ask(oauth::authorization_code_grant{.code = secret{"x"}});
    check(no_code->is_refused(400, oauth::error_code::unauthorized_client),
          "a grant that this client may not use is refused", no_code->said);
}

} // namespace

int main(int count, char** arguments) {
    const std::string_view what = count == 3 ? arguments[1] : "";
    if (what != "oidc" && what != "password") {
        std::cerr << "usage: oauth_client oidc|password ORIGIN\n";
        return 2;
    }
    common::transport wire = transports::make_curl_easy({});
    const std::string origin = arguments[2];
    if (what == "oidc")
        run_oidc(wire, origin);
    else
        run_password(wire, origin);
    std::cout << right << " right, " << wrong << " wrong\n";
    return wrong == 0 && right > 0 ? 0 : 1;
}
