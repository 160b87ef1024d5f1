// SHA-256 (FIPS 180-4), for programs whose TLS library offers none: small, in constant room, at
// compile time too. Functions that need a digest take any function of this shape. Not here: HMAC,
// signatures.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include <tipring/core/config.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI::auth {

using sha256_digest = std::array<unsigned char, 32>;

/// The digest of bytes that come in pieces: put() any number of times, then finish(). About 110
/// bytes, copyable, so that one beginning serves many endings; its bytes are wiped by finish() and
/// when it is destroyed.
class sha256_hasher {
public:
    constexpr sha256_hasher() = default;
    constexpr sha256_hasher(const sha256_hasher&) = default;
    constexpr sha256_hasher& operator=(const sha256_hasher&) = default;
    constexpr ~sha256_hasher() { clear(); }

    constexpr void put(text bytes) {
        for (const char c : bytes) {
            block_[size_ % sizeof block_] = static_cast<unsigned char>(c);
            if (++size_ % sizeof block_ == 0) compress();
        }
    }
    /// The digest of all that was put; the hasher is then as new.
    constexpr sha256_digest finish() {
        const std::uint64_t bits = size_ * 8;
        std::size_t used = size_ % sizeof block_;
        block_[used++] = 0x80;
        if (used > length_at) {
            while (used < sizeof block_) block_[used++] = 0;
            compress();
            used = 0;
        }
        while (used < length_at) block_[used++] = 0;
        for (std::size_t i = 0; i < 8; ++i)
            block_[length_at + i] = static_cast<unsigned char>(bits >> (56 - 8 * i) & 0xFF);
        compress();
        sha256_digest digest = {};
        for (std::size_t i = 0; i < digest.size(); ++i)
            digest[i] = static_cast<unsigned char>(state_[i / 4] >> (24 - 8 * (i % 4)) & 0xFF);
        clear();
        return digest;
    }

private:
    static constexpr std::size_t length_at = 56;
    static constexpr std::uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    // Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64
    // primes.
    static constexpr std::uint32_t round_constants[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2};

    /// Takes the block into the state (section 6.2.2). The schedule is kept as a window of 16
    /// words, a quarter of the stack.
    constexpr void compress() {
        std::uint32_t window[16] = {};
        for (std::size_t i = 0; i < 16; ++i)
            window[i] = std::uint32_t{block_[4 * i]} << 24 |
                        std::uint32_t{block_[4 * i + 1]} << 16 |
                        std::uint32_t{block_[4 * i + 2]} << 8 | std::uint32_t{block_[4 * i + 3]};
        std::uint32_t v[8] = {};
        for (std::size_t i = 0; i < 8; ++i) v[i] = state_[i];
        for (std::size_t i = 0; i < 64; ++i) {
            std::uint32_t& word = window[i % 16];
            if (i >= 16)
                word += window[(i + 9) % 16] + small_sigma(window[(i + 1) % 16], 7, 18, 3) +
                        small_sigma(window[(i + 14) % 16], 17, 19, 10);
            const std::uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            const std::uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            const std::uint32_t first =
                v[7] + big_sigma(v[4], 6, 11, 25) + choice + round_constants[i] + word;
            const std::uint32_t second = big_sigma(v[0], 2, 13, 22) + majority;
            for (std::size_t k = 7; k > 0; --k) v[k] = v[k - 1];
            v[4] += first;
            v[0] = first + second;
        }
        for (std::size_t i = 0; i < 8; ++i) state_[i] += v[i];
        wipe_array(window);
        wipe_array(v);
    }
    static constexpr std::uint32_t big_sigma(std::uint32_t x, int a, int b, int c) {
        return std::rotr(x, a) ^ std::rotr(x, b) ^ std::rotr(x, c);
    }
    static constexpr std::uint32_t small_sigma(std::uint32_t x, int a, int b, int shift) {
        return std::rotr(x, a) ^ std::rotr(x, b) ^ x >> shift;
    }

    /// What was hashed may be a secret.
    constexpr void clear() {
        wipe_array(block_);
        wipe_array(state_);
        for (std::size_t i = 0; i < 8; ++i) state_[i] = initial[i];
        size_ = 0;
    }
    std::uint64_t size_ = 0;
    std::uint32_t state_[8] = {initial[0], initial[1], initial[2], initial[3],
                               initial[4], initial[5], initial[6], initial[7]};
    unsigned char block_[64] = {};
};

/// The SHA-256 digest of `bytes`.
constexpr sha256_digest sha256(text bytes) {
    sha256_hasher hasher;
    hasher.put(bytes);
    return hasher.finish();
}

/// A function that computes SHA-256 of its argument, such as sha256() or a lambda around the
/// function of a TLS library.
template <class Function>
concept sha256_function = requires(Function& digest, text bytes) {
    { digest(bytes) } -> std::convertible_to<sha256_digest>;
};

} // namespace tipring::inline TIPRING_ABI::auth
