// Whether a webhook is genuine (fact sheet C.8). Which header says so is documented nowhere, so the
// caller names it: look at the first one that arrives. Not here: what is in it (publication.hpp).
#pragma once

#include <cstddef>

#include <tipring/auth/hmac.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// The signature of a webhook: HMAC-SHA256 of its body under the subscription's application id, as
/// 64 hexadecimal digits in lower case (T1).
class webhook_signature {
public:
    using owns_its_bytes = void;

    /// `key` is the application id; `code` computes HMAC-SHA256, such as the function of a TLS
    /// library.
    template <auth::hmac_function Code = auth::sha256_digest (*)(secret, text)>
    constexpr webhook_signature(text body, secret key, Code code = &auth::hmac_sha256) {
        constexpr text digits = "0123456789abcdef";
        const auth::sha256_digest bytes = code(key, body);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            digits_[2 * i] = digits[bytes[i] >> 4];
            digits_[2 * i + 1] = digits[bytes[i] & 15];
        }
    }
    /// Views this object.
    constexpr text value() const& TIPRING_LIFETIMEBOUND { return {digits_, sizeof digits_}; }
    text value() const&& = delete;

private:
    char digits_[2 * auth::sha256_digest{}.size()] = {};
};

/// Whether the header `header_name` has the signature of the body, compared in constant time;
/// digits in any case, blanks around them. `key` is the application id. False
/// without the header and for an empty key, under which anybody can sign.
///
///     is_signed_webhook(request, "x-signature", application_id)
template <auth::hmac_function Code = auth::sha256_digest (*)(secret, text)>
constexpr bool is_signed_webhook(const http::request& received, text header_name, secret key,
                                 Code code = &auth::hmac_sha256) {
    const http::header* const found = received.find(header_name);
    if (found == nullptr || key.empty()) return false;
    const webhook_signature expected{received.body, key, code};
    const text given = trimmed(found->value);
    char lower[2 * auth::sha256_digest{}.size()] = {};
    if (given.size() != sizeof lower) return false;
    for (std::size_t i = 0; i < sizeof lower; ++i) lower[i] = to_lower(given[i]);
    return equal_in_constant_time(expected.value(), text{lower, sizeof lower});
}

/// Whether the header `header_name` is the application id itself (F4: staff say that a header has
/// it), compared in constant time. False without the header and for an empty id.
constexpr bool is_identified_webhook(const http::request& received, text header_name, secret key) {
    const http::header* const found = received.find(header_name);
    if (found == nullptr || key.empty()) return false;
    return equal_in_constant_time(key.reveal(), trimmed(found->value));
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
