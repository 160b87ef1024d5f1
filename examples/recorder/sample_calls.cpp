#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "media.hpp"
#include "sample.hpp"

namespace recorder {

namespace {

using std::chrono::seconds;

constexpr text outside_names[] = {"",
                                  "",
                                  "WIRELESS CALLER",
                                  "Acme Logistics",
                                  "Mar\u00eda L\u00f3pez",
                                  "M\u00fcller & S\u00f6hne",
                                  "\u041e\u043b\u044c\u0433\u0430",
                                  "Bj\u00f8rn \"Bear\" \u00c5s",
                                  "Front\\Office",
                                  "\u5c71\u7530 \u592a\u90ce",
                                  "Anonymous"};
constexpr text notes[] = {"Customer asked for a refund.", "Wants to be called back on Monday",
                          "Discount of 10% promised", "Follow-up needed; see ticket 1234"};
constexpr text prefixes[] = {"+1408555", "+1415555", "+4930555", "0207946", "1800555"};
constexpr text payments[] = {"Unknown", "Paid", "Promise to pay"};

enum class phone_system { broadworks, cisco, mixed, plain };

/// A participant from the stand-in's users.
struct person {
    text user_id = {};
    text name = {};
    text extension = {};
    text tenant_id = {};
    phone_system system = phone_system::plain;
};

/// Makes calls one by one. The text of a call is kept until the next one.
class call_maker {
public:
    call_maker(store& into, utc_instant now) : into_{into}, random_{into.random}, now_{now} {
        find_people();
        into.clients.each([&](const miarec::client& each) {
            contacts_.push_back(value_of((*each.contacts)[0].phone_number));
        });
        into.custom_fields.each([&](const miarec::custom_field& each) {
            if (*each.name == "Call type") call_type_ = *each.field_id;
            if (*each.name == "Payment status") payment_status_ = *each.field_id;
        });
    }

    std::unique_ptr<stored_call> finished() {
        begin(people_[random_.below(people_.size())]);
        setup_ = some_time();
        const seconds ring{random_.between(1, 25)};
        const seconds talk = some_talk();
        call_.call_state = miarec::call_state::disconnected;
        call_.record_state = miarec::record_state::finished;
        call_.on_demand_state = random_.chance(5) ? miarec::on_demand_state::keep_recording
                                                  : miarec::on_demand_state::disabled;
        const bool is_answered = !random_.chance(4);
        set_times(is_answered ? ring : seconds{-1}, ring + (is_answered ? talk : seconds{0}));
        add_odd_state(is_answered);
        add_participants();
        if (*call_.record_state != miarec::record_state::ignored && is_answered) add_files();
        if (random_.chance(10)) add_custom_values();
        return end();
    }

    std::unique_ptr<stored_call> active(std::size_t index) {
        begin(index == 0 ? hazel_ : people_[index * 3 % people_.size()]);
        setup_ = std::chrono::floor<seconds>(now_) - seconds{random_.between(20, 600)};
        call_.call_state = miarec::call_state::connected;
        call_.record_state = miarec::record_state::active;
        call_.on_demand_state = miarec::on_demand_state::disabled;
        call_.setup_time = time_text(setup_);
        call_.connect_time = time_text(setup_ + seconds{5});
        call_.disconnect_time = tipring::null;
        add_participants();
        auto made = end();
        made->ends_when_muted = index == 0;
        return made;
    }

private:
    /// Everybody with an extension. Hazel is kept apart: she only has the call that goes on.
    void find_people() {
        into_.users.each([&](const miarec::user& each) {
            const auto extensions = *(*each.fieldset_recording).extensions;
            if (extensions.empty()) return;
            const text tenant = value_of(each.tenant_id);
            const person who{value_of(each.user_id), *each.name, extensions[0], tenant,
                             phone_system_of(*(into_.tenants.find(tenant)->name))};
            if (who.name == "Hazel Hangup")
                hazel_ = who;
            else
                people_.push_back(who);
        });
    }
    static phone_system phone_system_of(text tenant_name) {
        if (tenant_name.starts_with("Flexus")) return phone_system::broadworks;
        if (tenant_name.starts_with("Globex")) return phone_system::cisco;
        if (tenant_name.starts_with("Initech")) return phone_system::mixed;
        return phone_system::plain;
    }

    text keep(std::string made) { return texts_.emplace_back(std::move(made)); }
    tipring::datetime time_text(utc_instant when) {
        return tipring::datetime{keep(wire_time(when))};
    }
    std::string ip() {
        return "192.168." + std::to_string(random_.below(8)) + "." +
               std::to_string(10 + random_.below(200));
    }
    std::string mac() {
        std::string made = "00-1B-54";
        for (int i = 0; i < 3; ++i) made += "-" + random_.digits(2);
        return made;
    }

    /// Working hours of one of the last 90 days, at least two hours ago.
    utc_instant some_time() {
        const auto today = std::chrono::floor<std::chrono::days>(now_);
        const auto day = today - std::chrono::days{random_.between(0, 89)};
        utc_instant when = day + seconds{random_.between(7 * 3600, 19 * 3600)};
        if (when > now_ - std::chrono::hours{2}) when -= std::chrono::days{1};
        return when;
    }
    seconds some_talk() {
        const std::size_t kind = random_.below(10);
        if (kind < 4) return seconds{random_.between(5, 60)};
        return seconds{kind < 9 ? random_.between(60, 600) : random_.between(600, 3600)};
    }

    /// The two sides, and what the phone system of the tenant adds.
    void begin(const person& who) {
        texts_.clear();
        call_ = {};
        who_ = who;
        is_inbound_ = random_.chance(60);
        const text outside = keep(random_.chance(10) && !contacts_.empty()
                                      ? std::string{contacts_[random_.below(contacts_.size())]}
                                      : std::string{random_.pick(prefixes)} + random_.digits(4));
        const text outside_name = random_.pick(outside_names);
        id_ = keep(random_.uuid());
        call_.call_id = miarec::call_id{id_};
        call_.parent_call_id = miarec::call_id{""};
        call_.tenant_id = miarec::tenant_id{who.tenant_id};
        call_.is_conference = false;
        call_.recorder_id = miarec::recorder_id{who.system == phone_system::broadworks
                                                    ? "27a7086c-f5c2-11e4-8cc5-e03f497dbdff"
                                                    : "27a7086c-f5c2-11e4-8cc5-e03f497dbd02"};
        call_.protocol_call_id = keep(random_.hex(16) + "@" + ip());
        call_.protocol_call_direction = is_inbound_ ? miarec::protocol_call_direction::inbound
                                                    : miarec::protocol_call_direction::outbound;
        call_.from_number = is_inbound_ ? outside : who_.extension;
        call_.from_name = is_inbound_ ? outside_name : who_.name;
        call_.to_number = is_inbound_ ? who_.extension : outside;
        call_.to_name = is_inbound_ ? who_.name : outside_name;
        call_.from_id = keep("sip:" + std::string{*call_.from_number} + "@pbx.example");
        call_.to_id = keep("sip:" + std::string{*call_.to_number} + "@pbx.example");
        call_.from_ip = keep(ip());
        call_.to_ip = keep(ip());
        call_.from_port = static_cast<std::int32_t>(random_.between(10000, 60000));
        call_.to_port = static_cast<std::int32_t>(random_.between(10000, 60000));
        call_.from_mac = keep(mac());
        call_.to_mac = keep(mac());
        add_protocol();
    }

    void add_protocol() {
        using protocol = miarec::voip_protocol;
        call_.voip_protocol = protocol::sip;
        if (who_.system == phone_system::broadworks) {
            call_.voip_protocol = protocol::siprec;
            call_.broadworks_sp_id = "FlexusProvider";
            call_.broadworks_group_id = random_.chance(70) ? "GroupA" : "GroupB";
            call_.broadworks_user_id = keep(std::string{who_.extension} + "@broadworks.example");
        } else if (who_.system == phone_system::cisco && random_.chance(60)) {
            call_.voip_protocol = protocol::cisco_bib_active;
            call_.cisco_nearend_guid = keep(random_.hex(32));
            call_.cisco_farend_guid = keep(random_.hex(32));
            call_.cisco_nearend_refci = keep(random_.digits(8));
            call_.cisco_farend_refci = keep(random_.digits(8));
            call_.cisco_phone_ip = is_inbound_ ? *call_.to_ip : *call_.from_ip;
            call_.cisco_nearend_partition = "Internal";
            call_.cisco_farend_partition = "";
        } else if (who_.system == phone_system::mixed && random_.chance(40)) {
            call_.voip_protocol = protocol::avaya_tsapi;
            call_.agent_id = who_.extension;
            call_.agent_name = who_.name;
        } else if (who_.system == phone_system::mixed && random_.chance(30)) {
            call_.voip_protocol = protocol::siprec;
            call_.metaswitch_system = "ms-1";
            call_.metaswitch_group = "Initech";
            call_.metaswitch_user = who_.extension;
        }
    }

    /// `ring` below zero: nobody answered.
    void set_times(seconds ring, seconds whole) {
        end_ = setup_ + whole;
        call_.setup_time = time_text(setup_);
        if (ring < seconds{0})
            call_.connect_time = tipring::datetime{""};
        else
            call_.connect_time = time_text(setup_ + ring);
        call_.disconnect_time = time_text(end_);
    }

    void add_odd_state(bool is_answered) {
        const std::size_t odd = random_.below(100);
        if (odd == 0) {
            call_.record_state = miarec::record_state::license_overusage;
        } else if (odd == 1) {
            call_.record_state = miarec::record_state::ignored;
        } else if (odd < 4 && is_answered) {
            call_.call_state = miarec::call_state::transferred;
            call_.transferred_to_number = keep(std::string{who_.extension}.substr(0, 3) + "9");
            call_.transferred_to_name = "Reception";
        } else if (odd < 6) {
            call_.redirected_from_number = keep("1800555" + random_.digits(4));
            call_.redirected_from_name = "Hotline";
            call_.redirected_to_number = *call_.to_number;
        }
    }

    void add_participants() {
        participants_.clear();
        const auto side = [&](text number, text name, text id, bool is_ours, bool is_caller) {
            miarec::participant made{.participant_id = participants_.empty() ? "01" : "02",
                                     .join_time = *call_.setup_time,
                                     .user_id = tipring::null,
                                     .party_direction = is_caller ? miarec::party_direction::caller
                                                                  : miarec::party_direction::called,
                                     .party_type = is_ours ? miarec::party_type::agent
                                                           : miarec::party_type::unknown,
                                     .party_number = number,
                                     .party_name = name,
                                     .party_caller_id = id};
            if (is_ours) made.user_id = miarec::user_id{who_.user_id};
            if (call_.disconnect_time) made.leave_time = *call_.disconnect_time;
            participants_.push_back(made);
        };
        side(*call_.from_number, *call_.from_name, *call_.from_id, !is_inbound_, true);
        side(*call_.to_number, *call_.to_name, *call_.to_id, is_inbound_, false);
        if (random_.chance(2)) add_colleague();
        call_.participants = participants_;
    }

    /// Makes a conference of it, with somebody else of the same tenant.
    void add_colleague() {
        const person& other = people_[random_.below(people_.size())];
        if (other.tenant_id != who_.tenant_id || other.user_id == who_.user_id) return;
        miarec::participant made = participants_[1];
        made.participant_id = "03";
        made.user_id = miarec::user_id{other.user_id};
        made.party_type = miarec::party_type::agent;
        made.party_number = other.extension;
        made.party_name = other.name;
        made.party_caller_id = "";
        participants_.push_back(made);
        call_.is_conference = true;
    }

    /// One file, or two where silence was cut out.
    void add_files() {
        files_.clear();
        const std::size_t count = random_.chance(5) ? 2 : 1;
        const auto middle = setup_ + (end_ - setup_) / 2;
        const std::string digits = wire_time(setup_);
        const std::string day = digits.substr(0, 4) + digits.substr(5, 2) + digits.substr(8, 2);
        for (std::size_t i = 0; i < count; ++i) {
            const text file_id = i == 0 ? "01" : "02";
            const std::string name = std::string{id_} + "-" + std::string{file_id} + ".wav";
            const bool is_last = i + 1 == count;
            files_.push_back({.file_id = file_id,
                              .start_time = i == 0 ? *call_.setup_time : time_text(middle),
                              .stop_time = is_last ? *call_.disconnect_time : time_text(middle),
                              .file_size = wav_size(id_, file_id),
                              .file_path = keep(who_.system == phone_system::broadworks
                                                    ? "C:\\Recordings\\" + day + "\\" + name
                                                    : "/var/recordings/" + day + "/" + name),
                              .encrypt_key = "",
                              .encrypt_tag = ""});
        }
        call_.files = files_;
    }

    void add_custom_values() {
        values_.clear();
        values_.push_back({.field_id = call_type_,
                           .name = "Call type",
                           .value = tipring::raw_json{random_.chance(50) ? "\"Sales call\""
                                                                         : "\"Collection call\""}});
        const text payment = keep("\"" + std::string{random_.pick(payments)} + "\"");
        if (random_.chance(50))
            values_.push_back({.field_id = payment_status_,
                               .name = "Payment status",
                               .value = tipring::raw_json{payment}});
        call_.custom_fields = values_;
    }

    std::unique_ptr<stored_call> end() {
        auto made = std::make_unique<stored_call>(call_, setup_);
        if (random_.chance(5)) made->note = random_.pick(notes);
        return made;
    }

    store& into_;
    random_source& random_;
    utc_instant now_;
    std::vector<person> people_;
    person hazel_;
    std::vector<text> contacts_;
    miarec::custom_field_id call_type_;
    miarec::custom_field_id payment_status_;

    std::deque<std::string> texts_;
    std::vector<miarec::participant> participants_;
    std::vector<miarec::file> files_;
    std::vector<miarec::call_custom_field_value> values_;
    miarec::call call_ = {};
    person who_ = {};
    text id_;
    bool is_inbound_ = false;
    utc_instant setup_ = {};
    utc_instant end_ = {};
};

} // namespace

void add_sample_calls(store& into, std::size_t count, utc_instant now) {
    constexpr std::size_t most_active = 5;
    call_maker make{into, std::chrono::floor<seconds>(now)};
    const std::size_t active = std::min(count, most_active);
    for (std::size_t i = active; i < count; ++i) into.add(make.finished());
    for (std::size_t i = 0; i < active; ++i) into.add(make.active(i));
    into.sort_calls();
}

} // namespace recorder
