// Groups, policies with their statements, and partners of the Admin API (fact sheet B.2 AD-24 to
// AD-34; C.4). What groups, partners and policies hold was not seen, so they are kept as they were
// sent. Sites and photos of users exist too (P3), but at paths that nobody has seen.
#pragma once

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/cloudlink/untyped.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// A rule of a policy (fact sheet C.4).
struct policy_statement {
    field<cloudlink::statement_id> statement_id{};
    field<text> effect{};
    field<list<text>> action{};
    field<list<text>> resource{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(policy_statement,
                 TIPRING_MEMBER(statement_id, "unique id within the policy, chosen by who makes it")
                     .named("statementId")
                     .lenient(),
                 TIPRING_MEMBER(effect, "which words there are was not seen"),
                 TIPRING_MEMBER(action, "what it is about, * for everything"),
                 TIPRING_MEMBER(resource,
                                "URIs such as https://mitel.io/auth/conversations/features/name"),
                 TIPRING_MEMBER(links, "where it is").named("_links").read_only());

/// AD-24; mentioned in Mitel's guide (P3; R9).
struct list_groups {
    using answer = collection<raw_json>;

    cloudlink::account_id account_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_groups, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_groups, .path = "/accounts/{account_id}/groups",
                  .api = &api_of(service::admin), .evidence = http::evidence::official,
                  .source = "R9, P3", .doc = "Lists an account's groups.");

/// AD-25; in code of Mitel's people (R9).
struct view_group {
    using answer = untyped;

    cloudlink::account_id account_id{};
    cloudlink::group_id group_id{};
};
TIPRING_DESCRIBE(view_group, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(group_id, "the group").path());
TIPRING_OPERATION(view_group, .path = "/accounts/{account_id}/groups/{group_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one group.");

/// AD-26; in code of Mitel's people (R9).
struct list_policies {
    using answer = collection<raw_json>;

    cloudlink::account_id account_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_policies, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_policies, .path = "/accounts/{account_id}/policies",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Lists an account's policies.");

/// AD-27; in code of Mitel's people (R9).
struct view_policy {
    using answer = untyped;

    cloudlink::account_id account_id{};
    cloudlink::policy_id policy_id{};
};
TIPRING_DESCRIBE(view_policy, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(policy_id, "the policy; every account has account").path());
TIPRING_OPERATION(view_policy, .path = "/accounts/{account_id}/policies/{policy_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one policy.");

/// AD-28; in code of Mitel's people (R9).
struct list_policy_statements {
    using answer = collection<policy_statement>;

    cloudlink::account_id account_id{};
    cloudlink::policy_id policy_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_policy_statements, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(policy_id, "the policy").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_policy_statements,
                  .path = "/accounts/{account_id}/policies/{policy_id}/statements",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Lists the statements of a policy.");

/// AD-29; in code of Mitel's people (R9).
struct create_policy_statement {
    using answer = policy_statement;

    cloudlink::account_id account_id{};
    cloudlink::policy_id policy_id{};
    field<policy_statement> statement{};
};
TIPRING_DESCRIBE(create_policy_statement, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(policy_id, "the policy").path(),
                 TIPRING_MEMBER(statement, "the new statement, with its id").body().required());
TIPRING_OPERATION(create_policy_statement, .method = http::method::post,
                  .path = "/accounts/{account_id}/policies/{policy_id}/statements",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R9",
                  .doc = "Creates a statement of a policy.");

/// AD-30; in code of Mitel's people (R9).
struct view_policy_statement {
    using answer = policy_statement;

    cloudlink::account_id account_id{};
    cloudlink::policy_id policy_id{};
    cloudlink::statement_id statement_id{};
};
TIPRING_DESCRIBE(view_policy_statement, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(policy_id, "the policy").path(),
                 TIPRING_MEMBER(statement_id, "the statement").path());
TIPRING_OPERATION(view_policy_statement,
                  .path = "/accounts/{account_id}/policies/{policy_id}/statements/{statement_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one statement of a policy.");

/// AD-31; in code of Mitel's people (R9).
struct delete_policy_statement {
    using answer = http::done;

    cloudlink::account_id account_id{};
    cloudlink::policy_id policy_id{};
    cloudlink::statement_id statement_id{};
};
TIPRING_DESCRIBE(delete_policy_statement, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(policy_id, "the policy").path(),
                 TIPRING_MEMBER(statement_id, "the statement").path());
TIPRING_OPERATION(delete_policy_statement, .method = http::method::delete_,
                  .path = "/accounts/{account_id}/policies/{policy_id}/statements/{statement_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Deletes a statement of a policy.");

/// AD-32; in code of Mitel's people (R9).
struct list_partners {
    using answer = collection<raw_json>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_partners, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_partners, .path = "/partners", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Lists partners.");

/// AD-33; in code of Mitel's people (R9).
struct view_partner {
    using answer = untyped;

    cloudlink::partner_id partner_id{};
};
TIPRING_DESCRIBE(view_partner, TIPRING_MEMBER(partner_id, "the partner").path());
TIPRING_OPERATION(view_partner, .path = "/partners/{partner_id}", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Gives one partner.");

/// AD-34; in code of Mitel's people (R9).
struct update_partner {
    using answer = untyped;

    cloudlink::partner_id partner_id{};
    field<raw_json> partner{};
};
TIPRING_DESCRIBE(
    update_partner, TIPRING_MEMBER(partner_id, "the partner").path(),
    TIPRING_MEMBER(partner, "what to change; not printed").body().required().with(json::is_secret));
TIPRING_OPERATION(update_partner, .method = http::method::put, .path = "/partners/{partner_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .may_be_empty = true, .source = "R9", .doc = "Changes a partner.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
