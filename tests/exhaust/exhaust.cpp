// Tries all short inputs instead of some: JSON texts by both engines, contents of strings,
// integers, percent-encoding, base64; times.cpp and framing.cpp have dates and chunked bodies. Each
// agrees with a second way to say what is right, written as plainly as its grammar, or with
// Boost.JSON. tools/exhaust compiles and runs it.
//
// Usage: exhaust LENGTH PART PARTS: JSON texts of up to LENGTH characters; every PARTS-th of the
// subtrees of two characters, from PART on.
#include <tipring/auth/base64.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/boost.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/scan.hpp>

#include "boost_events.hpp"
#include "exhaust.hpp"
#include "json_types.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

using namespace tipring;

namespace {

using exhaust::for_all;
using exhaust::tally;

/// The grammar alone: the scanner against Boost's parser.
void texts(tally& seen, std::size_t length, unsigned part, unsigned parts) {
    boost::json::basic_parser<boost_events::ignored> parser{boost::json::parse_options{}};
    // The characters of the structure, of numbers and of escapes; one character of two bytes.
    for_all("{}[]\",:\\-+.e01un \xC3\xA9", length, part, parts, [&](std::string_view made) {
        boost::json::error_code ec;
        parser.reset();
        const std::size_t read = parser.write_some(false, made.data(), made.size(), ec);
        const bool boost_takes_it = !ec && read == made.size();
        const bool we_take_it = json::validate(text{made}, json::most_depth).code == errc::ok;
        seen.note(made, we_take_it, we_take_it == boost_takes_it);
    });
}

/// Both engines through the same sink: the text as a member of each kind. Values, errors and their
/// places are the same.
void members(tally& seen, std::size_t length) {
    static std::byte bytes[3][4096];
    for (const std::string_view name :
         {"words", "amount", "whole", "names", "anything", "branches", "unknown"}) {
        std::string document = "{\"" + std::string{name} + "\":";
        const std::size_t before = document.size();
        for_all("{}[]\",:\\-.e01un ", length, 0, 1, [&](std::string_view made) {
            document.resize(before);
            document += made;
            document += '}';
            arena ours{bytes[0]};
            arena theirs{bytes[1]};
            arena placed{bytes[2]};
            std::string changed = document;
            using type = json_types::everything;
            const auto a = json::decode<type>(text{document}, ours);
            const auto b = json::decode<type, json::boost_engine>(text{document}, theirs);
            const auto c = json::decode_in_place<type>(std::span<char>{changed}, placed);
            const bool same = a.has_value() == b.has_value() && a.has_value() == c.has_value();
            const bool right =
                !same ? false
                : a   ? *a == *b && *a == *c
                      : a.error().code == b.error().code && a.error().offset == b.error().offset &&
                          a.error().code == c.error().code && a.error().offset == c.error().offset;
            seen.note(document, a.has_value(), right);
        });
    }
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The content of a JSON string of ASCII, unescaped; nothing when it is none. Without surrogates,
/// for which the alphabet below has no digit.
std::optional<std::string> plain_content(std::string_view content) {
    static constexpr std::string_view short_forms = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    std::string made;
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (content[i] == '"' || static_cast<unsigned char>(content[i]) < 0x20) return {};
        if (content[i] != '\\') {
            made += content[i];
            continue;
        }
        if (++i == content.size()) return {};
        if (content[i] != 'u') {
            const std::size_t form = short_forms.find(content[i]);
            if (form == std::string_view::npos) return {};
            made += meanings[form];
            continue;
        }
        int unit = 0;
        for (int digit = 0; digit < 4; ++digit) {
            if (++i == content.size() || hex_value(content[i]) < 0) return {};
            unit = unit * 16 + hex_value(content[i]);
        }
        if (unit < 0x80) {
            made += static_cast<char>(unit);
            continue;
        }
        if (unit < 0x800) {
            made += static_cast<char>(0xC0 | unit >> 6);
        } else {
            made += static_cast<char>(0xE0 | unit >> 12);
            made += static_cast<char>(0x80 | (unit >> 6 & 63));
        }
        made += static_cast<char>(0x80 | (unit & 63));
    }
    return made;
}

void contents(tally& seen, std::size_t length) {
    for_all("\\u04eE\"/nq\x1F", length, 0, 1, [&](std::string_view made) {
        char quoted[17];
        std::memcpy(quoted, made.data(), made.size());
        quoted[made.size()] = '"';
        const json::string_scan scan = json::scan_string(quoted, quoted + made.size() + 1);
        const bool whole = scan.code == errc::ok && scan.end == quoted + made.size();
        const std::optional<std::string> expected = plain_content(made);
        bool right = whole == expected.has_value();
        if (right && whole) {
            right = json::equals_unescaped(quoted, scan.end, text{*expected});
            const std::size_t size = json::unescape(quoted, quoted, scan.end);
            right = right && std::string_view{quoted, size} == *expected;
        }
        seen.note(made, whole, right);
    });
}

void integers(tally& seen, std::size_t length) {
    for_all("-+01289 .", length, 0, 1, [&](std::string_view made) {
        long value = 0;
        bool is_integer = !made.empty();
        const std::size_t first = made.starts_with("-") ? 1u : 0u;
        if (made.size() == first) is_integer = false;
        for (std::size_t i = first; i < made.size(); ++i) {
            if (made[i] < '0' || made[i] > '9') is_integer = false;
            value = value * 10 + (made[i] - '0');
        }
        if (first == 1) value = -value;
        const auto wide = parse_integer<std::int64_t>(text{made});
        const auto narrow = parse_integer<std::int8_t>(text{made});
        const auto positive = parse_integer<std::uint16_t>(text{made});
        const bool fits_narrow = is_integer && value >= -128 && value <= 127;
        const bool fits_positive = is_integer && first == 0 && value <= 65535;
        seen.note(made, wide.has_value(),
                  wide.has_value() == is_integer && (!wide || *wide == value) &&
                      narrow.has_value() == fits_narrow && (!narrow || *narrow == value) &&
                      positive.has_value() == fits_positive && (!positive || *positive == value));
    });
}

void percent(tally& seen, std::size_t length) {
    for_all("%0249afAFg+\x80", length, 0, 1, [&](std::string_view made) {
        std::string expected;
        std::size_t bad = made.size();
        for (std::size_t i = 0; i < made.size(); ++i) {
            if (made[i] != '%') {
                expected += made[i];
                continue;
            }
            if (i + 2 >= made.size() || hex_value(made[i + 1]) < 0 || hex_value(made[i + 2]) < 0) {
                bad = i;
                break;
            }
            expected += static_cast<char>(hex_value(made[i + 1]) * 16 + hex_value(made[i + 2]));
            i += 2;
        }
        char out[16];
        const auto size = http::percent_decode(text{made}, out);
        bool right = size.has_value() == (bad == made.size());
        if (size)
            right = right && std::string_view{out, *size} == expected &&
                    http::equals_decoded(text{made}, text{expected});
        else
            right = right && size.error().offset == bad;
        seen.note(made, size.has_value(), right);
    });
}

/// Base64 by arithmetic: what is decoded is right when encoding it gives the same text, and what is
/// refused has a length, a character or spare bits that no encoder makes.
void base64(tally& seen, std::size_t length) {
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for_all("AQg/+=-", length, 0, 1, [&](std::string_view made) {
        std::string_view content = made;
        std::size_t padding = 0;
        for (; padding < 2 && content.ends_with('='); ++padding) content.remove_suffix(1);
        bool is_good = made.size() % 4 == 0;
        for (const char c : content)
            if (digits.find(c) == std::string_view::npos) is_good = false;
        if (is_good && padding != 0) {
            const std::size_t last = digits.find(content.back());
            if (last % (padding == 1 ? 4u : 16u) != 0) is_good = false;
        }
        char out[16];
        const auto size = auth::decode_base64(text{made}, out);
        bool right = size.has_value() == is_good;
        if (right && size) {
            char again[16];
            writer back{again};
            auth::put_base64(text{out, *size}, back);
            right = back.written() == made;
        }
        seen.note(made, size.has_value(), right);
    });
}

int checks = 0;
int failures = 0;

/// Nothing may be wrong, something must have been taken, and something refused.
void conclude(const char* what, const tally& seen) {
    const bool is_good = seen.wrong == 0 && seen.good > 0 && seen.good < seen.inputs;
    std::printf("%s: %llu inputs, %llu taken, %llu wrong\n", what,
                static_cast<unsigned long long>(seen.inputs),
                static_cast<unsigned long long>(seen.good),
                static_cast<unsigned long long>(seen.wrong));
    ++checks;
    failures += is_good ? 0 : 1;
}

void all(const char* what, void (*run)(tally&)) {
    tally seen;
    run(seen);
    conclude(what, seen);
}

template <class Run>
void up_to(const char* what, std::size_t longest, const Run& run) {
    tally seen;
    for (std::size_t length = 0; length <= longest; ++length) run(seen, length);
    conclude(what, seen);
}

} // namespace

void tally::note(std::string_view input, bool is_good, bool is_right) {
    ++inputs;
    good += is_good ? 1u : 0u;
    if (is_right) return;
    if (++wrong > 10) return;
    std::printf("wrong:");
    for (const char c : input) std::printf(" %02x", static_cast<unsigned char>(c));
    std::printf("\n");
}

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const auto longest = static_cast<std::size_t>(std::atoi(arguments[1]));
    const auto part = static_cast<unsigned>(std::atoi(arguments[2]));
    const auto parts = static_cast<unsigned>(std::atoi(arguments[3]));
    up_to("JSON texts, scanner and Boost.JSON", longest,
          [&](tally& seen, std::size_t length) { texts(seen, length, part, parts); });
    // The rest is little, and divided among the parts by its order.
    const auto mine = [&](unsigned number) { return number % parts == part; };
    if (mine(0)) up_to("JSON members, both engines", longest - 2, members);
    if (mine(1)) up_to("contents of strings", 7, contents);
    if (mine(1)) up_to("integers", 7, integers);
    if (mine(1)) up_to("percent-encoding", 6, percent);
    if (mine(1)) up_to("base64", 8, base64);
    if (mine(0)) all("chunked bodies", exhaust::chunks);
    if (mine(0)) all("chunked bodies, limits", exhaust::limits_of_chunks);
    if (mine(1)) all("date-times", exhaust::date_times);
    if (mine(1)) all("days", exhaust::days);
    if (mine(1)) all("lengths of time", exhaust::lengths_of_time);
    if (mine(1)) all("HTTP dates", exhaust::http_dates);
    if (mine(1)) all("HTTP dates, years of two digits", exhaust::years_of_two_digits);
    std::printf("[exhaust] %d passed, %d failed\n", checks - failures, failures);
    return failures == 0 ? 0 : 1;
}
