// expect: MiaRec: is_empty, not_empty, is_true and is_false take no value
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = confidential.is_false(true);
#endif
[[maybe_unused]] const auto right = confidential.is_false();
