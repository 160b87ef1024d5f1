// expect: MiaRec: a search has more conditions than TIPRING_MAX_CONDITIONS
#define TIPRING_MAX_CONDITIONS 3
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

[[maybe_unused]] const auto three = notes.is_empty() && acd_id.is_empty() && acd_name.is_empty();
#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto four = three && confidential.is_true();
#endif
