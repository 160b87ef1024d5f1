// The stations of the tour. Each throws `failed` when something is not as it should be.
#pragma once

#include <string>

#include "account.hpp"

namespace tour {

/// The stand-in's own paths, which no CloudLink has.
class overseer : public caller {
public:
    explicit overseer(const surroundings& around);
    void expire_tokens();
    stand_in::state look();

private:
    tipring::origin_server server_;
};

/// Signs in and asks who that was.
void meet(account& anna);

/// Lists users by a filter over pages, and survives the end of the token in the middle of it.
void list_users(account& anna, overseer& above);

/// A password that is wrong three times.
void get_locked(const surroundings& around, overseer& above);

/// A conversation with a message in it, and the webhook that tells of it.
void talk(account& anna, account& bob, account& dave, const surroundings& around, overseer& above);

/// One error of each kind.
void show_errors(account& anna, const surroundings& around);

} // namespace tour
