// expect: names_are_longer_than_254_bytes_or_have_to_be_escaped
// The size of a name is kept in a byte, and 255 is for none.
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
#define LONG                                                                                       \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                                           \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                                           \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                                           \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                                           \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                                           \
    "xxxx"
#if defined(TIPRING_MUST_FAIL)
#define NAME LONG "x"
#else
#define NAME LONG
#endif
struct retry {
    field<text> name{};
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(name, "what it is called").named(NAME));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
