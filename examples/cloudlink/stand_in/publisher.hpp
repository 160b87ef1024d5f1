// Subscriptions, and the thread that posts webhooks. Not here: what happens that they tell of
// (handlers_chat.cpp).
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <tipring/core/text.hpp>

namespace stand_in {

struct subscriber {
    std::string subscription_id;
    /// Whose it is: only what this user may see is told.
    std::string user_id;
    std::string application_id;
    std::string url;
    std::string topic;
    std::string subject_filter;
    std::string method_filter;
    std::string created_on;
};

/// What happened, with the members of a publication that have the same names.
struct event {
    std::string publication_id;
    std::string topic;
    std::string method;
    std::string subject;
    /// JSON.
    std::string content;
    std::string account_id;
    std::string principal_id;
    std::string created_on;
    std::string correlation_id;
};

/// Everything but the counts is for the thread that holds the service's lock.
class publisher {
public:
    publisher();
    /// Ends the thread; what was not yet told is lost.
    ~publisher();
    publisher(const publisher&) = delete;
    publisher& operator=(const publisher&) = delete;

    std::vector<subscriber> subscribers;

    /// Has the webhook posted, once and soon, by the thread.
    void tell(const subscriber& whom, const event& what);

    std::int64_t taken() const { return taken_; }
    std::int64_t lost() const { return lost_; }

private:
    struct delivery {
        subscriber to;
        event what;
    };
    void run();

    std::atomic<std::int64_t> taken_{0};
    std::atomic<std::int64_t> lost_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<delivery> waiting_;
    bool is_over_ = false;
    std::thread thread_;
};

/// Whether a subscription asked for such events; who may see them is another matter.
bool wants(const subscriber& who, const event& what);

/// Whether webhooks may go there: the stand-in posts to this machine and nowhere else.
bool is_on_this_machine(tipring::text url);

} // namespace stand_in
