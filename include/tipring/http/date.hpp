// Dates in header fields (RFC 9110 section 5.6.7): the three forms are read, the first is written.
// Not here: the dates of JSON and searches (core/time.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

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

/// `when`, or the nearest date of the years 1970 to 9899, which all arithmetic here is safe with.
constexpr utc_instant within_calendar(utc_instant when) {
    constexpr utc_instant first{};
    constexpr utc_instant last = std::chrono::sys_days{
        calendar_date{std::chrono::year{9899}, std::chrono::December, std::chrono::day{31}}};
    return when < first ? first : when > last ? last : when;
}

/// Reads the three forms.
struct date_reader : tipring::detail::time_reader {
    int year = 0;
    std::size_t month = 0;
    int day = 0;
    std::size_t day_at = 0;
    /// Seconds of the day.
    int time = 0;
    bool has_century = true;

    constexpr bool take_word(text word) {
        const text next = slice(in, at, word.size());
        if (next == word) {
            at += word.size();
            return true;
        }
        return word.starts_with(next) ? refuse(errc::unexpected_end, in.size())
                                      : refuse(errc::invalid_time, at);
    }
    /// The number of the word whose first three letters come next.
    constexpr bool take_short(std::span<const text> words, std::size_t& number) {
        const text next = slice(in, at, 3);
        for (number = 0; number < words.size(); ++number)
            if (words[number].starts_with(next)) return take_word(slice(words[number], 0, 3));
        return refuse(errc::invalid_time, at);
    }
    constexpr bool take_part(char part) {
        switch (part) {
        case 'd': {
            const bool one_digit = next_is(' ');
            if (one_digit) ++at;
            day_at = at;
            return take_number(one_digit ? 1 : 2, 1, 31, day);
        }
        case 'D': day_at = at; return take_number(2, 1, 31, day);
        case 'M': return take_short(month_names, month);
        case 'y': has_century = false; return take_number(2, 0, 99, year);
        case 'Y': return take_number(4, 0, 9999, year);
        case 'T': return take_clock(time);
        case 'Z': return take_word("GMT");
        default: return take(part);
        }
    }
    /// The pattern is made of a day `D`, or `d` with a blank for a leading zero, a month's name
    /// `M`, a year `Y` or, without its century, `y`, a time `T`, the zone `Z`, and what stands
    /// between them.
    constexpr bool take_all(text pattern) {
        for (const char part : pattern)
            if (!take_part(part)) return false;
        return take_end();
    }
    /// The day's name tells the form.
    constexpr bool take_any() {
        std::size_t weekday = 0;
        if (!take_short(day_names, weekday)) return false;
        if (next_is(' ')) return take_all(" M d T Y");
        if (next_is(',')) return take_all(", D M Y T Z");
        return take_word(slice(day_names[weekday], 3)) && take_all(", D-M-y T Z");
    }
    constexpr bool take_http_date(utc_instant now, utc_instant& value) {
        if (!take_any()) return false;
        if (!has_century) place_year(within_calendar(now));
        const calendar_date date{std::chrono::year{year},
                                 std::chrono::month{static_cast<unsigned>(month) + 1},
                                 std::chrono::day{static_cast<unsigned>(day)}};
        if (!date.ok()) return refuse(errc::out_of_range, day_at);
        value = utc_instant{std::chrono::sys_days{date} + std::chrono::seconds{time}};
        return true;
    }
    /// Gives a year of two digits its century: the last one that does not make it more than 50
    /// years ahead of `now`.
    constexpr void place_year(utc_instant now) {
        const auto [today, milliseconds] = tipring::detail::split_instant(now);
        const calendar_date date{today};
        const int last = static_cast<int>(date.year()) + 50;
        year = last - (last - year) % 100;
        if (year != last) return;
        const auto in_year = [](unsigned its_month, unsigned its_day, std::uint32_t seconds) {
            return (its_month * 32 + its_day) * 86400 + seconds;
        };
        if (in_year(static_cast<unsigned>(month) + 1, static_cast<unsigned>(day),
                    static_cast<std::uint32_t>(time)) > in_year(static_cast<unsigned>(date.month()),
                                                                static_cast<unsigned>(date.day()),
                                                                milliseconds / 1000))
            year -= 100;
    }
};

} // namespace detail

/// Reads a date in one of the three forms of RFC 9110 section 5.6.7; case matters, and whether the
/// day's name is that of the date does not:
///
///     Fri, 27 May 2022 16:33:50 GMT
///     Friday, 27-May-22 16:33:50 GMT     no year more than 50 ahead of `now`
///     Fri May 27 16:33:50 2022
///
/// errc::unexpected_end, invalid_time and out_of_range with the offset, which for a day that the
/// month does not have is the day's.
constexpr result<utc_instant> parse_http_date(text written, utc_instant now) {
    detail::date_reader reader{{.in = written}};
    utc_instant value{};
    if (!reader.take_http_date(now, value)) return reader.failure();
    return value;
}

/// Writes `Fri, 27 May 2022 16:33:50 GMT`, whole seconds. Nothing is written, and the error is
/// errc::out_of_range, before 1970 and after 9899.
constexpr result<void> print_http_date(utc_instant when, writer& out) {
    if (when != detail::within_calendar(when)) return errc::out_of_range;
    const auto [day, milliseconds] = tipring::detail::split_instant(when);
    const calendar_date date{day};
    out.put(slice(detail::day_names[std::chrono::weekday{day}.c_encoding()], 0, 3));
    out.put(", ");
    out.put_padded(static_cast<unsigned>(date.day()), 2);
    out.put(' ');
    out.put(detail::month_names[static_cast<unsigned>(date.month()) - 1]);
    out.put(' ');
    out.put_padded(static_cast<std::uint32_t>(static_cast<int>(date.year())), 4);
    out.put(' ');
    tipring::detail::put_clock(milliseconds / 1000, out);
    out.put(" GMT");
    return {};
}

} // namespace tipring::inline TIPRING_ABI::http
