// raw_json: kinds, conversions and walks, on valid JSON and (for memory safety) on text that is
// not.
#include <tipring/core/arena.hpp>
#include <tipring/core/field.hpp>
#include <tipring/json/raw.hpp>

#include "no_heap.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

using namespace tipring;
using namespace std::string_view_literals;
using json::json_kind;
using json::make_raw_json;
using json::raw_elements;
using json::raw_json;
using json::raw_member;
using json::raw_members;

namespace {

static_assert(text_like<raw_json>);
static_assert(std::is_trivially_copyable_v<raw_json>);
static_assert(sizeof(raw_json) == sizeof(text));
static_assert(sizeof(field<raw_json>) == sizeof(text));

constexpr auto sample = make_raw_json(" {\"a\\u0062\": [1, \"x\\n\"], \"b\": true} ");
static_assert(sample.has_value());
static_assert(sample->kind() == json_kind::object);
static_assert(sample->find("b").as_boolean() == true);
static_assert(sample->find("ab").elements().begin()->as_integer<int>() == 1);
static_assert((++sample->find("ab").elements().begin())->compare_text("x\n"));

std::string walk(raw_json value) {
    std::string seen;
    for (raw_member m : value.members())
        seen += std::string{m.name} + "=" + std::string{m.value.value} + ";";
    for (raw_json e : value.elements()) seen += std::string{e.value} + ";";
    return seen;
}

} // namespace

TEST_CASE("raw_json: the kind comes from the first byte") {
    CHECK(raw_json{}.kind() == json_kind::none);
    CHECK(raw_json{}.empty());
    CHECK(raw_json{text{"{}"}}.kind() == json_kind::object);
    CHECK(raw_json{text{"[]"}}.kind() == json_kind::array);
    CHECK(raw_json{text{"\"\""}}.kind() == json_kind::string);
    CHECK(raw_json{text{"-1"}}.kind() == json_kind::number);
    CHECK(raw_json{text{"0"}}.kind() == json_kind::number);
    CHECK(raw_json{text{"9.5"}}.kind() == json_kind::number);
    CHECK(raw_json{text{"true"}}.kind() == json_kind::boolean);
    CHECK(raw_json{text{"false"}}.kind() == json_kind::boolean);
    CHECK(raw_json{text{"null"}}.kind() == json_kind::null);
    CHECK(raw_json{text{" 1"}}.kind() == json_kind::none);
    CHECK(raw_json{text{"\xEF\xBB\xBF"}}.kind() == json_kind::none);
}

TEST_CASE("make_raw_json validates and takes the blanks off") {
    const auto made = make_raw_json("\r\n\t [1, 2 ] \n");
    REQUIRE(made);
    CHECK(made->value == "[1, 2 ]");
    CHECK(*make_raw_json("null") == raw_json{text{"null"}});

    CHECK(make_raw_json("").code() == errc::unexpected_end);
    CHECK(make_raw_json("  ").error().offset == 2);
    CHECK(make_raw_json(" [1,]").code() == errc::invalid_json);
    CHECK(make_raw_json(" [1,]").error().offset == 4);
    CHECK(make_raw_json("{} {}").code() == errc::trailing_text);
    CHECK(make_raw_json("{} {}").error().offset == 3);
    CHECK(make_raw_json("[\"\xFF\"]").code() == errc::invalid_utf8);
    CHECK(make_raw_json("[[1]]", 2).has_value());
    CHECK(make_raw_json("[[1]]", 1).code() == errc::too_deep);
    CHECK(make_raw_json(std::string(32, '[') + std::string(32, ']')).has_value());
    CHECK(make_raw_json(std::string(33, '[') + std::string(33, ']')).code() == errc::too_deep);
}

TEST_CASE("raw_json is equal as written") {
    CHECK(raw_json{text{"[1]"}} == raw_json{text{"[1]"}});
    CHECK_FALSE(raw_json{text{"[1]"}} == raw_json{text{"[1 ]"}});
    CHECK_FALSE(raw_json{text{"1"}} == raw_json{text{"1.0"}});
    CHECK(raw_json{} == raw_json{text{""}});
}

TEST_CASE("raw_json in a field has its three states") {
    field<raw_json> member;
    CHECK(member.is_absent());
    member = null;
    CHECK(member.is_null());
    member = raw_json{text{"null"}};
    CHECK(member.has_value());
    CHECK(member->kind() == json_kind::null);
}

TEST_CASE("raw_json: members and elements in the order of the text") {
    CHECK(walk(*make_raw_json("{}")) == "");
    CHECK(walk(*make_raw_json("{ }")) == "");
    CHECK(walk(*make_raw_json("[]")) == "");
    CHECK(walk(*make_raw_json("[ \n ]")) == "");
    CHECK(walk(*make_raw_json("{\"a\":1}")) == "a=1;");
    CHECK(walk(*make_raw_json("{ \"a\\n\" : [ 1 , { } ] , \"\" : \"}\\\"\" , \"a\\n\" : null }")) ==
          "a\\n=[ 1 , { } ];=\"}\\\"\";a\\n=null;");
    CHECK(walk(*make_raw_json("[1,\"]\",[2,[3]],{\"a\":[]},-4.5e1 , true]")) ==
          "1;\"]\";[2,[3]];{\"a\":[]};-4.5e1;true;");
    for (const text other : {"1"sv, "\"[1]\""sv, "true"sv, "null"sv})
        CHECK(walk(*make_raw_json(other)) == "");
    CHECK(walk(raw_json{}) == "");
}

TEST_CASE("raw_json: find compares names unescaped, and the last of a name wins") {
    const auto made =
        make_raw_json("{\"level\":1,\"caf\\u00e9\":2,\"a/b\":3,\"x\\/y\":4,\"\":5,\"level\":6}");
    REQUIRE(made);
    CHECK(made->find("level").value == "6");
    CHECK(made->find("caf\xC3\xA9").value == "2");
    CHECK(made->find("a/b").value == "3");
    CHECK(made->find("x/y").value == "4");
    CHECK(made->find("").value == "5");
    CHECK(made->find("leve").empty());
    CHECK(made->find("levels").empty());
    CHECK(make_raw_json("[\"level\"]")->find("level").empty());
    const raw_member first = *made->members().begin();
    CHECK(first.name_is("level"));
    CHECK_FALSE(first.name_is("Level"));
}

TEST_CASE("raw_json: booleans and numbers") {
    CHECK(raw_json{text{"true"}}.as_boolean() == true);
    CHECK(raw_json{text{"false"}}.as_boolean() == false);
    CHECK_FALSE(raw_json{text{"\"true\""}}.as_boolean());
    CHECK_FALSE(raw_json{text{"1"}}.as_boolean());
    CHECK_FALSE(raw_json{text{"truer"}}.as_boolean());

    CHECK(raw_json{text{"-12"}}.as_integer<int>() == -12);
    CHECK(raw_json{text{"-0"}}.as_integer<unsigned>() == 0u);
    CHECK(raw_json{text{"255"}}.as_integer<std::uint8_t>() == 255);
    CHECK_FALSE(raw_json{text{"256"}}.as_integer<std::uint8_t>());
    CHECK_FALSE(raw_json{text{"-1"}}.as_integer<std::uint64_t>());
    CHECK(raw_json{text{"-128"}}.as_integer<std::int8_t>() == std::int8_t{-128});
    CHECK_FALSE(raw_json{text{"-129"}}.as_integer<std::int8_t>());
    CHECK(raw_json{text{"9223372036854775807"}}.as_integer<std::int64_t>() ==
          std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE(raw_json{text{"9223372036854775808"}}.as_integer<std::int64_t>());
    CHECK(raw_json{text{"18446744073709551615"}}.as_integer<std::uint64_t>() ==
          std::numeric_limits<std::uint64_t>::max());
    CHECK_FALSE(raw_json{text{"18446744073709551616"}}.as_integer<std::uint64_t>());
    for (const text no : {"1.0"sv, "1e2"sv, "\"1\""sv, "01"sv, "1 "sv, "-"sv, ""sv, "null"sv})
        CHECK_FALSE(raw_json{no}.as_integer<int>());

    CHECK(raw_json{text{"-2.50e+3"}}.as_number() == number{"-2.50e+3"});
    CHECK(raw_json{text{"7"}}.as_number() == number{"7"});
    for (const text no : {"1."sv, "\"1\""sv, "01"sv, "1x"sv, ""sv})
        CHECK_FALSE(raw_json{no}.as_number());
}

TEST_CASE("raw_json: text without escapes is a view of itself, other text a copy in the arena") {
    static_arena<64> memory;
    const raw_json plain{text{"\"caf\xC3\xA9\""}};
    const auto view = plain.as_text(memory);
    REQUIRE(view);
    CHECK(view->data() == plain.value.data() + 1);
    CHECK(*view == "caf\xC3\xA9");
    CHECK(memory.used() == 0);

    const auto copy = raw_json{text{"\"caf\\u00e9 \\ud83d\\ude00\\n\""}}.as_text(memory);
    REQUIRE(copy);
    CHECK(*copy == "caf\xC3\xA9 \xF0\x9F\x98\x80\n");
    CHECK(memory.used() == copy->size());

    CHECK(raw_json{text{"\"\""}}.as_text(memory)->empty());
    CHECK(raw_json{text{"1"}}.as_text(memory).code() == errc::expected_string);
    CHECK(raw_json{}.as_text(memory).code() == errc::expected_string);
    CHECK(raw_json{text{"\"a"}}.as_text(memory).code() == errc::unexpected_end);
    CHECK(raw_json{text{"\"a\\x\""}}.as_text(memory).error().offset == 2);
    CHECK(raw_json{text{"\"a\"b"}}.as_text(memory).code() == errc::trailing_text);
}

TEST_CASE("raw_json: as_text with every size of arena says how much would do") {
    const raw_json value{text{"\"a\\u00e9\\ud83d\\ude00\\t\""}};
    constexpr std::size_t before = 3;
    constexpr std::size_t enough = before + 1 + 2 + 4 + 1;
    for (std::size_t size = before; size <= enough; ++size) {
        const std::unique_ptr<std::byte[]> bytes{new std::byte[size]};
        arena memory{std::span<std::byte>{bytes.get(), size}};
        REQUIRE(memory.allocate(before, 1) != nullptr);
        const auto got = value.as_text(memory);
        if (size < enough) {
            CHECK(got.code() == errc::capacity);
            CHECK(got.error().needed == enough);
            CHECK(memory.used() == before);
        } else {
            REQUIRE(got);
            CHECK(*got == "a\xC3\xA9\xF0\x9F\x98\x80\t");
        }
    }
}

TEST_CASE("raw_json: compare_text") {
    CHECK(raw_json{text{"\"\""}}.compare_text(""));
    CHECK(raw_json{text{"\"a\\u0062\\n\""}}.compare_text("ab\n"));
    CHECK_FALSE(raw_json{text{"\"ab\""}}.compare_text("a"));
    CHECK_FALSE(raw_json{text{"\"a\""}}.compare_text("ab"));
    CHECK_FALSE(raw_json{text{"1"}}.compare_text("1"));
    CHECK_FALSE(raw_json{text{"\"ab"}}.compare_text("ab"));
    CHECK_FALSE(raw_json{}.compare_text(""));
}

TEST_CASE("raw_json: looking inside allocates nothing") {
    const text document = "{\"list\":[1,2,3],\"name\":\"caf\\u00e9\",\"on\":true}";
    static_arena<16> memory;
    no_heap_guard guard;
    const auto made = make_raw_json(document);
    int sum = 0;
    for (raw_json element : made->find("list").elements())
        sum += element.as_integer<int>().value_or(100);
    const bool equal = made->find("name").compare_text("caf\xC3\xA9");
    const auto name = made->find("name").as_text(memory);
    CHECK(guard.stop() == 0);
    CHECK(sum == 6);
    CHECK(equal);
    CHECK(name.value_or(text{}) == "caf\xC3\xA9");
}

TEST_CASE("raw_json: text that is not JSON is walked up to the fault and never beyond its end") {
    CHECK(walk(raw_json{text{"{\"a\":1,\"b\"2}"}}) == "a=1;");
    CHECK(walk(raw_json{text{"{\"a\":1 \"b\":2}"}}) == "a=1;");
    CHECK(walk(raw_json{text{"{a:1}"}}) == "");
    CHECK(walk(raw_json{text{"[1,2"}}) == "1;2;");
    CHECK(walk(raw_json{text{"[1,]"}}) == "1;");
    CHECK(walk(raw_json{text{"[1 2]"}}) == "1;");
    CHECK(walk(raw_json{text{"[1;2]"}}) == "1;");
    CHECK(walk(raw_json{text{"{\"a\":1;\"b\":2}"}}) == "a=1;");
    CHECK(walk(raw_json{text{"["}}) == "");
    CHECK(walk(raw_json{text{"{"}}) == "");
    CHECK(walk(raw_json{text{"{\"a\":"}}) == "");
    CHECK(walk(raw_json{text{"[" + std::string(100, '[')}}) == "");

    // AddressSanitizer watches this: exact blocks, cut and changed at every place.
    const std::string document =
        "{\"a\\u00e9\": [1, -2.5e3, \"\\ud83d\\ude00\"], \"b\": {\"c\": null}}";
    int parts = 0;
    for (std::size_t size = 0; size <= document.size(); ++size) {
        for (const char change : {'\0', '"', '\\', '{', ']', ',', ':', '\xE2'}) {
            for (const bool at_end : {false, true}) {
                const std::unique_ptr<char[]> bytes{new char[size]};
                if (size != 0) std::memcpy(bytes.get(), document.data(), size);
                if (change != '\0' && size != 0) bytes[at_end ? size - 1 : size / 2] = change;
                const raw_json value{text{bytes.get(), size}};
                static_arena<64> memory;
                for (raw_member m : value.members()) {
                    parts += m.name_is("a\xC3\xA9");
                    for (raw_json e : m.value.elements())
                        parts += e.as_text(memory).has_value() + e.as_integer<int>().has_value();
                    parts += m.value.find("c").compare_text("c");
                }
                parts += value.as_number().has_value() + value.as_boolean().has_value();
            }
        }
    }
    CHECK(parts > 0);
}

TEST_CASE("raw: quote() makes a JSON string of any text") {
    static_arena<64> memory;
    const auto quoted = json::quote("Sales \"call\"\n", memory);
    REQUIRE(quoted);
    CHECK(quoted->value == R"("Sales \"call\"\n")");
    CHECK(json::quote("\xFF", memory).code() == errc::invalid_utf8);
    static_arena<4> small;
    const auto failed = json::quote("abcdef", small);
    CHECK(failed.code() == errc::capacity);
    CHECK(failed.error().needed == 8);
    CHECK(small.used() == 0);
}

TEST_CASE("raw_json: iterators step like those of any sequence") {
    const raw_json object{R"({"a":1,"b":2})"};
    auto member = object.members().begin();
    CHECK(member->name == "a");
    CHECK((*member++).name == "a");
    CHECK(member->name == "b");
    const raw_json array{"[1,2]"};
    auto element = array.elements().begin();
    CHECK((*element++).value == "1");
    CHECK((*element).value == "2");
}

TEST_CASE("raw_json: the size of a text is not guessed behind an escape that is none") {
    const text bad = R"(a\qb\n)";
    CHECK(tipring::json::detail::unescaped_size(bad.data(), bad.data() + bad.size()) == bad.size());
}
