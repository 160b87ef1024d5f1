// The pager: where links may lead, and that every walk ends. Not here: what resolve() makes of odd
// URLs (http_url_test).
#include <tipring/http/paging.hpp>

#include <tipring/auth/basic.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/miarec/miarec.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <type_traits>

#include "effort.hpp"
#include "error_path.hpp"
#include "exact_memory.hpp"
#include "nested_pages.hpp"
#include "no_heap.hpp"

namespace paging_tests {

using tipring::field;
namespace http = tipring::http;

struct nothing {
    field<bool> unused{};
};
TIPRING_DESCRIBE(nothing, TIPRING_MEMBER(unused, "nothing"));

struct of_no_api {
    using answer = nothing;
};
TIPRING_DESCRIBE(of_no_api);
TIPRING_OPERATION(of_no_api, .path = "/x");

constexpr http::api careless{.name = "careless", .has_raw_links = true};
struct of_careless {
    using answer = nothing;
};
TIPRING_DESCRIBE(of_careless);
TIPRING_OPERATION(of_careless, .path = "/x", .api = &careless);

} // namespace paging_tests

namespace {

using namespace tipring;
using namespace paging_tests;
using exact_memory::block;
using exact_memory::with_every_arena;

static_assert(std::is_copy_constructible_v<pager> && std::is_copy_assignable_v<pager>);
static_assert(std::is_trivially_copyable_v<pager>);

constexpr http::header authorization{
    .name = "Authorization", .value = "Basic YXBpdXNlcjpzZWNyZXQ=", .is_secret = true};
constexpr http::header agent[] = {{.name = "User-Agent", .value = "test"}};
constexpr origin_server recorder{
    .origin = "https://recorder.example", .authorization = authorization, .headers = agent};

constexpr std::size_t plenty = 4096;

/// A pager that has asked for its first page, and room.
struct walk {
    explicit walk(const origin_server& server = recorder, const http::paging_limits& limits = {})
        : pages{server, limits} {
        const auto first = pages.first(miarec::list_calls{.limit = 200}, memory.room);
        REQUIRE(first);
        REQUIRE(*first);
        first_target = std::string{(*first)->target};
    }
    pager::step next(text link) { return pages.next(link, memory.room); }

    block memory{plenty};
    pager pages;
    std::string first_target;
};

std::string target_after(text link) {
    walk w;
    const auto step = w.next(link);
    REQUIRE(step);
    REQUIRE(*step);
    CHECK((*step)->origin == recorder.origin);
    return std::string{(*step)->target};
}
/// As in CloudLink's collections.
constexpr text cloudlink_link = "/2017-09-01/users?$skip=2&$top=2";
struct cloudlink_walk {
    explicit cloudlink_walk(const nested_pages::list_users& op)
        : pages{{.origin = "https://admin.api.mitel.io", .authorization = authorization},
                {.characters = http::url_characters::lenient}} {
        const auto first = pages.first(op, memory.room);
        REQUIRE(first);
        REQUIRE(*first);
        first_target = std::string{(*first)->target};
    }
    /// The target of the next request, with a body of success as the answer to the present one.
    std::string target_after(text body) {
        const auto page = json::decode<nested_pages::page>(body, memory.room);
        REQUIRE(page);
        const auto step = next(page->links->next.value_or(""));
        REQUIRE(step);
        if (!*step) return "the end";
        CHECK((*step)->origin == "https://admin.api.mitel.io");
        CHECK((*step)->find("Authorization")->value == authorization.value);
        return std::string{(*step)->target};
    }
    pager::step next(text link) { return pages.next(link, memory.room); }

    block memory{plenty};
    pager pages;
    std::string first_target;
};

errc code_after(text link) {
    walk w;
    const std::size_t used = w.memory.room.used();
    const auto step = w.next(link);
    CHECK_FALSE(step);
    CHECK(w.memory.room.used() == used);
    return step.code();
}

} // namespace

TEST_CASE("pager: the first request is the operation's") {
    walk w;
    CHECK(w.first_target == "/api/v2/calls.json?limit=200");
    CHECK(w.pages.pages() == 1);
}

TEST_CASE("D-48: a link is followed word for word, at the same origin") {
    CHECK(target_after("/api/v2/calls.json?start=200") == "/api/v2/calls.json?start=200");
    CHECK(target_after("https://recorder.example/api/v2/calls.json?start=200") ==
          "/api/v2/calls.json?start=200");
    CHECK(target_after("https://recorder.example:443/x?y") == "/x?y");
    CHECK(target_after("https://recorder.example:/x") == "/x");
    CHECK(target_after("HTTPS://Recorder.EXAMPLE/x") == "/x");
    CHECK(target_after("//recorder.example/x") == "/x");
    CHECK(target_after("/x#part") == "/x");
    CHECK(target_after("/a/../x") == "/x");
    CHECK(target_after("?start=200") == "/?start=200");
    walk http{{.origin = "http://recorder.example"}};
    CHECK(http.next("http://recorder.example:80/x"));
    walk other_port{{.origin = "http://recorder.example:8080"}};
    CHECK(other_port.next("http://recorder.example:8080/x"));
}

TEST_CASE("D-48: a relative link starts at the present page") {
    walk w;
    const auto query = w.pages.next("?start=2", w.memory.room, w.first_target);
    REQUIRE(query);
    CHECK((*query)->target == "/api/v2/calls.json?start=2");
    const auto name = w.pages.next("more.json", w.memory.room, w.first_target);
    REQUIRE(name);
    CHECK((*name)->target == "/api/v2/more.json");
}

TEST_CASE("D-48, D-61: escapes travel as they came") {
    CHECK(target_after("/x?a=%2f%2F%20+b&c=%C3%a9&d=a:b@c/d") ==
          "/x?a=%2f%2F%20+b&c=%C3%a9&d=a:b@c/d");
    CHECK(target_after("/x%2Fy?z=%25") == "/x%2Fy?z=%25");
}

TEST_CASE("D-48: no link leads to another origin") {
    for (const text link :
         {"https://evil.example/api/v2/calls.json", "//evil.example/api",
          "http://recorder.example/x", "https://recorder.example:444/x",
          "https://recorder.example:80/x", "https://recorder.example.evil.example/x",
          "https://evil.example/recorder.example", "https://evil.example?https://recorder.example/",
          "//recorder.example:8443/x", "https://evil.example#recorder.example",
          "https://recorder.exampl/x", "https://ecorder.example/x"})
        CHECK_MESSAGE(code_after(link) == errc::other_origin, link);
    walk http{{.origin = "http://recorder.example:8080"}};
    CHECK(http.next("http://recorder.example/x").code() == errc::other_origin);
}

TEST_CASE("D-48: what is no clean link is refused") {
    for (const text link : {"https://user@recorder.example/x",
                            "https://recorder.example@evil.example/x",
                            "https://user:x@recorder.example/x",
                            "\\\\evil.example/x",
                            "/\\evil.example/x",
                            "https:\\\\evil.example/x",
                            "https://recorder.example\\@evil.example/",
                            "/x\ty",
                            "\t/x",
                            "/x\r\nHost: evil.example",
                            "/x y",
                            "/x\x7F",
                            "/\xC3\xA9",
                            "javascript:alert(1)",
                            "file:///etc/passwd",
                            "https:recorder.example/x",
                            "https:///x",
                            "https://",
                            "///evil.example/x",
                            "//",
                            "/x?%zz",
                            "/%2e%2e/x",
                            "#x",
                            "https://recorder.example:0/x",
                            "https://recorder.example:99999/x",
                            "https://[::1/x",
                            "/x?a=\"b\""})
        CHECK_MESSAGE(code_after(link) == errc::bad_url, link);
    CHECK(code_after(text{"/x\0y", 4}) == errc::bad_url);
    CHECK(code_after("/.//evil.example/x") == errc::bad_url);
}

TEST_CASE("pager: servers that do not encode are only followed when that is asked for") {
    walk strict;
    CHECK(strict.next("/x?q=a b").code() == errc::bad_url);
    walk lenient{recorder, {.characters = http::url_characters::lenient}};
    const auto step = lenient.next("/x?q=a b\"");
    REQUIRE(step);
    CHECK((*step)->target == "/x?q=a%20b%22");
    walk still{recorder, {.characters = http::url_characters::lenient}};
    CHECK(still.next("/x\\y").code() == errc::bad_url);
}

TEST_CASE(
    "Q-21: an operation's api says that links are not encoded, and no one has to ask for it") {
    block memory{plenty};
    pager by_itself{recorder};
    REQUIRE(by_itself.first(of_careless{}, memory.room));
    const auto step = by_itself.next("/x?q=a 'b'", memory.room);
    REQUIRE(step);
    CHECK((*step)->target == "/x?q=a%20%27b%27");
    pager strict{recorder};
    REQUIRE(strict.first(of_careless{}, memory.room));
    REQUIRE(strict.first(of_no_api{}, memory.room));
    CHECK(strict.next("/x?q=a 'b'", memory.room).code() == errc::bad_url);
}

TEST_CASE("Q-21, V27: a walk along links that are relative, absolute and opaque, to its end") {
    cloudlink_walk walk{{.query = {.skip = 0, .top = 2}}};
    CHECK(walk.first_target == "/2017-09-01/users?$skip=0&$top=2");
    CHECK(
        walk.target_after(
            R"({"count":2,"_links":{"next":"/2017-09-01/users?$skip=2&$top=2"},"_embedded":{"items":[{},{}]}})") ==
        cloudlink_link);
    CHECK(
        walk.target_after(
            R"({"_embedded":{"items":[]},"_links":{"next":"https://admin.api.mitel.io/2017-09-01/users?$skiptoken=a%2Fb%3D%3D&$top=2"}})") ==
        "/2017-09-01/users?$skiptoken=a%2Fb%3D%3D&$top=2");
    CHECK(walk.target_after(R"({"count":0,"_links":{"self":"/2017-09-01/users"}})") == "the end");
    CHECK(walk.target_after(R"({"_links":{"next":null}})") == "the end");
    CHECK(walk.pages.pages() == 3);
}

TEST_CASE("Q-21, V27: raw blanks and quotes in a link are encoded, its escapes stay as they are") {
    cloudlink_walk walk{{}};
    CHECK(
        walk.target_after(
            R"({"_links":{"next":"/2017-09-01/users?$skip=1&$top=1&$filter=conversationId eq 'a29c6c0f'"}})") ==
        "/2017-09-01/users?$skip=1&$top=1&$filter=conversationId%20eq%20%27a29c6c0f%27");
    CHECK(
        walk.target_after(
            R"({"_links":{"next":"/2017-09-01/users?$skip=2&$filter=name eq '\u00e9 \"b\"'&$skiptoken=%2f%2F+%20"}})") ==
        "/2017-09-01/users?$skip=2&$filter=name%20eq%20%27%C3%A9%20%22b%22%27&$skiptoken=%2f%2F+%20");
    CHECK(walk.next("/x?a\\b").code() == errc::bad_url);
    cloudlink_walk control{{}};
    CHECK(control.next("/x?a\r\nHost: evil.example").code() == errc::bad_url);
}

TEST_CASE("Q-21, V27: a hostile link is refused, and ends the walk") {
    for (const text link :
         {"https://evil.example/2017-09-01/users", "//evil.example/2017-09-01/users",
          "http://admin.api.mitel.io/2017-09-01/users", " https://evil.example/?$skip=1 ",
          "https://admin.api.mitel.io.evil.example/x", "https://chat.api.mitel.io/2017-09-01/users",
          "https://admin.api.mitel.io:8443/2017-09-01/users"}) {
        CAPTURE(link);
        cloudlink_walk walk{{}};
        const std::size_t used = walk.memory.room.used();
        CHECK(walk.next(link).code() == errc::other_origin);
        CHECK(walk.memory.room.used() == used);
        CHECK(walk.next(cloudlink_link).code() == errc::wrong_order);
    }
    cloudlink_walk user{{}};
    CHECK(user.next("https://admin.api.mitel.io@evil.example/x").code() == errc::bad_url);
}

TEST_CASE("Q-21, V27: a link to its own page ends the walk, however the server encodes it") {
    const nested_pages::list_users filtered{
        .query = {.top = 2, .filter = cloudlink::odata::raw("contains(name,'O\"N, e')")}};
    constexpr text same[] = {
        "/2017-09-01/users?$top=2&$filter=contains(name,'O\"N, e')",
        "https://admin.api.mitel.io/2017-09-01/users?$top=2&$filter=contains%28name,%27O\"N, e%27)",
        "https://ADMIN.api.mitel.io:443/2017-09-01/users?$top=2&$filter=contains(name%2c'O%22N%2C%20e')#x"};
    for (const text own : same) {
        CAPTURE(own);
        cloudlink_walk first{filtered};
        CHECK(first.first_target ==
              "/2017-09-01/users?$top=2&$filter=contains%28name%2C%27O%22N%2C%20e%27%29");
        CHECK(first.next(own).code() == errc::repeated_page);
        cloudlink_walk later{filtered};
        REQUIRE(later.next(cloudlink_link));
        CHECK(later.next(own).code() == errc::repeated_page);
    }
    cloudlink_walk self{{}};
    REQUIRE(self.next("/2017-09-01/users?$skiptoken=a%2Fb&$filter=a eq 'b c'"));
    CHECK(self.next("/2017-09-01/users?$skiptoken=a%2Fb&$filter=a eq 'b c'").code() ==
          errc::repeated_page);
    cloudlink_walk on{{}};
    REQUIRE(on.next("/2017-09-01/users?$skiptoken=a%2Fb"));
    REQUIRE(on.next("/2017-09-01/users?$skiptoken=a%2Fc"));
    CHECK(on.next("/2017-09-01/users?$skiptoken=a%252Fb"));
}

TEST_CASE("pager: credentials go to the own origin, with the headers of every request") {
    walk w;
    const auto step = w.next("/api/v2/calls.json?start=200");
    REQUIRE(step);
    const http::request& request = **step;
    CHECK(request.method == http::method::get);
    CHECK(request.body.empty());
    CHECK(request.origin == "https://recorder.example");
    REQUIRE(request.headers.size() == 3);
    REQUIRE(request.find("Authorization") != nullptr);
    CHECK(request.find("Authorization")->value == authorization.value);
    CHECK(request.find("Authorization")->is_secret);
    CHECK(request.find("Accept")->value == "application/json");
    CHECK(request.find("User-Agent")->value == "test");
    CHECK(request.find("Content-Type") == nullptr);
    walk without{{.origin = "https://recorder.example"}};
    const auto plain = without.next("/x");
    REQUIRE(plain);
    CHECK((*plain)->find("Authorization") == nullptr);
}

TEST_CASE("pager: an absent, null or empty link ends the walk") {
    walk w;
    const miarec::call_page absent;
    const miarec::call_page null_link{.next_url = null};
    const miarec::call_page empty{.next_url = text{""}};
    for (const auto* page : {&absent, &null_link, &empty}) {
        const auto step = w.next(*page->next_url);
        REQUIRE(step);
        CHECK_FALSE(*step);
    }
    CHECK(w.pages.pages() == 1);
}

TEST_CASE("D-48: a page that leads to itself ends the walk at once") {
    walk first_again;
    CHECK(first_again.next(first_again.first_target).code() == errc::repeated_page);
    walk absolute;
    CHECK(absolute.next("https://recorder.example:443" + absolute.first_target + "#x").code() ==
          errc::repeated_page);
    walk second;
    REQUIRE(second.next("/x?start=1"));
    CHECK(second.next("/x?start=1").code() == errc::repeated_page);
}

TEST_CASE("D-48: going back and forth ends the walk") {
    walk w;
    REQUIRE(w.next("/a"));
    REQUIRE(w.next("/b"));
    CHECK(w.next("/a").code() == errc::repeated_page);
    walk back;
    REQUIRE(back.next("/a"));
    CHECK(back.next(back.first_target).code() == errc::repeated_page);
}

TEST_CASE("D-48: circles of any length end within three rounds, wherever they start") {
    for (const unsigned length : {1u, 2u, 3u, 7u, 8u, 9u, 10u, 16u, 17u, 100u, 1000u, 4097u}) {
        if (effort::stride > 1 && length > 100) continue;
        for (const unsigned before : {0u, 1u, 5u, 13u, 300u}) {
            CAPTURE(length);
            CAPTURE(before);
            block memory{1024};
            pager pages{recorder};
            REQUIRE(pages.first(miarec::list_calls{}, memory.room));
            unsigned count = 0;
            errc code = errc::ok;
            for (; count < 100000 && code == errc::ok; ++count) {
                const unsigned page = count < before ? count : before + (count - before) % length;
                memory.room.reset();
                code = pages.next("/x?start=" + std::to_string(page), memory.room).code();
            }
            CHECK(code == errc::repeated_page);
            CHECK(count >= before + length + 1);
            CHECK(count <= 3 * (before + length) + 16);
        }
    }
}

TEST_CASE("pager: a long walk without repetition goes through") {
    constexpr auto most =
        static_cast<std::uint32_t>(effort::share(http::paging_limits{}.most_pages));
    block memory{1024};
    pager pages{recorder, {.most_pages = most}};
    REQUIRE(pages.first(miarec::list_calls{}, memory.room));
    for (std::uint32_t i = 1; i < most; ++i) {
        memory.room.reset();
        REQUIRE(pages.next("/api/v2/calls.json?start=" + std::to_string(i * 20), memory.room));
    }
    CHECK(pages.pages() == most);
    memory.room.reset();
    const auto over = pages.next("/api/v2/calls.json?start=0", memory.room);
    CHECK(over.code() == errc::too_many_pages);
    CHECK(over.error().needed == most + 1);
}

TEST_CASE("pager: no more pages than allowed") {
    walk w{recorder, {.most_pages = 3}};
    REQUIRE(w.next("/2"));
    REQUIRE(w.next("/3"));
    const auto over = w.next("/4");
    CHECK(over.code() == errc::too_many_pages);
    CHECK(over.error().needed == 4);
    CHECK(w.pages.pages() == 3);
    walk ends{recorder, {.most_pages = 1}};
    const auto end = ends.next("");
    REQUIRE(end);
    CHECK_FALSE(*end);
}

TEST_CASE(
    "pager: next() before first(), or after the walk is over, is out of order; first() starts again") {
    block memory{plenty};
    pager pages{recorder};
    CHECK(pages.next("/x", memory.room).code() == errc::wrong_order);
    CHECK(pages.next("", memory.room).code() == errc::wrong_order);
    const auto bad = pages.first(miarec::list_calls{.limit = 1001}, memory.room);
    CHECK(bad.code() == errc::bad_parameter);
    CHECK(pages.next("/x", memory.room).code() == errc::wrong_order);
    REQUIRE(pages.first(miarec::list_calls{}, memory.room));
    REQUIRE(pages.next("/x", memory.room));
    CHECK(pages.next("https://evil.example/", memory.room).code() == errc::other_origin);
    CHECK(pages.next("/y", memory.room).code() == errc::wrong_order);
    CHECK(pages.next("", memory.room).code() == errc::wrong_order);
    CHECK(pages.pages() == 2);
    REQUIRE(pages.first(miarec::list_calls{}, memory.room));
    CHECK(pages.pages() == 1);
    CHECK(pages.next("/x", memory.room));
}

TEST_CASE("pager: a server description that cannot be used") {
    block memory{plenty};
    for (const text origin : {"", "recorder.example", "ftp://recorder.example",
                              "https://recorder.example/", "https://u@recorder.example"}) {
        pager pages{{.origin = origin}};
        const auto first = pages.first(miarec::list_calls{}, memory.room);
        CHECK_FALSE(first);
        CHECK(memory.room.used() == 0);
    }
    const http::header split[] = {{.name = "X", .value = "a\r\nb"}};
    pager pages{{.origin = "https://recorder.example", .headers = split}};
    CHECK(pages.first(miarec::list_calls{}, memory.room).code() == errc::bad_header);
    for (const text name : {"Content-Type", "content-length", "Host", "Transfer-Encoding"}) {
        const http::header ours[] = {{.name = name, .value = "1"}};
        pager more{{.origin = "https://recorder.example", .headers = ours}};
        CHECK(more.first(miarec::list_calls{}, memory.room).code() == errc::bad_header);
    }
    CHECK(memory.room.used() == 0);
}

TEST_CASE(
    "pager: every arena is enough or says exactly what is, and the same link may be tried again") {
    walk w;
    with_every_arena(600, [&](arena& room) -> result<bool> {
        pager copy = w.pages;
        const auto step = copy.next("/a/./x?start=200&q=%20", room);
        if (!step) return step.error();
        return *step && (*step)->target == "/a/x?start=200&q=%20" && (*step)->headers.size() == 3;
    });
    with_every_arena(600, [&](arena& room) -> result<bool> {
        pager fresh{recorder};
        const auto step = fresh.first(miarec::list_calls{.limit = 1}, room);
        if (!step) return step.error();
        return (*step)->target == "/api/v2/calls.json?limit=1";
    });
    pager pages = w.pages;
    block small{8};
    const auto refused = pages.next("/x?start=200", small.room);
    REQUIRE(refused.code() == errc::capacity);
    CHECK_FALSE(refused.error().needed_is_lower_bound);
    block enough{refused.error().needed};
    const auto again = pages.next("/x?start=200", enough.room);
    REQUIRE(again);
    CHECK((*again)->target == "/x?start=200");
    CHECK(pages.pages() == 2);
}

TEST_CASE("pager: links get the path of a proxy in front that the server does not know of") {
    const origin_server behind{.origin = "https://portal.example", .prefix = "/recorder"};
    const http::paging_limits limits{.link_prefix = "/recorder"};
    struct followed {
        text link;
        text target;
    };
    for (const followed& each : {
             followed{"/api/v2/calls.json?start=2", "/recorder/api/v2/calls.json?start=2"},
             followed{"/recorder/api/v2/calls.json?start=2", "/recorder/api/v2/calls.json?start=2"},
             followed{"https://portal.example/x", "/recorder/x"},
             followed{"/recorders/x", "/recorder/recorders/x"},
             followed{"/recorder", "/recorder/recorder"},
             followed{"/a/../recorder/x", "/recorder/x"},
             followed{"/recorder/../x", "/recorder/x"},
         }) {
        walk w{behind, limits};
        CHECK(w.first_target == "/recorder/api/v2/calls.json?limit=200");
        const auto step = w.next(each.link);
        REQUIRE_MESSAGE(step, each.link);
        CHECK((*step)->target == each.target);
        CHECK(w.next("https://recorder.example/x").code() == errc::other_origin);
    }
    walk circle{behind, limits};
    CHECK(circle.next("/api/v2/calls.json?limit=200").code() == errc::repeated_page);
    walk w{behind, limits};
    with_every_arena(600, [&](arena& room) -> result<bool> {
        pager copy = w.pages;
        const auto step = copy.next("/x?start=200", room);
        if (!step) return step.error();
        return (*step)->target == "/recorder/x?start=200";
    });
    for (const text bad :
         {"recorder", "/recorder/", "/a b", "/a\r\nX: y", "/..", "//evil.example"}) {
        walk wrong{behind, {.link_prefix = bad}};
        const auto step = wrong.next("/x");
        CHECK_MESSAGE(step.code() == errc::bad_url, bad);
        CHECK(path_of(step.error()) == "link_prefix");
    }
}

TEST_CASE("pager: what is wrong with a link is told by the link's offset") {
    walk w;
    const auto step = w.next("/x?q=a b");
    CHECK(step.code() == errc::bad_url);
    CHECK(step.error().offset == 6);
    CHECK(path_of(step.error()) == "next_url");
    walk other;
    CHECK(path_of(other.next("https://evil.example/x").error()) == "next_url");
    walk based;
    CHECK(path_of(based.pages.next("/x", based.memory.room, "no path").error()) == "base_target");
}

TEST_CASE("pager: capacity is told for a piece behind what the arena holds already") {
    walk w;
    for (std::size_t taken = 0; taken < 200; taken += 13) {
        block memory{200};
        REQUIRE(memory.room.allocate(taken, 1) != nullptr);
        pager copy = w.pages;
        const auto step = copy.next("/x?start=200", memory.room);
        if (step) continue;
        REQUIRE(step.code() == errc::capacity);
        CHECK(memory.room.used() == taken);
        block enough{step.error().needed};
        REQUIRE(enough.room.allocate(taken, 1) != nullptr);
        CHECK(copy.next("/x?start=200", enough.room));
    }
}

TEST_CASE("pager: a copy walks by itself") {
    walk w;
    REQUIRE(w.next("/a"));
    pager copy = w.pages;
    REQUIRE(copy.next("/b", w.memory.room));
    CHECK(copy.pages() == 3);
    CHECK(w.pages.pages() == 2);
    CHECK(w.next("/b"));
    CHECK(copy.next("/a", w.memory.room).code() == errc::repeated_page);
}

TEST_CASE("D-46, D-47: total does not steer the walk") {
    block memory{plenty};
    block bodies{plenty};
    pager pages{recorder};
    REQUIRE(pages.first(miarec::list_calls{.max_total_calc = 1000}, memory.room));
    const auto follow = [&](text body) {
        const auto page = json::decode<miarec::call_page>(body, bodies.room);
        REQUIRE(page);
        const auto step = pages.next(*page->next_url, memory.room);
        REQUIRE(step);
        return step->has_value();
    };
    CHECK(follow(R"({"next_url":"/api/v2/calls.json?start=20","calls":[],"total":20})"));
    CHECK(follow(R"({"next_url":"/api/v2/calls.json?start=40","calls":[{}],"total":null})"));
    CHECK(follow(R"({"next_url":"/api/v2/calls.json?start=60","calls":[{}]})"));
    CHECK_FALSE(follow(R"({"next_url":null,"calls":[{}],"total":5000})"));
    CHECK_FALSE(json::decode<miarec::call_page>(R"({"next_url":null,"calls":[{}] "total":5000})",
                                                bodies.room));
}

TEST_CASE("pager: pages that were seen are told apart to their last byte, escapes or none") {
    http::detail::visited seen;
    for (const text target : {text{"/x%"}, text{"/x%4"}, text{"/xA"}, text{"/x%41%"}}) {
        CAPTURE(std::string{target});
        CHECK(seen.visit(target));
        CHECK_FALSE(seen.visit(target));
    }
    CHECK_FALSE(seen.visit("/x%41"));
}

TEST_CASE("pager: no heap") {
    static std::byte own[1024];
    no_heap_guard guard;
    arena room{own};
    pager pages{recorder};
    const bool first = pages.first(miarec::list_calls{}, room).has_value();
    const bool second = pages.next("/api/v2/calls.json?start=20", room).has_value();
    const bool third = pages.next("https://evil.example/", room).has_value();
    const std::size_t allocations = guard.stop();
    CHECK(allocations == 0);
    CHECK(first);
    CHECK(second);
    CHECK_FALSE(third);
}
