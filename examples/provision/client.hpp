// A client in a few lines: encodes an operation, sends it, decodes what comes back, counts. Not
// here: the wire (common/transport.hpp), what is asked for (walk_*.cpp).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <tipring/tipring.hpp>

#include "../common/tour.hpp"
#include "../common/transport.hpp"

namespace provision {

using namespace common;

/// Shared by all clients of one tour.
struct tally {
    std::size_t requests = 0;
    std::size_t rows = 0;
};

/// One account at one server. What it answers lives until it is asked again: copy what you want to
/// keep.
class client {
public:
    struct options {
        /// Prints every request and response in the library's redacted form.
        bool verbose = false;
    };

    client(std::string origin, text user, tipring::secret password, tally& counts,
           const options& choices);
    /// Without an account.
    client(std::string origin, tally& counts, const options& choices);
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    /// Sends an operation. All three doors are open: value, refusal, our own error.
    template <tipring::http::operation_type Op>
    tipring::http::answer<typename Op::answer> ask(const Op& op) {
        return read<Op>(encoded(op));
    }

    /// Sends an operation that must succeed; the tour ends if it does not.
    template <tipring::http::operation_type Op>
    typename Op::answer must(const Op& op) {
        return value_of(ask(op));
    }

    /// Sends a request that a pager or encode() made, and reads the answer as that of an Op.
    template <tipring::http::operation_type Op>
    tipring::http::answer<typename Op::answer> read(const tipring::http::request& request) {
        send(request);
        answer_memory_.reset();
        return tipring::decode<Op>(reply_.mutable_view(), answer_memory_);
    }

    template <class T>
    T value_of(const tipring::http::answer<T>& got) const {
        if (const auto* refused = got.refusal()) fail(refused->message);
        if (!got) fail(said(got.error()));
        return *got;
    }

    /// Sends any request; the tour ends when no answer comes.
    reply& send(const tipring::http::request& request, const on_chunk& chunks = {});
    /// As send(), for those who want to see that no answer comes.
    std::optional<transport_error> try_send(const tipring::http::request& request,
                                            const on_chunk& chunks = {});

    /// Ends the tour, naming the last request.
    [[noreturn]] void fail(text why) const;
    void require(bool condition, text why) const {
        if (!condition) fail(why);
    }

    const exchange& last() const { return last_; }
    /// Says what the last request meant.
    void tell(text meaning) const { step(last_, meaning); }
    void count_rows(std::size_t more) { counts_.rows += more; }
    /// Of the server, with the account's credentials.
    const tipring::origin_server& server() const { return server_; }
    /// For requests; empty again.
    tipring::arena& fresh_request_memory() {
        request_memory_.reset();
        return request_memory_;
    }
    std::size_t most_answer_memory() const { return answer_memory_.high_water_mark(); }

private:
    client(std::string origin, tipring::auth::basic_authorization login, tally& counts,
           const options& choices);

    template <tipring::http::operation_type Op>
    tipring::http::request encoded(const Op& op) {
        const auto request = tipring::encode(op, server_, fresh_request_memory());
        if (!request)
            throw failed{join(tipring::http::operation_of<Op>.name, ": ", said(request.error()))};
        return *request;
    }

    std::string origin_;
    tipring::auth::basic_authorization login_;
    tipring::origin_server server_;
    tally& counts_;
    options options_;
    tipring::static_arena<8192> request_memory_;
    std::vector<std::byte> answer_bytes_;
    tipring::arena answer_memory_;
    transport wire_;
    reply reply_;
    exchange last_;
};

} // namespace provision
