// Conformance: answers that do not come, or break off, or are too long.
#include <algorithm>

#include "cases.hpp"

namespace conformance {

namespace {

namespace http = tipring::http;
using http::delivery;
using http::method;
using std::string;
using std::chrono::milliseconds;

constexpr text half_counted = "HTTP/1.1 200 OK\r\nX-Mark: here\r\nContent-Length: 10\r\n\r\nhello";
constexpr text half_chunked =
    "HTTP/1.1 200 OK\r\nX-Mark: here\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

/// The answer breaks off: it is lost, and what came of it is there.
string breaks_off(bench& with, text bytes, after then) {
    with.answer_with([bytes, then](connection& to, const received&) {
        to.send(bytes);
        // So that the client has read them before a reset takes them away.
        std::this_thread::sleep_for(milliseconds{then == after::reset ? 30 : 0});
        return then;
    });
    outcome got;
    with.send({.target = "/"}, got);
    const string wrong = is_lost(got, delivery::unknown);
    if (!wrong.empty()) return wrong;
    return differs("status", std::to_string(got.reply.status), "200") +
           differs("X-Mark", http::header_value(got.reply.headers, "X-Mark"), "here");
}

/// A body of more than is allowed: no answer, and not much more than that was read.
string is_too_long(bench& with, text head, text piece) {
    with.use({.most_bytes = 100'000, .patience = std::chrono::seconds{5}});
    with.answer_with([head, piece](connection& to, const received&) {
        to.send(head);
        for (int i = 0; i < 40; ++i)
            if (!to.send(piece)) break;
        return after::close;
    });
    outcome got;
    with.send({.target = "/"}, got);
    if (got.reply.body.size() > 100'000) return "more than the limit was kept";
    return is_lost(got, delivery::unknown);
}

/// Gives up after about `patience`.
string gives_up(bench& with, answer how) {
    with.use({.patience = milliseconds{400}});
    with.answer_with(std::move(how));
    outcome got;
    with.send({.target = "/"}, got);
    const string wrong = is_lost(got, delivery::unknown);
    if (!wrong.empty()) return wrong;
    return got.took > milliseconds{1500}
               ? "gave up after " + std::to_string(got.took.count()) + " ms, not 400"
               : "";
}

string is_sent_once(bench& with, method m, int once) {
    const auto seen = with.seen();
    const auto count = static_cast<int>(std::count_if(
        seen.begin(), seen.end(), [&](const received& each) { return each.method == name(m); }));
    return count == once ? ""
                         : "the server got it " + std::to_string(count) + " times, not " +
                               std::to_string(once);
}

const string& long_piece() {
    static const string piece(10'000, 'x');
    return piece;
}

constexpr test_case all[] = {
    {"cut-counted",
     "a body shorter than its Content-Length is no answer; its status and headers are there",
     [](bench& with) { return breaks_off(with, half_counted, after::close); }},
    {"cut-chunked", "a chunked body without its last chunk is no answer",
     [](bench& with) { return breaks_off(with, half_chunked, after::close); }},
    {"reset", "a connection that is reset in mid-body is no answer",
     [](bench& with) { return breaks_off(with, half_counted, after::reset); }},
    {"cut-refusal", "a refusal that breaks off still has its status",
     [](bench& with) {
         with.answer_with(always(
             "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 10\r\n\r\nhe", after::close));
         outcome got;
         with.send({.target = "/"}, got);
         return is_lost(got, delivery::unknown) +
                differs("status", std::to_string(got.reply.status), "503") +
                differs("Retry-After", http::header_value(got.reply.headers, "Retry-After"), "7");
     }},
    {"cut-head", "a head that breaks off is no answer",
     [](bench& with) {
         with.answer_with(always("HTTP/1.1 200 OK\r\nContent-Le", after::close));
         outcome got;
         with.send({.method = method::post, .target = "/"}, got);
         return is_lost(got, delivery::unknown);
     }},
    {"no-answer", "a connection that ends without an answer: it may have been delivered",
     [](bench& with) {
         with.answer_with(always("", after::close));
         outcome got;
         with.send({.method = method::post, .target = "/", .body = "{}"}, got);
         return is_lost(got, delivery::unknown) + is_sent_once(with, method::post, 1);
     }},
    {"no-server", "nobody listens: not delivered",
     [](bench& with) {
         int port = 0;
         {
             const raw_server gone;
             port = gone.port();
         }
         outcome got;
         with.send({.origin = "http://127.0.0.1:" + std::to_string(port), .target = "/"}, got);
         return is_lost(got, delivery::not_sent) +
                differs("status", std::to_string(got.reply.status), "0");
     }},
    {"stale-connection", "a POST is not sent twice when a kept connection turns out to be dead",
     [](bench& with) {
         with.answer_with([](connection& to, const received& from) {
             if (from.method == "GET") to.send(ok_with("kept?"));
             return from.method == "GET" ? after::keep : after::close;
         });
         outcome got;
         with.send({.target = "/"}, got);
         with.send({.method = method::post, .target = "/", .body = "{}"}, got);
         return is_lost(got, delivery::unknown) + is_sent_once(with, method::post, 1);
     }},
    {"too-long-counted", "a Content-Length above the limit is no answer",
     [](bench& with) {
         return is_too_long(with, "HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n",
                            long_piece());
     }},
    {"too-long-endless", "a body without an end is given up at the limit",
     [](bench& with) { return is_too_long(with, "HTTP/1.1 200 OK\r\n\r\n", long_piece()); }},
    {"too-long-chunked", "chunks without an end are given up at the limit",
     [](bench& with) {
         static const string chunk = "2710\r\n" + long_piece() + "\r\n";
         return is_too_long(with, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk);
     }},
    {"too-long-refusal", "the limit is for refusals too",
     [](bench& with) { return is_too_long(with, "HTTP/1.1 500 Oh\r\n\r\n", long_piece()); }},
    {"enough", "who takes the body may end it",
     [](bench& with) {
         with.answer_with(always(ok_with(long_piece())));
         outcome got;
         with.send({.target = "/"}, got, [](text) { return false; });
         return is_lost(got, delivery::unknown) +
                differs("status", std::to_string(got.reply.status), "200");
     }},
    {"silence", "no answer in time is no answer: it may have been delivered",
     [](bench& with) {
         return gives_up(with, [](connection&, const received&) {
             std::this_thread::sleep_for(milliseconds{2500});
             return after::close;
         });
     },
     true},
    {"too-slow", "bytes that come for ever, one by one, are given up in time",
     [](bench& with) {
         return gives_up(with, [](connection& to, const received&) {
             to.trickle("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + string(80, 'x'), 25);
             return after::close;
         });
     },
     true},
};

} // namespace

std::span<const test_case> cases_ends() {
    return all;
}

} // namespace conformance
