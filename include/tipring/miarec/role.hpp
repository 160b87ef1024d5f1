// Roles and their permissions, and the envelopes around them (manual 3.5).
#pragma once

#include <cstdint>

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
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

/// What a role may do with one kind of resource: an entry of `permissions`, `"calls": ["view"]` on
/// the wire (manual 3.5.1). Each release may add names of both sorts, so they are plain text (quirk
/// D-51); the vendor's advice is to tick all boxes of a role in the portal and to look at that
/// role.
struct permission {
    field<text> resource{};
    field<list<text>> actions{};
};
TIPRING_DESCRIBE(
    permission, TIPRING_MEMBER(resource, "kind of resource, such as users or calls_own"),
    TIPRING_MEMBER(actions, "what may be done with it, such as view or playback; may be empty"));

/// A role of users (manual 3.5.1). `access_level` says which resources it reaches, `permissions`
/// what may be done with those.
struct role {
    field<miarec::role_id> role_id{};
    field<text> name{};
    field<open<miarec::access_level>> access_level{};
    field<miarec::tenant_id> tenant_id{};
    field<list<permission>> permissions{};
};
TIPRING_DESCRIBE(
    role, TIPRING_MEMBER(role_id, "unique id, given by the server").read_only(),
    TIPRING_MEMBER(name, "name of the role; no two are the same (manual 3.5.4)"),
    TIPRING_MEMBER(access_level,
                   "which resources are reached; lists may leave it out (quirk D-52)"),
    TIPRING_MEMBER(tenant_id, "the role's tenant, with multi-tenancy"),
    TIPRING_MEMBER(permissions, "what may be done with each kind of resource (quirk D-51)").map());

/// What a single role comes and goes in (manual 3.5.3 to 3.5.5).
struct role_envelope {
    field<miarec::role> role{};
};
TIPRING_DESCRIBE(role_envelope, TIPRING_MEMBER(role, "the role"));

/// One page of a list of roles (manual 2.3.1, 3.5.2).
struct role_page {
    using row = miarec::role;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::role>> roles{};
};
TIPRING_DESCRIBE(
    role_page, TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of roles on all pages, when the server counts them").nullable(),
    TIPRING_MEMBER(roles, "the roles of this page"));

/// What servers answer to a change: the role as it is now, or its path, or nothing (D-32).
struct role_update {
    field<miarec::role> role{};
    field<text> url{};
};
TIPRING_DESCRIBE(role_update, TIPRING_MEMBER(role, "the role after the change"),
                 TIPRING_MEMBER(url, "path of the role"));

/// Lists roles, by name and tenant if asked (manual 3.5.2).
struct list_roles {
    using answer = role_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<text> search_term{};
    field<miarec::tenant_id> tenant_id{};
};
TIPRING_DESCRIBE(
    list_roles,
    TIPRING_MEMBER(limit, "roles per page, 20 unless given, at most 1000").limit(1000).query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(search_term, "in the name").query(),
    TIPRING_MEMBER(tenant_id, "roles of this tenant").query());
TIPRING_OPERATION(list_roles, .path = "/api/v2/roles.json", .api = &api, .source = "manual 3.5.2",
                  .doc = "Lists roles.");

/// Gives one role (manual 3.5.3).
struct view_role {
    using answer = role_envelope;

    miarec::role_id role_id{};
};
TIPRING_DESCRIBE(view_role, TIPRING_MEMBER(role_id, "the role").path());
TIPRING_OPERATION(view_role, .path = "/api/v2/roles/{role_id}.json", .api = &api,
                  .source = "manual 3.5.3", .doc = "Gives one role.");

/// Creates a role; members that are absent take the server's defaults (manual 3.5.4, 4.1.4).
/// Answers the new id.
struct create_role {
    using answer = http::created<miarec::role_id>;

    field<miarec::role> role{};
};
TIPRING_DESCRIBE(create_role, TIPRING_MEMBER(role, "the new role").required());
TIPRING_OPERATION(create_role, .method = http::method::post, .path = "/api/v2/roles.json",
                  .api = &api, .success = 201, .idempotent = false, .source = "manual 3.5.4, 4.1.4",
                  .doc = "Creates a role.");

/// Changes a role: members that are absent stay as they are (manual 3.5.5).
struct update_role {
    using answer = role_update;

    miarec::role_id role_id{};
    field<miarec::role> role{};
};
TIPRING_DESCRIBE(update_role, TIPRING_MEMBER(role_id, "the role").path(),
                 TIPRING_MEMBER(role, "what to change").required());
TIPRING_OPERATION(update_role, .method = http::method::put, .path = "/api/v2/roles/{role_id}.json",
                  .api = &api, .may_be_empty = true, .source = "manual 3.5.5",
                  .doc = "Changes a role.");

/// Deletes a role (manual 3.5.6).
struct delete_role {
    using answer = http::done;

    miarec::role_id role_id{};
};
TIPRING_DESCRIBE(delete_role, TIPRING_MEMBER(role_id, "the role").path());
TIPRING_OPERATION(delete_role, .method = http::method::delete_,
                  .path = "/api/v2/roles/{role_id}.json", .api = &api, .source = "manual 3.5.6",
                  .doc = "Deletes a role.");

} // namespace tipring::inline TIPRING_ABI::miarec
