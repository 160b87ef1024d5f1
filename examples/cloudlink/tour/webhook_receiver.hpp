// A server of our own for the webhooks: takes what is signed with the subscription's application id
// and keeps it until somebody asks. Not here: what the webhooks say (walk_chat.cpp).
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include <tipring/tipring.hpp>

#include "../../common/http_server.hpp"

namespace tour {

class webhook_receiver {
public:
    struct received {
        std::string body;
        std::string signature;
    };

    /// Listens on a free port of this machine. Throws std::runtime_error when it cannot.
    explicit webhook_receiver(std::string application_id);
    ~webhook_receiver();
    webhook_receiver(const webhook_receiver&) = delete;
    webhook_receiver& operator=(const webhook_receiver&) = delete;

    const std::string& origin() const { return origin_; }
    static constexpr tipring::text path = "/hooks";

    /// The oldest that was not yet asked for; nothing when none came in time.
    std::optional<received> wait(std::chrono::milliseconds patience);
    std::size_t refused();

private:
    tipring::http::response take(const tipring::http::request& from, tipring::arena& memory);

    std::string application_id_;
    std::string origin_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<received> waiting_;
    std::size_t refused_ = 0;
    common::http_server server_;
    std::thread thread_;
};

} // namespace tour
