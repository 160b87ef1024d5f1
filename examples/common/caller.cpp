#include "caller.hpp"

#include <exception>

#include <curl/curl.h>

#include <tipring/core/secret.hpp>
#include <tipring/http/log.hpp>
#include <tipring/http/url.hpp>

namespace common {

namespace http = tipring::http;

namespace {

constexpr std::size_t request_size = 8192;
constexpr std::size_t answer_size = std::size_t{256} << 10;

/// A signed URL is a key for whoever reads it: its query is not shown.
std::string shown_target(const http::request& request) {
    if (!request.target.empty()) return std::string{request.target};
    const auto url = http::parse_url(request.origin);
    return url ? join(url->path, url->has_query ? "?(signature)" : "") : std::string{};
}

template <class Message>
void log(text arrow, const Message& message) {
    char line[1000];
    tipring::writer out{line};
    http::print_redacted(message, out);
    say(join("    ", arrow, " ", out.fits() ? out.written() : text{"(too long to print)"}));
}

} // namespace

caller::caller(tally& counts, const options& choices)
    : counts_{counts}, options_{choices},
      request_bytes_(request_size), request_memory_{request_bytes_},
      answer_bytes_(answer_size), answer_memory_{answer_bytes_}, wire_{choices.make_wire(
                                                                     choices.wire)} {}

std::optional<transport_error> caller::try_send(const http::request& request,
                                                const on_chunk& chunks) {
    last_ = {.method = std::string{name(request.method)}, .target = shown_target(request)};
    if (options_.verbose) log(">", request);
    ++counts_.requests;
    auto failure = wire_.send(request, reply_, chunks);
    last_.status = reply_.status;
    if (options_.verbose && !failure) log("<", reply_.view());
    return failure;
}

reply& caller::send(const http::request& request, const on_chunk& chunks) {
    if (const auto failure = try_send(request, chunks))
        fail(join(failure->what, failure->delivery == http::delivery::unknown
                                     ? " (it may have been sent)"
                                     : " (it was not sent)"));
    return reply_;
}

void caller::fail(text why) const {
    throw failed{join(last_.method, " ", last_.target, ": ",
                      last_.status == 0 ? std::string{} : join(last_.status, " "), why)};
}

void caller::wipe_answer() {
    tipring::wipe(answer_bytes_);
    tipring::wipe({reply_.body.data(), reply_.body.size()});
}

int take_tour(text program, const std::function<void(tally& counts)>& walk) {
    tally counts;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int status = 1;
    try {
        walk(counts);
        say("");
        say(join(program, ": ok (", counts.requests, " requests, ", counts.rows, " rows)"));
        status = 0;
    } catch (const std::exception& error) {
        say("");
        say(join(program, ": FAILED: ", error.what()));
    }
    curl_global_cleanup();
    return status;
}

} // namespace common
