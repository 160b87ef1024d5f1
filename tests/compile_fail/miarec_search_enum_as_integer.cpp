// expect: MiaRec: this parameter is searched by a miarec::voip_protocol and nothing else
#include <tipring/miarec/search.hpp>

namespace miarec = tipring::miarec;
using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = voip_protocol.is(1);
#endif
[[maybe_unused]] const auto right = voip_protocol.is(miarec::voip_protocol::sip);
