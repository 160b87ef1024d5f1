// Responses of a server, read again by the client; what a server must never send.
#include <tipring/server/miarec.hpp>

#include <tipring/tipring.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "error_path.hpp"
#include "exact_memory.hpp"
#include "no_heap.hpp"

namespace {

using namespace tipring;
using exact_memory::block;
using exact_memory::with_every_arena;
using server::respond;
using server::target_of;
using server::miarec::respond_error;
namespace ops = tipring::miarec;

constexpr std::size_t plenty = 1 << 14;

template <class Op>
void refused(const typename Op::answer& value, errc code, text where = {}) {
    block memory{plenty};
    const auto response = respond<Op>(value, memory.room);
    CHECK_FALSE(response);
    CHECK(message(response.code()) == message(code));
    if (!where.empty()) CHECK(path_of(response.error()) == where);
    CHECK(memory.room.used() == 0);
}

/// What a client makes of `said`, and the body on the way.
struct error_on_the_wire {
    http::response response;
    http::api_error seen;
    block memory{plenty};
};
void send(const http::api_error& said, error_on_the_wire& wire) {
    const auto response = respond_error(said, wire.memory.room);
    REQUIRE(response);
    wire.response = *response;
    CHECK(wire.response.status == said.status);
    const auto got = decode<ops::create_group>(wire.response, wire.memory.room);
    REQUIRE(got.refusal() != nullptr);
    wire.seen = *got.refusal();
    CHECK(wire.seen.status == said.status);
    CHECK(wire.seen.code == said.code);
    CHECK(wire.seen.message == said.message);
    CHECK(wire.seen.retry_after == said.retry_after);
    CHECK(wire.seen.location == said.location);
    REQUIRE(wire.seen.details.size() == said.details.size());
    for (std::size_t i = 0; i < wire.seen.details.size(); ++i)
        CHECK(wire.seen.details[i] == said.details[i]);
}

} // namespace

TEST_CASE("respond: nothing to say") {
    block memory{0};
    const auto response = respond<ops::delete_group>({}, memory.room);
    REQUIRE(response);
    CHECK(response->status == 200);
    CHECK(response->headers.empty());
    CHECK(response->body.empty());
    CHECK(decode<ops::delete_group>(*response, memory.room));
}

TEST_CASE("respond: one thing") {
    block memory{plenty};
    const auto response = respond<ops::view_group>(
        {.group = ops::group{.name = "a\"\n", .timezone = null}}, memory.room);
    REQUIRE(response);
    CHECK(response->status == 200);
    CHECK(response->content_type() == "application/json");
    CHECK(response->headers.size() == 1);
    CHECK(response->body == R"({"group":{"name":"a\"\n","timezone":null}})");
    const auto got = decode<ops::view_group>(*response, memory.room);
    REQUIRE(got);
    CHECK(*got->group->name == "a\"\n");
    CHECK(got->group->timezone.is_null());
    CHECK(got->group->group_id.is_absent());
}

TEST_CASE("respond: a page, with next_url from target_of, followed by a pager") {
    block memory{plenty};
    const auto next =
        target_of(ops::list_groups{.limit = 2, .start = 2, .search_term = "a b&c"}, memory.room);
    REQUIRE(next);
    CHECK(*next == "/api/v2/groups.json?limit=2&start=2&search_term=a%20b%26c");
    const ops::group rows[] = {{.name = "1"}, {.name = "2"}};
    const auto response = respond<ops::list_groups>(
        {.next_url = *next, .total = null, .groups = list<ops::group>{rows}}, memory.room);
    REQUIRE(response);
    const auto got = decode<ops::list_groups>(*response, memory.room);
    REQUIRE(got);
    CHECK(got->total.is_null());
    REQUIRE(got->groups->size() == 2);
    CHECK(*(*got->groups)[1].name == "2");
    pager pages{{.origin = "http://recorder"}};
    REQUIRE(pages.first(ops::list_groups{.limit = 2}, memory.room));
    const auto step = pages.next(*got->next_url, memory.room);
    REQUIRE(step);
    const auto parsed = server::miarec::parse(**step, memory.room);
    REQUIRE(parsed);
    CHECK(*std::get_if<ops::list_groups>(&*parsed)->search_term == "a b&c");
}

TEST_CASE("respond: a creation has its path in Location and body, and the client finds the id") {
    block memory{plenty};
    const auto location =
        target_of(ops::view_group{.group_id = ops::group_id{"a/b c"}}, memory.room);
    REQUIRE(location);
    CHECK(*location == "/api/v2/groups/a%2Fb%20c.json");
    const auto response = respond<ops::create_group>({.location = *location}, memory.room);
    REQUIRE(response);
    CHECK(response->status == 201);
    CHECK(response->find("Location")->value == *location);
    CHECK(response->body == R"({"url":"/api/v2/groups/a%2Fb%20c.json"})");
    const auto got = decode<ops::create_group>(*response, memory.room);
    REQUIRE(got);
    CHECK(got->id.value == "a/b c");
    refused<ops::create_group>({}, errc::missing_parameter, "location");
    refused<ops::create_group>({.id = ops::group_id{"a"}}, errc::missing_parameter, "location");
}

TEST_CASE("respond: no header is split by what stands in a Location or a content type") {
    for (const text location :
         {"/x\r\nSet-Cookie: a=b", "/x\n", "\r/x", "/x\ty\x01", " /x", "/x ", "/\xC3\xA9", "/\x7F"})
        refused<ops::create_group>({.location = location}, errc::bad_header);
    refused<ops::create_group>({.location = text{"/x\0y", 4}}, errc::bad_header);
    refused<ops::create_group>({.location = "/\xFF"}, errc::invalid_utf8);
    refused<ops::call_file>({.bytes = "x", .content_type = "audio/mpeg\r\nX: y"}, errc::bad_header);
    refused<ops::call_file>({.bytes = "x",
                             .content_type = "audio/mpeg",
                             .content_range = "bytes 0-0/1\n",
                             .is_partial = true},
                            errc::bad_header);
    for (const http::api_error& said :
         {http::api_error{.status = 503, .retry_after = "1\r\nX: y"},
          http::api_error{.status = 302, .location = "/x\ny"},
          http::api_error{.status = 400, .code = "a", .location = "/x\ny"}}) {
        block memory{plenty};
        CHECK(respond_error(said, memory.room).code() == errc::bad_header);
        CHECK(memory.room.used() == 0);
    }
}

TEST_CASE("respond: a file, whole and in part") {
    block memory{plenty};
    const std::string_view bytes{"RI\0FF", 5};
    const auto whole =
        respond<ops::call_file>({.bytes = bytes, .content_type = "audio/mpeg"}, memory.room);
    REQUIRE(whole);
    CHECK(whole->status == 200);
    CHECK(whole->body.data() == bytes.data());
    CHECK(whole->headers.size() == 1);
    const auto part = respond<ops::call_file>({.bytes = bytes,
                                               .content_type = "audio/mpeg",
                                               .content_range = "bytes 0-4/1234",
                                               .is_partial = true},
                                              memory.room);
    REQUIRE(part);
    CHECK(part->status == 206);
    const auto got = decode<ops::call_file>(*part, memory.room);
    REQUIRE(got);
    CHECK(got->bytes == bytes);
    CHECK(got->content_range == "bytes 0-4/1234");
    CHECK(got->is_partial);
    const auto bare = respond<ops::call_file>({}, memory.room);
    REQUIRE(bare);
    CHECK(bare->headers.empty());
}

TEST_CASE("D-32: an update answers the thing, its url, or an empty body") {
    block memory{plenty};
    const auto nothing = respond<ops::update_group>({}, memory.room);
    REQUIRE(nothing);
    CHECK(nothing->status == 200);
    CHECK(nothing->body.empty());
    CHECK(nothing->headers.empty());
    CHECK(decode<ops::update_group>(*nothing, memory.room));
    const auto thing = respond<ops::update_group>({.group = ops::group{.name = "a"}}, memory.room);
    REQUIRE(thing);
    CHECK(thing->body == R"({"group":{"name":"a"}})");
    const auto url = respond<ops::update_group>({.url = "/x"}, memory.room);
    REQUIRE(url);
    CHECK(url->body == R"({"url":"/x"})");
    const auto page = respond<ops::list_groups>({}, memory.room);
    REQUIRE(page);
    CHECK(page->body == "{}");
}

TEST_CASE("D-25: what may only be written is in no answer") {
    block memory{plenty};
    const ops::user person{.user_id = ops::user_id{"1"},
                           .name = "Peter",
                           .fieldset_login =
                               ops::user_login{.login = "peter", .password = secret{"hunter2"}}};
    const ops::user people[] = {person, person};
    const auto one = respond<ops::view_user>({.user = person}, memory.room);
    REQUIRE(one);
    CHECK(one->body ==
          R"({"user":{"user_id":"1","name":"Peter","fieldset_login":{"login":"peter"}}})");
    const auto page = respond<ops::list_users>({.users = list<ops::user>{people}}, memory.room);
    REQUIRE(page);
    CHECK(page->body.find("hunter2") == text::npos);
    CHECK(page->body.find("password\"") == text::npos);
    const auto update = respond<ops::update_user>({.user = person}, memory.room);
    REQUIRE(update);
    CHECK(update->body.find("hunter2") == text::npos);
}

TEST_CASE("respond: values that are no JSON are refused, naming the member") {
    refused<ops::view_group>({.group = ops::group{.name = "\xFF"}}, errc::invalid_utf8);
    const ops::call_custom_field_value values[] = {{.value = raw_json{"{"}}};
    refused<ops::view_call>(
        {.call = ops::call{.custom_fields = list<ops::call_custom_field_value>{values}}},
        errc::invalid_json);
    block memory{plenty};
    const auto response =
        respond<ops::view_group>({.group = ops::group{.name = "\xFF"}}, memory.room);
    char buffer[100];
    CHECK(describe(response.error(), buffer).starts_with("group.name: "));
}

TEST_CASE("target_of: parameters that no path may hold") {
    block memory{plenty};
    for (const text id : {"", ".", "..", "a/../b", "a\nb"})
        CHECK_FALSE(target_of(ops::view_group{.group_id = ops::group_id{id}}, memory.room));
    CHECK(target_of(ops::list_groups{.limit = 1001}, memory.room).code() == errc::bad_parameter);
    CHECK(memory.room.used() == 0);
}

TEST_CASE("respond_error: text without a code, JSON with one") {
    error_on_the_wire wire;
    send({.status = 401, .message = "Invalid credentials"}, wire);
    CHECK(wire.response.content_type() == "text/plain; charset=utf-8");
    CHECK(wire.response.body == "Invalid credentials");
    error_on_the_wire json;
    send({.status = 409, .code = "InvalidState", .message = "User \"x\" may already"}, json);
    CHECK(json.response.content_type() == "application/json");
    CHECK(json.response.body ==
          R"({"error":"InvalidState","description":"User \"x\" may already"})");
    error_on_the_wire later;
    send({.status = 503, .message = "later", .retry_after = "120"}, later);
    CHECK(later.response.find("Retry-After")->value == "120");
    error_on_the_wire elsewhere;
    send({.status = 302, .location = "https://recorder/login"}, elsewhere);
    error_on_the_wire braces;
    send({.status = 400, .message = "{no JSON"}, braces);
    error_on_the_wire short_one;
    send({.status = 400, .code = "InvalidRecord"}, short_one);
    CHECK(short_one.response.body == R"({"error":"InvalidRecord"})");
}

TEST_CASE(
    "D-1: details are an object of field and message, or a list of fields when they have codes") {
    const http::field_error plain[] = {{.field = "name", .message = "taken"},
                                       {.field = "a\"b", .message = ""}};
    error_on_the_wire object;
    send({.status = 400, .code = "InvalidRecord", .message = "m", .details = plain}, object);
    CHECK(object.response.body ==
          R"({"error":"InvalidRecord","description":"m","details":{"name":"taken","a\"b":""}})");

    const http::field_error coded[] = {{.field = "name", .code = "blank", .message = "set it"},
                                       {.message = "more"}};
    error_on_the_wire fields;
    send({.status = 400, .code = "InvalidRecord", .details = coded}, fields);
    CHECK(
        fields.response.body ==
        R"({"error":"InvalidRecord","details":{"fields":[{"field_name":"name","error":"blank","description":"set it"},{"field_name":"","description":"more"}]}})");

    const http::field_error twice[] = {{.field = "name", .message = "a"},
                                       {.field = "name", .message = "b"}};
    error_on_the_wire both;
    send({.status = 400, .code = "InvalidRecord", .details = twice}, both);
    CHECK(both.response.body.find("\"details\":{\"fields\":[") != text::npos);
    const http::field_error tricky[] = {{.field = "field_name", .message = "a"},
                                        {.field = "fields", .message = "b"},
                                        {.field = "error", .message = "c"}};
    error_on_the_wire odd;
    send({.status = 400, .code = "InvalidRecord", .details = tricky}, odd);
    const http::field_error only_fields[] = {{.field = "fields", .message = "b"}};
    error_on_the_wire one;
    send({.status = 400, .code = "InvalidRecord", .details = only_fields}, one);
}

TEST_CASE("respond_error: details without a code are JSON too, and a status must be one") {
    const http::field_error plain[] = {{.field = "name", .message = "taken"}};
    error_on_the_wire details;
    send({.status = 400, .details = plain}, details);
    CHECK(details.response.body == R"({"details":{"name":"taken"}})");
    error_on_the_wire worded;
    send({.status = 400, .message = "m", .details = plain}, worded);
    CHECK(worded.response.body == R"({"description":"m","details":{"name":"taken"}})");
    static_arena<500> memory;
    for (const int bad : {0, 99, 600, -1}) {
        const auto refused = server::miarec::respond_error({.status = bad, .code = "X"}, memory);
        CHECK(refused.code() == errc::bad_parameter);
        CHECK(path_of(refused.error()) == "status");
        CHECK(memory.used() == 0);
    }
}

TEST_CASE("respond_error: 2,000 random refusals come back as they were") {
    std::mt19937_64 source{7};
    const auto below = [&](std::size_t end) { return static_cast<std::size_t>(source() % end); };
    constexpr text words[] = {"",       "name",   "fields",   "field_name", "error", "description",
                              "a\"b\\", "\n",     "\xC3\xA9", "[",          "{",     "null",
                              "0",      "details"};
    const auto word = [&] { return words[below(std::size(words))]; };
    for (int round = 0; round < 2000; ++round) {
        CAPTURE(round);
        std::vector<http::field_error> details;
        for (std::size_t i = below(5); i > 0; --i)
            details.push_back(
                {.field = word(), .code = below(3) == 0 ? word() : text{}, .message = word()});
        error_on_the_wire wire;
        send({.status = 400,
              .code = below(4) == 0 ? text{} : words[1 + below(std::size(words) - 1)],
              .message = word(),
              .details = list<http::field_error>{details}},
             wire);
    }
}

TEST_CASE("respond_error: what is no UTF-8 is refused in JSON") {
    block memory{plenty};
    CHECK(respond_error({.status = 400, .code = "\xFF"}, memory.room).code() == errc::invalid_utf8);
    CHECK(respond_error({.status = 400, .code = "a", .message = "\xFF"}, memory.room).code() ==
          errc::invalid_utf8);
    const http::field_error bad[] = {{.field = "\xFF"}};
    CHECK(respond_error({.status = 400, .code = "a", .details = bad}, memory.room).code() ==
          errc::invalid_utf8);
    CHECK(memory.room.used() == 0);
}

TEST_CASE("respond: every arena is enough or says exactly what is") {
    const http::field_error coded[] = {{.field = "name", .code = "blank", .message = "set it"}};
    with_every_arena(400, [&](arena& room) -> result<bool> {
        const auto response = respond<ops::view_group>({.group = ops::group{.name = "a"}}, room);
        return response ? result<bool>{response->body == R"({"group":{"name":"a"}})"}
                        : result<bool>{response.error()};
    });
    with_every_arena(400, [&](arena& room) -> result<bool> {
        const auto response = respond<ops::create_group>({.location = "/x/1.json"}, room);
        return response ? result<bool>{response->headers.size() == 2}
                        : result<bool>{response.error()};
    });
    with_every_arena(400, [&](arena& room) -> result<bool> {
        const auto response =
            respond<ops::call_file>({.bytes = "x", .content_type = "audio/mpeg"}, room);
        return response ? result<bool>{response->headers.size() == 1}
                        : result<bool>{response.error()};
    });
    with_every_arena(600, [&](arena& room) -> result<bool> {
        const auto response = respond_error({.status = 400, .code = "a", .details = coded}, room);
        return response ? result<bool>{response->content_type() == "application/json"}
                        : result<bool>{response.error()};
    });
    with_every_arena(400, [&](arena& room) -> result<bool> {
        const auto response = respond_error({.status = 401, .message = "no"}, room);
        return response ? result<bool>{response->body == "no"} : result<bool>{response.error()};
    });
    with_every_arena(100, [&](arena& room) -> result<bool> {
        const auto target = target_of(ops::view_group{.group_id = ops::group_id{"a b"}}, room);
        return target ? result<bool>{*target == "/api/v2/groups/a%20b.json"}
                      : result<bool>{target.error()};
    });
}

TEST_CASE("respond: no heap") {
    static std::byte own[4096];
    no_heap_guard guard;
    arena room{own};
    const bool value =
        respond<ops::view_group>({.group = ops::group{.name = "a"}}, room).has_value();
    const bool failure =
        respond_error({.status = 400, .code = "a", .message = "b"}, room).has_value();
    const std::size_t allocations = guard.stop();
    CHECK(allocations == 0);
    CHECK(value);
    CHECK(failure);
}
