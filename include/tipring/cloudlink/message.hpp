// Messages of a conversation: their type, listing and sending them (fact sheet B.3, C.6). Not here:
// messages that are cards with buttons (action_card.hpp), conversations (conversation.hpp).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// What the body of a message is; it has nothing to do with the Content-Type of the request that
/// carries it (quirk Q-14).
enum class message_content_type : std::uint8_t { plain_text, html, action_card };

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::message_content_type, "text/plain", "text/html",
              "application/vnd.mitel.action-card");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::cloudlink {

/// One message.
struct message {
    field<cloudlink::message_id> message_id{};
    field<cloudlink::conversation_id> conversation_id{};
    field<cloudlink::account_id> account_id{};
    field<text> body{};
    field<open<message_content_type>> content_type{};
    field<text> fallback_text{};
    field<text> tag{};
    field<datetime> created_on{};
    field<user_id> created_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    message, TIPRING_MEMBER(message_id, "unique id").read_only().lenient().named("messageId"),
    TIPRING_MEMBER(conversation_id, "where it was said")
        .read_only()
        .lenient()
        .named("conversationId"),
    TIPRING_MEMBER(account_id, "the account of the conversation")
        .read_only()
        .lenient()
        .named("accountId"),
    TIPRING_MEMBER(body, "what is said; of an action card, a JSON document (action_card.hpp)")
        .nullable(),
    TIPRING_MEMBER(content_type, "what the body is (quirk Q-14)").nullable().named("contentType"),
    TIPRING_MEMBER(fallback_text, "shown by clients that cannot show the body")
        .nullable()
        .named("fallbackText"),
    TIPRING_MEMBER(tag, "free for the sender, often a JSON document: see json_text.hpp (Q-38)")
        .nullable(),
    TIPRING_MEMBER(created_on, "when it was sent").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(created_by, "who sent it").read_only().lenient().nullable().named("createdBy"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// Lists the messages of a conversation. CH-7; seen as a link in answers of the former version
/// (R10).
struct list_messages {
    using answer = collection<message>;

    cloudlink::conversation_id conversation_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_messages, TIPRING_MEMBER(conversation_id, "the conversation").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_messages, .path = "/conversations/{conversation_id}/messages",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .source = "R10 CH-7", .doc = "Lists the messages of a conversation.");

/// Says something in a conversation. CH-8; the body is in the vendor's guide, the path in the
/// vendor's sample (R1).
struct create_message {
    using answer = cloudlink::message;

    cloudlink::conversation_id conversation_id{};
    field<cloudlink::message> message{};
};
TIPRING_DESCRIBE(create_message, TIPRING_MEMBER(conversation_id, "the conversation").path(),
                 TIPRING_MEMBER(message, "what to say").body().required());
TIPRING_OPERATION(create_message, .method = http::method::post,
                  .path = "/conversations/{conversation_id}/messages",
                  .api = &api_of(service::chat), .evidence = http::evidence::official,
                  .success = 201, .may_be_empty = true, .idempotent = false,
                  .source = "seed, R1 CH-8", .doc = "Says something in a conversation.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
