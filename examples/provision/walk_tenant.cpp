// Section 4 of the manual, step by step, and its undoing.
#include "walk.hpp"

#include <random>

#include <tipring/json/print.hpp>

namespace provision {

namespace miarec = tipring::miarec;
using tipring::list;
using tipring::null;

namespace {

/// Nobody needs to know it, so nobody does.
std::string made_up_password() {
    constexpr text letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::random_device random;
    std::string password;
    while (password.size() < 20) password += letters[random() % letters.size()];
    return password;
}

template <class T>
std::string printed(const T& value) {
    char line[200];
    tipring::writer out{line};
    print(value, out);
    return std::string{out.written()};
}

/// Creates something and says so; the id, kept.
template <tipring::http::operation_type Op>
std::string create(client& api, const Op& op, text what) {
    const auto made = api.must(op);
    api.require(!made.id.empty(), "the answer has no id");
    api.tell(join(what, " created, id ", made.id.value));
    return std::string{made.id.value};
}

void check_connection(client& api) {
    const auto page = api.must(miarec::list_tenants{});
    std::string names;
    for (const miarec::tenant& each : *page.tenants)
        names += join(names.empty() ? "" : ", ", *each.name);
    api.count_rows(page.tenants->size());
    api.tell(join("the account works; tenants so far: ", names));
}

void create_tenant(client& api, made_things& made) {
    made.tenant_name = join("Acme Tenant ", made.suffix);
    made.tenant =
        create(api,
               miarec::create_tenant{
                   .tenant = miarec::tenant{.name = made.tenant_name,
                                            .encrypt_data = false,
                                            .fieldset_licensing =
                                                miarec::tenant_licensing{.recording_seats = 50,
                                                                         .evaluation_seats = 50}}},
               made.tenant_name);
    const auto seen = api.must(miarec::view_tenant{.tenant_id = miarec::tenant_id{made.tenant}});
    const miarec::tenant& tenant = *seen.tenant;
    api.require(*tenant.name == made.tenant_name, "the tenant has another name");
    api.require(tenant.fieldset_licensing->recording_seats.value_or(0) == 50,
                "the tenant has other licences");
    api.tell(join("looked up: ", tenant.fieldset_licensing->recording_seats.value_or(0),
                  " recording seats, time zone ",
                  is_none(tenant.timezone) ? text{"of the system (null)"} : *tenant.timezone));
}

void create_roles(client& api, made_things& made) {
    constexpr text calls[] = {"categorize", "playback",          "pause_recording", "live_monitor",
                              "view",       "on_demand_trigger", "add_notes"};
    constexpr text own_calls[] = {
        "view", "categorize", "playback", "pause_recording", "on_demand_trigger", "add_notes"};
    constexpr text categories[] = {"view", "delete", "edit"};
    constexpr text own_notes[] = {"view", "pin", "delete"};
    constexpr text notes[] = {"view", "pin"};
    const miarec::permission of_managers[] = {
        {.resource = "calls", .actions = calls},
        {.resource = "call_categories", .actions = categories},
        {.resource = "call_notes_own", .actions = own_notes},
        {.resource = "call_notes", .actions = notes}};
    const miarec::permission of_agents[] = {{.resource = "calls_own", .actions = own_calls},
                                            of_managers[1],
                                            of_managers[2],
                                            of_managers[3]};

    const std::string manager = join("Group Manager Role ", made.suffix);
    made.manager_role =
        create(api,
               miarec::create_role{
                   .role = miarec::role{.name = manager,
                                        .access_level = miarec::access_level::managed_groups,
                                        .tenant_id = miarec::tenant_id{made.tenant},
                                        .permissions = of_managers}},
               "Group Manager Role");
    const std::string agent = join("Agent Role ", made.suffix);
    made.agent_role =
        create(api,
               miarec::create_role{.role = miarec::role{.name = agent,
                                                        .access_level = miarec::access_level::user,
                                                        .tenant_id = miarec::tenant_id{made.tenant},
                                                        .permissions = of_agents}},
               "Agent Role");
}

void create_groups(client& api, made_things& made) {
    const auto group = [&](text what) {
        const std::string name = join(what, " ", made.suffix);
        return create(
            api,
            miarec::create_group{
                .group = miarec::group{.tenant_id = miarec::tenant_id{made.tenant}, .name = name}},
            what);
    };
    made.managers = group("Managers Group");
    made.agents = group("Agents Group");
}

std::string create_user(client& api, const made_things& made, const miarec::user& particulars,
                        text login, const list<text>& extensions) {
    static constexpr tipring::open<miarec::record_direction> both[] = {
        miarec::record_direction::in, miarec::record_direction::out};
    miarec::user user = particulars;
    const std::string name = join(*user.name, " ", made.suffix);
    user.name = name;
    user.is_active = true;
    user.timezone = "Europe/London";
    user.fieldset_login =
        miarec::user_login{.can_login = true,
                           .login = login,
                           .password = tipring::secret{made.password},
                           .authenticate_type = miarec::authenticate_type::password};
    user.fieldset_recording = miarec::user_recording{
        .record = miarec::record::always, .extensions = extensions, .record_direction = both};
    user.fieldset_licensing = miarec::user_licensing{.recording_seat = true};
    return create(api, miarec::create_user{.user = user}, *particulars.name);
}

void create_users(client& api, made_things& made) {
    constexpr text of_peter[] = {"2001", "2002"};
    constexpr text of_david[] = {"123456"};
    const std::string peter_login = join("peter-", made.suffix);
    made.david_login = join("david-", made.suffix);
    const miarec::group_id managed[] = {miarec::group_id{made.agents}};
    made.peter = create_user(api, made,
                             {.name = "Peter",
                              .group_id = miarec::group_id{made.managers},
                              .role_id = miarec::role_id{made.manager_role},
                              .managed_groups = managed},
                             peter_login, of_peter);
    remark(join("his login, as tipring prints it: ",
                printed(miarec::user_login{.login = peter_login,
                                           .password = tipring::secret{made.password}})));
    made.david = create_user(api, made,
                             {.name = "David",
                              .group_id = miarec::group_id{made.agents},
                              .role_id = miarec::role_id{made.agent_role}},
                             made.david_login, of_david);
}

/// An update is a merge: one member is null, the others are absent and stay.
void update_user(client& api, const made_things& made) {
    const miarec::user_id peter{made.peter};
    api.must(miarec::update_user{.user_id = peter, .user = miarec::user{.timezone = null}});
    api.tell("Peter's time zone set to null, nothing else sent");
    const auto seen = api.must(miarec::view_user{.user_id = peter});
    const miarec::user& user = *seen.user;
    api.require(is_none(user.timezone), "the time zone is still there");
    api.require(user.fieldset_recording->extensions->size() == 2,
                "the extensions are not those that were sent");
    api.require(*user.fieldset_login->login == join("peter-", made.suffix), "the login is gone");
    api.require(user.fieldset_login->password.is_absent(), "the password came back");
    std::string extensions;
    for (const text each : *user.fieldset_recording->extensions)
        extensions += join(extensions.empty() ? "" : ", ", each);
    api.tell(join("looked up: no time zone; still extensions ", extensions, " and login ",
                  *user.fieldset_login->login));
    remark("the password did not come back: it is write-only");
}

} // namespace

made_things provision_tenant(client& api, text suffix) {
    section("1. A tenant with two roles, two groups and two users (manual, section 4)");
    made_things made{.suffix = std::string{suffix}, .password = made_up_password()};
    check_connection(api);
    create_tenant(api, made);
    create_roles(api, made);
    create_groups(api, made);
    create_users(api, made);
    update_user(api, made);
    return made;
}

void tidy_up(client& api, const made_things& made) {
    section("5. Tidying up");
    api.must(miarec::delete_user{.user_id = miarec::user_id{made.david}});
    api.must(miarec::delete_user{.user_id = miarec::user_id{made.peter}});
    api.must(miarec::delete_group{.group_id = miarec::group_id{made.agents}});
    api.must(miarec::delete_group{.group_id = miarec::group_id{made.managers}});
    api.must(miarec::delete_role{.role_id = miarec::role_id{made.agent_role}});
    api.must(miarec::delete_role{.role_id = miarec::role_id{made.manager_role}});
    api.must(miarec::delete_tenant{.tenant_id = miarec::tenant_id{made.tenant}});
    api.tell(join(made.tenant_name, " deleted, after its users, groups and roles"));
}

} // namespace provision
