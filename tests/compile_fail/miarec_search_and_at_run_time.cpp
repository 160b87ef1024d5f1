// expect: MiaRec: how many conditions a call_search has is known at run time only; use its add\(\)
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

[[maybe_unused]] const tipring::miarec::call_search base = notes.is_empty();
#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto more = base && confidential.is_true();
#endif
