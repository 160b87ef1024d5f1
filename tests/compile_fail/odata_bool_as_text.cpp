// expect: OData: this property is true or false; compare it with a bool
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::conversations;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = stream == "false";
#endif
[[maybe_unused]] const auto right = stream == false;
