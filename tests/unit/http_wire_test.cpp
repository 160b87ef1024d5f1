// HTTP/1.1 as bytes, after RFC 9112: what is written, and what is read from pieces of any size.
#include <tipring/http/row_stream.hpp>
#include <tipring/http/wire.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

using namespace tipring;
using http::method;
using http::wire_event;

namespace few {
struct row {
    field<text> id{};
};
TIPRING_DESCRIBE(row, TIPRING_MEMBER(id, "which"));
struct page {
    using row = few::row;
    field<list<few::row>> rows{};
    field<std::int64_t> total{};
};
TIPRING_DESCRIBE(page, TIPRING_MEMBER(rows, "the rows"), TIPRING_MEMBER(total, "how many"));
constexpr http::api api{.name = "few"};
struct list_rows {
    using answer = page;
    field<std::int64_t> limit{};
};
TIPRING_DESCRIBE(list_rows, TIPRING_MEMBER(limit, "how many").query());
TIPRING_OPERATION(list_rows, .path = "/rows", .api = &api);
} // namespace few

namespace {

// Exactly as large as asked for, on the heap, so that the sanitizers see a byte too many.
template <class T>
struct exact {
    explicit exact(std::size_t size) : bytes{new T[size == 0 ? 1 : size]{}}, count{size} {}
    operator std::span<T>() { return {bytes.get(), count}; }
    std::unique_ptr<T[]> bytes;
    std::size_t count;
};

std::string written(const http::request& from,
                    http::connection_use use = http::connection_use::close) {
    exact<char> bytes{8192};
    const auto head = http::write_head(from, bytes, use);
    return head ? std::string{*head} : std::string{message(head.code())};
}

errc refused(const http::request& from) {
    exact<char> bytes{8192};
    return http::write_head(from, bytes).code();
}

struct setting {
    method asked = method::get;
    http::wire_limits limits = {};
    std::size_t head_size = 2048;
    std::size_t header_count = 16;
    bool closes = true;
};

/// All that can be seen of one answer, as text: `200 [A: b] <body> end`.
std::string transcript(const std::vector<std::string>& pieces, const setting& how) {
    exact<char> head{how.head_size};
    exact<http::header> headers{how.header_count};
    http::response_reader reader{head, headers, how.asked, how.limits};
    std::string seen;
    std::string body;
    bool is_over = false;
    std::size_t left = 0;
    const auto drain = [&](text bytes) {
        while (!is_over) {
            const http::wire_step step = reader.next(bytes);
            REQUIRE((step.event == wire_event::body) == !step.piece.empty());
            if (step.event == wire_event::more) {
                REQUIRE(bytes.empty());
                return;
            }
            if (step.event == wire_event::head) {
                const http::response got = reader.response();
                seen += std::to_string(got.status);
                for (const http::header& each : got.headers)
                    seen += " [" + std::string{each.name} + ": " + std::string{each.value} + "]";
            }
            body += step.piece;
            is_over = step.event == wire_event::end || step.event == wire_event::failed;
            left += bytes.size() * is_over;
        }
    };
    for (const std::string& piece : pieces) {
        if (is_over) left += piece.size();
        exact<char> copy{piece.size()};
        std::copy(piece.begin(), piece.end(), copy.bytes.get());
        drain({copy.bytes.get(), piece.size()});
    }
    if (!is_over && how.closes) {
        static_cast<void>(reader.closed());
        drain({});
    }
    CHECK(reader.body_size() == body.size());
    seen += " <" + body + ">";
    char line[200];
    if (text nothing; reader.next(nothing).event == wire_event::failed)
        return seen + " " + std::string{describe(reader.failure(), line)};
    seen += is_over ? " end" : " more";
    if (reader.is_reusable()) seen += " reusable";
    if (left != 0) seen += " +" + std::to_string(left);
    return seen;
}

/// Whole, byte by byte, in pieces of each size, and cut once at every place: always the same.
std::string read(const std::string& answer, const setting& how = {}) {
    const std::string whole = transcript({answer}, how);
    for (std::size_t cut = 0; cut <= answer.size(); ++cut)
        REQUIRE(transcript({answer.substr(0, cut), answer.substr(cut)}, how) == whole);
    for (std::size_t size = 1; size < 8; ++size) {
        std::vector<std::string> pieces;
        for (std::size_t at = 0; at < answer.size(); at += size)
            pieces.push_back(answer.substr(at, size));
        REQUIRE(transcript(pieces, how) == whole);
    }
    return whole;
}

/// The answer with that head, and what it is called when it is refused.
std::string with_head(const std::string& fields) {
    return read("HTTP/1.1 200 OK\r\n" + fields + "\r\nhello");
}

bool is_refused_at(const std::string& answer, std::size_t offset) {
    const std::string seen = read(answer);
    const std::string wanted = "not a valid HTTP message (at byte " + std::to_string(offset) + ")";
    CAPTURE(seen);
    return seen.ends_with(wanted);
}

const std::string ok = "HTTP/1.1 200 OK\r\n";
const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";

} // namespace

TEST_CASE("wire: a request's head, byte for byte") {
    const http::header headers[] = {{.name = "Accept", .value = "application/json"},
                                    {.name = "x-lower", .value = "a,  b"},
                                    {.name = "X-Twice", .value = "2"},
                                    {.name = "X-Twice", .value = "1"}};
    CHECK(written({.origin = "http://recorder.example:8080",
                   .target = "/api/v2/calls.json?a=%2Fb",
                   .headers = headers}) == "GET /api/v2/calls.json?a=%2Fb HTTP/1.1\r\n"
                                           "Host: recorder.example:8080\r\n"
                                           "Accept: application/json\r\n"
                                           "x-lower: a,  b\r\n"
                                           "X-Twice: 2\r\n"
                                           "X-Twice: 1\r\n"
                                           "Connection: close\r\n\r\n");
    CHECK(written({.origin = "https://[::1]:443", .target = "/"}, http::connection_use::keep) ==
          "GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n");
    CHECK(written({.origin = "http://h:80", .target = "/"}, http::connection_use::keep) ==
          "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(written({.origin = "http://h:443", .target = "/"}, http::connection_use::keep) ==
          "GET / HTTP/1.1\r\nHost: h:443\r\n\r\n");
}

TEST_CASE("wire: Content-Length when there is a body, and when the method wants one") {
    const auto length = [](method m, text body) {
        const std::string head =
            written({.method = m, .origin = "http://h", .target = "/", .body = body});
        const std::size_t at = head.find("Content-Length: ");
        return at == std::string::npos ? "none"
                                       : head.substr(at + 16, head.find('\r', at) - at - 16);
    };
    CHECK(length(method::get, "") == "none");
    CHECK(length(method::head, "") == "none");
    CHECK(length(method::delete_, "") == "none");
    CHECK(length(method::delete_, "x") == "1");
    CHECK(length(method::post, "") == "0");
    CHECK(length(method::put, "") == "0");
    CHECK(length(method::patch, "") == "0");
    CHECK(length(method::post, std::string(1234, 'x')) == "1234");
}

TEST_CASE("wire: a URL that is used as it stands is the target") {
    CHECK(written({.origin = "http://h/a/b?signature=%2B%3D"})
              .starts_with("GET /a/b?signature=%2B%3D HTTP/1.1\r\nHost: h\r\n"));
    CHECK(written({.origin = "http://h"}).starts_with("GET / HTTP/1.1\r\n"));
    CHECK(written({.origin = "http://h?q"}).starts_with("GET /?q HTTP/1.1\r\n"));
}

TEST_CASE("wire: what cannot be sent is refused") {
    const auto at = [](text target) { return refused({.origin = "http://h", .target = target}); };
    for (const text bad : {"a", "?", "/ ", "/\r\n", "/\t", "/#", "/\\", "/\x7F", "/%", "/%z1",
                           "/\xC3\xA9", "/[", "/\"", "/{", "http://h/"})
        CHECK(at(bad) == errc::bad_url);
    CHECK(at("/ok?x=%20~") == errc::ok);
    CHECK(refused({.origin = "http://h/a", .target = "/b"}) == errc::bad_url);
    CHECK(refused({.origin = "http://h?a", .target = "/b"}) == errc::bad_url);
    CHECK(refused({.origin = "ftp://h", .target = "/b"}) == errc::bad_url);
    CHECK(refused({.origin = "http://u:p@h", .target = "/b"}) == errc::bad_url);
    CHECK(refused({.origin = "", .target = "/b"}) == errc::bad_url);
    CHECK(refused({.method = static_cast<method>(77), .origin = "http://h", .target = "/"}) ==
          errc::missing_parameter);
    const auto header = [](text name, text value) {
        const http::header one[] = {{.name = name, .value = value}};
        return refused({.origin = "http://h", .target = "/", .headers = one});
    };
    for (const text name : {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "TE",
                            "Upgrade", "Expect", "Trailer", "", "a b", "a:", "\xC3\xA9"})
        CHECK(header(name, "1") == errc::bad_header);
    for (const text value : {text{"a\r\nb"}, text{"a\nb"}, text{"a\0b", 3}, text{"\x7F"},
                             text{"\xC3\xA9"}, text{" a"}})
        CHECK(header("X", value) == errc::bad_header);
    CHECK(header("X", "") == errc::ok);
}

TEST_CASE("wire: a head that does not fit says what would be enough") {
    const http::request request{
        .method = method::put, .origin = "http://h", .target = "/a", .body = "xyz"};
    const std::string whole = written(request);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        exact<char> bytes{size};
        const auto head = http::write_head(request, bytes);
        REQUIRE(head.code() == errc::capacity);
        REQUIRE(head.error().needed == whole.size());
    }
    exact<char> bytes{whole.size()};
    const auto head = http::write_head(request, bytes);
    REQUIRE(head);
    CHECK(*head == whole);
}

TEST_CASE("wire: answers whose end is told in each of the ways") {
    CHECK(read(ok + "Content-Length: 5\r\n\r\nhello") ==
          "200 [Content-Length: 5] <hello> end reusable");
    CHECK(read(ok + "Content-Length: 0\r\n\r\n") == "200 [Content-Length: 0] <> end reusable");
    CHECK(read(ok + "Content-Length: 5\r\n\r\nhelloHTTP/1.1") ==
          "200 [Content-Length: 5] <hello> end reusable +8");
    CHECK(read(ok + "\r\nhello") == "200 <hello> end");
    CHECK(read(ok + "\r\n") == "200 <> end");
    CHECK(read(ok + "\r\nhello", {.closes = false}) == "200 <hello> more");
    CHECK(read(chunked + "5\r\nhello\r\n0\r\n\r\n") ==
          "200 [Transfer-Encoding: chunked] <hello> end reusable");
    CHECK(read(chunked + "5\r\nhello\r\n6;a=\"b c\"\r\n world\r\n00\r\n\r\n+") ==
          "200 [Transfer-Encoding: chunked] <hello world> end reusable +1");
    CHECK(read(chunked + "1\r\na\r\nA\r\n0123456789\r\n0a \t; x\r\nabcdefghij\r\n0\r\n\r\n") ==
          "200 [Transfer-Encoding: chunked] <a0123456789abcdefghij> end reusable");
    CHECK(read(chunked + "2\r\n\r\n\r\n0\r\nX-Sum: 1\r\nY:\r\n\r\n") ==
          "200 [Transfer-Encoding: chunked] <\r\n> end reusable");
    CHECK(read("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx") ==
          "200 [Content-Length: 1] <x> end");
    CHECK(read("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx") ==
          "200 [Content-Length: 1] <x> end reusable");
    CHECK(read("HTTP/1.1 404 \r\nContent-Length: 1\r\n\r\nx") ==
          "404 [Content-Length: 1] <x> end reusable");
    CHECK(read("HTTP/1.1 999 \xC3\xA9\tx\r\nContent-Length: 1\r\n\r\nx") ==
          "999 [Content-Length: 1] <x> end reusable");
    CHECK(read("HTTP/1.1 200 OK\r\ntransfer-encoding:CHUNKED\r\n\r\n0\r\n\r\n") ==
          "200 [transfer-encoding: CHUNKED] <> end reusable");
}

TEST_CASE("wire: no body by status or method, whatever the head says") {
    CHECK(read("HTTP/1.1 204 No Content\r\n\r\n") == "204 <> end reusable");
    // What would be read as the next answer if the connection were used again.
    CHECK(read("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello") ==
          "204 [Content-Length: 5] <> end +5");
    CHECK(read("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n") ==
          "204 [Transfer-Encoding: chunked] <> end");
    CHECK(read("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n") ==
          "204 [Content-Length: 0] <> end reusable");
    CHECK(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n") ==
          "304 [Content-Length: 5] <> end reusable");
    CHECK(read(ok + "Content-Length: 5\r\n\r\n", {.asked = method::head}) ==
          "200 [Content-Length: 5] <> end reusable");
    CHECK(read(ok + "Transfer-Encoding: chunked\r\n\r\n", {.asked = method::head}) ==
          "200 [Transfer-Encoding: chunked] <> end reusable");
}

TEST_CASE("wire: what two readers could read in two ways is refused without a body, too") {
    for (const std::string start : {"HTTP/1.1 204 x\r\n", "HTTP/1.1 304 x\r\n"}) {
        CHECK(read(start + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n").find("reusable") ==
              std::string::npos);
        CHECK(read(start + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")
                  .find("reusable") == std::string::npos);
    }
    CHECK(read("HTTP/1.1 103 x\r\nbad name : y\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n")
              .find("200") == std::string::npos);
    CHECK(read("HTTP/1.1 103 x\r\nLink: y\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n") ==
          "200 [Content-Length: 0] <> end reusable");
}

TEST_CASE("wire: the last answer of a connection is not reusable") {
    for (const std::string value : {"close", "Close", "keep-alive, close", "close ,x", "\tclose"})
        CHECK(
            read(ok + "Connection: " + value + "\r\nContent-Length: 0\r\n\r\n").ends_with("> end"));
    for (const std::string value : {"keep-alive", "closed", "", ",", "x"})
        CHECK(read(ok + "Connection: " + value + "\r\nContent-Length: 0\r\n\r\n")
                  .ends_with("> end reusable"));
    CHECK(read(ok + "Connection: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
              .ends_with("> end"));
}

TEST_CASE("wire: interim answers are passed over, a few of them") {
    const std::string real = ok + "Content-Length: 2\r\n\r\nhi";
    const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nContent-Length: 9\r\n\r\n";
    CHECK(read(go_on + hints + real) == "200 [Content-Length: 2] <hi> end reusable");
    CHECK(read(go_on + go_on + real, {.limits = {.most_interim = 1}}) ==
          " <> more elements than allowed (at byte 25, needs 2)");
    CHECK(read("HTTP/1.1 101 Switching Protocols\r\n\r\n")
              .ends_with("not a valid HTTP message (at byte 9)"));
    CHECK(read(go_on) == " <> the text ends too early (at byte 25)");
    // The offsets count from the first byte of all.
    CHECK(is_refused_at(go_on + ok + "Content-Length: x\r\n\r\n", 25 + 17));
}

TEST_CASE("wire: values as they came, without the blanks around them") {
    CHECK(
        with_head(
            "A:b\r\nC: \t d \t \r\nE:\r\nF: g:h  i\r\nA: \xE9\xC3\xA9\r\nContent-Length: 5\r\n") ==
        "200 [A: b] [C: d] [E: ] [F: g:h  i] [A: \xE9\xC3\xA9] [Content-Length: 5] <hello> end reusable");
}

TEST_CASE("wire: continued lines are joined by blanks (RFC 9112 section 5.2)") {
    CHECK(with_head("A: b\r\n c\r\n\td\r\nContent-Length:\r\n 5\r\n") ==
          "200 [A: b   c  \td] [Content-Length: 5] <hello> end reusable");
    CHECK(with_head("Content-Length: 1\r\n 5\r\n")
              .ends_with("not a valid HTTP message (at byte 17)"));
    CHECK(is_refused_at(ok + " A: b\r\n\r\n", 17));
}

TEST_CASE("wire: two ways to read the end of a body are refused") {
    for (const std::string fields : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                                     "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                                     "Content-Length: 5\r\nContent-Length: 6\r\n",
                                     "Content-Length: 5\r\nContent-Length: 5\r\n",
                                     "Content-Length: 5, 6\r\n",
                                     "Content-Length: 5, 5\r\n",
                                     "Content-Length: +5\r\n",
                                     "Content-Length: -5\r\n",
                                     "Content-Length: 0x5\r\n",
                                     "Content-Length: 5 5\r\n",
                                     "Content-Length:\r\n",
                                     "Content-Length: 5.0\r\n",
                                     "Content-Length: five\r\n",
                                     "Transfer-Encoding: gzip\r\n",
                                     "Transfer-Encoding: gzip, chunked\r\n",
                                     "Transfer-Encoding: chunked, gzip\r\n",
                                     "Transfer-Encoding: chunked, chunked\r\n",
                                     "Transfer-Encoding: chunked;q=1\r\n",
                                     "Transfer-Encoding:\r\n",
                                     "Transfer-Encoding: identity\r\n",
                                     "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                                     "Transfer-Encoding: xchunked\r\n",
                                     "Transfer-Encoding: \"chunked\"\r\n",
                                     "Transfer-Encoding: \x0B"
                                     "chunked\r\n",
                                     "Content-Length : 5\r\n",
                                     "Transfer-Encoding : chunked\r\n",
                                     "Content-Length\t: 5\r\n",
                                     "Content_Length\xE9: 5\r\n",
                                     "Content Length: 5\r\n",
                                     ": 5\r\n",
                                     "5\r\n",
                                     "A\rB: c\r\n",
                                     "A: b\rc\r\n",
                                     "A: b\nC: d\r\n",
                                     "A: b\r\r\n",
                                     "A: \x01\r\n",
                                     "A: \x7F\r\n"}) {
        CAPTURE(fields);
        const std::string seen = with_head(fields);
        CAPTURE(seen);
        CHECK(seen.find("not a valid HTTP message (at byte ") != std::string::npos);
    }
    CHECK(is_refused_at(std::string{"HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", 25}, 20));
    CHECK(is_refused_at("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 17));
    CHECK(is_refused_at(ok + "A: 1\r\nContent-Length : 5\r\n\r\n", 17 + 6 + 14));
}

TEST_CASE("wire: what does not begin as an answer is refused at its first wrong byte") {
    CHECK(is_refused_at("SSH-2.0-OpenSSH", 0));
    CHECK(is_refused_at("\r\nHTTP/1.1 200 OK\r\n\r\n", 0));
    CHECK(is_refused_at("HTTP/2 200\r\n\r\n", 5));
    CHECK(is_refused_at("http/1.1 200 OK\r\n\r\n", 0));
    CHECK(is_refused_at("HTTP/1.x 200 OK\r\n\r\n", 7));
    CHECK(is_refused_at("HTTP/1.1  200 OK\r\n\r\n", 9));
    CHECK(is_refused_at("HTTP/1.1 20 OK\r\n\r\n", 11));
    CHECK(is_refused_at("HTTP/1.1 099 OK\r\n\r\n", 9));
    CHECK(is_refused_at("HTTP/1.1 2000 OK\r\n\r\n", 12));
    CHECK(is_refused_at("HTTP/1.1 200\r\n \r\n\r\n", 14));
    CHECK(is_refused_at("HTTP/1.1 200 O\x07K\r\n\r\n", 14));
    CHECK(is_refused_at("HTTP/1.1 200 OK\n\n", 15));
    CHECK(is_refused_at("HTTP/1.1 \r\n\r\n", 7));
    CHECK(read("") == " <> the text ends too early (at byte 0)");
}

TEST_CASE("wire: chunks that are not written as they must be") {
    const std::size_t at = chunked.size();
    CHECK(is_refused_at(chunked + "\r\n", at));
    CHECK(is_refused_at(chunked + ";a\r\n", at));
    CHECK(is_refused_at(chunked + " 5\r\nhello\r\n", at));
    CHECK(is_refused_at(chunked + "5 5\r\nhello\r\n", at + 2));
    CHECK(is_refused_at(chunked + "0x5\r\nhello\r\n", at + 1));
    CHECK(is_refused_at(chunked + "+5\r\nhello\r\n", at));
    CHECK(is_refused_at(chunked + "5\nhello\r\n", at + 1));
    CHECK(is_refused_at(chunked + "5\r\rhello\r\n", at + 2));
    CHECK(is_refused_at(chunked + "5;\x01\r\nhello\r\n", at + 2));
    CHECK(is_refused_at(chunked + "5;a\nhello\r\n", at + 3));
    CHECK(is_refused_at(chunked + "5\r\nhello!\r\n", at + 8));
    CHECK(is_refused_at(chunked + "5\r\nhello\n", at + 8));
    CHECK(is_refused_at(chunked + "5\r\nhello\r5", at + 9));
    CHECK(is_refused_at(chunked + "5\r\nhell\r\n0\r\n\r\n", at + 8));
    CHECK(is_refused_at(chunked + "0\r\nA: b\n", at + 7));
    CHECK(is_refused_at(chunked + "0\r\nA: b\rC", at + 8));
    CHECK(is_refused_at(chunked + "0\r\n\rX", at + 4));
    CHECK(is_refused_at(chunked + "0\r\nA: \x01", at + 6));
}

TEST_CASE("wire: an answer that breaks off is never taken for a whole one") {
    const std::string whole = chunked + "5\r\nhello\r\n0\r\nA: b\r\n\r\n";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::string seen = transcript({whole.substr(0, size)}, {});
        REQUIRE(seen.ends_with("the text ends too early (at byte " + std::to_string(size) + ")"));
        // What came is there all the same.
        REQUIRE(seen.starts_with("200") == (size >= chunked.size()));
    }
    CHECK(read(ok + "Content-Length: 6\r\n\r\nhello") ==
          "200 [Content-Length: 6] <hello> the text ends too early (at byte 43)");
    CHECK(read(ok + "Content-Length: 5\r\n\r\nhe", {.closes = false}) ==
          "200 [Content-Length: 5] <he> more");
}

TEST_CASE("wire: a connection that ends after a fault, and a status below 100") {
    CHECK(is_refused_at("HTTP/1.1 099 Odd\r\n\r\n", 9));
    exact<char> head{200};
    exact<http::header> headers{8};
    http::response_reader reader{head, headers, method::get};
    text received = "HTTQ";
    REQUIRE(reader.next(received).event == wire_event::failed);
    CHECK(reader.closed().code() == errc::invalid_message);
    CHECK(reader.next(received).event == wire_event::failed);
}

TEST_CASE("wire: limits") {
    const http::wire_limits five{.most_body = 5};
    CHECK(read(ok + "Content-Length: 5\r\n\r\nhello", {.limits = five})
              .ends_with("<hello> end reusable"));
    CHECK(read(ok + "Content-Length: 6\r\n\r\nhello!", {.limits = five}) ==
          " <> text longer than allowed (at byte 33, needs 6)");
    CHECK(read(ok + "Content-Length: 18446744073709551615\r\n\r\n")
              .find("text longer than allowed") != std::string::npos);
    CHECK(read(ok + "Content-Length: 18446744073709551616\r\n\r\n")
              .find("text longer than allowed") != std::string::npos);
    CHECK(read(ok + "\r\nhello", {.limits = five}) == "200 <hello> end");
    CHECK(read(ok + "\r\nhello!", {.limits = five}) ==
          "200 <hello> text longer than allowed (at byte 24, needs at least 6)");
    const std::size_t at = chunked.size();
    const auto over = [](std::size_t offset, std::size_t needed) {
        return "text longer than allowed (at byte " + std::to_string(offset) + ", needs at least " +
               std::to_string(needed) + ")";
    };
    CHECK(read(chunked + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", {.limits = five})
              .ends_with("<hello> end reusable"));
    CHECK(read(chunked + "2\r\nhe\r\n4\r\nllo!\r\n0\r\n\r\n", {.limits = five})
              .ends_with(over(at + 7, 6)));
    CHECK(read(chunked + "fffffffffffffffff\r\n", {.limits = {.most_body = ~std::uint64_t{0} - 1}})
              .ends_with(over(at + 15, ~std::size_t{0})));
    CHECK(read(chunked + "10000000000000000\r\n", {.limits = {.most_body = ~std::uint64_t{0} - 1}})
              .ends_with(over(at + 16, ~std::size_t{0})));
    const http::wire_limits lines{.most_chunk_line = 4, .most_trailers = 4};
    CHECK(read(chunked + "0005\r\nhello\r\n0\r\nA:bc\r\n\r\n", {.limits = lines})
              .ends_with("<hello> end reusable"));
    CHECK(read(chunked + "00005\r\nhello\r\n", {.limits = lines}).ends_with(over(at + 4, 5)));
    CHECK(read(chunked + "5;abc\r\nhello\r\n", {.limits = lines}).ends_with(over(at + 4, 5)));
    CHECK(read(chunked + "0\r\nA:b\r\nC:\r\n\r\n", {.limits = lines}).ends_with(over(at + 9, 5)));
    CHECK(read(ok + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", {.header_count = 2})
              .ends_with("more elements than allowed (at byte 0, needs 3)"));
    CHECK(read(ok + "A: 1\r\nB: 2\r\n\r\n", {.header_count = 2}).ends_with("<> end"));
}

TEST_CASE("wire: the head in every size of memory") {
    const std::string answer = ok + "A: 1\r\nContent-Length: 2\r\n\r\n";
    for (std::size_t size = 0; size < answer.size(); ++size)
        REQUIRE(transcript({answer + "hi"}, {.head_size = size}) ==
                " <> not enough memory (at byte " + std::to_string(size) + ", needs at least " +
                    std::to_string(size + 1) + ")");
    CHECK(transcript({answer + "hi"}, {.head_size = answer.size()}) ==
          "200 [A: 1] [Content-Length: 2] <hi> end reusable");
}

TEST_CASE("wire: any bytes, anywhere, change nothing that depends on how they were cut") {
    const std::string answer =
        ok + "A: 1\r\n b\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nT: u\r\n\r\n";
    const setting how{.limits = {.most_body = 40}, .head_size = 120};
    for (std::size_t at = 0; at < answer.size(); ++at)
        for (const char byte : {'\r', '\n', ' ', ':', '0', 'f', '\0', '\x80', ';'}) {
            std::string changed = answer;
            changed[at] = byte;
            const std::string whole = transcript({changed}, how);
            std::vector<std::string> bytes;
            for (const char each : changed) bytes.emplace_back(1, each);
            REQUIRE(transcript(bytes, how) == whole);
            const std::size_t cut = at / 2;
            REQUIRE(transcript({changed.substr(0, cut), changed.substr(cut)}, how) == whole);
        }
}

TEST_CASE("wire: rows straight from the pieces of a chunked body") {
    const std::string answer = chunked + "14\r\n{\"rows\":[{\"id\":\"1\"},\r\n"
                                         "16\r\n{\"id\":\"2\"}],\"total\":2 \r\n"
                                         "2\r\n }\r\n0\r\n\r\n";
    for (std::size_t size = 1; size <= answer.size(); ++size) {
        char head[256];
        http::header headers[8];
        http::response_reader reader{head, headers, method::get};
        alignas(8) std::byte memory[512];
        row_stream<few::list_rows> rows{memory};
        std::string ids;
        wire_event last = wire_event::more;
        for (std::size_t at = 0; at < answer.size(); at += size) {
            text bytes = slice(answer, at, size);
            do {
                const http::wire_step step = reader.next(bytes);
                last = step.event;
                if (last != wire_event::body) continue;
                rows.feed(step.piece);
                while (const few::row* row = rows.next()) ids += *row->id;
            } while (last == wire_event::head || last == wire_event::body);
        }
        REQUIRE(last == wire_event::end);
        const auto page = rows.end();
        REQUIRE(page);
        REQUIRE(ids == "12");
        REQUIRE(*page->total == 2);
    }
}
