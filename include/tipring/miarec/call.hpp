// Calls: their data, audio files, participants and values of custom fields, and the envelopes
// around them (manual 3.1). Not here: their enumerations (enums.hpp), the definitions of custom
// fields (custom_field.hpp), searches (search.hpp).
#pragma once

#include <cstdint>

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/query.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/error.hpp>
#include <tipring/miarec/ids.hpp>
#include <tipring/miarec/search.hpp>
#include <tipring/miarec/search_codec.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

/// An audio file of a call (manual 3.1.2). `watermark` is only in the table of the manual,
/// `encrypt_key` and `encrypt_tag` are only in its example (quirk D-28).
struct file {
    field<text> file_id{};
    field<datetime> start_time{};
    field<datetime> stop_time{};
    field<std::int64_t> file_size{};
    field<text> file_path{};
    field<text> watermark{};
    field<text> encrypt_key{};
    field<text> encrypt_tag{};
};
TIPRING_DESCRIBE(
    file, TIPRING_MEMBER(file_id, "unique within the call; text, such as \"01\"").read_only(),
    TIPRING_MEMBER(start_time, "when the recording into this file began").read_only(),
    TIPRING_MEMBER(stop_time, "when the recording into this file ended").read_only(),
    TIPRING_MEMBER(file_size, "size of the audio file in bytes").read_only(),
    TIPRING_MEMBER(file_path, "where the file lies on the server's disk; Windows or POSIX")
        .read_only(),
    TIPRING_MEMBER(watermark, "SHA-1 of the file's content, to check its integrity").read_only(),
    TIPRING_MEMBER(encrypt_key, "not documented (quirk D-28)").read_only(),
    TIPRING_MEMBER(encrypt_tag, "not documented (quirk D-28)").read_only());

/// One side of a call (manual 3.1.3). Its values need not agree with those of the call: in the
/// manual's own example they do not (quirk D-29).
struct participant {
    field<text> participant_id{};
    field<datetime> join_time{};
    field<datetime> leave_time{};
    field<miarec::user_id> user_id{};
    field<miarec::party_direction> party_direction{};
    field<miarec::party_type> party_type{};
    field<text> party_number{};
    field<text> party_name{};
    field<text> party_caller_id{};
};
TIPRING_DESCRIBE(
    participant,
    TIPRING_MEMBER(participant_id, "unique within the call; text, such as \"01\"").read_only(),
    TIPRING_MEMBER(join_time, "when the participant joined the call").read_only(),
    TIPRING_MEMBER(leave_time, "when the participant left the call").read_only(),
    TIPRING_MEMBER(user_id, "null or empty: no MiaRec user (quirk D-17)").read_only().nullable(),
    TIPRING_MEMBER(party_direction, "caller or called").read_only(),
    TIPRING_MEMBER(party_type, "agent, gateway or conference bridge").read_only(),
    TIPRING_MEMBER(party_number, "phone number, from the phone system").read_only(),
    TIPRING_MEMBER(party_name, "name, from the phone system").read_only(),
    TIPRING_MEMBER(party_caller_id, "id, from the phone system").read_only());

/// What a custom field says of a call (web manual, set_custom_fields). To set a value the field
/// must be editable; fields that are not listed keep theirs.
struct call_custom_field_value {
    field<custom_field_id> field_id{};
    field<text> name{};
    field<raw_json> value{};
};
TIPRING_DESCRIBE(call_custom_field_value,
                 TIPRING_MEMBER(field_id, "which custom field; this or the name is needed"),
                 TIPRING_MEMBER(name, "name of the custom field; ignored when there is a field_id"),
                 TIPRING_MEMBER(value, "text in all examples; null or \"\" clears it").nullable());

/// A recorded call (manual 3.1.1, 3.1.5). Lists show a few members only, and older servers lack
/// some. All but `custom_fields` is for reading.
struct call {
    field<miarec::call_id> call_id{};
    field<miarec::call_id> parent_call_id{};
    field<miarec::interaction_id> interaction_id{};
    field<miarec::tenant_id> tenant_id{};
    field<bool> is_conference{};
    field<miarec::recorder_id> recorder_id{};
    field<text> protocol_call_id{};
    field<miarec::protocol_call_direction> protocol_call_direction{};
    field<miarec::call_state> call_state{};
    field<miarec::on_demand_state> on_demand_state{};
    field<miarec::record_state> record_state{};
    field<miarec::voip_protocol> voip_protocol{};
    field<datetime> setup_time{};
    field<datetime> connect_time{};
    field<datetime> disconnect_time{};
    field<text> from_ip{};
    field<std::int32_t> from_port{};
    field<text> from_mac{};
    field<text> from_number{};
    field<text> from_name{};
    field<text> from_id{};
    field<text> to_ip{};
    field<std::int32_t> to_port{};
    field<text> to_mac{};
    field<text> to_number{};
    field<text> to_name{};
    field<text> to_id{};
    field<text> transferred_from_number{};
    field<text> transferred_from_name{};
    field<text> transferred_from_id{};
    field<text> transferred_to_number{};
    field<text> transferred_to_name{};
    field<text> transferred_to_id{};
    field<text> redirected_from_number{};
    field<text> redirected_from_name{};
    field<text> redirected_from_id{};
    field<text> redirected_to_number{};
    field<text> redirected_to_name{};
    field<text> redirected_to_id{};
    field<text> broadworks_sp_id{};
    field<text> broadworks_group_id{};
    field<text> broadworks_user_id{};
    field<text> cisco_nearend_guid{};
    field<text> cisco_farend_guid{};
    field<text> cisco_nearend_refci{};
    field<text> cisco_farend_refci{};
    field<text> cisco_phone_ip{};
    field<text> cisco_nearend_partition{};
    field<text> cisco_farend_partition{};
    field<text> metaswitch_user{};
    field<text> metaswitch_group{};
    field<text> metaswitch_system{};
    field<text> agent_id{};
    field<text> agent_name{};
    field<list<file>> files{};
    field<list<participant>> participants{};
    field<list<call_custom_field_value>> custom_fields{};
};
TIPRING_DESCRIBE(
    call, TIPRING_MEMBER(call_id, "unique id of the call").read_only(),
    TIPRING_MEMBER(parent_call_id,
                   "the call that this one resumes after hold, for some protocols (quirk D-16)")
        .read_only()
        .nullable(),
    TIPRING_MEMBER(interaction_id, "shared by the calls of one interaction").read_only(),
    TIPRING_MEMBER(tenant_id, "the tenant that the call belongs to").read_only(),
    TIPRING_MEMBER(is_conference, "there are more than two participants").read_only(),
    TIPRING_MEMBER(recorder_id, "the server that recorded the call; tells locations apart")
        .read_only(),
    TIPRING_MEMBER(protocol_call_id, "the phone system's id, such as the Call-Id of SIP")
        .read_only(),
    TIPRING_MEMBER(protocol_call_direction, "direction, from the phone system").read_only(),
    TIPRING_MEMBER(call_state, "state of the call").read_only(),
    TIPRING_MEMBER(on_demand_state, "state of on-demand recording").read_only(),
    TIPRING_MEMBER(record_state, "state of the recording").read_only(),
    TIPRING_MEMBER(voip_protocol, "signalling protocol").read_only(),
    TIPRING_MEMBER(setup_time, "when the call was initiated").read_only(),
    TIPRING_MEMBER(connect_time, "when the call was answered").read_only(),
    TIPRING_MEMBER(disconnect_time, "when the call was disconnected").read_only(),
    TIPRING_MEMBER(from_ip, "IP address of the caller").read_only(),
    TIPRING_MEMBER(from_port, "IP port of the caller").read_only(),
    TIPRING_MEMBER(from_mac, "MAC address of the caller, as XX-XX-XX-XX-XX-XX").read_only(),
    TIPRING_MEMBER(from_number, "number of the caller, from the phone system").read_only(),
    TIPRING_MEMBER(from_name, "name of the caller, from the phone system").read_only(),
    TIPRING_MEMBER(from_id, "id of the caller, such as the address in From of SIP").read_only(),
    TIPRING_MEMBER(to_ip, "IP address of the called party").read_only(),
    TIPRING_MEMBER(to_port, "IP port of the called party").read_only(),
    TIPRING_MEMBER(to_mac, "MAC address of the called party, as XX-XX-XX-XX-XX-XX").read_only(),
    TIPRING_MEMBER(to_number, "number of the called party, from the phone system").read_only(),
    TIPRING_MEMBER(to_name, "name of the called party, from the phone system").read_only(),
    TIPRING_MEMBER(to_id, "id of the called party, such as the address in To of SIP").read_only(),
    TIPRING_MEMBER(transferred_from_number,
                   "number of the phone that transferred the call (quirk D-27)")
        .read_only(),
    TIPRING_MEMBER(transferred_from_name, "name of the phone that transferred the call")
        .read_only(),
    TIPRING_MEMBER(transferred_from_id, "id of the phone that transferred the call").read_only(),
    TIPRING_MEMBER(transferred_to_number,
                   "number of the phone that got the call by transfer (quirk D-27)")
        .read_only(),
    TIPRING_MEMBER(transferred_to_name, "name of the phone that got the call by transfer")
        .read_only(),
    TIPRING_MEMBER(transferred_to_id, "id of the phone that got the call by transfer").read_only(),
    TIPRING_MEMBER(redirected_from_number,
                   "as transferred_from_number, by its name in the examples")
        .read_only(),
    TIPRING_MEMBER(redirected_from_name, "as transferred_from_name, by its name in the examples")
        .read_only(),
    TIPRING_MEMBER(redirected_from_id, "as transferred_from_id, by its name in the examples")
        .read_only(),
    TIPRING_MEMBER(redirected_to_number, "as transferred_to_number, by its name in the examples")
        .read_only(),
    TIPRING_MEMBER(redirected_to_name, "as transferred_to_name, by its name in the examples")
        .read_only(),
    TIPRING_MEMBER(redirected_to_id, "as transferred_to_id, by its name in the examples")
        .read_only(),
    TIPRING_MEMBER(broadworks_sp_id, "BroadWorks service provider, over SIPREC").read_only(),
    TIPRING_MEMBER(broadworks_group_id, "BroadWorks group, over SIPREC").read_only(),
    TIPRING_MEMBER(broadworks_user_id, "BroadWorks user, over SIPREC").read_only(),
    TIPRING_MEMBER(cisco_nearend_guid, "near-end GUID of Cisco Built-in-Bridge").read_only(),
    TIPRING_MEMBER(cisco_farend_guid, "far-end GUID of Cisco Built-in-Bridge").read_only(),
    TIPRING_MEMBER(cisco_nearend_refci, "near-end REFCI of Cisco Built-in-Bridge").read_only(),
    TIPRING_MEMBER(cisco_farend_refci, "far-end REFCI of Cisco Built-in-Bridge").read_only(),
    TIPRING_MEMBER(cisco_phone_ip, "IP address of the phone, for Cisco Built-in-Bridge")
        .read_only(),
    TIPRING_MEMBER(cisco_nearend_partition, "near-end partition of Cisco Built-in-Bridge")
        .read_only(),
    TIPRING_MEMBER(cisco_farend_partition, "far-end partition of Cisco Built-in-Bridge")
        .read_only(),
    TIPRING_MEMBER(metaswitch_user, "Metaswitch user, over SIPREC").read_only(),
    TIPRING_MEMBER(metaswitch_group, "Metaswitch group, over SIPREC").read_only(),
    TIPRING_MEMBER(metaswitch_system, "Metaswitch system, over SIPREC").read_only(),
    TIPRING_MEMBER(agent_id, "id of the agent, for Avaya TSAPI").read_only(),
    TIPRING_MEMBER(agent_name, "name of the agent, for Avaya TSAPI").read_only(),
    TIPRING_MEMBER(files, "audio files; normally one, more when split at silence or by the licence")
        .read_only(),
    TIPRING_MEMBER(participants, "normally two, more in a conference").read_only(),
    TIPRING_MEMBER(custom_fields, "values of custom fields; in updates only those to be changed"));

/// A phone as the phone system named it; what it did not give is empty.
struct phone {
    text number = {};
    text name = {};
    text id = {};

    constexpr bool empty() const { return number.empty() && name.empty() && id.empty(); }
    friend constexpr bool operator==(const phone&, const phone&) = default;
};

namespace detail {
constexpr text first_given(const field<text>& preferred, const field<text>& other) {
    return is_none(preferred) ? *other : *preferred;
}
} // namespace detail

/// The phone that transferred the call: for each of number, name and id `transferred_from_…`, or
/// `redirected_from_…` when that is empty. Servers send either (quirk D-27).
constexpr phone transferred_from(const call& of) {
    return {.number = detail::first_given(of.transferred_from_number, of.redirected_from_number),
            .name = detail::first_given(of.transferred_from_name, of.redirected_from_name),
            .id = detail::first_given(of.transferred_from_id, of.redirected_from_id)};
}
/// The phone that the call was transferred to, likewise.
constexpr phone transferred_to(const call& of) {
    return {.number = detail::first_given(of.transferred_to_number, of.redirected_to_number),
            .name = detail::first_given(of.transferred_to_name, of.redirected_to_name),
            .id = detail::first_given(of.transferred_to_id, of.redirected_to_id)};
}

/// What a single call comes in, and an update goes out in (manual 3.1.5).
struct call_envelope {
    field<miarec::call> call{};
};
TIPRING_DESCRIBE(call_envelope, TIPRING_MEMBER(call, "the call"));

/// One page of a list of calls (manual 2.3.1, 3.1.4).
struct call_page {
    using row = miarec::call;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::call>> calls{};
};
TIPRING_DESCRIBE(
    call_page, TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of calls on all pages, when the server counts them (quirk D-47)")
        .nullable(),
    TIPRING_MEMBER(calls, "the calls of this page"));

/// Where a file can be fetched without an account, for a while (manual 3.1.7). An opaque absolute
/// URL, to be used as it is (quirk D-61).
struct file_url {
    field<text> signed_url{};
};
TIPRING_DESCRIBE(file_url, TIPRING_MEMBER(signed_url, "where the file can be fetched for a while"));

namespace detail {

/// The activating parameter itself, or a clause (manual, advanced search).
inline result<bool> take_search(text name, text written, void* value, arena&) {
    auto& search = *static_cast<call_search*>(value);
    if (name != "advanced_search") return parse_clause(name, written, search);
    if (written != "0" && written != "1") return errc::bad_parameter;
    if (written == "1") search.activate();
    return true;
}
inline bool put_search(const void* value, http::query_writer& out, error& failure) {
    return put_query(*static_cast<const call_search*>(value), out, failure);
}
inline constexpr http::parameter_codec search_codec = {
    .put_all = &put_search, .take = &take_search, .activated_by = "advanced_search"};
inline constexpr json::custom_type search_type = {.equal = &http::detail::equal_values<call_search>,
                                                  .query_codec = &search_codec};

} // namespace detail

} // namespace tipring::inline TIPRING_ABI::miarec

namespace tipring::inline TIPRING_ABI::json {
template <>
inline constexpr bool is_custom<miarec::call_search> = true;
template <>
inline constexpr const custom_type* custom_type_of<miarec::call_search> =
    &miarec::detail::search_type;
} // namespace tipring::inline TIPRING_ABI::json

namespace tipring::inline TIPRING_ABI::miarec {

/// Lists and searches calls (manual 3.1.4): basic parameters or, instead, the typed conditions of
/// `where` (miarec/search.hpp). All basic parameters must hold at once; without any, all calls that
/// the user may see are listed.
///
///     miarec::list_calls{.limit = 500, .where = phone_number.includes("1234") &&
///     duration.between(30s, 10min)}
struct list_calls {
    using answer = call_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<date_range> daterange{};
    field<miarec::user_id> user_id{};
    field<text> user_login{};
    field<miarec::group_id> group_id{};
    field<miarec::tenant_id> tenant_id{};
    field<text> search_term{};
    field<miarec::category_id> category_id{};
    field<text> broadworks_user_id{};
    field<text> broadworks_group_id{};
    field<bool> active_only{};
    call_search where{};
};
TIPRING_DESCRIBE(
    list_calls,
    TIPRING_MEMBER(limit, "calls per page, 20 unless given, at most 1000").limit(1000).query(),
    TIPRING_MEMBER(start, "how many calls to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc,
                   "count the total if no more than so many calls follow, at most 1000")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(daterange, "whole days in the API user's time zone").query(),
    TIPRING_MEMBER(user_id, "calls of this user").query(),
    TIPRING_MEMBER(user_login, "calls of the user with this login").query(),
    TIPRING_MEMBER(group_id, "calls of this group").query(),
    TIPRING_MEMBER(tenant_id, "calls of this tenant").query(),
    TIPRING_MEMBER(search_term, "in phone numbers, phone names and notes").query(),
    TIPRING_MEMBER(category_id, "calls of this category").query(),
    TIPRING_MEMBER(broadworks_user_id, "such as user@broadworks.com").query(),
    TIPRING_MEMBER(broadworks_group_id, "calls of this BroadWorks group").query(),
    TIPRING_MEMBER(active_only, "only calls in progress").query(),
    TIPRING_MEMBER(where, "the conditions of an advanced search, instead of the basic parameters")
        .query());
TIPRING_OPERATION(list_calls, .path = "/api/v2/calls.json", .api = &api, .source = "manual 3.1.4",
                  .doc = "Lists and searches calls.");

/// Servers look at basic parameters only when there is no advanced search (manual, basic search),
/// so a mix of both would find other calls than were asked for. errc::bad_parameter, naming
/// `where`.
inline result<void> check_operation(const list_calls& op) {
    const bool basic = op.daterange || op.user_id || op.user_login || op.group_id || op.tenant_id ||
                       op.search_term || op.category_id || op.broadworks_user_id ||
                       op.broadworks_group_id || op.active_only;
    if (!basic || !op.where.is_active()) return {};
    return about(errc::bad_parameter, "where");
}

/// Gives one call with its files and participants (manual 3.1.5).
struct view_call {
    using answer = call_envelope;

    miarec::call_id call_id{};
};
TIPRING_DESCRIBE(view_call, TIPRING_MEMBER(call_id, "the call").path());
TIPRING_OPERATION(view_call, .path = "/api/v2/calls/{call_id}.json", .api = &api,
                  .source = "manual 3.1.5", .doc = "Gives one call.");

/// Deletes a call (manual 3.1.6).
struct delete_call {
    using answer = http::done;

    miarec::call_id call_id{};
};
TIPRING_DESCRIBE(delete_call, TIPRING_MEMBER(call_id, "the call").path());
TIPRING_OPERATION(delete_call, .method = http::method::delete_,
                  .path = "/api/v2/calls/{call_id}.json", .api = &api, .source = "manual 3.1.6",
                  .doc = "Deletes a call.");

/// Asks for a signed URL of a call's file, which anybody may fetch without credentials until it
/// expires (manual 3.1.7, method 1; D-35, D-36, D-61). Give the URL to the player as it is; never
/// encode it again.
struct call_file_url {
    using answer = file_url;

    miarec::call_id call_id{};
    field<std::int64_t> expires{};
    field<text> file_id{};
};
TIPRING_DESCRIBE(
    call_file_url, TIPRING_MEMBER(call_id, "the call").path(),
    TIPRING_MEMBER(expires, "how long the URL is good, in seconds from now (D-35)").query(),
    TIPRING_MEMBER(file_id, "which file of the call, when there are several").query());
TIPRING_OPERATION(call_file_url, .path = "/api/v2/calls/{call_id}.json/file_url.json", .api = &api,
                  .source = "manual 3.1.7", .doc = "Makes a signed URL of a call's file.");

/// Fetches a call's file, decrypted when the API user may use the key (manual 3.1.7, method 2;
/// D-34, D-36). Whether servers honour a range is not documented; look at media::is_partial (D-37).
struct call_file {
    using answer = http::media;

    miarec::call_id call_id{};
    field<text> file_id{};
    field<http::byte_range> range{};
};
TIPRING_DESCRIBE(call_file, TIPRING_MEMBER(call_id, "the call").path(),
                 TIPRING_MEMBER(file_id, "which file of the call, when there are several").query(),
                 TIPRING_MEMBER(range, "which bytes").named("Range").header());
TIPRING_OPERATION(call_file, .path = "/api/v2/calls/{call_id}.json/file", .api = &api,
                  .source = "manual 3.1.7", .doc = "Fetches a call's file.");

/// Pauses or resumes the recording of a call, for instance while card data is spoken
/// (manual 3.1.8). 404 when there is no such call. Sent without a body and so without Content-Type
/// (D-54).
///
///     miarec::mute_call{.call_id = id, .action = miarec::muting_action::mute}
struct mute_call {
    using answer = http::done;

    miarec::call_id call_id{};
    field<open<miarec::muting_action>> action{};
};
TIPRING_DESCRIBE(mute_call, TIPRING_MEMBER(call_id, "the call").path(),
                 TIPRING_MEMBER(action, "mute or unmute").query().required());
TIPRING_OPERATION(mute_call, .method = http::method::post,
                  .path = "/api/v2/calls/{call_id}.json/muting", .api = &api,
                  .source = "manual 3.1.8", .doc = "Pauses or resumes the recording of a call.");

/// Sets values of custom fields on a call; fields that are not listed stay as they are (newer
/// manual, set_custom_fields). The body holds `call.custom_fields` alone: all other members of a
/// call are read-only.
struct set_call_custom_fields {
    using answer = call_envelope;

    miarec::call_id call_id{};
    field<miarec::call> call{};
};
TIPRING_DESCRIBE(set_call_custom_fields, TIPRING_MEMBER(call_id, "the call").path(),
                 TIPRING_MEMBER(call, "custom_fields, each by field_id or name").required());
TIPRING_OPERATION(set_call_custom_fields, .method = http::method::put,
                  .path = "/api/v2/calls/{call_id}.json", .api = &api,
                  .evidence = http::evidence::newer, .may_be_empty = true,
                  .source = "newer manual, calls/set_custom_fields",
                  .doc = "Sets values of custom fields on a call.");

} // namespace tipring::inline TIPRING_ABI::miarec
