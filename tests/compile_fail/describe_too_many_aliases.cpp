// expect: at most 8 aliases
// A bit for each alias of an open object is what a decoder has room for.
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#if defined(TIPRING_MUST_FAIL)
#define NINTH .alias("e1")
#else
#define NINTH
#endif

namespace tipring::inline TIPRING_ABI::example {
struct misspelt {
    field<text> a{};
    field<text> b{};
    field<text> c{};
    field<text> d{};
    field<text> e{};
};
TIPRING_DESCRIBE(misspelt, TIPRING_MEMBER(a, "").alias("a1").alias("a2"),
                 TIPRING_MEMBER(b, "").alias("b1").alias("b2"),
                 TIPRING_MEMBER(c, "").alias("c1").alias("c2"),
                 TIPRING_MEMBER(d, "").alias("d1").alias("d2"), TIPRING_MEMBER(e, "") NINTH);
} // namespace tipring::inline TIPRING_ABI::example
