// A server on a socket of this machine: cpp-httplib on the outside, one function on the inside. The
// only part that knows of the HTTP library.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <tipring/core/arena.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>

namespace common {

/// Answers one request. The response may view the request and the memory, which is empty. Called by
/// many threads at once.
using answer_function = std::function<tipring::http::response(const tipring::http::request& from,
                                                              tipring::arena& memory)>;

/// Words a refusal of this server's own: a body that is too large, broken off, or multipart.
using refuse_function = std::function<tipring::http::response(int status, tipring::text message,
                                                              tipring::arena& memory)>;

/// As plain text.
tipring::http::response refuse_plainly(int status, tipring::text message, tipring::arena& memory);

/// PEM files; without them the server speaks plain HTTP.
struct tls_files {
    std::string certificate;
    std::string key;
};

class http_server {
public:
    /// `verbose`: one line for each request on standard output, without secrets.
    http_server(answer_function answers, bool verbose, refuse_function refuse = refuse_plainly,
                const tls_files& tls = {});
    ~http_server();

    /// Listens on 127.0.0.1. The port, or -1 when that fails, or when the TLS files are no good; 0
    /// asks for any free port.
    int bind(int port);
    /// `http` or `https`.
    const char* scheme() const;
    /// Serves until stop().
    void run();
    /// May be called from any thread, also before run(). False when run() has not come back after
    /// a second, which is because of connections that are open and idle.
    bool stop();

private:
    struct library;
    std::unique_ptr<library> library_;
};

} // namespace common
