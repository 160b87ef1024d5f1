// expect: emial
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = emial == "bob@email.com";
#endif
[[maybe_unused]] const auto right = email == "bob@email.com";
