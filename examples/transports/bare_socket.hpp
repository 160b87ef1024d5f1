// A socket, fixed buffers, and tipring/http/wire.hpp: HTTP for devices that have no HTTP stack. No
// TLS, no heap. Not here: what is done with the answer (rows_on_a_device.cpp, bare_socket.cpp).
#pragma once

#include <chrono>
#include <span>

#include <tipring/http/retry.hpp>
#include <tipring/http/wire.hpp>

namespace transports {

/// One connection, one request. After any failure the rest is of no use.
class bare_socket {
public:
    explicit bare_socket(std::chrono::milliseconds patience)
        : until_{std::chrono::steady_clock::now() + patience} {}
    ~bare_socket();
    bare_socket(const bare_socket&) = delete;
    bare_socket& operator=(const bare_socket&) = delete;

    /// Connects to the origin and sends all of it. Null, or what went wrong; delivery() says what
    /// the server may have.
    const char* send(const tipring::http::request& request);
    /// Some bytes of the answer; nothing when the server has closed the connection, after an error,
    /// and when patience is at an end.
    tipring::text receive();
    /// The connection has ended as connections do.
    bool is_closed() const { return is_closed_; }
    tipring::http::delivery delivery() const { return delivery_; }

private:
    const char* connect(tipring::text origin);
    bool send_all(tipring::text bytes);
    bool wait_for(short event) const;

    std::chrono::steady_clock::time_point until_;
    int socket_ = -1;
    bool is_closed_ = false;
    tipring::http::delivery delivery_ = tipring::http::delivery::not_sent;
    /// For the head of the request, then for what is received.
    char bytes_[16384];
};

} // namespace transports
