// expect: MiaRec: this operator takes text \(call_id also a miarec::call_id\); write a number in
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = phone_number.includes(1234);
#endif
[[maybe_unused]] const auto right = phone_number.includes("1234");
