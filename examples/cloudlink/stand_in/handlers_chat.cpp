// Conversations, messages, and subscriptions to them.
#include "handlers.hpp"

#include <tipring/json/encode.hpp>

namespace stand_in {

namespace {

constexpr std::size_t most_messages = 10'000;

std::string kept(const tipring::field<text>& from) {
    return std::string{from.value_or(text{})};
}

/// What filters of events call it.
std::string subject_of(const said_message& what) {
    return "/conversations/" + what.conversation_id + "/messages/" + what.message_id;
}

} // namespace

std::optional<value> property_of(const talk& of, text name) {
    if (name == "conversationId") return text{of.conversation_id};
    if (name == "name") return of.name.empty() ? value{} : value{text{of.name}};
    if (name == "stream") return of.is_stream;
    if (name == "hidden") return of.is_hidden;
    if (name == "createdOn") return time_of(of.created_on);
    if (name == "createdBy") return text{of.created_by};
    return std::nullopt;
}

std::optional<value> property_of(const said_message& of, text name) {
    if (name == "messageId") return text{of.message_id};
    if (name == "conversationId") return text{of.conversation_id};
    if (name == "body") return text{of.body};
    if (name == "createdOn") return time_of(of.created_on);
    if (name == "createdBy") return text{of.created_by};
    return std::nullopt;
}

cloudlink::conversation handlers::shown(const talk& of) {
    const cloudlink::conversation_id id{of.conversation_id};
    cloudlink::conversation made{
        .conversation_id = id,
        .account_id = cloudlink::account_id{around_.all.everybody.account_id()},
        .stream = of.is_stream,
        .hidden = of.is_hidden,
        .created_on = tipring::datetime{of.created_on},
        .created_by = cloudlink::user_id{of.created_by},
        .links =
            cloudlink::links{.self = link_to(cloudlink::view_conversation{.conversation_id = id})}};
    if (!of.name.empty()) made.name = text{of.name};
    return made;
}

cloudlink::message handlers::shown(const said_message& of) {
    cloudlink::message made{.message_id = cloudlink::message_id{of.message_id},
                            .conversation_id = cloudlink::conversation_id{of.conversation_id},
                            .account_id = cloudlink::account_id{around_.all.everybody.account_id()},
                            .body = text{of.body},
                            .content_type =
                                tipring::open<cloudlink::message_content_type>{of.content_type},
                            .created_on = tipring::datetime{of.created_on},
                            .created_by = cloudlink::user_id{of.created_by}};
    if (!of.fallback_text.empty()) made.fallback_text = text{of.fallback_text};
    if (!of.tag.empty()) made.tag = text{of.tag};
    return made;
}

talk& handlers::own_talk(text conversation_id) {
    for (talk& each : around_.all.talks)
        if (each.conversation_id == conversation_id && each.has(around_.who->user_id)) return each;
    throw not_found("no such conversation");
}

template <http::operation_type Op>
http::response handlers::reply_conversations(const Op& op) {
    std::vector<const talk*> own;
    for (const talk& each : around_.all.talks)
        if (each.has(around_.who->user_id)) own.push_back(&each);
    return reply_page(op, own, [this](const talk& each) { return shown(each); });
}

http::response handlers::operator()(const cloudlink::list_conversations& op) {
    return reply_conversations(op);
}
http::response handlers::operator()(const cloudlink::list_my_conversations& op) {
    return reply_conversations(op);
}

http::response handlers::operator()(const cloudlink::create_conversation& op) {
    const cloudlink::conversation& asked = *op.conversation;
    talk made{.conversation_id = around_.all.random.uuid(),
              .name = kept(asked.name),
              .is_stream = asked.stream.value_or(false),
              .is_hidden = asked.hidden.value_or(false),
              .created_on = wire_time(around_.now),
              .created_by = around_.who->user_id,
              .participants = {around_.who->user_id},
              .messages = {}};
    for (const auto& each : *asked.original_participants) {
        const text id = each.participant_id ? (*each.participant_id).value : text{};
        const person* const invited = around_.all.everybody.find(id);
        if (invited == nullptr) throw bad_request("originalParticipants: no such user");
        if (!made.has(invited->user_id)) made.participants.push_back(invited->user_id);
    }
    const talk& added = around_.all.talks.emplace_back(std::move(made));
    return reply<cloudlink::create_conversation>(shown(added));
}

http::response handlers::operator()(const cloudlink::view_conversation& op) {
    return reply<cloudlink::view_conversation>(shown(own_talk(op.conversation_id.value)));
}

http::response handlers::operator()(const cloudlink::delete_conversation& op) {
    const talk& found = own_talk(op.conversation_id.value);
    if (found.created_by != around_.who->user_id)
        throw common::refusal{.status = 403,
                              .code = "ForbiddenError",
                              .message = "only who began a conversation may delete it"};
    std::erase_if(around_.all.talks, [&](const talk& each) { return &each == &found; });
    return reply<cloudlink::delete_conversation>({});
}

http::response handlers::operator()(const cloudlink::list_conversation_participants& op) {
    std::vector<const person*> all;
    for (const std::string& each : own_talk(op.conversation_id.value).participants)
        all.push_back(around_.all.everybody.find(each));
    return reply_page(op, all, [](const person& each) {
        return cloudlink::conversation_participant{
            .type = cloudlink::conversation_participant_type::user,
            .participant_id = cloudlink::participant_id{each.user_id}};
    });
}

http::response handlers::operator()(const cloudlink::add_conversation_participant& op) {
    talk& found = own_talk(op.conversation_id.value);
    const auto& asked = *op.participant;
    const text id = asked.participant_id ? (*asked.participant_id).value : text{};
    const person* const invited = around_.all.everybody.find(id);
    if (invited == nullptr) throw bad_request("participantId: no such user");
    if (!found.has(invited->user_id)) found.participants.push_back(invited->user_id);
    return reply<cloudlink::add_conversation_participant>(
        {.type = cloudlink::conversation_participant_type::user,
         .participant_id = cloudlink::participant_id{invited->user_id}});
}

http::response handlers::operator()(const cloudlink::list_messages& op) {
    std::vector<const said_message*> all;
    for (const said_message& each : own_talk(op.conversation_id.value).messages)
        all.push_back(&each);
    return reply_page(op, all, [this](const said_message& each) { return shown(each); });
}

http::response handlers::operator()(const cloudlink::create_message& op) {
    talk& found = own_talk(op.conversation_id.value);
    const cloudlink::message& asked = *op.message;
    if (!asked.body || asked.body->empty()) throw bad_request("a message needs a body");
    if (found.messages.size() == most_messages)
        throw bad_request("the conversation is full: this is a stand-in");
    const said_message& said = found.messages.emplace_back(
        said_message{.message_id = around_.all.random.uuid(),
                     .conversation_id = found.conversation_id,
                     .body = kept(asked.body),
                     .content_type = asked.content_type ? std::string{(*asked.content_type).value}
                                                        : "text/plain",
                     .fallback_text = kept(asked.fallback_text),
                     .tag = kept(asked.tag),
                     .created_on = wire_time(around_.now),
                     .created_by = around_.who->user_id});
    publish(found, said);
    return reply<cloudlink::create_message>(shown(said));
}

void handlers::publish(const talk& in, const said_message& what) {
    const auto content = tipring::json::encode(shown(what), around_.memory.rest(),
                                               {.audience = tipring::json::audience::client});
    if (!content) throw common::failed_inside("the publication does not fit into memory");
    const event said{
        .publication_id = around_.all.random.uuid(),
        .topic =
            std::string{tipring::names_of<cloudlink::notification_topic>[static_cast<std::size_t>(
                cloudlink::notification_topic::conversations)]},
        .method = "POST",
        .subject = subject_of(what),
        .content = std::string{*content},
        .account_id = around_.all.everybody.account_id(),
        .principal_id = what.created_by,
        .created_on = what.created_on,
        .correlation_id = std::string{around_.correlation_id}};
    for (const subscriber& each : around_.all.publications.subscribers)
        if (in.has(each.user_id) && wants(each, said)) around_.all.publications.tell(each, said);
}

http::response handlers::operator()(const cloudlink::create_subscription& op) {
    const cloudlink::subscription& asked = *op.subscription;
    if (asked.application_id->empty())
        throw bad_request("applicationId is needed: webhooks are signed with it");
    if (*asked.transport != cloudlink::subscription_transport::webhook)
        throw bad_request("transport: the stand-in has webhook alone");
    if (!(*asked.topic).known()) throw bad_request("topic: there is no such topic");
    if (!is_on_this_machine(asked.device_id.value_or(text{})))
        throw bad_request("deviceId: the stand-in posts to http://127.0.0.1 alone");
    if (asked.publication_filter) throw bad_request("publicationFilter: the stand-in has none");
    const subscriber& made = around_.all.publications.subscribers.emplace_back(
        subscriber{.subscription_id = around_.all.random.hex(32),
                   .user_id = around_.who->user_id,
                   .application_id = std::string{asked.application_id->reveal()},
                   .url = kept(asked.device_id),
                   .topic = std::string{(*asked.topic).value},
                   .subject_filter = kept(asked.subject_filter),
                   .method_filter = kept(asked.method_filter),
                   .created_on = wire_time(around_.now)});
    return reply<cloudlink::create_subscription>(
        {.subscription_id = cloudlink::subscription_id{made.subscription_id},
         .created_on = tipring::datetime{made.created_on}});
}

http::response handlers::operator()(const cloudlink::list_subscriptions&) {
    std::vector<cloudlink::subscription> own;
    for (const subscriber& each : around_.all.publications.subscribers)
        if (each.user_id == around_.who->user_id)
            own.push_back({.subscription_id = cloudlink::subscription_id{each.subscription_id},
                           .device_id = text{each.url},
                           .transport = cloudlink::subscription_transport::webhook,
                           .topic = tipring::open<cloudlink::notification_topic>{each.topic},
                           .subject_filter = text{each.subject_filter},
                           .created_on = tipring::datetime{each.created_on}});
    return reply<cloudlink::list_subscriptions>(
        {.count = static_cast<std::int64_t>(own.size()),
         .embedded = cloudlink::embedded_items<cloudlink::subscription>{
             .items = tipring::list<cloudlink::subscription>{own}}});
}

http::response handlers::operator()(const cloudlink::delete_subscription& op) {
    const auto is_it = [&](const subscriber& each) {
        return each.subscription_id == op.subscription_id.value &&
               each.user_id == around_.who->user_id;
    };
    if (std::erase_if(around_.all.publications.subscribers, is_it) == 0)
        throw not_found("no such subscription");
    return reply<cloudlink::delete_subscription>({});
}

} // namespace stand_in
