// Signs in to CloudLink, calls, finds its token expired, refreshes and calls again, as the session
// says. The token's answer is V01 of tests/vectors/cloudlink/authentication.md.
#include <tipring/auth/session.hpp>
#include <tipring/cloudlink/admin.hpp>
#include <tipring/cloudlink/authentication.hpp>
#include <tipring/cloudlink/platform.hpp>

#include "common/program.hpp"

using namespace tipring;
using program::check;

namespace {

// Tokens may be long; these are what the server's were seen to need.
using device_session = oauth::session_of<1024>;

static_arena<2048> memory;
device_session session;

utc_instant now() { // a device's clock
    return utc_instant{std::chrono::seconds{1'700'000'000}};
}
constexpr std::uint32_t any_number = 4; // its random numbers

/// CloudLink, as far as this program knows it: the first access token is refused.
http::response answer_to(const http::request& request) {
    board::line(http::name(request.method), " ", request.origin, request.target);
    const http::header* const bearer = request.find("Authorization");
    if (bearer != nullptr) {
        if (bearer->value != "Bearer second") return {.status = 401};
        return {.status = 200, .body = R"({"userId":"7","name":"Pat"})"};
    }
    if (request.body == "grant_type=refresh_token&refresh_token=abc.def-ghi_jkl")
        return {.status = 201, .body = R"({"token_type":"Bearer","access_token":"second"})"};
    check(request.body == "grant_type=password&username=pat%40example.com&password=p%26ss&"
                          "account_id=327410625",
          10, "the form is that of the document");
    return {.status = 201,
            .body = R"({"token_type":"bearer","expires_in":4090,)"
                    R"("access_token":"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ==",)"
                    R"("refresh_token":"abc.def-ghi_jkl","scope":"read write"})"};
}

/// Any grant: sends it and tells the session how it ended.
template <class Grant>
void get_tokens(const cloudlink::platform& cloud, std::uint32_t attempt, const Grant& grant) {
    memory.reset();
    const auto request = encode(grant, cloud, memory);
    check(request.has_value(), 11, "the request for tokens is built");
    const auto got = decode<Grant>(answer_to(*request), memory);
    const auto kept = session.tokens_answered(attempt, got, any_number, now());
    check(kept && *kept, 12, "tokens came");
}

} // namespace

int board::main() {
    const auto introduction =
        cloudlink::app_header::make({.name = "door-phone",
                                     .flavor = "firmware",
                                     .version = "1.0",
                                     .os = "none",
                                     .os_version = "1",
                                     .session = "e769f6ec-ceb6-4b98-bab5-2dc0e720426c"});
    check(introduction.has_value(), 13, "who asks");
    cloudlink::platform cloud{.environment = cloudlink::environment::development,
                              .app = introduction->header()};

    const auto start = session.start_sign_in(now());
    check(start.action == oauth::action::sign_in, 14, "sign in first");
    get_tokens(cloud, start.attempt,
               cloudlink::password_grant{.username = "pat@example.com",
                                         .password = secret{"p&ss"},
                                         .account_id = cloudlink::account_id{"327410625"}});

    const cloudlink::view_user who{.user_id = cloudlink::user_id{"me"}};
    oauth::call call;
    unsigned refreshes = 0;
    http::response last;
    auto todo = session.next(call, now());
    while (todo.action != oauth::action::deliver) {
        if (todo.action == oauth::action::send) {
            memory.reset();
            cloud.authorization = session.authorization();
            const auto request = encode(who, cloud, memory);
            check(request.has_value(), 15, "the call is built");
            last = answer_to(*request);
            todo = session.answered(call, last, now());
        } else {
            check(todo.action == oauth::action::refresh, 16, "nothing but a refresh is due");
            ++refreshes;
            get_tokens(cloud, todo.attempt,
                       cloudlink::refresh_token_grant{.refresh_token = session.refresh_token()});
            todo = session.next(call, now());
        }
    }
    memory.reset();
    const auto user = decode<cloudlink::view_user>(last, memory);
    check(user && *user->name == "Pat", 17, "the call is answered");
    check(refreshes == 1, 18, "after one refresh");
    return program::finish("signed in, refreshed, called");
}
