#include "gate.hpp"

#include <algorithm>
#include <random>

#include <tipring/auth/bearer.hpp>
#include <tipring/core/secret.hpp>

#include "../../common/refusal.hpp"

namespace stand_in {

namespace {

/// 128 bits that nobody can guess.
std::string new_token(text kind) {
    std::random_device random;
    std::string made = std::string{kind} + ".";
    for (int i = 0; i < 32; ++i) made += "0123456789abcdef"[random() % 16];
    return made;
}

common::refusal unauthorized(std::string message, text challenge) {
    return {
        .status = 401,
        .code = "UnauthorizedError",
        .message = std::move(message),
        .headers = {{"WWW-Authenticate", "Bearer realm=\"cloudlink\"" + std::string{challenge}}}};
}

} // namespace

tokens gate::sign_in(text email, text password, text account_id, utc_instant now) {
    person* const who = everybody_.with_email(email);
    if (who != nullptr && who->wrong_passwords >= most_wrong_passwords) {
        ++refused_sign_ins;
        throw common::refusal{.status = 403,
                              .code = "access_denied",
                              .message = "the account is locked: too many wrong passwords"};
    }
    const bool is_right_account = account_id.empty() || everybody_.is_account(account_id);
    if (who == nullptr || !is_right_account ||
        !tipring::equal_in_constant_time(who->password, password)) {
        ++refused_sign_ins;
        if (who != nullptr) ++who->wrong_passwords;
        throw common::refusal{.status = 401,
                              .code = "invalid_grant",
                              .message = "user name, password or account is wrong"};
    }
    who->wrong_passwords = 0;
    ++sign_ins;
    return issue(*who, now);
}

tokens gate::refresh(text token, utc_instant now) {
    const auto found = refresh_.find(token);
    if (found == refresh_.end()) {
        ++refused_refreshes;
        throw common::refusal{.code = "invalid_grant",
                              .message = "no such refresh token, or it was used already"};
    }
    person& who = *found->second;
    refresh_.erase(found);
    ++refreshes;
    return issue(who, now);
}

tokens gate::issue(person& who, utc_instant now) {
    tokens made{.access = new_token("access"), .refresh = new_token("refresh"), .life = life_};
    access_.emplace(made.access, access{.who = &who, .end = now + life_});
    refresh_.emplace(made.refresh, &who);
    return made;
}

person& gate::bearer(text authorization, utc_instant now) {
    if (authorization.empty()) {
        ++refused_tokens;
        throw unauthorized("a bearer token is needed", "");
    }
    // Mitel's own samples leave the scheme out, and CloudLink takes that (quirk Q-30).
    const auto token = tipring::auth::parse_bearer(authorization, true);
    const auto found = token ? access_.find(token->reveal()) : access_.end();
    if (found != access_.end() && now < found->second.end) return *found->second.who;
    ++refused_tokens;
    const bool is_expired = found != access_.end();
    throw unauthorized(is_expired ? "the access token has expired" : "no such access token",
                       is_expired ? ", error=\"invalid_token\", error_description=\"expired\""
                                  : ", error=\"invalid_token\"");
}

void gate::expire_all() {
    for (auto& [token, of] : access_) of.end = utc_instant{};
}

std::int64_t gate::locked_accounts() const {
    return std::ranges::count_if(everybody_.all(), [](const person& each) {
        return each.wrong_passwords >= most_wrong_passwords;
    });
}

} // namespace stand_in
