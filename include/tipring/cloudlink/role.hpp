// What users, clients and tokens may do (fact sheet C.2, C.4; CloudLink Accounts, "Roles"). Not
// here: policies (admin_policy.hpp).
#pragma once

#include <cstdint>

#include <tipring/core/id.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Used as open<role>: others may come.
enum class role : std::uint8_t {
    user, ///< what a user is unless it is said otherwise
    account_admin,
    partner_admin, ///< in a partner's account only
    guest,         ///< known by its name only
};

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::role, "USER", "ACCOUNT_ADMIN", "PARTNER_ADMIN", "GUEST");
} // namespace tipring::inline TIPRING_ABI
