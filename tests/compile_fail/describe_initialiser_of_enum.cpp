// expect: a described member with an initialiser is required
// What a document does not hold is zero, so the enum would be lost.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
enum class how : std::int32_t { never, often };
struct retry {
#if defined(TIPRING_MUST_FAIL)
    how times = how::often;
#else
    how times{};
#endif
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(times, "how often"));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
