// What a server answers to what it cannot read, by RFC 9110: status and Allow.
#include <tipring/server/refuse.hpp>

#include <tipring/server/cloudlink.hpp>
#include <tipring/server/miarec.hpp>

#include <doctest/doctest.h>

#include <string>

#include "exact_memory.hpp"

using namespace tipring;
using exact_memory::block;
using exact_memory::with_every_arena;

namespace {

std::string allowed(text target, const server::parse_options& options = {}) {
    block memory{200};
    const auto methods = server::miarec::allowed_methods(target, memory.room, options);
    return methods ? std::string{*methods} : std::string{message(methods.code())};
}

static_assert(server::status_of(errc::unknown_path) == 404);
static_assert(server::status_of(errc::method_not_allowed) == 405);
static_assert(server::status_of(errc::capacity) == 413);
static_assert(server::status_of(errc::unexpected_content_type) == 415);
static_assert(server::status_of(errc::unknown_parameter) == 400);
static_assert(server::status_of(errc::invalid_json) == 400);

} // namespace

TEST_CASE("refuse: the methods of a path are those of the manual's operations") {
    CHECK(allowed("/api/v2/users.json") == "GET, POST");
    CHECK(allowed("/api/v2/users/1.json") == "GET, PUT, DELETE");
    CHECK(allowed("/api/v2/users/a%2Fb.json?x=1") == "GET, PUT, DELETE");
    CHECK(allowed("/api/v2/users/1.json/muting") == "POST");
    CHECK(allowed("/api/v2/calls/1.json/file_url.json") == "GET");
    CHECK(allowed("/api/v2/nothing.json").empty());
    CHECK(allowed("/p/api/v2/users.json", {.prefix = "/p"}) == "GET, POST");
    CHECK(allowed("/q/api/v2/users.json", {.prefix = "/p"}) == "unknown path");
    CHECK(allowed("/api/v2/users .json") == "not a usable URL");
    CHECK(allowed("/api/v2/users.json/").empty());
    CHECK(allowed("/api/v2/users.json/", {.allow_trailing_slash = true}) == "GET, POST");
}

TEST_CASE("D-11: both paths of an operation allow its method") {
    CHECK(allowed("/api/v2/tenants/1.json") == "GET, PUT, DELETE");
    CHECK(allowed("/api/v2/tenant/1.json") == "DELETE");
}

TEST_CASE("Q-37: a slash at the end changes nothing at CloudLink") {
    block memory{200};
    for (const text target : {"/2017-09-01/users/me", "/2017-09-01/users/me/"}) {
        const auto methods = server::cloudlink::allowed_methods<cloudlink::admin_operations>(
            target, memory.room, {.prefix = "/2017-09-01"});
        REQUIRE(methods);
        CHECK(methods->find("GET") == 0);
    }
}

TEST_CASE("refuse: every arena is enough or says exactly what is") {
    with_every_arena(100, [](arena& room) -> result<bool> {
        const auto methods = server::miarec::allowed_methods("/api/v2/users/1.json", room);
        if (!methods) return methods.error();
        return *methods == "GET, PUT, DELETE";
    });
}

TEST_CASE("refuse: what is refused as a wrong method has others") {
    block memory{2000};
    for (const http::method each :
         {http::method::get, http::method::head, http::method::post, http::method::put,
          http::method::patch, http::method::delete_}) {
        const http::request asked{.method = each, .target = "/api/v2/users.json"};
        const bool is_refused =
            server::miarec::parse(asked, memory.room).code() == errc::method_not_allowed;
        CHECK(is_refused == (std::string{"GET, POST"}.find(name(each)) == std::string::npos));
    }
}
