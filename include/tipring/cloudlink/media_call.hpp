// Media API: calls in progress, at an endpoint, and the history of calls (fact sheet ME-3 to ME-10,
// ME-30). Not here: endpoints themselves (media_endpoint.hpp), recordings (media_recording.hpp),
// events about calls.
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/media_enums.hpp>
#include <tipring/cloudlink/media_limits.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Who a call of the history was with (R4).
struct connected_party {
    field<cloudlink::account_id> account_id{};
    field<cloudlink::site_id> site_id{};
    field<cloudlink::user_id> user_id{};
    field<text> name{};
};
TIPRING_DESCRIBE(connected_party,
                 TIPRING_MEMBER(account_id, "the account").named("accountId").lenient(),
                 TIPRING_MEMBER(site_id, "the site").named("siteId").lenient(),
                 TIPRING_MEMBER(user_id, "the user").named("userId").lenient(),
                 TIPRING_MEMBER(name, "the name that was shown"));

/// A call in progress or of the history (fact sheet C.7, R2). The last four members are in the
/// older form of the history alone (R4).
struct media_call {
    field<cloudlink::call_id> call_id{};
    field<cloudlink::site_id> site_id{};
    field<text> from{};
    field<bool> from_number_e164{};
    field<text> from_name{};
    field<text> from_principal_id{};
    field<text> to{};
    field<bool> to_number_e164{};
    field<text> to_name{};
    field<text> to_principal_id{};
    field<open<call_state>> state{};
    field<open<call_cause>> cause{};
    field<open<call_direction>> direction{};
    field<raw_json> extra_pbx_data{};
    field<datetime> created_on{};
    field<datetime> end_time{};
    field<bool> completed{};
    field<number> ring_time{};
    field<number> billing_time{};
    field<cloudlink::links> links{};
    field<cloudlink::account_id> account_id{};
    field<cloudlink::user_id> user_id{};
    field<text> sequence_number{};
    field<cloudlink::connected_party> connected_party{};
};
TIPRING_DESCRIBE(
    media_call,
    TIPRING_MEMBER(call_id, "the call; path-like in events (quirk Q-22), see last_segment()")
        .named("callId")
        .lenient(),
    TIPRING_MEMBER(site_id, "the site, where there are several PBXs").named("siteId").lenient(),
    TIPRING_MEMBER(from, "who calls: number or device"),
    TIPRING_MEMBER(from_number_e164, "whether `from` is a telephone number in the form of E.164")
        .named("fromNumberE164")
        .lenient(),
    TIPRING_MEMBER(from_name, "the caller's name as it is shown").named("fromName"),
    TIPRING_MEMBER(from_principal_id, "the user or endpoint that calls, if known")
        .named("fromPrincipalId")
        .lenient(),
    TIPRING_MEMBER(to, "who is called"),
    TIPRING_MEMBER(to_number_e164, "whether `to` is a telephone number in the form of E.164")
        .named("toNumberE164")
        .lenient(),
    TIPRING_MEMBER(to_name, "the name of who is called, as it is shown").named("toName"),
    TIPRING_MEMBER(to_principal_id, "the user or endpoint that is called, if known")
        .named("toPrincipalId")
        .lenient(),
    TIPRING_MEMBER(state, "what the call is doing; connected after making one"),
    TIPRING_MEMBER(cause, "why it is in that state; newCall after making one"),
    TIPRING_MEMBER(direction, "seen from the endpoint"),
    TIPRING_MEMBER(extra_pbx_data,
                   "what the PBX adds: text by the schema, an object in events (quirk Q-23)")
        .named("extraPbxData"),
    TIPRING_MEMBER(created_on, "when it began").named("createdOn"),
    TIPRING_MEMBER(end_time, "when it ended").named("endTime"),
    TIPRING_MEMBER(completed, "it was answered, and is over").lenient(),
    TIPRING_MEMBER(ring_time, "how long it rang, in seconds").named("ringTime"),
    TIPRING_MEMBER(billing_time, "how long it was connected, in seconds").named("billingTime"),
    TIPRING_MEMBER(links, "where this is").named("_links"),
    TIPRING_MEMBER(account_id, "the account (R4)").named("accountId").lenient(),
    TIPRING_MEMBER(user_id, "the user whose history it is (R4)").named("userId").lenient(),
    TIPRING_MEMBER(sequence_number, "the place in the history (R4)")
        .named("sequenceNumber")
        .lenient(),
    TIPRING_MEMBER(connected_party, "who it was with (R4)").named("connectedParty"));

/// What the PBX adds to a call, in whichever of its two forms it came: an object as it is, the JSON
/// inside of a text, or else the text itself, which is then a JSON string (quirk Q-23). Nothing
/// when the call has none. Views the call and `memory`, which is used when text has escapes:
/// errc::capacity.
inline result<raw_json> pbx_data(const media_call& call, arena& memory TIPRING_LIFETIMEBOUND) {
    const raw_json outer = *call.extra_pbx_data;
    if (outer.kind() != json::json_kind::string) return outer;
    const auto inner = outer.as_text(memory);
    if (!inner) return inner.error();
    const auto value = json::make_raw_json(*inner);
    return value ? *value : outer;
}

/// Lists the calls in progress at an endpoint (ME-3; official, R2). 504 when the PBX does not
/// answer in time.
struct list_endpoint_calls {
    using answer = collection<media_call>;

    cloudlink::endpoint_id endpoint_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_endpoint_calls, TIPRING_MEMBER(endpoint_id, "the endpoint").path(),
                 TIPRING_MEMBER(query, "$skip, $top, $filter").query());
TIPRING_OPERATION(list_endpoint_calls, .path = "/endpoints/{endpoint_id}/calls",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-3, R2", .doc = "Lists the calls in progress at an endpoint.");

/// Makes a call from an endpoint (ME-4; official, R2).
///
///     cloudlink::create_endpoint_call{.endpoint_id = desk, .to = "2001", .originate_timeout = 30}
struct create_endpoint_call {
    using answer = media_call;

    cloudlink::endpoint_id endpoint_id{};
    field<text> from{};
    field<text> from_name{};
    field<text> to{};
    field<bool> record{};
    field<std::int32_t> timeout_ms{};
    field<std::int32_t> originate_timeout{};
    field<text> success_url{};
    field<text> failure_url{};
    field<cloudlink::call_id> associated_call_id{};
    field<open<cloudlink::execute_on_answer>> execute_on_answer{};
};
TIPRING_DESCRIBE(
    create_endpoint_call, TIPRING_MEMBER(endpoint_id, "the endpoint").path(),
    TIPRING_MEMBER(from, "a number that the endpoint is registered for"),
    TIPRING_MEMBER(from_name, "the name to be shown").named("fromName"),
    TIPRING_MEMBER(to, "the number to dial").required(),
    TIPRING_MEMBER(record, "start to record; false unless given").lenient(),
    TIPRING_MEMBER(timeout_ms,
                   "milliseconds, 3000 to 30000, 6000 unless given; the vendor asks to use "
                   "originateTimeout instead")
        .named("timeoutMs")
        .limit(timeout_milliseconds.most)
        .lenient(),
    TIPRING_MEMBER(originate_timeout, "how long it may ring unanswered, in seconds, 0 to 120")
        .named("originateTimeout")
        .limit(originate_timeout_seconds.most)
        .lenient(),
    TIPRING_MEMBER(success_url, "called back when it works; for failures too if there is no other")
        .named("successUrl"),
    TIPRING_MEMBER(failure_url, "called back when it fails").named("failureUrl"),
    TIPRING_MEMBER(associated_call_id, "a call that this one belongs to")
        .named("associatedCallId")
        .lenient(),
    TIPRING_MEMBER(execute_on_answer, "what to do when it is answered").named("executeOnAnswer"));
TIPRING_OPERATION(create_endpoint_call, .method = http::method::post,
                  .path = "/endpoints/{endpoint_id}/calls", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .idempotent = false, .source = "ME-4, R2",
                  .doc = "Makes a call from an endpoint.");

/// The ranges of the schema: errc::bad_parameter, naming the member.
constexpr result<void> check_operation(const create_endpoint_call& op) {
    if (const auto checked = detail::check_range(op.timeout_ms, timeout_milliseconds, "timeoutMs");
        !checked)
        return checked;
    return detail::check_range(op.originate_timeout, originate_timeout_seconds, "originateTimeout");
}

/// Gives a call in progress (ME-5; official, R2).
struct view_endpoint_call {
    using answer = media_call;

    cloudlink::endpoint_id endpoint_id{};
    cloudlink::call_id call_id{};
};
TIPRING_DESCRIBE(view_endpoint_call, TIPRING_MEMBER(endpoint_id, "the endpoint").path(),
                 TIPRING_MEMBER(call_id, "the call, without a path before it").path());
TIPRING_OPERATION(view_endpoint_call, .path = "/endpoints/{endpoint_id}/calls/{call_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-5, R2", .doc = "Gives a call in progress.");

/// Does something with a call in progress (ME-6; official, R2). The members that an action needs
/// are named differently in the documents' prose (`destination`, `callId`) and in their schema
/// (`args`), so all of them are here and sent as they are set (quirk Q-24). The functions make each
/// action as the prose has it, which is what the samples send:
///
///     cloudlink::update_endpoint_call::blind_transfer(desk, call, "5555")
///
/// Not for sending twice: hold toggles, digits would be dialled again. Success is 200, or 202 while
/// the PBX works on it (quirk Q-27); neither has a body.
struct update_endpoint_call {
    using answer = http::done;

    cloudlink::endpoint_id endpoint_id{};
    cloudlink::call_id call_id{};
    field<open<call_action>> action{};
    field<text> args{};
    field<text> destination{};
    field<cloudlink::call_id> other_call_id{};

    static constexpr update_endpoint_call answer_call(cloudlink::endpoint_id at,
                                                      cloudlink::call_id call) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::answer};
    }
    static constexpr update_endpoint_call end_call(cloudlink::endpoint_id at,
                                                   cloudlink::call_id call) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::end};
    }
    /// Holds it, or takes it off hold.
    static constexpr update_endpoint_call hold(cloudlink::endpoint_id at, cloudlink::call_id call) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::hold};
    }
    static constexpr update_endpoint_call retrieve(cloudlink::endpoint_id at,
                                                   cloudlink::call_id call) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::retrieve};
    }
    /// Connects the other party with a number, without asking there.
    static constexpr update_endpoint_call
    blind_transfer(cloudlink::endpoint_id at, cloudlink::call_id call, text destination) {
        return to(at, call, call_action::blind_transfer, destination);
    }
    /// Connects the other parties of two calls; `transferor` is the second one.
    static constexpr update_endpoint_call supervised_transfer(cloudlink::endpoint_id at,
                                                              cloudlink::call_id call,
                                                              cloudlink::call_id transferor) {
        return {.endpoint_id = at,
                .call_id = call,
                .action = call_action::supervised_transfer,
                .other_call_id = transferor};
    }
    /// Sends a ringing call elsewhere (quirk Q-26).
    static constexpr update_endpoint_call redirect(cloudlink::endpoint_id at,
                                                   cloudlink::call_id call, text destination) {
        return to(at, call, call_action::redirect, destination);
    }
    /// Holds it and calls somebody to ask.
    static constexpr update_endpoint_call consult(cloudlink::endpoint_id at,
                                                  cloudlink::call_id call, text destination) {
        return to(at, call, call_action::consult, destination);
    }
    /// Joins a consultation and the call on hold.
    static constexpr update_endpoint_call conference(cloudlink::endpoint_id at,
                                                     cloudlink::call_id call) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::conference};
    }
    static constexpr update_endpoint_call dtmf(cloudlink::endpoint_id at, cloudlink::call_id call,
                                               text digits) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::dtmf, .args = digits};
    }
    static constexpr update_endpoint_call pause_recording(cloudlink::endpoint_id at,
                                                          cloudlink::call_id call) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::pause_recording};
    }
    static constexpr update_endpoint_call resume_recording(cloudlink::endpoint_id at,
                                                           cloudlink::call_id call) {
        return {.endpoint_id = at, .call_id = call, .action = call_action::resume_recording};
    }
    /// `tags` is an object such as `{"CustomP100": "Queue Name"}`, which is sent as JSON inside of
    /// a text; json::make_raw_json() checks it.
    static constexpr update_endpoint_call tag_recording(cloudlink::endpoint_id at,
                                                        cloudlink::call_id call, raw_json tags) {
        return {.endpoint_id = at,
                .call_id = call,
                .action = call_action::tag_recording,
                .args = tags.value};
    }

private:
    static constexpr update_endpoint_call to(cloudlink::endpoint_id at, cloudlink::call_id call,
                                             call_action action, text destination) {
        return {.endpoint_id = at, .call_id = call, .action = action, .destination = destination};
    }
};
TIPRING_DESCRIBE(
    update_endpoint_call, TIPRING_MEMBER(endpoint_id, "the endpoint").path(),
    TIPRING_MEMBER(call_id, "the call, without a path before it").path(),
    TIPRING_MEMBER(action, "what to do").required(),
    TIPRING_MEMBER(args, "by the action: digits, JSON text; where the schema has all arguments"),
    TIPRING_MEMBER(destination, "where to: blindTransfer, consult, redirect (prose)"),
    TIPRING_MEMBER(other_call_id, "the other call: supervisedTransfer (prose)")
        .named("callId")
        .lenient());
TIPRING_OPERATION(update_endpoint_call, .method = http::method::put,
                  .path = "/endpoints/{endpoint_id}/calls/{call_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .may_be_empty = true, .idempotent = false, .source = "ME-6, R2",
                  .doc = "Does something with a call in progress.");

/// Lists the history of calls (ME-7; official, R2).
///
///     cloudlink::list_call_records{
///         .query = {.filter = properties::calls::principal.contains(user_id.value)}}
struct list_call_records {
    using answer = collection<media_call>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_call_records, TIPRING_MEMBER(query, "$skip, $top, $filter").query());
TIPRING_OPERATION(list_call_records, .path = "/calls/records", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .source = "ME-7, R2",
                  .doc = "Lists the history of calls.");

/// Hides records of the history, those that the filter finds; by the schema it may be missing
/// (ME-8; official, R2; quirk Q-31).
struct update_call_records {
    using answer = http::done;

    odata::query query{};
    field<bool> hide{};
};
TIPRING_DESCRIBE(update_call_records, TIPRING_MEMBER(query, "$filter").query(),
                 TIPRING_MEMBER(hide, "true").required().lenient());
TIPRING_OPERATION(update_call_records, .method = http::method::put, .path = "/calls/records",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .may_be_empty = true, .source = "ME-8, R2",
                  .doc = "Hides records of the history of calls.");

/// Gives what the history has about one call (ME-9; official, R2). The sample sends a filter too.
struct view_call_record {
    using answer = collection<media_call>;

    cloudlink::call_id call_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(view_call_record, TIPRING_MEMBER(call_id, "the call").path(),
                 TIPRING_MEMBER(query, "$filter, in the sample alone").query());
TIPRING_OPERATION(view_call_record, .path = "/calls/{call_id}/records",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-9, R2", .doc = "Gives what the history has about one call.");

/// Hides what the history has about one call (ME-10; official, R2). The sample sends a filter too.
struct update_call_record {
    using answer = http::done;

    cloudlink::call_id call_id{};
    odata::query query{};
    field<bool> hide{};
};
TIPRING_DESCRIBE(update_call_record, TIPRING_MEMBER(call_id, "the call").path(),
                 TIPRING_MEMBER(query, "$filter, in the sample alone").query(),
                 TIPRING_MEMBER(hide, "true").required().lenient());
TIPRING_OPERATION(update_call_record, .method = http::method::put,
                  .path = "/calls/{call_id}/records", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .may_be_empty = true, .source = "ME-10, R2",
                  .doc = "Hides what the history has about one call.");

/// Lists calls; the older form, which the schema's introduction and old clients have and its list
/// of paths lacks (ME-30; official, R2, R4).
struct list_calls {
    using answer = collection<media_call>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_calls, TIPRING_MEMBER(query, "$top, $skip, $filter").query());
TIPRING_OPERATION(list_calls, .path = "/calls", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .source = "ME-30, R2's introduction, R4",
                  .doc = "Lists calls; the older form.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
