// The scanner against RFC 8259, Unicode table 3-7 and readers written another way: a plain
// recursive one here, and Boost.JSON where it is. Inputs lie in heap blocks of their exact size, so
// that AddressSanitizer sees any over-read.
#include <tipring/json/scan.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#if defined(TIPRING_TEST_BOOST) && TIPRING_TEST_BOOST
#include <boost/json.hpp>
#endif

#include "effort.hpp"

using namespace tipring;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

/// How long the strings are of which all are tried.
constexpr std::size_t longest = effort::stride > 1 ? 4 : 5;

/// A copy that ends where its heap block ends.
class exact {
public:
    explicit exact(text content) : size_{content.size()}, bytes_{new char[content.size()]} {
        for (std::size_t i = 0; i < size_; ++i) bytes_[i] = content[i];
    }
    char* begin() const { return bytes_.get(); }
    char* end() const { return bytes_.get() + size_; }
    text view() const { return {bytes_.get(), size_}; }
    long offset(const char* at) const { return static_cast<long>(at - bytes_.get()); }

private:
    std::size_t size_;
    std::unique_ptr<char[]> bytes_;
};

struct seen {
    long offset;
    errc code;
    friend bool operator==(const seen&, const seen&) = default;
};

seen string_of(text content) {
    const exact bytes{content};
    const json::string_scan scan = json::scan_string(bytes.begin(), bytes.end());
    return {bytes.offset(scan.end), scan.code};
}
seen value_of(text content, unsigned depth = 32) {
    const exact bytes{content};
    const json::value_scan scan = json::skip_value(bytes.begin(), bytes.end(), depth);
    return {bytes.offset(scan.end), scan.code};
}
seen document_of(text content, unsigned depth = 32) {
    const exact bytes{content};
    const json::value_scan scan = json::validate(bytes.view(), depth);
    return {bytes.offset(scan.end), scan.code};
}

/// Calls `use` with every string of up to `most` of the `parts`.
template <class Use>
void for_all_strings(const std::vector<text>& parts, std::size_t most, Use use) {
    std::vector<std::size_t> chosen;
    std::string made;
    for (;;) {
        made.clear();
        for (const std::size_t part : chosen) made += parts[part];
        use(made);
        std::size_t at = 0;
        while (at < chosen.size() && chosen[at] + 1 == parts.size()) chosen[at++] = 0;
        if (at < chosen.size())
            ++chosen[at];
        else if (chosen.size() == most)
            return;
        else
            chosen.assign(chosen.size() + 1, 0);
    }
}

std::vector<text> single_characters(text all) {
    std::vector<text> parts;
    for (std::size_t i = 0; i < all.size(); ++i) parts.push_back(all.substr(i, 1));
    return parts;
}

/// How long the well-formed UTF-8 sequence at `at` is, by arithmetic and not by table 3-7; 0 for
/// none.
std::size_t sequence_length(text t, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(t[at + i]));
    };
    std::size_t length = 0;
    while (length < 8 && (byte(0) << length & 0x80) != 0) ++length;
    if (length == 0) return 1;
    if (length == 1 || length > 4 || at + length > t.size()) return 0;
    std::uint32_t value = byte(0) & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
        value = value << 6 | (byte(i) & 0x3F);
    }
    const std::uint32_t shortest[] = {0, 0, 0x80, 0x800, 0x10000};
    return value < shortest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)
               ? 0
               : length;
}

/// RFC 8259 by recursive descent, as plain as can be.
class plain_reader {
public:
    static bool accepts(text document, int depth) {
        plain_reader reader{document};
        reader.blanks();
        if (!reader.value(depth)) return false;
        reader.blanks();
        return reader.rest_.empty();
    }

private:
    explicit plain_reader(text document) : rest_{document} {}

    bool take(text expected) {
        if (rest_.substr(0, expected.size()) != expected) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    bool take_any(text set) {
        return !rest_.empty() && set.find(rest_[0]) != text::npos && take(rest_.substr(0, 1));
    }
    void blanks() {
        while (take_any(" \t\r\n")) {
        }
    }
    bool digits() {
        if (!take_any("0123456789")) return false;
        while (take_any("0123456789")) {
        }
        return true;
    }
    bool number() {
        take("-");
        if (!take("0") && (rest_.substr(0, 1) == "0" || !digits())) return false;
        if (take(".") && !digits()) return false;
        if (take_any("eE")) {
            take_any("+-");
            return digits();
        }
        return true;
    }
    bool unit(unsigned& value) {
        if (!take("\\u") || rest_.size() < 4 ||
            rest_.substr(0, 4).find_first_not_of("0123456789abcdefABCDEF") != text::npos)
            return false;
        value = static_cast<unsigned>(std::stoul(std::string{rest_.substr(0, 4)}, nullptr, 16));
        rest_.remove_prefix(4);
        return true;
    }
    bool string() {
        if (!take("\"")) return false;
        while (!take("\"")) {
            if (rest_.empty() || static_cast<unsigned char>(rest_[0]) < 0x20) return false;
            if (rest_[0] != '\\') {
                const std::size_t length = sequence_length(rest_, 0);
                if (length == 0) return false;
                rest_.remove_prefix(length);
            } else if (rest_.substr(0, 2) == "\\u") {
                unsigned high = 0;
                unsigned low = 0;
                if (!unit(high) || (high >= 0xDC00 && high < 0xE000)) return false;
                if (high >= 0xD800 && high < 0xDC00 && (!unit(low) || low < 0xDC00 || low > 0xDFFF))
                    return false;
            } else {
                take("\\");
                if (!take_any("\"\\/bfnrt")) return false;
            }
        }
        return true;
    }
    bool value(int depth) {
        if (take("true") || take("false") || take("null")) return true;
        if (rest_.substr(0, 1) == "\"") return string();
        const bool object = rest_.substr(0, 1) == "{";
        if (!object && rest_.substr(0, 1) != "[") return number();
        if (depth == 0) return false;
        rest_.remove_prefix(1);
        blanks();
        if (take(object ? "}" : "]")) return true;
        for (;;) {
            if (object) {
                if (!string()) return false;
                blanks();
                if (!take(":")) return false;
                blanks();
            }
            if (!value(depth - 1)) return false;
            blanks();
            if (take(object ? "}" : "]")) return true;
            if (!take(",")) return false;
            blanks();
        }
    }

    text rest_;
};

constexpr bool scans(text content, errc code) {
    return json::scan_string(content.data(), content.data() + content.size()).code == code;
}
static_assert(scans("caf\xC3\xA9 \\ud83d\\ude00\"", errc::ok));
static_assert(scans("\\ude00\"", errc::invalid_escape));
static_assert(scans("\xED\xA0\x80\"", errc::invalid_utf8));
static_assert(json::validate(" {\"a\": [1, -2.5e3, true, false, null, {}], \"b\": \"\"} ", 3)
                  .code == errc::ok);
static_assert(json::validate("[[[]]]", 2).code == errc::too_deep);
constexpr text longest_integer = "-9223372036854775808";
static_assert(json::scan_number(longest_integer.data(), longest_integer.data() + 20).value ==
              std::numeric_limits<std::int64_t>::min());

} // namespace

TEST_CASE("find_special stops at the first special byte, wherever it is in whatever length") {
    std::vector<std::size_t> sizes;
    for (std::size_t size = 0; size <= 41; ++size) sizes.push_back(size);
    for (const std::size_t size : {79u, 80u, 81u, 95u, 96u, 127u, 144u, 150u, 210u})
        sizes.push_back(size);
    int wrong = 0;
    for (const std::size_t size : sizes) {
        const exact plain{std::string(size, 'x')};
        wrong += json::find_special(plain.begin(), plain.end()) != plain.end();
        for (std::size_t place = 0; place < size; ++place) {
            for (int value = 0; value < 256; ++value) {
                const char filler = " ~!#[]\x7F"[value % 7];
                const exact bytes{std::string(size, filler)};
                bytes.begin()[place] = static_cast<char>(value);
                if (place + 2 < size) bytes.begin()[place + 2] = '"';
                const bool special = value < 0x20 || value > 0x7F || value == '"' || value == '\\';
                const std::size_t expected = special ? place : place + 2 < size ? place + 2 : size;
                wrong += json::find_special(bytes.begin(), bytes.end()) != bytes.begin() + expected;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("machine words of either width find exactly the special bytes") {
    int wrong = 0;
    const auto check = [&]<class Word>(Word) {
        using block = json::detail::word_block<Word>;
        for (std::size_t place = 0; place < block::size; ++place) {
            for (int value = 0; value < 256; ++value) {
                for (const char filler : {' ', '!', '#', '[', ']', '\x7F', 'x'}) {
                    char bytes[sizeof(Word)];
                    std::memset(bytes, filler, sizeof bytes);
                    bytes[place] = static_cast<char>(value);
                    const bool special =
                        value < 0x20 || value > 0x7F || value == '"' || value == '\\';
                    const Word specials = block::special(block::load(bytes));
                    wrong +=
                        (specials != 0) != special || (special && block::first(specials) != place);
                    const Word others = block::not_ascii(block::load(bytes));
                    wrong += (others != 0) != (value > 0x7F) ||
                             (value > 0x7F && block::first(others) != place);
                }
            }
        }
    };
    check(std::uint32_t{});
    check(std::uint64_t{});
    CHECK(wrong == 0);
}

TEST_CASE("skip_space takes the four blanks of JSON and nothing else") {
    int wrong = 0;
    for (std::size_t size = 0; size <= 41; ++size) {
        std::string blanks;
        for (std::size_t i = 0; i < size; ++i) blanks += " \n \t\r"[i % 5];
        const exact all{blanks};
        wrong += json::skip_space(all.begin(), all.end()) != all.end();
        for (std::size_t place = 0; place < size; ++place) {
            for (int value = 0; value < 256; ++value) {
                const exact bytes{blanks};
                bytes.begin()[place] = static_cast<char>(value);
                const bool blank = value == ' ' || value == '\t' || value == '\n' || value == '\r';
                wrong += json::skip_space(bytes.begin(), bytes.end()) !=
                         (blank ? bytes.end() : bytes.begin() + place);
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("null pointers are an empty input") {
    CHECK(json::skip_space(nullptr, nullptr) == nullptr);
    CHECK(json::find_special(nullptr, nullptr) == nullptr);
    CHECK(json::find_ill_formed(nullptr, nullptr) == nullptr);
    CHECK(json::validate(text{}, 1).code == errc::unexpected_end);
}

TEST_CASE("find_ill_formed: all sequences over the boundaries of Unicode table 3-7") {
    const text edges =
        "\x00\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF"sv;
    int wrong = 0;
    for_all_strings(single_characters(edges), 4, [&](const std::string& made) {
        std::size_t expected = 0;
        while (expected < made.size()) {
            const std::size_t length = sequence_length(made, expected);
            if (length == 0) break;
            expected += length;
        }
        const exact bytes{made};
        wrong += bytes.offset(json::find_ill_formed(bytes.begin(), bytes.end())) !=
                 static_cast<long>(expected);
    });
    CHECK(wrong == 0);
}

TEST_CASE("find_ill_formed: a bad byte at any place among ASCII and longer characters") {
    int wrong = 0;
    for (const text filler : {"x"sv, "\xC3\xA9"sv, "\xE2\x82\xAC"sv, "\xF0\x9F\x98\x80"sv,
                              "abcdefghijklmnop\xC3\xA9"sv}) {
        for (std::size_t before = 0; before <= 40; ++before) {
            std::string made;
            for (std::size_t i = 0; i < before; ++i) made += filler;
            const long place = static_cast<long>(made.size());
            const exact good{made};
            wrong += json::find_ill_formed(good.begin(), good.end()) != good.end();
            for (const text bad :
                 {"\x80"sv, "\xFF"sv, "\xC3"sv, "\xE2\x82"sv, "\xC3x"sv, "\xF0\x9F\x98 "sv}) {
                const exact cut{made + std::string{bad}};
                wrong += cut.offset(json::find_ill_formed(cut.begin(), cut.end())) != place;
                const exact amid{made + std::string{bad} + "a long tail of plain text"};
                wrong += amid.offset(json::find_ill_formed(amid.begin(), amid.end())) != place;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("scan_string: what ends a string and what is wrong in one") {
    CHECK(string_of("\"") == seen{0, errc::ok});
    CHECK(string_of("abc\",\"x\"") == seen{3, errc::ok});
    CHECK(string_of("a\\\"b\" ") == seen{4, errc::ok});
    CHECK(string_of("\x7F/'\"") == seen{3, errc::ok});
    CHECK(string_of("") == seen{0, errc::unexpected_end});
    CHECK(string_of("abc") == seen{3, errc::unexpected_end});
    CHECK(string_of("abc\\") == seen{4, errc::unexpected_end});
    CHECK(string_of("abc\\\"") == seen{5, errc::unexpected_end});
    CHECK(string_of("ab\\x\"") == seen{2, errc::invalid_escape});
    CHECK(string_of("ab\\'\"") == seen{2, errc::invalid_escape});
    CHECK(string_of("ab\\u12g4\"") == seen{2, errc::invalid_escape});
    CHECK(string_of("ab\\u12\"") == seen{2, errc::invalid_escape});
    CHECK(string_of("ab\\U0041\"") == seen{2, errc::invalid_escape});
    CHECK(string_of("a\xC3\x28\"") == seen{1, errc::invalid_utf8});
    CHECK(string_of("a\xC0\x80\"") == seen{1, errc::invalid_utf8});
    CHECK(string_of("a\xE2\x82") == seen{3, errc::unexpected_end});
    CHECK(string_of("a\xED\x80") == seen{3, errc::unexpected_end});
    CHECK(string_of("a\xED\xA0") == seen{1, errc::invalid_utf8});
    CHECK(string_of("a\xF4\x90") == seen{1, errc::invalid_utf8});
    for (int control = 0; control < 0x20; ++control)
        CHECK(string_of("ab" + std::string(1, static_cast<char>(control)) + "\"") ==
              seen{2, errc::invalid_json});
}

TEST_CASE("scan_string: a surrogate without its partner, of either kind") {
    CHECK(string_of("\\ud83d\\ude00\"") == seen{12, errc::ok});
    CHECK(string_of("\\uD800\\uDC00\\uDBFF\\uDFFF\"") == seen{24, errc::ok});
    CHECK(string_of("\\ud7ff\\ue000\"") == seen{12, errc::ok});
    CHECK(string_of("x\\ud83d\"") == seen{1, errc::invalid_escape});
    CHECK(string_of("x\\ud83dx\"") == seen{1, errc::invalid_escape});
    CHECK(string_of("x\\ud83d\\n\"") == seen{1, errc::invalid_escape});
    CHECK(string_of("x\\ud83d\\ud83d\"") == seen{1, errc::invalid_escape});
    CHECK(string_of("x\\ud83d\\u0041\"") == seen{1, errc::invalid_escape});
    CHECK(string_of("x\\ud83d\\ue000\"") == seen{1, errc::invalid_escape});
    CHECK(string_of("x\\ude00\\ud83d\"") == seen{1, errc::invalid_escape});
    CHECK(string_of("x\\udfff\"") == seen{1, errc::invalid_escape});
}

TEST_CASE("scan_string: every UTF-16 unit alone, and every unit after and before one at an edge") {
    const auto unit = [](unsigned value) {
        std::string escape = "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            escape += "0123456789abcdef"[value >> shift & 0xF];
        return escape;
    };
    int wrong = 0;
    for (unsigned value = 0; value <= 0xFFFF; ++value) {
        const bool high = value >= 0xD800 && value <= 0xDBFF;
        const bool low = value >= 0xDC00 && value <= 0xDFFF;
        wrong += string_of(unit(value) + "\"") !=
                 (high || low ? seen{0, errc::invalid_escape} : seen{6, errc::ok});
        for (const unsigned edge : {0xD800u, 0xDBFFu})
            wrong += string_of(unit(edge) + unit(value) + "\"") !=
                     (low ? seen{12, errc::ok} : seen{0, errc::invalid_escape});
        for (const unsigned edge : {0xDC00u, 0xDFFFu})
            wrong += string_of(unit(value) + unit(edge) + "\"") !=
                     (high ? seen{12, errc::ok} : seen{low ? 0 : 6, errc::invalid_escape});
    }
    CHECK(wrong == 0);
}

TEST_CASE(
    "four hexadecimal digits: every number in either case, and every other byte at any place") {
    const auto read = [](text digits) {
        return json::detail::four_hex_digits(json::detail::four_bytes(digits.data()));
    };
    char written[5];
    for (unsigned number = 0; number <= 0xFFFF; ++number) {
        std::snprintf(written, sizeof written, "%04x", number);
        REQUIRE(read(written) == number);
        std::snprintf(written, sizeof written, "%04X", number);
        REQUIRE(read(written) == number);
    }
    for (const text around : {"0000", "9999", "aaaa", "FFFF"}) {
        for (std::size_t place = 0; place < 4; ++place) {
            for (unsigned byte = 0; byte < 256; ++byte) {
                std::string digits{around};
                digits[place] = static_cast<char>(byte);
                const bool is_hex = std::strchr("0123456789abcdefABCDEF", digits[place]) != nullptr;
                CHECK((read(digits) != json::detail::not_hex) == (is_hex && byte != 0));
            }
        }
    }
}

TEST_CASE("scan_string: unexpected_end exactly when more bytes could make it right") {
    // Every way to go on that can matter: the rest of a sequence, of an escape, of a pair, then the
    // quote.
    const std::vector<text> continuations = {"\"",
                                             "n\"",
                                             "\x80\"",
                                             "\xA0\x80\"",
                                             "\x80\x80\"",
                                             "\x90\x80\x80\"",
                                             "\x80\x80\x80\"",
                                             "u0000\"",
                                             "0000\"",
                                             "000\"",
                                             "00\"",
                                             "0\"",
                                             "\\udc00\"",
                                             "udc00\"",
                                             "dc00\"",
                                             "c00\"",
                                             "0\\udc00\"",
                                             "00\\udc00\"",
                                             "000\\udc00\""};
    int wrong = 0;
    const auto check = [&](const std::string& made) {
        const seen alone = string_of(made);
        if (alone.code == errc::ok) return;
        bool can_be_right = false;
        for (const text continuation : continuations) {
            const seen longer = string_of(made + std::string{continuation});
            can_be_right = can_be_right || longer.code == errc::ok;
            if (alone.code != errc::unexpected_end) wrong += longer != alone;
        }
        wrong += can_be_right != (alone.code == errc::unexpected_end);
        if (alone.code == errc::unexpected_end)
            wrong += alone.offset != static_cast<long>(made.size());
    };
    for_all_strings(single_characters("\\ud8c0fn\"\x01"), longest - 1, check);
    for (const text start : {"\\u"sv, "\\ud800"sv, "\\ud800\\u"sv, "\\udbff\\u"sv})
        for_all_strings(single_characters("dDcCeE8bfF0g"), 3,
                        [&](const std::string& made) { check(std::string{start} + made); });
    for_all_strings(single_characters("\x41\x80\x90\xA0\xBF\xC1\xC2\xE0\xE1\xED\xF0\xF1\xF4\xF5"),
                    3, check);
    const std::string pair = "\\ud83d\\ude00";
    for (std::size_t cut = 0; cut <= pair.size(); ++cut) {
        check(pair.substr(0, cut));
        for (int value = 0; value < 256; ++value)
            check(pair.substr(0, cut) + static_cast<char>(value));
    }
    CHECK(wrong == 0);
}

TEST_CASE("unescape: every short form, in place and into another buffer") {
    const text escaped =
        "\\\"\\\\\\/\\b\\f\\n\\r\\t plain \\u0041\\u00e9\\u20AC\\ud83d\\uDE00\xC3\xA9\\u0000.";
    const text plain = "\"\\/\b\f\n\r\t plain A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xC3\xA9\0."sv;
    const exact source{escaped};
    const exact target{std::string(plain.size(), '?')};
    REQUIRE(json::unescape(target.begin(), source.begin(), source.end()) == plain.size());
    CHECK(target.view() == plain);
    REQUIRE(json::unescape(source.begin(), source.begin(), source.end()) == plain.size());
    CHECK(source.view().substr(0, plain.size()) == plain);
}

TEST_CASE("unescape writes nothing past what it has read") {
    for (std::size_t before = 0; before <= 40; ++before) {
        const std::string content = std::string(before, 'x') + "\\n\xC3\xA9" +
                                    std::string(before, 'y') + "\\ud83d\\ude00\\t";
        const std::string expected = std::string(before, 'x') + "\n\xC3\xA9" +
                                     std::string(before, 'y') + "\xF0\x9F\x98\x80\t";
        const exact bytes{content};
        std::string other(expected.size() + 32, '?');
        REQUIRE(json::unescape(other.data(), bytes.begin(), bytes.end()) == expected.size());
        CHECK(other == expected + std::string(32, '?'));
        const exact wide{content};
        REQUIRE(json::detail::unescape(wide.begin(), wide.end(), wide.begin(), wide.end()) ==
                expected.size());
        CHECK(wide.view().substr(0, expected.size()) == expected);
        REQUIRE(json::unescape(bytes.begin(), bytes.begin(), bytes.end()) == expected.size());
        CHECK(bytes.view().substr(0, expected.size()) == expected);
        CHECK(bytes.view().substr(expected.size()) == text{content}.substr(expected.size()));
        CHECK(json::equals_unescaped(content.data(), content.data() + content.size(), expected));
    }
}

TEST_CASE("equals_unescaped") {
    const auto equal = [](text content, text plain) {
        const exact bytes{content};
        return json::equals_unescaped(bytes.begin(), bytes.end(), plain);
    };
    CHECK(equal("", ""));
    CHECK(equal("abc", "abc"));
    CHECK(equal("a\\u0062c", "abc"));
    CHECK(equal("\\u00e9", "\xC3\xA9"));
    CHECK_FALSE(equal("abc", "ab"));
    CHECK_FALSE(equal("ab", "abc"));
    CHECK_FALSE(equal("a\\n", "a\\n"));
    CHECK_FALSE(equal("\\u00e9", "\xC3"));
    CHECK_FALSE(equal("\\u00e9", "\xC3\xA8"));
    CHECK_FALSE(equal("a\\", "a\\"));
    CHECK_FALSE(equal("a\\ud800", "a"));
}

TEST_CASE("scan_number: forms and where they go wrong") {
    struct sample {
        text written;
        long end;
        errc code;
        bool is_integer;
        bool fits;
        std::int64_t value;
    };
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const sample samples[] = {
        {"0", 1, errc::ok, true, true, 0},
        {"-0", 2, errc::ok, true, true, 0},
        {"7,", 1, errc::ok, true, true, 7},
        {"120x", 3, errc::ok, true, true, 120},
        {"-12]", 3, errc::ok, true, true, -12},
        {"9223372036854775807", 19, errc::ok, true, true, most},
        {"-9223372036854775807", 20, errc::ok, true, true, -most},
        {"-9223372036854775808", 20, errc::ok, true, true, least},
        {"9223372036854775808", 19, errc::ok, true, false, 0},
        {"-9223372036854775809", 20, errc::ok, true, false, 0},
        {"9999999999999999999", 19, errc::ok, true, false, 0},
        {"18446744073709551616", 20, errc::ok, true, false, 0},
        {"18446744073709551617", 20, errc::ok, true, false, 0},
        {"-18446744073709551617", 21, errc::ok, true, false, 0},
        {"100000000000000000000000000000000000", 36, errc::ok, true, false, 0},
        {"0.0", 3, errc::ok, false, false, 0},
        {"-0.50 ", 5, errc::ok, false, false, 0},
        {"1e400", 5, errc::ok, false, false, 0},
        {"1E+2", 4, errc::ok, false, false, 0},
        {"12.34e-05}", 9, errc::ok, false, false, 0},
        {"1.", 2, errc::unexpected_end, false, false, 0},
        {"1.,", 2, errc::invalid_number, false, false, 0},
        {"1.e3", 2, errc::invalid_number, false, false, 0},
        {"1e", 2, errc::unexpected_end, false, false, 0},
        {"1e+", 3, errc::unexpected_end, false, false, 0},
        {"1e+-1", 3, errc::invalid_number, false, false, 0},
        {"1e ", 2, errc::invalid_number, false, false, 0},
        {"1.5E,", 4, errc::invalid_number, false, false, 0},
        {"-", 1, errc::unexpected_end, false, false, 0},
        {"-a", 1, errc::invalid_number, false, false, 0},
        {"--1", 1, errc::invalid_number, false, false, 0},
        {"-.5", 1, errc::invalid_number, false, false, 0},
        {"01", 1, errc::invalid_number, false, false, 0},
        {"-007", 2, errc::invalid_number, false, false, 0},
        {"00.1", 1, errc::invalid_number, false, false, 0},
        {"0x10", 1, errc::ok, true, true, 0},
        {"", 0, errc::unexpected_end, false, false, 0},
        {".5", 0, errc::invalid_number, false, false, 0},
        {"+1", 0, errc::invalid_number, false, false, 0},
    };
    for (const sample& s : samples) {
        CAPTURE(std::string{s.written});
        const exact bytes{s.written};
        const json::number_scan scan = json::scan_number(bytes.begin(), bytes.end());
        CHECK(bytes.offset(scan.end) == s.end);
        CHECK(scan.code == s.code);
        CHECK(scan.is_integer == s.is_integer);
        CHECK(scan.fits == s.fits);
        CHECK(scan.value == s.value);
    }
}

TEST_CASE("scan_number: the value of every power of ten and two, and its neighbours") {
    const auto check = [](std::int64_t value) {
        const exact bytes{std::to_string(value)};
        const json::number_scan scan = json::scan_number(bytes.begin(), bytes.end());
        CHECK(scan.end == bytes.end());
        CHECK(scan.fits);
        CHECK(scan.value == value);
    };
    for (std::int64_t base : {std::int64_t{2}, std::int64_t{10}}) {
        for (std::int64_t power = 1; power < std::numeric_limits<std::int64_t>::max() / base;
             power *= base) {
            for (std::int64_t value : {power - 1, power, power + 1}) {
                check(value);
                check(-value);
            }
        }
    }
}

TEST_CASE("scan_literal") {
    const auto scan = [](text content, text literal) {
        const exact bytes{content};
        const json::value_scan got = json::scan_literal(bytes.begin(), bytes.end(), literal);
        return seen{bytes.offset(got.end), got.code};
    };
    CHECK(scan("true,", "true") == seen{4, errc::ok});
    CHECK(scan("tru", "true") == seen{3, errc::unexpected_end});
    CHECK(scan("trUe", "true") == seen{2, errc::invalid_json});
    CHECK(scan("", "null") == seen{0, errc::unexpected_end});
}

TEST_CASE("skip_value: where it stops") {
    CHECK(value_of("{} x") == seen{2, errc::ok});
    CHECK(value_of("[1,2]]") == seen{5, errc::ok});
    CHECK(value_of("\"a\\\"\",") == seen{5, errc::ok});
    CHECK(value_of("12,") == seen{2, errc::ok});
    CHECK(value_of("nullx") == seen{4, errc::ok});
    CHECK(value_of("{ \"a\" : [ 1 , { } , [ ] ] , \"b\" : null }") == seen{40, errc::ok});
    CHECK(value_of("") == seen{0, errc::unexpected_end});
    CHECK(value_of(" 1") == seen{0, errc::invalid_json});
    CHECK(value_of("[1,]") == seen{3, errc::invalid_json});
    CHECK(value_of("[,1]") == seen{1, errc::invalid_json});
    CHECK(value_of("[1 2]") == seen{3, errc::invalid_json});
    CHECK(value_of("[1,,2]") == seen{3, errc::invalid_json});
    CHECK(value_of("[1}") == seen{2, errc::invalid_json});
    CHECK(value_of("{\"a\":1]") == seen{6, errc::invalid_json});
    CHECK(value_of("{\"a\":1,}") == seen{7, errc::invalid_json});
    CHECK(value_of("{,\"a\":1}") == seen{1, errc::invalid_json});
    CHECK(value_of("{\"a\" 1}") == seen{5, errc::invalid_json});
    CHECK(value_of("{\"a\":}") == seen{5, errc::invalid_json});
    CHECK(value_of("{\"a\"}") == seen{4, errc::invalid_json});
    CHECK(value_of("{1:1}") == seen{1, errc::invalid_json});
    CHECK(value_of("{x}") == seen{1, errc::invalid_json});
    CHECK(value_of("[nul]") == seen{4, errc::invalid_json});
    CHECK(value_of("[01]") == seen{2, errc::invalid_number});
    CHECK(value_of("[-]") == seen{2, errc::invalid_number});
    CHECK(value_of("{\"\\q\":1}") == seen{2, errc::invalid_escape});
    CHECK(value_of("[\"\xFF\"]") == seen{2, errc::invalid_utf8});
    CHECK(value_of("[\"\n\"]") == seen{2, errc::invalid_json});
    CHECK(value_of("[1\f]") == seen{2, errc::invalid_json});
    CHECK(value_of("'a'") == seen{0, errc::invalid_json});
    CHECK(value_of("NaN") == seen{0, errc::invalid_json});
    CHECK(value_of("+1") == seen{0, errc::invalid_json});
    CHECK(value_of(".5") == seen{0, errc::invalid_json});
}

TEST_CASE("skip_value: each array and each object takes one level, 64 at the most") {
    CHECK(value_of("1", 0) == seen{1, errc::ok});
    CHECK(value_of("[]", 0) == seen{0, errc::too_deep});
    CHECK(value_of("{}", 0) == seen{0, errc::too_deep});
    CHECK(value_of("[[],[],{}]", 2) == seen{10, errc::ok});
    CHECK(value_of("[[],{\"a\":[]}]", 2) == seen{9, errc::too_deep});
    for (const unsigned allowed : {1u, 2u, 31u, 32u, 63u, 64u, 65u, 1000u}) {
        const std::size_t most = allowed < json::most_depth ? allowed : json::most_depth;
        for (const bool object : {false, true}) {
            const text open = object ? "{\"a\":" : "[";
            std::string made;
            for (std::size_t i = 0; i < most; ++i) made += open;
            const std::string deeper = made + std::string{open} + "1";
            made += '1';
            for (std::size_t i = 0; i < most; ++i) made += object ? '}' : ']';
            CHECK(value_of(made, allowed) == seen{static_cast<long>(made.size()), errc::ok});
            CHECK(value_of(deeper, allowed) ==
                  seen{static_cast<long>(most * open.size()), errc::too_deep});
        }
    }
    // Arrays and objects in turn: the closing brackets must be remembered through all the levels.
    std::string mixed;
    for (int i = 0; i < 32; ++i) mixed += "[{\"a\":";
    mixed += "{";
    CHECK(value_of(mixed, 64) == seen{static_cast<long>(mixed.size() - 1), errc::too_deep});
    mixed.back() = '0';
    for (int i = 0; i < 32; ++i) mixed += "}]";
    CHECK(value_of(mixed, 64) == seen{static_cast<long>(mixed.size()), errc::ok});
    mixed.back() = '}';
    CHECK(value_of(mixed, 64) == seen{static_cast<long>(mixed.size() - 1), errc::invalid_json});
}

TEST_CASE("validate: blanks around, nothing else, no byte order mark") {
    CHECK(document_of(" \r\n\t[1] \r\n\t") == seen{11, errc::ok});
    CHECK(document_of("1") == seen{1, errc::ok});
    CHECK(document_of("") == seen{0, errc::unexpected_end});
    CHECK(document_of("  ") == seen{2, errc::unexpected_end});
    CHECK(document_of("[1] ]") == seen{4, errc::trailing_text});
    CHECK(document_of("1 2") == seen{2, errc::trailing_text});
    CHECK(document_of("{}\0"sv) == seen{2, errc::trailing_text});
    CHECK(document_of("\xEF\xBB\xBF{}") == seen{0, errc::invalid_json});
    CHECK(document_of("\xFE\xFF") == seen{0, errc::invalid_json});
    CHECK(document_of("\v1") == seen{0, errc::invalid_json});
}

TEST_CASE("a million brackets are no trouble") {
    const std::string open(1'000'000, '[');
    CHECK(document_of(open, 64) == seen{64, errc::too_deep});
    std::string wide = "[";
    for (int i = 0; i < 100'000; ++i) wide += "[],{},";
    wide += "0]";
    CHECK(document_of(wide, 2) == seen{static_cast<long>(wide.size()), errc::ok});
}

namespace {

/// What must hold for any input; the verdict must be that of the other readers.
int count_faults(const std::string& made) {
    const seen got = document_of(made);
    int wrong = (got.code == errc::ok) != plain_reader::accepts(made, 32);
    const auto prefix_is_open = [](const seen& prefix, std::size_t size) {
        return (prefix.code == errc::ok || prefix.code == errc::unexpected_end) &&
               prefix.offset == static_cast<long>(size);
    };
    if (got.code == errc::ok) {
        for (std::size_t cut = 0; cut < made.size(); ++cut)
            wrong += !prefix_is_open(document_of(text{made}.substr(0, cut)), cut);
    } else if (got.code != errc::unexpected_end) {
        const std::size_t at = static_cast<std::size_t>(got.offset);
        wrong += at >= made.size() || !prefix_is_open(document_of(text{made}.substr(0, at)), at);
        // Where an escape or a UTF-8 sequence starts, more than that byte may be needed to see that
        // it is wrong.
        if (got.code != errc::invalid_escape && got.code != errc::invalid_utf8)
            wrong += document_of(text{made}.substr(0, at + 1)) != got;
    } else {
        wrong += got.offset != static_cast<long>(made.size());
    }
#if defined(TIPRING_TEST_BOOST) && TIPRING_TEST_BOOST
    boost::json::error_code failed;
    boost::json::parse(made, failed);
    wrong += (got.code == errc::ok) == failed.failed();
#endif
    return wrong;
}

} // namespace

TEST_CASE("validate agrees with other readers on all short texts over the structure alphabet") {
    int wrong = 0;
    for_all_strings(single_characters("{}[]\",:1 \\a-"), longest,
                    [&](const std::string& made) { wrong += count_faults(made); });
    CHECK(wrong == 0);
}

TEST_CASE("validate agrees with other readers on all short numbers") {
    int wrong = 0;
    for_all_strings(single_characters("-+.eE019,[ "), longest,
                    [&](const std::string& made) { wrong += count_faults(made); });
    CHECK(wrong == 0);
}

TEST_CASE("validate agrees with other readers on all short rows of tokens") {
    int wrong = 0;
    const std::vector<text> tokens = {"{", "}", "[", "]", "\"a\"", ",", ":", "true", "null", "2"};
    for_all_strings(tokens, longest, [&](const std::string& made) { wrong += count_faults(made); });
    CHECK(wrong == 0);
}

TEST_CASE(
    "validate agrees with other readers after any one byte of a document is changed or lost") {
    const std::string document =
        " {\"caf\xC3\xA9\\n\": [0, -1.5e+3, true, false, null, \"\\ud83d\\ude00\"], \"\xE2\x82\xAC\":{\"b\":{}} }\n";
    REQUIRE(count_faults(document) == 0);
    int wrong = 0;
    for (std::size_t at = 0; at < document.size(); ++at) {
        std::string changed = document;
        for (int value = 0; value < 256; ++value) {
            changed[at] = static_cast<char>(value);
            wrong += count_faults(changed);
        }
        wrong += count_faults(document.substr(0, at) + document.substr(at + 1));
    }
    CHECK(wrong == 0);
}

TEST_CASE("unescape: escapes that are none stay as they are written") {
    for (const text bad : {text{R"(a\qb)"}, text{R"(\u12)"}, text{R"(\)"}, text{R"(\uD800)"}}) {
        CAPTURE(std::string{bad});
        char out[16];
        const std::size_t size = tipring::json::unescape(out, bad.data(), bad.data() + bad.size());
        CHECK(text{out, size} == bad);
    }
}
