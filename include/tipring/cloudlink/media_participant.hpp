// Media API: participants of conferences, their tags, and how they get in (fact sheet ME-17 to
// ME-22). Not here: the conferences (media_conference.hpp), participants of conversations, which
// are chat's.
#pragma once

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/media_enums.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Somebody who is, was or may be in a conference (fact sheet C.7, R2).
struct conference_participant {
    field<cloudlink::participant_id> participant_id{};
    field<open<conference_participant_state>> state{};
    field<open<conference_participant_type>> type{};
    field<text> external_id{};
    field<bool> onetime_acceptance{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    conference_participant,
    TIPRING_MEMBER(participant_id, "the principal").named("participantId").lenient(),
    TIPRING_MEMBER(state, "whether he is in"), TIPRING_MEMBER(type, "how he takes part"),
    TIPRING_MEMBER(external_id, "his id at another provider").named("externalId").lenient(),
    TIPRING_MEMBER(onetime_acceptance, "he was let in for once alone")
        .named("onetimeAcceptance")
        .lenient(),
    TIPRING_MEMBER(links, "where this is").named("_links"));

/// A note that an application left at a participant (fact sheet C.7, R2); the value is often JSON
/// inside of a text (quirk Q-38).
struct participant_tag {
    field<cloudlink::tag_id> id{};
    field<cloudlink::conference_id> conference_id{};
    field<cloudlink::participant_id> participant_id{};
    field<cloudlink::account_id> account_id{};
    field<text> value{};
    field<datetime> created_on{};
    field<text> created_by{};
    field<datetime> modified_on{};
    field<text> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    participant_tag, TIPRING_MEMBER(id, "the tag").lenient(),
    TIPRING_MEMBER(conference_id, "the conference").named("conferenceId").lenient(),
    TIPRING_MEMBER(participant_id, "the participant").named("participantId").lenient(),
    TIPRING_MEMBER(account_id, "the account").named("accountId").lenient(),
    TIPRING_MEMBER(value, "any text; json::make_raw_json() reads it when it is JSON"),
    TIPRING_MEMBER(created_on, "when it was made").named("createdOn"),
    TIPRING_MEMBER(created_by, "the principal who made it").named("createdBy").lenient(),
    TIPRING_MEMBER(modified_on, "when it was changed").named("modifiedOn"),
    TIPRING_MEMBER(modified_by, "the principal who changed it").named("modifiedBy").lenient(),
    TIPRING_MEMBER(links, "where this is").named("_links"));

/// What a client needs to join a conference (fact sheet C.7, R2).
struct participant_connection {
    field<secret> token{};
    field<text> media_url{};
    field<text> signaling_url{};
    field<text> turn_url{};
    field<text> screen_data_url{};
    field<text> screen_sharing_url{};
    field<text> screen_viewing_url{};
    field<text> external_id{};
    field<text> external_conference_id{};
};
TIPRING_DESCRIBE(
    participant_connection, TIPRING_MEMBER(token, "lets the participant in at all the URLs"),
    TIPRING_MEMBER(media_url, "where audio and video are").named("mediaUrl"),
    TIPRING_MEMBER(signaling_url, "where signalling is").named("signalingUrl"),
    TIPRING_MEMBER(turn_url, "the TURN server").named("turnUrl"),
    TIPRING_MEMBER(screen_data_url, "where the data of shared screens is").named("screenDataUrl"),
    TIPRING_MEMBER(screen_sharing_url, "where to share a screen").named("screenSharingUrl"),
    TIPRING_MEMBER(screen_viewing_url, "where to see a shared screen").named("screenViewingUrl"),
    TIPRING_MEMBER(external_id, "this connection").named("externalId").lenient(),
    TIPRING_MEMBER(external_conference_id, "the conference's externalId")
        .named("externalConferenceId")
        .lenient());

/// Lists the participants of a conference (ME-17; official, R2).
struct list_conference_participants {
    using answer = collection<conference_participant>;

    cloudlink::conference_id conference_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_conference_participants,
                 TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(query, "$skip, $skiptoken, $top, $filter").query());
TIPRING_OPERATION(list_conference_participants, .path = "/conferences/{conference_id}/participants",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-17, R2", .doc = "Lists the participants of a conference.");

/// Adds a participant (ME-18; official, R2). The answer is empty when that takes a while (202,
/// quirk Q-27).
struct create_conference_participant {
    using answer = conference_participant;

    cloudlink::conference_id conference_id{};
    field<cloudlink::participant_id> participant_id{};
};
TIPRING_DESCRIBE(
    create_conference_participant, TIPRING_MEMBER(conference_id, "the conference").path(),
    TIPRING_MEMBER(participant_id, "the principal").named("participantId").required().lenient());
TIPRING_OPERATION(create_conference_participant, .method = http::method::post,
                  .path = "/conferences/{conference_id}/participants",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .may_be_empty = true, .idempotent = false, .source = "ME-18, R2",
                  .doc = "Adds a participant to a conference.");

/// Gives one participant (ME-19; official, R2).
struct view_conference_participant {
    using answer = conference_participant;

    cloudlink::conference_id conference_id{};
    cloudlink::participant_id participant_id{};
};
TIPRING_DESCRIBE(view_conference_participant,
                 TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(participant_id, "the participant").path());
TIPRING_OPERATION(view_conference_participant,
                  .path = "/conferences/{conference_id}/participants/{participant_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-19, R2", .doc = "Gives one participant of a conference.");

/// Mutes a participant, makes him leave and so on (ME-20; official, R2).
struct update_conference_participant {
    using answer = conference_participant;

    cloudlink::conference_id conference_id{};
    cloudlink::participant_id participant_id{};
    field<cloudlink::participant_id> associated_participant_id{};
    field<bool> muted{};
    field<open<conference_participant_action>> action{};
    field<bool> onetime_acceptance{};
};
TIPRING_DESCRIBE(update_conference_participant,
                 TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(participant_id, "the participant").path(),
                 TIPRING_MEMBER(associated_participant_id, "another one to be associated with him")
                     .named("associatedParticipantId")
                     .lenient(),
                 TIPRING_MEMBER(muted, "whether he is muted").lenient(),
                 TIPRING_MEMBER(action, "what to do"),
                 TIPRING_MEMBER(onetime_acceptance, "let him in for once alone")
                     .named("onetimeAcceptance")
                     .lenient());
TIPRING_OPERATION(update_conference_participant, .method = http::method::put,
                  .path = "/conferences/{conference_id}/participants/{participant_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-20, R2", .doc = "Changes a participant of a conference.");

/// Removes a participant (ME-21; official, R2).
struct delete_conference_participant {
    using answer = http::done;

    cloudlink::conference_id conference_id{};
    cloudlink::participant_id participant_id{};
};
TIPRING_DESCRIBE(delete_conference_participant,
                 TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(participant_id, "the participant").path());
TIPRING_OPERATION(delete_conference_participant, .method = http::method::delete_,
                  .path = "/conferences/{conference_id}/participants/{participant_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .may_be_empty = true, .source = "ME-21, R2",
                  .doc = "Removes a participant from a conference.");

/// Makes what a client needs to join (ME-22; official, R2). 429 when there are too many of them:
/// a refusal with api_error::retry_after.
struct create_participant_connection {
    using answer = participant_connection;

    cloudlink::conference_id conference_id{};
    cloudlink::participant_id participant_id{};
};
TIPRING_DESCRIBE(create_participant_connection,
                 TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(participant_id, "the participant").path());
TIPRING_OPERATION(create_participant_connection, .method = http::method::post,
                  .path = "/conferences/{conference_id}/participants/{participant_id}/connections",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .idempotent = false, .source = "ME-22, R2",
                  .doc = "Makes what a participant needs to join a conference.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
