// Records in the documented shape, with realistic values. Of MiaRec, with the members in the order
// of the documents: calls (manual 3.1.5), users (3.7.1), a tenant (3.6.1). Of CloudLink, whose
// documents give no order: users and tokens, with the members as they stand in an answer that was
// seen.
#pragma once

#include "json_model.hpp"
#include "random.hpp"

namespace bench {

enum class names {
    /// ASCII, and POSIX paths: no byte of the document needs an escape.
    plain,
    /// Names from several languages, and Windows paths, whose backslashes are escaped.
    international,
};

node make_call(random_sequence& random, names people);
node make_user(random_sequence& random, names people);
node make_tenant(random_sequence& random);
/// What a client sends to create a user (manual 3.7.4, 4.1.6): no ids, but a password.
node make_new_user(random_sequence& random);

/// An array of the users of one account of CloudLink (fact sheet C.4). Telephone numbers, sites and
/// pictures are left out of those who have none.
node make_cloudlink_account(random_sequence& random, std::size_t users);
/// What CloudLink answers to a sign-in (fact sheet C.1): two JSON Web Tokens signed by HS256, each
/// of 800 to 1,000 characters.
node make_token(random_sequence& random);

} // namespace bench
