// Encoding: what is written of each kind and state, for whom, and what is refused.
#include <tipring/json/encode.hpp>

#include "effort.hpp"
#include "guard_page.hpp"
#include "json_types.hpp"
#include "no_heap.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>

using namespace tipring;
using namespace std::string_view_literals;
using json_types::everything;

namespace tipring::inline TIPRING_ABI::json_types {

struct flagged {
    field<text> plain{};
    field<text> from_server{};
    field<text> to_server{};
    field<text> old{};
    field<std::int64_t> seats{};
    field<text> in_path{};
    field<text> in_query{};
    field<text> in_header{};
    field<text> wire{};
};
TIPRING_DESCRIBE(flagged, TIPRING_MEMBER(plain, "in both directions"),
                 TIPRING_MEMBER(from_server, "read-only").read_only(),
                 TIPRING_MEMBER(to_server, "write-only").write_only(),
                 TIPRING_MEMBER(old, "deprecated").deprecated(),
                 TIPRING_MEMBER(seats, "-1 is null").minus_one_is_null(),
                 TIPRING_MEMBER(in_path, "a path parameter").path(),
                 TIPRING_MEMBER(in_query, "a query parameter").query(),
                 TIPRING_MEMBER(in_header, "a header").header(),
                 TIPRING_MEMBER(wire, "named otherwise").named("wire-name"));

struct limited {
    field<text> words{};
    field<list<text>> names{};
    field<std::int64_t> number{};
};
TIPRING_DESCRIBE(limited, TIPRING_MEMBER(words, "at most 3 bytes").limit(3),
                 TIPRING_MEMBER(names, "at most 2").limit(2),
                 TIPRING_MEMBER(number, "at most 30000").limit(30000));

struct simple {
    field<text> first{};
    field<std::int64_t> a_name_of_exactly_twenty_six{};
    field<bool> flag{};
    field<text> a_name_longer_than_two_blocks_of_sixteen_bytes{};
    field<json_types::color> color{};
    field<text> a_name_that_is_so_long_that_it_takes_more_than_four_blocks_of_bytes{};
    field<list<text>> texts{};
    text without_state{};
    field<std::int8_t> small{};
    field<text> last{};
};
TIPRING_DESCRIBE(simple, TIPRING_MEMBER(first, ""),
                 TIPRING_MEMBER(a_name_of_exactly_twenty_six, ""), TIPRING_MEMBER(flag, ""),
                 TIPRING_MEMBER(a_name_longer_than_two_blocks_of_sixteen_bytes, ""),
                 TIPRING_MEMBER(color, ""),
                 TIPRING_MEMBER(a_name_that_is_so_long_that_it_takes_more_than_four_blocks_of_bytes,
                                ""),
                 TIPRING_MEMBER(texts, ""), TIPRING_MEMBER(without_state, ""),
                 TIPRING_MEMBER(small, ""), TIPRING_MEMBER(last, ""));

} // namespace tipring::inline TIPRING_ABI::json_types

namespace {

/// A string as RFC 8259 wants it, byte by byte.
std::string quoted(std::string_view value) {
    std::string made = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        constexpr std::string_view short_forms = "btn?fr";
        if (c == '"' || c == '\\') {
            made += '\\';
            made += c;
        } else if (byte >= 8 && byte <= 13 && byte != 11) {
            made += '\\';
            made += short_forms[byte - 8u];
        } else if (byte < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            made += "\\u00";
            made += digits[byte / 16];
            made += digits[byte % 16];
        } else {
            made += c;
        }
    }
    return made + "\"";
}

std::string expected_of(const json_types::simple& value) {
    std::string made;
    const auto put = [&made](std::string_view name, const std::string& content) {
        made += (made.empty() ? "{\"" : ",\"") + std::string{name} + "\":" + content;
    };
    const auto put_text = [&put](std::string_view name, const field<text>& member) {
        if (member.is_null()) put(name, "null");
        if (member) put(name, quoted(*member));
    };
    const auto put_integer = [&put](std::string_view name, const auto& member) {
        if (member.is_null()) put(name, "null");
        if (member) put(name, std::to_string(static_cast<std::int64_t>(*member)));
    };
    put_text("first", value.first);
    put_integer("a_name_of_exactly_twenty_six", value.a_name_of_exactly_twenty_six);
    if (value.flag.is_null()) put("flag", "null");
    if (value.flag) put("flag", *value.flag ? "true" : "false");
    put_text("a_name_longer_than_two_blocks_of_sixteen_bytes",
             value.a_name_longer_than_two_blocks_of_sixteen_bytes);
    put_integer("color", value.color);
    put_text("a_name_that_is_so_long_that_it_takes_more_than_four_blocks_of_bytes",
             value.a_name_that_is_so_long_that_it_takes_more_than_four_blocks_of_bytes);
    if (value.texts) {
        std::string elements;
        for (const text each : *value.texts)
            elements += (elements.empty() ? "" : ",") + quoted(each);
        put("texts", '[' + elements + ']');
    }
    put("without_state", quoted(value.without_state));
    put_integer("small", value.small);
    put_text("last", value.last);
    return made + '}';
}

/// Encodes into a buffer of every size from a little less than needed to much more, which ends
/// where the readable memory ends. What is wrong, or nothing.
std::string wrong_near_the_end(const json_types::simple& value,
                               exact_memory::text_before_end& target, std::size_t step) {
    const std::string expected = expected_of(value);
    const std::size_t enough = expected.size();
    for (std::size_t room = enough < 100 ? 0 : enough - 100; room < enough + 120; room += step) {
        const std::span<char> buffer = target.keep(std::string(room, '#'));
        const result<text> done = json::encode(value, buffer);
        const bool good = room >= enough
                              ? done && *done == expected
                              : done.code() == errc::capacity && done.error().needed == enough;
        if (!good) return expected + " into " + std::to_string(room);
    }
    return {};
}

template <class T>
std::string encoded(const T& value, const json::encode_options& options = {}) {
    char buffer[4096];
    const result<text> done = json::encode(value, std::span<char>{buffer}, options);
    REQUIRE(done.code() == errc::ok);
    return std::string{*done};
}

template <class T>
void refuses(const T& value, errc code, std::string_view path, std::size_t needed = 0) {
    char buffer[4096];
    const error failure = json::encode(value, std::span<char>{buffer}).error();
    CHECK(message(failure.code) == message(code));
    CHECK(failure.needed == needed);
    char path_buffer[200];
    writer out{path_buffer};
    print(failure.path, out);
    CHECK(out.written() == path);
}

} // namespace

TEST_CASE("encode: absent members are left out, null ones are null") {
    CHECK(encoded(everything{}) == "{}");
    CHECK(encoded(everything{.words = null}) == R"({"words":null})");
    CHECK(encoded(everything{.words = text{""}}) == R"({"words":""})");
    CHECK(encoded(everything{.words = text{}}) == R"({"words":""})");
    CHECK(encoded(everything{.whole = null,
                             .flag = null,
                             .color = null,
                             .object = null,
                             .names = null,
                             .texts = null}) ==
          R"({"whole":null,"flag":null,"color":null,"object":null,"names":null,"texts":null})");
    CHECK(
        encoded(json_types::plain{.amount = number{"1"}, .anything = raw_json{"[]"}}) ==
        R"({"words":"","amount":1,"anything":[],"whole":0,"port":0,"flag":false,"color":0,"inner":{},"names":[],"leaves":[]})");
}

TEST_CASE("encode: every kind of value, in the order of declaration") {
    const json_types::leaf leaves[] = {{.name = "a"}, {.size = 2, .on = true}};
    const text names[] = {"x", "", "\xC3\xA9"};
    const std::int64_t numbers[] = {std::numeric_limits<std::int64_t>::min(), 0,
                                    std::numeric_limits<std::int64_t>::max()};
    const std::uint8_t bytes[] = {0, 255};
    const bool flags[] = {true, false};
    const raw_json mixed[] = {raw_json{"null"}, raw_json{"{ }"}};
    const number amounts[] = {number{"-0"}, number{"1e400"}};
    const json_types::text_entry texts[] = {
        {.key = "k\n", .content = "v"}, {.key = "", .content = null}, {.key = "z"}};
    const json_types::list_entry lists[] = {{.key = "calls", .content = list<text>{names}}};
    const json_types::object_entry objects[] = {
        {.key = "o", .content = json_types::branch{.title = "t"}}};
    const open<json_types::level> levels[] = {json_types::level::high,
                                              open<json_types::level>{"new"}};
    CHECK(
        encoded(everything{.words = "w",
                           .password = secret{"p"},
                           .thing_id = id<json_types::thing>{"t"},
                           .level = json_types::level::low,
                           .anything = raw_json{"[1, 2]"},
                           .amount = number{"1.50"},
                           .whole = -1,
                           .positive = 4294967295u,
                           .tiny = std::uint8_t{200},
                           .seats = null,
                           .flag = false,
                           .color = json_types::color::blue,
                           .object = json_types::branch{.title = "b",
                                                        .leaf = json_types::leaf{},
                                                        .leaves = list<json_types::leaf>{leaves}},
                           .names = list<text>{names},
                           .numbers = list<std::int64_t>{numbers},
                           .bytes = list<std::uint8_t>{bytes},
                           .flags = list<bool>{flags},
                           .mixed = list<raw_json>{mixed},
                           .amounts = list<number>{amounts},
                           .branches = list<json_types::branch>{},
                           .texts = list<json_types::text_entry>{texts},
                           .lists = list<json_types::list_entry>{lists},
                           .objects = list<json_types::object_entry>{objects},
                           .raws = list<json_types::raw_entry>{},
                           .levels = list<open<json_types::level>>{levels}}) ==
        R"({"words":"w","password":"p","thing_id":"t","level":"low","anything":[1, 2],"amount":1.50,"whole":-1,)"
        R"("positive":4294967295,"tiny":200,"seats":null,"flag":false,"color":7,)"
        R"("object":{"title":"b","leaf":{},"leaves":[{"name":"a"},{"size":2,"on":true}]},)"
        "\"names\":[\"x\",\"\",\"\xC3\xA9\"],"
        R"("numbers":[-9223372036854775808,0,9223372036854775807],"bytes":[0,255],"flags":[true,false],)"
        R"("mixed":[null,{ }],"amounts":[-0,1e400],"branches":[],"texts":{"k\n":"v","":null,"z":null},)"
        "\"lists\":{\"calls\":[\"x\",\"\",\"\xC3\xA9\"]},"
        R"("objects":{"o":{"title":"t"}},"raws":{},"levels":["high","new"]})");
}

TEST_CASE("encode: only what must be escaped is") {
    CHECK(encoded(everything{.words = "\"\\/\b\f\n\r\t\0\x1F\x7F\xE2\x80\xA8\xF0\x9F\x98\x80"sv}) ==
          "{\"words\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7F\xE2\x80\xA8\xF0\x9F\x98\x80\"}");
}

TEST_CASE("encode: who reads it decides what is written") {
    const json_types::flagged value = {.plain = "p",
                                       .from_server = "f",
                                       .to_server = "t",
                                       .old = "o",
                                       .seats = null,
                                       .in_path = "1",
                                       .in_query = "2",
                                       .in_header = "3",
                                       .wire = "w"};
    CHECK(encoded(value) ==
          R"({"plain":"p","from_server":"f","to_server":"t","seats":null,"wire-name":"w"})");
    CHECK(encoded(value, {.audience = json::audience::server}) ==
          R"({"plain":"p","to_server":"t","seats":null,"wire-name":"w"})");
    CHECK(encoded(value, {.audience = json::audience::client}) ==
          R"({"plain":"p","from_server":"f","seats":null,"wire-name":"w"})");
}

TEST_CASE("D-18, D-20: servers from before July 2018 get -1 and deprecated members") {
    const json_types::flagged value = {.old = "o", .seats = null};
    CHECK(encoded(value, {.legacy_licensing = true}) == R"({"old":"o","seats":-1})");
    CHECK(encoded(json_types::flagged{.plain = null, .seats = 5}, {.legacy_licensing = true}) ==
          R"({"plain":null,"seats":5})");
}

TEST_CASE("encode: limits of the documents") {
    const text three[] = {"a", "b", "c"};
    CHECK(encoded(json_types::limited{.words = "abc", .names = list<text>{three, 2}}) ==
          R"({"words":"abc","names":["a","b"]})");
    refuses(json_types::limited{.words = "abcd"}, errc::too_long, "words", 4);
    refuses(json_types::limited{.names = list<text>{three}}, errc::too_many, "names", 3);
    CHECK(encoded(json_types::limited{.number = 30000}) == R"({"number":30000})");
    CHECK(encoded(json_types::limited{.number = -1}) == R"({"number":-1})");
    refuses(json_types::limited{.number = 30001}, errc::out_of_range, "number");
}

TEST_CASE("encode: what is no JSON is refused, with its place") {
    const text names[] = {"ok", "\xFF"};
    const number amounts[] = {number{"1"}, number{"01"}};
    const raw_json mixed[] = {raw_json{"[]"}, raw_json{"[1,]"}};
    const json_types::leaf leaves[] = {{.name = "a"}, {.name = "\xED\xA0\x80"}};
    const json_types::branch branches[] = {{}, {.leaves = list<json_types::leaf>{leaves}}};
    const json_types::text_entry texts[] = {{.key = "a"}, {.key = "\xC0"}};
    refuses(everything{.words = "a\xC3"}, errc::invalid_utf8, "words");
    refuses(everything{.password = secret{"\xFF"}}, errc::invalid_utf8, "password");
    refuses(everything{.names = list<text>{names}}, errc::invalid_utf8, "names[1]");
    refuses(everything{.branches = list<json_types::branch>{branches}}, errc::invalid_utf8,
            "branches[1].leaves[1].name");
    refuses(everything{.texts = list<json_types::text_entry>{texts}}, errc::invalid_utf8,
            "texts[1]");
    const json_types::list_entry lists[] = {{.key = "a", .content = list<text>{}},
                                            {.key = "b", .content = list<text>{names}}};
    refuses(everything{.lists = list<json_types::list_entry>{lists}}, errc::invalid_utf8,
            "lists[1][1]");
    const json_types::object_entry objects[] = {
        {.key = "a"}, {.key = "b", .content = branches[0]}, {.key = "c", .content = branches[1]}};
    refuses(everything{.objects = list<json_types::object_entry>{objects}}, errc::invalid_utf8,
            "objects[2].leaves[1].name");
    for (const text wrong : {""sv, "01"sv, "1."sv, "+1"sv, "NaN"sv, "1 "sv, " 1"sv, "1,2"sv, "-"sv,
                             "0x1"sv, "\"1\""sv})
        refuses(everything{.amount = number{wrong}}, errc::invalid_number, "amount");
    refuses(everything{.amounts = list<number>{amounts}}, errc::invalid_number, "amounts[1]");
    for (const text wrong :
         {""sv, "{"sv, "[1,]"sv, "1 2"sv, "nul"sv, "\"\xFF\""sv, "{\"a\":1},\"b\":2"sv})
        refuses(everything{.anything = raw_json{wrong}}, errc::invalid_json, "anything");
    refuses(everything{.mixed = list<raw_json>{mixed}}, errc::invalid_json, "mixed[1]");
}

TEST_CASE("encode: more levels than the stack has") {
    json_types::tree trees[8];
    for (std::size_t i = 1; i < 8; ++i)
        trees[i].children = list<json_types::tree>{&trees[i - 1], 1};
    // A generation takes two of the TIPRING_MAX_NESTING levels, the last one its object alone.
    constexpr std::size_t deepest = (TIPRING_MAX_NESTING - 1) / 2;
    static_assert(deepest < 7);
    CHECK_FALSE(encoded(trees[deepest]).empty());
    char buffer[1024];
    const error failure = json::encode(trees[deepest + 1], std::span<char>{buffer}).error();
    CHECK(failure.code == errc::too_deep);
    CHECK(failure.needed == TIPRING_MAX_NESTING + 1);
}

TEST_CASE(
    "encode: every size of buffer is told exactly how much would do, and no byte past it is touched") {
    const text names[] = {"a\n", "\xE2\x82\xAC"};
    const everything value = {.words = "w\"",
                              .amount = number{"1.5"},
                              .whole = -42,
                              .flag = true,
                              .names = list<text>{names}};
    const std::string whole = encoded(value);
    CHECK(
        whole ==
        "{\"words\":\"w\\\"\",\"amount\":1.5,\"whole\":-42,\"flag\":true,\"names\":[\"a\\n\",\"\xE2\x82\xAC\"]}");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const std::unique_ptr<char[]> block{new char[size]};
        const result<text> done = json::encode(value, std::span<char>{block.get(), size});
        if (size == whole.size()) {
            REQUIRE(done.code() == errc::ok);
            CHECK(*done == whole);
            CHECK(done->data() == block.get());
        } else {
            CHECK(done.code() == errc::capacity);
            CHECK(done.error().needed == whole.size());
            CHECK_FALSE(done.error().needed_is_lower_bound);
        }
    }
    writer measure;
    CHECK(json::encode(value, measure).error().needed == whole.size());
}

TEST_CASE(
    "encode: text of every length with a special byte at every place, near the buffer's end") {
    exact_memory::text_before_end source;
    exact_memory::text_before_end target;
    std::string wrong;
    for (std::size_t size = 1; size <= 80; ++size) {
        for (std::size_t place = 0; place < size; place += effort::stride) {
            for (const char special : {'x', '"', '\\', '\x1F', '\n'}) {
                std::string content(size, 'x');
                content[place] = special;
                const std::span<char> kept = source.keep(content);
                const text view{kept.data(), kept.size()};
                const json_types::simple alone{.last = view};
                const json_types::simple within{.first = view, .small = std::int8_t{-128}};
                for (const json_types::simple& each : {alone, within})
                    if (const std::string bad = wrong_near_the_end(each, target, 1 + size % 7);
                        !bad.empty())
                        wrong = bad;
            }
            std::string content(size, 'x');
            content[place] = '\xC3';
            const std::span<char> kept = source.keep(content);
            const text view{kept.data(), kept.size()};
            for (const std::size_t room : {size + 2, size + 50, size + 300})
                if (json::encode(json_types::simple{.last = view},
                                 target.keep(std::string(room, '#')))
                        .code() != errc::invalid_utf8)
                    wrong = "ill-formed text into " + std::to_string(room);
        }
    }
    CHECK(wrong == "");
}

TEST_CASE("encode: simple members in every state, near the buffer's end") {
    exact_memory::text_before_end target;
    const text texts[] = {"", "a", "\xC3\xA9t\xC3\xA9 \"\x01\"",
                          "0123456789012345678901234567890123456"};
    const field<text> views[] = {{}, null, texts[0], texts[1], texts[2], texts[3]};
    const field<std::int64_t> integers[] = {
        {}, null, 0, -7, 12345678, 123456789, std::numeric_limits<std::int64_t>::min()};
    const field<bool> flags[] = {{}, null, true, false};
    const field<json_types::color> colors[] = {{}, null, json_types::color::blue};
    std::string wrong;
    for (std::size_t i = 0; i < 6 * 7 * 4 * 3; ++i) {
        const field<text>& view = views[i % 6];
        json_types::simple value{.a_name_of_exactly_twenty_six = integers[i % 7],
                                 .flag = flags[i % 4],
                                 .color = colors[i % 3],
                                 .without_state = texts[i % 4]};
        (i % 5 == 0 ? value.first : value.last) = view;
        (i % 2 == 0 ? value.a_name_longer_than_two_blocks_of_sixteen_bytes
                    : value.a_name_that_is_so_long_that_it_takes_more_than_four_blocks_of_bytes) =
            view;
        if (i % 3 == 0) value.texts = list<text>{texts};
        if (const std::string bad = wrong_near_the_end(value, target, 1); !bad.empty()) wrong = bad;
    }
    CHECK(wrong == "");
}

TEST_CASE("encode: what is wrong is named wherever it stands") {
    const text bad = "a long text before a byte that is not UTF-8: \xFF";
    refuses(json_types::simple{.first = bad}, errc::invalid_utf8, "first");
    refuses(json_types::simple{.first = "ok", .flag = true, .last = bad}, errc::invalid_utf8,
            "last");
    refuses(json_types::simple{.without_state = bad}, errc::invalid_utf8, "without_state");
    refuses(json_types::limited{.words = bad}, errc::too_long, "words", bad.size());
    CHECK(encoded(json_types::limited{.words = "\xC3\xA9\xC3\xA9\xC3\xA9"}) ==
          "{\"words\":\"\xC3\xA9\xC3\xA9\xC3\xA9\"}");
}

TEST_CASE("encode: allocates nothing") {
    const everything value = {.words = "w", .whole = 1};
    char buffer[64];
    no_heap_guard guard;
    const result<text> done = json::encode(value, std::span<char>{buffer});
    CHECK(guard.stop() == 0);
    CHECK(done.has_value());
}

TEST_CASE("encode: a list where the stack has room for no more") {
    constexpr std::size_t deepest = TIPRING_MAX_NESTING / 2;
    static_assert(TIPRING_MAX_NESTING % 2 == 0, "else the last level is a list");
    json_types::tree trees[deepest + 1];
    for (std::size_t i = 1; i <= deepest; ++i)
        trees[i].children = list<json_types::tree>{&trees[i - 1], 1};
    std::string buffer(4096, ' ');
    CHECK(json::encode(json_types::pot{.tree = trees[deepest - 1]}, std::span<char>{buffer}));
    const error failure =
        json::encode(json_types::pot{.tree = trees[deepest]}, std::span<char>{buffer}).error();
    CHECK(failure.code == errc::too_deep);
    CHECK(failure.needed == TIPRING_MAX_NESTING + 1);
}
