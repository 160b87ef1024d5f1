// Users with their login, recording and licences, and the envelopes around them (manual 3.7).
#pragma once

#include <cstdint>

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/error.hpp>
#include <tipring/miarec/ids.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

/// How a user gets into the web portal (manual 3.7.1).
struct user_login {
    field<bool> can_login{};
    field<text> login{};
    field<secret> password{};
    field<open<miarec::authenticate_type>> authenticate_type{};
    field<bool> must_change_password{};
    field<datetime> valid_till{};
};
TIPRING_DESCRIBE(
    user_login, TIPRING_MEMBER(can_login, "the user may log in to the web portal"),
    TIPRING_MEMBER(login, "name to log in with"),
    TIPRING_MEMBER(password,
                   "never in answers; replaces the old one; ignored with LDAP (quirk D-25)")
        .write_only(),
    TIPRING_MEMBER(authenticate_type, "where the password is checked"),
    TIPRING_MEMBER(must_change_password, "asks for a new password at the next login (quirk D-14)")
        .alias("mush_change_password"),
    TIPRING_MEMBER(valid_till, "no login after this time"));

/// Which calls of a user are recorded (manual 3.7.1).
struct user_recording {
    field<open<miarec::record>> record{};
    field<list<text>> extensions{};
    field<bool> confidential{};
    field<list<open<miarec::record_direction>>> record_direction{};
    field<open<miarec::on_demand_default>> on_demand_default{};
};
TIPRING_DESCRIBE(
    user_recording, TIPRING_MEMBER(record, "whether the user's calls are recorded"),
    TIPRING_MEMBER(extensions,
                   "what calls are matched to the user by, in every form that occurs (quirk D-60)"),
    TIPRING_MEMBER(confidential, "marks all calls of the user as confidential"),
    TIPRING_MEMBER(record_direction, "which calls are recorded; list both for both directions"),
    TIPRING_MEMBER(on_demand_default, "what becomes of a recording when the user decides nothing")
        .nullable());

/// Licences that a user has (manual 3.7.1).
struct user_licensing {
    field<bool> evaluation_seat{};
    field<bool> monitoring_seat{};
    field<bool> recording_seat{};
};
TIPRING_DESCRIBE(user_licensing,
                 TIPRING_MEMBER(evaluation_seat, "has a licence for agent evaluation"),
                 TIPRING_MEMBER(monitoring_seat, "has a licence for live monitoring"),
                 TIPRING_MEMBER(recording_seat, "has a licence for recording"));

/// A user of MiaRec, who is recorded, uses the portal, or both (manual 3.7.1).
struct user {
    field<miarec::user_id> user_id{};
    field<text> name{};
    field<miarec::group_id> group_id{};
    field<miarec::role_id> role_id{};
    field<bool> is_active{};
    field<text> email{};
    field<text> timezone{};
    field<list<miarec::group_id>> managed_groups{};
    field<user_login> fieldset_login{};
    field<user_recording> fieldset_recording{};
    field<user_licensing> fieldset_licensing{};
    field<miarec::tenant_id> tenant_id{};
};
TIPRING_DESCRIBE(
    user, TIPRING_MEMBER(user_id, "unique id, given by the server").read_only(),
    TIPRING_MEMBER(name, "name of the user; no two are the same (manual 3.7.4)"),
    TIPRING_MEMBER(group_id, "the group that the user belongs to"),
    TIPRING_MEMBER(role_id, "the user's role"),
    TIPRING_MEMBER(is_active, "false: no login, and no recording by the settings below"),
    TIPRING_MEMBER(email, "e-mail address"),
    TIPRING_MEMBER(timezone,
                   "zone in which the portal shows times; empty or null: the group's (quirk D-55)")
        .nullable(),
    TIPRING_MEMBER(managed_groups, "groups that the user manages; in examples only (quirk D-26)"),
    TIPRING_MEMBER(fieldset_login, "access to the web portal"),
    TIPRING_MEMBER(fieldset_recording, "which calls are recorded"),
    TIPRING_MEMBER(fieldset_licensing, "licences"),
    TIPRING_MEMBER(
        tenant_id,
        "in no document; users are searched by it, so servers may send it (quirk D-26)"));

/// What a single user comes and goes in (manual 3.7.3 to 3.7.5).
struct user_envelope {
    field<miarec::user> user{};
};
TIPRING_DESCRIBE(user_envelope, TIPRING_MEMBER(user, "the user"));

/// One page of a list of users (manual 2.3.1, 3.7.2).
struct user_page {
    using row = miarec::user;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::user>> users{};
};
TIPRING_DESCRIBE(
    user_page, TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of users on all pages, when the server counts them").nullable(),
    TIPRING_MEMBER(users, "the users of this page"));

/// What servers answer to a change: the user as it is now, or its path, or nothing (D-32).
struct user_update {
    field<miarec::user> user{};
    field<text> url{};
};
TIPRING_DESCRIBE(user_update, TIPRING_MEMBER(user, "the user after the change"),
                 TIPRING_MEMBER(url, "path of the user"));

/// Lists users, by name, login, extension, group and tenant if asked (manual 3.7.2).
struct list_users {
    using answer = user_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<text> search_term{};
    field<text> name{};
    field<text> login{};
    field<text> extension{};
    field<miarec::group_id> group_id{};
    field<miarec::tenant_id> tenant_id{};
};
TIPRING_DESCRIBE(
    list_users,
    TIPRING_MEMBER(limit, "users per page, 20 unless given, at most 1000").limit(1000).query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(search_term, "in user, group and tenant name, login, role and extension")
        .query(),
    TIPRING_MEMBER(name, "part of the name, without case").query(),
    TIPRING_MEMBER(login, "exactly this login").query(),
    TIPRING_MEMBER(extension, "users with this extension").query(),
    TIPRING_MEMBER(group_id, "users of this group").query(),
    TIPRING_MEMBER(tenant_id, "users of this tenant").query());
TIPRING_OPERATION(list_users, .path = "/api/v2/users.json", .api = &api, .source = "manual 3.7.2",
                  .doc = "Lists users.");

/// Gives one user (manual 3.7.3).
struct view_user {
    using answer = user_envelope;

    miarec::user_id user_id{};
};
TIPRING_DESCRIBE(view_user, TIPRING_MEMBER(user_id, "the user").path());
TIPRING_OPERATION(view_user, .path = "/api/v2/users/{user_id}.json", .api = &api,
                  .source = "manual 3.7.3", .doc = "Gives one user.");

/// Creates a user; members that are absent take the server's defaults (manual 3.7.4, 4.1.6).
/// Answers the new id.
struct create_user {
    using answer = http::created<miarec::user_id>;

    field<miarec::user> user{};
};
TIPRING_DESCRIBE(create_user, TIPRING_MEMBER(user, "the new user").required());
TIPRING_OPERATION(create_user, .method = http::method::post, .path = "/api/v2/users.json",
                  .api = &api, .success = 201, .idempotent = false, .source = "manual 3.7.4, 4.1.6",
                  .doc = "Creates a user.");

/// Changes a user: members that are absent stay as they are (manual 3.7.5).
struct update_user {
    using answer = user_update;

    miarec::user_id user_id{};
    field<miarec::user> user{};
};
TIPRING_DESCRIBE(update_user, TIPRING_MEMBER(user_id, "the user").path(),
                 TIPRING_MEMBER(user, "what to change").required());
TIPRING_OPERATION(update_user, .method = http::method::put, .path = "/api/v2/users/{user_id}.json",
                  .api = &api, .may_be_empty = true, .source = "manual 3.7.5",
                  .doc = "Changes a user.");

/// Deletes a user (manual 3.7.6).
struct delete_user {
    using answer = http::done;

    miarec::user_id user_id{};
};
TIPRING_DESCRIBE(delete_user, TIPRING_MEMBER(user_id, "the user").path());
TIPRING_OPERATION(delete_user, .method = http::method::delete_,
                  .path = "/api/v2/users/{user_id}.json", .api = &api, .source = "manual 3.7.6",
                  .doc = "Deletes a user.");

/// Pauses or resumes the recording of the call that a user has right now (manual 3.7.7). 404 when
/// there is none, 409 when it ended in the meantime. Not idempotent: sent again, it may find the
/// user's next call. Sent without a body and so without Content-Type (D-54).
struct mute_user {
    using answer = http::done;

    miarec::user_id user_id{};
    field<open<miarec::muting_action>> action{};
};
TIPRING_DESCRIBE(mute_user, TIPRING_MEMBER(user_id, "the user").path(),
                 TIPRING_MEMBER(action, "mute or unmute").query().required());
TIPRING_OPERATION(mute_user, .method = http::method::post,
                  .path = "/api/v2/users/{user_id}.json/muting", .api = &api, .idempotent = false,
                  .source = "manual 3.7.7",
                  .doc = "Pauses or resumes the recording of a user's active call.");

} // namespace tipring::inline TIPRING_ABI::miarec
