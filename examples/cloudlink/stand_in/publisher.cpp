#include "publisher.hpp"

#include <chrono>

#include <tipring/http/answer.hpp>
#include <tipring/http/url.hpp>
#include <tipring/server/webhook.hpp>

#include "../../transports/transports.hpp"
#include "../stand_in.hpp"

namespace stand_in {

namespace {

constexpr std::size_t longest_webhook = std::size_t{1} << 17;
/// Subscribers that keep the thread longer are given up.
constexpr std::chrono::milliseconds patience{2000};

/// One attempt, over a connection of its own, which then is closed.
bool post(const subscriber& to, const event& what) {
    const cloudlink::publication said{
        .publication_id = cloudlink::publication_id{what.publication_id},
        .topic = tipring::open<cloudlink::notification_topic>{what.topic},
        .method = tipring::text{what.method},
        .subject = tipring::text{what.subject},
        .content = tipring::raw_json{what.content},
        .publisher =
            cloudlink::publisher{.account_id = cloudlink::account_id{what.account_id},
                                 .principal_id = cloudlink::principal_id{what.principal_id}},
        .subscription =
            cloudlink::subscription_reference{.subscription_id =
                                                  cloudlink::subscription_id{to.subscription_id}},
        .notification =
            cloudlink::notification_facts{.created_on = tipring::datetime{what.created_on},
                                          .correlation_id = tipring::text{what.correlation_id}}};
    const tipring::server::cloudlink::webhook_target target{
        .url = to.url,
        .proof = tipring::server::cloudlink::webhook_proof::signature,
        .header_name = signature_header,
        .application_id = tipring::secret{to.application_id}};
    std::vector<char> bytes(longest_webhook);
    tipring::arena memory{bytes};
    const auto request = tipring::server::cloudlink::tell({&said, 1}, target, memory);
    if (!request) return false;
    auto wire =
        transports::make_curl_easy({.most_bytes = std::size_t{1} << 16, .patience = patience});
    common::reply answer;
    return !wire.send(*request, answer) && http::is_success(answer.status);
}

} // namespace

bool wants(const subscriber& who, const event& what) {
    return who.topic == what.topic && what.subject.starts_with(who.subject_filter) &&
           (who.method_filter.empty() || who.method_filter == what.method);
}

bool is_on_this_machine(tipring::text url) {
    const auto parts = http::parse_url(url);
    return parts && !parts->has_fragment && parts->host == "127.0.0.1" &&
           tipring::equal_ignoring_case(parts->scheme, "http");
}

publisher::publisher() : thread_{[this] { run(); }} {}

publisher::~publisher() {
    {
        const std::lock_guard lock{mutex_};
        is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void publisher::tell(const subscriber& whom, const event& what) {
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back({.to = whom, .what = what});
    }
    changed_.notify_one();
}

void publisher::run() {
    for (;;) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
        if (is_over_) return;
        const delivery next = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        ++(post(next.to, next.what) ? taken_ : lost_);
    }
}

} // namespace stand_in
