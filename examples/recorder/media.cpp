#include "media.hpp"

#include <array>
#include <cmath>
#include <random>

#include <tipring/auth/base64.hpp>

namespace recorder {

namespace {

constexpr std::size_t header_size = 44;
constexpr std::uint32_t samples_per_second = 8000;

/// FNV-1a, to choose pitch and length.
std::uint32_t hash(text a, text b) {
    std::uint32_t value = 2166136261u;
    for (const text part : {a, b})
        for (const char c : part) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
    return value;
}

std::uint32_t seconds_of(text call_id, text file_id) {
    return 1 + hash(call_id, file_id) % 3;
}

void put_number(std::string& out, std::uint32_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

void put_header(std::string& out, std::uint32_t samples) {
    out += "RIFF";
    put_number(out, samples + 36, 4);
    out += "WAVEfmt ";
    put_number(out, 16, 4);
    put_number(out, 1, 2); // PCM
    put_number(out, 1, 2); // channels
    put_number(out, samples_per_second, 4);
    put_number(out, samples_per_second, 4); // bytes a second
    put_number(out, 1, 2);                  // bytes a sample
    put_number(out, 8, 2);                  // bits a sample
    out += "data";
    put_number(out, samples, 4);
}

void put_tone(std::string& out, double hertz, std::uint32_t samples) {
    constexpr double turn = 6.283185307179586;
    for (std::uint32_t i = 0; i < samples; ++i)
        out += static_cast<char>(128 +
                                 std::lround(90 * std::sin(turn * hertz * i / samples_per_second)));
}

constexpr std::uint64_t rotate(std::uint64_t value, unsigned by) {
    return value << by | value >> (64 - by);
}

/// SipHash-2-4 (Aumasson and Bernstein, 2012).
std::uint64_t sip_hash(const std::uint64_t (&key)[2], text content) {
    std::array<std::uint64_t, 4> v = {key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du,
                                      key[0] ^ 0x6c7967656e657261u, key[1] ^ 0x7465646279746573u};
    const auto mix = [&v](int rounds) {
        for (; rounds != 0; --rounds) {
            v[0] += v[1];
            v[2] += v[3];
            v[1] = rotate(v[1], 13) ^ v[0];
            v[3] = rotate(v[3], 16) ^ v[2];
            v[0] = rotate(v[0], 32);
            v[2] += v[1];
            v[0] += v[3];
            v[1] = rotate(v[1], 17) ^ v[2];
            v[3] = rotate(v[3], 21) ^ v[0];
            v[2] = rotate(v[2], 32);
        }
    };
    const auto absorb = [&](std::uint64_t word) {
        v[3] ^= word;
        mix(2);
        v[0] ^= word;
    };
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < content.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(content[i])} << (8 * (i % 8));
        if (i % 8 != 7) continue;
        absorb(word);
        word = 0;
    }
    absorb(word | std::uint64_t{content.size()} << 56);
    v[2] ^= 0xFF;
    mix(4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

} // namespace

std::int64_t wav_size(text call_id, text file_id) {
    return std::int64_t{header_size} +
           std::int64_t{samples_per_second} * seconds_of(call_id, file_id);
}

std::string make_wav(text call_id, std::span<const text> file_ids) {
    std::uint32_t samples = 0;
    for (const text file : file_ids) samples += samples_per_second * seconds_of(call_id, file);
    std::string made;
    made.reserve(header_size + samples);
    put_header(made, samples);
    for (const text file : file_ids)
        put_tone(made, 220 + hash(file, call_id) % 660,
                 samples_per_second * seconds_of(call_id, file));
    return made;
}

url_signer::url_signer() {
    std::random_device source;
    for (std::uint64_t& half : key_) half = std::uint64_t{source()} << 32 | source();
}

std::string url_signer::sign(text content) const {
    std::string bytes;
    for (const char prefix : {'1', '2', '3', '4'}) {
        const std::uint64_t part = sip_hash(key_, prefix + std::string{content});
        for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(part >> (8 * i) & 0xFF);
    }
    std::string made(tipring::auth::base64_size(bytes.size()), '\0');
    tipring::writer out{made};
    tipring::auth::put_base64(bytes, out);
    return made;
}

} // namespace recorder
