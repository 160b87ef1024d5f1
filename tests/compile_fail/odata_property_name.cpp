// expect: odata_property_names_are_identifiers_with_slashes_between
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = odata::string_property{"first name"};
#endif
[[maybe_unused]] const auto right = odata::string_property{"first_name"};
