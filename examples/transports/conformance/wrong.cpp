#include "wrong.hpp"

#include <algorithm>
#include <memory>

namespace conformance {

namespace {

namespace http = tipring::http;
using common::on_chunk;
using common::reply;
using common::transport;
using common::transport_error;
using failure = std::optional<transport_error>;

/// Does something with the request before it is sent.
template <class Change>
transport before(transport inner, Change change) {
    return transport{
        [inner, change](const http::request& request, reply& into, const on_chunk& chunks) mutable {
            http::request changed = request;
            std::vector<http::header> headers{request.headers.begin(), request.headers.end()};
            std::string target{request.target};
            std::string body{request.body};
            change(changed, headers, target, body);
            changed.headers = headers;
            changed.target = target;
            changed.body = body;
            return inner.send(changed, into, chunks);
        }};
}

/// Does something with what came.
template <class Change>
transport behind(transport inner, Change change) {
    return transport{
        [inner, change](const http::request& request, reply& into, const on_chunk& chunks) mutable {
            failure how = inner.send(request, into, chunks);
            change(request, into, how, inner);
            return how;
        }};
}

std::string replaced(std::string in, text from, text to) {
    for (std::size_t at = 0; (at = in.find(from, at)) != std::string::npos; at += to.size())
        in.replace(at, from.size(), to);
    return in;
}

/// Keeps only the headers that `wanted` says.
template <class Wanted>
void keep_headers(reply& of, Wanted wanted) {
    std::string head;
    for (const http::header& each : of.headers)
        if (wanted(each)) head.append(each.name).append(": ").append(each.value).append("\r\n");
    of.head = head;
    of.split_head();
}

using request_parts = std::vector<http::header>&;

transport decodes_target(transport inner) {
    return before(std::move(inner), [](auto&, auto&, std::string& target, auto&) {
        target = replaced(target, "%2F", "/");
    });
}
transport upper_cases_hex(transport inner) {
    return before(std::move(inner), [](auto&, auto&, std::string& target, auto&) {
        target = replaced(target, "%c3%a9%7e", "%C3%A9%7E");
    });
}
transport encodes_again(transport inner) {
    return before(std::move(inner), [](auto&, auto&, std::string& target, auto&) {
        target = replaced(target, "'", "%27");
    });
}
transport joins_slashes(transport inner) {
    return before(std::move(inner), [](auto&, auto&, std::string& target, auto&) {
        target = replaced(replaced(target, "///", "/"), "//", "/");
    });
}
transport drops_empty_query(transport inner) {
    return before(std::move(inner), [](auto&, auto&, std::string& target, auto&) {
        if (target.ends_with('?')) target.pop_back();
    });
}
transport cuts_long_texts(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, std::string& target, auto&) {
        target.resize(std::min<std::size_t>(target.size(), 2048));
        for (auto& each : headers) each.value = each.value.substr(0, 2048);
    });
}
transport ignores_path_of_origin(transport inner) {
    return before(std::move(inner), [](http::request& request, auto&, std::string& target, auto&) {
        if (target.empty())
            target = "/", request.origin = request.origin.substr(0, request.origin.find('/', 8));
    });
}
transport squeezes_values(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, auto&, auto&) {
        static std::string kept;
        for (auto& each : headers)
            if (each.name == "X-Value")
                kept = replaced(std::string{each.value}, "  ", " "), each.value = kept;
    });
}
transport drops_empty_headers(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, auto&, auto&) {
        std::erase_if(headers, [](const auto& each) { return each.value.empty(); });
    });
}
/// As a map from names to values does.
transport keeps_last_of_each_name(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, auto&, auto&) {
        for (std::size_t i = headers.size(); i-- > 0;)
            for (std::size_t j = 0; j < i; ++j)
                if (headers[i].name == headers[j].name) {
                    headers.erase(headers.begin() + static_cast<std::ptrdiff_t>(j));
                    --i;
                    break;
                }
    });
}
transport sends_few_headers(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, auto&, auto&) {
        if (headers.size() > 32) headers.resize(32);
    });
}
transport strips_authorization(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, auto&, auto&) {
        std::erase_if(headers, [](const auto& each) { return each.name == "Authorization"; });
    });
}
transport has_own_types(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, auto&, auto&) {
        headers.push_back({.name = "Accept", .value = "text/html"});
        headers.push_back({.name = "Content-Type", .value = "application/x-www-form-urlencoded"});
    });
}
transport adds_host(transport inner) {
    return before(std::move(inner), [](auto&, request_parts headers, auto&, auto&) {
        headers.push_back({.name = "Host", .value = "localhost"});
    });
}
/// As a stack that has no body for DELETE.
transport drops_body_of_delete(transport inner) {
    return before(std::move(inner), [](http::request& request, auto&, auto&, std::string& body) {
        if (request.method == http::method::delete_) body.clear();
    });
}
/// As a stack that thinks a body is needed.
transport sends_a_blank_for_nothing(transport inner) {
    return before(std::move(inner), [](http::request& request, auto&, auto&, std::string& body) {
        if (body.empty() && request.method != http::method::get &&
            request.method != http::method::head)
            body = " ";
    });
}
transport knows_no_patch(transport inner) {
    return before(std::move(inner), [](http::request& request, auto&, auto&, auto&) {
        if (request.method == http::method::patch) request.method = http::method::post;
    });
}
transport ends_bodies_at_nul(transport inner) {
    return behind(before(std::move(inner),
                         [](auto&, auto&, auto&, std::string& body) {
                             body.resize(std::min(body.size(), body.find('\0')));
                         }),
                  [](auto&, reply& got, auto&, auto&) {
                      got.body.resize(std::min(got.body.size(), got.body.find('\0')));
                  });
}
transport sends_one_megabyte(transport inner) {
    return before(std::move(inner), [](auto&, auto&, auto&, std::string& body) {
        body.resize(std::min<std::size_t>(body.size(), 1 << 20));
    });
}
transport has_cookies(transport inner) {
    const auto jar = std::make_shared<std::string>();
    return behind(before(std::move(inner),
                         [jar](auto&, request_parts headers, auto&, auto&) {
                             if (!jar->empty())
                                 headers.push_back({.name = "Cookie", .value = *jar});
                         }),
                  [jar](auto&, reply& got, auto&, auto&) {
                      const text set = http::header_value(got.headers, "Set-Cookie");
                      if (!set.empty()) *jar = set.substr(0, set.find(';'));
                  });
}

transport follows_redirects(transport inner) {
    return behind(std::move(inner),
                  [](const http::request& request, reply& got, failure& how, transport& again) {
                      if (got.status / 100 != 3 || got.status == 304) return;
                      const std::string to{http::header_value(got.headers, "Location")};
                      http::request next = request;
                      next.origin = to;
                      next.target = {};
                      how = again.send(next, got);
                  });
}
/// As stacks that throw for a status.
transport drops_bodies_of_refusals(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        if (got.status >= 400) got.body.clear();
    });
}
transport sends_again(transport inner) {
    return behind(std::move(inner),
                  [](const http::request& request, reply& got, failure& how, transport& again) {
                      if (got.status == 401 || got.status == 503 || how)
                          how = again.send(request, got);
                  });
}
transport takes_halves(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, failure& how, auto&) {
        if (how && got.status != 0) how.reset();
    });
}
transport forgets_status_of_halves(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, failure& how, auto&) {
        if (how) got.clear();
    });
}
transport always_says_unsent(transport inner) {
    return behind(std::move(inner), [](auto&, auto&, failure& how, auto&) {
        if (how) how->delivery = http::delivery::not_sent;
    });
}
transport always_says_unknown(transport inner) {
    return behind(std::move(inner), [](auto&, auto&, failure& how, auto&) {
        if (how) how->delivery = http::delivery::unknown;
    });
}
transport rounds_statuses(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        if (got.status > 200 && got.status < 300) got.status = 200;
    });
}
transport fails_on_other_statuses(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, failure& how, auto&) {
        if (got.status == 204 || got.status == 304) how = transport_error{"empty"};
    });
}
transport keeps_last_header(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        keep_headers(got, [&](const http::header& each) {
            return each.name != "X-Twice" || each.value == "1";
        });
    });
}
transport wants_exact_names(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        keep_headers(got, [](const http::header& each) { return each.name[0] != 'c'; });
    });
}
transport mangles_values(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        got.head =
            replaced(replaced(replaced(got.head, "a,  b", "a, b"), "\xC3", "?"), "12:34:56", "12");
        got.split_head();
        keep_headers(got, [](const http::header& each) {
            return !each.value.empty() && each.value.size() < 1000 && each.name != "X-59";
        });
    });
}
transport hands_out_raw_bytes(transport inner) {
    return transport{
        [inner](const http::request& request, reply& into, const on_chunk& chunks) mutable {
            std::vector<http::header> headers{request.headers.begin(), request.headers.end()};
            headers.push_back({.name = "Accept-Encoding", .value = "gzip"});
            http::request changed = request;
            changed.headers = headers;
            failure how = inner.send(changed, into, chunks);
            if (how && http::header_value(into.headers, "Content-Encoding") == "gzip") how.reset();
            return how;
        }};
}
transport keeps_what_is_streamed(transport inner) {
    return transport{
        [inner](const http::request& request, reply& into, const on_chunk& chunks) mutable {
            failure how = inner.send(request, into, {});
            if (chunks && !how) chunks(into.body);
            return how;
        }};
}
/// As a stack that knows Content-Length alone.
transport shows_chunks(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        if (!http::header_value(got.headers, "Transfer-Encoding").empty())
            got.body = "5\r\n" + got.body;
    });
}
transport mistakes_length_of_head(transport inner) {
    return behind(std::move(inner), [](const http::request& request, auto&, failure& how, auto&) {
        if (request.method == http::method::head) how = transport_error{"cut"};
    });
}
/// As a stack that counts on a length, and on nothing before or slowly within the answer.
transport wants_a_length(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, failure& how, auto&) {
        if (got.status == 200 && !how &&
            (http::header_value(got.headers, "Content-Length").empty() &&
             http::header_value(got.headers, "Transfer-Encoding").empty()))
            how = transport_error{"no length"};
    });
}
transport answers_are_late(transport inner) {
    const auto previous = std::make_shared<std::string>();
    return behind(std::move(inner), [previous](auto&, reply& got, auto&, auto&) {
        if (got.status == 200 && http::header_value(got.headers, "Transfer-Encoding").empty())
            std::swap(*previous, got.body);
    });
}
transport has_small_buffer(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        got.body.resize(std::min<std::size_t>(got.body.size(), 1 << 20));
    });
}
transport has_no_empty_bodies(transport inner) {
    return behind(std::move(inner), [](auto&, reply& got, auto&, auto&) {
        if (got.body.empty()) got.body = "null";
    });
}
transport as_it_is(transport inner) {
    return inner;
}
common::transport_options without_limit(common::transport_options options) {
    options.most_bytes = std::size_t{1} << 30;
    return options;
}
common::transport_options with_patience(common::transport_options options) {
    options.patience *= 20;
    return options;
}

constexpr text fails_decodes_target[] = {"target-escapes"};
constexpr text fails_upper_cases_hex[] = {"target-lower-hex"};
constexpr text fails_encodes_again[] = {"target-delimiters"};
constexpr text fails_joins_slashes[] = {"target-slashes"};
constexpr text fails_drops_empty_query[] = {"target-empty-query"};
constexpr text fails_cuts_long_texts[] = {"target-long", "header-long"};
constexpr text fails_ignores_path_of_origin[] = {"url-as-it-stands"};
constexpr text fails_squeezes_values[] = {"header-value"};
constexpr text fails_drops_empty_headers[] = {"header-empty"};
constexpr text fails_keeps_last_of_each_name[] = {"header-order"};
constexpr text fails_sends_few_headers[] = {"header-many"};
constexpr text fails_strips_authorization[] = {"authorization"};
constexpr text fails_has_own_types[] = {"accept", "get-adds-nothing", "post-adds-nothing",
                                        "delete-adds-nothing", "content-type"};
constexpr text fails_adds_host[] = {"host"};
constexpr text fails_drops_body_of_delete[] = {"delete-body"};
constexpr text fails_sends_a_blank_for_nothing[] = {"post-empty", "put-empty", "patch-empty",
                                                    "delete-adds-nothing"};
constexpr text fails_knows_no_patch[] = {"patch-empty", "patch-body"};
constexpr text fails_ends_bodies_at_nul[] = {"body-bytes", "body-bytes-received"};
constexpr text fails_sends_one_megabyte[] = {"body-large"};
constexpr text fails_has_cookies[] = {"no-cookies"};
constexpr text fails_follows_redirects[] = {"redirect-302", "redirect-301-post",
                                            "redirect-307-put"};
constexpr text fails_drops_bodies_of_refusals[] = {"unauthorized", "not-found", "server-error",
                                                   "unavailable", "streamed-refusal"};
constexpr text fails_sends_again[] = {"unauthorized", "unavailable", "no-answer",
                                      "stale-connection", "enough"};
constexpr text fails_takes_halves[] = {"cut-counted",      "cut-chunked",      "reset",
                                       "cut-refusal",      "too-long-counted", "too-long-endless",
                                       "too-long-chunked", "too-long-refusal", "enough",
                                       "cut-head"};
constexpr text fails_forgets_status_of_halves[] = {"cut-counted", "cut-chunked", "reset",
                                                   "cut-refusal", "enough"};
constexpr text fails_always_says_unsent[] = {
    "cut-counted",      "cut-chunked",      "reset",
    "cut-refusal",      "cut-head",         "no-answer",
    "stale-connection", "too-long-counted", "too-long-endless",
    "too-long-chunked", "too-long-refusal", "enough",
    "silence",          "too-slow"};
constexpr text fails_always_says_unknown[] = {"no-server"};
constexpr text fails_rounds_statuses[] = {"no-content", "created", "odd-status"};
constexpr text fails_fails_on_other_statuses[] = {"no-content", "not-modified"};
constexpr text fails_keeps_last_header[] = {"header-twice"};
constexpr text fails_wants_exact_names[] = {"header-case"};
constexpr text fails_mangles_values[] = {"header-blanks",        "header-colon",
                                         "header-none",          "header-non-ascii",
                                         "header-long-received", "headers-many-received"};
constexpr text fails_hands_out_raw_bytes[] = {"compressed-if-asked", "compressed-anyway",
                                              "compressed-range"};
constexpr text fails_keeps_what_is_streamed[] = {"streamed", "enough", "streamed-refusal"};
constexpr text fails_shows_chunks[] = {"huge-chunked",       "chunked",       "chunked-trailers",
                                       "chunked-extensions", "chunked-small", "streamed",
                                       "too-long-chunked"};
constexpr text fails_mistakes_length_of_head[] = {"head"};
constexpr text fails_wants_a_length[] = {"until-close"};
constexpr text fails_answers_are_late[] = {"plain",
                                           "body-bytes-received",
                                           "huge",
                                           "http-1.0",
                                           "until-close",
                                           "continue",
                                           "slow",
                                           "one-after-another",
                                           "surplus",
                                           "compressed-if-asked",
                                           "header-case",
                                           "header-twice",
                                           "header-blanks",
                                           "header-colon",
                                           "header-none",
                                           "header-non-ascii",
                                           "header-long-received",
                                           "headers-many-received",
                                           "compressed-anyway"};
constexpr text fails_has_small_buffer[] = {"huge", "huge-chunked"};
constexpr text fails_has_no_empty_bodies[] = {"empty", "no-content", "not-modified", "head",
                                              "streamed"};
constexpr text fails_without_limit[] = {"too-long-counted", "too-long-endless", "too-long-chunked",
                                        "too-long-refusal"};
constexpr text fails_with_patience[] = {"silence", "too-slow"};

constexpr fault all[] = {
    {"decodes_target", decodes_target, fails_decodes_target},
    {"upper_cases_hex", upper_cases_hex, fails_upper_cases_hex},
    {"encodes_again", encodes_again, fails_encodes_again},
    {"joins_slashes", joins_slashes, fails_joins_slashes},
    {"drops_empty_query", drops_empty_query, fails_drops_empty_query},
    {"cuts_long_texts", cuts_long_texts, fails_cuts_long_texts},
    {"ignores_path_of_origin", ignores_path_of_origin, fails_ignores_path_of_origin},
    {"squeezes_values", squeezes_values, fails_squeezes_values},
    {"drops_empty_headers", drops_empty_headers, fails_drops_empty_headers},
    {"keeps_last_of_each_name", keeps_last_of_each_name, fails_keeps_last_of_each_name},
    {"sends_few_headers", sends_few_headers, fails_sends_few_headers},
    {"strips_authorization", strips_authorization, fails_strips_authorization},
    {"has_own_types", has_own_types, fails_has_own_types},
    {"adds_host", adds_host, fails_adds_host},
    {"drops_body_of_delete", drops_body_of_delete, fails_drops_body_of_delete},
    {"sends_a_blank_for_nothing", sends_a_blank_for_nothing, fails_sends_a_blank_for_nothing},
    {"knows_no_patch", knows_no_patch, fails_knows_no_patch},
    {"ends_bodies_at_nul", ends_bodies_at_nul, fails_ends_bodies_at_nul},
    {"sends_one_megabyte", sends_one_megabyte, fails_sends_one_megabyte},
    {"has_cookies", has_cookies, fails_has_cookies},
    {"follows_redirects", follows_redirects, fails_follows_redirects},
    {"drops_bodies_of_refusals", drops_bodies_of_refusals, fails_drops_bodies_of_refusals},
    {"sends_again", sends_again, fails_sends_again},
    {"takes_halves", takes_halves, fails_takes_halves},
    {"forgets_status_of_halves", forgets_status_of_halves, fails_forgets_status_of_halves},
    {"always_says_unsent", always_says_unsent, fails_always_says_unsent},
    {"always_says_unknown", always_says_unknown, fails_always_says_unknown},
    {"rounds_statuses", rounds_statuses, fails_rounds_statuses},
    {"fails_on_other_statuses", fails_on_other_statuses, fails_fails_on_other_statuses},
    {"keeps_last_header", keeps_last_header, fails_keeps_last_header},
    {"wants_exact_names", wants_exact_names, fails_wants_exact_names},
    {"mangles_values", mangles_values, fails_mangles_values},
    {"hands_out_raw_bytes", hands_out_raw_bytes, fails_hands_out_raw_bytes},
    {"keeps_what_is_streamed", keeps_what_is_streamed, fails_keeps_what_is_streamed},
    {"shows_chunks", shows_chunks, fails_shows_chunks},
    {"mistakes_length_of_head", mistakes_length_of_head, fails_mistakes_length_of_head},
    {"wants_a_length", wants_a_length, fails_wants_a_length},
    {"answers_are_late", answers_are_late, fails_answers_are_late},
    {"has_small_buffer", has_small_buffer, fails_has_small_buffer},
    {"has_no_empty_bodies", has_no_empty_bodies, fails_has_no_empty_bodies},
    {"without_limit", as_it_is, fails_without_limit, without_limit},
    {"with_patience", as_it_is, fails_with_patience, with_patience},
};

} // namespace

std::span<const fault> faults() {
    return all;
}

} // namespace conformance
