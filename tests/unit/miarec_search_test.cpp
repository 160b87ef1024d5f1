// The advanced search of calls: manual 3.1.4, and sections C.2 and D of the facts that were drawn
// from it.
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <tipring/core/arena.hpp>
#include <tipring/http/query.hpp>
#include <tipring/miarec/search.hpp>
#include <tipring/miarec/search_codec.hpp>

#include "miarec_search.hpp"

using namespace std::chrono_literals;
using search_test::put;
using search_test::query_of;
using tipring::errc;
using tipring::number;
using tipring::result;
using tipring::text;
using tipring::writer;
using tipring::miarec::call_search;
using tipring::miarec::comparison;
using tipring::miarec::condition;
using tipring::miarec::condition_value;
using tipring::miarec::parameter_type;
using tipring::miarec::parse_clause;
using tipring::miarec::put_query;
using tipring::miarec::search_parameter;
namespace http = tipring::http;
namespace miarec = tipring::miarec;
namespace search = tipring::miarec::search;

namespace {

/// The only clause of a search with one condition.
std::string clause_of(const condition& what) {
    const std::string whole = query_of(what);
    const std::string start = "?advanced_search=1&";
    REQUIRE(whole.starts_with(start));
    return whole.substr(start.size());
}

errc refusal_of(const call_search& what) {
    return put(what).failure.code;
}

std::string line_of(const tipring::error& failure) {
    char bytes[256];
    return std::string{describe(failure, bytes)};
}

/// The one condition that a server makes of a clause.
condition read(text name, text value) {
    call_search what;
    const result<bool> taken = parse_clause(name, value, what);
    CHECK(taken.code() == errc::ok);
    CHECK(taken.value_or(false));
    return what.size() == 1 ? what[0] : condition{};
}

errc refusal_of(text name, text value) {
    call_search what;
    const result<bool> taken = parse_clause(name, value, what);
    CHECK(what.empty());
    return taken.code();
}

/// Typed in from the manual's table of parameters, in its order.
struct manual_parameter {
    text name;
    parameter_type type;
    text name_of_object;
};
constexpr manual_parameter manual_parameters[] = {
    {"date", parameter_type::date, search::date.name()},
    {"datetime", parameter_type::datetime, search::datetime.name()},
    {"duration", parameter_type::duration, search::duration.name()},
    {"direction", parameter_type::set, search::direction.name()},
    {"voip_protocol", parameter_type::set, search::voip_protocol.name()},
    {"user_id", parameter_type::set, search::user_id.name()},
    {"user_name", parameter_type::string, search::user_name.name()},
    {"group_id", parameter_type::set, search::group_id.name()},
    {"tenant_id", parameter_type::set, search::tenant_id.name()},
    {"category_id", parameter_type::set, search::category_id.name()},
    {"client_id", parameter_type::set, search::client_id.name()},
    {"notes", parameter_type::string, search::notes.name()},
    {"notes_count", parameter_type::number, search::notes_count.name()},
    {"call_id", parameter_type::string_exact, search::call_id.name()},
    {"pbx_call_id", parameter_type::string, search::pbx_call_id.name()},
    {"pbx_tracking_id", parameter_type::string, search::pbx_tracking_id.name()},
    {"call_state", parameter_type::set, search::call_state.name()},
    {"record_state", parameter_type::set, search::record_state.name()},
    {"phone_number", parameter_type::string, search::phone_number.name()},
    {"phone_number_from", parameter_type::string, search::phone_number_from.name()},
    {"phone_number_to", parameter_type::string, search::phone_number_to.name()},
    {"phone_name", parameter_type::string, search::phone_name.name()},
    {"phone_name_from", parameter_type::string, search::phone_name_from.name()},
    {"phone_name_to", parameter_type::string, search::phone_name_to.name()},
    {"phone_id", parameter_type::string, search::phone_id.name()},
    {"phone_id_from", parameter_type::string, search::phone_id_from.name()},
    {"phone_id_to", parameter_type::string, search::phone_id_to.name()},
    {"orig_calling_number", parameter_type::string, search::orig_calling_number.name()},
    {"orig_dialed_number", parameter_type::string, search::orig_dialed_number.name()},
    {"acd_number", parameter_type::string, search::acd_number.name()},
    {"acd_name", parameter_type::string, search::acd_name.name()},
    {"acd_id", parameter_type::string, search::acd_id.name()},
    {"redirected_from_number", parameter_type::string, search::redirected_from_number.name()},
    {"redirected_from_name", parameter_type::string, search::redirected_from_name.name()},
    {"redirected_from_id", parameter_type::string, search::redirected_from_id.name()},
    {"redirected_to_number", parameter_type::string, search::redirected_to_number.name()},
    {"redirected_to_name", parameter_type::string, search::redirected_to_name.name()},
    {"redirected_to_id", parameter_type::string, search::redirected_to_id.name()},
    {"phone_ip_address", parameter_type::string, search::phone_ip_address.name()},
    {"phone_ip_address_from", parameter_type::string, search::phone_ip_address_from.name()},
    {"phone_ip_address_to", parameter_type::string, search::phone_ip_address_to.name()},
    {"broadworks_sp_id", parameter_type::string, search::broadworks_sp_id.name()},
    {"broadworks_group_id", parameter_type::string, search::broadworks_group_id.name()},
    {"broadworks_user_id", parameter_type::string, search::broadworks_user_id.name()},
    {"cisco_phone_ip", parameter_type::string, search::cisco_phone_ip.name()},
    {"cisco_refci", parameter_type::string_exact, search::cisco_refci.name()},
    {"cisco_ucce_agent_id", parameter_type::set, search::cisco_ucce_agent_id.name()},
    {"cisco_ucce_skill_group_id", parameter_type::set, search::cisco_ucce_skill_group_id.name()},
    {"cisco_ucce_recovery_key", parameter_type::number, search::cisco_ucce_recovery_key.name()},
    {"metaswitch_system", parameter_type::string, search::metaswitch_system.name()},
    {"metaswitch_group", parameter_type::string, search::metaswitch_group.name()},
    {"metaswitch_user", parameter_type::string, search::metaswitch_user.name()},
    {"metaswitch_extension", parameter_type::string, search::metaswitch_extension.name()},
    {"agent_id", parameter_type::string, search::agent_id.name()},
    {"agent_name", parameter_type::string, search::agent_name.name()},
    {"evaluation_report_score", parameter_type::number, search::evaluation_report_score.name()},
    {"evaluation_report_status", parameter_type::set, search::evaluation_report_status.name()},
    {"evaluation_reports_count", parameter_type::number, search::evaluation_reports_count.name()},
    {"screen_recordings_count", parameter_type::number, search::screen_recordings_count.name()},
    {"file_path", parameter_type::string, search::file_path.name()},
    {"encrypt_fingerprint", parameter_type::string_exact, search::encrypt_fingerprint.name()},
    {"confidential", parameter_type::boolean, search::confidential.name()},
};

/// Typed in from the manual's table of operators.
struct manual_type {
    parameter_type type;
    std::vector<text> operators;
};
const manual_type manual_types[] = {
    {parameter_type::string,
     {"equal_to", "not_equal_to", "starts_with", "ends_with", "includes", "is_empty", "not_empty",
      "pattern", "regex"}},
    {parameter_type::string_exact, {"is", "is_not", "is_empty", "not_empty"}},
    {parameter_type::string_query, {"query", "is_empty", "not_empty"}},
    {parameter_type::number,
     {"equal_to", "not_equal_to", "greater_than", "lower_than", "between", "is_empty",
      "not_empty"}},
    {parameter_type::date,
     {"equal_to", "older_than", "newer_than", "between", "older_than_days", "newer_than_days"}},
    {parameter_type::datetime,
     {"older_than", "newer_than", "between", "older_than_minutes", "newer_than_minutes"}},
    {parameter_type::duration, {"greater_than", "lower_than", "between"}},
    {parameter_type::set, {"is", "is_not"}},
    {parameter_type::boolean, {"is_true", "is_false"}},
};

constexpr auto six = std::chrono::sys_days{2019y / 4 / 30} + 6h;

} // namespace

TEST_CASE(
    "D-40: the table headed `Supported operators` is that of the 62 parameters, spelled as in the manual") {
    REQUIRE(std::size(manual_parameters) == 62);
    REQUIRE(std::size(miarec::detail::parameter_rows) == 62);
    for (std::size_t i = 0; i < 62; ++i) {
        const manual_parameter& expected = manual_parameters[i];
        CAPTURE(expected.name);
        const auto& row = miarec::detail::parameter_rows[i];
        CHECK(row.name == expected.name);
        CHECK(row.type == expected.type);
        CHECK(expected.name_of_object == expected.name);
        CHECK(miarec::detail::find_parameter(expected.name) == static_cast<search_parameter>(i));
    }
}

TEST_CASE("search: the nine types have the manual's operators and no others") {
    std::set<text> names;
    int pairs = 0;
    for (const manual_type& type : manual_types) {
        for (std::size_t op = 0; op < miarec::detail::comparison_count; ++op) {
            const text name = miarec::detail::comparison_names[op];
            CAPTURE(static_cast<int>(type.type));
            CAPTURE(name);
            bool expected = false;
            for (const text listed : type.operators) expected = expected || listed == name;
            CHECK(miarec::detail::has_comparison(type.type, static_cast<comparison>(op)) ==
                  expected);
            pairs += expected ? 1 : 0;
        }
        for (const text listed : type.operators) names.insert(listed);
    }
    CHECK(pairs == 41);
    CHECK(names.size() == 23);
    CHECK(miarec::detail::comparison_count == 23);
}

TEST_CASE("search: each of the 41 pairs of type and operator is written as the manual says") {
    struct row {
        parameter_type type;
        condition made;
        text expected;
    };
    const miarec::user_id user{"546340bf-7b47-11e4-85a4-e03f497dbdff"};
    const auto query = search::query_parameter("transcript");
    const row rows[] = {
        {parameter_type::string, search::user_name.equal_to("J Smith"),
         "user_name__equal_to=J%20Smith"},
        {parameter_type::string, search::user_name.not_equal_to("a/b"),
         "user_name__not_equal_to=a%2Fb"},
        {parameter_type::string, search::phone_number.starts_with("+1408"),
         "phone_number__starts_with=%2B1408"},
        {parameter_type::string, search::phone_number_to.ends_with("150"),
         "phone_number_to__ends_with=150"},
        {parameter_type::string, search::phone_number.includes("1234"),
         "phone_number__includes=1234"},
        {parameter_type::string, search::notes.is_empty(), "notes__is_empty=1"},
        {parameter_type::string, search::acd_name.not_empty(), "acd_name__not_empty=1"},
        {parameter_type::string, search::phone_number.pattern("%1415_"),
         "phone_number__pattern=%251415_"},
        {parameter_type::string, search::phone_id.regex("^[a-z]+&$"),
         "phone_id__regex=%5E%5Ba-z%5D%2B%26%24"},
        {parameter_type::string_exact, search::cisco_refci.is("17"), "cisco_refci__is=17"},
        {parameter_type::string_exact, search::call_id.is_not(miarec::call_id{"e03f-1"}),
         "call_id__is_not=e03f-1"},
        {parameter_type::string_exact, search::encrypt_fingerprint.is_empty(),
         "encrypt_fingerprint__is_empty=1"},
        {parameter_type::string_exact, search::encrypt_fingerprint.not_empty(),
         "encrypt_fingerprint__not_empty=1"},
        {parameter_type::string_query, query.query("a NEAR:3 b"),
         "transcript__query=a%20NEAR%3A3%20b"},
        {parameter_type::string_query, query.is_empty(), "transcript__is_empty=1"},
        {parameter_type::string_query, query.not_empty(), "transcript__not_empty=1"},
        {parameter_type::number, search::notes_count.equal_to(3), "notes_count__equal_to=3"},
        {parameter_type::number, search::notes_count.not_equal_to(0u),
         "notes_count__not_equal_to=0"},
        {parameter_type::number, search::evaluation_report_score.greater_than(number{"4.50"}),
         "evaluation_report_score__greater_than=4.50"},
        {parameter_type::number, search::evaluation_report_score.lower_than(-7),
         "evaluation_report_score__lower_than=-7"},
        {parameter_type::number, search::screen_recordings_count.between(1, 20),
         "screen_recordings_count__between=1-20"},
        {parameter_type::number, search::cisco_ucce_recovery_key.is_empty(),
         "cisco_ucce_recovery_key__is_empty=1"},
        {parameter_type::number, search::evaluation_reports_count.not_empty(),
         "evaluation_reports_count__not_empty=1"},
        {parameter_type::date, search::date.equal_to(2014y / 11 / 1),
         "date__equal_to=2014%2F11%2F01"},
        {parameter_type::date, search::date.older_than(2014y / 1 / 31),
         "date__older_than=2014%2F01%2F31"},
        {parameter_type::date, search::date.newer_than(std::chrono::sys_days{2014y / 12 / 1}),
         "date__newer_than=2014%2F12%2F01"},
        {parameter_type::date, search::date.between(2014y / 11 / 1, 2014y / 12 / 1),
         "date__between=2014%2F11%2F01-2014%2F12%2F01"},
        {parameter_type::date, search::date.older_than_days(30), "date__older_than_days=30"},
        {parameter_type::date, search::date.newer_than_days(7u), "date__newer_than_days=7"},
        {parameter_type::datetime, search::datetime.older_than(six),
         "datetime__older_than=2019-04-30T06%3A00%3A00.000Z"},
        {parameter_type::datetime, search::datetime.newer_than(six + 1ms),
         "datetime__newer_than=2019-04-30T06%3A00%3A00.001Z"},
        {parameter_type::datetime, search::datetime.between(six, six + 30min),
         "datetime__between=2019-04-30T06%3A00%3A00.000Z%2F2019-04-30T06%3A30%3A00.000Z"},
        {parameter_type::datetime, search::datetime.older_than_minutes(90),
         "datetime__older_than_minutes=90"},
        {parameter_type::datetime, search::datetime.newer_than_minutes(5),
         "datetime__newer_than_minutes=5"},
        {parameter_type::duration, search::duration.greater_than(90s), "duration__greater_than=90"},
        {parameter_type::duration, search::duration.lower_than(2h), "duration__lower_than=7200"},
        {parameter_type::duration, search::duration.between(30s, 10min),
         "duration__between=30-600"},
        {parameter_type::set, search::user_id.is(user),
         "user_id__is=546340bf-7b47-11e4-85a4-e03f497dbdff"},
        {parameter_type::set, search::call_state.is_not(miarec::call_state::connected),
         "call_state__is_not=4"},
        {parameter_type::boolean, search::confidential.is_true(), "confidential__is_true=1"},
        {parameter_type::boolean, search::confidential.is_false(), "confidential__is_false=1"},
    };
    std::set<std::pair<parameter_type, comparison>> seen;
    for (const row& r : rows) {
        CAPTURE(r.expected);
        CHECK(clause_of(r.made) == r.expected);
        CHECK(miarec::detail::has_comparison(r.type, r.made.op()));
        seen.emplace(r.type, r.made.op());
    }
    CHECK(seen.size() == 41);
}

TEST_CASE("search: ranges of days and durations are taken as such, too") {
    CHECK(search::date.between(tipring::date_range{2014y / 11 / 1, 2014y / 12 / 1}) ==
          search::date.between(2014y / 11 / 1, 2014y / 12 / 1));
    CHECK(search::duration.between(tipring::duration_range{30s, 10min}) ==
          search::duration.between(30s, 10min));
}

TEST_CASE("search: the manual's only full example") {
    CHECK(
        "/api/v2/calls.json" + query_of(search::phone_number.includes("1234") &&
                                        search::user_name.equal_to("J Smith")) ==
        "/api/v2/calls.json?advanced_search=1&phone_number__includes=1234&user_name__equal_to=J%20Smith");
}

TEST_CASE("search: the examples that were made from the manual's grammar") {
    CHECK(clause_of(search::date.between(2014y / 11 / 1, 2014y / 12 / 1)) ==
          "date__between=2014%2F11%2F01-2014%2F12%2F01");
    CHECK(clause_of(search::date.older_than_days(30)) == "date__older_than_days=30");
    CHECK(clause_of(search::duration.between(30s, 600s)) == "duration__between=30-600");
    CHECK(clause_of(search::confidential.is_true()) == "confidential__is_true=1");
    CHECK(clause_of(search::notes.is_empty()) == "notes__is_empty=1");
    CHECK(clause_of(search::phone_number.pattern("%1415%")) == "phone_number__pattern=%251415%25");
    CHECK(clause_of(search::phone_number.equal_to("+14085800150")) ==
          "phone_number__equal_to=%2B14085800150");
    CHECK(clause_of(search::user_id.is(miarec::user_id{"546340bf-7b47-11e4-85a4-e03f497dbdff"})) ==
          "user_id__is=546340bf-7b47-11e4-85a4-e03f497dbdff");
    // Raw slashes and colons, and durations with colons, are what other clients may send.
    CHECK(read("date__between", "2014/11/01-2014/12/01") ==
          search::date.between(2014y / 11 / 1, 2014y / 12 / 1));
    CHECK(read("date__between", "2014/11/01 - 2014/12/01") ==
          search::date.between(2014y / 11 / 1, 2014y / 12 / 1));
    CHECK(read("datetime__between", "2019-04-30T06:00:00.000Z/2019-04-30T06:30:00.000Z") ==
          search::datetime.between(six, six + 30min));
    CHECK(read("duration__between", "00:30-10:00") == search::duration.between(30s, 10min));
    CHECK(read("duration__between", "00:00:30 - 00:10:00") == search::duration.between(30s, 10min));
}

TEST_CASE("search: an empty search leaves no trace in the query") {
    CHECK(query_of({}).empty());
    call_search cleared = search::notes.is_empty();
    cleared.clear();
    CHECK(query_of(cleared).empty());
    CHECK_FALSE(cleared.is_active());
    CHECK(cleared == call_search{});
    cleared.activate();
    CHECK(query_of(cleared) == "?advanced_search=1");
    CHECK_FALSE(cleared == call_search{});
    cleared.clear();
    CHECK(cleared == call_search{});
}

TEST_CASE("D-24: points in time are sent in UTC with three digits of a second and Z") {
    using std::chrono::sys_days;
    CHECK(clause_of(search::datetime.older_than(sys_days{2019y / 4 / 30})) ==
          "datetime__older_than=2019-04-30T00%3A00%3A00.000Z");
    const auto nanoseconds = std::chrono::sys_time<std::chrono::nanoseconds>{six} + 1'999'999ns;
    CHECK(clause_of(search::datetime.older_than(nanoseconds)) ==
          "datetime__older_than=2019-04-30T06%3A00%3A00.001Z");
    const auto before_epoch = std::chrono::sys_time<std::chrono::nanoseconds>{} - 1ns;
    CHECK(clause_of(search::datetime.older_than(before_epoch)) ==
          "datetime__older_than=1969-12-31T23%3A59%3A59.999Z");
    CHECK(clause_of(search::datetime.older_than(std::chrono::sys_time<std::chrono::weeks>{})) ==
          "datetime__older_than=1970-01-01T00%3A00%3A00.000Z");
    // A third of a second is no whole number of milliseconds.
    using thirds = std::chrono::duration<int, std::ratio<1, 3>>;
    CHECK(clause_of(search::datetime.older_than(std::chrono::sys_time<thirds>{thirds{-1}})) ==
          "datetime__older_than=1969-12-31T23%3A59%3A59.666Z");

    for (const text same :
         {"2019-04-30T06:00:00.000Z", "2019-04-30T06:00:00Z", "2019-04-30T14:00:00+0800",
          "2019-04-29T23:00:00.000-07:00", "2019-04-30T06:00:00.000999999+00"}) {
        CAPTURE(same);
        CHECK(read("datetime__older_than", same) == search::datetime.older_than(six));
    }
    CHECK(refusal_of("datetime__older_than", "2019-04-30T06:00:00.000") == errc::bad_parameter);
    CHECK(refusal_of("datetime__between", "2019-04-30T06:00:00Z/2019-04-30T06:30:00") ==
          errc::bad_parameter);
    CHECK(refusal_of("datetime__between", "2019-04-30T06:00:00Z") == errc::bad_parameter);
}

TEST_CASE(
    "D-39: from_number of the manual's text is no parameter, but can be sent and received by its name") {
    CHECK(miarec::detail::find_parameter("from_number") == search_parameter::other);
    CHECK(miarec::detail::find_parameter("phone_number_from") ==
          search_parameter::phone_number_from);
    const condition made = search::custom("from_number", "includes", "12 34");
    CHECK(made.parameter() == search_parameter::other);
    CHECK(made.name() == "from_number");
    CHECK(clause_of(made) == "from_number__includes=12%2034");
    CHECK(read("from_number__includes", "12 34") == made);
    CHECK(search::custom("from_number", comparison::includes, "12 34") == made);
    CHECK(clause_of(search::custom("from_number", "is_empty")) == "from_number__is_empty=1");
    CHECK(clause_of(search::custom("from_number", "is_empty", "ignored")) ==
          "from_number__is_empty=1");
    CHECK(read("from_number__is_empty", "1") == search::custom("from_number", "is_empty"));
}

TEST_CASE(
    "D-41: greater_than and lower_than mean what they are called, whatever the manual says of durations") {
    CHECK(clause_of(search::duration.greater_than(1min)) == "duration__greater_than=60");
    CHECK(clause_of(search::duration.lower_than(1min)) == "duration__lower_than=60");
    CHECK(read("duration__greater_than", "1:00").op() == comparison::greater_than);
    CHECK(read("duration__lower_than", "1:00").op() == comparison::lower_than);
}

TEST_CASE("D-42: two numbers are divided by a dash, and are not negative then") {
    CHECK(clause_of(search::notes_count.between(0, 0)) == "notes_count__between=0-0");
    CHECK(clause_of(search::evaluation_report_score.between(number{"0.5"}, number{"10"})) ==
          "evaluation_report_score__between=0.5-10");
    CHECK(refusal_of(search::notes_count.between(-1, 3)) == errc::bad_parameter);
    CHECK(refusal_of(search::notes_count.between(-3, -1)) == errc::bad_parameter);
    CHECK(refusal_of(search::evaluation_report_score.between(number{"-0.5"}, number{"1.5"})) ==
          errc::bad_parameter);
    CHECK(refusal_of(search::evaluation_report_score.between(number{"0.5"}, number{"-1.5"})) ==
          errc::bad_parameter);
    // The pair of clauses that stands for it.
    CHECK(query_of(search::notes_count.greater_than(-1) && search::notes_count.lower_than(3)) ==
          "?advanced_search=1&notes_count__greater_than=-1&notes_count__lower_than=3");

    CHECK(read("notes_count__between", "1-20") == search::notes_count.between(1, 20));
    CHECK(read("notes_count__between", "1 - 20") == search::notes_count.between(1, 20));
    CHECK(read("notes_count__between", "1.5-20") ==
          search::notes_count.between(number{"1.5"}, number{"20"}));
    CHECK(read("notes_count__between", "1-2.5") ==
          search::notes_count.between(number{"1"}, number{"2.5"}));
    CHECK(clause_of(search::notes_count.between(number{"1"}, number{"2.5"})) ==
          "notes_count__between=1-2.5");
    for (const text bad : {"-1-20", "1--20", "-1--20", "1", "1-", "-1", "-", "", "1-2-3", "1/20",
                           "1e2-3", "a-b", "1.-2", ".5-2"}) {
        CAPTURE(bad);
        CHECK(refusal_of("notes_count__between", bad) == errc::bad_parameter);
    }
}

TEST_CASE("D-43: sets take one value, typed where the manual gives the values, text elsewhere") {
    CHECK(clause_of(search::voip_protocol.is(miarec::voip_protocol::siprec)) ==
          "voip_protocol__is=13");
    CHECK(clause_of(search::record_state.is(miarec::record_state::license_overusage)) ==
          "record_state__is=20");
    CHECK(clause_of(search::direction.is(miarec::protocol_call_direction::inbound)) ==
          "direction__is=2");
    CHECK(clause_of(search::direction.is_not("in")) == "direction__is_not=in");
    CHECK(clause_of(search::group_id.is(miarec::group_id{"g"})) == "group_id__is=g");
    CHECK(clause_of(search::tenant_id.is(miarec::tenant_id{"t"})) == "tenant_id__is=t");
    CHECK(clause_of(search::category_id.is(miarec::category_id{"c"})) == "category_id__is=c");
    CHECK(clause_of(search::client_id.is_not(miarec::client_id{"c"})) == "client_id__is_not=c");
    CHECK(clause_of(search::evaluation_report_status.is("done")) ==
          "evaluation_report_status__is=done");
    CHECK(clause_of(search::cisco_ucce_agent_id.is("00 7")) == "cisco_ucce_agent_id__is=00%207");
    CHECK(clause_of(search::cisco_ucce_skill_group_id.is("1")) ==
          "cisco_ucce_skill_group_id__is=1");

    CHECK(read("call_state__is", "4") == search::call_state.is(miarec::call_state::connected));
    CHECK(read("voip_protocol__is", "99") ==
          search::voip_protocol.is(static_cast<miarec::voip_protocol>(99)));
    CHECK(read("direction__is", "2") ==
          search::direction.is(miarec::protocol_call_direction::inbound));
    CHECK(read("direction__is", "in") == search::direction.is("in"));
    CHECK(read("evaluation_report_status__is", "1") == search::evaluation_report_status.is("1"));
    for (const text bad : {"connected", "", "4,6", "4 6", "+4", "4.0", "99999999999"}) {
        CAPTURE(bad);
        CHECK(refusal_of("call_state__is", bad) == errc::bad_parameter);
    }
    CHECK(refusal_of("user_id__is", "") == errc::bad_parameter);
    CHECK(refusal_of("direction__is", "") == errc::bad_parameter);
}

TEST_CASE("D-44: string_query is a type of which the manual has no parameter") {
    for (const auto& row : miarec::detail::parameter_rows)
        CHECK(row.type != parameter_type::string_query);
    const condition made = search::query_parameter("transcript").query("AGENT: refund");
    CHECK(clause_of(made) == "transcript__query=AGENT%3A%20refund");
    CHECK(read("transcript__query", "AGENT: refund") == made);
    CHECK(read("transcript__not_empty", "1") == search::query_parameter("transcript").not_empty());
}

TEST_CASE("D-62: the last double underscore divides a parameter from its operator") {
    call_search what;
    for (const text name : {"advanced_search", "limit", "", "_", "date_between", "_a_b_"}) {
        CAPTURE(name);
        const result<bool> taken = parse_clause(name, "1", what);
        CHECK(taken.code() == errc::ok);
        CHECK_FALSE(taken.value_or(true));
    }
    CHECK(what.empty());
    CHECK(read("phone_number_from__not_equal_to", "1") ==
          search::phone_number_from.not_equal_to("1"));
    // Three underscores: the last two divide.
    CHECK(read("odd___includes", "1") == search::custom("odd_", "includes", "1"));
    CHECK(clause_of(search::custom("odd_", "includes", "1")) == "odd___includes=1");
    CHECK(refusal_of("a__b__includes", "1") == errc::unknown_parameter);
    CHECK(refusal_of("date____between", "2014/11/01-2014/12/01") == errc::unknown_parameter);
    CHECK(refusal_of(search::custom("a__b", "includes", "1")) == errc::bad_parameter);
    CHECK(refusal_of(search::custom("", "includes", "1")) == errc::bad_parameter);
}

TEST_CASE("search: what cannot be sent is refused, with the condition that it is") {
    const auto failure =
        put(search::notes.is_empty() && search::notes_count.between(-1, 3)).failure;
    CHECK(line_of(failure) == "[1].notes_count: a parameter has a value that is not allowed");
    CHECK(line_of(put(search::custom("mine", "includes", "")).failure) ==
          "[0]: a parameter has a value that is not allowed");

    CHECK(refusal_of(search::phone_number.includes("")) == errc::bad_parameter);
    CHECK(refusal_of(search::phone_number.includes(text{})) == errc::bad_parameter);
    CHECK(refusal_of(search::user_id.is(miarec::user_id{})) == errc::bad_parameter);
    CHECK(refusal_of(search::date.equal_to(2014y / 2 / 29)) == errc::bad_parameter);
    CHECK(refusal_of(search::date.between(2014y / 2 / 28, 2014y / 2 / 30)) == errc::bad_parameter);
    CHECK(refusal_of(search::date.between(2014y / 3 / 1, 2014y / 2 / 1)) == errc::bad_parameter);
    CHECK(refusal_of(search::date.older_than(std::chrono::year{10000} / 1 / 1)) ==
          errc::bad_parameter);
    CHECK(refusal_of(search::date.older_than(
              std::chrono::sys_days{std::chrono::days{100'000'000}})) == errc::bad_parameter);
    // The year of this day, some 67'000, is a small one in the 16 bits of std::chrono::year.
    const std::chrono::sys_days wraps{std::chrono::days{23'952'000}};
    CHECK(refusal_of(search::date.older_than(wraps)) == errc::bad_parameter);
    CHECK(refusal_of(search::date.older_than(std::chrono::sys_days{-1y / 12 / 31})) ==
          errc::bad_parameter);
    CHECK(clause_of(search::date.older_than(std::chrono::sys_days{0y / 1 / 1})) ==
          "date__older_than=0000%2F01%2F01");
    CHECK(clause_of(search::date.older_than(std::chrono::sys_days{9999y / 12 / 31})) ==
          "date__older_than=9999%2F12%2F31");
    CHECK(refusal_of(search::datetime.older_than(std::chrono::sys_days{10000y / 1 / 1})) ==
          errc::bad_parameter);
    CHECK(refusal_of(search::datetime.between(six, six - 1ms)) == errc::bad_parameter);
    using far_hours = std::chrono::sys_time<std::chrono::hours>;
    CHECK(refusal_of(search::datetime.older_than(far_hours{std::chrono::hours::max()})) ==
          errc::bad_parameter);
    CHECK(refusal_of(search::datetime.older_than(far_hours{std::chrono::hours::min()})) ==
          errc::bad_parameter);
    CHECK(refusal_of(search::duration.greater_than(-1s)) == errc::bad_parameter);
    CHECK(refusal_of(search::duration.greater_than(std::chrono::hours::max())) ==
          errc::bad_parameter);
    CHECK(refusal_of(search::duration.between(10min, 30s)) == errc::bad_parameter);
    CHECK(refusal_of(search::notes_count.between(3, 1)) == errc::bad_parameter);
    CHECK(refusal_of(search::notes_count.equal_to(std::uint64_t{0x8000000000000000u})) ==
          errc::bad_parameter);
    CHECK(clause_of(search::notes_count.equal_to(std::int64_t{-0x7FFFFFFFFFFFFFFF} - 1)) ==
          "notes_count__equal_to=-9223372036854775808");
    for (const text bad : {"", "-", "1e3", "0x10", "1,5", "1.", ".5", "+1", "1.5.5", " 1", "--1"}) {
        CAPTURE(bad);
        CHECK(refusal_of(search::notes_count.equal_to(number{bad})) == errc::bad_parameter);
        CHECK(refusal_of("notes_count__equal_to", bad) == errc::bad_parameter);
    }
    const std::string forty(40, '7');
    const std::string forty_one(41, '7');
    CHECK(clause_of(search::notes_count.between(number{forty}, number{forty})) ==
          "notes_count__between=" + forty + "-" + forty);
    CHECK(refusal_of(search::notes_count.equal_to(number{forty_one})) == errc::bad_parameter);

    CHECK(refusal_of(search::custom("mine", "contains", "x")) == errc::unknown_parameter);
    CHECK(refusal_of(search::custom("mine", comparison::unknown, "x")) == errc::unknown_parameter);
    CHECK(refusal_of(search::notes.includes("\xC3")) == errc::invalid_utf8);
    CHECK(refusal_of(search::custom("\xFF", "includes", "x")) == errc::invalid_utf8);
    CHECK(clause_of(search::notes.includes("\xC3\xA9")) == "notes__includes=%C3%A9");
    const std::string longest(64, 'n');
    const std::string too_long(65, 'n');
    CHECK(clause_of(search::custom(longest, "newer_than_minutes", "1")) ==
          longest + "__newer_than_minutes=1");
    CHECK(refusal_of(search::custom(too_long, "is", "1")) == errc::too_long);
    CHECK(refusal_of(condition{}) == errc::bad_parameter);
}

TEST_CASE("search: conditions add up, in their order, whichever side they are on") {
    const auto a = search::notes.is_empty();
    const auto b = search::acd_id.not_empty();
    const auto c = search::confidential.is_true();
    const auto d = search::notes_count.equal_to(1);
    const std::string expected =
        "?advanced_search=1&notes__is_empty=1&acd_id__not_empty=1&confidential__is_true=1&notes_count__equal_to=1";
    CHECK(query_of(a && b && c && d) == expected);
    CHECK(query_of(a && (b && (c && d))) == expected);
    CHECK(query_of((a && b) && (c && d)) == expected);

    call_search by_hand;
    for (const condition& each : {a, b, c, d}) CHECK(by_hand.add(each) == errc::ok);
    CHECK(by_hand == (a && b && c && d));
    CHECK_FALSE(by_hand == (a && b && d && c));
    CHECK_FALSE(by_hand == (a && b && c));
    CHECK(by_hand.size() == 4);
    CHECK(by_hand[2] == c);
}

TEST_CASE("search: no more conditions than there is room for") {
    call_search full;
    for (std::size_t i = 0; i < call_search::capacity; ++i)
        CHECK(full.add(search::notes.is_empty()) == errc::ok);
    const call_search before = full;
    CHECK(full.add(search::notes.not_empty()) == errc::too_many);
    CHECK(full == before);

    const result<bool> taken = parse_clause("notes__not_empty", "1", full);
    CHECK(taken.code() == errc::too_many);
    CHECK(taken.error().needed == call_search::capacity + 1);
    CHECK(taken.error().needed_is_lower_bound);
    CHECK(full == before);
}

TEST_CASE("search: conditions differ in any of their parts") {
    const std::string first = "same";
    const std::string second = "same";
    CHECK(search::notes.includes(first) == search::notes.includes(second));
    CHECK_FALSE(search::notes.includes("a") == search::notes.includes("b"));
    CHECK_FALSE(search::notes.includes("a") == search::notes.equal_to("a"));
    CHECK_FALSE(search::notes.includes("a") == search::acd_id.includes("a"));
    CHECK_FALSE(search::notes_count.equal_to(1) == search::notes_count.equal_to(2));
    CHECK_FALSE(search::notes_count.between(1, 2) == search::notes_count.between(1, 3));
    CHECK(search::notes_count.equal_to(number{"5"}) == search::notes_count.equal_to(5));
    CHECK_FALSE(search::notes_count.equal_to(number{"5.0"}) == search::notes_count.equal_to(5));
    CHECK_FALSE(search::notes_count.equal_to(number{"05"}) == search::notes_count.equal_to(5));
    CHECK_FALSE(search::notes_count.equal_to(number{"1.5"}) ==
                search::notes_count.equal_to(number{"1.6"}));
    CHECK_FALSE(search::date.equal_to(2014y / 1 / 1) == search::date.equal_to(2014y / 1 / 2));
    CHECK_FALSE(search::datetime.older_than(six) == search::datetime.older_than(six + 1ms));
    CHECK_FALSE(search::duration.lower_than(1s) == search::duration.lower_than(2s));
    CHECK_FALSE(search::custom("a", "is", "x") == search::custom("b", "is", "x"));
}

TEST_CASE("search: a server can look at what was asked for") {
    const condition words = read("phone_number__includes", "1234");
    CHECK(words.parameter() == search_parameter::phone_number);
    CHECK(words.name() == "phone_number");
    CHECK(words.op() == comparison::includes);
    CHECK(words.kind() == condition_value::words);
    CHECK(words.words() == "1234");
    CHECK(words.integers() == miarec::integer_range{});

    CHECK(read("date__older_than_days", "30").integers() == miarec::integer_range{30, 30});
    CHECK(read("datetime__newer_than_minutes", "5").integers() == miarec::integer_range{5, 5});
    CHECK(read("notes_count__between", "1-2").integers() == miarec::integer_range{1, 2});
    CHECK(read("notes_count__equal_to", "1.50").decimals() ==
          miarec::number_range{number{"1.50"}, number{"1.50"}});
    CHECK(read("date__between", "2014/11/01").days() ==
          tipring::date_range{2014y / 11 / 1, 2014y / 11 / 1});
    CHECK(read("datetime__older_than", "2019-04-30T06:00:00Z").times().first == six);
    CHECK(read("duration__greater_than", "01:01:01").durations() ==
          tipring::duration_range{3661s, 3661s});
    CHECK(read("confidential__is_false", "whatever").kind() == condition_value::none);
    CHECK(read("notes__not_empty", "").kind() == condition_value::none);
    CHECK(words.decimals() == miarec::number_range{});
    CHECK(words.days() == tipring::date_range{});
    CHECK(words.times() == miarec::time_range{});
    CHECK(words.durations() == tipring::duration_range{});
    CHECK(read("confidential__is_true", "1").words().empty());
}

TEST_CASE("search: an operator that the type does not have is kept as it came") {
    const condition odd = read("duration__includes", "30");
    CHECK(odd.parameter() == search_parameter::other);
    CHECK(odd == search::custom("duration", "includes", "30"));
    CHECK(clause_of(odd) == "duration__includes=30");
    // By its own operators it is typed.
    CHECK(read("duration__lower_than", "30").parameter() == search_parameter::duration);
}

TEST_CASE("search: hostile clauses are refused") {
    struct row {
        text name;
        text value;
        errc expected;
    };
    const std::string long_name = std::string(5000, 'a') + "__is";
    const std::string digits(5000, '9');
    const row rows[] = {
        {"__", "1", errc::unknown_parameter},
        {"____", "1", errc::unknown_parameter},
        {"__includes", "1", errc::unknown_parameter},
        {"notes__", "1", errc::unknown_parameter},
        {"notes__Includes", "1", errc::unknown_parameter},
        {"notes__includes ", "1", errc::unknown_parameter},
        {"notes__includes\n", "1", errc::unknown_parameter},
        {text{"notes__includes\0", 16}, "1", errc::unknown_parameter},
        {"notes__unknown", "1", errc::unknown_parameter},
        {"notes__includes", "", errc::bad_parameter},
        {"mine__includes", "", errc::bad_parameter},
        {"call_id__is", "", errc::bad_parameter},
        {"date__equal_to", "", errc::bad_parameter},
        {"date__equal_to", "2014-11-01", errc::bad_parameter},
        {"date__equal_to", "2014/11/31", errc::bad_parameter},
        {"date__equal_to", "2014/11/01-2014/12/01", errc::bad_parameter},
        {"date__between", "2014/11/01-", errc::bad_parameter},
        {"date__older_than_days", "", errc::bad_parameter},
        {"date__older_than_days", "3.5", errc::bad_parameter},
        {"date__older_than_days", "three", errc::bad_parameter},
        {"date__older_than_days", digits, errc::bad_parameter},
        {"datetime__older_than", "yesterday", errc::bad_parameter},
        {"datetime__older_than", "", errc::bad_parameter},
        {"datetime__older_than_minutes", "5m", errc::bad_parameter},
        {"duration__greater_than", "-1", errc::bad_parameter},
        {"duration__greater_than", "1:60", errc::bad_parameter},
        {"duration__greater_than", "1:2:3:4", errc::bad_parameter},
        {"duration__greater_than", "", errc::bad_parameter},
        {"duration__greater_than", digits, errc::bad_parameter},
        {"duration__between", "30", errc::bad_parameter},
        {"notes_count__equal_to", digits, errc::bad_parameter},
        {"notes_count__between", digits, errc::bad_parameter},
    };
    for (const row& r : rows) {
        CAPTURE(r.name);
        CAPTURE(r.value);
        CHECK(refusal_of(r.name, r.value) == r.expected);
    }
    const call_search kept = read(long_name, "1");
    CHECK(refusal_of(kept) == errc::too_long);

    call_search what;
    const auto failure = parse_clause("date__equal_to", "soon", what).error();
    CHECK(line_of(failure) == "date: a parameter has a value that is not allowed");
}

TEST_CASE("search: searches are made and written at compile time, and are small trivial values") {
    constexpr call_search where =
        search::phone_number.includes("1234") && search::duration.between(30s, 10min);
    static_assert(where.size() == 2 && where[0].words() == "1234");
    static_assert(where == call_search{search::phone_number.includes("1234") &&
                                       search::duration.between(30s, 10min)});
    static_assert([] {
        char bytes[100] = {};
        writer out{bytes};
        http::query_writer query{out};
        const call_search one = search::date.older_than_days(30);
        return put_query(one, query).has_value() &&
               out.written() == "?advanced_search=1&date__older_than_days=30";
    }());
    static_assert(std::is_trivially_copyable_v<call_search>);
    static_assert(sizeof(call_search) <= call_search::capacity * sizeof(condition) + 8);
    CHECK(where.begin() + 2 == where.end());
}
