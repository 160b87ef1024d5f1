// The wire: what a program has to bring. A tipring request goes out byte for byte, an answer comes
// back. docs/porting.md is the contract; examples/transports/ keeps it with five HTTP stacks. Not
// here: what the bytes mean (caller.hpp).
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/retry.hpp>

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

    void clear();
    /// Fills `headers` from the lines of `head`.
    void split_head();
    /// The status, and each header that has a name and a value.
    template <class Headers>
    void set_head(int received, const Headers& each) {
        status = received;
        for (const auto& [name, value] : each) add_line(name, value);
        split_head();
    }
    void add_line(text name, text value);

    tipring::http::response view() const {
        return {.status = status, .headers = headers, .body = body};
    }
    /// For decoding in place: saves the copies, and spoils the body.
    tipring::http::mutable_response mutable_view() {
        return {.status = status, .headers = headers, .body = body};
    }
};

/// Why there is no whole answer. Neither the API's error nor tipring's. What came of the answer is
/// in the reply: the status, if it is known, the headers, and the body as far as it was read.
struct transport_error {
    std::string what;
    /// What retry_state::lost() wants to know.
    tipring::http::delivery delivery = tipring::http::delivery::unknown;
};

/// Takes a piece of the body of a successful answer; false ends the transfer.
using on_chunk = std::function<bool(text)>;

struct transport_options {
    /// An answer whose body, decoded, is longer is given up.
    std::size_t most_bytes = std::size_t{16} << 20;
    /// For all of one request and its answer.
    std::chrono::milliseconds patience = std::chrono::seconds{30};
    /// Certificates to trust, a PEM file; empty for those of the system.
    std::string ca_file = {};
};

inline constexpr std::size_t most_head_bytes = std::size_t{64} << 10;

/// Sends `request` and fills `into`, which is empty, or says why not. With `chunks`, the body of a
/// 2xx answer goes there, piece by piece as it arrives, and is not kept; the body of any other
/// answer is kept as always.
using send_function = std::function<std::optional<transport_error>(
    const tipring::http::request& request, reply& into, const on_chunk& chunks)>;

/// An HTTP stack that is ready to send. Not for several threads at once.
class transport {
public:
    explicit transport(send_function sends) : sends_{std::move(sends)} {}
    std::optional<transport_error> send(const tipring::http::request& request, reply& into,
                                        const on_chunk& chunks = {}) {
        into.clear();
        return sends_(request, into, chunks);
    }

private:
    send_function sends_;
};

/// Where an adapter puts the body of one answer, once the head is in `into`.
struct body_taker {
    reply& into;
    const on_chunk& chunks;
    std::size_t most_bytes;
    /// The stack undoes content codings such as gzip. What comes coded otherwise is of no use.
    bool is_decoded = false;
    std::size_t taken = 0;

    /// False when it is too long, or coded, or when whoever takes the chunks has had enough.
    bool take(text piece);
};

/// Of an exception that ended a request; nothing for none.
std::optional<transport_error> failure_of(const std::exception_ptr& thrown,
                                          tipring::http::delivery delivery);

/// Scheme, host and port of a URL. Throws when it is none.
struct place {
    explicit place(text url);
    std::string scheme;
    std::string host;
    std::string port;
};

/// Of a URL: `scheme://host` or `scheme://host:port`.
std::string origin_of(text url);
/// `host` or `host:port`, without the port that the scheme has anyway: the value of Host.
std::string host_and_port(text origin);

/// Origin and target; or the URL that is used as it stands.
std::string url_of(const tipring::http::request& request);
/// What goes into the request line.
std::string target_of(const tipring::http::request& request);

} // namespace common
