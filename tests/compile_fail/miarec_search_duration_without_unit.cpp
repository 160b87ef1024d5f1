// expect: MiaRec: this operator takes a duration in whole seconds, such as 30s or 10min
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;
using namespace std::chrono_literals;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = duration.between(30, 600);
#endif
[[maybe_unused]] const auto right = duration.between(30s, 10min);
