// expect: MiaRec: this operator takes text \(call_id also a miarec::call_id\)
#include <tipring/miarec/search.hpp>

namespace miarec = tipring::miarec;
using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = call_id.is(miarec::user_id{"e03f"});
#endif
[[maybe_unused]] const auto right = call_id.is(miarec::call_id{"e03f"}) && call_id.is_not("e03f");
