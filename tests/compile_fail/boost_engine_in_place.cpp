// expect: only the builtin engine decodes in place
// Boost.JSON never changes the body, so text with escapes has to be copied.
#include <tipring/json/decode.hpp>

#if __has_include(<boost/json/basic_parser.hpp>)
#include <tipring/json/boost.hpp>
using engine = tipring::json::boost_engine;
#else
/// Stands in where Boost is not installed.
struct engine : tipring::json::builtin_engine {
    template <class Unused = void>
    static bool run_in_place(std::span<char>, tipring::json::sink&) {
        static_assert(sizeof(Unused*) == 0, "only the builtin engine decodes in place");
        return false;
    }
};
#endif

#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct contact {
    field<text> name{};
};
TIPRING_DESCRIBE(contact, TIPRING_MEMBER(name, "who answers"));
} // namespace tipring::inline TIPRING_ABI::example

bool read(std::span<char> body, tipring::arena& memory) {
    using tipring::example::contact;
#if defined(TIPRING_MUST_FAIL)
    return tipring::json::decode_in_place<contact, engine>(body, memory).has_value();
#else
    return tipring::json::decode<contact, engine>(tipring::text{body.data(), body.size()}, memory)
        .has_value();
#endif
}
