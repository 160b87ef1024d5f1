// expect: OData: at most 8 names
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = (odata::names{"a", "b", "c", "d", "e", "f", "g", "h", "i"});
#endif
[[maybe_unused]] const auto right = (odata::names{"a", "b", "c", "d", "e", "f", "g", "h"});
