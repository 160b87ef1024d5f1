// When to send a request again: Retry-After in all its forms, growing waits with jitter, and which
// requests may be repeated at all. A value that takes answers and the time and says what to do. Not
// here: tokens that expired (auth/session.hpp), a clock, random numbers.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/date.hpp>
#include <tipring/http/message.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// Sending it twice does no more than sending it once (RFC 9110 section 9.2.2).
constexpr bool is_idempotent(method m) {
    return m != method::post && m != method::patch;
}

/// How long the server asks to wait, by the value of its Retry-After: seconds, any of the three
/// dates of HTTP, or an ISO 8601 date-time, which is UTC unless it says otherwise (quirk Q-32). A
/// date that has passed is 0; no wait is longer than a hundred years. errc::invalid_time,
/// unexpected_end and out_of_range with the offset in `value`.
constexpr result<std::chrono::milliseconds> parse_retry_after(text value, utc_instant now) {
    using std::chrono::milliseconds;
    constexpr std::uint64_t most_seconds = std::chrono::seconds{std::chrono::days{36'500}}.count();
    constexpr milliseconds most{1000 * std::int64_t{most_seconds}};
    const text inner = trimmed(value);
    detail::date_reader reader{{.in = inner}};
    const std::size_t digits = std::min(inner.find_first_not_of("0123456789"), inner.size());
    if (digits == inner.size() && digits != 0) {
        std::uint64_t seconds = 0;
        for (const char c : inner)
            seconds = std::min(seconds * 10 + static_cast<unsigned>(c - '0'), most_seconds);
        return milliseconds{1000 * static_cast<std::int64_t>(seconds)};
    }
    utc_instant until{};
    bool is_read = false;
    if (digits == 4 && inner[4] == '-') {
        timestamp date = {};
        is_read = reader.take_timestamp(date) && reader.take_end();
        until = date.to_utc(std::chrono::minutes{0});
    } else if (digits != 0) {
        reader.refuse(errc::invalid_time, digits);
    } else {
        is_read = reader.take_http_date(now, until);
    }
    if (!is_read) {
        if (!inner.empty())
            reader.fault_at += static_cast<std::size_t>(inner.data() - value.data());
        return reader.failure();
    }
    return std::clamp(until - detail::within_calendar(now), milliseconds{0}, most);
}

/// How often and how long. Three retries, 2 seconds and the jitter are what CloudLink's own samples
/// do; that waits grow, and how far, is ours.
struct retry_limits {
    /// How often a request is sent, the first time included.
    std::uint8_t most_attempts = 4;
    /// The first wait when the server names none; each further one is twice as long.
    std::chrono::milliseconds first_wait = std::chrono::seconds{2};
    /// Waits grow up to this; a server that asks for more is not waited for.
    std::chrono::milliseconds longest_wait = std::chrono::seconds{60};
    /// Added to every wait, so that not all clients come back at once.
    std::chrono::milliseconds least_jitter = std::chrono::seconds{1};
    std::chrono::milliseconds most_jitter = std::chrono::seconds{2};
};

/// The wait after the `failures`-th failure in a row, counted from 1, without jitter.
constexpr std::chrono::milliseconds backoff(const retry_limits& limits, unsigned failures) {
    std::chrono::milliseconds wait = std::max(limits.first_wait, std::chrono::milliseconds{0});
    for (unsigned i = 1; i < failures && wait < limits.longest_wait && wait.count() > 0; ++i)
        wait = wait > limits.longest_wait / 2 ? limits.longest_wait : wait * 2;
    return std::max(std::min(wait, limits.longest_wait), std::chrono::milliseconds{0});
}

/// The jitter that a random number stands for: all numbers together spread evenly from least_jitter
/// to most_jitter, which count for at most a day.
constexpr std::chrono::milliseconds jitter(const retry_limits& limits, std::uint32_t random) {
    constexpr std::chrono::milliseconds none{0};
    constexpr std::chrono::milliseconds day = std::chrono::hours{24};
    const auto least = std::clamp(limits.least_jitter, none, day);
    const auto span = std::clamp(limits.most_jitter, least, day) - least;
    return least + std::chrono::milliseconds{span.count() * std::int64_t{random} >> 32};
}

/// `when` and `wait` together, or the last point in time there is.
constexpr utc_instant later(utc_instant when, std::chrono::milliseconds wait) {
    if (when.time_since_epoch() > std::chrono::milliseconds::max() - wait)
        return utc_instant::max();
    return when + wait;
}

/// What is known of a request that no answer came to.
enum class delivery : std::uint8_t {
    unknown,  ///< it may have been carried out: a timeout, a broken connection
    not_sent, ///< the server cannot have it whole: no connection, no name, no TLS
};

enum class retry_action : std::uint8_t {
    finished,  ///< use the answer: success, or a refusal that sending again does not change
    wait,      ///< send the request again at `until`
    unsafe,    ///< it may have been carried out, and doing it twice is not the same as once
    exhausted, ///< it was sent as often as allowed
    too_long,  ///< the server asks for `wait`, which is longer than allowed
};

struct retry_step {
    retry_action action = retry_action::finished;
    utc_instant until = {};
    std::chrono::milliseconds wait = {};
};

/// The attempts of one request. Tell it of every answer or loss; `random` is any number of the
/// caller's, for the jitter. A small copyable value.
///
///     http::retry_state attempts{request->method};
///     for (;;) {
///         const auto response = send(*request);
///         const auto step = attempts.answered(response, now(), random());
///         if (step.action != http::retry_action::wait) break;
///         sleep_until(step.until);
///     }
///
/// 429 says that the request was not carried out, so anything is sent again after it. 408, 502,
/// 503, 504 and an answer that is lost leave that open: only what is idempotent is sent again.
/// Other answers are final.
class retry_state {
public:
    constexpr explicit retry_state(method m, const retry_limits& limits = {})
        : retry_state{is_idempotent(m), limits} {}
    /// `idempotent` is better known of an operation: http::operation::idempotent.
    constexpr explicit retry_state(bool idempotent, const retry_limits& limits = {})
        : limits_{limits}, is_idempotent_{idempotent} {}

    constexpr retry_step answered(const response& answer, utc_instant now, std::uint32_t random) {
        const int status = answer.status;
        if (status != 429 && status != 408 && status != 502 && status != 503 && status != 504)
            return {};
        return again(status == 429, header_value(answer.headers, "Retry-After"sv), now, random);
    }
    constexpr retry_step lost(delivery how, utc_instant now, std::uint32_t random) {
        return again(how == delivery::not_sent, {}, now, random);
    }

    /// How often the request was sent, that under way included.
    constexpr unsigned attempts() const { return attempts_; }

private:
    constexpr retry_step again(bool not_carried_out, text retry_after, utc_instant now,
                               std::uint32_t random) {
        if (!not_carried_out && !is_idempotent_) return {.action = retry_action::unsafe};
        if (attempts_ >= limits_.most_attempts) return {.action = retry_action::exhausted};
        std::chrono::milliseconds wait = backoff(limits_, attempts_);
        if (const auto asked = parse_retry_after(retry_after, now)) {
            if (*asked > limits_.longest_wait)
                return {
                    .action = retry_action::too_long, .until = later(now, *asked), .wait = *asked};
            wait = *asked;
        }
        ++attempts_;
        wait += jitter(limits_, random);
        return {.action = retry_action::wait, .until = later(now, wait), .wait = wait};
    }

    retry_limits limits_;
    bool is_idempotent_;
    std::uint8_t attempts_ = 1;
};

} // namespace tipring::inline TIPRING_ABI::http
