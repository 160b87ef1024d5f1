// Bearer tokens and challenges by RFC 6750, RFC 9110 section 11.6.1 and CloudLink's vectors.
#include <tipring/auth/bearer.hpp>

#include <doctest/doctest.h>

#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace tipring;

namespace {

std::optional<auth::bearer_challenge> challenge(text value) {
    const http::header header{.name = "www-authenticate", .value = value};
    return auth::find_bearer_challenge({&header, 1});
}

bool asks(int status, text value) {
    const http::header header{.name = "WWW-Authenticate", .value = value};
    return auth::asks_for_new_token(status, {&header, 1});
}

static_assert(auth::check_bearer_token(secret{"mF_9.B5f-4.1JqM"}).has_value());
static_assert(auth::parse_bearer("Bearer abc").has_value());

} // namespace

TEST_CASE("bearer: what a token may hold, and the token of the CloudLink documents (Q-34)") {
    for (const text good :
         {text{"a"}, text{"mF_9.B5f-4.1JqM"}, text{"a=="}, text{"-._~+/"},
          text{"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ=="}}) // base64 of JSON, opaque like a JWT
        CHECK(auth::check_bearer_token(secret{good}));
    const auto offset = [](text token) {
        const auto checked = auth::check_bearer_token(secret{token});
        return checked ? -1 : static_cast<int>(checked.error().offset);
    };
    CHECK(offset("") == 0);
    CHECK(offset("=") == 0);
    CHECK(offset("a=b") == 2);
    CHECK(offset("a b") == 1);
    CHECK(offset("a\r\nX: y") == 1);
    CHECK(offset(text{"a\0", 2}) == 1);
    CHECK(offset("ab\xC3\xA9") == 2);
    CHECK(offset("a\"") == 1);
}

TEST_CASE("bearer: the header as servers read it, with and without the scheme (Q-30)") {
    for (const text value : {text{"Bearer abc=="}, text{"bearer abc=="}, text{"BEARER   abc== "}}) {
        const auto token = auth::parse_bearer(value);
        REQUIRE(token);
        CHECK(token->reveal() == "abc==");
        CHECK(auth::parse_bearer(value, true)->reveal() == "abc==");
    }
    CHECK(auth::parse_bearer("abc==").code() == errc::bad_header);
    CHECK(auth::parse_bearer("abc==", true)->reveal() == "abc==");
    CHECK(auth::parse_bearer("Bearer", true)->reveal() == "Bearer");
    for (const text bad : {text{""}, text{" "}, text{"Bearer"}, text{"Bearer "}, text{"Bearer a b"},
                           text{"Basic YTpi"}, text{"Bearerabc x"}})
        CHECK(auth::parse_bearer(bad).code() == errc::bad_header);
    CHECK(auth::parse_bearer("Basic YTpi", true).code() == errc::bad_header);
    CHECK(auth::parse_bearer("Bearer a b").error().offset == 7);
}

TEST_CASE("bearer: a header of its own for a token that something else keeps") {
    const auto made = auth::bearer_authorization::make(secret{"mF_9.B5f-4.1JqM"});
    REQUIRE(made);
    const http::header header = made->header();
    CHECK(header.name == "Authorization");
    CHECK(header.value == "Bearer mF_9.B5f-4.1JqM");
    CHECK(header.is_secret);
    CHECK(auth::parse_bearer(header.value)->reveal() == "mF_9.B5f-4.1JqM");
    CHECK(auth::bearer_authorization{}.empty());

    for (const text bad : {"", "a b", "=", "a\r\nX: y", "caf\xC3\xA9"}) {
        const auto refused = auth::bearer_authorization::make(secret{bad});
        CHECK_MESSAGE(refused.code() == errc::bad_parameter, bad);
    }
    CHECK(auth::bearer_authorization::make(secret{"ab c"}).error().offset == 2);
    REQUIRE(auth::bearer_authorization_of<4>::make(secret{"abc="}));
    const auto short_of_one = auth::bearer_authorization_of<4>::make(secret{"abcd="});
    CHECK(short_of_one.code() == errc::capacity);
    CHECK(short_of_one.error().needed == 5);
}

TEST_CASE("bearer: the header is wiped where it was moved from and destroyed") {
    using kept = auth::bearer_authorization_of<16>;
    alignas(kept) unsigned char bytes[sizeof(kept)];
    const auto holds = [&bytes](text wanted) {
        const volatile unsigned char* const left = bytes;
        std::string seen;
        for (std::size_t i = 0; i < sizeof bytes; ++i) seen += static_cast<char>(left[i]);
        return seen.find(wanted) != std::string::npos;
    };
    auto made = kept::make(secret{"0123456789abcdef"});
    REQUIRE(made);
    kept* const placed = new (bytes) kept{std::move(*made)};
    CHECK((*made).empty());
    CHECK(holds("Bearer 0123456789abcdef"));
    kept moved{std::move(*placed)};
    CHECK_FALSE(holds("0123"));
    *placed = std::move(moved);
    CHECK(holds("0123"));
    placed->~kept();
    CHECK_FALSE(holds("0123"));
    CHECK_FALSE(holds("Bearer"));
}

TEST_CASE("bearer: no token at all is refused behind the value") {
    CHECK(auth::parse_bearer("", true).error().offset == 0);
    CHECK(auth::parse_bearer("  ", true).error().offset == 2);
    CHECK(auth::parse_bearer("  ").error().offset == 0);
}

TEST_CASE("challenge: the examples of the documents") {
    const auto expired = challenge(R"(Bearer realm="cloudlink", error="invalid_token", )"
                                   R"(error_description="The access token expired")");
    REQUIRE(expired);
    CHECK(expired->realm == "cloudlink");
    CHECK(expired->error == "invalid_token");
    CHECK(expired->error_description == "The access token expired");
    const auto bare = challenge("bearer");
    REQUIRE(bare);
    CHECK(bare->error.empty());
    const auto second =
        challenge(R"(Basic realm="x", Bearer error="insufficient_scope", scope="read write")");
    REQUIRE(second);
    CHECK(second->realm.empty());
    CHECK(second->error == "insufficient_scope");
    CHECK(second->scope == "read write");
}

TEST_CASE("challenge: lists, other schemes, blanks, quotes") {
    CHECK_FALSE(challenge(""));
    CHECK_FALSE(challenge(" , ,"));
    CHECK_FALSE(challenge(R"(Basic realm="Bearer error=x")"));
    CHECK_FALSE(challenge("Negotiate YWJj=="));
    CHECK(challenge("Negotiate YWJj==, Bearer error=invalid_token")->error == "invalid_token");
    CHECK(challenge("Negotiate, Bearer error = invalid_token")->error == "invalid_token");
    CHECK(challenge(R"(Bearer ERROR="a,b\"c", Basic error="d")")->error == R"(a,b\"c)");
    CHECK(challenge("Bearer error=a, error=b")->error == "a");
    CHECK(challenge(R"(Bearer realm="x", Digest error="d")")->error.empty());
    CHECK(challenge(R"(Bearer realm="never ends)")->realm.empty());
    CHECK(challenge("Bearer realm=\"ends in a backslash\\")->realm.empty());
    CHECK_FALSE(challenge("Bearer =, error=x"));
    CHECK_FALSE(challenge("\"quoted\", Bearer error=x"));
    CHECK_FALSE(challenge("YWJj==, Bearer error=x"));
    CHECK_FALSE(challenge("Negotiate abc def=="));
    CHECK(challenge("Negotiate\tYWJj,\tBearer\terror\t=\tinvalid_token")->error == "invalid_token");
    const std::vector<http::header> headers = {
        {.name = "WWW-Authenticate", .value = "Basic"},
        {.name = "X", .value = "Bearer error=no"},
        {.name = "Www-Authenticate", .value = "Bearer error=yes"}};
    CHECK(auth::find_bearer_challenge(headers)->error == "yes");
}

TEST_CASE("challenge: only invalid_token or a bare 401 asks for a new token, a 403 never") {
    CHECK(auth::asks_for_new_token(401, {}));
    CHECK(asks(401, "Bearer"));
    CHECK(asks(401, "Basic realm=x"));
    CHECK(asks(401, "Bearer error=\"invalid_token\""));
    CHECK_FALSE(asks(401, "Bearer error=\"insufficient_scope\""));
    CHECK_FALSE(asks(401, "Bearer error=\"invalid_request\""));
    CHECK_FALSE(asks(403, "Bearer error=\"invalid_token\""));
    CHECK_FALSE(asks(200, "Bearer"));
}

TEST_CASE("challenge: tabs are no reason to read the rest again and again") {
    std::string value;
    for (int i = 0; i < 200'000; ++i) value += "a\t";
    value += "a b";
    CHECK_FALSE(challenge(value));
    CHECK(challenge(value + ", Bearer realm=x")->realm == "x");
}
