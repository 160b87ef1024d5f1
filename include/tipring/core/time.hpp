// Dates and times: date-times kept as received and parsed when asked, dates, durations and their
// ranges as MiaRec writes them, and their printed forms. Not here: a clock, time zone names or
// rules (a zone is an offset in minutes).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

/// A point in time, in milliseconds, which is what the APIs print. No leap seconds, as in POSIX.
using utc_instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A calendar day. Printed and read as `YYYY/MM/DD`.
using calendar_date = std::chrono::year_month_day;

/// What a date-time's text says. Years 0000 to 9999.
struct timestamp {
    /// The time on the wall, without the zone and without the fraction.
    std::chrono::local_seconds local = {};
    /// The part of a second, 0 to 999'999'999 ns.
    std::chrono::nanoseconds fraction = {};
    /// How far the wall is ahead of UTC; nothing when the text names no zone.
    std::optional<std::chrono::minutes> offset = {};

    /// No zone was written: the time is a point on the line only under an assumption, see to_utc().
    constexpr bool is_local() const { return !offset.has_value(); }

    /// The point in time, or nothing when the text names no zone. Cut to milliseconds unless
    /// another duration is asked for; nanoseconds overflow outside of the years 1678 to 2261.
    template <class Duration = std::chrono::milliseconds>
    constexpr std::optional<std::chrono::sys_time<Duration>> instant() const {
        if (is_local()) return std::nullopt;
        return to_utc<Duration>(*offset);
    }
    /// As instant(), taking `assumed_offset` for a text that names no zone. A zone that is written
    /// wins.
    template <class Duration = std::chrono::milliseconds>
    constexpr std::chrono::sys_time<Duration> to_utc(std::chrono::minutes assumed_offset) const {
        const std::chrono::seconds since_epoch =
            local.time_since_epoch() - offset.value_or(assumed_offset);
        return std::chrono::sys_time<Duration>{std::chrono::duration_cast<Duration>(since_epoch) +
                                               fraction_in<Duration>()};
    }
    friend constexpr bool operator==(const timestamp&, const timestamp&) = default;

private:
    template <class Duration>
    constexpr Duration fraction_in() const {
        // The usual unit without a division of 64 bits, see detail::split_instant().
        if constexpr (std::is_same_v<Duration, std::chrono::milliseconds>)
            return Duration{static_cast<std::uint32_t>(fraction.count()) / 1'000'000};
        else
            return std::chrono::duration_cast<Duration>(fraction);
    }
};

/// Two date-times; whether `first` comes before `last` is not checked.
struct timestamp_range {
    timestamp first = {};
    timestamp last = {};
    friend constexpr bool operator==(const timestamp_range&, const timestamp_range&) = default;
};

/// Whole days, both included; whether `first` comes before `last` is not checked.
struct date_range {
    calendar_date first = {};
    calendar_date last = {};
    friend constexpr bool operator==(const date_range&, const date_range&) = default;
};

/// Two lengths of time; whether `shortest` is below `longest` is not checked.
struct duration_range {
    std::chrono::seconds shortest = {};
    std::chrono::seconds longest = {};
    friend constexpr bool operator==(const duration_range&, const duration_range&) = default;
};

/// No duration is longer, some 31 years, so that whatever is read can be printed and read again.
inline constexpr std::chrono::seconds longest_duration{1'000'000'000};

namespace detail {

/// Reads fixed forms from the left; the first failure sticks.
struct time_reader {
    text in;
    std::size_t at = 0;
    errc code = errc::ok;
    std::size_t fault_at = 0;

    constexpr error failure() const { return {.code = code, .offset = fault_at}; }

    constexpr bool at_end() const { return at == in.size(); }
    constexpr bool next_is(char c) const { return !at_end() && in[at] == c; }
    constexpr bool next_is_digit() const { return !at_end() && is_digit(in[at]); }

    constexpr bool refuse(errc why, std::size_t offset) {
        code = why;
        fault_at = offset;
        return false;
    }
    constexpr bool refuse_next() {
        return refuse(at_end() ? errc::unexpected_end : errc::invalid_time, at);
    }

    constexpr bool take(char c) {
        if (!next_is(c)) return refuse_next();
        ++at;
        return true;
    }
    constexpr bool take_number(unsigned width, int lowest, int highest, int& value) {
        const std::size_t start = at;
        value = 0;
        for (unsigned i = 0; i < width; ++i, ++at) {
            if (!next_is_digit()) return refuse_next();
            value = value * 10 + (in[at] - '0');
        }
        if (value < lowest || value > highest) return refuse(errc::out_of_range, start);
        return true;
    }
    constexpr void skip_blanks() {
        while (next_is(' ')) ++at;
    }
    constexpr bool take_end() { return at_end() || refuse(errc::invalid_time, at); }

    constexpr bool take_date(char separator, calendar_date& value) {
        const std::size_t start = at;
        int year = 0;
        int month = 0;
        int day = 0;
        if (!take_number(4, 0, 9999, year) || !take(separator) || !take_number(2, 1, 12, month) ||
            !take(separator) || !take_number(2, 1, 31, day))
            return false;
        value =
            calendar_date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                          std::chrono::day{static_cast<unsigned>(day)}};
        return value.ok() || refuse(errc::out_of_range, start + 8);
    }
    constexpr bool take_fraction(std::chrono::nanoseconds& value) {
        if (!next_is('.')) return true;
        ++at;
        if (!next_is_digit()) return refuse_next();
        std::int32_t billionths = 0;
        std::int32_t weight = 100'000'000;
        for (; next_is_digit(); ++at, weight /= 10) {
            if (weight == 0) return refuse(errc::invalid_time, at);
            billionths += weight * (in[at] - '0');
        }
        value = std::chrono::nanoseconds{billionths};
        return true;
    }
    constexpr bool take_zone(std::optional<std::chrono::minutes>& offset) {
        if (next_is('Z') || next_is('z')) {
            ++at;
            offset = std::chrono::minutes{0};
            return true;
        }
        if (!next_is('+') && !next_is('-')) return true;
        const bool behind = next_is('-');
        ++at;
        int hours = 0;
        int minutes = 0;
        if (!take_number(2, 0, 23, hours)) return false;
        const bool has_colon = next_is(':');
        if (has_colon) ++at;
        if ((has_colon || next_is_digit()) && !take_number(2, 0, 59, minutes)) return false;
        const int total = hours * 60 + minutes;
        offset = std::chrono::minutes{behind ? -total : total};
        return true;
    }
    /// `HH:MM:SS`, as seconds of the day.
    constexpr bool take_clock(int& seconds) {
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (!take_number(2, 0, 23, hour) || !take(':') || !take_number(2, 0, 59, minute) ||
            !take(':') || !take_number(2, 0, 60, second))
            return false;
        seconds = (hour * 60 + minute) * 60 + second;
        return true;
    }
    constexpr bool take_timestamp(timestamp& value) {
        calendar_date day = {};
        int seconds = 0;
        if (!take_date('-', day)) return false;
        if (!next_is('T') && !next_is('t') && !next_is(' ')) return refuse_next();
        ++at;
        if (!take_clock(seconds) || !take_fraction(value.fraction)) return false;
        value.local = std::chrono::local_seconds{std::chrono::local_days{day}} +
                      std::chrono::seconds{seconds};
        return take_zone(value.offset);
    }
    /// Digits, then up to two groups of a colon and two digits, which are below 60.
    constexpr bool take_duration(std::chrono::seconds& value) {
        const std::size_t start = at;
        if (!next_is_digit()) return refuse_next();
        std::int64_t total = 0;
        for (; next_is_digit(); ++at) {
            total = total * 10 + (in[at] - '0');
            if (total > longest_duration.count()) return refuse(errc::out_of_range, start);
        }
        for (int groups = 0; groups < 2 && next_is(':'); ++groups) {
            ++at;
            int group = 0;
            if (!take_number(2, 0, 59, group)) return false;
            total = total * 60 + group;
        }
        value = std::chrono::seconds{total};
        return value <= longest_duration || refuse(errc::out_of_range, start);
    }
    constexpr bool take_dash_between() {
        skip_blanks();
        if (!take('-')) return false;
        skip_blanks();
        return true;
    }
};

} // namespace detail

/// Reads a date-time in any form that the APIs are known to use (quirk D-24; RFC 3339 section 5.6
/// and ISO 8601): `YYYY-MM-DD`, then `T`, `t` or one blank, then `HH:MM:SS`, then perhaps a point
/// and 1 to 9 digits, then `Z`, `z`, `±HHMM`, `±HH:MM`, `±HH` or nothing. `-00:00` counts as UTC.
/// Second 60 (a leap second) counts as the first second of the next minute; it is accepted in every
/// minute, because a time without a zone does not show where it belongs.
///
/// Errors carry the byte offset: errc::unexpected_end, errc::invalid_time, and errc::out_of_range
/// for a day, hour or offset that does not exist (`2023-02-29`, `24:00:00`).
constexpr result<timestamp> parse_datetime(text written) {
    detail::time_reader reader{.in = written};
    timestamp value = {};
    if (!reader.take_timestamp(value) || !reader.take_end()) return reader.failure();
    return value;
}

/// Reads two date-times with a `/` between them, as the search operator `between` takes them.
constexpr result<timestamp_range> parse_datetime_range(text written) {
    detail::time_reader reader{.in = written};
    timestamp_range value = {};
    if (!reader.take_timestamp(value.first) || !reader.take('/') ||
        !reader.take_timestamp(value.last) || !reader.take_end())
        return reader.failure();
    return value;
}

/// Reads `YYYY/MM/DD`, years 0000 to 9999. Errors as in parse_datetime().
constexpr result<calendar_date> parse_date(text written) {
    detail::time_reader reader{.in = written};
    calendar_date value = {};
    if (!reader.take_date('/', value) || !reader.take_end()) return reader.failure();
    return value;
}

/// Reads `YYYY/MM/DD`, which is the range of that one day (MiaRec manual, basic search), or
/// `YYYY/MM/DD-YYYY/MM/DD` with blanks around the dash or without.
constexpr result<date_range> parse_date_range(text written) {
    detail::time_reader reader{.in = written};
    date_range value = {};
    if (!reader.take_date('/', value.first)) return reader.failure();
    value.last = value.first;
    if (reader.at_end()) return value;
    if (!reader.take_dash_between() || !reader.take_date('/', value.last) || !reader.take_end())
        return reader.failure();
    return value;
}

/// Reads `SS`, `MM:SS` or `HH:MM:SS`. Numbers after a colon are below 60, the first one may be of
/// any size as long as the whole is no more than longest_duration.
constexpr result<std::chrono::seconds> parse_duration(text written) {
    detail::time_reader reader{.in = written};
    std::chrono::seconds value = {};
    if (!reader.take_duration(value) || !reader.take_end()) return reader.failure();
    return value;
}

/// Reads two durations with a dash between them, with blanks around it or without.
constexpr result<duration_range> parse_duration_range(text written) {
    detail::time_reader reader{.in = written};
    duration_range value = {};
    if (!reader.take_duration(value.shortest) || !reader.take_dash_between() ||
        !reader.take_duration(value.longest) || !reader.take_end())
        return reader.failure();
    return value;
}

/// A date-time as the server wrote it, or as it shall be sent. Reading it is a step of its own, so
/// that one odd date does not cost a page of records. Make one to be sent from a datetime_text.
/// Compared as written.
struct datetime {
    using is_text_like = void;

    text value = {};

    constexpr datetime() = default;
    constexpr explicit datetime(text written) : value{written} {}

    constexpr bool empty() const { return value.empty(); }
    /// What the text says; see parse_datetime().
    constexpr result<timestamp> parse() const { return parse_datetime(value); }
    friend constexpr bool operator==(const datetime&, const datetime&) = default;
};

namespace detail {

constexpr bool has_four_digit_year(calendar_date day) {
    return day.ok() && day.year() >= std::chrono::year{0} && day.year() <= std::chrono::year{9999};
}

constexpr bool is_printable(std::chrono::seconds length) {
    return length.count() >= 0 && length <= longest_duration;
}

constexpr void put_date(calendar_date day, char separator, writer& out) {
    out.put_padded(static_cast<std::uint32_t>(static_cast<int>(day.year())), 4);
    out.put(separator);
    out.put_padded(static_cast<unsigned>(day.month()), 2);
    out.put(separator);
    out.put_padded(static_cast<unsigned>(day.day()), 2);
}

/// A calendar day, and how much of it has passed.
struct day_and_time {
    std::chrono::sys_days day;
    std::uint32_t milliseconds;
};

inline constexpr std::chrono::sys_days first_day_of_all =
    calendar_date{std::chrono::year{0}, std::chrono::January, std::chrono::day{1}};

/// Of the years 0000 to 9999. In two steps of 32 bits, since a division of 64 bits is a function of
/// 700 bytes on a small processor.
constexpr day_and_time split_instant(utc_instant when) {
    constexpr std::uint32_t day = 84'375; // in units of 1024 milliseconds
    const auto since = static_cast<std::uint64_t>((when - first_day_of_all).count());
    const auto high = static_cast<std::uint32_t>(since >> 24);
    const std::uint32_t low = high % day << 14 | (static_cast<std::uint32_t>(since >> 10) & 0x3FFF);
    const std::uint32_t days = (high / day << 14) + low / day;
    return {first_day_of_all + std::chrono::days{days},
            low % day << 10 | (static_cast<std::uint32_t>(since) & 0x3FF)};
}

/// Writes `HH:MM:SS`.
constexpr void put_clock(std::uint32_t seconds, writer& out) {
    out.put_padded(seconds / 3600, 2);
    out.put(':');
    out.put_padded(seconds / 60 % 60, 2);
    out.put(':');
    out.put_padded(seconds % 60, 2);
}

enum class fraction_digits : bool { when_needed, always };

/// Everything of a date-time but its zone. False, and nothing written, outside of the years 0000 to
/// 9999.
constexpr bool put_wall_time(utc_instant when, std::chrono::minutes offset, fraction_digits digits,
                             writer& out) {
    constexpr calendar_date day_after{std::chrono::year{10000}, std::chrono::January,
                                      std::chrono::day{1}};
    constexpr utc_instant begin = first_day_of_all;
    constexpr utc_instant end = std::chrono::sys_days{day_after};
    constexpr std::chrono::minutes most = std::chrono::hours{24};
    if (offset <= -most || offset >= most || when < begin - most || when >= end + most)
        return false;
    const utc_instant wall = when + offset;
    if (wall < begin || wall >= end) return false;

    const auto [day, milliseconds] = split_instant(wall);
    put_date(calendar_date{day}, '-', out);
    out.put('T');
    put_clock(milliseconds / 1000, out);
    if (digits == fraction_digits::always || milliseconds % 1000 != 0) {
        out.put('.');
        out.put_padded(milliseconds % 1000, 3);
    }
    return true;
}

// As the functions for users below, without room for an error.

constexpr errc put_search_time(utc_instant when, writer& out) {
    if (!put_wall_time(when, std::chrono::minutes{0}, fraction_digits::always, out))
        return errc::out_of_range;
    out.put('Z');
    return errc::ok;
}
constexpr errc put(calendar_date day, writer& out) {
    if (!has_four_digit_year(day)) return errc::out_of_range;
    put_date(day, '/', out);
    return errc::ok;
}
constexpr errc put(const date_range& days, writer& out) {
    if (!has_four_digit_year(days.first) || !has_four_digit_year(days.last))
        return errc::out_of_range;
    put_date(days.first, '/', out);
    out.put('-');
    put_date(days.last, '/', out);
    return errc::ok;
}
constexpr errc put_duration(std::chrono::seconds length, writer& out) {
    if (!is_printable(length)) return errc::out_of_range;
    out.put_integer(length.count());
    return errc::ok;
}
constexpr errc put(const duration_range& lengths, writer& out) {
    if (!is_printable(lengths.shortest) || !is_printable(lengths.longest))
        return errc::out_of_range;
    out.put_integer(lengths.shortest.count());
    out.put('-');
    out.put_integer(lengths.longest.count());
    return errc::ok;
}

} // namespace detail

/// Writes `when` as the wall clock shows it `offset` ahead of UTC: `2013-10-12T16:32:22-08:00`,
/// with `.sss` only when there are milliseconds. The form for JSON (quirk D-24). Nothing is
/// written, and the error is errc::out_of_range, when the year is not 0000 to 9999 or the offset is
/// a day or more. Whether it fitted is for `out` to say, here and below.
constexpr result<void> print(utc_instant when, std::chrono::minutes offset, writer& out) {
    if (!detail::put_wall_time(when, offset, detail::fraction_digits::when_needed, out))
        return errc::out_of_range;
    const bool behind = offset.count() < 0;
    const auto minutes = static_cast<std::uint32_t>(behind ? -offset.count() : offset.count());
    out.put(behind ? '-' : '+');
    out.put_padded(minutes / 60, 2);
    out.put(':');
    out.put_padded(minutes % 60, 2);
    return {};
}

/// Writes `when` as `2019-04-30T06:00:00.000Z`, the form of search values (quirk D-24). Errors as
/// in print().
constexpr result<void> print_search(utc_instant when, writer& out) {
    return detail::put_search_time(when, out);
}

/// Writes `YYYY/MM/DD`. Nothing is written, and the error is errc::out_of_range, for a day that
/// does not exist or a year that is not 0000 to 9999.
constexpr result<void> print(calendar_date day, writer& out) {
    return detail::put(day, out);
}

/// Writes `YYYY/MM/DD-YYYY/MM/DD`, also for a single day. Errors as for one day.
constexpr result<void> print(const date_range& days, writer& out) {
    return detail::put(days, out);
}

/// Writes `SS`: a number of seconds without leading zeros. Durations that are negative or above
/// longest_duration are errc::out_of_range.
constexpr result<void> print_duration(std::chrono::seconds length, writer& out) {
    return detail::put_duration(length, out);
}

/// Writes `SS-SS`; the manual wants the same shape on both sides. Errors as for one duration.
constexpr result<void> print(const duration_range& lengths, writer& out) {
    return detail::put(lengths, out);
}

/// A printed date-time with bytes of its own, to be viewed by a `field<datetime>` that it outlives:
///
///     const auto till = datetime_text::make(expiry);
///     if (!till) return till.error();
///     login.valid_till = *till;            // views `till`: keep it until the request is encoded
///
/// Views die when it is moved or assigned to. Nothing can be viewed in a temporary.
class datetime_text {
public:
    using owns_its_bytes = void;

    /// Printed as print() does for JSON; errors as there.
    static constexpr result<datetime_text>
    make(utc_instant when, std::chrono::minutes offset = std::chrono::minutes{0}) {
        datetime_text made;
        writer out{made.bytes_};
        if (const result<void> printed = print(when, offset, out); !printed) return printed.error();
        made.size_ = static_cast<std::uint8_t>(out.size());
        return made;
    }
    /// Printed as print_search() does; errors as there.
    static constexpr result<datetime_text> make_search(utc_instant when) {
        datetime_text made;
        writer out{made.bytes_};
        if (const result<void> printed = print_search(when, out); !printed) return printed.error();
        made.size_ = static_cast<std::uint8_t>(out.size());
        return made;
    }

    constexpr datetime view() const& TIPRING_LIFETIMEBOUND { return datetime{text{bytes_, size_}}; }
    datetime view() const&& = delete;
    constexpr operator datetime() const& TIPRING_LIFETIMEBOUND { return view(); }
    operator datetime() const&& = delete;

private:
    constexpr datetime_text() = default;

    static constexpr std::size_t longest = sizeof "2013-10-12T16:32:22.123-08:00" - 1;
    char bytes_[longest] = {};
    std::uint8_t size_ = 0;
};

} // namespace tipring::inline TIPRING_ABI
