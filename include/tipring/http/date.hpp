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

/// Reads the three forms.
struct date_reader : tipring::detail::time_reader {
    int year = 0;
    std::size_t month = 0;
    int day = 0;
    std::size_t day_at = 0;
    std::chrono::seconds time = {};
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
    constexpr bool take_day(unsigned digits) {
        day_at = at;
        return take_number(digits, 1, 31, day);
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
        return take_day(2) && take(' ') && take_short(month_names, month) && take(' ') &&
               take_number(4, 0, 9999, year) && take(' ') && take_time() && take(' ') &&
               take_word("GMT");
    }
    /// `27-May-22 16:33:50 GMT`
    constexpr bool take_rfc850() {
        has_century = false;
        return take_day(2) && take('-') && take_short(month_names, month) && take('-') &&
               take_number(2, 0, 99, year) && take(' ') && take_time() && take(' ') &&
               take_word("GMT");
    }
    /// `May 27 16:33:50 2022`, with a blank for a leading zero.
    constexpr bool take_asctime() {
        if (!take_short(month_names, month) || !take(' ')) return false;
        const bool one_digit = next_is(' ');
        if (one_digit) ++at;
        return take_day(one_digit ? 1 : 2) && take(' ') && take_time() && take(' ') &&
               take_number(4, 0, 9999, year);
    }
    /// The day's name tells the form.
    constexpr bool take_any() {
        std::size_t weekday = 0;
        if (!take_short(day_names, weekday)) return false;
        if (next_is(' ')) return take(' ') && take_asctime();
        if (next_is(',')) return take(',') && take(' ') && take_fixed();
        return take_word(slice(day_names[weekday], 3)) && take(',') && take(' ') && take_rfc850();
    }

    constexpr calendar_date date() const {
        return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month) + 1},
                std::chrono::day{static_cast<unsigned>(day)}};
    }
    /// Gives a year of two digits its century: the last one that does not make it more than 50
    /// years ahead of `now`.
    constexpr void place_year(utc_instant now) {
        const std::chrono::sys_days today = std::chrono::floor<std::chrono::days>(now);
        const calendar_date date_now{today};
        const int last = static_cast<int>(date_now.year()) + 50;
        year = last - (last - year) % 100;
        if (year != last) return;
        const std::chrono::month_day then{date().month(), date().day()};
        const std::chrono::month_day now_then{date_now.month(), date_now.day()};
        if (then > now_then || (then == now_then && time > now - today)) year -= 100;
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
    if (!reader.take_any() || !reader.take_end()) return reader.failure;
    if (!reader.has_century) reader.place_year(detail::within_calendar(now));
    if (!reader.date().ok()) return error{.code = errc::out_of_range, .offset = reader.day_at};
    return utc_instant{std::chrono::sys_days{reader.date()} + reader.time};
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
