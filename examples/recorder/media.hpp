// The stand-in's recordings, which are tones made up when they are asked for, and URLs that give
// them away for a while (manual 3.1.7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <tipring/core/text.hpp>

namespace recorder {

using tipring::text;

/// Size in bytes of the WAV file that make_wav() makes of one file of a call.
std::int64_t wav_size(text call_id, text file_id);

/// Mono, 8 kHz, 8 bits; one to three seconds of a tone for each file, all in one WAV file. Pitch
/// and length depend on the ids alone.
std::string make_wav(text call_id, std::span<const text> file_ids);

/// Signs what is in a URL, with a key that nobody else has. For the demo alone: the signature is a
/// SipHash, four times with different prefixes, which is no replacement for an HMAC.
class url_signer {
public:
    /// Draws a new key, so URLs are good until the program ends.
    url_signer();

    /// Base64 of 32 bytes, so it always ends in `=` and mostly has `+` and `/` in it: who encodes
    /// the URL again breaks it (quirk D-61).
    std::string sign(text content) const;

private:
    std::uint64_t key_[2];
};

} // namespace recorder
