#include <deque>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "sample.hpp"

namespace recorder {

namespace {

constexpr text first_names[] = {"Alice",        "Bob",   "Zo\u00eb", "Dmitri",      "Ren\u00e9e",
                                "Farid",        "Grace", "Hiro",     "\u0141ukasz", "Jos\u00e9",
                                "Kim",          "Lena",  "Marry",    "Nuria",       "Se\u00e1n",
                                "\u5c71\u7530", "Peter", "David"};
constexpr text last_names[] = {"Smith",    "M\u00fcller",  "O'Connor",    "Garc\u00eda",
                               "Nguyen",   "Okafor",       "\u017bak",    "Tanaka",
                               "van Dijk", "Hall \"Jr.\"", "Back\\slash", "Jensen"};

/// Makes accounts from names; keeps the text that they view until they are in the store.
class account_maker {
public:
    explicit account_maker(store& into) : into_{into} {}

    text tenant(text name, tipring::field<text> timezone) {
        const text id = new_id();
        into_.tenants.put(id, {.tenant_id = miarec::tenant_id{id},
                               .name = name,
                               .timezone = timezone,
                               .encrypt_data = false,
                               .fieldset_licensing = miarec::tenant_licensing{
                                   .recording_seats = 50,
                                   .recording_sessions = miarec::unlimited,
                                   .monitoring_seats = 10,
                                   .evaluation_seats = miarec::unlimited}});
        return id;
    }
    text group(text tenant_id, text name) {
        const text id = new_id();
        into_.groups.put(id, {.group_id = miarec::group_id{id},
                              .tenant_id = miarec::tenant_id{tenant_id},
                              .name = name,
                              .timezone = tipring::null});
        return id;
    }
    text role(text tenant_id, text name, miarec::access_level level,
              tipring::list<miarec::permission> permissions) {
        const text id = new_id();
        into_.roles.put(id, {.role_id = miarec::role_id{id},
                             .name = name,
                             .access_level = level,
                             .tenant_id = miarec::tenant_id{tenant_id},
                             .permissions = permissions});
        return id;
    }
    /// Without a login when that is empty.
    text user(miarec::user made, text login) {
        const text id = new_id();
        made.user_id = miarec::user_id{id};
        made.is_active = true;
        made.email = "";
        made.timezone = "";
        if (login.empty())
            made.fieldset_login = miarec::user_login{.can_login = false};
        else
            made.fieldset_login =
                miarec::user_login{.can_login = true,
                                   .login = login,
                                   .password = tipring::secret{"secret"},
                                   .authenticate_type = miarec::authenticate_type::password,
                                   .must_change_password = false};
        made.fieldset_licensing = miarec::user_licensing{
            .evaluation_seat = false, .monitoring_seat = false, .recording_seat = true};
        into_.users.put(id, made);
        return id;
    }

    text keep(std::string made) { return texts_.emplace_back(std::move(made)); }
    random_source& random() { return into_.random; }
    text new_id() { return keep(into_.random.uuid()); }

private:
    store& into_;
    std::deque<std::string> texts_;
};

constexpr text all_actions[] = {"view", "edit", "delete"};
constexpr text call_actions[] = {"view",     "live_monitor",    "categorize",
                                 "playback", "add_notes",       "on_demand_trigger",
                                 "delete",   "pause_recording", "edit"};
constexpr text manager_actions[] = {"view", "playback", "pause_recording", "add_notes"};
constexpr text agent_actions[] = {"view", "playback"};
constexpr text view_only[] = {"view"};

constexpr miarec::permission administrator_permissions[] = {
    {.resource = "system", .actions = all_actions},
    {.resource = "tenants", .actions = view_only},
    {.resource = "users", .actions = all_actions},
    {.resource = "groups", .actions = all_actions},
    {.resource = "roles", .actions = all_actions},
    {.resource = "clients", .actions = all_actions},
    {.resource = "encrypt_keys", .actions = all_actions},
    {.resource = "custom_fields", .actions = all_actions},
    {.resource = "calls", .actions = call_actions},
    {.resource = "calls_own", .actions = call_actions}};
constexpr miarec::permission manager_permissions[] = {
    {.resource = "users", .actions = view_only},
    {.resource = "groups", .actions = view_only},
    {.resource = "clients", .actions = view_only},
    {.resource = "calls", .actions = manager_actions}};
constexpr miarec::permission agent_permissions[] = {
    {.resource = "calls_own", .actions = agent_actions},
    {.resource = "call_notes", .actions = tipring::list<text>{}}};

/// One tenant with three groups, three roles and eight users; `prefix` begins logins and
/// extensions.
struct sample_tenant {
    text name;
    text login_prefix;
    text extension_prefix;
    tipring::field<text> timezone;
};

void add_users(account_maker& make, const sample_tenant& plan, text tenant,
               std::span<const text, 3> groups, std::span<const text, 3> roles) {
    const tipring::open<miarec::record_direction> both[] = {miarec::record_direction::in,
                                                            miarec::record_direction::out};
    constexpr text suffixes[] = {".admin", ".manager", ".agent"};
    const miarec::group_id managed[] = {miarec::group_id{groups[0]}, miarec::group_id{groups[1]}};
    const std::size_t first = make.random().below(std::size(first_names));
    for (std::size_t i = 0; i < 8; ++i) {
        const text given = first_names[(first + i) % std::size(first_names)];
        const text family = last_names[make.random().below(std::size(last_names))];
        const text extensions[] = {
            make.keep(std::string{plan.extension_prefix} + "0" + std::to_string(i + 1)),
            make.keep("+1408555" + std::string{plan.extension_prefix} + "0" +
                      std::to_string(i + 1))};
        miarec::user made{.name = make.keep(std::string{given} + " " + std::string{family}),
                          .group_id = miarec::group_id{groups[i % 3]},
                          .role_id = miarec::role_id{roles[i < 2 ? i : 2]},
                          .fieldset_recording =
                              miarec::user_recording{.record = miarec::record::always,
                                                     .extensions = extensions,
                                                     .confidential = i == 5,
                                                     .record_direction = both,
                                                     .on_demand_default = tipring::null},
                          .tenant_id = miarec::tenant_id{tenant}};
        if (i == 1) made.managed_groups = managed;
        make.user(made, i < 3 ? make.keep(std::string{plan.login_prefix} + std::string{suffixes[i]})
                              : text{});
    }
}

void add_tenant(account_maker& make, const sample_tenant& plan, store& into) {
    const text tenant = make.tenant(plan.name, plan.timezone);
    const text groups[] = {make.group(tenant, "Sales"), make.group(tenant, "Support"),
                           make.group(tenant, "R\u00e9ception")};
    const text roles[] = {
        make.role(tenant, "Administrator", miarec::access_level::system, administrator_permissions),
        make.role(tenant, "Manager", miarec::access_level::managed_groups, manager_permissions),
        make.role(tenant, "Agent", miarec::access_level::user, agent_permissions)};
    add_users(make, plan, tenant, groups, roles);
    for (const text name : {text{"Wayne & Sons"}, text{"Caf\u00e9 \"Zum L\u00f6wen\""}}) {
        const text number = make.keep("+4930" + into.random.digits(7));
        const miarec::contact contacts[] = {{.phone_number = number, .name = "Front desk"}};
        const text id = make.new_id();
        into.clients.put(id, {.client_id = miarec::client_id{id},
                              .tenant_id = miarec::tenant_id{tenant},
                              .name = name,
                              .contacts = contacts});
    }
}

/// Whose call ends whenever somebody wants to mute it: see stored_call::ends_when_muted.
void add_hazel(account_maker& make, text tenant) {
    const text extensions[] = {"9999"};
    make.user({.name = "Hazel Hangup",
               .fieldset_recording = miarec::user_recording{.record = miarec::record::always,
                                                            .extensions = extensions},
               .tenant_id = miarec::tenant_id{tenant}},
              {});
}

void add_custom_fields(account_maker& make, store& into) {
    const text options[] = {"Collection call", "Sales call"};
    const tipring::open<miarec::custom_field_search> searches[] = {
        miarec::custom_field_search::advanced};
    miarec::custom_field call_type{.enable = true,
                                   .tenant_id = tipring::null,
                                   .name = "Call type",
                                   .is_global = true,
                                   .description = tipring::null,
                                   .type = miarec::custom_field_type::option,
                                   .display_as = miarec::custom_field_display::standard,
                                   .editable = true,
                                   .search_options = searches,
                                   .options = options,
                                   .ai_assist = false};
    miarec::custom_field payment = call_type;
    payment.name = "Payment status";
    payment.type = miarec::custom_field_type::string;
    payment.str_max_len = 64;
    payment.options.reset();
    miarec::custom_field summary = payment;
    summary.name = "Call Summary";
    summary.display_as = miarec::custom_field_display::multiline;
    summary.str_max_len = 1024;
    summary.editable = false;
    summary.ai_assist = true;
    for (miarec::custom_field each : {call_type, payment, summary}) {
        const text id = make.new_id();
        each.field_id = miarec::custom_field_id{id};
        into.custom_fields.put(id, each);
    }
}

} // namespace

void add_sample_accounts(store& into) {
    account_maker make{into};
    const text system = make.tenant("System", tipring::null);
    into.system_tenant = system;
    const text role = make.role(system, "Super Administrator", miarec::access_level::root,
                                administrator_permissions);
    make.user({.name = "API User",
               .role_id = miarec::role_id{role},
               .tenant_id = miarec::tenant_id{system}},
              "apiuser");
    add_hazel(make, system);
    add_tenant(make, {"Flexus", "flexus", "20", tipring::null}, into);
    add_tenant(make, {"Globex Caf\u00e9 GmbH", "globex", "30", "+02:00"}, into);
    add_tenant(make, {"Initech \"North\"", "initech", "40", "Europe/London"}, into);
    add_custom_fields(make, into);
}

} // namespace recorder
