// The Chat API: every endpoint and member of the fact sheet's lists (B.3, C.6), its printed
// requests and answers, action cards, and its quirks.
#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <variant>

#include <tipring/auth/bearer.hpp>
#include <tipring/cloudlink/odata.hpp>
#include <tipring/json/print.hpp>
#include <tipring/server/cloudlink.hpp>
#include <tipring/tipring.hpp>

#include "api_tables.hpp"
#include "engines.hpp"
#include "json_tree.hpp"

namespace chat_tests {

/// What a sender puts into a tag.
struct echo {
    tipring::field<tipring::text> send_id{};
};
TIPRING_DESCRIBE(echo, TIPRING_MEMBER(send_id, "of the sender").named("sendId"));

} // namespace chat_tests

namespace {

using namespace tipring;
using namespace tipring::cloudlink;
using api_tables::head;
using api_tables::head_json;
using api_tables::sent;
using engines::read;
using memory = static_arena<32768>;

static_assert(!std::is_convertible_v<message_id, conversation_id>);
static_assert(!std::is_convertible_v<field<message_id>, field<conversation_id>>);

const http::header json_headers[] = {{.name = "Content-Type", .value = "application/json"}};

/// The operation that a server takes a request for.
template <class Op>
result<Op> received(const http::request& request, arena& room) {
    const auto op =
        server::cloudlink::parse<chat_operations>(request, room, {.prefix = "/2017-09-01"});
    if (!op) return op.error();
    REQUIRE(std::holds_alternative<Op>(*op));
    return std::get<Op>(*op);
}

/// What comes of an operation on its way from the client to the server, and there and back again.
template <class Op>
Op there_and_back(const Op& op, arena& room) {
    const auto first = encode(op, api_tables::production, room);
    REQUIRE(first);
    const auto got = received<Op>(*first, room);
    char line[200];
    REQUIRE_MESSAGE(got, describe(got.error(), line));
    const auto second = encode(*got, api_tables::production, room);
    REQUIRE(second);
    CHECK(api_tables::printed(*second) == api_tables::printed(*first));
    CHECK(*got == op);
    return *got;
}

template <class T>
std::string written(const T& value) {
    char buffer[8192];
    const auto text_of_it = json::encode(value, std::span<char>{buffer});
    REQUIRE(text_of_it);
    return std::string{*text_of_it};
}

/// The payload of the former version of the API (fact sheet I, V8).
const std::string v8 =
    R"({"visibility":"PUBLIC","languageCode":"en-US","createdOn":"2017-05-11T14:43:42.334Z",)"
    R"("modifiedOn":"2017-05-11T14:43:42.334Z","conversationId":"a29c6c0f-cb6e-41c7-a91b-51e23a172518",)"
    R"("accountId":"105990045","name":"10:30 AM Demo","createdBy":"a@example.com",)"
    R"("modifiedBy":"a@example.com","stream":true,"accessCode":"144823",)"
    R"("email":"conversations+a29c6c0f-cb6e-41c7-a91b-51e23a172518+105990045@example.com",)"
    R"("thumbnailUrl":"https://example.com/t.png",)"
    R"("_links":{"self":"/api/2016-12-31/conversations/a29c6c0f-cb6e-41c7-a91b-51e23a172518"},)"
    R"("_embedded":{"messages":{"count":1,"_links":{)"
    R"("self":"/api/2016-12-31/conversations/a29c6c0f-cb6e-41c7-a91b-51e23a172518/messages",)"
    R"("next":"/api/2016-12-31/conversations/a29c6c0f-cb6e-41c7-a91b-51e23a172518/messages?$skip=1&$top=1&$filter=conversationId eq 'a29c6c0f-cb6e-41c7-a91b-51e23a172518'"},)"
    R"("_embedded":{"items":[{"messageId":"07bd6d46-2849-479a-8f14-61f027e523de",)"
    R"("contentType":"text/html","createdOn":"2017-05-11T14:44:16.277Z",)"
    R"("conversationId":"a29c6c0f-cb6e-41c7-a91b-51e23a172518","accountId":"105990045",)"
    R"("body":"https://example.com/file (3).png","createdBy":"a@example.com"}]}},)"
    R"("participants":{"count":2,"_links":{"self":"/api/2016-12-31/conversations/a29c6c0f-cb6e-41c7-a91b-51e23a172518/participants"},)"
    R"("_embedded":{"items":[{"userId":"a@example.com","accountId":"105990045","status":"ACCEPTED",)"
    R"("conversationId":"a29c6c0f-cb6e-41c7-a91b-51e23a172518"},{"userId":"b@example.com",)"
    R"("accountId":"105990045","status":"INVITED","conversationId":"a29c6c0f-cb6e-41c7-a91b-51e23a172518"}]}}}})";

} // namespace

TEST_CASE("chat: the 14 endpoints of the fact sheet, with their evidence") {
    api_tables::check_endpoints<chat_operations>(
        {
            {"CH-1", "GET", "/conversations", "vendor_code"},
            {"CH-2", "POST", "/conversations", "official", 201},
            {"CH-3", "GET", "/conversations/{}", "documented"},
            {"CH-4", "DELETE", "/conversations/{}", "official"},
            {"CH-5", "GET", "/conversations/{}/participants", "vendor_code"},
            {"CH-6", "POST", "/conversations/{}/participants", "vendor_code", 201},
            {"CH-7", "GET", "/conversations/{}/messages", "vendor_code"},
            {"CH-8", "POST", "/conversations/{}/messages", "official", 201},
            {"CH-9", "POST", "/conversations/{}/attachments", "vendor_code", 201},
            {"CH-10", "GET", "/conversations/{}/attachments/{}", "vendor_code"},
            {"CH-11", "GET", "/conversations/{}/attachments/{}/content", "vendor_code"},
            {"CH-12", "PUT", "/conversations/{}/attachments/{}/content", "vendor_code"},
            {"CH-13", "GET", "/users/me/conversations", "vendor_code"},
            {"CH-14", "GET", "/accounts/{}", "vendor_code"},
        },
        service::chat);
}

TEST_CASE("chat: the members of its types") {
    api_tables::check_members<conversation>({
        {"conversationId", "text", "rl"},
        {"accountId", "text", "rl"},
        {"name", "text"},
        {"visibility", "text"},
        {"languageCode", "text"},
        {"stream", "boolean", "l"},
        {"hidden", "boolean", "l"},
        {"generateSystemMessages", "boolean", "l"},
        {"originalParticipants", "array"},
        {"participants", "array"},
        {"accessCode", "text", "rl"},
        {"email", "text", "r"},
        {"thumbnailUrl", "text"},
        {"createdOn", "text", "r"},
        {"modifiedOn", "text", "r"},
        {"createdBy", "text", "rl"},
        {"modifiedBy", "text", "rl"},
        {"_links", "object", "r"},
        {"_embedded", "object", "r"},
    });
    api_tables::check_members<conversation_content>(
        {{"messages", "object"}, {"participants", "object"}});
    api_tables::check_members<conversation_participant>({
        {"type", "text"},
        {"participantId", "text", "l"},
        {"userId", "text", "rl"},
        {"accountId", "text", "rl"},
        {"status", "text", "r"},
        {"conversationId", "text", "rl"},
        {"_links", "object", "r"},
    });
    api_tables::check_members<cloudlink::message>({
        {"messageId", "text", "rl"},
        {"conversationId", "text", "rl"},
        {"accountId", "text", "rl"},
        {"body", "text"},
        {"contentType", "text"},
        {"fallbackText", "text"},
        {"tag", "text"},
        {"createdOn", "text", "r"},
        {"createdBy", "text", "rl"},
        {"_links", "object", "r"},
    });
    api_tables::check_members<attachment>({
        {"attachmentId", "text", "rl"},
        {"conversationId", "text", "rl"},
        {"name", "text"},
        {"type", "text"},
        {"createdOn", "text", "r"},
        {"createdBy", "text", "rl"},
        {"_links", "object", "r"},
    });
    api_tables::check_members<action_card>({
        {"bodyContentType", "text"},
        {"headerImageUrl", "text"},
        {"body", "text"},
        {"buttons", "array"},
    });
    api_tables::check_members<card_button>(
        {{"title", "text"}, {"action", "text"}, {"payload", "text"}, {"targetUrl", "text"}});
}

TEST_CASE("chat: the printed requests, V6, V7, V17, V22") {
    const conversation_id room{"a29c6c0f-cb6e-41c7-a91b-51e23a172518"};
    const std::string chat = "https://chat.api.mitel.io/2017-09-01";
    CHECK(
        sent(create_message{.conversation_id = room,
                            .message =
                                cloudlink::message{.body = "Hello World.",
                                                   .content_type = message_content_type::plain_text,
                                                   .fallback_text = "Something went wrong"}}) ==
        "POST " + chat + "/conversations/a29c6c0f-cb6e-41c7-a91b-51e23a172518/messages" +
            head_json +
            R"({"body":"Hello World.","contentType":"text/plain","fallbackText":"Something went wrong"})");
    const conversation_participant two[] = {
        {.type = conversation_participant_type::user, .participant_id = participant_id{"ID1"}},
        {.type = conversation_participant_type::user, .participant_id = participant_id{"ID2"}}};
    CHECK(
        sent(create_conversation{.conversation = conversation{.stream = false,
                                                              .hidden = true,
                                                              .generate_system_messages = false,
                                                              .original_participants = two}}) ==
        "POST " + chat + "/conversations" + head_json +
            R"({"stream":false,"hidden":true,"generateSystemMessages":false,"originalParticipants":)"
            R"([{"type":"USER","participantId":"ID1"},{"type":"USER","participantId":"ID2"}]})");
    const text legacy[] = {"user@example.com"};
    CHECK(sent(create_conversation{.conversation = conversation{.participants = legacy}}) ==
          "POST " + chat + "/conversations" + head_json +
              R"({"participants":["user@example.com"]})");
    CHECK(
        sent(create_message{
            .conversation_id = room,
            .message =
                cloudlink::message{.body = "hi",
                                   .content_type = message_content_type::plain_text,
                                   .tag =
                                       R"({"sendId":"6e5b8391-fbf2-4806-b1dd-4a389d634562"})"}}) ==
        "POST " + chat + "/conversations/a29c6c0f-cb6e-41c7-a91b-51e23a172518/messages" +
            head_json +
            R"({"body":"hi","contentType":"text/plain","tag":"{\"sendId\":\"6e5b8391-fbf2-4806-b1dd-4a389d634562\"}"})");
    CHECK(sent(list_conversations{}) == "GET " + chat + "/conversations" + head);
    CHECK(sent(view_conversation{.conversation_id = room}) ==
          "GET " + chat + "/conversations/a29c6c0f-cb6e-41c7-a91b-51e23a172518" + head);
    CHECK(
        sent(list_conversations{.query = {.filter = properties::conversations::stream == false}}) ==
        "GET " + chat + "/conversations?$filter=stream%20eq%20false" + head);
    CHECK(sent(list_my_conversations{.query = {.top = 5}}) ==
          "GET " + chat + "/users/me/conversations?$top=5" + head);
    CHECK(sent(delete_conversation{.conversation_id = conversation_id{"a/b"}}) ==
          "DELETE " + chat + "/conversations/a%2Fb" + head);
}

TEST_CASE("chat: V8, a conversation with its last message and participants, by every engine") {
    memory room;
    const auto got = read<conversation>(v8, room);
    REQUIRE(got);
    CHECK(*got->conversation_id == conversation_id{"a29c6c0f-cb6e-41c7-a91b-51e23a172518"});
    CHECK(*got->visibility == conversation_visibility::public_);
    CHECK(*got->stream);
    CHECK(*got->created_by == user_id{"a@example.com"});
    CHECK(*got->access_code == "144823");
    CHECK(got->hidden.is_absent());
    const auto messages = items(*got->embedded->messages);
    REQUIRE(messages.size() == 1);
    CHECK(*messages[0].content_type == message_content_type::html);
    CHECK(*messages[0].body == "https://example.com/file (3).png");
    CHECK(
        next_link(*got->embedded->messages).ends_with("eq 'a29c6c0f-cb6e-41c7-a91b-51e23a172518'"));
    const auto people = items(*got->embedded->participants);
    REQUIRE(people.size() == 2);
    CHECK(*people[0].status == participation_status::accepted);
    CHECK(*people[1].status == participation_status::invited);
    CHECK(json_tree::equal(written(*got), v8));

    // In a list, and as the answer of the operations that have it.
    const std::string page = R"({"count":1,"_links":{"self":"/2017-09-01/conversations"},)"
                             R"("_embedded":{"items":[)" +
                             v8 + "]}}";
    const auto listed = decode<list_conversations>(
        http::response{.status = 200, .headers = json_headers, .body = page}, room);
    REQUIRE(listed);
    REQUIRE(items(*listed).size() == 1);
    CHECK(items(*listed)[0] == *got);
    const auto made = decode<create_conversation>(
        http::response{.status = 200, .headers = json_headers, .body = v8}, room);
    REQUIRE(made);
    CHECK(*made == *got);
    const auto answered = server::respond<create_conversation>(*got, room);
    REQUIRE(answered);
    CHECK(answered->status == 201);
    CHECK(json_tree::equal(answered->body, v8));
}

TEST_CASE("chat: what the client sends is what the server reads, for each operation") {
    memory room;
    const conversation_id talk{"a b/c"};
    const conversation_participant guest{.type = conversation_participant_type::user,
                                         .participant_id = participant_id{"ID1"}};
    there_and_back(list_conversations{.query = {.skip = 2, .top = 5, .expand = "tags"}}, room);
    there_and_back(list_my_conversations{.query = {.top = 5}}, room);
    there_and_back(create_conversation{.conversation = conversation{.name = "n", .stream = true}},
                   room);
    there_and_back(view_conversation{.conversation_id = talk}, room);
    there_and_back(delete_conversation{.conversation_id = talk}, room);
    there_and_back(list_conversation_participants{.conversation_id = talk}, room);
    there_and_back(add_conversation_participant{.conversation_id = talk, .participant = guest},
                   room);
    there_and_back(list_messages{.conversation_id = talk, .query = {.skiptoken = "a/b=="}}, room);
    there_and_back(create_message{.conversation_id = talk,
                                  .message = cloudlink::message{.body = "\xC3\xA9\n"}},
                   room);
    there_and_back(
        create_attachment{.conversation_id = talk,
                          .attachment = attachment{.name = "a.png", .type = "image/png"}},
        room);
    there_and_back(view_attachment{.conversation_id = talk, .attachment_id = attachment_id{"7"}},
                   room);
    there_and_back(
        download_attachment{.conversation_id = talk, .attachment_id = attachment_id{"7"}}, room);
    there_and_back(view_chat_account{.account_id = account_id{"105990045"}}, room);
    const text bytes{"\x89PNG\r\n\x1A\n\0{\"", 11};
    const auto file = there_and_back(upload_attachment{.conversation_id = talk,
                                                       .name = "file (3).png",
                                                       .content_type = "image/png",
                                                       .content = bytes},
                                     room);
    CHECK(*file.content == bytes);
    CHECK(sent(file).starts_with("PUT https://chat.api.mitel.io/2017-09-01/conversations/a%20b%2Fc/"
                                 "attachments/file%20%283%29.png/content\n"));
    // An empty file is one.
    there_and_back(
        upload_attachment{
            .conversation_id = talk, .name = "x", .content_type = "text/plain", .content = ""},
        room);
    CHECK(encode(upload_attachment{.conversation_id = talk, .name = "x", .content = bytes},
                 api_tables::production, room)
              .code() == errc::missing_parameter);
}

TEST_CASE("chat: a file comes as it is, and what is kept of an account as it is written") {
    memory room;
    const http::header png[] = {{.name = "Content-Type", .value = "image/png"}};
    const auto file = decode<download_attachment>(
        http::response{.status = 200, .headers = png, .body = "{\"message\""}, room);
    REQUIRE(file);
    CHECK(file->bytes == "{\"message\"");
    CHECK(file->content_type == "image/png");
    const auto account = decode<view_chat_account>(
        http::response{
            .status = 200, .headers = json_headers, .body = R"({"accountId":105990045})"},
        room);
    REQUIRE(account);
    CHECK(account->content->find("accountId").value == "105990045");
}

TEST_CASE("Q-6: the guide's Create Message body is no JSON; what is written is") {
    memory room;
    const std::string repaired =
        R"({"body":"Hello World.","contentType":"text/plain","fallbackText":"Something went wrong"})";
    REQUIRE(read<cloudlink::message>(repaired, room));
    const std::string comma_missing =
        R"({ "body": "Hello World.", "contentType": "text/plain"   "fallbackText": "Something went wrong" })";
    const std::string comma_too_many =
        R"({ "body": "Hello World.", "contentType": "text/plain",   "fallbackText": "Something went wrong", })";
    const std::string printed =
        R"({ "body": "Hello World.", "contentType": "text/plain"   "fallbackText": "Something went wrong", })";
    for (const std::string& broken : {comma_missing, comma_too_many, printed}) {
        CHECK(read<cloudlink::message>(broken, room).code() == errc::invalid_json);
        const auto refused =
            received<create_message>({.method = http::method::post,
                                      .target = "/2017-09-01/conversations/7/messages",
                                      .headers = json_headers,
                                      .body = broken},
                                     room);
        CHECK(refused.code() == errc::invalid_json);
        CHECK(refused.error().offset ==
              json::decode<cloudlink::message>(text{broken}, room).error().offset);
    }
    CHECK(written(*read<cloudlink::message>(repaired, room)) == repaired);
}

TEST_CASE("Q-10: Content-Type only with a body, Accept always") {
    const std::string without = sent(view_conversation{.conversation_id = conversation_id{"7"}});
    CHECK(without.find("Content-Type") == std::string::npos);
    CHECK(without.find("\nAccept: application/json\n") != std::string::npos);
    const std::string with = sent(create_message{.conversation_id = conversation_id{"7"},
                                                 .message = cloudlink::message{.body = "x"}});
    CHECK(with.find("\nContent-Type: application/json\n") != std::string::npos);
    CHECK(with.find("\nAccept: application/json\n") != std::string::npos);
    // Of a file it is the file's, once.
    const std::string file = sent(upload_attachment{.conversation_id = conversation_id{"7"},
                                                    .name = "a",
                                                    .content_type = "audio/wav",
                                                    .content = "RIFF"});
    CHECK(file.find("\nContent-Type: audio/wav\n") != std::string::npos);
    CHECK(file.find("Content-Type") == file.rfind("Content-Type"));
}

TEST_CASE("Q-11: media types are compared without case and parameters, in requests and answers") {
    memory room;
    for (const text type : {text{"application/JSON"}, text{"Application/json; charset=UTF-8"},
                            text{"application/json"}}) {
        const http::header headers[] = {{.name = "content-type", .value = type}};
        const auto got = received<create_message>({.method = http::method::post,
                                                   .target = "/2017-09-01/conversations/7/messages",
                                                   .headers = headers,
                                                   .body = R"({"body":"x"})"},
                                                  room);
        REQUIRE(got);
        CHECK(*got->message->body == "x");
        CHECK(decode<create_message>(
            http::response{.status = 201, .headers = headers, .body = R"({"messageId":"7"})"},
            room));
    }
    const http::header wrong[] = {{.name = "Content-Type", .value = "text/plain"}};
    CHECK(received<create_message>({.method = http::method::post,
                                    .target = "/2017-09-01/conversations/7/messages",
                                    .headers = wrong,
                                    .body = R"({"body":"x"})"},
                                   room)
              .code() == errc::unexpected_content_type);
}

TEST_CASE("Q-12: the method is open: PATCH is one, and what chat has not is refused by name") {
    memory room;
    CHECK(http::name(http::method::patch) == "PATCH");
    CHECK(http::parse_method("PATCH") == http::method::patch);
    const auto refused = server::cloudlink::parse<chat_operations>(
        {.method = http::method::patch, .target = "/2017-09-01/conversations"}, room,
        {.prefix = "/2017-09-01"});
    CHECK(refused.code() == errc::method_not_allowed);
}

TEST_CASE("Q-14: contentType of a message has nothing to do with Content-Type of its request") {
    for (const auto type : {message_content_type::plain_text, message_content_type::html,
                            message_content_type::action_card}) {
        const std::string request =
            sent(create_message{.conversation_id = conversation_id{"7"},
                                .message = cloudlink::message{.body = "x", .content_type = type}});
        CHECK(request.find("\nContent-Type: application/json\n") != std::string::npos);
        CHECK(request.find("\"contentType\":\"" + std::string{open{type}.value} + "\"") !=
              std::string::npos);
    }
    memory room;
    // One that nobody knows yet survives.
    const auto unknown = read<cloudlink::message>(R"({"contentType":"text/markdown"})", room);
    REQUIRE(unknown);
    CHECK(!unknown->content_type->known());
    CHECK(written(*unknown) == R"({"contentType":"text/markdown"})");
}

TEST_CASE("Q-28: what a deletion answers is taken, and not asked for") {
    memory room;
    const http::header plain[] = {{.name = "Content-Type", .value = "text/plain"}};
    struct row {
        int status;
        std::span<const http::header> headers;
        text body;
    };
    const row rows[] = {{200, json_headers, R"({"conversationId":"7"})"},
                        {200, json_headers, "[]"},
                        {200, plain, "OK"},
                        {200, {}, ""},
                        {202, {}, ""},
                        {204, {}, ""}};
    for (const row& each : rows) {
        const auto got = decode<delete_conversation>(
            http::response{.status = each.status, .headers = each.headers, .body = each.body},
            room);
        REQUIRE(got);
        CHECK(got.response().body == each.body);
    }
    const auto refused = decode<delete_conversation>(
        http::response{.status = 404,
                       .headers = json_headers,
                       .body = R"({"name":"NotFoundError","message":"no such conversation"})"},
        room);
    REQUIRE(refused.refusal() != nullptr);
    CHECK(refused.refusal()->code == "NotFoundError");
}

TEST_CASE("Q-30: servers take a token without `Bearer `, clients always send it") {
    CHECK(sent(list_conversations{}).find("\nAuthorization: Bearer t0ken\n") != std::string::npos);
    for (const text value : {text{"Bearer t0ken"}, text{"bearer  t0ken"}, text{"t0ken"}}) {
        const auto token = auth::parse_bearer(value, true);
        REQUIRE(token);
        CHECK(token->reveal() == "t0ken");
    }
    CHECK(auth::parse_bearer("t0ken").code() == errc::bad_header);
    CHECK(auth::parse_bearer("Basic dTpw", true).code() == errc::bad_header);
}

TEST_CASE("Q-37: a slash at the end is never written, and passed over when reading") {
    memory room;
    CHECK(sent(list_conversations{}).find("/conversations/") == std::string::npos);
    const auto list =
        received<list_conversations>({.target = "/2017-09-01/conversations/?$top=2"}, room);
    REQUIRE(list);
    CHECK(list->query.top == 2);
    const auto one = received<view_conversation>({.target = "/2017-09-01/conversations/7/"}, room);
    REQUIRE(one);
    CHECK(one->conversation_id == conversation_id{"7"});
}

TEST_CASE("Q-38: a message's tag is text; what is in it is read and written by helpers") {
    memory room;
    const std::string v17 =
        R"({"body":"hi","contentType":"text/plain","tag":"{\"sendId\":\"6e5b8391-fbf2-4806-b1dd-4a389d634562\"}"})";
    const auto got = read<cloudlink::message>(v17, room);
    REQUIRE(got);
    CHECK(*got->tag == R"({"sendId":"6e5b8391-fbf2-4806-b1dd-4a389d634562"})");
    const auto echo = read_json_text<chat_tests::echo>(*got->tag, room);
    REQUIRE(echo);
    CHECK(*echo->send_id == "6e5b8391-fbf2-4806-b1dd-4a389d634562");
    const auto tag = write_json_text(*echo, room);
    REQUIRE(tag);
    CHECK(*tag == *got->tag);
    CHECK(written(cloudlink::message{
              .body = "hi", .content_type = message_content_type::plain_text, .tag = *tag}) == v17);
    // Any text is a tag.
    const auto free = read<cloudlink::message>(R"({"tag":"42 is no object"})", room);
    REQUIRE(free);
    CHECK(read_json_text<chat_tests::echo>(*free->tag, room).code() == errc::expected_object);
    CHECK(json::make_raw_json(*free->tag).code() == errc::trailing_text);
    // What is missing of the arena is told exactly.
    for (std::size_t size = 0; size < tag->size(); ++size) {
        std::byte bytes[64];
        arena tight{std::span<std::byte>{bytes, size}};
        const auto refused = write_json_text(*echo, tight);
        CHECK(refused.code() == errc::capacity);
        CHECK(refused.error().needed == tag->size());
        CHECK(tight.used() == 0);
    }
}

TEST_CASE("action cards: V18, from a card to a message and back") {
    memory room;
    const std::string v18 =
        R"({"body":"{\"bodyContentType\":\"text/html\",\"body\":\"Hello\",\"buttons\":[{\"title\":\"Reset\",\"action\":\"post-message\",\"payload\":\"Reset\"}]}",)"
        R"("contentType":"application/vnd.mitel.action-card","fallbackText":"Hello"})";
    const card_button buttons[] = {
        {.title = "Reset", .action = card_action::post_message, .payload = "Reset"}};
    const action_card card{.body_content_type = "text/html", .body = "Hello", .buttons = buttons};
    const auto made = card_message(card, "Hello", room);
    REQUIRE(made);
    CHECK(written(*made) == v18);
    CHECK(card_message(card, {}, room)->fallback_text.is_absent());

    const auto got = read<cloudlink::message>(v18, room);
    REQUIRE(got);
    CHECK(is_action_card(*got));
    const auto back = read_card(*got, room);
    REQUIRE(back);
    CHECK(*back == card);
#if TIPRING_TEST_BOOST
    const auto other = read_card<json::boost_engine>(*got, room);
    REQUIRE(other);
    CHECK(*other == card);
#endif
    CHECK(*back->buttons->front().action == card_action::post_message);
    // The sample of an integrator: a link, and nothing else.
    const cloudlink::message link{
        .body = R"({"buttons":[{"targetUrl":"_top|https://x/","action":"open-link","title":"T"}]})",
        .content_type = open<message_content_type>{"Application/VND.mitel.action-card; v=1"}};
    const auto opened = read_card(link, room);
    REQUIRE(opened);
    CHECK(*opened->buttons->front().action == card_action::open_link);
    CHECK(*opened->buttons->front().target_url == "_top|https://x/");
}

TEST_CASE("action cards: what is none is said") {
    memory room;
    CHECK(read_card(cloudlink::message{.body = "{}", .content_type = message_content_type::html},
                    room)
              .code() == errc::unexpected_content_type);
    CHECK(read_card(cloudlink::message{.body = "{}"}, room).code() ==
          errc::unexpected_content_type);
    const auto empty =
        read_card(cloudlink::message{.content_type = message_content_type::action_card}, room);
    CHECK(empty.code() == errc::missing_member);
    char line[100];
    CHECK(describe(empty.error(), line) == "body: a required member is missing");
    const auto broken =
        read_card(cloudlink::message{.body = R"({"buttons":[{"title":7}]})",
                                     .content_type = message_content_type::action_card},
                  room);
    CHECK(describe(broken.error(), line) == "buttons[0].title: expected string (at byte 21)");
    const action_card bad{.body = "\xFF"};
    const std::size_t before = room.used();
    CHECK(card_message(bad, "x", room).code() == errc::invalid_utf8);
    CHECK(room.used() == before);
}
