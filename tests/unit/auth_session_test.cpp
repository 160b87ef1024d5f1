// The session, rule by rule (CloudLink's rules of refresh, retry and lockout; RFC 6749 section 6).
// All of them at once, at random, are in auth_session_simulation_test.cpp.
#include "no_heap.hpp"
#include <tipring/auth/session.hpp>
#include <tipring/http/request.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

using namespace tipring;
using namespace std::chrono_literals;
using oauth::action;

namespace {

constexpr utc_instant start{std::chrono::seconds{1'653'669'230}};

/// A session and a clock; each event is one line.
struct bench {
    explicit bench(const oauth::session_options& options = {}) : session{options} {}

    oauth::step ask(oauth::call& c) { return session.next(c, now); }
    oauth::step status(oauth::call& c, int code) {
        return session.answered(c, {.status = code}, now);
    }
    bool tokens(std::uint32_t attempt, text access, text refresh = {}, std::int64_t life = 3600) {
        oauth::token_answer answer{
            .token_type = "Bearer", .expires_in = life, .access_token = secret{access}};
        if (!refresh.empty()) answer.refresh_token = secret{refresh};
        const auto taken = session.tokens_arrived(attempt, answer, now);
        return taken && *taken;
    }
    void refused(std::uint32_t attempt, int code, text word = {}, text retry_after = {}) {
        session.tokens_failed(attempt, {.status = code, .code = word, .retry_after = retry_after},
                              now);
    }
    void lost(std::uint32_t attempt) {
        session.tokens_failed(attempt, oauth::token_failure::lost(0), now);
    }
    void sign_in() {
        const auto todo = session.start_sign_in(now);
        REQUIRE(todo.action == action::sign_in);
        REQUIRE(tokens(todo.attempt, "a1", "r1"));
    }
    /// Signed in, and the first call was answered well.
    void work() {
        sign_in();
        oauth::call c;
        ask(c);
        status(c, 200);
    }
    text bearer() const { return session.authorization().value; }
    text refresh_token() const { return session.refresh_token().reveal(); }

    oauth::session_of<16> session;
    utc_instant now = start;
};

static_assert(std::is_copy_constructible_v<oauth::session>);
static_assert(sizeof(oauth::session) < 2 * 2048 + 300);

} // namespace

TEST_CASE("session: nothing is signed in by itself, then a call goes with the token") {
    bench b;
    oauth::call c;
    CHECK(b.ask(c).action == action::sign_in_required);
    CHECK(b.bearer().empty());
    b.sign_in();
    const auto todo = b.ask(c);
    CHECK(todo.action == action::send);
    CHECK(todo.generation == 1);
    CHECK(b.bearer() == "Bearer a1");
    CHECK(b.session.authorization().is_secret);
    CHECK(b.status(c, 200).action == action::deliver);
    CHECK(b.status(c, 200).action == action::ignore);
}

TEST_CASE("session: ten 401s make one refresh, and each call is sent again once") {
    bench b;
    b.work();
    std::array<oauth::call, 10> calls;
    for (auto& c : calls) CHECK(b.ask(c).action == action::send);
    std::uint32_t attempt = 0;
    std::size_t refreshes = 0;
    for (auto& c : calls) {
        const auto todo = b.status(c, 401);
        if (todo.action == action::refresh) {
            ++refreshes;
            attempt = todo.attempt;
            CHECK(b.refresh_token() == "r1");
        } else {
            CHECK(todo.action == action::wait_for_token);
        }
    }
    CHECK(refreshes == 1);
    oauth::call fresh;
    CHECK(b.ask(fresh).action == action::wait_for_token);
    CHECK(b.tokens(attempt, "a2", "r2"));
    for (auto& c : calls) {
        const auto todo = b.ask(c);
        CHECK(todo.action == action::send);
        CHECK(todo.generation == 2);
        CHECK(b.status(c, 200).action == action::deliver);
    }
    CHECK(b.bearer() == "Bearer a2");
    CHECK(b.refresh_token() == "r2");
}

TEST_CASE("session: a 401 for an older token only sends the call again") {
    bench b;
    b.work();
    oauth::call slow;
    oauth::call fast;
    b.ask(slow);
    b.ask(fast);
    const auto todo = b.status(fast, 401);
    REQUIRE(todo.action == action::refresh);
    CHECK(b.tokens(todo.attempt, "a2", "r2"));
    const auto again = b.status(slow, 401);
    CHECK(again.action == action::send);
    CHECK(again.generation == 2);
    CHECK(b.session.failures() == 0);
}

TEST_CASE("session: a call that is refused with the new token too is given up") {
    bench b;
    b.work();
    oauth::call c;
    b.ask(c);
    const auto todo = b.status(c, 401);
    b.tokens(todo.attempt, "a2", "r2");
    CHECK(b.ask(c).action == action::send);
    const auto second = b.status(c, 401);
    CHECK(second.action == action::failed);
    CHECK(second.reason == oauth::failure::unauthorized);
    CHECK(b.ask(c).action == action::failed);
}

TEST_CASE(
    "session: an access token that was refused is wiped at once, not when the next one comes") {
    bench b;
    b.work();
    oauth::call c;
    b.ask(c);
    const text kept = b.session.authorization().value;
    REQUIRE(kept == "Bearer a1");
    const auto todo = b.status(c, 401);
    CHECK(todo.action == action::refresh);
    CHECK(b.session.authorization().value.empty());
    CHECK(b.session.authorization().name.empty());
    for (std::size_t i = 0; i < kept.size(); ++i) CHECK(kept.data()[i] == 0);
    b.refused(todo.attempt, 400, "invalid_grant");
    CHECK(b.ask(c).action == action::sign_in_required);
    CHECK(b.session.authorization().value.empty());
    CHECK(b.refresh_token().empty());
}

TEST_CASE("session: 403, other answers, and a 401 for another reason are delivered") {
    bench b;
    b.work();
    for (const int code : {400, 403, 404, 500, 503}) {
        oauth::call c;
        b.ask(c);
        CHECK(b.status(c, code).action == action::deliver);
    }
    const http::header header{.name = "WWW-Authenticate",
                              .value = "Bearer error=\"insufficient_scope\""};
    oauth::call c;
    b.ask(c);
    CHECK(b.session.answered(c, {.status = 401, .headers = {&header, 1}}, b.now).action ==
          action::deliver);
}

TEST_CASE("session: a refresh without a new refresh token keeps the old one, a sign-in does not") {
    bench b;
    b.work();
    oauth::call c;
    b.ask(c);
    const auto todo = b.status(c, 401);
    CHECK(b.tokens(todo.attempt, "a2"));
    CHECK(b.refresh_token() == "r1");
    const auto sign_in = b.session.start_sign_in(b.now);
    REQUIRE(sign_in.action == action::sign_in);
    CHECK(b.tokens(sign_in.attempt, "a3"));
    CHECK(b.refresh_token().empty());
}

TEST_CASE("session: invalid_grant drops the refresh token at once, and no password is sent again") {
    for (const bool told : {false, true}) {
        CAPTURE(told);
        bench b{{.may_sign_in_again = told}};
        b.work();
        oauth::call c;
        b.ask(c);
        const auto todo = b.status(c, 401);
        b.refused(todo.attempt, 400, "invalid_grant");
        CHECK(b.refresh_token().empty());
        const auto next = b.ask(c);
        CHECK(next.action == (told ? action::sign_in : action::sign_in_required));
        if (!told) continue;
        b.refused(next.attempt, 400, "invalid_grant");
        CHECK(b.ask(c).action == action::sign_in_required);
        const auto again = b.session.start_sign_in(b.now);
        CHECK(again.action == action::sign_in);
        CHECK(b.tokens(again.attempt, "a9", "r9"));
        CHECK(b.ask(c).action == action::send);
    }
}

TEST_CASE("session: which refusals end a refresh token, which end the attempts, which may pass") {
    struct row {
        int status;
        text code;
        action next;
        bool keeps_refresh_token;
    };
    constexpr row rows[] = {
        {400, "invalid_grant", action::sign_in_required, false},
        {200, "invalid_grant", action::sign_in_required, false},
        {400, "", action::sign_in_required, false},
        {401, "", action::sign_in_required, false},
        {400, "invalid_request", action::failed, true},
        {401, "invalid_client", action::failed, true},
        {400, "unauthorized_client", action::failed, true},
        {400, "slow_down", action::failed, true},
        {302, "", action::failed, true},
        {403, "", action::failed, true},
        {404, "", action::failed, true},
        {501, "", action::failed, true},
        {400, "temporarily_unavailable", action::wait_until, true},
        {500, "server_error", action::wait_until, true},
        {429, "", action::wait_until, true},
        {408, "", action::wait_until, true},
        {500, "", action::wait_until, true},
        {503, "", action::wait_until, true},
        {504, "", action::wait_until, true},
        {0, "", action::wait_until, true},
    };
    for (const row& each : rows) {
        CAPTURE(each.status);
        CAPTURE(each.code);
        bench b;
        b.work();
        oauth::call c;
        b.ask(c);
        const auto todo = b.status(c, 401);
        b.refused(todo.attempt, each.status, each.code);
        const auto next = b.ask(c);
        CHECK(next.action == each.next);
        if (next.action == action::failed) CHECK(next.reason == oauth::failure::refused);
        CHECK(b.refresh_token().empty() == !each.keeps_refresh_token);
        CHECK(b.session.failures() == (each.next == action::wait_until ? 0 : 1));
    }
}

TEST_CASE(
    "session: a busy endpoint is asked as often as allowed, later each time, then calls fail") {
    bench b;
    b.work();
    oauth::call c;
    b.ask(c);
    auto todo = b.status(c, 401);
    for (const auto wait : {3s, 5s, 9s}) {
        b.lost(todo.attempt);
        todo = b.ask(c);
        CHECK(todo.action == action::wait_until);
        CHECK(todo.until == b.now + wait);
        b.now = todo.until - 1ms;
        CHECK(b.ask(c).action == action::wait_until);
        b.now += 1ms;
        todo = b.ask(c);
        CHECK(todo.action == action::refresh);
    }
    b.lost(todo.attempt);
    todo = b.ask(c);
    CHECK(todo.action == action::failed);
    CHECK(todo.reason == oauth::failure::unavailable);
    CHECK(todo.until == b.now + 60s);
    b.now += 60s;
    oauth::call later;
    CHECK(b.ask(later).action == action::refresh);
    CHECK(b.session.failures() == 0);
}

TEST_CASE("session: Retry-After is waited for; longer than allowed, calls fail meanwhile (Q-32)") {
    bench b{{.longest_pause = 10min}};
    b.work();
    oauth::call c;
    b.ask(c);
    auto todo = b.status(c, 401);
    b.refused(todo.attempt, 429, "", "7");
    CHECK(b.ask(c).until == b.now + 8s);
    b.now += 8s;
    todo = b.ask(c);
    b.refused(todo.attempt, 429, "", "300");
    todo = b.ask(c);
    CHECK(todo.action == action::failed);
    CHECK(todo.until == b.now + 300s);
    CHECK(b.session.start_sign_in(b.now).action == action::wait_until);
    b.now += 300s;
    todo = b.ask(c);
    CHECK(todo.action == action::refresh);
    b.refused(todo.attempt, 429, "", "86400");
    CHECK(b.ask(c).until == b.now + 10min);
}

TEST_CASE("session: after a busy sign-in the next may follow when Retry-After says (Q-32)") {
    for (const int status : {429, 503}) {
        bench b{{.longest_pause = 10min}};
        oauth::call c;
        for (const auto& [asked, wait] : {std::pair{text{"5"}, 6s}, std::pair{text{"300"}, 301s},
                                          std::pair{text{"86400"}, 601s}}) {
            const auto todo = b.session.start_sign_in(b.now);
            REQUIRE(todo.action == action::sign_in);
            b.refused(todo.attempt, status, "", asked);
            const auto later = b.session.start_sign_in(b.now);
            CHECK(later.action == action::wait_until);
            CHECK(later.until == b.now + wait);
            // Nothing is sent by itself: not now, and not then.
            const auto failed = b.ask(c);
            CHECK(failed.action == action::failed);
            CHECK(failed.reason == oauth::failure::unavailable);
            CHECK(failed.until == later.until);
            b.now = later.until - 1ms;
            CHECK(b.session.start_sign_in(b.now).action == action::wait_until);
            b.now += 1ms;
            CHECK(b.ask(c).action == action::sign_in_required);
        }
        // The fourth in a row is the last for a while, and so is one without a time.
        for (const text asked : {text{"5"}, text{"soon"}, text{}}) {
            const auto todo = b.session.start_sign_in(b.now);
            REQUIRE(todo.action == action::sign_in);
            b.refused(todo.attempt, status, "", asked);
            CHECK(b.session.start_sign_in(b.now).until == b.now + 60s);
            b.now += 60s;
        }
        CHECK(b.session.failures() == 0);
        b.sign_in();
    }
}

TEST_CASE("session: a lost sign-in is not sent again unless told to") {
    for (const bool told : {false, true}) {
        bench b{{.may_sign_in_again = told}};
        const auto todo = b.session.start_sign_in(b.now);
        b.lost(todo.attempt);
        oauth::call c;
        CHECK(b.ask(c).action == (told ? action::wait_until : action::failed));
        b.now += 60s;
        CHECK(b.ask(c).action == (told ? action::sign_in : action::sign_in_required));
    }
}

TEST_CASE("session: refusals in a row lock it until it is reset") {
    bench b;
    b.work();
    for (int i = 0; i < 3; ++i) {
        CHECK_FALSE(b.session.is_locked());
        const auto todo = b.session.start_sign_in(b.now);
        REQUIRE(todo.action == action::sign_in);
        b.refused(todo.attempt, 401, "invalid_grant");
    }
    CHECK(b.session.is_locked());
    oauth::call c;
    CHECK(b.ask(c).action == action::locked);
    CHECK(b.session.start_sign_in(b.now).action == action::locked);
    b.now += 24h * 365;
    CHECK(b.ask(c).action == action::locked);
    b.session.reset();
    CHECK(b.ask(c).action == action::send);
}

TEST_CASE(
    "session: a request for tokens that is under way when it is reset counts like any other") {
    bench b{{.refresh_margin = 30s}};
    b.sign_in();
    oauth::call early;
    b.now += 3590s;
    const auto refresh = b.ask(early);
    REQUIRE(refresh.action == action::refresh);
    // Meanwhile calls are refused until the session is locked.
    for (int i = 0; i < 3 && !b.session.is_locked(); ++i) {
        oauth::call c;
        b.now += 1s;
        b.session.reset();
        if (b.ask(c).action != action::send) break;
        b.status(c, 401);
    }
    b.session.reset();
    oauth::call c;
    CHECK(b.ask(c).action == action::wait_for_token);
    // 4 attempts in all: 2, 4 and 8 seconds apart and a second of jitter.
    auto attempt = refresh.attempt;
    for (const auto wait : {3s, 5s, 9s}) {
        b.lost(attempt);
        CHECK(b.ask(c).action == action::wait_until);
        b.now += wait - 1ms;
        CHECK(b.ask(c).action == action::wait_until);
        b.now += 1ms;
        const auto again = b.ask(c);
        REQUIRE(again.action == action::refresh);
        attempt = again.attempt;
    }
    b.lost(attempt);
    CHECK(b.ask(c).action == action::failed);
}

TEST_CASE("session: fresh tokens that are all refused lock it, expiry does not") {
    bench b;
    b.work();
    std::size_t refreshes = 0;
    oauth::step todo;
    for (int i = 0; i < 10 && todo.action != action::locked; ++i) {
        oauth::call c;
        todo = b.ask(c);
        while (todo.action == action::send || todo.action == action::refresh) {
            if (todo.action == action::refresh) {
                ++refreshes;
                CHECK(b.tokens(todo.attempt, "x", "y"));
                todo = b.ask(c);
            } else {
                todo = b.status(c, 401);
            }
        }
    }
    CHECK(todo.action == action::locked);
    // The first token had worked; the next three were refused.
    CHECK(refreshes == 3);

    bench good;
    good.work();
    for (int i = 0; i < 50; ++i) {
        oauth::call c;
        good.ask(c);
        const auto refresh = good.status(c, 401);
        REQUIRE(refresh.action == action::refresh);
        REQUIRE(good.tokens(refresh.attempt, "a", "r"));
        REQUIRE(good.ask(c).action == action::send);
        REQUIRE(good.status(c, 200).action == action::deliver);
    }
    CHECK(good.session.failures() == 0);
}

TEST_CASE("session: late, doubled and overtaken answers") {
    bench b;
    b.work();
    oauth::call c;
    b.ask(c);
    const auto first = b.status(c, 401);
    b.lost(first.attempt);
    b.now += 3s;
    const auto second = b.ask(c);
    REQUIRE(second.action == action::refresh);
    // The answer to the first comes while the second, with the old refresh token, is under way.
    CHECK(b.tokens(first.attempt, "a2", "r2"));
    CHECK(b.ask(c).action == action::send);
    CHECK(b.session.is_token_awaited());
    const auto third = b.status(c, 401);
    CHECK(third.action == action::failed);
    oauth::call other;
    CHECK(b.ask(other).action == action::wait_for_token);
    // The second is refused, because its refresh token was used up: that says nothing of r2.
    b.refused(second.attempt, 400, "invalid_grant");
    CHECK(b.refresh_token() == "r2");
    const auto fourth = b.ask(other);
    CHECK(fourth.action == action::refresh);
    CHECK(b.tokens(fourth.attempt, "a3", "r3"));
    CHECK_FALSE(b.tokens(fourth.attempt, "a3", "r3"));
    CHECK_FALSE(b.tokens(second.attempt, "a4", "r4"));
    CHECK_FALSE(b.tokens(99, "a5", "r5"));
    b.refused(fourth.attempt, 400, "invalid_grant");
    CHECK(b.refresh_token() == "r3");
    CHECK(b.bearer() == "Bearer a3");
}

TEST_CASE("session: reset while an overtaken request for tokens is under way") {
    bench b;
    b.work();
    CHECK(b.session.generation() == 1);
    oauth::call c;
    b.ask(c);
    const auto first = b.status(c, 401);
    b.lost(first.attempt);
    b.now += 3s;
    REQUIRE(b.ask(c).action == action::refresh);
    REQUIRE(b.tokens(first.attempt, "a2", "r2"));
    b.session.reset();
    CHECK(b.session.generation() == 2);
    CHECK(b.session.is_token_awaited());
    CHECK(b.ask(c).action == action::send);
}

TEST_CASE("session: the most attempts that can be asked for, in every round") {
    bench b{{.retry = {.most_attempts = 255, .longest_wait = 24h}, .longest_pause = 24h}};
    b.work();
    oauth::call c;
    b.ask(c);
    auto todo = b.status(c, 401);
    for (int round = 0; round < 3; ++round) {
        int attempts = 0;
        while (todo.action == action::refresh) {
            ++attempts;
            b.lost(todo.attempt);
            const auto paused = b.ask(c);
            if (paused.action == action::failed) break;
            REQUIRE(paused.action == action::wait_until);
            b.now = paused.until;
            todo = b.ask(c);
        }
        CHECK(attempts == 255);
        b.now += 24h;
        todo = b.ask(c);
    }
    CHECK_FALSE(b.session.is_locked());
}

TEST_CASE("session: what fails behind the lock is not counted") {
    bench b{{.refresh_margin = 60s, .most_failures = 1}};
    b.sign_in();
    oauth::call c;
    REQUIRE(b.ask(c).action == action::send);
    b.now += 1h;
    oauth::call early;
    const auto refresh = b.ask(early);
    REQUIRE(refresh.action == action::refresh);
    CHECK(b.status(c, 401).action == action::locked);
    b.refused(refresh.attempt, 400, "invalid_grant");
    CHECK(b.session.failures() == 1);
    CHECK(b.session.is_locked());
}

TEST_CASE("session: early refresh by a margin, one at a time, calls go on meanwhile (Q-17)") {
    bench b{{.refresh_margin = 60s}};
    b.work();
    b.now += 3539s;
    oauth::call early;
    CHECK(b.ask(early).action == action::send);
    b.now += 1s;
    oauth::call c;
    const auto todo = b.ask(c);
    CHECK(todo.action == action::refresh);
    oauth::call other;
    CHECK(b.ask(other).action == action::send);
    CHECK(b.tokens(todo.attempt, "a2", "r2", 0));
    CHECK(b.ask(c).action == action::send);

    // Half of the lifetime at most, never for ever, and not in a circle.
    for (const std::int64_t life : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{20}}) {
        bench s{{.refresh_margin = 60s}};
        const auto sign_in = s.session.start_sign_in(s.now);
        CHECK(s.tokens(sign_in.attempt, "a", "r", life));
        oauth::call first;
        CHECK(s.ask(first).action == action::send);
        s.now += 10s;
        oauth::call second;
        CHECK(s.ask(second).action == (life == 20 ? action::refresh : action::send));
    }
    // Without a lifetime, or without a refresh token, there is nothing to do early.
    for (const bool has_life : {false, true}) {
        bench s{{.refresh_margin = 60s}};
        const auto sign_in = s.session.start_sign_in(s.now);
        oauth::token_answer answer{.token_type = "Bearer", .access_token = secret{"a"}};
        if (has_life)
            answer.expires_in = std::int64_t{20};
        else
            answer.refresh_token = secret{"r"};
        REQUIRE(s.session.tokens_arrived(sign_in.attempt, answer, s.now));
        s.now += 24h;
        oauth::call later;
        CHECK(s.ask(later).action == action::send);
    }
    // Each call refreshes early once, wherever the clock jumps.
    bench jump{{.refresh_margin = 60s}};
    jump.work();
    jump.now += 1h;
    oauth::call once;
    const auto refresh = jump.ask(once);
    CHECK(refresh.action == action::refresh);
    CHECK(jump.tokens(refresh.attempt, "a2", "r2"));
    jump.now += 1h;
    CHECK(jump.ask(once).action == action::send);

    bench never;
    never.work();
    never.now += 24h * 365;
    oauth::call old;
    CHECK(never.ask(old).action == action::send);
}

TEST_CASE("session: a clock that is put back or forward") {
    bench b;
    b.work();
    oauth::call c;
    b.ask(c);
    auto todo = b.status(c, 401);
    b.lost(todo.attempt);
    CHECK(b.ask(c).until == b.now + 3s);
    b.now -= 24h;
    CHECK(b.ask(c).until == b.now + 3s);
    b.now += 3s;
    CHECK(b.ask(c).action == action::refresh);
    for (const utc_instant extreme : {utc_instant::min(), utc_instant::max(), utc_instant{}}) {
        bench e;
        e.now = extreme;
        e.work();
        oauth::call one;
        e.ask(one);
        todo = e.status(one, 401);
        e.lost(todo.attempt);
        CHECK(e.ask(one).action ==
              (extreme == utc_instant::max() ? action::refresh : action::wait_until));
    }
}

TEST_CASE("session: tokens that cannot be kept or sent end it, and say why") {
    struct row {
        text type;
        text access;
        text refresh;
        errc code;
        std::size_t needed;
        text name;
    };
    constexpr row rows[] = {
        {"bearer", "12345678901234567", "r", errc::capacity, 17, "access_token"},
        {"bearer", "a", "123456789012345678", errc::capacity, 18, "refresh_token"},
        {"mac", "a", "r", errc::bad_parameter, 0, "token_type"},
        {"bearer", "a\r\nX: y", "r", errc::bad_parameter, 0, "access_token"},
    };
    for (const row& each : rows) {
        CAPTURE(each.name);
        bench b;
        b.work();
        oauth::call c;
        b.ask(c);
        const auto todo = b.status(c, 401);
        const auto taken = b.session.tokens_arrived(todo.attempt,
                                                    {.token_type = each.type,
                                                     .access_token = secret{each.access},
                                                     .refresh_token = secret{each.refresh}},
                                                    b.now);
        CHECK(taken.code() == each.code);
        CHECK(taken.error().needed == each.needed);
        REQUIRE(taken.error().path.size == 1);
        CHECK(taken.error().path.steps[0].member() == each.name);
        CHECK(b.bearer().empty());
        CHECK(b.refresh_token().empty());
        CHECK(b.ask(c).action == action::sign_in_required);
        CHECK(b.session.failures() == 1);
    }
    bench full;
    const auto todo = full.session.start_sign_in(full.now);
    CHECK(full.tokens(todo.attempt, "1234567890123456", "1234567890123456"));
}

TEST_CASE("session: what the endpoint refuses early is not asked early again (Q-32)") {
    bench b{{.refresh_margin = 30min}};
    b.work();
    b.now += 31min;
    oauth::call c;
    const auto refresh = b.ask(c);
    REQUIRE(refresh.action == action::refresh);
    b.refused(refresh.attempt, 400, "unauthorized_client");
    CHECK(b.session.failures() == 1);
    for (int minute = 0; minute < 20; ++minute) {
        b.now += 1min;
        oauth::call other;
        REQUIRE(b.ask(other).action == action::send);
        CHECK(b.status(other, 200).action == action::deliver);
        CHECK(b.session.failures() == 1);
    }
    oauth::call late;
    REQUIRE(b.ask(late).action == action::send);
    CHECK(b.status(late, 401).action == action::refresh);
}

TEST_CASE("session: a token that still works does not hide that signing in is refused (Q-32)") {
    bench b;
    b.work();
    for (unsigned i = 1; i <= 3; ++i) {
        const auto todo = b.session.start_sign_in(b.now);
        REQUIRE(todo.action == action::sign_in);
        b.refused(todo.attempt, 400, "invalid_grant");
        CHECK(b.session.failures() == i);
        oauth::call c;
        if (b.ask(c).action == action::send) b.status(c, 200);
    }
    CHECK(b.session.is_locked());
}

TEST_CASE("session: a sign-in that brings unusable tokens is not repeated by itself") {
    bench b{{.may_sign_in_again = true}};
    oauth::call c;
    const auto todo = b.ask(c);
    REQUIRE(todo.action == action::sign_in);
    CHECK_FALSE(b.session.tokens_arrived(
        todo.attempt, {.token_type = "mac", .access_token = secret{"a"}}, b.now));
    CHECK(b.ask(c).action == action::sign_in_required);
    CHECK(b.session.failures() == 1);
}

TEST_CASE("session: resumed with a kept refresh token, and signed out") {
    bench b;
    CHECK(b.session.resume(secret{"12345678901234567"}).error().needed == 17);
    CHECK(b.session.resume(secret{}).code() == errc::bad_parameter);
    oauth::call nothing;
    CHECK(b.ask(nothing).action == action::sign_in_required);
    REQUIRE(b.session.resume(secret{"r1"}));
    oauth::call c;
    const auto todo = b.ask(c);
    REQUIRE(todo.action == action::refresh);
    CHECK(b.refresh_token() == "r1");
    b.session.sign_out();
    CHECK(b.refresh_token().empty());
    CHECK(b.session.is_token_awaited());
    CHECK_FALSE(b.tokens(todo.attempt, "a2", "r2"));
    CHECK(b.bearer().empty());
    CHECK(b.ask(c).action == action::sign_in_required);
}

TEST_CASE("session: the outcome of a request for tokens is told as it was decoded") {
    bench b;
    static_arena<1024> memory;
    const auto outcome = [&](int status, text body) {
        const auto todo = b.session.start_sign_in(b.now);
        REQUIRE(todo.action == action::sign_in);
        const auto got =
            decode<oauth::password_grant>(http::response{.status = status, .body = body}, memory);
        return b.session.tokens_answered(todo.attempt, got, 0, b.now);
    };
    const auto arrived = outcome(201, R"({"access_token":"a1","refresh_token":"r1"})");
    REQUIRE(arrived);
    CHECK(*arrived);
    CHECK(b.bearer() == "Bearer a1");
    CHECK(b.refresh_token() == "r1");

    // A refusal is what the API says: invalid_grant ends the refresh token.
    oauth::call c;
    REQUIRE(b.ask(c).action == action::send);
    const auto todo = b.status(c, 401);
    REQUIRE(todo.action == action::refresh);
    const auto refused = b.session.tokens_answered(
        todo.attempt,
        decode<oauth::refresh_token_grant>(
            http::response{.status = 400, .body = R"({"error":"invalid_grant"})"}, memory),
        0, b.now);
    REQUIRE(refused);
    CHECK_FALSE(*refused);
    CHECK(b.refresh_token().empty());
    CHECK(b.ask(c).action == action::sign_in_required);

    // What cannot be read is as good as lost, and is told.
    const auto unreadable = outcome(201, "<html>");
    CHECK_FALSE(unreadable);
    CHECK(unreadable.code() != errc::ok);
    CHECK_FALSE(b.session.is_token_awaited());

    // Tokens that cannot be kept are errors too.
    bench full;
    const auto attempt = full.session.start_sign_in(full.now).attempt;
    const auto too_long = full.session.tokens_answered(
        attempt,
        decode<oauth::password_grant>(
            http::response{.status = 200, .body = R"({"access_token":"12345678901234567"})"},
            memory),
        0, full.now);
    CHECK(too_long.code() == errc::capacity);
    CHECK(too_long.error().needed == 17);
}

TEST_CASE("session: from sign-in to refresh nothing is allocated") {
    no_heap_guard guard;
    oauth::session s;
    static_arena<2048> memory;
    const auto sign_in = s.start_sign_in(start);
    const origin_server endpoint{.origin = "https://a.example"};
    const auto request =
        encode(oauth::password_grant{.username = "u", .password = secret{"p"}}, endpoint, memory);
    const auto got = decode<oauth::password_grant>(
        http::response{.status = 201, .body = R"({"access_token":"a","refresh_token":"r"})"},
        memory);
    const auto taken = s.tokens_arrived(sign_in.attempt, *got, start);
    oauth::call c;
    s.next(c, start);
    const auto refresh = s.answered(c, {.status = 401}, start);
    s.tokens_failed(refresh.attempt, oauth::token_failure::lost(1), start);
    const auto copy = s;
    CHECK(guard.stop() == 0);
    CHECK(request);
    CHECK(taken);
    CHECK(copy.refresh_token().reveal() == "r");
}

TEST_CASE("session: a copy goes its own way") {
    bench b;
    b.work();
    bench other = b;
    oauth::call c;
    b.ask(c);
    const auto todo = b.status(c, 401);
    b.tokens(todo.attempt, "a2", "r2");
    CHECK(other.bearer() == "Bearer a1");
    CHECK(b.bearer() == "Bearer a2");
    other = b;
    CHECK(other.bearer() == "Bearer a2");
    bench& same = other;
    other = same;
    CHECK(other.refresh_token() == "r2");
}

TEST_CASE("session: tokens are wiped when replaced, refused, signed out and destroyed") {
    using kept = oauth::session_of<32>;
    alignas(kept) unsigned char bytes[sizeof(kept)];
    const auto holds = [&](text what) {
        volatile unsigned char* const left = bytes;
        std::string seen;
        for (std::size_t i = 0; i < sizeof bytes; ++i) seen += static_cast<char>(left[i]);
        return seen.find(what) != std::string::npos;
    };
    kept* const s = new (bytes) kept{};
    const auto arrive = [&](text access, text refresh) {
        const auto todo = s->start_sign_in(start);
        CHECK(s->tokens_arrived(todo.attempt,
                                {.access_token = secret{access}, .refresh_token = secret{refresh}},
                                start));
    };
    arrive("access-one-long", "refresh-one-long");
    CHECK(holds("access-one"));
    CHECK(holds("refresh-one"));
    arrive("access-2", "refresh-2");
    CHECK_FALSE(holds("-one"));
    CHECK_FALSE(holds("long"));
    oauth::call c;
    s->next(c, start);
    const auto todo = s->answered(c, {.status = 401}, start);
    s->tokens_failed(todo.attempt, {.status = 400, .code = "invalid_grant"}, start);
    CHECK_FALSE(holds("refresh-2"));
    s->sign_out();
    CHECK_FALSE(holds("access-2"));
    arrive("access-3", "refresh-3");
    s->~kept();
    CHECK_FALSE(holds("access-3"));
    CHECK_FALSE(holds("refresh-3"));
}
