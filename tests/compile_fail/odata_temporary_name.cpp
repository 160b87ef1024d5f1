// expect: OData: a filter keeps a view of its text; give text that outlives it
#include <string>

#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = odata::names{std::string("tags")};
#endif
[[maybe_unused]] const auto right = odata::names{"tags"};
