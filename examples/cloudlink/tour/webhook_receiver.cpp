#include "webhook_receiver.hpp"

#include <stdexcept>

#include "../stand_in.hpp"

namespace tour {

namespace cloudlink = tipring::cloudlink;
namespace http = tipring::http;

webhook_receiver::webhook_receiver(std::string application_id)
    : application_id_{std::move(application_id)}, server_{[this](const auto& from, auto& memory) {
                                                              return take(from, memory);
                                                          },
                                                          false} {
    const int port = server_.bind(0);
    if (port < 0) throw std::runtime_error{"no port for webhooks"};
    origin_ = "http://127.0.0.1:" + std::to_string(port);
    thread_ = std::thread{[this] { server_.run(); }};
}

webhook_receiver::~webhook_receiver() {
    while (!server_.stop()) {
        // Connections that are idle end by themselves, after seconds.
    }
    thread_.join();
}

/// First whether it is genuine, on the bytes as they came; only then what it says.
http::response webhook_receiver::take(const http::request& from, tipring::arena& memory) {
    if (from.target != path || from.method != http::method::post) return {.status = 404};
    const bool is_genuine = cloudlink::is_signed_webhook(from, stand_in::signature_header,
                                                         tipring::secret{application_id_});
    const std::lock_guard lock{mutex_};
    if (!is_genuine) {
        ++refused_;
        return {.status = 401};
    }
    if (!cloudlink::parse_publications(from.body, memory)) return {.status = 400};
    waiting_.push_back(
        {.body = std::string{from.body},
         .signature = std::string{http::header_value(from.headers, stand_in::signature_header)}});
    changed_.notify_one();
    return {.status = 204};
}

std::optional<webhook_receiver::received>
webhook_receiver::wait(std::chrono::milliseconds patience) {
    std::unique_lock lock{mutex_};
    if (!changed_.wait_for(lock, patience, [this] { return !waiting_.empty(); }))
        return std::nullopt;
    received oldest = std::move(waiting_.front());
    waiting_.pop_front();
    return oldest;
}

std::size_t webhook_receiver::refused() {
    const std::lock_guard lock{mutex_};
    return refused_;
}

} // namespace tour
