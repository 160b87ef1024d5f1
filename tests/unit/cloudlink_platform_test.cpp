// Hosts, versions and environments, and requests for a service.
#include <doctest/doctest.h>

#include <span>
#include <string>
#include <vector>

#include <tipring/cloudlink/platform.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/json/equal.hpp>

namespace platform_tests {

using tipring::field;
using tipring::text;
namespace http = tipring::http;
namespace cloudlink = tipring::cloudlink;

struct nothing {
    field<bool> unused{};
};
TIPRING_DESCRIBE(nothing, TIPRING_MEMBER(unused, "nothing"));

struct view_thing {
    using answer = nothing;

    text thing_id{};
};
TIPRING_DESCRIBE(view_thing, TIPRING_MEMBER(thing_id, "the thing").path());
TIPRING_OPERATION(view_thing, .path = "/things/{thing_id}",
                  .api = &cloudlink::api_of(cloudlink::service::chat));

struct ask_for_mail {
    using answer = nothing;

    field<text> email{};
};
TIPRING_DESCRIBE(ask_for_mail, TIPRING_MEMBER(email, "where to"));
TIPRING_OPERATION(ask_for_mail, .method = http::method::put, .path = "/mail",
                  .api = &cloudlink::api_of(cloudlink::service::billing), .is_anonymous = true);

/// Of an API without services.
constexpr http::api one_server{.name = "recorder"};
struct view_recorder {
    using answer = nothing;
};
TIPRING_DESCRIBE(view_recorder);
TIPRING_OPERATION(view_recorder, .path = "/api/recorder.json", .api = &one_server);

} // namespace platform_tests

namespace {

using namespace platform_tests;

using namespace tipring;
using cloudlink::environment;
using cloudlink::platform;
using cloudlink::service;
using cloudlink::service_address;

constexpr http::header app{.name = "x-mitel-app", .value = "app=a-web/1;"};

std::string origin_of(const platform& cloud, service which = service::admin) {
    static_arena<1024> memory;
    const auto server = cloudlink::server_of(which, cloud, memory);
    char line[200];
    return server ? std::string{server->origin} : std::string{describe(server.error(), line)};
}

} // namespace

TEST_CASE("Q-35: each service has a version of its own, which can be another one") {
    // Fact sheet A.2.
    const std::vector<std::pair<text, text>> documented = {
        {"authentication", "/2017-09-01"}, {"admin", "/2017-09-01"},
        {"chat", "/2017-09-01"},           {"media", "/2017-09-01"},
        {"notifications", "/2017-09-01"},  {"presence", "/2017-09-01"},
        {"workflow", "/2017-09-01"},       {"router", "/2018-03-03"},
        {"director", "/2018-07-01"},       {"billing", "/2019-03-01"},
        {"analytics", "/2020-06-19"},      {"system-manager", "/2023-07-01"}};
    REQUIRE(std::size(cloudlink::apis) == documented.size());
    for (std::size_t i = 0; i < documented.size(); ++i) {
        static_arena<1024> memory;
        const auto server =
            cloudlink::server_of(static_cast<service>(i), platform{.app = app}, memory);
        REQUIRE(server);
        CHECK(server->origin == "https://" + std::string{documented[i].first} + ".api.mitel.io");
        CHECK(server->prefix == documented[i].second);
    }
    static_arena<2048> memory;
    const service_address newer[] = {{.service = service::chat, .base_path = "/2027-01-01"}};
    const auto request =
        encode(view_thing{.thing_id = "7"}, platform{.addresses = newer, .app = app}, memory);
    REQUIRE(request);
    CHECK(request->origin == "https://chat.api.mitel.io");
    CHECK(request->target == "/2027-01-01/things/7");
}

TEST_CASE("cloudlink hosts: every form of the documents is made and read back") {
    struct example {
        text host;
        text service, region, cloud;
        environment where;
    };
    // Fact sheet A.1.
    const example examples[] = {
        {"admin.api.mitel.io", "admin", "", "", environment::production},
        {"chat.us.api.mitel.io", "chat", "", "us", environment::production},
        {"notifications.eu.api.mitel.io", "notifications", "", "eu", environment::production},
        {"media.us-west-2.us.api.mitel.io", "media", "us-west-2", "us", environment::production},
        {"authentication.dev.api.mitel.io", "authentication", "", "", environment::development},
        {"workflow.us.dev.api.mitel.io", "workflow", "", "us", environment::development},
        {"authentication.us-east-1.us.dev.api.mitel.io", "authentication", "us-east-1", "us",
         environment::development},
    };
    for (const example& each : examples) {
        const auto read = cloudlink::parse_host(each.host);
        REQUIRE(read);
        CHECK(read->service == each.service);
        CHECK(read->region == each.region);
        CHECK(read->cloud == each.cloud);
        CHECK(read->environment == each.where);
        std::size_t which = 0;
        while (cloudlink::apis[which].service != each.service) ++which;
        CHECK(
            origin_of(
                {.environment = each.where, .cloud = each.cloud, .region = each.region, .app = app},
                static_cast<service>(which)) == "https://" + std::string{each.host});
    }
    // Without case, as host names are; the parts are as they were written.
    const auto loud = cloudlink::parse_host("CHAT.Us-West-2.US.Dev.API.Mitel.IO");
    REQUIRE(loud);
    CHECK(*loud == cloudlink::host_name{.service = "CHAT",
                                        .region = "Us-West-2",
                                        .cloud = "US",
                                        .environment = environment::development});
    for (const text wrong :
         {text{"DEV.api.mitel.io"}, text{"chat.DEV.dev.api.mitel.io"}, text{"CH_AT.api.mitel.io"}})
        CHECK_MESSAGE(cloudlink::parse_host(wrong).code() == errc::bad_url, wrong);
}

TEST_CASE("Q-7: only api.mitel.io is CloudLink's; misspelt hosts are refused") {
    for (const text wrong :
         {text{"chat.api.mitel.com"}, text{"authentication.us.us.api.mitel.io"},
          text{"api.mitel.io"}, text{".api.mitel.io"}, text{"dev.api.mitel.io"},
          text{"auth.mitel.io"}, text{"chat..api.mitel.io"}, text{"a.b.c.d.api.mitel.io"},
          text{"chat.us-west-2.api.mitel.io"}, text{"chat.us.api.mitel.io.evil.example"},
          text{"evil.example/chat.api.mitel.io"}, text{""}, text{"chatapi.mitel.io"}})
        CHECK_MESSAGE(cloudlink::parse_host(wrong).code() == errc::bad_url, wrong);
    for (const text wrong :
         {text{"https://chat.api.mitel.com"}, text{"https://api.mitel.io"},
          text{"https://chat.api.mitel.io."}, text{"http://chat.dev.api.mitel.io."},
          text{"http://chat.api.mitel.io"}, text{"https://chat.api.mitel.io:8443"},
          text{"https://mitel.io"}}) {
        const service_address addresses[] = {{.service = service::chat, .origin = wrong}};
        CHECK_MESSAGE(origin_of({.addresses = addresses, .app = app}, service::chat) ==
                          "addresses: not a usable URL",
                      wrong);
    }
}

TEST_CASE("Q-9: one environment for all services; mixing is refused unless forced") {
    const service_address other_environment[] = {
        {.service = service::chat, .origin = "https://chat.dev.api.mitel.io"}};
    const service_address other_service[] = {
        {.service = service::chat, .origin = "https://admin.us.api.mitel.io"}};
    const text refusal = "addresses: the address is of another environment or service";
    CHECK(origin_of({.addresses = other_environment, .app = app}, service::chat) == refusal);
    CHECK(origin_of({.addresses = other_service, .app = app}, service::chat) == refusal);
    CHECK(origin_of({.addresses = other_environment, .allow_mixed_environments = true, .app = app},
                    service::chat) == "https://chat.dev.api.mitel.io");
    CHECK(origin_of(
              {.environment = environment::development, .addresses = other_environment, .app = app},
              service::chat) == "https://chat.dev.api.mitel.io");
    CHECK(origin_of({.addresses = other_environment, .app = app}, service::admin) ==
          "https://admin.api.mitel.io");
    const service_address loud[] = {
        {.service = service::chat, .origin = "https://CHAT.Dev.API.Mitel.IO"}};
    CHECK(origin_of({.addresses = loud, .app = app}, service::chat) == refusal);
    CHECK(origin_of({.environment = environment::development, .addresses = loud, .app = app},
                    service::chat) == "https://CHAT.Dev.API.Mitel.IO");
    const service_address stand_in[] = {
        {.service = service::chat, .origin = "http://127.0.0.1:8080", .prefix = "/chat"}};
    static_arena<2048> memory;
    const auto request =
        encode(view_thing{.thing_id = "a/b"}, platform{.addresses = stand_in, .app = app}, memory);
    REQUIRE(request);
    CHECK(request->origin == "http://127.0.0.1:8080");
    CHECK(request->target == "/chat/2017-09-01/things/a%2Fb");
}

TEST_CASE("cloudlink platform: what cannot be meant is refused by name, and memory is as it was") {
    static_arena<2048> memory;
    const auto refusal = [&](const platform& cloud) {
        char line[200];
        return std::string{
            describe(encode(view_thing{.thing_id = "7"}, cloud, memory).error(), line)};
    };
    CHECK(refusal({}) == "x-mitel-app: a required parameter is missing");
    CHECK(refusal({.cloud = "us.evil", .app = app}) ==
          "cloud: a parameter has a value that is not allowed");
    CHECK(refusal({.cloud = "dev", .app = app}) ==
          "cloud: a parameter has a value that is not allowed");
    CHECK(refusal({.region = "us-west-2", .app = app}) ==
          "region: a parameter has a value that is not allowed");
    CHECK(refusal({.cloud = "us", .region = "us/west-2", .app = app}) ==
          "region: a parameter has a value that is not allowed");
    for (const text wrong : {text{"noslash"}, text{"/chat/"}, text{"/"}, text{"//evil.example"},
                             text{"/a/../b"}, text{"/a b"}, text{"/a?b"}, text{"/a#b"}}) {
        CAPTURE(wrong);
        for (const service_address& address :
             {service_address{.service = service::chat, .prefix = wrong},
              service_address{.service = service::chat, .base_path = wrong},
              service_address{.service = service::chat, .prefix = "/x", .base_path = wrong}}) {
            const platform cloud{.addresses = std::span{&address, 1}, .app = app};
            CHECK(refusal(cloud) == "addresses: not a usable URL");
            CHECK(origin_of(cloud, service::chat) == "addresses: not a usable URL");
            CHECK(origin_of(cloud, service::admin) == "https://admin.api.mitel.io");
        }
    }
    const http::header evil[] = {{.name = "X-A", .value = "b\r\nX-C: d"}};
    CHECK(refusal({.app = app, .headers = evil}).find("header") != std::string::npos);
    CHECK(memory.used() == 0);
}

TEST_CASE("cloudlink platform: the app header goes with every request, credentials where needed") {
    static_arena<2048> memory;
    const http::header more[] = {{.name = "User-Agent", .value = "phone/1"}};
    const platform cloud{
        .app = app,
        .authorization = {.name = "Authorization", .value = "Bearer t", .is_secret = true},
        .headers = more};
    const auto with = encode(view_thing{.thing_id = "7"}, cloud, memory);
    REQUIRE(with);
    CHECK(with->find("Authorization")->value == "Bearer t");
    CHECK(with->find("x-mitel-app")->value == app.value);
    CHECK(with->find("User-Agent")->value == "phone/1");
    const auto without = encode(ask_for_mail{.email = "a@b.c"}, cloud, memory);
    REQUIRE(without);
    CHECK(without->find("Authorization") == nullptr);
    CHECK(without->find("x-mitel-app")->value == app.value);
    CHECK(without->target == "/2019-03-01/mail");
}

TEST_CASE("Q-35: a server without a version before its paths is refused, also by a pager") {
    static_arena<2048> memory;
    const http::origin_server plain{.origin = "https://r.example"};
    const text refusal = "prefix: a required parameter is missing";
    char line[200];
    CHECK(describe(encode(view_thing{.thing_id = "7"}, plain, memory).error(), line) == refusal);
    http::pager pages{plain};
    CHECK(describe(pages.first(view_thing{.thing_id = "7"}, memory).error(), line) == refusal);
    CHECK(pages.next("/things", memory).code() == errc::wrong_order);
    CHECK(memory.used() == 0);
    // Whichever version, also behind a proxy.
    for (const text prefix : {text{"/2017-09-01"}, text{"/chat/2027-01-01"}}) {
        const auto built =
            encode(view_thing{.thing_id = "7"},
                   http::origin_server{.origin = "https://r.example", .prefix = prefix}, memory);
        REQUIRE(built);
        CHECK(built->target == std::string{prefix} + "/things/7");
    }
    // MiaRec's paths start with no version that a server may choose.
    const auto recorder = encode(view_recorder{}, plain, memory);
    REQUIRE(recorder);
    CHECK(recorder->target == "/api/recorder.json");
}

TEST_CASE("cloudlink platform: every size of memory is enough or says so") {
    const service_address there[] = {
        {.service = service::chat, .origin = "http://127.0.0.1:8080", .prefix = "/chat"}};
    for (const platform& cloud : {platform{.cloud = "us", .region = "us-west-2", .app = app},
                                  platform{.addresses = there, .app = app}}) {
        std::size_t enough = 0;
        for (std::size_t size = 0; enough == 0; ++size) {
            REQUIRE(size < 1000);
            std::vector<std::byte> bytes(size);
            arena memory{std::span<std::byte>{bytes}};
            const auto server = cloudlink::server_of(service::chat, cloud, memory);
            const auto request = encode(view_thing{.thing_id = "7"}, cloud, memory);
            if (!server) {
                REQUIRE(server.code() == errc::capacity);
                CHECK(server.error().needed > size);
                std::vector<std::byte> told(server.error().needed);
                arena room{std::span<std::byte>{told}};
                CHECK(cloudlink::server_of(service::chat, cloud, room));
            }
            if (!request) {
                REQUIRE(request.code() == errc::capacity);
                CHECK(request.error().needed > size);
            }
            if (request) enough = size;
        }
        CHECK(enough > 40);
    }
}
