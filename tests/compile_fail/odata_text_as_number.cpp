// expect: OData: this property is text; compare it with text
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = extension == 2001;
#endif
[[maybe_unused]] const auto right = extension == "2001";
