// expect: OData: the filter may have more terms than TIPRING_MAX_FILTER_TERMS
#define TIPRING_MAX_FILTER_TERMS 2
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = odata::filter{email == "1" || email == "2" || email == "3"};
#endif
[[maybe_unused]] const auto right = odata::filter{email == "1" || email == "2"};
