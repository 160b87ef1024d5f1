// expect: names_are_longer_than_254_bytes_or_have_to_be_escaped
// Names are written as they are.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
#if defined(TIPRING_MUST_FAIL)
#define NAME "a\\b"
#else
#define NAME "a b"
#endif
struct retry {
    field<text> name{};
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(name, "what it is called").named(NAME));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
