// The Notifications API: subscriptions to what happens on the platform (fact sheet B.5, C.8). Not
// here: what arrives by them (publication.hpp), whether it is genuine (webhook.hpp).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
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

/// How publications reach the subscriber.
enum class subscription_transport : std::uint8_t {
    webhook,   ///< posted to a URL
    websocket, ///< MQTT over a websocket; seen in a client of the former version only
};
/// What one can subscribe to, as far as it was seen.
enum class notification_topic : std::uint8_t { media, conversations, presence, admin };

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::subscription_transport, "webhook", "websocket");
TIPRING_NAMES(cloudlink::notification_topic, "platform-api-media", "platform-api-conversations",
              "platform-api-presence", "platform-api-admin");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::cloudlink {

/// A subscription (R1, F4). `application_id` is made up by the subscriber and comes back with every
/// webhook as its proof: choose something that nobody can guess.
struct subscription {
    field<cloudlink::subscription_id> subscription_id{};
    field<secret> application_id{};
    field<text> device_id{};
    field<open<subscription_transport>> transport{};
    field<open<notification_topic>> topic{};
    field<text> subject_filter{};
    field<text> publication_filter{};
    field<text> method_filter{};
    field<datetime> created_on{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    subscription,
    TIPRING_MEMBER(subscription_id, "unique id")
        .read_only()
        .lenient()
        .named("subscriptionId")
        .alias("id"),
    TIPRING_MEMBER(application_id, "the subscriber's own unique id, and a shared secret")
        .named("applicationId"),
    TIPRING_MEMBER(device_id, "of a webhook, the URL to post to").named("deviceId"),
    TIPRING_MEMBER(transport, "how publications come"), TIPRING_MEMBER(topic, "what about"),
    TIPRING_MEMBER(subject_filter, "prefix of the subjects, or a regular expression for them")
        .nullable()
        .named("subjectFilter"),
    TIPRING_MEMBER(publication_filter, "JSONPath over $.publications")
        .nullable()
        .named("publicationFilter"),
    TIPRING_MEMBER(method_filter, "such as PUT").nullable().named("methodFilter"),
    TIPRING_MEMBER(created_on, "when it was made").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// The subscriptions in any of three forms: the envelope of all lists, `{"items":[...]}`, a bare
/// array. Which one the service sends is not documented, so look at them by items().
struct subscription_page {
    field<std::int64_t> count{};
    field<cloudlink::links> links{};
    field<embedded_items<subscription>> embedded{};
    field<list<subscription>> items{};
};
TIPRING_DESCRIBE(
    subscription_page, TIPRING_MEMBER(count, "no reliable total").nullable(),
    TIPRING_MEMBER(links, "where this page and the next one are").nullable().named("_links"),
    TIPRING_MEMBER(embedded, "the subscriptions in the envelope of all lists")
        .nullable()
        .named("_embedded"),
    TIPRING_MEMBER(items, "the subscriptions without it").nullable().bare_array());

/// The subscriptions of a page, in whichever form they came.
constexpr list<subscription> items(const subscription_page& page) {
    if (page.embedded && page.embedded->items) return *page.embedded->items;
    return page.items ? *page.items : list<subscription>{};
}

/// The link to the next page, for pager::next(); empty on the last one.
constexpr text next_link(const subscription_page& page) {
    return page.links && page.links->next ? *page.links->next : text{};
}

/// Subscribes. NO-1; the vendor's sample does it (R1, F4). The answer has the id, and may repeat
/// the rest.
struct create_subscription {
    using answer = cloudlink::subscription;

    field<cloudlink::subscription> subscription{};
};
TIPRING_DESCRIBE(create_subscription,
                 TIPRING_MEMBER(subscription, "what to subscribe to").body().required());
TIPRING_OPERATION(create_subscription, .method = http::method::post, .path = "/subscriptions",
                  .api = &api_of(service::notifications), .evidence = http::evidence::official,
                  .success = 201, .idempotent = false, .source = "R1, F4 NO-1",
                  .doc = "Subscribes to what happens.");

/// Lists subscriptions. NO-2; seen in vendor code (R9) and by integrators (T1).
struct list_subscriptions {
    using answer = subscription_page;

    odata::query query{};
};
TIPRING_DESCRIBE(list_subscriptions, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_subscriptions, .path = "/subscriptions",
                  .api = &api_of(service::notifications), .evidence = http::evidence::vendor_code,
                  .source = "R9, T1 NO-2", .doc = "Lists subscriptions.");

/// Ends a subscription. NO-3; seen by integrators (T1), for whom 404 is as good.
struct delete_subscription {
    using answer = http::done;

    cloudlink::subscription_id subscription_id{};
};
TIPRING_DESCRIBE(delete_subscription, TIPRING_MEMBER(subscription_id, "the subscription").path());
TIPRING_OPERATION(delete_subscription, .method = http::method::delete_,
                  .path = "/subscriptions/{subscription_id}",
                  .api = &api_of(service::notifications), .evidence = http::evidence::integrator,
                  .source = "T1 NO-3", .doc = "Ends a subscription.");

/// All of the Notifications API that one asks for; what it sends is in publication.hpp.
using notification_operations =
    http::operation_list<create_subscription, list_subscriptions, delete_subscription>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
