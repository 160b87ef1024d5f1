#include "raw_server.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace conformance {

std::vector<std::string> received::values(text name) const {
    std::vector<std::string> found;
    for (const auto& [each, value] : headers)
        if (tipring::equal_ignoring_case(each, name)) found.push_back(value);
    return found;
}

std::string received::value(text name) const {
    const auto all = values(name);
    return all.empty() ? std::string{} : all.front();
}

connection::~connection() {
    close(socket_);
}

bool connection::send(text bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void connection::trickle(text bytes, unsigned pause_ms) {
    for (const char& byte : bytes) {
        if (!send({&byte, 1})) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{pause_ms});
    }
}

void connection::reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool connection::fill() {
    char bytes[65536];
    const ssize_t size = recv(socket_, bytes, sizeof bytes, 0);
    if (size <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(size));
    return true;
}

bool connection::read(received& into) {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return false;
    text head = tipring::slice(buffer_, 0, end + 2);
    const auto line = [&head] {
        const text taken = head.substr(0, head.find("\r\n"));
        head.remove_prefix(taken.size() + 2);
        return taken;
    };
    const text first = line();
    into.method = first.substr(0, first.find(' '));
    into.target = tipring::slice(first, into.method.size() + 1);
    into.target.resize(std::min(into.target.size(), into.target.find(' ')));
    while (!head.empty()) {
        const text field = line();
        const std::size_t colon = field.find(':');
        if (colon != text::npos)
            into.headers.emplace_back(field.substr(0, colon),
                                      tipring::trimmed(field.substr(colon + 1)));
    }
    buffer_.erase(0, end + 4);
    const auto size = tipring::parse_integer<std::size_t>(into.value("Content-Length"));
    while (size && buffer_.size() < *size)
        if (!fill()) return false;
    into.body = buffer_.substr(0, size.value_or(0));
    buffer_.erase(0, into.body.size());
    return true;
}

raw_server::raw_server() : listener_{socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, plain, size) != 0 || listen(listener_, 64) != 0 ||
        getsockname(listener_, plain, &size) != 0)
        throw std::runtime_error{"cannot listen on this machine"};
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_all(); }};
}

raw_server::~raw_server() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    close(listener_);
    for (std::thread& each : threads_) each.join();
}

void raw_server::answer_with(answer how) {
    const std::lock_guard lock{mutex_};
    answer_ = std::move(how);
    seen_.clear();
}

std::vector<received> raw_server::seen() {
    const std::lock_guard lock{mutex_};
    return seen_;
}

void raw_server::accept_all() {
    for (;;) {
        const int socket = accept(listener_, nullptr, nullptr);
        if (socket < 0) return;
        const int yes = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        threads_.emplace_back([this, socket] { serve(socket); });
    }
}

void raw_server::serve(int socket) {
    // A client that keeps its connection for ever must not keep the program from ending.
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connection with{socket};
    for (;;) {
        received request;
        if (!with.read(request)) return;
        answer how;
        {
            const std::lock_guard lock{mutex_};
            seen_.push_back(request);
            how = answer_;
        }
        const after then = how ? how(with, request) : after::close;
        if (then == after::reset) with.reset();
        if (then != after::keep) return;
    }
}

} // namespace conformance
