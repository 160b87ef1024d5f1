// expect: MiaRec: a search has no OR \(manual, advanced search\)
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = notes.is_empty() || acd_id.is_empty();
#endif
[[maybe_unused]] const auto right = notes.is_empty() && acd_id.is_empty();
