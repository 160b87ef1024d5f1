// expect: MiaRec: a search keeps a view of its text; give text that outlives it
#include <string>

#include <tipring/miarec/search.hpp>

using namespace tipring::miarec::search;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = notes.includes(std::string("x"));
#endif
[[maybe_unused]] const auto right = notes.includes(std::string_view{"x"});
