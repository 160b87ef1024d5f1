#include "curl_transfer.hpp"

#include <tipring/http/wire.hpp>

namespace transports {

namespace http = tipring::http;
using common::text;

curl_transfer::curl_transfer(CURL* handle, const http::request& request, common::reply& into,
                             const common::on_chunk& chunks,
                             const common::transport_options& options)
    : handle_{handle}, chunks_{chunks}, body_{into, chunks_, options.most_bytes},
      url_{common::url_of(request)} {
    add_headers(request);
    curl_easy_reset(handle); // keeps the connection, and that TLS certificates are checked
    const auto set = [handle](CURLoption option, auto value) {
        curl_easy_setopt(handle, option, value);
    };
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTPHEADER, headers_);
    if (http::needs_content_length(request)) { // of 0, too
        set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (request.method == http::method::head) set(CURLOPT_NOBODY, 1L);
    set(CURLOPT_CUSTOMREQUEST, name(request.method).data()); // ends with a NUL: a literal
    // When a kept connection turns out to be dead, curl sends again. A POST must not go out twice.
    set(CURLOPT_FRESH_CONNECT, http::is_idempotent(request.method) ? 0L : 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, ""); // whatever the environment says: the recorder is a neighbour
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.patience.count()));
    if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
    // A range is one of the bytes that are sent, so these must not be coded.
    body_.is_decoded =
        request.find("Range") == nullptr && request.find("Accept-Encoding") == nullptr;
    if (body_.is_decoded) set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_HEADERFUNCTION, &take_head);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, this);
}

/// The request's headers as they are, and none of curl's own: "Name:" tells it to leave that out,
/// "Name;" to send it without a value.
void curl_transfer::add_headers(const http::request& request) {
    for (const http::header& h : request.headers)
        headers_ = curl_slist_append(
            headers_,
            (std::string{h.name} + (h.value.empty() ? ";" : ": ") + std::string{h.value}).c_str());
    for (const char* own : {"Accept:", "Content-Type:", "Expect:"})
        if (request.find(text{own}.substr(0, text{own}.size() - 1)) == nullptr)
            headers_ = curl_slist_append(headers_, own);
}

std::size_t curl_transfer::take_head(char* bytes, std::size_t one, std::size_t size, void* self) {
    common::reply& into = static_cast<curl_transfer*>(self)->body_.into;
    const text line{bytes, one * size};
    if (line.starts_with("HTTP/")) into.head.clear();        // after an interim answer, such as 100
    if (into.head.ends_with("\r\n\r\n")) return line.size(); // a trailer
    into.head += line;
    return into.head.size() <= common::most_head_bytes ? line.size() : 0;
}

std::size_t curl_transfer::take_body(char* bytes, std::size_t one, std::size_t size, void* self) {
    curl_transfer& transfer = *static_cast<curl_transfer*>(self);
    if (transfer.body_.taken == 0) transfer.note_head();
    return transfer.body_.take({bytes, one * size}) ? one * size : 0;
}

void curl_transfer::note_head() {
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    body_.into.status = static_cast<int>(status);
    body_.into.split_head();
}

std::optional<common::transport_error> curl_transfer::finish(CURLcode code) {
    note_head();
    long sent = 0;
    curl_easy_getinfo(handle_, CURLINFO_REQUEST_SIZE, &sent);
    if (code != CURLE_OK)
        return common::transport_error{curl_easy_strerror(code), sent == 0
                                                                     ? http::delivery::not_sent
                                                                     : http::delivery::unknown};
    // curl takes a connection that ends in mid-head for an answer.
    if (!body_.into.head.ends_with("\r\n\r\n"))
        return common::transport_error{"the head is cut short"};
    return std::nullopt;
}

} // namespace transports
