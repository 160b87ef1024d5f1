// PKCE by appendix B of RFC 7636 and by challenges that Python's hashlib and base64 computed.
#include <tipring/auth/pkce.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <new>
#include <string>
#include <utility>

using namespace tipring;

namespace {

std::string counting_up(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(static_cast<unsigned char>(i));
    return bytes;
}

constexpr text rfc_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr text rfc_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

bool appendix_b() {
    // The 32 bytes of the appendix.
    constexpr unsigned char bytes[] = {116, 24,  223, 180, 151, 153, 224, 37,  79,  250, 96,
                                       125, 216, 173, 187, 186, 22,  212, 37,  77,  105, 214,
                                       191, 240, 91,  88,  5,   88,  83,  132, 141, 121};
    char random_bytes[sizeof bytes] = {};
    for (std::size_t i = 0; i < sizeof bytes; ++i) random_bytes[i] = static_cast<char>(bytes[i]);
    const auto made = oauth::pkce::make(text{random_bytes, sizeof random_bytes});
    return made && (*made).verifier().reveal() == rfc_verifier &&
           (*made).challenge() == rfc_challenge;
}

} // namespace

TEST_CASE("pkce: RFC 7636 appendix B") {
    CHECK(appendix_b());
    const auto kept = oauth::pkce::from_verifier(secret{rfc_verifier});
    REQUIRE(kept);
    CHECK(kept->challenge() == rfc_challenge);
    CHECK(kept->verifier().reveal() == rfc_verifier);
    CHECK(oauth::code_challenge_method == "S256");
}

TEST_CASE("pkce: the shortest and the longest verifier, by hashlib") {
    const std::string shortest = counting_up(32);
    const auto made = oauth::pkce::make(shortest);
    REQUIRE(made);
    CHECK(made->verifier().reveal() == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    CHECK(made->challenge() == "6oZqdX5MOLq_qBJ8vppAnT4fk6AP8UiP9zX8-Rev_9A");
    std::string bytes(96, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(static_cast<unsigned char>(255 - i));
    const auto longest = oauth::pkce::make(bytes);
    REQUIRE(longest);
    CHECK(longest->verifier().size() == 128);
    CHECK(longest->challenge() == "ftYkZSM3MEibXcf3kh5kMIw5SP-W70l1WTrRJ10A2RE");
}

TEST_CASE("pkce: how many random bytes, and what a verifier may hold") {
    for (std::size_t size = 0; size < 130; ++size) {
        CAPTURE(size);
        const auto made = oauth::pkce::make(counting_up(size));
        CHECK(made.has_value() == (size >= 32 && size <= 96));
        if (!made) CHECK(made.code() == errc::bad_parameter);
        const auto kept = oauth::pkce::from_verifier(secret{std::string(size, 'a')});
        CHECK(kept.has_value() == (size >= 43 && size <= 128));
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        std::string verifier(43, 'a');
        verifier[40] = static_cast<char>(static_cast<unsigned char>(byte));
        const bool allowed = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                             (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '.' ||
                             byte == '_' || byte == '~';
        const auto checked = oauth::check_code_verifier(secret{verifier});
        CHECK(checked.has_value() == allowed);
        if (!allowed) CHECK(checked.error().offset == 40);
    }
}

TEST_CASE("pkce: SHA-256 may come from elsewhere") {
    std::string seen;
    const auto counted = [&](text verifier) {
        seen = verifier;
        auth::sha256_digest digest = {};
        digest[0] = 255;
        return digest;
    };
    const auto made = oauth::pkce::from_verifier(secret{rfc_verifier}, counted);
    REQUIRE(made);
    CHECK(seen == rfc_verifier);
    CHECK(made->challenge() == "_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

TEST_CASE("pkce: what a server checks") {
    CHECK(oauth::verifies(secret{rfc_verifier}, rfc_challenge));
    CHECK_FALSE(oauth::verifies(secret{rfc_verifier}, slice(rfc_challenge, 0, 42)));
    CHECK_FALSE(oauth::verifies(secret{rfc_verifier}, ""));
    CHECK_FALSE(oauth::verifies(secret{slice(rfc_verifier, 1)}, rfc_challenge));
    CHECK_FALSE(oauth::verifies(secret{}, rfc_challenge));
    for (std::size_t at = 0; at < rfc_challenge.size(); ++at) {
        std::string other{rfc_challenge};
        other[at] = other[at] == 'A' ? 'B' : 'A';
        CHECK_FALSE(oauth::verifies(secret{rfc_verifier}, other));
    }
}

TEST_CASE("pkce: copied to wait for the user, wiped at the end") {
    alignas(oauth::pkce) unsigned char bytes[sizeof(oauth::pkce)];
    const auto made = oauth::pkce::from_verifier(secret{rfc_verifier});
    REQUIRE(made);
    auto* const placed = new (bytes) oauth::pkce{*made};
    CHECK(placed->verifier().reveal() == rfc_verifier);
    CHECK(placed->verifier().reveal().data() != made->verifier().reveal().data());
    placed->~pkce();
    volatile unsigned char* const left = bytes;
    std::string seen;
    for (std::size_t i = 0; i < sizeof bytes; ++i) seen += static_cast<char>(left[i]);
    CHECK(seen.find(rfc_verifier.substr(0, 8)) == std::string::npos);
}
