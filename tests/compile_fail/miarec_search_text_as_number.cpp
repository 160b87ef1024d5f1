// expect: MiaRec: this operator takes an integer or a decimal as text: tipring::number
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = notes_count.equal_to("3");
#endif
[[maybe_unused]] const auto right = notes_count.equal_to(3);
