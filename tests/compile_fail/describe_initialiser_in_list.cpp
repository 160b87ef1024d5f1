// expect: a described member with an initialiser is required
// The elements of a list are made by the decoder too.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct step {
#if defined(TIPRING_MUST_FAIL)
    field<text> name = "first";
#else
    field<text> name{};
#endif
};
TIPRING_DESCRIBE(step, TIPRING_MEMBER(name, "what it is called"));
struct retry {
    field<list<step>> steps{};
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(steps, "what is done"));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
