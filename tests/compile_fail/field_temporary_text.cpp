// expect: tipring: a member keeps a view of its text; give text that outlives the object
#include <string>

#include <tipring/miarec/user.hpp>

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const tipring::miarec::user wrong{.name = std::string("x")};
#endif
[[maybe_unused]] const tipring::miarec::user right{.name = std::string_view{"x"}};
