// Dates and times: forms and vectors from RFC 3339, the MiaRec manual and the decisions D-24; days
// against a count that walks the Gregorian calendar year by year.
#include <tipring/core/field.hpp>
#include <tipring/core/given.hpp>
#include <tipring/core/time.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <type_traits>

#include "effort.hpp"

using namespace tipring;
using namespace std::chrono_literals;

namespace {

/// Milliseconds since 1970 of a date-time, taken as `assumed` if it names no zone; a number that no
/// test expects after an error.
constexpr std::int64_t milliseconds_of(text written, std::chrono::minutes assumed = 0min) {
    const result<timestamp> parsed = parse_datetime(written);
    return parsed ? (*parsed).to_utc(assumed).time_since_epoch().count() : -1;
}

constexpr std::int64_t nanoseconds_of(text written) {
    const result<timestamp> parsed = parse_datetime(written);
    return parsed ? (*parsed).fraction.count() : -1;
}

constexpr bool fails(const error& failure, errc code, std::size_t offset) {
    return failure.code == code && failure.offset == offset;
}

constexpr bool refuses(text written, errc code, std::size_t offset) {
    return fails(parse_datetime(written).error(), code, offset);
}

constexpr utc_instant at_seconds(std::int64_t seconds) {
    return utc_instant{std::chrono::seconds{seconds}};
}

std::string printed(utc_instant when, std::chrono::minutes offset) {
    char bytes[64] = {};
    writer out{bytes};
    return print(when, offset, out) ? std::string{out.written()} : "error";
}

std::string printed_search(utc_instant when) {
    char bytes[64] = {};
    writer out{bytes};
    return print_search(when, out) ? std::string{out.written()} : "error";
}

template <class T>
std::string printed(const T& value) {
    char bytes[64] = {};
    writer out{bytes};
    return print(value, out) ? std::string{out.written()} : "error";
}

// RFC 3339 section 5.8.
static_assert(milliseconds_of("1985-04-12T23:20:50.52Z") == 482196050520);
static_assert(milliseconds_of("1996-12-19T16:39:57-08:00") == 851042397000);
static_assert(milliseconds_of("1990-12-31T23:59:60Z") == 662688000000);
static_assert(milliseconds_of("1937-01-01T12:00:27.87+00:20") == -1041337172130);
static_assert(refuses("2013-02-29T00:00:00Z", errc::out_of_range, 8));
static_assert(std::is_trivially_copyable_v<timestamp> &&
              std::is_trivially_copyable_v<datetime_text>);
static_assert(text_like<datetime>);
static_assert(std::is_convertible_v<const datetime_text&, datetime>);
static_assert(!std::is_convertible_v<datetime_text, datetime>, "a view of a temporary");
static_assert(!std::is_convertible_v<datetime_text, field<datetime>>, "a view of a temporary");

} // namespace

TEST_CASE("D-24: every documented spelling of a zone is read") {
    // 2013-10-13T00:32:22Z, computed with date(1).
    constexpr std::int64_t instant = 1381624342000;
    CHECK(milliseconds_of("2013-10-12T16:32:22-0800") == instant);
    CHECK(milliseconds_of("2013-10-12T16:32:22-08:00") == instant);
    CHECK(milliseconds_of("2013-10-12T16:32:22-08") == instant);
    CHECK(milliseconds_of("2013-10-13T08:32:22+0800") == instant);
    CHECK(milliseconds_of("2013-10-13T08:32:22+08:00") == instant);
    CHECK(milliseconds_of("2013-10-13T08:32:22+08") == instant);
    CHECK(milliseconds_of("2013-10-13T06:02:22+0530") == instant);
    CHECK(milliseconds_of("2013-10-13T06:02:22+05:30") == instant);
    CHECK(milliseconds_of("2013-10-13T00:32:22Z") == instant);
    CHECK(milliseconds_of("2013-10-13T00:32:22z") == instant);
    CHECK(milliseconds_of("2013-10-13T00:32:22-00:00") == instant);
    CHECK(milliseconds_of("2013-10-13t00:32:22Z") == instant);
    CHECK(milliseconds_of("2013-10-13 00:32:22+00:00") == instant);
    CHECK(milliseconds_of("2013-10-13T00:32:22.000Z") == instant);
}

TEST_CASE("D-24: the spellings of the manual") {
    CHECK(milliseconds_of("2014-06-10T13:45:51+0800") == 1402379151000);
    CHECK(milliseconds_of("2019-04-30T06:00:00.000Z") == 1556604000000);
}

TEST_CASE("D-24: without a zone a date-time is local and names no instant") {
    const result<timestamp> parsed = parse_datetime("2013-10-12T16:32:22");
    REQUIRE(parsed);
    CHECK(parsed->is_local());
    CHECK(!parsed->instant().has_value());
    CHECK(parsed->to_utc(-480min) == at_seconds(1381624342));
    CHECK(parsed->to_utc(0min) == at_seconds(1381595542));

    const result<timestamp> zoned = parse_datetime("2013-10-12T16:32:22-0800");
    REQUIRE(zoned);
    CHECK(!zoned->is_local());
    CHECK(zoned->offset == -480min);
    CHECK(zoned->instant() == at_seconds(1381624342));
    CHECK(zoned->to_utc(600min) == at_seconds(1381624342));
}

TEST_CASE("D-24: fractions of one to nine digits") {
    const std::string digits = "123456789";
    std::int64_t expected = 0;
    std::int64_t weight = 100'000'000;
    for (std::size_t count = 1; count <= 9; ++count, weight /= 10) {
        CAPTURE(count);
        expected += weight * static_cast<std::int64_t>(count);
        for (const char* const zone : {"", "Z", "+0800", "-08:00", "+08"})
            CHECK(nanoseconds_of("2013-10-12T16:32:22." + digits.substr(0, count) + zone) ==
                  expected);
    }
    CHECK(refuses("2013-10-12T16:32:22.1234567890Z", errc::invalid_time, 29));
    CHECK(refuses("2013-10-12T16:32:22.Z", errc::invalid_time, 20));
    CHECK(refuses("2013-10-12T16:32:22.", errc::unexpected_end, 20));
    CHECK(refuses("2013-10-12T16:32:22,5Z", errc::invalid_time, 19));
}

TEST_CASE("timestamp: instants are cut, not rounded, to the duration asked for, before 1970 too") {
    const result<timestamp> late = parse_datetime("2013-10-13T00:32:22.999999999Z");
    REQUIRE(late);
    CHECK(late->instant()->time_since_epoch().count() == 1381624342999);
    CHECK(late->instant<std::chrono::nanoseconds>()->time_since_epoch().count() ==
          1381624342999999999);
    CHECK(late->instant<std::chrono::seconds>()->time_since_epoch().count() == 1381624342);
    CHECK(milliseconds_of("1969-12-31T23:59:59.999Z") == -1);
    CHECK(milliseconds_of("1969-12-31T23:59:58.0009Z") == -2000);
}

TEST_CASE("timestamp: the ends of the range") {
    CHECK(milliseconds_of("0000-01-01T00:00:00Z") == -62167219200000);
    CHECK(milliseconds_of("9999-12-31T23:59:59.999Z") == 253402300799999);
    CHECK(milliseconds_of("0000-01-01T00:00:00+23:59") == -62167219200000 - 86340000);
    CHECK(milliseconds_of("9999-12-31T23:59:60-23:59") == 253402300800000 + 86340000);
}

TEST_CASE("parse_datetime: numbers out of range, with the offset of the number") {
    CHECK(refuses("2013-00-12T16:32:22Z", errc::out_of_range, 5));
    CHECK(refuses("2013-13-12T16:32:22Z", errc::out_of_range, 5));
    CHECK(refuses("2013-10-00T16:32:22Z", errc::out_of_range, 8));
    CHECK(refuses("2013-10-32T16:32:22Z", errc::out_of_range, 8));
    CHECK(refuses("2013-11-31T16:32:22Z", errc::out_of_range, 8));
    CHECK(refuses("1900-02-29T16:32:22Z", errc::out_of_range, 8));
    CHECK(refuses("2013-10-12T24:00:00Z", errc::out_of_range, 11));
    CHECK(refuses("2013-10-12T16:60:22Z", errc::out_of_range, 14));
    CHECK(refuses("2013-10-12T16:32:61Z", errc::out_of_range, 17));
    CHECK(refuses("2013-10-12T16:32:22+24:00", errc::out_of_range, 20));
    CHECK(refuses("2013-10-12T16:32:22+0860", errc::out_of_range, 22));
    CHECK(parse_datetime("2012-02-29T16:32:22Z"));
    CHECK(parse_datetime("2000-02-29T16:32:22Z"));
}

TEST_CASE("parse_datetime: what is not a date-time") {
    CHECK(refuses("", errc::unexpected_end, 0));
    CHECK(refuses("today", errc::invalid_time, 0));
    CHECK(refuses(" 2013-10-12T16:32:22Z", errc::invalid_time, 0));
    CHECK(refuses("2013-10-12T16:32:22Z ", errc::invalid_time, 20));
    CHECK(refuses("2013/10/12T16:32:22Z", errc::invalid_time, 4));
    CHECK(refuses("2013-10-12  16:32:22Z", errc::invalid_time, 11));
    CHECK(refuses("2013-10-12_16:32:22Z", errc::invalid_time, 10));
    CHECK(refuses("2013-10-12T16:32:22ZZ", errc::invalid_time, 20));
    CHECK(refuses("2013-10-12T16:32:22 Z", errc::invalid_time, 19));
    CHECK(refuses("2013-10-12T16:32:22+08:00Z", errc::invalid_time, 25));
    CHECK(refuses("2013-10-12T16:32:22+08000", errc::invalid_time, 24));
    CHECK(refuses("2013-10-12T16:32:22+8:00", errc::invalid_time, 21));
    CHECK(refuses("2013-10-12T16:32:22PST", errc::invalid_time, 19));
    CHECK(refuses("-013-10-12T16:32:22Z", errc::invalid_time, 0));
    CHECK(refuses("12013-10-12T16:32:22Z", errc::invalid_time, 4));
    CHECK(refuses(text{"2013-10-12T16:32:22\0", 20}, errc::invalid_time, 19));
}

TEST_CASE(
    "parse_datetime: every truncation is refused at its end, save those that are shorter forms") {
    for (const text whole :
         {text{"2013-10-12T16:32:22.123-08:00"}, text{"2013-10-12T16:32:22+0800"}}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const text cut = slice(whole, 0, size);
            CAPTURE(cut);
            const std::size_t seconds_end = 19;
            const std::size_t sign = whole.find_first_of("+-", seconds_end);
            const bool shorter_form =
                size == seconds_end || (size > seconds_end + 1 && size <= sign) || size == sign + 3;
            if (shorter_form)
                CHECK(parse_datetime(cut));
            else
                CHECK(refuses(cut, errc::unexpected_end, size));
        }
    }
}

TEST_CASE(
    "parse_datetime: any other byte in any place is refused or changes nothing but the value") {
    const std::string whole = "2013-10-12T16:32:22.123-08:00";
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (unsigned byte = 0; byte < 256; ++byte) {
            std::string changed = whole;
            changed[at] = static_cast<char>(byte);
            const bool digit = byte >= '0' && byte <= '9';
            const bool separator =
                (at == 10 && (byte == 't' || byte == ' ')) || (at == 23 && byte == '+');
            const result<timestamp> parsed = parse_datetime(changed);
            if (changed == whole || (at >= 20 && at <= 22 && digit) || separator) {
                CHECK(parsed.has_value());
            } else if (!digit) {
                // A sign inside the fraction starts a zone, so the refusal may come a few bytes
                // later.
                CHECK(parsed.code() == errc::invalid_time);
                CHECK(parsed.error().offset >= at);
                CHECK(parsed.error().offset <= at + 4);
            }
        }
}

TEST_CASE("dates: all days of the years 1600 to 2400 against a walk through the calendar") {
    const auto leap = [](int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    };
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    // 1970-01-01 is day 0; count back to 1600-01-01.
    std::int64_t day_number = 0;
    for (int year = 1969; year >= 1600; --year) day_number -= leap(year) ? 366 : 365;
    std::size_t wrong = 0;
    std::size_t days = 0;
    for (int year = 1600; year <= 2400; ++year)
        for (int month = 1; month <= 12; ++month) {
            const int length = lengths[month - 1] + (month == 2 && leap(year) ? 1 : 0);
            for (int day = 1; day <= 31; ++day) {
                char written[64] = {};
                std::snprintf(written, sizeof written, "%04d-%02d-%02dT00:00:00Z", year, month,
                              day);
                char slashes[64] = {};
                std::snprintf(slashes, sizeof slashes, "%04d/%02d/%02d", year, month, day);
                const result<calendar_date> parsed = parse_date(slashes);
                if (day > length) {
                    if (!refuses(written, errc::out_of_range, 8)) ++wrong;
                    if (parsed.code() != errc::out_of_range) ++wrong;
                    continue;
                }
                const utc_instant midnight = at_seconds(day_number * 86400);
                ++day_number;
                if (days++ % effort::stride != 0) continue;
                if (milliseconds_of(written) != midnight.time_since_epoch().count()) ++wrong;
                if (!parsed || std::chrono::sys_days{*parsed} != midnight ||
                    printed(*parsed) != slashes)
                    ++wrong;
                const std::string search = printed_search(midnight);
                if (search != std::string{written, 19} + ".000Z") ++wrong;
            }
        }
    CHECK(wrong == 0);
    CHECK(days == 801 * 365 + 195);
}

TEST_CASE("D-24: JSON gets a colon in the offset and milliseconds only when there are any") {
    const utc_instant when = at_seconds(1381624342);
    CHECK(printed(when, -480min) == "2013-10-12T16:32:22-08:00");
    CHECK(printed(when, 480min) == "2013-10-13T08:32:22+08:00");
    CHECK(printed(when, 330min) == "2013-10-13T06:02:22+05:30");
    CHECK(printed(when, -30min) == "2013-10-13T00:02:22-00:30");
    CHECK(printed(when, 0min) == "2013-10-13T00:32:22+00:00");
    CHECK(printed(when + 7ms, 0min) == "2013-10-13T00:32:22.007+00:00");
    CHECK(printed(when + 120ms, -480min) == "2013-10-12T16:32:22.120-08:00");
    CHECK(printed(at_seconds(0) - 1ms, 0min) == "1969-12-31T23:59:59.999+00:00");
}

TEST_CASE("D-24: search values are UTC with milliseconds and Z") {
    CHECK(printed_search(at_seconds(1556604000)) == "2019-04-30T06:00:00.000Z");
    CHECK(printed_search(at_seconds(1556604000) + 45ms) == "2019-04-30T06:00:00.045Z");
    CHECK(printed_search(at_seconds(-1)) == "1969-12-31T23:59:59.000Z");
}

TEST_CASE("print: outside of four-digit years and of a day's offset nothing is written") {
    CHECK(printed(at_seconds(-62167219200), 0min) == "0000-01-01T00:00:00+00:00");
    CHECK(printed(at_seconds(253402300799), 0min) == "9999-12-31T23:59:59+00:00");
    CHECK(printed(at_seconds(-62167219201), 1min) == "0000-01-01T00:00:59+00:01");
    CHECK(printed(at_seconds(253402300800), -1min) == "9999-12-31T23:59:00-00:01");
    for (const auto& [when, offset] : {std::pair{at_seconds(-62167219201), 0min},
                                       {at_seconds(253402300800), 0min},
                                       {at_seconds(253402300799), 1min},
                                       {at_seconds(-62167219200), -1min},
                                       {at_seconds(0), 1440min},
                                       {at_seconds(0), -1440min},
                                       {utc_instant::max(), 0min},
                                       {utc_instant::min(), 0min},
                                       {utc_instant::max(), 1439min},
                                       {utc_instant::min(), -1439min},
                                       {at_seconds(0), std::chrono::minutes::max()},
                                       {at_seconds(0), std::chrono::minutes::min()}}) {
        writer out;
        CHECK(print(when, offset, out).code() == errc::out_of_range);
        CHECK(out.size() == 0);
    }
    CHECK(printed_search(utc_instant::max()) == "error");
    CHECK(printed_search(utc_instant::min()) == "error");
}

TEST_CASE("print: what is printed is read back, over the whole range") {
    std::size_t wrong = 0;
    std::uint64_t state = 1;
    for (int i = 0; i < 20000; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const auto when = utc_instant{std::chrono::milliseconds{
            -62167219200000 + 86400000 +
            static_cast<std::int64_t>((state >> 8) % (315569520000000 - 2 * 86400000))}};
        const std::chrono::minutes offset{static_cast<int>((state >> 3) % 2879) - 1439};
        const result<timestamp> json = parse_datetime(printed(when, offset));
        if (!json || json->instant() != when || json->offset != offset) ++wrong;
        const result<timestamp> search = parse_datetime(printed_search(when));
        if (!search || search->instant() != when) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE(
    "datetime: a field views a printed date-time, and an odd one costs nothing until it is read") {
    const result<datetime_text> till = datetime_text::make(at_seconds(1381624342), -480min);
    REQUIRE(till);
    const field<datetime> member = *till;
    REQUIRE(member);
    CHECK((*member).value == "2013-10-12T16:32:22-08:00");
    CHECK(member->parse()->instant() == at_seconds(1381624342));
    const auto searched = datetime_text::make_search(at_seconds(0));
    REQUIRE(searched);
    CHECK(searched->view().value == "1970-01-01T00:00:00.000Z");
    const auto far_west = datetime_text::make(at_seconds(0) + 1ms, -1439min);
    REQUIRE(far_west);
    CHECK(far_west->view().value == "1969-12-31T00:01:00.001-23:59");
    CHECK(datetime_text::make(utc_instant::max()).code() == errc::out_of_range);

    const datetime odd{"yesterday at noon"};
    CHECK(odd.value == "yesterday at noon");
    CHECK(odd.parse().code() == errc::invalid_time);
    CHECK(is_none(field<datetime>{datetime{""}}));
    CHECK(datetime{"2013-10-12T16:32:22Z"} != datetime{"2013-10-12T16:32:22+00:00"});
}

TEST_CASE("dates: YYYY/MM/DD alone") {
    using namespace std::chrono;
    const result<calendar_date> parsed = parse_date("2014/11/01");
    REQUIRE(parsed);
    CHECK(*parsed == 2014y / November / 1);
    CHECK(printed(*parsed) == "2014/11/01");
    CHECK(printed(calendar_date{0y / January / 1}) == "0000/01/01");
    CHECK(printed(calendar_date{-1y / January / 1}) == "error");
    CHECK(printed(calendar_date{10000y / January / 1}) == "error");
    CHECK(printed(calendar_date{2013y / February / 29}) == "error");
    CHECK(fails(parse_date("2014-11-01").error(), errc::invalid_time, 4));
    CHECK(fails(parse_date("2014/11/1").error(), errc::unexpected_end, 9));
    CHECK(fails(parse_date("2014/1/01").error(), errc::invalid_time, 6));
    CHECK(fails(parse_date("2014/11/011").error(), errc::invalid_time, 10));
    CHECK(fails(parse_date("2014/02/30").error(), errc::out_of_range, 8));
    CHECK(fails(parse_date("").error(), errc::unexpected_end, 0));
}

TEST_CASE("dates: ranges, blanks around the dash or none") {
    using namespace std::chrono;
    const date_range expected{.first = 2014y / November / 1, .last = 2014y / December / 1};
    for (const text written : {text{"2014/11/01-2014/12/01"}, text{"2014/11/01 - 2014/12/01"},
                               text{"2014/11/01  -2014/12/01"}, text{"2014/11/01-   2014/12/01"}}) {
        CAPTURE(written);
        const result<date_range> parsed = parse_date_range(written);
        REQUIRE(parsed);
        CHECK(*parsed == expected);
    }
    CHECK(printed(expected) == "2014/11/01-2014/12/01");
    const result<date_range> one = parse_date_range("2014/11/01");
    REQUIRE(one);
    CHECK(*one == date_range{.first = expected.first, .last = expected.first});
    CHECK(printed(date_range{.first = expected.first}) == "error");
    CHECK(fails(parse_date_range("2014/11/01/2014/12/01").error(), errc::invalid_time, 10));
    CHECK(fails(parse_date_range("2014/11/01-").error(), errc::unexpected_end, 11));
    CHECK(fails(parse_date_range("2014/11/01 ").error(), errc::unexpected_end, 11));
    CHECK(fails(parse_date_range("2014/11/01-2014/12/01 ").error(), errc::invalid_time, 21));
    CHECK(fails(parse_date_range("2014/11/01--2014/12/01").error(), errc::invalid_time, 11));
    CHECK(fails(parse_date_range("2014/11/01-2014/13/01").error(), errc::out_of_range, 16));
}

TEST_CASE("date-times: ranges have a slash between them") {
    const result<timestamp_range> range =
        parse_datetime_range("2019-04-30T06:00:00.000Z/2019-04-30T06:30:00.000Z");
    REQUIRE(range);
    CHECK(range->first.instant() == at_seconds(1556604000));
    CHECK(range->last.instant() == at_seconds(1556605800));
    CHECK(parse_datetime_range("2019-04-30T06:00:00/2019-04-30T06:30:00-08"));
    CHECK(fails(parse_datetime_range("2019-04-30T06:00:00Z").error(), errc::unexpected_end, 20));
    CHECK(fails(parse_datetime_range("2019-04-30T06:00:00Z-2019-04-30T06:30:00Z").error(),
                errc::invalid_time, 20));
    CHECK(fails(parse_datetime_range("2019-04-30T06:00:00Z/2019-04-30T06:99:00Z").error(),
                errc::out_of_range, 35));
    CHECK(fails(parse_datetime_range("2019-04-30T06:00:00Z/2019-04-30T06:30:00Z/").error(),
                errc::invalid_time, 41));
}

TEST_CASE("durations: SS, MM:SS and HH:MM:SS") {
    const auto seconds = [](text written) {
        const auto parsed = parse_duration(written);
        return parsed ? (*parsed).count() : -1;
    };
    CHECK(seconds("0") == 0);
    CHECK(seconds("30") == 30);
    CHECK(seconds("600") == 600);
    CHECK(seconds("00:30") == 30);
    CHECK(seconds("10:00") == 600);
    CHECK(seconds("90:00") == 5400);
    CHECK(seconds("1:05") == 65);
    CHECK(seconds("01:00:00") == 3600);
    CHECK(seconds("23:59:59") == 86399);
    CHECK(seconds("100:00:01") == 360001);
    CHECK(seconds("1000000000") == 1000000000);
    CHECK(seconds("277777:46:40") == 1000000000);
    CHECK(fails(parse_duration("277777:46:41").error(), errc::out_of_range, 0));
    CHECK(fails(parse_duration("1000000000:59:59").error(), errc::out_of_range, 0));
    CHECK(fails(parse_duration("1000000001").error(), errc::out_of_range, 0));
    CHECK(fails(parse_duration("99999999999999999999999").error(), errc::out_of_range, 0));
    CHECK(fails(parse_duration("").error(), errc::unexpected_end, 0));
    CHECK(fails(parse_duration("-1").error(), errc::invalid_time, 0));
    CHECK(fails(parse_duration("1:60").error(), errc::out_of_range, 2));
    CHECK(fails(parse_duration("1:5").error(), errc::unexpected_end, 3));
    CHECK(fails(parse_duration("1:").error(), errc::unexpected_end, 2));
    CHECK(fails(parse_duration("1:05:").error(), errc::unexpected_end, 5));
    CHECK(fails(parse_duration("1:05:00:00").error(), errc::invalid_time, 7));
    CHECK(fails(parse_duration("1:055").error(), errc::invalid_time, 4));
    CHECK(fails(parse_duration("1.5").error(), errc::invalid_time, 1));
}

TEST_CASE("durations: ranges and printing") {
    const duration_range expected{.shortest = 30s, .longest = 600s};
    for (const text written :
         {text{"30-600"}, text{"30 - 600"}, text{"00:30-10:00"}, text{"00:00:30 -00:10:00"}}) {
        CAPTURE(written);
        const result<duration_range> parsed = parse_duration_range(written);
        REQUIRE(parsed);
        CHECK(*parsed == expected);
    }
    CHECK(printed(expected) == "30-600");
    CHECK(printed(duration_range{.shortest = -1s}) == "error");
    CHECK(printed(duration_range{.longest = -1s}) == "error");
    CHECK(fails(parse_duration_range("30").error(), errc::unexpected_end, 2));
    CHECK(fails(parse_duration_range("30/600").error(), errc::invalid_time, 2));
    CHECK(fails(parse_duration_range("30-600s").error(), errc::invalid_time, 6));

    char bytes[32] = {};
    writer out{bytes};
    CHECK(print_duration(5400s, out));
    CHECK(out.written() == "5400");
    CHECK(print_duration(-1s, out).code() == errc::out_of_range);
    CHECK(print_duration(longest_duration + 1s, out).code() == errc::out_of_range);
    CHECK(printed(duration_range{.longest = longest_duration + 1s}) == "error");
    CHECK(out.written() == "5400");
}

TEST_CASE("print: a range of which only the first day, or only the last, has no four-digit year") {
    constexpr calendar_date good{std::chrono::year{2022}, std::chrono::month{5},
                                 std::chrono::day{30}};
    constexpr calendar_date bad{std::chrono::year{10000}, std::chrono::month{5},
                                std::chrono::day{30}};
    for (const date_range days : {date_range{bad, good}, date_range{good, bad}}) {
        char buffer[30];
        writer out{buffer};
        CHECK(print(days, out).code() == errc::out_of_range);
        CHECK(out.size() == 0);
    }
    CHECK(date_range{good, good} == date_range{good, good});
    CHECK_FALSE(date_range{good, good} == date_range{good, bad});
    CHECK_FALSE(date_range{good, good} == date_range{bad, good});
    CHECK_FALSE(duration_range{1s, 2s} == duration_range{1s, 3s});
    CHECK_FALSE(duration_range{1s, 2s} == duration_range{2s, 2s});
}

TEST_CASE("datetime: empty as long as nothing is written, and no text for a far year") {
    CHECK(datetime{}.empty());
    CHECK_FALSE(datetime{"2022-05-30"}.empty());
    CHECK(datetime_text::make_search(utc_instant::max()).code() == errc::out_of_range);
}

TEST_CASE("given: lengths of time that no signed number of 64 bits holds") {
    using unsigned_seconds = std::chrono::duration<std::uint64_t>;
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK(given::whole_ticks<std::chrono::seconds>(unsigned_seconds{most}) ==
          std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE(given::whole_ticks<std::chrono::seconds>(unsigned_seconds{most + 1}));
}
