// One account at CloudLink: a session, and the loop that does what it says, so that a call survives
// the end of its token. Not here: sending and counting (common/caller.hpp), what is asked for
// (walk_*.cpp).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <tipring/tipring.hpp>

#include "../../common/caller.hpp"
#include "../stand_in.hpp"

namespace tour {

using namespace common;
namespace cloudlink = tipring::cloudlink;
namespace http = tipring::http;
namespace oauth = tipring::oauth;

/// Shared by all accounts: where CloudLink is, and who we are.
struct surroundings {
    std::string origin;
    http::header app;
    tally& counts;
    caller::options choices;
};

/// Not for several threads at once.
class account : public caller {
public:
    account(const surroundings& around, std::string user, std::string password);

    /// Sends the password at most once, and says what the session says. What came back is in
    /// last() and answered().
    oauth::step sign_in();
    /// The tour ends when it does not succeed.
    void must_sign_in();

    /// Sends an operation. All three doors are open: value, refusal, our own error. The tour ends
    /// when the session does not let the call through.
    template <cloudlink::operation_type Op>
    http::answer<typename Op::answer> ask(const Op& op) {
        const auto request = tipring::encode(op, place(), fresh_request_memory());
        if (!request) throw failed{join(http::operation_of<Op>.name, ": ", said(request.error()))};
        return read<Op>(*request);
    }
    template <cloudlink::operation_type Op>
    typename Op::answer must(const Op& op) {
        return value_of(ask(op));
    }
    /// Sends a request that a pager or encode() made, and reads the answer as that of an Op.
    template <http::operation_type Op>
    http::answer<typename Op::answer> read(const http::request& request) {
        if (const oauth::step end = deliver(request); end.action != oauth::action::deliver)
            fail(join("the session gives the call up: ", refused_with_));
        return decoded<Op>();
    }

    /// Sends a request, with new tokens where that is necessary: `deliver`, or why not.
    oauth::step deliver(const http::request& without_token);

    /// CloudLink without the token, which is added when a request is sent: the next try goes with a
    /// newer one, and a pager, too, keeps no token that may be void by then.
    cloudlink::platform place() const { return {.addresses = addresses_, .app = around_.app}; }

    oauth::session& session() { return session_; }
    /// The error of the last request for tokens, `invalid_grant (why)`; empty when it brought some.
    const std::string& refused_with() const { return refused_with_; }

    /// Sends a request for tokens outside of the session; the kind of error, empty for success.
    template <class Grant>
    std::string try_grant(const Grant& grant) {
        return request_tokens(grant, [](const auto& got) {
            return got.refusal() ? std::string{got.refusal()->code} : std::string{};
        });
    }

private:
    /// Gives what `use` makes of the answer, then wipes all that held secrets.
    template <class Grant, class Use>
    auto request_tokens(const Grant& grant, const Use& use) {
        // Not fresh_request_memory(): there the call lies that waits for these tokens.
        char bytes[4096];
        tipring::arena memory{bytes};
        const auto request = tipring::encode(grant, place(), memory);
        if (!request)
            throw failed{join(http::operation_of<Grant>.name, ": ", said(request.error()))};
        send(*request);
        auto outcome = use(decoded<Grant>());
        wipe_answer();
        tipring::wipe(bytes);
        return outcome;
    }
    template <class Grant>
    void get_tokens(std::uint32_t attempt, const Grant& grant);
    void refresh(std::uint32_t attempt);
    /// Without decoding anything.
    void send_with_token(const http::request& without_token);

    const surroundings& around_;
    std::string user_;
    std::string password_;
    std::vector<cloudlink::service_address> addresses_;
    oauth::session session_;
    std::string refused_with_;
};

} // namespace tour
