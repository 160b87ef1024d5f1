// Operations that stand for those of CloudLink in the tests of OData: a list by path and query, and
// an update with a filter in its query.
#pragma once

#include <tipring/cloudlink/odata.hpp>
#include <tipring/core/field.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace odata_operations {

using tipring::field;
using tipring::text;

inline constexpr tipring::http::api api{.name = "CloudLink"};

struct nothing {
    field<bool> unused{};
};
TIPRING_DESCRIBE(nothing, TIPRING_MEMBER(unused, "unused"));

struct list_users {
    using answer = nothing;

    field<text> account_id{};
    tipring::cloudlink::odata::query query{};
};
TIPRING_DESCRIBE(list_users, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_users, .path = "/2017-09-01/accounts/{account_id}/users", .api = &api);

struct list_all_users {
    using answer = nothing;

    tipring::cloudlink::odata::query query{};
};
TIPRING_DESCRIBE(list_all_users, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_all_users, .path = "/2017-09-01/users", .api = &api);

struct hide_records {
    using answer = nothing;

    tipring::cloudlink::odata::query query{};
    field<bool> hide{};
};
TIPRING_DESCRIBE(hide_records, TIPRING_MEMBER(query, "OData options").query(),
                 TIPRING_MEMBER(hide, "whether to hide them"));
TIPRING_OPERATION(hide_records, .method = tipring::http::method::put,
                  .path = "/2017-09-01/calls/records", .api = &api);

} // namespace odata_operations
