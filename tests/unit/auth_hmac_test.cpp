// HMAC-SHA256 by the examples of RFC 4231 and by codes that Python's hmac (OpenSSL) computed, for
// keys of every length around the size of a block.
#include <tipring/auth/hmac.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

using namespace tipring;

namespace {

std::string hex(const auth::sha256_digest& digest) {
    std::string written;
    for (const unsigned char byte : digest) {
        written += "0123456789abcdef"[byte >> 4];
        written += "0123456789abcdef"[byte & 15];
    }
    return written;
}

std::string code_of(const std::string& key, const std::string& data) {
    return hex(auth::hmac_sha256(secret{key}, data));
}

/// The bytes that Python had below.
std::string bytes_of(std::size_t size) {
    std::string made(size, '\0');
    for (std::size_t k = 0; k < size; ++k)
        made[k] = static_cast<char>(static_cast<unsigned char>((k * 7 + size * 13) & 255));
    return made;
}

constexpr bool at_compile_time() {
    const auth::sha256_digest code =
        auth::hmac_sha256(secret{"Jefe"}, "what do ya want for nothing?");
    return code[0] == 0x5b && code[31] == 0x43;
}
static_assert(at_compile_time());
static_assert(auth::hmac_function<decltype(auth::hmac_sha256)>);
static_assert(!auth::hmac_function<decltype(auth::sha256)>);

} // namespace

TEST_CASE("hmac: the examples of RFC 4231") {
    CHECK(code_of(std::string(20, '\x0b'), "Hi There") ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(code_of("Jefe", "what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(code_of(std::string(20, '\xaa'), std::string(50, '\xdd')) ==
          "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    std::string counting;
    for (char c = 1; c <= 25; ++c) counting += c;
    CHECK(code_of(counting, std::string(50, '\xcd')) ==
          "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    CHECK(code_of(std::string(20, '\x0c'), "Test With Truncation").substr(0, 32) ==
          "a3b6167473100ee06e0c796c2955552b");
    CHECK(code_of(std::string(131, '\xaa'),
                  "Test Using Larger Than Block-Size Key - Hash Key First") ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    CHECK(code_of(std::string(131, '\xaa'),
                  "This is a test using a larger than block-size key and a larger than block-size "
                  "data. The key needs to be hashed before being used by the HMAC algorithm.") ==
          "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST_CASE("hmac: keys of every length, by Python") {
    CHECK(code_of("", bytes_of(100)) ==
          "cb869a6617d7115728237b3e5dc2125c20365d8b34e9ca503d714464d9a5fb14");
    CHECK(code_of(bytes_of(63), bytes_of(100)) ==
          "036d12c7f19a88f58975b6ac20ff1be056e5a1b9fc22fd7d9bfc9e6fc9b26463");
    CHECK(code_of(bytes_of(64), bytes_of(100)) ==
          "ef2bc195fc5322d718d1b190e839ba26f6e4134eb3d2b68d6c7656d1867b0d26");
    CHECK(code_of(bytes_of(65), bytes_of(100)) ==
          "eea1a90b6907c868112734b68900107160d45b141fc48e389c5e6a101f3f43f8");
    CHECK(code_of(bytes_of(128), bytes_of(100)) ==
          "4c237313f0dc87613008298eefa1829e81dbf79e7137b28891b8d235d8839838");
    // SHA-256 of the codes for keys of all lengths from 0 to 140, each with data of its own length.
    auth::sha256_hasher all;
    for (std::size_t size = 0; size <= 140; ++size)
        for (const unsigned char byte :
             auth::hmac_sha256(secret{bytes_of(size)}, bytes_of(size * 37 % 300))) {
            const char c = static_cast<char>(byte);
            all.put(text{&c, 1});
        }
    CHECK(hex(all.finish()) == "b5f2c21ca426bdab9581a2f462efb5e14679a55e21983f47ed8f8bbc498ab3a9");
}
