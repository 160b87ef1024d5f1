#include "http_server.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <httplib.h>

#include <tipring/http/log.hpp>

namespace common {

namespace http = tipring::http;
using tipring::text;

namespace {

constexpr std::size_t longest_body = std::size_t{1} << 20;
/// For one request and its response; a page of 1000 calls takes about 4 MB. Only touched pages
/// cost.
constexpr std::size_t arena_size = std::size_t{1} << 25;

tipring::arena& memory_of_this_thread() {
    thread_local std::unique_ptr<std::byte[]> bytes{new std::byte[arena_size]};
    thread_local tipring::arena memory{std::span<std::byte>{bytes.get(), arena_size}};
    memory.reset();
    return memory;
}

void print_line(const http::request& from, const http::response& to) {
    char line[4096];
    tipring::writer out{line};
    tipring::http::print_redacted(from, out);
    out.put(" -> ");
    tipring::http::print_redacted(to, out);
    const text written = out.fits() ? out.written() : text{"(a request too long to be printed)"};
    std::printf("%.*s\n", static_cast<int>(written.size()), written.data());
    std::fflush(stdout);
}

/// What cpp-httplib would do with the response on account of these, it must not: the bytes are
/// ready. Its handlers only get a const view of an object that is not const.
void hide_from_library(const httplib::Request& from) {
    auto& changeable = const_cast<httplib::Request&>(from);
    changeable.ranges.clear();
    changeable.headers.erase("Accept-Encoding");
}

/// The library adds these, as CGI has them.
bool is_made_up(text header) {
    return header == "REMOTE_ADDR" || header == "REMOTE_PORT" || header == "LOCAL_ADDR" ||
           header == "LOCAL_PORT";
}

bool announces_body(const httplib::Request& from) {
    const std::string length = from.get_header_value("Content-Length");
    return from.has_header("Transfer-Encoding") || (!length.empty() && length != "0");
}

} // namespace

http::response refuse_plainly(int status, text message, tipring::arena&) {
    static constexpr http::header headers[] = {
        {.name = "Content-Type", .value = "text/plain; charset=utf-8"}};
    return {.status = status, .headers = headers, .body = message};
}

struct http_server::library {
    library(answer_function inside, bool verbose, refuse_function words, const tls_files& tls)
        : answers{std::move(inside)}, refuse{std::move(words)}, is_verbose{verbose},
          owned_server{tls.certificate.empty() ? std::make_unique<httplib::Server>()
                                               : std::make_unique<httplib::SSLServer>(
                                                     tls.certificate.c_str(), tls.key.c_str())},
          server{*owned_server} {
        server.new_task_queue = [] { return new httplib::ThreadPool(32); };
        server.set_tcp_nodelay(true);
        server.set_keep_alive_max_count(10'000);
        server.set_payload_max_length(longest_body);
        // Without the library's SO_REUSEPORT, which lets two servers share a port.
        server.set_socket_options([](socket_t socket) {
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        server.set_pre_routing_handler([this](const httplib::Request& from, httplib::Response& to) {
            return before_routing(from, to);
        });
        const auto with_body = [this](const httplib::Request& from, httplib::Response& to,
                                      const httplib::ContentReader& read) {
            read_and_answer(from, to, read);
        };
        const std::string any_path = "[\\s\\S]*";
        server.Post(any_path, with_body);
        server.Put(any_path, with_body);
        server.Patch(any_path, with_body);
        server.Delete(any_path, with_body);
    }

    /// What may have a body goes on to read_and_answer(), which can read it.
    httplib::Server::HandlerResponse before_routing(const httplib::Request& from,
                                                    httplib::Response& to) {
        for (const char* method : {"POST", "PUT", "PATCH", "DELETE"})
            if (from.method == method) return httplib::Server::HandlerResponse::Unhandled;
        // The library does not read bodies of other methods; that there is one is enough to refuse
        // it.
        answer(from, to, announces_body(from) ? text{"?"} : text{});
        return httplib::Server::HandlerResponse::Handled;
    }

    void read_and_answer(const httplib::Request& from, httplib::Response& to,
                         const httplib::ContentReader& read) {
        std::string body;
        // The library would wait for a body of unknown length, and take forms apart.
        if (announces_body(from)) {
            if (from.is_multipart_form_data()) {
                read([](const httplib::MultipartFormData&) { return true; },
                     [](const char*, std::size_t) { return true; });
                return refuse_with(from, to, 415, "unexpected content type");
            }
            const bool is_whole = read([&](const char* data, std::size_t size) {
                body.append(data, size);
                return body.size() <= longest_body;
            });
            const bool is_too_large = to.status == 413 || body.size() > longest_body;
            if (is_too_large) return refuse_with(from, to, 413, "the body is too large");
            if (!is_whole) return refuse_with(from, to, 400, "the body is not complete");
        }
        answer(from, to, body);
    }

    void answer(const httplib::Request& from, httplib::Response& to, text body) {
        std::vector<http::header> headers;
        for (const auto& [name, value] : from.headers)
            if (!is_made_up(name))
                headers.push_back(
                    {.name = name, .value = value, .is_secret = name == "Authorization"});
        const auto method = http::parse_method(from.method);
        const http::request request{.method = method.value_or(http::method::head),
                                    .target = from.target,
                                    .headers = headers,
                                    .body = body};
        try {
            finish(from, to, request, answers(request, memory_of_this_thread()));
        } catch (const std::exception&) {
            refuse_with(from, to, 500, "internal error");
        }
    }

    void refuse_with(const httplib::Request& from, httplib::Response& to, int status,
                     text message) {
        finish(from, to, {}, refuse(status, message, memory_of_this_thread()));
    }

    void finish(const httplib::Request& from, httplib::Response& to, const http::request& request,
                const http::response& response) {
        to.status = response.status;
        for (const http::header& each : response.headers)
            to.set_header(std::string{each.name}, std::string{each.value});
        to.body.assign(response.body);
        if (is_verbose) print_line(request, response);
        hide_from_library(from);
    }

    bool is_secure() const { return dynamic_cast<httplib::SSLServer*>(&server) != nullptr; }

    answer_function answers;
    refuse_function refuse;
    bool is_verbose;
    std::unique_ptr<httplib::Server> owned_server;
    httplib::Server& server;
    std::atomic<bool> is_stopped{false};
    std::atomic<bool> has_ended{false};
};

http_server::http_server(answer_function answers, bool verbose, refuse_function refuse,
                         const tls_files& tls)
    : library_{std::make_unique<library>(std::move(answers), verbose, std::move(refuse), tls)} {}
http_server::~http_server() = default;

int http_server::bind(int port) {
    if (!library_->server.is_valid()) return -1;
    if (port == 0) return library_->server.bind_to_any_port("127.0.0.1");
    return library_->server.bind_to_port("127.0.0.1", port) ? port : -1;
}

const char* http_server::scheme() const {
    return library_->is_secure() ? "https" : "http";
}

void http_server::run() {
    if (!library_->is_stopped) library_->server.listen_after_bind();
    library_->has_ended = true;
}

/// The library's stop() does nothing until it listens, hence the loop; and it waits for connections
/// that are idle, hence the limit.
bool http_server::stop() {
    library_->is_stopped = true;
    for (int i = 0; i < 100 && !library_->has_ended; ++i) {
        library_->server.stop();
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return library_->has_ended;
}

} // namespace common
