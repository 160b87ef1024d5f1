// HTTP requests and responses as values: what tipring hands to an HTTP stack and takes from it.
// Views only. Not here: what a header may hold (field_rules.hpp), how a target is put together
// (url.hpp, query.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tipring/core/config.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI::http {

// Text that knows its size: without the suffix small programs measure it each time.
using namespace std::string_view_literals;

/// The methods that the APIs use, and HEAD for servers.
enum class method : std::uint8_t { get, head, post, put, patch, delete_ };

/// The method as it is written on the wire.
constexpr text name(method m) {
    constexpr text names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    const auto index = static_cast<std::size_t>(m);
    return index < sizeof names / sizeof names[0] ? names[index] : text{};
}

/// Reads a method as it is written on the wire; case matters (RFC 9110 section 9.1).
constexpr std::optional<method> parse_method(text written) {
    for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(method::delete_); ++i)
        if (name(static_cast<method>(i)) == written) return static_cast<method>(i);
    return std::nullopt;
}

/// One header field. `is_secret` marks a value that must not be logged or kept, such as that of
/// Authorization.
struct header {
    text name = {};
    text value = {};
    bool is_secret = false;
};

/// The first header with that name, compared without case; null when there is none.
constexpr const header* find_header(std::span<const header> headers, text name) {
    for (const header& h : headers)
        if (equal_ignoring_case(h.name, name)) return &h;
    return nullptr;
}

/// The value of the first header with that name; empty when there is none.
constexpr text header_value(std::span<const header> headers, text name) {
    const header* const found = find_header(headers, name);
    return found != nullptr ? found->value : text{};
}

/// A request, ready to be sent. Everything is a view: of the arena that it was encoded into, of the
/// values that it was encoded from, and of the server's description; keep all of them until it has
/// been sent.
///
/// The stack that sends it connects to `origin`, adds Host, and sends the rest byte for byte. It
/// sends Content-Length with the size of `body`, also when that is 0 and the method is POST, PUT or
/// PATCH (RFC 9110 section 8.6), and must not add a Content-Type: there is one among the headers
/// exactly when there is a body (quirk D-54).
struct request {
    http::method method = http::method::get;
    /// Scheme and authority, such as `https://recorder.example:8443`. With an empty target a whole
    /// URL, which is used as it stands, such as a signed one (quirk D-61).
    text origin = {};
    /// Path and query, percent-encoded, starting with `/`; empty when `origin` is a whole URL.
    text target = {};
    std::span<const http::header> headers = {};
    text body = {};

    /// The first header with that name, compared without case; null when there is none.
    constexpr const http::header* find(text name) const { return find_header(headers, name); }
};

/// A response whose body stays as it is: text with escapes is copied to the arena when it is
/// decoded. What was decoded views the body and the headers; keep them as long.
struct response {
    int status = 0;
    std::span<const http::header> headers = {};
    text body = {};

    /// The first header with that name, compared without case; null when there is none.
    constexpr const http::header* find(text name) const { return find_header(headers, name); }
    constexpr text content_type() const { return header_value(headers, "Content-Type"sv); }
};

/// A response whose body may be overwritten while it is decoded, which saves the copies. After that
/// the body holds no document any more, only the text that the decoded value views.
struct mutable_response {
    int status = 0;
    std::span<const http::header> headers = {};
    std::span<char> body = {};

    constexpr operator response() const {
        return {.status = status, .headers = headers, .body = text{body.data(), body.size()}};
    }
    constexpr const http::header* find(text name) const { return find_header(headers, name); }
    constexpr text content_type() const { return header_value(headers, "Content-Type"sv); }
};

/// The `type/subtype` of a Content-Type value, without parameters and the blanks around it. Compare
/// it without case.
constexpr text media_type(text content_type) {
    const std::size_t parameters = content_type.find(';');
    return trimmed(parameters == text::npos ? content_type : slice(content_type, 0, parameters));
}

inline constexpr text json_media_type = "application/json";

/// Whether a Content-Type value announces JSON, whatever its case and parameters (quirk D-3):
/// `application/json`, `text/json` or any `…/…+json`.
constexpr bool is_json(text content_type) {
    const text type = media_type(content_type);
    if (equal_ignoring_case(type, json_media_type) || equal_ignoring_case(type, "text/json"sv))
        return true;
    constexpr text suffix = "+json";
    const std::size_t slash = type.find('/');
    return slash != text::npos && slash != 0 && type.size() - slash - 1 > suffix.size() &&
           equal_ignoring_case(slice(type, type.size() - suffix.size()), suffix);
}

/// A status of the class 2xx.
constexpr bool is_success(int status) {
    return status >= 200 && status <= 299;
}

} // namespace tipring::inline TIPRING_ABI::http
