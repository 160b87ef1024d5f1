#include "transport.hpp"

#include <memory>

#include <curl/curl.h>

namespace provision {

namespace http = tipring::http;

namespace {

struct transfer {
    CURL* handle;
    reply& into;
    const on_chunk& chunks;
    std::size_t most_bytes;
};

std::size_t take_head(char* bytes, std::size_t one, std::size_t size, void* user) {
    auto& [handle, into, chunks, most_bytes] = *static_cast<transfer*>(user);
    const tipring::text line{bytes, size * one};
    if (line.starts_with("HTTP/")) into.head.clear(); // an interim answer, such as 100, came before
    if (into.head.size() + line.size() > most_bytes) return 0;
    into.head += line;
    return line.size();
}

std::size_t take_body(char* bytes, std::size_t one, std::size_t size, void* user) {
    auto& [handle, into, chunks, most_bytes] = *static_cast<transfer*>(user);
    const tipring::text piece{bytes, size * one};
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (chunks && http::is_success(static_cast<int>(status))) return chunks(piece) ? piece.size() : 0;
    if (into.body.size() + piece.size() > most_bytes) return 0;
    into.body += piece;
    return piece.size();
}

/// Finds the headers in the head, each a view of it.
void split_head(reply& into) {
    tipring::text rest = into.head;
    while (!rest.empty()) {
        const tipring::text line = tipring::slice(rest, 0, rest.find("\r\n"));
        rest = tipring::slice(rest, line.size() + 2);
        const std::size_t colon = line.find(':');
        if (colon == tipring::text::npos) continue;
        into.headers.push_back({.name = tipring::slice(line, 0, colon),
                                .value = tipring::trimmed(tipring::slice(line, colon + 1))});
    }
}

/// The request's headers as they are, and none of curl's own. "Name:" tells curl to leave its header out.
curl_slist* curl_headers(const http::request& request) {
    curl_slist* list = nullptr;
    for (const http::header& h : request.headers)
        list = curl_slist_append(list, (std::string{h.name} + ": " + std::string{h.value}).c_str());
    for (const char* own : {"Accept", "Content-Type", "Expect"})
        if (request.find(own) == nullptr) list = curl_slist_append(list, (std::string{own} + ":").c_str());
    return list;
}

} // namespace

transport::transport(std::size_t most_bytes) : handle_{curl_easy_init()}, most_bytes_{most_bytes} {}
transport::~transport() { curl_easy_cleanup(handle_); }

std::optional<transport_error> transport::send(const http::request& request, reply& into, const on_chunk& chunks) {
    into.status = 0;
    into.head.clear();
    into.body.clear();
    into.headers.clear();
    if (handle_ == nullptr) return transport_error{.what = "curl_easy_init failed"};

    const std::string url = std::string{request.origin} + std::string{request.target};
    const std::string method{name(request.method)};
    const bool has_content = request.method != http::method::get && request.method != http::method::delete_;
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers{curl_headers(request), curl_slist_free_all};
    transfer state{handle_, into, chunks, most_bytes_};

    curl_easy_reset(handle_); // keeps the connection
    const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(handle_, option, value); };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTPHEADER, headers.get());
    if (has_content) { // also without a body: curl then sends Content-Length: 0
        set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        // On a kept connection that turns out to be dead, curl sends once more. A POST must not go out twice.
        set(CURLOPT_FRESH_CONNECT, request.method == http::method::post ? 1L : 0L);
    }
    set(CURLOPT_CUSTOMREQUEST, method.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_PROXY, ""); // whatever the environment says: the recorder is a neighbour
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    set(CURLOPT_TIMEOUT_MS, 30000L);
    set(CURLOPT_HEADERFUNCTION, &take_head);
    set(CURLOPT_HEADERDATA, &state);
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, &state);

    const CURLcode code = curl_easy_perform(handle_);
    long sent = 0;
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_REQUEST_SIZE, &sent);
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK) return transport_error{.what = curl_easy_strerror(code), .maybe_sent = sent != 0};
    into.status = static_cast<int>(status);
    split_head(into);
    return std::nullopt;
}

} // namespace provision
