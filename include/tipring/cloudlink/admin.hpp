// CloudLink's Admin API (fact sheet B.2).
#pragma once

#include <tipring/cloudlink/admin_account.hpp>
#include <tipring/cloudlink/admin_bulk.hpp>
#include <tipring/cloudlink/admin_policy.hpp>
#include <tipring/cloudlink/admin_user.hpp>
#include <tipring/http/operation.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// For servers: server::cloudlink::parse<admin_operations>().
using admin_operations =
    http::operation_list<list_users, view_user, view_user_tag, forgot_password, list_account_users,
                         create_user, view_account_user, update_user, delete_user, patch_users,
                         set_user_tag, delete_user_tag, list_accounts, view_account, update_account,
                         delete_account, set_account_tag, delete_account_tag, list_contacts,
                         view_contact, list_clients, view_client, create_client, list_groups,
                         view_group, list_policies, view_policy, list_policy_statements,
                         create_policy_statement, view_policy_statement, delete_policy_statement,
                         list_partners, view_partner, update_partner>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
