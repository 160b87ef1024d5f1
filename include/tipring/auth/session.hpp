// A session: the tokens of one account at one server, and the machine that says what to do with
// them. A copyable value without heap, clock, threads or random numbers. Not here: its rules
// (session_state.hpp), the requests that it asks for (oauth2.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

#include <tipring/auth/bearer.hpp>
#include <tipring/auth/oauth2.hpp>
#include <tipring/auth/session_state.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/secret_buffer.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>

namespace tipring::inline TIPRING_ABI::oauth {

/// Keeps an access and a refresh token of up to `MaxToken` bytes each; they are wiped when they are
/// replaced and when the session is destroyed. A copy is a session of its own: use one of them
/// only, because a refresh token is good once.
///
///     oauth::call c;
///     oauth::step todo = session.next(c, now());
///     for (;;)
///         switch (todo.action) {
///         case oauth::action::send: todo = session.answered(c, send_call(), now()); break;
///         case oauth::action::refresh: report(todo.attempt); todo = session.next(c, now()); break;
///         case oauth::action::deliver: return …;
///         …
///
/// Whoever gets `refresh` or `sign_in` sends that request and must report how it ended, by
/// tokens_arrived() or tokens_failed(), when no answer came too: the session has no timeout of its
/// own, so that two requests for tokens are never under way. Not for use by two threads at once.
template <std::size_t MaxToken>
class session_of : public session_state {
public:
    explicit session_of(const session_options& options = {}) : session_state{options} {}

    /// Begins with a refresh token from an earlier run. errc::bad_parameter for none,
    /// errc::capacity with the MaxToken that would have been enough; then the session is as it was.
    result<void> resume(secret refresh_token) {
        if (refresh_token.empty()) return about(errc::bad_parameter, "refresh_token");
        if (const auto kept = refresh_token_bytes_.set({}, refresh_token); !kept) return kept;
        access_token_.clear();
        forget();
        resume_with_refresh_token();
        return {};
    }

    /// As session_state::answered(); the access token is wiped when that answer refused it.
    step answered(call& c, const http::response& answer, utc_instant now) {
        const step todo = session_state::answered(c, answer, now);
        if (!is_signed_in()) access_token_.clear();
        return todo;
    }

    /// Tokens came, as the outcome of `attempt`; also late, after the attempt was reported as lost.
    /// False when the answer is old news: a later attempt has brought tokens, or the same answer
    /// came twice. Without a refresh token the old one stays (RFC 6749 section 6), but not after a
    /// sign-in.
    ///
    /// Tokens that cannot be kept or sent are errors, count as a refusal, and those before are
    /// wiped, since they may be void now: errc::capacity with the MaxToken that would have been
    /// enough, errc::bad_parameter with `token_type` or `access_token`.
    result<bool> tokens_arrived(std::uint32_t attempt, const token_answer& answer,
                                utc_instant now) {
        const bool was_refresh = is_refresh(attempt);
        if (!take_answer(attempt)) return false;
        const result<void> kept = keep(answer, was_refresh);
        if (!kept) {
            access_token_.clear();
            refresh_token_bytes_.clear();
            note_unusable_tokens(was_refresh);
            return kept.error();
        }
        note_tokens(refresh_token_bytes_.empty() ? refresh_token_status::none
                                                 : refresh_token_status::kept,
                    lifetime(answer), now);
        return true;
    }

    /// The outcome of `attempt` was a refusal, or no answer came. Of a refresh, invalid_grant, and
    /// 400 and 401 without a word, wipe the refresh token; a sign-in leaves it. Nothing happens
    /// when the attempt was already reported or a newer token has come.
    void tokens_failed(std::uint32_t attempt, const token_failure& how, utc_instant now) {
        note_token_failure(attempt, how, now);
        if (!has_refresh_token()) refresh_token_bytes_.clear();
    }

    /// The outcome of `attempt` as it was decoded: tokens that arrived, or a refusal with what it
    /// says, or an answer that cannot be read, which counts as lost and is an error. `random` is
    /// any number of the caller's, for the jitter. True when tokens were kept.
    result<bool> tokens_answered(std::uint32_t attempt, const http::answer<token_answer>& got,
                                 std::uint32_t random, utc_instant now) {
        if (got) return tokens_arrived(attempt, *got, now);
        if (const http::api_error* const refused = got.refusal()) {
            tokens_failed(attempt, token_failure::of(*refused, random), now);
            return false;
        }
        tokens_failed(attempt, token_failure::lost(random), now);
        return got.error();
    }

    /// Forgets the tokens. A request for tokens that is under way is still to be reported, and its
    /// answer is not taken.
    void sign_out() {
        access_token_.clear();
        refresh_token_bytes_.clear();
        forget();
        disown_attempts();
    }

    /// The header for calls, marked secret; empty when there is no token. Views this session until
    /// its tokens change.
    http::header authorization() const& TIPRING_LIFETIMEBOUND {
        if (access_token_.empty()) return {};
        return {.name = "Authorization", .value = access_token_.view().reveal(), .is_secret = true};
    }
    http::header authorization() const&& = delete;
    /// For the refresh request, and for keeping it over a restart. Views this session until its
    /// tokens change.
    secret refresh_token() const& TIPRING_LIFETIMEBOUND { return refresh_token_bytes_.view(); }
    secret refresh_token() const&& = delete;

private:
    result<void> keep(const token_answer& answer, bool was_refresh) {
        const auto too_long = [](text name, std::size_t needed) {
            return about(error{.code = errc::capacity, .needed = needed}, name);
        };
        if (!is_bearer(answer)) return about(errc::bad_parameter, "token_type");
        if (const auto good = auth::check_bearer_token(*answer.access_token); !good)
            return good.error();
        if (answer.access_token->size() > MaxToken)
            return too_long("access_token", answer.access_token->size());
        if (answer.refresh_token->size() > MaxToken)
            return too_long("refresh_token", answer.refresh_token->size());
        if (const auto set = access_token_.set(auth::detail::bearer_scheme, *answer.access_token);
            !set)
            return set;
        if (!answer.refresh_token->empty())
            return refresh_token_bytes_.set({}, *answer.refresh_token);
        if (!was_refresh) refresh_token_bytes_.clear();
        return {};
    }

    secret_buffer<auth::detail::bearer_scheme.size() + MaxToken> access_token_;
    secret_buffer<MaxToken> refresh_token_bytes_;
};

/// Long enough for the tokens that CloudLink was seen to give; take session_of for more or less.
using session = session_of<2048>;

} // namespace tipring::inline TIPRING_ABI::oauth
