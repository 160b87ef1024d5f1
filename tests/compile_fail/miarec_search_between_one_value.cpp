// expect: MiaRec: between takes two values
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = notes_count.between(1);
#endif
[[maybe_unused]] const auto right = notes_count.between(1, 9);
