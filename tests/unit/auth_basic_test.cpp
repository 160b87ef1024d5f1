// Base64 by the vectors of RFC 4648 section 10 and exhaustively on short strings; Basic by RFC 7617
// and the account of the MiaRec manual.
#include <tipring/auth/base64.hpp>
#include <tipring/auth/basic.hpp>
#include <tipring/core/arena.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "effort.hpp"

using namespace tipring;

namespace {

constexpr text alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encoded(text bytes) {
    std::array<char, 256> buffer;
    writer out{buffer};
    auth::put_base64(bytes, out);
    return std::string{out.written()};
}

std::string decoded(text coded) {
    std::array<char, 256> buffer;
    const auto size = auth::decode_base64(coded, buffer.data());
    if (size) return {buffer.data(), *size};
    return size.code() == errc::invalid_base64 ? "error at " + std::to_string(size.error().offset)
                                               : "other error";
}

std::string url_encoded(text bytes) {
    std::array<char, 256> buffer;
    writer out{buffer};
    auth::put_base64url(bytes, out);
    return std::string{out.written()};
}

std::string url_decoded(text coded) {
    std::array<char, 256> buffer;
    const auto size = auth::decode_base64url(coded, buffer.data());
    if (size) return {buffer.data(), *size};
    return size.code() == errc::invalid_base64 ? "error at " + std::to_string(size.error().offset)
                                               : "other error";
}

constexpr bool foobar() {
    char buffer[8] = {};
    writer out{buffer};
    auth::put_base64("foobar", out);
    char back[6] = {};
    const auto size = auth::decode_base64(out.written(), back);
    return out.written() == "Zm9vYmFy" && size && text{back, *size} == "foobar";
}
static_assert(foobar());

static_assert(!std::is_copy_constructible_v<auth::basic_authorization>);
static_assert(!std::is_copy_assignable_v<auth::basic_authorization>);
static_assert(std::is_nothrow_move_constructible_v<auth::basic_authorization>);

std::string name_in(const error& failure) {
    return failure.path.size == 1 ? std::string{failure.path.steps[0].member()} : "";
}

} // namespace

TEST_CASE("base64: RFC 4648 section 10") {
    constexpr std::pair<text, text> vectors[] = {{"", ""},
                                                 {"f", "Zg=="},
                                                 {"fo", "Zm8="},
                                                 {"foo", "Zm9v"},
                                                 {"foob", "Zm9vYg=="},
                                                 {"fooba", "Zm9vYmE="},
                                                 {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        CHECK(encoded(plain) == coded);
        CHECK(decoded(coded) == plain);
        CHECK(auth::base64_size(plain.size()) == coded.size());
    }
}

TEST_CASE("base64: all strings of one to three bytes, by arithmetic on the bits") {
    std::size_t wrong = 0;
    char buffer[4] = {};
    char back[3] = {};
    for (unsigned value = 0; value < (1u << 24); value += effort::stride) {
        const char bytes[] = {static_cast<char>(value >> 16 & 255),
                              static_cast<char>(value >> 8 & 255), static_cast<char>(value & 255)};
        const std::size_t size = (value & 0xFFFF) == 0 ? 1 : (value & 0xFF) == 0 ? 2 : 3;
        for (std::size_t length = size; length <= 3; ++length) {
            writer out{buffer};
            auth::put_base64(text{bytes, length}, out);
            const char expected[] = {alphabet[value >> 18], alphabet[value >> 12 & 63],
                                     length > 1 ? alphabet[value >> 6 & 63] : '=',
                                     length > 2 ? alphabet[value & 63] : '='};
            if (std::memcmp(buffer, expected, 4) != 0) ++wrong;
            const auto count = auth::decode_base64(text{buffer, 4}, back);
            if (!count || *count != length || std::memcmp(back, bytes, length) != 0) ++wrong;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("base64: any byte outside of the alphabet is refused, in every place") {
    const std::string good = "Zm9vYmFy";
    for (std::size_t at = 0; at < good.size(); ++at)
        for (unsigned byte = 0; byte < 256; ++byte) {
            std::string changed = good;
            changed[at] = static_cast<char>(byte);
            const bool in_alphabet = alphabet.find(static_cast<char>(byte)) != text::npos;
            CAPTURE(changed);
            if (in_alphabet)
                CHECK(decoded(changed).size() == 6);
            else if (at == 7 && byte == '=')
                CHECK(decoded(changed) == "error at 6"); // "Ym" + "F=" leaves bits over
            else
                CHECK(decoded(changed) == "error at " + std::to_string(at));
        }
}

TEST_CASE("base64: padding and bits that are left over") {
    CHECK(decoded("Zg") == "error at 2");
    CHECK(decoded("Zg=") == "error at 3");
    CHECK(decoded("Zm9vZg") == "error at 6");
    CHECK(decoded("=") == "error at 1");
    CHECK(decoded("====") == "error at 0");
    CHECK(decoded("Z===") == "error at 1");
    CHECK(decoded("Zg=A") == "error at 2");
    CHECK(decoded("Zg==Zg==") == "error at 2");
    CHECK(decoded("Zh==") == "error at 1");
    CHECK(decoded("Zm9=") == "error at 2");
    CHECK(decoded("Zm9v\n") == "error at 5");
    CHECK(decoded("Zm\n9") == "error at 2");
    CHECK(decoded("Zm-_") == "error at 2");
    // Only the last bits of the last digit count: 16 and 4 of the 64 spellings are canonical.
    std::size_t one = 0;
    std::size_t two = 0;
    for (const char digit : alphabet) {
        one += decoded(std::string{'Z', digit, '=', '='}).size() == 1 ? 1u : 0u;
        two += decoded(std::string{'Z', 'm', digit, '='}).size() == 2 ? 1u : 0u;
    }
    CHECK(one == 4);
    CHECK(two == 16);
}

TEST_CASE("base64: decodes in place and encodes in pieces") {
    std::string bytes = "Zm9vYmE=";
    const auto size = auth::decode_base64(bytes, bytes.data());
    REQUIRE(size);
    CHECK(bytes.substr(0, *size) == "fooba");
    const text whole = "any carnal pleas";
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        std::array<char, 64> buffer;
        writer out{buffer};
        auth::base64_encoder encoder{out};
        encoder.put(slice(whole, 0, cut));
        encoder.put(slice(whole, cut));
        encoder.finish();
        CHECK(out.written() == "YW55IGNhcm5hbCBwbGVhcw==");
    }
}

TEST_CASE(
    "base64url: the vectors of RFC 4648 section 10 without padding, and appendix C of RFC 7515") {
    constexpr std::pair<text, text> vectors[] = {
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy"},
        {"\x03\xEC\xFF\xE0\xC1", "A-z_4ME"},
    };
    for (const auto& [plain, coded] : vectors) {
        CHECK(url_encoded(plain) == coded);
        CHECK(url_decoded(coded) == plain);
        CHECK(auth::base64url_size(plain.size()) == coded.size());
    }
}

TEST_CASE("base64url: the standard form with two characters changed and no padding") {
    std::size_t wrong = 0;
    for (unsigned value = 0; value < (1u << 16); value += effort::stride) {
        const std::string bytes = {static_cast<char>(value >> 8 & 255),
                                   static_cast<char>(value & 255),
                                   static_cast<char>(value >> 4 & 255)};
        for (std::size_t size = 1; size <= 3; ++size) {
            const text part = slice(bytes, 0, size);
            std::string expected = encoded(part);
            for (char& c : expected) c = c == '+' ? '-' : c == '/' ? '_' : c;
            while (expected.back() == '=') expected.pop_back();
            if (url_encoded(part) != expected || url_decoded(expected) != part) ++wrong;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("base64url: what is refused") {
    CHECK(url_decoded("Zg==") == "error at 2");
    CHECK(url_decoded("Zm8=") == "error at 3");
    CHECK(url_decoded("Z") == "error at 1");
    CHECK(url_decoded("Zm9vY") == "error at 5");
    CHECK(url_decoded("Zm9vYmF+") == "error at 7");
    CHECK(url_decoded("Zm/v") == "error at 2");
    CHECK(url_decoded("Zh") == "error at 1");
    CHECK(url_decoded("Zm9") == "error at 2");
    CHECK(url_decoded("Zm9v\n") == "error at 5");
    CHECK(url_decoded("Zm9v Zg") == "error at 4");
}

TEST_CASE("basic: RFC 7617 and the account of the manual") {
    const auto manual = auth::basic_authorization::make("apiuser", secret{"secret"});
    REQUIRE(manual);
    const http::header header = (*manual).header();
    CHECK(header.name == "Authorization");
    CHECK(header.value == "Basic YXBpdXNlcjpzZWNyZXQ=");
    CHECK(header.is_secret);
    const auto rfc = auth::basic_authorization::make("Aladdin", secret{"open sesame"});
    REQUIRE(rfc);
    CHECK((*rfc).header().value == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    const auto utf8 = auth::basic_authorization::make("test", secret{"123\xC2\xA3"});
    REQUIRE(utf8);
    CHECK((*utf8).header().value == "Basic dGVzdDoxMjPCow==");
    const auto empty = auth::basic_authorization::make("", secret{""});
    REQUIRE(empty);
    CHECK((*empty).header().value == "Basic Og==");
}

TEST_CASE("basic: what may not be in a user name or password") {
    const auto colon = auth::basic_authorization::make("api:user", secret{"x"});
    CHECK(colon.code() == errc::bad_parameter);
    CHECK(name_in(colon.error()) == "user");
    CHECK(colon.error().offset == 3);
    CHECK(auth::basic_authorization::make("u", secret{"a:b"}));
    for (unsigned byte = 0; byte < 128; ++byte) {
        CAPTURE(byte);
        const std::string value = std::string{"ab"} + static_cast<char>(byte);
        const bool control = byte < 32 || byte == 127;
        const auto password = auth::basic_authorization::make("u", secret{value});
        CHECK(password.has_value() == !control);
        const auto user = auth::basic_authorization::make(value, secret{"p"});
        CHECK(user.has_value() == !(control || byte == ':'));
        if (!control) continue;
        CHECK(password.code() == errc::bad_parameter);
        CHECK(password.error().offset == 2);
        CHECK(name_in(password.error()) == "password");
        CHECK(name_in(user.error()) == "user");
    }
    const auto user = auth::basic_authorization::make("u\xFF", secret{"p"});
    CHECK(user.code() == errc::invalid_utf8);
    CHECK(user.error().offset == 1);
    const auto password = auth::basic_authorization::make("u", secret{"\xC0\x80"});
    CHECK(password.code() == errc::invalid_utf8);
    CHECK(name_in(password.error()) == "password");
}

TEST_CASE("basic: every length up to the capacity, and what would have been enough") {
    for (std::size_t length = 0; length <= 7; ++length) {
        CAPTURE(length);
        const std::string password(length, 'x');
        const auto made = auth::basic_authorization_of<8>::make("ab", secret{password});
        CHECK(made.has_value() == (length <= 5));
        if (made) {
            CHECK((*made).header().value == "Basic " + encoded("ab:" + password));
        } else {
            CHECK(made.code() == errc::capacity);
            CHECK(made.error().needed == 3 + length);
        }
    }
    CHECK(auth::basic_authorization::make(std::string(47, 'u'), secret{std::string(48, 'p')}));
    CHECK(auth::basic_authorization::make(std::string(48, 'u'), secret{std::string(48, 'p')})
              .error()
              .needed == 97);
}

TEST_CASE("basic: moved along, and wiped where it was") {
    auto made = auth::basic_authorization::make("apiuser", secret{"secret"});
    REQUIRE(made);
    const char* const old_bytes = (*made).header().value.data();
    auth::basic_authorization first = std::move(*made);
    CHECK(first.header().value == "Basic YXBpdXNlcjpzZWNyZXQ=");
    CHECK((*made).empty());
    CHECK((*made).header().value.empty());
    for (std::size_t i = 0; i < 26; ++i) CHECK(old_bytes[i] == 0);

    auto other = auth::basic_authorization::make("a-much-longer-user-name",
                                                 secret{"and-a-long-password-too"});
    REQUIRE(other);
    auth::basic_authorization target = std::move(*other);
    target = std::move(first);
    CHECK(target.header().value == "Basic YXBpdXNlcjpzZWNyZXQ=");
    CHECK(first.empty());
    for (std::size_t i = 26; i < 6 + 64; ++i) CHECK(target.header().value.data()[i] == 0);
    auth::basic_authorization& self = target;
    target = std::move(self);
    CHECK(target.header().value == "Basic YXBpdXNlcjpzZWNyZXQ=");
}

TEST_CASE("basic: the destructor wipes") {
    using kept = auth::basic_authorization_of<16>;
    alignas(kept) unsigned char bytes[sizeof(kept)];
    {
        auto made = kept::make("apiuser", secret{"secret"});
        REQUIRE(made);
        kept* const placed = new (bytes) kept{std::move(*made)};
        CHECK(std::string(bytes, bytes + sizeof bytes).find("YXBp") != std::string::npos);
        placed->~kept();
    }
    volatile unsigned char* const left = bytes;
    std::string seen;
    for (std::size_t i = 0; i < sizeof bytes; ++i) seen += static_cast<char>(left[i]);
    CHECK(seen.find("YXBp") == std::string::npos);
    CHECK(seen.find("Basic") == std::string::npos);
}

TEST_CASE("parse_basic: what make() wrote, and other spellings of the scheme") {
    static_arena<256> memory;
    for (const text value : {text{"Basic YXBpdXNlcjpzZWNyZXQ="}, text{"bAsIC YXBpdXNlcjpzZWNyZXQ="},
                             text{"Basic   YXBpdXNlcjpzZWNyZXQ=  "}}) {
        const auto parsed = auth::parse_basic(value, memory);
        REQUIRE(parsed);
        CHECK(parsed->user == "apiuser");
        CHECK(parsed->password.reveal() == "secret");
    }
    const auto colons = auth::parse_basic("Basic " + encoded("u:a:b:"), memory);
    REQUIRE(colons);
    CHECK(colons->user == "u");
    CHECK(colons->password.reveal() == "a:b:");
    const auto empty = auth::parse_basic("Basic Og==", memory);
    REQUIRE(empty);
    CHECK(empty->user.empty());
    CHECK(empty->password.empty());
}

TEST_CASE("parse_basic: what is refused") {
    static_arena<256> memory;
    const auto offset = [&](text value) {
        const auto parsed = auth::parse_basic(value, memory);
        return parsed.code() == errc::bad_header ? static_cast<int>(parsed.error().offset) : -2;
    };
    CHECK(offset("") == 0);
    CHECK(offset("Bearer abc") == 0);
    CHECK(offset("Basi") == 0);
    CHECK(offset("Basic") == 5);
    CHECK(offset("BasicYXBpdXNlcjpzZWNyZXQ=") == 5);
    CHECK(offset("Basic\tYXBpdXNlcjpzZWNyZXQ=") == 5);
    CHECK(offset("Basic YXBpdXNlcjpzZWNyZXQ") == 25);
    CHECK(offset("Basic YXBp XNl") == 10);
    CHECK(offset("Basic YXBp!XNl") == 10);
    CHECK(offset("Basic " + encoded("nocolon")) == -1);
    CHECK(offset("Basic ") == -1);
    CHECK(offset("Basic " + encoded("u:\n")) == -1);
    CHECK(offset("Basic " + encoded(text{"u\0:p", 4})) == -1);
    CHECK(auth::parse_basic("Basic " + encoded("u:\xFF"), memory).code() == errc::invalid_utf8);
}

TEST_CASE("parse_basic: arenas of every size") {
    const std::string value = "Basic " + encoded("apiuser:secret");
    std::array<std::byte, 16> bytes;
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        CAPTURE(size);
        arena memory{std::span{bytes}.first(size)};
        const auto parsed = auth::parse_basic(value, memory);
        CHECK(parsed.has_value() == (size >= 15));
        if (!parsed) {
            CHECK(parsed.code() == errc::capacity);
            CHECK(parsed.error().needed == 15);
        }
    }
}

TEST_CASE("parse_basic_client: what is refused, and arenas of every size") {
    static_arena<256> enough;
    const auto read = [&](text value) { return auth::parse_basic_client(value, enough).code(); };
    CHECK(read("Bearer abc") == errc::bad_header);
    CHECK(read("Basic " + encoded("%4:p")) == errc::bad_header);
    CHECK(read("Basic " + encoded("u:%zz")) == errc::bad_header);
    CHECK(read("Basic " + encoded("%FF:p")) == errc::invalid_utf8);
    CHECK(read("Basic " + encoded("u:%FF")) == errc::invalid_utf8);

    const std::string value = "Basic " + encoded("a%3Ab:c+d");
    std::array<std::byte, 32> bytes;
    bool was_enough = false;
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        CAPTURE(size);
        arena memory{std::span{bytes}.first(size)};
        const auto parsed = auth::parse_basic_client(value, memory);
        if (!parsed) {
            CHECK_FALSE(was_enough);
            CHECK(parsed.code() == errc::capacity);
            CHECK(parsed.error().needed > size);
            continue;
        }
        was_enough = true;
        CHECK(parsed->user == "a:b");
        CHECK(parsed->password.reveal() == "c d");
    }
    CHECK(was_enough);
}

TEST_CASE("parse_basic: what is refused leaves no memory in use, and nothing in it") {
    const auto left = [](const std::string& credentials, bool is_client) {
        alignas(8) std::array<std::byte, 256> bytes = {};
        arena memory{bytes};
        const std::string value = "Basic " + encoded(credentials);
        const auto got =
            is_client ? auth::parse_basic_client(value, memory) : auth::parse_basic(value, memory);
        CHECK_FALSE(got);
        CHECK(memory.used() == 0);
        return std::count_if(bytes.begin(), bytes.end(),
                             [](std::byte b) { return b != std::byte{}; });
    };
    for (const bool is_client : {false, true})
        for (const std::string bad :
             {"secret-without-colon", "user:pass\xFFword", "user:pass\nword"})
            CHECK(left(bad, is_client) == 0);
    CHECK(left("user:password%zz", true) == 0);
    CHECK(left("user%20a:password%FF", true) == 0);
}
