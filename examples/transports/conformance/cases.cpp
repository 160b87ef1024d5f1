#include "cases.hpp"

namespace conformance {

namespace http = tipring::http;

bench::bench(raw_server& server, raw_server& other, const transport_maker& make)
    : server_{server}, other_{other}, make_{make}, wire_{make(
                                                       {.patience = std::chrono::seconds{5}})} {
    server_.answer_with(always(ok_with("")));
    other_.answer_with(always(ok_with("the other origin")));
}

void bench::use(const common::transport_options& options) {
    wire_ = make_(options);
}

void bench::send(http::request request, outcome& into, const common::on_chunk& chunks) {
    const std::string here = origin();
    if (request.origin.empty()) request.origin = here;
    const auto began = std::chrono::steady_clock::now();
    into.failure = wire_.send(request, into.reply, chunks);
    into.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
}

std::string bench::origin_of(const raw_server& server) {
    return "http://127.0.0.1:" + std::to_string(server.port());
}

namespace {

std::string shown(text of) {
    constexpr std::size_t most = 60;
    std::string line;
    for (const char c : of.substr(0, most)) {
        const bool is_plain = c >= ' ' && c < 0x7F;
        line += is_plain ? std::string{c}
                         : std::string{"\\x"} + "0123456789ABCDEF"[(c >> 4) & 15] +
                               "0123456789ABCDEF"[c & 15];
    }
    return "`" + line + (of.size() > most ? "…` (" + std::to_string(of.size()) + " bytes)" : "`");
}

} // namespace

std::string differs(text what, text got, text wanted) {
    if (got == wanted) return {};
    return std::string{what} + ": got " + shown(got) + ", not " + shown(wanted);
}

std::string ok_with(text body, text headers) {
    return "HTTP/1.1 200 OK\r\n" + std::string{headers} +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

answer always(std::string bytes, after then) {
    return [bytes = std::move(bytes), then](connection& to, const received&) {
        to.send(bytes);
        return then;
    };
}

std::string is_whole(const outcome& got, int status, text body) {
    if (got.failure) return "no answer: " + got.failure->what;
    if (got.reply.status != status)
        return differs("status", std::to_string(got.reply.status), std::to_string(status));
    return differs("body", got.reply.body, body);
}

std::string is_lost(const outcome& got, http::delivery delivery) {
    if (!got.failure) return "an answer that is not whole was taken for one";
    if (got.failure->delivery == delivery) return {};
    return delivery == http::delivery::not_sent
               ? "the server cannot have the request, and delivery is not `not_sent`"
               : "the server may have acted, and delivery is `not_sent`";
}

} // namespace conformance
