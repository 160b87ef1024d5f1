// The Workflow API: endpoints and members of the fact sheet's lists (B.6, C.11), the printed start
// of a flow, chat activities, and what a log may show of them.
#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include <tipring/http/log.hpp>
#include <tipring/json/print.hpp>
#include <tipring/server/cloudlink.hpp>
#include <tipring/tipring.hpp>

#include "api_tables.hpp"
#include "engines.hpp"
#include "json_tree.hpp"

namespace {

using namespace tipring;
using namespace tipring::cloudlink;
using api_tables::sent;
using engines::read;
using memory = static_arena<16384>;

const std::string workflow = "https://workflow.api.mitel.io/2017-09-01";
const std::string introduction = "x-mitel-app: app=tipring-test/1.0;platform=linux/6.1;"
                                 "session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;\n\n";

const start_workflow v20{
    .activity_id = workflow_activity_id{"c0313d39-aaec-40a4-bf17-1881a7ae4a99"},
    .account_id = account_id{"105990045"},
    .shared_secret = secret{"welcome1"},
    .inputs =
        raw_json{R"({"contacts":["a@example.com"],"operation":"startChat","chatMessage":"hi"})"},
    .throughputs = raw_json{"{}"}};

template <class Op>
Op there_and_back(const Op& op, arena& room) {
    const auto request = encode(op, api_tables::production, room);
    REQUIRE(request);
    const auto got =
        server::cloudlink::parse<workflow_operations>(*request, room, {.prefix = "/2017-09-01"});
    REQUIRE(got);
    REQUIRE(std::holds_alternative<Op>(*got));
    return std::get<Op>(*got);
}

/// As R6 prints it: a handoff with what was said before.
const std::string handoff =
    R"({"type":"handoff","from":{"id":"81af249a","name":"User","role":"user"},)"
    R"("conversation":{"id":"b3bb18d0|livechat"},"transcript":[{"from":{"id":"81af249a","name":"User",)"
    R"("role":"user"},"to":{"id":"969d3fa0","name":"Bot","role":"bot"},"text":"hi 1",)"
    R"("textFormat":"plain","timestamp":"2024-07-04T17:42:00.359Z"}],"custom":{"topic":["a",1]}})";
const std::string said =
    R"({"type":"message","text":"hi 1","textFormat":"plain","from":{"id":"81af249a","name":"User",)"
    R"("role":"user"},"recipient":{"id":"969d3fa0","name":"Bot","role":"bot"},)"
    R"("conversation":{"id":"b3bb18d0|livechat"},"timestamp":"2024-07-04T17:42:00.359Z",)"
    R"("attachements":[{"name":"a.png","contentType":"image/png","contentUrl":"https://x/a.png"}]})";
const std::string came =
    R"({"type":"conversationUpdate","conversation":{"id":"b3bb18d0|livechat"},)"
    R"("membersAdded":[{"id":"969d3fa0","name":"Agent","role":"agent"}],"membersRemoved":[]})";

} // namespace

TEST_CASE("workflow: the endpoints of the fact sheet") {
    api_tables::check_endpoints<workflow_operations>(
        {
            {"WF-1", "POST", "/webhooks/activities/{}/workers", "vendor_code", 202},
            {"WF-2", "POST", "/webhooks/accounts/{}/workers", "official"},
            {"WF-3", "GET", "/integrations/salesforce/sso", "official"},
        },
        service::workflow);
}

TEST_CASE("workflow: the members of a chat activity") {
    api_tables::check_members<chat_activity>({
        {"type", "text"},
        {"text", "text"},
        {"textFormat", "text"},
        {"from", "object"},
        {"recipient", "object"},
        {"conversation", "object"},
        {"timestamp", "text"},
        {"membersAdded", "array"},
        {"membersRemoved", "array"},
        {"attachements", "array"},
        {"transcript", "array"},
        {"custom", "raw"},
    });
    api_tables::check_members<chat_member>({{"id", "text"}, {"name", "text"}, {"role", "text"}});
    api_tables::check_members<chat_reference>({{"id", "text"}});
    api_tables::check_members<chat_file>(
        {{"name", "text"}, {"contentType", "text"}, {"contentUrl", "text"}});
    api_tables::check_members<chat_transcript_line>({{"from", "object"},
                                                     {"to", "object"},
                                                     {"text", "text"},
                                                     {"textFormat", "text"},
                                                     {"timestamp", "text"}});
}

TEST_CASE("workflow: the printed start of a flow, V20, without a token") {
    CHECK(sent(v20) == "POST " + workflow +
                           "/webhooks/activities/c0313d39-aaec-40a4-bf17-1881a7ae4a99/workers"
                           "\nAccept: application/json\nContent-Type: application/json"
                           "\nx-mitel-accountid: 105990045\nx-mitel-shared-secret: welcome1\n" +
                           introduction +
                           R"({"inputs":{"contacts":["a@example.com"],"operation":"startChat",)"
                           R"("chatMessage":"hi"},"throughputs":{}})");
    memory room;
    const auto request = encode(v20, api_tables::production, room);
    REQUIRE(request);
    CHECK(request->find("Authorization") == nullptr);
    CHECK(request->find("x-mitel-shared-secret")->is_secret);
    const start_workflow got = there_and_back(v20, room);
    CHECK(got.shared_secret->reveal() == "welcome1");
    CHECK(*got.account_id == account_id{"105990045"});
    CHECK(got.inputs->value == v20.inputs->value);
    for (const int status : {200, 202}) {
        const auto answered = decode<start_workflow>(http::response{.status = status}, room);
        CHECK(answered);
        CHECK(is_pending(answered.response()) == (status == 202));
    }
    CHECK(server::respond<start_workflow>({}, room)->status == 202);
    for (const start_workflow& bad :
         {start_workflow{.activity_id = workflow_activity_id{"a"}, .account_id = account_id{"1"}},
          start_workflow{.activity_id = workflow_activity_id{"a"}, .shared_secret = secret{"s"}}})
        CHECK(encode(bad, api_tables::production, room).code() == errc::missing_parameter);
    start_workflow split = v20;
    split.shared_secret = secret{"s\r\nx: y"};
    CHECK(encode(split, api_tables::production, room).code() == errc::bad_header);
}

TEST_CASE("workflow: chat activities as the vendor prints them, by every engine") {
    memory room;
    for (const std::string& body : {handoff, said, came, std::string{R"({"type":"typing"})"}}) {
        const auto got = read<chat_activity>(body, room);
        REQUIRE(got);
        char buffer[2000];
        const auto again = json::encode(*got, std::span<char>{buffer});
        REQUIRE(again);
        CHECK(json_tree::equal(*again, body));
        const auto back =
            there_and_back(send_chat_activity{.webhook_id = "a b", .activity = *got}, room);
        CHECK(*back.activity == *got);
        CHECK(back.webhook_id == "a b");
    }
    const auto asked = read<chat_activity>(handoff, room);
    CHECK(*asked->type == chat_activity_type::handoff);
    CHECK(*asked->transcript->front().said == "hi 1");
    CHECK(*asked->transcript->front().text_format == chat_text_format::plain);
    CHECK(*asked->transcript->front().to->role == chat_role::bot);
    CHECK(asked->custom->find("topic").value == R"(["a",1])");
    const auto joined = read<chat_activity>(came, room);
    CHECK(*joined->type == chat_activity_type::conversation_update);
    CHECK(*joined->members_added->front().role == chat_role::agent);
    CHECK(joined->members_removed->empty());
    CHECK(sent(send_chat_activity{.webhook_id = "w",
                                  .activity = chat_activity{.type = chat_activity_type::typing}}) ==
          "POST " + workflow +
              "/webhooks/accounts/w/workers\nAccept: application/json\nContent-Type: "
              "application/json\n" +
              introduction + R"({"type":"typing"})");
    CHECK(sent(finish_salesforce_sign_in{.code = secret{"c"}, .state = "s"}) ==
          "GET " + workflow +
              "/integrations/salesforce/sso?code=c&state=s\nAccept: "
              "application/json\n" +
              introduction);
    const auto finished =
        there_and_back(finish_salesforce_sign_in{.code = secret{"c"}, .state = "s"}, room);
    CHECK(finished.code->reveal() == "c");
}

TEST_CASE("Q-33: attachements are spelt as the wire spells them, the right spelling is read too") {
    memory room;
    const chat_file files[] = {{.name = "a.png"}};
    char buffer[200];
    CHECK(*json::encode(chat_activity{.attachments = files}, std::span<char>{buffer}) ==
          R"({"attachements":[{"name":"a.png"}]})");
    const auto printed = read<chat_activity>(R"({"attachements":[{"name":"a.png"}]})", room);
    const auto right = read<chat_activity>(R"({"attachments":[{"name":"a.png"}]})", room);
    REQUIRE(printed);
    REQUIRE(right);
    CHECK(*printed == *right);
    CHECK(*printed->attachments->front().name == "a.png");
}

TEST_CASE("log: what of CloudLink says nothing about people or secrets, and what does") {
    memory room;
    const auto line_of = [](const auto& message, const http::log_policy& policy = {}) {
        char bytes[2000];
        writer out{bytes};
        http::print_redacted(message, out, policy);
        return std::string{out.written()};
    };
    const auto request = encode(v20, api_tables::production, room);
    REQUIRE(request);
    CHECK(line_of(*request) ==
          "POST https://workflow.api.mitel.io/2017-09-01/webhooks/activities/"
          "c0313d39-aaec-40a4-bf17-1881a7ae4a99/workers [Accept: application/json] "
          "[Content-Type: application/json] [x-mitel-accountid: REDACTED] "
          "[x-mitel-shared-secret: REDACTED] [x-mitel-app: REDACTED] body: " +
              std::to_string(request->body.size()) + " bytes");
    // Not even when somebody lists it, in any case.
    constexpr text all[] = {"X-Mitel-Shared-Secret"};
    const http::header secrets[] = {{.name = "X-MITEL-shared-secret", .value = "welcome1"}};
    CHECK(line_of(http::request{.headers = secrets}, {.header_names = all}).find("welcome1") ==
          std::string::npos);
    const http::header answered[] = {
        {.name = "X-Mitel-Correlation-Id", .value = "b036edf6-a6e3-42ee-b7d8-9436c3e3631f"}};
    CHECK(line_of(http::response{.status = 404, .headers = answered}) ==
          "404 [X-Mitel-Correlation-Id: b036edf6-a6e3-42ee-b7d8-9436c3e3631f] body: 0 bytes");
    CHECK(line_of(http::request{
              .target = "/users?$top=5&$skip=2&$orderby=name&$expand=tags&$count=true&$select=email"
                        "&$filter=email%20eq%20%27a%27&$search=bob&$skiptoken=a&containsAll=b"}) ==
          "GET /users?$top=5&$skip=2&$orderby=name&$expand=tags&$count=true&$select=email"
          "&$filter=REDACTED&$search=REDACTED&$skiptoken=REDACTED&containsAll=REDACTED body: 0 "
          "bytes");
    const auto sso = encode(finish_salesforce_sign_in{.code = secret{"c0de"}, .state = "st4te"},
                            api_tables::production, room);
    REQUIRE(sso);
    CHECK(line_of(*sso).find("c0de") == std::string::npos);
    CHECK(line_of(*sso).find("st4te") == std::string::npos);
}
