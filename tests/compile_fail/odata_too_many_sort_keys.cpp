// expect: OData: at most 4 properties to sort by
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = (odata::ordering{name, name, name, name, name});
#endif
[[maybe_unused]] const auto right = (odata::ordering{name, name, name, name});
