// expect: MiaRec: this operator takes a date: std::chrono::year_month_day or sys_days
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = date.older_than(std::chrono::sys_seconds{});
#endif
[[maybe_unused]] const auto right = date.older_than(std::chrono::sys_days{});
