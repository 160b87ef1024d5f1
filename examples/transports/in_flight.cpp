// in_flight: twenty calls at once over libcurl's multi interface, one session for all of them.
// Their tokens have ended, so each is answered 401; one refresh serves them all. For
// examples/cloudlink's stand-in, which can end tokens.
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include <curl/curl.h>

#include <tipring/auth/session.hpp>
#include <tipring/cloudlink/admin_user.hpp>
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/cloudlink/token.hpp>
#include <tipring/http/answer.hpp>

#include "../cloudlink/stand_in.hpp"
#include "curl_multi.hpp"

namespace {

namespace cloudlink = tipring::cloudlink;
namespace http = tipring::http;
namespace oauth = tipring::oauth;

constexpr std::size_t calls_at_once = 20;

tipring::utc_instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

[[noreturn]] void fail(const std::string& why) {
    throw std::runtime_error{why};
}

/// One request and all that it views, until its answer has come.
struct flight {
    tipring::static_arena<8192> request_memory;
    tipring::static_arena<16384> answer_memory;
    http::request request;
    std::vector<http::header> headers;
    common::reply reply;
    oauth::call call;
};

class office {
public:
    explicit office(std::string origin) : origin_{std::move(origin)} {
        for (const auto& each : stand_in::places)
            addresses_.push_back(
                {.service = each.service, .origin = origin_, .prefix = each.prefix});
    }

    void sign_in() {
        const oauth::step todo = session_.start_sign_in(now());
        if (todo.action != oauth::action::sign_in) fail("the session does not sign in");
        get_tokens(todo.attempt, cloudlink::password_grant{.username = "anna@example.com",
                                                           .password = tipring::secret{"secret"}});
        wires_.run();
        if (!session_.is_signed_in()) fail("no tokens");
    }

    /// All of them at once.
    void ask_many() {
        std::vector<flight> all(calls_at_once);
        for (flight& each : all) {
            const auto request =
                tipring::encode(cloudlink::view_user{.user_id = cloudlink::user_id{"me"}}, place(),
                                each.request_memory);
            if (!request) fail("the request");
            each.request = *request;
            follow(each, session_.next(each.call, now()));
        }
        wires_.run();
        if (answered_ != calls_at_once)
            fail("only " + std::to_string(answered_) + " calls were answered");
    }

    template <class Op>
    typename Op::answer must(const Op& op) {
        own_.request_memory.reset();
        const auto request =
            tipring::encode(op, tipring::origin_server{.origin = origin_}, own_.request_memory);
        if (!request) fail("the request");
        wires_.start(*request, own_.reply, [](const auto& lost) {
            if (lost) fail(lost->what);
        });
        wires_.run();
        own_.answer_memory.reset();
        const auto got = http::decode<Op>(own_.reply.view(), own_.answer_memory);
        if (!got) fail("status " + std::to_string(own_.reply.status));
        return *got;
    }

private:
    cloudlink::platform place() const { return {.addresses = addresses_, .app = app_.header()}; }

    /// Does for a call what the session says, and comes back with every answer.
    void follow(flight& of, const oauth::step& todo) {
        switch (todo.action) {
        case oauth::action::send: return send(of);
        case oauth::action::refresh:
            waiting_.push_back(&of);
            return get_tokens(todo.attempt, cloudlink::refresh_token_grant{
                                                .refresh_token = session_.refresh_token()});
        case oauth::action::wait_for_token: return waiting_.push_back(&of);
        case oauth::action::deliver: return deliver(of);
        default: fail("the session gives a call up");
        }
    }

    void send(flight& of) {
        of.headers.assign(of.request.headers.begin(), of.request.headers.end());
        of.headers.push_back(session_.authorization());
        http::request with_token = of.request;
        with_token.headers = of.headers;
        wires_.start(with_token, of.reply, [this, &of](const auto& lost) {
            if (lost) fail(lost->what);
            follow(of, session_.answered(of.call, of.reply.view(), now()));
        });
    }

    void deliver(flight& of) {
        const auto got = http::decode<cloudlink::view_user>(of.reply.view(), of.answer_memory);
        if (!got || *got->email != "anna@example.com")
            fail("not the user who asked: status " + std::to_string(of.reply.status));
        ++answered_;
    }

    /// Then wakes all that wait.
    template <class Grant>
    void get_tokens(std::uint32_t attempt, const Grant& grant) {
        own_.request_memory.reset();
        const auto request = tipring::encode(grant, place(), own_.request_memory);
        if (!request) fail("the request for tokens");
        wires_.start(*request, own_.reply, [this, attempt](const auto& lost) {
            own_.answer_memory.reset();
            if (lost)
                session_.tokens_failed(attempt, oauth::token_failure::lost(0), now());
            else if (!session_.tokens_answered(
                         attempt, http::decode<Grant>(own_.reply.view(), own_.answer_memory), 0,
                         now()))
                fail("tokens that cannot be read");
            for (flight* const each : std::exchange(waiting_, {}))
                follow(*each, session_.next(each->call, now()));
        });
    }

    std::string origin_;
    std::vector<cloudlink::service_address> addresses_;
    cloudlink::app_header app_ =
        *cloudlink::app_header::make({.name = "tipring-in-flight",
                                      .flavor = "cli",
                                      .version = "1.0",
                                      .os = "any",
                                      .os_version = "1",
                                      .session = "0b0e8b5c-4a9c-4d0c-9b7e-6a2f1f1f9a01"});
    transports::curl_multi wires_{{}};
    oauth::session session_;
    flight own_;
    std::vector<flight*> waiting_;
    std::size_t answered_ = 0;
};

void run(const char* origin) {
    office work{origin};
    work.sign_in();
    work.must(stand_in::expire_tokens{});
    const auto before = work.must(stand_in::view_state{});
    work.ask_many();
    const auto after = work.must(stand_in::view_state{});
    const auto refreshes = *after.refreshes - *before.refreshes;
    const auto refusals = *after.refused_tokens - *before.refused_tokens;
    if (refreshes != 1) fail(std::to_string(refreshes) + " refreshes, not one");
    if (refusals < 2) fail("the calls were not under way together");
    std::printf("in_flight: ok (%zu calls, %d answered 401 at first, 1 refresh)\n", calls_at_once,
                static_cast<int>(refusals));
}

} // namespace

int main(int count, char** words) {
    if (count != 2) return std::fputs("usage: in_flight http://127.0.0.1:PORT\n", stderr), 2;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    try {
        run(words[1]);
        return 0;
    } catch (const std::exception& error) {
        std::printf("in_flight: FAILED (%s)\n", error.what());
        return 1;
    }
}
