#include "transport.hpp"

#include <stdexcept>

#include <tipring/http/url.hpp>

namespace common {

namespace http = tipring::http;

void reply::clear() {
    status = 0;
    head.clear();
    body.clear();
    headers.clear();
}

void reply::split_head() {
    headers.clear();
    for (text rest = head; !rest.empty();) {
        const text line = tipring::slice(rest, 0, rest.find("\r\n"));
        rest = tipring::slice(rest, line.size() + 2);
        const std::size_t colon = line.find(':');
        if (colon == text::npos) continue;
        headers.push_back({.name = tipring::slice(line, 0, colon),
                           .value = tipring::trimmed(tipring::slice(line, colon + 1))});
    }
}

void reply::add_line(text name, text value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

namespace {

bool is_coded(const reply& got) {
    const text coding = http::header_value(got.headers, "Content-Encoding");
    return !coding.empty() && !tipring::equal_ignoring_case(coding, "identity");
}

} // namespace

bool body_taker::take(text piece) {
    if (piece.size() > most_bytes - taken || (!is_decoded && is_coded(into))) return false;
    taken += piece.size();
    if (chunks && http::is_success(into.status)) return chunks(piece);
    into.body += piece;
    return true;
}

std::optional<transport_error> failure_of(const std::exception_ptr& thrown,
                                          http::delivery delivery) try {
    if (thrown) std::rethrow_exception(thrown);
    return std::nullopt;
} catch (const std::exception& why) {
    return transport_error{why.what(), delivery};
}

place::place(text url) {
    const auto parts = http::parse_url(url);
    if (!parts) throw std::invalid_argument{"not a URL"};
    scheme = parts->scheme;
    host = parts->host;
    port = std::to_string(parts->port_number);
}

std::string host_and_port(text origin) {
    const auto url = http::parse_url(origin);
    if (!url) return {};
    const bool is_default =
        url->port.empty() || url->port_number == http::detail::default_port(url->scheme);
    return std::string{url->host} + (is_default ? "" : ":" + std::string{url->port});
}

std::string origin_of(text url) {
    const auto parts = http::parse_url(url);
    return parts ? std::string{parts->scheme} + "://" + host_and_port(url) : std::string{};
}

std::string url_of(const http::request& request) {
    return std::string{request.origin} + std::string{request.target};
}

std::string target_of(const http::request& request) {
    if (!request.target.empty()) return std::string{request.target};
    const auto url = http::parse_url(request.origin);
    if (!url) return {};
    return (url->path.empty() ? "/" : std::string{url->path}) +
           (url->has_query ? "?" + std::string{url->query} : "");
}

} // namespace common
