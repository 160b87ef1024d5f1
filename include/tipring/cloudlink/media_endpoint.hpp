// Media API: endpoints, which are the phones of a PBX or of the cloud, and extensions (fact sheet
// ME-1, ME-2). Not here: the calls of an endpoint (media_call.hpp).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/media_enums.hpp>
#include <tipring/cloudlink/media_limits.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// A phone as the PBX sees it (fact sheet C.7, R2).
struct endpoint {
    field<cloudlink::endpoint_id> endpoint_id{};
    field<text> name{};
    field<text> type{};
    field<open<endpoint_state>> state{};
    field<open<cloudlink::user_availability>> user_availability{};
    field<bool> message_waiting{};
    field<text> pstn_routing{};
    field<bool> dnd{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    endpoint, TIPRING_MEMBER(endpoint_id, "the device").named("endpointId").lenient(),
    TIPRING_MEMBER(name, "its name"), TIPRING_MEMBER(type, "for the vendor's own use"),
    TIPRING_MEMBER(state, "what its line is doing"),
    TIPRING_MEMBER(user_availability, "whether its user can be reached").named("userAvailability"),
    TIPRING_MEMBER(message_waiting, "whether its lamp for messages is on")
        .named("messageWaiting")
        .lenient(),
    TIPRING_MEMBER(pstn_routing, "a mobile number; for the vendor's own use").named("pstnRouting"),
    TIPRING_MEMBER(dnd, "do not disturb").lenient(),
    TIPRING_MEMBER(links, "where this is").named("_links"));

/// A number that can be dialled, `*` and `#` included, and whose it is (fact sheet C.7, R2). No
/// operation of R2 has it.
struct extension {
    field<text> extension_number{};
    field<text> assigned_to_principal_id{};
    field<open<assignee_type>> assigned_to_type{};
    field<text> description{};
};
TIPRING_DESCRIBE(extension,
                 TIPRING_MEMBER(extension_number, "the number").named("extensionNumber").lenient(),
                 TIPRING_MEMBER(assigned_to_principal_id, "whose it is")
                     .named("assignedToPrincipalId")
                     .lenient(),
                 TIPRING_MEMBER(assigned_to_type, "what that is").named("assignedToType"),
                 TIPRING_MEMBER(description, "for people"));

/// Gives the state of an endpoint, also called its line state (ME-1; official, R2). 504 when the
/// PBX does not answer in time.
struct view_endpoint {
    using answer = endpoint;

    cloudlink::endpoint_id endpoint_id{};
};
TIPRING_DESCRIBE(view_endpoint, TIPRING_MEMBER(endpoint_id, "the endpoint").path());
TIPRING_OPERATION(view_endpoint, .path = "/endpoints/{endpoint_id}", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .source = "ME-1, R2",
                  .doc = "Gives the state of an endpoint.");

/// Switches something at an endpoint (ME-2; official, R2). The schema wants the user's availability
/// whatever is switched, so it is an argument of each function (quirk Q-25). The answer is empty
/// when the PBX is still working on it (202, quirk Q-27).
///
///     cloudlink::update_endpoint::do_not_disturb(desk, user_availability::dnd, true)
struct update_endpoint {
    using answer = endpoint;

    cloudlink::endpoint_id endpoint_id{};
    field<open<endpoint_action>> action{};
    field<open<cloudlink::user_availability>> user_availability{};
    field<bool> enabled{};
    field<std::int32_t> timeout_ms{};

    static constexpr update_endpoint
    do_not_disturb(cloudlink::endpoint_id at, cloudlink::user_availability now, bool enabled) {
        return make(at, endpoint_action::dnd, now, enabled);
    }
    /// The lamp for messages.
    static constexpr update_endpoint
    message_waiting(cloudlink::endpoint_id at, cloudlink::user_availability now, bool enabled) {
        return make(at, endpoint_action::message_waiting, now, enabled);
    }
    /// Calls to a mobile number.
    static constexpr update_endpoint pstn_routing(cloudlink::endpoint_id at,
                                                  cloudlink::user_availability now, bool enabled) {
        return make(at, endpoint_action::pstn_routing, now, enabled);
    }

private:
    static constexpr update_endpoint make(cloudlink::endpoint_id at, endpoint_action what,
                                          cloudlink::user_availability now, bool enabled) {
        return {.endpoint_id = at, .action = what, .user_availability = now, .enabled = enabled};
    }
};
TIPRING_DESCRIBE(update_endpoint, TIPRING_MEMBER(endpoint_id, "the endpoint").path(),
                 TIPRING_MEMBER(action, "what to switch").required(),
                 TIPRING_MEMBER(user_availability,
                                "the user's state in the application; dnd: nothing is done")
                     .named("userAvailability")
                     .required(),
                 TIPRING_MEMBER(enabled, "on or off; off unless given").lenient(),
                 TIPRING_MEMBER(timeout_ms, "milliseconds, 3000 to 30000, 6000 unless given")
                     .named("timeoutMs")
                     .limit(timeout_milliseconds.most)
                     .lenient());
TIPRING_OPERATION(update_endpoint, .method = http::method::put, .path = "/endpoints/{endpoint_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .may_be_empty = true, .source = "ME-2, R2",
                  .doc = "Switches something at an endpoint.");

/// The range of the schema: errc::bad_parameter, naming the member.
constexpr result<void> check_operation(const update_endpoint& op) {
    return detail::check_range(op.timeout_ms, timeout_milliseconds, "timeoutMs");
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
