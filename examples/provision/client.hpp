// A client in a few lines: one account at one server; encodes an operation, sends it, decodes what
// comes back. Not here: sending and counting (common/caller.hpp), what is asked for (walk_*.cpp).
#pragma once

#include <string>

#include <tipring/tipring.hpp>

#include "../common/caller.hpp"

namespace provision {

using namespace common;

/// What it answers lives until it is asked again: copy what you want to keep.
class client : public caller {
public:
    client(std::string origin, text user, tipring::secret password, tally& counts,
           const options& choices);
    /// Without an account.
    client(std::string origin, tally& counts, const options& choices);

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
        return decoded<Op>();
    }

    /// With the account's credentials.
    const tipring::origin_server& server() const { return server_; }

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
};

} // namespace provision
