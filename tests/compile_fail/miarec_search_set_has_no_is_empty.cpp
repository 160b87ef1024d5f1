// expect: MiaRec: parameters of type set have no operator is_empty; they have is, is_not
#include <tipring/miarec/search.hpp>

namespace miarec = tipring::miarec;
using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = user_id.is_empty();
#endif
[[maybe_unused]] const auto right = user_id.is_not(miarec::user_id{"u"});
