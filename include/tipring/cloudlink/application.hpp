// What signs in besides people: applications and credentials; and single sign-on: identity
// providers, SAML (fact sheet B.1 AU-8 to AU-19, C.5). Not here: signing in (token.hpp), clients,
// which the Admin API has (admin_account.hpp).
#pragma once

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/cloudlink/platform.hpp>
#include <tipring/cloudlink/untyped.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// An application as it is enabled on one account (fact sheet C.5).
struct application {
    field<cloudlink::account_id> account_id{};
    field<text> name{};
    field<text> description{};
    field<list<text>> redirect_uris{};
    field<bool> active{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    application,
    TIPRING_MEMBER(account_id, "the account that may use it").named("accountId").lenient(),
    TIPRING_MEMBER(name, "for people"), TIPRING_MEMBER(description, "for people"),
    TIPRING_MEMBER(redirect_uris, "where browsers may come back to").named("redirectUris"),
    TIPRING_MEMBER(active, "whether it may sign in").lenient(),
    TIPRING_MEMBER(links, "where it is").named("_links").read_only());

/// A key of an account for a system outside (fact sheet C.5).
struct credential {
    field<cloudlink::credential_id> credential_id{};
    field<cloudlink::account_id> account_id{};
    field<text> name{};
    field<text> type{};
    field<text> access_restriction{};
    field<text> target{};
    field<raw_json> private_key{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(credential,
                 TIPRING_MEMBER(credential_id, "unique id; its name is inferred from the path")
                     .named("credentialId")
                     .read_only()
                     .lenient(),
                 TIPRING_MEMBER(account_id, "whose it is").named("accountId").lenient(),
                 TIPRING_MEMBER(name, "for people"), TIPRING_MEMBER(type, "the kind of key"),
                 TIPRING_MEMBER(access_restriction, "who may use it").named("accessRestriction"),
                 TIPRING_MEMBER(target, "what it is for"),
                 TIPRING_MEMBER(private_key, "the key, an object whose form depends on the type")
                     .named("privateKey")
                     .with(json::is_secret),
                 TIPRING_MEMBER(links, "where it is").named("_links").read_only());

/// AU-8; in code of Mitel's people (R9, R14). Whether a user signs in by single sign-on, it seems;
/// what it answers was not seen.
struct view_saml_status {
    using answer = untyped;

    field<text> username{};
};
TIPRING_DESCRIBE(view_saml_status,
                 TIPRING_MEMBER(username, "who would sign in").query().required());
TIPRING_OPERATION(view_saml_status, .path = "/saml2/status",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .source = "R9, R14", .doc = "Says whether a user signs in by single sign-on.");

/// AU-9; a third party's guide (D1). The URL that an account has as entity id and as assertion
/// consumer, for the settings of an identity provider: nothing that clients call.
inline result<text> saml_url(const account_id& account, const platform& cloud,
                             arena& memory TIPRING_LIFETIMEBOUND) {
    const arena::mark before = memory.position();
    const auto failed = [&](const error& failure) {
        memory.rewind(before);
        return failure;
    };
    const auto server = server_of(service::authentication, cloud, memory);
    if (!server) return server.error();
    if (account.empty()) return failed(about(errc::missing_parameter, "account_id"));
    if (const auto checked = http::check_path_segment(account.value); !checked)
        return failed(about(checked.code(), "account_id"));
    writer out{memory.rest()};
    out.put(server->origin);
    out.put(server->prefix);
    out.put("/saml2/");
    http::put_percent_encoded(out, account.value);
    if (!memory.commit(out.size()))
        return failed({.code = errc::capacity, .needed = memory.needed()});
    return out.written();
}

/// AU-10; in code of Mitel's people (R9).
struct view_application {
    using answer = application;

    cloudlink::application_id application_id{};
};
TIPRING_DESCRIBE(view_application,
                 TIPRING_MEMBER(application_id, "the same as its client id").path());
TIPRING_OPERATION(view_application, .path = "/applications/{application_id}",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one application.");

/// AU-11; in Mitel's Postman collection (R3, R9). Enables an application on a customer's account;
/// needs the token of a partner_admin.
struct update_application {
    using answer = cloudlink::application;

    cloudlink::application_id application_id{};
    field<cloudlink::application> application{};
};
TIPRING_DESCRIBE(update_application,
                 TIPRING_MEMBER(application_id, "the same as its client id").path(),
                 TIPRING_MEMBER(application, "what it shall be").body().required());
TIPRING_OPERATION(update_application, .method = http::method::put,
                  .path = "/applications/{application_id}", .api = &api_of(service::authentication),
                  .evidence = http::evidence::official, .may_be_empty = true, .source = "R3, R9",
                  .doc = "Enables an application on an account.");

/// AU-12; in code of Mitel's people (R9).
struct list_applications {
    using answer = collection<application>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_applications, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_applications, .path = "/apps", .api = &api_of(service::authentication),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Lists applications.");

/// AU-13; in code of Mitel's people (R9).
struct list_credentials {
    using answer = collection<credential>;

    cloudlink::account_id account_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_credentials, TIPRING_MEMBER(account_id, "whose they are").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_credentials, .path = "/accounts/{account_id}/credentials",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Lists an account's credentials.");

/// AU-14; in code of Mitel's people (R9).
struct create_credential {
    using answer = cloudlink::credential;

    field<cloudlink::credential> credential{};
};
TIPRING_DESCRIBE(create_credential,
                 TIPRING_MEMBER(credential, "the new credential").body().required());
TIPRING_OPERATION(create_credential, .method = http::method::post, .path = "/credentials",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R9",
                  .doc = "Creates a credential.");

/// AU-15; in code of Mitel's people (R9).
struct view_credential {
    using answer = credential;

    cloudlink::credential_id credential_id{};
};
TIPRING_DESCRIBE(view_credential, TIPRING_MEMBER(credential_id, "the credential").path());
TIPRING_OPERATION(view_credential, .path = "/credentials/{credential_id}",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one credential.");

/// AU-16; in code of Mitel's people (R9).
struct update_credential {
    using answer = cloudlink::credential;

    cloudlink::credential_id credential_id{};
    field<cloudlink::credential> credential{};
};
TIPRING_DESCRIBE(update_credential, TIPRING_MEMBER(credential_id, "the credential").path(),
                 TIPRING_MEMBER(credential, "what it shall be").body().required());
TIPRING_OPERATION(update_credential, .method = http::method::put,
                  .path = "/credentials/{credential_id}", .api = &api_of(service::authentication),
                  .evidence = http::evidence::vendor_code, .may_be_empty = true, .source = "R9",
                  .doc = "Changes a credential.");

/// AU-17; in code of Mitel's people (R9).
struct delete_credential {
    using answer = http::done;

    cloudlink::credential_id credential_id{};
};
TIPRING_DESCRIBE(delete_credential, TIPRING_MEMBER(credential_id, "the credential").path());
TIPRING_OPERATION(delete_credential, .method = http::method::delete_,
                  .path = "/credentials/{credential_id}", .api = &api_of(service::authentication),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Deletes a credential.");

/// AU-18; in code of Mitel's people (R9). No document says what an identity provider holds.
struct list_identity_providers {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_identity_providers, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_identity_providers, .path = "/identityProviders",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Lists the identity providers of the token's account.");

/// AU-19; in code of Mitel's people (R9).
struct view_identity_provider {
    using answer = untyped;

    cloudlink::identity_provider_id identity_provider_id{};
};
TIPRING_DESCRIBE(view_identity_provider,
                 TIPRING_MEMBER(identity_provider_id, "the identity provider").path());
TIPRING_OPERATION(view_identity_provider, .path = "/identityProviders/{identity_provider_id}",
                  .api = &api_of(service::authentication), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one identity provider.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
