// Query strings: written as the MiaRec manual and RFC 3986 say, read back, and read when hostile.
#include <tipring/core/arena.hpp>
#include <tipring/http/query.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "effort.hpp"

using namespace tipring;

namespace {

using pairs = std::vector<std::pair<std::string, std::string>>;

std::string written(const pairs& parameters) {
    std::vector<char> bytes(1 << 12);
    writer out{bytes};
    http::query_writer query{out};
    for (const auto& [name, value] : parameters) query.add(name, value);
    return std::string{out.written()};
}

pairs read(text query, const http::query_rules& rules = {}) {
    auto reader = http::query_reader::make(query, rules);
    if (!reader) return {{"error", std::to_string(reader.error().offset)}};
    std::vector<char> bytes(1 << 12);
    arena memory{bytes};
    pairs found;
    while (const auto parameter = reader->next()) {
        const auto name = reader->decode(parameter->name, memory);
        const auto value = reader->decode(parameter->value, memory);
        found.emplace_back(name ? std::string{*name} : "bad", value ? std::string{*value} : "bad");
    }
    return found;
}

constexpr bool writes_without_memory() {
    char bytes[16] = {};
    writer out{bytes};
    http::query_writer query{out};
    query.add_integer("limit", 500);
    return out.written() == "?limit=500";
}
static_assert(writes_without_memory());

constexpr std::size_t count_in(text query, text name) {
    const auto reader = http::query_reader::make(query);
    return reader ? (*reader).count(name) : 99;
}
static_assert(count_in("a=1&b=2&%61=3", "a") == 2);

} // namespace

TEST_CASE("query_writer: the manual's full example") {
    std::array<char, 256> bytes;
    writer out{bytes};
    out.put("/api/v2/calls.json");
    http::query_writer query{out};
    CHECK(query.empty());
    query.add("advanced_search", "1");
    query.add_integer("phone_number__includes", 1234);
    query.add("user_name__equal_to", "J Smith");
    CHECK(!query.empty());
    CHECK(
        out.written() ==
        "/api/v2/calls.json?advanced_search=1&phone_number__includes=1234&user_name__equal_to=J%20Smith");
}

TEST_CASE("query_writer: what the manual's grammar needs escaped") {
    CHECK(written({{"date__between", "2014/11/01-2014/12/01"}}) ==
          "?date__between=2014%2F11%2F01-2014%2F12%2F01");
    CHECK(written({{"phone_number__pattern", "%1415%"}}) == "?phone_number__pattern=%251415%25");
    CHECK(written({{"phone_number__equal_to", "+14085800150"}}) ==
          "?phone_number__equal_to=%2B14085800150");
    CHECK(written({{"broadworks_user_id", "user@broadworks.com"}}) ==
          "?broadworks_user_id=user%40broadworks.com");
    CHECK(written({{"n", "&=#\"<>\\^`{|}"}}) == "?n=%26%3D%23%22%3C%3E%5C%5E%60%7B%7C%7D");
    CHECK(written({{"a&b=c", ""}}) == "?a%26b%3Dc=");
    CHECK(written({}) == "");
}

TEST_CASE("query_writer: integers and values in pieces") {
    std::array<char, 256> bytes;
    writer out{bytes};
    http::query_writer query{out};
    query.add_integer("a", std::numeric_limits<std::int64_t>::min());
    query.add_integer("b", std::numeric_limits<std::uint64_t>::max());
    query.begin("c");
    query.append("1/2");
    query.append("-");
    query.append("3 4");
    query.add_integer("d", -1);
    CHECK(out.written() == "?a=-9223372036854775808&b=18446744073709551615&c=1%2F2-3%204&d=-1");
}

TEST_CASE("query: what is written is read back, for all values of one and two bytes of ASCII") {
    std::size_t wrong = 0;
    for (unsigned a = 0; a < 128; ++a)
        for (unsigned b = 0; b < 129; b += effort::stride) {
            std::string value(1, static_cast<char>(a));
            if (b < 128) value += static_cast<char>(b);
            const pairs parameters = {{"x", value}, {value, "y"}};
            const std::string query = written(parameters).substr(1);
            if (read(query) != parameters) ++wrong;
            if (read(query, {.plus = http::plus_sign::is_plus}) != parameters) ++wrong;
        }
    CHECK(wrong == 0);
}

TEST_CASE("query_reader: pairs without a value, empty pairs, doubles, more equals signs") {
    auto reader = http::query_reader::make("&a&b=&=c&&a=d=e&");
    REQUIRE(reader);
    const auto a = reader->next();
    REQUIRE(a);
    CHECK(a->name == "a");
    CHECK(!a->has_value);
    CHECK(a->offset == 1);
    const auto b = reader->next();
    REQUIRE(b);
    CHECK(b->name == "b");
    CHECK(b->has_value);
    CHECK(b->value.empty());
    CHECK(b->offset == 3);
    const auto nameless = reader->next();
    REQUIRE(nameless);
    CHECK(nameless->name.empty());
    CHECK(nameless->value == "c");
    const auto second = reader->next();
    REQUIRE(second);
    CHECK(second->name == "a");
    CHECK(second->value == "d=e");
    CHECK(second->offset == 10);
    CHECK(!reader->next());
    CHECK(!reader->next());
    CHECK(reader->count("a") == 2);
    CHECK(reader->count("A") == 0);
    CHECK(reader->find("a")->offset == 1);
    CHECK(!reader->find("c"));
    CHECK(read("") == pairs{});
    CHECK(read("&&&") == pairs{});
}

TEST_CASE("query_reader: a raw plus is a blank as in servers like MiaRec's, or a plus when asked") {
    CHECK(read("name=John+Smith&p=%2B1") == pairs{{"name", "John Smith"}, {"p", "+1"}});
    CHECK(read("name=John+Smith", {.plus = http::plus_sign::is_plus}) ==
          pairs{{"name", "John+Smith"}});
    const auto reader = http::query_reader::make("a+b=1");
    REQUIRE(reader);
    CHECK(reader->find("a b"));
    CHECK(!reader->find("a+b"));
}

TEST_CASE("query_reader: raw characters that the manual leaves raw are taken") {
    CHECK(read("daterange=2014/11/01-2014/12/01&search_term=12345") ==
          pairs{{"daterange", "2014/11/01-2014/12/01"}, {"search_term", "12345"}});
    CHECK(read("broadworks_user_id=user@broadworks.com") ==
          pairs{{"broadworks_user_id", "user@broadworks.com"}});
    CHECK(read("$filter=a%20eq%20'b'") == pairs{{"$filter", "a eq 'b'"}});
}

TEST_CASE("query_reader: what is refused, with its offset") {
    const auto refused = [](text query) {
        const auto reader = http::query_reader::make(query);
        return reader.code() == errc::bad_url ? reader.error().offset : error::no_offset;
    };
    CHECK(refused("a=%") == 2);
    CHECK(refused("a=1&b=%4") == 6);
    CHECK(refused("%zz=1") == 0);
    CHECK(refused("a=b c") == 3);
    CHECK(refused("a=b\r\nc") == 3);
    CHECK(refused(text{"a\0", 2}) == 1);
    CHECK(refused("a=b#c") == 3);
    CHECK(refused("a=\x7F") == 2);
}

TEST_CASE("query_reader: the number of parameters is bounded") {
    const http::query_rules rules{.most_parameters = 2};
    CHECK(http::query_reader::make("a&b", rules));
    CHECK(http::query_reader::make("&&a&&&&b&&", rules));
    const auto many = http::query_reader::make("a&b&c&d", rules);
    CHECK(many.code() == errc::too_many);
    CHECK(many.error().needed == 4);
    CHECK(many.error().offset == 4);
}

TEST_CASE("query_reader: decoded text is UTF-8 or an error") {
    const auto reader = http::query_reader::make("a=%C3%AB&b=x%FF&c=%41%42");
    REQUIRE(reader);
    static_arena<8> memory;
    const auto a = reader->decode(reader->find("a")->value, memory);
    REQUIRE(a);
    CHECK(*a == "\xC3\xAB");
    const auto b = reader->decode(reader->find("b")->value, memory);
    CHECK(b.code() == errc::invalid_utf8);
    CHECK(b.error().offset == 1);
    memory.reset();
    while (memory.allocate(1, 1) != nullptr) {
    }
    CHECK(reader->decode(reader->find("c")->value, memory).code() == errc::capacity);
    static_arena<64> memory_of_refused;
    const auto refusing = http::query_reader::make("a=%FF%FF%FF");
    REQUIRE(refusing);
    CHECK(refusing->decode("%FF%FF%FF", memory_of_refused).code() == errc::invalid_utf8);
    CHECK(memory_of_refused.used() == 0);
}
