// expect: unsigned 64-bit members are kept as number
// Read as int64, the highest would come out as -1.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct retry {
#if defined(TIPRING_MUST_FAIL)
    field<list<std::uint64_t>> times{};
#else
    field<list<std::uint32_t>> times{};
#endif
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(times, "when"));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
