// expect: OData: bools, guids and ids have no order
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::conversations;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = stream < true;
#endif
[[maybe_unused]] const auto right = stream != true;
