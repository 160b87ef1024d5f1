// Boost.Beast, asynchronous, with C++20 coroutines: exchange() is what a program with an io_context
// of its own takes; the adapter runs one for a single request.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <tipring/http/wire.hpp>

#include "transports.hpp"

#if defined(BOOST_ASIO_HAS_CO_AWAIT)
namespace transports {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = tipring::http;
using asio::use_awaitable;

struct exchange {
    const http::request& request;
    common::reply& into;
    common::body_taker body;
    http::delivery delivery = http::delivery::not_sent;

    template <class Stream>
    asio::awaitable<void> talk(Stream& stream) {
        beast::http::request<beast::http::string_body> sent;
        sent.method_string(name(request.method));
        sent.target(common::target_of(request));
        sent.insert("Host", common::host_and_port(request.origin));
        for (const http::header& h : request.headers) sent.insert(h.name, h.value);
        sent.body() = request.body;
        sent.keep_alive(false);
        if (http::needs_content_length(request)) sent.content_length(request.body.size());
        delivery = http::delivery::unknown;
        co_await beast::http::async_write(stream, sent, use_awaitable);

        beast::flat_buffer buffer;
        std::optional<beast::http::response_parser<beast::http::buffer_body>> parser;
        do { // once more after an interim answer, such as 100
            parser.emplace();
            parser->skip(request.method == http::method::head);
            parser->header_limit(common::most_head_bytes);
            parser->body_limit(boost::none);
            co_await beast::http::async_read_header(stream, buffer, *parser, use_awaitable);
        } while (parser->get().result_int() / 100 == 1);
        for (const auto& h : parser->get()) into.add_line(h.name_string(), h.value());
        into.status = static_cast<int>(parser->get().result_int());
        into.split_head();
        for (char bytes[8192]; !parser->is_done();) {
            parser->get().body() = {bytes, sizeof bytes};
            beast::error_code failure;
            co_await async_read_some(stream, buffer, *parser,
                                     redirect_error(use_awaitable, failure));
            if (failure && failure != beast::http::error::need_buffer)
                throw beast::system_error{failure};
            if (!body.take({bytes, sizeof bytes - parser->get().body().size}))
                throw std::runtime_error{"the body was not wanted"};
        }
    }

    asio::awaitable<void> run(asio::ssl::context& trust, std::chrono::milliseconds patience) {
        const auto executor = co_await asio::this_coro::executor;
        const common::place to{request.origin};
        asio::ip::tcp::resolver resolver{executor};
        const auto found = co_await resolver.async_resolve(to.host, to.port, use_awaitable);
        beast::ssl_stream<beast::tcp_stream> secure{executor, trust};
        secure.next_layer().expires_after(patience);
        co_await secure.next_layer().async_connect(found, use_awaitable);
        if (tipring::equal_ignoring_case(to.scheme, "http"))
            co_return co_await talk(secure.next_layer());
        secure.set_verify_callback(asio::ssl::host_name_verification{to.host});
        SSL_set_tlsext_host_name(secure.native_handle(), to.host.c_str());
        co_await secure.async_handshake(asio::ssl::stream_base::client, use_awaitable);
        co_await talk(secure);
    }
};

} // namespace

transport make_beast(const transport_options& options) {
    const auto trust = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    trust->set_verify_mode(asio::ssl::verify_peer);
    options.ca_file.empty() ? trust->set_default_verify_paths()
                            : trust->load_verify_file(options.ca_file);
    return transport{
        [options, trust](const auto& request, common::reply& into, const auto& chunks) {
            exchange one{request, into, {into, chunks, options.most_bytes}};
            std::exception_ptr failure;
            asio::io_context io;
            co_spawn(io, one.run(*trust, options.patience), [&](auto thrown) { failure = thrown; });
            io.run();
            return common::failure_of(failure, one.delivery);
        }};
}

} // namespace transports
#endif
