// Conversations and who takes part in them (fact sheet B.3, C.6). Not here: what is said in them
// (message.hpp), files (attachment.hpp).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/message.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Who may find a conversation. One value was seen.
enum class conversation_visibility : std::uint8_t { public_ };
/// What a participant is. One value was seen.
enum class conversation_participant_type : std::uint8_t { user };
/// Whether a participant took the invitation.
enum class participation_status : std::uint8_t { invited, accepted };

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::conversation_visibility, "PUBLIC");
TIPRING_NAMES(cloudlink::conversation_participant_type, "USER");
TIPRING_NAMES(cloudlink::participation_status, "INVITED", "ACCEPTED");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Somebody in a conversation: `type` and `participantId` today, the rest in the former version.
struct conversation_participant {
    field<open<conversation_participant_type>> type{};
    field<cloudlink::participant_id> participant_id{};
    field<cloudlink::user_id> user_id{};
    field<cloudlink::account_id> account_id{};
    field<open<participation_status>> status{};
    field<cloudlink::conversation_id> conversation_id{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    conversation_participant, TIPRING_MEMBER(type, "what it is"),
    TIPRING_MEMBER(participant_id, "who it is; of a user, the user id")
        .lenient()
        .named("participantId"),
    TIPRING_MEMBER(user_id, "legacy: who it is").read_only().lenient().named("userId"),
    TIPRING_MEMBER(account_id, "legacy: of which account").read_only().lenient().named("accountId"),
    TIPRING_MEMBER(status, "legacy: whether the invitation was taken").read_only(),
    TIPRING_MEMBER(conversation_id, "legacy: in which conversation")
        .read_only()
        .lenient()
        .named("conversationId"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// What comes inside a conversation, in lists too: the last message, and who takes part.
struct conversation_content {
    field<collection<message>> messages{};
    field<collection<conversation_participant>> participants{};
};
TIPRING_DESCRIBE(conversation_content, TIPRING_MEMBER(messages, "the last of them").nullable(),
                 TIPRING_MEMBER(participants, "some or all of them").nullable());

/// A conversation: a named stream, or a direct chat.
struct conversation {
    field<cloudlink::conversation_id> conversation_id{};
    field<cloudlink::account_id> account_id{};
    field<text> name{};
    field<open<conversation_visibility>> visibility{};
    field<text> language_code{};
    field<bool> stream{};
    field<bool> hidden{};
    field<bool> generate_system_messages{};
    field<list<conversation_participant>> original_participants{};
    field<list<text>> participants{};
    field<text> access_code{};
    field<text> email{};
    field<text> thumbnail_url{};
    field<datetime> created_on{};
    field<datetime> modified_on{};
    field<user_id> created_by{};
    field<user_id> modified_by{};
    field<cloudlink::links> links{};
    field<conversation_content> embedded{};
};
TIPRING_DESCRIBE(
    conversation,
    TIPRING_MEMBER(conversation_id, "unique id").read_only().lenient().named("conversationId"),
    TIPRING_MEMBER(account_id, "the account that it belongs to")
        .read_only()
        .lenient()
        .named("accountId"),
    TIPRING_MEMBER(name, "for people; a direct chat may have none").nullable(),
    TIPRING_MEMBER(visibility, "who may find it"),
    TIPRING_MEMBER(language_code, "such as en-US").nullable().named("languageCode"),
    TIPRING_MEMBER(stream, "true: a named stream, false: a direct chat").lenient(),
    TIPRING_MEMBER(hidden, "not shown in lists").lenient(),
    TIPRING_MEMBER(generate_system_messages, "tells of comings and goings by messages")
        .lenient()
        .named("generateSystemMessages"),
    TIPRING_MEMBER(original_participants, "who takes part from the start; only when creating")
        .named("originalParticipants"),
    TIPRING_MEMBER(participants, "the same by e-mail address, before originalParticipants"),
    TIPRING_MEMBER(access_code, "digits that let one join")
        .read_only()
        .lenient()
        .nullable()
        .named("accessCode"),
    TIPRING_MEMBER(email, "mail to here becomes messages").read_only().nullable(),
    TIPRING_MEMBER(thumbnail_url, "a picture").nullable().named("thumbnailUrl"),
    TIPRING_MEMBER(created_on, "when it began").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(modified_on, "when it last changed").read_only().nullable().named("modifiedOn"),
    TIPRING_MEMBER(created_by, "who began it").read_only().lenient().nullable().named("createdBy"),
    TIPRING_MEMBER(modified_by, "who changed it last")
        .read_only()
        .lenient()
        .nullable()
        .named("modifiedBy"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"),
    TIPRING_MEMBER(embedded, "its last message and participants")
        .read_only()
        .nullable()
        .named("_embedded"));

/// Lists conversations. CH-1; seen in vendor code (R9) and by integrators (T1).
struct list_conversations {
    using answer = collection<conversation>;

    odata::query query{};
};
TIPRING_DESCRIBE(
    list_conversations,
    TIPRING_MEMBER(query, "OData options; a filter that was seen: stream eq false").query());
TIPRING_OPERATION(list_conversations, .path = "/conversations", .api = &api_of(service::chat),
                  .evidence = http::evidence::vendor_code, .source = "R9, T1 CH-1",
                  .doc = "Lists conversations.");

/// Lists the conversations of the user whom the token belongs to. CH-13; seen in vendor code (R9).
struct list_my_conversations {
    using answer = collection<conversation>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_my_conversations, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_my_conversations, .path = "/users/me/conversations",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .source = "R9 CH-13", .doc = "Lists one's own conversations.");

/// Begins a conversation. CH-2; the vendor's sample does it (R1).
struct create_conversation {
    using answer = cloudlink::conversation;

    field<cloudlink::conversation> conversation{};
};
TIPRING_DESCRIBE(create_conversation,
                 TIPRING_MEMBER(conversation, "the new conversation").body().required());
TIPRING_OPERATION(create_conversation, .method = http::method::post, .path = "/conversations",
                  .api = &api_of(service::chat), .evidence = http::evidence::official,
                  .success = 201, .idempotent = false, .source = "R1 CH-2",
                  .doc = "Begins a conversation.");

/// Gives one conversation. CH-3; in the vendor's guide.
struct view_conversation {
    using answer = conversation;

    cloudlink::conversation_id conversation_id{};
};
TIPRING_DESCRIBE(view_conversation, TIPRING_MEMBER(conversation_id, "the conversation").path());
TIPRING_OPERATION(view_conversation, .path = "/conversations/{conversation_id}",
                  .api = &api_of(service::chat), .source = "seed CH-3",
                  .doc = "Gives one conversation.");

/// Deletes a conversation. CH-4; the vendor's sample does it (R1), and prints a JSON body that it
/// does not describe: what comes is in answer::response() (quirk Q-28).
struct delete_conversation {
    using answer = http::done;

    cloudlink::conversation_id conversation_id{};
};
TIPRING_DESCRIBE(delete_conversation, TIPRING_MEMBER(conversation_id, "the conversation").path());
TIPRING_OPERATION(delete_conversation, .method = http::method::delete_,
                  .path = "/conversations/{conversation_id}", .api = &api_of(service::chat),
                  .evidence = http::evidence::official, .source = "R1 CH-4",
                  .doc = "Deletes a conversation.");

/// Lists who takes part in a conversation. CH-5; seen in vendor code (R9).
struct list_conversation_participants {
    using answer = collection<conversation_participant>;

    cloudlink::conversation_id conversation_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_conversation_participants,
                 TIPRING_MEMBER(conversation_id, "the conversation").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_conversation_participants,
                  .path = "/conversations/{conversation_id}/participants",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .source = "R9 CH-5", .doc = "Lists who takes part in a conversation.");

/// Lets somebody take part. CH-6; seen in vendor code of the former version (R10).
struct add_conversation_participant {
    using answer = conversation_participant;

    cloudlink::conversation_id conversation_id{};
    field<conversation_participant> participant{};
};
TIPRING_DESCRIBE(add_conversation_participant,
                 TIPRING_MEMBER(conversation_id, "the conversation").path(),
                 TIPRING_MEMBER(participant, "who").body().required());
TIPRING_OPERATION(add_conversation_participant, .method = http::method::post,
                  .path = "/conversations/{conversation_id}/participants",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R10 CH-6",
                  .doc = "Lets somebody take part in a conversation.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
