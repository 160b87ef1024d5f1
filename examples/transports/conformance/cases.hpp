// The conformance cases: what docs/porting.md asks of an adapter, one case for each thing that real
// HTTP stacks were seen to do otherwise. Not here: how cases are chosen and reported (main.cpp).
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "../../common/transport.hpp"
#include "raw_server.hpp"

namespace conformance {

using transport_maker = std::function<common::transport(const common::transport_options& options)>;

/// What came of one request.
struct outcome {
    common::reply reply;
    std::optional<common::transport_error> failure;
    std::chrono::milliseconds took{};
};

/// The servers and the adapter of one case.
class bench {
public:
    bench(raw_server& server, raw_server& other, const transport_maker& make);

    /// The adapter that the case uses from now on.
    void use(const common::transport_options& options);
    void answer_with(answer how) { server_.answer_with(std::move(how)); }
    /// Sends `request` to the server; its origin is filled in.
    void send(tipring::http::request request, outcome& into, const common::on_chunk& chunks = {});
    std::string origin() const { return origin_of(server_); }
    std::string other_origin() const { return origin_of(other_); }
    std::vector<received> seen() { return server_.seen(); }
    std::vector<received> seen_by_other() { return other_.seen(); }

private:
    static std::string origin_of(const raw_server& server);

    raw_server& server_;
    raw_server& other_;
    const transport_maker& make_;
    common::transport wire_;
};

struct test_case {
    text name;
    /// What the contract says, for people.
    text rule;
    /// Empty, or what the adapter did wrong.
    std::string (*run)(bench& with);
    /// Waits for a timeout.
    bool is_slow = false;
};

/// What is sent: cases_sent.cpp. What is received: cases_received.cpp. How it ends: cases_ends.cpp.
std::span<const test_case> cases_sent();
std::span<const test_case> cases_received();
std::span<const test_case> cases_ends();

/// "" when they are equal, else `what: got …, not …`, with long and odd text made short and
/// printable.
std::string differs(text what, text got, text wanted);

/// An answer of 200 with that body and further header lines, each with its line end.
std::string ok_with(text body, text headers = {});
/// Sends these bytes for whatever is asked.
answer always(std::string bytes, after then = after::keep);
/// Whether the request ended with a whole answer of that status and body; what is wrong otherwise.
std::string is_whole(const outcome& got, int status, text body);
/// Whether no whole answer came, and the adapter says so, with that delivery.
std::string is_lost(const outcome& got, tipring::http::delivery delivery);

} // namespace conformance
