// Any text as a date-time, a day, a length of time, a range of them, a date of HTTP or a
// Retry-After. What is read or refused, and where, is what tests/plain_times.hpp makes of it;
// printed and read again it is the same. Retries by it never wait longer than allowed nor send more
// often, and never send what is unsafe. Input: choices, then the text.
#include <tipring/core/time.hpp>
#include <tipring/http/date.hpp>
#include <tipring/http/retry.hpp>

#include "plain_times.hpp"
#include "plain_times_agree.hpp"
#include "target.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace {

using namespace tipring;
using namespace std::chrono_literals;

template <class Value>
void require_same(const result<Value>& read, const plain_times::reading& expected,
                  std::string_view written) {
    fuzz::require(plain_times::agree(read, expected), "read otherwise than by the tables of forms",
                  written);
}

void check_datetime(text written) {
    const auto read = parse_datetime(written);
    require_same(read, plain_times::read(plain_times::datetime, written), written);
    require_same(parse_datetime_range(written),
                 plain_times::read(plain_times::datetime_range, written), written);
    if (!read) return;
    const auto instant = read->instant();
    fuzz::require(instant.has_value() == !read->is_local(), "an instant without a zone", written);
    if (!instant) return;
    const std::int64_t milliseconds =
        (read->local.time_since_epoch().count() - read->offset->count() * 60) * 1000 +
        read->fraction.count() / 1000000;
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

template <class Value, class Print>
void check_round_trip(text written, result<Value> (*parse)(text), const plain_times::forms& forms,
                      const Print& print) {
    const result<Value> read = parse(written);
    require_same(read, plain_times::read(forms, written), written);
    if (!read) return;
    char bytes[80];
    writer out{bytes};
    fuzz::require(print(*read, out).has_value() && out.fits(), "cannot be printed", written);
    const result<Value> again = parse(out.written());
    fuzz::require(again && *again == *read, "printed it is another value", written);
}

void check_days_and_lengths(text written) {
    constexpr auto print_value = [](const auto& value, writer& out) { return print(value, out); };
    check_round_trip(written, parse_date, plain_times::date, print_value);
    check_round_trip(written, parse_date_range, plain_times::date_range, print_value);
    check_round_trip(written, parse_duration, plain_times::duration, print_duration);
    check_round_trip(written, parse_duration_range, plain_times::duration_range, print_value);
}

void check_http_date(text written, utc_instant now) {
    const auto read = http::parse_http_date(written, now);
    require_same(read,
                 plain_times::read(plain_times::http_date, written,
                                   plain_times::moment_at(now.time_since_epoch().count() / 1000)),
                 written);
    if (read) {
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
    if (!asked) fuzz::require(asked.error().offset <= written.size(), "an offset outside", written);
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
    check_http_date(written, now);
    check_retry(written, now, input);
    return 0;
}
