// URLs: percent coding over all short strings, the reference resolution examples of RFC 3986
// section 5.4, links of the MiaRec manual, and hostile links.
#include <tipring/core/arena.hpp>
#include <tipring/http/url.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "effort.hpp"

using namespace tipring;
using http::plus_sign;
using http::url_characters;

namespace {

std::string encoded(text raw) {
    std::array<char, 4096> bytes;
    writer out{bytes};
    http::put_percent_encoded(out, raw);
    return std::string{out.written()};
}

std::string decoded(text coded, plus_sign plus = plus_sign::is_plus) {
    std::vector<char> bytes(coded.size() + 1);
    const auto size = http::percent_decode(coded, bytes.data(), plus);
    return size ? std::string{bytes.data(), *size}
                : "error at " + std::to_string(size.error().offset);
}

/// Built from RFC 3986 section 2.1 and 2.3 alone, with another method.
std::string expected_escape(unsigned char byte) {
    const std::string unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    if (unreserved.find(static_cast<char>(byte)) != std::string::npos)
        return {static_cast<char>(byte)};
    const std::string digits = "0123456789ABCDEF";
    return {'%', digits[byte / 16u], digits[byte % 16u]};
}

constexpr text server = "https://recorder.example:8443";

/// The target that a link leads to, or what was wrong with it.
std::string followed(text reference, url_characters allowed = url_characters::strict,
                     text base_target = "/api/v2/calls.json?limit=20", text origin = server) {
    std::array<char, 4096> bytes;
    writer out{bytes};
    const result<void> resolved = http::resolve(origin, base_target, reference, out, allowed);
    if (resolved) return std::string{out.written()};
    if (resolved.code() == errc::other_origin) return "other origin";
    if (resolved.code() == errc::bad_url)
        return "bad at " + std::to_string(resolved.error().offset);
    return std::string{message(resolved.code())};
}

std::string refused_url(text url) {
    const auto parsed = http::parse_url(url);
    return parsed                           ? "accepted"
           : parsed.code() == errc::bad_url ? std::to_string(parsed.error().offset)
                                            : "other error";
}

} // namespace

TEST_CASE("percent-encoding: all strings of one and two bytes, there and back") {
    std::size_t wrong = 0;
    for (unsigned a = 0; a < 256; ++a) {
        const std::string first = expected_escape(static_cast<unsigned char>(a));
        const std::string one(1, static_cast<char>(a));
        if (encoded(one) != first || decoded(first) != one) ++wrong;
        for (unsigned b = 0; b < 256; b += effort::stride) {
            const std::string two = one + static_cast<char>(b);
            const std::string both = first + expected_escape(static_cast<unsigned char>(b));
            if (encoded(two) != both || decoded(both) != two ||
                decoded(both, plus_sign::is_space) != two)
                ++wrong;
            if (!http::equals_decoded(both, two) || http::equals_decoded(both, one)) ++wrong;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("percent-encoding: the examples of the manual") {
    CHECK(encoded("J Smith") == "J%20Smith");
    CHECK(encoded("%1415%") == "%251415%25");
    CHECK(encoded("+14085800150") == "%2B14085800150");
    CHECK(encoded("2014/11/01-2014/12/01") == "2014%2F11%2F01-2014%2F12%2F01");
    CHECK(encoded("Zo\xC3\xAB") == "Zo%C3%AB");
    CHECK(encoded("") == "");
    char small[4];
    writer out{small};
    http::put_percent_encoded(out, "a/b c");
    CHECK(!out.fits());
    CHECK(out.size() == 9);
}

TEST_CASE("percent-decoding: every pair of bytes behind a percent sign") {
    std::size_t wrong = 0;
    const std::string digits = "0123456789abcdef";
    const std::string upper = "0123456789ABCDEF";
    for (unsigned a = 0; a < 256; ++a)
        for (unsigned b = 0; b < 256; ++b) {
            const std::string coded{'x', '%', static_cast<char>(a), static_cast<char>(b)};
            const auto value = [&](unsigned c) {
                const auto low = digits.find(static_cast<char>(c));
                return low != std::string::npos ? low : upper.find(static_cast<char>(c));
            };
            const bool good = value(a) != std::string::npos && value(b) != std::string::npos;
            const std::string expected =
                good ? std::string{'x', static_cast<char>(value(a) * 16 + value(b))} : "error at 1";
            if (decoded(coded) != expected) ++wrong;
            if (http::equals_decoded(coded, expected) != good) ++wrong;
        }
    CHECK(wrong == 0);
    CHECK(decoded("%") == "error at 0");
    CHECK(decoded("ab%4") == "error at 2");
    CHECK(decoded("%41%") == "error at 3");
}

TEST_CASE("percent-decoding: a plus is a plus unless asked") {
    CHECK(decoded("a+b%2Bc%20d") == "a+b+c d");
    CHECK(decoded("a+b%2Bc%20d", plus_sign::is_space) == "a b+c d");
    CHECK(http::equals_decoded("a+b", "a+b"));
    CHECK(http::equals_decoded("a+b", "a b", plus_sign::is_space));
    CHECK(!http::equals_decoded("a+b", "a b"));
    CHECK(!http::equals_decoded("a", "ab"));
    CHECK(!http::equals_decoded("%4", "%4"));
}

TEST_CASE("percent-decoding: in place, and into an arena only when there is something to decode") {
    std::string bytes = "%41%42c";
    const auto size = http::percent_decode(bytes, bytes.data());
    REQUIRE(size);
    CHECK(bytes.substr(0, *size) == "ABc");

    static_arena<8> memory;
    const text plain = "as+it-is";
    const auto same = http::percent_decode(plain, memory);
    REQUIRE(same);
    CHECK((*same).data() == plain.data());
    CHECK(memory.used() == 0);
    const auto eight = http::percent_decode("%41bcdefgh", memory);
    REQUIRE(eight);
    CHECK(*eight == "Abcdefgh");
    const auto ninth = http::percent_decode("+", memory, plus_sign::is_space);
    CHECK(ninth.code() == errc::capacity);
    CHECK(ninth.error().needed == 9);
    CHECK(http::percent_decode("%G1", memory).code() == errc::bad_url);
}

TEST_CASE("path segments: what would change the path is refused") {
    const auto refused = [](text raw, errc code, std::size_t offset) {
        const auto checked = http::check_path_segment(raw);
        return checked.code() == code && checked.error().offset == offset;
    };
    for (const text good :
         {text{"e011c408-f288-11e4-9b73-e03f497dbdff"}, text{"..."}, text{".a"}, text{"a.."},
          text{"a b"}, text{"a/b"}, text{"%2e"}, text{"Zo\xC3\xAB"}, text{"a..b"}})
        CHECK(http::check_path_segment(good));
    CHECK(refused("", errc::bad_parameter, 0));
    CHECK(refused(".", errc::bad_parameter, 0));
    CHECK(refused("..", errc::bad_parameter, 0));
    CHECK(refused("x/../../users", errc::bad_parameter, 2));
    CHECK(refused("x\\..\\users", errc::bad_parameter, 2));
    CHECK(refused("../x", errc::bad_parameter, 0));
    CHECK(refused("x/.", errc::bad_parameter, 2));
    CHECK(refused(text{"a\0b", 3}, errc::bad_parameter, 1));
    CHECK(refused("ab\r\n", errc::bad_parameter, 2));
    CHECK(refused("a\x7F", errc::bad_parameter, 1));
    CHECK(refused("abc\xC0\x80", errc::invalid_utf8, 3));
    CHECK(refused("a\xED\xA0\x80", errc::invalid_utf8, 1));
}

TEST_CASE("parse_url: all parts") {
    const auto parsed =
        http::parse_url("HTTPS://Recorder.Example:8443/api/v2/calls.json?a=/?b&c#d?e");
    REQUIRE(parsed);
    const http::url_view& url = *parsed;
    CHECK(url.scheme == "HTTPS");
    CHECK(url.host == "Recorder.Example");
    CHECK(url.port == "8443");
    CHECK(url.port_number == 8443);
    CHECK(url.path == "/api/v2/calls.json");
    CHECK(url.query == "a=/?b&c");
    CHECK(url.fragment == "d?e");
    CHECK((url.has_authority && url.has_query && url.has_fragment));
}

TEST_CASE("parse_url: parts left out") {
    const auto bare = http::parse_url("http://h");
    REQUIRE(bare);
    CHECK((*bare).host == "h");
    CHECK((*bare).port_number == 80);
    CHECK((*bare).path.empty());
    CHECK(!(*bare).has_query);
    CHECK(!(*bare).has_fragment);
    const auto empty_query = http::parse_url("https://h?#");
    REQUIRE(empty_query);
    CHECK((*empty_query).port_number == 443);
    CHECK((*empty_query).has_query);
    CHECK((*empty_query).query.empty());
    CHECK((*empty_query).has_fragment);
    const auto empty_port = http::parse_url("https://h:/");
    REQUIRE(empty_port);
    CHECK((*empty_port).port_number == 443);
    const auto six = http::parse_url("http://[::1]:65535/x");
    REQUIRE(six);
    CHECK((*six).host == "[::1]");
    CHECK((*six).port_number == 65535);
    REQUIRE(http::parse_url("http://[fe80::192.168.0.1]"));
    REQUIRE(http::parse_url("http://10.0.0.1:8080"));
    const auto relative = http::parse_reference("a/b?c");
    REQUIRE(relative);
    CHECK((*relative).path == "a/b");
    CHECK(!(*relative).has_authority);
}

TEST_CASE("parse_url: what is refused, with its offset") {
    CHECK(refused_url("") == "0");
    CHECK(refused_url("/api/v2") == "0");
    CHECK(refused_url("//h/api") == "0");
    CHECK(refused_url("ftp://h/") == "0");
    CHECK(refused_url("javascript:alert(1)") == "0");
    CHECK(refused_url("://h/") == "0");
    CHECK(refused_url("http:/h/") == "5");
    CHECK(refused_url("http:h") == "5");
    CHECK(refused_url("http://") == "7");
    CHECK(refused_url("http:///x") == "7");
    CHECK(refused_url("http://user@h/") == "7");
    CHECK(refused_url("http://user:secret@h/") == "7");
    CHECK(refused_url("http://good.example\\@evil.example/") == "7");
    CHECK(refused_url("http://h\t/") == "7");
    CHECK(refused_url("http://a b/") == "7");
    CHECK(refused_url("http://%68/") == "7");
    CHECK(refused_url("http://h\xC3\xA9/") == "7");
    CHECK(refused_url("http://h:0/") == "7");
    CHECK(refused_url("http://h:65536/") == "7");
    CHECK(refused_url("http://h:-1/") == "7");
    CHECK(refused_url("http://h:+1/") == "7");
    CHECK(refused_url("http://h:8x/") == "7");
    CHECK(refused_url("http://h:8:8/") == "7");
    CHECK(refused_url("http://[::1/") == "7");
    CHECK(refused_url("http://[::1]x/") == "7");
    CHECK(refused_url("http://[]/") == "7");
    CHECK(http::parse_url("http://[::" + std::string(43, '1') + "]/"));
    CHECK(refused_url("http://[::" + std::string(44, '1') + "]/") == "7");
    CHECK(http::parse_url("http://my_host/"));
    CHECK(refused_url("http://[fe80::1%25eth0]/") == "7");
    CHECK(refused_url("http://::1/") == "7");
    CHECK(refused_url("http://h/a b") == "10");
    CHECK(refused_url("http://h/a\"") == "10");
    CHECK(refused_url("http://h/a\\b") == "10");
    CHECK(refused_url("http://h/%zz") == "9");
    CHECK(refused_url("http://h/?%2") == "10");
    CHECK(refused_url("http://h/?a\nb") == "11");
    CHECK(refused_url("http://h/?\x80") == "10");
    CHECK(refused_url("http://h/#a#b") == "11");
    CHECK(refused_url("http://h/[") == "9");
    CHECK(refused_url(text{"http://h/\0", 10}) == "9");
}

TEST_CASE("parse_origin: nothing behind the authority") {
    CHECK(http::parse_origin("https://recorder.example"));
    CHECK(http::parse_origin("http://[::1]:8080"));
    CHECK(http::parse_origin("https://recorder.example/").error().offset == 24);
    CHECK(http::parse_origin("https://recorder.example?x").code() == errc::bad_url);
    CHECK(http::parse_origin("https://recorder.example#").code() == errc::bad_url);
}

TEST_CASE("same_origin: scheme, host and port") {
    CHECK(http::same_origin("https://h/a", "https://h/b?c"));
    CHECK(http::same_origin("HTTPS://Recorder.Example", "https://recorder.EXAMPLE:443/"));
    CHECK(http::same_origin("http://h:80", "http://h"));
    CHECK(http::same_origin("http://h:", "http://h:080"));
    CHECK(http::same_origin("http://[2001:DB8::1]", "http://[2001:db8::1]:80/x"));
    CHECK(!http::same_origin("http://h", "https://h"));
    CHECK(!http::same_origin("http://h:443", "https://h:443"));
    CHECK(!http::same_origin("https://h:80", "https://h"));
    CHECK(!http::same_origin("https://h", "https://h.example"));
    CHECK(!http::same_origin("https://h.example", "https://h.example."));
    CHECK(!http::same_origin("https://recorder.example", "https://recorder.example.evil.example"));
    CHECK(!http::same_origin("https://h", "/a"));
    CHECK(!http::same_origin("/a", "/a"));
    CHECK(!http::same_origin("https://h@evil.example", "https://h@evil.example"));
}

TEST_CASE("D-48: next links of the manual are followed as they are") {
    CHECK(followed("/api/v2/calls.json?start=200") == "/api/v2/calls.json?start=200");
    CHECK(followed("/api/v2/calls.json?start=50&limit=50&max_total_calc=1000") ==
          "/api/v2/calls.json?start=50&limit=50&max_total_calc=1000");
    CHECK(followed("/api/v2/calls.json?daterange=2014/11/01-2014/12/01&start=20") ==
          "/api/v2/calls.json?daterange=2014/11/01-2014/12/01&start=20");
    CHECK(followed("?start=200") == "/api/v2/calls.json?start=200");
    CHECK(followed("calls.json?start=200") == "/api/v2/calls.json?start=200");
    CHECK(followed("https://recorder.example:8443/api/v2/calls.json?start=200") ==
          "/api/v2/calls.json?start=200");
    CHECK(followed("HTTPS://RECORDER.example:8443/api") == "/api");
    CHECK(followed("//recorder.example:8443/api?x#y") == "/api?x");
    CHECK(followed("https://recorder.example:8443") == "/");
    CHECK(followed("https://recorder.example:8443?a") == "/?a");
    CHECK(followed("https://h:443/x", url_characters::strict, "/", "https://h") == "/x");
    CHECK(followed("//h/x", url_characters::strict, "/", "https://h:443") == "/x");
    CHECK(followed("/x?") == "/x?");
}

TEST_CASE("D-48: no link leaves the origin") {
    for (const text link : {
             text{"https://evil.example/api"},
             text{"http://recorder.example:8443/api"},
             text{"https://recorder.example/api"},
             text{"https://recorder.example:443/api"},
             text{"https://recorder.example:8444/api"},
             text{"https://recorder.example.evil.example:8443/api"},
             text{"//evil.example/api"},
             text{"//recorder.example/api"},
             text{"//recorder.example:80/api"},
         }) {
        CAPTURE(link);
        CHECK(followed(link) == "other origin");
        CHECK(followed(link, url_characters::lenient) == "other origin");
    }
    for (const text link : {
             text{"https://recorder.example:8443@evil.example/"},
             text{"https:\\\\evil.example"},
             text{"\\\\evil.example"},
             text{"/\\evil.example"},
             text{"https:/evil.example"},
             text{"https:evil.example"},
             text{"javascript:alert(1)"},
             text{"ftp://recorder.example:8443/"},
             text{"///evil.example/x"},
             text{"/.//evil.example"},
             text{"/x/..//evil.example"},
             text{"https://recorder.example:8443//evil.example"},
             text{"/\t/evil.example"},
             text{"\n//evil.example"},
         }) {
        CAPTURE(link);
        CHECK(slice(followed(link), 0, 3) == "bad");
        CHECK(slice(followed(link, url_characters::lenient), 0, 3) == "bad");
    }
}

TEST_CASE(
    "D-48: reference resolution, the examples of RFC 3986 section 5.4 that stay at the origin") {
    struct example {
        text reference;
        text expected;
    };
    constexpr example examples[] = {
        {"g", "/b/c/g"},
        {"./g", "/b/c/g"},
        {"g/", "/b/c/g/"},
        {"/g", "/g"},
        {"?y", "/b/c/d;p?y"},
        {"g?y", "/b/c/g?y"},
        {"g#s", "/b/c/g"},
        {"g?y#s", "/b/c/g?y"},
        {";x", "/b/c/;x"},
        {"g;x", "/b/c/g;x"},
        {"g;x?y#s", "/b/c/g;x?y"},
        {".", "/b/c/"},
        {"./", "/b/c/"},
        {"..", "/b/"},
        {"../", "/b/"},
        {"../g", "/b/g"},
        {"../..", "/"},
        {"../../", "/"},
        {"../../g", "/g"},
        {"../../../g", "/g"},
        {"../../../../g", "/g"},
        {"/./g", "/g"},
        {"/../g", "/g"},
        {"g.", "/b/c/g."},
        {".g", "/b/c/.g"},
        {"g..", "/b/c/g.."},
        {"..g", "/b/c/..g"},
        {"./../g", "/b/g"},
        {"./g/.", "/b/c/g/"},
        {"g/./h", "/b/c/g/h"},
        {"g/../h", "/b/c/h"},
        {"g;x=1/./y", "/b/c/g;x=1/y"},
        {"g;x=1/../y", "/b/c/y"},
        {"g?y/./x", "/b/c/g?y/./x"},
        {"g?y/../x", "/b/c/g?y/../x"},
        {"g#s/./x", "/b/c/g"},
        {"g#s/../x", "/b/c/g"},
        {"http://a/g", "/g"},
        {"//a/g", "/g"},
    };
    for (const example& each : examples) {
        CAPTURE(each.reference);
        CHECK(followed(each.reference, url_characters::strict, "/b/c/d;p?q", "http://a") ==
              each.expected);
    }
    CHECK(followed("//g", url_characters::strict, "/b/c/d;p?q", "http://a") == "other origin");
    CHECK(followed("g:h", url_characters::strict, "/b/c/d;p?q", "http://a") == "bad at 0");
    CHECK(followed("http:g", url_characters::strict, "/b/c/d;p?q", "http://a") == "bad at 5");
}

TEST_CASE("resolve: odd paths") {
    CHECK(followed("/a//b") == "/a//b");
    CHECK(followed("/a//../b") == "/a/b");
    CHECK(followed("/a/b/../../../c/./d/..") == "/c/");
    CHECK(followed("g", url_characters::strict, "/") == "/g");
    CHECK(followed("g", url_characters::strict, "/a/../b/c") == "/b/g");
    CHECK(followed("/a/%2e%2E/b") == "bad at 3");
    CHECK(followed("https://recorder.example:8443/a/.%2e") == "bad at 32");
    CHECK(followed("x/%2e") == "bad at 2");
    CHECK(followed("/a/%2e%2e%2e/b") == "/a/%2e%2e%2e/b");
    std::string deep;
    for (int i = 0; i < 63; ++i) deep += "/x";
    CHECK(followed(deep + "/..") == deep.substr(0, deep.size() - 1));
    CHECK(followed(deep + "/x/..") == "bad at 0");
    CHECK(followed(deep + deep + deep) == deep + deep + deep);
}

TEST_CASE("resolve: links that lead nowhere and bad bases") {
    CHECK(followed("") == "bad at 0");
    CHECK(followed("#top") == "bad at 0");
    CHECK(followed(" ", url_characters::lenient) == "bad at 0");
    std::array<char, 64> bytes;
    writer out{bytes};
    const auto origin = http::resolve("https://h/path", "/", "/x", out);
    CHECK(origin.code() == errc::bad_parameter);
    CHECK(origin.error().path.steps[0].member() == "origin");
    for (const text base : {text{""}, text{"api/v2"}}) {
        const auto target = http::resolve("https://h", base, "/x", out);
        CHECK(target.code() == errc::bad_parameter);
        CHECK(target.error().path.steps[0].member() == "base_target");
    }
    CHECK(out.size() == 0);
    static_arena<64> memory;
    const auto target = http::resolve("https://h", "", "/x", memory);
    CHECK(target.code() == errc::bad_parameter);
    CHECK(target.error().path.steps[0].member() == "base_target");
    CHECK(memory.used() == 0);
}

TEST_CASE("same_origin: what has no authority has no origin") {
    const auto absolute = http::parse_reference("http://h/a");
    const auto relative = http::parse_reference("/a");
    REQUIRE(absolute);
    REQUIRE(relative);
    CHECK(http::same_origin(*absolute, *absolute));
    CHECK_FALSE(http::same_origin(*absolute, *relative));
    CHECK_FALSE(http::same_origin(*relative, *absolute));
    CHECK_FALSE(http::same_origin(*relative, *relative));
}

TEST_CASE("equals_decoded: bad escapes are equal to nothing") {
    CHECK(http::equals_decoded("a%2Fb", "a/b"));
    for (const text bad : {text{"a%"}, text{"a%2"}, text{"a%zF"}, text{"a%2z"}})
        CHECK_FALSE(http::equals_decoded(bad, bad));
}

TEST_CASE("D-61: escapes in a link are never touched") {
    const text link = "/calls/file/0f1e/signed?expires=1493100525&sign=a%2Fb%2bC%3D%3d+~/x==";
    CHECK(followed(link) == link);
    CHECK(followed(link, url_characters::lenient) == link);
    CHECK(followed("/x?filter=%2541%25") == "/x?filter=%2541%25");
    CHECK(followed("/x?a=b?c") == "/x?a=b?c");
}

TEST_CASE("resolve: raw blanks and quotes are encoded when lenient, refused when strict") {
    const text link = "/2017-09-01/conversations?$filter=name eq 'a \"b\"'&$skip=%20 ";
    CHECK(followed(link) == "bad at 38");
    CHECK(followed(link, url_characters::lenient) ==
          "/2017-09-01/conversations?$filter=name%20eq%20%27a%20%22b%22%27&$skip=%20");
    CHECK(followed("  /x y?z[0]=\xC3\xAB|{}<>^`", url_characters::lenient) ==
          "/x%20y?z%5B0%5D=%C3%AB%7C%7B%7D%3C%3E%5E%60");
    CHECK(followed("/x?a=100%", url_characters::lenient) == "bad at 8");
    CHECK(followed("  /x?a=100%", url_characters::lenient) == "bad at 10");
    CHECK(followed("/x?a\nb", url_characters::lenient) == "bad at 4");
    CHECK(followed("/x?a\\b", url_characters::lenient) == "bad at 4");
    CHECK(followed("/x?a\x7F", url_characters::lenient) == "bad at 4");
}

TEST_CASE("resolve: into arenas of every size up to enough") {
    const text link = "../v3/x y?z";
    const text expected = "/api/v3/x%20y?z";
    std::array<std::byte, 64> bytes;
    for (std::size_t size = 0; size <= 40; ++size) {
        CAPTURE(size);
        arena memory{std::span{bytes}.first(size)};
        const auto target =
            http::resolve(server, "/api/v2/calls.json", link, memory, url_characters::lenient);
        if (size >= expected.size()) {
            REQUIRE(target);
            CHECK(*target == expected);
            CHECK(memory.used() == expected.size());
        } else {
            CHECK(target.code() == errc::capacity);
            CHECK(target.error().needed == expected.size());
            CHECK(memory.used() == 0);
        }
    }
}

TEST_CASE("split_target: at the first question mark") {
    const auto both = http::split_target("/a?b?c");
    CHECK(both.path == "/a");
    CHECK(both.query == "b?c");
    CHECK(both.has_query);
    CHECK(!http::split_target("/a").has_query);
    CHECK(http::split_target("/a?").has_query);
    CHECK(http::split_target("/a?").query.empty());
    CHECK(http::split_target("//a?b").path == "//a");
}

TEST_CASE("D-30: the id is the last segment of an absolute or relative URL, without .json") {
    const text id = "e011c408-f288-11e4-9b73-e03f497dbdff";
    CHECK(http::last_path_segment("/api/v2/clients/e011c408-f288-11e4-9b73-e03f497dbdff.json") ==
          id);
    CHECK(http::last_path_segment("/api/v2/groups/e011c408-f288-11e4-9b73-e03f497dbdff") == id);
    CHECK(http::last_path_segment(
              "https://h:8443/api/v2/roles/e011c408-f288-11e4-9b73-e03f497dbdff.json") == id);
    CHECK(http::last_path_segment("//h/api/v2/roles/e011c408-f288-11e4-9b73-e03f497dbdff.json") ==
          id);
    CHECK(http::last_path_segment("e011c408-f288-11e4-9b73-e03f497dbdff.json") == id);
    CHECK(http::last_path_segment("/x/e011c408-f288-11e4-9b73-e03f497dbdff.json?a=/b.json#c/d") ==
          id);
    CHECK(http::last_path_segment("/x/e011c408-f288-11e4-9b73-e03f497dbdff/") == id);
    CHECK(http::last_path_segment("  /x/e011c408-f288-11e4-9b73-e03f497dbdff.json\t") == id);
    CHECK(http::last_path_segment("https://recorder.example") == "");
    CHECK(http::last_path_segment("https://recorder.example/") == "");
    CHECK(http::last_path_segment("//recorder.example") == "");
    CHECK(http::last_path_segment("") == "");
    CHECK(http::last_path_segment("/") == "");
    CHECK(http::last_path_segment("?a/b") == "");
    CHECK(http::last_path_segment("/x/.json") == "");
    CHECK(http::last_path_segment("a:b") == "a:b");
}

TEST_CASE(
    "D-31: the Location of an authorised user is elided and lacks a segment, yet gives its id") {
    CHECK(http::last_path_segment(
              "/api/v2/encrypt_keys/.../5b139cee-f13a-11e5-9615-e03f497dbdff.json") ==
          "5b139cee-f13a-11e5-9615-e03f497dbdff");
}

TEST_CASE("D-34: only the end of the path is looked at for .json") {
    CHECK(http::last_path_segment("/api/v2/calls/0f1e.json/file_url.json") == "file_url");
    CHECK(http::last_path_segment("/api/v2/calls/0f1e.json/muting") == "muting");
}
