// The boost engine against the builtin one: the same values, errors, offsets, paths, reports and
// use of the arena on mutated documents; no allocation; conversions to and from boost::json::value.
// What each document of json_decode_test.cpp gives is compared there.
#if TIPRING_TEST_BOOST

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <tipring/json/boost.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

#include "boost_faults.hpp"
#include "json_types.hpp"
#include "no_heap.hpp"
#include "random_value.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace tipring;
using namespace std::string_view_literals;
using json_types::everything;

namespace {

const std::string_view documents[] = {
    R"({"words":"a\u00e9\ud83d\ude00b","short_words":"x","password":"p\nq","thing_id":"t","level":"low","anything":{"a":[1,{"b":"]\""}],)"
    R"("c":null},"amount":-12.50e+3,"whole":9223372036854775807,"counter":-2147483648,"positive":4294967295,"small":-32768,"tiny":255,)"
    R"("seats":-1,"seconds":"30","flag":true,"loose_flag":"no","color":7,"object":{"title":"t","leaf":{"name":"n","size":1,"on":false},)"
    R"("leaves":[{"name":null},{"size":2}]},"names":["a","\u0041",""],"numbers":[1,-2,3],"bytes":[0,255],"flags":[true,false],)"
    R"("mixed":[1,"x\n",{},[ ] , null],"amounts":[1.5,2],"branches":[{"title":"x"},{"leaves":[]}],"texts":{"k1":"v1","k\u0032":null},)"
    R"("lists":{"calls":["view","edit"],"e":[]},"objects":{"o":{"title":"","leaf":null}},"raws":{"r":[1],"s":"q"},)"
    R"("levels":["high","other"],"unknown":{"deep":[[[1]]],"x":"\t"},"more":1e5})",
    R"( { "thing-id" : "x" , "thnig_id" : 5, "seats":7 , "un\u006bnown" : [ ] , "w\u006frds" : "z" } )",
    R"({"loose_flag":1,"names":[],"texts":{},"object":null,"branches":[{"title":"\ud834\udd1e","leaf":{"on":true},)"
    R"("leaves":[{"name":"q","size":null,"on":null}]}]})",
    "{\"words\":\"\xE2\x82\xAC\xF0\x9F\x98\x80\\\\\",\"names\":[\"\xC3\xA9\",\"x\\u00e9\xC3\xA9\"],\"raws\":{\"\\n\":\"\xC3\xA9\"}}",
};

std::string line_of(const error& failure) {
    char buffer[300];
    return std::string{describe(failure, buffer)};
}

class mutator {
public:
    explicit mutator(std::uint64_t seed) : random_{seed} {}

    std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
    bool one_in(std::size_t count) { return below(count) == 0; }

    std::string document() {
        std::string made{documents[below(std::size(documents))]};
        for (std::size_t count = below(4); count != 0 && !made.empty(); --count) mutate(made);
        return made;
    }
    json::decode_options options() {
        json::decode_options made;
        if (one_in(8)) made.max_depth = static_cast<unsigned>(below(6));
        if (one_in(8)) made.max_text = below(10);
        if (one_in(8)) made.max_elements = below(4);
        made.lenient_numbers = one_in(8);
        return made;
    }

private:
    char likely() {
        constexpr std::string_view characters = "{}[]\",:\\u0019-+.eEtfn \n\t\x01\x80\xE2\xFF/";
        return characters[below(characters.size())];
    }
    void mutate(std::string& document) {
        const std::size_t at = below(document.size());
        switch (below(6)) {
        case 0: document[at] = likely(); break;
        case 1: document.erase(at, 1 + below(4)); break;
        case 2: document.insert(at, 1, likely()); break;
        case 3: document.resize(at); break;
        case 4: document.insert(at, document.substr(below(document.size()), below(20))); break;
        default: document[at] = static_cast<char>(random_());
        }
    }

    std::mt19937_64 random_;
};

} // namespace

TEST_CASE("boost: agrees with the builtin engine on mutated documents") {
    std::vector<std::byte> first_bytes(1u << 14);
    std::vector<std::byte> second_bytes(1u << 14);
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (const std::uint64_t seed : random_values::seeds()) {
        mutator random{seed};
        for (int round = 0; round < 40000; ++round) {
            const std::string document = random.document();
            if (boost_faults::may_show(document)) continue;
            json::decode_options options = random.options();
            const std::size_t room = random.one_in(4) ? random.below(2000) : first_bytes.size();
            arena first_memory{std::span<std::byte>{first_bytes.data(), room}};
            arena second_memory{std::span<std::byte>{second_bytes.data(), room}};
            json::decode_report first_report;
            json::decode_report second_report;
            options.report = &first_report;
            const auto first = json::decode<everything>(document, first_memory, options);
            options.report = &second_report;
            const auto second =
                json::decode<everything, json::boost_engine>(document, second_memory, options);
            bool is_same = first.code() == second.code() &&
                           first_memory.used() == second_memory.used() &&
                           first_report.unknown_members == second_report.unknown_members &&
                           first_report.misspelt_members == second_report.misspelt_members;
            if (first && second)
                is_same = is_same && *first == *second;
            else
                is_same = is_same && line_of(first.error()) == line_of(second.error());
            ++(first ? accepted : refused);
            if (is_same) continue;
            INFO("seed ", seed);
            INFO("document ", document);
            CHECK(line_of(first.error()) == line_of(second.error()));
            FAIL_CHECK("the engines differ");
        }
    }
    CHECK(accepted > 10000);
    CHECK(refused > 10000);
}

TEST_CASE("boost: each known fault still shows") {
    static_arena<1024> memory;
    for (const boost_faults::fault& each : boost_faults::all) {
        INFO(each.what);
        CHECK(each.may_show(each.example));
        CHECK(json::decode<everything>(each.example, memory).code() == errc::ok);
        CHECK(json::decode<everything, json::boost_engine>(each.example, memory).code() !=
              errc::ok);
    }
}

TEST_CASE("boost: an exponent that is no int") {
    static_arena<1024> memory;
    const text document = R"({"amount":1e99999999999,"words":"x"})";
    const auto refused = json::decode<everything, json::boost_engine>(document, memory);
    CHECK(refused.code() == errc::out_of_range);
    CHECK(refused.error().offset == 21);
    CHECK(
        json::decode<everything, json::boost_engine>(R"({"amount":1e2147483647})", memory).code() ==
        errc::ok);
}

TEST_CASE("boost: numbers are kept as written") {
    static_arena<1024> memory;
    for (const text lexeme : {"1e400"sv, "-0"sv, "-0.0"sv, "0.30000000000000004"sv,
                              "123456789012345678901234567890"sv, "1E+05"sv}) {
        const std::string document =
            R"({"amount":)" + std::string{lexeme} + R"(,"amounts":[)" + std::string{lexeme} + "]}";
        const auto got = json::decode<everything, json::boost_engine>(document, memory);
        REQUIRE(got.code() == errc::ok);
        CHECK(got->amount->value == lexeme);
        CHECK((*got->amounts)[0].value == lexeme);
        // To the very end of the body too, where there is no room for the parser's fast path.
        const auto last = json::decode<everything, json::boost_engine>(
            R"({"amount":)" + std::string{lexeme}, memory);
        CHECK(last.code() == errc::unexpected_end);
    }
}

TEST_CASE("boost: raw members are the exact text") {
    static_arena<1024> memory;
    const text document =
        "{\"raws\" : { \"a\" :\t[ 1 , { \"x\" : \"]\\\"\" } ] ,\n\"b\\u0062\":\"\\n\", \"c\": {  }, \"d\":-0, \"e\" : null },"
        "\"\\u0061nything\": \"plain\" , \"mixed\" : [ [ ] , \"\\u00e9\" , {\"a\":[{}]}, true ] }";
    const auto got = json::decode<everything, json::boost_engine>(document, memory);
    REQUIRE(got.code() == errc::ok);
    REQUIRE(got->raws->size() == 5);
    const auto& raws = *got->raws;
    CHECK(raws[0].content->value == "[ 1 , { \"x\" : \"]\\\"\" } ]");
    CHECK(*raws[1].key == "bb");
    CHECK(raws[1].content->value == "\"\\n\"");
    CHECK(raws[2].content->value == "{  }");
    CHECK(raws[3].content->value == "-0");
    CHECK(raws[4].content->value == "null");
    CHECK(got->anything->value == "\"plain\"");
    REQUIRE(got->mixed->size() == 4);
    CHECK((*got->mixed)[1].value == "\"\\u00e9\"");
    CHECK((*got->mixed)[2].value == "{\"a\":[{}]}");
    CHECK((*got->mixed)[3].value == "true");
}

TEST_CASE("boost: plain text views the body, and a whole body takes no allocation") {
    std::string document{documents[0]};
    static_arena<4096> memory;
    no_heap_guard guard;
    const auto got = json::decode<everything, json::boost_engine>(document, memory);
    CHECK(guard.stop() == 0);
    REQUIRE(got.code() == errc::ok);
    CHECK(got->thing_id->value.data() > document.data());
    CHECK(got->thing_id->value.data() < document.data() + document.size());
    for (const text broken : {"{\"words\":\"\\n"sv, "{\"words\":\"\xE2"sv, "{\"amount\":1."sv,
                              "{\"flag\":tr"sv, ""sv, "[[[["sv}) {
        no_heap_guard watch;
        const bool refused = !json::decode<everything, json::boost_engine>(broken, memory);
        CHECK(watch.stop() == 0);
        CHECK(refused);
    }
}

TEST_CASE("boost: hostile documents take linear time") {
    // A megabyte each of what is scanned a second time: escaped keys, raw values, skipped values.
    std::string escaped_keys = "{";
    while (escaped_keys.size() < 1'000'000) escaped_keys += R"("\u0078":1,)";
    escaped_keys += "\"y\":1}";
    std::string raws = R"({"mixed":[)";
    while (raws.size() < 1'000'000) raws += R"([[[1]]],)";
    raws += "1]}";
    std::string one_raw = R"({"anything":)" + std::string(30, '[');
    while (one_raw.size() < 1'000'000) one_raw += R"("\n",)";
    one_raw += "1" + std::string(30, ']') + "}";
    std::vector<std::byte> bytes(1u << 23);
    for (const std::string& document : {escaped_keys, raws, one_raw}) {
        arena memory{std::span<std::byte>{bytes}};
        const auto got = json::decode<everything, json::boost_engine>(
            document, memory, {.max_text = 2'000'000, .max_elements = 1'000'000});
        CHECK(got.code() == errc::ok);
    }
}

TEST_CASE("boost: raw_json to boost::json::value") {
    const auto got = json::to_boost_value(
        raw_json{R"({"a":[1,-2.5,"caf\u00e9",true,null],"b":18446744073709551615})"});
    REQUIRE(got.code() == errc::ok);
    CHECK(*got == boost::json::value({{"a", {1, -2.5, "caf\xC3\xA9", true, nullptr}},
                                      {"b", 18446744073709551615u}}));
    unsigned char room[4096];
    boost::json::monotonic_resource storage{room};
    const auto stored = json::to_boost_value(raw_json{"[1,2]"}, &storage);
    REQUIRE(stored.code() == errc::ok);
    CHECK(stored->storage().get() == &storage);

    CHECK(json::to_boost_value(raw_json{}).code() == errc::unexpected_end);
    CHECK(json::to_boost_value(raw_json{"[1,]"}).code() == errc::invalid_json);
    CHECK(json::to_boost_value(raw_json{"[1,]"}).error().offset == 3);
    CHECK(json::to_boost_value(raw_json{"1 2"}).code() == errc::trailing_text);
    CHECK(json::to_boost_value(raw_json{"\"\xFF\""}).code() == errc::invalid_utf8);
    CHECK(json::to_boost_value(raw_json{std::string(64, '[') + std::string(64, ']')}).code() ==
          errc::ok);
    CHECK(json::to_boost_value(raw_json{std::string(65, '[') + std::string(65, ']')}).code() ==
          errc::too_deep);
    // Known faults of 1.81, so that we notice when they are gone.
    CHECK(std::isinf(json::to_boost_value(raw_json{"1e400"})->get_double()));
    CHECK(std::isnan(json::to_boost_value(raw_json{"0e400"})->get_double()));
    CHECK(json::to_boost_value(raw_json{"1e99999999999"}).code() == errc::out_of_range);
}

TEST_CASE("boost: boost::json::value to raw_json") {
    static_arena<256> memory;
    const boost::json::value value({{"a", {1, "\n\"\xC3\xA9", true, nullptr}}, {"b", 2.5}});
    const auto got = json::from_boost_value(value, memory);
    REQUIRE(got.code() == errc::ok);
    CHECK(boost::json::parse(got->value) == value);
    CHECK(got->find("a").elements().begin()->as_integer<int>() == 1);
    CHECK(memory.used() == got->value.size());
    const std::size_t exact = got->value.size();
    for (std::size_t size = 0; size <= exact; ++size) {
        std::vector<std::byte> bytes(size);
        arena small{std::span<std::byte>{bytes}};
        const auto tried = json::from_boost_value(value, small);
        CHECK(tried.has_value() == (size == exact));
        if (size == exact) continue;
        CHECK(tried.code() == errc::capacity);
        CHECK(tried.error().needed == exact);
        CHECK(small.used() == 0);
    }
    memory.reset();
    for (const double wrong :
         {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
          std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(json::from_boost_value(boost::json::value({1, wrong}), memory).code() ==
              errc::invalid_number);
        CHECK(json::from_boost_value(boost::json::value(wrong), memory).code() ==
              errc::invalid_number);
    }
    CHECK(json::from_boost_value(boost::json::value("\xFF"), memory).code() == errc::invalid_utf8);
    boost::json::value deep = nullptr;
    for (int i = 0; i < 65; ++i) deep = boost::json::array{std::move(deep)};
    CHECK(json::from_boost_value(deep, memory).code() == errc::too_deep);
    CHECK(memory.used() == 0);
    for (const double number : {0.0, -0.0, 1e300, -1e-300, 5e-324, 0.1, 1.7976931348623157e308}) {
        memory.reset();
        CHECK(json::from_boost_value(boost::json::value(number), memory).code() == errc::ok);
    }
}

#endif
