// Services for operating the platform: Director, Analytics, System Manager, Billing (fact sheet
// B.7; all of it from one set of shell functions, R9, which seldom shows what is in the answers, so
// these are kept as they are written).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/cloudlink/untyped.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// What the Director registers of a service.
struct registered_service {
    field<text> name{};
    field<std::int64_t> rank{};
};
TIPRING_DESCRIBE(registered_service, TIPRING_MEMBER(name, "the name of the service"),
                 TIPRING_MEMBER(rank, "a number that orders the hosts of a service").lenient());

/// Where events of one type go. An update has no account.
struct event_router {
    field<cloudlink::account_id> account_id{};
    field<text> event_type{};
    field<text> destination{};
};
TIPRING_DESCRIBE(event_router,
                 TIPRING_MEMBER(account_id, "whose events").lenient().named("accountId"),
                 TIPRING_MEMBER(event_type, "which events").named("eventType"),
                 TIPRING_MEMBER(destination, "where they go"));

/// Lists identities. DI-1; seen in vendor code (R9). That code always sends `$expand=null`.
struct list_identities {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_identities, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_identities, .path = "/identities", .api = &api_of(service::director),
                  .evidence = http::evidence::vendor_code, .source = "R9 DI-1",
                  .doc = "Lists identities.");

/// Gives one identity. DI-2; seen in vendor code (R9).
struct view_identity {
    using answer = untyped;

    cloudlink::identity_id identity_id{};
};
TIPRING_DESCRIBE(view_identity, TIPRING_MEMBER(identity_id, "the identity").path());
TIPRING_OPERATION(view_identity, .path = "/identities/{identity_id}",
                  .api = &api_of(service::director), .evidence = http::evidence::vendor_code,
                  .source = "R9 DI-2", .doc = "Gives one identity.");

/// Deletes an identity. DI-3; seen in vendor code (R9).
struct delete_identity {
    using answer = http::done;

    cloudlink::identity_id identity_id{};
};
TIPRING_DESCRIBE(delete_identity, TIPRING_MEMBER(identity_id, "the identity").path());
TIPRING_OPERATION(delete_identity, .method = http::method::delete_,
                  .path = "/identities/{identity_id}", .api = &api_of(service::director),
                  .evidence = http::evidence::vendor_code, .source = "R9 DI-3",
                  .doc = "Deletes an identity.");

/// Lists the services that are registered. DI-4; seen in vendor code (R9).
struct list_services {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_services, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_services, .path = "/services", .api = &api_of(service::director),
                  .evidence = http::evidence::vendor_code, .source = "R9 DI-4",
                  .doc = "Lists the services that are registered.");

/// Registers a service, or changes it. DI-5; seen in vendor code (R9).
struct put_service {
    using answer = untyped;

    text host{};
    field<registered_service> service{};
};
TIPRING_DESCRIBE(put_service, TIPRING_MEMBER(host, "the host of the service").path(),
                 TIPRING_MEMBER(service, "its name and rank").body().required());
TIPRING_OPERATION(put_service, .method = http::method::put, .path = "/services/{host}",
                  .api = &api_of(service::director), .evidence = http::evidence::vendor_code,
                  .may_be_empty = true, .source = "R9 DI-5",
                  .doc = "Registers a service, or changes it.");

/// Takes a service off the register. DI-6; seen in vendor code (R9).
struct delete_service {
    using answer = http::done;

    text host{};
};
TIPRING_DESCRIBE(delete_service, TIPRING_MEMBER(host, "the host of the service").path());
TIPRING_OPERATION(delete_service, .method = http::method::delete_, .path = "/services/{host}",
                  .api = &api_of(service::director), .evidence = http::evidence::vendor_code,
                  .source = "R9 DI-6", .doc = "Takes a service off the register.");

/// Lists event routers. DI-7; seen in vendor code (R9).
struct list_event_routers {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_event_routers, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_event_routers, .path = "/event-routers", .api = &api_of(service::director),
                  .evidence = http::evidence::vendor_code, .source = "R9 DI-7",
                  .doc = "Lists event routers.");

/// Creates an event router. DI-8; seen in vendor code (R9).
struct create_event_router {
    using answer = untyped;

    field<cloudlink::event_router> event_router{};
};
TIPRING_DESCRIBE(create_event_router,
                 TIPRING_MEMBER(event_router, "the new event router").body().required());
TIPRING_OPERATION(create_event_router, .method = http::method::post, .path = "/event-routers",
                  .api = &api_of(service::director), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R9 DI-8",
                  .doc = "Creates an event router.");

/// Gives one event router. DI-9; seen in vendor code (R9).
struct view_event_router {
    using answer = untyped;

    cloudlink::event_router_id event_router_id{};
};
TIPRING_DESCRIBE(view_event_router, TIPRING_MEMBER(event_router_id, "the event router").path());
TIPRING_OPERATION(view_event_router, .path = "/event-routers/{event_router_id}",
                  .api = &api_of(service::director), .evidence = http::evidence::vendor_code,
                  .source = "R9 DI-9", .doc = "Gives one event router.");

/// Changes an event router. DI-10; seen in vendor code (R9).
struct update_event_router {
    using answer = untyped;

    cloudlink::event_router_id event_router_id{};
    field<cloudlink::event_router> event_router{};
};
TIPRING_DESCRIBE(update_event_router, TIPRING_MEMBER(event_router_id, "the event router").path(),
                 TIPRING_MEMBER(event_router, "type of event and destination").body().required());
TIPRING_OPERATION(update_event_router, .method = http::method::put,
                  .path = "/event-routers/{event_router_id}", .api = &api_of(service::director),
                  .evidence = http::evidence::vendor_code, .may_be_empty = true,
                  .source = "R9 DI-10", .doc = "Changes an event router.");

/// Deletes an event router. DI-11; seen in vendor code (R9).
struct delete_event_router {
    using answer = http::done;

    cloudlink::event_router_id event_router_id{};
};
TIPRING_DESCRIBE(delete_event_router, TIPRING_MEMBER(event_router_id, "the event router").path());
TIPRING_OPERATION(delete_event_router, .method = http::method::delete_,
                  .path = "/event-routers/{event_router_id}", .api = &api_of(service::director),
                  .evidence = http::evidence::vendor_code, .source = "R9 DI-11",
                  .doc = "Deletes an event router.");

/// All that is known of the Director.
using director_operations =
    http::operation_list<list_identities, view_identity, delete_identity, list_services,
                         put_service, delete_service, list_event_routers, create_event_router,
                         view_event_router, update_event_router, delete_event_router>;

/// Lists what happened. AN-1; seen in vendor code (R9). That code filters by source, subject and
/// occurredOn: see properties::events.
struct list_event_records {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_event_records, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_event_records, .path = "/events-records", .api = &api_of(service::analytics),
                  .evidence = http::evidence::vendor_code, .source = "R9 AN-1",
                  .doc = "Lists what happened.");

/// All that is known of Analytics.
using analytics_operations = http::operation_list<list_event_records>;

/// Lists components. SM-1; seen in vendor code (R9).
struct list_components {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_components, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_components, .path = "/components", .api = &api_of(service::system_manager),
                  .evidence = http::evidence::vendor_code, .source = "R9 SM-1",
                  .doc = "Lists components.");

/// Lists platforms. SM-2; seen in vendor code (R9).
struct list_platforms {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_platforms, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_platforms, .path = "/platforms", .api = &api_of(service::system_manager),
                  .evidence = http::evidence::vendor_code, .source = "R9 SM-2",
                  .doc = "Lists platforms.");

/// Gives one platform. SM-3; seen in vendor code (R9).
struct view_platform {
    using answer = untyped;

    cloudlink::platform_id platform_id{};
};
TIPRING_DESCRIBE(view_platform, TIPRING_MEMBER(platform_id, "the platform").path());
TIPRING_OPERATION(view_platform, .path = "/platforms/{platform_id}",
                  .api = &api_of(service::system_manager), .evidence = http::evidence::vendor_code,
                  .source = "R9 SM-3", .doc = "Gives one platform.");

/// Deletes a platform. SM-4; seen in vendor code (R9).
struct delete_platform {
    using answer = http::done;

    cloudlink::platform_id platform_id{};
};
TIPRING_DESCRIBE(delete_platform, TIPRING_MEMBER(platform_id, "the platform").path());
TIPRING_OPERATION(delete_platform, .method = http::method::delete_,
                  .path = "/platforms/{platform_id}", .api = &api_of(service::system_manager),
                  .evidence = http::evidence::vendor_code, .source = "R9 SM-4",
                  .doc = "Deletes a platform.");

/// All that is known of the System Manager.
using system_manager_operations =
    http::operation_list<list_components, list_platforms, view_platform, delete_platform>;

/// Lists licences. BI-1; seen in vendor code (R9).
struct list_licenses {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_licenses, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_licenses, .path = "/licenses", .api = &api_of(service::billing),
                  .evidence = http::evidence::vendor_code, .source = "R9 BI-1",
                  .doc = "Lists licences.");

/// Lists subscriptions to products. BI-2; seen in vendor code (R9).
struct list_billing_subscriptions {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_billing_subscriptions, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_billing_subscriptions, .path = "/subscriptions",
                  .api = &api_of(service::billing), .evidence = http::evidence::vendor_code,
                  .source = "R9 BI-2", .doc = "Lists subscriptions to products.");

/// Lists subscriptions of partners. BI-3; seen in vendor code (R9).
struct list_partner_subscriptions {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_partner_subscriptions, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_partner_subscriptions, .path = "/partner-subscriptions",
                  .api = &api_of(service::billing), .evidence = http::evidence::vendor_code,
                  .source = "R9 BI-3", .doc = "Lists subscriptions of partners.");

/// Lists the users that are billed. BI-4; seen in vendor code (R9).
struct list_billing_users {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_billing_users, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_billing_users, .path = "/users", .api = &api_of(service::billing),
                  .evidence = http::evidence::vendor_code, .source = "R9 BI-4",
                  .doc = "Lists the users that are billed.");

/// Lists the accounts that are billed. BI-5; seen in vendor code (R9).
struct list_billing_accounts {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_billing_accounts, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_billing_accounts, .path = "/accounts", .api = &api_of(service::billing),
                  .evidence = http::evidence::vendor_code, .source = "R9 BI-5",
                  .doc = "Lists the accounts that are billed.");

/// All that is known of Billing.
using billing_operations =
    http::operation_list<list_licenses, list_billing_subscriptions, list_partner_subscriptions,
                         list_billing_users, list_billing_accounts>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
