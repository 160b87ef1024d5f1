// Links and the envelope of lists, by both engines.
#include <doctest/doctest.h>

#include <string>

#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/json/encode.hpp>

#include "engines.hpp"

namespace collection_tests {

using tipring::field;
using tipring::text;
namespace cloudlink = tipring::cloudlink;

struct thing {
    field<tipring::id<thing>> thing_id{};
    field<text> name{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(thing, TIPRING_MEMBER(thing_id, "its id").lenient().named("thingId"),
                 TIPRING_MEMBER(name, "its name"), TIPRING_MEMBER(links, "where").named("_links"));

} // namespace collection_tests

namespace {

using namespace collection_tests;

using namespace tipring;
using cloudlink::collection;

using page = collection<thing>;

using engines::read;

} // namespace

TEST_CASE("Q-19: a list without _embedded is empty") {
    static_arena<8192> memory;
    for (const char* body :
         {R"({"count":0,"_links":{"self":"/2017-09-01/users"}})", R"({"count":0})", R"({})",
          R"({"_embedded":null,"_links":null,"count":null})", R"({"_embedded":{}})",
          R"({"_embedded":{"items":[]}})"}) {
        const auto got = read<page>(body, memory);
        REQUIRE(got);
        CHECK(items(*got).empty());
        CHECK(next_link(*got).empty());
    }
    const auto some = read<page>(
        R"({"_embedded":{"items":[{"name":"a"},{"name":"b"}]},"_links":{"next":"/n?$skip=2 x"}})",
        memory);
    REQUIRE(some);
    CHECK(items(*some).size() == 2);
    CHECK(*items(*some)[1].name == "b");
    CHECK(next_link(*some) == "/n?$skip=2 x");
}

TEST_CASE("Q-20: a link is text, or an object with a href") {
    static_arena<8192> memory;
    const auto plain = read<thing>(R"({"_links":{"self":"/a","next":null},"name":"n"})", memory);
    const auto object = read<thing>(
        R"({"_links":{"self":{"href":"/a","templated":true},"next":null},"name":"n"})", memory);
    REQUIRE(plain);
    REQUIRE(object);
    CHECK(*plain == *object);
    CHECK(*object->links->self == "/a");
    const auto escaped = read<thing>(R"({"_links":{"self":{"href":"\/a\u0020b"}}})", memory);
    REQUIRE(escaped);
    CHECK(*escaped->links->self == "/a b");
    for (const char* empty :
         {R"({"_links":{"self":{}}})", R"({"_links":{"self":{"x":{"href":1}}}})"}) {
        const auto got = read<thing>(empty, memory);
        REQUIRE(got);
        CHECK(got->links->self.is_absent());
    }
    CHECK(read<thing>(R"({"_links":{"self":{"href":7}}})", memory).code() == errc::expected_string);
    CHECK(read<thing>(R"({"_links":{"self":["/a"]}})", memory).code() == errc::expected_string);
    CHECK(read<thing>(R"({"_links":{"self":{"href":"a","href":"b"}}})", memory).code() ==
          errc::duplicate_member);
    // It is text when written.
    char buffer[100];
    const auto written = json::encode(*object, std::span<char>{buffer});
    REQUIRE(written);
    CHECK(*written == R"({"name":"n","_links":{"self":"/a","next":null}})");
}

TEST_CASE("cloudlink ids: a number is taken as the text that it is written as") {
    static_arena<8192> memory;
    const auto number = read<thing>(R"({"thingId":105990045,"name":"a"})", memory);
    REQUIRE(number);
    CHECK(number->thing_id->value == "105990045");
    const auto digits = read<thing>(R"({"thingId":"105990045","name":"a"})", memory);
    REQUIRE(digits);
    CHECK(*number == *digits);
    CHECK(read<thing>(R"({"thingId":true})", memory).code() == errc::expected_string);
    CHECK(read<thing>(R"({"thingId":-1.50e3})", memory)->thing_id->value == "-1.50e3");
    CHECK(read<thing>(R"({"thingId":01})", memory).code() != errc::ok);
    CHECK(read<thing>(R"({"name":7})", memory).code() == errc::expected_string);
}

TEST_CASE("Q-22: a path-like id ends in the id that paths have") {
    using cloudlink::call_id;
    CHECK(last_segment(call_id{"endpoints/2001/calls/33656066"}) == call_id{"33656066"});
    CHECK(last_segment(call_id{"33656066"}) == call_id{"33656066"});
    CHECK(last_segment(call_id{"a/"}).empty());
    CHECK(last_segment(call_id{}).empty());
}
