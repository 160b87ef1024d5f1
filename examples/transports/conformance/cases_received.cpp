// Conformance: what is received.
#include <cstdio>

#include "cases.hpp"

namespace conformance {

namespace {

namespace http = tipring::http;
using http::method;
using std::string;

/// `bytes` are answered to a GET; the answer must be whole, with that status and body.
string reads(bench& with, string bytes, int status, text body, after then = after::keep) {
    with.answer_with(always(std::move(bytes), then));
    outcome got;
    with.send({.target = "/"}, got);
    return is_whole(got, status, body);
}

/// The values of all headers with that name, each in brackets.
string header_is(bench& with, text lines, text name, text wanted) {
    with.answer_with(always(ok_with("x", lines)));
    outcome got;
    with.send({.target = "/"}, got);
    string values;
    for (const http::header& each : got.reply.headers)
        if (tipring::equal_ignoring_case(each.name, name))
            values.append("[").append(each.value).append("]");
    return is_whole(got, 200, "x") + differs(name, values, wanted);
}

/// A redirect with a body: it is the answer, and nobody goes there.
string redirect_is_answer(bench& with, int status, method m) {
    with.answer_with(always("HTTP/1.1 " + std::to_string(status) + " Go\r\nLocation: " +
                            with.other_origin() + "/there\r\nContent-Length: 4\r\n\r\nmove"));
    outcome got;
    const http::header headers[] = {{.name = "Authorization", .value = "Basic eDp5"}};
    with.send({.method = m, .target = "/", .headers = headers}, got);
    if (!with.seen_by_other().empty()) return "the request went to another origin";
    return is_whole(got, status, "move") +
           differs("Location", http::header_value(got.reply.headers, "Location"),
                   with.other_origin() + "/there");
}

const string& megabytes() {
    static const string body = [] {
        string made;
        while (made.size() < (std::size_t{4} << 20))
            made += "0123456789abcdef" + std::to_string(made.size());
        return made;
    }();
    return body;
}

string chunked(text body, std::size_t size, text trailers = "") {
    string made = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += size) {
        const text piece = body.substr(at, size);
        char digits[20];
        std::snprintf(digits, sizeof digits, "%zX", piece.size());
        made += string{digits} + "\r\n" + string{piece} + "\r\n";
    }
    return made + "0\r\n" + string{trailers} + "\r\n";
}

/// `{"calls":[]}`
constexpr text gzipped{
    "\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\x03\xAB\x56\x4A\x4E\xCC\xC9\x29\x56\xB2\x8A\x8E\xAD\x05\x00\x75\x98\x0E\xA2\x0C\x00\x00\x00",
    32};

/// What was asked for is what came, or it is said that nothing did.
string is_decoded_or_lost(const outcome& got) {
    return got.failure ? string{} : is_whole(got, 200, R"({"calls":[]})");
}

constexpr test_case all[] = {
    {"plain", "a small answer",
     [](bench& with) { return reads(with, ok_with("hello"), 200, "hello"); }},
    {"empty", "an answer with an empty body",
     [](bench& with) { return reads(with, ok_with(""), 200, ""); }},
    {"no-content", "204 has no body and ends at once",
     [](bench& with) { return reads(with, "HTTP/1.1 204 No Content\r\n\r\n", 204, ""); }},
    {"not-modified", "304 has no body, whatever its Content-Length says",
     [](bench& with) {
         return reads(with, "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, "");
     }},
    {"head", "an answer to HEAD has no body, whatever its Content-Length says",
     [](bench& with) {
         with.answer_with(always("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
         outcome got;
         with.send({.method = method::head, .target = "/"}, got);
         return is_whole(got, 200, "") +
                differs("Content-Length", http::header_value(got.reply.headers, "Content-Length"),
                        "9");
     }},
    {"body-bytes-received", "a body is bytes: NUL, CR and LF too",
     [](bench& with) {
         string body;
         for (int i = 0; i < 256; ++i) body += static_cast<char>(i);
         return reads(with, ok_with(body), 200, body);
     }},
    {"huge", "four megabytes arrive whole",
     [](bench& with) { return reads(with, ok_with(megabytes()), 200, megabytes()); }},
    {"huge-chunked", "four megabytes arrive whole, chunked too",
     [](bench& with) { return reads(with, chunked(megabytes(), 60'001), 200, megabytes()); }},
    {"created", "201 with a body and a Location",
     [](bench& with) {
         return reads(with, "HTTP/1.1 201 Created\r\nLocation: /a\r\nContent-Length: 2\r\n\r\n{}",
                      201, "{}");
     }},
    {"odd-status", "a status without a name stays as it is",
     [](bench& with) {
         return reads(with, "HTTP/1.1 299 \r\nContent-Length: 1\r\n\r\nx", 299, "x");
     }},
    {"redirect-302", "302 to another origin is an answer, and is not followed",
     [](bench& with) { return redirect_is_answer(with, 302, method::get); }},
    {"redirect-301-post", "301 for a POST is an answer, and is not followed",
     [](bench& with) { return redirect_is_answer(with, 301, method::post); }},
    {"redirect-307-put", "307 for a PUT is an answer, and is not followed",
     [](bench& with) { return redirect_is_answer(with, 307, method::put); }},
    {"unauthorized", "401 is an answer with its body; nothing is sent again",
     [](bench& with) {
         with.answer_with(always(
             "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 18\r\n\r\n"
             "{\"error\":\"NoUser\"}"));
         outcome got;
         const http::header headers[] = {{.name = "Authorization", .value = "Basic eDp5"}};
         with.send({.target = "/", .headers = headers}, got);
         return is_whole(got, 401, "{\"error\":\"NoUser\"}") +
                (with.seen().size() == 1 ? "" : "sent again");
     }},
    {"not-found", "404 is an answer with its body",
     [](bench& with) {
         return reads(with, "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{}", 404, "{}");
     }},
    {"server-error", "500 is an answer with its body, HTML too",
     [](bench& with) {
         return reads(
             with, "HTTP/1.1 500 Oh\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
             500, "<html>");
     }},
    {"unavailable", "503 is an answer with its Retry-After; nothing is sent again",
     [](bench& with) {
         with.answer_with(
             always("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 4\r\n\r\nbusy"));
         outcome got;
         with.send({.target = "/"}, got);
         return is_whole(got, 503, "busy") +
                differs("Retry-After", http::header_value(got.reply.headers, "Retry-After"), "1") +
                (with.seen().size() == 1 ? "" : "sent again");
     }},
    {"chunked", "a chunked body is put together",
     [](bench& with) { return reads(with, chunked("{\"calls\":[]}", 5), 200, "{\"calls\":[]}"); }},
    {"chunked-trailers", "fields behind the last chunk are no part of the body",
     [](bench& with) {
         return reads(with, chunked("hello world", 4, "X-Sum: 1\r\nX-More: 2\r\n"), 200,
                      "hello world");
     }},
    {"chunked-extensions", "extensions of chunks are no part of the body",
     [](bench& with) {
         return reads(
             with,
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b;c\r\nhello\r\n0;z\r\n\r\n",
             200, "hello");
     }},
    {"chunked-small", "chunks of one byte",
     [](bench& with) { return reads(with, chunked("hello world", 1), 200, "hello world"); }},
    {"until-close", "without a length the body ends with the connection",
     [](bench& with) {
         return reads(with, "HTTP/1.1 200 OK\r\n\r\nhello", 200, "hello", after::close);
     }},
    {"http-1.0", "an answer of HTTP/1.0",
     [](bench& with) {
         return reads(with, "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello",
                      after::close);
     }},
    {"continue", "100 Continue that nobody asked for is passed over",
     [](bench& with) {
         return reads(with, "HTTP/1.1 100 Continue\r\n\r\n" + ok_with("hello"), 200, "hello");
     }},
    {"slow", "an answer that comes byte by byte is whole",
     [](bench& with) {
         with.answer_with([](connection& to, const received&) {
             to.trickle(ok_with("slowly", "X-A: b\r\n"), 2);
             return after::keep;
         });
         outcome got;
         with.send({.target = "/"}, got);
         return is_whole(got, 200, "slowly");
     }},
    {"header-case", "names of headers are found whatever their case",
     [](bench& with) {
         return header_is(with, "cOnTeNt-TyPe: text/plain\r\n", "Content-Type", "[text/plain]");
     }},
    {"header-twice", "headers with one name are all there, in their order",
     [](bench& with) {
         return header_is(with, "X-Twice: 2\r\nX-Other: 0\r\nX-Twice: 1\r\n", "X-Twice", "[2][1]");
     }},
    {"header-blanks", "the blanks around a value are gone, those inside are not",
     [](bench& with) { return header_is(with, "X-Value: \t a,  b \t\r\n", "X-Value", "[a,  b]"); }},
    {"header-colon", "a value may hold colons",
     [](bench& with) { return header_is(with, "X-Time: 12:34:56\r\n", "X-Time", "[12:34:56]"); }},
    {"header-none", "a header may have no value",
     [](bench& with) { return header_is(with, "X-Empty:\r\n", "X-Empty", "[]"); }},
    {"header-non-ascii", "bytes above 127 in a value stay as they are",
     [](bench& with) {
         return header_is(with, "X-Name: M\xC3\xBCller \xE9\r\n", "X-Name", "[M\xC3\xBCller \xE9]");
     }},
    {"header-long-received", "a value of 4,000 bytes",
     [](bench& with) {
         return header_is(with, "X-Long: " + string(4000, 'v') + "\r\n", "X-Long",
                          "[" + string(4000, 'v') + "]");
     }},
    {"headers-many-received", "sixty headers",
     [](bench& with) {
         string lines;
         for (int i = 0; i < 60; ++i) lines += "X-" + std::to_string(i) + ": 1\r\n";
         return header_is(with, lines, "X-59", "[1]");
     }},
    {"compressed-if-asked", "who asks for gzip undoes it",
     [](bench& with) {
         with.answer_with([](connection& to, const received& from) {
             const bool is_asked = from.value("Accept-Encoding").find("gzip") != string::npos;
             to.send(is_asked ? ok_with(gzipped, "Content-Encoding: gzip\r\n")
                              : ok_with(R"({"calls":[]})"));
             return after::keep;
         });
         outcome got;
         with.send({.target = "/"}, got);
         return is_whole(got, 200, R"({"calls":[]})");
     }},
    {"compressed-anyway", "gzip that nobody asked for is undone or refused, never handed out",
     [](bench& with) {
         with.answer_with(always(ok_with(gzipped, "Content-Encoding: gzip\r\n")));
         outcome got;
         with.send({.target = "/"}, got);
         return is_decoded_or_lost(got);
     }},
    {"compressed-range", "with Range nothing is asked for compressed: ranges count coded bytes",
     [](bench& with) {
         const http::header headers[] = {{.name = "Range", .value = "bytes=4-"}};
         outcome got;
         with.send({.target = "/", .headers = headers}, got);
         const auto seen = with.seen();
         const bool is_asked =
             !seen.empty() && seen[0].value("Accept-Encoding").find("gzip") != string::npos;
         return string{is_asked ? "asked for gzip" : ""};
     }},
    {"streamed", "the body of a success goes to who takes it, and is not kept",
     [](bench& with) {
         with.answer_with(always(chunked("hello world", 4)));
         outcome got;
         string taken;
         with.send({.target = "/"}, got, [&](text piece) { return taken.append(piece), true; });
         return is_whole(got, 200, "") + differs("what was taken", taken, "hello world");
     }},
    {"streamed-refusal", "the body of a refusal is kept all the same",
     [](bench& with) {
         with.answer_with(always("HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{}"));
         outcome got;
         string taken;
         with.send({.target = "/"}, got, [&](text piece) { return taken.append(piece), true; });
         return is_whole(got, 404, "{}") + differs("what was taken", taken, "");
     }},
    {"one-after-another", "ten answers, each to its own request",
     [](bench& with) {
         with.answer_with([](connection& to, const received& from) {
             to.send(ok_with(from.target));
             return after::keep;
         });
         for (int i = 0; i < 10; ++i) {
             const string target = "/" + std::to_string(i);
             outcome got;
             with.send({.target = target}, got);
             if (const string wrong = is_whole(got, 200, target); !wrong.empty()) return wrong;
         }
         return string{};
     }},
    {"surplus", "bytes behind an answer are not taken for the next one",
     [](bench& with) {
         with.answer_with([](connection& to, const received& from) {
             to.send(from.target == "/1" ? ok_with("one") + ok_with("stolen") : ok_with("two"));
             return after::keep;
         });
         outcome got;
         with.send({.target = "/1"}, got);
         if (got.failure) return string{}; // refused altogether
         with.send({.target = "/2"}, got);
         return got.failure ? string{} : is_whole(got, 200, "two");
     }},
};

} // namespace

std::span<const test_case> cases_received() {
    return all;
}

} // namespace conformance
