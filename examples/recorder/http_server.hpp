// The stand-in on a socket of this machine: cpp-httplib on the outside, service on the inside. The
// only part that knows of the HTTP library.
#pragma once

#include <memory>

#include "service.hpp"

namespace recorder {

class http_server {
public:
    /// `verbose`: one line for each request on standard output, without secrets.
    http_server(service& answers, bool verbose);
    ~http_server();

    /// Listens on 127.0.0.1. The port, or -1 when that fails; 0 asks for any free port.
    int bind(int port);
    /// Serves until stop().
    void run();
    /// May be called from any thread, also before run().
    void stop();

private:
    struct library;
    std::unique_ptr<library> library_;
};

} // namespace recorder
