// expect: type duration have no operator includes; they have greater_than, lower_than, between \(
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;
using namespace std::chrono_literals;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = duration.includes("30");
#endif
[[maybe_unused]] const auto right = duration.greater_than(30s);
