// expect: OData: a filter keeps a view of its text; give text that outlives it
#include <string>

#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = name == std::string("x");
#endif
[[maybe_unused]] const auto right = name == std::string_view{"x"};
