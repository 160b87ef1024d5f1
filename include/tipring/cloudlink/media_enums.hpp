// Every enumeration of the Media API; all are words on the wire and used as open<...>, which keeps
// words that the vendor adds later (quirk Q-26). Not here: the types that have them.
#pragma once

#include <cstdint>

#include <tipring/core/id.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// State of a call.
enum class call_state : std::uint8_t {
    unknown,
    idle,
    ringing,
    connected,
    held,
    out_of_service,
    /// In the history.
    completed,
};

/// Why a call is in its state.
enum class call_cause : std::uint8_t {
    busy,
    call_back,
    call_cancelled,
    call_forward_always,
    call_forward_busy,
    call_forward_no_answer,
    call_forward,
    call_not_answer,
    dest_not_obtainable,
    do_not_disturb,
    incompatible_destination,
    network_congestion,
    network_not_obtainable,
    new_call,
    redirected,
    resources_not_available,
    transfer,
};

/// Direction of a call, seen from the endpoint.
enum class call_direction : std::uint8_t { inbound, outbound };

/// What can be done with a call in progress. A tutorial uses redirect, which the schema lacks
/// (quirk Q-26).
enum class call_action : std::uint8_t {
    answer,
    end,
    hold,
    blind_transfer,
    supervised_transfer,
    retrieve,
    consult,
    dtmf,
    conference,
    pause_recording,
    resume_recording,
    tag_recording,
    redirect,
};

/// What to do when a new call is answered.
enum class execute_on_answer : std::uint8_t {
    /// Connect it with the associated call.
    bridge,
};

/// State of an endpoint's line.
enum class endpoint_state : std::uint8_t {
    unknown,
    idle,
    ringing,
    connected,
    held,
    out_of_service
};

/// Whether a user can be reached, as his application has it.
enum class user_availability : std::uint8_t { available, busy, dnd, away };

/// What can be switched at an endpoint.
enum class endpoint_action : std::uint8_t { dnd, message_waiting, pstn_routing };

/// Who an extension belongs to.
enum class assignee_type : std::uint8_t { user, app, group };

/// Deprecated by the vendor; conference_type says it.
enum class conference_visibility : std::uint8_t { restricted, open };

/// Who may join a conference.
enum class conference_type : std::uint8_t { everyone_allowed, invite_only };

/// Who waits in the lobby until he is let in; guest_lobby unless said otherwise.
enum class lobby_policy : std::uint8_t { pstn_lobby, guest_lobby, non_owner_lobby, no_lobby };

/// Whether somebody is in a conference.
enum class conference_state : std::uint8_t { inactive, active };

/// What can be done with a conference in progress.
enum class conference_action : std::uint8_t {
    end,
    record,
    stop_record,
    pause_record,
    resume_record,
};

/// How a conference is reached.
enum class address_type : std::uint8_t { pstn, sip, webrtc };

/// Where a search of conferences found its words.
enum class content_result_type : std::uint8_t { conference, participant, recording };

/// State of a participant of a conference.
enum class conference_participant_state : std::uint8_t {
    invited,
    accepted,
    rejected,
    active,
    inactive
};

/// How a participant takes part.
enum class conference_participant_type : std::uint8_t { webapi, pstn };

/// What can be done with a participant.
enum class conference_participant_action : std::uint8_t { leave };

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {

TIPRING_NAMES(cloudlink::call_state, "unknown", "idle", "ringing", "connected", "held",
              "outOfService", "completed");
TIPRING_NAMES(cloudlink::call_cause, "busy", "callBack", "callCancelled", "callForwardAlways",
              "callForwardBusy", "callForwardNoAnswer", "callForward", "callNotAnswer",
              "destNotObtainable", "doNotDisturb", "incompatibleDestination", "networkCongestion",
              "networkNotObtainable", "newCall", "redirected", "resourcesNotAvailable", "transfer");
TIPRING_NAMES(cloudlink::call_direction, "inbound", "outbound");
TIPRING_NAMES(cloudlink::call_action, "answer", "end", "hold", "blindTransfer",
              "supervisedTransfer", "retrieve", "consult", "dtmf", "conference", "pauseRecording",
              "resumeRecording", "tagRecording", "redirect");
TIPRING_NAMES(cloudlink::execute_on_answer, "bridge");
TIPRING_NAMES(cloudlink::endpoint_state, "unknown", "idle", "ringing", "connected", "held",
              "outOfService");
TIPRING_NAMES(cloudlink::user_availability, "available", "busy", "dnd", "away");
TIPRING_NAMES(cloudlink::endpoint_action, "dnd", "messageWaiting", "pstnRouting");
TIPRING_NAMES(cloudlink::assignee_type, "user", "app", "group");
TIPRING_NAMES(cloudlink::conference_visibility, "private", "public");
TIPRING_NAMES(cloudlink::conference_type, "everyoneAllowed", "inviteOnly");
TIPRING_NAMES(cloudlink::lobby_policy, "pstnLobby", "guestLobby", "nonOwnerLobby", "noLobby");
TIPRING_NAMES(cloudlink::conference_state, "inactive", "active");
TIPRING_NAMES(cloudlink::conference_action, "end", "record", "stop-record", "pause-record",
              "resume-record");
TIPRING_NAMES(cloudlink::address_type, "pstn", "sip", "webrtc");
TIPRING_NAMES(cloudlink::content_result_type, "conference", "participant", "recording");
TIPRING_NAMES(cloudlink::conference_participant_state, "invited", "accepted", "rejected", "active",
              "inactive");
TIPRING_NAMES(cloudlink::conference_participant_type, "webapi", "pstn");
TIPRING_NAMES(cloudlink::conference_participant_action, "leave");

} // namespace tipring::inline TIPRING_ABI
