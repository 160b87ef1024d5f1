// The state machine of a session without its tokens: when a call may be sent, when which request
// for tokens is due, how often, and when to stop. Not here: the tokens (session.hpp), the requests
// (oauth2.hpp).
//
// The rules are those of RFC 6749 section 6 and of CloudLink, which disables accounts that try too
// often: refresh when a call is answered 401; one request for tokens at a time; the refresh token
// of the most recent answer; each call sent again at most once; a few failures in a row and then
// locked.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <tipring/auth/bearer.hpp>
#include <tipring/auth/oauth2.hpp>
#include <tipring/core/config.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/retry.hpp>

namespace tipring::inline TIPRING_ABI::oauth {

struct session_options {
    /// Refresh so long before a token's end, at most half of its lifetime; nothing (the default):
    /// only when a call is answered 401, as CloudLink asks for.
    std::optional<std::chrono::milliseconds> refresh_margin = {};
    /// So many refusals in a row, of fresh tokens or by the token endpoint, lock the session.
    std::uint8_t most_failures = 3;
    /// Sign in again without being told to by start_sign_in(), when there is no refresh token or it
    /// was refused, and after a lost answer. For client credentials; for passwords at your own
    /// risk. What was refused once is never sent again without being told to.
    bool may_sign_in_again = false;
    /// How often one request for tokens is sent when the endpoint is busy or does not answer, and
    /// after how long. When all of it was in vain, calls fail for another longest_wait; so they do
    /// after a sign-in that may not be sent again, but only until Retry-After where the answer has
    /// one: then start_sign_in() may follow.
    http::retry_limits retry = {};
    /// A server that asks for a longer wait than retry.longest_wait gets it, up to this; calls fail
    /// meanwhile.
    std::chrono::milliseconds longest_pause = std::chrono::hours{1};
};

/// What to do next.
enum class action : std::uint8_t {
    send,             ///< send the call with authorization()
    deliver,          ///< the answer is final: give it to whoever made the call
    ignore,           ///< an answer to a call that was already answered
    refresh,          ///< send refresh_token(), then report the outcome with `attempt`; ask again
    sign_in,          ///< send the credentials, then report the outcome with `attempt`; ask again
    wait_for_token,   ///< a request for tokens is under way: ask again when it was reported
    wait_until,       ///< ask again at `until`
    sign_in_required, ///< only you can decide that: start_sign_in()
    failed,           ///< give the call up, see `reason`
    locked,           ///< give all calls up until a person has looked at it: reset()
};

/// Why a call failed.
enum class failure : std::uint8_t {
    none,
    unauthorized, ///< answered 401 again, with a newer token
    unavailable,  ///< the token endpoint was busy or did not answer, as often as it was asked
    refused,      ///< the token endpoint refuses this client or its requests
};

struct step {
    oauth::action action = action::ignore;
    failure reason = failure::none;
    /// Of `send`: which token goes with it; only grows, and 0 is none.
    std::uint32_t generation = 0;
    /// Of `refresh` and `sign_in`: what to report the outcome with.
    std::uint32_t attempt = 0;
    /// Of `wait_until`; of `failed` as unavailable or refused, when calls may be tried again.
    utc_instant until = {};
};

/// One call of the host's, from its making to its answer. Start with a new one for each call.
struct call {
    std::uint32_t generation = 0;
    std::uint8_t refusals = 0;
    bool is_sent = false;
    bool refreshed_early = false;
};

/// How a request for tokens ended that brought none.
struct token_failure {
    /// 0 when no answer came.
    int status = 0;
    /// The `error` of the answer, such as `invalid_grant`; empty when it has none.
    text code = {};
    /// The value of Retry-After; empty when there is none.
    text retry_after = {};
    /// Any number of the caller's, for the jitter.
    std::uint32_t random = 0;

    static constexpr token_failure of(const http::api_error& refused, std::uint32_t random) {
        return {.status = refused.status,
                .code = refused.code,
                .retry_after = refused.retry_after,
                .random = random};
    }
    static constexpr token_failure lost(std::uint32_t random) { return {.random = random}; }
};

/// The part of a session that holds no secrets; see session_of.
class session_state {
public:
    /// What to do for a call that wants to be sent, also again after `wait_for_token`,
    /// `wait_until`, `refresh` and `sign_in`. Call it when time has passed too: nothing else does.
    step next(call& c, utc_instant now) {
        if (is_locked_) return {.action = action::locked};
        if (c.refusals > 1) return {.action = action::failed, .reason = failure::unauthorized};
        if (token_ != token_status::usable) return acquire(now);
        if (!c.refreshed_early && wants_early_refresh(now)) {
            c.refreshed_early = true;
            return begin(request::refresh);
        }
        c.is_sent = true;
        c.generation = generation_;
        return {.action = action::send, .generation = generation_};
    }

    /// What to do with the answer to a call. Tell it of every one, success too: that is what ends a
    /// row of failures.
    step answered(call& c, const http::response& answer, utc_instant now) {
        if (!c.is_sent) return {.action = action::ignore};
        c.is_sent = false;
        const bool is_newest = c.generation == generation_ && token_ == token_status::usable;
        if (!auth::asks_for_new_token(answer.status, answer.headers)) {
            // Of a token that was accepted before it ends no row: the endpoint may refuse
            // meanwhile.
            if (is_newest && !was_accepted_ && http::is_success(answer.status)) {
                was_accepted_ = true;
                failures_ = 0;
            }
            return {.action = action::deliver};
        }
        ++c.refusals;
        if (is_newest) {
            token_ = token_status::refused;
            if (!was_accepted_) note_failure();
        }
        return next(c, now);
    }
    /// The call was lost on the way: no answer will come. Ask next() if it may be sent again.
    static void lost(call& c) { c.is_sent = false; }

    /// The host wants to sign in, for the first time or again: `sign_in`, or why not now:
    /// `wait_for_token`, `wait_until`, `locked`.
    step start_sign_in(utc_instant now) {
        if (is_locked_) return {.action = action::locked};
        if (in_flight_ != request::none) return {.action = action::wait_for_token};
        if (is_paused(now)) return {.action = action::wait_until, .until = pause_end()};
        return begin(request::sign_in);
    }

    /// Ends the locked state; for a person, or a program that has changed the credentials.
    void reset() {
        is_locked_ = false;
        failures_ = 0;
        sign_in_was_refused_ = false;
        refresh_was_refused_ = false;
        end_round();
        // A request for tokens that is under way counts in the new round, if its failure will.
        if (is_token_awaited() && generation_ == generation_at_start_) round_attempts_ = 1;
    }

    bool is_locked() const { return is_locked_; }
    bool is_signed_in() const { return token_ == token_status::usable; }
    /// A request for tokens was asked for and is not yet reported.
    bool is_token_awaited() const { return in_flight_ != request::none; }
    /// The number of the newest token; it only ever grows.
    std::uint32_t generation() const { return generation_; }
    /// How many refusals in a row.
    unsigned failures() const { return failures_; }

protected:
    explicit session_state(const session_options& options) : options_{options} {}

    enum class token_status : std::uint8_t { none, usable, refused };
    enum class refresh_token_status : std::uint8_t { none, kept };

    /// Whether an answer to that attempt is news: the attempt was made, and no later one has been
    /// answered by tokens. Either way the attempt is over.
    bool take_answer(std::uint32_t attempt) {
        if (attempt == attempt_) in_flight_ = request::none;
        if (attempt <= newest_answer_ || attempt > attempt_) return false;
        newest_answer_ = attempt;
        return true;
    }
    void note_tokens(refresh_token_status refresh_token, std::optional<std::chrono::seconds> life,
                     utc_instant now) {
        ++generation_;
        token_ = token_status::usable;
        refresh_token_ = refresh_token;
        was_accepted_ = false;
        sign_in_was_refused_ = false;
        refresh_was_refused_ = false;
        received_ = now;
        lifetime_ = life;
        end_round();
    }
    /// Tokens came that cannot be used; those before may be void by that.
    void note_unusable_tokens(bool was_refresh) {
        forget();
        if (!was_refresh) sign_in_was_refused_ = true;
        note_failure();
    }
    void forget() {
        token_ = token_status::none;
        refresh_token_ = refresh_token_status::none;
    }
    void resume_with_refresh_token() {
        refresh_token_ = refresh_token_status::kept;
        refresh_was_refused_ = false;
        disown_attempts();
        end_round();
    }
    /// Answers to what was asked for so far are not taken any more.
    void disown_attempts() {
        newest_answer_ = attempt_;
        ++generation_;
    }
    /// Whether the attempt only refreshed what the session holds; false in doubt.
    bool is_refresh(std::uint32_t attempt) const { return attempt > last_sign_in_; }
    bool has_refresh_token() const { return refresh_token_ == refresh_token_status::kept; }

    void note_token_failure(std::uint32_t attempt, const token_failure& how, utc_instant now) {
        if (attempt != attempt_ || in_flight_ == request::none) return;
        const request what = in_flight_;
        in_flight_ = request::none;
        // A late answer to an earlier attempt has brought newer tokens meanwhile.
        if (generation_ != generation_at_start_) return;
        switch (judge(how)) {
        case verdict::grant_refused:
            if (what == request::refresh) refresh_token_ = refresh_token_status::none;
            if (what == request::sign_in) sign_in_was_refused_ = true;
            note_failure();
            end_round();
            return;
        case verdict::client_refused:
            if (what == request::sign_in) sign_in_was_refused_ = true;
            if (what == request::refresh) refresh_was_refused_ = true;
            note_failure();
            give_up(failure::refused, options_.retry.longest_wait, now);
            return;
        case verdict::not_now: note_busy(what, how, now);
        }
    }

private:
    enum class request : std::uint8_t { none, refresh, sign_in };
    enum class verdict : std::uint8_t { grant_refused, client_refused, not_now };

    step acquire(utc_instant now) {
        if (in_flight_ != request::none) return {.action = action::wait_for_token};
        if (is_paused(now)) {
            if (pause_reason_ == failure::none)
                return {.action = action::wait_until, .until = pause_end()};
            return {.action = action::failed, .reason = pause_reason_, .until = pause_end()};
        }
        if (has_refresh_token()) return begin(request::refresh);
        if (options_.may_sign_in_again && !sign_in_was_refused_) return begin(request::sign_in);
        return {.action = action::sign_in_required};
    }

    step begin(request what) {
        in_flight_ = what;
        generation_at_start_ = generation_;
        ++round_attempts_;
        ++attempt_;
        if (what == request::sign_in) last_sign_in_ = attempt_;
        return {.action = what == request::refresh ? action::refresh : action::sign_in,
                .attempt = attempt_};
    }

    bool wants_early_refresh(utc_instant now) {
        if (!options_.refresh_margin || !lifetime_ || !has_refresh_token() || refresh_was_refused_)
            return false;
        if (in_flight_ != request::none || is_paused(now)) return false;
        const std::chrono::milliseconds life = *lifetime_;
        const std::chrono::milliseconds margin =
            std::clamp(*options_.refresh_margin, std::chrono::milliseconds{0}, life / 2);
        return life.count() > 0 && now >= http::later(received_, life - margin);
    }

    /// A 400 or 401 without a word is taken for a refused grant: to try that again is what gets
    /// accounts disabled. A success that cannot be read is as good as lost.
    static verdict judge(const token_failure& how) {
        const auto code = open<error_code>{how.code}.known();
        if (code == error_code::invalid_grant) return verdict::grant_refused;
        if (code == error_code::server_error || code == error_code::temporarily_unavailable)
            return verdict::not_now;
        const bool may_pass = how.status < 300 || how.status == 408 || how.status == 429 ||
                              (how.status >= 500 && how.status != 501);
        if (!code && may_pass) return verdict::not_now;
        if (how.code.empty() && (how.status == 400 || how.status == 401))
            return verdict::grant_refused;
        return verdict::client_refused;
    }

    void note_busy(request what, const token_failure& how, utc_instant now) {
        std::chrono::milliseconds wait = http::backoff(options_.retry, round_attempts_);
        const auto asked = http::parse_retry_after(how.retry_after, now);
        if (asked) wait = *asked;
        const bool may_repeat = what == request::refresh || options_.may_sign_in_again;
        // A sign-in that only the host repeats is not waited for, so no wait is too long for it.
        const bool may_follow =
            may_repeat ? wait <= options_.retry.longest_wait : asked.has_value();
        if (!may_follow || round_attempts_ >= options_.retry.most_attempts)
            return give_up(failure::unavailable, std::max(wait, options_.retry.longest_wait), now);
        if (!may_repeat) wait = std::min(wait, options_.longest_pause);
        pause(may_repeat ? failure::none : failure::unavailable,
              wait + http::jitter(options_.retry, how.random), now);
    }

    void note_failure() {
        // None is counted behind the lock, so the number cannot run over.
        if (is_locked_) return;
        ++failures_;
        is_locked_ = failures_ >= options_.most_failures;
    }

    void give_up(failure reason, std::chrono::milliseconds wait, utc_instant now) {
        round_attempts_ = 0;
        pause(reason, std::min(wait, options_.longest_pause), now);
    }
    void end_round() {
        round_attempts_ = 0;
        pause_ = std::chrono::milliseconds{0};
    }

    void pause(failure reason, std::chrono::milliseconds wait, utc_instant now) {
        pause_ = std::max(wait, std::chrono::milliseconds{0});
        pause_start_ = now;
        pause_reason_ = reason;
    }
    /// A clock that was put back makes the pause start again, so it never lasts longer than
    /// that.
    bool is_paused(utc_instant now) {
        if (pause_.count() == 0) return false;
        if (now < pause_start_) pause_start_ = now;
        if (now < pause_end()) return true;
        pause_ = std::chrono::milliseconds{0};
        return false;
    }
    utc_instant pause_end() const { return http::later(pause_start_, pause_); }

    session_options options_;
    utc_instant received_ = {};
    std::optional<std::chrono::seconds> lifetime_ = {};
    utc_instant pause_start_ = {};
    std::chrono::milliseconds pause_ = {};
    failure pause_reason_ = failure::none;
    std::uint32_t generation_ = 0;
    std::uint32_t generation_at_start_ = 0;
    std::uint32_t attempt_ = 0;
    std::uint32_t last_sign_in_ = 0;
    std::uint32_t newest_answer_ = 0;
    std::uint8_t round_attempts_ = 0;
    std::uint8_t failures_ = 0;
    request in_flight_ = request::none;
    token_status token_ = token_status::none;
    refresh_token_status refresh_token_ = refresh_token_status::none;
    bool was_accepted_ = false;
    bool sign_in_was_refused_ = false;
    /// Not asked early again; when the token is refused it is, for what else is there to do.
    bool refresh_was_refused_ = false;
    bool is_locked_ = false;
};

} // namespace tipring::inline TIPRING_ABI::oauth
