// Dates of HTTP by the examples of RFC 9110 and by all days of 130 years; Retry-After by
// CloudLink's vectors; which requests are sent again, how often and after how long.
#include <tipring/http/date.hpp>
#include <tipring/http/retry.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

#include "effort.hpp"

using namespace tipring;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr utc_instant at(int year, unsigned month, unsigned day, int h = 0, int m = 0, int s = 0) {
    return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) /
                                 static_cast<int>(day)} +
           std::chrono::hours{h} + std::chrono::minutes{m} + std::chrono::seconds{s};
}
constexpr utc_instant may27 = at(2022, 5, 27, 16, 33, 50);

std::string printed(utc_instant when) {
    std::array<char, 40> buffer;
    writer out{buffer};
    return http::print_http_date(when, out) ? std::string{out.written()} : "error";
}

http::retry_step answer(http::retry_state& state, int status, text retry_after = {},
                        utc_instant now = may27, std::uint32_t random = 0) {
    const http::header header{.name = "retry-after", .value = retry_after};
    http::response response{.status = status};
    if (!retry_after.empty()) response.headers = {&header, 1};
    return state.answered(response, now, random);
}

constexpr http::retry_limits plain{.least_jitter = 0ms, .most_jitter = 0ms};

constexpr bool reads_at_compile_time() {
    const auto date = http::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", may27);
    return date && *date == at(1994, 11, 6, 8, 49, 37);
}
static_assert(reads_at_compile_time());

} // namespace

TEST_CASE("http date: the three forms of RFC 9110 section 5.6.7") {
    for (const text form :
         {text{"Sun, 06 Nov 1994 08:49:37 GMT"}, text{"Sunday, 06-Nov-94 08:49:37 GMT"},
          text{"Sun Nov  6 08:49:37 1994"}}) {
        const auto date = http::parse_http_date(form, may27);
        REQUIRE(date);
        CHECK(*date == at(1994, 11, 6, 8, 49, 37));
    }
    CHECK(printed(at(1994, 11, 6, 8, 49, 37)) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(printed(may27 + 999ms) == "Fri, 27 May 2022 16:33:50 GMT");
    CHECK(printed(at(1969, 12, 31)) == "error");
    CHECK(printed(utc_instant::max()) == "error");
    CHECK(printed(utc_instant::min()) == "error");
}

TEST_CASE("http date: what is printed is read back, on every day of 130 years") {
    std::size_t wrong = 0;
    for (int day = 0; day < 130 * 365; day += static_cast<int>(effort::stride)) {
        const utc_instant when =
            utc_instant{} + std::chrono::days{day} + std::chrono::seconds{day % 86400};
        const std::string fixed = printed(when);
        const auto back = http::parse_http_date(fixed, may27);
        const std::string asctime = fixed.substr(0, 3) + ' ' + fixed.substr(8, 3) + ' ' +
                                    (fixed[5] == '0' ? ' ' : fixed[5]) + fixed[6] + ' ' +
                                    fixed.substr(17, 8) + ' ' + fixed.substr(12, 4);
        const auto other = http::parse_http_date(asctime, may27);
        if (!back || *back != when || !other || *other != when) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("http date: a year of two digits is the one within fifty years") {
    const auto year = [](text digits, utc_instant now) {
        const auto date =
            http::parse_http_date("Monday, 01-Mar-" + std::string{digits} + " 00:00:09 GMT", now);
        return date ? static_cast<int>(
                          calendar_date{std::chrono::floor<std::chrono::days>(*date)}.year())
                    : -1;
    };
    const utc_instant now = at(2022, 3, 1, 0, 0, 9);
    CHECK(year("22", now) == 2022);
    CHECK(year("71", now) == 2071);
    CHECK(year("72", now) == 2072);
    CHECK(year("72", now - std::chrono::days{200}) == 1972);
    CHECK(year("73", now) == 1973);
    CHECK(year("99", now) == 1999);
    CHECK(year("00", now) == 2000);
    CHECK(year("10", at(2080, 1, 1)) == 2110);
    // The century does not depend on where in it `now` is: 49 years ahead is nearer than 51 back.
    CHECK(year("72", now - 1ms) == 1972);
    CHECK(year("22", at(2072, 3, 1, 0, 0, 9)) == 2122);
    CHECK(year("22", at(2072, 3, 1, 0, 0, 8)) == 2022);
    CHECK(year("22", at(2072, 2, 28)) == 2022);
    CHECK(year("49", at(2099, 12, 31)) == 2149);
    // 29 February has no anniversary in 2074; 1 March is after it.
    CHECK(year("74", at(2024, 2, 29)) == 1974);
    CHECK(year("94", utc_instant::min()) == 1994);
    CHECK(year("94", utc_instant::max()) == 9894);
}

TEST_CASE("http date: what is refused, with its offset") {
    const auto fault = [](text written) {
        const auto date = http::parse_http_date(written, may27);
        return date ? std::string{"read"}
                    : std::string{message(date.code())} + " " +
                          std::to_string(static_cast<int>(date.error().offset));
    };
    CHECK(fault("") == "the text ends too early 0");
    CHECK(fault("soon") == "not a valid date or time 0");
    CHECK(fault("Sun") == "the text ends too early 3");
    CHECK(fault("sun, 06 Nov 1994 08:49:37 GMT") == "not a valid date or time 0");
    CHECK(fault("Sun, 06 nov 1994 08:49:37 GMT") == "not a valid date or time 8");
    CHECK(fault("Sun, 06 Nov 1994 08:49:37 UTC") == "not a valid date or time 26");
    CHECK(fault("Sun, 06 Nov 1994 08:49:37 GMT ") == "not a valid date or time 29");
    CHECK(fault("Sun, 06 Nov 1994 24:49:37 GMT") == "number out of range 17");
    CHECK(fault("Sun, 31 Feb 1994 08:49:37 GMT") == "number out of range 5");
    CHECK(fault("Monday, 29-Feb-22 08:49:37 GMT") == "number out of range 8");
    CHECK(fault("Sun Feb 30 08:49:37 1994") == "number out of range 8");
    CHECK(fault("Sonday, 06-Nov-94 08:49:37 GMT") == "not a valid date or time 0");
    CHECK(fault("Sunfay, 06-Nov-94 08:49:37 GMT") == "not a valid date or time 3");
    CHECK(fault("Sun, 06 Nov 94 08:49:37 GMT") == "not a valid date or time 14");
    CHECK(fault("Sunday, 06-Nov-1994 08:49:37 GMT") == "not a valid date or time 17");
    CHECK(fault("Sun Nov 6 08:49:37 1994") == "not a valid date or time 9");
}

TEST_CASE("http date: what is cut ends too early, wherever it is cut") {
    for (const text whole :
         {text{"Sun, 06 Nov 1994 08:49:37 GMT"}, text{"Wednesday, 06-Nov-94 08:49:37 GMT"},
          text{"Sun Nov  6 08:49:37 1994"}})
        for (std::size_t size = 0; size < whole.size(); ++size) {
            CAPTURE(size);
            const auto date = http::parse_http_date(slice(whole, 0, size), may27);
            CHECK(date.code() == errc::unexpected_end);
            CHECK(date.error().offset == size);
        }
}

TEST_CASE("Retry-After: seconds, three dates, ISO 8601 (Q-32)") {
    const auto wait = [](text value, utc_instant now = may27 - 90s) {
        const auto read = http::parse_retry_after(value, now);
        return read ? read->count() : -1;
    };
    CHECK(wait("120") == 120'000);
    CHECK(wait(" 120\t") == 120'000);
    CHECK(wait("0") == 0);
    for (const text date : {"Fri, 27 May 2022 16:33:50 GMT", "Friday, 27-May-22 16:33:50 GMT",
                            "Fri May 27 16:33:50 2022", "2022-05-27T16:33:50Z",
                            "2022-05-27T16:33:50", "2022-05-27T18:33:50+02:00"}) {
        CHECK(wait(date) == 90'000);
        CHECK(wait(date, may27 + 1s) == 0);
    }
    CHECK(wait("2022-05-27T16:33:50.500Z") == 90'500);
    for (const text bad : {"-1", "1.5", "", "soon", " ", "+1", "1 2", "0x10", "12s", "2022-05-27",
                           "2022-13-27T16:33:50Z", "1e3"})
        CHECK(wait(bad) == -1);
    CHECK(http::parse_retry_after("  1.5", may27).error().offset == 3);
    CHECK(http::parse_retry_after(" 2022-13-27T00:00:00Z", may27).error().offset == 6);
}

TEST_CASE("Retry-After: no number is too large, no clock too wrong") {
    const milliseconds century = std::chrono::hours{24 * 365 * 100};
    for (const text large :
         {text{"3153600000"}, text{"4294967296"}, text{"99999999999999999999999999"}})
        CHECK(http::parse_retry_after(large, may27).value_or(0ms) == century);
    CHECK(http::parse_retry_after("3153599999", may27).value_or(0ms) == century - 1s);
    CHECK(http::parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", utc_instant::min())
              .value_or(0ms) == century);
    CHECK(http::parse_retry_after("Fri, 27 May 2022 16:33:50 GMT", utc_instant::max())
              .value_or(1ms) == 0ms);
    CHECK(http::parse_retry_after("0000-01-01T00:00:00Z", utc_instant::max()).value_or(1ms) == 0ms);
}

TEST_CASE("retry: what is sent again, by method and by what is known") {
    using http::retry_action;
    for (const http::method m : {http::method::get, http::method::head, http::method::put,
                                 http::method::delete_, http::method::post, http::method::patch}) {
        CAPTURE(name(m));
        const bool twice_is_once = m != http::method::post && m != http::method::patch;
        const auto once = twice_is_once ? retry_action::wait : retry_action::unsafe;
        const auto after = [m](int status) {
            http::retry_state state{m};
            return answer(state, status).action;
        };
        CHECK(after(429) == retry_action::wait);
        for (const int status : {408, 502, 503, 504}) CHECK(after(status) == once);
        for (const int status : {200, 201, 204, 301, 400, 401, 403, 404, 409, 500, 501})
            CHECK(after(status) == retry_action::finished);
        http::retry_state lost{m};
        CHECK(lost.lost(http::delivery::unknown, may27, 0).action == once);
        http::retry_state not_sent{m};
        CHECK(not_sent.lost(http::delivery::not_sent, may27, 0).action == retry_action::wait);
    }
    http::retry_state operation{true};
    CHECK(operation.lost(http::delivery::unknown, may27, 0).action == retry_action::wait);
}

TEST_CASE("retry: as often as allowed, each wait twice the one before, up to the longest") {
    http::retry_state state{http::method::get,
                            {.most_attempts = 6,
                             .first_wait = 2s,
                             .longest_wait = 10s,
                             .least_jitter = 0ms,
                             .most_jitter = 0ms}};
    for (const milliseconds wait : {2s, 4s, 8s, 10s, 10s}) {
        const auto step = answer(state, 503);
        CHECK(step.action == http::retry_action::wait);
        CHECK(step.wait == wait);
        CHECK(step.until == may27 + wait);
    }
    CHECK(state.attempts() == 6);
    for (int i = 0; i < 3; ++i) CHECK(answer(state, 503).action == http::retry_action::exhausted);
    CHECK(state.attempts() == 6);
    http::retry_state once{http::method::get, {.most_attempts = 1}};
    CHECK(answer(once, 429).action == http::retry_action::exhausted);
}

TEST_CASE("retry: the server's own wait, never less, and too long is told") {
    http::retry_state state{http::method::post, plain};
    CHECK(answer(state, 429, "30").wait == 30s);
    CHECK(answer(state, 429, "Fri, 27 May 2022 16:34:00 GMT").wait == 10s);
    CHECK(answer(state, 429, "soon").wait == 8s);
    http::retry_state other{http::method::post, plain};
    CHECK(answer(other, 429, "60").wait == 60s);
    const auto long_wait = answer(other, 429, "61");
    CHECK(long_wait.action == http::retry_action::too_long);
    CHECK(long_wait.wait == 61s);
    CHECK(long_wait.until == may27 + 61s);
    CHECK(other.attempts() == 2);
}

TEST_CASE("retry: jitter is spread from the least to the most") {
    const http::retry_limits limits;
    CHECK(http::jitter(limits, 0) == 1000ms);
    CHECK(http::jitter(limits, 0x80000000u) == 1500ms);
    CHECK(http::jitter(limits, 0xFFFFFFFFu) == 1999ms);
    CHECK(http::jitter({.least_jitter = 5s, .most_jitter = 1s}, 0xFFFFFFFFu) == 5s);
    CHECK(http::jitter({.least_jitter = -5s, .most_jitter = milliseconds::max()}, 0xFFFFFFFFu) <=
          24h);
    http::retry_state state{http::method::get};
    CHECK(answer(state, 429, "3", may27, 0x80000000u).wait == 4500ms);
}

TEST_CASE("retry: limits and clocks out of all measure") {
    const http::retry_limits huge{.most_attempts = 255,
                                  .first_wait = milliseconds::max(),
                                  .longest_wait = milliseconds::max() / 2};
    http::retry_state state{http::method::get, huge};
    CHECK(answer(state, 503, {}, utc_instant::max()).until == utc_instant::max());
    CHECK(http::backoff({.first_wait = -1s}, 5) == 0ms);
    CHECK(http::backoff({.first_wait = 1s, .longest_wait = -1s}, 5) == 0ms);
    CHECK(http::backoff({.first_wait = 0s}, 1'000'000) == 0ms);
    CHECK(http::backoff({.first_wait = 1ms, .longest_wait = 1h}, 1'000'000) == 1h);
    CHECK(http::later(utc_instant::max() - 5ms, 6ms) == utc_instant::max());
}

TEST_CASE("http date: every beginning of the three forms, and every wrong character in them") {
    for (const std::string good :
         {"Fri, 27 May 2022 16:33:50 GMT", "Friday, 27-May-22 16:33:50 GMT",
          "Fri May 27 16:33:50 2022", "Fri May  7 16:33:50 2022"}) {
        CAPTURE(good);
        REQUIRE(http::parse_http_date(good, at(2022, 5, 27)));
        for (std::size_t size = 0; size < good.size(); ++size) {
            CAPTURE(size);
            const auto read = http::parse_http_date(good.substr(0, size), at(2022, 5, 27));
            REQUIRE_FALSE(read);
            CHECK(read.error().offset <= size);
        }
        for (std::size_t i = 0; i < good.size(); ++i) {
            CAPTURE(i);
            std::string bad = good;
            bad[i] = '#';
            const auto read = http::parse_http_date(bad, at(2022, 5, 27));
            REQUIRE_FALSE(read);
            CHECK(read.error().offset <= i);
        }
    }
}

TEST_CASE("Retry-After: four digits that no dash follows are no date (Q-32)") {
    const auto read = http::parse_retry_after(" 2022/05/27", at(2022, 5, 27));
    CHECK(read.code() == errc::invalid_time);
    CHECK(read.error().offset == 5);
    CHECK(http::parse_retry_after(" 2022-02-30T00:00:00Z", at(2022, 5, 27)).error().offset == 9);
    CHECK(http::parse_retry_after(" 2022-02-28T00:00:00Zx", at(2022, 5, 27)).error().offset == 21);
}
