// Decoding: values, leniency, limits, and every error with its code, offset and path. Each document
// goes through the builtin engine, const and in place, and through Boost.JSON where that is at
// hand.
#include <tipring/json/decode.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/equal.hpp>

#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>
#endif

#include "error_path.hpp"
#include "json_types.hpp"
#include "no_heap.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>

using namespace tipring;
using namespace std::string_view_literals;
using json_types::everything;

namespace tipring::inline TIPRING_ABI::json_types {

struct misspelt {
    field<leaf> inner{};
    field<list<text>> names{};
};
TIPRING_DESCRIBE(misspelt, TIPRING_MEMBER(inner, "an object").alias("iner"),
                 TIPRING_MEMBER(names, "a list").alias("name"));

/// Members that must be there, by either name.
struct needed {
    field<text> first{};
    field<text> second{};
};
TIPRING_DESCRIBE(needed, TIPRING_MEMBER(first, "a text").required().alias("frist"),
                 TIPRING_MEMBER(second, "a text").required().alias("scond").alias("secnod"));

} // namespace tipring::inline TIPRING_ABI::json_types

namespace {

/// A copy in a block of exactly its size, so that AddressSanitizer sees every read past the end.
class exact_block {
public:
    explicit exact_block(std::string_view content)
        : bytes_{new char[content.size()]}, size_{content.size()} {
        if (size_ != 0) std::memcpy(bytes_.get(), content.data(), size_);
    }
    std::span<char> bytes() { return {bytes_.get(), size_}; }
    text content() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

/// How a decode ended; everything that the ways of decoding must agree on.
struct outcome {
    errc code = errc::ok;
    std::size_t offset = error::no_offset;
    std::string path;
    std::size_t unknown = 0;
    std::size_t misspelt = 0;

    friend bool operator==(const outcome&, const outcome&) = default;
};

outcome outcome_of(const result<void>& done, const json::decode_report& report) {
    return {done.code(), done.error().offset, path_of(done.error()), report.unknown_members,
            report.misspelt_members};
}

/// Decodes `body` into `value`, whose views live in `memory` and in statics of this function's
/// blocks.
template <class T>
outcome decode_all_ways(std::string_view body, const json::decode_options& wanted = {}) {
    static_arena<32768> memory;
    json::decode_report report;
    json::decode_options options = wanted;
    options.report = &report;
    const exact_block block{body};
    T value = {};
    const outcome got = outcome_of(
        json::decode_into(json::table_of<T>, &value, block.content(), memory, options), report);
    CHECK(block.content() == body);

    static_arena<32768> second_memory;
    report = {};
    exact_block changed{body};
    T in_place = {};
    CHECK(got == outcome_of(json::decode_into_in_place(json::table_of<T>, &in_place,
                                                       changed.bytes(), second_memory, options),
                            report));
    if (got.code == errc::ok) CHECK(in_place == value);
    if (got.code != errc::ok) CHECK(memory.used() == 0);
#if TIPRING_TEST_BOOST
    second_memory.reset();
    report = {};
    T by_boost = {};
    CHECK(got ==
          outcome_of(json::decode_into<json::boost_engine>(json::table_of<T>, &by_boost,
                                                           block.content(), second_memory, options),
                     report));
    if (got.code == errc::ok) CHECK(by_boost == value);
#endif
    return got;
}

/// The document is refused with `code`, at the place of the caret in it and at the member `path`.
template <class T = everything>
void refuses(std::string_view marked, errc code, std::string_view path,
             const json::decode_options& options = {}) {
    INFO("document ", marked);
    const std::size_t caret = marked.find('^');
    REQUIRE(caret != marked.npos);
    std::string body{marked};
    body.erase(caret, 1);
    const outcome got = decode_all_ways<T>(body, options);
    CHECK(message(got.code) == message(code));
    CHECK(got.offset == caret);
    CHECK(got.path == path);
}

template <class T = everything>
void accepts(std::string_view body, const json::decode_options& options = {}) {
    INFO("document ", body);
    const outcome got = decode_all_ways<T>(body, options);
    CHECK(message(got.code) == message(errc::ok));
}

/// Decodes and hands out one value, with statics behind it: only for the next call.
const everything& read(std::string_view body, const json::decode_options& options = {}) {
    static static_arena<8192> memory;
    static std::string kept;
    static everything value;
    accepts(body, options);
    memory.reset();
    kept = body;
    value = {};
    CHECK(json::decode_into(json::table_of<everything>, &value, kept, memory, options).code() ==
          errc::ok);
    return value;
}

constexpr text rich =
    R"({"words":"caf\u00e9 \ud83d\ude00","short_words":"x","password":"p\nq","thing_id":"t-1","level":"low",)"
    R"("anything":{"a":[1,{"b":"]\""}],"c":null},"amount":-12.50e+3,"whole":9223372036854775807,)"
    R"("counter":-2147483648,"positive":4294967295,"small":-32768,"tiny":255,"seats":-1,"seconds":"30",)"
    R"("flag":true,"loose_flag":"no","color":7,"object":{"title":"t","leaf":{"name":"n","size":1,)"
    R"("on":false},"leaves":[{"name":null},{"size":2}]},"names":["a","\u0041",""],"numbers":[1,-2,3],)"
    R"("bytes":[0,255],"flags":[true,false],"mixed":[1,"x\n",{},[ ] , null],"amounts":[1.5,2e9],)"
    R"("branches":[{"title":"x"},{"leaves":[]}],"texts":{"k1":"v1","k\u0032":null},)"
    R"("lists":{"calls":["view","edit"],"e":[]},"objects":{"o":{"title":"","leaf":null}},)"
    R"("raws":{"r":[1],"s":"q"},"levels":["high","other"],"unknown":{"deep":[[[1]]],"x":"\t"}})";

} // namespace

TEST_CASE("decode: a rich document, member by member") {
    static_arena<8192> memory;
    json::decode_report report;
    const auto got = json::decode<everything>(rich, memory, {.report = &report});
    REQUIRE(got.code() == errc::ok);
    const everything& v = *got;
    CHECK(*v.words == "caf\xC3\xA9 \xF0\x9F\x98\x80");
    CHECK(*v.short_words == "x");
    CHECK((*v.password).reveal() == "p\nq");
    CHECK(v.thing_id->value == "t-1");
    CHECK(*v.level == json_types::level::low);
    CHECK(v.anything->value == R"({"a":[1,{"b":"]\""}],"c":null})");
    CHECK(v.amount->value == "-12.50e+3");
    CHECK(*v.whole == 9223372036854775807);
    CHECK(*v.counter == std::numeric_limits<std::int32_t>::min());
    CHECK(*v.positive == 4294967295u);
    CHECK(*v.small == -32768);
    CHECK(*v.tiny == 255);
    CHECK(v.seats.is_null());
    CHECK(*v.seconds == 30);
    CHECK(*v.flag == true);
    CHECK(v.loose_flag.has_value());
    CHECK(*v.loose_flag == false);
    CHECK(*v.color == json_types::color::blue);
    CHECK(v.object->title == "t");
    CHECK(*v.object->leaf->name == "n");
    CHECK(*v.object->leaf->size == 1);
    CHECK(v.object->leaf->on.has_value());
    REQUIRE(v.object->leaves->size() == 2);
    CHECK((*v.object->leaves)[0].name.is_null());
    CHECK((*v.object->leaves)[0].size.is_absent());
    CHECK(*(*v.object->leaves)[1].size == 2);
    REQUIRE(v.names->size() == 3);
    CHECK((*v.names)[0] == "a");
    CHECK((*v.names)[1] == "A");
    CHECK((*v.names)[2].empty());
    REQUIRE(v.numbers->size() == 3);
    CHECK((*v.numbers)[1] == -2);
    REQUIRE(v.bytes->size() == 2);
    CHECK((*v.bytes)[1] == 255);
    REQUIRE(v.flags->size() == 2);
    CHECK((*v.flags)[0]);
    CHECK_FALSE((*v.flags)[1]);
    REQUIRE(v.mixed->size() == 5);
    CHECK((*v.mixed)[1].value == "\"x\\n\"");
    CHECK((*v.mixed)[3].value == "[ ]");
    CHECK((*v.mixed)[4].value == "null");
    REQUIRE(v.amounts->size() == 2);
    CHECK((*v.amounts)[1].value == "2e9");
    REQUIRE(v.branches->size() == 2);
    CHECK((*v.branches)[0].title == "x");
    CHECK((*v.branches)[1].leaves.has_value());
    CHECK((*v.branches)[1].leaves->empty());
    REQUIRE(v.texts->size() == 2);
    CHECK(*(*v.texts)[1].key == "k2");
    CHECK((*v.texts)[1].content.is_null());
    REQUIRE(v.lists->size() == 2);
    CHECK((*v.lists)[0].key == "calls");
    CHECK((*(*v.lists)[0].content)[1] == "edit");
    CHECK((*v.lists)[1].content->empty());
    REQUIRE(v.objects->size() == 1);
    CHECK((*v.objects)[0].content->leaf.is_null());
    REQUIRE(v.raws->size() == 2);
    CHECK((*v.raws)[0].content->value == "[1]");
    REQUIRE(v.levels->size() == 2);
    CHECK((*v.levels)[0] == json_types::level::high);
    CHECK_FALSE((*v.levels)[1].known());
    CHECK((*v.levels)[1].value == "other");
    CHECK(report.unknown_members == 1);
    CHECK(report.misspelt_members == 0);
    accepts(rich);
}

TEST_CASE("decode: text without escapes views the body, and decoding allocates nothing") {
    const std::string body = R"({"words":"plain","names":["a"],"amount":1.5,"anything":[1]})";
    static_arena<256> memory;
    no_heap_guard guard;
    const auto got = json::decode<everything>(body, memory);
    CHECK(guard.stop() == 0);
    REQUIRE(got.code() == errc::ok);
    const auto lies_in_body = [&body](text part) {
        return part.data() >= body.data() && part.data() < body.data() + body.size();
    };
    CHECK(lies_in_body(*got->words));
    CHECK(lies_in_body((*got->names)[0]));
    CHECK(lies_in_body(got->amount->value));
    CHECK(lies_in_body(got->anything->value));
    CHECK(memory.used() == sizeof(text));
}

TEST_CASE("decode: members that are no fields") {
    accepts<json_types::plain>("{}");
    static_arena<512> memory;
    const auto got = json::decode<json_types::plain>(
        R"({"words":"w","amount":2,"anything":null,"whole":-5,"port":65535,"flag":true,"color":1,"inner":{"size":3},)"
        R"("names":["n"],"leaves":[{"on":true}]})",
        memory);
    REQUIRE(got.code() == errc::ok);
    CHECK(got->words == "w");
    CHECK(got->amount.value == "2");
    CHECK(got->anything.value == "null");
    CHECK(got->whole == -5);
    CHECK(got->port == 65535);
    CHECK(got->flag);
    CHECK(got->color == json_types::color::green);
    CHECK(*got->inner.size == 3);
    CHECK(got->names.size() == 1);
    CHECK(*got->leaves[0].on);
    refuses<json_types::plain>(R"({"words":^null})", errc::expected_string, "words");
    refuses<json_types::plain>(R"({"whole":^null})", errc::expected_integer, "whole");
    refuses<json_types::plain>(R"({"flag":^null})", errc::expected_boolean, "flag");
    refuses<json_types::plain>(R"({"inner":^null})", errc::expected_object, "inner");
    refuses<json_types::plain>(R"({"names":^null})", errc::expected_array, "names");
    refuses<json_types::plain>(R"({"amount":^null})", errc::expected_number, "amount");
    refuses<json_types::plain>(R"({"color":^null})", errc::expected_integer, "color");
    refuses<json_types::plain>(R"({"port":^65536})", errc::out_of_range, "port");
}

TEST_CASE("decode: null for every kind of field") {
    const everything& v = read(
        R"({"words":null,"password":null,"thing_id":null,"level":null,"anything":null,"amount":null,"whole":null,"tiny":null,)"
        R"("seats":null,"seconds":null,"flag":null,"loose_flag":null,"color":null,"object":null,"names":null,"branches":null,)"
        R"("texts":null})");
    CHECK(v.words.is_null());
    CHECK(v.password.is_null());
    CHECK(v.thing_id.is_null());
    CHECK(v.level.is_null());
    CHECK(v.amount.is_null());
    CHECK(v.whole.is_null());
    CHECK(v.tiny.is_null());
    CHECK(v.seats.is_null());
    CHECK(v.seconds.is_null());
    CHECK(v.flag.is_null());
    CHECK(v.loose_flag.is_null());
    CHECK(v.color.is_null());
    CHECK(v.object.is_null());
    CHECK(v.names.is_null());
    CHECK(v.branches.is_null());
    CHECK(v.texts.is_null());
    CHECK(v.counter.is_absent());
    // Any JSON is a value of a raw member, null too.
    REQUIRE(v.anything.has_value());
    CHECK(v.anything->value == "null");
}

TEST_CASE("decode: a value of the wrong kind") {
    for (const text wrong : {"1"sv, "1.5"sv, "true"sv, "{}"sv, "[]"sv}) {
        refuses(R"({"words":^)" + std::string{wrong} + "}", errc::expected_string, "words");
        refuses(R"({"level":^)" + std::string{wrong} + "}", errc::expected_string, "level");
        refuses(R"({"password":^)" + std::string{wrong} + "}", errc::expected_string, "password");
        refuses(R"({"names":["",^)" + std::string{wrong} + "]}", errc::expected_string, "names[1]");
        refuses(R"({"texts":{"a":^)" + std::string{wrong} + "}}", errc::expected_string,
                "texts[0]");
    }
    for (const text wrong : {"\"x\""sv, "true"sv, "{}"sv, "[]"sv}) {
        refuses(R"({"amount":^)" + std::string{wrong} + "}", errc::expected_number, "amount");
        refuses(R"({"amounts":[1,^)" + std::string{wrong} + "]}", errc::expected_number,
                "amounts[1]");
        refuses(R"({"whole":^)" + std::string{wrong} + "}", errc::expected_integer, "whole");
        refuses(R"({"tiny":^)" + std::string{wrong} + "}", errc::expected_integer, "tiny");
        refuses(R"({"color":^)" + std::string{wrong} + "}", errc::expected_integer, "color");
        refuses(R"({"numbers":[7, ^)" + std::string{wrong} + "]}", errc::expected_integer,
                "numbers[1]");
    }
    for (const text wrong : {"1.0"sv, "1e2"sv, "-0.5"sv}) {
        refuses(R"({"whole":^)" + std::string{wrong} + "}", errc::expected_integer, "whole");
        refuses(R"({"color":^)" + std::string{wrong} + "}", errc::expected_integer, "color");
        refuses(R"({"bytes":[^)" + std::string{wrong} + "]}", errc::expected_integer, "bytes[0]");
    }
    for (const text wrong : {"\"true\""sv, "0"sv, "{}"sv, "[]"sv}) {
        refuses(R"({"flag":^)" + std::string{wrong} + "}", errc::expected_boolean, "flag");
        refuses(R"({"flags":[true,^)" + std::string{wrong} + "]}", errc::expected_boolean,
                "flags[1]");
    }
    for (const text wrong : {"\"x\""sv, "0"sv, "false"sv, "[]"sv}) {
        refuses(R"({"object":^)" + std::string{wrong} + "}", errc::expected_object, "object");
        refuses(R"({"branches":[{},^)" + std::string{wrong} + "]}", errc::expected_object,
                "branches[1]");
        refuses(R"({"texts":^)" + std::string{wrong} + "}", errc::expected_object, "texts");
        refuses("^" + std::string{wrong}, errc::expected_object, "");
    }
    for (const text wrong : {"\"x\""sv, "0"sv, "false"sv, "{}"sv})
        refuses(R"({"names":^)" + std::string{wrong} + "}", errc::expected_array, "names");
    refuses("^null", errc::expected_object, "");
    refuses(R"({"names":[^null]})", errc::expected_string, "names[0]");
    refuses(R"({"numbers":[^null]})", errc::expected_integer, "numbers[0]");
    refuses(R"({"flags":[^null]})", errc::expected_boolean, "flags[0]");
    refuses(R"({"branches":[^null]})", errc::expected_object, "branches[0]");
    refuses(R"({"names":[^["x"]]})", errc::expected_string, "names[0]");
    refuses(R"({"branches":[{"leaves":[{},{"size":^"x"}]}]})", errc::expected_integer,
            "branches[0].leaves[1].size");
    refuses(R"({"objects":{"a":{},"b":{"leaf":{"on":^1}}}})", errc::expected_boolean,
            "objects[1].leaf.on");
}

TEST_CASE("decode: integers at and past their limits") {
    accepts(
        R"({"whole":-9223372036854775808,"counter":2147483647,"positive":0,"small":32767,"tiny":0,"bytes":[255]})");
    CHECK(*read(R"({"whole":-9223372036854775808})").whole ==
          std::numeric_limits<std::int64_t>::min());
    CHECK(*read(R"({"whole":-0})").whole == 0);
    refuses(R"({"whole":^9223372036854775808})", errc::out_of_range, "whole");
    refuses(R"({"whole":^-9223372036854775809})", errc::out_of_range, "whole");
    refuses(R"({"whole":^123456789012345678901234567890})", errc::out_of_range, "whole");
    refuses(R"({"counter":^2147483648})", errc::out_of_range, "counter");
    refuses(R"({"counter":^-2147483649})", errc::out_of_range, "counter");
    refuses(R"({"positive":^-1})", errc::out_of_range, "positive");
    refuses(R"({"positive":^4294967296})", errc::out_of_range, "positive");
    refuses(R"({"small":^32768})", errc::out_of_range, "small");
    refuses(R"({"small":^-32769})", errc::out_of_range, "small");
    refuses(R"({"tiny":^256})", errc::out_of_range, "tiny");
    refuses(R"({"tiny":^-1})", errc::out_of_range, "tiny");
    refuses(R"({"bytes":[0,^256]})", errc::out_of_range, "bytes[1]");
    // An enum keeps unknown numbers; its two lowest stand for absent and null.
    CHECK(*read(R"({"color":-2147483646})").color == static_cast<json_types::color>(-2147483646));
    refuses(R"({"color":^-2147483647})", errc::out_of_range, "color");
    refuses(R"({"color":^2147483648})", errc::out_of_range, "color");
}

TEST_CASE("decode: numbers that are not integers are kept as written") {
    for (const text lexeme : {"0"sv, "-0"sv, "0.10"sv, "1e400"sv, "-1E+2"sv,
                              "123456789012345678901234567890"sv, "2.50e-07"sv})
        CHECK(read(R"({"amount":)" + std::string{lexeme} + "}").amount->value == lexeme);
    refuses(R"({"amount":0^1})", errc::invalid_number, "amount");
    refuses(R"({"amount":-^})", errc::invalid_number, "amount");
    refuses(R"({"amount":1.^})", errc::invalid_number, "amount");
    refuses(R"({"amount":1e^})", errc::invalid_number, "amount");
    refuses(R"({"amount":1e+^})", errc::invalid_number, "amount");
}

TEST_CASE("D-50: integers that come as text") {
    CHECK(*read(R"({"seconds":"30"})").seconds == 30);
    CHECK(*read(R"({"seconds":"-7"})").seconds == -7);
    CHECK(*read(R"({"seconds":"\u0033"})").seconds == 3);
    for (const text wrong : {""sv, "x"sv, "1.5"sv, " 1"sv, "0x10"sv, "+1"sv})
        refuses(R"({"seconds":^")" + std::string{wrong} + "\"}", errc::expected_integer, "seconds");
    refuses(R"({"seconds":^"2147483648"})", errc::out_of_range, "seconds");
    refuses(R"({"counter":^"30"})", errc::expected_integer, "counter");
    const json::decode_options lenient = {.lenient_numbers = true};
    CHECK(*read(R"({"counter":"30"})", lenient).counter == 30);
    CHECK(*read(R"({"color":"7"})", lenient).color == json_types::color::blue);
    CHECK((*read(R"({"numbers":["1",2]})", lenient).numbers)[0] == 1);
    refuses(R"({"flag":^"true"})", errc::expected_boolean, "flag", lenient);
}

TEST_CASE("D-21: bools that come as text or number") {
    for (const text yes :
         {"true"sv, "\"true\""sv, "\"True\""sv, "\"1\""sv, "\"yes\""sv, "\"YES\""sv, "1"sv})
        CHECK(*read(R"({"loose_flag":)" + std::string{yes} + "}").loose_flag == true);
    for (const text no : {"false"sv, "\"false\""sv, "\"0\""sv, "\"no\""sv, "\"\""sv, "0"sv}) {
        const field<bool> got = read(R"({"loose_flag":)" + std::string{no} + "}").loose_flag;
        CHECK(got.has_value());
        CHECK(*got == false);
    }
    for (const text wrong : {"\"x\""sv, "2"sv, "-1"sv, "1.0"sv, "[]"sv})
        refuses(R"({"loose_flag":^)" + std::string{wrong} + "}", errc::expected_boolean,
                "loose_flag");
}

TEST_CASE("D-18: -1 is null where the table says so") {
    CHECK(read(R"({"seats":-1})").seats.is_null());
    CHECK(*read(R"({"seats":0})").seats == 0);
    CHECK(*read(R"({"seats":-2})").seats == -2);
    CHECK(*read(R"({"counter":-1})").counter == -1);
}

TEST_CASE("D-56: a bare array in the place of the object around it") {
    static_arena<512> memory;
    const auto got = json::decode<json_types::page>(R"( [ {"name":"a"} , {"name":"b"} ] )", memory);
    REQUIRE(got.code() == errc::ok);
    CHECK(got->total.is_absent());
    REQUIRE(got->items->size() == 2);
    CHECK(*(*got->items)[1].name == "b");
    accepts<json_types::page>("[]");
    accepts<json_types::page>(R"({"total":1,"items":[]})");
    refuses<json_types::page>(R"([{},{"size":^"x"}])", errc::expected_integer, "items[1].size");
    refuses<json_types::page>(R"([{},^1])", errc::expected_object, "items[1]");
    refuses<json_types::page>(R"([{}]^,)", errc::trailing_text, "");
    refuses<json_types::page>(R"([{}^)", errc::unexpected_end, "items[1]");
    refuses("^[]", errc::expected_object, "");
}

TEST_CASE("D-56: a bare array where another member is required is refused at its end") {
    static_arena<256> memory;
    const auto missing = json::decode<json_types::counted_page>("[{}]", memory);
    CHECK(missing.code() == errc::missing_member);
    CHECK(missing.error().offset == 3);
    CHECK(missing.error().path.steps[0].member() == "total");
    CHECK(
        json::decode<json_types::counted_page>(R"({"total":1,"items":[{}]})", memory).has_value());
}

TEST_CASE("decode: a type whose one member is any JSON is an object all the same") {
    static_arena<64> memory;
    const auto got = json::decode<json_types::only_raw>(R"({"anything":[1]})", memory);
    REQUIRE(got);
    CHECK(got->anything->value == "[1]");
    CHECK(json::decode<json_types::only_raw>("[1]", memory).code() == errc::expected_object);
}

TEST_CASE("decode: the engine by itself, which is the model of any other") {
    const auto read = [](auto run, std::string body) {
        static_arena<64> memory;
        json_types::leaf value;
        const json::decode_options options;
        json::sink out{json::table_of<json_types::leaf>, &value, memory, options};
        const bool went_well = run(body, out);
        CHECK(went_well == (out.failure().code == errc::ok));
        return went_well ? std::string{*value.name} : std::string{message(out.failure().code)};
    };
    const auto as_it_is = [](std::string& body, json::sink& out) {
        const std::string before = body;
        const bool went_well = json::builtin_engine::run(text{body}, out);
        CHECK(body == before);
        return went_well;
    };
    const auto in_place = [](std::string& body, json::sink& out) {
        return json::builtin_engine::run_in_place(body, out);
    };
    CHECK(read(as_it_is, R"({"name":"a\n"})") == "a\n");
    CHECK(read(in_place, R"({"name":"a\n"})") == "a\n");
    CHECK(read(as_it_is, "{1") == message(errc::invalid_json));
    CHECK(read(in_place, "{1") == message(errc::invalid_json));
}

TEST_CASE("decode: texts whose length is no longer remembered") {
    for (const std::size_t size : {0u, 1u, 254u, 255u, 256u, 300u, 70000u}) {
        CAPTURE(size);
        const std::string name(size, 'n');
        std::string body = R"({"total":1,"items":[)";
        for (int i = 0; i < 5; ++i) body += R"({"name":")" + name + R"(","size":1},)";
        body += R"({"name":"x"}]})";
        static_arena<1024> memory;
        const auto got = json::decode<json_types::page>(body, memory);
        REQUIRE(got);
        REQUIRE(got->items->size() == 6);
        for (std::size_t i = 0; i < 5; ++i) CHECK(*(*got->items)[i].name == name);
        CHECK(*(*got->items)[5].name == "x");
    }
}

TEST_CASE("decode: texts as long as before, longer and shorter") {
    for (std::size_t usual = 0; usual <= 50; ++usual) {
        for (std::size_t other = 0; other <= 50; ++other) {
            std::string body = R"({"branches":[)";
            for (const std::size_t size : {usual, usual, other, usual})
                body += R"({"leaf":{"name":")" + std::string(size, 'n') + R"("}},)";
            body.back() = ']';
            const everything& got = read(body + R"(,"words":"and what lies behind that list"})");
            std::size_t i = 0;
            for (const std::size_t size : {usual, usual, other, usual})
                CHECK(*(*got.branches)[i++].leaf->name == std::string(size, 'n'));
        }
    }
    for (const char odd : {'\n', '\\', '\xFF'}) {
        std::string marked = R"({"branches":[{"leaf":{"name":"twenty characters ..."}},)"
                             R"({"leaf":{"name":"twenty ^)";
        marked += odd;
        marked += R"(haracters ..."}}],"words":"and what lies behind that list"})";
        refuses(marked,
                odd == '\n'   ? errc::invalid_json
                : odd == '\\' ? errc::invalid_escape
                              : errc::invalid_utf8,
                "branches[1].leaf.name");
    }
}

TEST_CASE("decode: a document of any shape is kept as it is written, and written again") {
    for (const text body : {text{R"({"content":1,"a":[{"b":"\u0041"}]})"}, text{"[1, 2]"},
                            text{R"("x\n")"}, text{"-1.50"}, text{"true"}, text{"null"}}) {
        CAPTURE(body);
        accepts<json_types::document>(body);
        static_arena<64> memory;
        const std::string padded = " \n" + std::string{body} + "\t ";
        const auto got = json::decode<json_types::document>(padded, memory);
        REQUIRE(got);
        CHECK(got->content->value == body);
        char buffer[64];
        const auto made = json::encode(*got, std::span<char>{buffer});
        REQUIRE(made);
        CHECK(*made == body);
        CHECK(memory.used() == 0);
    }
    refuses<json_types::document>(R"({"a":^})", errc::invalid_json, "");
    refuses<json_types::document>("{} ^{}", errc::trailing_text, "");
    refuses<json_types::document>(" ^", errc::unexpected_end, "");
    refuses<json_types::document>("[[^[]]]", errc::too_deep, "", {.max_depth = 2});
    refuses<json_types::document>("^[1,2,3]", errc::too_long, "", {.max_text = 4});
    char buffer[8];
    CHECK(json::encode(json_types::document{}, std::span<char>{buffer}).code() ==
          errc::invalid_json);
    CHECK(json::encode(json_types::document{.content = raw_json{"{"}}, std::span<char>{buffer})
              .code() == errc::invalid_json);
    CHECK(json::encode(json_types::document{.content = raw_json{"[1,2,3,4]"}},
                       std::span<char>{buffer})
              .error()
              .needed == 9);
    refuses<json_types::wrapped>("^[]", errc::expected_object, "");
}

TEST_CASE("decode: a type without members takes any object and nothing else") {
    accepts<json_types::nothing>("{}");
    accepts<json_types::nothing>(R"({"a":{"b":1},"c":[]})");
    refuses<json_types::nothing>("^[]", errc::expected_object, "");
    refuses<json_types::nothing>(R"({"a":1^)", errc::unexpected_end, "");
    char buffer[8];
    const auto made = json::encode(json_types::nothing{}, std::span<char>{buffer});
    REQUIRE(made);
    CHECK(*made == "{}");
    CHECK(json_types::nothing{} == json_types::nothing{});
}

TEST_CASE("decode: in place, text is unescaped where it lies, also before a fault") {
    static_arena<64> memory;
    std::string body = R"({"name":"a\nb","on":true})";
    const auto leaf = json::decode_in_place<json_types::leaf>(body, memory);
    REQUIRE(leaf);
    CHECK(*leaf->name == "a\nb");
    CHECK(leaf->name->data() == body.data() + 9);
    CHECK(memory.used() == 0);
    body = R"({"name":"a\nb","on":5})";
    const auto refused = json::decode_in_place<json_types::leaf>(body, memory);
    CHECK(refused.code() == errc::expected_boolean);
    CHECK(refused.error().offset == 20);
    CHECK(body == "{\"name\":\"a\nbb\",\"on\":5}");
}

TEST_CASE("decode: a required member that is missing") {
    refuses<json_types::page>(R"({"total":1^})", errc::missing_member, "items");
    refuses<json_types::page>("{^}", errc::missing_member, "items");
    accepts<json_types::page>(R"({"items":null})");
    accepts<json_types::needed>(R"({"frist":"a","secnod":"b"})");
    accepts<json_types::needed>(R"({"first":"a","scond":"b"})");
    refuses<json_types::needed>(R"({"frist":"a"^})", errc::missing_member, "second");
    refuses<json_types::needed>(R"({"secnod":"b"^})", errc::missing_member, "first");
}

TEST_CASE("D-13: the right spelling wins over an accepted one, in any order") {
    const everything& first = read(R"({"thing-id":"wrong","thing_id":"right"})");
    CHECK(first.thing_id->value == "right");
    const everything& second = read(R"({"thing_id":"right","thing-id":"wrong"})");
    CHECK(second.thing_id->value == "right");
    const everything& alone = read(R"({"thnig_id":"x"})");
    CHECK(alone.thing_id->value == "x");
    CHECK(decode_all_ways<everything>(R"({"thing-id":"a","thing_id":"b"})").misspelt == 1);
    // What loses is still checked as JSON, but not against the table.
    accepts(R"({"thing_id":"right","thing-id":[1,2]})");
    refuses(R"({"thing-id":"a",^"thnig_id":"b"})", errc::duplicate_member, "thing_id");
    refuses(R"({"thing-id":"a","thing_id":"b",^"thing_id":"c"})", errc::duplicate_member,
            "thing_id");
}

TEST_CASE("decode: nothing is left of a value under the wrong spelling when the right one comes") {
    static_arena<512> memory;
    const auto got = json::decode<json_types::misspelt>(
        R"({"iner":{"name":"old","on":true},"name":["a","b"],"inner":{"size":1},"names":["c"]})",
        memory);
    REQUIRE(got.code() == errc::ok);
    CHECK(got->inner->name.is_absent());
    CHECK(got->inner->on.is_absent());
    CHECK(*got->inner->size == 1);
    REQUIRE(got->names->size() == 1);
    CHECK((*got->names)[0] == "c");
    const auto null_wins =
        json::decode<json_types::misspelt>(R"({"iner":{"name":"old"},"inner":null})", memory);
    REQUIRE(null_wins.code() == errc::ok);
    CHECK(null_wins->inner.is_null());
}

TEST_CASE("decode: duplicate members and map keys") {
    refuses(R"({"words":"a",^"words":"b"})", errc::duplicate_member, "words");
    refuses(R"({"words":null, ^"words":null})", errc::duplicate_member, "words");
    refuses(R"({"words":"a",^"\u0077ords":"b"})", errc::duplicate_member, "words");
    refuses(R"({"flag":true,"words":"a",^"flag":true})", errc::duplicate_member, "flag");
    refuses(R"({"object":{"title":"a",^"title":"b"}})", errc::duplicate_member, "object.title");
    refuses(R"({"texts":{"a":"1","b":"2",^"a":"3"}})", errc::duplicate_member, "texts[2]");
    refuses(R"({"texts":{"a":"1",^"\u0061":"3"}})", errc::duplicate_member, "texts[1]");
    accepts(R"({"x":1,"x":2})");
    accepts(R"({"branches":[{"title":"a"},{"title":"a"}]})");
}

TEST_CASE("decode: a duplicate that the order of the objects before lets expect") {
    // The second element teaches that name follows size, the first that size follows name.
    const std::string learned =
        R"({"branches":[{"leaf":{"name":"n","size":1}},{"leaf":{"size":1,"name":"n"}},)";
    const auto with = [&](const char* leaf, const char* rest) {
        return learned + R"({"leaf":{)" + leaf + "}}]" + rest + "}";
    };
    for (const char* const rest :
         {"",
          R"(,"words":"what lies behind is long enough for the guesses about whole members")"}) {
        CAPTURE(rest);
        accepts(with(R"("size":1,"name":"n","on":true)", rest));
        refuses(with(R"("size":1,"name":"n",^"size":2)", rest), errc::duplicate_member,
                "branches[2].leaf.size");
        refuses(with(R"("name":"n","size":1,^"name":"n")", rest), errc::duplicate_member,
                "branches[2].leaf.name");
        refuses(with(R"("name":"n","size":1,^"name":"")", rest), errc::duplicate_member,
                "branches[2].leaf.name");
    }
}

TEST_CASE("decode: members that are left out now and then") {
    std::string body = R"({"branches":[)";
    for (int i = 0; i < 64; ++i) {
        if (i != 0) body += ',';
        body += R"({"leaf":{)";
        std::string_view comma;
        const auto put = [&](bool comes, std::string_view member) {
            if (!comes) return;
            body += comma;
            body += member;
            comma = ",";
        };
        put(i % 2 == 0, R"("on":true)");
        put(i % 3 == 0, R"("name":"a name that has some length")");
        put(i % 5 != 0, R"("size":12345)");
        body += "}}";
    }
    const everything& got = read(body + "]}");
    REQUIRE(got.branches->size() == 64);
    for (std::size_t i = 0; i < 64; ++i) {
        const json_types::leaf& leaf = *(*got.branches)[i].leaf;
        CHECK(leaf.on.has_value() == (i % 2 == 0));
        CHECK(leaf.name.has_value() == (i % 3 == 0));
        CHECK(leaf.size.has_value() == (i % 5 != 0));
    }
}

TEST_CASE("decode: lists of texts, plain or not, among other members") {
    const auto with = [](const char* list) {
        return std::string{R"({"words":"w","names":)"} + list +
               R"(,"flag":true,"short_words":"and more members to come behind the list"})";
    };
    const json::decode_options options = {.max_elements = 3};
    const auto names_of = [&](const char* list) {
        std::string joined;
        for (const text name : *read(with(list)).names) joined += std::string{name} + "|";
        return joined;
    };
    CHECK(names_of("[]") == "");
    CHECK(names_of(R"([""])") == "|");
    CHECK(names_of(R"(["a","b"])") == "a|b|");
    CHECK(names_of(R"([ "a","b"])") == "a|b|");
    CHECK(names_of(R"(["a", "b" ])") == "a|b|");
    CHECK(names_of(R"(["a","\u0062","c"])") == "a|b|c|");
    CHECK(names_of("[\"a\",\"\\\"\" ,\"\xC3\xA9\"]") == "a|\"|\xC3\xA9|");
    refuses(with(R"(["a",^1])"), errc::expected_string, "names[1]");
    refuses(with(R"(["a",^null])"), errc::expected_string, "names[1]");
    refuses(with(R"(["a"^"b"])"), errc::invalid_json, "names[1]");
    refuses(with(R"(["a",^])"), errc::invalid_json, "names[1]");
    refuses(with(R"([^,"a"])"), errc::invalid_json, "names[0]");
    refuses(with(R"(["a"^})"), errc::invalid_json, "names[1]");
    refuses(with(R"(["a","b","c",^"d"])"), errc::too_many, "names[3]", options);
    accepts(with(R"(["a","b","c"])"), options);
}

TEST_CASE("decode: unknown members are checked, skipped and counted") {
    const outcome got = decode_all_ways<everything>(
        R"({"a":1,"words":"w","b":{"c":[{"words":5}]},"object":{"new":null},"\u0077ord":"x","":true,"words2":1e400})");
    CHECK(got.code == errc::ok);
    CHECK(got.unknown == 6);
    refuses(R"({"new":{"a":nul^}})", errc::invalid_json, "");
    refuses(R"({"new":[1,^]})", errc::invalid_json, "");
    refuses(R"({"words":"w","new":"^\x"})", errc::invalid_escape, "");
    refuses("{\"new\":{\"^\xFF\":1}}", errc::invalid_utf8, "");
    refuses(R"({"new":0^1})", errc::invalid_number, "");
}

TEST_CASE("decode: text that is no JSON") {
    refuses("^", errc::unexpected_end, "");
    refuses("  ^", errc::unexpected_end, "");
    refuses("^\xEF\xBB\xBF{}", errc::invalid_json, "");
    refuses("{} ^{}", errc::trailing_text, "");
    refuses("{}^,", errc::trailing_text, "");
    refuses("{}^\0"sv, errc::trailing_text, "");
    refuses("^x", errc::invalid_json, "");
    refuses("^'a'", errc::invalid_json, "");
    refuses("{^1:2}", errc::invalid_json, "");
    refuses("{^words:1}", errc::invalid_json, "");
    refuses("{^}x"sv.substr(0, 2), errc::unexpected_end, "");
    refuses("{^,}", errc::invalid_json, "");
    refuses(R"({"words"^})", errc::invalid_json, "");
    refuses(R"({"words" ^"x"})", errc::invalid_json, "");
    refuses(R"({"words":^})", errc::invalid_json, "words");
    refuses(R"({"words":^,})", errc::invalid_json, "words");
    refuses(R"({"words":"a"^"flag":true})", errc::invalid_json, "words");
    refuses(R"({"words":"a",^})", errc::invalid_json, "words");
    refuses(R"({"words":"a"^;})", errc::invalid_json, "words");
    refuses(R"({"words":"a"^]})", errc::invalid_json, "words");
    refuses(R"({"names":[^,"a"]})", errc::invalid_json, "names[0]");
    refuses(R"({"names":["a",^]})", errc::invalid_json, "names[1]");
    refuses(R"({"names":["a" ^"b"]})", errc::invalid_json, "names[1]");
    refuses(R"({"names":["a"^}})", errc::invalid_json, "names[1]");
    refuses(R"({"flag":tr^)", errc::unexpected_end, "flag");
    refuses(R"({"flag":tru^x})", errc::invalid_json, "flag");
    refuses(R"({"flag":^True})", errc::invalid_json, "flag");
    refuses(R"({"flag":fals^y})", errc::invalid_json, "flag");
    refuses(R"({"flag":nul^})", errc::invalid_json, "flag");
    refuses(R"({"flag":true^1})", errc::invalid_json, "flag");
    refuses(R"({"amount":^+1})", errc::invalid_json, "amount");
    refuses(R"({"amount":^.5})", errc::invalid_json, "amount");
    refuses(R"({"amount":^NaN})", errc::invalid_json, "amount");
    refuses(R"({"amount":1^x})", errc::invalid_json, "amount");
    refuses(R"({^/*c*/"words":"a"})", errc::invalid_json, "");
    refuses(R"({"words":^'a'})", errc::invalid_json, "words");
}

TEST_CASE("decode: bad text inside of strings") {
    refuses("{\"words\":\"ab^\xFF\"}", errc::invalid_utf8, "words");
    refuses("{\"words\":\"^\xC3(\"}", errc::invalid_utf8, "words");
    refuses("{\"words\":\"^\xED\xA0\x80\"}", errc::invalid_utf8, "words");
    refuses("{\"words\":\"\\n^\xC0\xAF\"}", errc::invalid_utf8, "words");
    refuses("{\"^\xFF\":1}", errc::invalid_utf8, "");
    refuses("{\"words\":\"a^\n\"}", errc::invalid_json, "words");
    refuses("{\"words\":\"a^\x1F\"}", errc::invalid_json, "words");
    refuses("{\"words\":\"\\t^\t\"}", errc::invalid_json, "words");
    refuses("{\"words\":\"a^\0\"}"sv, errc::invalid_json, "words");
    accepts("{\"words\":\"a\x7F\xEF\xBF\xBF\"}");
    refuses(R"({"words":"a^\q"})", errc::invalid_escape, "words");
    refuses(R"({"words":"^\u12G4"})", errc::invalid_escape, "words");
    refuses(R"({"words":"^\ud800"})", errc::invalid_escape, "words");
    refuses(R"({"words":"^\udc00"})", errc::invalid_escape, "words");
    refuses(R"({"words":"^\ud800\u0041"})", errc::invalid_escape, "words");
    refuses(R"({"words":"ok \n then ^\ud834x"})", errc::invalid_escape, "words");
    refuses(R"({"^\x":1})", errc::invalid_escape, "");
    refuses(R"({"anything":{"a":"^\x"}})", errc::invalid_escape, "anything");
    refuses(R"({"words":"abc^)", errc::unexpected_end, "words");
    refuses(R"({"words":"abc\^)", errc::unexpected_end, "words");
    refuses(R"({"words":"abc\u12^)", errc::unexpected_end, "words");
}

TEST_CASE("decode: escapes of every kind, and long text with them") {
    CHECK(*read(R"({"words":"\"\\\/\b\f\n\r\t\u0000\u001f\u00E9\u20ac\uD83D\uDE00"})").words ==
          "\"\\/\b\f\n\r\t\0\x1F\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"sv);
    // Longer than any buffer that an engine keeps on the stack, escapes at every distance from its
    // end.
    for (std::size_t start = 4080; start < 4100; ++start) {
        const std::string before(start, 'x');
        const std::string body = "{\"words\":\"\\n" + before + "\\ud83d\\ude00\\u00e9z\"}";
        static_arena<8192> memory;
        const auto got = json::decode<everything>(body, memory);
        REQUIRE(got.code() == errc::ok);
        CHECK(*got->words == "\n" + before + "\xF0\x9F\x98\x80\xC3\xA9z");
        accepts(body);
    }
}

TEST_CASE("decode: limits") {
    const json::decode_options short_text = {.max_text = 3};
    accepts(R"({"words":"abc","names":["\u00e9b"],"anything":"x"})", short_text);
    refuses(R"({"words":^"abcd"})", errc::too_long, "words", short_text);
    refuses(R"({"words":^"\u00e9\u00e9"})", errc::too_long, "words", short_text);
    refuses(R"({"names":["a",^"abcd"]})", errc::too_long, "names[1]", short_text);
    refuses(R"({"anything":^[1,2]})", errc::too_long, "anything", short_text);
    accepts(R"({"new":"abcd"})", short_text);

    const json::decode_options few = {.max_elements = 2, .max_keys = 2};
    accepts(R"({"names":["a","b"],"texts":{"a":"1","b":"2"}})", few);
    refuses(R"({"names":["a","b",^"c"]})", errc::too_many, "names[2]", few);
    refuses(R"({"branches":[{},{},^{}]})", errc::too_many, "branches[2]", few);
    refuses(R"({"mixed":[1,2,^3]})", errc::too_many, "mixed[2]", few);
    refuses(R"({"texts":{"a":"1","b":"2",^"c":"3"}})", errc::too_many, "texts[2]", few);
    refuses(R"({"names":[^"a"]})", errc::too_many, "names[0]", {.max_elements = 0});
    accepts(R"({"names":["a","b","c"],"texts":{"a":"1"}})", {.max_keys = 1});

    // Keys are compared with one another, so a map may not be as long as an array.
    std::string map = R"({"texts":{)";
    for (int i = 0; i < 512; ++i) map += "\"" + std::to_string(i) + "\":null,";
    refuses(map + R"(^"x":null}})", errc::too_many, "texts[512]");
}

TEST_CASE("decode: nesting") {
    const json::decode_options shallow = {.max_depth = 2};
    accepts(R"({"object":{"title":"t"},"names":[],"new":[1],"anything":{}})", shallow);
    refuses(R"({"object":{"leaf":^{}}})", errc::too_deep, "object.leaf", shallow);
    refuses(R"({"branches":[^{}]})", errc::too_deep, "branches[0]", shallow);
    refuses(R"({"new":[^[]]})", errc::too_deep, "", shallow);
    refuses(R"({"anything":[^{}]})", errc::too_deep, "anything", shallow);
    refuses("^{}", errc::too_deep, "", {.max_depth = 0});

    const auto nested = [](std::size_t levels, std::string_view mark) {
        return R"({"anything":)" + std::string(levels - 1, '[') + std::string{mark} +
               std::string(levels - 1, ']') + "}";
    };
    accepts(nested(32, ""));
    refuses(R"({"anything":)" + std::string(31, '[') + "^[" + std::string(32, ']') + "}",
            errc::too_deep, "anything");
    const json::decode_options deepest = {.max_depth = 1000};
    accepts(nested(64, ""), deepest);
    refuses(R"({"anything":)" + std::string(63, '[') + "^[", errc::too_deep, "anything", deepest);

    // Described types nest as deeply as TIPRING_MAX_NESTING says: a tree takes two levels for each
    // generation.
    std::string tree = "{}";
    std::string too_deep = "^{}";
    constexpr int generations = (TIPRING_MAX_NESTING - 1) / 2;
    for (int i = 0; i < generations; ++i) tree = R"({"children":[)" + tree + "]}";
    accepts<json_types::tree>(tree);
    static_assert(TIPRING_MAX_NESTING % 2 == 0, "else the last level is an object");
    for (int i = 0; i <= generations; ++i) too_deep = R"({"children":[)" + too_deep + "]}";
    refuses<json_types::tree>(too_deep, errc::too_deep,
                              "children[0].children[0].children[0].children[0]...");
}

TEST_CASE("decode: every truncation of a rich document is refused, without reading past its end") {
    for (std::size_t size = 0; size < rich.size(); ++size) {
        const outcome got = decode_all_ways<everything>(rich.substr(0, size));
        INFO("size ", size);
        CHECK(message(got.code) == message(errc::unexpected_end));
        CHECK(got.offset == size);
    }
}

TEST_CASE("decode: every size of arena from 0 to enough") {
    static_arena<8192> large;
    const auto whole = json::decode<everything>(rich, large);
    REQUIRE(whole.code() == errc::ok);
    const std::size_t enough = large.high_water_mark();
    // One block of one alignment, so that the need is the same for all sizes.
    alignas(std::max_align_t) std::byte bytes[8192];
    std::size_t refused = 0;
    for (std::size_t size = 0; size <= enough + 16; ++size) {
        std::memset(bytes, 0x5A, sizeof bytes);
        arena memory{std::span<std::byte>{bytes, size}};
        const auto got = json::decode<everything>(rich, memory);
        if (got) {
            CHECK(*got == *whole);
            continue;
        }
        ++refused;
        CHECK(got.code() == errc::capacity);
        CHECK(got.error().needed > size);
        CHECK(got.error().needed_is_lower_bound);
        CHECK(memory.used() == 0);
        for (std::size_t i = size; i < size + 32; ++i) CHECK(bytes[i] == std::byte{0x5A});
    }
    CHECK(refused + 16 >= enough);
    arena exact{std::span<std::byte>{bytes, enough + 16}};
    CHECK(json::decode<everything>(rich, exact).code() == errc::ok);
}

TEST_CASE("decode: a failure leaves what was in the arena before") {
    static_arena<256> memory;
    const auto first = json::decode<everything>(R"({"words":"\u0041\u0042"})", memory);
    REQUIRE(first.code() == errc::ok);
    const std::size_t used = memory.used();
    const auto second =
        json::decode<everything>(R"({"words":"\u0043\u0044","names":["\u0045"],"flag":0})", memory);
    CHECK(second.code() == errc::expected_boolean);
    CHECK(memory.used() == used);
    CHECK(*first->words == "AB");
}

TEST_CASE("decode: errors of capacity and limits say how much") {
    static_arena<1024> memory;
    CHECK(json::decode<everything>(R"({"words":"abcd"})", memory, {.max_text = 3}).error().needed ==
          4);
    CHECK(json::decode<everything>(R"({"names":["","",""]})", memory, {.max_elements = 2})
              .error()
              .needed == 3);
    CHECK(json::decode<everything>(R"({"object":{"leaf":{}}})", memory, {.max_depth = 2})
              .error()
              .needed == 3);
}
