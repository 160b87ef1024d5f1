// One line about what came of an operation.
#include <tipring/http/describe.hpp>

#include <tipring/miarec/call.hpp>
#include <tipring/miarec/tenant.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "no_heap.hpp"

using namespace tipring;

namespace {

constexpr http::header plain_text[] = {{.name = "Content-Type", .value = "text/plain"}};

std::string line_of(const http::response& response, std::size_t size = 200) {
    static_arena<2048> memory;
    const auto got = decode<miarec::create_tenant>(response, memory);
    std::vector<char> exact(size);
    return std::string{describe(got, exact)};
}

} // namespace

TEST_CASE("describe: a value, a refusal, an error, and no answer, in one line") {
    CHECK(line_of({.status = 201, .body = R"({"url":"/api/v2/tenants/1.json"})"}) == "201");
    CHECK(line_of({.status = 400, .body = R"({"error":"InvalidRecord","description":"no"})"}) ==
          "400 InvalidRecord: no");
    CHECK(line_of({.status = 400, .body = R"({"error":"E","details":{"fields":[
                     {"field_name":"a","error":"blank","description":"set it"},{"field_name":"b"}]}})"}) ==
          "400 E; a blank: set it; b");
    CHECK(line_of({.status = 502, .body = "<html>"}) == "502");
    CHECK(line_of({.status = 201, .body = R"({"url":5})"}) ==
          "201, url: expected string (at byte 7)");
    CHECK(line_of({.status = 0}) == "no answer");
    CHECK(line_of({.status = 0, .headers = plain_text, .body = "x"}) == "no answer: x");
    CHECK(line_of({.status = -2147483647}) == "-2147483647");
}

TEST_CASE("describe: what a server says forges no second line") {
    CHECK(line_of({.status = 403, .headers = plain_text, .body = "no\r\n200 \xC3\xA9\\"}) ==
          "403: no\\x0D\\x0A200 \\xC3\\xA9\\x5C");
    CHECK(line_of({.status = 403, .body = R"({"error":"a\nb","details":{"\t":"\u0000"}})"}) ==
          "403 a\\x0Ab; \\x09: \\x00");
}

TEST_CASE("describe: a line that does not fit is cut, never within an escape") {
    const http::response refused{.status = 403, .headers = plain_text, .body = "a\nb"};
    const std::string whole = line_of(refused);
    CHECK(whole == "403: a\\x0Ab");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        CAPTURE(size);
        const bool is_in_escape = size > 6 && size < 10;
        CHECK(line_of(refused, size) == whole.substr(0, is_in_escape ? 6 : size));
    }
    const http::response several{
        .status = 400,
        .body = R"({"error":"E","description":"ab\u00E9","details":{"name":"x\ny","other":"z"}})"};
    const std::string all = line_of(several);
    CHECK(all == "400 E: ab\\xC3\\xA9; name: x\\x0Ay; other: z");
    for (std::size_t size = 0; size <= all.size(); ++size)
        CHECK(all.starts_with(line_of(several, size)));
    const http::response broken{.status = 201, .body = R"({"url":5})"};
    for (std::size_t size = 0; size < 60; ++size) CHECK(line_of(broken, size).size() <= size);
    CHECK(line_of(broken, 20) == "201, expected string");
}

TEST_CASE("describe: no heap") {
    static char line[100];
    static_arena<512> memory;
    no_heap_guard guard;
    const auto got = decode<miarec::view_call>(
        http::response{.status = 404, .headers = plain_text, .body = "none"}, memory);
    const text said = describe(got, line);
    CHECK(guard.stop() == 0);
    CHECK(said == "404: none");
}
