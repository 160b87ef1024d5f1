// expect: type string_query have no operator regex; they have query, is_empty, not_empty \(
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = query_parameter("transcript").regex("refund.*order");
#endif
[[maybe_unused]] const auto right = query_parameter("transcript").query("refund NEAR:3 order");
