// expect: MiaRec: this operator takes a duration in whole seconds, such as 30s or 10min
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;
using namespace std::chrono_literals;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = duration.lower_than(1500ms);
#endif
[[maybe_unused]] const auto right = duration.lower_than(1h);
