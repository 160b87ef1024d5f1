#include "client.hpp"

namespace provision {

namespace http = tipring::http;

namespace {

constexpr std::size_t answer_size = std::size_t{256} << 10;

tipring::auth::basic_authorization sign_in(text user, tipring::secret password) {
    auto login = tipring::auth::basic_authorization::make(user, password);
    if (!login) throw failed{join("sign in: ", said(login.error()))};
    return std::move(*login);
}

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

client::client(std::string origin, text user, tipring::secret password, tally& counts,
               const options& choices)
    : client{std::move(origin), sign_in(user, password), counts, choices} {}

client::client(std::string origin, tally& counts, const options& choices)
    : client{std::move(origin), tipring::auth::basic_authorization{}, counts, choices} {}

client::client(std::string origin, tipring::auth::basic_authorization login, tally& counts,
               const options& choices)
    : origin_{std::move(origin)}, login_{std::move(login)}, server_{.origin = origin_,
                                                                    .authorization =
                                                                        login_.header()},
      counts_{counts}, options_{choices},
      answer_bytes_(answer_size), answer_memory_{std::span<std::byte>{answer_bytes_}} {}

std::optional<transport_error> client::try_send(const http::request& request,
                                                const on_chunk& chunks) {
    last_ = {.method = std::string{name(request.method)}, .target = shown_target(request)};
    if (options_.verbose) log(">", request);
    ++counts_.requests;
    auto failure = wire_.send(request, reply_, chunks);
    last_.status = reply_.status;
    if (options_.verbose && !failure) log("<", reply_.view());
    return failure;
}

reply& client::send(const http::request& request, const on_chunk& chunks) {
    if (const auto failure = try_send(request, chunks))
        fail(join(failure->what,
                  failure->maybe_sent ? " (it may have been sent)" : " (it was not sent)"));
    return reply_;
}

void client::fail(text why) const {
    throw failed{join(last_.method, " ", last_.target, ": ",
                      last_.status == 0 ? std::string{} : join(last_.status, " "), why)};
}

} // namespace provision
