// expect: partner_id
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = partner_id == "7";
#endif
[[maybe_unused]] const auto right = properties::accounts::partner_id == "7";
