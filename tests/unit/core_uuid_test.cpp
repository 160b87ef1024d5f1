// UUIDs by RFC 9562: its grammar (section 4) and its example of version 4 (appendix A.3).
#include <tipring/core/uuid.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

using namespace tipring;

namespace {

std::string made_from(text random_bytes) {
    const auto made = random_uuid::make(random_bytes);
    return made ? std::string{made->view()} : "error";
}

constexpr text rfc_example = "919108f7-52d1-4320-9bac-f847db4148a8";
static_assert(is_uuid(rfc_example));

constexpr bool appendix_a3() {
    // Version and variant are the random ones' complement here, so that they must be set.
    constexpr unsigned char bytes[] = {0x91, 0x91, 0x08, 0xf7, 0x52, 0xd1, 0xb3, 0x20,
                                       0x5b, 0xac, 0xf8, 0x47, 0xdb, 0x41, 0x48, 0xa8};
    char random_bytes[sizeof bytes] = {};
    for (std::size_t i = 0; i < sizeof bytes; ++i) random_bytes[i] = static_cast<char>(bytes[i]);
    const auto made = random_uuid::make(text{random_bytes, sizeof random_bytes});
    return made && (*made).view() == rfc_example;
}
static_assert(appendix_a3());

} // namespace

TEST_CASE("uuid: version 4 from 16 bytes, RFC 9562 appendix A.3 and the extremes") {
    CHECK(appendix_a3());
    CHECK(made_from(std::string(16, '\0')) == "00000000-0000-4000-8000-000000000000");
    CHECK(made_from(std::string(16, '\xFF')) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST_CASE("uuid: each of the other 122 bits comes from the caller's bytes, in its place") {
    const std::string zeros = made_from(std::string(16, '\0'));
    std::size_t kept = 0;
    for (std::size_t bit = 0; bit < 128; ++bit) {
        std::string bytes(16, '\0');
        bytes[bit / 8] = static_cast<char>(0x80u >> bit % 8);
        const std::string made = made_from(bytes);
        CAPTURE(bit);
        CHECK(is_uuid(made));
        if (made == zeros) continue;
        ++kept;
        // Digit 2n and 2n + 1 are of byte n; there is a dash before each of some.
        std::size_t digit = bit / 4;
        digit += (digit >= 8 ? 1u : 0u) + (digit >= 12 ? 1u : 0u) + (digit >= 16 ? 1u : 0u) +
                 (digit >= 20 ? 1u : 0u);
        for (std::size_t at = 0; at < made.size(); ++at)
            CHECK((made[at] != zeros[at]) == (at == digit));
    }
    CHECK(kept == 122);
}

TEST_CASE("uuid: another number of bytes is refused") {
    for (const std::size_t size : {0u, 15u, 17u, 32u}) {
        const std::string bytes(size, 'x');
        const auto made = random_uuid::make(bytes);
        CHECK(made.code() == errc::bad_parameter);
        char line[100];
        CHECK(describe(made.error(), line) ==
              "random_bytes: a parameter has a value that is not allowed");
    }
}

TEST_CASE("uuid: what is one, by every byte in every place and every length") {
    const std::string good{rfc_example};
    for (std::size_t at = 0; at < good.size(); ++at)
        for (unsigned byte = 0; byte < 256; ++byte) {
            std::string changed = good;
            changed[at] = static_cast<char>(byte);
            const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
            const bool expected =
                dash ? byte == '-'
                     : (byte < 128 && byte != 0 &&
                        text{"0123456789abcdefABCDEF"}.find(static_cast<char>(byte)) != text::npos);
            CAPTURE(changed);
            CHECK(find_bad_in_uuid(changed) == (expected ? text::npos : at));
        }
    for (std::size_t size = 0; size < good.size(); ++size)
        CHECK(find_bad_in_uuid(slice(good, 0, size)) == size);
    CHECK(find_bad_in_uuid(good + "0") == 36);
    CHECK(!is_uuid("{" + good + "}"));
}
