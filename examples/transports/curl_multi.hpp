// libcurl's multi interface: as many requests under way at once as are started.
#pragma once

#include <map>
#include <memory>

#include "curl_transfer.hpp"

namespace transports {

/// How a request ended; nothing when its answer is whole. May start others.
using on_done = std::function<void(const std::optional<common::transport_error>& failure)>;

class curl_multi {
public:
    explicit curl_multi(common::transport_options options);
    ~curl_multi();
    curl_multi(const curl_multi&) = delete;
    curl_multi& operator=(const curl_multi&) = delete;

    /// Begins a request. What it views, and `into`, stay until `done` is called.
    void start(const tipring::http::request& request, common::reply& into, on_done done,
               const common::on_chunk& chunks = {});
    /// Until every request that was started has ended.
    void run();

private:
    struct started {
        curl_transfer transfer;
        on_done done;
    };
    void land(CURL* handle, CURLcode code);

    common::transport_options options_;
    CURLM* multi_;
    std::map<CURL*, std::unique_ptr<started>> in_flight_;
};

} // namespace transports
