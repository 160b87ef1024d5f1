// cpp-httplib, which Debian builds with OpenSSL, zlib and brotli. A connection for each request; it
// sends headers in the order of their names.
#include <condition_variable>
#include <mutex>
#include <thread>

#include <httplib.h>

#include "transports.hpp"

namespace transports {

namespace {

namespace http = tipring::http;
using httplib::Error;

/// The library has a timeout for each read alone; this one is for all of them.
class deadline {
public:
    deadline(httplib::Client& of, std::chrono::milliseconds patience)
        : thread_{[this, &of, patience] {
              std::unique_lock lock{mutex_};
              if (!changed_.wait_for(lock, patience, [this] { return is_over_; })) of.stop();
          }} {}
    ~deadline() {
        {
            const std::lock_guard lock{mutex_};
            is_over_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_over_ = false;
    std::thread thread_;
};

std::optional<common::transport_error> exchange(const http::request& request, common::reply& into,
                                                const common::on_chunk& chunks,
                                                const transport_options& options) {
    httplib::Client client{common::origin_of(request.origin)};
    client.set_url_encode(false);
    client.set_tcp_nodelay(true);
    client.set_connection_timeout(options.patience);
    client.set_read_timeout(options.patience);
    client.enable_server_certificate_verification(true);
    if (!options.ca_file.empty()) client.set_ca_cert_path(options.ca_file.c_str());

    common::body_taker body{into, chunks, options.most_bytes, true};
    httplib::Request sent;
    sent.method = name(request.method);
    sent.path = common::target_of(request);
    for (const http::header& h : request.headers) sent.headers.emplace(h.name, h.value);
    sent.body = request.body;
    sent.response_handler = [&](const httplib::Response& got) {
        into.set_head(got.status, got.headers);
        return got.status != 304; // the library would wait for a body
    };
    sent.content_receiver = [&](const char* bytes, std::size_t size, auto, auto) {
        return body.take({bytes, size});
    };
    httplib::Response got;
    Error error = Error::Success;
    const deadline limit{client, options.patience};
    const bool is_whole = client.send(sent, got, error);
    if (is_whole && into.status == 0) into.set_head(got.status, got.headers); // no body
    if (is_whole || into.status == 304) return std::nullopt;
    const bool is_unsent = error == Error::Connection || error == Error::ConnectionTimeout ||
                           error == Error::SSLConnection || error == Error::SSLLoadingCerts ||
                           error == Error::SSLServerVerification;
    return common::transport_error{to_string(error),
                                   is_unsent ? http::delivery::not_sent : http::delivery::unknown};
}

} // namespace

transport make_cpp_httplib(const transport_options& options) {
    return transport{[options](const auto& request, common::reply& into, const auto& chunks) {
        return exchange(request, into, chunks, options);
    }};
}

} // namespace transports
