// expect: OData: this property is a point in time; compare it with a std::chrono::sys_time
#include <chrono>

#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
using namespace properties::users;

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong =
    created_on > std::chrono::sys_time<std::chrono::duration<double>>{};
#endif
[[maybe_unused]] const auto right = created_on > std::chrono::sys_time<std::chrono::seconds>{};
