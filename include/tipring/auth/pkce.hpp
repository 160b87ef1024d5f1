// Proof Key for Code Exchange (RFC 7636) by the method S256: the secret verifier that a client
// keeps and the challenge that it shows first, and a server's check. Not here: the requests that
// carry them (oauth2.hpp), random numbers.
#pragma once

#include <cstddef>

#include <tipring/auth/base64.hpp>
#include <tipring/auth/sha256.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/url.hpp>

namespace tipring::inline TIPRING_ABI::oauth {

/// The one method of turning a verifier into a challenge that is offered here. `plain` protects
/// from nothing (RFC 9700 section 2.1.1).
inline constexpr text code_challenge_method = "S256";

/// Whether `verifier` is 43 to 128 unreserved characters (RFC 7636 section 4.1):
/// errc::bad_parameter with the offset of the first that is none, or without one for the length.
constexpr result<void> check_code_verifier(secret verifier) {
    if (verifier.size() < 43 || verifier.size() > 128)
        return about(errc::bad_parameter, "code_verifier");
    for (std::size_t at = 0; at < verifier.size(); ++at)
        if (!http::is_unreserved(verifier.reveal()[at]))
            return about(errc::bad_parameter, "code_verifier", at);
    return {};
}

/// A verifier and its challenge, one pair for each sign-in. Its bytes are its own and are wiped
/// when it is destroyed; copy it to keep it while the user is away in the browser.
class pkce {
public:
    using owns_its_bytes = void;

    /// Makes the verifier from 32 to 96 bytes that nobody can guess, drawn by the caller from the
    /// system's source of random numbers. Another number of bytes is errc::bad_parameter. `digest`
    /// computes SHA-256.
    template <auth::sha256_function Digest = auth::sha256_digest (*)(text)>
    static constexpr result<pkce> make(text random_bytes, Digest digest = &auth::sha256) {
        if (random_bytes.size() < 32 || random_bytes.size() > 96)
            return about(errc::bad_parameter, "random_bytes");
        pkce made;
        writer out{made.verifier_};
        auth::put_base64url(random_bytes, out);
        made.size_ = out.size();
        made.put_challenge(digest);
        return made;
    }
    /// Takes a verifier that was made before. Errors as check_code_verifier().
    template <auth::sha256_function Digest = auth::sha256_digest (*)(text)>
    static constexpr result<pkce> from_verifier(secret verifier, Digest digest = &auth::sha256) {
        if (const result<void> good = check_code_verifier(verifier); !good) return good.error();
        pkce made;
        writer out{made.verifier_};
        out.put(verifier.reveal());
        made.size_ = out.size();
        made.put_challenge(digest);
        return made;
    }

    constexpr pkce(const pkce&) = default;
    constexpr pkce& operator=(const pkce&) = default;
    constexpr ~pkce() { wipe_array(verifier_); }

    /// For the token request. Views this object.
    constexpr secret verifier() const& TIPRING_LIFETIMEBOUND {
        return secret{text{verifier_, size_}};
    }
    secret verifier() const&& = delete;
    /// For the authorization request: 43 characters of base64url. Views this object.
    constexpr text challenge() const& TIPRING_LIFETIMEBOUND {
        return {challenge_, sizeof challenge_};
    }
    text challenge() const&& = delete;

private:
    using sha256_digest = auth::sha256_digest;

    constexpr pkce() = default;

    template <class Digest>
    constexpr void put_challenge(Digest& digest) {
        const sha256_digest bytes = digest(text{verifier_, size_});
        char characters[sha256_digest{}.size()] = {};
        for (std::size_t i = 0; i < bytes.size(); ++i) characters[i] = static_cast<char>(bytes[i]);
        writer out{challenge_};
        auth::put_base64url(text{characters, sizeof characters}, out);
    }

    std::size_t size_ = 0;
    char verifier_[128] = {};
    char challenge_[auth::base64url_size(sha256_digest{}.size())] = {};
};

/// For servers: whether `verifier` belongs to the `challenge` of the authorization request (RFC
/// 7636 section 4.6), compared in constant time. False also for a verifier that
/// check_code_verifier() refuses.
template <auth::sha256_function Digest = auth::sha256_digest (*)(text)>
constexpr bool verifies(secret verifier, text challenge, Digest digest = &auth::sha256) {
    const result<pkce> made = pkce::from_verifier(verifier, digest);
    return made && equal_in_constant_time((*made).challenge(), challenge);
}

} // namespace tipring::inline TIPRING_ABI::oauth
