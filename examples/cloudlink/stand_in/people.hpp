// The users of the one account that there is. Not here: who has signed in (gate.hpp), how they are
// filtered (rows.hpp).
#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include <tipring/core/time.hpp>

#include "../../common/random.hpp"
#include "../stand_in.hpp"
#include "rows.hpp"

namespace stand_in {

using tipring::text;
using tipring::utc_instant;

/// `2022-04-26T12:12:38.940Z`
std::string wire_time(utc_instant when);

struct person {
    std::string user_id;
    std::string name;
    std::string email;
    std::string role;
    std::string extension;
    std::string site_id;
    std::string created_on;
    bool has_verified_email = true;
    std::string password;
    unsigned wrong_passwords = 0;
};

/// What a filter calls it; nothing for an unknown name.
std::optional<value> property_of(const person& who, text name);

class people {
public:
    explicit people(common::random_source& random);

    /// The account's uuid, and its 9-digit number, which is as good.
    const std::string& account_id() const { return account_id_; }
    bool is_account(text id) const { return id == account_id_ || id == "327410625"; }

    const std::deque<person>& all() const { return all_; }
    /// Null when there is none.
    person* find(text user_id);
    person* with_email(text email);

private:
    void add(common::random_source& random, text name, text email, text role);

    std::string account_id_;
    std::deque<person> all_;
};

} // namespace stand_in
