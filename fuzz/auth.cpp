// What keys and secrets are made of: SHA-256 and HMAC are those of FIPS 180-4 and RFC 2104, written
// down here plainly; a webhook is taken for genuine exactly when its signature is right; PKCE,
// UUIDs and the authorization URL read back as they were made, and a redirect with another state is
// refused; what a token says about itself is read or refused and leaves no memory in use. Input: a
// choice, then lines.
#include <tipring/auth/authorize.hpp>
#include <tipring/auth/hmac.hpp>
#include <tipring/auth/pkce.hpp>
#include <tipring/auth/sha256.hpp>
#include <tipring/cloudlink/claims.hpp>
#include <tipring/cloudlink/webhook.hpp>
#include <tipring/core/uuid.hpp>

#include "target.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tipring;

/// The first 32 bits of the fractional part of a root of the n-th prime, as FIPS 180-4 defines its
/// constants.
std::uint32_t root_bits(unsigned n, bool is_cube) {
    unsigned prime = 1;
    for (unsigned found = 0; found <= n;) {
        ++prime;
        bool divides = false;
        for (unsigned i = 2; i * i <= prime; ++i) divides = divides || prime % i == 0;
        if (!divides) ++found;
    }
    const long double root = is_cube ? std::cbrt(static_cast<long double>(prime))
                                     : std::sqrt(static_cast<long double>(prime));
    return static_cast<std::uint32_t>(std::ldexp(root - std::floor(root), 32));
}

/// FIPS 180-4 section 6.2, on the whole padded message.
std::string plain_sha256(std::string message) {
    static const auto constants = [] {
        std::array<std::uint32_t, 72> made = {};
        for (unsigned i = 0; i < 64; ++i) made[i] = root_bits(i, true);
        for (unsigned i = 0; i < 8; ++i) made[64 + i] = root_bits(i, false);
        return made;
    }();
    const std::uint64_t bits = message.size() * 8;
    message += '\x80';
    while (message.size() % 64 != 56) message += '\0';
    for (int shift = 56; shift >= 0; shift -= 8) message += static_cast<char>(bits >> shift & 0xFF);
    std::uint32_t h[8];
    for (unsigned i = 0; i < 8; ++i) h[i] = constants[64 + i];
    for (std::size_t block = 0; block < message.size(); block += 64) {
        std::uint32_t w[64];
        for (std::size_t t = 0; t < 16; ++t) {
            w[t] = 0;
            for (std::size_t i = 0; i < 4; ++i)
                w[t] = w[t] << 8 | static_cast<unsigned char>(message[block + t * 4 + i]);
        }
        for (std::size_t t = 16; t < 64; ++t)
            w[t] = (std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ w[t - 2] >> 10) + w[t - 7] +
                   (std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ w[t - 15] >> 3) +
                   w[t - 16];
        std::uint32_t v[8];
        std::memcpy(v, h, sizeof v);
        for (std::size_t t = 0; t < 64; ++t) {
            const std::uint32_t one =
                v[7] + (std::rotr(v[4], 6) ^ std::rotr(v[4], 11) ^ std::rotr(v[4], 25)) +
                ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[t] + w[t];
            const std::uint32_t two =
                (std::rotr(v[0], 2) ^ std::rotr(v[0], 13) ^ std::rotr(v[0], 22)) +
                ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            for (std::size_t i = 7; i > 0; --i) v[i] = v[i - 1];
            v[4] += one;
            v[0] = one + two;
        }
        for (std::size_t i = 0; i < 8; ++i) h[i] += v[i];
    }
    std::string digest;
    for (const std::uint32_t word : h)
        for (int shift = 24; shift >= 0; shift -= 8)
            digest += static_cast<char>(word >> shift & 0xFF);
    return digest;
}

std::string plain_hmac(std::string key, const std::string& data) {
    if (key.size() > 64) key = plain_sha256(key);
    key.resize(64, '\0');
    std::string inner;
    std::string outer;
    for (const char c : key) {
        inner += static_cast<char>(c ^ 0x36);
        outer += static_cast<char>(c ^ 0x5C);
    }
    return plain_sha256(outer + plain_sha256(inner + data));
}

std::string text_of(const auth::sha256_digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hexadecimal(std::string_view bytes) {
    std::string made;
    for (const char c : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        made += digits[static_cast<unsigned char>(c) >> 4];
        made += digits[static_cast<unsigned char>(c) & 15];
    }
    return made;
}

void check_digests(text key, text data) {
    fuzz::require(text_of(auth::sha256(data)) == plain_sha256(std::string{data}), "another SHA-256",
                  data);
    auth::sha256_hasher pieces;
    pieces.put(slice(data, 0, data.size() / 3));
    pieces.put(slice(data, data.size() / 3));
    fuzz::require(pieces.finish() == auth::sha256(data), "another SHA-256 in pieces", data);
    fuzz::require(text_of(auth::hmac_sha256(secret{key}, data)) ==
                      plain_hmac(std::string{key}, std::string{data}),
                  "another HMAC", data);
}

void check_webhook(text key, text body, text given) {
    using namespace tipring::cloudlink;
    const std::string right = hexadecimal(plain_hmac(std::string{key}, std::string{body}));
    const auto judge = [&](text signature, secret by) {
        const http::header headers[] = {{.name = "X-Signature", .value = signature}};
        return is_signed_webhook({.headers = headers, .body = body}, "x-signature", by);
    };
    std::string upper = right;
    for (char& c : upper)
        if (c >= 'a') c = static_cast<char>(c - 32);
    fuzz::require(judge(right, secret{key}) == !key.empty() &&
                      judge(" " + upper + "\t", secret{key}) == !key.empty(),
                  "a genuine webhook is refused, or one without a key is taken", body);
    fuzz::require(!judge(given, secret{key}) ||
                      (given.find_first_not_of(" \t") != text::npos && trimmed(given).size() == 64),
                  "another signature is taken", given);
    std::string wrong = right;
    const std::size_t at = body.size() % wrong.size();
    wrong[at] = wrong[at] == '0' ? '1' : '0';
    fuzz::require(!judge(wrong, secret{key}) && !judge(right.substr(1), secret{key}) &&
                      !judge(right + "0", secret{key}) && !judge("", secret{key}),
                  "a wrong signature is taken", body);
    const std::string other = std::string{key} + "x";
    fuzz::require(!judge(right, secret{other}), "another key is taken", body);
    const http::header named[] = {{.name = "x-app", .value = given}};
    fuzz::require(is_identified_webhook({.headers = named}, "x-app", secret{key}) ==
                      (!key.empty() && trimmed(given) == key),
                  "an application id is judged wrongly", given);
}

void check_pkce(text bytes, text verifier) {
    constexpr std::string_view unreserved = "-._~0123456789abcdefghijklmnopqrstuvwxyz"
                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const bool is_good = verifier.size() >= 43 && verifier.size() <= 128 &&
                         verifier.find_first_not_of(unreserved) == text::npos;
    const auto given = oauth::pkce::from_verifier(secret{verifier});
    fuzz::require(given.has_value() == is_good, "a verifier is judged wrongly", verifier);
    if (!given && given.error().offset != error::no_offset)
        fuzz::require(unreserved.find(verifier[given.error().offset]) == unreserved.npos,
                      "another offset", verifier);
    const auto drawn = oauth::pkce::make(bytes);
    fuzz::require(drawn.has_value() == (bytes.size() >= 32 && bytes.size() <= 96),
                  "bytes are judged wrongly", bytes);
    for (const auto* made : {&given, &drawn}) {
        if (!*made) continue;
        const oauth::pkce& pair = **made;
        const std::string own{pair.verifier().reveal()};
        fuzz::require(oauth::check_code_verifier(secret{own}).has_value(), "no verifier", own);
        char digest[40];
        const auto size = auth::decode_base64url(pair.challenge(), digest);
        fuzz::require(pair.challenge().size() == 43 && size &&
                          text{digest, *size} == plain_sha256(own),
                      "another challenge", own);
        fuzz::require(oauth::verifies(secret{own}, pair.challenge()), "it does not verify", own);
        std::string other = own;
        other[0] = other[0] == 'a' ? 'b' : 'a';
        fuzz::require(!oauth::verifies(secret{other}, pair.challenge()) &&
                          !oauth::verifies(secret{own}, slice(pair.challenge(), 1)),
                      "another verifier verifies", own);
    }
    if (const auto uuid = random_uuid::make(slice(bytes, 0, 16))) {
        fuzz::require(is_uuid(uuid->view()) && uuid->view()[14] == '4' &&
                          text{"89ab"}.find(uuid->view()[19]) != text::npos,
                      "no UUID of version 4", bytes);
    }
}

void check_redirect(text client, text state, text target, unsigned small) {
    static std::vector<std::byte> bytes(std::size_t{1} << 14);
    arena memory{std::span<std::byte>{bytes}};
    const oauth::authorization_request request{
        .client_id = client, .scope = "a b", .state = secret{state}};
    const auto url = oauth::authorization_url("https://a.example/auth?x=1", request, memory);
    const bool is_good = is_utf8(client) && is_utf8(state) && !client.empty() && !state.empty();
    fuzz::require(url.has_value() == is_good, "a request is judged wrongly", client);
    if (url) {
        fuzz::require(http::parse_url(*url).has_value(), "no URL", client);
        const auto back = http::decode_form<oauth::authorization_request>(
            slice(*url, url->find('?') + 1), memory);
        fuzz::require(back && back->client_id == client && back->state.reveal() == state &&
                          *back->scope == "a b",
                      "another request", *url);
        // The escape in the name takes memory, which a refusal gives back.
        const std::string doubled = std::string{slice(*url, url->find('?') + 1)} + "&%73cope=c";
        const std::size_t before = memory.used();
        const auto refused = http::decode_form<oauth::authorization_request>(doubled, memory);
        fuzz::require(refused.code() == errc::duplicate_parameter && memory.used() == before,
                      "a doubled parameter is taken, or its memory stays in use", doubled);
    }
    memory.reset();
    const auto got = oauth::read_redirect(target, secret{state}, memory);
    fuzz::require(got || memory.used() == 0, "memory is in use after an error", target);
    if (got)
        fuzz::require(!state.empty() && (*got->state).reveal() == state &&
                          got->code.has_value() != got->error.has_value(),
                      "a redirect with another state, or without an outcome", target);
    const std::unique_ptr<std::byte[]> few{new std::byte[small + 1]};
    arena little{std::span{few.get(), small}};
    const auto less = oauth::read_redirect(target, secret{state}, little);
    fuzz::require(less.code() == got.code() || less.code() == errc::capacity,
                  "memory changes more than capacity", target);
    fuzz::require(less || little.used() == 0, "little memory is in use after an error", target);
}

void check_claims(text token, unsigned small) {
    static std::vector<std::byte> bytes(std::size_t{1} << 14);
    arena memory{std::span<std::byte>{bytes}};
    const auto got = cloudlink::peek_unverified(secret{token}, memory);
    fuzz::require(got || memory.used() == 0, "memory is in use after an error", token);
    if (got) static_cast<void>(cloudlink::lifetime(*got));
    const std::unique_ptr<std::byte[]> few{new std::byte[small + 1]};
    arena little{std::span{few.get(), small}};
    const auto less = cloudlink::peek_unverified(secret{token}, little);
    fuzz::require(less.code() == got.code() || less.code() == errc::capacity,
                  "memory changes more than capacity", token);
    fuzz::require(less || little.used() == 0, "little memory is in use after an error", token);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned which = input.choice(5);
    const unsigned small = input.choice(256);
    const std::string first{input.line()};
    const text second = fuzz::before_end_of_memory(which < 3 ? input.line() : input.rest());
    switch (which) {
    case 0: check_digests(first, second); break;
    case 1: check_webhook(first, second, input.rest()); break;
    case 2: check_pkce(input.rest(), second); break;
    case 3: {
        const std::size_t mark = first.find(' ');
        const text words = first;
        check_redirect(slice(words, 0, mark), mark == text::npos ? text{} : slice(words, mark + 1),
                       second, small);
        break;
    }
    default: check_claims(second, small);
    }
    return 0;
}
