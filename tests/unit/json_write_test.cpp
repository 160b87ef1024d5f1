// put_string: the escapes of RFC 8259 section 7, and the way back through scan_string and unescape
// for every character.
#include <tipring/json/scan.hpp>
#include <tipring/json/write.hpp>

#include "effort.hpp"
#include "guard_page.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#if defined(TIPRING_TEST_BOOST) && TIPRING_TEST_BOOST
#include <boost/json.hpp>
#endif

using namespace tipring;
using namespace std::string_view_literals;

namespace {

struct written {
    std::string content;
    errc code;
};

/// `value` from a heap block of its exact size.
written write(text value) {
    const std::unique_ptr<char[]> bytes{new char[value.size()]};
    if (!value.empty()) std::memcpy(bytes.get(), value.data(), value.size());
    std::vector<char> room(value.size() * 6 + 2);
    writer out{room};
    const errc code = json::put_string(out, text{bytes.get(), value.size()});
    return {std::string{out.written()}, code};
}

constexpr text hex_digits[] = {"0123456789abcdef", "0123456789ABCDEF"};

unsigned utf8_of(char32_t c, char* out) {
    if (c < 0x80) {
        out[0] = static_cast<char>(c);
        return 1;
    }
    unsigned size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (unsigned i = size; i-- > 1; c >>= 6) out[i] = static_cast<char>(0x80 | (c & 0x3F));
    const unsigned marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = static_cast<char>(marks[size] | c);
    return size;
}

char* put_unit(char* out, char32_t unit, text digits) {
    *out++ = '\\';
    *out++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) *out++ = digits[unit >> shift & 0xF];
    return out;
}

constexpr bool writes(text value, text expected) {
    char room[40] = {};
    writer out{room};
    return json::put_string(out, value) == errc::ok && out.written() == expected;
}
static_assert(writes("caf\xC3\xA9 \"\\/\x1F\n", "\"caf\xC3\xA9 \\\"\\\\/\\u001f\\n\""));

} // namespace

TEST_CASE("put_string: what is escaped, and how") {
    CHECK(write("").content == "\"\"");
    CHECK(write(text{}).content == "\"\"");
    CHECK(write("plain").content == "\"plain\"");
    CHECK(write("a\"b\\c/d").content == "\"a\\\"b\\\\c/d\"");
    CHECK(write("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F").content ==
          "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\"");
    const text controls[0x20] = {
        "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
        "\\b",     "\\t",     "\\n",     "\\u000b", "\\f",     "\\r",     "\\u000e", "\\u000f",
        "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
        "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f"};
    for (unsigned control = 0; control < 0x20; ++control) {
        const char c = static_cast<char>(control);
        CHECK(write(text{&c, 1}).content == "\"" + std::string{controls[control]} + "\"");
    }
}

TEST_CASE("put_string: an escape at every place of every length up to 40") {
    int wrong = 0;
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            for (const char special : {'"', '\\', '\n'}) {
                std::string value(size, 'x');
                value[place] = special;
                const std::string expected = "\"" + std::string(place, 'x') + "\\" +
                                             (special == '\n' ? 'n' : special) +
                                             std::string(size - place - 1, 'x') + "\"";
                const written got = write(value);
                wrong += got.code != errc::ok || got.content != expected;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("put_string: one special byte at every place, every alignment, every amount of room") {
    struct special_case {
        std::string_view raw;
        std::string_view written;
    };
    // Where `written` is empty the text is not UTF-8.
    constexpr special_case cases[] = {
        {"x", "x"},
        {"\"", "\\\""},
        {"\\", "\\\\"},
        {"\x1F", "\\u001f"},
        {"\x7F", "\x7F"},
        {"\0"sv, "\\u0000"},
        {"\xC3\xA9", "\xC3\xA9"},
        {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {"\x80", ""},
        {"\xE2\x82", ""},
    };
    exact_memory::text_before_end source;
    exact_memory::text_before_end target;
    std::string wrong;
    const auto check = [&](const std::string& value, const std::string& expected, bool is_utf8,
                           std::size_t room) {
        const std::span<char> bytes = target.keep(std::string(room, '#'));
        writer out{bytes};
        const errc code = json::put_string(out, text{source.keep(value).data(), value.size()});
        const bool good = is_utf8 ? code == errc::ok && out.size() == expected.size() &&
                                        out.fits() == (room >= expected.size()) &&
                                        (!out.fits() || out.written() == expected)
                                  : code == errc::invalid_utf8;
        if (!good) wrong = value + " into " + std::to_string(room);
    };
    for (std::size_t size = 0; size <= 80; ++size) {
        for (std::size_t place = 0; place <= size; place += effort::stride) {
            for (const auto& [raw, escaped] : cases) {
                const std::string before(place, 'a');
                const std::string after(size - place, 'z');
                const std::string value = before + std::string{raw} + after;
                const std::string expected = '"' + before + std::string{escaped} + after + '"';
                for (const std::size_t more : {0u, 1u, 15u, 31u, 32u, 33u, 39u, 100u})
                    check(value, expected, !escaped.empty(), expected.size() + more);
                check(value, expected, !escaped.empty(), expected.size() - 1);
                check(value, expected, !escaped.empty(), (size + place) % expected.size());
            }
        }
    }
    CHECK(wrong == "");
}

TEST_CASE("put_string: many special bytes against writing byte by byte") {
    constexpr std::string_view pieces[] = {"\"",
                                           "\\",
                                           "\n",
                                           "\x01",
                                           "a",
                                           "bc",
                                           "0123456789abcdef",
                                           "\xC3\xA9",
                                           "\xE2\x82\xAC",
                                           "\xF0\x9F\x98\x80"};
    constexpr std::string_view escaped[] = {"\\\"",
                                            "\\\\",
                                            "\\n",
                                            "\\u0001",
                                            "a",
                                            "bc",
                                            "0123456789abcdef",
                                            "\xC3\xA9",
                                            "\xE2\x82\xAC",
                                            "\xF0\x9F\x98\x80"};
    std::uint32_t state = 1;
    const auto next = [&state](std::uint32_t below) {
        state = state * 1664525 + 1013904223;
        return (state >> 16) % below;
    };
    exact_memory::text_before_end source;
    exact_memory::text_before_end target;
    int wrong = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string value;
        std::string expected = "\"";
        for (std::uint32_t count = next(40); count > 0; --count) {
            const std::size_t piece = next(std::size(pieces));
            value += pieces[piece];
            expected += escaped[piece];
        }
        expected += '"';
        // Often enough for the text, but not for its escapes.
        const std::size_t room =
            value.size() + next(static_cast<std::uint32_t>(expected.size() - value.size() + 60));
        writer out{target.keep(std::string(room, '#'))};
        const std::span<char> kept = source.keep(value);
        wrong += json::put_string(out, text{kept.data(), kept.size()}) != errc::ok;
        wrong += out.size() != expected.size();
        wrong += out.written() != (room >= expected.size() ? expected : "");
    }
    CHECK(wrong == 0);
}

TEST_CASE("put_string: text that is not UTF-8 is refused") {
    for (const text bad :
         {"\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC3"sv, "\xC3("sv, "\xE0\x9F\xBF"sv,
          "\xE2\x82"sv, "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xF0\x9F\x98"sv,
          "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFE"sv, "\xFF"sv}) {
        for (const std::size_t before : {0u, 1u, 15u, 16u, 33u}) {
            CHECK(write(std::string(before, 'x') + std::string{bad}).code == errc::invalid_utf8);
            CHECK(write(std::string(before, 'x') + std::string{bad} + "y").code ==
                  errc::invalid_utf8);
        }
    }
}

TEST_CASE("put_string: counts what it would need, and never writes past the end") {
    const text value = "say \"\xC3\xA9\n\" and more than sixteen bytes of it\x01";
    const std::string whole = write(value).content;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const std::unique_ptr<char[]> room{new char[size]};
        writer out{std::span<char>{room.get(), size}};
        CHECK(json::put_string(out, value) == errc::ok);
        CHECK(out.size() == whole.size());
        CHECK(out.fits() == (size == whole.size()));
    }
}

TEST_CASE("every Unicode character goes out and comes back, raw and as \\u") {
    long wrong = 0;
    long count = 0;
    for (char32_t c = 0; c <= 0x10FFFF; c += effort::stride) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        ++count;
        char plain[4];
        const text expected{plain, utf8_of(c, plain)};

        char raw[8];
        writer out{raw};
        wrong += json::put_string(out, expected) != errc::ok;
        const text quoted = out.written();
        const json::string_scan scan =
            json::scan_string(quoted.data() + 1, quoted.data() + quoted.size());
        wrong += scan.code != errc::ok || scan.end + 1 != quoted.data() + quoted.size();
        wrong += scan.has_escapes != (c < 0x20 || c == '"' || c == '\\');
        char back[8];
        wrong += text{back, json::unescape(back, quoted.data() + 1, scan.end)} != expected;

        char escaped[13];
        const text digits = hex_digits[c & 1];
        char* end = c < 0x10000
                        ? put_unit(escaped, c, digits)
                        : put_unit(put_unit(escaped, 0xD800 + ((c - 0x10000) >> 10), digits),
                                   0xDC00 + (c & 0x3FF), digits);
        *end = '"';
        const json::string_scan escapes = json::scan_string(escaped, end + 1);
        wrong += escapes.code != errc::ok || escapes.end != end || !escapes.has_escapes;
        wrong += !json::equals_unescaped(escaped, end, expected);
        wrong += text{escaped, json::unescape(escaped, escaped, end)} != expected;
    }
    CHECK((effort::stride > 1 || count == 1'112'064));
    CHECK(wrong == 0);
}

#if defined(TIPRING_TEST_BOOST) && TIPRING_TEST_BOOST
TEST_CASE("Boost.JSON reads what put_string wrote") {
    std::string value;
    for (unsigned c = 0; c < 0x80; ++c) value += static_cast<char>(c);
    value += "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    boost::json::error_code failed;
    const boost::json::value got = boost::json::parse(write(value).content, failed);
    REQUIRE_FALSE(failed.failed());
    REQUIRE(got.is_string());
    CHECK(text{got.get_string().data(), got.get_string().size()} == value);
}
#endif
