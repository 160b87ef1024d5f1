// expect: OData: a filter keeps a view of its text; give text that outlives it
#include <string>

#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = odata::raw(std::string("a eq 1"));
#endif
[[maybe_unused]] const auto right = odata::raw("a eq 1");
