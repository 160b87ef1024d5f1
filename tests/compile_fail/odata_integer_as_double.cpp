// expect: OData: this property is an integer; compare it with one
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
constexpr odata::integer_property size_of_it{"size"};

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = size_of_it > 1.5;
#endif
[[maybe_unused]] const auto right = size_of_it > 1;
