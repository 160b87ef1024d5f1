// Webhooks: publications in all their shapes by every engine, what they are about, whether they are
// genuine, and the stand-in that sends them.
#include <doctest/doctest.h>

#include <cstddef>
#include <deque>
#include <string>
#include <variant>
#include <vector>

#include <tipring/server/webhook.hpp>
#include <tipring/tipring.hpp>

#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>
#endif

#include "api_tables.hpp"
#include "exact_memory.hpp"
#include "json_tree.hpp"

namespace {

using namespace tipring;
using namespace tipring::cloudlink;
using memory = static_arena<32768>;

/// A call that rings (fact sheet I, V11).
const std::string v11 =
    R"({"publicationId":"d588e181-8847-4ca3-864c-53a3e80afa87","topic":"platform-api-media",)"
    R"("method":"PUT","subject":"/2017-09-01/endpoints/2001/calls/33656066","content":{"from":"2002",)"
    R"("fromName":"","to":"2001","toName":"","state":"ringing","cause":"newCall","direction":"inbound",)"
    R"("extraPbxData":{"alertingDevice":"2001","calledDevice":"2001","eventType":"deliveredEvent",)"
    R"("callTrackingID":"1650975157#7"},"createdOn":"2022-04-26T12:12:38.940Z",)"
    R"("callId":"endpoints/2001/calls/33656066","endpointId":"2001",)"
    R"("siteId":"7c511070-e9de-4f72-80f3-bc7ac9f61eea","accountId":"0265da2a-8da2-4f37-baae-b3dcedc31c6b",)"
    R"("timestamp":1650975158944,"eventId":"97407df6-adf7-4abf-bda3-4ee9d6d99769",)"
    R"("mediaReceivedTimestamp":1650975159466,"_links":{"self":"/2017-09-01/endpoints/2001/calls/33656066"},)"
    R"("isCtiEvent":true,"principalId":"993743f0-f24e-4428-b483-b8b1639b42ed",)"
    R"("callLegOwner":"993743f0-f24e-4428-b483-b8b1639b42ed","mediaEventProcessedTimestamp":1650975159484,)"
    R"("eventType":"CallStateNotification","deviceId":"platform-api-mediaservice-us-west-2",)"
    R"("userId":"993743f0-f24e-4428-b483-b8b1639b42ed"},)"
    R"("publisher":{"accountId":"0265da2a-8da2-4f37-baae-b3dcedc31c6b",)"
    R"("principalId":"993743f0-f24e-4428-b483-b8b1639b42ed"},)"
    R"("subscription":{"subscriptionId":"2d086378f1c948655ea6fd0a8b8a8303"},)"
    R"("notification":{"createdOn":"2022-04-26T12:12:39.971Z",)"
    R"("correlationId":"b036edf6-a6e3-42ee-b7d8-9436c3e3631f"}})";

/// The publications of a body by every engine, which must agree, also in what is wrong.
result<list<publication>> publications(const std::string& given, arena& room) {
    static std::deque<std::string> viewed;
    const std::string& body = viewed.emplace_back(given);
    const auto got = parse_publications(body, room);
#if TIPRING_TEST_BOOST
    const auto other = parse_publications<json::boost_engine>(body, room);
    CHECK(other.code() == got.code());
    if (!got && !other) CHECK(other.error().offset == got.error().offset);
    if (got && other) {
        REQUIRE(other->size() == got->size());
        for (std::size_t i = 0; i < got->size(); ++i) CHECK((*other)[i] == (*got)[i]);
    }
#endif
    return got;
}

/// The content of a publication of that topic and subject by every engine.
result<publication_content> content(const publication& what, arena& room) {
    const auto got = content_of(what, room);
#if TIPRING_TEST_BOOST
    const auto other = content_of<json::boost_engine>(what, room);
    CHECK(other.code() == got.code());
    if (got && other) CHECK(*other == *got);
#endif
    return got;
}

/// Views all that it is given.
http::request with_header(const http::header& proof, const std::string& body) {
    return {.method = http::method::post, .headers = std::span{&proof, 1}, .body = body};
}

} // namespace

TEST_CASE("webhooks: the members of a publication and of its event") {
    api_tables::check_members<publication>({
        {"publicationId", "text", "l"},
        {"topic", "text"},
        {"method", "text"},
        {"subject", "text"},
        {"content", "raw", "s"},
        {"publisher", "object"},
        {"subscription", "object"},
        {"notification", "object"},
    });
    api_tables::check_members<publisher>(
        {{"accountId", "text", "l"}, {"principalId", "text", "l"}});
    api_tables::check_members<subscription_reference>({{"subscriptionId", "text", "l"}});
    api_tables::check_members<notification_facts>(
        {{"createdOn", "text"}, {"correlationId", "text"}});
    api_tables::check_members<event_facts>({
        {"eventType", "text"},
        {"eventId", "text", "l"},
        {"timestamp", "integer", "l"},
        {"isCtiEvent", "boolean", "l"},
        {"accountId", "text", "l"},
        {"principalId", "text", "l"},
        {"userId", "text", "l"},
        {"callLegOwner", "text", "l"},
        {"endpointId", "text", "l"},
        {"deviceId", "text", "l"},
        {"mediaReceivedTimestamp", "integer", "l"},
        {"mediaEventProcessedTimestamp", "integer", "l"},
    });
}

TEST_CASE("webhooks: V11, alone, in an object and in a list") {
    for (const std::string& body :
         {v11, R"({"publication":)" + v11 + "}", R"({"publications":[)" + v11 + "]}",
          R"({"publications":null,"other":[{}],"publication":)" + v11 + "}"}) {
        memory room;
        const auto all = publications(body, room);
        char line[200];
        REQUIRE_MESSAGE(all, describe(all.error(), line));
        REQUIRE(all->size() == 1);
        const publication& what = all->front();
        CHECK(*what.publication_id == publication_id{"d588e181-8847-4ca3-864c-53a3e80afa87"});
        CHECK(*what.topic == notification_topic::media);
        CHECK(*what.method == "PUT");
        CHECK(*what.publisher->principal_id ==
              principal_id{"993743f0-f24e-4428-b483-b8b1639b42ed"});
        CHECK(*what.subscription->subscription_id ==
              subscription_id{"2d086378f1c948655ea6fd0a8b8a8303"});
        CHECK(*what.notification->created_on == datetime{"2022-04-26T12:12:39.971Z"});
        CHECK(correlation_id(what) == "b036edf6-a6e3-42ee-b7d8-9436c3e3631f");
        CHECK(what.content->find("cause").compare_text("newCall"));
        std::vector<char> buffer(4096);
        const auto again = json::encode(what, std::span<char>{buffer});
        REQUIRE(again);
        CHECK(json_tree::equal(*again, v11));

        const auto facts = event_facts_of(what, room);
        REQUIRE(facts);
        CHECK(*facts->event_type == "CallStateNotification");
        CHECK(*facts->timestamp == 1650975158944);
        CHECK(*facts->media_event_processed_timestamp == 1650975159484);
        CHECK(*facts->is_cti_event);
        CHECK(*facts->endpoint_id == endpoint_id{"2001"});
        const auto call = content(what, room);
        REQUIRE(call);
        const auto* const ringing = std::get_if<media_call>(&*call);
        REQUIRE(ringing != nullptr);
        CHECK(*ringing->state == call_state::ringing);
        CHECK(*ringing->cause == call_cause::new_call);
        CHECK(*ringing->direction == call_direction::inbound);
        CHECK(*ringing->from == "2002");
        CHECK(ringing->from_name->empty());
    }
    memory room;
    const auto none = publications(R"({"publications":[]})", room);
    REQUIRE(none);
    CHECK(none->empty());
    const auto two = publications(
        R"({"publications":[{"topic":"platform-api-admin"},{"subject":"/conversations/7"}]})",
        room);
    REQUIRE(two);
    CHECK(two->size() == 2);
    CHECK(correlation_id(two->front()).empty());
}

TEST_CASE("Q-22: the call id of an event is path-like, its last segment is that of paths") {
    memory room;
    const auto all = publications(v11, room);
    REQUIRE(all);
    const auto call = content(all->front(), room);
    REQUIRE(call);
    const auto& ringing = std::get<media_call>(*call);
    CHECK(*ringing.call_id == call_id{"endpoints/2001/calls/33656066"});
    CHECK(last_segment(*ringing.call_id) == call_id{"33656066"});
    CHECK(parse_subject(*all->front().subject).id_of("calls") ==
          last_segment(*ringing.call_id).value);
}

TEST_CASE("Q-23: what the PBX adds to an event is kept as it came, object or text") {
    memory room;
    const auto all = publications(v11, room);
    REQUIRE(all);
    const auto call = content(all->front(), room);
    REQUIRE(call);
    const raw_json pbx = *std::get<media_call>(*call).extra_pbx_data;
    CHECK(pbx.find("callTrackingID").compare_text("1650975157#7"));
    const auto text_form = publications(
        R"({"topic":"platform-api-media","subject":"/endpoints/1/calls/2","content":{"extraPbxData":"{\"a\":1}"}})",
        room);
    REQUIRE(text_form);
    const auto other = content(text_form->front(), room);
    REQUIRE(other);
    CHECK(std::get<media_call>(*other).extra_pbx_data->value == R"("{\"a\":1}")");
}

TEST_CASE("webhooks: what is typed, by topic and subject; all else as it is written") {
    memory room;
    struct row {
        text topic;
        text subject;
        text content;
        std::size_t index;
    };
    constexpr row rows[] = {
        {"platform-api-media", "/2017-09-01/endpoints/1/calls/2", R"({"callId":"2"})", 1},
        {"platform-api-media", "/endpoints/1/calls/2", R"({"callId":"2"})", 1},
        {"platform-api-media", "/endpoints/1", R"({"state":"idle"})", 0},
        {"platform-api-media", "/calls/2/records", R"({"callId":"2"})", 0},
        {"platform-api-conversations", "/conversations/7/messages/8", R"({"body":"x"})", 2},
        {"platform-api-conversations", "/2017-09-01/conversations/7/messages", R"({"body":"x"})",
         2},
        {"platform-api-conversations", "/conversations/7", R"({"name":"x"})", 3},
        {"platform-api-conversations", "/conversations/7/participants/8", R"({"userId":"x"})", 0},
        {"platform-api-presence", "/presentities/9", R"({"status":"x"})", 4},
        {"platform-api-admin", "/users/9", R"({"userId":"x"})", 0},
        {"platform-api-weather", "/endpoints/1/calls/2", R"({"callId":"2"})", 0},
        {"platform-api-media", "/endpoints/1/calls/2", R"("text")", 0},
        {"platform-api-media", "/endpoints/1/calls/2", "[]", 0},
    };
    for (const row& each : rows) {
        CAPTURE(each.topic);
        CAPTURE(each.subject);
        const publication what{.topic = open<notification_topic>{each.topic},
                               .subject = each.subject,
                               .content = raw_json{each.content}};
        const auto got = content(what, room);
        REQUIRE(got);
        CHECK(got->index() == each.index);
        if (each.index == 0) CHECK(std::get<raw_json>(*got).value == each.content);
    }
    // None at all, such as of a deletion.
    for (const publication& what :
         {publication{.topic = notification_topic::media, .subject = "/endpoints/1/calls/2"},
          publication{.topic = notification_topic::media,
          .subject = "/endpoints/1/calls/2",
          .content = null}}) {
        const auto got = content(what, room);
        REQUIRE(got);
        CHECK(std::get<raw_json>(*got).empty());
        CHECK(event_facts_of(what, room)->event_type.is_absent());
    }
    const publication odd{.topic = notification_topic::media,
                          .subject = "/endpoints/1/calls/2",
                          .content = raw_json{R"({"to":7})"}};
    const auto refused = content(odd, room);
    CHECK(refused.code() == errc::expected_string);
    CHECK(refused.error().offset == 6);
    CHECK(odd.content->find("to").value == "7");
    const publication said{.topic = notification_topic::conversations,
                           .subject = "/conversations/7/messages/8",
                           .content = raw_json{R"({"body":"x","eventType":"MessageCreated"})"}};
    CHECK(*event_facts_of(said, room)->event_type == "MessageCreated");
    CHECK(*std::get<cloudlink::message>(*content(said, room)).body == "x");
}

TEST_CASE("webhooks: what is no publication is said") {
    struct row {
        std::string body;
        text said;
    };
    const row rows[] = {
        {"", "the text ends too early (at byte 0)"},
        {"[]", "expected object (at byte 0)"},
        {"null", "expected object (at byte 0)"},
        {"{}", "topic: a required member is missing"},
        {R"({"event":"x"})", "topic: a required member is missing"},
        {R"({"publication":{}})", "topic: a required member is missing"},
        {R"({"publications":[{"topic":"a"},{}]})",
         "publications[1].topic: a required member is missing"},
        {R"({"publications":[{"topic":"a"}],"publication":{"topic":"a"}})",
         "publication: the member occurs twice"},
        {R"({"publications":{}})", "publications: expected array (at byte 16)"},
        {R"({"publications":[7]})", "publications[0]: expected object (at byte 17)"},
        {R"({"topic":7})", "topic: expected string (at byte 9)"},
        {R"({"topic":"a")", "the text ends too early (at byte 12)"},
    };
    for (const row& each : rows) {
        CAPTURE(each.body);
        memory room;
        char line[200];
        const auto got = publications(each.body, room);
        CHECK(describe(got.error(), line) == each.said);
        CHECK(room.used() == 0);
    }
    memory room;
    const auto limited = parse_publications(R"({"publications":[{"topic":"a"},{"topic":"b"}]})",
                                            room, {.max_elements = 1});
    CHECK(limited.code() == errc::too_many);
    std::string deep;
    for (int i = 0; i < 100000; ++i) deep += R"({"publication":)";
    CHECK(publications(deep, room).code() == errc::too_deep);
}

TEST_CASE("webhooks: every size of arena, and no byte outside the body is read") {
    const std::string bodies[] = {
        R"({"topic":"platform-api-\u006dedia","subject":"\/endpoints"})",
        R"({"publication":{"topic":"platform-api-\u006dedia"}})",
        R"({"publications":[{"topic":"a"},{"subject":"\/b\u0020c"},{"topic":"d"}]})"};
    for (const std::string& body : bodies) {
        exact_memory::exact_text exact{body};
        exact_memory::block plenty{8192};
        const text bytes{exact.bytes.get(), exact.size};
        const auto whole = parse_publications(bytes, plenty.room);
        REQUIRE(whole);
        exact_memory::with_every_arena(plenty.room.high_water_mark() + 64,
                                       [&](arena& room) -> result<bool> {
                                           const auto again = parse_publications(bytes, room);
                                           if (!again) {
                                               CHECK(room.used() == 0);
                                               return again.error();
                                           }
                                           bool same = again->size() == whole->size();
                                           for (std::size_t i = 0; same && i < whole->size(); ++i)
                                               same = (*again)[i] == (*whole)[i];
                                           return same;
                                       });
        for (std::size_t size = 0; size < body.size(); ++size) {
            exact_memory::exact_text cut{body.substr(0, size)};
            CHECK(!parse_publications(text{cut.bytes.get(), cut.size}, plenty.room));
        }
    }
}

TEST_CASE("subjects: with and without version, in parts") {
    struct row {
        text subject;
        text version;
        text collection;
        text id;
    };
    constexpr row rows[] = {
        {"/2017-09-01/endpoints/2001/calls/33656066", "2017-09-01", "calls", "33656066"},
        {"/endpoints/2001/calls/33656066", "", "calls", "33656066"},
        {"/conversations/7/messages/8", "", "messages", "8"},
        {"/conversations/7/messages", "", "messages", ""},
        {"/conversations/7/messages/", "", "messages", ""},
        {"/presentities/9", "", "presentities", "9"},
        {"/2018-07-01", "2018-07-01", "", ""},
        {"2017-09-01/users/7", "", "7", ""},
        {"/2017-9-01/users/7", "", "7", ""},
        {"/2017-09-0x/users/7", "", "7", ""},
        {"users", "", "users", ""},
        {"", "", "", ""},
        {"/", "", "", ""},
        {"//", "", "", ""},
    };
    for (const row& each : rows) {
        CAPTURE(each.subject);
        const publication_subject got = parse_subject(each.subject);
        CHECK(got.version == each.version);
        CHECK(got.collection() == each.collection);
        CHECK(got.id() == each.id);
    }
    constexpr publication_subject call = parse_subject("/2017-09-01/endpoints/2001/calls/33656066");
    static_assert(call.path == "/endpoints/2001/calls/33656066");
    static_assert(call.id_of("endpoints") == "2001");
    static_assert(call.id_of("calls") == "33656066");
    static_assert(call.id_of("2001").empty());
    static_assert(call == publication_subject{"2017-09-01", "/endpoints/2001/calls/33656066"});
}

TEST_CASE("webhooks: the signature is HMAC-SHA256 of the body in lower-case hexadecimal") {
    // By Python: hmac.new(b"2f1f6f0e-...", body, "sha256").hexdigest().
    const secret id{"2f1f6f0e-6f0b-4a0e-8a53-1f4f7f0e9b11"};
    const std::string body = R"({"topic":"platform-api-media"})";
    const std::string good = "83fc6ffe8112d4d5bc28d29a1865bb8ff812832ab8e246db29a6609f70832376";
    const webhook_signature made{body, id};
    CHECK(made.value() == good);
    const auto check = [&](const std::string& value, const std::string& received) {
        return is_signed_webhook(with_header({.name = "X-Signature", .value = value}, received),
                                 "x-signature", id);
    };
    CHECK(check(good, body));
    CHECK(check(" " + good + "\t", body));
    std::string upper = good;
    for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    CHECK(check(upper, body));
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string other = good;
        other[i] = other[i] == '0' ? '1' : '0';
        CHECK_FALSE(check(other, body));
    }
    CHECK_FALSE(check(good, body + " "));
    CHECK_FALSE(check("", body));
    CHECK_FALSE(check(good.substr(1), body));
    CHECK_FALSE(check(good + "0", body));
    CHECK_FALSE(check(good + good, body));
    CHECK_FALSE(check("sha256=" + good, body));
    CHECK_FALSE(is_signed_webhook(with_header({.name = "X-Signature", .value = good}, body),
                                  "x-other", id));
    CHECK_FALSE(is_signed_webhook(with_header({.name = "X-Signature", .value = good}, body),
                                  "x-signature", secret{"another"}));
    // With no secret anybody could sign.
    const webhook_signature open_to_all{body, secret{}};
    const std::string anybody{open_to_all.value()};
    CHECK_FALSE(is_signed_webhook(with_header({.name = "X-Signature", .value = anybody}, body),
                                  "x-signature", secret{}));
}

TEST_CASE("webhooks: the HMAC of a TLS library can be plugged in") {
    bool was_called = false;
    const auto own = [&was_called](secret key, text data) {
        was_called = key.reveal() == "k" && data == "body";
        auth::sha256_digest digest{};
        digest[0] = 0xAB;
        return digest;
    };
    const std::string value = "ab" + std::string(62, '0');
    const std::string body = "body";
    CHECK(
        is_signed_webhook(with_header({.name = "s", .value = value}, body), "S", secret{"k"}, own));
    CHECK(was_called);
}

TEST_CASE("webhooks: the application id itself as proof") {
    const secret id{"2f1f6f0e-6f0b-4a0e-8a53-1f4f7f0e9b11"};
    const auto check = [&](const std::string& value, secret expected) {
        return is_identified_webhook(with_header({.name = "X-App", .value = value}, ""), "x-app",
                                     expected);
    };
    CHECK(check("2f1f6f0e-6f0b-4a0e-8a53-1f4f7f0e9b11", id));
    CHECK_FALSE(check("2F1F6F0E-6f0b-4a0e-8a53-1f4f7f0e9b11", id));
    CHECK_FALSE(check("2f1f6f0e", id));
    CHECK_FALSE(check("", id));
    CHECK_FALSE(check("", secret{}));
    CHECK_FALSE(is_identified_webhook(http::request{}, "x-app", id));
}

TEST_CASE("webhooks: a stand-in sends in every shape with every proof, and all are taken") {
    memory kept;
    const auto all = publications(v11, kept);
    REQUIRE(all);
    using server::cloudlink::webhook_proof;
    using server::cloudlink::webhook_shape;
    const secret id{"s3cret"};
    for (const auto shape : {webhook_shape::bare, webhook_shape::envelope, webhook_shape::list})
        for (const auto proof :
             {webhook_proof::none, webhook_proof::application_id, webhook_proof::signature}) {
            memory room;
            const server::cloudlink::webhook_target to{.url =
                                                           "https://hooks.example.com:8443/cl?x=1",
                                                       .shape = shape,
                                                       .proof = proof,
                                                       .header_name = "x-proof",
                                                       .application_id = id};
            const auto sent = server::cloudlink::tell(*all, to, room);
            char line[200];
            REQUIRE_MESSAGE(sent, describe(sent.error(), line));
            CHECK(sent->method == http::method::post);
            CHECK(sent->origin == "https://hooks.example.com:8443");
            CHECK(sent->target == "/cl?x=1");
            CHECK(sent->find("Content-Type")->value == "application/json");
            CHECK(sent->headers.size() == (proof == webhook_proof::none ? 1 : 2));
            CHECK(is_signed_webhook(*sent, "X-Proof", id) == (proof == webhook_proof::signature));
            CHECK(is_identified_webhook(*sent, "X-Proof", id) ==
                  (proof == webhook_proof::application_id));
            if (proof != webhook_proof::none) CHECK(sent->find("x-proof")->is_secret);
            const auto back = publications(std::string{sent->body}, room);
            REQUIRE(back);
            REQUIRE(back->size() == 1);
            CHECK(json_tree::equal((*back)[0].content->value, all->front().content->value));
            CHECK(correlation_id((*back)[0]) == correlation_id(all->front()));
            exact_memory::with_every_arena(
                room.high_water_mark() + 64, [&](arena& tight) -> result<bool> {
                    const auto again = server::cloudlink::tell(*all, to, tight);
                    if (!again) return again.error();
                    return again->body == sent->body;
                });
        }
}

TEST_CASE("webhooks: what a stand-in cannot send") {
    memory room;
    const publication two[] = {{.topic = notification_topic::admin},
                               {.topic = notification_topic::admin}};
    const auto why = [&](std::size_t count, const server::cloudlink::webhook_target& to) {
        const auto sent = server::cloudlink::tell(list<publication>{two, count}, to, room);
        CHECK(room.used() == 0);
        return sent.code();
    };
    using server::cloudlink::webhook_proof;
    using server::cloudlink::webhook_shape;
    CHECK(why(2, {.url = "https://h/"}) == errc::too_many);
    CHECK(why(0, {.url = "https://h/"}) == errc::missing_parameter);
    CHECK(why(2, {.url = "https://h/", .shape = webhook_shape::envelope}) == errc::too_many);
    CHECK(why(1, {.url = "/relative"}) == errc::bad_url);
    CHECK(why(1, {.url = "https://h/#f"}) == errc::bad_url);
    CHECK(why(1, {.url = "https://h/ x"}) == errc::bad_url);
    CHECK(why(1,
              {.url = "https://h/", .proof = webhook_proof::signature, .header_name = "x-proof"}) ==
          errc::missing_parameter);
    CHECK(why(1, {.url = "https://h/",
                  .proof = webhook_proof::application_id,
                  .header_name = "bad name",
                  .application_id = secret{"s"}}) == errc::bad_header);
    CHECK(why(1, {.url = "https://h/",
                  .proof = webhook_proof::application_id,
                  .header_name = "x-proof",
                  .application_id = secret{"s\r\nx: y"}}) == errc::bad_header);
    for (const text url : {text{"https://h"}, text{"https://h?q=1"}}) {
        const auto sent = server::cloudlink::tell(list<publication>{two, 1}, {.url = url}, room);
        REQUIRE(sent);
        CHECK(sent->origin == "https://h");
        CHECK(sent->target == (url.size() == 9 ? "/" : "/?q=1"));
        room.reset();
    }
    const auto many =
        server::cloudlink::tell(two, {.url = "https://h/", .shape = webhook_shape::list}, room);
    REQUIRE(many);
    CHECK(many->body ==
          R"({"publications":[{"topic":"platform-api-admin"},{"topic":"platform-api-admin"}]})");
}
