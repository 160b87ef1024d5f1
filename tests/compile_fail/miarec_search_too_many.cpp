// expect: MiaRec: a search has more conditions than TIPRING_MAX_CONDITIONS
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

constexpr auto four =
    notes.is_empty() && acd_id.is_empty() && acd_name.is_empty() && acd_number.is_empty();
constexpr auto sixteen = four && four && four && four;
static_assert(std::size(sixteen.all) == TIPRING_MAX_CONDITIONS);
#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] constexpr auto seventeen = sixteen && confidential.is_true();
#endif
