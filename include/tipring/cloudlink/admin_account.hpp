// Accounts of the Admin API with their tags, contacts and clients (fact sheet B.2 AD-13 to AD-23;
// C.4). Not here: users (admin_user.hpp), groups and policies (admin_policy.hpp).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/admin_user.hpp>
#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/cloudlink/role.hpp>
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

/// Whom to speak to about an account (fact sheet C.4).
struct contact {
    field<cloudlink::contact_id> contact_id{};
    field<cloudlink::account_id> account_id{};
    field<text> name{};
    field<text> email{};
    field<text> contact_type{};
    field<datetime> created_on{};
    field<text> created_by{};
    field<datetime> modified_on{};
    field<text> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    contact, TIPRING_MEMBER(contact_id, "unique id").named("contactId").read_only().lenient(),
    TIPRING_MEMBER(account_id, "the account").named("accountId").read_only().lenient(),
    TIPRING_MEMBER(name, "whole name"), TIPRING_MEMBER(email, "e-mail address").nullable(),
    TIPRING_MEMBER(contact_type, "the contact's part").named("contactType"),
    TIPRING_MEMBER(created_on, "when it was made").named("createdOn").read_only(),
    TIPRING_MEMBER(created_by, "who made it").named("createdBy").read_only(),
    TIPRING_MEMBER(modified_on, "when it was last changed").named("modifiedOn").read_only(),
    TIPRING_MEMBER(modified_by, "who changed it last").named("modifiedBy").read_only(),
    TIPRING_MEMBER(links, "where it is").named("_links").read_only().nullable());

/// Where an account's owner is.
struct postal_address {
    field<text> country{};
    field<text> street{};
    field<text> city{};
    field<text> state_or_province{};
    field<text> zip_code{};
};
TIPRING_DESCRIBE(postal_address, TIPRING_MEMBER(country, "country"),
                 TIPRING_MEMBER(street, "street and house number"), TIPRING_MEMBER(city, "city"),
                 TIPRING_MEMBER(state_or_province, "state or province").named("stateOrProvince"),
                 TIPRING_MEMBER(zip_code, "postal code").named("zipCode").lenient());

struct account_location {
    field<postal_address> address{};
};
TIPRING_DESCRIBE(account_location, TIPRING_MEMBER(address, "postal address"));

/// What an account allows in general; its policies say the rest.
struct account_policy {
    field<bool> allow_guest_access{};
    field<bool> allow_proxy_authentication{};
};
TIPRING_DESCRIBE(account_policy,
                 TIPRING_MEMBER(allow_guest_access, "whether guests may come in")
                     .named("allowGuestAccess")
                     .lenient(),
                 TIPRING_MEMBER(allow_proxy_authentication,
                                "whether others may sign in for its users")
                     .named("allowProxyAuthentication")
                     .lenient());

/// An account (fact sheet C.4).
struct account {
    field<cloudlink::account_id> account_id{};
    field<text> account_number{};
    field<text> name{};
    field<cloudlink::partner_id> partner_id{};
    field<text> organization_id{};
    field<bool> active{};
    field<text> state{};
    field<text> source{};
    field<text> domain{};
    field<list<text>> top_level_domain{};
    field<text> language_code{};
    field<std::int64_t> user_limit{};
    field<std::int64_t> access_token_expiry_hours{};
    field<std::int64_t> refresh_token_expiry_hours{};
    field<cloudlink::policy_id> policy_id{};
    field<account_policy> policy{};
    field<account_location> location{};
    field<list<contact>> contacts{};
    field<list<tag_entry>> tags{};
    field<datetime> created_on{};
    field<text> created_by{};
    field<datetime> modified_on{};
    field<text> modified_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    account,
    TIPRING_MEMBER(account_id, "unique id (quirk Q-15)").named("accountId").read_only().lenient(),
    TIPRING_MEMBER(account_number, "9 digits, which serve as an id too")
        .named("accountNumber")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(name, "name of the account"),
    TIPRING_MEMBER(partner_id, "who looks after it").named("partnerId").lenient(),
    TIPRING_MEMBER(organization_id, "its id in Mitel's other systems")
        .named("organizationId")
        .nullable()
        .lenient(),
    TIPRING_MEMBER(active, "whether its users may sign in").lenient(),
    TIPRING_MEMBER(state, "which states there are was not seen"),
    TIPRING_MEMBER(source, "where it comes from"),
    TIPRING_MEMBER(domain, "of its SIP addresses, such as uuid.us.api.mitel.io"),
    TIPRING_MEMBER(top_level_domain, "its own domains").named("topLevelDomain"),
    TIPRING_MEMBER(language_code, "such as en-US").named("languageCode"),
    TIPRING_MEMBER(user_limit, "most users").named("userLimit").lenient(),
    TIPRING_MEMBER(access_token_expiry_hours, "how long its access tokens are good for")
        .named("accessTokenExpiryHours")
        .lenient(),
    TIPRING_MEMBER(refresh_token_expiry_hours, "how long its refresh tokens are good for")
        .named("refreshTokenExpiryHours")
        .lenient(),
    TIPRING_MEMBER(policy_id, "its policy").named("policyId").lenient(),
    TIPRING_MEMBER(policy, "what it allows in general"),
    TIPRING_MEMBER(location, "where its owner is"), TIPRING_MEMBER(contacts, "whom to speak to"),
    TIPRING_MEMBER(tags, "with `$expand=tags`; mitel_connect_refs is known; set by set_account_tag")
        .map()
        .read_only()
        .nullable(),
    TIPRING_MEMBER(created_on, "when it was made").named("createdOn").read_only(),
    TIPRING_MEMBER(created_by, "who made it").named("createdBy").read_only(),
    TIPRING_MEMBER(modified_on, "when it was last changed").named("modifiedOn").read_only(),
    TIPRING_MEMBER(modified_by, "who changed it last").named("modifiedBy").read_only(),
    TIPRING_MEMBER(links, "where it is").named("_links").read_only());

/// AD-13; in code of Mitel's people (R9). Those that the token reaches: a partner's customers.
struct list_accounts {
    using answer = collection<account>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_accounts, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_accounts, .path = "/accounts", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Lists accounts.");

/// AD-14; mentioned in Mitel's guide (P3; R4, R9). With `$expand=tags` also the tags.
struct view_account {
    using answer = account;

    cloudlink::account_id account_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(view_account, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(query, "OData options, such as expand tags").query());
TIPRING_OPERATION(view_account, .path = "/accounts/{account_id}", .api = &api_of(service::admin),
                  .evidence = http::evidence::official, .source = "R4, R9, P3",
                  .doc = "Gives one account.");

/// AD-15; mentioned in Mitel's guide (P3; R9). Accounts are made in Mitel's console, not here.
struct update_account {
    using answer = cloudlink::account;

    cloudlink::account_id account_id{};
    field<cloudlink::account> account{};
};
TIPRING_DESCRIBE(update_account, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(account, "what to change").body().required());
TIPRING_OPERATION(update_account, .method = http::method::put, .path = "/accounts/{account_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::official,
                  .may_be_empty = true, .source = "R9, P3", .doc = "Changes an account.");

/// AD-16; in code of Mitel's people (R9), always with `hard`.
struct delete_account {
    using answer = http::done;

    cloudlink::account_id account_id{};
    field<bool> hard{};
};
TIPRING_DESCRIBE(delete_account, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(hard, "for good, it seems").query());
TIPRING_OPERATION(delete_account, .method = http::method::delete_, .path = "/accounts/{account_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Deletes an account.");

/// AD-17; in code of Mitel's people (R9).
struct set_account_tag {
    using answer = http::done;

    cloudlink::account_id account_id{};
    cloudlink::tag_id tag_id{};
    field<raw_json> value{};
};
TIPRING_DESCRIBE(set_account_tag, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(tag_id, "the tag").path(),
                 TIPRING_MEMBER(value, "any JSON, mostly an object").body().required());
TIPRING_OPERATION(set_account_tag, .method = http::method::put,
                  .path = "/accounts/{account_id}/tags/{tag_id}", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Sets one tag of an account.");

/// AD-18; in code of Mitel's people (R9).
struct delete_account_tag {
    using answer = http::done;

    cloudlink::account_id account_id{};
    cloudlink::tag_id tag_id{};
};
TIPRING_DESCRIBE(delete_account_tag, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(tag_id, "the tag").path());
TIPRING_OPERATION(delete_account_tag, .method = http::method::delete_,
                  .path = "/accounts/{account_id}/tags/{tag_id}", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Deletes one tag of an account.");

/// AD-19; in code of Mitel's people (R4).
struct list_contacts {
    using answer = collection<contact>;

    cloudlink::account_id account_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_contacts, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_contacts, .path = "/accounts/{account_id}/contacts",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R4", .doc = "Lists an account's contacts.");

/// AD-20; in code of Mitel's people (R4).
struct view_contact {
    using answer = contact;

    cloudlink::account_id account_id{};
    cloudlink::contact_id contact_id{};
};
TIPRING_DESCRIBE(view_contact, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(contact_id, "the contact").path());
TIPRING_OPERATION(view_contact, .path = "/accounts/{account_id}/contacts/{contact_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R4", .doc = "Gives one contact.");

/// What a client is; others may come.
enum class client_type : std::uint8_t { app };

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::client_type, "APP");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::cloudlink {

/// A service that signs in by client_credentials_grant (fact sheet C.4). One in a customer's
/// account works there only; a partner_admin in a partner's account works in all accounts below.
struct client {
    field<cloudlink::client_id> client_id{};
    field<open<cloudlink::role>> role{};
    field<open<client_type>> type{};
    field<secret> client_secret{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(client,
                 TIPRING_MEMBER(client_id, "32 hexadecimal digits; made by the server when absent")
                     .named("clientId")
                     .lenient(),
                 TIPRING_MEMBER(role, "what it may do"), TIPRING_MEMBER(type, "APP"),
                 TIPRING_MEMBER(client_secret, "in the answer to create_client, and never again")
                     .named("clientSecret")
                     .read_only(),
                 TIPRING_MEMBER(links, "where it is").named("_links").read_only());

/// AD-21; in code of Mitel's people (R9).
struct list_clients {
    using answer = collection<client>;

    cloudlink::account_id account_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_clients, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_clients, .path = "/accounts/{account_id}/clients",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Lists an account's clients.");

/// AD-22; in code of Mitel's people (R9).
struct view_client {
    using answer = client;

    cloudlink::account_id account_id{};
    cloudlink::client_id client_id{};
};
TIPRING_DESCRIBE(view_client, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(client_id, "the client").path());
TIPRING_OPERATION(view_client, .path = "/accounts/{account_id}/clients/{client_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one client.");

/// AD-23; an answer of Mitel's staff (F3, P3), its path by analogy. The answer has the secret, and
/// nothing else ever has: keep it.
struct create_client {
    using answer = cloudlink::client;

    cloudlink::account_id account_id{};
    field<cloudlink::client> client{};
};
TIPRING_DESCRIBE(create_client, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(client, "the new client, with role and type").body().required());
TIPRING_OPERATION(create_client, .method = http::method::post,
                  .path = "/accounts/{account_id}/clients", .api = &api_of(service::admin),
                  .evidence = http::evidence::official, .success = 201, .idempotent = false,
                  .source = "F3, P3", .doc = "Creates a client.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
