// What the stand-in is filled with: tenants with their roles, groups and users, and any number of
// calls.
#pragma once

#include <cstddef>

#include "store.hpp"

namespace recorder {

/// The System tenant with the account apiuser/secret and Hazel Hangup, whose calls end when they
/// are to be muted; and three tenants with people in them, of whom three can log in, such as
/// flexus.admin, flexus.manager and flexus.agent, all with the password `secret`.
void add_sample_accounts(store& into);

/// `count` calls of the 90 days before `now`, the last few of them still going on. The same for the
/// same seed, but for the time.
void add_sample_calls(store& into, std::size_t count, utc_instant now);

} // namespace recorder
