// What a token says about who holds it: asked of the server, or peeked at in the token itself (fact
// sheet B.1 AU-5, C.2). Not here: tokens as they are sent (auth/), where they come from
// (token.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tipring/auth/base64.hpp>
#include <tipring/auth/oauth2.hpp>
#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/role.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Who a token belongs to (fact sheet C.2). The server answers all values as text, also bools and
/// numbers; in a JWT they are typed. Both are read (quirks ).
struct claims {
    field<text> principal_id{};
    field<cloudlink::user_id> user_id{};
    field<text> unique_user_id{};
    field<cloudlink::account_id> account_id{};
    field<cloudlink::partner_id> partner_id{};
    field<open<cloudlink::role>> role{};
    field<text> name{};
    field<text> email{};
    field<text> login_id{};
    field<text> language_code{};
    field<text> domain{};
    field<text> sip_address{};
    field<cloudlink::site_id> site_id{};
    field<text> extension{};
    field<text> phone{};
    field<text> mobile{};
    field<bool> email_verified{};
    field<bool> extension_verified{};
    field<bool> mobile_verified{};
    field<bool> phone_verified{};
    field<text> photo_url{};
    field<text> profile_header_url{};
    field<text> iss{};
    field<text> aud{};
    field<std::int64_t> iat{};
    field<std::int64_t> exp{};
    field<std::int64_t> integration_latency{};
};
TIPRING_DESCRIBE(
    claims,
    TIPRING_MEMBER(principal_id, "who holds the token; of a user the same as userId")
        .named("principalId")
        .lenient(),
    TIPRING_MEMBER(user_id, "the user").named("userId").lenient(),
    TIPRING_MEMBER(unique_user_id, "of a user the same as userId").named("uniqueUserId").lenient(),
    TIPRING_MEMBER(account_id, "the user's account").named("accountId").lenient(),
    TIPRING_MEMBER(partner_id, "the account's partner, 9 digits").named("partnerId").lenient(),
    TIPRING_MEMBER(role, "what the user may do"), TIPRING_MEMBER(name, "the user's name"),
    TIPRING_MEMBER(email, "the user's e-mail address"),
    TIPRING_MEMBER(login_id, "what the user signed in with").named("loginId").nullable(),
    TIPRING_MEMBER(language_code, "such as en-US").named("languageCode"),
    TIPRING_MEMBER(domain, "of the account, such as uuid.us.dev.api.mitel.io; may be empty")
        .nullable(),
    TIPRING_MEMBER(sip_address, "userId@domain; may be empty").named("sipAddress").nullable(),
    TIPRING_MEMBER(site_id, "the user's site; may be empty").named("siteId").nullable().lenient(),
    TIPRING_MEMBER(extension, "may be empty").nullable(),
    TIPRING_MEMBER(phone, "in E.164; may be empty").nullable(),
    TIPRING_MEMBER(mobile, "in E.164; may be empty").nullable(),
    TIPRING_MEMBER(email_verified, "whether the user has confirmed it")
        .named("emailVerified")
        .lenient(),
    TIPRING_MEMBER(extension_verified, "whether the extension was confirmed")
        .named("extensionVerified")
        .nullable()
        .lenient(),
    TIPRING_MEMBER(mobile_verified, "whether the number was confirmed")
        .named("mobileVerified")
        .lenient(),
    TIPRING_MEMBER(phone_verified, "whether the number was confirmed")
        .named("phoneVerified")
        .lenient(),
    TIPRING_MEMBER(photo_url, "may be empty").named("photoUrl").nullable(),
    TIPRING_MEMBER(profile_header_url, "may be empty").named("profileHeaderUrl").nullable(),
    TIPRING_MEMBER(iss, "who issued the token, and the source of the identity behind a slash"),
    TIPRING_MEMBER(aud, "whom the token is for").nullable(),
    TIPRING_MEMBER(iat, "when it was issued, in seconds since 1970").lenient(),
    TIPRING_MEMBER(exp, "when it ends, in seconds since 1970; see lifetime()").lenient(),
    TIPRING_MEMBER(integration_latency, "of the server's own gateway")
        .named("integrationLatency")
        .lenient());

/// How long the token is good for from its issue, or nothing when it does not say both times. Never
/// below 0 and at most a hundred years, like oauth::lifetime() (quirk Q-17).
constexpr std::optional<std::chrono::seconds> lifetime(const claims& of) {
    if (!of.iat || !of.exp) return std::nullopt;
    const std::int64_t from = *of.iat;
    const std::int64_t to = *of.exp;
    std::int64_t seconds = 0;
    if (to > from) {
        const std::uint64_t whole =
            static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
        seconds = whole > std::uint64_t{INT64_MAX} ? INT64_MAX : static_cast<std::int64_t>(whole);
    }
    return oauth::lifetime({.expires_in = seconds});
}

/// AU-5; in Mitel's sample code (R1, R4, R7, R9). Who the bearer is.
struct view_claims {
    using answer = claims;
};
TIPRING_DESCRIBE(view_claims);
TIPRING_OPERATION(view_claims, .path = "/token", .api = &api_of(service::authentication),
                  .evidence = http::evidence::official, .source = "R1, R4, R7, R9",
                  .doc = "Says who the bearer is.");

namespace detail {

/// The bytes of a Base64 text in `memory`: in the alphabet for URLs padded or not, else padded.
inline result<std::span<char>> decode_any_base64(text coded, arena& memory) {
    const std::size_t room = coded.size() / 4 * 3 + 3;
    auto* const bytes = static_cast<char*>(memory.allocate(room, 1));
    if (bytes == nullptr) return error{.code = errc::capacity, .needed = memory.needed()};
    const bool is_standard = coded.find_first_of("+/") != text::npos;
    text digits = coded;
    if (!is_standard)
        for (int i = 0; i < 2 && digits.ends_with('='); ++i) digits.remove_suffix(1);
    const auto size =
        is_standard ? auth::decode_base64(digits, bytes) : auth::decode_base64url(digits, bytes);
    if (!size) {
        wipe({bytes, room});
        return size.error();
    }
    return std::span<char>{bytes, *size};
}

} // namespace detail

/// What an access token says about itself, NOT VERIFIED: no signature is checked, and nobody but
/// the server can check it, so decide nothing by it that matters; view_claims asks the server.
/// Tokens are opaque (quirk Q-34); today's are JWTs, whose middle part is read, those before were
/// Base64 of a JSON object, padded where it has `+` or `/`. For logs, or to show who is signed in.
///
/// The claims view `memory`, where what the token holds lies in clear text: wipe() it. errc::
/// bad_parameter for a text of two or more than three parts, invalid_base64, what json::decode()
/// refuses, capacity; `memory` is then as it was.
inline result<claims> peek_unverified(secret token, arena& memory TIPRING_LIFETIMEBOUND) {
    text payload = token.reveal();
    const std::size_t first = payload.find('.');
    if (first != text::npos) {
        const std::size_t second = payload.find('.', first + 1);
        if (second == text::npos || payload.find('.', second + 1) != text::npos)
            return error{.code = errc::bad_parameter,
                         .offset = second == text::npos ? payload.size() : second};
        payload = slice(payload, first + 1, second - first - 1);
    }
    const arena::mark before = memory.position();
    const auto written = detail::decode_any_base64(payload, memory);
    if (!written) {
        memory.rewind(before);
        return written.error();
    }
    const auto got = json::decode_in_place<claims>(*written, memory);
    if (!got) {
        wipe(*written);
        memory.rewind(before);
    }
    return got;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
