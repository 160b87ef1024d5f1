// expect: MiaRec: this operator takes a number of days or minutes as an integer
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = date.older_than_days("30");
#endif
[[maybe_unused]] const auto right = date.older_than_days(30);
