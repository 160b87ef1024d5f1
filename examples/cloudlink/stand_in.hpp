// What both sides of the demo know of each other: where the stand-in has CloudLink's services, and
// what it offers besides, which no CloudLink has. Not here: the stand-in itself (stand_in/).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/cloudlink.hpp>

namespace stand_in {

namespace cloudlink = tipring::cloudlink;
namespace http = tipring::http;

/// All services are at one origin, where CloudLink has a host for each: what stands before their
/// paths tells them apart, `/admin/2017-09-01/users`.
struct place {
    cloudlink::service service;
    tipring::text prefix;
};
inline constexpr place places[] = {{cloudlink::service::authentication, "/authentication"},
                                   {cloudlink::service::admin, "/admin"},
                                   {cloudlink::service::chat, "/chat"},
                                   {cloudlink::service::notifications, "/notifications"}};

/// Which header Mitel signs webhooks in is documented nowhere. The stand-in has this one.
inline constexpr tipring::text signature_header = "x-webhook-signature";

inline constexpr http::api api{.name = "stand-in"};

/// For tests: every access token is past its time from now on. Refresh tokens are not.
struct expire_tokens {
    using answer = http::done;
};
TIPRING_DESCRIBE(expire_tokens);
TIPRING_OPERATION(expire_tokens, .method = http::method::post, .path = "/stand-in/expire",
                  .api = &api, .success = 204, .doc = "Ends all access tokens.");

/// What has happened so far.
struct state {
    tipring::field<std::int64_t> sign_ins{};
    tipring::field<std::int64_t> refused_sign_ins{};
    tipring::field<std::int64_t> refreshes{};
    tipring::field<std::int64_t> refused_refreshes{};
    tipring::field<std::int64_t> locked_accounts{};
    tipring::field<std::int64_t> refused_tokens{};
    tipring::field<std::int64_t> conversations{};
    tipring::field<std::int64_t> messages{};
    tipring::field<std::int64_t> subscriptions{};
    tipring::field<std::int64_t> webhooks_taken{};
    tipring::field<std::int64_t> webhooks_lost{};
};
TIPRING_DESCRIBE(state, TIPRING_MEMBER(sign_ins, "tokens given for a password"),
                 TIPRING_MEMBER(refused_sign_ins, "passwords refused"),
                 TIPRING_MEMBER(refreshes, "tokens given for a refresh token"),
                 TIPRING_MEMBER(refused_refreshes, "refresh tokens refused"),
                 TIPRING_MEMBER(locked_accounts, "accounts that cannot sign in any more"),
                 TIPRING_MEMBER(refused_tokens, "calls answered 401"),
                 TIPRING_MEMBER(conversations, "conversations"),
                 TIPRING_MEMBER(messages, "messages in them"),
                 TIPRING_MEMBER(subscriptions, "subscriptions"),
                 TIPRING_MEMBER(webhooks_taken, "webhooks answered 2xx"),
                 TIPRING_MEMBER(webhooks_lost, "webhooks answered otherwise, or not at all"));

struct view_state {
    using answer = state;
};
TIPRING_DESCRIBE(view_state);
TIPRING_OPERATION(view_state, .path = "/stand-in/state.json", .api = &api,
                  .doc = "Says what has happened so far.");

using own_operations = http::operation_list<expire_tokens, view_state>;

} // namespace stand_in
