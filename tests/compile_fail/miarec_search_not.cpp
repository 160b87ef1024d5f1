// expect: MiaRec: a search has no NOT \(manual, advanced search\)
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = !notes.is_empty();
#endif
[[maybe_unused]] const auto right = notes.not_empty();
