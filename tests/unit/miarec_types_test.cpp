// The resource types of MiaRec: every member is there under its documented name, the manual's
// payloads decode to the values that they print, and each decision about a contradiction holds.
#include "miarec_types.hpp"

#include <tipring/core/arena.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/equal.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

using namespace tipring;
using miarec_types::all_types;

namespace {

static_assert(!std::is_convertible_v<miarec::user_id, field<miarec::call_id>>);
static_assert(!std::is_convertible_v<text, field<miarec::call_id>>);

using memory = static_arena<16384>;

/// The value of a body that must decode.
template <class T>
T read(text body, arena& into, const json::decode_options& options = {}) {
    const result<T> got = json::decode<T>(body, into, options);
    char why[256];
    const text line = got ? text{} : describe(got.error(), why);
    REQUIRE_MESSAGE(got.has_value(), std::string{line});
    return *got;
}

template <class T>
errc failure(text body, const json::decode_options& options = {}) {
    memory into;
    return json::decode<T>(body, into, options).code();
}

template <class T>
std::string write(const T& value, const json::encode_options& options = {}) {
    char buffer[8192];
    const result<text> got = json::encode(value, buffer, options);
    REQUIRE(got.has_value());
    return std::string{*got};
}

constexpr json::encode_options to_server = {.audience = json::audience::server};
constexpr json::encode_options to_client = {.audience = json::audience::client};
constexpr json::encode_options legacy = {.legacy_licensing = true};

/// A document as it is printed, without the blanks outside of its strings.
std::string dense(text document) {
    std::string kept;
    bool in_string = false;
    for (std::size_t i = 0; i < document.size(); ++i) {
        const char c = document[i];
        if (!in_string && (c == ' ' || c == '\n')) continue;
        kept += c;
        if (in_string && c == '\\')
            kept += document[++i];
        else if (c == '"')
            in_string = !in_string;
    }
    return kept;
}

using names = std::vector<text>;

template <class T>
names names_of_members() {
    const json::table& type = json::table_of<T>;
    names found;
    for (std::size_t i = 0; i < type.member_count; ++i)
        found.push_back(type.name_of(type.members[i]));
    return found;
}

template <class T>
names names_with(unsigned flags) {
    const json::table& type = json::table_of<T>;
    names found;
    for (std::size_t i = 0; i < type.member_count; ++i)
        if ((type.members[i].flags & flags) != 0) found.push_back(type.name_of(type.members[i]));
    return found;
}

/// Whether both hold the same names, in any order.
bool same(names a, names b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

/// V08, manual 3.1.5, corrected to JSON.
constexpr text full_call = R"({
  "call": {
    "call_id": "e03f497d-bdff-1019-102d-68be3896f081",
    "parent_call_id": "",
    "is_conference": false,
    "recorder_id": "27a7086c-f5c2-11e4-8cc5-e03f497dbdff",
    "protocol_call_id": "12345678-098765-765431",
    "call_state": 6,
    "on_demand_state": 0,
    "record_state": 30,
    "voip_protocol": 0,
    "setup_time": "2013-10-12T16:32:22-0800",
    "connect_time": "2013-10-12T16:32:22-0800",
    "disconnect_time": "2013-10-12T16:38:56-0800",
    "from_ip": "192.168.0.10",
    "from_port": 5060,
    "from_mac": "11-22-33-44-55-66",
    "from_number": "102",
    "from_name": "User1",
    "from_id": "102@192.168.0.10",
    "to_ip": "192.168.0.5",
    "to_port": 5060,
    "to_mac": "22-33-44-55-66-77",
    "to_number": "101",
    "to_name": "",
    "to_id": "101@192.168.0.5",
    "redirected_from_number": "",
    "redirected_from_name": "",
    "redirected_from_id": "",
    "redirected_to_number": "",
    "redirected_to_name": "",
    "redirected_to_id": "",
    "broadworks_sp_id": "",
    "broadworks_group_id": "",
    "broadworks_user_id": "",
    "cisco_nearend_guid": "",
    "cisco_farend_guid": "",
    "files": [
      {
        "file_id": "01",
        "start_time": "2013-10-12T16:32:22-0800",
        "stop_time": "2013-10-12T16:38:56-0800",
        "file_size": 132000,
        "file_path": "C:\\Recordings\\20131012\\20131012163222-534346ad00000003.mp3",
        "encrypt_key": "",
        "encrypt_tag": ""
      }
    ],
    "participants": [
      {
        "participant_id": "01",
        "join_time": "2013-10-12T16:32:22-0800",
        "leave_time": "2013-10-12T16:38:56-0800",
        "user_id": "546340bf-7b47-11e4-85a4-e03f497dbdff",
        "party_direction": 1,
        "party_type": 0,
        "party_number": "102",
        "party_name": "User1",
        "party_caller_id": "102@192.168.0.10"
      },
      {
        "participant_id": "02",
        "join_time": "2013-10-12T16:32:22-0800",
        "leave_time": "2013-10-12T16:38:56-0800",
        "user_id": "",
        "party_direction": 2,
        "party_type": 0,
        "party_number": "101",
        "party_name": "",
        "party_caller_id": "101@192.168.0.10"
      }
    ]
  }
})";

/// V38, manual 3.6.1, corrected to JSON.
constexpr text full_tenant = R"({
  "tenant": {
    "tenant_id": "34c7f1f6-9201-11e5-a739-e03f497dbdff",
    "name": "Flexus",
    "timezone": null,
    "encrypt_data": null,
    "fieldset_licensing": {
      "recording_seats": null,
      "screen_recording_seats": null,
      "monitoring_seats": null,
      "evaluation_seats": 50,
      "speech_analytics": 10
    },
    "fieldset_associate_calls": {
      "extension_uniqueness": "systemwide",
      "associate_calls": "broadworks_group",
      "associate_calls_condition": "BroadWorks-serviceProviderID = \"FlexusProvider\" AND BroadWorks-groupID = \"FlexusGroup\"",
      "broadworks_sp_id": "FlexusProvider",
      "broadworks_group_id": "FlexusGroup",
      "sip_uri_host": "",
      "cisco_partition": "",
      "metaswitch_system": "",
      "metaswitch_group": "",
      "record_unknown_users": "record",
      "auto_provision": true,
      "provision_role_id": "34cafffe-9201-11e5-b516-e03f497dbdff",
      "provision_group_id": "47f53fcc-9201-11e5-b4ef-e03f497dbdff"
    }
  }
})";

/// V44, manual 3.7.1.
constexpr text full_user = R"({
  "user": {
    "user_id": "61e6e6b0-f147-11e5-b8b3-e03f497dbdff",
    "name": "John Smith",
    "group_id": "47f53fcc-9201-11e5-b4ef-e03f497dbdff",
    "role_id": "5b139cee-f13a-11e5-9615-e03f497dbdff",
    "is_active": true,
    "email": "",
    "timezone": "",
    "managed_groups": [
      "34cbea90-9201-11e5-a932-e03f497dbdff",
      "34e1c1ee-9201-11e5-96a0-e03f497dbdff"
    ],
    "fieldset_login": {
      "can_login": true,
      "login": "j.smith",
      "password": "secret",
      "authenticate_type": "password",
      "must_change_password": false,
      "valid_till": "2016-10-01T00:00:00-07:00"
    },
    "fieldset_recording": {
      "record": "always",
      "extensions": ["12444003002"],
      "confidential": false,
      "record_direction": ["in", "out"],
      "on_demand_default": null
    },
    "fieldset_licensing": {
      "evaluation_seat": false,
      "monitoring_seat": true,
      "recording_seat": true
    }
  }
})";

/// V32, manual 3.5.1, corrected to JSON.
constexpr text full_role = R"({
  "role": {
    "role_id": "34c88e5c-9201-11e5-92fa-e03f497dbdff",
    "name": "Administrator",
    "access_level": "system",
    "tenant_id": "34c7f1f6-9201-11e5-a739-e03f497dbdff",
    "permissions": {
      "roles": ["view"],
      "users": ["view", "edit", "delete"],
      "groups": ["view"],
      "calls": ["view", "live_monitor", "categorize", "playback", "add_notes"],
      "call_categories": ["view", "edit", "delete"],
      "call_notes": ["view", "pin"]
    }
  }
})";

/// V11, manual 3.2.1.
constexpr text full_client = R"({
  "client": {
    "name": "MiaRec",
    "client_id": "34cbea90-9201-11e5-a932-e03f497dbdff",
    "tenant_id": "34c7f1f6-9201-11e5-a739-e03f497dbdff",
    "contacts": [
      {"phone_number": "+14085800150", "name": "Main number"},
      {"phone_number": "+14085800105", "name": "Fax"}
    ]
  }
})";

/// V17, manual 3.3.2.
constexpr text full_key = R"({
  "encrypt_key": {
    "key_id": "e9780258-f061-11e5-b9d7-e03f497dbdff",
    "is_active": false,
    "fingerprint": "cb874f07fe39656cf88150e569b5b9e8",
    "tenant_id": "11111111-1111-1111-1111-111111111111",
    "public_key": "MIGfMA0GCSqGSIb3DQEBAQUAA4GNA...",
    "name": "Encrypt key new"
  }
})";

/// N01, web manual, custom_field_attributes, corrected to JSON.
constexpr text full_custom_field = R"({
  "custom_field": {
    "field_id": "f07ca4b0-51b0-11ee-a424-0015172d2a7d",
    "enable": true,
    "tenant_id": "9079d60a-5192-11ee-aa89-0015172d2a7d",
    "name": "Call type",
    "is_global": false,
    "description": "Type of the call, like \"Sales, Collection, etc.",
    "type": "option",
    "display_as": "default",
    "str_max_len": 64,
    "editable": true,
    "search_options": ["advanced"],
    "options": ["Collection call", "Sales call"],
    "ai_assist": false
  }
})";

} // namespace

TEST_CASE("miarec types: every member is there under its documented name") {
    CHECK(names_of_members<miarec::call>().size() == 57);
    CHECK(same(names_of_members<miarec::call>(),
               {"call_id", "parent_call_id", "interaction_id", "tenant_id", "is_conference",
                "recorder_id", "protocol_call_id", "protocol_call_direction", "call_state",
                "on_demand_state", "record_state", "voip_protocol", "setup_time", "connect_time",
                "disconnect_time", "from_ip", "to_ip", "from_port", "to_port", "from_mac", "to_mac",
                "from_number", "to_number", "from_name", "to_name", "from_id", "to_id",
                "transferred_from_number", "transferred_from_name", "transferred_from_id",
                "transferred_to_number", "transferred_to_name", "transferred_to_id", "agent_id",
                "agent_name", "broadworks_user_id", "broadworks_group_id", "broadworks_sp_id",
                "metaswitch_user", "metaswitch_group", "metaswitch_system", "cisco_nearend_guid",
                "cisco_farend_guid", "cisco_nearend_refci", "cisco_farend_refci", "cisco_phone_ip",
                "cisco_nearend_partition", "cisco_farend_partition", "participants", "files",
                // Only in the example of 3.1.5.
                "redirected_from_number", "redirected_from_name", "redirected_from_id",
                "redirected_to_number", "redirected_to_name", "redirected_to_id",
                // Newer manual.
                "custom_fields"}));

    CHECK(same(names_of_members<miarec::file>(),
               {"file_id", "start_time", "stop_time", "file_size", "file_path", "watermark",
                "encrypt_key", "encrypt_tag"}));
    CHECK(same(names_of_members<miarec::participant>(),
               {"participant_id", "join_time", "leave_time", "user_id", "party_direction",
                "party_type", "party_number", "party_name", "party_caller_id"}));
    CHECK(same(names_of_members<miarec::call_custom_field_value>(), {"field_id", "name", "value"}));
    CHECK(same(names_of_members<miarec::client>(), {"name", "client_id", "tenant_id", "contacts"}));
    CHECK(same(names_of_members<miarec::contact>(), {"phone_number", "name"}));
    CHECK(
        same(names_of_members<miarec::encrypt_key>(),
             {"key_id", "is_active", "fingerprint", "tenant_id", "public_key", "name",
              "protection_mode", "add_type", "key_length", "private_key", "private_key_password"}));
    CHECK(same(names_of_members<miarec::authorized_user>(), {"user_id"}));
    CHECK(same(names_of_members<miarec::group>(), {"name", "group_id", "tenant_id", "timezone"}));
    CHECK(same(names_of_members<miarec::role>(),
               {"name", "role_id", "tenant_id", "access_level", "permissions"}));
    CHECK(same(names_of_members<miarec::tenant>(),
               {"name", "tenant_id", "timezone", "encrypt_data", "fieldset_licensing",
                "fieldset_associate_calls"}));
    CHECK(same(names_of_members<miarec::tenant_licensing>(),
               {"recording_seats", "recording_sessions", "monitoring_seats", "evaluation_seats",
                "screen_recording_seats", "speech_analytics", "monitoring_sessions",
                "license_mode"}));
    CHECK(same(names_of_members<miarec::tenant_associate_calls>(),
               {"extension_uniqueness", "associate_calls", "associate_calls_condition",
                "broadworks_sp_id", "broadworks_group_id", "metaswitch_system", "metaswitch_group",
                "cisco_partition", "sip_uri_host", "record_unknown_users", "auto_provision",
                "provision_group_id", "provision_role_id"}));
    // Eleven of the documents, and tenant_id (D-26).
    CHECK(same(names_of_members<miarec::user>(),
               {"name", "user_id", "role_id", "group_id", "email", "timezone", "is_active",
                "managed_groups", "fieldset_login", "fieldset_recording", "fieldset_licensing",
                "tenant_id"}));
    CHECK(same(names_of_members<miarec::user_login>(),
               {"can_login", "login", "password", "authenticate_type", "must_change_password",
                "valid_till"}));
    CHECK(same(names_of_members<miarec::user_recording>(),
               {"extensions", "record", "record_direction", "on_demand_default", "confidential"}));
    CHECK(same(names_of_members<miarec::user_licensing>(),
               {"recording_seat", "monitoring_seat", "evaluation_seat"}));
    CHECK(
        same(names_of_members<miarec::custom_field>(),
             {"field_id", "tenant_id", "name", "description", "enable", "is_global", "type",
              "display_as", "str_max_len", "editable", "search_options", "options", "ai_assist"}));
    CHECK(same(names_of_members<miarec::recorder_health>(), {"status", "database", "redis"}));
}

TEST_CASE("miarec types: the envelopes have the documented names") {
    CHECK(same(names_of_members<miarec::call_envelope>(), {"call"}));
    CHECK(same(names_of_members<miarec::client_envelope>(), {"client"}));
    CHECK(same(names_of_members<miarec::encrypt_key_envelope>(), {"encrypt_key"}));
    CHECK(same(names_of_members<miarec::authorized_user_envelope>(), {"user"}));
    CHECK(same(names_of_members<miarec::group_envelope>(), {"group"}));
    CHECK(same(names_of_members<miarec::role_envelope>(), {"role"}));
    CHECK(same(names_of_members<miarec::tenant_envelope>(), {"tenant"}));
    CHECK(same(names_of_members<miarec::user_envelope>(), {"user"}));
    CHECK(same(names_of_members<miarec::custom_field_envelope>(), {"custom_field"}));
    CHECK(same(names_of_members<miarec::call_page>(), {"next_url", "total", "calls"}));
    CHECK(same(names_of_members<miarec::client_page>(), {"next_url", "total", "clients"}));
    CHECK(
        same(names_of_members<miarec::encrypt_key_page>(), {"next_url", "total", "encrypt_keys"}));
    CHECK(same(names_of_members<miarec::authorized_user_page>(), {"next_url", "total", "users"}));
    CHECK(same(names_of_members<miarec::group_page>(), {"next_url", "total", "groups"}));
    CHECK(same(names_of_members<miarec::role_page>(), {"next_url", "total", "roles"}));
    CHECK(same(names_of_members<miarec::tenant_page>(), {"next_url", "total", "tenants"}));
    CHECK(same(names_of_members<miarec::user_page>(), {"next_url", "total", "users"}));
    CHECK(same(names_of_members<miarec::custom_field_page>(),
               {"next_url", "total", "custom_fields"}));
    CHECK(same(names_of_members<miarec::file_url>(), {"signed_url"}));
}

TEST_CASE("miarec types: who may send which member") {
    CHECK(names_with<miarec::file>(json::read_only).size() == 8);
    CHECK(names_with<miarec::participant>(json::read_only).size() == 9);
    CHECK(names_with<miarec::call>(json::read_only).size() == 56);
    CHECK(!json::table_of<miarec::call>.members[56].has(json::read_only));
    CHECK(names_with<miarec::client>(json::read_only) == names{"client_id"});
    CHECK(names_with<miarec::encrypt_key>(json::read_only) == names{"key_id", "fingerprint"});
    CHECK(names_with<miarec::group>(json::read_only) == names{"group_id"});
    CHECK(names_with<miarec::role>(json::read_only) == names{"role_id"});
    CHECK(names_with<miarec::tenant>(json::read_only) == names{"tenant_id"});
    CHECK(names_with<miarec::user>(json::read_only) == names{"user_id"});
    CHECK(names_with<miarec::custom_field>(json::read_only) == names{"field_id"});

    CHECK(
        same(names_with<miarec::encrypt_key>(json::write_only),
             {"protection_mode", "add_type", "key_length", "private_key", "private_key_password"}));
    CHECK(names_with<miarec::user_login>(json::write_only) == names{"password"});
    CHECK(same(names_with<miarec::encrypt_key>(json::is_secret),
               {"private_key", "private_key_password"}));
    CHECK(names_with<miarec::tenant_licensing>(json::deprecated) == names{"license_mode"});
    CHECK(names_with<miarec::tenant_licensing>(json::minus_one_is_null).size() == 7);
}

TEST_CASE("miarec types: every member has a line of documentation") {
    std::vector<json::description> members;
    all_types::for_each([&]<class T>() {
        static_assert(std::is_trivially_copyable_v<T>);
        members.insert(members.end(), json::detail::descriptions_of<T>.begin(),
                       json::detail::descriptions_of<T>.end());
    });
    // 57 8 9 3, 4 2, 11 1, 4, 5 2, 6 8 13, 12 6 5 3, 13, 3; 9 envelopes, 9 pages of 3, a file_url.
    CHECK(members.size() == 175 + 9 + 27 + 1);
    for (const json::description& d : members) {
        CAPTURE(d.name);
        CHECK(d.doc.size() > 5);
        CHECK(d.doc.find('\n') == text::npos);
        CHECK(!d.doc.ends_with('.'));
    }
}

TEST_CASE("miarec types: V08 call") {
    memory into;
    const auto c = *read<miarec::call_envelope>(full_call, into).call;
    CHECK(c.call_id->value == "e03f497d-bdff-1019-102d-68be3896f081");
    CHECK(c.parent_call_id->empty());
    CHECK(c.interaction_id.is_absent());
    CHECK(c.tenant_id.is_absent());
    CHECK(c.is_conference.has_value());
    CHECK(!*c.is_conference);
    CHECK(c.recorder_id->value == "27a7086c-f5c2-11e4-8cc5-e03f497dbdff");
    CHECK(*c.protocol_call_id == "12345678-098765-765431");
    CHECK(c.protocol_call_direction.is_absent());
    CHECK(*c.call_state == miarec::call_state::disconnected);
    CHECK(*c.on_demand_state == miarec::on_demand_state::disabled);
    CHECK(*c.record_state == miarec::record_state::finished);
    CHECK(c.voip_protocol.has_value());
    CHECK(*c.voip_protocol == miarec::voip_protocol::unknown);
    CHECK(c.setup_time->value == "2013-10-12T16:32:22-0800");
    CHECK(c.connect_time->value == "2013-10-12T16:32:22-0800");
    CHECK(c.disconnect_time->value == "2013-10-12T16:38:56-0800");
    CHECK(*c.from_ip == "192.168.0.10");
    CHECK(*c.from_port == 5060);
    CHECK(*c.from_mac == "11-22-33-44-55-66");
    CHECK(*c.from_number == "102");
    CHECK(*c.from_name == "User1");
    CHECK(*c.from_id == "102@192.168.0.10");
    CHECK(*c.to_ip == "192.168.0.5");
    CHECK(*c.to_port == 5060);
    CHECK(*c.to_mac == "22-33-44-55-66-77");
    CHECK(*c.to_number == "101");
    CHECK(c.to_name.has_value());
    CHECK(c.to_name->empty());
    CHECK(*c.to_id == "101@192.168.0.5");
    for (const auto* member :
         {&c.redirected_from_number, &c.redirected_from_name, &c.redirected_from_id,
          &c.redirected_to_number, &c.redirected_to_name, &c.redirected_to_id, &c.broadworks_sp_id,
          &c.broadworks_group_id, &c.broadworks_user_id, &c.cisco_nearend_guid,
          &c.cisco_farend_guid}) {
        CHECK(member->has_value());
        CHECK((*member)->empty());
    }
    for (const auto* member :
         {&c.transferred_from_number, &c.transferred_from_name, &c.transferred_from_id,
          &c.transferred_to_number, &c.transferred_to_name, &c.transferred_to_id, &c.agent_id,
          &c.agent_name, &c.metaswitch_user, &c.metaswitch_group, &c.metaswitch_system,
          &c.cisco_nearend_refci, &c.cisco_farend_refci, &c.cisco_phone_ip,
          &c.cisco_nearend_partition, &c.cisco_farend_partition})
        CHECK(member->is_absent());
    CHECK(c.custom_fields.is_absent());

    REQUIRE(c.files->size() == 1);
    const miarec::file& f = c.files->front();
    CHECK(*f.file_id == "01");
    CHECK(f.start_time->value == "2013-10-12T16:32:22-0800");
    CHECK(f.stop_time->value == "2013-10-12T16:38:56-0800");
    CHECK(*f.file_size == 132000);
    CHECK(*f.file_path == R"(C:\Recordings\20131012\20131012163222-534346ad00000003.mp3)");
    CHECK(f.watermark.is_absent());

    REQUIRE(c.participants->size() == 2);
    const miarec::participant& caller = c.participants->front();
    CHECK(*caller.participant_id == "01");
    CHECK(caller.join_time->value == "2013-10-12T16:32:22-0800");
    CHECK(caller.leave_time->value == "2013-10-12T16:38:56-0800");
    CHECK(caller.user_id->value == "546340bf-7b47-11e4-85a4-e03f497dbdff");
    CHECK(*caller.party_direction == miarec::party_direction::caller);
    CHECK(*caller.party_type == miarec::party_type::unknown);
    CHECK(*caller.party_number == "102");
    CHECK(*caller.party_name == "User1");
    CHECK(*caller.party_caller_id == "102@192.168.0.10");
    const miarec::participant& called = c.participants->back();
    CHECK(*called.participant_id == "02");
    CHECK(*called.party_direction == miarec::party_direction::called);
    CHECK(*called.party_number == "101");

    CHECK(write(miarec::call_envelope{.call = c}) == dense(full_call));
    CHECK(write(miarec::call_envelope{.call = c}, to_server) == R"({"call":{}})");

    const auto began = c.setup_time->parse();
    REQUIRE(began.has_value());
    CHECK(began->offset == std::chrono::hours{-8});
}

TEST_CASE("miarec types: N03 to N05 values of custom fields") {
    memory into;
    constexpr text by_id =
        R"({"call":{"custom_fields":[)"
        R"({"field_id":"138fb20c-4c3b-11ee-8cbb-0015172d2a7d","value":"Unknown"},)"
        R"({"field_id":"9079d60a-5192-11ee-aa89-0015172d2a7d","value":"Sales call"}]}})";
    const auto sent = read<miarec::call_envelope>(by_id, into);
    REQUIRE(sent.call->custom_fields->size() == 2);
    const auto& first = sent.call->custom_fields->front();
    CHECK(first.field_id->value == "138fb20c-4c3b-11ee-8cbb-0015172d2a7d");
    CHECK(first.name.is_absent());
    CHECK(first.value->compare_text("Unknown"));
    CHECK(write(sent, to_server) == by_id);

    constexpr text cleared =
        R"({"call":{"custom_fields":[{"field_id":"138fb20c-4c3b-11ee-8cbb-0015172d2a7d",)"
        R"("name":"Payment status","value":null}]}})";
    const miarec::call_custom_field_value values[] = {
        {.field_id = miarec::custom_field_id{"138fb20c-4c3b-11ee-8cbb-0015172d2a7d"},
         .name = "Payment status",
         .value = raw_json{"null"}}};
    CHECK(write(miarec::call_envelope{.call = miarec::call{.custom_fields = values}}, to_server) ==
          cleared);

    // Numbers and lists of choices are in no document; they survive.
    const auto odd =
        read<miarec::call>(R"({"custom_fields":[{"value":3},{"value":["a","b"]}]})", into);
    CHECK(odd.custom_fields->front().value->as_integer<int>() == 3);
    CHECK(odd.custom_fields->back().value->value == R"(["a","b"])");
}

TEST_CASE("miarec types: V38 tenant") {
    memory into;
    const auto got = read<miarec::tenant_envelope>(full_tenant, into);
    const miarec::tenant& t = *got.tenant;
    CHECK(t.tenant_id->value == "34c7f1f6-9201-11e5-a739-e03f497dbdff");
    CHECK(*t.name == "Flexus");
    CHECK(t.timezone.is_null());
    CHECK(t.encrypt_data.is_null());
    const miarec::tenant_licensing& l = *t.fieldset_licensing;
    CHECK(l.recording_seats.is_null());
    CHECK(l.recording_sessions.is_absent());
    CHECK(l.screen_recording_seats.is_null());
    CHECK(l.monitoring_seats.is_null());
    CHECK(l.monitoring_sessions.is_absent());
    CHECK(*l.evaluation_seats == 50);
    CHECK(*l.speech_analytics == 10);
    CHECK(l.license_mode.is_absent());
    const miarec::tenant_associate_calls& a = *t.fieldset_associate_calls;
    CHECK(*a.extension_uniqueness == miarec::extension_uniqueness::systemwide);
    CHECK(*a.associate_calls == miarec::associate_calls::broadworks_group);
    CHECK(
        *a.associate_calls_condition ==
        R"(BroadWorks-serviceProviderID = "FlexusProvider" AND BroadWorks-groupID = "FlexusGroup")");
    CHECK(*a.broadworks_sp_id == "FlexusProvider");
    CHECK(*a.broadworks_group_id == "FlexusGroup");
    for (const auto* member :
         {&a.sip_uri_host, &a.cisco_partition, &a.metaswitch_system, &a.metaswitch_group}) {
        CHECK(member->has_value());
        CHECK((*member)->empty());
    }
    CHECK(*a.record_unknown_users == miarec::record_unknown_users::record);
    CHECK(*a.auto_provision);
    CHECK(a.provision_role_id->value == "34cafffe-9201-11e5-b516-e03f497dbdff");
    CHECK(a.provision_group_id->value == "47f53fcc-9201-11e5-b4ef-e03f497dbdff");
    CHECK(write(got) == dense(full_tenant));
}

TEST_CASE("miarec types: V44 user") {
    memory into;
    const auto got = read<miarec::user_envelope>(full_user, into);
    const miarec::user& u = *got.user;
    CHECK(u.user_id->value == "61e6e6b0-f147-11e5-b8b3-e03f497dbdff");
    CHECK(*u.name == "John Smith");
    CHECK(u.group_id->value == "47f53fcc-9201-11e5-b4ef-e03f497dbdff");
    CHECK(u.role_id->value == "5b139cee-f13a-11e5-9615-e03f497dbdff");
    CHECK(*u.is_active);
    CHECK(u.email.has_value());
    CHECK(u.email->empty());
    CHECK(u.timezone.has_value());
    CHECK(u.timezone->empty());
    REQUIRE(u.managed_groups->size() == 2);
    CHECK(u.managed_groups->front() == miarec::group_id{"34cbea90-9201-11e5-a932-e03f497dbdff"});
    CHECK(u.managed_groups->back() == miarec::group_id{"34e1c1ee-9201-11e5-96a0-e03f497dbdff"});
    CHECK(*u.fieldset_login->can_login);
    CHECK(*u.fieldset_login->login == "j.smith");
    CHECK(u.fieldset_login->password->reveal() == "secret");
    CHECK(*u.fieldset_login->authenticate_type == miarec::authenticate_type::password);
    CHECK(u.fieldset_login->must_change_password.has_value());
    CHECK(!*u.fieldset_login->must_change_password);
    CHECK(u.fieldset_login->valid_till->value == "2016-10-01T00:00:00-07:00");
    CHECK(*u.fieldset_recording->record == miarec::record::always);
    REQUIRE(u.fieldset_recording->extensions->size() == 1);
    CHECK(u.fieldset_recording->extensions->front() == "12444003002");
    CHECK(u.fieldset_recording->confidential.has_value());
    CHECK(!*u.fieldset_recording->confidential);
    REQUIRE(u.fieldset_recording->record_direction->size() == 2);
    CHECK(u.fieldset_recording->record_direction->front() == miarec::record_direction::in);
    CHECK(u.fieldset_recording->record_direction->back() == miarec::record_direction::out);
    CHECK(u.fieldset_recording->on_demand_default.is_null());
    CHECK(u.fieldset_licensing->evaluation_seat.has_value());
    CHECK(!*u.fieldset_licensing->evaluation_seat);
    CHECK(*u.fieldset_licensing->monitoring_seat);
    CHECK(*u.fieldset_licensing->recording_seat);
    CHECK(write(got) == dense(full_user));
}

TEST_CASE("miarec types: V32 role") {
    memory into;
    const auto got = read<miarec::role_envelope>(full_role, into);
    const miarec::role& r = *got.role;
    CHECK(r.role_id->value == "34c88e5c-9201-11e5-92fa-e03f497dbdff");
    CHECK(*r.name == "Administrator");
    CHECK(*r.access_level == miarec::access_level::system);
    CHECK(r.tenant_id->value == "34c7f1f6-9201-11e5-a739-e03f497dbdff");
    REQUIRE(r.permissions->size() == 6);
    const miarec::permission& users = (*r.permissions)[1];
    CHECK(*users.resource == "users");
    REQUIRE(users.actions->size() == 3);
    CHECK(users.actions->front() == "view");
    CHECK(users.actions->back() == "delete");
    CHECK(*r.permissions->back().resource == "call_notes");
    CHECK(r.permissions->back().actions->back() == "pin");
    CHECK(write(got) == dense(full_role));
}

TEST_CASE("miarec types: V11 to V13 clients") {
    memory into;
    const auto got = read<miarec::client_envelope>(full_client, into);
    const miarec::client& c = *got.client;
    CHECK(*c.name == "MiaRec");
    CHECK(c.client_id->value == "34cbea90-9201-11e5-a932-e03f497dbdff");
    CHECK(c.tenant_id->value == "34c7f1f6-9201-11e5-a739-e03f497dbdff");
    REQUIRE(c.contacts->size() == 2);
    CHECK(*c.contacts->front().phone_number == "+14085800150");
    CHECK(*c.contacts->front().name == "Main number");
    CHECK(*c.contacts->back().phone_number == "+14085800105");
    CHECK(*c.contacts->back().name == "Fax");

    const auto page = read<miarec::client_page>(
        R"({"next_url":null,"clients":[{"client_id":"ccb5957a-b6e5-11e8-b66b-e03f497dbdff",)"
        R"("name":"Contoso","contacts":[{"phone_number":"1234567890","name":null}]}]})",
        into);
    CHECK(page.next_url.is_null());
    CHECK(page.total.is_absent());
    REQUIRE(page.clients->size() == 1);
    CHECK(page.clients->front().contacts->front().name.is_null());
}

TEST_CASE("miarec types: V17 to V19 encryption keys") {
    memory into;
    const auto got = read<miarec::encrypt_key_envelope>(full_key, into);
    const miarec::encrypt_key& k = *got.encrypt_key;
    CHECK(k.key_id->value == "e9780258-f061-11e5-b9d7-e03f497dbdff");
    CHECK(k.is_active.has_value());
    CHECK(!*k.is_active);
    CHECK(*k.fingerprint == "cb874f07fe39656cf88150e569b5b9e8");
    CHECK(k.tenant_id->value == "11111111-1111-1111-1111-111111111111");
    CHECK(*k.public_key == "MIGfMA0GCSqGSIb3DQEBAQUAA4GNA...");
    CHECK(*k.name == "Encrypt key new");
    CHECK(k.protection_mode.is_absent());
    CHECK(k.key_length.is_absent());
    CHECK(k.private_key.is_absent());
    CHECK(write(got) == dense(full_key));

    const miarec::encrypt_key imported{.is_active = true,
                                       .public_key = "MIGfMA0GCSqGSIb3DQEBAQ...",
                                       .name = "New encrypt key",
                                       .add_type = miarec::add_type::import,
                                       .private_key = secret{"RheQwd3Y6cdLyH4MFMxN61K6K/lyoyB..."},
                                       .private_key_password = secret{"secret"}};
    CHECK(write(imported, to_server) ==
          R"({"is_active":true,"public_key":"MIGfMA0GCSqGSIb3DQEBAQ...","name":"New encrypt key",)"
          R"("add_type":"import","private_key":"RheQwd3Y6cdLyH4MFMxN61K6K/lyoyB...",)"
          R"("private_key_password":"secret"})");
    CHECK(
        write(imported, to_client) ==
        R"({"is_active":true,"public_key":"MIGfMA0GCSqGSIb3DQEBAQ...","name":"New encrypt key"})");
}

TEST_CASE("miarec types: V23, V25 authorised users") {
    memory into;
    const miarec::authorized_user who{.user_id =
                                          miarec::user_id{"5b139cee-f13a-11e5-9615-e03f497dbdff"}};
    CHECK(write(miarec::authorized_user_envelope{.user = who}, to_server) ==
          R"({"user":{"user_id":"5b139cee-f13a-11e5-9615-e03f497dbdff"}})");
    const auto page = read<miarec::authorized_user_page>(
        R"({"next_url":null,"total":2,"users":[{"user_id":"2c4b823a-8ce4-11e5-93b6-e03f497dbdff"},)"
        R"({"user_id":"5a5b525a-7ce5-11e5-83b6-a66f445dbdea"}]})",
        into);
    CHECK(*page.total == 2);
    REQUIRE(page.users->size() == 2);
    CHECK(page.users->back().user_id->value == "5a5b525a-7ce5-11e5-83b6-a66f445dbdea");
}

TEST_CASE("miarec types: V26 group") {
    memory into;
    const auto got = read<miarec::group_envelope>(
        R"({"group":{"tenant_id":"34c7f1f6-9201-11e5-a739-e03f497dbdff","name":"Administrators",)"
        R"("timezone":null,"group_id":"34cbea90-9201-11e5-a932-e03f497dbdff"}})",
        into);
    CHECK(got.group->tenant_id->value == "34c7f1f6-9201-11e5-a739-e03f497dbdff");
    CHECK(*got.group->name == "Administrators");
    CHECK(got.group->timezone.is_null());
    CHECK(got.group->group_id->value == "34cbea90-9201-11e5-a932-e03f497dbdff");
}

TEST_CASE("miarec types: N01 custom field") {
    memory into;
    const auto got = read<miarec::custom_field_envelope>(full_custom_field, into);
    const miarec::custom_field& f = *got.custom_field;
    CHECK(f.field_id->value == "f07ca4b0-51b0-11ee-a424-0015172d2a7d");
    CHECK(*f.enable);
    CHECK(f.tenant_id->value == "9079d60a-5192-11ee-aa89-0015172d2a7d");
    CHECK(*f.name == "Call type");
    CHECK(f.is_global.has_value());
    CHECK(!*f.is_global);
    CHECK(*f.type == miarec::custom_field_type::option);
    CHECK(*f.display_as == miarec::custom_field_display::standard);
    CHECK(*f.str_max_len == 64);
    CHECK(*f.editable);
    REQUIRE(f.search_options->size() == 1);
    CHECK(f.search_options->front() == miarec::custom_field_search::advanced);
    REQUIRE(f.options->size() == 2);
    CHECK(f.options->front() == "Collection call");
    CHECK(f.options->back() == "Sales call");
    CHECK(f.ai_assist.has_value());
    CHECK(!*f.ai_assist);
    CHECK(write(got) == dense(full_custom_field));
}

TEST_CASE("miarec types: N06 health of a recorder") {
    memory into;
    const auto got =
        read<miarec::recorder_health>(R"({"status":"ok","database":"ok","redis":"ok"})", into);
    CHECK(*got.status == "ok");
    CHECK(*got.database == "ok");
    CHECK(*got.redis == "ok");
    CHECK(miarec::is_healthy(got));
    CHECK(!miarec::is_healthy({.status = "ok", .database = "ok"}));
    CHECK(!miarec::is_healthy({.status = "ok", .database = "down", .redis = "ok"}));
    CHECK(!miarec::is_healthy({.status = "", .database = "ok", .redis = "ok"}));
}

TEST_CASE("miarec types: numbers that no document expects do not cost a page") {
    memory into;
    const auto page = read<miarec::call_page>(
        R"({"calls":[{"from_port":70000,"to_port":-1,"files":[{"file_size":5000000000}]}],)"
        R"("total":3000000000})",
        into);
    CHECK(*page.calls->front().from_port == 70000);
    CHECK(*page.calls->front().to_port == -1);
    CHECK(*page.calls->front().files->front().file_size == 5'000'000'000);
    CHECK(*page.total == 3'000'000'000);
}

TEST_CASE("D-13: key_length is written, key_lenght is read as well, 4086 is no length") {
    memory into;
    const miarec::encrypt_key generated{.is_active = true,
                                        .name = "New encrypt key",
                                        .add_type = miarec::add_type::generate,
                                        .key_length = miarec::key_length::bits_2048};
    CHECK(write(generated, to_server) ==
          R"({"is_active":true,"name":"New encrypt key","add_type":"generate","key_length":2048})");
    json::decode_report report;
    const auto misspelt =
        read<miarec::encrypt_key>(R"({"key_lenght":4096})", into, {.report = &report});
    CHECK(*misspelt.key_length == miarec::key_length::bits_4096);
    CHECK(report.misspelt_members == 1);
    CHECK(report.unknown_members == 0);
    for (const auto known : {miarec::key_length::bits_1024, miarec::key_length::bits_2048,
                             miarec::key_length::bits_4096})
        CHECK(static_cast<int>(known) != 4086);
}

TEST_CASE("D-14: must_change_password is written, mush_change_password is read and loses") {
    memory into;
    CHECK(write(miarec::user_login{.must_change_password = true}, to_server) ==
          R"({"must_change_password":true})");
    CHECK(*read<miarec::user_login>(R"({"mush_change_password":true})", into).must_change_password);
    for (const text both : {text{R"({"must_change_password":true,"mush_change_password":false})"},
                            text{R"({"mush_change_password":false,"must_change_password":true})"}})
        CHECK(*read<miarec::user_login>(both, into).must_change_password);
}

TEST_CASE("D-15: extension_uniqueness is written, extension_uniquness is read and loses") {
    memory into;
    using miarec::extension_uniqueness;
    const miarec::tenant_associate_calls rules{.extension_uniqueness =
                                                   extension_uniqueness::tenant};
    CHECK(write(rules, to_server) == R"({"extension_uniqueness":"tenant"})");
    const auto old =
        read<miarec::tenant_associate_calls>(R"({"extension_uniquness":"systemwide"})", into);
    CHECK(*old.extension_uniqueness == extension_uniqueness::systemwide);
    for (const text both :
         {text{R"({"extension_uniquness":"systemwide","extension_uniqueness":"tenant"})"},
          text{R"({"extension_uniqueness":"tenant","extension_uniquness":"systemwide"})"}})
        CHECK(*read<miarec::tenant_associate_calls>(both, into).extension_uniqueness ==
              extension_uniqueness::tenant);
}

TEST_CASE("D-16: no parent call is absent, null or empty") {
    memory into;
    for (const text none :
         {text{"{}"}, text{R"({"parent_call_id":null})"}, text{R"({"parent_call_id":""})"}})
        CHECK(is_none(read<miarec::call>(none, into).parent_call_id));
    const auto child =
        read<miarec::call>(R"({"parent_call_id":"e03f497d-bdff-1019-102d-68be3896f081"})", into);
    CHECK(!is_none(child.parent_call_id));
    CHECK(write(miarec::call{}) == "{}");
    CHECK(write(miarec::call{.parent_call_id = null}) == R"({"parent_call_id":null})");
}

TEST_CASE("D-17: no user of a participant, and no time, is absent, null or empty") {
    memory into;
    for (const text none : {text{"{}"}, text{R"({"user_id":null,"leave_time":null})"},
                            text{R"({"user_id":"","leave_time":""})"}}) {
        const auto p = read<miarec::participant>(none, into);
        CHECK(is_none(p.user_id));
        CHECK(is_none(p.leave_time));
    }
    for (const text none : {text{R"({"connect_time":null})"}, text{R"({"connect_time":""})"}})
        CHECK(is_none(read<miarec::call>(none, into).connect_time));
    const auto calls = read<miarec::call_envelope>(full_call, into);
    CHECK(!is_none(calls.call->participants->front().user_id));
    CHECK(is_none(calls.call->participants->back().user_id));
}

TEST_CASE("D-18: null and -1 are unlimited, null is written unless the server is old") {
    memory into;
    constexpr text all_of = R"({"recording_seats":-1,"recording_sessions":-1,)"
                            R"("screen_recording_seats":-1,"monitoring_seats":-1,)"
                            R"("monitoring_sessions":-1,"evaluation_seats":-1,)"
                            R"("speech_analytics":-1})";
    const miarec::tenant_licensing open_ended{.recording_seats = miarec::unlimited,
                                              .recording_sessions = miarec::unlimited,
                                              .screen_recording_seats = miarec::unlimited,
                                              .monitoring_seats = miarec::unlimited,
                                              .monitoring_sessions = miarec::unlimited,
                                              .evaluation_seats = miarec::unlimited,
                                              .speech_analytics = miarec::unlimited};
    CHECK(read<miarec::tenant_licensing>(all_of, into) == open_ended);
    CHECK(write(open_ended, legacy) == all_of);
    CHECK(write(open_ended).find("-1") == std::string::npos);
    CHECK(write(miarec::tenant_licensing{.recording_seats = miarec::unlimited}) ==
          R"({"recording_seats":null})");

    const auto nothing = read<miarec::tenant_licensing>(R"({"recording_seats":0})", into);
    CHECK(nothing.recording_seats.has_value());
    CHECK(*nothing.recording_seats == 0);

    // V65, good for servers of both ages.
    const miarec::tenant_licensing both{.recording_seats = miarec::unlimited,
                                        .screen_recording_seats = 0,
                                        .monitoring_seats = 0,
                                        .evaluation_seats = 0,
                                        .speech_analytics = 10,
                                        .license_mode = miarec::license_mode::dynamic};
    CHECK(write(miarec::tenant{.fieldset_licensing = both}, legacy) == dense(R"({
        "fieldset_licensing": {
            "recording_seats": -1,
            "screen_recording_seats": 0,
            "monitoring_seats": 0,
            "evaluation_seats": 0,
            "speech_analytics": 10,
            "license_mode": "dynamic"
        }
    })"));
    // Only counters know -1: null elsewhere stays null.
    CHECK(write(miarec::tenant{.timezone = null}, legacy) == R"({"timezone":null})");
}

TEST_CASE("D-19: the text of a key is neither stripped nor given armour") {
    memory into;
    constexpr text armoured =
        "-----BEGIN PUBLIC KEY-----\nMIGf\r\nMA0G\n-----END PUBLIC KEY-----\n";
    const std::string written = write(miarec::encrypt_key{.public_key = armoured}, to_server);
    CHECK(written == R"({"public_key":"-----BEGIN PUBLIC KEY-----\nMIGf\r\nMA0G\n)"
                     R"(-----END PUBLIC KEY-----\n"})");
    CHECK(*read<miarec::encrypt_key>(written, into).public_key == armoured);
    CHECK(write(miarec::encrypt_key{.public_key = "MIGfMA0GCSqGSIb3DQEBAQ"}, to_server) ==
          R"({"public_key":"MIGfMA0GCSqGSIb3DQEBAQ"})");
}

TEST_CASE("D-20: license_mode is read, and written only on request") {
    memory into;
    const auto old =
        read<miarec::tenant_licensing>(R"({"recording_seats":20,"license_mode":"fixed"})", into);
    CHECK(*old.license_mode == miarec::license_mode::fixed);
    CHECK(write(old, to_server) == R"({"recording_seats":20})");
    CHECK(write(old, legacy) == R"({"recording_seats":20,"license_mode":"fixed"})");
    CHECK(
        read<miarec::tenant_licensing>(R"({"recording_seats":20})", into).license_mode.is_absent());
}

TEST_CASE("D-21: auto_provision is a bool in many forms, and written as a bool") {
    memory into;
    struct form {
        text written;
        bool meant;
    };
    const form forms[] = {{"true", true},    {"false", false},     {"\"true\"", true},
                          {"\"1\"", true},   {"\"yes\"", true},    {"1", true},
                          {"\"no\"", false}, {"\"false\"", false}, {"\"0\"", false},
                          {"\"\"", false},   {"0", false}};
    for (const form& f : forms) {
        const std::string body = R"({"auto_provision":)" + std::string{f.written} + "}";
        CAPTURE(body);
        const auto got = read<miarec::tenant_associate_calls>(body, into);
        CHECK(got.auto_provision.has_value());
        CHECK(*got.auto_provision == f.meant);
        CHECK(write(got) ==
              (f.meant ? R"({"auto_provision":true})" : R"({"auto_provision":false})"));
    }
    CHECK(read<miarec::tenant_associate_calls>(R"({"auto_provision":null})", into)
              .auto_provision.is_null());
    CHECK(failure<miarec::tenant_associate_calls>(R"({"auto_provision":"perhaps"})") ==
          errc::expected_boolean);
    CHECK(failure<miarec::tenant_associate_calls>(R"({"auto_provision":2})") ==
          errc::expected_boolean);
    // No other bool is read like that.
    CHECK(failure<miarec::tenant>(R"({"encrypt_data":"true"})") == errc::expected_boolean);
}

TEST_CASE("D-22: encrypt_data is true, false or null") {
    memory into;
    CHECK(read<miarec::tenant>("{}", into).encrypt_data.is_absent());
    CHECK(read<miarec::tenant>(R"({"encrypt_data":null})", into).encrypt_data.is_null());
    const auto off = read<miarec::tenant>(R"({"encrypt_data":false})", into);
    CHECK(off.encrypt_data.has_value());
    CHECK(!*off.encrypt_data);
    CHECK(*read<miarec::tenant>(R"({"encrypt_data":true})", into).encrypt_data);
    CHECK(write(miarec::tenant{.encrypt_data = null}) == R"({"encrypt_data":null})");
}

TEST_CASE("D-23: all eight counters of licences are there, unknown ones are counted") {
    memory into;
    json::decode_report report;
    const auto l = read<miarec::tenant_licensing>(
        R"({"recording_seats":1,"recording_sessions":2,"screen_recording_seats":3,)"
        R"("monitoring_seats":4,"monitoring_sessions":5,"evaluation_seats":6,)"
        R"("speech_analytics":7,"license_mode":"dynamic","video_seats":8})",
        into, {.report = &report});
    CHECK(*l.recording_seats == 1);
    CHECK(*l.recording_sessions == 2);
    CHECK(*l.screen_recording_seats == 3);
    CHECK(*l.monitoring_seats == 4);
    CHECK(*l.monitoring_sessions == 5);
    CHECK(*l.evaluation_seats == 6);
    CHECK(*l.speech_analytics == 7);
    CHECK(*l.license_mode == miarec::license_mode::dynamic);
    CHECK(report.unknown_members == 1);
}

TEST_CASE("D-25: a password is sent, never answered, and tolerated in an answer") {
    memory into;
    const auto got = read<miarec::user_login>(R"({"login":"j.smith","password":"secret"})", into);
    CHECK(got.password->reveal() == "secret");
    CHECK(write(got, to_server) == R"({"login":"j.smith","password":"secret"})");
    CHECK(write(got, to_client) == R"({"login":"j.smith"})");
    CHECK(names_with<miarec::user_login>(json::is_secret) == names{"password"});
    static_assert(std::is_same_v<decltype(miarec::user_login::password), field<secret>>);
}

TEST_CASE("D-26: a user has managed_groups, and a tenant_id if the server sends one") {
    memory into;
    const miarec::group_id managed[] = {miarec::group_id{"7248c8f0-cf7a-11e5-adb9-e03f497dbdff"}};
    CHECK(write(miarec::user{.managed_groups = managed}, to_server) ==
          R"({"managed_groups":["7248c8f0-cf7a-11e5-adb9-e03f497dbdff"]})");
    CHECK(read<miarec::user>(R"({"name":"Peter"})", into).tenant_id.is_absent());
    CHECK(read<miarec::user>(R"({"tenant_id":"00416392-cf76-11e5-a728-e03f497dbdff"})", into)
              .tenant_id->value == "00416392-cf76-11e5-a728-e03f497dbdff");
}

TEST_CASE("D-27: transferred_ and redirected_ are members of their own, one helper reads both") {
    memory into;
    const auto table = read<miarec::call>(
        R"({"transferred_from_number":"1","transferred_from_name":"2","transferred_from_id":"3",)"
        R"("transferred_to_number":"4","transferred_to_name":"5","transferred_to_id":"6"})",
        into);
    const auto example = read<miarec::call>(
        R"({"redirected_from_number":"1","redirected_from_name":"2","redirected_from_id":"3",)"
        R"("redirected_to_number":"4","redirected_to_name":"5","redirected_to_id":"6"})",
        into);
    CHECK(*table.transferred_to_name == "5");
    CHECK(table.redirected_to_name.is_absent());
    CHECK(*example.redirected_to_name == "5");
    CHECK(example.transferred_to_name.is_absent());
    for (const miarec::call* c : {&table, &example}) {
        CHECK(transferred_from(*c) == miarec::phone{.number = "1", .name = "2", .id = "3"});
        CHECK(transferred_to(*c) == miarec::phone{.number = "4", .name = "5", .id = "6"});
    }
    // Both names at once, as a server might that keeps the old one.
    const miarec::call both{.transferred_from_number = "",
                            .transferred_from_name = "A",
                            .transferred_from_id = null,
                            .redirected_from_number = "7",
                            .redirected_from_name = "B",
                            .redirected_from_id = "C"};
    CHECK(transferred_from(both) == miarec::phone{.number = "7", .name = "A", .id = "C"});
    CHECK(transferred_to(both).empty());
    const auto printed = read<miarec::call_envelope>(full_call, into);
    CHECK(transferred_from(*printed.call).empty());
    CHECK(!transferred_from(table).empty());

    static_assert(transferred_from(miarec::call{.redirected_from_number = "7"}).number == "7");
}

TEST_CASE("D-28: a file has a watermark, an encrypt_key and an encrypt_tag, or none of them") {
    memory into;
    const auto full = read<miarec::file>(
        R"({"watermark":"da39a3ee5e6b4b0d3255bfef95601890afd80709","encrypt_key":"k",)"
        R"("encrypt_tag":"t"})",
        into);
    CHECK(*full.watermark == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    CHECK(*full.encrypt_key == "k");
    CHECK(*full.encrypt_tag == "t");
    const auto bare = read<miarec::file>(R"({"file_id":"01"})", into);
    CHECK(bare.watermark.is_absent());
    CHECK(bare.encrypt_key.is_absent());
    CHECK(bare.encrypt_tag.is_absent());
}

TEST_CASE("D-29: a participant's values are not held against those of the call") {
    memory into;
    const auto got = read<miarec::call_envelope>(full_call, into);
    CHECK(*got.call->to_id == "101@192.168.0.5");
    CHECK(*got.call->participants->back().party_caller_id == "101@192.168.0.10");
}

TEST_CASE("D-49: ids are kept as they come") {
    memory into;
    for (const text id : {text{"11111111-1111-1111-1111-111111111111"},
                          text{"e03f497d-bdff-1019-102b-f5caab54f081"},
                          text{"E03F497D-BDFF-1019-102B-F5CAAB54F081"}, text{"7"}}) {
        const std::string body = R"({"call_id":")" + std::string{id} + R"("})";
        const auto got = read<miarec::call>(body, into);
        CHECK(got.call_id->value == id);
        CHECK(write(got) == body);
    }
}

TEST_CASE("D-50: enumerations are open, and older servers leave members out") {
    memory into;
    const auto got =
        read<miarec::call>(R"({"voip_protocol":3,"record_state":35,"call_state":-7})", into);
    CHECK(static_cast<int>(*got.voip_protocol) == 3);
    CHECK(static_cast<int>(*got.record_state) == 35);
    CHECK(static_cast<int>(*got.call_state) == -7);
    CHECK(write(got) == R"({"call_state":-7,"record_state":35,"voip_protocol":3})");
    CHECK(got.protocol_call_direction.is_absent());

    CHECK(failure<miarec::call>(R"({"record_state":"30"})") == errc::expected_integer);
    const auto lenient =
        read<miarec::call>(R"({"record_state":"30"})", into, {.lenient_numbers = true});
    CHECK(*lenient.record_state == miarec::record_state::finished);

    const auto word = read<miarec::user_recording>(R"({"record":"sometimes"})", into);
    CHECK(word.record->value == "sometimes");
    CHECK(!word.record->known().has_value());
    CHECK(write(word) == R"({"record":"sometimes"})");
}

TEST_CASE("D-51: permissions have any names, and lists of actions may be empty") {
    memory into;
    constexpr text body = R"({"permissions":{"system":[],"calls_own":["view","pause_recording"],)"
                          R"("a thing of tomorrow":["beam"]}})";
    const auto got = read<miarec::role>(body, into);
    REQUIRE(got.permissions->size() == 3);
    CHECK(*got.permissions->front().resource == "system");
    CHECK(got.permissions->front().actions.has_value());
    CHECK(got.permissions->front().actions->empty());
    CHECK(got.permissions->back().actions->front() == "beam");
    CHECK(write(got) == body);

    const text own[] = {"view", "playback"};
    const miarec::permission permissions[] = {{.resource = "calls_own", .actions = own}};
    CHECK(write(miarec::role{.permissions = permissions}, to_server) ==
          R"({"permissions":{"calls_own":["view","playback"]}})");
}

TEST_CASE("D-52: a role may come without its access level") {
    memory into;
    const auto page = read<miarec::role_page>(
        R"({"next_url":null,"roles":[{"role_id":"546340bf-8b47-21e4-95a4-e03f497dbd55",)"
        R"("name":"Administrator Role","permissions":{"system":["view","edit"]}}]})",
        into);
    CHECK(page.roles->front().access_level.is_absent());
    CHECK(write(miarec::role{.name = "Agent Role"}, to_server) == R"({"name":"Agent Role"})");
}

TEST_CASE("D-55: no time zone is null, absent or empty") {
    memory into;
    for (const text none : {text{"{}"}, text{R"({"timezone":null})"}, text{R"({"timezone":""})"}}) {
        CHECK(is_none(read<miarec::tenant>(none, into).timezone));
        CHECK(is_none(read<miarec::group>(none, into).timezone));
        CHECK(is_none(read<miarec::user>(none, into).timezone));
    }
    CHECK(!is_none(read<miarec::user>(R"({"timezone":"Europe/London"})", into).timezone));
    CHECK(write(miarec::user{.timezone = null}) == R"({"timezone":null})");
    CHECK(write(miarec::user{.timezone = ""}) == R"({"timezone":""})");
}

TEST_CASE("D-56: custom fields come as a page or as a bare array, options without str_max_len") {
    memory into;
    constexpr text fields =
        R"([{"tenant_id":null,"name":"Call Summary","description":null,"type":"string",)"
        R"("display_as":"multiline","str_max_len":1024},{"name":"Call type","type":"option",)"
        R"("options":["Collection call","Sales call"]}])";
    const std::string page =
        R"({"custom_fields":)" + std::string{fields} + R"(,"total":2,"next_url":null})";
    const auto enclosed = read<miarec::custom_field_page>(page, into);
    const auto bare = read<miarec::custom_field_page>(fields, into);
    CHECK(*enclosed.total == 2);
    CHECK(enclosed.next_url.is_null());
    CHECK(bare.total.is_absent());
    CHECK(bare.next_url.is_absent());
    for (const auto* got : {&enclosed, &bare}) {
        REQUIRE(got->custom_fields->size() == 2);
        const miarec::custom_field& first = got->custom_fields->front();
        CHECK(first.tenant_id.is_null());
        CHECK(first.description.is_null());
        CHECK(*first.type == miarec::custom_field_type::string);
        CHECK(*first.display_as == miarec::custom_field_display::multiline);
        CHECK(*first.str_max_len == 1024);
        CHECK(got->custom_fields->back().str_max_len.is_absent());
        CHECK(got->custom_fields->back().options->size() == 2);
    }
    CHECK(failure<miarec::client_page>("[]") == errc::expected_object);
}

TEST_CASE("D-58: the quote inside a description is escaped; as printed it is refused") {
    memory into;
    const auto got = read<miarec::custom_field_envelope>(full_custom_field, into);
    CHECK(*got.custom_field->description == R"(Type of the call, like "Sales, Collection, etc.)");
    CHECK(failure<miarec::custom_field>(
              R"({"description":"Type of the call, like "Sales, Collection, etc."})") ==
          errc::invalid_json);
}

TEST_CASE("D-59: the highest access level is root on the wire, whatever the portal calls it") {
    memory into;
    CHECK(write(miarec::role{.access_level = miarec::access_level::root}) ==
          R"({"access_level":"root"})");
    CHECK(*read<miarec::role>(R"({"access_level":"root"})", into).access_level ==
          miarec::access_level::root);
    for (const text portal : {text{"SUPERUSER"}, text{"Unrestricted"}})
        CHECK(!open<miarec::access_level>{portal}.known().has_value());
}

TEST_CASE("D-60: extensions and phone numbers are never normalised") {
    memory into;
    const text forms[] = {"123456789", "+123456789", "0012", "j.smith@example.com", " 1 (2) "};
    const std::string written = write(miarec::user_recording{.extensions = forms}, to_server);
    CHECK(written ==
          R"({"extensions":["123456789","+123456789","0012","j.smith@example.com"," 1 (2) "]})");
    const auto got = read<miarec::user_recording>(written, into);
    REQUIRE(got.extensions->size() == 5);
    for (std::size_t i = 0; i < 5; ++i) CHECK((*got.extensions)[i] == forms[i]);
    CHECK(*read<miarec::contact>(R"({"phone_number":"+14085800150"})", into).phone_number ==
          "+14085800150");
}

TEST_CASE("miarec types: the limits of a custom field are kept when it is sent") {
    const std::string fits(64, 'n');
    const std::string longer(65, 'n');
    const std::string story(4096, 'd');
    const std::string novel(4097, 'd');
    char buffer[8192];
    CHECK(
        json::encode(miarec::custom_field{.name = fits, .description = story}, buffer).has_value());
    CHECK(json::encode(miarec::custom_field{.name = longer}, buffer).code() == errc::too_long);
    CHECK(json::encode(miarec::custom_field{.description = novel}, buffer).code() ==
          errc::too_long);
    // What a server sends is never refused for it.
    memory into;
    const std::string body = R"({"name":")" + longer + R"("})";
    CHECK(read<miarec::custom_field>(body, into).name->size() == 65);
}
