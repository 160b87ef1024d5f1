// The redacted view: what is not on the list never reaches the log, and no received byte can forge
// a line.
#include <tipring/http/log.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tipring;

namespace {

template <class Message>
std::string logged(const Message& message, const http::log_policy& policy = {}) {
    std::vector<char> bytes(1 << 14);
    writer out{bytes};
    http::print_redacted(message, out, policy);
    return std::string{out.written()};
}

std::string logged_target(text target, const http::log_policy& policy = {}) {
    const std::string line = logged(http::request{.target = target}, policy);
    return line.substr(4, line.size() - 4 - text{" body: 0 bytes"}.size());
}

} // namespace

TEST_CASE("log: a request, its secrets left out") {
    const http::header headers[] = {
        {.name = "Authorization", .value = "Basic YXBpdXNlcjpzZWNyZXQ=", .is_secret = true},
        {.name = "accept", .value = "application/json"},
        {.name = "X-Api-Key", .value = "k3y"},
    };
    const http::request request{
        .method = http::method::put,
        .origin = "https://recorder.example:8443",
        .target = "/api/v2/users/0f1e.json?limit=20&search_term=John%20Smith&start=0",
        .headers = headers,
        .body = R"({"user":{"password":"hunter2"}})"};
    CHECK(
        logged(request) ==
        "PUT https://recorder.example:8443/api/v2/users/0f1e.json?limit=20&search_term=REDACTED&start=0"
        " [Authorization: REDACTED] [accept: application/json] [X-Api-Key: REDACTED] body: 31 bytes");
}

TEST_CASE("log: a response, its body only as a size, its Location without secrets") {
    const http::header headers[] = {
        {.name = "Content-Type", .value = "application/json"},
        {.name = "Set-Cookie", .value = "session=1"},
        {.name = "location",
         .value = "https://u:p@h/calls/file/0f1e/signed?expires=1493100525&sign=abc%2F#top"},
    };
    CHECK(
        logged(http::response{.status = 302, .headers = headers, .body = "secret"}) ==
        "302 [Content-Type: application/json] [Set-Cookie: REDACTED] "
        "[location: https://REDACTED@h/calls/file/0f1e/signed?expires=1493100525&sign=REDACTED#REDACTED] "
        "body: 6 bytes");
    char body[] = "secret";
    CHECK(logged(http::mutable_response{.status = 200, .body = std::span{body, 6}}) ==
          "200 body: 6 bytes");
}

TEST_CASE("log: credentials stay out even when a policy lists them, and marked headers too") {
    constexpr text all[] = {
        "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Token", "Location"};
    const http::header headers[] = {
        {.name = "AUTHORIZATION", .value = "s3cret"},
        {.name = "proxy-authorization", .value = "s3cret"},
        {.name = "Cookie", .value = "s3cret"},
        {.name = "Set-Cookie", .value = "s3cret"},
        {.name = "X-Token", .value = "s3cret", .is_secret = true},
        {.name = "Location", .value = "s3cret", .is_secret = true},
    };
    const std::string line = logged(http::request{.headers = headers}, {.header_names = all});
    CHECK(line.find("s3cret") == std::string::npos);
    const http::header open[] = {{.name = "X-Token", .value = "shown"},
                                 {.name = "Accept", .value = "hidden"}};
    CHECK(logged(http::request{.headers = open}, {.header_names = all}) ==
          "GET  [X-Token: shown] [Accept: REDACTED] body: 0 bytes");
}

TEST_CASE("log: query values by the list of names, compared exactly as received") {
    CHECK(logged_target("/x?limit=1&Limit=2&%6Cimit=3") ==
          "/x?limit=1&Limit=REDACTED&%6Cimit=REDACTED");
    CHECK(logged_target("/x?") == "/x?");
    CHECK(logged_target("/x?&&a=") == "/x?&&a=REDACTED");
    CHECK(logged_target("/x?token") == "/x?REDACTED");
    CHECK(logged_target("/x?limit") == "/x?limit");
    CHECK(logged_target("/x?limit=1&") == "/x?limit=1&");
    CHECK(logged_target("/x?a=b=c&limit=d=e") == "/x?a=REDACTED&limit=REDACTED");
    CHECK(logged_target("/x#limit=1") == "/x#REDACTED");
    CHECK(logged_target("/x?limit=1#a?b") == "/x?limit=1#REDACTED");
    constexpr text names[] = {"a"};
    CHECK(logged_target("/x?a=1&limit=2", {.query_names = names}) == "/x?a=1&limit=REDACTED");
    CHECK(logged_target("/x?a=1&limit=2", {.query_names = {}}) == "/x?a=REDACTED&limit=REDACTED");
}

TEST_CASE("log: nothing passes under the name of something harmless") {
    CHECK(logged_target("/x?limit=1;access_token=abc") == "/x?limit=REDACTED");
    CHECK(logged_target("/x?$expand=tags,media%2Cnotes&$orderby=name%20desc") ==
          "/x?$expand=tags,media%2Cnotes&$orderby=name%20desc");
    for (const text hidden : {"media($filter=email%20eq%20'bob@x')", "media%28x%29", "a%00", "a%2"})
        CHECK(logged_target("/x?$expand=" + std::string{hidden}) == "/x?$expand=REDACTED");
    CHECK(logged_target("/x?dG9rZW4rdG9rZW4/=") == "/x?REDACTED=REDACTED");
    CHECK(logged_target("/x?" + std::string(49, 'a') + "=1") == "/x?REDACTED=REDACTED");
    CHECK(logged_target("/x?" + std::string(48, 'a') + "=1") ==
          "/x?" + std::string(48, 'a') + "=REDACTED");
}

TEST_CASE("log: a password with what ends an authority in it is none the less one") {
    CHECK(logged_target("https://u:pa/ss@h/x") == "https://REDACTED@h/x");
    CHECK(logged_target("https://u:p?ss@h/x?limit=1") == "https://REDACTED@h/x?limit=1");
    CHECK(logged_target("https://u:p#ss@h") == "https://REDACTED@h");
    CHECK(logged_target("https://u:p@h:8443/a@b") == "https://REDACTED@h:8443/a@b");
    CHECK(logged_target("https://h:8443/a@b?limit=1") == "https://h:8443/a@b?limit=1");
    CHECK(logged_target("https://[::1]/a@b") == "https://[::1]/a@b");
    CHECK(logged_target("https://h:x/y") == "https://h:x/y");
}

TEST_CASE("log: no byte can start a new line or an escape of the terminal") {
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const std::string value = std::string{"v"} + static_cast<char>(byte);
        const http::header headers[] = {{.name = "Server", .value = value},
                                        {.name = value, .value = ""}};
        const std::string line = logged(http::response{.status = 200, .headers = headers});
        for (const char c : line) CHECK((c >= 0x20 && c < 0x7F));
    }
    CHECK(logged_target("/x\r\n200 OK?limit=1\n") == "/x\\x0D\\x0A200 OK?limit=REDACTED");
    CHECK(logged_target("/x\r\n?a=1#\n") == "/x\\x0D\\x0A?a=REDACTED#REDACTED");
    CHECK(logged_target("/\\x0A\xC3\xAB") == "/\\x5Cx0A\\xC3\\xAB");
}

TEST_CASE("log: a line that does not fit is counted, and nothing is written past the end") {
    const http::request request{.origin = "https://h", .target = "/x?y=z"};
    const std::string whole = logged(request);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        std::vector<char> bytes(size);
        writer out{bytes};
        http::print_redacted(request, out);
        CHECK(!out.fits());
        CHECK(out.size() == whole.size());
    }
}
