// rows_on_a_device: lists calls as firmware would: a socket, fixed buffers of 30 KB in all, rows
// one by one as they arrive. Nothing here allocates; operator new ends the program.
#include <cstdio>
#include <cstdlib>
#include <new>

#include <tipring/auth/basic.hpp>
#include <tipring/http/paging.hpp>
#include <tipring/http/row_stream.hpp>
#include <tipring/miarec/call.hpp>

#include "bare_socket.hpp"

void* operator new(std::size_t) {
    std::abort();
}
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}

namespace {

namespace http = tipring::http;
namespace miarec = tipring::miarec;
using tipring::text;

/// How the link to the next page is kept; longer ones end the walk with an error.
struct next_link {
    char bytes[1024];
    std::size_t size = 0;

    bool keep(text link) {
        if (link.size() > sizeof bytes) return false;
        size = link.copy(bytes, sizeof bytes);
        return true;
    }
};

int fail(const char* why) {
    std::printf("rows_on_a_device: FAILED (%s)\n", why);
    return 1;
}

/// Null, or what went wrong.
const char* read_page(const http::request& request, next_link& next, unsigned& count) {
    static char head[2048];
    static std::byte row_memory[8192];
    http::header headers[24];
    http::response_reader reader{
        head, headers, request.method, {.most_body = std::uint64_t{8} << 20}};
    tipring::row_stream<miarec::list_calls> calls{row_memory};
    transports::bare_socket wire{std::chrono::seconds{10}};
    if (const char* const why = wire.send(request)) return why;
    for (text received;;) {
        const http::wire_step step = reader.next(received);
        if (step.event == http::wire_event::end) break;
        if (step.event == http::wire_event::failed) return message(reader.failure().code).data();
        if (step.event == http::wire_event::head && reader.response().status != 200)
            return "the server refuses";
        if (step.event == http::wire_event::body) {
            calls.feed(step.piece);
            while (const miarec::call* const call = calls.next()) {
                ++count;
                const text id = call->call_id->value;
                std::printf("%.*s\n", static_cast<int>(id.size()), id.data());
            }
        }
        if (step.event != http::wire_event::more) continue;
        received = wire.receive();
        if (received.empty() && (!wire.is_closed() || !reader.closed()))
            return "the answer broke off";
    }
    const auto page = calls.end();
    if (!page) return message(page.code()).data();
    return next.keep(page->next_url.value_or("")) ? nullptr : "a link that is too long";
}

} // namespace

int main(int count, char** words) {
    if (count != 2) return fail("usage: rows_on_a_device http://ADDRESS:PORT");
    const auto login =
        tipring::auth::basic_authorization::make("apiuser", tipring::secret{"secret"});
    if (!login) return fail("a name that cannot be sent");
    static tipring::static_arena<2048> memory;
    http::pager pages{{.origin = words[1], .authorization = login->header()}};
    auto request = pages.first(
        miarec::list_calls{.limit = 200, .sort_order = miarec::sort_order::asc}, memory);
    unsigned calls = 0;
    while (request && *request) {
        next_link next;
        if (const char* const why = read_page(**request, next, calls)) return fail(why);
        memory.reset();
        request = pages.next({next.bytes, next.size}, memory);
    }
    if (!request) return fail(message(request.code()).data());
    std::printf("rows_on_a_device: ok (%u calls, %u pages)\n", calls,
                static_cast<unsigned>(pages.pages()));
    return 0;
}
