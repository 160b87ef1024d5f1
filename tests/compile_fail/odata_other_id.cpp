// expect: OData: this property is compared with its own type of id and nothing else
#include <tipring/cloudlink/odata.hpp>

using namespace tipring::cloudlink;
struct user;
struct call;
constexpr odata::property<odata::property_type::string, tipring::id<user>> owner{"owner"};

#ifdef TIPRING_MUST_FAIL
[[maybe_unused]] const auto wrong = owner == tipring::id<call>{"7"};
#endif
[[maybe_unused]] const auto right = owner == tipring::id<user>{"7"};
