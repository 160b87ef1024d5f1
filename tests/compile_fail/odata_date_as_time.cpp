// expect: OData: this property is a date; compare it with a std::chrono::year_month_day
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
constexpr odata::date_property born{"born"};

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = born > tipring::utc_instant{};
#endif
[[maybe_unused]] const auto right = born > tipring::calendar_date{};
