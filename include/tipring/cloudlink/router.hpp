// The Router: skills, groups of them, and what is offered to the endpoints of agents (fact sheet
// B.7, C.10; all of it from one client, R4). Not here: the phone endpoints of the Media API, which
// have the same ids.
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// What an agent can do.
struct skill {
    field<cloudlink::skill_id> skill_id{};
    field<text> name{};
    field<datetime> created_on{};
    field<user_id> created_by{};
    field<datetime> modified_on{};
    field<user_id> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    skill, TIPRING_MEMBER(skill_id, "unique id").read_only().lenient().named("skillId"),
    TIPRING_MEMBER(name, "for people"),
    TIPRING_MEMBER(created_on, "when it was made").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(created_by, "who made it").read_only().lenient().nullable().named("createdBy"),
    TIPRING_MEMBER(modified_on, "when it last changed").read_only().nullable().named("modifiedOn"),
    TIPRING_MEMBER(modified_by, "who changed it last")
        .read_only()
        .lenient()
        .nullable()
        .named("modifiedBy"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// Skills that are asked for together.
struct skill_group {
    field<cloudlink::skill_group_id> skill_group_id{};
    field<text> name{};
    field<list<text>> skills{};
    field<datetime> created_on{};
    field<user_id> created_by{};
    field<datetime> modified_on{};
    field<user_id> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    skill_group,
    TIPRING_MEMBER(skill_group_id, "unique id").read_only().lenient().named("skillGroupId"),
    TIPRING_MEMBER(name, "for people"), TIPRING_MEMBER(skills, "ids of skills"),
    TIPRING_MEMBER(created_on, "when it was made").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(created_by, "who made it").read_only().lenient().nullable().named("createdBy"),
    TIPRING_MEMBER(modified_on, "when it last changed").read_only().nullable().named("modifiedOn"),
    TIPRING_MEMBER(modified_by, "who changed it last")
        .read_only()
        .lenient()
        .nullable()
        .named("modifiedBy"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// Whether somebody is there, and since when.
struct presence_status {
    field<text> status{};
    field<datetime> entered_on{};
};
TIPRING_DESCRIBE(presence_status, TIPRING_MEMBER(status, "whether somebody is there"),
                 TIPRING_MEMBER(entered_on, "since when").nullable().named("enteredOn"));

/// The presences of an endpoint.
struct endpoint_presences {
    field<presence_status> principal{};
    field<presence_status> aggregate{};
};
TIPRING_DESCRIBE(endpoint_presences, TIPRING_MEMBER(principal, "of the person").nullable(),
                 TIPRING_MEMBER(aggregate, "of all that the person uses").nullable());

/// Where an agent is reached.
struct router_endpoint {
    field<cloudlink::endpoint_id> endpoint_id{};
    field<endpoint_presences> presences{};
    field<datetime> created_on{};
    field<user_id> created_by{};
    field<user_id> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    router_endpoint,
    TIPRING_MEMBER(endpoint_id, "unique id").read_only().lenient().named("endpointId"),
    TIPRING_MEMBER(presences, "whether the agent is there").nullable(),
    TIPRING_MEMBER(created_on, "when it was made").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(created_by, "who made it").read_only().lenient().nullable().named("createdBy"),
    TIPRING_MEMBER(modified_by, "who changed it last")
        .read_only()
        .lenient()
        .nullable()
        .named("modifiedBy"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// How many interactions of one type an endpoint takes at a time.
struct channel {
    field<cloudlink::channel_id> channel_id{};
    field<text> type{};
    field<std::int32_t> max{};
};
TIPRING_DESCRIBE(channel,
                 TIPRING_MEMBER(channel_id, "unique id").read_only().lenient().named("channelId"),
                 TIPRING_MEMBER(type, "what comes by it"),
                 TIPRING_MEMBER(max, "how many at a time").lenient());

/// Something that waits for an agent or is with one. Times and priority are text in that client.
struct interaction {
    field<cloudlink::interaction_id> interaction_id{};
    field<cloudlink::skill_group_id> skill_group_id{};
    field<text> state{};
    field<text> channel_type{};
    field<text> priority{};
    field<text> time_offered_to_system{};
    field<text> time_offered_to_skill_group{};
    field<text> time_offered_to_endpoint{};
    field<channel_id> handling_channel_id{};
    field<endpoint_id> handling_endpoint_id{};
    field<datetime> created_on{};
    field<user_id> created_by{};
    field<user_id> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    interaction,
    TIPRING_MEMBER(interaction_id, "unique id").read_only().lenient().named("interactionId"),
    TIPRING_MEMBER(skill_group_id, "which skills it needs")
        .lenient()
        .nullable()
        .named("skillGroupId"),
    TIPRING_MEMBER(state, "where it stands"),
    TIPRING_MEMBER(channel_type, "by what it comes").named("channelType"),
    TIPRING_MEMBER(priority, "how urgent it is").lenient().nullable(),
    TIPRING_MEMBER(time_offered_to_system, "when it came")
        .lenient()
        .nullable()
        .named("timeOfferedToSystem"),
    TIPRING_MEMBER(time_offered_to_skill_group, "when it was offered to the group")
        .lenient()
        .nullable()
        .named("timeOfferedToSkillGroup"),
    TIPRING_MEMBER(time_offered_to_endpoint, "when it was offered to the endpoint")
        .lenient()
        .nullable()
        .named("timeOfferedToEndpoint"),
    TIPRING_MEMBER(handling_channel_id, "the channel that has it")
        .lenient()
        .nullable()
        .named("handlingChannelId"),
    TIPRING_MEMBER(handling_endpoint_id, "the endpoint that has it")
        .lenient()
        .nullable()
        .named("handlingEndpointId"),
    TIPRING_MEMBER(created_on, "when it was made").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(created_by, "who made it").read_only().lenient().nullable().named("createdBy"),
    TIPRING_MEMBER(modified_by, "who changed it last")
        .read_only()
        .lenient()
        .nullable()
        .named("modifiedBy"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// Lists skills. RO-1; seen in vendor code (R4).
struct list_skills {
    using answer = collection<skill>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_skills, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_skills, .path = "/skills", .api = &api_of(service::router),
                  .evidence = http::evidence::vendor_code, .source = "R4 RO-1",
                  .doc = "Lists skills.");

/// Creates a skill. RO-2; seen in vendor code (R4).
struct create_skill {
    using answer = cloudlink::skill;

    field<cloudlink::skill> skill{};
};
TIPRING_DESCRIBE(create_skill, TIPRING_MEMBER(skill, "the new skill").body().required());
TIPRING_OPERATION(create_skill, .method = http::method::post, .path = "/skills",
                  .api = &api_of(service::router), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R4 RO-2",
                  .doc = "Creates a skill.");

/// Gives one skill. RO-3; seen in vendor code (R4).
struct view_skill {
    using answer = skill;

    cloudlink::skill_id skill_id{};
};
TIPRING_DESCRIBE(view_skill, TIPRING_MEMBER(skill_id, "the skill").path());
TIPRING_OPERATION(view_skill, .path = "/skills/{skill_id}", .api = &api_of(service::router),
                  .evidence = http::evidence::vendor_code, .source = "R4 RO-3",
                  .doc = "Gives one skill.");

/// Changes a skill. RO-4; seen in vendor code (R4).
struct update_skill {
    using answer = cloudlink::skill;

    cloudlink::skill_id skill_id{};
    field<cloudlink::skill> skill{};
};
TIPRING_DESCRIBE(update_skill, TIPRING_MEMBER(skill_id, "the skill").path(),
                 TIPRING_MEMBER(skill, "what to change").body().required());
TIPRING_OPERATION(update_skill, .method = http::method::put, .path = "/skills/{skill_id}",
                  .api = &api_of(service::router), .evidence = http::evidence::vendor_code,
                  .may_be_empty = true, .source = "R4 RO-4", .doc = "Changes a skill.");

/// Deletes a skill. RO-5; seen in vendor code (R4).
struct delete_skill {
    using answer = http::done;

    cloudlink::skill_id skill_id{};
};
TIPRING_DESCRIBE(delete_skill, TIPRING_MEMBER(skill_id, "the skill").path());
TIPRING_OPERATION(delete_skill, .method = http::method::delete_, .path = "/skills/{skill_id}",
                  .api = &api_of(service::router), .evidence = http::evidence::vendor_code,
                  .source = "R4 RO-5", .doc = "Deletes a skill.");

/// Lists groups of skills. RO-6; seen in vendor code (R4).
struct list_skill_groups {
    using answer = collection<skill_group>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_skill_groups, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_skill_groups, .path = "/skillgroups", .api = &api_of(service::router),
                  .evidence = http::evidence::vendor_code, .source = "R4 RO-6",
                  .doc = "Lists groups of skills.");

/// Creates a group of skills. RO-7; seen in vendor code (R4).
struct create_skill_group {
    using answer = cloudlink::skill_group;

    field<cloudlink::skill_group> skill_group{};
};
TIPRING_DESCRIBE(create_skill_group,
                 TIPRING_MEMBER(skill_group, "the new group").body().required());
TIPRING_OPERATION(create_skill_group, .method = http::method::post, .path = "/skillgroups",
                  .api = &api_of(service::router), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R4 RO-7",
                  .doc = "Creates a group of skills.");

/// Gives one group of skills. RO-8; seen in vendor code (R4).
struct view_skill_group {
    using answer = skill_group;

    cloudlink::skill_group_id skill_group_id{};
};
TIPRING_DESCRIBE(view_skill_group, TIPRING_MEMBER(skill_group_id, "the group").path());
TIPRING_OPERATION(view_skill_group, .path = "/skillgroups/{skill_group_id}",
                  .api = &api_of(service::router), .evidence = http::evidence::vendor_code,
                  .source = "R4 RO-8", .doc = "Gives one group of skills.");

/// Changes a group of skills. RO-9; seen in vendor code (R4).
struct update_skill_group {
    using answer = cloudlink::skill_group;

    cloudlink::skill_group_id skill_group_id{};
    field<cloudlink::skill_group> skill_group{};
};
TIPRING_DESCRIBE(update_skill_group, TIPRING_MEMBER(skill_group_id, "the group").path(),
                 TIPRING_MEMBER(skill_group, "what to change").body().required());
TIPRING_OPERATION(update_skill_group, .method = http::method::put,
                  .path = "/skillgroups/{skill_group_id}", .api = &api_of(service::router),
                  .evidence = http::evidence::vendor_code, .may_be_empty = true,
                  .source = "R4 RO-9", .doc = "Changes a group of skills.");

/// Deletes a group of skills. RO-10; seen in vendor code (R4). That code spells the path as the
/// other path here.
struct delete_skill_group {
    using answer = http::done;

    cloudlink::skill_group_id skill_group_id{};
};
TIPRING_DESCRIBE(delete_skill_group, TIPRING_MEMBER(skill_group_id, "the group").path());
TIPRING_OPERATION(delete_skill_group, .method = http::method::delete_,
                  .path = "/skillgroups/{skill_group_id}",
                  .other_path = "/skillsgroups/{skill_group_id}", .api = &api_of(service::router),
                  .evidence = http::evidence::vendor_code, .source = "R4 RO-10",
                  .doc = "Deletes a group of skills.");

/// Lists what is waiting for agents or with them. RO-11; seen in vendor code (R4).
struct list_interactions {
    using answer = collection<interaction>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_interactions, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_interactions, .path = "/interactions", .api = &api_of(service::router),
                  .evidence = http::evidence::vendor_code, .source = "R4 RO-11",
                  .doc = "Lists what is waiting for agents or with them.");

/// Lists the endpoints of agents. RO-12; seen in vendor code (R4).
struct list_router_endpoints {
    using answer = collection<router_endpoint>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_router_endpoints, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_router_endpoints, .path = "/endpoints", .api = &api_of(service::router),
                  .evidence = http::evidence::vendor_code, .source = "R4 RO-12",
                  .doc = "Lists the endpoints of agents.");

/// Gives one endpoint. RO-13; seen in vendor code (R4).
struct view_router_endpoint {
    using answer = router_endpoint;

    cloudlink::endpoint_id endpoint_id{};
};
TIPRING_DESCRIBE(view_router_endpoint,
                 TIPRING_MEMBER(endpoint_id, "the endpoint; `me` is one's own").path());
TIPRING_OPERATION(view_router_endpoint, .path = "/endpoints/{endpoint_id}",
                  .api = &api_of(service::router), .evidence = http::evidence::vendor_code,
                  .source = "R4 RO-13", .doc = "Gives one endpoint.");

/// Lists the channels of an endpoint. RO-14; seen in vendor code (R4).
struct list_channels {
    using answer = collection<channel>;

    cloudlink::endpoint_id endpoint_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_channels,
                 TIPRING_MEMBER(endpoint_id, "the endpoint; `me` is one's own").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_channels, .path = "/endpoints/{endpoint_id}/channels",
                  .api = &api_of(service::router), .evidence = http::evidence::vendor_code,
                  .source = "R4 RO-14", .doc = "Lists the channels of an endpoint.");

/// All that is known of the Router.
using router_operations =
    http::operation_list<list_skills, create_skill, view_skill, update_skill, delete_skill,
                         list_skill_groups, create_skill_group, view_skill_group,
                         update_skill_group, delete_skill_group, list_interactions,
                         list_router_endpoints, view_router_endpoint, list_channels>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
