// UTF-8 against an independent reading of the standard: encode every scalar value, and decode by
// the bit patterns.
#include <tipring/core/utf8.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "effort.hpp"

using namespace tipring;

namespace {

std::string encoded(std::uint32_t code_point) {
    const auto byte = [](std::uint32_t b) {
        return static_cast<char>(static_cast<unsigned char>(b));
    };
    if (code_point < 0x80) return {byte(code_point)};
    if (code_point < 0x800) return {byte(0xC0 | code_point >> 6), byte(0x80 | (code_point & 63))};
    if (code_point < 0x10000)
        return {byte(0xE0 | code_point >> 12), byte(0x80 | (code_point >> 6 & 63)),
                byte(0x80 | (code_point & 63))};
    return {byte(0xF0 | code_point >> 18), byte(0x80 | (code_point >> 12 & 63)),
            byte(0x80 | (code_point >> 6 & 63)), byte(0x80 | (code_point & 63))};
}

/// RFC 3629 by arithmetic instead of by ranges: decode by the bit pattern, then ask whether the
/// value was allowed in that length.
bool is_one_scalar(const std::string& bytes) {
    const auto at = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
    };
    for (std::size_t i = 1; i < bytes.size(); ++i)
        if ((at(i) & 0xC0) != 0x80) return false;
    if (bytes.size() == 1) return at(0) < 0x80;
    if (bytes.size() == 2) {
        const std::uint32_t value = (at(0) & 31) << 6 | (at(1) & 63);
        return (at(0) & 0xE0) == 0xC0 && value >= 0x80;
    }
    if (bytes.size() == 3) {
        const std::uint32_t value = (at(0) & 15) << 12 | (at(1) & 63) << 6 | (at(2) & 63);
        return (at(0) & 0xF0) == 0xE0 && value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
    }
    const std::uint32_t value =
        (at(0) & 7) << 18 | (at(1) & 63) << 12 | (at(2) & 63) << 6 | (at(3) & 63);
    return (at(0) & 0xF8) == 0xF0 && value >= 0x10000 && value <= 0x10FFFF;
}

static_assert(is_utf8(""));
static_assert(is_utf8("Zo\xC3\xAB \xE2\x82\xAC \xF0\x9F\x93\x9E"));
static_assert(find_ill_formed_utf8("ab\xC0\x80") == 2);

} // namespace

TEST_CASE("utf8: every code point, surrogates refused") {
    std::size_t wrong = 0;
    for (std::uint32_t c = 0; c <= 0x110000; c += effort::stride) {
        const bool scalar = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        if (is_utf8(encoded(c)) != scalar) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf8: every sequence of up to three bytes agrees with decoding by bit patterns") {
    std::size_t wrong = 0;
    for (unsigned a = 0; a < 256; ++a) {
        std::string one(1, static_cast<char>(a));
        if (is_utf8(one) != is_one_scalar(one)) ++wrong;
        for (unsigned b = 0; b < 256; ++b) {
            const std::string two = one + static_cast<char>(b);
            const std::string second(1, static_cast<char>(b));
            const bool two_good =
                is_one_scalar(two) || (is_one_scalar(one) && is_one_scalar(second));
            if (is_utf8(two) != two_good) ++wrong;
            if (a < 0xE0) continue;
            for (unsigned c = 0; c < 256; c += effort::stride) {
                const std::string three = two + static_cast<char>(c);
                if (is_utf8(three) != is_one_scalar(three)) ++wrong;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf8: a bad byte is found wherever it stands among ASCII") {
    for (std::size_t size = 1; size <= 40; ++size)
        for (std::size_t at = 0; at < size; ++at) {
            std::string bytes(size, 'a');
            bytes[at] = '\x80';
            REQUIRE(find_ill_formed_utf8(bytes) == at);
        }
}

TEST_CASE("utf8: four bytes at the borders") {
    std::size_t wrong = 0;
    constexpr unsigned char borders[] = {0x00, 0x7F, 0x80, 0x8F, 0x90,
                                         0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (unsigned a = 0xF0; a < 256; ++a)
        for (unsigned b = 0; b < 256; ++b)
            for (const unsigned char c : borders)
                for (const unsigned char d : borders) {
                    const std::string four{static_cast<char>(a), static_cast<char>(b),
                                           static_cast<char>(c), static_cast<char>(d)};
                    if (is_utf8(four) != is_one_scalar(four)) ++wrong;
                }
    CHECK(wrong == 0);
}

TEST_CASE("utf8: the offset is that of the first ill-formed sequence, and a cut sequence is one") {
    const std::string good = encoded('a') + encoded(0xEB) + encoded(0x20AC) + encoded(0x1F4DE);
    CHECK(find_ill_formed_utf8(good) == good.size());
    constexpr std::size_t starts[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6};
    constexpr bool complete[] = {true, true, false, true, false, false, true, false, false, false};
    for (std::size_t size = 0; size < good.size(); ++size) {
        CAPTURE(size);
        // A view, so that the bytes that would complete the sequence lie behind its end.
        const text cut = slice(good, 0, size);
        CHECK(find_ill_formed_utf8(cut) == (complete[size] ? size : starts[size]));
    }
    CHECK(find_ill_formed_utf8(good + "\x80" + good) == good.size());
}
