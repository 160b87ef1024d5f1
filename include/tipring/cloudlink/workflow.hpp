// The Workflow API: webhooks that start a flow or speak with an agent of a contact centre (fact
// sheet B.6, C.11). They bring their own proof instead of a token.
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// What happened in a chat.
enum class chat_activity_type : std::uint8_t {
    message,
    handoff,             ///< a person wants to speak with an agent
    conversation_update, ///< somebody came or went
    typing,
};
/// How a text is written.
enum class chat_text_format : std::uint8_t { plain, markdown, xml };
/// On which side somebody is.
enum class chat_role : std::uint8_t {
    user,
    bot,
    agent, ///< all that comes from a flow
};

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::chat_activity_type, "message", "handoff", "conversationUpdate", "typing");
TIPRING_NAMES(cloudlink::chat_text_format, "plain", "markdown", "xml");
TIPRING_NAMES(cloudlink::chat_role, "user", "bot", "agent");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Somebody in a chat with an agent (R6). Ids are the bot framework's, not CloudLink's.
struct chat_member {
    field<text> id{};
    field<text> name{};
    field<open<chat_role>> role{};
};
TIPRING_DESCRIBE(chat_member, TIPRING_MEMBER(id, "who"), TIPRING_MEMBER(name, "for people"),
                 TIPRING_MEMBER(role, "on which side").nullable());

/// Which chat (R6).
struct chat_reference {
    field<text> id{};
};
TIPRING_DESCRIBE(chat_reference, TIPRING_MEMBER(id, "which"));

/// A file in a chat (R6).
struct chat_file {
    field<text> name{};
    field<text> content_type{};
    field<text> content_url{};
};
TIPRING_DESCRIBE(chat_file, TIPRING_MEMBER(name, "the file's name"),
                 TIPRING_MEMBER(content_type, "its media type").named("contentType"),
                 TIPRING_MEMBER(content_url, "where it is").named("contentUrl"));

/// What was said before an agent joined (R6), oldest first.
struct chat_transcript_line {
    field<chat_member> from{};
    field<chat_member> to{};
    field<text> said{};
    field<open<chat_text_format>> text_format{};
    field<datetime> timestamp{};
};
TIPRING_DESCRIBE(chat_transcript_line, TIPRING_MEMBER(from, "who said it"),
                 TIPRING_MEMBER(to, "to whom").nullable(),
                 TIPRING_MEMBER(said, "what was said").named("text"),
                 TIPRING_MEMBER(text_format, "how it is written").nullable().named("textFormat"),
                 TIPRING_MEMBER(timestamp, "when").nullable());

/// One event of a chat, in either direction (R6).
struct chat_activity {
    field<open<chat_activity_type>> type{};
    field<text> said{};
    field<open<chat_text_format>> text_format{};
    field<chat_member> from{};
    field<chat_member> recipient{};
    field<chat_reference> conversation{};
    field<datetime> timestamp{};
    field<list<chat_member>> members_added{};
    field<list<chat_member>> members_removed{};
    field<list<chat_file>> attachments{};
    field<list<chat_transcript_line>> transcript{};
    field<raw_json> custom{};
};
TIPRING_DESCRIBE(
    chat_activity, TIPRING_MEMBER(type, "what happened"),
    TIPRING_MEMBER(said, "of a message, what was said").nullable().named("text"),
    TIPRING_MEMBER(text_format, "how it is written").nullable().named("textFormat"),
    TIPRING_MEMBER(from, "whose doing it is").nullable(),
    TIPRING_MEMBER(recipient, "for whom it is").nullable(),
    TIPRING_MEMBER(conversation, "in which chat"), TIPRING_MEMBER(timestamp, "when").nullable(),
    TIPRING_MEMBER(members_added, "who came").nullable().named("membersAdded"),
    TIPRING_MEMBER(members_removed, "who went").nullable().named("membersRemoved"),
    TIPRING_MEMBER(attachments, "files; the wire has a spelling of its own (quirk Q-33)")
        .nullable()
        .named("attachements")
        .alias("attachments"),
    TIPRING_MEMBER(transcript, "of a handoff, what was said before, oldest first").nullable(),
    TIPRING_MEMBER(custom, "of a handoff, whatever the bot knows").nullable());

/// Starts a flow; what it answers is not known, and 202 says that it runs. WF-1; seen in vendor
/// code (R13). No token: the account and the secret of the flow are headers.
struct start_workflow {
    using answer = http::done;

    workflow_activity_id activity_id{};
    field<cloudlink::account_id> account_id{};
    field<secret> shared_secret{};
    field<raw_json> inputs{};
    field<raw_json> throughputs{};
};
TIPRING_DESCRIBE(start_workflow,
                 TIPRING_MEMBER(activity_id, "the activity that the flow begins with").path(),
                 TIPRING_MEMBER(account_id, "the account of the flow")
                     .header()
                     .named("x-mitel-accountid")
                     .required(),
                 TIPRING_MEMBER(shared_secret, "the secret of the flow")
                     .header()
                     .named("x-mitel-shared-secret")
                     .required(),
                 TIPRING_MEMBER(inputs, "what the flow is to work with"),
                 TIPRING_MEMBER(throughputs, "what it is to hand on"));
TIPRING_OPERATION(start_workflow, .method = http::method::post,
                  .path = "/webhooks/activities/{activity_id}/workers",
                  .api = &api_of(service::workflow), .evidence = http::evidence::vendor_code,
                  .success = 202, .may_be_empty = true, .idempotent = false, .is_anonymous = true,
                  .source = "R13 WF-1", .doc = "Starts a flow.");

/// Tells a flow what happened in a chat. WF-2; the vendor's sample does it (R6), where the URL is
/// part of the configuration and not shown whole. It is the only proof: treat it as a secret, and
/// mind that http::print_redacted() prints paths.
struct send_chat_activity {
    using answer = http::done;

    text webhook_id{};
    field<chat_activity> activity{};
};
TIPRING_DESCRIBE(send_chat_activity,
                 TIPRING_MEMBER(webhook_id, "what the flow's URL has there").path(),
                 TIPRING_MEMBER(activity, "what happened").body().required());
TIPRING_OPERATION(send_chat_activity, .method = http::method::post,
                  .path = "/webhooks/accounts/{webhook_id}/workers",
                  .api = &api_of(service::workflow), .evidence = http::evidence::official,
                  .may_be_empty = true, .idempotent = false, .is_anonymous = true,
                  .source = "R6 WF-2", .doc = "Tells a flow what happened in a chat.");

/// Where a browser comes back to after signing in at Salesforce. WF-3; in the vendor's documents of
/// flows (R5), which do not show its parameters: these are OAuth's. For stand-ins, not for clients.
struct finish_salesforce_sign_in {
    using answer = http::done;

    field<secret> code{};
    field<text> state{};
    field<text> error{};
    field<text> error_description{};
};
TIPRING_DESCRIBE(finish_salesforce_sign_in, TIPRING_MEMBER(code, "of the sign-in").query(),
                 TIPRING_MEMBER(state, "of the sign-in").query(),
                 TIPRING_MEMBER(error, "why there is no code (RFC 6749)").query(),
                 TIPRING_MEMBER(error_description, "the same for developers (RFC 6749)").query());
TIPRING_OPERATION(finish_salesforce_sign_in, .path = "/integrations/salesforce/sso",
                  .api = &api_of(service::workflow), .evidence = http::evidence::official,
                  .is_anonymous = true, .source = "R5 WF-3",
                  .doc = "Ends a sign-in at Salesforce.");

/// All of the Workflow API.
using workflow_operations =
    http::operation_list<start_workflow, send_chat_activity, finish_salesforce_sign_in>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
