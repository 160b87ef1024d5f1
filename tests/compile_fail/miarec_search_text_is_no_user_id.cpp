// expect: MiaRec: this parameter is searched by a miarec::user_id and nothing else
#include <tipring/miarec/search.hpp>

namespace miarec = tipring::miarec;
using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = user_id.is("e03f");
#endif
[[maybe_unused]] const auto right = user_id.is(miarec::user_id{"e03f"});
