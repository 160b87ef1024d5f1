// libcurl's easy interface: one request at a time over a connection that is kept.
#include <memory>

#include "curl_transfer.hpp"
#include "transports.hpp"

namespace transports {

transport make_curl_easy(const transport_options& options) {
    return transport{[options, handle = std::shared_ptr<CURL>{curl_easy_init(), curl_easy_cleanup}](
                         const auto& request, common::reply& into, const auto& chunks) {
        curl_transfer transfer{handle.get(), request, into, chunks, options};
        return transfer.finish(curl_easy_perform(handle.get()));
    }};
}

} // namespace transports
