// One line about a request or response that may go into a log: what is not on a list of harmless
// names is not printed. Not here: decoded values, whose secrets the tables of json/describe.hpp
// know.
#pragma once

#include <cstddef>
#include <span>

#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/url.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// Query parameters whose values say nothing about people or secrets.
inline constexpr text harmless_query_names[] = {
    "limit",   "start", "max_total_calc", "sort_order", "advanced_search", "active_only", "action",
    "expires", "$top",  "$skip",          "$orderby",   "$expand",         "$count",      "$select",
};

/// Headers whose values say nothing about people or secrets.
inline constexpr text harmless_header_names[] = {
    "Accept",
    "Accept-Encoding",
    "Accept-Ranges",
    "Allow",
    "Cache-Control",
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Content-Range",
    "Content-Type",
    "Date",
    "Host",
    "Range",
    "Retry-After",
    "Server",
    "Transfer-Encoding",
    "User-Agent",
    "x-mitel-correlation-id",
};

/// Whose values are printed; every other value becomes `REDACTED`. Query names are compared with
/// their case, header names without. Lists that are given replace the defaults.
struct log_policy {
    std::span<const text> query_names = harmless_query_names;
    std::span<const text> header_names = harmless_header_names;
};

namespace detail {

inline constexpr text redacted = "REDACTED";

/// Received text may hold anything, also line breaks that would forge a line of the log.
constexpr void put_printable(text received, writer& out) {
    for (const char c : received) {
        if (c >= 0x20 && c < 0x7F && c != '\\') {
            out.put(c);
        } else {
            constexpr text digits = "0123456789ABCDEF";
            const unsigned byte = static_cast<unsigned char>(c);
            out.put("\\x");
            out.put(digits[byte >> 4]);
            out.put(digits[byte & 15]);
        }
    }
}

constexpr bool is_listed(std::span<const text> names, text name) {
    for (const text each : names)
        if (each == name) return true;
    return false;
}

constexpr bool is_listed_ignoring_case(std::span<const text> names, text name) {
    for (const text each : names)
        if (equal_ignoring_case(each, name)) return true;
    return false;
}

/// Never printed, whatever the policy lists.
constexpr bool is_credential_header(text name) {
    constexpr text names[] = {"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie",
                              "x-mitel-shared-secret"};
    return is_listed_ignoring_case(names, name);
}

/// Words, numbers and lists of them: what a harmless parameter has for a value, so that nothing
/// else passes under its name.
constexpr bool is_plain_value(text value) {
    constexpr byte_set plain = byte_set::letters_digits_and(",._-");
    for (std::size_t i = 0; i < value.size(); ++i) {
        const text escape = slice(value, i, 3);
        if (escape == "%20" || equal_ignoring_case(escape, "%2C"))
            i += 2;
        else if (!plain.has(value[i]))
            return false;
    }
    return true;
}
/// A longer one, or one of other characters, may be a token without a name.
constexpr bool is_plain_name(text name) {
    constexpr std::size_t longest = 48;
    constexpr byte_set plain = byte_set::letters_digits_and("_$%");
    for (const char c : name)
        if (!plain.has(c)) return false;
    return name.size() <= longest;
}

constexpr void put_redacted_query(text query, const log_policy& policy, writer& out) {
    while (true) {
        const std::size_t end = query.find('&');
        const text pair = slice(query, 0, end);
        const std::size_t equals = pair.find('=');
        const text name = slice(pair, 0, equals);
        if (equals == text::npos) {
            if (!pair.empty())
                put_printable(is_listed(policy.query_names, pair) ? pair : redacted, out);
        } else {
            const text value = slice(pair, equals + 1);
            put_printable(is_plain_name(name) ? name : redacted, out);
            out.put('=');
            put_printable(is_listed(policy.query_names, name) && is_plain_value(value) ? value
                                                                                       : redacted,
                          out);
        }
        if (end == text::npos) return;
        out.put('&');
        query = slice(query, end + 1);
    }
}

constexpr bool has_plain_port(text authority) {
    const std::size_t colon = authority.rfind(':');
    const text port = colon == text::npos ? text{} : slice(authority, colon + 1);
    return port.find(']') != text::npos || port.find_first_not_of("0123456789") == text::npos;
}

/// A URL or target: user information, query values that are not listed, and the fragment are left
/// out.
constexpr void put_redacted_url(text url, const log_policy& policy, writer& out) {
    if (const std::size_t slashes = url.find("//"); slashes < url.find_first_of("?#")) {
        const std::size_t host = slashes + 2;
        const text authority = slice(url, host, url.find_first_of("/?#", host) - host);
        std::size_t at = authority.rfind('@');
        // What ends an authority may stand in a password; then there is no number for a port.
        if (at == text::npos && !has_plain_port(authority)) at = slice(url, host).rfind('@');
        if (at != text::npos) {
            put_printable(slice(url, 0, host), out);
            out.put(redacted);
            url = slice(url, host + at);
        }
    }
    const std::size_t mark = url.find_first_of("?#");
    const text path = slice(url, 0, mark);
    put_printable(path, out);
    if (mark == text::npos) return;
    const text rest = slice(url, mark + 1);
    if (url[mark] == '?') {
        out.put('?');
        put_redacted_query(slice(rest, 0, rest.find('#')), policy, out);
    }
    if (url[mark] == '#' || rest.find('#') != text::npos) {
        out.put('#');
        out.put(redacted);
    }
}

constexpr void put_redacted_headers(std::span<const header> headers, const log_policy& policy,
                                    writer& out) {
    for (const header& h : headers) {
        out.put(" [");
        put_printable(h.name, out);
        out.put(": ");
        const bool secret = h.is_secret || is_credential_header(h.name);
        if (!secret && equal_ignoring_case(h.name, "Location")) {
            put_redacted_url(h.value, policy, out);
        } else {
            put_printable(!secret && is_listed_ignoring_case(policy.header_names, h.name)
                              ? h.value
                              : redacted,
                          out);
        }
        out.put(']');
    }
}

constexpr void put_body_size(std::size_t size, writer& out) {
    out.put(" body: ");
    out.put_integer(size);
    out.put(" bytes");
}

} // namespace detail

/// Writes one line without its end, such as
/// `GET https://recorder.example/api/v2/calls.json?limit=20&name=REDACTED [Authorization: REDACTED]
/// body: 0 bytes`. Paths are printed, ids in them too; of the body only the size. Bytes that are
/// not printable ASCII, and backslashes, become `\xNN`.
constexpr void print_redacted(const request& r, writer& out, const log_policy& policy = {}) {
    out.put(name(r.method));
    out.put(' ');
    detail::put_redacted_url(r.origin, policy, out);
    detail::put_redacted_url(r.target, policy, out);
    detail::put_redacted_headers(r.headers, policy, out);
    detail::put_body_size(r.body.size(), out);
}

/// Writes one line without its end, such as `201 [Location: /api/v2/users/….json] body: 0 bytes`.
/// The value of a Location header is printed like a target.
constexpr void print_redacted(const response& r, writer& out, const log_policy& policy = {}) {
    out.put_integer(r.status);
    detail::put_redacted_headers(r.headers, policy, out);
    detail::put_body_size(r.body.size(), out);
}

} // namespace tipring::inline TIPRING_ABI::http
