#include "call_search.hpp"
#include "handlers.hpp"

namespace recorder {

namespace {

bool has_extension(const miarec::user& user, text wanted) {
    for (const text each : *(*user.fieldset_recording).extensions)
        if (each == wanted) return true;
    return false;
}

} // namespace

/// `search_term` looks for a part of many things and `name` for a part of the name, without case;
/// `login` is exact (manual 3.7.2), and so is `extension`, about which the manual says nothing.
http::response handlers::operator()(const miarec::list_users& op) {
    const auto is_found = [&](const miarec::user& user) {
        const text term = *op.search_term;
        const auto* const group = data_.groups.find(value_of(user.group_id));
        const auto* const role = data_.roles.find(value_of(user.role_id));
        if (contains_ignoring_case(*user.name, term) ||
            contains_ignoring_case(value_of((*user.fieldset_login).login), term) ||
            contains_ignoring_case(tenant_name(value_of(user.tenant_id)), term) ||
            (group && contains_ignoring_case(*group->name, term)) ||
            (role && contains_ignoring_case(*role->name, term)))
            return true;
        for (const text each : *(*user.fieldset_recording).extensions)
            if (contains_ignoring_case(each, term)) return true;
        return false;
    };
    return list(op, &miarec::user_page::users, [&](const miarec::user& user) {
        if (op.search_term && !is_found(user)) return false;
        if (op.name && !contains_ignoring_case(*user.name, *op.name)) return false;
        if (op.login && value_of((*user.fieldset_login).login) != *op.login) return false;
        if (op.extension && !has_extension(user, *op.extension)) return false;
        if (op.group_id && value_of(user.group_id) != (*op.group_id).value) return false;
        return !op.tenant_id || value_of(user.tenant_id) == (*op.tenant_id).value;
    });
}

http::response handlers::operator()(const miarec::view_user& op) {
    return view<miarec::view_user>(op.user_id.value, &miarec::user_envelope::user);
}

/// The tenant is that of the group, or of the role, or the API user's own.
http::response handlers::operator()(const miarec::create_user& op) {
    return create<miarec::create_user, miarec::view_user>(*op.user, [this](miarec::user& made) {
        const auto* const group = find<miarec::group>(value_of(made.group_id));
        const auto* const role = find<miarec::role>(value_of(made.role_id));
        if (tipring::is_none(made.tenant_id) && group) made.tenant_id = group->tenant_id;
        if (tipring::is_none(made.tenant_id) && role) made.tenant_id = role->tenant_id;
        complete_tenant(made);
        if (!made.is_active) made.is_active = true;
    });
}

http::response handlers::operator()(const miarec::update_user& op) {
    return update<miarec::update_user>(op.user_id.value, *op.user, &miarec::user_update::user);
}

http::response handlers::operator()(const miarec::delete_user& op) {
    return remove<miarec::delete_user, miarec::user>(op.user_id.value);
}

void handlers::before_delete(const miarec::user& user) {
    if (&user == who_.user) throw denied("API user cannot delete itself");
    for (auto& [key, users] : data_.authorized) users.erase(plain_id(value_of(user.user_id)));
}

/// No example of the manual has the tenant of a user (quirk D-26).
miarec::user handlers::shown(miarec::user value) const {
    value.tenant_id.reset();
    return value;
}

void handlers::check(const miarec::user& value, complaints& found) const {
    check_name(value, found);
    check_reference<miarec::tenant>("tenant_id", value.tenant_id, found);
    check_reference<miarec::group>("group_id", value.group_id, found);
    check_reference<miarec::role>("role_id", value.role_id, found);
    const auto managed = *value.managed_groups;
    for (std::size_t i = 0; i < managed.size(); ++i)
        if (!find<miarec::group>(managed[i].value))
            found.emplace_back("managed_groups[" + std::to_string(i) + "]",
                               "Group with such ID is not found");
    check_login(value, found);
    check_recording(value, found);
    const auto* const role = find<miarec::role>(value_of(value.role_id));
    if (role && *role->access_level == miarec::access_level::root && !who_.is_root())
        throw denied("only a root user can give a role with the access level root");
}

void handlers::check_login(const miarec::user& value, complaints& found) const {
    const miarec::user_login& login = *value.fieldset_login;
    const text name = value_of(login.login);
    check_word("fieldset_login.authenticate_type", login.authenticate_type, found);
    if (login.can_login && *login.can_login && name.empty())
        found.emplace_back("fieldset_login.login", "can't be blank");
    if (name.find(':') != text::npos)
        found.emplace_back("fieldset_login.login", "must not have a colon in it");
    const miarec::user* const other = data_.user_with_login(name);
    if (other && value_of(other->user_id) != value_of(value.user_id))
        found.emplace_back("fieldset_login.login", "User with such login exists already");
    if (!tipring::is_none(login.valid_till) && !(*login.valid_till).parse())
        found.emplace_back("fieldset_login.valid_till", "is not a date and time");
}

void handlers::check_recording(const miarec::user& value, complaints& found) const {
    const miarec::user_recording& recording = *value.fieldset_recording;
    check_word("fieldset_recording.record", recording.record, found);
    check_word("fieldset_recording.on_demand_default", recording.on_demand_default, found);
    for (const auto& each : *recording.record_direction)
        if (!each.known())
            found.emplace_back("fieldset_recording.record_direction", "in and out are expected");
}

} // namespace recorder
