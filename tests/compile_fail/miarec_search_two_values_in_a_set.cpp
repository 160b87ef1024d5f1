// expect: MiaRec: this operator takes exactly one value
#include <tipring/miarec/search.hpp>

namespace miarec = tipring::miarec;
using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong =
    call_state.is(miarec::call_state::hold, miarec::call_state::connected);
#endif
[[maybe_unused]] const auto right = call_state.is(miarec::call_state::hold);
