// Pager, session and retry: from one page to the next, from an expired token to a new one, from a
// busy server to the time to ask again.
#include "../steps.hpp"

#include <tipring/auth/session.hpp>
#include <tipring/http/paging.hpp>
#include <tipring/http/retry.hpp>

namespace {

bool walk() {
    memory.reset();
    pager pages{recorder};
    const auto first = pages.first(*hidden(&groups), memory);
    if (!first || !*first) return false;
    const auto next = pages.next(*hidden(&link), memory);
    if (!next || !*next) return false;
    const auto again = pages.next(*hidden(&link), memory);
    return again.code() == errc::repeated_page;
}

oauth::session_of<64> session;

bool sign_in(utc_instant now) {
    session.sign_out();
    oauth::token_answer tokens{
        .token_type = "bearer", .access_token = secret{"a1"}, .refresh_token = secret{"r1"}};
    hidden(&tokens);
    const auto begun = session.start_sign_in(now);
    if (!session.tokens_arrived(begun.attempt, tokens, now)) return false;
    oauth::call call;
    auto todo = session.next(call, now);
    if (todo.action != oauth::action::send) return false;
    todo = session.answered(call, {.status = 401}, now);
    if (todo.action != oauth::action::refresh) return false;
    session.tokens_failed(todo.attempt, oauth::token_failure::lost(1), now);
    todo = session.next(call, now);
    if (todo.action != oauth::action::wait_until) return false;
    todo = session.next(call, todo.until);
    if (todo.action != oauth::action::refresh) return false;
    tokens.access_token = secret{"a2"};
    if (!session.tokens_arrived(todo.attempt, tokens, now)) return false;
    todo = session.next(call, now);
    return todo.action == oauth::action::send &&
           session.answered(call, {.status = 200}, now).action == oauth::action::deliver;
}

bool wait(utc_instant now) {
    http::header headers[] = {{.name = "Retry-After", .value = "7"}};
    http::retry_state attempts{http::method::get};
    const auto step = attempts.answered({.status = 503, .headers = *hidden(&headers)}, now, 0);
    return step.action == http::retry_action::wait && step.until > now;
}

} // namespace

bool job() {
    utc_instant now{std::chrono::seconds{1'700'000'000}};
    hidden(&now);
    return walk() && sign_in(now) && wait(now);
}
