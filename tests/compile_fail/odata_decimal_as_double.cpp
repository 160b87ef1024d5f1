// expect: OData: this property is a decimal number; compare it with an integer or with
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
constexpr odata::decimal_property score{"score"};

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = score > 4.5;
#endif
[[maybe_unused]] const auto right = score > tipring::number{"4.5"};
