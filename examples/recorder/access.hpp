// Who asks, what he may do and what he may see (manual 2.3.2, 2.5, 3.5.1).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <tipring/core/time.hpp>
#include <tipring/miarec/types.hpp>

#include "store.hpp"

namespace recorder {

/// The API user of one request. Valid until the store changes.
struct account {
    const miarec::user* user = nullptr;
    const miarec::role* role = nullptr;
    miarec::access_level level = miarec::access_level::user;
    text user_id = {};
    text tenant_id = {};
    /// Belongs to the tenant of the people who run the server.
    bool is_of_system = false;
    /// How far the zone of his daterange searches is ahead of UTC.
    std::chrono::minutes zone{0};

    bool is_root() const { return level == miarec::access_level::root; }
    /// Sees the objects of all tenants.
    bool sees_all_tenants() const {
        return is_root() || (is_of_system && level == miarec::access_level::system);
    }

    /// Whether the role allows `action` on things of the kind `area`, such as "view" on "users".
    bool may(text area, text action) const;
    /// Likewise for one call: the user's own calls have permissions of their own.
    bool may(const stored_call& call, text action) const;
    bool manages(text group_id) const;

    /// Whether an object is in the scope of the access level; permissions are another matter.
    bool sees(const store& data, const stored_call& call) const;
    bool sees(const miarec::tenant& tenant) const;
    bool sees(const miarec::group& group) const;
    bool sees(const miarec::user& other) const;
    bool sees(const miarec::role& other) const { return sees_tenant(value_of(other.tenant_id)); }
    bool sees(const miarec::client& other) const { return sees_tenant(value_of(other.tenant_id)); }
    bool sees(const miarec::encrypt_key& other) const {
        return sees_tenant(value_of(other.tenant_id));
    }
    bool sees(const miarec::custom_field& other) const {
        return *other.is_global || sees_tenant(value_of(other.tenant_id));
    }

private:
    bool sees_tenant(text id) const { return sees_all_tenants() || id == tenant_id; }
};

/// The account of an Authorization header; nothing when it is missing or wrong, or the user may not
/// log in: inactive, no login, expired, or with LDAP, which the stand-in does not have.
std::optional<account> sign_in(const store& data, text authorization, utc_instant now);

} // namespace recorder
