// expect: a described member with an initialiser is required
// What a document does not hold is zero, so 5 would be lost.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct retry {
#if defined(TIPRING_MUST_FAIL)
    std::int32_t times = 5;
#else
    std::int32_t times{};
#endif
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(times, "how often"));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
