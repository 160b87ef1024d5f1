// What the programs here share: checks that end a program with a status of its own, and the wire
// that carries a request to a canned server, byte for byte as a socket would.
#pragma once

#include <span>
#include <tipring/http/message.hpp>

#include "board.hpp"

namespace program {

using tipring::text;
namespace http = tipring::http;

/// Ends the program when something is not as it must be: its number is the exit status.
inline void check(bool is_so, int status, text what) {
    if (is_so) return;
    board::line("FAILED: ", what);
    board::exit(status);
}

/// Writes a request as HTTP/1.1 wants it, which is all that a socket needs. Nothing when `bytes` is
/// too short for it.
inline text put_on_the_wire(const http::request& request, text host, std::span<char> bytes) {
    tipring::writer out{bytes};
    out.put(http::name(request.method));
    out.put(' ');
    out.put(request.target);
    out.put(" HTTP/1.1\r\nHost: ");
    out.put(host);
    for (const http::header& h : request.headers) {
        out.put("\r\n");
        out.put(h.name);
        out.put(": ");
        out.put(h.value);
    }
    out.put("\r\nContent-Length: ");
    out.put_integer(request.body.size());
    out.put("\r\n\r\n");
    out.put(request.body);
    return out.written();
}

/// The last line of every program: what it needed.
inline int finish(text done) {
    board::line(done);
    board::line("RAM: ", static_cast<std::uint32_t>(board::ram_of_variables()), " static, ",
                static_cast<std::uint32_t>(board::stack_used()), " stack, 0 heap");
    return 0;
}

} // namespace program
