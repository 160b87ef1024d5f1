// The Notifications API: endpoints and members of the fact sheet's lists (B.5, C.8), the printed
// subscriptions, and lists of them in three forms.
#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include <tipring/json/print.hpp>
#include <tipring/server/cloudlink.hpp>
#include <tipring/tipring.hpp>

#include "api_tables.hpp"
#include "engines.hpp"
#include "json_tree.hpp"

namespace {

using namespace tipring;
using namespace tipring::cloudlink;
using api_tables::head;
using api_tables::head_json;
using api_tables::sent;
using engines::read;
using memory = static_arena<16384>;

const http::header json_headers[] = {{.name = "Content-Type", .value = "application/json"}};
const std::string notifications = "https://notifications.api.mitel.io/2017-09-01";

const subscription ringing{.application_id = secret{"2f1f6f0e-6f0b-4a0e-8a53-1f4f7f0e9b11"},
                           .device_id = "https://hooks.example.com/cl",
                           .transport = subscription_transport::webhook,
                           .topic = notification_topic::media,
                           .subject_filter = "/2017-09-01/endpoints/",
                           .publication_filter = "$.publications[?(@.content.state == 'ringing')]"};
const std::string v10 =
    R"({"applicationId":"2f1f6f0e-6f0b-4a0e-8a53-1f4f7f0e9b11","deviceId":"https://hooks.example.com/cl",)"
    R"("transport":"webhook","topic":"platform-api-media","subjectFilter":"/2017-09-01/endpoints/",)"
    R"("publicationFilter":"$.publications[?(@.content.state == 'ringing')]"})";

} // namespace

TEST_CASE("notifications: the endpoints of the fact sheet that one asks for") {
    api_tables::check_endpoints<notification_operations>(
        {
            {"NO-1", "POST", "/subscriptions", "official", 201},
            {"NO-2", "GET", "/subscriptions", "vendor_code"},
            {"NO-3", "DELETE", "/subscriptions/{}", "integrator"},
        },
        service::notifications);
}

TEST_CASE("notifications: the members of a subscription") {
    api_tables::check_members<subscription>({
        {"subscriptionId", "text", "rl"},
        {"applicationId", "text", "s"},
        {"deviceId", "text"},
        {"transport", "text"},
        {"topic", "text"},
        {"subjectFilter", "text"},
        {"publicationFilter", "text"},
        {"methodFilter", "text"},
        {"createdOn", "text", "r"},
        {"_links", "object", "r"},
    });
}

TEST_CASE("notifications: the printed subscriptions, V10") {
    memory room;
    CHECK(sent(create_subscription{.subscription = ringing}) ==
          "POST " + notifications + "/subscriptions" + head_json + v10);
    const subscription presence{.application_id = secret{"a"},
                                .device_id = "https://h.example/",
                                .transport = subscription_transport::webhook,
                                .topic = notification_topic::presence,
                                .subject_filter = "/presentities/[^/]+$",
                                .method_filter = "PUT"};
    CHECK(
        sent(create_subscription{.subscription = presence}) ==
        "POST " + notifications + "/subscriptions" + head_json +
            R"({"applicationId":"a","deviceId":"https://h.example/","transport":"webhook",)"
            R"("topic":"platform-api-presence","subjectFilter":"/presentities/[^/]+$","methodFilter":"PUT"})");
    CHECK(sent(list_subscriptions{}) == "GET " + notifications + "/subscriptions" + head);
    CHECK(sent(delete_subscription{.subscription_id =
                                       subscription_id{"2d086378f1c948655ea6fd0a8b8a8303"}}) ==
          "DELETE " + notifications + "/subscriptions/2d086378f1c948655ea6fd0a8b8a8303" + head);

    const auto request =
        encode(create_subscription{.subscription = ringing}, api_tables::production, room);
    REQUIRE(request);
    const auto op = server::cloudlink::parse<notification_operations>(*request, room,
                                                                      {.prefix = "/2017-09-01"});
    REQUIRE(op);
    CHECK(*std::get<create_subscription>(*op).subscription == ringing);

    for (const text body : {text{R"({"subscriptionId":"2d086378f1c948655ea6fd0a8b8a8303"})"},
                            text{R"({"id":"2d086378f1c948655ea6fd0a8b8a8303"})"}}) {
        const auto got = decode<create_subscription>(
            http::response{.status = 200, .headers = json_headers, .body = body}, room);
        REQUIRE(got);
        CHECK(*got->subscription_id == subscription_id{"2d086378f1c948655ea6fd0a8b8a8303"});
    }
    const auto answered =
        server::respond<create_subscription>({.subscription_id = subscription_id{"2d08"}}, room);
    REQUIRE(answered);
    CHECK(answered->status == 201);
    CHECK(answered->body == R"({"subscriptionId":"2d08"})");
}

TEST_CASE(
    "notifications: a list comes as an envelope, as items, as a bare array, by every engine") {
    memory room;
    const std::string two = R"([{"subscriptionId":"a","topic":"platform-api-admin"},{"id":"b"}])";
    const std::string bodies[] = {two, R"({"items":)" + two + "}",
                                  R"({"count":2,"_links":{"self":"/2017-09-01/subscriptions",)"
                                  R"("next":"/n?$skip=2"},"_embedded":{"items":)" +
                                      two + "}}",
                                  R"({"_embedded":null,"items":)" + two + "}"};
    for (const std::string& body : bodies) {
        CAPTURE(body);
        const auto page = read<subscription_page>(body, room);
        REQUIRE(page);
        const auto all = items(*page);
        REQUIRE(all.size() == 2);
        CHECK(*all[0].subscription_id == subscription_id{"a"});
        CHECK(*all[0].topic == notification_topic::admin);
        CHECK(*all[1].subscription_id == subscription_id{"b"});
        CHECK(next_link(*page) == (page->links ? "/n?$skip=2" : ""));
        const auto got = decode<list_subscriptions>(
            http::response{.status = 200, .headers = json_headers, .body = body}, room);
        REQUIRE(got);
        CHECK(*got == *page);
        // A server's answer of each form is read as the same.
        const auto answered = server::respond<list_subscriptions>(*page, room);
        REQUIRE(answered);
        const auto back = read<subscription_page>(std::string{answered->body}, room);
        REQUIRE(back);
        CHECK(items(*back).size() == 2);
    }
    for (const char* none : {"[]", "{}", R"({"items":[]})", R"({"items":null})",
                             R"({"count":0,"_links":{"self":"/s"}})", R"({"_embedded":{}})"}) {
        const auto page = read<subscription_page>(none, room);
        REQUIRE(page);
        CHECK(items(*page).empty());
        CHECK(next_link(*page).empty());
    }
    CHECK(read<subscription_page>("7", room).code() == errc::expected_object);
    CHECK(read<subscription_page>("[7]", room).code() == errc::expected_object);
}

TEST_CASE("notifications: the application id is never printed") {
    char buffer[2000];
    writer out{buffer};
    json::print(ringing, out);
    const std::string shown{out.written()};
    CHECK(shown.find("2f1f6f0e") == std::string::npos);
    CHECK(shown.find("hooks.example.com") != std::string::npos);
}

TEST_CASE("notifications: words that nobody knows yet survive") {
    memory room;
    const auto got = read<subscription>(
        R"({"transport":"carrier-pigeon","topic":"platform-api-weather"})", room);
    REQUIRE(got);
    CHECK(!got->topic->known());
    CHECK(got->topic->value == "platform-api-weather");
    char buffer[200];
    CHECK(*json::encode(*got, std::span<char>{buffer}) ==
          R"({"transport":"carrier-pigeon","topic":"platform-api-weather"})");
}
