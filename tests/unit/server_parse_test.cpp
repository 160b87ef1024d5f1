// Requests from outside to typed operations: what is taken, what is refused and why. Not here: that
// whatever a client encodes comes back (miarec_operations_test, miarec_vectors_test).
#include <tipring/server/miarec.hpp>

#include <tipring/tipring.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "error_path.hpp"
#include "exact_memory.hpp"
#include "no_heap.hpp"

namespace {

using namespace tipring;
using exact_memory::block;
using exact_memory::exact_text;
using exact_memory::with_every_arena;
using http::method;
namespace ops = tipring::miarec;

constexpr std::size_t plenty = 1 << 14;
constexpr http::header json_type[] = {{.name = "Content-Type", .value = "application/json"}};

/// The refusal of a request; `memory` must be as before.
error refused(const http::request& from, const server::parse_options& options = {}) {
    block memory{plenty};
    const auto op = server::miarec::parse(from, memory.room, options);
    CHECK_FALSE(op);
    CHECK(memory.room.used() == 0);
    return op.error();
}
error refused_get(std::string_view target, const server::parse_options& options = {}) {
    CAPTURE(target);
    return refused({.target = target}, options);
}

/// Parses and gives the operation to `check`.
template <class Op, class Check>
void taken(const http::request& from, const Check& check,
           const server::parse_options& options = {}) {
    CAPTURE(from.target);
    block memory{plenty};
    const auto op = server::miarec::parse(from, memory.room, options);
    REQUIRE(op);
    const auto* const found = std::get_if<Op>(&*op);
    REQUIRE(found != nullptr);
    check(*found);
}
template <class Op, class Check>
void taken_get(std::string_view target, const Check& check,
               const server::parse_options& options = {}) {
    taken<Op>({.target = target}, check, options);
}

} // namespace

TEST_CASE("parse: paths that no operation has") {
    for (const std::string_view target :
         {"",
          "/",
          "?",
          "*",
          "/api/v2",
          "/api/v2/",
          "/api/v2/calls",
          "/api/v2/calls.json/",
          "/api/v2/calls.jso",
          "/api/v2/calls.jsonx",
          "/API/v2/calls.json",
          "/api/v2//calls.json",
          "api/v2/calls.json",
          "/api/v2/./calls.json",
          "/api/v2/x/../calls.json",
          "http://recorder/api/v2/calls.json",
          "/api/v2/%63alls.json",
          "/api/v1/calls.json",
          "/api/v2/calls/.json",
          "/api/v2/calls/a",
          "/api/v2/calls/a.json/",
          "/api/v2/calls/a.json/files",
          "/api/v2/calls/a/file",
          "/api/v2/calls/a/b.json",
          "/api/v2/calls//.json",
          "/api/v2/calls/a.json.json/x",
          "/api/v2/encrypt_keys//authorized_users.json",
          "/api/v2/encrypt_keys/a/authorized_users/.json",
          "/api/v2/encrypt_keys/a.json/authorized_users.json.json"}) {
        CHECK(refused_get(target).code == errc::unknown_path);
    }
}

TEST_CASE("parse: a known path with another method, HEAD among them") {
    for (const method m : {method::head, method::post, method::put, method::patch, method::delete_})
        CHECK(refused({.method = m, .target = "/api/v2/calls.json"}).code ==
              errc::method_not_allowed);
    for (const method m : {method::head, method::post, method::patch})
        CHECK(refused({.method = m, .target = "/api/v2/calls/1.json"}).code ==
              errc::method_not_allowed);
    CHECK(refused({.target = "/api/v2/calls/1.json/muting?action=mute"}).code ==
          errc::method_not_allowed);
    CHECK(refused({.method = static_cast<method>(77), .target = "/api/v2/calls.json"}).code ==
          errc::method_not_allowed);
}

TEST_CASE("parse: bad escapes and characters of the target, with the offset") {
    const std::string_view bad_path = "/api/v2/calls/a%2.json";
    CHECK(refused_get(bad_path).code == errc::bad_url);
    CHECK(refused_get(bad_path).offset == bad_path.find('%'));
    for (const std::string_view target :
         {"/api/v2/calls/%.json", "/api/v2/calls/%zz.json", "/api/v2/calls/a b.json",
          "/api/v2/calls/a#b.json", "/api/v2/calls/a\\b.json", "/api/v2/calls/a\tb.json",
          "/api/v2/calls/\xC3\xA9.json", "/api/v2/calls/a\r\nb.json", "/api/v2/calls.json?a=%",
          "/api/v2/calls.json?a=b c", "/api/v2/calls.json?a#b", "/api/v2/calls.json?%4=1",
          "/api/v2/calls.json?a=\n"})
        CHECK(refused_get(target).code == errc::bad_url);
    CHECK(refused_get("/api/v2/calls.json?limit=1&user_login=%4x").offset == 19);
}

TEST_CASE("parse: parameters in the path") {
    const auto id_of = [](std::string_view coded) {
        std::string id;
        taken_get<ops::view_call>(
            "/api/v2/calls/" + std::string{coded} + ".json",
            [&](const ops::view_call& op) { id = std::string{op.call_id.value}; });
        return id;
    };
    CHECK(id_of("e03f") == "e03f");
    CHECK(id_of("a%2Fb") == "a/b");
    CHECK(id_of("a%2fb%20c") == "a/b c");
    CHECK(id_of("a+b") == "a+b");
    CHECK(id_of("%C3%A9") == "\xC3\xA9");
    CHECK(id_of("a.json") == "a.json");
    CHECK(id_of("%3F%23%25") == "?#%");
    CHECK(id_of("...") == "...");
    CHECK(id_of(std::string(5000, 'a')) == std::string(5000, 'a'));
    for (const std::string_view coded : {"..", ".", "%2e%2e", "%2E.", "%2e", "a%2F..", "..%2Fa",
                                         "..%5Cx", "a%00b", "%0a", "%7F", "%1F"}) {
        const error failure = refused_get("/api/v2/calls/" + std::string{coded} + ".json");
        CHECK(failure.code == errc::bad_parameter);
        CHECK(path_of(failure) == "call_id");
    }
    for (const std::string_view coded :
         {"%FF", "%C3", "%C0%AE%C0%AE", "%C0%AF", "%E0%80%AE", "%ED%A0%80", "%F5%80%80%80"}) {
        const error failure = refused_get("/api/v2/calls/" + std::string{coded} + ".json");
        CHECK(failure.code == errc::invalid_utf8);
        CHECK(path_of(failure) == "call_id");
    }
    taken<ops::revoke_user>({.method = method::delete_,
                             .target = "/api/v2/encrypt_keys/k%31/authorized_users/u%32.json"},
                            [](const ops::revoke_user& op) {
                                CHECK(op.key_id.value == "k1");
                                CHECK(op.user_id.value == "u2");
                            });
    CHECK(path_of(refused({.method = method::delete_,
                           .target = "/api/v2/encrypt_keys/k/authorized_users/...json"}))
              .empty() == false);
}

TEST_CASE("D-34: .json stands where each path has it") {
    taken_get<ops::call_file>("/api/v2/calls/1.json/file",
                              [](const ops::call_file& op) { CHECK(op.call_id.value == "1"); });
    taken_get<ops::call_file_url>(
        "/api/v2/calls/1.json/file_url.json",
        [](const ops::call_file_url& op) { CHECK(op.call_id.value == "1"); });
    CHECK(refused_get("/api/v2/calls/1/file_url.json").code == errc::unknown_path);
    CHECK(refused_get("/api/v2/calls/1.json/file_url").code == errc::unknown_path);
}

TEST_CASE("D-11: both paths of a tenant are taken to delete it") {
    for (const std::string_view target : {"/api/v2/tenants/t.json", "/api/v2/tenant/t.json"})
        taken<ops::delete_tenant>(
            {.method = method::delete_, .target = target},
            [](const ops::delete_tenant& op) { CHECK(op.tenant_id.value == "t"); });
    CHECK(refused_get("/api/v2/tenant/t.json").code == errc::method_not_allowed);
}

TEST_CASE(
    "parse: unknown, double and ill-typed parameters are named, with their offset in the query") {
    const auto check = [](std::string_view query, errc code, std::string_view name,
                          std::size_t offset) {
        CAPTURE(query);
        const error failure = refused_get("/api/v2/calls.json?" + std::string{query});
        CHECK(message(failure.code) == message(code));
        CHECK(path_of(failure) == name);
        CHECK(failure.offset == offset);
    };
    check("x=1", errc::unknown_parameter, "", 0);
    check("limit=5&Limit=6", errc::unknown_parameter, "", 8);
    check("=1", errc::unknown_parameter, "", 0);
    check("limit=5&&where=1", errc::unknown_parameter, "", 9);
    check("limit=5&limit=5", errc::duplicate_parameter, "limit", 8);
    check("user_login=&user_login=a", errc::duplicate_parameter, "user_login", 12);
    check("active_only=0&active_only=1", errc::duplicate_parameter, "active_only", 14);
    check("daterange=2014/11/01&daterange=2014/11/01", errc::duplicate_parameter, "daterange", 21);
    for (const std::string_view value :
         {"", "x", "-1", "1001", "1e3", "%201", "0x10", "1.0", "99999999999999999999", "+1"})
        check("start=1&limit=" + std::string{value}, errc::bad_parameter, "limit", 8);
    check("start=2147483648", errc::bad_parameter, "start", 0);
    for (const std::string_view value : {"", "2", "true", "yes", "01"})
        check("active_only=" + std::string{value}, errc::bad_parameter, "active_only", 0);
    for (const std::string_view value :
         {"", "2014/13/01", "2014-11-01", "2014/12/01-2014/11/01", "2014/11/01-", "x"})
        check("daterange=" + std::string{value}, errc::bad_parameter, "daterange", 0);
    check("user_login=%FF", errc::invalid_utf8, "user_login", 0);
    check("limit=1&advanced_search=1&phone_number__includes=%FF", errc::invalid_utf8, "", 26);
    check("advanced_search=2", errc::bad_parameter, "where", 0);
    for (const std::string_view again : {"x", "0", "1"})
        check("advanced_search=1&advanced_search=" + std::string{again}, errc::duplicate_parameter,
              "where", 0);
    check("limit=1&advanced_search=1&notes__is_empty=1&advanced%5Fsearch=1",
          errc::duplicate_parameter, "where", 8);
    check("limit=1&advanced_search=x", errc::bad_parameter, "where", 8);
    check("=1&=2", errc::unknown_parameter, "", 0);
    check("advanced_search=1&phone_number__nonsense=1", errc::unknown_parameter, "where", 18);
    check("phone_number__includes=1", errc::unknown_parameter, "", 0);
    check("advanced_search=0&phone_number__includes=1", errc::unknown_parameter, "", 18);
    CHECK(refused_get("/api/v2/groups.json?advanced_search=1").code == errc::unknown_parameter);
    CHECK(refused_get("/api/v2/calls/1.json?limit=5").code == errc::unknown_parameter);
}

TEST_CASE("parse: good parameters") {
    taken_get<ops::list_calls>(
        "/api/v2/calls.json?limit=1000&start=0&active%5Fonly=1&user_login=&daterange=2014%2f11/01-2014/12/01&sort_order=odd",
        [](const ops::list_calls& op) {
            CHECK(*op.limit == 1000);
            CHECK(*op.start == 0);
            CHECK(*op.active_only);
            CHECK(op.user_login.has_value());
            CHECK(op.user_login->empty());
            CHECK(op.daterange.has_value());
            CHECK(op.sort_order->value == "odd");
            CHECK(op.where.empty());
        });
    taken_get<ops::list_calls>("/api/v2/calls.json?",
                               [](const ops::list_calls& op) { CHECK(op == ops::list_calls{}); });
    taken_get<ops::list_calls>("/api/v2/calls.json?&&",
                               [](const ops::list_calls& op) { CHECK(op == ops::list_calls{}); });
    for (const std::string_view on : {"1", "%31"})
        taken_get<ops::list_calls>("/api/v2/calls.json?phone_number__includes=12&advanced_search=" +
                                       std::string{on},
                                   [](const ops::list_calls& op) { CHECK(op.where.size() == 1); });
}

TEST_CASE("parse: a plus is a blank in a query unless the rules say otherwise, never in a path") {
    taken_get<ops::list_calls>("/api/v2/calls.json?search_term=a+b%2B",
                               [](const ops::list_calls& op) { CHECK(*op.search_term == "a b+"); });
    taken_get<ops::list_calls>("/api/v2/calls.json?search_term=a+b",
                               [](const ops::list_calls& op) { CHECK(*op.search_term == "a+b"); },
                               {.query = {.plus = http::plus_sign::is_plus}});
}

TEST_CASE("parse: options") {
    taken_get<ops::list_groups>("/api/v2/groups.json?utm=1&limit=5&%FF=%FF",
                                [](const ops::list_groups& op) { CHECK(*op.limit == 5); },
                                {.allow_unknown_parameters = true});
    CHECK(
        refused_get("/api/v2/groups.json?utm=1&limit=x", {.allow_unknown_parameters = true}).code ==
        errc::bad_parameter);
    const server::parse_options behind_proxy{.prefix = "/recorder"};
    taken_get<ops::view_group>(
        "/recorder/api/v2/groups/1.json",
        [](const ops::view_group& op) { CHECK(op.group_id.value == "1"); }, behind_proxy);
    for (const std::string_view target :
         {"/api/v2/groups.json", "/recorder", "/recorders/api/v2/groups.json",
          "/Recorder/api/v2/groups.json", ""})
        CHECK(refused_get(target, behind_proxy).code == errc::unknown_path);
    CHECK(refused_get("/recorder/api/v2/groups/%.json", behind_proxy).offset == 24);
    const error many = refused_get("/api/v2/groups.json?a&b&c", {.allow_unknown_parameters = true,
                                                                 .query = {.most_parameters = 2}});
    CHECK(many.code == errc::too_many);
    CHECK(many.needed == 3);
}

TEST_CASE("parse: bodies that are missing, too much, of another type") {
    const error missing =
        refused({.method = method::post, .target = "/api/v2/users.json", .headers = json_type});
    CHECK(missing.code == errc::missing_parameter);
    CHECK(path_of(missing) == "user");
    CHECK(refused({.target = "/api/v2/users.json", .headers = json_type, .body = "{}"}).code ==
          errc::unexpected_body);
    CHECK(
        refused({.method = method::delete_, .target = "/api/v2/users/1.json", .body = " "}).code ==
        errc::unexpected_body);
    CHECK(refused({.method = method::post,
                   .target = "/api/v2/calls/1.json/muting?action=mute",
                   .body = "{}"})
              .code == errc::unexpected_body);
    for (const text type : {"", "text/plain", "application/x-www-form-urlencoded",
                            "multipart/form-data", "application", "json"}) {
        const http::header with[] = {{.name = "Content-Type", .value = type}};
        CHECK(refused({.method = method::post,
                       .target = "/api/v2/users.json",
                       .headers = with,
                       .body = R"({"user":{}})"})
                  .code == errc::unexpected_content_type);
    }
    CHECK(
        refused({.method = method::post, .target = "/api/v2/users.json", .body = R"({"user":{}})"})
            .code == errc::unexpected_content_type);
    for (const text type : {"application/json", "APPLICATION/json ; charset=utf-8", "text/json"}) {
        const http::header with[] = {{.name = "content-type", .value = type}};
        taken<ops::create_user>({.method = method::post,
                                 .target = "/api/v2/users.json",
                                 .headers = with,
                                 .body = R"({"user":{}})"},
                                [](const ops::create_user& op) { CHECK(op.user.has_value()); });
    }
}

TEST_CASE("D-54: a POST without a body may name a type or not") {
    for (const std::span<const http::header> with :
         {std::span<const http::header>{}, std::span<const http::header>{json_type}})
        taken<ops::mute_call>(
            {.method = method::post,
             .target = "/api/v2/calls/1.json/muting?action=mute",
             .headers = with},
            [](const ops::mute_call& op) { CHECK(*op.action == miarec::muting_action::mute); });
    const error missing =
        refused({.method = method::post, .target = "/api/v2/calls/1.json/muting"});
    CHECK(missing.code == errc::missing_parameter);
    CHECK(path_of(missing) == "action");
}

TEST_CASE("parse: bodies that cannot be read, with offset and path") {
    const auto check = [](std::string_view body, errc code, std::size_t offset,
                          std::string_view path) {
        CAPTURE(body);
        const error failure = refused({.method = method::put,
                                       .target = "/api/v2/users/1.json",
                                       .headers = json_type,
                                       .body = body});
        CHECK(message(failure.code) == message(code));
        CHECK(failure.offset == offset);
        CHECK(path_of(failure) == path);
    };
    check(R"({"user":{"fieldset_login":{"login":5}}})", errc::expected_string, 35,
          "user.fieldset_login.login");
    check(R"({"user":{"fieldset_login":{"login":"a" "b"}}})", errc::invalid_json, 39,
          "user.fieldset_login.login");
    check(R"({"user":[]})", errc::expected_object, 8, "user");
    check(R"({"user":{"name":"\x"}})", errc::invalid_escape, 17, "user.name");
    check("{", errc::unexpected_end, 1, "");
    check("x", errc::invalid_json, 0, "");
    check("{}", errc::missing_member, 1, "user");
    check(R"({"users":{}})", errc::missing_member, 11, "user");
    check(R"({"user":null})", errc::missing_parameter, error::no_offset, "user");
    check(R"({"user":{},"user":{}})", errc::duplicate_member, 11, "user");
    check(R"({"user":{}} x)", errc::trailing_text, 12, "");
    const error deep = refused({.method = method::put,
                                .target = "/api/v2/users/1.json",
                                .headers = json_type,
                                .body = R"({"user":{"x":[[[[[]]]]]}})"},
                               {.json = {.max_depth = 5}});
    CHECK(deep.code == errc::too_deep);
}

TEST_CASE("parse: members of the body that belong elsewhere are not taken from it") {
    taken<ops::update_user>({.method = method::put,
                             .target = "/api/v2/users/real.json",
                             .headers = json_type,
                             .body = R"({"user_id":"forged","user":{"name":"a"},"unknown":[1]})"},
                            [](const ops::update_user& op) {
                                CHECK(op.user_id.value == "real");
                                CHECK(*op.user->name == "a");
                            });
    taken<ops::set_call_custom_fields>(
        {.method = method::put,
         .target = "/api/v2/calls/real.json",
         .headers = json_type,
         .body = R"({"call":{},"call_id":5})"},
        [](const ops::set_call_custom_fields& op) { CHECK(op.call_id.value == "real"); });
}

TEST_CASE("D-37: Range, in the forms of RFC 9110 section 14 that are one range from a first byte") {
    const auto request = [](std::span<const http::header> with) {
        return http::request{.target = "/api/v2/calls/1.json/file", .headers = with};
    };
    const auto range_of = [&](text value) {
        http::byte_range seen;
        const http::header with[] = {{.name = "range", .value = value}};
        taken<ops::call_file>(request(with), [&](const ops::call_file& op) {
            REQUIRE(op.range.has_value());
            seen = *op.range;
        });
        return seen;
    };
    CHECK(range_of("bytes=0-") == http::byte_range{.first = 0});
    CHECK(range_of("bytes=0-0") == http::byte_range{.first = 0, .last = 0});
    CHECK(range_of("bytes=500-999") == http::byte_range{.first = 500, .last = 999});
    CHECK(range_of("Bytes=5-") == http::byte_range{.first = 5});
    CHECK(range_of("bytes=9223372036854775807-") == http::byte_range{.first = 9223372036854775807});
    taken<ops::call_file>(request({}),
                          [](const ops::call_file& op) { CHECK(op.range.is_absent()); });
    for (const text value :
         {"", "bytes", "bytes=", "bytes=-", "bytes=-500", "bytes=5", "bytes=5-4", "bytes=0-1,3-4",
          "bytes=a-b", "bytes= 0-1", "items=0-5", "bytes=0--1", "bytes=0--0", "bytes=-0-5",
          "bytes=0-18446744073709551615", "bytes=9223372036854775808-",
          "bytes=0-9999999999999999999999", "bytes=+1-2"}) {
        CAPTURE(value);
        const http::header with[] = {{.name = "Range", .value = value}};
        const error failure = refused(request(with));
        CHECK(failure.code == errc::bad_parameter);
        CHECK(path_of(failure) == "Range");
    }
}

TEST_CASE("parse: every arena is enough or asks for more") {
    const std::string_view body =
        R"({"user":{"name":"\u00e9","fieldset_login":{"login":"\u0061b"},"unknown":"\n"}})";
    with_every_arena(256, [&](arena& room) -> result<bool> {
        const auto op = server::miarec::parse({.method = method::put,
                                               .target = "/api/v2/users/a%20b.json",
                                               .headers = json_type,
                                               .body = body},
                                              room);
        if (!op) return op.error();
        const auto* const user = std::get_if<ops::update_user>(&*op);
        return user != nullptr && user->user_id.value == "a b" && *user->user->name == "\xC3\xA9";
    });
    with_every_arena(256, [&](arena& room) -> result<bool> {
        const auto op = server::miarec::parse(
            {.target = "/api/v2/users.json?search_term=a+b&lo%67in=%41"}, room);
        if (!op) return op.error();
        const auto* const users = std::get_if<ops::list_users>(&*op);
        return users != nullptr && *users->search_term == "a b" && *users->login == "A";
    });
}

TEST_CASE("parse: no heap") {
    static std::byte own[4096];
    no_heap_guard guard;
    arena room{own};
    const bool good =
        server::miarec::parse(
            {.target = "/api/v2/calls.json?advanced_search=1&phone_number__includes=%31"}, room)
            .has_value();
    const bool bad = server::miarec::parse({.target = "/api/v2/calls.json?x=1"}, room).has_value();
    const std::size_t allocations = guard.stop();
    CHECK(allocations == 0);
    CHECK(good);
    CHECK_FALSE(bad);
}

TEST_CASE("parse: 20,000 requests of pieces and noise are refused or come back as they were") {
    std::mt19937_64 source{20240229};
    const auto below = [&](std::size_t end) { return static_cast<std::size_t>(source() % end); };
    constexpr std::string_view target_pieces[] = {"/api/v2/calls",
                                                  "/api/v2/users",
                                                  "/api/v2/encrypt_keys",
                                                  "/api/v2/tenant",
                                                  "/api/v2/",
                                                  ".json",
                                                  "/",
                                                  "/1",
                                                  "/a%2Fb",
                                                  "/%2e%2e",
                                                  "/file",
                                                  "/file_url.json",
                                                  "/muting",
                                                  "/authorized_users",
                                                  "?",
                                                  "&",
                                                  "=",
                                                  "limit=5",
                                                  "start=",
                                                  "action=mute",
                                                  "advanced_search=1",
                                                  "phone_number__includes=1",
                                                  "duration__between=00:10-00:20",
                                                  "setup_time__is_empty",
                                                  "x__y__includes=1",
                                                  "__",
                                                  "daterange=2014/11/01",
                                                  "%",
                                                  "%FF",
                                                  "+",
                                                  "..",
                                                  "\0",
                                                  "\xC3\xA9",
                                                  "expires=1",
                                                  "active_only=1",
                                                  "search_term=%C3%A9"};
    constexpr std::string_view body_pieces[] = {
        "{", "}",  "[",    "]", "\"user\":", "\"call\":",          "\"name\":",         "\"a\"",
        ",", ":",  "null", "5", "\\",        "\"custom_fields\":", "\"user_id\":\"u\"", "\xFF",
        " ", "{}", "true"};
    const auto noise = [&](std::string& into) {
        for (std::size_t i = below(6); i > 0; --i)
            into += static_cast<char>(static_cast<unsigned char>(below(256)));
    };
    const origin_server recorder{.origin = "http://recorder"};
    std::size_t accepted = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string target;
        std::string body;
        constexpr std::string_view starts[] = {"/api/v2/calls.json?", "/api/v2/calls/1.json",
                                               "/api/v2/users/1.json", "/api/v2/users.json", ""};
        target += starts[below(5)];
        for (std::size_t i = below(5); i > 0; --i)
            target += target_pieces[below(std::size(target_pieces))];
        if (below(4) == 0) noise(target);
        const auto m = static_cast<method>(below(6));
        if (below(2) == 0)
            for (std::size_t i = below(12); i > 0; --i)
                body += body_pieces[below(std::size(body_pieces))];
        if (below(4) == 0 && (m == method::post || m == method::put))
            body = R"({"user":{"name":"a"},"call":{}})";
        if (below(10) == 0) noise(body);
        const exact_text exact_target{target};
        const exact_text exact_body{body};
        const std::size_t size = below(2) == 0 ? plenty : below(64);
        block memory{size};
        CAPTURE(target);
        CAPTURE(body);
        const auto op =
            server::miarec::parse({.method = m,
                                   .target = exact_target.view(),
                                   .headers = json_type,
                                   .body = exact_body.view()},
                                  memory.room, {.allow_unknown_parameters = below(3) == 0});
        if (!op) {
            REQUIRE(memory.room.used() == 0);
            REQUIRE(op.code() != errc::ok);
            if (op.code() == errc::capacity) REQUIRE(op.error().needed > size);
            continue;
        }
        ++accepted;
        if (!body.empty()) continue;
        block again{plenty};
        const auto encoded =
            std::visit([&](const auto& typed) { return encode(typed, recorder, again.room); }, *op);
        if (!encoded) {
            REQUIRE(encoded.code() == errc::bad_parameter);
            continue;
        }
        const auto parsed = server::miarec::parse(*encoded, again.room);
        REQUIRE(parsed);
        REQUIRE(*parsed == *op);
    }
    CHECK(accepted > 500);
}
