#include "bare_socket.hpp"

#include <cstring>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace transports {

namespace http = tipring::http;
using tipring::text;

bare_socket::~bare_socket() {
    if (socket_ >= 0) close(socket_);
}

const char* bare_socket::connect(text origin) {
    const auto url = http::parse_url(origin);
    if (!url || !tipring::equal_ignoring_case(url->scheme, "http")) return "not a http:// URL";
    char host[256] = {};
    char port[8] = {};
    if (url->host.size() >= sizeof host) return "a long name";
    std::memcpy(host, url->host.data(), url->host.size());
    tipring::writer{port}.put_integer(url->port_number);
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICSERV;
    wanted.ai_family = AF_INET;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host, port, &wanted, &found) != 0) return "no such host";
    socket_ = socket(found->ai_family, found->ai_socktype, 0);
    int error = socket_ < 0 || fcntl(socket_, F_SETFL, O_NONBLOCK) < 0;
    if (error == 0) ::connect(socket_, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    socklen_t size = sizeof error;
    if (error != 0 || !wait_for(POLLOUT) ||
        getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
        return "no connection";
    return nullptr;
}

bool bare_socket::wait_for(short event) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until_ - std::chrono::steady_clock::now());
    pollfd one{.fd = socket_, .events = event, .revents = 0};
    return left.count() > 0 && poll(&one, 1, static_cast<int>(left.count())) == 1;
}

bool bare_socket::send_all(text bytes) {
    while (!bytes.empty()) {
        if (!wait_for(POLLOUT)) return false;
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        delivery_ = http::delivery::unknown;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

const char* bare_socket::send(const http::request& request) {
    const auto head = http::write_head(request, bytes_);
    if (!head) return message(head.code()).data();
    if (const char* const failure = connect(request.origin)) return failure;
    return send_all(*head) && send_all(request.body) ? nullptr : "the request was cut short";
}

text bare_socket::receive() {
    if (!wait_for(POLLIN)) return {};
    const ssize_t size = recv(socket_, bytes_, sizeof bytes_, 0);
    is_closed_ = size == 0;
    return size <= 0 ? text{} : text{bytes_, static_cast<std::size_t>(size)};
}

} // namespace transports
