// A session against a server in virtual time: random latencies, answers that are lost, late or come
// twice, storms of 401, clocks that jump, refresh tokens that expire, a server that is busy,
// refuses, rotates. What must never happen is asserted from what went over the wire, not from what
// the session says of itself. What happens is decided by a seed, or by bytes that a fuzzer sets.
// Not part of the library.
#pragma once

#include <tipring/auth/session.hpp>
#include <tipring/http/date.hpp>

#include "random_engine.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <queue>
#include <string>
#include <utility>
#include <vector>

namespace session_simulation {

using namespace tipring;
using namespace std::chrono_literals;
using oauth::action;
using std::chrono::milliseconds;

/// What kind of world a run plays in.
struct scenario {
    bool clock_jumps = false;
    bool may_sign_in_again = false;
    bool early_refresh = false;
    /// Of a thousand: how much goes wrong.
    unsigned lost = 80;
    unsigned busy = 80;
    unsigned refused = 20;
    unsigned storms = 2;
};

enum class kind : std::uint8_t {
    new_call,
    poll,
    call_answer,
    call_lost,
    token_answer,
    token_lost,
    person,
    jump,
    weather,
};

struct event {
    std::int64_t time = 0;
    std::uint64_t order = 0;
    kind what = kind::new_call;
    std::size_t index = 0;
    int status = 0;
    std::uint32_t attempt = 0;

    bool operator<(const event& other) const {
        return std::pair{time, order} > std::pair{other.time, other.order};
    }
};

/// A token endpoint and an API behind it. A refresh token is good once, and for a while.
class server {
public:
    struct answer {
        int status = 0;
        std::string code = {};
        std::string retry_after = {};
        std::string access = {};
        std::string refresh = {};
        std::int64_t life = 0;
    };

    answer sign_in(std::int64_t now) { return issue(now); }
    answer refresh(const std::string& token, std::int64_t now) {
        if (token != refresh_ || now > refresh_end_)
            return {.status = 400, .code = "invalid_grant"};
        return issue(now);
    }
    bool accepts(const std::string& bearer, std::int64_t now) const {
        return bearer == "Bearer " + access_ && now <= access_end_;
    }

private:
    answer issue(std::int64_t now) {
        ++count_;
        access_ = "access-" + std::to_string(count_);
        refresh_ = "refresh-" + std::to_string(count_);
        const std::int64_t life = 20 + static_cast<std::int64_t>(count_ * 37 % 600);
        access_end_ = now + life * 1000;
        refresh_end_ = now + static_cast<std::int64_t>(count_ % 7 == 0 ? 60'000 : 3'600'000);
        return {.status = count_ % 2 == 0 ? 200 : 201,
                .access = access_,
                .refresh = count_ % 5 == 0 ? std::string{} : refresh_,
                .life = life};
    }

    std::uint64_t count_ = 0;
    std::string access_;
    std::string refresh_;
    std::int64_t access_end_ = 0;
    std::int64_t refresh_end_ = 0;
};

/// One request for tokens, as the wire saw it.
struct token_request {
    bool is_refresh = false;
    bool is_reported = false;
    std::uint64_t deliveries_at_start = 0;
    server::answer answer = {};
};

struct call_record {
    oauth::call c;
    unsigned sends_answered_401 = 0;
    unsigned sends = 0;
    unsigned losses = 0;
    std::uint64_t sent_with = 0;
    std::int64_t born = 0;
    bool is_over = false;
};

class simulation {
public:
    simulation(const scenario& world, const random_values::engine& random)
        : world_{world}, random_{random}, session_{options_of(world)} {
        push(0, kind::new_call);
        push(1000, kind::weather);
        if (world.clock_jumps) push(5000, kind::jump);
    }

    /// Plays `steps` events, then lets what is under way come to its end.
    void run(std::uint64_t steps) {
        for (; steps != 0 && violations.empty(); --steps) play();
        is_ending_ = true;
        for (unsigned i = 0; i < 200'000 && !queue_.empty() && violations.empty(); ++i) play();
        require(queue_.empty(), "it ends");
        for (const call_record& each : calls_) require(each.is_over, "every call ends");
    }

    std::vector<std::string> violations;
    std::map<action, std::uint64_t> endings;
    std::uint64_t token_requests = 0;
    std::uint64_t late_tokens = 0;
    std::uint64_t doubled = 0;

private:
    static oauth::session_options options_of(const scenario& world) {
        oauth::session_options options{.may_sign_in_again = world.may_sign_in_again};
        // Longer than any pause, or shorter.
        if (world.early_refresh) options.refresh_margin = world.clock_jumps ? 30s : 30min;
        return options;
    }

    // The world.

    void push(std::int64_t delay, kind what, std::size_t index = 0, int status = 0,
              std::uint32_t attempt = 0) {
        queue_.push({time_ + delay, ++order_, what, index, status, attempt});
    }
    std::int64_t below(std::int64_t end) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
    }
    bool chance(unsigned of_a_thousand) { return random_() % 1000 < of_a_thousand; }
    std::int64_t latency() { return chance(100) ? below(20'000) : 1 + below(300); }
    utc_instant clock() const {
        return utc_instant{std::chrono::seconds{1'700'000'000}} + milliseconds{time_ + skew_};
    }
    std::uint32_t number() { return static_cast<std::uint32_t>(random_()); }

    void require(bool holds, const char* what) {
        if (!holds) violations.emplace_back(what);
    }

    void play() {
        const event e = queue_.top();
        queue_.pop();
        time_ = e.time;
        switch (e.what) {
        case kind::new_call: make_call(); break;
        case kind::poll: poll(e.index); break;
        case kind::call_answer: answer_call(e.index, e.status); break;
        case kind::call_lost: lose_call(e.index); break;
        case kind::token_answer: answer_tokens(e.attempt); break;
        case kind::token_lost: lose_tokens(e.attempt); break;
        case kind::person: act_as_person(); break;
        case kind::jump:
            skew_ += chance(500) ? below(7'200'000) : -below(7'200'000);
            if (!is_ending_) push(below(600'000), kind::jump);
            break;
        case kind::weather:
            is_storm_ = !is_storm_ && chance(world_.storms * 10);
            is_bad_password_ = chance(world_.refused * 3);
            if (!is_ending_) push(1000 + below(60'000), kind::weather);
            break;
        }
    }

    // Calls.

    void make_call() {
        if (!is_ending_) {
            const std::int64_t many = chance(100) ? 10 : 1;
            for (std::int64_t i = 0; i < many; ++i) {
                calls_.push_back({.c = {}, .born = time_});
                poll(calls_.size() - 1);
            }
            push(below(chance(50) ? 400'000 : 10'000), kind::new_call);
        }
    }
    void poll(std::size_t index) {
        call_record& call = calls_[index];
        if (!call.is_over) act(index, session_.next(call.c, clock()));
    }

    void act(std::size_t index, const oauth::step& todo) {
        call_record& call = calls_[index];
        if (is_lock_due_) require(todo.action == action::locked, "after too many refusals: locked");
        switch (todo.action) {
        case action::send: send(index); break;
        case action::refresh: request_tokens(true, todo.attempt, index); break;
        case action::sign_in:
            require(world_.may_sign_in_again, "no password is sent again unless told to");
            require(!was_sign_in_refused_, "a refused sign-in is not sent again unless told to");
            request_tokens(false, todo.attempt, index);
            break;
        case action::wait_for_token:
            require(outstanding_ != 0, "who waits for tokens waits for something");
            waiting_.push_back(index);
            break;
        case action::wait_until: {
            const std::int64_t wait = (todo.until - clock()).count();
            require(wait > 0 && wait <= 62'000, "waits are bounded");
            push(std::max<std::int64_t>(wait, 1), kind::poll, index);
            break;
        }
        case action::sign_in_required:
        case action::locked: push(below(600'000), kind::person); [[fallthrough]];
        case action::deliver:
        case action::failed:
            call.is_over = true;
            ++endings[todo.action];
            require(time_ - call.born < 3'600'000 || world_.clock_jumps,
                    "calls end within an hour");
            break;
        case action::ignore: require(false, "an answer was expected"); break;
        }
    }

    void send(std::size_t index) {
        call_record& call = calls_[index];
        ++call.sends;
        require(call.sends_answered_401 < 2, "a call is sent again at most once after a 401");
        require(call.sends <= 2 + call.losses, "a call is sent at most twice");
        const std::string bearer{session_.authorization().value};
        require(bearer == "Bearer " + access_, "calls go with the newest token");
        call.sent_with = deliveries_;
        if (chance(world_.lost)) return push(30'000, kind::call_lost, index);
        const std::int64_t delay = latency();
        const bool good = server_.accepts(bearer, time_) && !is_storm_;
        const int status = !good ? 401 : chance(30) ? 500 : 200;
        push(delay, kind::call_answer, index, status);
        if (chance(50)) {
            ++doubled;
            push(delay, kind::call_answer, index, status);
        }
    }
    void answer_call(std::size_t index, int status) {
        call_record& call = calls_[index];
        if (call.is_over) return;
        const bool is_double = !call.c.is_sent;
        const oauth::step todo = session_.answered(call.c, {.status = status}, clock());
        if (is_double) return require(todo.action == action::ignore, "doubles are passed over");
        if (status == 401) {
            ++call.sends_answered_401;
            if (call.sent_with == deliveries_ && !newest_is_refused_) {
                newest_is_refused_ = true;
                if (!newest_was_accepted_) note_refusal();
            }
        } else if (status == 200 && call.sent_with == deliveries_ && !newest_is_refused_ &&
                   !newest_was_accepted_) {
            newest_was_accepted_ = true;
            refusals_ = 0;
        }
        if (status != 401)
            require(todo.action == action::deliver, "answers other than 401 are delivered");
        if (todo.action == action::deliver) {
            call.is_over = true;
            ++endings[action::deliver];
            return;
        }
        act(index, todo);
    }
    void lose_call(std::size_t index) {
        call_record& call = calls_[index];
        ++call.losses;
        session_.lost(call.c);
        if (call.losses < 3)
            poll(index);
        else
            call.is_over = true;
    }

    // Tokens.

    void request_tokens(bool is_refresh, std::uint32_t attempt, std::size_t caller) {
        ++token_requests;
        require(outstanding_ == 0, "never two requests for tokens at once");
        require(attempt == requests_.size() + 1, "attempts are counted");
        require(!is_lock_due_, "nothing is sent once locked");
        ++outstanding_;
        waiting_.push_back(caller);
        if (is_refresh) {
            require(!refresh_.empty(), "there is something to refresh with");
            require(session_.refresh_token().reveal() == refresh_,
                    "only the newest refresh token is sent");
            const bool is_due = newest_is_refused_ || !has_access_ || world_.early_refresh;
            require(is_due, "a token that works is not refreshed");
        }
        check_pace();
        if (!is_refresh) was_sign_in_refused_ = false;
        requests_.push_back({.is_refresh = is_refresh, .deliveries_at_start = deliveries_});
        requests_.back().answer = serve(is_refresh);
    }
    /// Failed attempts in a row are counted and further apart each time.
    void check_pace() {
        if (is_round_over_ && time_ >= round_end_) {
            is_round_over_ = false;
            failed_in_round_ = 0;
        }
        require(failed_in_round_ < 4, "not more attempts than allowed");
        if (world_.clock_jumps || failed_in_round_ == 0) return;
        require(time_ >= not_before_, "not earlier than allowed");
    }
    server::answer serve(bool is_refresh) {
        const std::uint32_t attempt = static_cast<std::uint32_t>(requests_.size());
        const bool is_lost_on_the_way = chance(world_.lost);
        server::answer answer;
        if (!is_lost_on_the_way) answer = outcome(is_refresh);
        if (is_lost_on_the_way || chance(world_.lost)) {
            push(30'000, kind::token_lost, 0, 0, attempt);
            // The host had given up, and then it comes after all.
            if (!is_lost_on_the_way && chance(600))
                push(30'000 + below(10'000), kind::token_answer, 0, 0, attempt);
            return answer;
        }
        const std::int64_t delay = latency();
        push(delay, kind::token_answer, 0, 0, attempt);
        if (chance(100)) {
            ++doubled;
            push(delay + below(60'000), kind::token_answer, 0, 0, attempt);
        }
        return answer;
    }
    server::answer outcome(bool is_refresh) {
        if (chance(world_.busy)) {
            server::answer busy{.status = chance(500) ? 429 : 503};
            const std::int64_t seconds = chance(100) ? below(5000) : below(50);
            if (chance(400)) busy.retry_after = std::to_string(seconds);
            if (chance(200)) {
                std::array<char, 40> buffer;
                writer out{buffer};
                if (http::print_http_date(clock() + std::chrono::seconds{seconds}, out))
                    busy.retry_after = out.written();
            }
            return busy;
        }
        if (chance(world_.refused)) return {.status = 401, .code = "invalid_client"};
        if (is_refresh) return server_.refresh(refresh_, time_);
        if (is_bad_password_) return {.status = 400, .code = "invalid_grant"};
        return server_.sign_in(time_);
    }

    void answer_tokens(std::uint32_t attempt) {
        token_request& request = requests_[attempt - 1];
        const bool is_first_report = !request.is_reported;
        if (request.answer.status == 0) return;
        if (!request.answer.access.empty())
            deliver_tokens(attempt, request, is_first_report);
        else
            refuse_tokens(attempt, request, is_first_report);
        require(session_.refresh_token().reveal() == refresh_,
                "the newest refresh token is kept until it is refused");
        report_done(request);
    }
    void deliver_tokens(std::uint32_t attempt, token_request& request, bool is_first_report) {
        const server::answer& got = request.answer;
        oauth::token_answer answer{
            .token_type = "bearer", .expires_in = got.life, .access_token = secret{got.access}};
        if (!got.refresh.empty()) answer.refresh_token = secret{got.refresh};
        const auto taken = session_.tokens_arrived(attempt, answer, clock());
        require(taken.has_value(), "the tokens are good");
        const bool is_news = attempt > newest_attempt_;
        require(taken && *taken == is_news, "old news is passed over, and only that");
        if (!is_news) return;
        if (!is_first_report) ++late_tokens;
        newest_attempt_ = attempt;
        ++deliveries_;
        access_ = got.access;
        if (!got.refresh.empty())
            refresh_ = got.refresh;
        else if (attempt <= last_sign_in())
            refresh_.clear();
        has_access_ = true;
        newest_is_refused_ = false;
        newest_was_accepted_ = false;
        was_sign_in_refused_ = false;
        end_round();
    }
    std::uint32_t last_sign_in() const {
        for (std::size_t i = requests_.size(); i > 0; --i)
            if (!requests_[i - 1].is_refresh) return static_cast<std::uint32_t>(i);
        return 0;
    }
    void refuse_tokens(std::uint32_t attempt, const token_request& request, bool is_first_report) {
        const server::answer& got = request.answer;
        session_.tokens_failed(attempt,
                               {.status = got.status,
                                .code = got.code,
                                .retry_after = got.retry_after,
                                .random = number()},
                               clock());
        if (!is_first_report || request.deliveries_at_start != deliveries_) return;
        if (got.status == 429 || got.status == 503) {
            const auto asked = http::parse_retry_after(got.retry_after, clock());
            return note_busy(request.is_refresh, asked ? asked->count() : backoff(),
                             asked.has_value());
        }
        if (got.code == "invalid_grant") {
            if (request.is_refresh) refresh_.clear();
            end_round();
        } else {
            close_round(60'000);
        }
        if (!request.is_refresh) was_sign_in_refused_ = true;
        note_refusal();
    }
    void lose_tokens(std::uint32_t attempt) {
        token_request& request = requests_[attempt - 1];
        if (request.is_reported) return;
        session_.tokens_failed(attempt, oauth::token_failure::lost(number()), clock());
        if (request.deliveries_at_start == deliveries_)
            note_busy(request.is_refresh, backoff(), false);
        report_done(request);
    }
    void report_done(token_request& request) {
        if (request.is_reported) return;
        request.is_reported = true;
        --outstanding_;
        const std::vector<std::size_t> waiting = std::move(waiting_);
        waiting_.clear();
        for (const std::size_t index : waiting) poll(index);
    }

    // What the wire has shown so far.

    std::int64_t backoff() const { return std::int64_t{2000} << std::min(failed_in_round_, 5u); }
    void note_busy(bool is_refresh, std::int64_t wait, bool is_asked_for) {
        ++failed_in_round_;
        const bool may_repeat = is_refresh || world_.may_sign_in_again;
        if (failed_in_round_ == 4 || (may_repeat ? wait > 60'000 : !is_asked_for))
            return close_round(
                std::min<std::int64_t>(std::max<std::int64_t>(wait, 60'000), 3'600'000));
        not_before_ = time_ + std::min<std::int64_t>(wait, 3'600'000) + 1000;
        // A person may sign in then, and not much later.
        if (may_repeat || is_lock_due_ || world_.clock_jumps) return;
        const oauth::step next = session_.start_sign_in(clock());
        require(next.action == action::wait_until, "a busy endpoint is not asked at once");
        require(next.until <= clock() + milliseconds{not_before_ - time_ + 1000},
                "a sign-in waits for what was asked for");
    }
    void close_round(std::int64_t pause) {
        is_round_over_ = true;
        round_end_ = world_.clock_jumps ? time_ : time_ + pause;
        not_before_ = round_end_;
        failed_in_round_ = std::max(failed_in_round_, 1u);
    }
    void end_round() {
        failed_in_round_ = 0;
        is_round_over_ = false;
    }
    void note_refusal() {
        if (++refusals_ >= 3) is_lock_due_ = true;
        require(session_.is_locked() == is_lock_due_, "locked after three refusals in a row");
    }

    void act_as_person() {
        if (session_.is_locked()) {
            require(is_lock_due_, "not locked without a reason");
            const oauth::step refused = session_.start_sign_in(clock());
            require(refused.action == action::locked, "no sign-in once locked");
            session_.reset();
            is_lock_due_ = false;
            refusals_ = 0;
            was_sign_in_refused_ = false;
            end_round();
        }
        if (session_.is_signed_in() || (is_ending_ && waiting_.empty())) return;
        const oauth::step todo = session_.start_sign_in(clock());
        if (todo.action == action::sign_in) {
            calls_.push_back({.c = {}, .born = time_});
            request_tokens(false, todo.attempt, calls_.size() - 1);
        }
    }

    scenario world_;
    random_values::engine random_;
    oauth::session_of<64> session_;
    server server_;
    std::priority_queue<event> queue_;
    std::int64_t time_ = 0;
    std::int64_t skew_ = 0;
    std::uint64_t order_ = 0;
    bool is_ending_ = false;
    bool is_storm_ = false;
    bool is_bad_password_ = false;

    std::deque<call_record> calls_;
    std::vector<std::size_t> waiting_;
    std::deque<token_request> requests_;
    unsigned outstanding_ = 0;

    std::string access_;
    std::string refresh_;
    bool has_access_ = false;
    bool newest_is_refused_ = false;
    bool newest_was_accepted_ = false;
    bool was_sign_in_refused_ = false;
    std::uint64_t deliveries_ = 0;
    std::uint32_t newest_attempt_ = 0;
    unsigned refusals_ = 0;
    bool is_lock_due_ = false;
    unsigned failed_in_round_ = 0;
    bool is_round_over_ = false;
    std::int64_t round_end_ = 0;
    std::int64_t not_before_ = 0;
};

} // namespace session_simulation
