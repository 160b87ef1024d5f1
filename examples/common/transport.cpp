#include "transport.hpp"

#include <memory>

#include <curl/curl.h>

namespace common {

namespace http = tipring::http;

namespace {

struct transfer {
    CURL* handle;
    reply& into;
    const on_chunk& chunks;
    std::size_t most_bytes;

    bool keep(std::string& where, text piece) const {
        if (where.size() + piece.size() > most_bytes) return false;
        where += piece;
        return true;
    }
};

std::size_t take_head(char* bytes, std::size_t one, std::size_t size, void* user) {
    const transfer& state = *static_cast<transfer*>(user);
    const text line{bytes, one * size};
    if (line.starts_with("HTTP/")) state.into.head.clear(); // after an interim answer, such as 100
    return state.keep(state.into.head, line) ? line.size() : 0;
}

std::size_t take_body(char* bytes, std::size_t one, std::size_t size, void* user) {
    const transfer& state = *static_cast<transfer*>(user);
    const text piece{bytes, one * size};
    long status = 0;
    curl_easy_getinfo(state.handle, CURLINFO_RESPONSE_CODE, &status);
    const bool streamed = state.chunks && http::is_success(static_cast<int>(status));
    const bool taken = streamed ? state.chunks(piece) : state.keep(state.into.body, piece);
    return taken ? piece.size() : 0;
}

void split_head(reply& into) {
    for (text rest = into.head; !rest.empty();) {
        const text line = tipring::slice(rest, 0, rest.find("\r\n"));
        rest = tipring::slice(rest, line.size() + 2);
        const std::size_t colon = line.find(':');
        if (colon == text::npos) continue;
        into.headers.push_back({.name = tipring::slice(line, 0, colon),
                                .value = tipring::trimmed(tipring::slice(line, colon + 1))});
    }
}

/// The request's headers as they are, and none of curl's own: "Name:" tells it to leave that out.
curl_slist* curl_headers(const http::request& request) {
    curl_slist* all = nullptr;
    for (const http::header& h : request.headers)
        all = curl_slist_append(all, (std::string{h.name} + ": " + std::string{h.value}).c_str());
    for (const char* own : {"Accept:", "Content-Type:", "Expect:"})
        if (request.find(text{own}.substr(0, text{own}.size() - 1)) == nullptr)
            all = curl_slist_append(all, own);
    return all;
}

} // namespace

transport::transport(std::size_t most_bytes, std::chrono::milliseconds patience)
    : handle_{curl_easy_init()}, most_bytes_{most_bytes}, patience_{patience} {}
transport::~transport() {
    curl_easy_cleanup(handle_);
}

std::optional<transport_error> transport::send(const http::request& request, reply& into,
                                               const on_chunk& chunks) {
    into.status = 0;
    into.head.clear();
    into.body.clear();
    into.headers.clear();
    if (handle_ == nullptr) return transport_error{.what = "curl_easy_init failed"};

    const std::string url = std::string{request.origin} + std::string{request.target};
    const std::string method{name(request.method)};
    const bool has_content =
        request.method != http::method::get && request.method != http::method::delete_;
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers{curl_headers(request),
                                                                     curl_slist_free_all};
    transfer state{handle_, into, chunks, most_bytes_};

    curl_easy_reset(handle_); // keeps the connection, and that TLS certificates are checked
    const auto set = [this](CURLoption option, auto value) {
        curl_easy_setopt(handle_, option, value);
    };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTPHEADER, headers.get());
    if (has_content) { // also when it is empty: curl then sends Content-Length: 0
        set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    set(CURLOPT_CUSTOMREQUEST, method.c_str());
    // When a kept connection turns out to be dead, curl sends again. A POST must not go out twice.
    set(CURLOPT_FRESH_CONNECT, request.method == http::method::post ? 1L : 0L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, ""); // whatever the environment says: the recorder is a neighbour
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience_.count()));
    set(CURLOPT_HEADERFUNCTION, &take_head);
    set(CURLOPT_HEADERDATA, &state);
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, &state);

    const CURLcode code = curl_easy_perform(handle_);
    long status = 0;
    long sent = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle_, CURLINFO_REQUEST_SIZE, &sent);
    if (code != CURLE_OK)
        return transport_error{.what = curl_easy_strerror(code), .maybe_sent = sent != 0};
    into.status = static_cast<int>(status);
    split_head(into);
    return std::nullopt;
}

} // namespace common
