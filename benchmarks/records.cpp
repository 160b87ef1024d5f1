#include "records.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <initializer_list>
#include <string>

namespace bench {

namespace {

template <std::size_t Size>
std::string pick(random_sequence& random, const std::array<const char*, Size>& from) {
    return from[random.below(Size)];
}

constexpr std::array first_names = {"John",  "Mary",  "Robert", "Linda",  "Patricia", "James",
                                    "Susan", "David", "Karen",  "Daniel", "Nancy",    "Paul"};
constexpr std::array last_names = {"Smith",  "Johnson", "Williams", "Brown", "Jones",    "Garcia",
                                   "Miller", "Davis",   "Martinez", "Lopez", "Anderson", "Wilson"};
constexpr std::array international_names = {
    "Jörg Müller",    "Łukasz Wiśniewski", "Zoë Brontë", "Nguyễn Thị Minh",     "Søren Ångström",
    "山田 太郎",      "Иван Петров",       "José Ñúñez", "Αλέξης Παπαδόπουλος", "김민준",
    "Çağla Öztürk 📞", "François Lefèvre"};

std::string name_of(random_sequence& random, names people) {
    if (people == names::international) return pick(random, international_names);
    std::string made = pick(random, first_names) + " ";
    return made += pick(random, last_names);
}

std::string hexadecimal(random_sequence& random, std::size_t digits) {
    std::string made;
    while (made.size() < digits) made += "0123456789abcdef"[random.below(16)];
    return made;
}
std::string uuid(random_sequence& random) {
    std::string made = hexadecimal(random, 8);
    made += "-" + hexadecimal(random, 4) + "-11e7";
    made += "-" + hexadecimal(random, 4);
    return made += "-" + hexadecimal(random, 12);
}

/// A braced list, because the order in which a call's arguments are made is not fixed.
std::string format(const char* pattern, std::initializer_list<unsigned> given) {
    unsigned v[6] = {};
    std::copy(given.begin(), given.end(), v);
    char line[160];
    const int size = std::snprintf(line, sizeof line, pattern, v[0], v[1], v[2], v[3], v[4], v[5]);
    return {line, static_cast<std::size_t>(size)};
}
unsigned between(random_sequence& random, unsigned low, unsigned high) {
    return low + static_cast<unsigned>(random.below(high - low + 1));
}

struct day_and_time {
    unsigned month, day, second_of_day;
};
std::string written(const day_and_time& when) {
    return format("2018-%02u-%02uT%02u:%02u:%02u-0800",
                  {when.month, when.day, when.second_of_day / 3600, when.second_of_day / 60 % 60,
                   when.second_of_day % 60});
}
day_and_time after(day_and_time when, unsigned seconds) {
    when.second_of_day += seconds;
    return when;
}

/// One phone as the phone system names it.
struct phone {
    std::string number, name, id, ip, mac;
};
phone make_phone(random_sequence& random, names people) {
    phone made;
    made.ip = format("192.168.%u.%u", {between(random, 0, 31), between(random, 1, 254)});
    made.number = random.one_in(3) ? format("+1408555%04u", {between(random, 0, 9999)})
                                   : format("%u", {between(random, 100, 8999)});
    if (!random.one_in(4)) made.name = name_of(random, people);
    made.id = made.number + "@" + made.ip;
    made.mac = format("%02X-%02X-%02X-%02X-%02X-%02X",
                      {0, 4, between(random, 0, 255), between(random, 0, 255),
                       between(random, 0, 255), between(random, 0, 255)});
    return made;
}

void add_phone(node& call, const char* side, const phone& from) {
    const std::string prefix = side;
    call.add(prefix + "_ip", from.ip).add(prefix + "_port", 5060).add(prefix + "_mac", from.mac);
    call.add(prefix + "_number", from.number).add(prefix + "_name", from.name);
    call.add(prefix + "_id", from.id);
}
void add_diversion(node& call, const char* side, const phone& from) {
    const std::string prefix = side;
    call.add(prefix + "_number", from.number).add(prefix + "_name", from.name);
    call.add(prefix + "_id", from.id);
}
void add_diversions(node& call, random_sequence& random, names people) {
    const bool transferred = random.one_in(10);
    const bool redirected = random.one_in(10);
    const phone one = make_phone(random, people);
    const phone other = make_phone(random, people);
    add_diversion(call, "transferred_from", transferred ? one : phone{});
    add_diversion(call, "transferred_to", transferred ? other : phone{});
    add_diversion(call, "redirected_from", redirected ? one : phone{});
    add_diversion(call, "redirected_to", redirected ? other : phone{});
}

/// The members of the phone systems; each call comes from one of them, most from none of these.
void add_systems(node& call, random_sequence& random, names people) {
    const std::size_t system = random.below(8);
    const auto of = [system](std::size_t wanted, std::string value) {
        return node{system == wanted ? std::move(value) : std::string{}};
    };
    const std::string number = format("%u", {between(random, 1000, 9999)});
    call.add("broadworks_sp_id", of(0, "ServiceProvider" + number));
    call.add("broadworks_group_id", of(0, "Group" + number));
    call.add("broadworks_user_id", of(0, number + "@broadworks.example.com"));
    call.add("cisco_nearend_guid", of(1, hexadecimal(random, 32)));
    call.add("cisco_farend_guid", of(1, hexadecimal(random, 32)));
    call.add("cisco_nearend_refci", of(1, format("%u", {between(random, 20000000, 29999999)})));
    call.add("cisco_farend_refci", of(1, format("%u", {between(random, 20000000, 29999999)})));
    call.add("cisco_phone_ip",
             of(1, format("10.0.%u.%u", {between(random, 0, 31), between(random, 1, 254)})));
    call.add("cisco_nearend_partition", of(1, "PT-Internal"));
    call.add("cisco_farend_partition", of(1, "PT-External"));
    call.add("metaswitch_user", of(2, "+1510555" + number));
    call.add("metaswitch_group", of(2, "Business Group " + number));
    call.add("metaswitch_system", of(2, "ms-core-1"));
    call.add("agent_id", of(3, number));
    call.add("agent_name", of(3, name_of(random, people)));
}

node make_file(random_sequence& random, names people, const day_and_time& begin,
               const day_and_time& end) {
    const std::string day = format("2018%02u%02u", {begin.month, begin.day});
    const std::string name =
        day + format("%06u", {begin.second_of_day}) + "-" + hexadecimal(random, 16) + ".mp3";
    node file = node::object();
    file.add("file_id", "01").add("start_time", written(begin)).add("stop_time", written(end));
    file.add("file_size", std::int64_t{1} * between(random, 20000, 9000000));
    file.add("file_path", people == names::international
                              ? "C:\\Recordings\\" + day + "\\" + name
                              : "/var/lib/miarec/recordings/" + day + "/" + name);
    file.add("watermark", hexadecimal(random, 40)).add("encrypt_key", "").add("encrypt_tag", "");
    return file;
}

node make_participant(random_sequence& random, int side, const phone& who,
                      const day_and_time& begin, const day_and_time& end) {
    node made = node::object();
    made.add("participant_id", "0" + std::to_string(side));
    made.add("join_time", written(begin)).add("leave_time", written(end));
    switch (random.below(4)) {
    case 0: made.add("user_id", node{}); break;
    case 1: made.add("user_id", ""); break;
    default: made.add("user_id", uuid(random));
    }
    made.add("party_direction", side).add("party_type", random.one_in(4) ? 1 : 0);
    made.add("party_number", who.number).add("party_name", who.name);
    made.add("party_caller_id", who.id);
    return made;
}

node make_login(random_sequence& random, const std::string& login, bool with_password) {
    node made = node::object();
    made.add("can_login", !random.one_in(3)).add("login", login);
    if (with_password) made.add("password", "correct horse battery staple");
    made.add("authenticate_type", random.one_in(3) ? "ldap" : "password");
    made.add("must_change_password", random.one_in(5));
    made.add("valid_till", "2026-12-31T23:59:59-0800");
    return made;
}
node make_recording(random_sequence& random, const std::string& extension) {
    node extensions = node::array();
    extensions.push(extension).push("+1408555" + extension);
    if (random.one_in(3)) extensions.push(extension + "@broadworks.example.com");
    node directions = node::array();
    directions.push("in");
    if (!random.one_in(3)) directions.push("out");
    node made = node::object();
    made.add("record", random.one_in(3) ? "ondemand" : "always");
    made.add("extensions", std::move(extensions)).add("confidential", random.one_in(8));
    made.add("record_direction", std::move(directions));
    made.add("on_demand_default", random.one_in(2) ? node{"keep"} : node{});
    return made;
}
node make_licences(random_sequence& random) {
    node made = node::object();
    made.add("evaluation_seat", random.one_in(2)).add("monitoring_seat", random.one_in(2));
    made.add("recording_seat", !random.one_in(4));
    return made;
}
void add_rest_of_user(node& user, random_sequence& random, const std::string& login,
                      bool with_password) {
    node groups = node::array();
    for (std::size_t i = random.below(3); i != 0; --i) groups.push(uuid(random));
    const std::string extension = format("%u", {between(random, 1000, 9999)});
    user.add("is_active", !random.one_in(10));
    user.add("email", random.one_in(3) ? std::string{} : login + "@example.com");
    user.add("timezone", random.one_in(2) ? node{"America/Los_Angeles"} : node{});
    user.add("managed_groups", std::move(groups));
    user.add("fieldset_login", make_login(random, login, with_password));
    user.add("fieldset_recording", make_recording(random, extension));
    user.add("fieldset_licensing", make_licences(random));
}

std::string make_login_name(random_sequence& random) {
    return format("user%05u", {between(random, 0, 99999)});
}

/// What the users of one account of CloudLink have in common.
struct cloudlink_account {
    std::string id, domain, administrator, site;
};
std::string cloudlink_time(random_sequence& random) {
    const unsigned second = between(random, 0, 86399);
    return format("2022-%02u-%02uT%02u:%02u:", {between(random, 1, 12), between(random, 1, 28),
                                                second / 3600, second / 60 % 60}) +
           format("%02u.%03uZ", {second % 60, between(random, 0, 999)});
}
void add_pictures(node& user, const std::string& id) {
    const std::string picture = "https://profile.api.mitel.io/2017-09-01/photos/" + id;
    node avatars = node::object();
    for (const char* const size : {"50", "150", "300", "scaled"})
        avatars.add(size, picture + "/" + size);
    user.add("photoUrl", picture).add("avatars", std::move(avatars));
}
node make_cloudlink_user(random_sequence& random, const cloudlink_account& account) {
    const std::string id = uuid(random);
    const std::string name = name_of(random, names::plain);
    const std::string extension = format("%u", {between(random, 1000, 9999)});
    const bool has_mobile = random.one_in(3);
    const bool has_phone = random.one_in(2);
    node user = node::object();
    user.add("createdOn", cloudlink_time(random)).add("modifiedOn", cloudlink_time(random));
    user.add("accountId", account.id).add("name", name).add("userId", id).add("uniqueUserId", id);
    user.add("email", make_login_name(random) + "@example.com");
    user.add("role", random.one_in(20) ? "ACCOUNT_ADMIN" : "USER");
    user.add("emailVerified", !random.one_in(8)).add("emailValid", true);
    user.add("extension", extension).add("extensionVerified", true);
    if (has_mobile) user.add("mobile", format("+1408555%04u", {between(random, 0, 9999)}));
    user.add("mobileVerified", has_mobile && random.one_in(2));
    if (has_phone) user.add("phone", "+1613555" + extension);
    user.add("phoneVerified", has_phone).add("userVerified", !random.one_in(8));
    if (random.one_in(4)) user.add("siteId", account.site);
    if (random.one_in(8)) add_pictures(user, id);
    user.add("source", "connect").add("sipAddress", id + "@" + account.domain);
    user.add("sipPassword",
             format("%06u%06u", {between(random, 0, 999999), between(random, 0, 999999)}));
    user.add("createdBy", account.administrator);
    user.add("modifiedBy", random.one_in(2) ? id : account.administrator);
    user.add("_links", node::object().add("self", "/2017-09-01/users/" + id));
    return user;
}

/// `claims` is how many characters the claims take, in Base64.
std::string make_web_token(random_sequence& random, std::size_t claims) {
    const auto characters = [&random](std::size_t count) {
        std::string made;
        while (made.size() < count)
            made += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[random.below(
                64)];
        return made;
    };
    constexpr std::size_t signature = 43;
    std::string made = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + characters(claims);
    return made += "." + characters(signature);
}

} // namespace

node make_call(random_sequence& random, names people) {
    const day_and_time setup{between(random, 1, 12), between(random, 1, 28),
                             between(random, 0, 80000)};
    const day_and_time connect = after(setup, between(random, 1, 30));
    const day_and_time end = after(connect, between(random, 3, 3600));
    const phone from = make_phone(random, people);
    const phone to = make_phone(random, people);

    node call = node::object();
    call.add("call_id", uuid(random));
    call.add("parent_call_id", random.one_in(8)   ? node{uuid(random)}
                               : random.one_in(2) ? node{}
                                                  : node{""});
    call.add("interaction_id", uuid(random)).add("tenant_id", uuid(random));
    call.add("is_conference", random.one_in(20)).add("recorder_id", uuid(random));
    call.add("protocol_call_id", hexadecimal(random, 24) + "@" + from.ip);
    call.add("protocol_call_direction", static_cast<int>(random.below(3))).add("call_state", 6);
    call.add("on_demand_state", static_cast<int>(random.below(3))).add("record_state", 30);
    call.add("voip_protocol", random.one_in(3) ? 13 : 1);
    call.add("setup_time", written(setup));
    call.add("connect_time", random.one_in(12) ? node{} : node{written(connect)});
    call.add("disconnect_time", written(end));
    add_phone(call, "from", from);
    add_phone(call, "to", to);
    add_diversions(call, random, people);
    add_systems(call, random, people);
    node files = node::array();
    files.push(make_file(random, people, connect, end));
    node participants = node::array();
    participants.push(make_participant(random, 1, from, setup, end));
    participants.push(make_participant(random, 2, to, connect, end));
    call.add("files", std::move(files)).add("participants", std::move(participants));
    return call;
}

node make_user(random_sequence& random, names people) {
    const std::string login = make_login_name(random);
    node user = node::object();
    user.add("user_id", uuid(random)).add("name", name_of(random, people));
    user.add("group_id", uuid(random)).add("role_id", uuid(random));
    add_rest_of_user(user, random, login, false);
    return user;
}

node make_new_user(random_sequence& random) {
    const std::string login = make_login_name(random);
    node user = node::object();
    user.add("name", name_of(random, names::plain));
    user.add("group_id", uuid(random)).add("role_id", uuid(random));
    add_rest_of_user(user, random, login, true);
    return user;
}

node make_tenant(random_sequence& random) {
    node licences = node::object();
    licences.add("recording_seats", 120).add("recording_sessions", node{});
    licences.add("screen_recording_seats", 20).add("monitoring_seats", 10);
    licences.add("monitoring_sessions", node{}).add("evaluation_seats", 10);
    licences.add("speech_analytics", 0);
    node rules = node::object();
    rules.add("extension_uniqueness", "tenant").add("associate_calls", "broadworks_group");
    rules.add("associate_calls_condition", "");
    rules.add("broadworks_sp_id", "ServiceProvider1").add("broadworks_group_id", "Group2044");
    rules.add("sip_uri_host", "").add("cisco_partition", "");
    rules.add("metaswitch_system", "").add("metaswitch_group", "");
    rules.add("record_unknown_users", "record").add("auto_provision", true);
    rules.add("provision_role_id", uuid(random)).add("provision_group_id", uuid(random));
    node tenant = node::object();
    tenant.add("tenant_id", uuid(random)).add("name", "Flexus Telecommunications");
    tenant.add("timezone", "America/Los_Angeles").add("encrypt_data", true);
    tenant.add("fieldset_licensing", std::move(licences));
    tenant.add("fieldset_associate_calls", std::move(rules));
    return tenant;
}

node make_cloudlink_account(random_sequence& random, std::size_t users) {
    const std::string id = uuid(random);
    const cloudlink_account account{.id = id,
                                    .domain = id + ".us.api.mitel.io",
                                    .administrator = uuid(random),
                                    .site = uuid(random)};
    node made = node::array();
    for (std::size_t i = 0; i < users; ++i) made.push(make_cloudlink_user(random, account));
    return made;
}

node make_token(random_sequence& random) {
    node answer = node::object();
    answer.add("token_type", "bearer").add("expires_in", 4090);
    answer.add("access_token", make_web_token(random, 870));
    answer.add("refresh_token", make_web_token(random, 740)).add("scope", "read write");
    return answer;
}

} // namespace bench
