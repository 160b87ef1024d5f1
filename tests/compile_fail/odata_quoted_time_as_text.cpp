// expect: OData: this property is a point in time
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::events;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = occurred_on > "2022-04-26T12:12:38Z";
#endif
[[maybe_unused]] const auto right = occurred_on > tipring::utc_instant{};
