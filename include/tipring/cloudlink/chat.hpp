// The Chat API: its operations as a list (fact sheet B.3), and the one that belongs to no resource.
#pragma once

#include <tipring/cloudlink/action_card.hpp>
#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/attachment.hpp>
#include <tipring/cloudlink/conversation.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/message.hpp>
#include <tipring/cloudlink/untyped.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Gives what the Chat service keeps of an account. CH-14; seen in vendor code (R9), which does not
/// show what is in it.
struct view_chat_account {
    using answer = untyped;

    cloudlink::account_id account_id{};
};
TIPRING_DESCRIBE(view_chat_account, TIPRING_MEMBER(account_id, "the account").path());
TIPRING_OPERATION(view_chat_account, .path = "/accounts/{account_id}",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .source = "R9 CH-14", .doc = "Gives what the Chat service keeps of an account.");

/// All of the Chat API.
using chat_operations =
    http::operation_list<list_conversations, list_my_conversations, create_conversation,
                         view_conversation, delete_conversation, list_conversation_participants,
                         add_conversation_participant, list_messages, create_message,
                         create_attachment, view_attachment, download_attachment, upload_attachment,
                         view_chat_account>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
