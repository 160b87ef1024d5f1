// CloudLink's Media API: operations and members against tables typed from the fact sheet (B.4,
// C.7), the requests of its part I, answers, ranges, and the quirks that belong here.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include <tipring/http/paging.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/json/print.hpp>
#include <tipring/server/cloudlink.hpp>

#include "no_heap.hpp"

namespace {

using namespace tipring;
using namespace tipring::cloudlink;
using memory = static_arena<32768>;

const platform production{
    .app = {.name = "x-mitel-app",
            .value = "app=tipring-test/1.0;platform=linux/"
                     "6.1;session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;"},
    .authorization = {.name = "Authorization", .value = "Bearer t0ken", .is_secret = true}};

const endpoint_id desk{"2001"};
const call_id the_call{"33656066"};
const conference_id the_conference{"c1"};
const participant_id somebody{"p1"};
const recording_id the_recording{"r1"};

std::string line_of(const error& failure) {
    char buffer[256];
    return std::string{describe(failure, buffer)};
}

/// `PUT https://host/path?query body`.
template <class Op>
std::string request_of(const Op& op, const platform& cloud = production) {
    memory room;
    no_heap_guard guard;
    const auto made = encode(op, cloud, room);
    const std::size_t allocations = guard.stop();
    CHECK(allocations == 0);
    if (!made) return line_of(made.error());
    std::string line = std::string{http::name(made->method)} + " " + std::string{made->origin} +
                       std::string{made->target};
    if (!made->body.empty()) line += " " + std::string{made->body};
    return line;
}
/// The same without the host of production.
template <class Op>
std::string local(const Op& op) {
    constexpr text host = "https://media.api.mitel.io/2017-09-01";
    std::string line = request_of(op);
    if (const std::size_t at = line.find(host); at != std::string::npos)
        line.erase(at, host.size());
    return line;
}

result<server::operation_in<media_operations>> received(const http::request& from, arena& room) {
    return server::cloudlink::parse<media_operations>(from, room, {.prefix = "/2017-09-01"});
}
/// What a server makes of a request with a JSON body.
result<server::operation_in<media_operations>> received(http::method method, text target, text body,
                                                        arena& room) {
    static const http::header json_body[] = {{.name = "Content-Type", .value = "application/json"}};
    return received({.method = method, .target = target, .headers = json_body, .body = body}, room);
}

/// From a client to a server.
template <class Op>
Op round_trip(const Op& op, arena& room) {
    const auto made = encode(op, production, room);
    REQUIRE_MESSAGE(made, line_of(made.error()));
    const auto back = received(*made, room);
    REQUIRE_MESSAGE(back, line_of(back.error()));
    REQUIRE(std::holds_alternative<Op>(*back));
    return std::get<Op>(*back);
}
template <class Op>
void check_identity(const Op& op) {
    memory room;
    CAPTURE(http::operation_of<Op>.name);
    CHECK(json::equal(round_trip(op, room), op));
}

template <class Op>
http::answer<typename Op::answer> answer_of(text body, arena& room, int status = 200) {
    return decode<Op>(http::response{.status = status, .body = body}, room);
}

template <class T>
std::string write(const T& value) {
    static char buffer[16384];
    const auto written = json::encode(value, buffer, {.audience = json::audience::client});
    return written ? std::string{*written} : line_of(written.error());
}

template <class... Ops, class Function>
void for_all(http::operation_list<Ops...>, const Function& run) {
    (run(std::type_identity<Ops>{}), ...);
}

/// Of a type: the wire names and what they are, in the order of the names.
template <class T>
std::vector<std::string> members() {
    constexpr text kinds[] = {"str",  "json",   "num",  "int", "code",
                              "bool", "object", "list", "map", "custom"};
    std::vector<std::string> found;
    for (const json::description& d : json::detail::descriptions_of<T>) {
        if (d.facts.has(json::in_path) || d.facts.has(json::in_query)) continue;
        std::string line = std::string{d.name} + " ";
        if (d.known_count != 0)
            line += "enum";
        else if (d.facts.has(json::is_secret))
            line += "secret";
        else
            line += kinds[static_cast<std::size_t>(d.facts.kind)];
        found.push_back(line);
    }
    std::sort(found.begin(), found.end());
    return found;
}
using names = std::vector<std::string>;
names sorted(names all) {
    std::sort(all.begin(), all.end());
    return all;
}

template <class Enum>
names words() {
    names found;
    for (std::size_t i = 0; i < name_count<Enum>; ++i) found.emplace_back(names_of<Enum>[i]);
    return found;
}

} // namespace

TEST_CASE("media: all thirty operations, by method, path and grade") {
    struct row {
        text id;
        text request;
    };
    // Fact sheet B.4; every grade is O.
    constexpr row sheet[] = {
        {"ME-1", "GET /endpoints/{endpoint_id}"},
        {"ME-2", "PUT /endpoints/{endpoint_id}"},
        {"ME-3", "GET /endpoints/{endpoint_id}/calls"},
        {"ME-4", "POST /endpoints/{endpoint_id}/calls"},
        {"ME-5", "GET /endpoints/{endpoint_id}/calls/{call_id}"},
        {"ME-6", "PUT /endpoints/{endpoint_id}/calls/{call_id}"},
        {"ME-7", "GET /calls/records"},
        {"ME-8", "PUT /calls/records"},
        {"ME-9", "GET /calls/{call_id}/records"},
        {"ME-10", "PUT /calls/{call_id}/records"},
        {"ME-11", "GET /conferences"},
        {"ME-12", "POST /conferences"},
        {"ME-13", "GET /conferences/{conference_id}"},
        {"ME-14", "POST /conferences/{conference_id}"},
        {"ME-15", "PUT /conferences/{conference_id}"},
        {"ME-16", "DELETE /conferences/{conference_id}"},
        {"ME-17", "GET /conferences/{conference_id}/participants"},
        {"ME-18", "POST /conferences/{conference_id}/participants"},
        {"ME-19", "GET /conferences/{conference_id}/participants/{participant_id}"},
        {"ME-20", "PUT /conferences/{conference_id}/participants/{participant_id}"},
        {"ME-21", "DELETE /conferences/{conference_id}/participants/{participant_id}"},
        {"ME-22", "POST /conferences/{conference_id}/participants/{participant_id}/connections"},
        {"ME-23", "GET /conferences/content"},
        {"ME-24", "GET /recordings"},
        {"ME-25", "GET /recordings/{recording_id}"},
        {"ME-26", "PUT /recordings/{recording_id}"},
        {"ME-27", "DELETE /recordings/{recording_id}"},
        {"ME-28", "GET /users/{user_id}/conferences"},
        {"ME-29", "GET /users/{user_id}/attendances"},
        {"ME-30", "GET /calls"},
    };
    std::size_t at = 0;
    for_all(media_operations{}, [&]<class Op>(std::type_identity<Op>) {
        const http::operation& facts = http::operation_of<Op>;
        const std::string request =
            std::string{http::name(facts.method)} + " " + std::string{facts.path};
        const auto* const found = std::find_if(std::begin(sheet), std::end(sheet),
                                               [&](const row& r) { return r.request == request; });
        CAPTURE(request);
        REQUIRE(found != std::end(sheet));
        const std::string id = std::string{found->id} + ",";
        CHECK(tipring::text{facts.source}.starts_with(id) != (TIPRING_SMALL != 0));
        CHECK(facts.evidence == http::evidence::official);
        CHECK(facts.success == 200);
        CHECK(facts.api == &api_of(service::media));
        CHECK_FALSE(facts.is_anonymous);
        CHECK(tipring::text{facts.doc}.empty() == (TIPRING_SMALL != 0));
        ++at;
    });
    CHECK(at == std::size(sheet));
}

TEST_CASE("media: 202 is declared where the schema has it, and what is not safe is not repeated") {
    names may_be_empty;
    names not_safe;
    for_all(media_operations{}, [&]<class Op>(std::type_identity<Op>) {
        const http::operation& facts = http::operation_of<Op>;
        if (!std::is_same_v<typename Op::answer, http::done> && facts.may_be_empty)
            may_be_empty.emplace_back(facts.name);
        if (!facts.idempotent) not_safe.emplace_back(facts.name);
    });
    CHECK(sorted(may_be_empty) ==
          names{"create_conference", "create_conference_participant", "update_endpoint"});
    CHECK(sorted(not_safe) == names{"control_conference", "create_conference",
                                    "create_conference_participant", "create_endpoint_call",
                                    "create_participant_connection", "update_endpoint_call"});
}

TEST_CASE("media: every member of the schema, by its name on the wire and its type") {
    // Fact sheet C.7; `ts` is text. The last four of a call are those of the older history.
    CHECK(members<media_call>() == sorted({"callId str",
                                           "siteId str",
                                           "from str",
                                           "fromNumberE164 bool",
                                           "fromName str",
                                           "fromPrincipalId str",
                                           "to str",
                                           "toNumberE164 bool",
                                           "toName str",
                                           "toPrincipalId str",
                                           "state enum",
                                           "cause enum",
                                           "direction enum",
                                           "extraPbxData json",
                                           "createdOn str",
                                           "endTime str",
                                           "completed bool",
                                           "ringTime num",
                                           "billingTime num",
                                           "_links object",
                                           "accountId str",
                                           "userId str",
                                           "sequenceNumber str",
                                           "connectedParty object"}));
    CHECK(members<connected_party>() ==
          sorted({"accountId str", "siteId str", "userId str", "name str"}));
    CHECK(members<create_endpoint_call>() ==
          sorted({"to str", "from str", "fromName str", "record bool", "timeoutMs int",
                  "originateTimeout int", "successUrl str", "failureUrl str",
                  "associatedCallId str", "executeOnAnswer enum"}));
    CHECK(members<update_endpoint_call>() ==
          sorted({"action enum", "args str", "destination str", "callId str"}));
    CHECK(members<update_call_records>() == names{"hide bool"});
    CHECK(members<update_call_record>() == names{"hide bool"});
    CHECK(members<endpoint>() ==
          sorted({"endpointId str", "name str", "type str", "state enum", "userAvailability enum",
                  "messageWaiting bool", "pstnRouting str", "dnd bool", "_links object"}));
    CHECK(members<update_endpoint>() ==
          sorted({"action enum", "userAvailability enum", "enabled bool", "timeoutMs int"}));
    CHECK(members<conference>() ==
          sorted({"id str", "accountId str", "visibility enum", "accessCode str", "createdOn str",
                  "createdBy str", "modifiedOn str", "modifiedBy str", "type enum",
                  "lobbyPolicy enum", "state enum", "_links object", "_embedded object",
                  "externalId str", "name str"}));
    CHECK(members<conference_links>() ==
          sorted({"self str", "participants str", "tags str", "recordings str"}));
    CHECK(members<conference_embedded>() ==
          sorted({"participants object", "addresses object", "recordings object", "tags object",
                  "conferenceTags object", "participantTags object"}));
    CHECK(members<embedded_conferences>() ==
          sorted({"items list", "conferenceTags list", "participantTags list"}));
    CHECK(members<create_conference>() ==
          sorted({"id str", "name str", "type enum", "lobbyPolicy enum", "accessCodeLength int",
                  "expiryDateTime str", "participants list"}));
    CHECK(members<conference_invitation>() == names{"participantId str"});
    CHECK(members<update_conference>() == sorted({"name str", "lobbyPolicy enum"}));
    CHECK(members<control_conference>() == names{"action enum"});
    CHECK(members<conference_participant>() ==
          sorted({"participantId str", "state enum", "type enum", "externalId str",
                  "onetimeAcceptance bool", "_links object"}));
    CHECK(members<create_conference_participant>() == names{"participantId str"});
    CHECK(members<update_conference_participant>() ==
          sorted({"associatedParticipantId str", "muted bool", "action enum",
                  "onetimeAcceptance bool"}));
    CHECK(members<participant_connection>() ==
          sorted({"token secret", "mediaUrl str", "signalingUrl str", "turnUrl str",
                  "externalId str", "externalConferenceId str", "screenDataUrl str",
                  "screenSharingUrl str", "screenViewingUrl str"}));
    CHECK(members<conference_address>() == sorted({"type enum", "description str", "url str",
                                                   "country str", "city str", "tollFree bool"}));
    CHECK(members<conference_tag>() ==
          sorted({"id str", "conferenceId str", "accountId str", "value str", "createdOn str",
                  "createdBy str", "modifiedOn str", "modifiedBy str", "_links object"}));
    CHECK(members<participant_tag>() ==
          sorted({"id str", "conferenceId str", "participantId str", "accountId str", "value str",
                  "createdOn str", "createdBy str", "modifiedOn str", "modifiedBy str",
                  "_links object"}));
    CHECK(members<content_result>() == sorted({"content str", "location str", "type enum",
                                               "_links object", "_embedded object"}));
    CHECK(members<content_embedded>() == names{"location json"});
    CHECK(members<conference_link>() == names{"conference str"});
    CHECK(members<attendance_embedded>() == names{"conference object"});
    CHECK(members<user_attendance>() ==
          sorted({"id str", "participantId str", "conferenceId str", "conferenceInstanceId str",
                  "accountId str", "joinTimeStamp str", "leaveTimeStamp str", "_links object",
                  "_embedded object"}));
    CHECK(members<recording>() ==
          sorted({"recordingId str", "callId str", "createdOn str", "contentType str",
                  "durationInSeconds num", "_links object", "label str", "_embedded object"}));
    CHECK(members<recording_embedded>() == sorted({"media object", "channelMedia list"}));
    CHECK(members<recording_media>() == sorted({"url secret", "expiry str"}));
    CHECK(members<channel_media>() == sorted({"channelId str", "url secret", "expiry str"}));
    CHECK(members<update_recording>() == names{"label str"});
    CHECK(members<extension>() == sorted({"extensionNumber str", "assignedToPrincipalId str",
                                          "assignedToType enum", "description str"}));
}

TEST_CASE("media: every word of the enumerations") {
    CHECK(words<call_state>() ==
          names{"unknown", "idle", "ringing", "connected", "held", "outOfService", "completed"});
    CHECK(words<call_cause>() == names{"busy", "callBack", "callCancelled", "callForwardAlways",
                                       "callForwardBusy", "callForwardNoAnswer", "callForward",
                                       "callNotAnswer", "destNotObtainable", "doNotDisturb",
                                       "incompatibleDestination", "networkCongestion",
                                       "networkNotObtainable", "newCall", "redirected",
                                       "resourcesNotAvailable", "transfer"});
    CHECK(open{call_cause::new_call}.value == "newCall");
    CHECK(open{call_cause::transfer}.value == "transfer");
    CHECK(words<call_direction>() == names{"inbound", "outbound"});
    CHECK(words<call_action>() == names{"answer", "end", "hold", "blindTransfer",
                                        "supervisedTransfer", "retrieve", "consult", "dtmf",
                                        "conference", "pauseRecording", "resumeRecording",
                                        "tagRecording", "redirect"});
    CHECK(words<cloudlink::execute_on_answer>() == names{"bridge"});
    CHECK(words<endpoint_state>() ==
          names{"unknown", "idle", "ringing", "connected", "held", "outOfService"});
    CHECK(words<user_availability>() == names{"available", "busy", "dnd", "away"});
    CHECK(words<endpoint_action>() == names{"dnd", "messageWaiting", "pstnRouting"});
    CHECK(words<assignee_type>() == names{"user", "app", "group"});
    CHECK(words<conference_visibility>() == names{"private", "public"});
    CHECK(words<conference_type>() == names{"everyoneAllowed", "inviteOnly"});
    CHECK(words<lobby_policy>() == names{"pstnLobby", "guestLobby", "nonOwnerLobby", "noLobby"});
    CHECK(words<conference_state>() == names{"inactive", "active"});
    CHECK(words<conference_action>() ==
          names{"end", "record", "stop-record", "pause-record", "resume-record"});
    CHECK(words<address_type>() == names{"pstn", "sip", "webrtc"});
    CHECK(words<content_result_type>() == names{"conference", "participant", "recording"});
    CHECK(words<conference_participant_state>() ==
          names{"invited", "accepted", "rejected", "active", "inactive"});
    CHECK(words<conference_participant_type>() == names{"webapi", "pstn"});
    CHECK(words<conference_participant_action>() == names{"leave"});
}

TEST_CASE("media: the call bodies of the vectors (V12)") {
    const std::string make = "POST /endpoints/2001/calls ";
    CHECK(local(create_endpoint_call{.endpoint_id = desk, .to = "2001"}) ==
          make + R"({"to":"2001"})");
    CHECK(local(create_endpoint_call{.endpoint_id = desk, .from = "1119", .to = "1105"}) ==
          make + R"({"from":"1119","to":"1105"})");
    CHECK(local(create_endpoint_call{.endpoint_id = desk}) ==
          "to: a required parameter is missing");
    CHECK(local(update_call_records{
              .query = {.filter = properties::calls::principal.contains("76f110ca")},
              .hide = true}) ==
          "PUT /calls/records?$filter=contains%28principal%2C%2776f110ca%27%29 "
          R"({"hide":true})");
    CHECK(local(update_call_record{.call_id = the_call, .hide = true}) ==
          R"(PUT /calls/33656066/records {"hide":true})");
}

TEST_CASE("Q-24: each action on a call has the members that the documents show (V12)") {
    using call = update_endpoint_call;
    const std::string control = "PUT /endpoints/2001/calls/33656066 ";
    CHECK(local(call::answer_call(desk, the_call)) == control + R"({"action":"answer"})");
    CHECK(local(call::end_call(desk, the_call)) == control + R"({"action":"end"})");
    CHECK(local(call::hold(desk, the_call)) == control + R"({"action":"hold"})");
    CHECK(local(call::retrieve(desk, the_call)) == control + R"({"action":"retrieve"})");
    CHECK(local(call::blind_transfer(desk, the_call, "5555")) ==
          control + R"({"action":"blindTransfer","destination":"5555"})");
    CHECK(local(call::consult(desk, the_call, "5555")) ==
          control + R"({"action":"consult","destination":"5555"})");
    CHECK(local(call::conference(desk, the_call)) == control + R"({"action":"conference"})");
    CHECK(local(call::supervised_transfer(desk, the_call, call_id{"5555555555"})) ==
          control + R"({"action":"supervisedTransfer","callId":"5555555555"})");
    CHECK(local(call::dtmf(desk, the_call, "12*#")) ==
          control + R"({"action":"dtmf","args":"12*#"})");
    CHECK(local(call::pause_recording(desk, the_call)) ==
          control + R"({"action":"pauseRecording"})");
    CHECK(local(call::resume_recording(desk, the_call)) ==
          control + R"({"action":"resumeRecording"})");
    const auto tags = json::make_raw_json(R"({ "CustomP100": "Queue Name" })");
    REQUIRE(tags);
    CHECK(local(call::tag_recording(desk, the_call, *tags)) ==
          control + R"({"action":"tagRecording","args":"{ \"CustomP100\": \"Queue Name\" }"})");
    // The schema has arguments in `args`; whoever wants that sets it.
    CHECK(local(call{.endpoint_id = desk,
                     .call_id = the_call,
                     .action = call_action::blind_transfer,
                     .args = "5555"}) == control + R"({"action":"blindTransfer","args":"5555"})");
    CHECK(local(call{.endpoint_id = desk, .call_id = the_call}) ==
          "action: a required parameter is missing");
    // Both ids of calls find their way.
    memory room;
    const auto back = round_trip(call::supervised_transfer(desk, the_call, call_id{"5"}), room);
    CHECK(back.call_id == the_call);
    CHECK(*back.other_call_id == call_id{"5"});
}

TEST_CASE("Q-26: redirect is an action though the schema lacks it, and unknown words survive") {
    CHECK(local(update_endpoint_call::redirect(desk, the_call, "2881")) ==
          R"(PUT /endpoints/2001/calls/33656066 {"action":"redirect","destination":"2881"})");
    memory room;
    const auto later = received(http::method::put, "/2017-09-01/endpoints/2001/calls/7",
                                R"({"action":"park","destination":"7"})", room);
    REQUIRE(later);
    const auto& op = std::get<update_endpoint_call>(*later);
    CHECK((*op.action).value == "park");
    CHECK_FALSE((*op.action).known().has_value());
    CHECK(local(op) == R"(PUT /endpoints/2001/calls/7 {"action":"park","destination":"7"})");
    const auto got = answer_of<view_endpoint>(R"({"state":"parked"})", room);
    REQUIRE(got);
    CHECK((*got->state).value == "parked");
    CHECK(write(*got) == R"({"state":"parked"})");
}

TEST_CASE("Q-25: whatever is switched at an endpoint, the user's availability is sent") {
    const std::string put = "PUT /endpoints/2001 ";
    CHECK(local(update_endpoint::do_not_disturb(desk, user_availability::dnd, true)) ==
          put + R"({"action":"dnd","userAvailability":"dnd","enabled":true})");
    CHECK(local(update_endpoint::message_waiting(desk, user_availability::available, false)) ==
          put + R"({"action":"messageWaiting","userAvailability":"available","enabled":false})");
    CHECK(local(update_endpoint::pstn_routing(desk, user_availability::away, true)) ==
          put + R"({"action":"pstnRouting","userAvailability":"away","enabled":true})");
    CHECK(local(update_endpoint{.endpoint_id = desk, .action = endpoint_action::dnd}) ==
          "userAvailability: a required parameter is missing");
    memory room;
    const auto refused = received(http::method::put, "/2017-09-01/endpoints/2001",
                                  R"({"action":"messageWaiting","enabled":true})", room);
    CHECK(refused.code() == errc::missing_member);
}

TEST_CASE("media: the conference bodies of the vectors (V13)") {
    const conference_invitation invited[] = {{.participant_id = participant_id{"ID1"}}};
    CHECK(
        local(create_conference{
            .name = "status meeting", .access_code_length = 9, .participants = invited}) ==
        R"(POST /conferences {"name":"status meeting","accessCodeLength":9,"participants":[{"participantId":"ID1"}]})");
    CHECK(local(update_conference{.conference_id = the_conference,
                                  .name = "Updated",
                                  .lobby_policy = lobby_policy::pstn_lobby}) ==
          R"(PUT /conferences/c1 {"name":"Updated","lobbyPolicy":"pstnLobby"})");
    CHECK(local(control_conference{.conference_id = the_conference,
                                   .action = conference_action::end}) ==
          R"(POST /conferences/c1 {"action":"end"})");
    CHECK(
        local(update_conference_participant{.conference_id = the_conference,
                                            .participant_id = somebody,
                                            .associated_participant_id = participant_id{"ID1"},
                                            .muted = true,
                                            .action = conference_participant_action::leave,
                                            .onetime_acceptance = true}) ==
        R"(PUT /conferences/c1/participants/p1 {"associatedParticipantId":"ID1","muted":true,"action":"leave","onetimeAcceptance":true})");
    CHECK(local(update_recording{.recording_id = the_recording, .label = "x"}) ==
          R"(PUT /recordings/r1 {"label":"x"})");
    CHECK(local(create_conference{}) == "POST /conferences {}");
    const conference_invitation nobody[] = {{}};
    memory room;
    const auto refused =
        received(http::method::post, "/2017-09-01/conferences", R"({"participants":[{}]})", room);
    CHECK(line_of(refused.error()).find("participants[0].participantId") != std::string::npos);
    CHECK(local(create_conference{.participants = nobody}) ==
          "participants[0].participantId: a required parameter is missing");
}

TEST_CASE("media: the whole URL and the headers (V22)") {
    platform one_region = production;
    one_region.cloud = "us";
    one_region.region = "us-west-2";
    CHECK(request_of(list_user_conferences{.user_id = user_id{"u1"},
                                           .query = {.skip = 0, .top = 5, .expand = "tags"}},
                     one_region) ==
          "GET https://media.us-west-2.us.api.mitel.io/2017-09-01/users/u1/"
          "conferences?$skip=0&$top=5&$expand=tags");
    memory room;
    const auto made = encode(
        create_participant_connection{.conference_id = the_conference, .participant_id = somebody},
        production, room);
    REQUIRE(made);
    CHECK(made->method == http::method::post);
    CHECK(made->body.empty());
    REQUIRE(made->headers.size() == 3);
    CHECK(made->headers[0].name == "Authorization");
    CHECK(made->headers[1].name == "Accept");
    CHECK(made->headers[2].name == "x-mitel-app");
}

TEST_CASE("Q-8: no list can be asked for without its question mark") {
    CHECK(local(list_calls{.query = {.skip = 5, .top = 5}}) == "GET /calls?$skip=5&$top=5");
    CHECK(local(list_calls{.query = {.filter = properties::calls::direction == "inbound"}}) ==
          "GET /calls?$filter=direction%20eq%20%27inbound%27");
    CHECK(local(list_conferences{
              .query = {.filter = properties::conferences::access_code == "339323008"}}) ==
          "GET /conferences?$filter=accessCode%20eq%20%27339323008%27");
    CHECK(local(list_calls{}) == "GET /calls");
    memory room;
    for (const text target : {text{"/2017-09-01/calls$skip=5&$top=5"},
                              text{"/2017-09-01/users/$filter=email%20eq%20%27bob%40email.com%27"}})
        CHECK(received({.target = target}, room).code() == errc::unknown_path);
}

TEST_CASE("Q-31: a filter goes with PUT, next to the body") {
    memory room;
    const update_call_records op{.query = {.filter = properties::calls::principal.contains("a'b")},
                                 .hide = true};
    CHECK(local(op) == "PUT /calls/records?$filter=contains%28principal%2C%27a%27%27b%27%29 "
                       R"({"hide":true})");
    CHECK(json::equal(round_trip(op, room), op));
    // The sample sends text for the bool (Q-18).
    const auto sample =
        received(http::method::put,
                 "/2017-09-01/calls/records?$filter=contains(principal,%20%2776f110ca%27)",
                 R"({"hide":"true"})", room);
    REQUIRE_MESSAGE(sample, line_of(sample.error()));
    CHECK(*std::get<update_call_records>(*sample).hide);
    CHECK(std::get<update_call_records>(*sample).query.filter ==
          odata::filter{properties::calls::principal.contains("76f110ca")});
}

TEST_CASE("media: conferences with all of some participants, and the format of audio") {
    memory room;
    const participant_id all[] = {participant_id{"id1"}, participant_id{"id2"},
                                  participant_id{"me"}};
    const auto joined = join_ids(all, room);
    REQUIRE(joined);
    CHECK(*joined == "id1,id2,me");
    CHECK(local(list_conferences{.contains_all_participants = *joined, .query = {.top = 1}}) ==
          "GET /conferences?containsAllParticipants=id1%2Cid2%2Cme&$top=1");
    const participant_id odd[] = {participant_id{"id1"}, participant_id{"a,b"}};
    CHECK(line_of(join_ids(odd, room).error()) ==
          "[1]: a parameter has a value that is not allowed");
    const participant_id none[] = {participant_id{}};
    CHECK(join_ids(none, room).code() == errc::bad_parameter);
    CHECK(join_ids({}, room)->empty());
    static_arena<9> small;
    CHECK(join_ids(all, small).code() == errc::capacity);
    CHECK(join_ids(all, small).error().needed == 10);
    CHECK(local(view_recording{.recording_id = the_recording,
                               .media_format = "audio/wav",
                               .query = {.expand = "media"}}) ==
          "GET /recordings/r1?media-format=audio%2Fwav&$expand=media");
}

TEST_CASE("media: nothing is searched for without words, by clients and by servers") {
    CHECK(local(search_conference_content{}) == "query.search: a required parameter is missing");
    CHECK(local(search_conference_content{.query = {.top = 3}}) ==
          "query.search: a required parameter is missing");
    CHECK(local(search_conference_content{.query = {.search = "budget plan"}}) ==
          "GET /conferences/content?$search=budget%20plan");
    memory room;
    CHECK(received({.target = "/2017-09-01/conferences/content?$top=3"}, room).code() ==
          errc::missing_parameter);
    const auto found =
        received({.target = "/2017-09-01/conferences/content?$search=budget%20plan"}, room);
    REQUIRE(found);
    CHECK(std::get<search_conference_content>(*found).query.search == "budget plan");
    // Any other word is the id of a conference.
    const auto other = received({.target = "/2017-09-01/conferences/contents"}, room);
    REQUIRE(other);
    CHECK(std::get<view_conference>(*other).conference_id == conference_id{"contents"});
}

TEST_CASE("media: numbers outside of the schema's ranges are refused, by clients and by servers") {
    const auto call = [](field<std::int32_t> timeout, field<std::int32_t> originate) {
        return create_endpoint_call{
            .endpoint_id = desk, .to = "1", .timeout_ms = timeout, .originate_timeout = originate};
    };
    const auto switching = [](std::int32_t timeout) {
        update_endpoint op =
            update_endpoint::do_not_disturb(desk, user_availability::available, true);
        op.timeout_ms = timeout;
        return op;
    };
    const std::string bad = ": a parameter has a value that is not allowed";
    for (const std::int32_t good : {3000, 30000}) {
        CHECK(local(call(good, {})) ==
              R"(POST /endpoints/2001/calls {"to":"1","timeoutMs":)" + std::to_string(good) + "}");
        CHECK(local(switching(good)).find("\"timeoutMs\":" + std::to_string(good)) !=
              std::string::npos);
    }
    for (const std::int32_t out : {2999, 30001, -1}) {
        CHECK(local(call(out, {})) == "timeoutMs" + bad);
        CHECK(local(switching(out)) == "timeoutMs" + bad);
    }
    for (const std::int32_t good : {0, 120})
        CHECK(local(call({}, good)).find("\"originateTimeout\":" + std::to_string(good)) !=
              std::string::npos);
    for (const std::int32_t out : {-1, 121})
        CHECK(local(call({}, out)) == "originateTimeout" + bad);
    for (const std::int32_t good : {1, 99})
        CHECK(local(create_conference{.access_code_length = good}) ==
              R"(POST /conferences {"accessCodeLength":)" + std::to_string(good) + "}");
    for (const std::int32_t out : {0, 100})
        CHECK(local(create_conference{.access_code_length = out}) == "accessCodeLength" + bad);
    memory room;
    CHECK(received(http::method::post, "/2017-09-01/endpoints/1/calls",
                   R"({"to":"1","originateTimeout":121})", room)
              .code() == errc::bad_parameter);
    CHECK(received(http::method::post, "/2017-09-01/conferences", R"({"accessCodeLength":0})", room)
              .code() == errc::bad_parameter);
    const auto digits = received(http::method::post, "/2017-09-01/conferences",
                                 R"({"accessCodeLength":"9"})", room);
    REQUIRE(digits);
    CHECK(*std::get<create_conference>(*digits).access_code_length == 9);
}

TEST_CASE("media: from client to server and back, every operation") {
    const conference_invitation invited[] = {{.participant_id = somebody},
                                             {.participant_id = participant_id{"p2"}}};
    const odata::query page{.skip = 5, .top = 10, .filter = properties::calls::call_id == "a'b"};
    check_identity(view_endpoint{.endpoint_id = endpoint_id{"*72#/?"}});
    check_identity(update_endpoint::pstn_routing(desk, user_availability::busy, true));
    check_identity(list_endpoint_calls{.endpoint_id = desk, .query = page});
    check_identity(create_endpoint_call{.endpoint_id = desk,
                                        .from = "2001",
                                        .from_name = "Zo\xC3\xAB \"Z\"",
                                        .to = "*72#",
                                        .record = false,
                                        .timeout_ms = 3000,
                                        .originate_timeout = 0,
                                        .success_url = "https://hooks.example/ok",
                                        .failure_url = "https://hooks.example/no",
                                        .associated_call_id = the_call,
                                        .execute_on_answer = execute_on_answer::bridge});
    check_identity(view_endpoint_call{.endpoint_id = desk, .call_id = the_call});
    check_identity(update_endpoint_call::consult(desk, the_call, "5555"));
    check_identity(list_call_records{.query = page});
    check_identity(update_call_records{.query = page, .hide = false});
    check_identity(view_call_record{.call_id = call_id{"endpoints/2001/calls/7"}, .query = page});
    check_identity(update_call_record{.call_id = the_call, .query = page, .hide = true});
    check_identity(list_conferences{.contains_all_participants = "a,me",
                                    .query = {.skiptoken = "a/b==", .expand = "tags"}});
    check_identity(create_conference{.id = the_conference,
                                     .name = "n",
                                     .type = conference_type::invite_only,
                                     .lobby_policy = lobby_policy::no_lobby,
                                     .access_code_length = 99,
                                     .expiry_date_time = datetime{"2030-01-01T00:00:00.000Z"},
                                     .participants = invited});
    check_identity(view_conference{.conference_id = the_conference, .query = {.expand = "tags"}});
    check_identity(control_conference{.conference_id = the_conference,
                                      .action = conference_action::pause_record});
    check_identity(update_conference{.conference_id = the_conference, .name = ""});
    check_identity(delete_conference{.conference_id = the_conference});
    check_identity(list_conference_participants{.conference_id = the_conference, .query = page});
    check_identity(
        create_conference_participant{.conference_id = the_conference, .participant_id = somebody});
    check_identity(
        view_conference_participant{.conference_id = the_conference, .participant_id = somebody});
    check_identity(update_conference_participant{
        .conference_id = the_conference, .participant_id = somebody, .muted = false});
    check_identity(
        delete_conference_participant{.conference_id = the_conference, .participant_id = somebody});
    check_identity(
        create_participant_connection{.conference_id = the_conference, .participant_id = somebody});
    check_identity(search_conference_content{.query = {.search = "a + b & c"}});
    check_identity(list_recordings{.query = page});
    check_identity(view_recording{.recording_id = the_recording, .media_format = "audio/wav"});
    check_identity(update_recording{.recording_id = the_recording, .label = "x"});
    check_identity(delete_recording{.recording_id = the_recording});
    check_identity(list_user_conferences{.user_id = user_id{"me"}, .query = page});
    check_identity(list_user_attendances{.user_id = user_id{"me"}, .query = page});
    check_identity(list_calls{.query = page});
}

TEST_CASE("media: a call of an answer, value by value, and back") {
    memory room;
    constexpr text body =
        R"({"callId":"33656066","from":"2002","fromNumberE164":false,"to":"+14085550123",)"
        R"("toNumberE164":true,"state":"held","cause":"callForwardNoAnswer","direction":"outbound",)"
        R"("extraPbxData":"x","createdOn":"2022-04-26T12:12:38.940Z","completed":true,)"
        R"("ringTime":4.50,"billingTime":137,"_links":{"self":"/2017-09-01/calls/33656066"}})";
    const auto got = answer_of<view_endpoint_call>(body, room);
    REQUIRE_MESSAGE(got, line_of(got.error()));
    CHECK(*got->call_id == the_call);
    CHECK_FALSE(*got->from_number_e164);
    CHECK(*got->to_number_e164);
    CHECK(*got->state == call_state::held);
    CHECK(*got->cause == call_cause::call_forward_no_answer);
    CHECK(*got->direction == call_direction::outbound);
    CHECK((*got->ring_time).value == "4.50");
    CHECK((*got->billing_time).as<int>() == 137);
    CHECK(*got->links->self == "/2017-09-01/calls/33656066");
    CHECK(write(*got) == std::string{body});
    // Bools as text (Q-18), ids as numbers (Q-15).
    const auto odd =
        answer_of<view_endpoint_call>(R"({"callId":33656066,"completed":"TRUE"})", room);
    REQUIRE(odd);
    CHECK(*odd->call_id == the_call);
    CHECK(*odd->completed);
}

TEST_CASE("media: Q-22: the id of a call in an event leads to the call") {
    memory room;
    const auto event =
        answer_of<view_endpoint_call>(R"({"callId":"endpoints/2001/calls/33656066"})", room);
    REQUIRE(event);
    CHECK(last_segment(*event->call_id) == the_call);
    CHECK(
        local(view_endpoint_call{.endpoint_id = desk, .call_id = last_segment(*event->call_id)}) ==
        "GET /endpoints/2001/calls/33656066");
    CHECK(local(view_endpoint_call{.endpoint_id = desk, .call_id = *event->call_id}) ==
          "GET /endpoints/2001/calls/endpoints%2F2001%2Fcalls%2F33656066");
}

TEST_CASE("Q-23: what the PBX adds is text by the schema and an object in events; both are read") {
    memory room;
    const auto data = [&room](text body) {
        const auto got = answer_of<view_endpoint_call>(body, room);
        REQUIRE(got);
        const auto found = pbx_data(*got, room);
        REQUIRE(found);
        CHECK(write(*got) == std::string{body});
        return *found;
    };
    CHECK(data(R"({"extraPbxData":{"alertingDevice":"2001","n":[1]}})").find("n").value == "[1]");
    CHECK(data(R"({"extraPbxData":"{\"alertingDevice\":\"2001\"}"})")
              .find("alertingDevice")
              .compare_text("2001"));
    CHECK(data(R"({"extraPbxData":"a \"b\""})").value == R"("a \"b\"")");
    CHECK(data(R"({"extraPbxData":""})").value == R"("")");
    CHECK(data(R"({})").empty());
    static_arena<8> small;
    const media_call call{.extra_pbx_data = raw_json{R"("{\"alertingDevice\":\"2001\"}")"}};
    CHECK(pbx_data(call, small).code() == errc::capacity);
}

TEST_CASE("Q-27: 202 comes without a body, and says that the work goes on") {
    memory room;
    const auto check = [&room]<class Op>(std::type_identity<Op>) {
        const auto pending = answer_of<Op>("", room, 202);
        REQUIRE(pending);
        CHECK(is_pending(pending.response()));
        if constexpr (described<typename Op::answer>)
            CHECK(json::equal(*pending, typename Op::answer{}));
    };
    check(std::type_identity<update_endpoint>{});
    check(std::type_identity<update_endpoint_call>{});
    check(std::type_identity<create_conference>{});
    check(std::type_identity<create_conference_participant>{});
    check(std::type_identity<delete_recording>{});
    const auto done = answer_of<update_endpoint>(R"({"endpointId":"2001"})", room);
    REQUIRE(done);
    CHECK_FALSE(is_pending(done.response()));
    CHECK(*done->endpoint_id == desk);
    // Where the schema has a body there must be one.
    CHECK(answer_of<view_endpoint>("", room).error().code == errc::unexpected_end);
    // A body that was not promised is no failure (Q-28), and stays reachable.
    const auto more = answer_of<delete_conference>(R"({"id":"c1"})", room);
    REQUIRE(more);
    CHECK(more.response().body == R"({"id":"c1"})");
}

TEST_CASE("Q-20: links are text or an object with the text, in every type that has its own") {
    memory room;
    const auto got = answer_of<view_conference>(
        R"({"_links":{"self":{"href":"/a"},"participants":{"href":"/b"},"tags":"/c",)"
        R"("recordings":{"href":"/d","templated":false}}})",
        room);
    REQUIRE_MESSAGE(got, line_of(got.error()));
    CHECK(*got->links->self == "/a");
    CHECK(*got->links->participants == "/b");
    CHECK(*got->links->tags == "/c");
    CHECK(*got->links->recordings == "/d");
    CHECK(write(*got) ==
          R"({"_links":{"self":"/a","participants":"/b","tags":"/c","recordings":"/d"}})");
    const auto attended = answer_of<list_user_attendances>(
        R"({"_links":{"self":{"href":"/s"},"next":{"href":"/n"}},"_embedded":{"items":[)"
        R"({"id":"1","_links":{"conference":{"href":"/e"}}},{"id":"2","_links":{}},)"
        R"({"id":"3","_links":{"conference":null}}]}})",
        room);
    REQUIRE_MESSAGE(attended, line_of(attended.error()));
    CHECK(next_link(*attended) == "/n");
    REQUIRE(items(*attended).size() == 3);
    CHECK(*items(*attended)[0].links->conference == "/e");
    CHECK(items(*attended)[1].links->conference.is_absent());
    CHECK(items(*attended)[2].links->conference.is_null());
}

TEST_CASE("Q-21: a next link with raw blanks and quotes is followed, with its blanks encoded") {
    memory room;
    const auto server = server_of(service::media, production, room);
    REQUIRE(server);
    http::pager pages{*server};
    REQUIRE(pages.first(list_calls{.query = {.top = 1}}, room));
    const auto got = answer_of<list_calls>(
        R"({"count":1,"_links":{"self":"/2017-09-01/calls",)"
        R"("next":"/2017-09-01/calls?$skip=1&$top=1&$filter=callId eq 'a%2Fb'"},)"
        R"("_embedded":{"items":[{"callId":"1"}]}})",
        room);
    REQUIRE(got);
    const auto next = pages.next(next_link(*got), room);
    REQUIRE(next);
    REQUIRE(next->has_value());
    CHECK((*next)->target == "/2017-09-01/calls?$skip=1&$top=1&$filter=callId%20eq%20%27a%2Fb%27");
    CHECK((*next)->origin == "https://media.api.mitel.io");
    // The server understands what it is given back.
    const auto back = received(**next, room);
    REQUIRE(back);
    CHECK(std::get<list_calls>(*back).query.filter ==
          odata::filter{properties::calls::call_id == "a/b"});
    CHECK(pages.next("https://evil.example/2017-09-01/calls", room).code() == errc::other_origin);
}

TEST_CASE("media: a list of conferences has tags beside them, by the schema, and inside, as seen") {
    memory room;
    const auto got = answer_of<list_conferences>(
        R"({"_links":{"self":"/2017-09-01/conferences"},"_embedded":{"items":[{"id":"c1","_embedded":)"
        R"({"participants":{},"addresses":{"_embedded":{"items":[{"type":"pstn","tollFree":true}]}},)"
        R"("conferenceTags":{"_embedded":{"items":[{"value":"{\"meeting\":{\"conversationId\":\"x\"}}"}]}}}}],)"
        R"("conferenceTags":[{"id":"t1","conferenceId":"c1"}],)"
        R"("participantTags":[{"id":"t2","participantId":"p1"}]}})",
        room);
    REQUIRE_MESSAGE(got, line_of(got.error()));
    CHECK(got->count.is_absent());
    REQUIRE(items(*got).size() == 1);
    CHECK(*(*got->embedded->conference_tags)[0].id == tag_id{"t1"});
    CHECK(*(*got->embedded->participant_tags)[0].participant_id == somebody);
    const conference& first = items(*got)[0];
    CHECK(items(*first.embedded->participants).empty());
    CHECK(*items(*first.embedded->addresses)[0].toll_free);
    const text value = *items(*first.embedded->conference_tags)[0].value;
    const auto tag = json::make_raw_json(value);
    REQUIRE(tag);
    CHECK(tag->find("meeting").find("conversationId").compare_text("x"));
}

TEST_CASE("media: conferences nest as deep as the schema has them, in a list") {
    memory room;
    constexpr text deepest =
        R"({"_embedded":{"items":[{"_embedded":{"recordings":{"_embedded":{"items":[)"
        R"({"_embedded":{"channelMedia":[{"channelId":"0"}]}}]}}}}]}})";
    const auto got = answer_of<list_conferences>(deepest, room);
    REQUIRE_MESSAGE(got, line_of(got.error()));
    CHECK(write(*got) == std::string{deepest});
    // Of the conference of an attendance: participants and tags, with links.
    constexpr text in_attendance =
        R"({"_embedded":{"items":[{"_embedded":{"conference":{"_embedded":{"participants":)"
        R"({"_embedded":{"items":[{"_links":{"self":"/p"}}]}}}}}}]}})";
    const auto attended = answer_of<list_user_attendances>(in_attendance, room);
    REQUIRE_MESSAGE(attended, line_of(attended.error()));
    CHECK(write(*attended) == std::string{in_attendance});
    constexpr text with_recordings =
        R"({"_embedded":{"items":[{"_embedded":{"conference":{"_embedded":{"recordings":)"
        R"({"_embedded":{"items":[{"_embedded":{"channelMedia":[{"channelId":"0"}]}}]}}}}}}]}})";
    const auto whole = answer_of<list_user_attendances>(with_recordings, room);
    REQUIRE_MESSAGE(whole, line_of(whole.error()));
    CHECK(write(*whole) == std::string{with_recordings});
}

TEST_CASE("media: what a search found is decoded by its type") {
    memory room;
    const auto got = answer_of<search_conference_content>(
        R"({"_embedded":{"items":[{"content":"budget","location":"/2017-09-01/recordings/r1",)"
        R"("type":"recording","_links":{"conference":"/2017-09-01/conferences/c1"},)"
        R"("_embedded":{"location":{"recordingId":"r1","durationInSeconds":1.5}}},{"type":"poll"}]}})",
        room);
    REQUIRE_MESSAGE(got, line_of(got.error()));
    const content_result& first = items(*got)[0];
    CHECK(*first.type == content_result_type::recording);
    CHECK(*first.links->conference == "/2017-09-01/conferences/c1");
    const auto found = json::decode<recording>((*first.embedded->location).value, room);
    REQUIRE(found);
    CHECK(*found->recording_id == the_recording);
    CHECK((*items(*got)[1].type).value == "poll");
}

TEST_CASE("media: audio is fetched from its own origin, and no header goes there") {
    memory room;
    const auto got = answer_of<view_recording>(
        R"({"recordingId":"r1","_embedded":{"media":{"url":"https://audio.example:8443/r/1.wav?sig=a%2Bb&x=1#t",)"
        R"("expiry":"2022-04-26T12:12:38.940Z"},"channelMedia":[{"channelId":0,"url":"https://audio.example"}]}})",
        room);
    REQUIRE_MESSAGE(got, line_of(got.error()));
    const auto fetch = media_request(got->embedded->media->url);
    REQUIRE(fetch);
    CHECK(fetch->method == http::method::get);
    CHECK(fetch->origin == "https://audio.example:8443");
    CHECK(fetch->target == "/r/1.wav?sig=a%2Bb&x=1");
    CHECK(fetch->headers.empty());
    CHECK(fetch->body.empty());
    const channel_media& channel = (*got->embedded->channel_media)[0];
    CHECK(*channel.channel_id == channel_id{"0"});
    CHECK(media_request(channel.url)->target == "/");
    CHECK(media_request({}).code() == errc::missing_parameter);
    for (const text bad : {text{"/r/1.wav"}, text{"ftp://audio.example/1"}, text{"https://a b/"},
                           text{"https://audio.example?sig=1"}, text{"https://u:p@audio.example/"},
                           text{"https://audio.example/\r\nX: y"}, text{""}})
        CHECK(media_request(secret{bad}).code() == errc::bad_url);
    // Neither a pager nor a platform would go there with the token.
    const auto server = server_of(service::media, production, room);
    REQUIRE(server);
    http::pager pages{*server};
    REQUIRE(pages.first(list_recordings{}, room));
    CHECK(pages.next("https://audio.example/r/1.wav", room).code() == errc::other_origin);
    // The URL opens the door by itself, so it is not printed.
    char line[2000];
    writer out{line};
    json::print(*got, out);
    CHECK(std::string{out.written()}.find("sig=") == std::string::npos);
}

TEST_CASE("media: too many connections and a slow PBX are refusals that say when to try again") {
    memory room;
    const http::header wait[] = {
        {.name = "Retry-After", .value = "120"},
        {.name = "x-mitel-correlation-id", .value = "b036edf6"},
    };
    const auto crowded = decode<create_participant_connection>(
        http::response{.status = 429, .headers = wait, .body = R"({"message":"try again"})"}, room);
    REQUIRE(crowded.refusal() != nullptr);
    CHECK(crowded.refusal()->status == 429);
    CHECK(crowded.refusal()->retry_after == "120");
    CHECK(crowded.refusal()->correlation_id == "b036edf6");
    CHECK(crowded.refusal()->message == "try again");
    const auto slow = decode<view_endpoint>(
        http::response{.status = 504, .headers = wait, .body = "<html>504</html>"}, room);
    REQUIRE(slow.refusal() != nullptr);
    CHECK(slow.refusal()->status == 504);
    CHECK(slow.refusal()->retry_after == "120");
    CHECK(slow.response().body == "<html>504</html>");
}

TEST_CASE("media: the token of a connection is not printed") {
    memory room;
    const auto got = answer_of<create_participant_connection>(
        R"({"token":"j0in-s3cret","mediaUrl":"wss://m.example/1","turnUrl":"turn:t.example"})",
        room);
    REQUIRE(got);
    CHECK((*got->token).reveal() == "j0in-s3cret");
    char line[1000];
    writer out{line};
    json::print(*got, out);
    CHECK(std::string{out.written()}.find("s3cret") == std::string::npos);
    CHECK(std::string{out.written()}.find("wss://m.example/1") != std::string::npos);
}
