#include "account.hpp"

#include <chrono>
#include <random>
#include <thread>

namespace tour {

namespace {

tipring::utc_instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::uint32_t any_number() {
    return std::random_device{}();
}

} // namespace

account::account(const surroundings& around, std::string user, std::string password)
    : caller{around.counts, around.choices}, around_{around}, user_{std::move(user)},
      password_{std::move(password)} {
    for (const stand_in::place& each : stand_in::places)
        addresses_.push_back(
            {.service = each.service, .origin = around_.origin, .prefix = each.prefix});
}

oauth::step account::sign_in() {
    const oauth::step todo = session_.start_sign_in(now());
    if (todo.action == oauth::action::sign_in)
        get_tokens(todo.attempt, cloudlink::password_grant{.username = user_,
                                                           .password = tipring::secret{password_}});
    return todo;
}

void account::must_sign_in() {
    sign_in();
    require(session_.is_signed_in(), refused_with_);
}

template <class Grant>
void account::get_tokens(std::uint32_t attempt, const Grant& grant) {
    refused_with_ = request_tokens(grant, [&](const auto& got) -> std::string {
        if (const http::api_error* const refused = got.refusal()) {
            session_.tokens_failed(attempt, oauth::token_failure::of(*refused, any_number()),
                                   now());
            return join(refused->code, ": ", refused->message);
        }
        if (!got) {
            session_.tokens_failed(attempt, oauth::token_failure::lost(any_number()), now());
            return common::said(got.error());
        }
        const auto kept = session_.tokens_arrived(attempt, *got, now());
        return kept ? std::string{} : common::said(kept.error());
    });
}

void account::refresh(std::uint32_t attempt) {
    get_tokens(attempt, cloudlink::refresh_token_grant{.refresh_token = session_.refresh_token()});
    tell(refused_with_.empty() ? text{"refreshed: new tokens, and the call goes out again"}
                               : text{refused_with_});
}

void account::send_with_token(const http::request& without_token) {
    require(without_token.origin == around_.origin, "a token for another origin");
    std::vector<http::header> headers{without_token.headers.begin(), without_token.headers.end()};
    headers.push_back(session_.authorization());
    http::request request = without_token;
    request.headers = headers;
    send(request);
}

oauth::step account::deliver(const http::request& without_token) {
    oauth::call call;
    oauth::step todo = session_.next(call, now());
    for (;;) {
        switch (todo.action) {
        case oauth::action::send:
            send_with_token(without_token);
            todo = session_.answered(call, last_reply().view(), now());
            if (todo.action != oauth::action::deliver) tell("the token is no good any more");
            break;
        case oauth::action::refresh:
            refresh(todo.attempt);
            todo = session_.next(call, now());
            break;
        case oauth::action::wait_until:
            std::this_thread::sleep_until(todo.until);
            todo = session_.next(call, now());
            break;
        // deliver, and all that somebody else must decide. Nobody else asks for tokens here, so
        // there is nothing to wait for; and a password is sent by sign_in() alone.
        default: return todo;
        }
    }
}

} // namespace tour
