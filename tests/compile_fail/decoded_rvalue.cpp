// expect: deleted
// A temporary decoded<T> takes its memory with it, so nothing may be read from it.
#include <tipring/json/decoded.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct contact {
    field<text> name{};
};
TIPRING_DESCRIBE(contact, TIPRING_MEMBER(name, "who answers"));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::decoded<tipring::example::contact>> read();

std::size_t use() {
    auto got = read();
#if defined(TIPRING_MUST_FAIL)
    return (*std::move(got))->name->size();
#else
    return (*got)->name->size();
#endif
}
