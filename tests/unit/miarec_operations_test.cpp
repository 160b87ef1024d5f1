// What holds for all operations (client to server to client is the identity), and the quirks of
// single ones.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include <tipring/auth/basic.hpp>
#include <tipring/server/miarec.hpp>
#include <tipring/tipring.hpp>

#include "miarec_operations.hpp"
#include "no_heap.hpp"
#include "operation_checks.hpp"

namespace {

using namespace tipring;
using miarec_operations::operation;

const origin_server recorder{.origin = "http://recorder:8080"};

} // namespace

TEST_CASE(
    "operations: there are 46, each with a path of its own, a source and a grade of evidence") {
    const auto all = miarec_operations::all();
    CHECK(all.size() == 46);
    std::set<std::string> seen;
    std::size_t beyond_the_manual = 0;
    for (const operation& op : all) {
        const http::operation& facts = *op.codec.facts;
        CHECK(seen.insert(std::string{http::name(facts.method)} + " " + std::string{facts.path})
                  .second);
        CHECK(facts.path.starts_with("/api/v2/"));
        CHECK(tipring::text{facts.source}.empty() == (TIPRING_SMALL != 0));
        CHECK(tipring::text{facts.doc}.empty() == (TIPRING_SMALL != 0));
        CHECK(facts.api == &miarec::api);
        const bool creates = facts.success == 201;
        CHECK((!creates || facts.method == http::method::post));
        // Who mutes a user's call of the moment mutes another one when he says it again.
        const bool means_the_moment = &facts == &http::operation_of<miarec::mute_user>;
        CHECK(facts.idempotent == !(creates || means_the_moment));
        beyond_the_manual += facts.evidence != http::evidence::documented ? 1u : 0u;
    }
    CHECK(beyond_the_manual == 6);
}

TEST_CASE(
    "operations: what a client builds is what a server parses, for random values of every operation") {
    for (const std::uint64_t seed : random_values::seeds())
        operations::check_round_trips(miarec_operations::all(), recorder, seed);
}

TEST_CASE("operations: no method and path fits two operations") {
    operations::check_paths(miarec_operations::all(), recorder);
}

TEST_CASE(
    "D-11: a tenant is deleted by the plural path, by the singular one if asked; servers take both") {
    static_arena<4096> memory;
    const miarec::delete_tenant op{.tenant_id = miarec::tenant_id{"7"}};
    const auto plural = encode(op, recorder, memory);
    REQUIRE(plural);
    CHECK(plural->target == "/api/v2/tenants/7.json");
    const auto singular = encode(op, recorder, memory, {.other_path = true});
    REQUIRE(singular);
    CHECK(singular->target == "/api/v2/tenant/7.json");
    for (const auto& request : {*plural, *singular}) {
        const auto parsed = server::miarec::parse(request, memory);
        REQUIRE(parsed);
        CHECK(std::get<miarec::delete_tenant>(*parsed) == op);
    }
    const auto other = encode(miarec::delete_user{.user_id = miarec::user_id{"7"}}, recorder,
                              memory, {.other_path = true});
    REQUIRE(other);
    CHECK(other->target == "/api/v2/users/7.json");
}

TEST_CASE("D-12: encryption keys are searched by search_text, or by search_term if that is set") {
    static_arena<4096> memory;
    const auto as_in_example =
        encode(miarec::list_encrypt_keys{.search_text = "SomeKeyName"}, recorder, memory);
    REQUIRE(as_in_example);
    CHECK(as_in_example->target == "/api/v2/encrypt_keys.json?search_text=SomeKeyName");
    const auto as_in_label =
        encode(miarec::list_encrypt_keys{.search_term = "SomeKeyName"}, recorder, memory);
    REQUIRE(as_in_label);
    CHECK(as_in_label->target == "/api/v2/encrypt_keys.json?search_term=SomeKeyName");
}

TEST_CASE("D-32: an update is answered by nothing, the object, or its path") {
    static_arena<4096> memory;
    const auto nothing = decode<miarec::update_role>(http::response{.status = 200}, memory);
    REQUIRE(nothing);
    CHECK(nothing->role.is_absent());
    CHECK(nothing->url.is_absent());
    const auto object = decode<miarec::update_role>(
        http::response{.status = 200, .body = R"({"role":{"name":"Agent"}})"}, memory);
    REQUIRE(object);
    CHECK(*object->role->name == "Agent");
    const auto path = decode<miarec::update_role>(
        http::response{.status = 200, .body = R"({"url":"/api/v2/roles/1.json"})"}, memory);
    REQUIRE(path);
    CHECK(http::last_path_segment(*path->url) == "1");
    const auto other = decode<miarec::view_role>(http::response{.status = 200}, memory);
    CHECK(other.error().code == errc::unexpected_end);
}

TEST_CASE("D-35, D-36: a signed URL is asked for with GET and a lifetime in seconds") {
    static_arena<4096> memory;
    const auto request = encode(
        miarec::call_file_url{.call_id = miarec::call_id{"7"}, .expires = 3600, .file_id = "01"},
        recorder, memory);
    REQUIRE(request);
    CHECK(request->method == http::method::get);
    CHECK(request->target == "/api/v2/calls/7.json/file_url.json?expires=3600&file_id=01");
    CHECK(request->body.empty());
}

TEST_CASE("D-34: .json stands where each template has it") {
    static_arena<4096> memory;
    const miarec::call_id id{"7"};
    const auto file = encode(miarec::call_file{.call_id = id}, recorder, memory);
    REQUIRE(file);
    CHECK(file->target == "/api/v2/calls/7.json/file");
    const auto muting = encode(
        miarec::mute_call{.call_id = id, .action = miarec::muting_action::mute}, recorder, memory);
    REQUIRE(muting);
    CHECK(muting->target == "/api/v2/calls/7.json/muting?action=mute");
    const auto users = encode(miarec::list_authorized_users{.key_id = miarec::encrypt_key_id{"7"}},
                              recorder, memory);
    REQUIRE(users);
    CHECK(users->target == "/api/v2/encrypt_keys/7/authorized_users.json");
}

TEST_CASE("D-37: a range may be asked for; the whole file and a part are both good answers") {
    static_arena<4096> memory;
    const miarec::call_file op{.call_id = miarec::call_id{"7"},
                               .range = http::byte_range{.first = 500, .last = 999}};
    const auto request = encode(op, recorder, memory);
    REQUIRE(request);
    REQUIRE(request->find("range") != nullptr);
    CHECK(request->find("range")->value == "bytes=500-999");
    const http::header part[] = {{.name = "Content-Range", .value = "bytes 500-999/1234"}};
    const auto partial = decode<miarec::call_file>(
        http::response{.status = 206, .headers = part, .body = "abc"}, memory);
    REQUIRE(partial);
    CHECK(partial->is_partial);
    CHECK(partial->content_range == "bytes 500-999/1234");
    const auto whole =
        decode<miarec::call_file>(http::response{.status = 200, .body = "abc"}, memory);
    REQUIRE(whole);
    CHECK_FALSE(whole->is_partial);
    CHECK(whole->bytes == "abc");
    for (const http::byte_range bad :
         {http::byte_range{.first = -1}, http::byte_range{.first = 5, .last = 4}}) {
        const auto refused =
            encode(miarec::call_file{.call_id = op.call_id, .range = bad}, recorder, memory);
        CHECK(refused.code() == errc::bad_parameter);
    }
}

TEST_CASE("D-38: the advanced search belongs to calls alone, and is on only when it says so") {
    static_arena<8192> memory;
    const auto users =
        server::miarec::parse({.target = "/api/v2/users.json?advanced_search=0"}, memory);
    CHECK(users.code() == errc::unknown_parameter);
    const auto off = server::miarec::parse(
        {.target = "/api/v2/calls.json?advanced_search=0&search_term=1"}, memory);
    REQUIRE(off);
    CHECK(std::get<miarec::list_calls>(*off).where.empty());
    const auto unannounced =
        server::miarec::parse({.target = "/api/v2/calls.json?phone_number__includes=1"}, memory);
    CHECK(unannounced.code() == errc::unknown_parameter);
    const auto late = server::miarec::parse(
        {.target = "/api/v2/calls.json?phone_number__includes=1&advanced_search=1"}, memory);
    REQUIRE(late);
    CHECK(std::get<miarec::list_calls>(*late).where.size() == 1);
    const auto mixed = server::miarec::parse(
        {.target = "/api/v2/calls.json?search_term=1&phone_number__includes=1&advanced_search=1"},
        memory);
    CHECK(mixed.code() == errc::bad_parameter);
    for (const text basic : {"search_term=1", "user_id=1", "daterange=2014/11/01"}) {
        std::string target = "/api/v2/calls.json?advanced_search=1&";
        target += basic;
        const auto without_condition = server::miarec::parse({.target = target}, memory);
        CHECK(without_condition.code() == errc::bad_parameter);
    }
}

TEST_CASE("D-38: an advanced search without conditions stays one") {
    static_arena<8192> memory;
    const http::request all{.target = "/api/v2/calls.json?limit=5&advanced_search=1"};
    const auto op = server::miarec::parse(all, memory);
    REQUIRE(op);
    const auto& calls = std::get<miarec::list_calls>(*op);
    CHECK(calls.where.empty());
    CHECK(calls.where.is_active());
    const auto again = encode(calls, recorder, memory);
    REQUIRE(again);
    CHECK(again->target == all.target);
}

TEST_CASE(
    "D-39, D-40, D-41: names and operators are those of the table, whatever the text around it says") {
    static_arena<8192> memory;
    using namespace miarec::search;
    const auto request =
        encode(miarec::list_calls{.where = phone_number_from.starts_with("1") &&
                                           duration.greater_than(std::chrono::seconds{30})},
               recorder, memory);
    REQUIRE(request);
    CHECK(
        request->target ==
        "/api/v2/calls.json?advanced_search=1&phone_number_from__starts_with=1&duration__greater_than=30");
    const auto other = server::miarec::parse(
        {.target = "/api/v2/calls.json?advanced_search=1&from_number__starts_with=1"}, memory);
    REQUIRE(other);
    CHECK(std::get<miarec::list_calls>(*other).where[0].name() == "from_number");
}

TEST_CASE("D-45: every list can be ordered, none is unless asked to") {
    static_arena<4096> memory;
    const auto plain = encode(miarec::list_groups{}, recorder, memory);
    REQUIRE(plain);
    CHECK(plain->target == "/api/v2/groups.json");
    const auto ordered =
        encode(miarec::list_groups{.sort_order = miarec::sort_order::desc}, recorder, memory);
    REQUIRE(ordered);
    CHECK(ordered->target == "/api/v2/groups.json?sort_order=desc");
    for (const operation& op : miarec_operations::all()) {
        if (!op.codec.facts->name.starts_with("list_")) continue;
        bool by_alias = false;
        CHECK(json::find_member(*op.codec.type, "sort_order", by_alias) != json::table::no_member);
        CHECK(json::find_member(*op.codec.type, "limit", by_alias) != json::table::no_member);
    }
}

TEST_CASE(
    "D-54: muting has neither body nor Content-Type; whatever has a body has one Content-Type") {
    static_arena<8192> memory;
    const auto muting = encode(
        miarec::mute_user{.user_id = miarec::user_id{"7"}, .action = miarec::muting_action::unmute},
        recorder, memory);
    REQUIRE(muting);
    CHECK(muting->method == http::method::post);
    CHECK(muting->body.empty());
    CHECK(muting->find("Content-Type") == nullptr);
    const auto creation =
        encode(miarec::create_group{.group = miarec::group{.name = "A"}}, recorder, memory);
    REQUIRE(creation);
    CHECK(creation->find("Content-Type")->value == "application/json");
}

TEST_CASE("D-61: a signed URL is handed out as it came") {
    static_arena<4096> memory;
    const text url =
        "https://portal/calls/file/1/signed?expires=1493100525&sign=NM/x+BcIFB6t2M==&x=%2f";
    const std::string body = R"({"signed_url":")" + std::string{url} + "\"}";
    const auto got =
        decode<miarec::call_file_url>(http::response{.status = 200, .body = body}, memory);
    REQUIRE(got);
    CHECK(*got->signed_url == url);
}

TEST_CASE("D-53: two things of a list may have the same id") {
    static_arena<4096> memory;
    const text body =
        R"({"tenants":[{"tenant_id":"1","name":"Acme"},{"tenant_id":"1","name":"Flexus"}],"next_url":null})";
    const auto got =
        decode<miarec::list_tenants>(http::response{.status = 200, .body = body}, memory);
    REQUIRE(got);
    CHECK(got->tenants->size() == 2);
}

TEST_CASE("requests: what must never be sent is refused, with its name") {
    static_arena<8192> memory;
    char line[200];
    const auto refusal = [&](const auto& op) {
        const auto request = encode(op, recorder, memory);
        return std::string{describe(request.error(), line)};
    };
    const std::size_t before = memory.used();
    CHECK(refusal(miarec::view_call{}) == "call_id: a required parameter is missing");
    CHECK(refusal(miarec::view_call{.call_id = miarec::call_id{"."}}).starts_with("call_id: "));
    CHECK(refusal(miarec::view_call{.call_id = miarec::call_id{".."}}).starts_with("call_id: "));
    CHECK(refusal(miarec::view_call{.call_id = miarec::call_id{text{"a\0b", 3}}})
              .starts_with("call_id: "));
    CHECK(refusal(miarec::view_call{.call_id = miarec::call_id{"\xC3"}}).starts_with("call_id: "));
    CHECK(refusal(miarec::mute_call{.call_id = miarec::call_id{"1"}}) ==
          "action: a required parameter is missing");
    CHECK(refusal(miarec::create_user{}) == "user: a required parameter is missing");
    CHECK(refusal(miarec::create_user{.user = null}) == "user: a required parameter is missing");
    CHECK(refusal(miarec::list_calls{.limit = 1001}) ==
          "limit: a parameter has a value that is not allowed");
    CHECK(refusal(miarec::list_calls{.limit = -1}) ==
          "limit: a parameter has a value that is not allowed");
    CHECK(refusal(miarec::list_calls{.search_term = null}) ==
          "search_term: a parameter has a value that is not allowed");
    CHECK(refusal(miarec::list_calls{.search_term = "\xFF"}) == "search_term: not valid UTF-8");
    CHECK(refusal(miarec::create_user{
              .user = miarec::user{.fieldset_login = miarec::user_login{.login = "\xFF"}}}) ==
          "user.fieldset_login.login: not valid UTF-8");
    CHECK(refusal(
              miarec::list_calls{.search_term = "x", .where = miarec::search::notes.is_empty()}) ==
          "where: a parameter has a value that is not allowed");
    CHECK(memory.used() == before);
}

TEST_CASE("requests: servers that cannot be meant are refused") {
    static_arena<8192> memory;
    const miarec::list_roles op{};
    for (const text origin :
         {text{""}, text{"recorder"}, text{"ftp://recorder"}, text{"http://recorder/path"},
          text{"http://user@recorder"}, text{"http://rec order"}, text{"http://recorder\r\n"}})
        CHECK(encode(op, {.origin = origin}, memory).code() == errc::bad_url);
    for (const text prefix :
         {text{"x"}, text{"/x/"}, text{"/x y"}, text{"/x?y"}, text{"/x\r\nHost: y"}, text{"/%zz"},
          text{"//x"}, text{"/.."}, text{"/a/%2e%2E"}, text{"/a//b"}})
        CHECK(encode(op, {.origin = "http://recorder", .prefix = prefix}, memory).code() ==
              errc::bad_url);
    const auto behind_proxy = encode(op, {.origin = "http://recorder", .prefix = "/a/b"}, memory);
    REQUIRE(behind_proxy);
    CHECK(behind_proxy->target == "/a/b/api/v2/roles.json");
    const http::header evil[] = {{.name = "X-A", .value = "b\r\nX-C: d"}};
    CHECK(encode(op, {.origin = "http://recorder", .headers = evil}, memory).code() ==
          errc::bad_header);
}

TEST_CASE(
    "requests: a member that only the server sets is left out, so that a value can be changed and sent back") {
    static_arena<8192> memory;
    const auto got = decode<miarec::view_group>(
        http::response{.status = 200,
                       .body = R"({"group":{"group_id":"7","name":"Old","timezone":null}})"},
        memory);
    REQUIRE(got);
    miarec::group changed = *got->group;
    changed.name = "New";
    const auto request = encode(
        miarec::update_group{.group_id = *changed.group_id, .group = changed}, recorder, memory);
    REQUIRE(request);
    CHECK(request->target == "/api/v2/groups/7.json");
    CHECK(request->body == R"({"group":{"name":"New","timezone":null}})");
}

TEST_CASE("requests: clauses of a search come out of list_calls with their text and their fault") {
    static_arena<8192> memory;
    using namespace miarec::search;
    using namespace std::chrono_literals;
    no_heap_guard guard;
    const auto request = encode(miarec::list_calls{.limit = 500,
                                                   .where = phone_number.includes("1234") &&
                                                            user_name.equal_to("J Smith") &&
                                                            duration.between(30s, 10min)},
                                recorder, memory);
    guard.stop();
    REQUIRE(request);
    CHECK(request->target ==
          "/api/v2/calls.json?limit=500&advanced_search=1&phone_number__includes=1234&"
          "user_name__equal_to=J%20Smith&duration__between=30-600");
    CHECK(guard.allocations() == 0);
    const auto negative =
        encode(miarec::list_calls{.where = notes_count.between(-1, 5)}, recorder, memory);
    REQUIRE_FALSE(negative);
    char line[200];
    CHECK(describe(negative.error(), line) ==
          "where[0].notes_count: a parameter has a value that is not allowed");
}
