// expect: OData: only text has contains, startswith, endswith and substringof
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = created_on.contains("2022");
#endif
[[maybe_unused]] const auto right = name.contains("2022");
