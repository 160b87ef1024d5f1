// The enumerations of MiaRec, typed in from the manual (3.1.1, 3.1.3, 3.3.3, 3.5.1, 3.6.1, 3.7.1,
// 5; 3.1.8 and 2.3.2 for queries).
#include <doctest/doctest.h>

#include <cstdint>
#include <type_traits>
#include <vector>

#include <tipring/core/field.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/ids.hpp>

using tipring::open;
using tipring::text;
namespace miarec = tipring::miarec;

namespace {

template <class Enum>
std::int32_t wire(Enum value) {
    static_assert(std::is_same_v<std::underlying_type_t<Enum>, std::int32_t>);
    return static_cast<std::int32_t>(value);
}

/// The words of an enum are these, in this order.
template <class Enum>
void check_words(const std::vector<text>& expected, Enum first, Enum last) {
    REQUIRE(tipring::name_count<Enum> == expected.size());
    CHECK(open<Enum>{first}.value == expected.front());
    CHECK(open<Enum>{last}.value == expected.back());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(expected[i]);
        const auto known = open<Enum>{expected[i]}.known();
        REQUIRE(known.has_value());
        CHECK(static_cast<std::size_t>(*known) == i);
        CHECK(open<Enum>{*known}.value == expected[i]);
    }
    CHECK_FALSE(open<Enum>{text{"something new"}}.known().has_value());
    CHECK(open<Enum>{text{"something new"}}.value == "something new");
}

} // namespace

TEST_CASE("enums: the numbers are the manual's") {
    using miarec::call_state;
    using miarec::on_demand_state;
    using miarec::party_direction;
    using miarec::party_type;
    using miarec::protocol_call_direction;
    using miarec::record_state;
    using miarec::voip_protocol;
    CHECK(wire(protocol_call_direction::unknown) == 0);
    CHECK(wire(protocol_call_direction::outbound) == 1);
    CHECK(wire(protocol_call_direction::inbound) == 2);
    CHECK(wire(call_state::initiated) == 1);
    CHECK(wire(call_state::accepted) == 2);
    CHECK(wire(call_state::alerting) == 3);
    CHECK(wire(call_state::connected) == 4);
    CHECK(wire(call_state::disconnecting) == 5);
    CHECK(wire(call_state::disconnected) == 6);
    CHECK(wire(call_state::hold) == 7);
    CHECK(wire(call_state::transferred) == 8);
    CHECK(wire(on_demand_state::disabled) == 0);
    CHECK(wire(on_demand_state::keep_recording) == 1);
    CHECK(wire(on_demand_state::waiting_trigger) == 2);
    CHECK(wire(record_state::active) == 10);
    CHECK(wire(record_state::license_overusage) == 20);
    CHECK(wire(record_state::finished) == 30);
    CHECK(wire(record_state::ignored) == 40);
    CHECK(wire(voip_protocol::unknown) == 0);
    CHECK(wire(voip_protocol::sip) == 1);
    CHECK(wire(voip_protocol::h323) == 2);
    CHECK(wire(voip_protocol::sccp) == 4);
    CHECK(wire(voip_protocol::mgcp) == 5);
    CHECK(wire(voip_protocol::avaya) == 6);
    CHECK(wire(voip_protocol::nortel_unistim) == 7);
    CHECK(wire(voip_protocol::tapi) == 8);
    CHECK(wire(voip_protocol::mgcp_pri_backhaul) == 9);
    CHECK(wire(voip_protocol::alcatel) == 10);
    CHECK(wire(voip_protocol::avaya_passive_rtp) == 11);
    CHECK(wire(voip_protocol::avaya_tsapi) == 12);
    CHECK(wire(voip_protocol::siprec) == 13);
    CHECK(wire(voip_protocol::cisco_bib_active) == 14);
    CHECK(wire(voip_protocol::nec_sip) == 15);
    CHECK(wire(voip_protocol::sip_ed137) == 16);
    CHECK(wire(voip_protocol::cisco_bib_passive) == 17);
    CHECK(wire(party_direction::unknown) == 0);
    CHECK(wire(party_direction::caller) == 1);
    CHECK(wire(party_direction::called) == 2);
    CHECK(wire(party_type::unknown) == 0);
    CHECK(wire(party_type::agent) == 1);
    CHECK(wire(party_type::gateway) == 2);
    CHECK(wire(party_type::conference_bridge) == 3);
    CHECK(wire(miarec::key_length::bits_1024) == 1024);
    CHECK(wire(miarec::key_length::bits_2048) == 2048);
    CHECK(wire(miarec::key_length::bits_4096) == 4096);
}

TEST_CASE("enums: the words are the manual's") {
    using namespace miarec;
    check_words<access_level>({"root", "system", "managed_groups", "user"}, access_level::root,
                              access_level::user);
    check_words<associate_calls>({"extension", "broadworks_group", "metaswitch_group",
                                  "cisco_partition", "sip_uri_host", "condition"},
                                 associate_calls::extension, associate_calls::condition);
    check_words<extension_uniqueness>({"systemwide", "tenant"}, extension_uniqueness::systemwide,
                                      extension_uniqueness::tenant);
    check_words<record_unknown_users>({"record", "ignore"}, record_unknown_users::record,
                                      record_unknown_users::ignore);
    check_words<record>({"always", "ondemand", "never", "default"}, record::always,
                        record::system_default);
    check_words<record_direction>({"in", "out"}, record_direction::in, record_direction::out);
    check_words<on_demand_default>({"keep", "discard"}, on_demand_default::keep,
                                   on_demand_default::discard);
    check_words<authenticate_type>({"ldap", "password"}, authenticate_type::ldap,
                                   authenticate_type::password);
    check_words<protection_mode>({"user", "app"}, protection_mode::user, protection_mode::app);
    check_words<add_type>({"generate", "import"}, add_type::generate, add_type::import);
    check_words<license_mode>({"fixed", "dynamic"}, license_mode::fixed, license_mode::dynamic);
    check_words<custom_field_type>({"string", "option"}, custom_field_type::string,
                                   custom_field_type::option);
    check_words<custom_field_display>({"default", "multiline"}, custom_field_display::standard,
                                      custom_field_display::multiline);
    check_words<custom_field_search>({"advanced"}, custom_field_search::advanced,
                                     custom_field_search::advanced);
    check_words<muting_action>({"mute", "unmute"}, muting_action::mute, muting_action::unmute);
    check_words<sort_order>({"asc", "desc"}, sort_order::asc, sort_order::desc);
}

TEST_CASE("D-50: a number without a name survives in a member") {
    const tipring::field<miarec::voip_protocol> three = static_cast<miarec::voip_protocol>(3);
    CHECK(three.has_value());
    CHECK(wire(*three) == 3);
}

TEST_CASE("ids: one type for each resource") {
    static_assert(!std::is_convertible_v<miarec::call_id, miarec::user_id>);
    static_assert(!std::is_convertible_v<text, miarec::user_id>);
    static_assert(!std::is_constructible_v<miarec::user_id, miarec::call_id>);
    CHECK(miarec::user_id{"a"} == miarec::user_id{"a"});
    CHECK_FALSE(miarec::user_id{"a"} == miarec::user_id{"A"});
}
