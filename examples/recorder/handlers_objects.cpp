// Tenants, groups, roles, clients, encryption keys and custom fields; users are in
// handlers_users.cpp.
#include "call_search.hpp"
#include "handlers.hpp"

namespace recorder {

namespace {

bool is_tenant(const tipring::field<miarec::tenant_id>& tenant,
               const tipring::field<miarec::tenant_id>& wanted) {
    return !wanted || value_of(tenant) == (*wanted).value;
}

bool has_term(text value, const tipring::field<text>& term) {
    return !term || contains_ignoring_case(value, *term);
}

} // namespace

text handlers::tenant_name(text tenant_id) const {
    const miarec::tenant* const tenant = data_.tenants.find(tenant_id);
    return tenant ? value_of(tenant->name) : text{};
}

// Tenants.

http::response handlers::operator()(const miarec::list_tenants& op) {
    return list(op, &miarec::tenant_page::tenants,
                [&](const miarec::tenant& each) { return has_term(*each.name, op.search_term); });
}
http::response handlers::operator()(const miarec::view_tenant& op) {
    return view<miarec::view_tenant>(op.tenant_id.value, &miarec::tenant_envelope::tenant);
}
/// The API user must belong to the System tenant (manual 4.1.1).
http::response handlers::operator()(const miarec::create_tenant& op) {
    if (!who_.is_of_system) throw denied("API user does not belong to the System tenant");
    return create<miarec::create_tenant, miarec::view_tenant>(*op.tenant, [](miarec::tenant&) {});
}
http::response handlers::operator()(const miarec::update_tenant& op) {
    return update<miarec::update_tenant>(op.tenant_id.value, *op.tenant,
                                         &miarec::tenant_update::tenant);
}
http::response handlers::operator()(const miarec::delete_tenant& op) {
    if (!who_.is_of_system) throw denied("API user does not belong to the System tenant");
    return remove<miarec::delete_tenant, miarec::tenant>(op.tenant_id.value);
}

/// Everything of a tenant goes with it.
void handlers::before_delete(const miarec::tenant& tenant) {
    const std::string id{value_of(tenant.tenant_id)};
    if (id == data_.system_tenant) throw denied("the System tenant cannot be deleted");
    const auto erase_of = [&]<class T>(shelf<T>& from) {
        std::vector<std::string> ids;
        from.each([&](const T& each) {
            if (value_of(each.tenant_id) == id) ids.emplace_back(value_of(each.*kind_facts<T>::id));
        });
        for (const std::string& each : ids) from.erase(each);
    };
    erase_of(data_.users);
    erase_of(data_.groups);
    erase_of(data_.roles);
    erase_of(data_.clients);
    erase_of(data_.encrypt_keys);
    erase_of(data_.custom_fields);
    data_.erase_calls_of(id);
}

void handlers::check(const miarec::tenant& value, complaints& found) const {
    check_name(value, found);
    const miarec::tenant_associate_calls& rules = *value.fieldset_associate_calls;
    check_word("fieldset_associate_calls.extension_uniqueness", rules.extension_uniqueness, found);
    check_word("fieldset_associate_calls.associate_calls", rules.associate_calls, found);
    check_word("fieldset_associate_calls.record_unknown_users", rules.record_unknown_users, found);
    check_reference<miarec::role>("fieldset_associate_calls.provision_role_id",
                                  rules.provision_role_id, found);
    check_reference<miarec::group>("fieldset_associate_calls.provision_group_id",
                                   rules.provision_group_id, found);
}

// Groups.

http::response handlers::operator()(const miarec::list_groups& op) {
    return list(op, &miarec::group_page::groups, [&](const miarec::group& each) {
        return has_term(*each.name, op.search_term) && is_tenant(each.tenant_id, op.tenant_id);
    });
}
http::response handlers::operator()(const miarec::view_group& op) {
    return view<miarec::view_group>(op.group_id.value, &miarec::group_envelope::group);
}
http::response handlers::operator()(const miarec::create_group& op) {
    return create<miarec::create_group, miarec::view_group>(
        *op.group, [this](miarec::group& made) { complete_tenant(made); });
}
http::response handlers::operator()(const miarec::update_group& op) {
    return update<miarec::update_group>(op.group_id.value, *op.group, &miarec::group_update::group);
}
http::response handlers::operator()(const miarec::delete_group& op) {
    return remove<miarec::delete_group, miarec::group>(op.group_id.value);
}

/// Its users stay, without a group.
void handlers::before_delete(const miarec::group& group) {
    std::vector<std::string> members;
    data_.users.each([&](const miarec::user& each) {
        if (value_of(each.group_id) == value_of(group.group_id))
            members.emplace_back(value_of(each.user_id));
    });
    for (const std::string& id : members) {
        miarec::user changed = *data_.users.find(id);
        changed.group_id = tipring::null;
        data_.users.put(id, changed);
    }
}

void handlers::check(const miarec::group& value, complaints& found) const {
    check_name(value, found);
    check_reference<miarec::tenant>("tenant_id", value.tenant_id, found);
}

// Roles.

http::response handlers::operator()(const miarec::list_roles& op) {
    return list(op, &miarec::role_page::roles, [&](const miarec::role& each) {
        return has_term(*each.name, op.search_term) && is_tenant(each.tenant_id, op.tenant_id);
    });
}
http::response handlers::operator()(const miarec::view_role& op) {
    return view<miarec::view_role>(op.role_id.value, &miarec::role_envelope::role);
}
http::response handlers::operator()(const miarec::create_role& op) {
    return create<miarec::create_role, miarec::view_role>(*op.role, [this](miarec::role& made) {
        complete_tenant(made);
        if (!made.access_level) made.access_level = miarec::access_level::user;
    });
}
http::response handlers::operator()(const miarec::update_role& op) {
    return update<miarec::update_role>(op.role_id.value, *op.role, &miarec::role_update::role);
}
http::response handlers::operator()(const miarec::delete_role& op) {
    return remove<miarec::delete_role, miarec::role>(op.role_id.value);
}

void handlers::check(const miarec::role& value, complaints& found) const {
    check_name(value, found);
    check_reference<miarec::tenant>("tenant_id", value.tenant_id, found);
    check_word("access_level", value.access_level, found);
    if (value.access_level && *value.access_level == miarec::access_level::root && !who_.is_root())
        throw denied("only a root user can make roles with the access level root");
}

// Clients.

http::response handlers::operator()(const miarec::list_clients& op) {
    return list(op, &miarec::client_page::clients, [&](const miarec::client& each) {
        if (!is_tenant(each.tenant_id, op.tenant_id)) return false;
        if (has_term(*each.name, op.search_term)) return true;
        if (has_term(tenant_name(value_of(each.tenant_id)), op.search_term)) return true;
        for (const miarec::contact& contact : *each.contacts)
            if (has_term(value_of(contact.name), op.search_term) ||
                has_term(value_of(contact.phone_number), op.search_term))
                return true;
        return false;
    });
}
http::response handlers::operator()(const miarec::view_client& op) {
    return view<miarec::view_client>(op.client_id.value, &miarec::client_envelope::client);
}
http::response handlers::operator()(const miarec::create_client& op) {
    return create<miarec::create_client, miarec::view_client>(
        *op.client, [this](miarec::client& made) { complete_tenant(made); });
}
http::response handlers::operator()(const miarec::update_client& op) {
    return update<miarec::update_client>(op.client_id.value, *op.client,
                                         &miarec::client_update::client);
}
http::response handlers::operator()(const miarec::delete_client& op) {
    return remove<miarec::delete_client, miarec::client>(op.client_id.value);
}

void handlers::check(const miarec::client& value, complaints& found) const {
    check_name(value, found);
    check_reference<miarec::tenant>("tenant_id", value.tenant_id, found);
    const auto contacts = *value.contacts;
    if (contacts.empty()) found.emplace_back("contacts", "at least one is needed");
    for (std::size_t i = 0; i < contacts.size(); ++i)
        if (value_of(contacts[i].phone_number).empty())
            found.emplace_back("contacts[" + std::to_string(i) + "].phone_number",
                               "can't be blank");
}

// Encryption keys.

http::response handlers::operator()(const miarec::list_encrypt_keys& op) {
    return list(op, &miarec::encrypt_key_page::encrypt_keys, [&](const miarec::encrypt_key& each) {
        return has_term(*each.name, op.search_text) && has_term(*each.name, op.search_term) &&
               is_tenant(each.tenant_id, op.tenant_id);
    });
}
http::response handlers::operator()(const miarec::view_encrypt_key& op) {
    return view<miarec::view_encrypt_key>(op.key_id.value,
                                          &miarec::encrypt_key_envelope::encrypt_key);
}
/// The keys are made up: nothing is ever encrypted here.
http::response handlers::operator()(const miarec::create_encrypt_key& op) {
    const miarec::encrypt_key& given = *op.encrypt_key;
    const bool is_generated = given.add_type && *given.add_type == miarec::add_type::generate;
    const std::string fingerprint = data_.random.hex(32);
    const auto bits =
        static_cast<std::size_t>(given.key_length.value_or(miarec::key_length::bits_2048));
    std::string public_key = "MIIB";
    if (is_generated && bits <= 4096)
        while (public_key.size() < bits / 6) public_key += data_.random.hex(4);
    return create<miarec::create_encrypt_key, miarec::view_encrypt_key>(
        given, [&](miarec::encrypt_key& made) {
            complete_tenant(made);
            if (!made.is_active) made.is_active = true;
            made.fingerprint = text{fingerprint};
            if (is_generated) made.public_key = text{public_key};
        });
}
/// Only the name and whether the key is active can change (manual 3.3.4).
http::response handlers::operator()(const miarec::update_encrypt_key& op) {
    const miarec::encrypt_key allowed{.is_active = (*op.encrypt_key).is_active,
                                      .name = (*op.encrypt_key).name};
    return update<miarec::update_encrypt_key>(op.key_id.value, allowed,
                                              &miarec::encrypt_key_update::encrypt_key);
}
http::response handlers::operator()(const miarec::delete_encrypt_key& op) {
    return remove<miarec::delete_encrypt_key, miarec::encrypt_key>(op.key_id.value);
}

void handlers::before_delete(const miarec::encrypt_key& key) {
    data_.authorized.erase(plain_id(value_of(key.key_id)));
}

void handlers::check(const miarec::encrypt_key& value, complaints& found) const {
    check_name(value, found);
    check_reference<miarec::tenant>("tenant_id", value.tenant_id, found);
    check_word("protection_mode", value.protection_mode, found);
    check_word("add_type", value.add_type, found);
    if (!value.add_type) found.emplace_back("add_type", "can't be blank");
    using bits = miarec::key_length;
    if (value.key_length && *value.key_length != bits::bits_1024 &&
        *value.key_length != bits::bits_2048 && *value.key_length != bits::bits_4096)
        found.emplace_back("key_length", "1024, 2048 or 4096 is expected");
    if (value_of(value.public_key).empty() && value.add_type)
        found.emplace_back("public_key", "can't be blank");
}

http::response handlers::operator()(const miarec::authorize_user& op) {
    require<miarec::encrypt_key>("edit");
    const miarec::encrypt_key& key = get<miarec::encrypt_key>(op.key_id.value);
    const text user_id = value_of((*op.user).user_id);
    const miarec::user* const user = find<miarec::user>(user_id);
    if (!user) throw invalid("user_id", "User with such ID is not found");
    auto& users = data_.authorized[plain_id(value_of(key.key_id))];
    if (!users.insert(plain_id(user_id)).second)
        throw conflict("The user is authorized for this key already.");
    return created<miarec::authorize_user>(
        miarec::revoke_user{.key_id = *key.key_id, .user_id = *user->user_id});
}
http::response handlers::operator()(const miarec::revoke_user& op) {
    require<miarec::encrypt_key>("edit");
    const miarec::encrypt_key& key = get<miarec::encrypt_key>(op.key_id.value);
    if (data_.authorized[plain_id(value_of(key.key_id))].erase(plain_id(op.user_id.value)) == 0)
        throw not_found("The user is not authorized for this key.");
    return reply<miarec::revoke_user>({});
}
http::response handlers::operator()(const miarec::list_authorized_users& op) {
    require<miarec::encrypt_key>("view");
    const miarec::encrypt_key& key = get<miarec::encrypt_key>(op.key_id.value);
    std::vector<miarec::authorized_user> users;
    for (const std::string& id : data_.authorized[plain_id(value_of(key.key_id))])
        users.push_back({.user_id = miarec::user_id{id}});
    if (is_descending(op)) std::reverse(users.begin(), users.end());
    std::vector<const miarec::authorized_user*> found;
    for (const auto& each : users) found.push_back(&each);
    return page(op, found, &miarec::authorized_user_page::users);
}

// Custom fields.

http::response handlers::operator()(const miarec::list_custom_fields& op) {
    return list(op, &miarec::custom_field_page::custom_fields,
                [&](const miarec::custom_field& each) {
                    if (op.tenant_id && value_of(each.tenant_id) != (*op.tenant_id).value)
                        return false;
                    return has_term(*each.name, op.search_term) ||
                           (!*each.is_global &&
                            has_term(tenant_name(value_of(each.tenant_id)), op.search_term));
                });
}
http::response handlers::operator()(const miarec::view_custom_field& op) {
    return view<miarec::view_custom_field>(op.field_id.value,
                                           &miarec::custom_field_envelope::custom_field);
}
/// Users of tenants cannot make global fields (web manual, custom_field_attributes).
http::response handlers::operator()(const miarec::create_custom_field& op) {
    return create<miarec::create_custom_field, miarec::view_custom_field>(
        *op.custom_field, [this](miarec::custom_field& made) {
            if (!made.is_global || !who_.sees_all_tenants()) made.is_global = false;
            if (*made.is_global)
                made.tenant_id = tipring::null;
            else
                complete_tenant(made);
            if (!made.type) made.type = miarec::custom_field_type::string;
            if (!made.editable) made.editable = true;
        });
}
http::response handlers::operator()(const miarec::update_custom_field& op) {
    miarec::custom_field given = *op.custom_field;
    if (!who_.sees_all_tenants()) given.is_global.reset();
    return update<miarec::update_custom_field>(op.field_id.value, given,
                                               &miarec::custom_field_update::custom_field);
}
http::response handlers::operator()(const miarec::delete_custom_field& op) {
    return remove<miarec::delete_custom_field, miarec::custom_field>(op.field_id.value);
}

/// Whose field it is, only the System tenant gets to know.
miarec::custom_field handlers::shown(miarec::custom_field value) const {
    if (!who_.is_of_system) value.tenant_id.reset();
    return value;
}

void handlers::check(const miarec::custom_field& value, complaints& found) const {
    check_name(value, found);
    check_reference<miarec::tenant>("tenant_id", value.tenant_id, found);
    if (value_of(value.name).size() > 64) found.emplace_back("name", "is longer than 64 bytes");
    if (value_of(value.description).size() > 4096)
        found.emplace_back("description", "is longer than 4096 bytes");
    if (!value.enable) found.emplace_back("enable", "can't be blank");
    check_word("type", value.type, found);
    check_word("display_as", value.display_as, found);
    if (value.type && *value.type == miarec::custom_field_type::option && (*value.options).empty())
        found.emplace_back("options", "at least one is needed");
}

} // namespace recorder
