// One request and its answer as a libcurl easy handle: what both libcurl adapters are made of.
#pragma once

#include <curl/curl.h>

#include "../common/transport.hpp"

namespace transports {

/// Stays where it is, until the transfer is over. The handle keeps its connection for the next one.
class curl_transfer {
public:
    curl_transfer(CURL* handle, const tipring::http::request& request, common::reply& into,
                  const common::on_chunk& chunks, const common::transport_options& options);
    curl_transfer(const curl_transfer&) = delete;
    curl_transfer& operator=(const curl_transfer&) = delete;
    ~curl_transfer() { curl_slist_free_all(headers_); }

    /// How it ended.
    std::optional<common::transport_error> finish(CURLcode code);

private:
    static std::size_t take_head(char* bytes, std::size_t one, std::size_t size, void* self);
    static std::size_t take_body(char* bytes, std::size_t one, std::size_t size, void* self);
    void add_headers(const tipring::http::request& request);
    void note_head();

    CURL* handle_;
    common::on_chunk chunks_;
    common::body_taker body_;
    std::string url_;
    curl_slist* headers_ = nullptr;
};

} // namespace transports
