// As much of Boost.JSON's source as its push parser needs to link, and what Boost wants of a
// program without exceptions.
#include <exception>

#include <boost/json/basic_parser_impl.hpp>

#include <boost/json/impl/error.ipp>

#include <boost/json/detail/impl/default_resource.ipp>

#include <boost/json/detail/impl/except.ipp>

#include <boost/json/detail/impl/stack.ipp>

#include <board.hpp>

// Its default resource, which nobody uses here, wants a heap.
extern "C" {
void* _sbrk(int) {
    return reinterpret_cast<void*>(-1);
}
void _exit(int status) {
    board::exit(status);
}
int _kill(int, int) {
    return -1;
}
int _getpid() {
    return 1;
}
}

namespace boost {
[[noreturn]] void throw_exception(const std::exception&) {
    for (;;) {
    }
}
[[noreturn]] void throw_exception(const std::exception&, const source_location&) {
    for (;;) {
    }
}
} // namespace boost
