// Tenants with their licences and rules for telling calls apart, and the envelopes around them
// (manual 3.6).
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

/// For counters of tenant_licensing: no limit. Null on the wire; -1 means the same and is decoded
/// to it (manual 5, quirk D-18).
///
///     licensing.recording_seats = miarec::unlimited
inline constexpr null_type unlimited = null;

/// How many licences of each sort a tenant may use at most (manual 3.6.1, 4.1.2, 5); `unlimited`
/// takes them from the common pool as they are needed. The manual shows three of them in examples
/// only (quirk D-23).
///
/// Servers from before 2018-07-07 want -1 and `license_mode`:
/// json::encode_options::legacy_licensing.
struct tenant_licensing {
    field<std::int32_t> recording_seats{};
    field<std::int32_t> recording_sessions{};
    field<std::int32_t> screen_recording_seats{};
    field<std::int32_t> monitoring_seats{};
    field<std::int32_t> monitoring_sessions{};
    field<std::int32_t> evaluation_seats{};
    field<std::int32_t> speech_analytics{};
    field<open<miarec::license_mode>> license_mode{};
};
TIPRING_DESCRIBE(tenant_licensing,
                 TIPRING_MEMBER(recording_seats, "most users whose calls are recorded")
                     .nullable()
                     .minus_one_is_null(),
                 TIPRING_MEMBER(recording_sessions, "most calls recorded at a time")
                     .nullable()
                     .minus_one_is_null(),
                 TIPRING_MEMBER(screen_recording_seats, "most users whose screens are recorded")
                     .nullable()
                     .minus_one_is_null(),
                 TIPRING_MEMBER(monitoring_seats, "most users with live monitoring")
                     .nullable()
                     .minus_one_is_null(),
                 TIPRING_MEMBER(monitoring_sessions,
                                "most calls monitored at a time (manual 4.1.2)")
                     .nullable()
                     .minus_one_is_null(),
                 TIPRING_MEMBER(evaluation_seats, "most users with agent evaluation")
                     .nullable()
                     .minus_one_is_null(),
                 TIPRING_MEMBER(speech_analytics, "most licences for speech analytics")
                     .nullable()
                     .minus_one_is_null(),
                 TIPRING_MEMBER(license_mode,
                                "ignored and not sent since 2018-07-07 (manual 5, quirk D-20)")
                     .deprecated());

/// Which calls belong to a tenant, and what becomes of those of unknown users (manual 3.6.1).
struct tenant_associate_calls {
    field<open<miarec::extension_uniqueness>> extension_uniqueness{};
    field<open<miarec::associate_calls>> associate_calls{};
    field<text> associate_calls_condition{};
    field<text> broadworks_sp_id{};
    field<text> broadworks_group_id{};
    field<text> sip_uri_host{};
    field<text> cisco_partition{};
    field<text> metaswitch_system{};
    field<text> metaswitch_group{};
    field<open<miarec::record_unknown_users>> record_unknown_users{};
    field<bool> auto_provision{};
    field<role_id> provision_role_id{};
    field<group_id> provision_group_id{};
};
TIPRING_DESCRIBE(
    tenant_associate_calls,
    TIPRING_MEMBER(extension_uniqueness,
                   "whether other tenants may have the same extension (quirk D-15)")
        .alias("extension_uniquness"),
    TIPRING_MEMBER(associate_calls, "by what a call is known to be the tenant's"),
    TIPRING_MEMBER(associate_calls_condition,
                   "recording filter; ignored when associate_calls is extension"),
    TIPRING_MEMBER(broadworks_sp_id, "BroadWorks service provider; only for broadworks_group"),
    TIPRING_MEMBER(broadworks_group_id, "BroadWorks group; only for broadworks_group"),
    TIPRING_MEMBER(sip_uri_host, "host part of the SIP URI; only for sip_uri_host"),
    TIPRING_MEMBER(cisco_partition, "name of the Cisco partition; only for cisco_partition"),
    TIPRING_MEMBER(metaswitch_system, "name of the Metaswitch system; only for metaswitch_group"),
    TIPRING_MEMBER(metaswitch_group, "name of the Metaswitch group; only for metaswitch_group"),
    TIPRING_MEMBER(record_unknown_users,
                   "whether calls that match none of the tenant's users are kept"),
    TIPRING_MEMBER(auto_provision, "makes a user for such a call, if it is kept (quirk D-21)")
        .lenient(),
    TIPRING_MEMBER(provision_role_id, "role of users made by auto_provision"),
    TIPRING_MEMBER(provision_group_id, "group of users made by auto_provision"));

/// A tenant of a server with multi-tenancy (manual 3.6.1).
struct tenant {
    field<miarec::tenant_id> tenant_id{};
    field<text> name{};
    field<text> timezone{};
    field<bool> encrypt_data{};
    field<tenant_licensing> fieldset_licensing{};
    field<tenant_associate_calls> fieldset_associate_calls{};
};
TIPRING_DESCRIBE(
    tenant, TIPRING_MEMBER(tenant_id, "unique id, given by the server").read_only(),
    TIPRING_MEMBER(name, "name of the tenant; no two are the same (manual 3.6.3)"),
    TIPRING_MEMBER(timezone, "zone in which its users see times; null: the system's (quirk D-55)")
        .nullable(),
    TIPRING_MEMBER(encrypt_data, "encrypts audio files with the tenant's own key (quirk D-22)")
        .nullable(),
    TIPRING_MEMBER(fieldset_licensing, "limits of licences"),
    TIPRING_MEMBER(fieldset_associate_calls, "which calls are the tenant's, and automatic users"));

/// What a single tenant comes and goes in (manual 3.6.3, 3.6.4, 3.6.6).
struct tenant_envelope {
    field<miarec::tenant> tenant{};
};
TIPRING_DESCRIBE(tenant_envelope, TIPRING_MEMBER(tenant, "the tenant"));

/// One page of a list of tenants (manual 2.3.1, 3.6.2).
struct tenant_page {
    using row = miarec::tenant;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::tenant>> tenants{};
};
TIPRING_DESCRIBE(
    tenant_page,
    TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of tenants on all pages, when the server counts them").nullable(),
    TIPRING_MEMBER(tenants, "the tenants of this page"));

/// What servers answer to a change: the tenant as it is now, or its path, or nothing (D-32).
struct tenant_update {
    field<miarec::tenant> tenant{};
    field<text> url{};
};
TIPRING_DESCRIBE(tenant_update, TIPRING_MEMBER(tenant, "the tenant after the change"),
                 TIPRING_MEMBER(url, "path of the tenant"));

/// Lists tenants, by name if asked (manual 3.6.2).
struct list_tenants {
    using answer = tenant_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<text> search_term{};
};
TIPRING_DESCRIBE(
    list_tenants,
    TIPRING_MEMBER(limit, "tenants per page, 20 unless given, at most 1000").limit(1000).query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(search_term, "in the name").query());
TIPRING_OPERATION(list_tenants, .path = "/api/v2/tenants.json", .api = &api,
                  .source = "manual 3.6.2", .doc = "Lists tenants.");

/// Gives one tenant (manual 3.6.6).
struct view_tenant {
    using answer = tenant_envelope;

    miarec::tenant_id tenant_id{};
};
TIPRING_DESCRIBE(view_tenant, TIPRING_MEMBER(tenant_id, "the tenant").path());
TIPRING_OPERATION(view_tenant, .path = "/api/v2/tenants/{tenant_id}.json", .api = &api,
                  .source = "manual 3.6.6", .doc = "Gives one tenant.");

/// Creates a tenant; the API user must belong to the System tenant (manual 3.6.3, 4.1.3). Answers
/// the new id.
struct create_tenant {
    using answer = http::created<miarec::tenant_id>;

    field<miarec::tenant> tenant{};
};
TIPRING_DESCRIBE(create_tenant, TIPRING_MEMBER(tenant, "the new tenant").required());
TIPRING_OPERATION(create_tenant, .method = http::method::post, .path = "/api/v2/tenants.json",
                  .api = &api, .success = 201, .idempotent = false, .source = "manual 3.6.3, 4.1.3",
                  .doc = "Creates a tenant.");

/// Changes a tenant: members that are absent stay as they are (manual 3.6.4).
struct update_tenant {
    using answer = tenant_update;

    miarec::tenant_id tenant_id{};
    field<miarec::tenant> tenant{};
};
TIPRING_DESCRIBE(update_tenant, TIPRING_MEMBER(tenant_id, "the tenant").path(),
                 TIPRING_MEMBER(tenant, "what to change").required());
TIPRING_OPERATION(update_tenant, .method = http::method::put,
                  .path = "/api/v2/tenants/{tenant_id}.json", .api = &api, .may_be_empty = true,
                  .source = "manual 3.6.4", .doc = "Changes a tenant.");

/// Deletes a tenant (manual 3.6.5). The manual prints the path with `tenant` in the singular: that
/// is the other path, for servers that know no better (D-11).
struct delete_tenant {
    using answer = http::done;

    miarec::tenant_id tenant_id{};
};
TIPRING_DESCRIBE(delete_tenant, TIPRING_MEMBER(tenant_id, "the tenant").path());
TIPRING_OPERATION(delete_tenant, .method = http::method::delete_,
                  .path = "/api/v2/tenants/{tenant_id}.json",
                  .other_path = "/api/v2/tenant/{tenant_id}.json", .api = &api,
                  .source = "manual 3.6.5", .doc = "Deletes a tenant.");

} // namespace tipring::inline TIPRING_ABI::miarec
