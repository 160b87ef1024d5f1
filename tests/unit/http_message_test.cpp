// Messages and field rules, after RFC 9110 and the decisions D-3 and D-54.
#include <tipring/http/field_rules.hpp>
#include <tipring/http/message.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>

#include "effort.hpp"

using namespace tipring;

namespace {

static_assert(std::is_trivially_copyable_v<http::request>);
static_assert(std::is_trivially_copyable_v<http::response>);
static_assert(std::is_trivially_copyable_v<http::mutable_response>);
static_assert(http::name(http::method::delete_) == "DELETE");
static_assert(http::is_json("application/json"));
static_assert(http::check(http::header{.name = "Accept", .value = "application/json"}));

std::string name_in(const error& failure) {
    return failure.path.size == 1 ? std::string{failure.path.steps[0].member()} : "";
}

} // namespace

TEST_CASE("method: names there and back, with their case") {
    using http::method;
    CHECK(http::name(method::get) == "GET");
    CHECK(http::name(method::head) == "HEAD");
    CHECK(http::name(method::post) == "POST");
    CHECK(http::name(method::put) == "PUT");
    CHECK(http::name(method::patch) == "PATCH");
    CHECK(http::name(static_cast<method>(200)) == "");
    for (const method m :
         {method::get, method::head, method::post, method::put, method::patch, method::delete_})
        CHECK(http::parse_method(http::name(m)) == m);
    CHECK(!http::parse_method("get"));
    CHECK(!http::parse_method(""));
    CHECK(!http::parse_method("OPTIONS"));
}

TEST_CASE("headers: found without case, the first of several") {
    const http::header headers[] = {
        {.name = "content-TYPE", .value = "application/json"},
        {.name = "X-A", .value = "1"},
        {.name = "x-a", .value = "2"},
    };
    const http::response response{.status = 200, .headers = headers};
    CHECK(response.content_type() == "application/json");
    REQUIRE(response.find("X-a") != nullptr);
    CHECK(response.find("X-a")->value == "1");
    CHECK(response.find("X") == nullptr);
    CHECK(http::header_value(headers, "X-B") == "");
    const http::request request{.method = http::method::post, .headers = headers};
    CHECK(request.find("x-A") == &headers[1]);
}

TEST_CASE("D-54: a request without a body needs no Content-Type to be put together") {
    const http::request muting{.method = http::method::post,
                               .origin = "https://recorder.example",
                               .target = "/api/v2/calls/0f1e.json/muting?action=mute"};
    CHECK(muting.find("Content-Type") == nullptr);
    CHECK(muting.body.empty());
}

TEST_CASE("mutable_response: seen as a plain one, on the same bytes") {
    char body[] = "{}";
    const http::header headers[] = {{.name = "Content-Type", .value = "text/plain"}};
    const http::mutable_response received{
        .status = 404, .headers = headers, .body = std::span{body, 2}};
    const http::response seen = received;
    CHECK(seen.status == 404);
    CHECK(seen.body.data() == body);
    CHECK(seen.body == "{}");
    CHECK(seen.content_type() == "text/plain");
    CHECK(received.content_type() == "text/plain");
    CHECK(received.find("content-type") == &headers[0]);
}

TEST_CASE("D-3: JSON is known by its media type, whatever the case and parameters") {
    for (const text yes : {text{"application/json"}, text{"Application/JSON"},
                           text{"application/json; charset=utf-8"}, text{" application/json\t;x"},
                           text{"application/problem+json"}, text{"text/json"},
                           text{"application/vnd.api+JSON;a=b"}, text{"application/json;"}}) {
        CAPTURE(yes);
        CHECK(http::is_json(yes));
    }
    for (const text no : {text{""}, text{"text/plain"}, text{"text/html; charset=application/json"},
                          text{"json"}, text{"application/jsonp"}, text{"application/json-seq"},
                          text{"+json"}, text{"/+json"}, text{"/a+json"}, text{"application/+json"},
                          text{"application/x-json"}, text{"application /json"}}) {
        CAPTURE(no);
        CHECK(!http::is_json(no));
    }
    CHECK(http::media_type("text/plain ; charset=utf-8") == "text/plain");
}

TEST_CASE("is_success: the class 2xx") {
    CHECK(!http::is_success(199));
    CHECK(http::is_success(200));
    CHECK(http::is_success(299));
    CHECK(!http::is_success(300));
}

TEST_CASE("field names: tokens, byte by byte (RFC 9110 section 5.6.2)") {
    const std::string tchar =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const std::string name{'X', static_cast<char>(byte), 'Y'};
        const bool allowed = tchar.find(static_cast<char>(byte)) != std::string::npos;
        const auto checked = http::check(http::header{.name = name, .value = "v"});
        CHECK(checked.has_value() == allowed);
        if (allowed) continue;
        CHECK(checked.code() == errc::bad_header);
        CHECK(checked.error().offset == 1);
    }
    CHECK(http::check(http::header{.name = "", .value = "v"}).code() == errc::bad_header);
}

TEST_CASE("field values: byte by byte (RFC 9110 section 5.5)") {
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const std::string value{'a', 'b', static_cast<char>(byte), 'c'};
        const bool sent = byte == '\t' || (byte >= 0x20 && byte <= 0x7E);
        const bool received = sent || byte >= 0x80;
        CHECK((http::find_bad_in_value(value) == (sent ? 4u : 2u)));
        CHECK((http::find_bad_in_value(value, http::obs_text::allowed) == (received ? 4u : 2u)));
        const auto checked = http::check(http::header{.name = "Accept", .value = value});
        CHECK(checked.has_value() == sent);
        if (!sent) CHECK(checked.error().offset == 2);
    }
}

TEST_CASE("field values: the first bad byte is found wherever it stands") {
    // Up to 26 every size, then some around the steps in which long values are looked at.
    for (std::size_t size = 1; size <= 76; size += size < 26 ? 1 : 10)
        for (const char around : {' ', 'a', '~'}) {
            unsigned wrong = 0;
            for (std::size_t at = 0; at < size; ++at)
                for (unsigned byte = 0; byte < 256; byte += effort::stride) {
                    std::string value(size, around);
                    value[at] = static_cast<char>(byte);
                    value.back() = at + 1 == size ? value.back() : '\0';
                    const bool good = byte == '\t' || (byte >= 0x20 && byte <= 0x7E);
                    const std::size_t next = at + 1 == size ? size : size - 1;
                    // The copy ends where the block does, so that reading on is seen.
                    const auto exact = std::make_unique<char[]>(size);
                    std::copy(value.begin(), value.end(), exact.get());
                    wrong += http::find_bad_in_value({exact.get(), size}) != (good ? next : at);
                }
            CAPTURE(size);
            CHECK(wrong == 0);
        }
}

TEST_CASE("field values: no blanks at the ends, and empty ones are fine") {
    CHECK(http::check(http::header{.name = "X", .value = ""}));
    CHECK(http::check(http::header{.name = "X", .value = "a b"}));
    CHECK(http::check(http::header{.name = "X", .value = " a"}).error().offset == 0);
    CHECK(http::check(http::header{.name = "X", .value = "a \t"}).error().offset == 2);
    CHECK(http::check(http::header{.name = "X", .value = "\t"}).error().offset == 0);
}

TEST_CASE(
    "field rules: the error names well-known headers by static text, and the first bad one of many") {
    const std::string name = "authorization";
    const auto named = http::check(http::header{.name = name, .value = "Basic x\r\nX: y"});
    CHECK(name_in(named.error()) == "Authorization");
    CHECK(named.error().offset == 7);
    CHECK(name_in(http::check(http::header{.name = "X-Own", .value = "\n"}).error()) == "");

    const http::header headers[] = {{.name = "Accept", .value = "*/*"},
                                    {.name = "Range", .value = "\x01"},
                                    {.name = "Host", .value = "\x01"}};
    const auto first = http::check(headers);
    CHECK(first.code() == errc::bad_header);
    CHECK(name_in(first.error()) == "Range");
    CHECK(http::check(std::span{headers}.first(1)));
}
