// expect: OData: this property is text; compare it with text
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
constexpr odata::guid_property key{"key"};

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = key == 7;
#endif
[[maybe_unused]] const auto right = key == "01234567-89ab-cdef-0123-456789abcdef";
