// The wire: sends a tipring request with libcurl, byte for byte, and keeps what comes back. This is
// all that a program has to bring. Not here: what the bytes mean (client.hpp).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>

namespace common {

using tipring::text;

/// An answer as it was received. Stays where it is, because `headers` are views of `head`.
struct reply {
    int status = 0;
    std::string head;
    std::string body;
    std::vector<tipring::http::header> headers;

    reply() = default;
    reply(const reply&) = delete;
    reply& operator=(const reply&) = delete;

    tipring::http::response view() const {
        return {.status = status, .headers = headers, .body = body};
    }
    /// For decoding in place: saves the copies, and spoils the body.
    tipring::http::mutable_response mutable_view() {
        return {.status = status, .headers = headers, .body = body};
    }
};

/// Why there is no answer. Neither the API's error nor tipring's: nothing came back that could be
/// read.
struct transport_error {
    std::string what;
    /// Some bytes were on their way, so the server may have acted. If not, any request may be sent
    /// again.
    bool maybe_sent = false;
};

/// Takes a piece of the body of a successful answer; false ends the transfer.
using on_chunk = std::function<bool(text)>;

/// A connection that is kept from one request to the next. Not for several threads at once.
class transport {
public:
    /// Gives up an answer of more than `most_bytes`, and one that takes longer than `patience`.
    explicit transport(std::size_t most_bytes = std::size_t{16} << 20,
                       std::chrono::milliseconds patience = std::chrono::seconds{30});
    ~transport();
    transport(const transport&) = delete;
    transport& operator=(const transport&) = delete;

    /// Sends `request` and fills `into`, or says why not. With `chunks`, the body of a 2xx answer
    /// goes there, piece by piece as it arrives, and is not kept; the body of any other answer is
    /// kept as always.
    std::optional<transport_error> send(const tipring::http::request& request, reply& into,
                                        const on_chunk& chunks = {});

private:
    void* handle_;
    std::size_t most_bytes_;
    std::chrono::milliseconds patience_;
};

} // namespace common
