// expect: type date have no operator is; they have equal_to, older_than, newer_than, between, older
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;
using namespace std::chrono_literals;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = date.is(2014y / 11 / 1);
#endif
[[maybe_unused]] const auto right = date.equal_to(2014y / 11 / 1);
