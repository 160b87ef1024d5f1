// Records of MiaRec in the documented shape, with realistic values and the members in the order of
// the documents: calls (manual 3.1.5), users (3.7.1), a tenant (3.6.1).
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

} // namespace bench
