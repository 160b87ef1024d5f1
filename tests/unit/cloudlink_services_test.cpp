// The Router and the services for operating the platform: endpoints and members of the fact sheet's
// lists (B.7, C.10), each service at its own host with its own version.
#include <doctest/doctest.h>

#include <string>
#include <variant>

#include <tipring/cloudlink/odata.hpp>
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

template <class List, class Op>
void there_and_back(const Op& op, text prefix) {
    memory room;
    const auto request = encode(op, api_tables::production, room);
    REQUIRE(request);
    const auto got = server::cloudlink::parse<List>(*request, room, {.prefix = prefix});
    char line[200];
    REQUIRE_MESSAGE(got, describe(got.error(), line));
    REQUIRE(std::holds_alternative<Op>(*got));
    CHECK(std::get<Op>(*got) == op);
}

} // namespace

TEST_CASE("services: the 35 endpoints of the fact sheet") {
    api_tables::check_endpoints<router_operations>(
        {
            {"RO-1", "GET", "/skills", "vendor_code"},
            {"RO-2", "POST", "/skills", "vendor_code", 201},
            {"RO-3", "GET", "/skills/{}", "vendor_code"},
            {"RO-4", "PUT", "/skills/{}", "vendor_code"},
            {"RO-5", "DELETE", "/skills/{}", "vendor_code"},
            {"RO-6", "GET", "/skillgroups", "vendor_code"},
            {"RO-7", "POST", "/skillgroups", "vendor_code", 201},
            {"RO-8", "GET", "/skillgroups/{}", "vendor_code"},
            {"RO-9", "PUT", "/skillgroups/{}", "vendor_code"},
            {"RO-10", "DELETE", "/skillgroups/{}", "vendor_code"},
            {"RO-11", "GET", "/interactions", "vendor_code"},
            {"RO-12", "GET", "/endpoints", "vendor_code"},
            {"RO-13", "GET", "/endpoints/{}", "vendor_code"},
            {"RO-14", "GET", "/endpoints/{}/channels", "vendor_code"},
        },
        service::router);
    api_tables::check_endpoints<director_operations>(
        {
            {"DI-1", "GET", "/identities", "vendor_code"},
            {"DI-2", "GET", "/identities/{}", "vendor_code"},
            {"DI-3", "DELETE", "/identities/{}", "vendor_code"},
            {"DI-4", "GET", "/services", "vendor_code"},
            {"DI-5", "PUT", "/services/{}", "vendor_code"},
            {"DI-6", "DELETE", "/services/{}", "vendor_code"},
            {"DI-7", "GET", "/event-routers", "vendor_code"},
            {"DI-8", "POST", "/event-routers", "vendor_code", 201},
            {"DI-9", "GET", "/event-routers/{}", "vendor_code"},
            {"DI-10", "PUT", "/event-routers/{}", "vendor_code"},
            {"DI-11", "DELETE", "/event-routers/{}", "vendor_code"},
        },
        service::director);
    api_tables::check_endpoints<analytics_operations>(
        {{"AN-1", "GET", "/events-records", "vendor_code"}}, service::analytics);
    api_tables::check_endpoints<system_manager_operations>(
        {
            {"SM-1", "GET", "/components", "vendor_code"},
            {"SM-2", "GET", "/platforms", "vendor_code"},
            {"SM-3", "GET", "/platforms/{}", "vendor_code"},
            {"SM-4", "DELETE", "/platforms/{}", "vendor_code"},
        },
        service::system_manager);
    api_tables::check_endpoints<billing_operations>(
        {
            {"BI-1", "GET", "/licenses", "vendor_code"},
            {"BI-2", "GET", "/subscriptions", "vendor_code"},
            {"BI-3", "GET", "/partner-subscriptions", "vendor_code"},
            {"BI-4", "GET", "/users", "vendor_code"},
            {"BI-5", "GET", "/accounts", "vendor_code"},
        },
        service::billing);
}

TEST_CASE("services: the members of the Router's types and of what the Director takes") {
    api_tables::check_members<skill>({
        {"skillId", "text", "rl"},
        {"name", "text"},
        {"createdOn", "text", "r"},
        {"createdBy", "text", "rl"},
        {"modifiedOn", "text", "r"},
        {"modifiedBy", "text", "rl"},
        {"_links", "object", "r"},
    });
    api_tables::check_members<skill_group>({
        {"skillGroupId", "text", "rl"},
        {"name", "text"},
        {"skills", "array"},
        {"createdOn", "text", "r"},
        {"createdBy", "text", "rl"},
        {"modifiedOn", "text", "r"},
        {"modifiedBy", "text", "rl"},
        {"_links", "object", "r"},
    });
    api_tables::check_members<router_endpoint>({
        {"endpointId", "text", "rl"},
        {"presences", "object"},
        {"createdBy", "text", "rl"},
        {"createdOn", "text", "r"},
        {"modifiedBy", "text", "rl"},
        {"_links", "object", "r"},
    });
    api_tables::check_members<endpoint_presences>(
        {{"principal", "object"}, {"aggregate", "object"}});
    api_tables::check_members<presence_status>({{"status", "text"}, {"enteredOn", "text"}});
    api_tables::check_members<channel>(
        {{"channelId", "text", "rl"}, {"type", "text"}, {"max", "integer", "l"}});
    api_tables::check_members<interaction>({
        {"interactionId", "text", "rl"},
        {"skillGroupId", "text", "l"},
        {"state", "text"},
        {"channelType", "text"},
        {"priority", "text", "l"},
        {"timeOfferedToSystem", "text", "l"},
        {"timeOfferedToSkillGroup", "text", "l"},
        {"timeOfferedToEndpoint", "text", "l"},
        {"handlingChannelId", "text", "l"},
        {"handlingEndpointId", "text", "l"},
        {"createdBy", "text", "rl"},
        {"createdOn", "text", "r"},
        {"modifiedBy", "text", "rl"},
        {"_links", "object", "r"},
    });
    api_tables::check_members<registered_service>({{"name", "text"}, {"rank", "integer", "l"}});
    api_tables::check_members<event_router>(
        {{"accountId", "text", "l"}, {"eventType", "text"}, {"destination", "text"}});
}

TEST_CASE("Q-35: each service is at its own host with its own version") {
    CHECK(sent(list_skills{}) == "GET https://router.api.mitel.io/2018-03-03/skills" + head);
    CHECK(sent(list_services{}) == "GET https://director.api.mitel.io/2018-07-01/services" + head);
    CHECK(sent(list_licenses{}) == "GET https://billing.api.mitel.io/2019-03-01/licenses" + head);
    CHECK(sent(list_event_records{}) ==
          "GET https://analytics.api.mitel.io/2020-06-19/events-records" + head);
    CHECK(sent(list_components{}) ==
          "GET https://system-manager.api.mitel.io/2023-07-01/components" + head);
    CHECK(sent(list_conversations{}) ==
          "GET https://chat.api.mitel.io/2017-09-01/conversations" + head);
    CHECK(sent(list_subscriptions{}) ==
          "GET https://notifications.api.mitel.io/2017-09-01/subscriptions" + head);
    CHECK(sent(list_billing_subscriptions{}) ==
          "GET https://billing.api.mitel.io/2019-03-01/subscriptions" + head);
    const service_address other[] = {{.service = service::billing, .base_path = "/2031-01-01"}};
    platform newer = api_tables::production;
    newer.addresses = other;
    CHECK(sent(list_licenses{}, newer) ==
          "GET https://billing.api.mitel.io/2031-01-01/licenses" + head);
    CHECK(sent(list_skills{}, newer) == "GET https://router.api.mitel.io/2018-03-03/skills" + head);
}

TEST_CASE("services: what the shell functions send") {
    const std::string director = "https://director.api.mitel.io/2018-07-01";
    CHECK(sent(list_identities{.query = {.expand = "null"}}) ==
          "GET " + director + "/identities?$expand=null" + head);
    CHECK(sent(put_service{.host = "a.b/c d",
                           .service = registered_service{.name = "chat", .rank = 1}}) ==
          "PUT " + director + "/services/a.b%2Fc%20d" + head_json + R"({"name":"chat","rank":1})");
    CHECK(sent(create_event_router{.event_router = event_router{.account_id = account_id{"7"},
                                                                .event_type = "e",
                                                                .destination = "d"}}) ==
          "POST " + director + "/event-routers" + head_json +
              R"({"accountId":"7","eventType":"e","destination":"d"})");
    CHECK(sent(update_event_router{.event_router_id = event_router_id{"9"},
                                   .event_router =
                                       event_router{.event_type = "e", .destination = "d"}}) ==
          "PUT " + director + "/event-routers/9" + head_json +
              R"({"eventType":"e","destination":"d"})");
    using namespace properties::events;
    CHECK(sent(list_event_records{.query = {.filter = source == "a" && subject == "b"}}) ==
          "GET https://analytics.api.mitel.io/2020-06-19/events-records?$filter="
          "source%20eq%20%27a%27%20and%20subject%20eq%20%27b%27" +
              head);
    memory room;
    const http::request_options misspelt{.other_path = true};
    const auto request = encode(delete_skill_group{.skill_group_id = skill_group_id{"7"}},
                                api_tables::production, room, misspelt);
    REQUIRE(request);
    CHECK(request->target == "/2018-03-03/skillsgroups/7");
    const auto op =
        server::cloudlink::parse<router_operations>(*request, room, {.prefix = "/2018-03-03"});
    REQUIRE(op);
    CHECK(std::get<delete_skill_group>(*op).skill_group_id == skill_group_id{"7"});
}

TEST_CASE("services: from client to server") {
    const text router = "/2018-03-03";
    const text director = "/2018-07-01";
    const text ids[] = {"a", "b"};
    there_and_back<router_operations>(list_skills{.query = {.top = 2}}, router);
    there_and_back<router_operations>(create_skill{.skill = skill{.name = "n"}}, router);
    there_and_back<router_operations>(view_skill{.skill_id = skill_id{"/"}}, router);
    there_and_back<router_operations>(
        update_skill{.skill_id = skill_id{"7"}, .skill = skill{.name = "n"}}, router);
    there_and_back<router_operations>(delete_skill{.skill_id = skill_id{"7"}}, router);
    there_and_back<router_operations>(list_skill_groups{}, router);
    there_and_back<router_operations>(
        create_skill_group{.skill_group = skill_group{.name = "n", .skills = ids}}, router);
    there_and_back<router_operations>(view_skill_group{.skill_group_id = skill_group_id{"7"}},
                                      router);
    there_and_back<router_operations>(update_skill_group{.skill_group_id = skill_group_id{"7"},
                                                         .skill_group = skill_group{.skills = ids}},
                                      router);
    there_and_back<router_operations>(delete_skill_group{.skill_group_id = skill_group_id{"7"}},
                                      router);
    there_and_back<router_operations>(list_interactions{}, router);
    there_and_back<router_operations>(list_router_endpoints{}, router);
    there_and_back<router_operations>(view_router_endpoint{.endpoint_id = endpoint_id{"me"}},
                                      router);
    there_and_back<router_operations>(list_channels{.endpoint_id = endpoint_id{"me"}}, router);
    there_and_back<director_operations>(list_identities{}, director);
    there_and_back<director_operations>(view_identity{.identity_id = identity_id{"7"}}, director);
    there_and_back<director_operations>(delete_identity{.identity_id = identity_id{"7"}}, director);
    there_and_back<director_operations>(list_services{}, director);
    there_and_back<director_operations>(
        put_service{.host = "https://h/", .service = registered_service{.rank = 0}}, director);
    there_and_back<director_operations>(delete_service{.host = "https://h/"}, director);
    there_and_back<director_operations>(list_event_routers{}, director);
    there_and_back<director_operations>(
        create_event_router{.event_router = event_router{.event_type = "e"}}, director);
    there_and_back<director_operations>(view_event_router{.event_router_id = event_router_id{"7"}},
                                        director);
    there_and_back<director_operations>(
        update_event_router{.event_router_id = event_router_id{"7"},
                            .event_router = event_router{.event_type = "e"}},
        director);
    there_and_back<director_operations>(
        delete_event_router{.event_router_id = event_router_id{"7"}}, director);
    there_and_back<analytics_operations>(list_event_records{}, "/2020-06-19");
    there_and_back<system_manager_operations>(list_components{}, "/2023-07-01");
    there_and_back<system_manager_operations>(list_platforms{}, "/2023-07-01");
    there_and_back<system_manager_operations>(view_platform{.platform_id = platform_id{"7"}},
                                              "/2023-07-01");
    there_and_back<system_manager_operations>(delete_platform{.platform_id = platform_id{"7"}},
                                              "/2023-07-01");
    there_and_back<billing_operations>(list_licenses{}, "/2019-03-01");
    there_and_back<billing_operations>(list_billing_subscriptions{}, "/2019-03-01");
    there_and_back<billing_operations>(list_partner_subscriptions{}, "/2019-03-01");
    there_and_back<billing_operations>(list_billing_users{}, "/2019-03-01");
    there_and_back<billing_operations>(list_billing_accounts{}, "/2019-03-01");
}

TEST_CASE("services: answers, typed where something is known, else as they are written") {
    memory room;
    const std::string endpoint =
        R"({"endpointId":"me","presences":{"principal":{"status":"available"},"aggregate":)"
        R"({"status":"busy","enteredOn":"2020-01-01T00:00:00.000Z"}},"createdBy":"u"})";
    const auto got = read<router_endpoint>(endpoint, room);
    REQUIRE(got);
    CHECK(*got->presences->aggregate->status == "busy");
    CHECK(got->presences->principal->entered_on.is_absent());
    char buffer[1000];
    CHECK(json_tree::equal(*json::encode(*got, std::span<char>{buffer}), endpoint));
    const auto waiting = read<interaction>(
        R"({"interactionId":"i","priority":5,"timeOfferedToSystem":1589,"handlingChannelId":null})",
        room);
    REQUIRE(waiting);
    CHECK(*waiting->priority == "5");
    CHECK(*waiting->time_offered_to_system == "1589");
    CHECK(*read<channel>(R"({"channelId":"c","max":"3"})", room)->max == 3);

    const std::string page =
        R"({"count":2,"_links":{"self":"/x"},"_embedded":{"items":[{"a":[1,{}]},7]}})";
    const auto raw = decode<list_licenses>(
        http::response{.status = 200, .headers = json_headers, .body = page}, room);
    REQUIRE(raw);
    REQUIRE(items(*raw).size() == 2);
    CHECK(items(*raw)[0].value == R"({"a":[1,{}]})");
    CHECK(items(*raw)[1].value == "7");
    const auto one = decode<view_platform>(
        http::response{.status = 200, .headers = json_headers, .body = R"({"id":"7"})"}, room);
    REQUIRE(one);
    CHECK(one->content->value == R"({"id":"7"})");
    const auto empty = decode<put_service>(http::response{.status = 202}, room);
    REQUIRE(empty);
    CHECK(empty->content.is_absent());
    CHECK(is_pending(empty.response()));
}
