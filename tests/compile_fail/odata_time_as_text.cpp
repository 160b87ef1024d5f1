// expect: OData: this property is a point in time
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = created_on > "2022-04-26T12:12:38Z";
#endif
[[maybe_unused]] const auto right = created_on > tipring::utc_instant{};
