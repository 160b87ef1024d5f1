// Text helpers: ASCII alone, integers at their limits, the writer that goes on counting; secrets.
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace tipring;
using namespace std::string_view_literals;

static_assert(parse_integer<int>("-12") == -12);
static_assert(hex_value('f') == 15);
static_assert(trimmed(" \ta b\t ") == "a b");

TEST_CASE("text: ASCII classes and nothing above") {
    for (int i = 0; i < 256; ++i) {
        const char c = static_cast<char>(i);
        INFO("byte ", i);
        CHECK(is_digit(c) == (i >= 0x30 && i <= 0x39));
        CHECK(is_upper(c) == (i >= 0x41 && i <= 0x5A));
        CHECK(is_lower(c) == (i >= 0x61 && i <= 0x7A));
        CHECK(is_alpha(c) == (is_upper(c) || is_lower(c)));
        CHECK(to_lower(c) == (is_upper(c) ? static_cast<char>(i + 32) : c));
        const std::size_t digit = "0123456789abcdef"sv.find(to_lower(c));
        CHECK(hex_value(c) == (digit == text::npos ? -1 : static_cast<int>(digit)));
    }
}

TEST_CASE("text: comparison without case is ASCII alone") {
    CHECK(equal_ignoring_case("Content-Type", "cONTENT-tYPE"));
    CHECK(equal_ignoring_case("", ""));
    CHECK_FALSE(equal_ignoring_case("a", "ab"));
    CHECK_FALSE(equal_ignoring_case("@", "`"));
    CHECK_FALSE(equal_ignoring_case("\xC3\x84", "\xC3\xA4"));
}

TEST_CASE("text: trimmed and slice") {
    CHECK(trimmed("").empty());
    CHECK(trimmed(" \t ").empty());
    CHECK(trimmed("\n a") == "\n a");
    CHECK(slice("abc", 1) == "bc");
    CHECK(slice("abc", 1, 1) == "b");
    CHECK(slice("abc", 0, 100) == "abc");
    CHECK(slice("abc", 3).empty());
    CHECK(slice("abc", static_cast<std::size_t>(-1), 1).empty());
}

TEST_CASE("text: integers from digits") {
    CHECK(parse_integer<std::uint8_t>("255") == std::uint8_t{255});
    CHECK_FALSE(parse_integer<std::uint8_t>("256"));
    CHECK_FALSE(parse_integer<std::uint8_t>("-1"));
    CHECK(parse_integer<std::int8_t>("-128") == std::int8_t{-128});
    CHECK_FALSE(parse_integer<std::int8_t>("-129"));
    CHECK_FALSE(parse_integer<std::int8_t>("128"));
    CHECK(parse_integer<std::int64_t>("9223372036854775807") ==
          std::numeric_limits<std::int64_t>::max());
    CHECK(parse_integer<std::int64_t>("-9223372036854775808") ==
          std::numeric_limits<std::int64_t>::min());
    CHECK_FALSE(parse_integer<std::int64_t>("9223372036854775808"));
    CHECK_FALSE(parse_integer<std::int64_t>("-9223372036854775809"));
    CHECK(parse_integer<std::uint64_t>("18446744073709551615") ==
          std::numeric_limits<std::uint64_t>::max());
    CHECK_FALSE(parse_integer<std::uint64_t>("18446744073709551616"));
    CHECK_FALSE(parse_integer<std::uint64_t>("99999999999999999999999"));
    CHECK(parse_integer<int>("007") == 7);
    CHECK(parse_integer<int>("-0") == 0);
    for (const text wrong :
         {""sv, "-"sv, "+1"sv, " 1"sv, "1 "sv, "1.0"sv, "0x1"sv, "--1"sv, "1a"sv, "\xD9\xA1"sv})
        CHECK_FALSE(parse_integer<int>(wrong));
}

TEST_CASE("writer: goes on counting when it is full") {
    char bytes[4] = {'#', '#', '#', '#'};
    writer out{std::span<char>{bytes, 3}};
    CHECK(out.fits());
    CHECK(out.written().empty());
    out.put("ab");
    CHECK(out.written() == "ab");
    out.put("cd");
    CHECK(out.size() == 4);
    CHECK_FALSE(out.fits());
    CHECK(out.written().empty());
    out.put('e');
    out.put("");
    CHECK(out.size() == 5);
    CHECK(bytes[3] == '#');

    writer exact{std::span<char>{bytes, 3}};
    exact.put("abc");
    exact.put("");
    CHECK(exact.fits());
    CHECK(exact.written() == "abc");
    exact.put('d');
    CHECK_FALSE(exact.fits());
    CHECK(bytes[3] == '#');

    writer measure;
    measure.put("abc");
    CHECK(measure.size() == 3);
    CHECK_FALSE(measure.fits());
}

TEST_CASE("writer: what did not fit leaves no hole that later text could fill") {
    char bytes[4] = {};
    writer out{std::span<char>{bytes}};
    out.put("abcdefgh");
    out.put('x');
    CHECK(out.size() == 9);
    CHECK_FALSE(out.fits());
}

TEST_CASE("writer: integers") {
    char bytes[32];
    const auto written = [&bytes](auto value) {
        writer out{bytes};
        out.put_integer(value);
        return std::string{out.written()};
    };
    CHECK(written(0) == "0");
    CHECK(written(-1) == "-1");
    CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(written(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
    CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    CHECK(written(std::int8_t{-128}) == "-128");
    CHECK(written(std::uint8_t{200}) == "200");
    const auto padded = [&bytes](std::uint32_t value, unsigned width) {
        writer out{bytes};
        out.put_padded(value, width);
        return std::string{out.written()};
    };
    CHECK(padded(7, 2) == "07");
    CHECK(padded(2024, 4) == "2024");
    CHECK(padded(0, 3) == "000");
}

TEST_CASE("writer: integers around every power of ten and of two, in exactly their room") {
    std::vector<std::uint64_t> values;
    for (std::uint64_t power = 1; power <= 10'000'000'000'000'000'000u / 10; power *= 10)
        for (const std::uint64_t digit : {1u, 3u, 9u})
            for (const int more : {-1, 0, 1})
                values.push_back(power * digit + static_cast<std::uint64_t>(more));
    for (unsigned bit = 0; bit < 64; ++bit) values.push_back((std::uint64_t{1} << bit) - 1);
    for (std::uint64_t value = 0; value < 100'000; ++value) values.push_back(value);
    std::size_t wrong = 0;
    for (const std::uint64_t value : values) {
        const std::string expected = std::to_string(value);
        std::vector<char> bytes(expected.size());
        writer out{bytes};
        out.put_integer(value);
        wrong += out.written() != expected;
        writer small{std::span{bytes}.first(bytes.size() - 1)};
        small.put_integer(value);
        wrong += small.fits() || small.size() != expected.size();
        const auto negative = static_cast<std::int64_t>(0 - value);
        char more[32];
        writer signed_out{more};
        signed_out.put_integer(negative);
        wrong += signed_out.written() != std::to_string(negative);
    }
    CHECK(wrong == 0);
}

constexpr bool writes_at_compile_time(std::int64_t value, text expected) {
    char bytes[32] = {};
    writer out{bytes};
    out.put_integer(value);
    return out.written() == expected;
}
static_assert(writes_at_compile_time(0, "0"));
static_assert(writes_at_compile_time(-12'345'678'901'234'567, "-12345678901234567"));

TEST_CASE("writer: bytes written from outside are counted like its own") {
    char bytes[4] = {'#', '#', '#', '#'};
    writer out{std::span<char>{bytes}};
    out.put('a');
    const std::span<char> room = out.rest();
    CHECK(room.data() == bytes + 1);
    CHECK(room.size() == 3);
    room[0] = 'b';
    out.advance(1);
    CHECK(out.written() == "ab");
    out.put("cd");
    CHECK(out.rest().empty());
    CHECK(out.written() == "abcd");
    out.put('e');
    CHECK(out.rest().empty());
    CHECK_FALSE(out.fits());
    writer cut{std::span<char>{bytes}};
    cut.put("abcde");
    CHECK(cut.rest().empty());
    CHECK(writer{}.rest().empty());
}

TEST_CASE("secret: comparison in constant time, and wiping") {
    CHECK(equal_in_constant_time("", ""));
    CHECK(equal_in_constant_time("abc", "abc"));
    CHECK_FALSE(equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(equal_in_constant_time("abc", "ab"));
    CHECK_FALSE(equal_in_constant_time("abc", "abcabc"));
    CHECK_FALSE(equal_in_constant_time("ab", "abc"));
    CHECK_FALSE(equal_in_constant_time("", "a"));
    CHECK_FALSE(equal_in_constant_time("a", ""));
    CHECK_FALSE(equal_in_constant_time("\0"sv, ""));
    std::vector<char> bytes(100, 'x');
    wipe(bytes);
    for (const char c : bytes) CHECK(c == '\0');
    wipe({});
    CHECK(secret{}.empty());
    CHECK(secret{"ab"}.size() == 2);
}

TEST_CASE("text: sets of bytes") {
    const byte_set set = byte_set::letters_digits_and("-\xFF");
    for (int i = 0; i < 256; ++i) {
        const char c = static_cast<char>(i);
        CAPTURE(i);
        const bool is_one_of_ours = (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') ||
                                    (i >= 'a' && i <= 'z') || i == '-' || i == 0xFF;
        CHECK(set.has(c) == is_one_of_ours);
    }
}

TEST_CASE(
    "writer: digits one after the other, as a small build writes them, against std::to_string") {
    for (std::uint64_t value = 1; value != 0; value = value > UINT64_MAX / 7 ? 0 : value * 7) {
        for (const std::uint64_t near : {value - 1, value, ~value}) {
            char digits[20];
            char* const end = detail::put_digits_bytewise(digits, near);
            CHECK(text{digits, static_cast<std::size_t>(end - digits)} == std::to_string(near));
        }
    }
}
