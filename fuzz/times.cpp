// Any text as a date-time, a day, a length of time, a range of them, a date of HTTP or a
// Retry-After. What is read is what fields read by number and timegm() make of it; printed and read
// again it is the same; refusals have an offset in the text. Retries by it never wait longer than
// allowed nor send more often, and never send what is unsafe. Input: choices, then the text.
#include <tipring/core/time.hpp>
#include <tipring/http/date.hpp>
#include <tipring/http/retry.hpp>

#include "target.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace tipring;
using namespace std::chrono_literals;

/// Whether `shape` fits: `0` stands for a digit, everything else for itself.
bool is_shaped(std::string_view written, std::string_view shape) {
    if (written.size() != shape.size()) return false;
    for (std::size_t at = 0; at < shape.size(); ++at)
        if (shape[at] == '0' ? written[at] < '0' || written[at] > '9' : written[at] != shape[at])
            return false;
    return true;
}
int number_at(std::string_view written, std::size_t at, std::size_t digits) {
    return std::atoi(std::string{written.substr(at, digits)}.c_str());
}

/// Seconds since 1970, or nothing when there is no such time. Second 60 is the next minute's first.
std::optional<std::int64_t> plain_time(int year, int month, int day, int hour, int minute,
                                       int second) {
    if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    std::tm fields = {};
    fields.tm_year = year - 1900;
    fields.tm_mon = month - 1;
    fields.tm_mday = day;
    const std::int64_t midnight = timegm(&fields);
    // timegm() turns 31 April into 1 May.
    if (fields.tm_mday != day || fields.tm_mon != month - 1) return std::nullopt;
    return midnight + hour * 3600 + minute * 60 + second;
}

struct plain_timestamp {
    std::int64_t wall = 0;
    std::int64_t nanoseconds = 0;
    std::optional<int> offset = {};
};

std::optional<plain_timestamp> plain_datetime(std::string_view written) {
    plain_timestamp found;
    std::string start{written.substr(0, 19)};
    if (start.size() == 19 && (start[10] == 't' || start[10] == ' ')) start[10] = 'T';
    if (!is_shaped(start, "0000-00-00T00:00:00")) return std::nullopt;
    const auto wall =
        plain_time(number_at(start, 0, 4), number_at(start, 5, 2), number_at(start, 8, 2),
                   number_at(start, 11, 2), number_at(start, 14, 2), number_at(start, 17, 2));
    if (!wall) return std::nullopt;
    found.wall = *wall;
    std::string_view rest = written.substr(19);
    if (rest.starts_with('.')) {
        std::size_t digits = rest.find_first_not_of("0123456789", 1);
        if (digits == rest.npos) digits = rest.size();
        if (digits < 2 || digits > 10) return std::nullopt;
        std::string nanoseconds{rest.substr(1, digits - 1)};
        nanoseconds.resize(9, '0');
        found.nanoseconds = std::atoll(nanoseconds.c_str());
        rest.remove_prefix(digits);
    }
    if (rest.empty()) return found;
    if (rest == "Z" || rest == "z") {
        found.offset = 0;
        return found;
    }
    const int sign = rest.front() == '-' ? -1 : 1;
    if (rest.front() != '+' && rest.front() != '-') return std::nullopt;
    rest.remove_prefix(1);
    const bool has_colon = is_shaped(rest, "00:00");
    if (!has_colon && !is_shaped(rest, "0000") && !is_shaped(rest, "00")) return std::nullopt;
    const int minutes = rest.size() == 2 ? 0 : number_at(rest, has_colon ? 3 : 2, 2);
    if (number_at(rest, 0, 2) > 23 || minutes > 59) return std::nullopt;
    found.offset = sign * (number_at(rest, 0, 2) * 60 + minutes);
    return found;
}

template <class Result>
void check_offset(const Result& read, text written) {
    if (read || read.error().offset == error::no_offset) return;
    fuzz::require(read.error().offset <= written.size(), "an offset outside", written);
}

void check_datetime(text written) {
    const auto read = parse_datetime(written);
    check_offset(read, written);
    const auto expected = plain_datetime(written);
    fuzz::require(read.has_value() == expected.has_value(), "a date-time is judged wrongly",
                  written);
    if (!read) return;
    const bool same_zone =
        read->offset.has_value() == expected->offset.has_value() &&
        (read->is_local() || read->offset->count() == expected->offset.value_or(0));
    fuzz::require(read->local.time_since_epoch().count() == expected->wall &&
                      read->fraction.count() == expected->nanoseconds && same_zone,
                  "another date-time", written);
    const auto instant = read->instant();
    fuzz::require(instant.has_value() == !read->is_local(), "an instant without a zone", written);
    if (!instant) return;
    const std::int64_t milliseconds = (expected->wall - expected->offset.value_or(0) * 60) * 1000 +
                                      expected->nanoseconds / 1000000;
    fuzz::require(instant->time_since_epoch().count() == milliseconds, "another instant", written);
    const auto printed = datetime_text::make(*instant, *read->offset);
    // Leap seconds lead out of the year 9999.
    fuzz::require(printed || read->local >= std::chrono::local_days{calendar_date{
                                                std::chrono::year{10000}, std::chrono::January,
                                                std::chrono::day{1}}},
                  "cannot be printed", written);
    if (!printed) return;
    const auto again = printed->view().parse();
    fuzz::require(again && again->instant() == instant && again->offset == read->offset,
                  "printed it is another date-time", written);
    if (const auto search = datetime_text::make_search(*instant)) {
        const auto searched = search->view().parse();
        fuzz::require(searched && searched->instant() == instant,
                      "printed for a search it is another instant", written);
    }
}

template <class Value, class Parse, class Print>
void check_round_trip(text written, const Parse& parse, const Print& print) {
    const result<Value> read = parse(written);
    check_offset(read, written);
    if (!read) return;
    char bytes[80];
    writer out{bytes};
    fuzz::require(print(*read, out).has_value() && out.fits(), "cannot be printed", written);
    const result<Value> again = parse(out.written());
    fuzz::require(again && *again == *read, "printed it is another value", written);
}

void check_days_and_lengths(text written) {
    check_round_trip<calendar_date>(
        written, [](text t) { return parse_date(t); },
        [](calendar_date day, writer& out) { return print(day, out); });
    check_round_trip<date_range>(
        written, [](text t) { return parse_date_range(t); },
        [](const date_range& days, writer& out) { return print(days, out); });
    check_round_trip<std::chrono::seconds>(
        written, [](text t) { return parse_duration(t); },
        [](std::chrono::seconds length, writer& out) { return print_duration(length, out); });
    check_round_trip<duration_range>(
        written, [](text t) { return parse_duration_range(t); },
        [](const duration_range& lengths, writer& out) { return print(lengths, out); });
}

std::optional<std::int64_t> plain_duration(std::string_view written) {
    const std::size_t end = std::min(written.find_first_not_of("0123456789"), written.size());
    if (end == 0) return std::nullopt;
    std::int64_t total = 0;
    for (const char c : written.substr(0, end)) {
        total = total * 10 + (c - '0');
        if (total > 1'000'000'000) return std::nullopt;
    }
    std::string_view rest = written.substr(end);
    for (int i = 0; i < 2 && !rest.empty(); ++i) {
        if (!is_shaped(rest.substr(0, 3), ":00") || number_at(rest, 1, 2) > 59) return std::nullopt;
        total = total * 60 + number_at(rest, 1, 2);
        rest.remove_prefix(3);
    }
    if (!rest.empty() || total > 1'000'000'000) return std::nullopt;
    return total;
}

void check_day_and_length(text written) {
    const auto day = parse_date(written);
    std::optional<std::int64_t> expected;
    if (is_shaped(written, "0000/00/00"))
        expected = plain_time(number_at(written, 0, 4), number_at(written, 5, 2),
                              number_at(written, 8, 2), 0, 0, 0);
    fuzz::require(day.has_value() == expected.has_value(), "a day is judged wrongly", written);
    if (day)
        fuzz::require(std::chrono::sys_days{*day}.time_since_epoch().count() * 86400 == *expected,
                      "another day", written);
    const auto length = parse_duration(written);
    const auto plain = plain_duration(written);
    fuzz::require(length.has_value() == plain.has_value() && (!length || length->count() == *plain),
                  "another length of time", written);
    const auto lengths = parse_duration_range(written);
    check_offset(lengths, written);
    const std::size_t dash = written.find('-');
    if (lengths && dash != text::npos) {
        const auto outer = [](text part) {
            while (part.starts_with(' ')) part.remove_prefix(1);
            while (part.ends_with(' ')) part.remove_suffix(1);
            return plain_duration(part);
        };
        fuzz::require(lengths->shortest.count() == outer(slice(written, 0, dash)) &&
                          lengths->longest.count() == outer(slice(written, dash + 1)),
                      "another range of lengths", written);
    }
    const auto times = parse_datetime_range(written);
    check_offset(times, written);
    if (times) {
        const std::size_t slash = written.find('/');
        fuzz::require(
            parse_datetime(slice(written, 0, slash)).value_or(timestamp{}) == times->first &&
                parse_datetime(slice(written, slash + 1)).value_or(timestamp{}) == times->last,
            "another range of times", written);
    }
}

void check_http_date(text written, utc_instant now) {
    const auto read = http::parse_http_date(written, now);
    check_offset(read, written);
    if (read) {
        // In all three forms the time of day is around the first colon.
        const std::size_t colon = written.find(':');
        const auto time =
            plain_time(1970, 1, 1, number_at(written, colon - 2, 2),
                       number_at(written, colon + 1, 2), number_at(written, colon + 4, 2));
        fuzz::require(time && (read->time_since_epoch().count() / 1000 - *time) % 86400 == 0,
                      "another time of day", written);
        char bytes[40];
        writer out{bytes};
        if (http::print_http_date(*read, out)) {
            const auto again = http::parse_http_date(out.written(), now);
            fuzz::require(again && *again == *read, "printed it is another date", written);
            std::tm fields = {};
            const std::string kept{out.written()};
            fuzz::require(strptime(kept.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &fields) != nullptr &&
                              timegm(&fields) == read->time_since_epoch().count() / 1000,
                          "strptime() reads another date", written);
        }
    }
    const auto asked = http::parse_retry_after(written, now);
    check_offset(asked, written);
    if (asked)
        fuzz::require(*asked >= 0ms && *asked <= 24h * 365 * 100, "a wait without bounds", written);
    if (asked && read && trimmed(written) == written)
        fuzz::require(*asked == std::max(0ms, std::min<std::chrono::milliseconds>(
                                                  *read - http::detail::within_calendar(now),
                                                  24h * 365 * 100)),
                      "another wait than until the date", written);
}

/// A request's attempts against answers of every kind.
void check_retry(text written, utc_instant now, fuzz::input_reader events) {
    const bool is_idempotent = events.choice(2) == 0;
    http::retry_limits limits{.most_attempts = static_cast<std::uint8_t>(events.choice(6)),
                              .first_wait = std::chrono::seconds{events.choice(90)},
                              .longest_wait = std::chrono::seconds{events.choice(90)},
                              .least_jitter = std::chrono::seconds{events.choice(4)},
                              .most_jitter = std::chrono::seconds{events.choice(4)}};
    http::retry_state attempts{is_idempotent, limits};
    unsigned sent = 1;
    for (;;) {
        constexpr int statuses[] = {200, 429, 503, 408, 504, 500, 404, 0, 1, 502};
        const int status = statuses[events.choice(10)];
        const std::uint32_t random = 0x11111111u * events.choice(16);
        const http::header headers[] = {{.name = "Retry-After", .value = written}};
        const http::response answer{.status = status, .headers = headers};
        const bool is_safe = is_idempotent || status == 429 || status == 1;
        const auto step = status > 1 ? attempts.answered(answer, now, random)
                                     : attempts.lost(status == 1 ? http::delivery::not_sent
                                                                 : http::delivery::unknown,
                                                     now, random);
        using enum http::retry_action;
        if (step.action == finished)
            return fuzz::require(status == 200 || status == 500 || status == 404,
                                 "what may pass is final", written);
        if (step.action == unsafe) return fuzz::require(!is_safe, "safe, but unsafe", written);
        fuzz::require(is_safe, "what is unsafe is sent again", written);
        if (step.action == exhausted)
            return fuzz::require(sent >= limits.most_attempts, "given up too early", written);
        if (step.action == too_long)
            return fuzz::require(step.wait > limits.longest_wait, "not too long", written);
        ++sent;
        fuzz::require(sent <= limits.most_attempts && attempts.attempts() == sent, "sent too often",
                      written);
        const auto least = std::min(limits.least_jitter, limits.most_jitter);
        const auto most = std::max(limits.least_jitter, limits.most_jitter);
        fuzz::require(step.wait >= least && step.wait <= limits.longest_wait + most &&
                          step.until == now + step.wait,
                      "a wait outside of its limits", written);
        now = step.until;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    // From 1970 on, by steps of some 30 years.
    const utc_instant now{std::chrono::hours{24 * 365 * 31} * input.choice(36)};
    const text written = fuzz::before_end_of_memory(input.line());
    check_datetime(written);
    check_days_and_lengths(written);
    check_day_and_length(written);
    check_http_date(written, now);
    check_retry(written, now, input);
    return 0;
}
