// Forms by appendix B of RFC 6749 and the bodies of CloudLink's token requests; strict reading; an
// operation that sends one, and the server's side of it.
#include "exact_memory.hpp"
#include <tipring/core/field.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/request.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/server/parse.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <variant>

using namespace tipring;

namespace form_types {

struct login {
    field<text> grant_type{};
    field<text> username{};
    field<secret> password{};
    field<text> account_id{};
    field<std::int32_t> max_age{};
};
TIPRING_DESCRIBE(login, TIPRING_MEMBER(grant_type, "").required(), TIPRING_MEMBER(username, ""),
                 TIPRING_MEMBER(password, "").alias("pasword"), TIPRING_MEMBER(account_id, ""),
                 TIPRING_MEMBER(max_age, ""));

struct sign_in {
    using answer = http::done;

    text realm{};
    field<text> username{};
    field<secret> password{};
};
TIPRING_DESCRIBE(sign_in, TIPRING_MEMBER(realm, "").path().required(),
                 TIPRING_MEMBER(username, "").required(), TIPRING_MEMBER(password, ""));
TIPRING_OPERATION(sign_in, .method = http::method::post, .path = "/{realm}/token",
                  .body = http::body_format::form);

struct limits {
    field<text> name{};
    field<std::int32_t> most{};
};
TIPRING_DESCRIBE(limits, TIPRING_MEMBER(name, "").required(), TIPRING_MEMBER(most, "").required());

} // namespace form_types

using form_types::login;
using form_types::sign_in;

namespace {

std::string form(const login& value) {
    std::array<char, 512> buffer;
    const auto written = http::encode_form(value, buffer);
    return written ? std::string{*written} : "error";
}

std::string encoded(text raw) {
    std::array<char, 512> buffer;
    writer out{buffer};
    http::put_form_encoded(out, raw);
    return std::string{out.written()};
}

error refused(text body) {
    static_arena<512> memory;
    const auto read = http::decode_form<login>(body, memory);
    CHECK(memory.used() == 0);
    return read.error();
}

std::string line(const error& failure) {
    std::array<char, 200> buffer;
    return std::string{describe(failure, buffer)};
}

constexpr text v2_plus = "grant_type=password&username=user%2Btest%40example.com"
                         "&password=p%26ss+w%3Drd%251%C3%A9&account_id=327410625";
constexpr text v2_escaped = "grant_type=password&username=user%2Btest%40example.com"
                            "&password=p%26ss%20w%3Drd%251%C3%A9&account_id=327410625";

static_assert(http::form_type<login>);
static_assert(http::is_form("Application/X-WWW-Form-URLencoded; charset=UTF-8"));
static_assert(!http::is_form("application/json"));
static_assert(!http::is_form("x-www-form-urlencoded"));

} // namespace

TEST_CASE("form: RFC 6749 appendix B") {
    // U+0020 U+0025 U+0026 U+002B U+00A3 U+20AC
    CHECK(encoded(" %&+\xC2\xA3\xE2\x82\xAC") == "+%25%26%2B%C2%A3%E2%82%AC");
}

TEST_CASE("form: each byte alone") {
    constexpr text kept = "*-._";
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const char c = static_cast<char>(static_cast<unsigned char>(byte));
        const bool stays = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                           (byte >= 'A' && byte <= 'Z') || kept.find(c) != text::npos;
        std::string expected(1, c);
        if (byte == ' ')
            expected = "+";
        else if (!stays)
            expected =
                std::string{'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
        CHECK(encoded(text{&c, 1}) == expected);
        CHECK(encoded(std::string{"ab"} + c + "yz") == "ab" + expected + "yz");
    }
}

TEST_CASE("form: CloudLink's token request, written, and read in both spellings of a blank") {
    const login value{.grant_type = "password",
                      .username = "user+test@example.com",
                      .password = secret{"p&ss w=rd%1\xC3\xA9"},
                      .account_id = "327410625"};
    CHECK(form(value) == v2_plus);
    for (const text body : {v2_plus, v2_escaped}) {
        static_arena<512> memory;
        const auto read = http::decode_form<login>(body, memory);
        REQUIRE(read);
        CHECK(read->username.value_or("") == "user+test@example.com");
        CHECK((*read->password).reveal() == "p&ss w=rd%1\xC3\xA9");
        CHECK(*read == value);
    }
}

TEST_CASE("form: integers, absent members, empty text") {
    CHECK(form({.grant_type = "x"}) == "grant_type=x");
    CHECK(form({.grant_type = "x", .username = "", .max_age = -5}) ==
          "grant_type=x&username=&max_age=-5");
    static_arena<64> memory;
    const auto read =
        http::decode_form<login>("&grant_type=x&&username=&max_age=2147483647&", memory);
    REQUIRE(read);
    CHECK(read->username.is_absent());
    CHECK(*read->max_age == 2147483647);
}

TEST_CASE("form: what cannot be written") {
    std::array<char, 64> buffer;
    CHECK(line(http::encode_form(login{}, buffer).error()) ==
          "grant_type: a required parameter is missing");
    CHECK(line(http::encode_form(login{.grant_type = ""}, buffer).error()) ==
          "grant_type: a required parameter is missing");
    CHECK(line(http::encode_form(login{.grant_type = "x", .username = null}, buffer).error()) ==
          "username: a parameter has a value that is not allowed");
    CHECK(line(http::encode_form(login{.grant_type = "x", .password = secret{"ab\xFF"}}, buffer)
                   .error()) == "password: not valid UTF-8 (at byte 2)");
    for (std::size_t size = 0; size < 12; ++size) {
        const auto written =
            http::encode_form(login{.grant_type = "x"}, std::span{buffer}.first(size));
        CHECK(written.code() == errc::capacity);
        CHECK(written.error().needed == 12);
    }
}

TEST_CASE("form: strict reading") {
    CHECK(line(refused("")) == "grant_type: a required parameter is missing");
    CHECK(line(refused("grant_type=")) == "grant_type: a required parameter is missing");
    CHECK(line(refused("grant_type=x&grant_type=x")) ==
          "grant_type: the parameter occurs twice (at byte 13)");
    CHECK(line(refused("grant_type=x&%67rant_type=")) ==
          "grant_type: the parameter occurs twice (at byte 13)");
    CHECK(line(refused("grant_type=x%4")) == "not a valid escape sequence (at byte 12)");
    CHECK(line(refused("grant_type=x%4g")) == "not a valid escape sequence (at byte 12)");
    CHECK(line(refused("grant_type=x y")) ==
          "a parameter has a value that is not allowed (at byte 12)");
    for (const text bad : {text{"\"", 1}, text{"\xC3\xA9", 2}, text{"\r", 1}, text{"\n", 1},
                           text{"\0", 1}, text{"<", 1}, text{"#", 1}, text{"\\", 1}}) {
        const error failure = refused("grant_type=" + std::string{bad});
        CHECK(failure.code == errc::bad_parameter);
        CHECK(failure.offset == 11);
    }
    CHECK(line(refused("grant_type=x&username=%FF")) == "username: not valid UTF-8 (at byte 13)");
    for (const text bad : {"max_age=1.5", "max_age=2147483648", "max_age=x", "max_age=+1"})
        CHECK(line(refused("grant_type=x&" + std::string{bad})) ==
              "max_age: a parameter has a value that is not allowed (at byte 13)");
}

TEST_CASE("form: the number of parameters is bounded, and unknown ones are passed over") {
    static_arena<64> memory;
    const auto read =
        http::decode_form<login>("a=1&grant_type=x&b=%20&b=2", memory, {.most_parameters = 4});
    REQUIRE(read);
    CHECK(*read->grant_type == "x");
    const auto many =
        http::decode_form<login>("a=1&grant_type=x&b=2", memory, {.most_parameters = 2});
    CHECK(many.code() == errc::too_many);
    CHECK(many.error().needed == 3);
}

TEST_CASE("form: a misspelling loses against the right name") {
    static_arena<64> memory;
    for (const text body : {"grant_type=x&password=right&pasword=wrong",
                            "grant_type=x&pasword=wrong&password=right"}) {
        const auto read = http::decode_form<login>(body, memory);
        REQUIRE(read);
        CHECK((*read->password).reveal() == "right");
    }
    const auto read = http::decode_form<login>("grant_type=x&pasword=wrong", memory);
    REQUIRE(read);
    CHECK((*read->password).reveal() == "wrong");
}

TEST_CASE("form: arenas of every size") {
    const exact_memory::exact_text body{v2_escaped};
    exact_memory::with_every_arena(64, [&](arena& memory) -> result<bool> {
        const auto read = http::decode_form<login>(body.view(), memory);
        if (!read) return read.error();
        return (*read->password).reveal() == "p&ss w=rd%1\xC3\xA9";
    });
}

TEST_CASE("form: an operation that sends one, and its server") {
    static_arena<1024> memory;
    const origin_server server{.origin = "https://a.example"};
    const auto request =
        encode(sign_in{.realm = "r", .username = "a b", .password = secret{"c&d"}}, server, memory);
    REQUIRE(request);
    CHECK(request->target == "/r/token");
    CHECK(request->body == "username=a+b&password=c%26d");
    CHECK(http::header_value(request->headers, "Content-Type") ==
          "application/x-www-form-urlencoded");
    const auto parsed = server::parse_as<sign_in>(*request, memory);
    REQUIRE(parsed);
    const auto& op = std::get<sign_in>(*parsed);
    CHECK(op.realm == "r");
    CHECK(*op.username == "a b");
    CHECK((*op.password).reveal() == "c&d");

    CHECK(encode(sign_in{.realm = "r"}, server, memory).code() == errc::missing_parameter);
    http::request as_json = *request;
    const http::header json_type{.name = "Content-Type", .value = "application/json"};
    as_json.headers = {&json_type, 1};
    CHECK(server::parse_as<sign_in>(as_json, memory).code() == errc::unexpected_content_type);
}

TEST_CASE("form: members that are no part of a form are not taken from one") {
    static_arena<512> memory;
    const auto read = http::decode_form<sign_in>("realm=x&username=u", memory);
    REQUIRE(read);
    CHECK(read->realm.empty());
    CHECK(*read->username == "u");
    CHECK(http::decode_form<sign_in>("realm=x", memory).code() == errc::missing_parameter);
}

TEST_CASE("form: what is required may be text or a number") {
    static_arena<512> memory;
    const auto read = http::decode_form<form_types::limits>("name=a&most=0", memory);
    REQUIRE(read);
    CHECK(*read->most == 0);
    for (const text body :
         {text{"name=a"}, text{"name=a&most="}, text{"most=1"}, text{"name=&most=1"}})
        CHECK(http::decode_form<form_types::limits>(body, memory).code() ==
              errc::missing_parameter);
}

TEST_CASE("form: a name with escapes needs room too") {
    arena none;
    CHECK(http::decode_form<login>("user%6Eame=u", none).code() == errc::capacity);
}
