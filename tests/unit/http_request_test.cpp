// Building requests of an operation that has every kind of parameter, in the path, the query, the
// headers and the body; what is refused, and that the error names the member.
#include <tipring/http/answer.hpp>
#include <tipring/http/bounds.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/paging.hpp>
#include <tipring/http/request.hpp>
#include <tipring/json/print.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

using namespace tipring;

namespace request_types {

/// A type of its own, printed as that many letters.
struct letters {
    std::int32_t count = 0;
    friend constexpr bool operator==(const letters&, const letters&) = default;
};

inline errc print_letters(const void* value, writer& out) {
    const std::int32_t count = static_cast<const letters*>(value)->count;
    if (count < 0) return errc::bad_parameter;
    for (std::int32_t i = 0; i < count; ++i) out.put('x');
    return errc::ok;
}
inline constexpr http::parameter_codec letters_codec = {.print = &print_letters};
inline constexpr json::custom_type letters_type = {.equal = &http::detail::equal_values<letters>,
                                                   .query_codec = &letters_codec};

} // namespace request_types

namespace tipring::inline TIPRING_ABI::json {
template <>
inline constexpr bool is_custom<request_types::letters> = true;
template <>
inline constexpr const custom_type* custom_type_of<request_types::letters> =
    &request_types::letters_type;
} // namespace tipring::inline TIPRING_ABI::json

namespace request_types {

enum class color : std::int32_t { red = 0, blue = 7 };

struct thing {
    field<text> name{};
    field<std::int32_t> size{};
};
TIPRING_DESCRIBE(thing, TIPRING_MEMBER(name, ""), TIPRING_MEMBER(size, ""));

inline constexpr http::api api = {};

struct everything {
    using answer = http::done;

    text id{};
    field<bool> flag{};
    field<std::int32_t> number{};
    field<color> paint{};
    field<letters> word{};
    field<date_range> days{};
    field<bool> header_flag{};
    field<std::int32_t> header_number{};
    field<color> header_paint{};
    field<text> header_text{};
    field<http::byte_range> range{};
    field<letters> header_word{};
    field<request_types::thing> thing{};
};
TIPRING_DESCRIBE(everything, TIPRING_MEMBER(id, "").path(), TIPRING_MEMBER(flag, "").query(),
                 TIPRING_MEMBER(number, "").query().limit(100), TIPRING_MEMBER(paint, "").query(),
                 TIPRING_MEMBER(word, "").query(), TIPRING_MEMBER(days, "").query(),
                 TIPRING_MEMBER(header_flag, "").named("X-Flag").header(),
                 TIPRING_MEMBER(header_number, "").named("X-Number").header(),
                 TIPRING_MEMBER(header_paint, "").named("X-Paint").header(),
                 TIPRING_MEMBER(header_text, "").named("X-Text").header(),
                 TIPRING_MEMBER(range, "").named("Range").header(),
                 TIPRING_MEMBER(header_word, "").named("X-Word").header(),
                 TIPRING_MEMBER(thing, "").body());
TIPRING_OPERATION(everything, .method = http::method::post, .path = "/things/{id}/all",
                  .api = &api);

struct send_thing {
    using answer = http::done;

    field<request_types::thing> thing{};
};
TIPRING_DESCRIBE(send_thing, TIPRING_MEMBER(thing, "").body());
TIPRING_OPERATION(send_thing, .method = http::method::put, .path = "/thing", .api = &api);

struct send_any {
    using answer = http::done;

    field<raw_json> value{};
};
TIPRING_DESCRIBE(send_any, TIPRING_MEMBER(value, "").body());
TIPRING_OPERATION(send_any, .method = http::method::put, .path = "/any", .api = &api);

struct open_list {
    using answer = http::done;

    field<std::int32_t> limit{};
};
TIPRING_DESCRIBE(open_list, TIPRING_MEMBER(limit, "").query());
TIPRING_OPERATION(open_list, .path = "/open", .api = &api, .is_anonymous = true);

inline constexpr http::api versioned_api{
    .name = "versioned", .read_error = api.read_error, .base_path = "/v2"};
struct list_versions {
    using answer = http::done;
};
TIPRING_DESCRIBE(list_versions);
TIPRING_OPERATION(list_versions, .path = "/versions", .api = &versioned_api);

} // namespace request_types

using request_types::color;
using request_types::everything;
using request_types::letters;
using request_types::open_list;
using request_types::send_any;
using request_types::send_thing;
using request_types::thing;

namespace {

const origin_server server{.origin = "https://h.example", .prefix = "/p"};

/// Method, target, headers and body, a line each; or the error.
template <class Op>
std::string sent(const Op& op, const origin_server& to = server) {
    static_arena<2048> memory;
    const auto built = encode(op, to, memory);
    if (!built) {
        CHECK(memory.used() == 0);
        std::array<char, 200> line;
        return std::string{describe(built.error(), line)};
    }
    std::string seen = std::string{http::name(built->method)} + " " + std::string{built->target};
    for (const http::header& each : built->headers)
        seen += "\n" + std::string{each.name} + ": " + std::string{each.value};
    return seen + "\n" + std::string{built->body};
}

constexpr calendar_date day(int year, unsigned month, unsigned number) {
    return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{number}};
}

} // namespace

TEST_CASE("request: every kind of parameter, wherever it goes") {
    CHECK(sent(everything{.id = "a/b",
                          .flag = true,
                          .number = 100,
                          .paint = color::blue,
                          .word = letters{2},
                          .days = date_range{day(2022, 5, 1), day(2022, 5, 30)},
                          .header_flag = false,
                          .header_number = -1,
                          .header_paint = color::blue,
                          .header_text = "some words",
                          .range = http::byte_range{.first = 500},
                          .header_word = letters{1},
                          .thing = thing{.name = "n", .size = 1}}) ==
          "POST /p/things/a%2Fb/"
          "all?flag=1&number=100&paint=7&word=xx&days=2022%2F05%2F01-2022%2F05%2F30\n"
          "Accept: application/json\n"
          "Content-Type: application/json\n"
          "X-Flag: 0\nX-Number: -1\nX-Paint: 7\nX-Text: some words\nRange: bytes=500-\nX-Word: x\n"
          R"({"name":"n","size":1})");
    CHECK(sent(everything{.id = "a", .header_flag = true}) ==
          "POST /p/things/a/all\nAccept: application/json\nX-Flag: 1\n");
    CHECK(sent(everything{.id = "a", .thing = thing{}}) ==
          "POST /p/things/a/all\nAccept: application/json\nContent-Type: application/json\n{}");
}

TEST_CASE("request: what cannot be sent is refused with the member's name, and nothing is kept") {
    CHECK(sent(everything{}) == "id: a required parameter is missing");
    CHECK(sent(everything{.id = "a", .flag = null}) ==
          "flag: a parameter has a value that is not allowed");
    CHECK(sent(everything{.id = "a", .number = 101}) ==
          "number: a parameter has a value that is not allowed");
    CHECK(sent(everything{.id = "a", .number = -1}) ==
          "number: a parameter has a value that is not allowed");
    CHECK(sent(everything{.id = "a", .word = letters{-1}}) ==
          "word: a parameter has a value that is not allowed");
    CHECK(sent(everything{.id = "a", .word = letters{64}}).starts_with("POST "));
    CHECK(sent(everything{.id = "a", .word = letters{65}}) ==
          "word: text longer than allowed (needs 65)");
    CHECK(sent(everything{.id = "a", .header_word = letters{-1}}) ==
          "X-Word: a parameter has a value that is not allowed");
    CHECK(sent(everything{.id = "a", .header_text = "a\r\nX: y"}) ==
          "X-Text: a header holds a character that is not allowed (at byte 1)");
    CHECK(sent(everything{.id = "a", .thing = null}) ==
          "thing: a parameter has a value that is not allowed");
    for (const date_range days : {date_range{day(2022, 2, 30), day(2022, 5, 1)},
                                  date_range{day(2022, 5, 1), day(2022, 6, 31)},
                                  date_range{day(2022, 5, 2), day(2022, 5, 1)}})
        CHECK(sent(everything{.id = "a", .days = days}) ==
              "days: a parameter has a value that is not allowed");
    CHECK(sent(everything{.id = "a", .days = date_range{day(2022, 5, 1), day(2022, 5, 1)}})
              .find("days=2022%2F05%2F01\n") != std::string::npos);
}

TEST_CASE("request: ranges of bytes (RFC 9110 section 14.1.2)") {
    const auto range = [](std::int64_t first, std::int64_t last) {
        const std::string seen =
            sent(everything{.id = "a", .range = http::byte_range{.first = first, .last = last}});
        const std::size_t at = seen.find("\nRange: ");
        return at == std::string::npos ? seen : seen.substr(at + 8, seen.size() - at - 9);
    };
    CHECK(range(0, 0) == "bytes=0-0");
    CHECK(range(500, -1) == "bytes=500-");
    CHECK(range(500, 999) == "bytes=500-999");
    CHECK(range(0, INT64_MAX) == "bytes=0-9223372036854775807");
    CHECK(range(-1, 5) == "Range: a parameter has a value that is not allowed");
    CHECK(range(6, 5) == "Range: a parameter has a value that is not allowed");
    const http::byte_range one{.first = 1, .last = 2};
    CHECK(one == one);
    CHECK_FALSE(one == http::byte_range{.first = 1, .last = 3});
    CHECK_FALSE(one == http::byte_range{.first = 0, .last = 2});
}

TEST_CASE("request: what is wrong with the server is named") {
    CHECK(sent(send_thing{}, {.origin = "https://h.example/x"}) ==
          "origin: not a usable URL (at byte 17)");
    CHECK(sent(send_thing{}, {}) == "origin: not a usable URL (at byte 0)");
    for (const text bad : {"p", "/p/", "/", "/a//b", "/..", "/%2e", "/a b", "/a\r\nX: y"})
        CHECK_MESSAGE(sent(send_thing{}, {.origin = server.origin, .prefix = bad}) ==
                          "prefix: not a usable URL",
                      bad);
}

TEST_CASE("request: an API whose paths start with a version has no server without") {
    using request_types::list_versions;
    CHECK(sent(list_versions{}, {.origin = "https://h.example", .prefix = "/v3"}) ==
          "GET /v3/versions\nAccept: application/json\n");
    CHECK(sent(list_versions{}, {.origin = "https://h.example"}) ==
          "prefix: a required parameter is missing");
    CHECK(sent(open_list{}, {.origin = "https://h.example"}) ==
          "GET /open\nAccept: application/json\n");
}

TEST_CASE("request: headers that the caller brings are checked, and errors name them") {
    origin_server bad = server;
    bad.authorization = {.name = "Authorization", .value = "a\nb", .is_secret = true};
    CHECK(sent(send_thing{}, bad) ==
          "Authorization: a header holds a character that is not allowed (at byte 1)");
    const http::header agent[] = {{.name = "User-Agent", .value = "a\nb"}};
    CHECK(sent(send_thing{}, {.origin = server.origin, .headers = agent}) ==
          "User-Agent: a header holds a character that is not allowed (at byte 1)");
    const http::header host[] = {{.name = "HOST", .value = "other.example"}};
    CHECK(sent(send_thing{}, {.origin = server.origin, .headers = host}) ==
          "Host: a header holds a character that is not allowed");
}

TEST_CASE("pager: a next page is asked for with the credentials, which are checked then") {
    origin_server bad = server;
    bad.authorization = {.name = "Authorization", .value = "a\nb", .is_secret = true};
    pager pages{bad};
    static_arena<512> memory;
    REQUIRE(pages.first(open_list{}, memory));
    const auto next = pages.next("/open?start=1", memory);
    CHECK(next.code() == errc::bad_header);
    CHECK(pages.next("/open?start=1", memory).code() == errc::wrong_order);
}

TEST_CASE("pager: headers that the caller has changed meanwhile are checked again") {
    http::header agent[] = {{.name = "User-Agent", .value = "a"}};
    pager pages{{.origin = server.origin, .headers = agent}};
    static_arena<512> memory;
    REQUIRE(pages.first(open_list{}, memory));
    REQUIRE(pages.next("/open?start=1", memory));
    agent[0].value = "a\nb";
    const auto next = pages.next("/open?start=2", memory);
    CHECK(next.code() == errc::bad_header);
    CHECK(next.error().offset == 1);
}

TEST_CASE("request: a member of a type of its own has states, is no JSON, and is not printed") {
    everything op{.id = "a", .word = letters{3}};
    const json::table& type = json::table_of<everything>;
    const json::member* word = nullptr;
    for (std::size_t i = 0; i < type.member_count; ++i)
        if (type.name_of(type.members[i]) == "word") word = &type.members[i];
    REQUIRE(word != nullptr);
    CHECK_FALSE(json::is_in_json(*word));
    CHECK_FALSE(json::is_in_json(json::member{.kind = json::kind::custom}));
    char line[100];
    writer out{line};
    json::print(op, out);
    CHECK(out.written() == R"({id: "a", word: ...})");
    json::set_null(*word, reinterpret_cast<std::byte*>(&op));
    CHECK(op.word.is_null());
}

TEST_CASE("bounds: a body that is one member's value is within them") {
    const auto check = [](const auto& op, std::size_t bound) {
        arena none;
        const auto refused = encode(op, server, none);
        REQUIRE(refused.code() == errc::capacity);
        CHECK(refused.error().needed <= bound);
        CHECK(bound <= 9 * refused.error().needed);
    };
    const std::string name(100, '\x01');
    check(send_thing{.thing = thing{.name = name, .size = INT32_MIN}},
          http::request_bound<send_thing>(name.size() + server.prefix.size()));
    const std::string document = "[" + std::string(500, '1') + "]";
    check(send_any{.value = raw_json{document}},
          http::request_bound<send_any>(document.size() + server.prefix.size()));
}

TEST_CASE("operation: every grade of evidence has a name of its own") {
    std::set<text> names;
    for (int grade = 0; grade <= static_cast<int>(http::evidence::integrator); ++grade)
        names.insert(name(static_cast<http::evidence>(grade)));
    CHECK(names.size() == 7);
    CHECK(names.count("documented") == 1);
    CHECK(names.count("integrator") == 1);
}
