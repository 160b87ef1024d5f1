#include "curl_multi.hpp"

#include "transports.hpp"

namespace transports {

curl_multi::curl_multi(common::transport_options options)
    : options_{std::move(options)}, multi_{curl_multi_init()} {
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, 8L);
}

curl_multi::~curl_multi() {
    for (const auto& [handle, unfinished] : in_flight_) {
        curl_multi_remove_handle(multi_, handle);
        curl_easy_cleanup(handle);
    }
    curl_multi_cleanup(multi_);
}

void curl_multi::start(const tipring::http::request& request, common::reply& into, on_done done,
                       const common::on_chunk& chunks) {
    CURL* const handle = curl_easy_init(); // its connection is kept by the multi handle
    into.clear();
    in_flight_[handle] = std::unique_ptr<started>{
        new started{{handle, request, into, chunks, options_}, std::move(done)}};
    curl_multi_add_handle(multi_, handle);
}

void curl_multi::land(CURL* handle, CURLcode code) {
    const auto node = in_flight_.extract(handle);
    const auto failure = node.mapped()->transfer.finish(code);
    curl_multi_remove_handle(multi_, handle);
    curl_easy_cleanup(handle);
    node.mapped()->done(failure);
}

void curl_multi::run() {
    while (!in_flight_.empty()) {
        int running = 0;
        curl_multi_perform(multi_, &running);
        int left = 0;
        bool has_landed = false;
        while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            land(message->easy_handle, message->data.result);
            has_landed = true;
        }
        if (!has_landed) curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
    }
}

transport make_curl_multi(const transport_options& options) {
    return transport{[multi = std::make_shared<curl_multi>(options)](
                         const auto& request, common::reply& into, const auto& chunks) {
        std::optional<common::transport_error> outcome;
        multi->start(
            request, into, [&](const auto& failure) { outcome = failure; }, chunks);
        multi->run();
        return outcome;
    }};
}

} // namespace transports
