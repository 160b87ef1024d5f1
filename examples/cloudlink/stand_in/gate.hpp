// Who may come in: passwords and when an account is locked, access tokens and when they end,
// refresh tokens and that each is good once. Not here: the requests (service.hpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>

#include "people.hpp"

namespace stand_in {

/// An account with so many wrong passwords in a row is locked, whatever comes then.
inline constexpr unsigned most_wrong_passwords = 3;

struct tokens {
    std::string access;
    std::string refresh;
    std::chrono::seconds life;
};

class gate {
public:
    gate(people& everybody, std::chrono::seconds life) : everybody_{everybody}, life_{life} {}

    /// These throw refusals in OAuth's words.
    tokens sign_in(text email, text password, text account_id, utc_instant now);
    tokens refresh(text token, utc_instant now);

    /// Whose access token it is; throws a refusal of 401.
    person& bearer(text authorization, utc_instant now);
    void expire_all();

    std::int64_t sign_ins = 0;
    std::int64_t refused_sign_ins = 0;
    std::int64_t refreshes = 0;
    std::int64_t refused_refreshes = 0;
    std::int64_t refused_tokens = 0;
    std::int64_t locked_accounts() const;

private:
    struct access {
        person* who;
        utc_instant end;
    };
    tokens issue(person& who, utc_instant now);

    people& everybody_;
    std::chrono::seconds life_;
    std::map<std::string, access, std::less<>> access_;
    std::map<std::string, person*, std::less<>> refresh_;
};

} // namespace stand_in
