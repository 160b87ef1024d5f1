#include "transports.hpp"

#include <boost/asio/detail/config.hpp>

namespace transports {

std::span<const adapter> all() {
    static constexpr adapter adapters[] = {
        {.name = "curl_easy", .make = make_curl_easy},
        {.name = "curl_multi", .make = make_curl_multi},
#if defined(BOOST_ASIO_HAS_CO_AWAIT)
        {.name = "beast", .make = make_beast},
#endif
        // 0.11.4 gives up at trailers, and leaves out headers without a value.
        {.name = "cpp_httplib",
         .make = make_cpp_httplib,
         .known_limits = "chunked-trailers header-none"},
        {.name = "bare_socket", .make = make_bare_socket, .has_tls = false},
    };
    return adapters;
}

const adapter* find(common::text name) {
    for (const adapter& each : all())
        if (each.name == name) return &each;
    return nullptr;
}

std::string names() {
    std::string joined;
    for (const adapter& each : all())
        joined += (joined.empty() ? "" : ", ") + std::string{each.name};
    return joined;
}

} // namespace transports
