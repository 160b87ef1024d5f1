// Bodies that are one member's value: an object, any JSON, bytes; from client to server.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <tipring/http/request.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/server/parse.hpp>

namespace body_tests {

using tipring::field;
using tipring::raw_json;
using tipring::text;
namespace http = tipring::http;

inline constexpr http::api words{.name = "words", .has_boolean_words = true};
inline constexpr http::api digits{.name = "digits"};

struct nothing {
    field<bool> unused{};
};
TIPRING_DESCRIBE(nothing, TIPRING_MEMBER(unused, "nothing"));

struct thing {
    field<text> name{};
    field<text> made_on{};
};
TIPRING_DESCRIBE(thing, TIPRING_MEMBER(name, "its name"),
                 TIPRING_MEMBER(made_on, "when").read_only());

struct put_thing {
    using answer = nothing;
    text thing_id{};
    field<body_tests::thing> thing{};
};
TIPRING_DESCRIBE(put_thing, TIPRING_MEMBER(thing_id, "which").path(),
                 TIPRING_MEMBER(thing, "what").body().required());
TIPRING_OPERATION(put_thing, .method = http::method::put, .path = "/things/{thing_id}",
                  .api = &words);

struct start {
    using answer = nothing;
    field<bool> at_once{};
    field<raw_json> content{};
};
TIPRING_DESCRIBE(start, TIPRING_MEMBER(at_once, "now").query(),
                 TIPRING_MEMBER(content, "anything").body());
TIPRING_OPERATION(start, .method = http::method::post, .path = "/start", .api = &words);

struct start_by_digits {
    using answer = nothing;
    field<bool> at_once{};
};
TIPRING_DESCRIBE(start_by_digits, TIPRING_MEMBER(at_once, "now").query());
TIPRING_OPERATION(start_by_digits, .path = "/start", .api = &digits);

struct put_file {
    using answer = nothing;
    field<text> content_type{};
    field<text> content{};
};
TIPRING_DESCRIBE(
    put_file,
    TIPRING_MEMBER(content_type, "of what sort it is").named("Content-Type").header().required(),
    TIPRING_MEMBER(content, "the bytes").body().required());
TIPRING_OPERATION(put_file, .method = http::method::put, .path = "/file", .api = &words,
                  .body = http::body_format::bytes);

} // namespace body_tests

namespace {

using namespace tipring;
using namespace body_tests;

const origin_server there{.origin = "http://there"};

template <class Op>
result<Op> back(const http::request& sent, arena& memory) {
    const auto parsed = server::parse_as<Op>(sent, memory);
    if (!parsed) return parsed.error();
    return std::get<0>(*parsed);
}

} // namespace

TEST_CASE("bodies: a resource is the whole body, without what only the server sets") {
    static_arena<4096> memory;
    const put_thing op{.thing_id = "7", .thing = thing{.name = "n", .made_on = "2020"}};
    const auto sent = encode(op, there, memory);
    REQUIRE(sent);
    CHECK(sent->body == R"({"name":"n"})");
    CHECK(sent->find("Content-Type")->value == "application/json");
    const auto got = back<put_thing>(*sent, memory);
    REQUIRE(got);
    CHECK(got->thing_id == "7");
    CHECK(*got->thing->name == "n");
    char line[100];
    const auto refusal = [&](const put_thing& bad) {
        return std::string{describe(encode(bad, there, memory).error(), line)};
    };
    CHECK(refusal({.thing_id = "7"}) == "thing: a required parameter is missing");
    CHECK(refusal({.thing_id = "7", .thing = null}) == "thing: a required parameter is missing");
    CHECK(refusal({.thing_id = "7", .thing = thing{.name = "\xFF"}}) == "name: not valid UTF-8");
    const http::header json[] = {{.name = "content-type", .value = "application/json"}};
    const auto odd = back<put_thing>({.method = http::method::put,
                                      .target = "/things/7",
                                      .headers = json,
                                      .body = R"({"name":7})"},
                                     memory);
    CHECK(odd.code() == errc::expected_string);
    CHECK(odd.error().offset == 8);
    CHECK(back<put_thing>({.method = http::method::put, .target = "/things/7"}, memory).code() ==
          errc::missing_parameter);
}

TEST_CASE("bodies: any JSON is sent as it is, and is checked; without it there is no body") {
    static_arena<4096> memory;
    for (const text body : {text{R"({"a":[1,null]})"}, text{"[]"}, text{"7"}, text{"null"}}) {
        const auto sent = encode(start{.content = raw_json{body}}, there, memory);
        REQUIRE(sent);
        CHECK(sent->body == body);
        const auto got = back<start>(*sent, memory);
        REQUIRE(got);
        CHECK(got->content->value == body);
    }
    const auto none = encode(start{}, there, memory);
    REQUIRE(none);
    CHECK(none->body.empty());
    CHECK(none->find("Content-Type") == nullptr);
    REQUIRE(back<start>(*none, memory));
    CHECK(back<start>(*none, memory)->content.is_absent());
    CHECK(encode(start{.content = raw_json{"{\"a\":}"}}, there, memory).code() ==
          errc::invalid_json);
    CHECK(encode(start{.content = raw_json{"{} {}"}}, there, memory).code() == errc::trailing_text);
    CHECK(encode(start{.content = null}, there, memory).code() == errc::bad_parameter);
    const http::header json[] = {{.name = "Content-Type", .value = "application/json"}};
    const auto cut = back<start>(
        {.method = http::method::post, .target = "/start", .headers = json, .body = "{\"a\":"},
        memory);
    CHECK(cut.code() == errc::unexpected_end);
    CHECK(cut.error().offset == 5);
    CHECK(back<start>({.method = http::method::post, .target = "/start", .body = "{}"}, memory)
              .code() == errc::unexpected_content_type);
}

TEST_CASE("bodies: a file goes as it is, under the type that the caller gives") {
    static_arena<4096> memory;
    const text bytes{"\x00\xFF\r\n{", 5};
    const auto sent =
        encode(put_file{.content_type = "image/png", .content = bytes}, there, memory);
    REQUIRE(sent);
    CHECK(sent->body == bytes);
    std::size_t types = 0;
    for (const http::header& h : sent->headers) types += h.name == "Content-Type" ? 1u : 0u;
    CHECK(types == 1);
    CHECK(sent->find("Content-Type")->value == "image/png");
    const auto got = back<put_file>(*sent, memory);
    REQUIRE(got);
    CHECK(*got->content == bytes);
    CHECK(*got->content_type == "image/png");
    const auto empty = encode(put_file{.content_type = "text/plain", .content = ""}, there, memory);
    REQUIRE(empty);
    const auto read_empty = back<put_file>(*empty, memory);
    REQUIRE(read_empty);
    CHECK(read_empty->content->empty());
    CHECK(encode(put_file{.content = bytes}, there, memory).code() == errc::missing_parameter);
    CHECK(encode(put_file{.content_type = "a\r\nb: c", .content = bytes}, there, memory).code() ==
          errc::bad_header);
}

TEST_CASE("queries: bools are words or digits, by the API") {
    static_arena<4096> memory;
    for (const bool value : {false, true}) {
        const auto word = encode(start{.at_once = value}, there, memory);
        REQUIRE(word);
        CHECK(word->target == (value ? "/start?at_once=true" : "/start?at_once=false"));
        CHECK(*back<start>(*word, memory)->at_once == value);
        const auto digit = encode(start_by_digits{.at_once = value}, there, memory);
        REQUIRE(digit);
        CHECK(digit->target == (value ? "/start?at_once=1" : "/start?at_once=0"));
        CHECK(*back<start_by_digits>(*digit, memory)->at_once == value);
    }
    CHECK(
        back<start>({.method = http::method::post, .target = "/start?at_once=1"}, memory).code() ==
        errc::bad_parameter);
    CHECK(back<start_by_digits>({.target = "/start?at_once=true"}, memory).code() ==
          errc::bad_parameter);
}

TEST_CASE("server: of two paths that fit the one with fewer parameters is meant") {
    static_arena<1024> memory;
    const auto exact = server::parse_as<put_thing, start>(
        {.method = http::method::post, .target = "/start"}, memory);
    REQUIRE(exact);
    CHECK(exact->index() == 1);
    const server::detail::candidate candidates[] = {
        {&http::operation_of<put_thing>, &json::table_of<put_thing>}};
    CHECK(*server::detail::choose(candidates, 1, http::method::put, "/things/content") == 0);
    http::operation literal = http::operation_of<put_thing>;
    literal.path = "/things/content";
    for (const bool literal_first : {false, true}) {
        const server::detail::candidate literal_one{&literal, &json::table_of<nothing>};
        const server::detail::candidate both[] = {literal_first ? literal_one : candidates[0],
                                                  literal_first ? candidates[0] : literal_one};
        CHECK(*server::detail::choose(both, 2, http::method::put, "/things/content") ==
              (literal_first ? 0u : 1u));
        CHECK(*server::detail::choose(both, 2, http::method::put, "/things/7") ==
              (literal_first ? 1u : 0u));
        CHECK(server::detail::choose(both, 2, http::method::get, "/things/7").code() ==
              errc::method_not_allowed);
    }
}

TEST_CASE("server: a slash at the end of a path is passed over when asked to") {
    static_arena<1024> memory;
    const http::request with_slash{.method = http::method::post, .target = "/start/?at_once=true"};
    CHECK(server::parse_as<start>(with_slash, memory).code() == errc::unknown_path);
    const auto lenient =
        server::parse_as<start>(with_slash, memory, {.allow_trailing_slash = true});
    REQUIRE(lenient);
    CHECK(*std::get<0>(*lenient).at_once);
    CHECK(server::parse_as<start>({.method = http::method::post, .target = "/start//"}, memory,
                                  {.allow_trailing_slash = true})
              .code() == errc::unknown_path);
}
