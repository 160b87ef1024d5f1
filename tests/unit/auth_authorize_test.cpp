// The browser's part of the authorization code grant by the examples of RFC 6749, RFC 7636 and
// OpenID Connect, and by what an attacker would send.
#include "exact_memory.hpp"
#include <tipring/auth/authorize.hpp>
#include <tipring/json/print.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace tipring;

namespace {

std::string url(text endpoint, const oauth::authorization_request& request) {
    static_arena<1024> memory;
    const auto made = oauth::authorization_url(endpoint, request, memory);
    if (made) return std::string{*made};
    std::array<char, 200> buffer;
    return std::string{describe(made.error(), buffer)};
}

std::string fault(text target, text state = "xyz") {
    static_arena<1024> memory;
    const auto read = oauth::read_redirect(target, secret{state}, memory);
    if (!read) CHECK(memory.used() == 0);
    std::array<char, 200> buffer;
    return read ? "read" : std::string{describe(read.error(), buffer)};
}

} // namespace

TEST_CASE("authorize: the example of RFC 6749 section 4.1.1") {
    CHECK(url("https://server.example.com/authorize",
              {.client_id = "s6BhdRkqt3",
               .redirect_uri = "https://client.example.com/cb",
               .state = secret{"xyz"}}) ==
          "https://server.example.com/authorize?response_type=code&client_id=s6BhdRkqt3"
          "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&state=xyz");
}

TEST_CASE("authorize: nonce, PKCE, a scope with blanks, a portal with a query of its own") {
    const auto key =
        oauth::pkce::from_verifier(secret{"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"});
    REQUIRE(key);
    CHECK(url("https://auth.mitel.io/authorize?tenant=1", {.client_id = "c",
                                                           .scope = "openid profile",
                                                           .state = secret{"af0ifjsldkj"},
                                                           .nonce = secret{"n-0S6_WzA2Mj"},
                                                           .code_challenge = key->challenge()}) ==
          "https://auth.mitel.io/authorize?tenant=1&response_type=code&client_id=c"
          "&scope=openid%20profile&state=af0ifjsldkj&nonce=n-0S6_WzA2Mj"
          "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
    CHECK(url("https://a.example/x",
              {.client_id = "c",
               .state = secret{"s"},
               .code_challenge = text{"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
               .code_challenge_method = text{"plain"}})
              .ends_with("-cM&code_challenge_method=plain"));
    CHECK(url("https://a.example/x?", {.client_id = "c", .state = secret{"s"}}) ==
          "https://a.example/x?response_type=code&client_id=c&state=s");
    CHECK(url("https://a.example/x?y&", {.client_id = "c", .state = secret{"s"}}) ==
          "https://a.example/x?y&response_type=code&client_id=c&state=s");
}

TEST_CASE("authorize: what is refused") {
    CHECK(url("https://a.example/x", {.client_id = "c"}) ==
          "state: a required parameter is missing");
    CHECK(url("https://a.example/x", {.state = secret{"s"}}) ==
          "client_id: a required parameter is missing");
    CHECK(url("https://a.example/x", {.client_id = "\xFF", .state = secret{"s"}}) ==
          "client_id: not valid UTF-8 (at byte 0)");
    CHECK(url("https://a.example/x#y", {.client_id = "c", .state = secret{"s"}}) ==
          "not a usable URL (at byte 19)");
    CHECK(url("/x", {.client_id = "c", .state = secret{"s"}}) == "not a usable URL (at byte 0)");
    CHECK(url("https://u:p@a.example/x", {.client_id = "c", .state = secret{"s"}}) ==
          "not a usable URL (at byte 8)");
}

TEST_CASE("authorize: arenas of every size") {
    exact_memory::with_every_arena(120, [&](arena& memory) -> result<bool> {
        const auto made = oauth::authorization_url(
            "https://a.example/x", {.client_id = "c", .state = secret{"a b"}}, memory);
        if (!made) return made.error();
        return *made == "https://a.example/x?response_type=code&client_id=c&state=a%20b";
    });
}

TEST_CASE("redirect: the examples of RFC 6749") {
    static_arena<512> memory;
    const auto read =
        oauth::read_redirect("https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz",
                             secret{"xyz"}, memory);
    REQUIRE(read);
    CHECK((*read->code).reveal() == "SplxlOBeZQQYbYS6WxSbIA");
    CHECK_FALSE(read->error);
    const auto refused = oauth::read_redirect(
        "/cb?error=access_denied&error_description=Not+you%21&error_uri=https://e.example/1&state=xyz#_=_",
        secret{"xyz"}, memory);
    REQUIRE(refused);
    CHECK_FALSE(refused->code);
    CHECK(*refused->error == oauth::error_code::access_denied);
    CHECK(*refused->error_description == "Not you!");
    CHECK(*refused->error_uri == "https://e.example/1");
    const auto posted = oauth::read_redirect_parameters("code=a%2Bb&state=x+y&iss=https%3A%2F%2Fi",
                                                        secret{"x y"}, memory);
    REQUIRE(posted);
    CHECK((*posted->code).reveal() == "a+b");
    CHECK(*posted->iss == "https://i");
    std::array<char, 300> buffer;
    writer out{buffer};
    print(*posted, out);
    CHECK(out.written().find("a+b") == text::npos);
    CHECK(out.written().find("x y") == text::npos);
}

TEST_CASE("redirect: another state is a clear error, whatever else was sent") {
    const std::string wrong = "state: the state is not the one that was sent";
    CHECK(fault("/cb?code=a&state=xyz") == "read");
    for (const text state : {"", "x", "xy", "xyzz", "xyZ", "Xyz", "xyz%00", "%78yz%20"})
        CHECK(fault("/cb?code=a&state=" + std::string{state}) == wrong);
    CHECK(fault("/cb?code=a&state=%78yz") == "read");
    CHECK(fault("/cb?code=a") == wrong);
    CHECK(fault("/cb") == wrong);
    CHECK(fault("") == wrong);
    CHECK(fault("/cb?error=access_denied&state=other") == wrong);
    CHECK(fault("/cb?code=a&error=b&state=other") == wrong);
    CHECK(fault("/cb#?code=a&state=xyz") == wrong);
    CHECK(fault("/cb?code=a&state=", "") ==
          "expected_state: a parameter has a value that is not allowed");
}

TEST_CASE("redirect: what is refused although the state is right") {
    CHECK(fault("/cb?state=xyz") == "code: a required parameter is missing");
    CHECK(fault("/cb?state=xyz&code=") == "code: a required parameter is missing");
    CHECK(fault("/cb?state=xyz&code=a&error=b") ==
          "error: a parameter has a value that is not allowed");
    CHECK(fault("/cb?state=xyz&code=a&code=b") == "code: the parameter occurs twice (at byte 17)");
    CHECK(fault("/cb?state=xyz&state=xyz&code=a") ==
          "state: the parameter occurs twice (at byte 10)");
    CHECK(fault("/cb?state=xyz&code=%4") == "not a valid escape sequence (at byte 15)");
    CHECK(fault("/cb?state=xyz&code=%FF") == "code: not valid UTF-8 (at byte 10)");
    CHECK(fault("/cb?state=xyz&code=a b") ==
          "a parameter has a value that is not allowed (at byte 16)");
}
