// expect: a_member_has_more_than_two_aliases
// The third would take the place of the second.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

#if defined(TIPRING_MUST_FAIL)
#define THIRD .alias("naam")
#else
#define THIRD
#endif

namespace tipring::inline TIPRING_ABI::example {
struct retry {
    field<text> name{};
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(name, "what it is called").alias("nane").alias("nam") THIRD);
} // namespace tipring::inline TIPRING_ABI::example
