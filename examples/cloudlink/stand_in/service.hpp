// From any HTTP request to its response: which service, which program, who asks, parsing, dispatch,
// refusals, the correlation id. Not here: sockets (common/http_server.hpp), what is done
// (handlers.hpp).
#pragma once

#include <mutex>
#include <string>

#include "handlers.hpp"

namespace stand_in {

/// The whole stand-in without its sockets. May be used by several threads at once.
class service {
public:
    explicit service(world& all) : all_{all} {}

    /// The response views the request and `memory`.
    http::response answer(const http::request& from, tipring::arena& memory);
    /// An error in CloudLink's words, for what the HTTP server refuses itself.
    http::response refuse(int status, text message, tipring::arena& memory);

private:
    struct incoming {
        const http::request& from;
        text path;
        std::string correlation_id;
        utc_instant now;
        tipring::arena& memory;
        /// Errors have OAuth's form there.
        bool is_for_tokens = false;
    };
    http::response dispatch(incoming& asked);
    template <class List>
    http::response answer_api(incoming& asked, const std::string& prefix);
    http::response answer_own(const incoming& asked);

    std::mutex mutex_;
    world& all_;
};

} // namespace stand_in
