// HMAC with SHA-256 (RFC 2104, RFC 4231), for programs whose TLS library offers none; functions
// that need a code take any function of this shape. Not here: who signs what
// (cloudlink/webhook.hpp).
#pragma once

#include <concepts>
#include <cstddef>

#include <tipring/auth/sha256.hpp>
#include <tipring/core/config.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI::auth {

/// The code of `data` under `key`, which may have any length. What was made of the key is wiped.
constexpr sha256_digest hmac_sha256(secret key, text data) {
    constexpr std::size_t block_size = 64;
    char block[block_size] = {};
    if (key.size() <= block_size) {
        for (std::size_t i = 0; i < key.size(); ++i) block[i] = key.reveal()[i];
    } else {
        sha256_digest short_key = sha256(key.reveal());
        for (std::size_t i = 0; i < short_key.size(); ++i)
            block[i] = static_cast<char>(short_key[i]);
        wipe_array(short_key);
    }
    const auto begin = [&block](sha256_hasher& hasher, unsigned pad) {
        for (const char c : block) {
            const char padded = static_cast<char>(static_cast<unsigned char>(c) ^ pad);
            hasher.put(text{&padded, 1});
        }
    };
    sha256_hasher hasher;
    begin(hasher, 0x36);
    hasher.put(data);
    const sha256_digest inner = hasher.finish();
    begin(hasher, 0x5C);
    for (const unsigned char byte : inner) {
        const char c = static_cast<char>(byte);
        hasher.put(text{&c, 1});
    }
    wipe_array(block);
    return hasher.finish();
}

/// A function that computes HMAC-SHA256 of its second argument under its first, such as
/// hmac_sha256() or a lambda around the function of a TLS library.
template <class Function>
concept hmac_function = requires(Function& code, secret key, text data) {
    { code(key, data) } -> std::convertible_to<sha256_digest>;
};

} // namespace tipring::inline TIPRING_ABI::auth
