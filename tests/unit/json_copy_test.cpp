// Copies: equal, apart from the original, and exact about the room that they take.
#include <tipring/json/copy.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

#include "json_types.hpp"
#include "no_heap.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <string>

using namespace tipring;
using json_types::everything;

namespace {

constexpr text document =
    R"({"words":"w\n","password":"p","level":"low","anything":[1],"amount":1.5,"whole":7,"flag":true,)"
    R"("object":{"title":"t","leaves":[{"name":"n"},{}]},"names":["a","","\t"],"numbers":[1,2],)"
    R"("mixed":[{"x":1}],"branches":[{"title":"b","leaf":{"name":"l"}}],"texts":{"k":"v","n":null},)"
    R"("lists":{"calls":["view"]},"counter":null,"short_words":""})";

} // namespace

TEST_CASE("copy: outlives the body and the arena of the original") {
    std::string body{document};
    static_arena<2048> first;
    static_arena<2048> second;
    const auto got = json::decode<everything>(body, first);
    REQUIRE(got.code() == errc::ok);
    no_heap_guard guard;
    const auto kept = copy(*got, second);
    CHECK(guard.stop() == 0);
    REQUIRE(kept.code() == errc::ok);
    CHECK(*kept == *got);

    static_arena<2048> third;
    const auto again = json::decode<everything>(document, third);
    std::memset(body.data(), '#', body.size());
    first.reset();
    CHECK(first.allocate_top(1800, 1) != nullptr);
    CHECK(*kept == *again);
    CHECK(kept->words->data() != again->words->data());
    CHECK(kept->counter.is_null());
    CHECK(kept->positive.is_absent());
    CHECK(kept->short_words.has_value());
}

TEST_CASE("copy: the empty value takes no room") {
    arena none;
    const auto kept = copy(everything{.words = text{}, .names = list<text>{}, .texts = null}, none);
    REQUIRE(kept.code() == errc::ok);
    CHECK(kept->words.has_value());
    CHECK(kept->names.has_value());
    CHECK(kept->texts.is_null());
    CHECK(none.high_water_mark() == 0);
}

TEST_CASE("copy: every size of arena from 0 to enough") {
    static_arena<2048> source;
    const auto got = json::decode<everything>(document, source);
    REQUIRE(got.code() == errc::ok);
    static_arena<2048> target;
    REQUIRE(copy(*got, target).code() == errc::ok);
    const std::size_t enough = target.high_water_mark();
    alignas(std::max_align_t) std::byte bytes[2048];
    for (std::size_t size = 0; size <= enough; ++size) {
        arena memory{std::span<std::byte>{bytes, size}};
        const auto kept = copy(*got, memory);
        if (size < enough) {
            CHECK(kept.code() == errc::capacity);
            CHECK(kept.error().needed > size);
            CHECK(kept.error().needed <= enough);
            CHECK(memory.used() == 0);
        } else {
            REQUIRE(kept.code() == errc::ok);
            CHECK(*kept == *got);
        }
    }
}

TEST_CASE("copy: values nested more deeply than any decoder makes them are refused") {
    json_types::tree trees[TIPRING_MAX_NESTING + 2];
    for (std::size_t i = 1; i < TIPRING_MAX_NESTING + 2; ++i)
        trees[i].children = list<json_types::tree>{&trees[i - 1], 1};
    static_arena<2048> memory;
    CHECK(copy(trees[TIPRING_MAX_NESTING - 1], memory).code() == errc::ok);
    memory.reset();
    const auto refused = copy(trees[TIPRING_MAX_NESTING], memory);
    CHECK(refused.code() == errc::too_deep);
    CHECK(refused.error().needed == TIPRING_MAX_NESTING + 1);
    CHECK(memory.used() == 0);
}

TEST_CASE("equal: texts by content, lists by element, states apart") {
    CHECK(everything{} == everything{});
    CHECK_FALSE(everything{} == everything{.words = null});
    CHECK_FALSE(everything{.words = text{}} == everything{.words = null});
    CHECK(everything{.words = std::string_view{"abc", 2}} == everything{.words = "ab"});
    CHECK_FALSE(everything{.whole = 0} == everything{});
    CHECK_FALSE(everything{.flag = false} == everything{.flag = true});
    CHECK_FALSE(everything{.flag = false} == everything{.flag = null});
    CHECK_FALSE(everything{.color = json_types::color::red} == everything{});
    CHECK_FALSE(everything{.names = list<text>{}} == everything{});
    const text a[] = {"1", "2"};
    const text b[] = {"1", "3"};
    CHECK_FALSE(everything{.names = list<text>{a}} == everything{.names = list<text>{b}});
    CHECK(everything{.names = list<text>{a, 1}} == everything{.names = list<text>{b, 1}});
    CHECK_FALSE(everything{.names = list<text>{a, 1}} == everything{.names = list<text>{a, 2}});
    CHECK_FALSE(everything{.password = secret{"a"}} == everything{.password = secret{"b"}});
    CHECK_FALSE(everything{.object = json_types::branch{}} ==
                everything{.object = json_types::branch{.title = "x"}});
    const json_types::leaf on[] = {{.on = true}, {.on = true}};
    const json_types::leaf off[] = {{.on = true}, {.on = false}};
    CHECK_FALSE(everything{.object = json_types::branch{.leaves = list<json_types::leaf>{on}}} ==
                everything{.object = json_types::branch{.leaves = list<json_types::leaf>{off}}});
}

TEST_CASE("equal: values nested more deeply than any decoder makes them differ") {
    json_types::tree trees[TIPRING_MAX_NESTING + 2];
    for (std::size_t i = 1; i < TIPRING_MAX_NESTING + 2; ++i)
        trees[i].children = list<json_types::tree>{&trees[i - 1], 1};
    CHECK(trees[TIPRING_MAX_NESTING - 1] == trees[TIPRING_MAX_NESTING - 1]);
    CHECK_FALSE(trees[TIPRING_MAX_NESTING + 1] == trees[TIPRING_MAX_NESTING + 1]);
}
