// The token endpoint by RFC 6749 and CloudLink's documents: what is sent, read by the server's side
// too; answers and refusals.
#include <tipring/auth/basic.hpp>
#include <tipring/auth/oauth2.hpp>
#include <tipring/http/log.hpp>
#include <tipring/http/request.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/json/print.hpp>
#include <tipring/server/parse.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>

using namespace tipring;

namespace {

constexpr origin_server endpoint{.origin = "https://authentication.api.mitel.io",
                                 .prefix = "/2017-09-01"};

template <class Grant>
std::string body_of(const Grant& grant) {
    static_arena<2048> memory;
    const auto request = encode(grant, endpoint, memory);
    REQUIRE(request);
    CHECK(request->method == http::method::post);
    CHECK(request->target == "/2017-09-01/token");
    CHECK(http::header_value(request->headers, "Content-Type") ==
          "application/x-www-form-urlencoded");
    CHECK(http::header_value(request->headers, "Accept") == "application/json");
    return std::string{request->body};
}

std::string line(const error& failure) {
    std::array<char, 200> buffer;
    return std::string{describe(failure, buffer)};
}

http::answer<oauth::token_answer> answered(int status, text body, arena& memory) {
    return decode<oauth::refresh_token_grant>(http::response{.status = status, .body = body},
                                              memory);
}

constexpr text v1 =
    R"({"token_type":"bearer","expires_in":4090,"access_token":"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ==",)"
    R"("refresh_token":"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUiLCJyIjoxfQ==","scope":"read write"})";

} // namespace

TEST_CASE("token request: bodies of the documents, in the right spelling (Q-1, Q-2, Q-3)") {
    CHECK(
        body_of(oauth::password_grant{.username = "user+test@example.com",
                                      .password = secret{"p&ss w=rd%1\xC3\xA9"}}) ==
        "grant_type=password&username=user%2Btest%40example.com&password=p%26ss+w%3Drd%251%C3%A9");
    CHECK(body_of(oauth::refresh_token_grant{.refresh_token = secret{"abc.def-ghi_jkl"}}) ==
          "grant_type=refresh_token&refresh_token=abc.def-ghi_jkl");
    CHECK(body_of(oauth::client_credentials_grant{.client_id = "0123456789abcdef0123456789abcdef",
                                                  .client_secret = secret{"s3cr3t"}}) ==
          "grant_type=client_credentials&client_id=0123456789abcdef0123456789abcdef"
          "&client_secret=s3cr3t");
    CHECK(
        body_of(oauth::authorization_code_grant{.code = secret{"SplxlOBeZQQYbYS6WxSbIA"},
                                                .client_id = "0123456789abcdef0123456789abcdef"}) ==
        "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA"
        "&client_id=0123456789abcdef0123456789abcdef");
}

TEST_CASE("token request: the examples of RFC 6749, with Basic") {
    CHECK(body_of(oauth::password_grant{.username = "johndoe", .password = secret{"A3ddj3w"}}) ==
          "grant_type=password&username=johndoe&password=A3ddj3w");
    CHECK(
        body_of(oauth::authorization_code_grant{.code = secret{"SplxlOBeZQQYbYS6WxSbIA"},
                                                .redirect_uri = "https://client.example.com/cb"}) ==
        "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA"
        "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb");
    CHECK(body_of(oauth::client_credentials_grant{}) == "grant_type=client_credentials");
    // Section 2.3.1.
    const auto login =
        auth::basic_authorization::make_client("s6BhdRkqt3", secret{"7Fjfp0ZBr1KtDRbnfVdmIw"});
    REQUIRE(login);
    CHECK(login->header().value == "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
}

TEST_CASE("token request: what is missing, and a verifier that is none") {
    static_arena<1024> memory;
    const auto fault = [&](const auto& grant) {
        return line(encode(grant, endpoint, memory).error());
    };
    CHECK(fault(oauth::password_grant{.password = secret{"x"}}) ==
          "username: a required parameter is missing");
    CHECK(fault(oauth::password_grant{.username = "x"}) ==
          "password: a required parameter is missing");
    CHECK(fault(oauth::refresh_token_grant{}) == "refresh_token: a required parameter is missing");
    CHECK(fault(oauth::authorization_code_grant{}) == "code: a required parameter is missing");
    CHECK(fault(oauth::authorization_code_grant{.code = secret{"x"},
                                                .code_verifier = secret{"short"}}) ==
          "code_verifier: a parameter has a value that is not allowed");
    CHECK(memory.used() == 0);
}

TEST_CASE("token request: the server's side reads each of them") {
    static_arena<2048> memory;
    const auto parsed = [&](const auto& grant) {
        const auto request = encode(grant, endpoint, memory);
        REQUIRE(request);
        const auto read =
            server::parse_as<oauth::token_request>(*request, memory, {.prefix = "/2017-09-01"});
        REQUIRE(read);
        return std::get<0>(*read);
    };
    const auto password = parsed(oauth::password_grant{
        .username = "a b", .password = secret{"p&"}, .scope = "read write", .client_id = "c"});
    CHECK(password.grant_type == oauth::grant_type::password);
    CHECK(*password.username == "a b");
    CHECK((*password.password).reveal() == "p&");
    CHECK(*password.scope == "read write");
    CHECK(*password.client_id == "c");
    const auto refresh = parsed(oauth::refresh_token_grant{.refresh_token = secret{"r/+="}});
    CHECK(refresh.grant_type == oauth::grant_type::refresh_token);
    CHECK((*refresh.refresh_token).reveal() == "r/+=");
    const auto code = parsed(oauth::authorization_code_grant{
        .code = secret{"c"}, .code_verifier = secret{std::string(43, 'v')}});
    CHECK(code.grant_type == oauth::grant_type::authorization_code);
    CHECK(code.code_verifier->size() == 43);
    CHECK(parsed(oauth::client_credentials_grant{}).grant_type ==
          oauth::grant_type::client_credentials);
}

TEST_CASE("token request: what the server's side refuses") {
    static_arena<1024> memory;
    const http::header form{.name = "Content-Type",
                            .value = "Application/X-WWW-Form-URLencoded;charset=utf-8"};
    const auto fault = [&](text body) {
        const auto read = server::parse_as<oauth::token_request>(
            {.method = http::method::post, .target = "/token", .headers = {&form, 1}, .body = body},
            memory);
        return read ? std::string{std::get<0>(*read).grant_type.value} : line(read.error());
    };
    CHECK(fault("grant_type=password&username=x") == "password: a required parameter is missing");
    CHECK(fault("grant_type=password&password=x") == "username: a required parameter is missing");
    CHECK(fault("grant_type=refresh_token&refresh_token=") ==
          "refresh_token: a required parameter is missing");
    CHECK(fault("grant_type=authorization_code") == "code: a required parameter is missing");
    CHECK(fault("username=x") == "grant_type: a required parameter is missing");
    CHECK(fault("") == "grant_type: a required parameter is missing");
    CHECK(fault("grant_type=password&grant_type=password") ==
          "grant_type: the parameter occurs twice (at byte 20)");
    CHECK(fault("grant_type=urn%3Ax%3Aother&y=z") == "urn:x:other");
}

TEST_CASE("basic client: id and secret are form-encoded first, so anything may be in them") {
    // Python: base64.b64encode(b':'.join(quote_plus(x).encode() for x in ('a:b c', 'p%+é~/')))
    const auto odd = auth::basic_authorization::make_client("a:b c", secret{"p%+\xC3\xA9*/"});
    REQUIRE(odd);
    CHECK(odd->header().value == "Basic YSUzQWIrYzpwJTI1JTJCJUMzJUE5KiUyRg==");
    CHECK(odd->header().is_secret);
    static_arena<256> memory;
    const auto read = auth::parse_basic_client(odd->header().value, memory);
    REQUIRE(read);
    CHECK(read->user == "a:b c");
    CHECK(read->password.reveal() == "p%+\xC3\xA9*/");
    CHECK(auth::parse_basic_client("Basic YTolenM=", memory).code() == errc::bad_header);   // a:%zs
    CHECK(auth::parse_basic_client("Basic YTolRkY=", memory).code() == errc::invalid_utf8); // a:%FF

    CHECK(auth::basic_authorization::make_client("", secret{"x"}).code() == errc::bad_parameter);
    CHECK(auth::basic_authorization::make_client("\xFF", secret{"x"}).code() == errc::invalid_utf8);
    CHECK(auth::basic_authorization::make_client("x", secret{"a\xFF"}).error().offset == 1);
    CHECK(auth::basic_authorization_of<8>::make_client("a", secret{"::"}));
    const auto full = auth::basic_authorization_of<7>::make_client("a", secret{"::"});
    CHECK(full.code() == errc::capacity);
    CHECK(full.error().needed == 8);
}

TEST_CASE("token answer: CloudLink's, with 201 or 200 (Q-4)") {
    for (const int status : {200, 201}) {
        static_arena<256> memory;
        const auto got = answered(status, v1, memory);
        REQUIRE(got);
        CHECK((*got->access_token).reveal() == "eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ==");
        CHECK((*got->refresh_token).reveal() == "eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUiLCJyIjoxfQ==");
        CHECK(*got->scope == "read write");
        CHECK(oauth::is_bearer(*got));
        CHECK(oauth::lifetime(*got) == std::chrono::seconds{4090});
    }
}

TEST_CASE("token answer: RFC 6749 section 5.1, null members, other types of token") {
    static_arena<256> memory;
    const auto rfc = answered(
        200,
        R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example","expires_in":3600,)"
        R"("refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","example_parameter":"example_value"})",
        memory);
    REQUIRE(rfc);
    CHECK_FALSE(oauth::is_bearer(*rfc));
    const auto bare =
        answered(200, R"({"access_token":"a","refresh_token":null,"scope":null})", memory);
    REQUIRE(bare);
    CHECK(oauth::is_bearer(*bare));
    CHECK_FALSE(oauth::lifetime(*bare));
    CHECK(bare->refresh_token.is_null());
    CHECK(
        oauth::is_bearer(*answered(200, R"({"access_token":"a","token_type":"BEARER"})", memory)));
    const auto missing = answered(200, R"({"token_type":"bearer"})", memory);
    CHECK(line(missing.error()).starts_with("access_token: a required member is missing"));
    // The seed's own answer has curly quotes and is no JSON (Q-5).
    CHECK(answered(201,
                   "{\xE2\x80\x9Ctoken_type\xE2\x80\x9D: \xE2\x80\x9C"
                   "bearer\xE2\x80\x9D}",
                   memory)
              .error()
              .code == errc::invalid_json);
}

TEST_CASE("token answer: expires_in in any form, never below 0, safe to add (Q-17)") {
    const auto life = [](text number) {
        static_arena<256> memory;
        const std::string body = R"({"access_token":"a","expires_in":)" + std::string{number} + "}";
        const auto got = answered(200, body, memory);
        REQUIRE(got);
        return oauth::lifetime(*got).value_or(std::chrono::seconds{-99}).count();
    };
    CHECK(life("3600") == 3600);
    CHECK(life("\"3600\"") == 3600);
    CHECK(life("0") == 0);
    CHECK(life("-1") == 0);
    CHECK(life("-9223372036854775808") == 0);
    CHECK(life("9223372036854775807") == 3'153'600'000);
    const utc_instant late{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};
    CHECK(late + std::chrono::seconds{life("9223372036854775807")} > late);
}

TEST_CASE("token refusal: code, sentence and page, in any status, and a body that is none") {
    static_arena<512> memory;
    const text body =
        R"({"error":"invalid_grant","error_description":"expired","error_uri":"https://e.example/1"})";
    for (const int status : {400, 401, 200}) {
        const auto got = answered(status, body, memory);
        REQUIRE(got.refusal() != nullptr);
        CHECK(got.refusal()->status == status);
        CHECK(got.refusal()->code == "invalid_grant");
        CHECK(got.refusal()->message == "expired");
        CHECK(got.refusal()->error_uri == "https://e.example/1");
        CHECK(oauth::code_of(*got.refusal()) == oauth::error_code::invalid_grant);
    }
    const auto own = answered(400, R"({"error":"slow_down","error_description":7})", memory);
    REQUIRE(own.refusal() != nullptr);
    CHECK(own.refusal()->code == "slow_down");
    CHECK(own.refusal()->message == "7");
    CHECK_FALSE(oauth::code_of(*own.refusal()));
    for (const text other :
         {text{""}, text{"<html>504</html>"}, text{R"({"message":"x"})"}, text{"{"}, text{"[]"}}) {
        const auto got = answered(504, other, memory);
        REQUIRE(got.refusal() != nullptr);
        CHECK(got.refusal()->status == 504);
        CHECK(got.refusal()->code.empty());
        CHECK(got.response().body == other);
    }
}

TEST_CASE("token refusal: arenas of every size give the whole refusal or say what is needed") {
    std::array<std::byte, 256> bytes;
    bool was_enough = false;
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        CAPTURE(size);
        arena memory{std::span{bytes}.first(size)};
        const auto got = answered(
            400,
            R"({"err\u006fr":"inv\u0061lid_grant","error_description":"exp\u0069red","error_uri":"\u002F1"})",
            memory);
        if (got.refusal() == nullptr) {
            CHECK_FALSE(was_enough);
            CHECK(got.error().code == errc::capacity);
            continue;
        }
        was_enough = true;
        CHECK(got.refusal()->code == "invalid_grant");
        CHECK(got.refusal()->message == "expired");
        CHECK(got.refusal()->error_uri == "/1");
    }
    CHECK(was_enough);
}

TEST_CASE("token refusal: every word of RFC 6749") {
    constexpr text words[] = {"invalid_request",        "invalid_client",
                              "invalid_grant",          "unauthorized_client",
                              "unsupported_grant_type", "invalid_scope",
                              "access_denied",          "unsupported_response_type",
                              "server_error",           "temporarily_unavailable"};
    std::int32_t value = 0;
    for (const text word : words) {
        const http::api_error refused{.code = word};
        CHECK(oauth::code_of(refused) == static_cast<oauth::error_code>(value++));
    }
}

TEST_CASE("token request: no secret is printed, in a value or in a log") {
    std::array<char, 600> buffer;
    const auto shown = [&](const auto& value) {
        writer out{buffer};
        print(value, out);
        return std::string{out.written()};
    };
    const auto hides = [](const std::string& printed) {
        return !printed.empty() && printed.find("hush") == std::string::npos;
    };
    const secret hush{"hush"};
    CHECK(hides(
        shown(oauth::password_grant{.username = "u", .password = hush, .client_secret = hush})));
    CHECK(hides(shown(oauth::refresh_token_grant{.refresh_token = hush, .client_secret = hush})));
    CHECK(hides(shown(oauth::client_credentials_grant{.client_secret = hush})));
    CHECK(hides(shown(oauth::authorization_code_grant{
        .code = hush, .client_secret = hush, .code_verifier = hush})));
    CHECK(hides(shown(oauth::token_request{.password = hush,
                                           .refresh_token = hush,
                                           .code = hush,
                                           .code_verifier = hush,
                                           .client_secret = hush})));
    CHECK(hides(
        shown(oauth::token_answer{.access_token = hush, .refresh_token = hush, .id_token = hush})));
    static_arena<1024> memory;
    const auto request =
        encode(oauth::password_grant{.username = "u", .password = hush}, endpoint, memory);
    REQUIRE(request);
    writer out{buffer};
    http::print_redacted(*request, out);
    CHECK(hides(std::string{out.written()}));
}
