// URLs and links from outside, and the pager that follows them. A URL is split as RFC 3986's
// expression splits it, and its parts are the URL again; a link is resolved as section 5.2 of the
// RFC has it, written down here step by step, and leads to the same origin or nowhere. The pager
// never asks another origin, never sends anything but a checked target, ends however the links go
// in circles, and does the same with any size of memory. Input: choices, the target that links
// start from, then links, a line each.
#include <tipring/core/arena.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/paging.hpp>
#include <tipring/http/url.hpp>

#include "guard_page.hpp"
#include "nested_pages.hpp"
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tipring;

// RFC 3986, plainly. Nothing of the library is in it.

struct parts {
    std::optional<std::string> scheme = {};
    std::optional<std::string> authority = {};
    std::string path = {};
    std::optional<std::string> query = {};
    std::optional<std::string> fragment = {};
};

/// The expression of appendix B, from left to right.
parts split(std::string rest) {
    parts found;
    const auto take = [&rest](std::string_view stops) {
        const std::string taken = rest.substr(0, rest.find_first_of(stops));
        rest.erase(0, taken.size());
        return taken;
    };
    const std::size_t mark = rest.find_first_of(":/?#");
    if (mark != std::string::npos && mark != 0 && rest[mark] == ':') {
        found.scheme = take(":");
        rest.erase(0, 1);
    }
    if (rest.starts_with("//")) {
        rest.erase(0, 2);
        found.authority = take("/?#");
    }
    found.path = take("?#");
    if (rest.starts_with('?')) {
        rest.erase(0, 1);
        found.query = take("#");
    }
    if (rest.starts_with('#')) found.fragment = rest.substr(1);
    return found;
}

std::string recomposed(const parts& all) {
    std::string made;
    if (all.scheme) made += *all.scheme + ":";
    if (all.authority) made += "//" + *all.authority;
    made += all.path;
    if (all.query) made += "?" + *all.query;
    if (all.fragment) made += "#" + *all.fragment;
    return made;
}

/// Section 5.2.4, letter by letter.
std::string without_dots(std::string input) {
    std::string output;
    const auto drop_last = [&output] {
        output.erase(output.rfind('/') == std::string::npos ? 0 : output.rfind('/'));
    };
    while (!input.empty()) {
        if (input.starts_with("../")) {
            input.erase(0, 3);
        } else if (input.starts_with("./") || input.starts_with("/./")) {
            input.erase(0, 2);
        } else if (input == "/.") {
            input = "/";
        } else if (input.starts_with("/../")) {
            input.erase(0, 3);
            drop_last();
        } else if (input == "/..") {
            input = "/";
            drop_last();
        } else if (input == "." || input == "..") {
            input.clear();
        } else {
            const std::size_t end = std::min(input.find('/', 1), input.size());
            output += input.substr(0, end);
            input.erase(0, end);
        }
    }
    return output;
}

/// Section 5.2.2 for a base that is an origin and a target: the target of what is meant.
std::string resolved(const std::string& base_target, const std::string& reference) {
    const parts link = split(reference);
    const parts base = split(base_target);
    std::string path = link.path;
    std::optional<std::string> query = link.query;
    if (!link.authority && path.empty()) {
        path = base.path;
        if (!query) query = base.query;
    } else if (!link.authority && !path.starts_with('/')) {
        path = base.path.substr(0, base.path.rfind('/') + 1) + path;
    }
    path = without_dots(path);
    if (path.empty()) path = "/";
    return path + (query ? "?" + *query : "");
}

constexpr std::string_view fit_for_a_target =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%?";

std::string lower(std::string_view from) {
    std::string made{from};
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return made;
}

/// Nor has its path a segment that somebody on the way may take for dots.
bool is_target(std::string_view target) {
    const std::string path = lower(target.substr(0, target.find('?'))) + "/";
    for (const char* const dots : {"/./", "/../", "/%2e/", "/%2e%2e/", "/.%2e/", "/%2e./"})
        if (path.find(dots) != std::string::npos) return false;
    return target.starts_with('/') && !target.starts_with("//") &&
           target.find_first_not_of(fit_for_a_target) == std::string_view::npos;
}

/// Scheme, host and port, as plain text that can be compared.
std::string origin_text(std::string_view scheme, std::string authority) {
    const std::string plain_scheme = lower(scheme);
    const std::string standard = plain_scheme == "https" ? ":443" : ":80";
    const std::size_t colon = authority.rfind(':');
    const bool has_port =
        colon != std::string::npos && authority.find(']', colon) == std::string::npos;
    std::string host = lower(has_port ? authority.substr(0, colon) : authority);
    std::string port = has_port ? authority.substr(colon) : standard;
    while (port.size() > 2 && port[1] == '0') port.erase(1, 1);
    if (port == ":") port = standard;
    return plain_scheme + "://" + host + port;
}

void check_split(text written, http::url_characters allowed) {
    const auto url = http::parse_reference(written, allowed);
    if (!url) {
        fuzz::require(url.code() == errc::bad_url && url.error().offset <= written.size(),
                      "an offset outside", written);
        return;
    }
    const parts expected = split(std::string{written});
    fuzz::require(recomposed(expected) == written, "the oracle is wrong", written);
    const std::string authority =
        std::string{url->host} +
        (url->host.size() < expected.authority.value_or("").size() ? ":" : "") +
        std::string{url->port};
    fuzz::require(url->scheme == expected.scheme.value_or("") &&
                      url->has_authority == expected.authority.has_value() &&
                      authority == expected.authority.value_or("") && url->path == expected.path &&
                      url->has_query == expected.query.has_value() &&
                      url->query == expected.query.value_or("") &&
                      url->has_fragment == expected.fragment.has_value() &&
                      url->fragment == expected.fragment.value_or(""),
                  "split otherwise than by the RFC", written);
    const std::string scheme = lower(url->scheme);
    fuzz::require(scheme.empty() || scheme == "http" || scheme == "https", "another scheme",
                  written);
    fuzz::require(written.find_first_of(text{"\0\r\n\t\\", 5}) == text::npos &&
                      url->host.find('@') == text::npos,
                  "a control character, a backslash or a user", written);
}

void check_link(text origin, text base, text link, http::url_characters allowed) {
    writer measure;
    const auto done = http::resolve(origin, base, link, measure, allowed);
    if (!done) {
        const bool is_of_link = done.code() == errc::bad_url || done.code() == errc::other_origin;
        fuzz::require((is_of_link && done.error().offset <= link.size()) ||
                          (done.code() == errc::bad_parameter && !base.starts_with('/')),
                      "another refusal", link);
        return;
    }
    const std::unique_ptr<char[]> bytes{new char[measure.size()]};
    writer out{std::span{bytes.get(), measure.size()}};
    fuzz::require(http::resolve(origin, base, link, out, allowed) && out.fits(), "measured wrongly",
                  link);
    const text target = out.written();
    if (allowed == http::url_characters::lenient) link = trimmed(link);
    const parts given = split(std::string{link});
    if (given.authority) {
        const parts server = split(std::string{origin});
        fuzz::require(origin_text(given.scheme.value_or(*server.scheme), *given.authority) ==
                          origin_text(*server.scheme, *server.authority),
                      "another origin", link);
    }
    if (!is_target(base)) return;
    fuzz::require(is_target(target), "what is no target", link);
    std::string expected = resolved(std::string{base}, std::string{link});
    // Raw blanks and the like of lenient links are encoded, and single quotes in their queries.
    if (allowed == http::url_characters::lenient) {
        std::string coded;
        for (std::size_t at = 0; at < expected.size(); ++at) {
            const bool quote = expected[at] == '\'' && expected.find('?') < at && given.query;
            if (fit_for_a_target.find(expected[at]) != std::string_view::npos && !quote) {
                coded += expected[at];
                continue;
            }
            constexpr std::string_view digits = "0123456789ABCDEF";
            const unsigned byte = static_cast<unsigned char>(expected[at]);
            coded += '%';
            coded += digits[byte >> 4];
            coded += digits[byte & 15];
        }
        expected = coded;
    }
    fuzz::require_none(expected == target ? ""
                                          : "resolved otherwise than by the RFC\n  " +
                                                std::string{target} + "\n  " + expected,
                       link);
}

constexpr text origins[] = {"https://recorder.example", "http://recorder.example:8080",
                            "https://[2001:db8::1]:8443"};

/// Walks along the links in a circle.
void check_pager(const std::vector<text>& links, text origin, unsigned small,
                 http::url_characters characters, std::string_view about) {
    const http::header further[] = {{.name = "User-Agent", .value = "fuzz"}};
    const http::origin_server server{
        .origin = origin,
        .authorization = {.name = "Authorization", .value = "Basic eDp5", .is_secret = true},
        .headers = further};
    const http::paging_limits limits{.most_pages = 80, .characters = characters};
    static std::vector<std::byte> bytes(std::size_t{1} << 14);
    arena memory{std::span<std::byte>{bytes}};
    pager pages{server, limits};
    fuzz::require(pages.next("/x", memory).code() == errc::wrong_order, "a page before the first",
                  about);
    const auto first = pages.first(nested_pages::list_users{}, memory);
    fuzz::require(first && *first, "no first page", about);
    std::string base{(*first)->target};
    // A relative path may lead deeper with each step, so that only the limit ends it.
    const bool is_circle = std::all_of(links.begin(), links.end(), [](text link) {
        return link.empty() || link.front() == '/' || link.starts_with("http://") ||
               link.starts_with("https://");
    });
    const std::size_t most = is_circle ? 3 * (links.size() + 8) + 16 : limits.most_pages;
    for (std::size_t steps = 0;; ++steps) {
        fuzz::require(steps <= most, "it does not end", about);
        const text link = links[steps % links.size()];
        memory.reset();
        // Too little memory changes nothing, and is told what would be enough.
        const std::unique_ptr<std::byte[]> few{new std::byte[small + 1]};
        arena little{std::span{few.get(), small}};
        pager copy = pages;
        const auto tried = copy.next(link, little, base);
        const auto got = pages.next(link, memory, base);
        if (tried.code() == errc::capacity) {
            fuzz::require(tried.error().needed > small && little.used() == 0,
                          "capacity that would have been enough", about);
            const std::size_t needed = tried.error().needed;
            const std::unique_ptr<std::byte[]> enough{new std::byte[needed]};
            arena exact{std::span{enough.get(), needed}};
            fuzz::require(copy.next(link, exact, base).code() == got.code(),
                          "another verdict with more memory", about);
        } else {
            fuzz::require(tried.code() == got.code(), "another verdict with less memory", about);
        }
        if (!got) {
            fuzz::require(memory.used() == 0, "memory is in use after an error", about);
            fuzz::require(pages.next(link, memory, base).code() == errc::wrong_order,
                          "it goes on after an error", about);
            return;
        }
        if (!*got) {
            fuzz::require(link.empty(), "an end before the end", about);
            return;
        }
        const http::request& request = **got;
        fuzz::require(request.origin == origin && is_target(request.target) &&
                          http::check(request.headers) && request.find("Authorization") != nullptr,
                      "a request that must not be sent", about);
        base = std::string{request.target};
        if (base.size() > 300) return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned choices = input.choice(36);
    const unsigned small = input.choice(256);
    const text origin = origins[choices % 3];
    const auto characters =
        choices / 3 % 2 == 0 ? http::url_characters::strict : http::url_characters::lenient;
    const std::string_view about{reinterpret_cast<const char*>(data), size};
    const text base = input.line();
    std::vector<std::string> lines;
    while (!input.empty() && lines.size() < 12) lines.emplace_back(input.line());
    if (lines.empty()) lines.emplace_back();
    static exact_memory::text_before_end page;
    static exact_memory::text_before_end base_page;
    const std::span<char> held_base = base_page.keep(base);
    std::vector<text> links;
    for (const std::string& line : lines) {
        const std::span<char> held = page.keep(line);
        const text link{held.data(), held.size()};
        check_split(link, characters);
        check_link(origin, text{held_base.data(), held_base.size()}, link, characters);
        const text id = http::last_path_segment(link);
        fuzz::require(id.find_first_of("/?#") == text::npos, "an id of two segments", link);
        links.push_back(line);
    }
    check_pager(links, origin, small, characters, about);
    return 0;
}
