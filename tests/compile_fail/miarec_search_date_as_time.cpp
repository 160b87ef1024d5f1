// expect: MiaRec: this operator takes a point in time: std::chrono::sys_time
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;
using namespace std::chrono_literals;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = datetime.older_than(2014y / 11 / 1);
#endif
[[maybe_unused]] const auto right = datetime.older_than(std::chrono::sys_days{2014y / 11 / 1});
