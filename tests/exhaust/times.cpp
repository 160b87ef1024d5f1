// Dates and times: everything near the forms that there are, all days, times of day and offsets,
// and all short lengths of time, as tests/plain_times.hpp reads them.
#include <tipring/core/time.hpp>
#include <tipring/http/date.hpp>

#include "exhaust.hpp"
#include "plain_times.hpp"
#include "plain_times_agree.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

using namespace tipring;
using plain_times::moment;
using plain_times::reading;

namespace {

template <class Value>
void compare(exhaust::tally& seen, std::string_view written, const result<Value>& ours,
             const reading& theirs) {
    seen.note(written, ours.has_value(), plain_times::agree(ours, theirs));
}

void try_datetime(exhaust::tally& seen, std::string_view written) {
    compare(seen, written, parse_datetime(written),
            plain_times::read(plain_times::datetime, written));
}
void try_date(exhaust::tally& seen, std::string_view written) {
    compare(seen, written, parse_date(written), plain_times::read(plain_times::date, written));
    compare(seen, written, parse_date_range(written),
            plain_times::read(plain_times::date_range, written));
}
void try_duration(exhaust::tally& seen, std::string_view written) {
    compare(seen, written, parse_duration(written),
            plain_times::read(plain_times::duration, written));
    compare(seen, written, parse_duration_range(written),
            plain_times::read(plain_times::duration_range, written));
}

utc_instant instant_of(const moment& m) {
    return utc_instant{
        std::chrono::milliseconds{plain_times::seconds_of(m) * 1000 + m.nanoseconds / 1'000'000}};
}
void try_http_date(exhaust::tally& seen, std::string_view written, const moment& now) {
    compare(seen, written, http::parse_http_date(written, instant_of(now)),
            plain_times::read(plain_times::http_date, written, now));
}

template <class... Values>
std::string printed(const char* format, Values... values) {
    char made[80];
    std::snprintf(made, sizeof made, format, values...);
    return made;
}

constexpr const char* day_names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                     "Friday", "Saturday", "Sunday"};
constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr moment may_2022{
    .year = 2022, .month = 5, .day = 27, .hour = 16, .minute = 33, .second = 50};

} // namespace

void exhaust::date_times(tally& seen) {
    const auto use = [&](std::string_view written) { try_datetime(seen, written); };
    for (std::size_t length = 0; length <= 5; ++length) for_all("0129-:TtZz+. ", length, 0, 1, use);
    for (const char* const form : {"2024-02-29T23:59:60.120+05:30", "2000-01-31 00:00:00-0800",
                                   "1999-12-01t09:10:19.123456789z", "2022-05-27T16:33:50+02"})
        for_all_nearby(form, "0123456789-:TtZz+. /x", use);
    for (int hour = 0; hour <= 25; ++hour)
        for (int minute = 0; minute <= 61; ++minute) {
            for (int second = 0; second <= 62; ++second)
                use(printed("2022-05-27T%02d:%02d:%02d", hour, minute, second));
            for (const char sign : {'+', '-'})
                for (const char* const between : {"", ":"})
                    use(printed("2022-05-27T16:33:50%c%02d%s%02d", sign, hour, between, minute));
        }
    for (std::size_t length = 0; length <= 10; ++length)
        for_all("059", length, 0, 1, [&](std::string_view digits) {
            use("2022-05-27T16:33:50." + std::string{digits});
        });
    const auto use_range = [&](std::string_view written) {
        compare(seen, written, parse_datetime_range(written),
                plain_times::read(plain_times::datetime_range, written));
    };
    for (const char* const form : {"2022-05-27T16:33:50Z/2022-05-28 16:33:50.5+01:00",
                                   "2022-05-27T16:33:50/2022-05-27T16:33:50"})
        for_all_near(form, "0123456789-:TtZz+. /x", use_range);
}

void exhaust::days(tally& seen) {
    for (int year = 0; year <= 9999; ++year)
        for (int month = 0; month <= 13; ++month)
            for (const int day : {0, 1, 28, 29, 30, 31, 32}) {
                try_datetime(seen, printed("%04d-%02d-%02dT00:00:00", year, month, day));
                try_date(seen, printed("%04d/%02d/%02d", year, month, day));
            }
    const auto use = [&](std::string_view written) { try_date(seen, written); };
    for (std::size_t length = 0; length <= 6; ++length) for_all("0129/- ", length, 0, 1, use);
    for (const char* const form :
         {"2024/02/29", "1999/10/31-2000/01/01", "2022/05/27  -  2022/06/30"})
        for_all_nearby(form, "0123456789/- x", use);
}

void exhaust::lengths_of_time(tally& seen) {
    const auto use = [&](std::string_view written) { try_duration(seen, written); };
    for (std::size_t length = 0; length <= 8; ++length) for_all("0569: -", length, 0, 1, use);
    // Around the longest there is, in each of the forms.
    for (const char* const form : {"1000000000", "16666666:40", "277777:46:40",
                                   "999999999-1000000000", "99999:59 - 277777:46:40"})
        for_all_nearby(form, "0123456789: -", use);
}

void exhaust::http_dates(tally& seen) {
    const auto use = [&](std::string_view written) { try_http_date(seen, written, may_2022); };
    for (std::size_t length = 0; length <= 5; ++length) for_all("SunModay, 1", length, 0, 1, use);
    for (const char* const form :
         {"Sun, 29 Feb 2004 23:59:60 GMT", "Wednesday, 27-Nov-94 08:49:37 GMT",
          "Saturday, 31-Dec-72 00:00:00 GMT", "Thu Jun  6 08:10:19 1994",
          "Mon Aug 31 20:09:59 2026"})
        for_all_nearby(form, "0123456789, :-GMTSatunesdyJulFebx", use);
    for (const char* const name : day_names)
        for (const char* const month : month_names) {
            const std::string shown{name, 3};
            use(shown + ", 06 " + month + " 1994 08:49:37 GMT");
            use(shown + " " + month + "  6 08:49:37 1994");
            use(std::string{name} + ", 06-" + month + "-94 08:49:37 GMT");
        }
    for (int year = 1899; year <= 2401; ++year)
        for (const char* const month : month_names)
            for (int day = 0; day <= 32; ++day) {
                use(printed("Mon, %02d %s %04d 00:00:00 GMT", day, month, year));
                use(printed("Mon %s %2d 00:00:00 %04d", month, day, year));
            }
    for (int hour = 0; hour <= 25; ++hour)
        for (int minute = 0; minute <= 61; ++minute)
            for (int second = 0; second <= 62; ++second)
                use(printed("Mon, 06 Nov 1994 %02d:%02d:%02d GMT", hour, minute, second));
}

/// Each year of two digits, seen from all years of some centuries, at and around the moment that
/// decides.
void exhaust::years_of_two_digits(tally& seen) {
    struct day {
        int month;
        int day;
        const char* name;
    };
    constexpr day around[] = {{1, 1, "Jan"}, {2, 28, "Feb"}, {2, 29, "Feb"},
                              {3, 1, "Mar"}, {5, 27, "May"}, {12, 31, "Dec"}};
    for (int year = 1970; year <= 2270; ++year)
        for (const day& today : around) {
            moment now = may_2022;
            now.year = year;
            now.month = today.month;
            now.day = today.day;
            now.nanoseconds = year % 2 * 500'000'000;
            if (!plain_times::is_real_day(now)) continue;
            for (int digits = 0; digits <= 99; ++digits)
                for (const day& other : around)
                    for (const int second : {49, 50, 51})
                        try_http_date(seen,
                                      printed("Friday, %02d-%s-%02d 16:33:%d GMT", other.day,
                                              other.name, digits, second),
                                      now);
        }
}
