// Groups of users, and the envelopes around them (manual 3.4).
#pragma once

#include <cstdint>

#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/error.hpp>
#include <tipring/miarec/ids.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

/// A group of users (manual 3.4.1).
struct group {
    field<miarec::group_id> group_id{};
    field<miarec::tenant_id> tenant_id{};
    field<text> name{};
    field<text> timezone{};
};
TIPRING_DESCRIBE(
    group, TIPRING_MEMBER(group_id, "unique id, given by the server").read_only(),
    TIPRING_MEMBER(tenant_id, "the group's tenant, with multi-tenancy"),
    TIPRING_MEMBER(name, "name of the group; no two are the same (manual 3.4.4)"),
    TIPRING_MEMBER(timezone, "zone in which its users see times; null: the tenant's (quirk D-55)")
        .nullable());

/// What a single group comes and goes in (manual 3.4.3 to 3.4.5).
struct group_envelope {
    field<miarec::group> group{};
};
TIPRING_DESCRIBE(group_envelope, TIPRING_MEMBER(group, "the group"));

/// One page of a list of groups (manual 2.3.1, 3.4.2).
struct group_page {
    using row = miarec::group;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::group>> groups{};
};
TIPRING_DESCRIBE(
    group_page, TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of groups on all pages, when the server counts them").nullable(),
    TIPRING_MEMBER(groups, "the groups of this page"));

/// What servers answer to a change: the group as it is now, or its path, or nothing (D-32).
struct group_update {
    field<miarec::group> group{};
    field<text> url{};
};
TIPRING_DESCRIBE(group_update, TIPRING_MEMBER(group, "the group after the change"),
                 TIPRING_MEMBER(url, "path of the group"));

/// Lists groups, by name and tenant if asked (manual 3.4.2).
struct list_groups {
    using answer = group_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<text> search_term{};
    field<miarec::tenant_id> tenant_id{};
};
TIPRING_DESCRIBE(
    list_groups,
    TIPRING_MEMBER(limit, "groups per page, 20 unless given, at most 1000").limit(1000).query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(search_term, "in the name").query(),
    TIPRING_MEMBER(tenant_id, "groups of this tenant").query());
TIPRING_OPERATION(list_groups, .path = "/api/v2/groups.json", .api = &api, .source = "manual 3.4.2",
                  .doc = "Lists groups.");

/// Gives one group (manual 3.4.3).
struct view_group {
    using answer = group_envelope;

    miarec::group_id group_id{};
};
TIPRING_DESCRIBE(view_group, TIPRING_MEMBER(group_id, "the group").path());
TIPRING_OPERATION(view_group, .path = "/api/v2/groups/{group_id}.json", .api = &api,
                  .source = "manual 3.4.3", .doc = "Gives one group.");

/// Creates a group; members that are absent take the server's defaults (manual 3.4.4, 4.1.5).
/// Answers the new id.
struct create_group {
    using answer = http::created<miarec::group_id>;

    field<miarec::group> group{};
};
TIPRING_DESCRIBE(create_group, TIPRING_MEMBER(group, "the new group").required());
TIPRING_OPERATION(create_group, .method = http::method::post, .path = "/api/v2/groups.json",
                  .api = &api, .success = 201, .idempotent = false, .source = "manual 3.4.4, 4.1.5",
                  .doc = "Creates a group.");

/// Changes a group: members that are absent stay as they are (manual 3.4.5).
struct update_group {
    using answer = group_update;

    miarec::group_id group_id{};
    field<miarec::group> group{};
};
TIPRING_DESCRIBE(update_group, TIPRING_MEMBER(group_id, "the group").path(),
                 TIPRING_MEMBER(group, "what to change").required());
TIPRING_OPERATION(update_group, .method = http::method::put,
                  .path = "/api/v2/groups/{group_id}.json", .api = &api, .may_be_empty = true,
                  .source = "manual 3.4.5", .doc = "Changes a group.");

/// Deletes a group (manual 3.4.6).
struct delete_group {
    using answer = http::done;

    miarec::group_id group_id{};
};
TIPRING_DESCRIBE(delete_group, TIPRING_MEMBER(group_id, "the group").path());
TIPRING_OPERATION(delete_group, .method = http::method::delete_,
                  .path = "/api/v2/groups/{group_id}.json", .api = &api, .source = "manual 3.4.6",
                  .doc = "Deletes a group.");

} // namespace tipring::inline TIPRING_ABI::miarec
