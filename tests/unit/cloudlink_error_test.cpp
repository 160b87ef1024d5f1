// How CloudLink says that something is wrong, and the id that its support asks for.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <tipring/cloudlink/api.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/server/cloudlink.hpp>

namespace cloudlink_error_tests {

using tipring::field;
using tipring::text;
namespace http = tipring::http;
namespace cloudlink = tipring::cloudlink;

struct nothing {
    field<bool> unused{};
};
TIPRING_DESCRIBE(nothing, TIPRING_MEMBER(unused, "nothing"));
struct ask {
    using answer = nothing;
    field<text> what{};
};
TIPRING_DESCRIBE(ask, TIPRING_MEMBER(what, "what").query());
TIPRING_OPERATION(ask, .path = "/ask", .api = &cloudlink::api_of(cloudlink::service::admin));

} // namespace cloudlink_error_tests

namespace {

using namespace cloudlink_error_tests;

using namespace tipring;

constexpr http::header json_and_id[] = {
    {.name = "Content-Type", .value = "application/JSON; charset=utf-8"},
    {.name = "X-Mitel-Correlation-Id", .value = "b036edf6"},
    {.name = "retry-after", .value = "120"}};

} // namespace

TEST_CASE("Q-29: every form of an error keeps status, words, correlation id and body") {
    struct example {
        text body, code, message;
    };
    // Vectors V26.
    const example examples[] = {
        {R"({"name":"NotFoundError","message":"no such user"})", "NotFoundError", "no such user"},
        {R"({"message":"Unauthorized"})", "", "Unauthorized"},
        {R"({"error":"invalid_grant","error_description":"expired"})", "invalid_grant", "expired"},
        {"", "", ""},
        {"<html>504</html>", "", ""},
        {R"({"name":["odd"],"message":7})", R"(["odd"])", "7"},
        {R"({"message":"cut)", "", ""},
        {R"({"message":"said","message":"said again"})", "", "said again"},
    };
    for (const example& each : examples) {
        static_arena<4096> memory;
        const auto got = decode<ask>(
            http::response{.status = 504, .headers = json_and_id, .body = each.body}, memory);
        REQUIRE(got.refusal() != nullptr);
        CHECK(got.refusal()->status == 504);
        CHECK(got.refusal()->code == each.code);
        CHECK(got.refusal()->message == each.message);
        CHECK(got.refusal()->correlation_id == "b036edf6");
        CHECK(got.refusal()->retry_after == "120");
        CHECK(got.response().body == each.body);
    }
    static_arena<4096> memory;
    const auto in_body = decode<ask>(
        http::response{.status = 400, .body = R"({"message":"m","correlationId":"c-1"})"}, memory);
    REQUIRE(in_body.refusal() != nullptr);
    CHECK(in_body.refusal()->correlation_id == "c-1");
    const http::header plain[] = {{.name = "Content-Type", .value = "text/plain"}};
    const auto words =
        decode<ask>(http::response{.status = 503, .headers = plain, .body = "busy"}, memory);
    REQUIRE(words.refusal() != nullptr);
    CHECK(words.refusal()->message == "busy");
}

TEST_CASE("cloudlink errors: success and unreadable answers have the correlation id too") {
    static_arena<4096> memory;
    const auto good = decode<ask>(
        http::response{.status = 200, .headers = json_and_id, .body = R"({"unused":true})"},
        memory);
    REQUIRE(good);
    const auto& vendor = cloudlink::api_of(cloudlink::service::admin);
    CHECK(http::correlation_id(good.response(), vendor) == "b036edf6");
    const auto odd = decode<ask>(
        http::response{.status = 200, .headers = json_and_id, .body = R"({"unused":"x"})"}, memory);
    CHECK(odd.error().code == errc::expected_boolean);
    CHECK(http::correlation_id(odd.response(), vendor) == "b036edf6");
}

TEST_CASE("cloudlink errors: every size of memory is enough or says so") {
    const std::string body =
        R"({"name":"Not\u0046oundError","message":"no such \"user\"","correlationId":"\u0063-1"})";
    std::size_t enough = 0;
    for (std::size_t size = 0; enough == 0; ++size) {
        REQUIRE(size < 4000);
        std::vector<std::byte> bytes(size);
        arena memory{std::span<std::byte>{bytes}};
        const auto got = decode<ask>(http::response{.status = 404, .body = body}, memory);
        if (got.refusal() == nullptr) {
            REQUIRE(got.error().code == errc::capacity);
            CHECK(got.error().needed > size);
            continue;
        }
        CHECK(got.refusal()->code == "NotFoundError");
        CHECK(got.refusal()->message == "no such \"user\"");
        CHECK(got.refusal()->correlation_id == "c-1");
        enough = size;
    }
    CHECK(enough > 0);
}

TEST_CASE("cloudlink errors: what a server says is what a client reads") {
    const http::api_error said{.status = 409,
                               .code = "ConflictError",
                               .message = "it is there",
                               .retry_after = "3",
                               .correlation_id = "c-2"};
    for (const bool is_oauth : {false, true}) {
        static_arena<4096> memory;
        const auto sent = server::cloudlink::respond_error(said, memory, is_oauth);
        REQUIRE(sent);
        CHECK((sent->body.find("error_description") != text::npos) == is_oauth);
        const auto got = decode<ask>(*sent, memory);
        REQUIRE(got.refusal() != nullptr);
        CHECK(got.refusal()->status == said.status);
        CHECK(got.refusal()->code == said.code);
        CHECK(got.refusal()->message == said.message);
        CHECK(got.refusal()->retry_after == said.retry_after);
        CHECK(got.refusal()->correlation_id == said.correlation_id);
        for (std::size_t size = 0; size < memory.used(); ++size) {
            std::vector<std::byte> bytes(size);
            arena room{std::span<std::byte>{bytes}};
            const auto tried = server::cloudlink::respond_error(said, room, is_oauth);
            if (tried) break;
            CHECK(tried.code() == errc::capacity);
            CHECK(tried.error().needed > size);
        }
    }
}

TEST_CASE("cloudlink server: a plus in a query is a plus") {
    static_arena<1024> memory;
    using list = http::operation_list<ask>;
    const auto op = server::cloudlink::parse<list>({.target = "/2017-09-01/ask/?what=a+b%20c"},
                                                   memory, {.prefix = "/2017-09-01"});
    REQUIRE(op);
    CHECK(*std::get<ask>(*op).what == "a+b c");
}
