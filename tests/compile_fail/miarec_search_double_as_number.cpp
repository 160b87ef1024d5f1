// expect: MiaRec: this operator takes an integer or a decimal as text: tipring::number
#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = evaluation_report_score.greater_than(4.5);
#endif
[[maybe_unused]] const auto right = evaluation_report_score.greater_than(tipring::number{"4.5"});
