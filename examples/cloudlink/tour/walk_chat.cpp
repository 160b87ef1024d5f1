// A conversation, a message in it, and the webhook that tells of it.
#include "walk.hpp"

#include <chrono>
#include <random>
#include <thread>

#include "webhook_receiver.hpp"

namespace tour {

namespace {

constexpr text words = "Hello Bob, it's me. \xE2\x98\x8E";

std::string random_id() {
    std::random_device random;
    std::string bytes(16, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    const auto made = tipring::random_uuid::make(bytes);
    return made ? std::string{made->view()} : std::string{};
}

std::string user_id_of(account& anna, text email) {
    const auto page = anna.must(
        cloudlink::list_users{.query = {.filter = cloudlink::properties::users::email == email}});
    anna.require(items(page).size() == 1, "that is not one user");
    std::string id{(*items(page)[0].user_id).value};
    anna.tell(join(email, " is user ", id));
    return id;
}

std::string begin(account& anna, const std::string& with) {
    const cloudlink::conversation_participant invited[] = {
        {.type = cloudlink::conversation_participant_type::user,
         .participant_id = cloudlink::participant_id{with}}};
    const auto made = anna.must(cloudlink::create_conversation{
        .conversation = cloudlink::conversation{
            .name = "Lunch", .stream = false, .original_participants = invited}});
    anna.require(*made.name == "Lunch" && !(*made.conversation_id).empty(),
                 "that is another conversation");
    anna.tell(join("a conversation, id ", (*made.conversation_id).value));
    return std::string{(*made.conversation_id).value};
}

std::string subscribe(account& bob, const webhook_receiver& hooks,
                      const std::string& application_id, const std::string& conversation) {
    const std::string url = join(hooks.origin(), webhook_receiver::path);
    const std::string subjects = join("/conversations/", conversation, "/");
    const auto made = bob.must(cloudlink::create_subscription{
        .subscription =
            cloudlink::subscription{.application_id = tipring::secret{application_id},
                                    .device_id = text{url},
                                    .transport = cloudlink::subscription_transport::webhook,
                                    .topic = cloudlink::notification_topic::conversations,
                                    .subject_filter = text{subjects}}});
    bob.require(!(*made.subscription_id).empty(), "the subscription has no id");
    bob.tell("Bob's program wants to be told of messages in it");
    return std::string{(*made.subscription_id).value};
}

std::string post(account& anna, const std::string& conversation) {
    const auto said = anna.must(cloudlink::create_message{
        .conversation_id = cloudlink::conversation_id{conversation},
        .message = cloudlink::message{
            .body = words, .content_type = cloudlink::message_content_type::plain_text}});
    anna.require(*said.body == words, "the message says something else");
    anna.tell("a message");
    return std::string{(*said.message_id).value};
}

void check_webhook(const webhook_receiver::received& hook, const std::string& conversation,
                   const std::string& message, const std::string& subscription) {
    std::vector<char> bytes(32'768);
    tipring::arena memory{bytes};
    const auto all = cloudlink::parse_publications(hook.body, memory);
    if (!all || all->size() != 1) throw failed{"the webhook holds no publication"};
    const cloudlink::publication& told = all->front();
    const auto content = cloudlink::content_of(told, memory);
    const auto* const said = content ? std::get_if<cloudlink::message>(&*content) : nullptr;
    const auto subject = cloudlink::parse_subject(*told.subject);
    if (said == nullptr || *said->body != words || (*said->message_id).value != message)
        throw failed{"the webhook tells of another message"};
    if (subject.id_of("conversations") != conversation || subject.id() != message ||
        (*told.subscription->subscription_id).value != subscription)
        throw failed{"the webhook has another subject or subscription"};
    if (correlation_id(told).empty()) throw failed{"the webhook has no correlation id"};
    attempt(
        "webhook", "-",
        join(*told.method, " ", brief(subject.id_of("conversations")), ": \"", *said->body, "\""));
    remark("its signature is that of its bytes under Bob's application id");
}

/// The same webhook with one letter changed, and one without a signature.
void forge(const surroundings& around, webhook_receiver& hooks,
           const webhook_receiver::received& hook) {
    caller stranger{around.counts, around.choices};
    std::string changed = hook.body;
    changed[changed.find("Bob")] = 'R';
    const http::header headers[] = {
        {.name = "Content-Type", .value = "application/json"},
        {.name = stand_in::signature_header, .value = hook.signature, .is_secret = true}};
    http::request request{.method = http::method::post,
                          .origin = hooks.origin(),
                          .target = webhook_receiver::path,
                          .headers = headers,
                          .body = changed};
    stranger.send(request);
    stranger.require(stranger.last().status == 401, "a webhook that was changed is taken");
    stranger.tell("the same with one letter changed: refused");
    request.headers = {headers, 1};
    request.body = hook.body;
    stranger.send(request);
    stranger.require(stranger.last().status == 401, "a webhook without a signature is taken");
    stranger.tell("without its signature: refused");
    stranger.require(hooks.refused() == 2 && !hooks.wait(std::chrono::milliseconds{0}),
                     "a forged webhook came through");
}

/// The server counts a webhook when it has our answer, which may be after we have the webhook.
stand_in::state look_when_told(overseer& above) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    for (;;) {
        const stand_in::state now = above.look();
        if (*now.webhooks_taken + *now.webhooks_lost != 0 || std::chrono::steady_clock::now() > end)
            return now;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
}

void read_it(account& bob, account& dave, const std::string& conversation) {
    const cloudlink::conversation_id id{conversation};
    const auto page = bob.must(cloudlink::list_messages{.conversation_id = id});
    bob.require(items(page).size() == 1 && *items(page)[0].body == words,
                "Bob reads something else");
    bob.tell(join("Bob reads: \"", *items(page)[0].body, "\""));
    dave.must_sign_in();
    const auto got = dave.ask(cloudlink::view_conversation{.conversation_id = id});
    dave.require(got.refusal() != nullptr && got.refusal()->status == 404,
                 "Dave sees what is not his");
    dave.tell("Dave does not take part: for him there is no such conversation");
}

} // namespace

void talk(account& anna, account& bob, account& dave, const surroundings& around, overseer& above) {
    section("4. A conversation, and a webhook");
    const std::string application_id = random_id();
    webhook_receiver hooks{application_id};
    const std::string conversation = begin(anna, user_id_of(anna, "bob@example.com"));
    bob.must_sign_in();
    bob.tell("Bob signs in, too");
    const std::string subscription = subscribe(bob, hooks, application_id, conversation);
    const std::string message = post(anna, conversation);
    const auto hook = hooks.wait(std::chrono::seconds{10});
    if (!hook) throw failed{"no webhook within 10 seconds"};
    check_webhook(*hook, conversation, message, subscription);
    forge(around, hooks, *hook);
    read_it(bob, dave, conversation);
    bob.must(cloudlink::delete_subscription{.subscription_id =
                                                cloudlink::subscription_id{subscription}});
    bob.tell("no more webhooks");
    anna.must(cloudlink::delete_conversation{.conversation_id =
                                                 cloudlink::conversation_id{conversation}});
    anna.tell("and the conversation is gone");
    const stand_in::state after = look_when_told(above);
    above.require(*after.webhooks_taken == 1 && *after.webhooks_lost == 0 &&
                      *after.subscriptions == 0 && *after.conversations == 0,
                  "the server counts something else");
    above.tell("the server: one webhook taken, none lost");
}

} // namespace tour
