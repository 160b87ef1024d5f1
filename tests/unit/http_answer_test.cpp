// Answers: the three doors, and how MiaRec says that something is wrong, in all the forms that its
// manual prints.
#include <tipring/http/answer.hpp>

#include <tipring/http/row_stream.hpp>
#include <tipring/miarec/miarec.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "error_path.hpp"
#include "exact_memory.hpp"
#include "no_heap.hpp"

namespace answer_tests {

using namespace tipring;

struct thing {
    field<text> name{};
};
TIPRING_DESCRIBE(thing, TIPRING_MEMBER(name, "a name"));
struct thing_page {
    using row = answer_tests::thing;

    field<list<answer_tests::thing>> things{};
};
TIPRING_DESCRIBE(thing_page, TIPRING_MEMBER(things, "what there is"));
struct list_things {
    using answer = thing_page;
};
TIPRING_DESCRIBE(list_things);
TIPRING_OPERATION(list_things, .path = "/things");

} // namespace answer_tests

namespace {

using namespace tipring;
using exact_memory::block;
using exact_memory::exact_text;
using exact_memory::with_every_arena;

constexpr std::size_t plenty = 1 << 14;
constexpr http::header json_type[] = {{.name = "Content-Type", .value = "application/json"}};
constexpr http::header html_type[] = {
    {.name = "Content-Type", .value = "text/html; charset=utf-8"}};
constexpr http::header text_type[] = {{.name = "Content-Type", .value = "text/plain"}};

using headers = std::span<const http::header>;

/// What a server said, kept beyond the memory that it was read in.
struct refusal {
    int status = 0;
    std::string code;
    std::string message;
    std::vector<std::vector<std::string>> details;
};

template <class Op = miarec::create_client>
refusal read_refusal(int status, headers with, std::string_view body,
                     const http::error_options& errors = {}) {
    block memory{plenty};
    const exact_text exact{body};
    const http::response response{.status = status, .headers = with, .body = exact.view()};
    const auto got = decode<Op>(response, memory.room, {.errors = errors});
    REQUIRE_FALSE(got);
    REQUIRE(got.refusal() != nullptr);
    CHECK(got.error().code == errc::ok);
    CHECK(got.response().status == status);
    CHECK(got.response().body.data() == response.body.data());
    CHECK(got.response().body.size() == body.size());
    CHECK(got.response().headers.data() == with.data());
    const http::api_error& said = *got.refusal();
    CHECK(said.status == status);
    refusal seen{said.status, std::string{said.code}, std::string{said.message}, {}};
    for (const http::field_error& each : said.details)
        seen.details.push_back(
            {std::string{each.field}, std::string{each.code}, std::string{each.message}});
    return seen;
}

using table = std::vector<std::vector<std::string>>;

table details_of(std::string_view details) {
    const std::string body =
        R"({"error": "InvalidRecord", "description": "Record Validation errors", "details": )" +
        std::string{details} + "}";
    const refusal seen = read_refusal(400, json_type, body);
    CHECK(seen.code == "InvalidRecord");
    CHECK(seen.message == "Record Validation errors");
    return seen.details;
}

template <class Op>
error failure_of(const http::response& response, const json::decode_options& options = {}) {
    block memory{plenty};
    const auto got = decode<Op>(response, memory.room, {.json = options});
    CHECK_FALSE(got);
    CHECK(got.refusal() == nullptr);
    CHECK(memory.room.used() == 0);
    CHECK(got.response().status == response.status);
    CHECK(got.response().body.data() == response.body.data());
    return got.error();
}

/// The id that a creation answers.
std::string id_of(headers with, std::string_view body, int status = 201) {
    block memory{plenty};
    const auto got = decode<miarec::create_group>(
        http::response{.status = status, .headers = with, .body = body}, memory.room);
    REQUIRE(got);
    return std::string{got->id.value};
}
std::string id_at(std::string_view location) {
    const http::header with[] = {{.name = "location", .value = location}};
    return id_of(with, "");
}

constexpr std::string_view call_body = R"({"call": {"call_id": "1", "from_name": "\u00e9"}})";

} // namespace

TEST_CASE("answer: a value, with the response behind it") {
    block memory{plenty};
    const http::response response{.status = 200, .headers = json_type, .body = call_body};
    const auto got = decode<miarec::view_call>(response, memory.room);
    REQUIRE(got);
    CHECK(got.has_value());
    CHECK(got.refusal() == nullptr);
    CHECK(got.error().code == errc::ok);
    CHECK(got->call->call_id->value == "1");
    CHECK(*(*got).call->from_name == "\xC3\xA9");
    CHECK(got.response().body.data() == call_body.data());
    CHECK(got.response().status == 200);
    CHECK(got.response().content_type() == "application/json");
}

TEST_CASE("answer: each class of status has its door") {
    for (const int status : {200, 201, 202, 203, 206, 226, 299}) {
        block memory{plenty};
        CHECK(decode<miarec::view_call>(
            http::response{.status = status, .headers = json_type, .body = call_body},
            memory.room));
    }
    for (const int status :
         {-1,  0,   1,   99,  100, 101, 199, 300, 301, 302, 304, 307, 308, 399, 400,
          401, 403, 404, 409, 418, 429, 499, 500, 502, 503, 504, 599, 600, 999, 2000}) {
        CAPTURE(status);
        CHECK(read_refusal<miarec::view_call>(status, json_type, call_body).code.empty());
        CHECK(read_refusal<miarec::delete_call>(status, {}, "").message.empty());
        CHECK(read_refusal<miarec::call_file>(status, {}, "RIFF").details.empty());
        CHECK(read_refusal<miarec::create_group>(status, json_type, R"({"url": "/x/1.json"})")
                  .code.empty());
    }
}

TEST_CASE("answer: an operation without an answer takes any body of a success") {
    for (const std::string_view body : {"", "{}", "OK", "{\"call", "<html>", "[1,2"}) {
        block memory{0};
        CHECK(
            decode<miarec::delete_call>(http::response{.status = 200, .body = body}, memory.room));
    }
}

TEST_CASE("answer: a file is its bytes, whatever they look like") {
    for (const std::string_view body :
         {std::string_view{"RIFF\0\0", 6}, std::string_view{R"({"error": "x"})"},
          std::string_view{}}) {
        block memory{0};
        const http::header with[] = {{.name = "content-type", .value = "audio/mpeg"},
                                     {.name = "Content-Range", .value = "bytes 0-499/1234"}};
        const auto got = decode<miarec::call_file>(
            http::response{.status = 206, .headers = with, .body = body}, memory.room);
        REQUIRE(got);
        CHECK(got->bytes == body);
        CHECK(got->content_type == "audio/mpeg");
        CHECK(got->content_range == "bytes 0-499/1234");
        CHECK(got->is_partial);
        const auto whole = decode<miarec::call_file>(
            http::response{.status = 200, .headers = with, .body = body}, memory.room);
        REQUIRE(whole);
        CHECK_FALSE(whole->is_partial);
    }
}

TEST_CASE("D-1: details in every form that is JSON become one list") {
    const table name = {{"name", "", "Client with such name exists already"}};
    CHECK(details_of(R"({"name": "Client with such name exists already"})") == name);
    CHECK(details_of(R"([{"name": "Client with such name exists already"}])") == name);
    CHECK(details_of(R"({"name": ["too short", "blank"], "zone": "bad"})") ==
          table{{"name", "", "too short"}, {"name", "", "blank"}, {"zone", "", "bad"}});
    CHECK(details_of(R"([{"name": "a"}, {"zone": ["b", "c"]}])") ==
          table{{"name", "", "a"}, {"zone", "", "b"}, {"zone", "", "c"}});
    CHECK(details_of(R"(["first", "second"])") == table{{"", "", "first"}, {"", "", "second"}});
    const table blank = {{"name", "blank", "Name must be set"}};
    CHECK(details_of(
              R"([{"field_name": "name", "error": "blank", "description": "Name must be set"}])") ==
          blank);
    CHECK(
        details_of(
            R"({"fields": [{"field_name": "name", "error": "blank", "description": "Name must be set"}]})") ==
        blank);
    CHECK(
        details_of(
            R"({"fields": [{"error": "blank", "description": "Name must be set", "field_name": "name"}], "x": 1})") ==
        blank);
    CHECK(details_of(R"({"fields": [{"field_name": "name"}]})") == table{{"name", "", ""}});
    CHECK(details_of("null").empty());
    CHECK(details_of("{}").empty());
    CHECK(details_of("[]").empty());
    CHECK(details_of(R"({"fields": []})").empty());
    CHECK(read_refusal(400, json_type, R"({"error": "InvalidRecord"})").details.empty());
}

TEST_CASE("D-1: details of no printed form keep what they say") {
    CHECK(details_of(R"("just text")") == table{{"", "", "just text"}});
    CHECK(details_of("5").empty());
    CHECK(details_of("true").empty());
    CHECK(details_of(R"({"name": null, "size": 5, "flag": false, "deep": {"a": [1, "]"]}})") ==
          table{{"name", "", ""},
                {"size", "", "5"},
                {"flag", "", "false"},
                {"deep", "", R"({"a": [1, "]"]})"}});
    CHECK(details_of(R"([null, 5, ["a", "b"], {}])") ==
          table{{"", "", "5"}, {"", "", R"(["a", "b"])"}});
    CHECK(details_of(R"({"name": []})").empty());
    CHECK(details_of(R"({"name": [null, ["x"]]})") ==
          table{{"name", "", ""}, {"name", "", R"(["x"])"}});
    CHECK(details_of(R"({"na\u006de\"": "a\/b\n", "fields": "x"})") ==
          table{{"name\"", "", "a/b\n"}, {"fields", "", "x"}});
    CHECK(details_of(R"([{"field_name": null, "error": 7, "description": ["x"]}])") ==
          table{{"", "7", R"(["x"])"}});
}

TEST_CASE("D-1: the printed form that is no JSON is read only when asked for") {
    const std::string_view body =
        R"({"error": "InvalidRecord","description": "Record Validation errors","details": ["name": "Client with such name exists already"]})";
    const refusal strict = read_refusal(400, json_type, body);
    CHECK(strict.status == 400);
    CHECK(strict.code.empty());
    CHECK(strict.details.empty());
    const refusal salvaged = read_refusal(400, json_type, body, {.salvage_details = true});
    CHECK(salvaged.code == "InvalidRecord");
    CHECK(salvaged.message == "Record Validation errors");
    CHECK(salvaged.details == table{{"name", "", "Client with such name exists already"}});
    const refusal several =
        read_refusal(400, json_type,
                     R"( { "error":"x", "details" : [ "a" : "1" , "b":["2","3"] ] , "more":1 } )",
                     {.salvage_details = true});
    CHECK(several.details == table{{"a", "", "1"}, {"b", "", "2"}, {"b", "", "3"}});
    for (const std::string_view other :
         {R"({"error": "x","details": ["name": ]})", R"({"error": "x","details": ["name": "y"})",
          R"({"error": "x","details": [name: "y"]})", R"({"error": "x","details": ["name": "y",]})",
          R"({"error": "x" "details": ["name": "y"]})", R"({"details": [)", R"({"details")",
          R"({"other": ["name": "y"]})", "{", R"({"details": ["name": "y"]}})"}) {
        const refusal lost = read_refusal(400, json_type, other, {.salvage_details = true});
        CHECK(lost.code.empty());
        CHECK(lost.details.empty());
    }
    const refusal good = read_refusal(400, json_type, R"({"error": "x","details": {"name": "y"}})",
                                      {.salvage_details = true});
    CHECK(good.details == table{{"name", "", "y"}});
}

TEST_CASE("D-2: both codes are validation errors, descriptions never are") {
    CHECK(miarec::is_validation_error({.code = "InvalidRecord"}));
    CHECK(miarec::is_validation_error({.code = "RecordInvalid"}));
    CHECK_FALSE(miarec::is_validation_error({.code = "InvalidState"}));
    CHECK_FALSE(miarec::is_validation_error({.code = "invalidrecord"}));
    CHECK_FALSE(miarec::is_validation_error({.code = "", .message = "Record Validation errors"}));
    CHECK(read_refusal(409, json_type, R"({"error": "InvalidState", "description": "x"})").code ==
          "InvalidState");
}

TEST_CASE("D-3: content types in any case, with parameters, wrong or missing") {
    const std::string_view body = R"( {"error": "RecordInvalid", "description": "no"})";
    for (const text type :
         {"application/json", "APPLICATION/JSON", "Application/Json; charset=UTF-8",
          " application/json ;x", "application/problem+json", "text/plain", "text/html",
          "application/octet-stream", "?", ""}) {
        CAPTURE(type);
        const http::header with[] = {{.name = "CONTENT-TYPE", .value = type}};
        const refusal seen = read_refusal(400, with, body);
        CHECK(seen.code == "RecordInvalid");
        CHECK(seen.message == "no");
    }
    CHECK(read_refusal(400, {}, body).code == "RecordInvalid");
}

TEST_CASE("D-3: plain text is the message; HTML, and what has no type, is left in the body") {
    const http::header odd[] = {{.name = "content-type", .value = "Text/PLAIN; charset=utf-8"}};
    CHECK(read_refusal(401, text_type, "Invalid credentials").message == "Invalid credentials");
    CHECK(read_refusal(401, odd, "Invalid credentials\n").message == "Invalid credentials\n");
    CHECK(read_refusal(401, text_type, "{oops").message == "{oops");
    CHECK(read_refusal(401, text_type, "{oops", {.salvage_details = true}).message == "{oops");
    CHECK(read_refusal(401, text_type, "[\"x\"]").message == "[\"x\"]");
    for (const text body : {"{}", R"({"note":"no"})", R"({"error": null, "details": []})"}) {
        CHECK(read_refusal(401, text_type, body).message == body);
        CHECK(read_refusal(401, json_type, body).message.empty());
    }
    CHECK(read_refusal(500, html_type, "<html><body>Error</body></html>").message.empty());
    CHECK(read_refusal(500, {}, "<html>").message.empty());
    CHECK(read_refusal(401, {}, "Unauthorized").message.empty());
    CHECK(read_refusal(500, json_type, "Internal error").message.empty());
    for (const headers with :
         {headers{}, headers{json_type}, headers{text_type}, headers{html_type}}) {
        const refusal seen = read_refusal(502, with, "");
        CHECK(seen.code.empty());
        CHECK(seen.message.empty());
        CHECK(read_refusal(502, with, "  \n").code.empty());
    }
}

TEST_CASE("D-3: a success that is no JSON is our error") {
    CHECK(failure_of<miarec::view_call>({.status = 200, .headers = html_type, .body = "<html>"})
              .code == errc::unexpected_content_type);
    CHECK(failure_of<miarec::view_call>({.status = 200, .headers = text_type, .body = "hello"})
              .code == errc::unexpected_content_type);
    CHECK(failure_of<miarec::view_call>({.status = 200, .headers = json_type, .body = "hello"})
              .code == errc::invalid_json);
    CHECK(failure_of<miarec::view_call>({.status = 200, .headers = json_type, .body = ""}).code ==
          errc::unexpected_end);
    CHECK(failure_of<miarec::view_call>({.status = 204, .headers = {}, .body = ""}).code ==
          errc::unexpected_end);
    block memory{plenty};
    CHECK(decode<miarec::view_call>(
        http::response{.status = 200, .headers = html_type, .body = call_body}, memory.room));
    CHECK(decode<miarec::view_call>(http::response{.status = 200, .headers = {}, .body = call_body},
                                    memory.room));
}

TEST_CASE("D-9, D-10: a missing brace and elisions are refused, with the offset") {
    const auto refused = [](std::string_view body) {
        return failure_of<miarec::list_groups>({.status = 200, .headers = json_type, .body = body});
    };
    const std::string_view brace = R"({"next_url": null, "groups": [{"name": "a"}])";
    CHECK(refused(brace).code == errc::unexpected_end);
    CHECK(refused(brace).offset == brace.size());
    const std::string_view elided = R"({"next_url": null, "groups": [{"name": "a"}, ...]})";
    CHECK(refused(elided).code == errc::invalid_json);
    CHECK(refused(elided).offset == elided.find("..."));
    CHECK(path_of(refused(elided)) == "groups[1]");
    const std::string_view inside = R"({"groups": [{"name": "a", ... }]})";
    CHECK(refused(inside).code == errc::invalid_json);
    CHECK(refused(inside).offset == inside.find("..."));
    const std::string_view typed = R"({"groups": [{"name": "a"}, {"name": 5}]})";
    CHECK(refused(typed).code == errc::expected_string);
    CHECK(refused(typed).offset == typed.find('5'));
    CHECK(path_of(refused(typed)) == "groups[1].name");
}

TEST_CASE("D-33: a 403 is a 403, whatever its text speaks of") {
    const refusal seen =
        read_refusal<miarec::update_client>(403, text_type, "You are not allowed to edit groups");
    CHECK(seen.status == 403);
    CHECK(seen.message == "You are not allowed to edit groups");
    CHECK(seen.code.empty());
}

TEST_CASE("answer: members of an error that are of another type hide nothing") {
    const refusal number = read_refusal(
        400, json_type, R"({"error": 17, "description": "no", "details": {"a": "b"}})");
    CHECK(number.code == "17");
    CHECK(number.message == "no");
    CHECK(number.details == table{{"a", "", "b"}});
    const refusal object = read_refusal(
        400, json_type, R"({"error": {"code": "x"}, "description": null, "more": []})");
    CHECK(object.code == R"({"code": "x"})");
    CHECK(object.message.empty());
    CHECK(read_refusal(400, json_type, R"({"description": "a \"b\""})").message == "a \"b\"");
}

TEST_CASE("answer: what breaks off before an error's name was found is no refusal in a 200") {
    for (const std::string_view body :
         {"{", "{1", R"({"a)", R"({"a")", R"({"a" 1)", R"({"a":)", R"({"a":1)",
          R"({"a":1 "error":2})", R"({"error":)", R"({"error")", R"({"error" "x"})",
          R"({"a":tru, "error":1})"}) {
        CAPTURE(std::string{body});
        block memory{plenty};
        const exact_text exact{body};
        CHECK(decode<miarec::delete_call>(
            http::response{.status = 200, .headers = json_type, .body = exact.view()},
            memory.room));
    }
}

TEST_CASE("answer: complaints are equal in all of their parts") {
    const http::field_error blank{.field = "name", .code = "blank", .message = "is missing"};
    CHECK(blank == blank);
    for (const http::field_error& other :
         {http::field_error{.field = "x", .code = "blank", .message = "is missing"},
          http::field_error{.field = "name", .code = "x", .message = "is missing"},
          http::field_error{.field = "name", .code = "blank", .message = "x"}})
        CHECK_FALSE(blank == other);
}

TEST_CASE("answer: an error object is a refusal in a 200 too") {
    const std::string_view body =
        R"({"more": [1, {"a": "}"}], "error": "InvalidState", "description": "gone"})";
    CHECK(read_refusal<miarec::view_call>(200, json_type, body).code == "InvalidState");
    CHECK(read_refusal<miarec::delete_call>(200, json_type, body).message == "gone");
    CHECK(read_refusal<miarec::create_group>(201, json_type, body).code == "InvalidState");
    CHECK(read_refusal<miarec::update_group>(200, {}, body).code == "InvalidState");
    CHECK(read_refusal<miarec::list_calls>(200, json_type, R"({"err\u006fr": "x"})").code == "x");
    block memory{plenty};
    const auto known_first = R"({"call": {"call_id": "1"}, "error": "x"})";
    CHECK(decode<miarec::view_call>(
        http::response{.status = 200, .headers = json_type, .body = known_first}, memory.room));
    const auto no_error = R"({"error": null, "call": {"call_id": "1"}})";
    CHECK(decode<miarec::view_call>(
        http::response{.status = 200, .headers = json_type, .body = no_error}, memory.room));
    const auto none_either = R"({"error": false, "url": "/x/1.json"})";
    CHECK(decode<miarec::create_group>(
        http::response{.status = 201, .headers = json_type, .body = none_either}, memory.room));
    CHECK(failure_of<miarec::view_call>({.status = 200, .headers = json_type, .body = R"({"error)"})
              .code == errc::unexpected_end);
    CHECK(
        failure_of<miarec::view_call>({.status = 200, .headers = json_type, .body = R"({"error":)"})
            .code == errc::unexpected_end);
}

TEST_CASE("answer: Retry-After and Location are kept, a redirection is never followed") {
    const http::header with[] = {{.name = "retry-after", .value = "120"},
                                 {.name = "LOCATION", .value = "https://other.example/login"}};
    block memory{plenty};
    for (const int status : {302, 429, 503}) {
        const auto got = decode<miarec::create_group>(
            http::response{.status = status, .headers = with}, memory.room);
        REQUIRE(got.refusal() != nullptr);
        CHECK(got.refusal()->status == status);
        CHECK(got.refusal()->retry_after == "120");
        CHECK(got.refusal()->location == "https://other.example/login");
    }
    const auto got = decode<miarec::view_call>(
        http::response{.status = 302, .headers = with, .body = call_body}, memory.room);
    CHECK_FALSE(got);
    CHECK(got.refusal() != nullptr);
}

TEST_CASE("answer: many and deep details") {
    std::string many = R"({"error": "InvalidRecord", "details": [)";
    for (int i = 0; i < 5000; ++i)
        many += (i != 0 ? "," : "") + std::string{R"({"f)"} + std::to_string(i) + R"(": "m"})";
    many += "]}";
    block large{1 << 20};
    const auto got = decode<miarec::create_group>(
        http::response{.status = 400, .headers = json_type, .body = many}, large.room);
    REQUIRE(got.refusal() != nullptr);
    REQUIRE(got.refusal()->details.size() == 5000);
    CHECK(got.refusal()->details[4999].field == "f4999");
    block small{1024};
    const auto too_many = decode<miarec::create_group>(
        http::response{.status = 400, .headers = json_type, .body = many}, small.room);
    CHECK(too_many.refusal() == nullptr);
    CHECK(too_many.error().code == errc::capacity);
    CHECK(too_many.error().needed >= 5000 * sizeof(http::field_error));
    CHECK(too_many.response().status == 400);
    CHECK(small.room.used() == 0);

    const auto nested = [](std::size_t depth) {
        return R"({"error": "Deep", "details": {"name": )" + std::string(depth, '[') +
               std::string(depth, ']') + "}}";
    };
    CHECK(read_refusal(400, json_type, nested(62)).code == "Deep");
    CHECK(read_refusal(400, json_type, nested(63)).code.empty());
    CHECK(read_refusal(400, json_type, nested(5000)).code.empty());
    CHECK(read_refusal(400, text_type, nested(5000)).message == nested(5000));
    CHECK(read_refusal(400, json_type,
                       R"({"error": "Long", "details": ")" + std::string(2 << 20, 'x') + "\"}")
              .code == "Long");
}

TEST_CASE("answer: every arena gives the same refusal or asks for more") {
    const std::string_view bodies[] = {
        R"({"error": "Inv\u0061lid", "description": "a\nb", "details": {"n\u0061me": ["\u0062", "c"], "x": null}})",
        R"({"error": "Inv\u0061lid", "description": "a\nb", "details": ["n\u0061me": "\u0062", "x": "c"]})"};
    for (const std::string_view body : bodies) {
        with_every_arena(1000, [&](arena& room) -> result<bool> {
            const http::response response{.status = 400, .headers = json_type, .body = body};
            const auto got =
                decode<miarec::create_group>(response, room, {.errors = {.salvage_details = true}});
            CHECK_FALSE(got);
            if (got.refusal() == nullptr) return got.error();
            const http::api_error& said = *got.refusal();
            return said.code == "Invalid" && said.message == "a\nb" && said.details.size() >= 2 &&
                   said.details[0] == http::field_error{.field = "name", .message = "b"};
        });
    }
}

TEST_CASE("answer: every arena gives the same value or asks for more, const and in place") {
    const std::string_view body =
        R"({"call": {"from_name": "\u00e9x", "files": [{"file_id": "\u0031"}, {}], "participants": [{}]}})";
    const auto is_right = [](const miarec::call_envelope& got) {
        return *got.call->from_name == "\xC3\xA9x" && got.call->files->size() == 2 &&
               *(*got.call->files)[0].file_id == "1";
    };
    with_every_arena(1200, [&](arena& room) -> result<bool> {
        const auto got =
            decode<miarec::view_call>(http::response{.status = 200, .body = body}, room);
        return got ? result<bool>{is_right(*got)} : result<bool>{got.error()};
    });
    with_every_arena(1200, [&](arena& room) -> result<bool> {
        exact_text changeable{body};
        const auto got = decode<miarec::view_call>(
            http::mutable_response{.status = 200, .body = changeable.span()}, room);
        return got ? result<bool>{is_right(*got)} : result<bool>{got.error()};
    });
    const http::header with[] = {{.name = "Location", .value = "/x/a%20b%2Fc.json"}};
    with_every_arena(64, [&](arena& room) -> result<bool> {
        const auto got =
            decode<miarec::create_group>(http::response{.status = 201, .headers = with}, room);
        return got ? result<bool>{got->id.value == "a b/c"} : result<bool>{got.error()};
    });
    with_every_arena(128, [&](arena& room) -> result<bool> {
        const auto url = R"({"url": "\/x\/a%20b.json"})";
        const auto got =
            decode<miarec::create_group>(http::response{.status = 201, .body = url}, room);
        return got ? result<bool>{got->id.value == "a b" && got->location == "/x/a%20b.json"}
                   : result<bool>{got.error()};
    });
}

TEST_CASE("answer: a mutable response has the same three doors") {
    block memory{plenty};
    exact_text value{call_body};
    const auto got = decode<miarec::view_call>(
        http::mutable_response{.status = 200, .headers = json_type, .body = value.span()},
        memory.room);
    REQUIRE(got);
    CHECK(*got->call->from_name == "\xC3\xA9");
    CHECK(memory.room.used() == 0);
    CHECK(got.response().body.data() == value.bytes.get());
    CHECK(got.response().body.size() == call_body.size());

    exact_text refusal_body{R"({"error": "a\u0062", "description": "x", "details": {"n": "m"}})"};
    const std::string before{refusal_body.view()};
    const auto refused = decode<miarec::view_call>(
        http::mutable_response{.status = 404, .headers = json_type, .body = refusal_body.span()},
        memory.room);
    REQUIRE(refused.refusal() != nullptr);
    CHECK(refused.refusal()->code == "ab");
    CHECK(refused.response().body == before);

    exact_text broken{R"({"call": {"from_name": "\u00e9", "to_name": 5}})"};
    const auto failed = decode<miarec::view_call>(
        http::mutable_response{.status = 200, .body = broken.span()}, memory.room);
    CHECK(failed.error().code == errc::expected_string);
    CHECK(path_of(failed.error()) == "call.to_name");
    CHECK(failed.response().body.data() == broken.bytes.get());
}

TEST_CASE("D-30: the id of what was created, from Location or else from the body's url") {
    CHECK(id_at("/api/v2/groups/e011c408-f288-11e4-9b73-e03f497dbdff.json") ==
          "e011c408-f288-11e4-9b73-e03f497dbdff");
    CHECK(id_at("https://recorder.example/api/v2/groups/e011.json") == "e011");
    CHECK(id_at("//recorder.example/api/v2/groups/e011.json?x=/y.json#z") == "e011");
    CHECK(id_at("groups/e011.json") == "e011");
    CHECK(id_at("e011") == "e011");
    CHECK(id_at("/api/v2/groups/e011/") == "e011");
    CHECK(id_at("/api/v2/groups/a%2Fb%20c.json") == "a/b c");
    CHECK(id_at("/api/v2/groups/%C3%A9.json") == "\xC3\xA9");
    CHECK(id_of({}, R"({"url": "/api/v2/groups/e011.json"})") == "e011");
    CHECK(id_of({}, R"({"url": "\/api\/v2\/groups\/e\u00301.json"})") == "e01");
    const http::header both[] = {{.name = "Location", .value = "/x/first.json"}};
    CHECK(id_of(both, R"({"url": "/x/second.json"})") == "first");
    const http::header useless[] = {{.name = "Location", .value = "https://recorder.example"}};
    CHECK(id_of(useless, R"({"url": "/x/second.json"})") == "second");
    CHECK(id_of(both, "{broken") == "first");
}

TEST_CASE("D-30: a creation without an id is our error, and everything stays in the response") {
    const auto of = [](headers with, std::string_view body) {
        std::array<char, 100> line;
        return std::string{describe(
            failure_of<miarec::create_group>({.status = 201, .headers = with, .body = body}),
            line)};
    };
    const http::header nowhere[] = {{.name = "Location", .value = "https://recorder.example"}};
    const http::header only_query[] = {{.name = "Location", .value = "?a"}};
    const http::header bad_escape[] = {{.name = "Location", .value = "/api/v2/groups/ab%zz.json"}};
    const http::header other[] = {{.name = "Location", .value = "/"},
                                  {.name = "Content-Type", .value = "text/html"}};
    CHECK(of({}, "") == "Location: a required member is missing");
    CHECK(of(json_type, " \r\n") == "Location: a required member is missing");
    CHECK(of(nowhere, "") == "Location: a required member is missing");
    CHECK(of(json_type, "{}") == "url: a required member is missing");
    CHECK(of(json_type, R"({"group": {"group_id": "1"}})") == "url: a required member is missing");
    CHECK(of({}, R"({"url": null})") == "url: a required member is missing");
    CHECK(of(only_query, R"({"url": "?b"})") == "url: a required member is missing");
    CHECK(of(bad_escape, "") == "Location: not a usable URL (at byte 17)");
    CHECK(of({}, R"({"url": "/x/ab%"})") == "url: not a usable URL (at byte 5)");
    CHECK(of(html_type, "<html>Please log in</html>") == "unexpected content type");
    CHECK(of(other, "<html>Please log in</html>") == "unexpected content type");
    CHECK(id_of(bad_escape, R"({"url": "/api/v2/groups/7.json"})") == "7");
    block memory{plenty};
    const auto got = decode<miarec::create_group>(
        http::response{.status = 201, .headers = only_query, .body = "{}"}, memory.room);
    CHECK_FALSE(got);
    CHECK(got.response().status == 201);
    CHECK(got.response().find("Location")->value == "?a");
    CHECK(memory.room.used() == 0);
}

TEST_CASE("D-3: an error object in place of a file is a refusal when its type says JSON") {
    constexpr std::string_view body = R"({"error": "AccessDenied", "description": "no"})";
    block memory{plenty};
    const auto refused = decode<miarec::call_file>(
        http::response{.status = 200, .headers = json_type, .body = body}, memory.room);
    REQUIRE(refused.refusal() != nullptr);
    CHECK(refused.refusal()->code == "AccessDenied");
    const http::header audio[] = {{.name = "Content-Type", .value = "audio/x-wav"}};
    const auto file = decode<miarec::call_file>(
        http::response{.status = 200, .headers = audio, .body = body}, memory.room);
    REQUIRE(file);
    CHECK(file->bytes == body);
}

TEST_CASE("D-31: only the last segment of a Location counts, elided or not") {
    const http::header with[] = {
        {.name = "Location",
         .value = "/api/v2/encrypt_keys/.../5b139cee-f13a-11e5-9615-e03f497dbdff.json"}};
    block memory{plenty};
    const auto got =
        decode<miarec::authorize_user>(http::response{.status = 201, .headers = with}, memory.room);
    REQUIRE(got);
    CHECK(got->id.value == "5b139cee-f13a-11e5-9615-e03f497dbdff");
    CHECK(got->location == with[0].value);
}

TEST_CASE("answer: a creation whose url cannot be read is our error") {
    const std::string_view body = R"({"url": 5})";
    const error failure =
        failure_of<miarec::create_group>({.status = 201, .headers = json_type, .body = body});
    CHECK(failure.code == errc::expected_string);
    CHECK(failure.offset == 8);
    CHECK(path_of(failure) == "url");
}

TEST_CASE("D-32: an update answers nothing, the thing, or its url") {
    block memory{plenty};
    for (const std::string_view body : {"", " \r\n"}) {
        const auto got = decode<miarec::update_group>(
            http::response{.status = 200, .headers = html_type, .body = body}, memory.room);
        REQUIRE(got);
        CHECK(got->group.is_absent());
        CHECK(got->url.is_absent());
    }
    const auto thing = decode<miarec::update_group>(
        http::response{.status = 200, .body = R"({"group": {"name": "a"}})"}, memory.room);
    REQUIRE(thing);
    CHECK(*thing->group->name == "a");
    const auto url = decode<miarec::update_group>(
        http::response{.status = 200, .body = R"({"url": "/x"})"}, memory.room);
    REQUIRE(url);
    CHECK(*url->url == "/x");
    CHECK(
        failure_of<miarec::update_group>({.status = 200, .body = std::string_view{"\0", 1}}).code ==
        errc::invalid_json);
    CHECK(failure_of<miarec::update_group>({.status = 200, .headers = html_type, .body = "<html>"})
              .code == errc::unexpected_content_type);
}

TEST_CASE("answer: an operation without an API has refusals, rows and no error object") {
    block memory{plenty};
    const auto refused = decode<answer_tests::list_things>(
        http::response{.status = 404, .headers = text_type, .body = "none"}, memory.room);
    REQUIRE(refused.refusal() != nullptr);
    CHECK(refused.refusal()->status == 404);
    CHECK(refused.refusal()->message.empty());
    CHECK(refused.response().body == "none");
    std::byte room[256];
    row_stream<answer_tests::list_things> rows{room};
    rows.feed(R"({"error":"x","things":[{"name":"a"}]})");
    const auto* const row = rows.next();
    REQUIRE(row != nullptr);
    CHECK(row->name == "a");
    CHECK(rows.next() == nullptr);
    CHECK(rows.end());
}

TEST_CASE("answer: no heap behind any door") {
    static std::byte own[4096];
    no_heap_guard guard;
    arena room{own};
    const auto value =
        decode<miarec::view_call>(http::response{.status = 200, .body = call_body}, room);
    const auto refused = decode<miarec::view_call>(
        http::response{.status = 400, .body = R"({"error":"\u0061","details":{"a":["b","c"]}})"},
        room);
    const auto failed = decode<miarec::view_call>(http::response{.status = 200, .body = "{"}, room);
    const std::size_t allocations = guard.stop();
    CHECK(allocations == 0);
    CHECK(value);
    CHECK(refused.refusal() != nullptr);
    CHECK(failed.error().code == errc::unexpected_end);
}
