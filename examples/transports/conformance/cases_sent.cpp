// Conformance: what is sent.
#include <algorithm>

#include "cases.hpp"

namespace conformance {

namespace {

namespace http = tipring::http;
using http::method;
using headers = std::initializer_list<http::header>;

/// What one request looked like to the server; or no more than a method, when it never came.
received sent(bench& with, http::request request) {
    outcome got;
    with.send(request, got);
    const auto all = with.seen();
    return all.empty() ? received{} : all.front();
}

received sent_with(bench& with, headers of, method m = method::get, text body = {}) {
    return sent(with,
                {.method = m, .target = "/", .headers = {of.begin(), of.size()}, .body = body});
}

std::string target_is_kept(bench& with, text target) {
    return differs("target", sent(with, {.target = target}).target, target);
}

std::string value_is_kept(bench& with, text name, text value) {
    const auto got = sent_with(with, {{.name = name, .value = value}}).values(name);
    if (got.size() != 1) return "sent " + std::to_string(got.size()) + " times";
    return differs(name, got[0], value);
}

std::string length_is(bench& with, method m, text body, text wanted) {
    const std::vector<http::header> type{{.name = "Content-Type", .value = "text/plain"}};
    const received got =
        sent(with, {.method = m,
                    .target = "/",
                    .headers = body.empty() ? std::span<const http::header>{} : type,
                    .body = body});
    if (!got.value("Transfer-Encoding").empty()) return "sent with a transfer coding";
    return differs("method", got.method, name(m)) +
           differs("Content-Length", got.value("Content-Length"), wanted) +
           differs("body", got.body, body);
}

/// What stacks may add: none of these changes what is asked for.
std::string unwanted_header(const received& got) {
    constexpr text allowed[] = {"Host",       "Content-Length", "Connection",
                                "User-Agent", "Accept",         "Accept-Encoding"};
    for (const auto& [name, value] : got.headers)
        if (std::none_of(std::begin(allowed), std::end(allowed), [&, &n = name](text each) {
                return tipring::equal_ignoring_case(n, each);
            }))
            return "added " + name + ": " + value;
    return got.method.empty() ? "nothing arrived" : "";
}

std::string all_bytes() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    return bytes;
}

constexpr test_case all[] = {
    {"target-escapes", "the target is sent as it is: escapes neither undone nor written anew",
     [](bench& with) {
         return target_is_kept(
             with, "/a%2Fb/%E2%98%83/%7E?q=a%2Bb%20c%26d%25%20%27x%27%281%29%2A~&r=%5B%5D%7C");
     }},
    {"target-lower-hex", "a link of the server's is sent as it stands, with its lower-case escapes",
     [](bench& with) { return target_is_kept(with, "/calls?page=%c3%a9%7e"); }},
    {"target-delimiters", "a link of the server's is sent as it stands, with its raw delimiters",
     [](bench& with) { return target_is_kept(with, "/a;v=1/b,c?q='x'(1)*!$&r=a+b:@/?z"); }},
    {"target-slashes", "slashes in a row stay",
     [](bench& with) { return target_is_kept(with, "/a//b///c?d=//"); }},
    {"target-empty-query", "a question mark with nothing behind it stays",
     [](bench& with) { return target_is_kept(with, "/a?"); }},
    {"target-long", "a target of 6,000 bytes is sent whole",
     [](bench& with) { return target_is_kept(with, "/a?q=" + std::string(6000, 'x')); }},
    {"url-as-it-stands", "without a target, the origin is a URL that is used as it stands",
     [](bench& with) {
         const std::string url = with.origin() + "/file.wav?expires=9&signature=a%2Bb%3D%3D";
         return differs("target", sent(with, {.origin = url}).target,
                        "/file.wav?expires=9&signature=a%2Bb%3D%3D");
     }},
    {"host", "Host is the authority of the origin, once",
     [](bench& with) {
         const auto got = sent(with, {.target = "/"}).values("Host");
         return got.size() == 1 ? differs("Host", "http://" + got[0], with.origin())
                                : "not exactly one Host";
     }},
    {"header-value", "values are sent as they are, with the blanks and quotes inside",
     [](bench& with) { return value_is_kept(with, "X-Value", R"(a,  b; c="d \" e"	f)"); }},
    {"header-empty", "a header without a value is sent",
     [](bench& with) { return value_is_kept(with, "X-Empty", ""); }},
    {"header-long", "a value of 6,000 bytes is sent whole",
     [](bench& with) { return value_is_kept(with, "X-Long", std::string(6000, 'v')); }},
    {"header-order", "headers with one name are sent one by one, in their order",
     [](bench& with) -> std::string {
         const auto got = sent_with(with, {{"X-Twice", "2"}, {"X-Other", "0"}, {"X-Twice", "1"}})
                              .values("x-twice");
         return got == std::vector<std::string>{"2", "1"} ? "" : "not `2` and then `1`";
     }},
    {"header-many", "forty headers are sent",
     [](bench& with) {
         std::vector<std::string> names;
         for (int i = 0; i < 40; ++i) names.push_back("X-Number-" + std::to_string(i));
         std::vector<http::header> all_of_them;
         for (const auto& each : names) all_of_them.push_back({.name = each, .value = "1"});
         const received got = sent(with, {.target = "/", .headers = all_of_them});
         for (const auto& each : names)
             if (got.value(each) != "1") return each + " did not arrive";
         return std::string{};
     }},
    {"authorization", "Authorization is sent as it is",
     [](bench& with) { return value_is_kept(with, "Authorization", "Basic YTpiOmM/Kz0="); }},
    {"accept", "Accept is the request's, once",
     [](bench& with) { return value_is_kept(with, "Accept", "application/json;q=1"); }},
    {"get-adds-nothing", "a GET gets no header that changes what is asked for",
     [](bench& with) { return unwanted_header(sent(with, {.target = "/"})); }},
    {"post-adds-nothing", "a POST without a body gets no Content-Type",
     [](bench& with) {
         return unwanted_header(sent(with, {.method = method::post, .target = "/"}));
     }},
    {"delete-adds-nothing", "a DELETE without a body gets no Content-Type and sends none",
     [](bench& with) {
         const received got = sent(with, {.method = method::delete_, .target = "/"});
         return differs("body", got.body, "") + differs("method", got.method, "DELETE") +
                unwanted_header(got);
     }},
    {"content-type", "Content-Type is the request's, once",
     [](bench& with) {
         const auto got =
             sent_with(with, {{"Content-Type", "application/json"}}, method::post, "{}")
                 .values("content-type");
         return got.size() == 1 ? differs("Content-Type", got[0], "application/json")
                                : std::string{"not exactly one"};
     }},
    {"post-empty", "a POST without a body says Content-Length: 0",
     [](bench& with) { return length_is(with, method::post, "", "0"); }},
    {"put-empty", "a PUT without a body says Content-Length: 0",
     [](bench& with) { return length_is(with, method::put, "", "0"); }},
    {"patch-empty", "a PATCH without a body says Content-Length: 0",
     [](bench& with) { return length_is(with, method::patch, "", "0"); }},
    {"patch-body", "PATCH is sent as PATCH, with its body",
     [](bench& with) { return length_is(with, method::patch, "{}", "2"); }},
    {"delete-body", "a DELETE with a body is sent with it",
     [](bench& with) { return length_is(with, method::delete_, "{}", "2"); }},
    {"body-bytes", "a body is bytes: NUL, CR and LF too",
     [](bench& with) { return length_is(with, method::put, all_bytes(), "256"); }},
    {"body-large", "two megabytes are sent, with their length",
     [](bench& with) {
         return length_is(with, method::post, std::string(2 << 20, 'b'), "2097152");
     }},
    {"no-cookies", "nothing is remembered from one answer to the next request",
     [](bench& with) {
         with.answer_with(always(ok_with("", "Set-Cookie: a=b; Path=/\r\n")));
         outcome got;
         with.send({.target = "/1"}, got);
         with.send({.target = "/2"}, got);
         const auto seen = with.seen();
         return seen.size() == 2 ? differs("Cookie", seen[1].value("Cookie"), "")
                                 : "not two requests";
     }},
};

} // namespace

std::span<const test_case> cases_sent() {
    return all;
}

} // namespace conformance
