// Publications: what the platform tells about something that happened, as it arrives in a webhook
// (fact sheet C.8). Here are their types, reading them in every shape, and what they are about. Not
// here: subscribing (notification.hpp), whether a webhook is genuine (webhook.hpp), sending them
// (server/webhook.hpp).
#pragma once

#include <cstdint>
#include <new>
#include <variant>

#include <tipring/cloudlink/conversation.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/media_call.hpp>
#include <tipring/cloudlink/message.hpp>
#include <tipring/cloudlink/notification.hpp>
#include <tipring/cloudlink/router.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Whose doing it was.
struct publisher {
    field<cloudlink::account_id> account_id{};
    field<cloudlink::principal_id> principal_id{};
};
TIPRING_DESCRIBE(publisher,
                 TIPRING_MEMBER(account_id, "the account").lenient().nullable().named("accountId"),
                 TIPRING_MEMBER(principal_id, "the user or application")
                     .lenient()
                     .nullable()
                     .named("principalId"));

/// By which subscription it came.
struct subscription_reference {
    field<cloudlink::subscription_id> subscription_id{};
};
TIPRING_DESCRIBE(
    subscription_reference,
    TIPRING_MEMBER(subscription_id, "the subscription").lenient().named("subscriptionId"));

/// The telling itself.
struct notification_facts {
    field<datetime> created_on{};
    field<text> correlation_id{};
};
TIPRING_DESCRIBE(notification_facts,
                 TIPRING_MEMBER(created_on, "when it was sent").nullable().named("createdOn"),
                 TIPRING_MEMBER(correlation_id, "what Mitel's support asks for")
                     .nullable()
                     .named("correlationId"));

/// One thing that happened (R1). `content` is the resource as it is now, with facts about the event
/// beside its members: see content_of() and event_facts. It stays as it was written, and is not
/// printed, since a user has a SIP password (quirk Q-40).
struct publication {
    field<cloudlink::publication_id> publication_id{};
    field<open<notification_topic>> topic{};
    field<text> method{};
    field<text> subject{};
    field<raw_json> content{};
    field<cloudlink::publisher> publisher{};
    field<subscription_reference> subscription{};
    field<notification_facts> notification{};
};
TIPRING_DESCRIBE(
    publication, TIPRING_MEMBER(publication_id, "unique id").lenient().named("publicationId"),
    TIPRING_MEMBER(topic, "what about"),
    TIPRING_MEMBER(method, "what was done, as the method of HTTP that does it").nullable(),
    TIPRING_MEMBER(subject, "the path of the resource; see parse_subject()"),
    TIPRING_MEMBER(content, "the resource as it is now, and facts about the event; not printed")
        .nullable()
        .with(json::is_secret),
    TIPRING_MEMBER(publisher, "whose doing it was").nullable(),
    TIPRING_MEMBER(subscription, "by which subscription it came").nullable(),
    TIPRING_MEMBER(notification, "the telling itself").nullable());

/// Publications in an object around them: one, or any number.
struct publication_envelope {
    field<cloudlink::publication> publication{};
    field<list<cloudlink::publication>> publications{};
};
TIPRING_DESCRIBE(publication_envelope, TIPRING_MEMBER(publication, "one publication").nullable(),
                 TIPRING_MEMBER(publications, "any number of them").nullable());

/// What Mitel's support asks for; empty when the publication has none.
constexpr text correlation_id(const publication& what) {
    return *what.notification->correlation_id;
}

/// What a content says of the event, beside the members of its resource (R1).
struct event_facts {
    field<text> event_type{};
    field<text> event_id{};
    field<std::int64_t> timestamp{};
    field<bool> is_cti_event{};
    field<cloudlink::account_id> account_id{};
    field<cloudlink::principal_id> principal_id{};
    field<cloudlink::user_id> user_id{};
    field<cloudlink::principal_id> call_leg_owner{};
    field<cloudlink::endpoint_id> endpoint_id{};
    field<text> device_id{};
    field<std::int64_t> media_received_timestamp{};
    field<std::int64_t> media_event_processed_timestamp{};
};
TIPRING_DESCRIBE(
    event_facts,
    TIPRING_MEMBER(event_type, "such as CallStateNotification").nullable().named("eventType"),
    TIPRING_MEMBER(event_id, "unique id of the event").lenient().nullable().named("eventId"),
    TIPRING_MEMBER(timestamp, "milliseconds since 1970").lenient().nullable(),
    TIPRING_MEMBER(is_cti_event, "whether a PBX said it").lenient().nullable().named("isCtiEvent"),
    TIPRING_MEMBER(account_id, "the account").lenient().nullable().named("accountId"),
    TIPRING_MEMBER(principal_id, "whom it is about").lenient().nullable().named("principalId"),
    TIPRING_MEMBER(user_id, "the same, of a user").lenient().nullable().named("userId"),
    TIPRING_MEMBER(call_leg_owner, "whose side of the call it is")
        .lenient()
        .nullable()
        .named("callLegOwner"),
    TIPRING_MEMBER(endpoint_id, "the phone").lenient().nullable().named("endpointId"),
    TIPRING_MEMBER(device_id, "the machine that said it").lenient().nullable().named("deviceId"),
    TIPRING_MEMBER(media_received_timestamp, "milliseconds since 1970")
        .lenient()
        .nullable()
        .named("mediaReceivedTimestamp"),
    TIPRING_MEMBER(media_event_processed_timestamp, "milliseconds since 1970")
        .lenient()
        .nullable()
        .named("mediaEventProcessedTimestamp"));

/// Somebody's presence. Built after the Router's endpoints (R4): no document shows what
/// publications of presence hold, so look at publication::content for the rest.
struct presentity {
    field<cloudlink::principal_id> principal_id{};
    field<cloudlink::account_id> account_id{};
    field<text> status{};
    field<datetime> entered_on{};
    field<presence_status> principal{};
    field<presence_status> aggregate{};
};
TIPRING_DESCRIBE(presentity,
                 TIPRING_MEMBER(principal_id, "whose").lenient().nullable().named("principalId"),
                 TIPRING_MEMBER(account_id, "the account").lenient().nullable().named("accountId"),
                 TIPRING_MEMBER(status, "whether somebody is there").nullable(),
                 TIPRING_MEMBER(entered_on, "since when").nullable().named("enteredOn"),
                 TIPRING_MEMBER(principal, "of the person").nullable(),
                 TIPRING_MEMBER(aggregate, "of all that the person uses").nullable());

/// The subject of a publication, `/2017-09-01/endpoints/2001/calls/33656066`, in its parts: a
/// version that may be missing, then names of collections and ids in turn. Ids are as they were
/// written.
struct publication_subject {
    /// `2017-09-01`, or empty.
    text version = {};
    /// What is behind it, `/endpoints/2001/calls/33656066`.
    text path = {};

    /// The id behind the name of a collection: that of `calls` is `33656066`. Empty when there is
    /// none.
    constexpr text id_of(text collection) const {
        for (text rest = path; !rest.empty();) {
            const text name = next(rest);
            const text id = next(rest);
            if (name == collection) return id;
        }
        return {};
    }
    /// The last collection: `calls`.
    constexpr text collection() const { return last().name; }
    /// The id in it: `33656066`; empty for the collection as a whole.
    constexpr text id() const { return last().id; }

    friend constexpr bool operator==(const publication_subject&,
                                     const publication_subject&) = default;

private:
    struct named_id {
        text name = {};
        text id = {};
    };
    constexpr named_id last() const {
        named_id found;
        for (text rest = path; !rest.empty();) {
            const text name = next(rest);
            const text id = next(rest);
            if (!name.empty()) found = {name, id};
        }
        return found;
    }
    /// Takes the first segment off `rest`.
    static constexpr text next(text& rest) {
        if (rest.starts_with('/')) rest.remove_prefix(1);
        const text segment = slice(rest, 0, rest.find('/'));
        rest.remove_prefix(segment.size());
        return segment;
    }
    friend constexpr publication_subject parse_subject(text written);
};

/// Takes a subject apart. Any text is one; what is no path has no collections that anybody knows.
constexpr publication_subject parse_subject(text written) {
    text rest = written;
    const text first = publication_subject::next(rest);
    constexpr text form = "dddd-dd-dd";
    bool is_version = written.starts_with('/') && first.size() == form.size();
    for (std::size_t i = 0; is_version && i < form.size(); ++i)
        is_version = form[i] == '-' ? first[i] == '-' : is_digit(first[i]);
    return is_version ? publication_subject{.version = first, .path = rest}
                      : publication_subject{.version = {}, .path = written};
}

namespace detail {

/// A publication says at least what it is about.
inline result<void> check_publication(const publication& what) {
    if (what.topic || what.subject) return {};
    return about(errc::missing_member, "topic");
}
inline result<void> check_publications(list<publication> all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto checked = check_publication(all[i]);
        if (checked) continue;
        error failure{.code = checked.code()};
        failure.path.push_member("publications");
        failure.path.push_element(i);
        failure.path.push_all(checked.error().path);
        return failure;
    }
    return {};
}

template <class Engine>
result<list<publication>> read_publications(text body, arena& memory,
                                            const json::decode_options& options) {
    json::decode_options envelope_options = options;
    envelope_options.report = nullptr;
    const auto envelope =
        json::decode<publication_envelope, Engine>(body, memory, envelope_options);
    if (!envelope) return envelope.error();
    if (envelope->publications) {
        if (!envelope->publication)
            if (const auto checked = check_publications(*envelope->publications); !checked)
                return checked.error();
        if (!envelope->publication) return *envelope->publications;
        return about(errc::duplicate_member, "publication");
    }
    publication one = *envelope->publication;
    if (!envelope->publication) {
        const auto bare = json::decode<publication, Engine>(body, memory, options);
        if (!bare) return bare.error();
        one = *bare;
    }
    if (const auto checked = check_publication(one); !checked) return checked.error();
    void* const room = memory.allocate(sizeof(publication), alignof(publication));
    if (room == nullptr) return error{.code = errc::capacity, .needed = memory.needed()};
    return list<publication>{::new (room) publication{one}, 1};
}

} // namespace detail

/// Reads the body of a webhook in any of its shapes: a publication (R1), `{"publication":{...}}`
/// (T1), `{"publications":[...]}` (the language of filters speaks of it). At least one of topic and
/// subject must be there, and not both envelopes: errc::missing_member, duplicate_member; otherwise
/// the errors of json::decode(). Views `body` and `memory`, which on failure is as it was.
///
/// Check first whether the webhook is genuine, on the same bytes: see webhook.hpp.
template <class Engine = json::builtin_engine>
result<list<publication>>
parse_publications(text body TIPRING_LIFETIMEBOUND, arena& memory TIPRING_LIFETIMEBOUND,
                   const json::decode_options& options = json::default_decode_options) {
    const arena::mark before = memory.position();
    auto all = detail::read_publications<Engine>(body, memory, options);
    if (!all) memory.rewind(before);
    return all;
}

/// What a publication is about, by its topic and subject; raw where neither is known or the content
/// is no object, empty where there is none.
using publication_content = std::variant<raw_json, media_call, message, conversation, presentity>;

namespace detail {

template <class T, class Engine>
result<publication_content> decode_content(raw_json content, arena& memory,
                                           const json::decode_options& options) {
    const auto got = json::decode<T, Engine>(content.value, memory, options);
    if (!got) return got.error();
    return publication_content{*got};
}

} // namespace detail

/// The content of a publication as a typed value: a call of the topic of media, a message or
/// conversation of that of conversations, a presentity of that of presence. Errors of
/// json::decode(), with the offset in the content, which is still there as it was written. Views
/// the publication's text and `memory`.
template <class Engine = json::builtin_engine>
result<publication_content>
content_of(const publication& what, arena& memory TIPRING_LIFETIMEBOUND,
           const json::decode_options& options = json::default_decode_options) {
    const raw_json content = *what.content;
    const auto topic = content.kind() == json::json_kind::object
                           ? (*what.topic).known()
                           : std::optional<notification_topic>{};
    const text collection = parse_subject(*what.subject).collection();
    if (topic == notification_topic::media && collection == "calls")
        return detail::decode_content<media_call, Engine>(content, memory, options);
    if (topic == notification_topic::conversations && collection == "messages")
        return detail::decode_content<message, Engine>(content, memory, options);
    if (topic == notification_topic::conversations && collection == "conversations")
        return detail::decode_content<conversation, Engine>(content, memory, options);
    if (topic == notification_topic::presence)
        return detail::decode_content<presentity, Engine>(content, memory, options);
    return publication_content{content};
}

/// What the content says of the event; all absent when it is no object. Errors as of content_of().
template <class Engine = json::builtin_engine>
result<event_facts>
event_facts_of(const publication& what, arena& memory TIPRING_LIFETIMEBOUND,
               const json::decode_options& options = json::default_decode_options) {
    if ((*what.content).kind() != json::json_kind::object) return event_facts{};
    return json::decode<event_facts, Engine>((*what.content).value, memory, options);
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
