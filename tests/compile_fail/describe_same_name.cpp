// expect: two_names_are_the_same
// Both would be written, and nobody would read that.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
#if defined(TIPRING_MUST_FAIL)
#define NAME "name"
#else
#define NAME "other"
#endif
struct retry {
    field<text> name{};
    field<text> title{};
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(name, "what it is called"),
                 TIPRING_MEMBER(title, "what it is called").alias(NAME));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
