// A server that sends any bytes it is told to, well-formed or not, and keeps what it received. For
// the conformance cases alone.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <tipring/core/text.hpp>

namespace conformance {

using tipring::text;

/// A request as it came: the bytes, and what they say.
struct received {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    std::vector<std::string> values(text name) const;
    /// Of the first header with that name; empty without one.
    std::string value(text name) const;
};

enum class after { keep, close, reset };

/// One connection, for whoever answers.
class connection {
public:
    explicit connection(int socket) : socket_{socket} {}
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// False when the other side is gone.
    bool send(text bytes);
    /// One byte at a time, `pause` between them.
    void trickle(text bytes, unsigned pause_ms);
    bool read(received& into);
    void reset();

private:
    bool fill();

    int socket_;
    std::string buffer_;
};

/// Answers one request; says what becomes of the connection.
using answer = std::function<after(connection&, const received&)>;

class raw_server {
public:
    raw_server();
    ~raw_server();
    raw_server(const raw_server&) = delete;
    raw_server& operator=(const raw_server&) = delete;

    int port() const { return port_; }
    /// How it answers from now on; forgets what it has received.
    void answer_with(answer how);
    std::vector<received> seen();

private:
    void accept_all();
    void serve(int socket);

    int listener_;
    int port_ = 0;
    std::mutex mutex_;
    answer answer_;
    std::vector<received> seen_;
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

} // namespace conformance
