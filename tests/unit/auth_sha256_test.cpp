// SHA-256 by the examples of FIPS 180-4 and by digests that Python's hashlib (OpenSSL) computed;
// all cuts of the input.
#include <tipring/auth/sha256.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <new>
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

/// The message whose digests hashlib computed below.
std::string message_of(std::size_t size) {
    std::string made(size, '\0');
    for (std::size_t k = 0; k < size; ++k)
        made[k] = static_cast<char>(static_cast<unsigned char>((k * 7 + size * 13) & 255));
    return made;
}

constexpr bool at_compile_time() {
    const auth::sha256_digest digest = auth::sha256("abc");
    return digest[0] == 0xba && digest[1] == 0x78 && digest[30] == 0x15 && digest[31] == 0xad;
}
static_assert(at_compile_time());
static_assert(auth::sha256_function<decltype(auth::sha256)>);
static_assert(sizeof(auth::sha256_hasher) <= 112);

} // namespace

TEST_CASE("sha256: the examples of FIPS 180-4") {
    CHECK(hex(auth::sha256("")) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex(auth::sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(auth::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(auth::sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                           "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")) ==
          "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(hex(auth::sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: lengths around the ends of blocks, by hashlib") {
    struct row {
        std::size_t size;
        text digest;
    };
    constexpr row rows[] = {
        {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {1, "9d1e0e2d9459d06523ad13e28a4093c2316baafe7aec5b25f30eba2e113599c4"},
        {3, "17ff1e5a5ccc83f36acf833a4e6d0035eae1bedbafd53fcaa4e08babf5d1a286"},
        {31, "56e3e6380ec6fb43e65ec9ab449e36041dfde61c0ac633913675919b1ef58390"},
        {32, "11f12274f69c001a663461b90183d57e884115cbed91acd77c82be69a3b05506"},
        {54, "9f5bbefb04b7cda4270cb8da429c31fbb74072c4f8cba23776434d37c6e1468a"},
        {55, "b4250c663bfd477d063b051ab380e930848bf98066eabcf09364df1056fbaaef"},
        {56, "60e89b36acaf837f9dd7e84fb65d705d5d9e7d5d131258f635290b5fbc5e1f21"},
        {57, "c9b81f788550f47a62f9853c7b975799a40a6f4b8a9b4ecd5cf89bb4d8ed8958"},
        {63, "44e7f5710d5e927b88f1b6f4a0fd71896f5fa7102a7dca2199e25fd26c3b9cc8"},
        {64, "79322907b3e9d013d7dc2c2f256674dbf733045cde01df3539271c6f5605feb8"},
        {65, "553209361ee467fc1d588958c1976ae8c937b57ac8650d21cd311d08a0d627f3"},
        {111, "4c89ec745b03d2913175284d1060be9884f5236a5fe82285e0c99d2f8e424a73"},
        {112, "4c4c6f0c2e07803fbd3ce77967e84561eb58ed713da9ed28b5f75944fc26fdd4"},
        {119, "4189a979a0d325887850b8cdb3a5b8a6a9049fce50d6b6099af1882cbbd120dc"},
        {120, "96c67f04408bb601c8a87e5b36854e7bcda88e4f522b18e8d9027881f6b7a705"},
        {127, "be2f84c812e91941cdfc1ad311724bbcf1a89a6d4cd7df42d22743e5b9162eff"},
        {128, "489d55fea9a73af36b6dd0be7b4117d8e5683386d39544e8a44c99a87f368707"},
        {129, "3bdd04149275848deabdf9cf842a610339d65100e9036f13078723c51abe8764"},
        {1000, "753babc63a8fc37652f708e7e28f1c168304e62cb1aa537e055c69c4c158f7f2"},
    };
    for (const row& each : rows) {
        CAPTURE(each.size);
        CHECK(hex(auth::sha256(message_of(each.size))) == each.digest);
    }
    // hashlib's digest of its digests of all lengths from 0 to 300.
    auth::sha256_hasher all;
    for (std::size_t size = 0; size <= 300; ++size)
        for (const unsigned char byte : auth::sha256(message_of(size))) {
            const char c = static_cast<char>(byte);
            all.put(text{&c, 1});
        }
    CHECK(hex(all.finish()) == "26ea5d361b52b67dcf7a4ee3586da5d6b689c4d722d2850ae5bd95adf24213d6");
}

TEST_CASE("sha256: in pieces, copied in between, and new after finish()") {
    const std::string message = message_of(150);
    const std::string whole = hex(auth::sha256(message));
    auth::sha256_hasher again;
    for (std::size_t cut = 0; cut <= message.size(); ++cut) {
        CAPTURE(cut);
        again.put(slice(message, 0, cut));
        auth::sha256_hasher copy = again;
        copy.put(slice(message, cut));
        CHECK(hex(copy.finish()) == whole);
        again.put(slice(message, cut));
        CHECK(hex(again.finish()) == whole);
    }
}

TEST_CASE("sha256: nothing of what was hashed stays behind") {
    using kept = auth::sha256_hasher;
    alignas(kept) unsigned char bytes[sizeof(kept)];
    const auto holds = [&] {
        volatile unsigned char* const left = bytes;
        std::string seen;
        for (std::size_t i = 0; i < sizeof bytes; ++i) seen += static_cast<char>(left[i]);
        return seen.find("secret-message") != std::string::npos;
    };
    kept* const placed = new (bytes) kept{};
    placed->put("secret-message");
    CHECK(holds());
    placed->finish();
    CHECK_FALSE(holds());
    placed->put("secret-message");
    placed->~kept();
    CHECK_FALSE(holds());
}
