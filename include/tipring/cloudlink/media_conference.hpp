// Media API: conferences with their addresses and tags, who attended which, and the search in them
// (fact sheet ME-11 to ME-16, ME-23, ME-28, ME-29). Not here: participants (media_participant.hpp),
// recordings (media_recording.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/media_enums.hpp>
#include <tipring/cloudlink/media_limits.hpp>
#include <tipring/cloudlink/media_participant.hpp>
#include <tipring/cloudlink/media_recording.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// How a conference is reached (fact sheet C.7, R2).
struct conference_address {
    field<open<address_type>> type{};
    field<text> description{};
    field<text> url{};
    field<text> country{};
    field<text> city{};
    field<bool> toll_free{};
};
TIPRING_DESCRIBE(conference_address, TIPRING_MEMBER(type, "by what network"),
                 TIPRING_MEMBER(description, "who should use it: internal, US, toll free"),
                 TIPRING_MEMBER(url, "the address; `tel:` for telephone numbers"),
                 TIPRING_MEMBER(country, "of a telephone number: ISO 3166-1 alpha-2"),
                 TIPRING_MEMBER(city, "of a telephone number"),
                 TIPRING_MEMBER(toll_free, "whether a telephone number is free of charge")
                     .named("tollFree")
                     .lenient());

/// A note that an application left at a conference (fact sheet C.7, R2); the value is often JSON
/// inside of a text (quirk Q-38).
struct conference_tag {
    field<cloudlink::tag_id> id{};
    field<cloudlink::conference_id> conference_id{};
    field<cloudlink::account_id> account_id{};
    field<text> value{};
    field<datetime> created_on{};
    field<text> created_by{};
    field<datetime> modified_on{};
    field<text> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    conference_tag, TIPRING_MEMBER(id, "the tag").lenient(),
    TIPRING_MEMBER(conference_id, "the conference").named("conferenceId").lenient(),
    TIPRING_MEMBER(account_id, "the account").named("accountId").lenient(),
    TIPRING_MEMBER(value, "any text; json::make_raw_json() reads it when it is JSON"),
    TIPRING_MEMBER(created_on, "when it was made").named("createdOn"),
    TIPRING_MEMBER(created_by, "the principal who made it").named("createdBy").lenient(),
    TIPRING_MEMBER(modified_on, "when it was changed").named("modifiedOn"),
    TIPRING_MEMBER(modified_by, "the principal who changed it").named("modifiedBy").lenient(),
    TIPRING_MEMBER(links, "where this is").named("_links"));

/// Where a conference and what belongs to it are.
struct conference_links {
    field<text> self{};
    field<text> participants{};
    field<text> tags{};
    field<text> recordings{};
};
TIPRING_DESCRIBE(
    conference_links, TIPRING_MEMBER(self, "where this is").nullable().or_object<link_object>(),
    TIPRING_MEMBER(participants, "its participants").nullable().or_object<link_object>(),
    TIPRING_MEMBER(tags, "its tags").nullable().or_object<link_object>(),
    TIPRING_MEMBER(recordings, "its recordings").nullable().or_object<link_object>());

/// What a conference holds. By the schema its tags are in `tags`; when lists are expanded by tags,
/// they were seen in `conferenceTags` (R11).
struct conference_embedded {
    field<collection<conference_participant>> participants{};
    field<collection<conference_address>> addresses{};
    field<collection<recording>> recordings{};
    field<collection<conference_tag>> tags{};
    field<collection<conference_tag>> conference_tags{};
    field<collection<participant_tag>> participant_tags{};
};
TIPRING_DESCRIBE(
    conference_embedded, TIPRING_MEMBER(participants, "who may be in it"),
    TIPRING_MEMBER(addresses, "how it is reached"), TIPRING_MEMBER(recordings, "its recordings"),
    TIPRING_MEMBER(tags, "its tags, by the schema"),
    TIPRING_MEMBER(conference_tags, "its tags, as they were seen").named("conferenceTags"),
    TIPRING_MEMBER(participant_tags, "tags of its participants").named("participantTags"));

/// A conference (fact sheet C.7, R2).
struct conference {
    field<cloudlink::conference_id> id{};
    field<text> external_id{};
    field<cloudlink::account_id> account_id{};
    field<text> name{};
    field<open<conference_visibility>> visibility{};
    field<text> access_code{};
    field<text> created_by{};
    field<datetime> created_on{};
    field<text> modified_by{};
    field<datetime> modified_on{};
    field<open<conference_state>> state{};
    field<open<conference_type>> type{};
    field<open<cloudlink::lobby_policy>> lobby_policy{};
    field<conference_links> links{};
    field<conference_embedded> embedded{};
};
TIPRING_DESCRIBE(
    conference, TIPRING_MEMBER(id, "the conference").lenient(),
    TIPRING_MEMBER(external_id, "its id at the bridge").named("externalId").lenient(),
    TIPRING_MEMBER(account_id, "the account").named("accountId").lenient(),
    TIPRING_MEMBER(name, "what it is called"),
    TIPRING_MEMBER(visibility, "deprecated by the vendor; `type` says it"),
    TIPRING_MEMBER(access_code, "the digits to dial into it").named("accessCode").lenient(),
    TIPRING_MEMBER(created_by, "the principal who made it, and so takes part")
        .named("createdBy")
        .lenient(),
    TIPRING_MEMBER(created_on, "when it was made").named("createdOn"),
    TIPRING_MEMBER(modified_by, "the principal who changed it").named("modifiedBy").lenient(),
    TIPRING_MEMBER(modified_on, "when it was changed").named("modifiedOn"),
    TIPRING_MEMBER(state, "whether somebody is in it"), TIPRING_MEMBER(type, "who may join"),
    TIPRING_MEMBER(lobby_policy, "who waits in the lobby").named("lobbyPolicy"),
    TIPRING_MEMBER(links, "where this and what belongs to it are").named("_links"),
    TIPRING_MEMBER(embedded, "what belongs to it").named("_embedded"));

/// What a list of conferences holds: with $expand=tags also the tags of all of them, by the schema.
struct embedded_conferences {
    field<list<conference>> items{};
    field<list<conference_tag>> conference_tags{};
    field<list<participant_tag>> participant_tags{};
};
TIPRING_DESCRIBE(
    embedded_conferences, TIPRING_MEMBER(items, "the conferences of this page"),
    TIPRING_MEMBER(conference_tags, "their tags").named("conferenceTags"),
    TIPRING_MEMBER(participant_tags, "the tags of their participants").named("participantTags"));
/// One page of a list of conferences.
using conference_collection = collection<conference, embedded_conferences>;

/// Where the conference of an attendance or of a search result is.
struct conference_link {
    field<text> conference{};
};
TIPRING_DESCRIBE(conference_link,
                 TIPRING_MEMBER(conference, "the conference; missing once it is gone")
                     .nullable()
                     .or_object<link_object>());

/// What an attendance holds.
struct attendance_embedded {
    field<cloudlink::conference> conference{};
};
TIPRING_DESCRIBE(attendance_embedded, TIPRING_MEMBER(conference, "the conference"));

/// That a user was in a conference (fact sheet C.7, R2). A page of these, with everything expanded
/// that can be, is the deepest answer there is: TIPRING_MAX_NESTING.
struct user_attendance {
    field<text> id{};
    field<cloudlink::participant_id> participant_id{};
    field<cloudlink::conference_id> conference_id{};
    field<cloudlink::conference_instance_id> conference_instance_id{};
    field<cloudlink::account_id> account_id{};
    field<datetime> join_time_stamp{};
    field<datetime> leave_time_stamp{};
    field<conference_link> links{};
    field<attendance_embedded> embedded{};
};
TIPRING_DESCRIBE(
    user_attendance, TIPRING_MEMBER(id, "this record").lenient(),
    TIPRING_MEMBER(participant_id, "who attended").named("participantId").lenient(),
    TIPRING_MEMBER(conference_id, "the conference").named("conferenceId").lenient(),
    TIPRING_MEMBER(conference_instance_id, "which time that it took place")
        .named("conferenceInstanceId")
        .lenient(),
    TIPRING_MEMBER(account_id, "the conference's account").named("accountId").lenient(),
    TIPRING_MEMBER(join_time_stamp, "when he came").named("joinTimeStamp"),
    TIPRING_MEMBER(leave_time_stamp, "when he left").named("leaveTimeStamp"),
    TIPRING_MEMBER(links, "where the conference is").named("_links"),
    TIPRING_MEMBER(embedded, "the conference, when it is expanded").named("_embedded"));

/// What a search result holds: by its type a conference, a conference_participant or a recording,
/// for json::decode().
struct content_embedded {
    field<raw_json> location{};
};
TIPRING_DESCRIBE(content_embedded, TIPRING_MEMBER(location, "the resource itself"));

/// Where a search in conferences found its words (fact sheet C.7, R2).
struct content_result {
    field<text> content{};
    field<text> location{};
    field<open<content_result_type>> type{};
    field<conference_link> links{};
    field<content_embedded> embedded{};
};
TIPRING_DESCRIBE(content_result, TIPRING_MEMBER(content, "what was found"),
                 TIPRING_MEMBER(location, "where the resource is"),
                 TIPRING_MEMBER(type, "what the resource is"),
                 TIPRING_MEMBER(links, "where the conference around it is").named("_links"),
                 TIPRING_MEMBER(embedded, "the resource, when it is expanded").named("_embedded"));

/// Whom to invite to a conference that is being made.
struct conference_invitation {
    field<cloudlink::participant_id> participant_id{};
};
TIPRING_DESCRIBE(
    conference_invitation,
    TIPRING_MEMBER(participant_id, "the principal").named("participantId").required().lenient());

/// Lists the account's conferences, the newest first (ME-11; official, R2).
///
///     cloudlink::list_conferences{.contains_all_participants = "me",
///                                 .query = {.top = 5, .expand = "tags"}}
struct list_conferences {
    using answer = conference_collection;

    field<text> contains_all_participants{};
    odata::query query{};
};
TIPRING_DESCRIBE(
    list_conferences,
    TIPRING_MEMBER(contains_all_participants,
                   "ids joined by commas, `me` for oneself: conferences with all of them; see "
                   "join_ids()")
        .named("containsAllParticipants")
        .query(),
    TIPRING_MEMBER(query, "$skip, $skiptoken, $top, $filter, $orderby, $expand=tags").query());
TIPRING_OPERATION(list_conferences, .path = "/conferences", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .source = "ME-11, R2",
                  .doc = "Lists the account's conferences.");

/// `id1,id2,me`, for list_conferences. errc::bad_parameter, with the index, for an id that is empty
/// or has a comma itself; errc::capacity with what is enough.
inline result<text> join_ids(list<participant_id> all, arena& memory TIPRING_LIFETIMEBOUND) {
    writer out{memory.rest()};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const text each = all[i].value;
        if (each.empty() || each.find(',') != text::npos) {
            error bad{.code = errc::bad_parameter};
            bad.path.push_element(i);
            return bad;
        }
        if (i != 0) out.put(',');
        out.put(each);
    }
    if (!out.fits()) return error{.code = errc::capacity, .needed = memory.used() + out.size()};
    const text joined = out.written();
    memory.commit(joined.size());
    return joined;
}

/// Makes a conference (ME-12; official, R2). The answer is empty when that takes a while (202,
/// quirk Q-27).
///
///     const cloudlink::conference_invitation all[] = {{.participant_id = somebody}};
///     cloudlink::create_conference{.name = "status meeting", .participants = all}
struct create_conference {
    using answer = conference;

    field<cloudlink::conference_id> id{};
    field<text> name{};
    field<open<conference_type>> type{};
    field<open<cloudlink::lobby_policy>> lobby_policy{};
    field<std::int32_t> access_code_length{};
    field<datetime> expiry_date_time{};
    field<list<conference_invitation>> participants{};
};
TIPRING_DESCRIBE(create_conference, TIPRING_MEMBER(id, "an id of one's own").lenient(),
                 TIPRING_MEMBER(name, "what it is called"),
                 TIPRING_MEMBER(type, "who may join; everyoneAllowed unless given"),
                 TIPRING_MEMBER(lobby_policy, "who waits in the lobby; guestLobby unless given")
                     .named("lobbyPolicy"),
                 TIPRING_MEMBER(access_code_length, "digits, 1 to 99, 9 unless given")
                     .named("accessCodeLength")
                     .limit(access_code_digits.most)
                     .lenient(),
                 TIPRING_MEMBER(expiry_date_time,
                                "when the access code stops to work, rounded to the second")
                     .named("expiryDateTime"),
                 TIPRING_MEMBER(participants, "whom to invite"));
TIPRING_OPERATION(create_conference, .method = http::method::post, .path = "/conferences",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .may_be_empty = true, .idempotent = false, .source = "ME-12, R2",
                  .doc = "Makes a conference.");

/// errc::bad_parameter for a length outside of the schema's range, errc::missing_parameter for an
/// invitation of nobody; both name the member.
constexpr result<void> check_operation(const create_conference& op) {
    for (std::size_t i = 0; i < (*op.participants).size(); ++i) {
        if ((*op.participants)[i].participant_id) continue;
        error missing{.code = errc::missing_parameter};
        missing.path.push_member("participants");
        missing.path.push_element(i);
        missing.path.push_member("participantId");
        return missing;
    }
    return detail::check_range(op.access_code_length, access_code_digits, "accessCodeLength");
}

/// Gives a conference (ME-13; official, R2).
struct view_conference {
    using answer = conference;

    cloudlink::conference_id conference_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(view_conference, TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(query, "$expand").query());
TIPRING_OPERATION(view_conference, .path = "/conferences/{conference_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-13, R2", .doc = "Gives a conference.");

/// Ends a conference, or records it (ME-14; official, R2).
///
///     cloudlink::control_conference{.conference_id = id, .action = conference_action::end}
struct control_conference {
    using answer = conference;

    cloudlink::conference_id conference_id{};
    field<open<conference_action>> action{};
};
TIPRING_DESCRIBE(control_conference, TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(action, "what to do"));
TIPRING_OPERATION(control_conference, .method = http::method::post,
                  .path = "/conferences/{conference_id}", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .idempotent = false, .source = "ME-14, R2",
                  .doc = "Ends or records a conference.");

/// Changes a conference (ME-15; official, R2).
struct update_conference {
    using answer = conference;

    cloudlink::conference_id conference_id{};
    field<text> name{};
    field<open<cloudlink::lobby_policy>> lobby_policy{};
};
TIPRING_DESCRIBE(update_conference, TIPRING_MEMBER(conference_id, "the conference").path(),
                 TIPRING_MEMBER(name, "what it is called"),
                 TIPRING_MEMBER(lobby_policy, "who waits in the lobby").named("lobbyPolicy"));
TIPRING_OPERATION(update_conference, .method = http::method::put,
                  .path = "/conferences/{conference_id}", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .source = "ME-15, R2",
                  .doc = "Changes a conference.");

/// Deletes a conference (ME-16; official, R2).
struct delete_conference {
    using answer = http::done;

    cloudlink::conference_id conference_id{};
};
TIPRING_DESCRIBE(delete_conference, TIPRING_MEMBER(conference_id, "the conference").path());
TIPRING_OPERATION(delete_conference, .method = http::method::delete_,
                  .path = "/conferences/{conference_id}", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .may_be_empty = true, .source = "ME-16, R2",
                  .doc = "Deletes a conference.");

/// Searches conferences, their participants and recordings for one or more words, which have to be
/// given (ME-23; official, R2).
///
///     cloudlink::search_conference_content{.query = {.search = "budget"}}
struct search_conference_content {
    using answer = collection<content_result>;

    odata::query query{};
};
TIPRING_DESCRIBE(
    search_conference_content,
    TIPRING_MEMBER(query, "$search, which is required, $skip, $top, $filter, $expand").query());
TIPRING_OPERATION(search_conference_content, .path = "/conferences/content",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-23, R2",
                  .doc = "Searches conferences, their participants and recordings.");

/// errc::missing_parameter, naming `query.search`, when there is nothing to search for.
constexpr result<void> check_operation(const search_conference_content& op) {
    if (!op.query.search.empty()) return {};
    return about(about(errc::missing_parameter, "search"), "query");
}

/// Lists the conferences that a user made or takes part in, the newest first (ME-28; official, R2).
struct list_user_conferences {
    using answer = conference_collection;

    cloudlink::user_id user_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(
    list_user_conferences, TIPRING_MEMBER(user_id, "the user, or `me`").path(),
    TIPRING_MEMBER(query, "$skip, $top, $skiptoken, $filter, $orderby, $expand=tags").query());
TIPRING_OPERATION(list_user_conferences, .path = "/users/{user_id}/conferences",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-28, R2", .doc = "Lists a user's conferences.");

/// Lists which conferences a user attended, the last one first (ME-29; official, R2).
struct list_user_attendances {
    using answer = collection<user_attendance>;

    cloudlink::user_id user_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(
    list_user_attendances, TIPRING_MEMBER(user_id, "the user, or `me`").path(),
    TIPRING_MEMBER(query, "$skip, $skiptoken, $top, $filter, $orderby, $expand").query());
TIPRING_OPERATION(list_user_attendances, .path = "/users/{user_id}/attendances",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-29, R2", .doc = "Lists which conferences a user attended.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
