// expect: MiaRec: this parameter is searched by a miarec::call_state and nothing else
#include <tipring/miarec/search.hpp>

namespace miarec = tipring::miarec;
using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = call_state.is(miarec::record_state::active);
#endif
[[maybe_unused]] const auto right = call_state.is(miarec::call_state::connected);
