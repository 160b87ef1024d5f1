#include "access.hpp"

#include <tipring/auth/basic.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/secret.hpp>

namespace recorder {

namespace {

/// `Z`, `UTC`, `GMT`, `Etc/UTC`, `+02:00`, `UTC-05:30`; nothing for names such as Europe/London,
/// whose rules the stand-in does not know.
std::optional<std::chrono::minutes> fixed_offset(text zone) {
    for (const text name : {text{"Etc/UTC"}, text{"UTC"}, text{"GMT"}}) {
        if (!zone.starts_with(name)) continue;
        zone.remove_prefix(name.size());
        break;
    }
    if (zone.empty()) return std::chrono::minutes{0};
    const auto parsed = tipring::parse_datetime("2000-01-01T00:00:00" + std::string{zone});
    return parsed ? parsed->offset : std::nullopt;
}

/// The user's zone, or else that of the group, of the tenant, of the system, which is UTC.
std::chrono::minutes zone_of(const store& data, const miarec::user& user) {
    const auto* group = data.groups.find(value_of(user.group_id));
    const auto* tenant = data.tenants.find(value_of(user.tenant_id));
    for (const text zone : {value_of(user.timezone), group ? value_of(group->timezone) : text{},
                            tenant ? value_of(tenant->timezone) : text{}})
        if (!zone.empty()) return fixed_offset(zone).value_or(std::chrono::minutes{0});
    return std::chrono::minutes{0};
}

bool may_log_in(const miarec::user& user, text password, utc_instant now) {
    const miarec::user_login& login = *user.fieldset_login;
    if (!user.is_active.value_or(true) || !*login.can_login) return false;
    if (login.authenticate_type && *login.authenticate_type != miarec::authenticate_type::password)
        return false;
    if (!tipring::is_none(login.valid_till)) {
        const auto till = (*login.valid_till).parse();
        if (!till || till->to_utc(std::chrono::minutes{0}) < now) return false;
    }
    const text expected = (*login.password).reveal();
    return !expected.empty() && tipring::equal_in_constant_time(expected, password);
}

bool has_action(const miarec::role& role, text area, text action) {
    for (const miarec::permission& each : *role.permissions) {
        if (*each.resource != area) continue;
        for (const text allowed : *each.actions)
            if (allowed == action) return true;
    }
    return false;
}

account account_of(const store& data, const miarec::user& user) {
    account who{.user = &user};
    who.role = data.roles.find(value_of(user.role_id));
    if (who.role)
        who.level = (*who.role->access_level).known().value_or(miarec::access_level::user);
    who.user_id = value_of(user.user_id);
    who.tenant_id = value_of(user.tenant_id);
    who.is_of_system = who.tenant_id == data.system_tenant;
    who.zone = zone_of(data, user);
    return who;
}

} // namespace

std::optional<account> sign_in(const store& data, text authorization, utc_instant now) {
    char bytes[2048];
    tipring::arena memory{bytes};
    std::optional<account> who;
    const auto given = tipring::auth::parse_basic(authorization, memory);
    if (given) {
        const miarec::user* user = data.user_with_login(given->user);
        if (user && may_log_in(*user, given->password.reveal(), now)) who = account_of(data, *user);
    }
    tipring::wipe(bytes);
    return who;
}

bool account::may(text area, text action) const {
    return is_root() || (role && has_action(*role, area, action));
}

bool account::may(const stored_call& call, text action) const {
    return may("calls", action) || (takes_part(*call.data, user_id) && may("calls_own", action));
}

bool account::manages(text group_id) const {
    for (const miarec::group_id& each : *user->managed_groups)
        if (!group_id.empty() && each.value == group_id) return true;
    return false;
}

bool account::sees(const store& data, const stored_call& call) const {
    if (sees_all_tenants()) return true;
    if (level == miarec::access_level::system) return value_of(call.data->tenant_id) == tenant_id;
    if (takes_part(*call.data, user_id)) return true;
    if (level != miarec::access_level::managed_groups) return false;
    for (const miarec::participant& each : *call.data->participants) {
        const miarec::user* const other = data.users.find(value_of(each.user_id));
        if (other && manages(value_of(other->group_id))) return true;
    }
    return false;
}

bool account::sees(const miarec::tenant& tenant) const {
    return sees_all_tenants() || value_of(tenant.tenant_id) == tenant_id;
}

bool account::sees(const miarec::group& group) const {
    if (sees_all_tenants()) return true;
    const text id = value_of(group.group_id);
    if (level == miarec::access_level::system) return value_of(group.tenant_id) == tenant_id;
    return value_of(user->group_id) == id ||
           (level == miarec::access_level::managed_groups && manages(id));
}

bool account::sees(const miarec::user& other) const {
    if (sees_all_tenants()) return true;
    if (level == miarec::access_level::system) return value_of(other.tenant_id) == tenant_id;
    return value_of(other.user_id) == user_id ||
           (level == miarec::access_level::managed_groups && manages(value_of(other.group_id)));
}

} // namespace recorder
