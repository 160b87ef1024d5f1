// Conversations and what is said in them. Not here: the requests (handlers_chat.cpp), who is told
// of it (publisher.hpp).
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "rows.hpp"

namespace stand_in {

struct said_message {
    std::string message_id;
    std::string conversation_id;
    std::string body;
    std::string content_type;
    std::string fallback_text;
    std::string tag;
    std::string created_on;
    std::string created_by;
};

struct talk {
    std::string conversation_id;
    std::string name;
    bool is_stream = false;
    bool is_hidden = false;
    std::string created_on;
    std::string created_by;
    /// Their user ids, whoever began it first.
    std::vector<std::string> participants;
    std::deque<said_message> messages;

    bool has(tipring::text user_id) const {
        return std::ranges::find(participants, user_id) != participants.end();
    }
};

/// What a filter calls it; nothing for an unknown name.
std::optional<value> property_of(const talk& of, tipring::text name);
std::optional<value> property_of(const said_message& of, tipring::text name);

} // namespace stand_in
