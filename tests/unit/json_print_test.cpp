// Printing for people and logs: the form, what is cut, what is escaped, what is never printed.
#include <tipring/json/print.hpp>

#include "json_types.hpp"
#include "no_heap.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

using namespace tipring;
using namespace std::string_view_literals;
using json_types::everything;

namespace tipring::inline TIPRING_ABI::json_types {

struct secret_entry {
    text key{};
    field<secret> content{};
};
TIPRING_DESCRIBE(secret_entry, TIPRING_MEMBER(key, "key"), TIPRING_MEMBER(content, "a secret"));

struct secrets {
    secret plain{};
    field<secret> one{};
    field<list<secret>> many{};
    field<list<secret_entry>> by_name{};
};
TIPRING_DESCRIBE(secrets, TIPRING_MEMBER(plain, "no field"), TIPRING_MEMBER(one, "a field"),
                 TIPRING_MEMBER(many, "a list"), TIPRING_MEMBER(by_name, "a map").map());

} // namespace tipring::inline TIPRING_ABI::json_types

namespace {

template <class T>
std::string printed(const T& value, const json::print_options& options = {}) {
    char buffer[8192];
    writer out{buffer};
    print(value, out, options);
    CHECK(out.fits());
    return std::string{out.written()};
}

} // namespace

TEST_CASE("print: the form of every kind") {
    CHECK(printed(everything{}) == "{}");
    const json_types::leaf leaves[] = {{.name = "a"}, {.size = 2, .on = true}};
    const text names[] = {"x", ""};
    const std::int64_t numbers[] = {-1, 2};
    const bool flags[] = {true, false};
    const json_types::text_entry texts[] = {{.key = "k", .content = "v"},
                                            {.key = "n", .content = null}};
    const json_types::object_entry objects[] = {
        {.key = "o", .content = json_types::branch{.title = "t"}}};
    CHECK(
        printed(everything{
            .words = "w",
            .password = secret{"hunter2"},
            .thing_id = id<json_types::thing>{"t-1"},
            .level = json_types::level::low,
            .anything = raw_json{R"({"a":"\n"})"},
            .amount = number{"1.50"},
            .whole = -7,
            .counter = null,
            .flag = true,
            .color = json_types::color::blue,
            .object = json_types::branch{.title = "b", .leaves = list<json_types::leaf>{leaves}},
            .names = list<text>{names},
            .numbers = list<std::int64_t>{numbers},
            .flags = list<bool>{flags},
            .mixed = list<raw_json>{},
            .texts = list<json_types::text_entry>{texts},
            .objects = list<json_types::object_entry>{objects},
            .raws = list<json_types::raw_entry>{}}) ==
        R"({words: "w", password: REDACTED, thing_id: "t-1", level: "low", anything: {"a":"\n"}, amount: 1.50, whole: -7, )"
        R"(counter: null, flag: true, color: 7, object: {title: "b", leaves: [{name: "a"}, {size: 2, on: true}]}, )"
        R"(names: ["x", ""], numbers: [-1, 2], flags: [true, false], mixed: [], texts: {"k": "v", "n": null}, )"
        R"(objects: {"o": {title: "t"}}, raws: {}})");
}

TEST_CASE("print: secrets are redacted wherever they are") {
    const secret many[] = {secret{"hunter2"}};
    const json_types::secret_entry entries[] = {{.key = "k", .content = secret{"hunter2"}},
                                                {.key = "n", .content = null}};
    CHECK(
        printed(json_types::secrets{.plain = secret{"hunter2"},
                                    .one = secret{""},
                                    .many = list<secret>{many},
                                    .by_name = list<json_types::secret_entry>{entries}}) ==
        R"({plain: REDACTED, one: REDACTED, many: REDACTED, by_name: {"k": REDACTED, "n": null}})");
    CHECK(printed(json_types::secrets{.one = null}) == "{plain: REDACTED, one: null}");
}

TEST_CASE("print: nothing can end the line, steer a terminal or be taken for the end of a text") {
    CHECK(printed(everything{.words = "a\n\r\x1B[2J\x7F\0"sv}) ==
          R"({words: "a\x0A\x0D\x1B[2J\x7F\x00"})");
    CHECK(printed(everything{.words = "\", flag: true, x: \"\\"}) ==
          R"({words: "\", flag: true, x: \"\\"})");
    // Control characters above ASCII, line and direction characters, bytes that are not UTF-8.
    CHECK(printed(everything{.words = "\xC2\x85\xC2\x9F\xC2\xA0"}) ==
          "{words: \"\\xC2\\x85\\xC2\\x9F\xC2\xA0\"}");
    CHECK(printed(everything{.words = "\xE2\x80\xA8\xE2\x80\xAE\xE2\x81\xA6\xE2\x81\xA9"}) ==
          R"({words: "\xE2\x80\xA8\xE2\x80\xAE\xE2\x81\xA6\xE2\x81\xA9"})");
    CHECK(printed(everything{.words = "\xE2\x80\xA7\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA"}) ==
          "{words: \"\xE2\x80\xA7\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA\"}");
    CHECK(printed(everything{.words = "\xFF\xC3(\xF0\x9F\x98"}) ==
          R"({words: "\xFF\xC3(\xF0\x9F\x98"})");
    CHECK(printed(everything{.words = "caf\xC3\xA9 \xF0\x9F\x98\x80"}) ==
          "{words: \"caf\xC3\xA9 \xF0\x9F\x98\x80\"}");
    CHECK(printed(everything{.anything = raw_json{"[1,\n2]"}, .amount = number{"1\x1B"}}) ==
          R"({anything: [1,\x0A2], amount: 1\x1B})");
}

TEST_CASE("print: long texts and lists are cut") {
    CHECK(printed(everything{.words = "abcdef"}, {.max_text = 6}) == R"({words: "abcdef"})");
    CHECK(printed(everything{.words = "abcdefg"}, {.max_text = 6}) == R"({words: "abcdef..."})");
    CHECK(printed(everything{.words = "abcd\xE2\x82\xAC"}, {.max_text = 6}) ==
          R"({words: "abcd..."})");
    CHECK(printed(everything{.words = "a"}, {.max_text = 0}) == R"({words: "..."})");
    CHECK(printed(everything{.anything = raw_json{"[1,2,3]"}}, {.max_text = 3}) ==
          "{anything: [1,...}");
    const std::int64_t numbers[] = {1, 2, 3, 4};
    const everything value = {.numbers = list<std::int64_t>{numbers}};
    CHECK(printed(value, {.max_elements = 4}) == "{numbers: [1, 2, 3, 4]}");
    CHECK(printed(value, {.max_elements = 3}) == "{numbers: [1, 2, 3, ... 1 more]}");
    CHECK(printed(value, {.max_elements = 0}) == "{numbers: [... 4 more]}");
}

TEST_CASE("print: deeper than the stack") {
    json_types::tree trees[TIPRING_MAX_NESTING];
    for (std::size_t i = 1; i < TIPRING_MAX_NESTING; ++i)
        trees[i].children = list<json_types::tree>{&trees[i - 1], 1};
    std::string expected;
    for (std::size_t i = 0; i < TIPRING_MAX_NESTING / 2; ++i) expected += "{children: [";
    expected += "...";
    for (std::size_t i = 0; i < TIPRING_MAX_NESTING / 2; ++i) expected += "]}";
    static_assert(TIPRING_MAX_NESTING % 2 == 0, "else the last level is an object");
    CHECK(printed(trees[TIPRING_MAX_NESTING - 1]) == expected);
}

TEST_CASE("print: a list where the stack has room for no more") {
    constexpr std::size_t deepest = TIPRING_MAX_NESTING / 2;
    json_types::tree trees[deepest + 1];
    for (std::size_t i = 1; i <= deepest; ++i)
        trees[i].children = list<json_types::tree>{&trees[i - 1], 1};
    std::string expected = "{tree: ";
    for (std::size_t i = 1; i < deepest; ++i) expected += "{children: [";
    expected += "{children: ...}";
    for (std::size_t i = 1; i < deepest; ++i) expected += "]}";
    expected += "}";
    CHECK(printed(json_types::pot{.tree = trees[deepest]}) == expected);
}

TEST_CASE("print: measures without room, and allocates nothing") {
    const everything value = {.words = "a\n", .flag = true};
    no_heap_guard guard;
    writer measure;
    print(value, measure);
    CHECK(guard.stop() == 0);
    CHECK(measure.size() == printed(value).size());
    CHECK(measure.written().empty());
}
