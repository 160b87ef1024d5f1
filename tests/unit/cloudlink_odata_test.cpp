// OData: the vectors of the CloudLink facts (V21, V22, V27), literals, precedence, what is refused
// and where, options as members of operations, and the server's side.
#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <tipring/cloudlink/odata.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/server/parse.hpp>

#include "no_heap.hpp"
#include "odata_operations.hpp"

using namespace std::chrono_literals;
using tipring::errc;
using tipring::result;
using tipring::text;
using tipring::utc_instant;
using tipring::writer;
namespace http = tipring::http;
namespace odata = tipring::cloudlink::odata;
namespace properties = tipring::cloudlink::properties;
namespace ops = odata_operations;

namespace {

constexpr odata::integer_property size_of_it{"size"};
constexpr odata::decimal_property score{"score"};
constexpr odata::date_property born{"born"};
constexpr odata::guid_property key{"key"};
constexpr odata::boolean_property active{"active"};
constexpr odata::string_property a{"a"};
constexpr odata::string_property b{"b"};
constexpr odata::string_property c{"c"};

struct user_tag;
using user_id = tipring::id<user_tag>;
constexpr odata::property<odata::property_type::string, user_id> owner{"owner"};

constexpr odata::property<odata::property_type::string, tipring::open<tipring::miarec::sort_order>>
    order{"order"};

std::string text_of(const odata::filter& what) {
    char bytes[8192];
    writer out{bytes};
    CHECK(print(what, out).code() == errc::ok);
    return std::string{out.written()};
}

std::string line_of(const tipring::error& failure) {
    char bytes[256];
    return std::string{describe(failure, bytes)};
}
std::string refusal_of(const odata::filter& what) {
    char bytes[8192];
    writer out{bytes};
    return line_of(print(what, out).error());
}

/// What a query holds behind its question mark.
std::string query_of(const odata::query& options) {
    char bytes[8192];
    writer out{bytes};
    http::query_writer pairs{out};
    CHECK(put_query(options, pairs).code() == errc::ok);
    return std::string{out.written()};
}
std::string refusal_of_query(const odata::query& options) {
    char bytes[8192];
    writer out{bytes};
    http::query_writer pairs{out};
    return line_of(put_query(options, pairs).error());
}

/// The text of what is read, or the error.
std::string read(std::string_view written) {
    tipring::static_arena<1024> memory;
    const auto what = odata::parse_filter(written, memory);
    return what ? text_of(*what) : line_of(what.error());
}

utc_instant instant(std::string_view written) {
    return *tipring::parse_datetime(written)->instant();
}

const http::origin_server admin{.origin = "https://admin.api.mitel.io"};

constexpr http::query_rules rules{.plus = http::plus_sign::is_plus};

template <class Op>
result<odata::query> received(std::string_view target, tipring::arena& memory) {
    const auto op = tipring::server::parse_as<Op>(
        {.method = http::operation_of<Op>.method, .target = target}, memory, {.query = rules});
    if (!op) return op.error();
    return std::get<0>(*op).query;
}
std::string refused(std::string_view query) {
    tipring::static_arena<4096> memory;
    const std::string target = "/2017-09-01/users?" + std::string{query};
    return line_of(received<ops::list_all_users>(target, memory).error());
}

} // namespace

TEST_CASE("OData: filters and their encoded form (facts, vector V21)") {
    const auto check = [](const odata::filter& what, std::string_view plain,
                          std::string_view encoded) {
        CHECK(text_of(what) == plain);
        CHECK(query_of({.filter = what}) == "?$filter=" + std::string{encoded});
        CHECK(read(plain) == plain);
    };
    {
        using namespace properties::users;
        check(email == "bob@email.com", "email eq 'bob@email.com'",
              "email%20eq%20%27bob%40email.com%27");
        check(name == "O'Neil", "name eq 'O''Neil'", "name%20eq%20%27O%27%27Neil%27");
        check(name == "R&D #1 + 50%", "name eq 'R&D #1 + 50%'",
              "name%20eq%20%27R%26D%20%231%20%2B%2050%25%27");
        check(name == "Zo\xC3\xAB \xE6\x9D\xB1\xE4\xBA\xAC",
              "name eq 'Zo\xC3\xAB \xE6\x9D\xB1\xE4\xBA\xAC'",
              "name%20eq%20%27Zo%C3%AB%20%E6%9D%B1%E4%BA%AC%27");
        check(role == "USER" || role == "ACCOUNT_ADMIN",
              "role eq 'USER' or role eq 'ACCOUNT_ADMIN'",
              "role%20eq%20%27USER%27%20or%20role%20eq%20%27ACCOUNT_ADMIN%27");
        check(created_on >= instant("2022-04-26T12:12:38.940Z"),
              "createdOn ge 2022-04-26T12:12:38.940Z",
              "createdOn%20ge%202022-04-26T12%3A12%3A38.940Z");
    }
    check(properties::calls::principal.contains("76f110ca-f769-4020-95cd-dc75d391d7f1"),
          "contains(principal,'76f110ca-f769-4020-95cd-dc75d391d7f1')",
          "contains%28principal%2C%2776f110ca-f769-4020-95cd-dc75d391d7f1%27%29");
    check(properties::accounts::name.substringof("acme"), "substringof(name,'acme')",
          "substringof%28name%2C%27acme%27%29");
    check(properties::conferences::access_code == "339323008", "accessCode eq '339323008'",
          "accessCode%20eq%20%27339323008%27");
    {
        using namespace properties::events;
        check(source == "a" && subject == "b" && occurred_on > instant("2024-01-01T00:00:00Z"),
              "source eq 'a' and subject eq 'b' and occurredOn gt '2024-01-01T00:00:00Z'",
              "source%20eq%20%27a%27%20and%20subject%20eq%20%27b%27%20and%20occurredOn%20gt%20%27"
              "2024-01-01T00%3A00%3A00Z%27");
    }
}

TEST_CASE("OData: requests (facts, vector V22)") {
    tipring::static_arena<4096> memory;
    const auto target = [&memory](const auto& op) {
        const auto request = encode(op, admin, memory);
        CHECK(request.code() == errc::ok);
        return request ? std::string{request->target} : std::string{};
    };
    using namespace properties::users;
    CHECK(target(ops::list_all_users{}) == "/2017-09-01/users");
    CHECK(target(ops::list_all_users{.query = {.filter = email == "bob@email.com"}}) ==
          "/2017-09-01/users?$filter=email%20eq%20%27bob%40email.com%27");
    CHECK(target(ops::list_users{.account_id = "7",
                                 .query = {.orderby = odata::ordering::as_written("lastname")}}) ==
          "/2017-09-01/accounts/7/users?$orderby=lastname");
    CHECK(target(ops::list_all_users{.query = {.skip = 0, .top = 5, .expand = "tags"}}) ==
          "/2017-09-01/users?$skip=0&$top=5&$expand=tags");
}

TEST_CASE(
    "Q-8: options never come without a question mark, and a path that holds them is unknown") {
    tipring::static_arena<4096> memory;
    const auto request = encode(
        ops::list_all_users{.query = {.filter = properties::users::email == "bob@email.com"}},
        admin, memory);
    REQUIRE(request.code() == errc::ok);
    CHECK(request->target.find("/users?$filter=") != text::npos);
    CHECK(received<ops::list_all_users>("/2017-09-01/users/$filter=email%20eq%20%27x%27", memory)
              .code() == errc::unknown_path);
}

TEST_CASE("Q-21: a next link with raw blanks and quotes, and an opaque $skiptoken (V8, V27)") {
    tipring::static_arena<4096> memory;
    const auto next = http::resolve(
        "https://chat.api.mitel.io", "/2017-09-01/users",
        "/2017-09-01/users?$skip=1&$top=1&$filter=conversationId eq 'a29c6c0f-cb6e-41c7'", memory,
        http::url_characters::lenient);
    REQUIRE(next.code() == errc::ok);
    auto read = received<ops::list_all_users>(*next, memory);
    REQUIRE(read.code() == errc::ok);
    CHECK(read->skip == 1);
    CHECK(read->top == 1);
    CHECK(read->filter ==
          odata::filter{properties::conversations::conversation_id == "a29c6c0f-cb6e-41c7"});

    const std::string token = "?$skiptoken=a%2Fb%3D%3D&$top=2";
    read = received<ops::list_all_users>("/2017-09-01/users" + token, memory);
    REQUIRE(read.code() == errc::ok);
    CHECK(read->skiptoken == "a/b==");
    CHECK(query_of(*read) == token);
    CHECK(query_of({.skiptoken = "a%2Fb"}) == "?$skiptoken=a%252Fb");
}

TEST_CASE("Q-31: $filter on a PUT, next to a body") {
    tipring::static_arena<4096> memory;
    const ops::hide_records op{.query = {.filter = properties::calls::call_id == "7"},
                               .hide = true};
    const auto request = encode(op, admin, memory);
    REQUIRE(request.code() == errc::ok);
    CHECK(request->method == http::method::put);
    CHECK(request->target == "/2017-09-01/calls/records?$filter=callId%20eq%20%277%27");
    CHECK(request->body == R"({"hide":true})");
    const auto back = tipring::server::parse_as<ops::hide_records>(*request, memory);
    REQUIRE(back.code() == errc::ok);
    CHECK(tipring::json::equal(std::get<0>(*back), op));
}

TEST_CASE("OData: literals") {
    CHECK(text_of(a == tipring::null) == "a eq null");
    CHECK(text_of(active != tipring::null) == "active ne null");
    CHECK(text_of(active == false) == "active eq false");
    CHECK(text_of(a == "") == "a eq ''");
    CHECK(text_of(a == "''") == "a eq ''''''");
    CHECK(text_of(a == "'x'") == "a eq '''x'''");
    CHECK(text_of(size_of_it > 0u) == "size gt 0");
    CHECK(text_of(size_of_it == std::numeric_limits<std::int64_t>::min()) ==
          "size eq -9223372036854775808");
    CHECK(text_of(score <= tipring::number{"-4.50"}) == "score le -4.50");
    CHECK(text_of(score < tipring::number{"1e-5"}) == "score lt 1e-5");
    CHECK(text_of(score >= 3) == "score ge 3");
    CHECK(odata::filter{score >= 3} == odata::filter{score >= tipring::number{"3"}});
    CHECK(text_of(born < 2024y / 2 / 29) == "born lt 2024-02-29");
    CHECK(text_of(key == "01234567-89ab-CDEF-0123-456789abcdef") ==
          "key eq 01234567-89ab-CDEF-0123-456789abcdef");
    CHECK(text_of(owner == user_id{"7"}) == "owner eq '7'");
    CHECK(text_of(owner != tipring::null) == "owner ne null");
    CHECK(text_of(order == tipring::miarec::sort_order::desc) == "order eq 'desc'");
    CHECK(text_of(properties::users::created_on < utc_instant{-1ms}) ==
          "createdOn lt 1969-12-31T23:59:59.999Z");
    // Finer than milliseconds is cut downwards.
    CHECK(text_of(properties::users::created_on <
                  std::chrono::sys_time<std::chrono::nanoseconds>{-1ns}) ==
          "createdOn lt 1969-12-31T23:59:59.999Z");
    CHECK(text_of(properties::users::created_on == std::chrono::sys_days{2024y / 1 / 2}) ==
          "createdOn eq 2024-01-02T00:00:00Z");
    CHECK(text_of(odata::raw("length(name) gt 3")) == "length(name) gt 3");
}

TEST_CASE("OData: and, or, not keep their meaning with the least parentheses") {
    const auto x = a == "1";
    const auto y = b == "2";
    const auto z = c.contains("3");
    CHECK(text_of(x && y && z) == "a eq '1' and b eq '2' and contains(c,'3')");
    CHECK(text_of(x && (y && z)) == "a eq '1' and b eq '2' and contains(c,'3')");
    CHECK(odata::filter{x && (y && z)} == odata::filter{(x && y) && z});
    CHECK(odata::filter{x || (y || z)} == odata::filter{(x || y) || z});
    CHECK(text_of((x && y) || z) == "a eq '1' and b eq '2' or contains(c,'3')");
    CHECK(text_of(x && (y || z)) == "a eq '1' and (b eq '2' or contains(c,'3'))");
    CHECK(text_of((x || y) && z) == "(a eq '1' or b eq '2') and contains(c,'3')");
    CHECK(text_of(!x) == "not (a eq '1')");
    CHECK(text_of(!z) == "not (contains(c,'3'))");
    CHECK(text_of(!!x) == "a eq '1'");
    CHECK(text_of(!(x && y)) == "not (a eq '1' and b eq '2')");
    // The grammar alone would let `not` take all that follows; in parentheses it cannot.
    CHECK(text_of(!x && y) == "(not (a eq '1')) and b eq '2'");
    CHECK(text_of(y || !z) == "b eq '2' or (not (contains(c,'3')))");
    CHECK(text_of(!(x || y) && z) == "(not (a eq '1' or b eq '2')) and contains(c,'3')");
    CHECK(text_of(x && !(y && z)) == "a eq '1' and (not (b eq '2' and contains(c,'3')))");
    CHECK(text_of(odata::raw("p or q") && x) == "(p or q) and a eq '1'");
    CHECK(text_of(!odata::raw("p or q")) == "not (p or q)");
    CHECK(text_of(odata::filter{}).empty());
    CHECK(text_of(!odata::filter{}).empty());
}

TEST_CASE("OData: filters grow at run time, and say when they are full") {
    odata::filter all;
    for (std::size_t i = 0; i < odata::filter::capacity; ++i)
        REQUIRE(all.add_any(a == "x") == errc::ok);
    const odata::filter before = all;
    CHECK(all.add_any(a == "x") == errc::too_many);
    CHECK(all.add_all(a == "x") == errc::too_many);
    CHECK(all == before);
    CHECK(all.add_all(odata::filter{}) == errc::ok);
    CHECK(all == before);
    CHECK(all.size() == odata::filter::capacity);
    all.clear();
    CHECK(all.empty());
    REQUIRE(all.add_all(a == "x") == errc::ok);
    REQUIRE(all.add_any(b == "y") == errc::ok);
    REQUIRE(all.add_all(c == "z") == errc::ok);
    CHECK(text_of(all) == "(a eq 'x' or b eq 'y') and c eq 'z'");
    all.negate();
    CHECK(text_of(all) == "not ((a eq 'x' or b eq 'y') and c eq 'z')");

    const std::string term = "a eq 'x'";
    std::string many = term;
    for (std::size_t i = 1; i < odata::filter::capacity; ++i) many += " or " + term;
    CHECK(read(many) == many);
    CHECK(read(many + " and " + term) == "more elements than allowed (needs 17)");
    CHECK(read(many + " and (" + many + ")") == "more elements than allowed (needs 32)");
}

TEST_CASE("OData: what cannot be sent says which term and why") {
    const std::string bad = "a parameter has a value that is not allowed";
    using namespace properties::users;
    CHECK(refusal_of(email == "x" && name == "a\nb") == "[1].name: " + bad);
    CHECK(refusal_of(name == std::string_view{"\0", 1}) == "[0].name: " + bad);
    CHECK(refusal_of(name == "\x7F") == "[0].name: " + bad);
    CHECK(refusal_of(name == "\xC3") == "[0].name: not valid UTF-8");
    CHECK(refusal_of(name == "\xED\xA0\x80") == "[0].name: not valid UTF-8");
    CHECK(refusal_of(size_of_it == std::numeric_limits<std::uint64_t>::max()) ==
          "[0].size: " + bad);
    CHECK(refusal_of(born == 2023y / 2 / 29) == "[0].born: " + bad);
    CHECK(refusal_of(born == 10000y / 1 / 1) == "[0].born: " + bad);
    CHECK(refusal_of(created_on == std::chrono::sys_days{10000y / 1 / 1}) ==
          "[0].createdOn: " + bad);
    CHECK(refusal_of(created_on == std::chrono::sys_time<std::chrono::hours>{
                                       std::chrono::hours::max()}) == "[0].createdOn: " + bad);
    for (const std::string_view number : {"", "-", "1.", ".5", "1e", "0x10", "1 ", "NaN", "1,5"})
        CHECK(refusal_of(score == tipring::number{number}) == "[0].score: " + bad);
    for (const std::string_view guid :
         {"", "0123456789abcdef0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdeg",
          "0123456-789ab-cdef-0123-456789abcdef"})
        CHECK(refusal_of(key == guid) == "[0].key: " + bad);
    for (const std::string_view raw : {"", " ", "a eq 'x", "(a", "a)", "a) or (b", "x\n"})
        CHECK(refusal_of(odata::raw(raw)) == "[0]: " + bad);
    // A name that is not part of the program is checked, and not in the error, which may outlive
    // it.
    for (const std::string_view property :
         {"", "1a", "a b", "a/", "/a", "a//b", "a-b", "null", "\xC3\xA9"})
        CHECK(refusal_of(odata::term{.property = property,
                                     .literal = odata::literal::integer(1)}) == "[0]: " + bad);
    const std::string longest(128, 'x');
    CHECK(text_of(odata::term{.property = longest, .literal = odata::literal::integer(1)}) ==
          longest + " eq 1");
    const std::string too_long(129, 'x');
    CHECK(refusal_of(odata::term{.property = too_long, .literal = odata::literal::integer(1)}) ==
          "[0]: " + bad);
    CHECK(refusal_of(odata::term{.property = "a",
                                 .literal = odata::literal::integer(1),
                                 .op = odata::comparison::contains}) == "[0]: " + bad);
}

TEST_CASE("OData: what is read beyond what is written") {
    CHECK(read("a eq 'x' and (b eq 'y' and c eq 'z')") == "a eq 'x' and b eq 'y' and c eq 'z'");
    CHECK(read("  ( ( a\teq  'x' ) )  ") == "a eq 'x'");
    CHECK(read("not(a eq 1)") == "not (a eq 1)");
    CHECK(read("not a eq 1 and b eq 2") == "(not (a eq 1)) and b eq 2");
    CHECK(read("not not a eq 1") == "a eq 1");
    CHECK(read("not (not (a eq 1))") == "a eq 1");
    CHECK(read("not not not (a eq 1 or b eq 2)") == "not (a eq 1 or b eq 2)");
    CHECK(read("stream") == "stream eq true");
    CHECK(read("not stream or notable") == "(not (stream eq true)) or notable eq true");
    CHECK(read("5 lt size") == "size gt 5");
    CHECK(read("5 le size") == "size ge 5");
    CHECK(read("5 gt size") == "size lt 5");
    CHECK(read("5 ge size") == "size le 5");
    CHECK(read("'x' eq a or null ne b") == "a eq 'x' or b ne null");
    CHECK(read("substringof('acme', name)") == "substringof(name,'acme')");
    CHECK(read("substringof(name,'acme')") == "substringof(name,'acme')");
    CHECK(read("contains( address/city , 'x' )") == "contains(address/city,'x')");
    CHECK(read("a ge 2022-04-26T14:12:38+02:00") == "a ge 2022-04-26T12:12:38Z");
    CHECK(read("a ge 2022-04-26T12:12Z") == "a ge 2022-04-26T12:12:00Z");
    CHECK(read("a ge 2022-04-26T14:12+02:00 and b eq 1") == "a ge 2022-04-26T12:12:00Z and b eq 1");
    CHECK(read("2022-04-26T00:30-0130 lt a") == "a gt 2022-04-26T02:00:00Z");
    CHECK(read("a ge 2022-04-26T12:12:38.9409999Z") == "a ge 2022-04-26T12:12:38.940Z");
    CHECK(read("a ge 2022-04-26") == "a ge 2022-04-26");
    CHECK(read("a eq 9223372036854775808 and b eq -0 and c eq 1.5E+3") ==
          "a eq 9223372036854775808 and b eq -0 and c eq 1.5E+3");
    CHECK(read("startswith(a,'(') or endswith(b,')') or a eq ' and '") ==
          "startswith(a,'(') or endswith(b,')') or a eq ' and '");
}

TEST_CASE("OData: a time in quotes is read as text that knows what time it is") {
    tipring::static_arena<64> memory;
    const auto what = odata::parse_filter("occurredOn gt '2024-01-01T00:00:00Z'", memory);
    REQUIRE(what.code() == errc::ok);
    const odata::literal& literal = what->terms()[0].literal;
    CHECK(literal.kind() == odata::literal_kind::string);
    CHECK(literal.as_time() == instant("2024-01-01T00:00:00Z"));
    CHECK(odata::literal::string("today").as_time() == std::nullopt);
    CHECK(odata::literal::string("2024-01-01T00:00:00").as_time() == std::nullopt);
    CHECK(odata::literal::integer(5).as_time() == std::nullopt);
}

TEST_CASE("OData: what cannot be read says where") {
    const auto check = [](std::string_view written, std::string_view line) {
        CAPTURE(written);
        CHECK(read(written) == line);
    };
    const auto invalid = [&check](std::string_view written, std::size_t at) {
        check(written, "not a valid filter (at byte " + std::to_string(at) + ")");
    };
    const auto early = [&check](std::string_view written) {
        check(written, "the text ends too early (at byte " + std::to_string(written.size()) + ")");
    };
    for (const std::string_view written :
         {"", " ", "a eq", "a eq ", "a eq 'x", "a eq 'x''", "a eq 1 and", "a eq 1 and ", "(a eq 1",
          "not", "not ", "(", "contains(", "contains(a", "contains(a,", "contains(a,'x'"})
        early(written);
    // The documents' own slips (F.2): quotes around the whole, a missing dollar sign elsewhere.
    invalid("\"direction eq 'inbound'\"", 0);
    invalid("a eq'x'", 4);
    invalid("'x'eq a", 3);
    invalid("a eq 1 b", 7);
    invalid("a eq 1)", 6);
    invalid("()", 1);
    invalid("a eq 1 AND b eq 2", 7);
    invalid("a eq 1 and and b eq 2", 11);
    invalid("(a eq 1)and b eq 2", 8);
    invalid("a eq 1 and(b eq 2)", 10);
    invalid("a eq b", 5);
    invalid("1 eq 1", 5);
    invalid("name in ('a','b')", 5);
    invalid("length(name) gt 3", 0);
    invalid("a add 1 eq 2", 2);
    invalid("tags/any(t:t eq 'x')", 0);
    invalid("contains('x',a)", 9);
    invalid("contains(a,1)", 11);
    invalid("contains(a,b)", 11);
    invalid("contains(a,'x','y')", 14);
    invalid("duration'P1D' eq a", 8);
    invalid("a eq \xC3\xA9", 5);
    invalid("a; eq 1", 1);
    invalid("a/ eq 1", 0);
    invalid("a eq 1.", 5);
    for (const std::string_view word : {"NaN", "INF", "-INF"})
        invalid("a eq " + std::string{word}, 5);
    invalid("a eq duration'P1D'", 5);
    invalid("contains(a,'x') eq true", 16);
    check("a eq 'x\ny'", "a parameter has a value that is not allowed (at byte 7)");
    check("a eq '\xFF'", "not valid UTF-8 (at byte 6)");
    check("a eq 2024-02-30", "number out of range (at byte 13)");
    check("a eq 2024-02-03T", "the text ends too early (at byte 16)");
    check("a eq 2024-02-03T10:00:00", "not a valid date or time (at byte 24)");
    check("a eq 2024-02-03T10:00", "not a valid date or time (at byte 21)");
    check("a eq 2024-02-03T10:60Z", "number out of range (at byte 19)");
    check("a eq 2024-02-03T10:00.5Z", "not a valid date or time (at byte 21)");
    check("a eq 2024-02-30T10:00Z", "number out of range (at byte 13)");
    for (const std::string_view zone : {"+24:00", "Zx", "+01:00x", "+1", "-", "z:00"})
        check("a eq 2024-02-03T10:00" + std::string{zone}, "not a valid date or time (at byte 21)");
    const std::string deep(odata::deepest_filter, '(');
    const std::string closing(odata::deepest_filter, ')');
    CHECK(read(deep + "a eq 1" + closing) == "a eq 1");
    CHECK(read("(" + deep + "a eq 1)" + closing) ==
          "nested too deeply (at byte 32, needs at least 33)");
    // The most that can be open at each depth: an or, an and, a parenthesis.
    std::string worst;
    for (std::size_t i = 0; i < odata::deepest_filter; ++i) worst += "a eq 1 or b eq 1 and not (";
    worst += "a eq 1 or b eq 1 and c eq 1" + closing;
    CHECK(read(worst) == "more elements than allowed (needs 67)");
}

TEST_CASE("OData: all options, there and back") {
    using namespace properties::users;
    const odata::query all{.search = "R&D \"x\" AND y",
                           .skip = 0,
                           .skiptoken = "a/b==",
                           .top = 10000,
                           .filter =
                               email == "o'x" && (name.startswith("a") || role != tipring::null),
                           .orderby = {name, created_on.descending()},
                           .expand = "tags",
                           .select = {email, name, "address/city"},
                           .count = true};
    tipring::static_arena<4096> memory;
    const ops::list_users op{.account_id = "7", .query = all};
    const auto request = encode(op, admin, memory);
    REQUIRE(request.code() == errc::ok);
    CHECK(
        request->target ==
        "/2017-09-01/accounts/7/users?$search=R%26D%20%22x%22%20AND%20y&$skip=0&$skiptoken=a%2Fb%3D%3D"
        "&$top=10000&$filter=email%20eq%20%27o%27%27x%27%20and%20%28startswith%28name%2C%27a%27%29"
        "%20or%20role%20ne%20null%29&$orderby=name%2CcreatedOn%20desc&$expand=tags"
        "&$select=email%2Cname%2Caddress%2Fcity&$count=true");
    const auto back =
        tipring::server::parse_as<ops::list_users>(*request, memory, {.query = rules});
    REQUIRE(back.code() == errc::ok);
    CHECK(std::get<0>(*back).query == all);
    CHECK(tipring::json::equal(std::get<0>(*back), op));
    CHECK(query_of({}).empty());
    CHECK(query_of({.count = false}) == "?$count=false");
}

TEST_CASE("OData: lists in OData's own words") {
    CHECK(query_of({.expand = odata::names::as_written("media($select=url),tags")}) ==
          "?$expand=media%28%24select%3Durl%29%2Ctags");
    CHECK(query_of({.expand = "null"}) == "?$expand=null");
    tipring::static_arena<256> memory;
    const auto taken = [&memory](std::string_view name, std::string_view value) {
        odata::query into;
        CHECK(take_option(name, value, into, memory).value_or(false));
        return into;
    };
    CHECK(taken("$expand", "tags, media") == odata::query{.expand = {"tags", "media"}});
    CHECK(taken("$expand", "media($select=url)") ==
          odata::query{.expand = odata::names::as_written("media($select=url)")});
    CHECK(taken("$select", "*") == odata::query{.select = odata::names::as_written("*")});
    CHECK(taken("$orderby", "name asc, createdOn  desc") ==
          odata::query{
              .orderby = {properties::users::name, properties::users::created_on.descending()}});
    CHECK(taken("$orderby", "length(name) desc") ==
          odata::query{.orderby = odata::ordering::as_written("length(name) desc")});
}

TEST_CASE("OData: options that cannot be sent") {
    const std::string bad = ": a parameter has a value that is not allowed";
    using namespace properties::users;
    CHECK(refusal_of_query({.search = "a\r\nb"}) == "search" + bad);
    CHECK(refusal_of_query({.search = "\xFF"}) == "search: not valid UTF-8");
    CHECK(refusal_of_query({.skip = -1}) == "skip" + bad);
    CHECK(refusal_of_query({.top = -1}) == "top" + bad);
    CHECK(refusal_of_query({.skiptoken = std::string_view{"\0", 1}}) == "skiptoken" + bad);
    CHECK(refusal_of_query({.filter = email == "x" || name == "\t"}) == "filter[1].name" + bad);
    CHECK(refusal_of_query({.expand = {"tags", "a b"}}) == "expand[1]" + bad);
    CHECK(refusal_of_query({.expand = odata::names::as_written("\n")}) == "expand" + bad);
    odata::query sorted;
    REQUIRE(sorted.orderby.add({.property = "1"}) == errc::ok);
    CHECK(refusal_of_query(sorted) == "orderby[0]" + bad);
    for (int i = 1; i < 4; ++i) REQUIRE(sorted.orderby.add({.property = "a"}) == errc::ok);
    CHECK(sorted.orderby.add({.property = "a"}) == errc::too_many);

    tipring::static_arena<4096> memory;
    const auto request = encode(ops::list_all_users{.query = {.top = -1}}, admin, memory);
    CHECK(line_of(request.error()) == "query.top" + bad);
}

TEST_CASE("OData: options that cannot be received say where in the query") {
    const std::string bad = ": a parameter has a value that is not allowed (at byte ";
    CHECK(refused("$top=1&filter=a%20eq%201") == "unknown parameter (at byte 7)");
    CHECK(refused("$Top=1") == "unknown parameter (at byte 0)");
    CHECK(refused("=1&=2") == "unknown parameter (at byte 0)");
    CHECK(refused("$filter%20=a%20eq%201") == "unknown parameter (at byte 0)");
    CHECK(refused("$top=1&$top=1") == "query.top: the parameter occurs twice (at byte 7)");
    CHECK(refused("$filter=a%20eq%201&$filter=a%20eq%201") ==
          "query.filter: the parameter occurs twice (at byte 19)");
    for (const std::string_view value : {"", "x", "-1", "-0", "1.0", "1e3", "9223372036854775808"})
        CHECK(refused("$top=" + std::string{value}) == "query.top" + bad + "0)");
    for (const std::string_view value : {"", "1", "True"})
        CHECK(refused("$count=" + std::string{value}) == "query.count" + bad + "0)");
    CHECK(refused("$search=") == "query.search" + bad + "0)");
    CHECK(refused("$search=a%0Ab") == "query.search" + bad + "0)");
    CHECK(refused("$search=%FF") == "not valid UTF-8 (at byte 0)");
    CHECK(refused("$orderby=a,b,c,d,e") ==
          "query.orderby: more elements than allowed (at byte 0, needs 5)");
    CHECK(refused("$top=1&$filter=%27a%27%20eq%20b%20and%20x%20in%20y") ==
          "query.filter: not a valid filter (at byte 44)");
    CHECK(refused("$filter=") == "query.filter: the text ends too early (at byte 8)");
    CHECK(refused("$filter") == "query.filter: the text ends too early (at byte 7)");
    // A plus is no blank.
    CHECK(refused("$filter=a+eq+1") == "query.filter: not a valid filter (at byte 8)");

    tipring::static_arena<4096> memory;
    const auto read = received<ops::list_all_users>("/2017-09-01/users?%24top=3", memory);
    REQUIRE(read.code() == errc::ok);
    CHECK(read->top == 3);

    tipring::static_arena<8> small;
    CHECK(received<ops::list_all_users>("/2017-09-01/users?$filter=a%20eq%20%27%27%27%27", small)
              .code() == errc::capacity);
    CHECK(small.used() == 0);
}

TEST_CASE("OData: filters are constants if you like, and never touch the heap") {
    constexpr odata::filter where = properties::users::email == "x" && !(a == "1" || b == "2");
    static_assert(where.size() == 3);
    static_assert([] {
        char bytes[64] = {};
        writer out{bytes};
        return print(properties::users::email == "x", out).has_value() &&
               out.written() == "email eq 'x'";
    }());
    static_assert(std::is_trivially_copyable_v<odata::query>);
    tipring::static_arena<4096> memory;
    const ops::list_all_users op{.query = {.filter = where}};
    no_heap_guard guard;
    const auto request = encode(op, admin, memory);
    const auto back =
        tipring::server::parse_as<ops::list_all_users>(request.value_or(http::request{}), memory);
    CHECK(guard.stop() == 0);
    REQUIRE(back.has_value());
    CHECK(std::get<0>(*back).query.filter == where);
}
