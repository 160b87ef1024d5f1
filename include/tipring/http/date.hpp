// Dates in header fields (RFC 9110 section 5.6.7): the three forms are read, the first is written.
// Not here: the dates of JSON and searches (core/time.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>

namespace tipring::inline TIPRING_ABI::http {

namespace detail {

inline constexpr text day_names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                     "Thursday", "Friday", "Saturday"};
inline constexpr text month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Reads the pieces that the three forms are made of.
struct date_reader : tipring::detail::time_reader {
    int year = 0;
    int month = 0;
    int day = 0;
    std::chrono::seconds time = {};

    constexpr bool take_word(text word) {
        if (slice(in, at, word.size()) != word) return refuse(errc::invalid_time, at);
        at += word.size();
        return true;
    }
    constexpr bool take_month() {
        for (int i = 0; i < 12; ++i)
            if (slice(in, at, 3) == month_names[i]) {
                at += 3;
                month = i + 1;
                return true;
            }
        return refuse(errc::invalid_time, at);
    }
    constexpr bool take_time() {
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (!take_number(2, 0, 23, hour) || !take(':') || !take_number(2, 0, 59, minute) ||
            !take(':') || !take_number(2, 0, 60, second))
            return false;
        time = std::chrono::seconds{(hour * 60 + minute) * 60 + second};
        return true;
    }
    /// `27 May 2022 16:33:50 GMT`
    constexpr bool take_fixed() {
        return take_number(2, 1, 31, day) && take(' ') && take_month() && take(' ') &&
               take_number(4, 0, 9999, year) && take(' ') && take_time() && take_word(" GMT");
    }
    /// `27-May-22 16:33:50 GMT`
    constexpr bool take_rfc850() {
        return take_number(2, 1, 31, day) && take('-') && take_month() && take('-') &&
               take_number(2, 0, 99, year) && take(' ') && take_time() && take_word(" GMT");
    }
    /// `May 27 16:33:50 2022`, with a blank for a leading zero.
    constexpr bool take_asctime() {
        if (!take_month() || !take(' ')) return false;
        const bool one_digit = next_is(' ');
        if (one_digit) ++at;
        return take_number(one_digit ? 1 : 2, 1, 31, day) && take(' ') && take_time() &&
               take(' ') && take_number(4, 0, 9999, year);
    }
    constexpr std::chrono::sys_days date() const {
        return calendar_date{std::chrono::year{year},
                             std::chrono::month{static_cast<unsigned>(month)},
                             std::chrono::day{static_cast<unsigned>(day)}};
    }
    constexpr bool is_real_day() const {
        return calendar_date{std::chrono::year{year},
                             std::chrono::month{static_cast<unsigned>(month)},
                             std::chrono::day{static_cast<unsigned>(day)}}
            .ok();
    }
    /// Gives a year of two digits its century: the one that brings it nearest to `now`, so at most
    /// 50 years ahead.
    constexpr void place_year(utc_instant now) {
        const std::chrono::sys_days today = std::chrono::floor<std::chrono::days>(now);
        const calendar_date date_now{today};
        const int this_year = static_cast<int>(date_now.year());
        year += this_year - this_year % 100;
        if (year < this_year - 50) year += 100;
        const std::chrono::sys_days in_50_years = date_now + std::chrono::years{50};
        if (date() + time > in_50_years + (now - today)) year -= 100;
    }
};

/// `when`, or the nearest date of the years 1970 to 9899, which all arithmetic here is safe with.
constexpr utc_instant within_calendar(utc_instant when) {
    constexpr utc_instant first{};
    constexpr utc_instant last = std::chrono::sys_days{
        calendar_date{std::chrono::year{9899}, std::chrono::December, std::chrono::day{31}}};
    return when < first ? first : when > last ? last : when;
}

} // namespace detail

/// Reads a date in one of the three forms; case matters, and whether the day's name is that of the
/// date does not:
///
///     Fri, 27 May 2022 16:33:50 GMT
///     Friday, 27-May-22 16:33:50 GMT     a year within 50 years of `now` (RFC 9110 section 5.6.7)
///     Fri May 27 16:33:50 2022
///
/// errc::unexpected_end, invalid_time and out_of_range with the offset.
constexpr result<utc_instant> parse_http_date(text written, utc_instant now) {
    detail::date_reader reader{{.in = written}};
    text day_name;
    for (const text name : detail::day_names)
        for (const text form : {slice(name, 0, 3), name})
            if (written.starts_with(form)) day_name = form;
    reader.at = day_name.size();
    const bool is_asctime = day_name.size() == 3 && reader.next_is(' ');
    bool good = !day_name.empty() && (is_asctime || reader.take(',')) && reader.take(' ');
    if (day_name.empty()) reader.refuse_next();
    if (good && is_asctime)
        good = reader.take_asctime();
    else if (good)
        good = day_name.size() == 3 ? reader.take_fixed() : reader.take_rfc850();
    if (!good || !reader.take_end()) return reader.failure;
    if (day_name.size() > 3) reader.place_year(detail::within_calendar(now));
    if (!reader.is_real_day()) return errc::out_of_range;
    return utc_instant{reader.date() + reader.time};
}

/// Writes `Fri, 27 May 2022 16:33:50 GMT`, whole seconds. Nothing is written, and the error is
/// errc::out_of_range, before 1970 and after 9899.
constexpr result<void> print_http_date(utc_instant when, writer& out) {
    if (when != detail::within_calendar(when)) return errc::out_of_range;
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(when);
    const calendar_date date{day};
    const auto seconds =
        static_cast<std::uint32_t>(std::chrono::floor<std::chrono::seconds>(when - day).count());
    out.put(slice(detail::day_names[std::chrono::weekday{day}.c_encoding()], 0, 3));
    out.put(", ");
    out.put_padded(static_cast<unsigned>(date.day()), 2);
    out.put(' ');
    out.put(detail::month_names[static_cast<unsigned>(date.month()) - 1]);
    out.put(' ');
    out.put_padded(static_cast<std::uint32_t>(static_cast<int>(date.year())), 4);
    out.put(' ');
    out.put_padded(seconds / 3600, 2);
    out.put(':');
    out.put_padded(seconds / 60 % 60, 2);
    out.put(':');
    out.put_padded(seconds % 60, 2);
    out.put(" GMT");
    return {};
}

} // namespace tipring::inline TIPRING_ABI::http
