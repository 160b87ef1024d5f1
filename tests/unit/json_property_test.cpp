// Properties that hold for every value of every described type: what was encoded decodes to the
// same value by any engine, in place or not; copies are equal and apart; nothing secret is printed.
#include <tipring/json/copy.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/json/print.hpp>

#if TIPRING_TEST_BOOST
#include <boost/json/parse.hpp>
#include <tipring/json/boost.hpp>
#endif

#include "any_object.hpp"
#include "random_value.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

using namespace tipring;

namespace {

struct memory {
    explicit memory(std::size_t size) : bytes(size), arena{std::span<std::byte>{bytes}} {}
    std::vector<std::byte> bytes;
    tipring::arena arena;
};

#if TIPRING_TEST_BOOST
/// Whether two documents mean the same to Boost.JSON's DOM, which knows nothing of our tables.
bool mean_the_same(const std::string& a, const std::string& b) {
    boost::json::error_code ec_a;
    boost::json::error_code ec_b;
    const boost::json::value left = boost::json::parse(a, ec_a);
    const boost::json::value right = boost::json::parse(b, ec_b);
    if (ec_a || ec_b) return false;
    // Boost 1.81 makes NaN of 0e400, which is not equal to itself.
    return left == right || (left != left && a == b);
}
#endif

/// One random value there and back, by every way.
void check_round_trip(random_type type, random_values::engine& random, memory& source,
                      memory& target) {
    source.arena.reset();
    target.arena.reset();
    any_object value{*type.table};
    fill_randomly(type, value.data(), random, source.arena);
    const std::string body = value.encoded();
    INFO("body ", body);

    any_object decoded{*type.table};
    json::decode_report report;
    REQUIRE(json::decode_into(*type.table, decoded.data(), body, target.arena, {.report = &report})
                .code() == errc::ok);
    CHECK(decoded.equals(value));
    CHECK(report.unknown_members == 0);
    CHECK(report.misspelt_members == 0);
    CHECK(decoded.encoded() == body);

    any_object copied = decoded;
    REQUIRE(json::detail::relocation{source.arena}.run(*type.table, copied.data()).code() ==
            errc::ok);
    std::memset(target.bytes.data(), 0xA5, target.arena.high_water_mark());
    CHECK(copied.equals(value));

    target.arena.reset();
    std::string in_place = body;
    any_object second{*type.table};
    REQUIRE(json::decode_into_in_place(*type.table, second.data(), std::span<char>{in_place},
                                       target.arena)
                .code() == errc::ok);
    CHECK(second.equals(value));
#if TIPRING_TEST_BOOST
    target.arena.reset();
    any_object by_boost{*type.table};
    REQUIRE(json::decode_into<json::boost_engine>(*type.table, by_boost.data(), body, target.arena)
                .code() == errc::ok);
    CHECK(by_boost.equals(value));
    CHECK(mean_the_same(body, by_boost.encoded()));
#endif
}

} // namespace

TEST_CASE("property: decoding what was encoded gives the same value") {
    memory source{1u << 20};
    memory target{1u << 16};
    for (const std::uint64_t seed : random_values::seeds()) {
        INFO("seed ", seed);
        for (const random_type type : every_type()) {
            random_values::engine random{seed};
            for (int round = 0; round < 20; ++round) check_round_trip(type, random, source, target);
        }
    }
}

TEST_CASE("property: a request holds no read-only member") {
    memory source{1u << 20};
    const json::encode_options request = {.audience = json::audience::server,
                                          .legacy_licensing = true};
    for (const std::uint64_t seed : random_values::seeds()) {
        INFO("seed ", seed);
        random_values::engine random{seed};
        for (const random_type type : every_type()) {
            source.arena.reset();
            any_object value{*type.table};
            fill_randomly(type, value.data(), random, source.arena, {.without_read_only = true});
            CHECK(value.encoded(request) == value.encoded());
        }
    }
}

TEST_CASE("property: equality sees every member") {
    memory source{1u << 20};
    random_values::engine random{7};
    std::size_t changes = 0;
    for (const random_type type : every_type()) {
        for (int round = 0; round < 10; ++round) {
            source.arena.reset();
            any_object value{*type.table};
            fill_randomly(type, value.data(), random, source.arena);
            CHECK(value.equals(value));
            for (std::size_t i = 0; i < type.table->member_count; ++i) {
                const json::member& m = type.table->members[i];
                if (!m.has(json::is_field)) continue;
                any_object changed = value;
                if (state_of(m, changed.data()) == member_state::json_null) continue;
                set_null(m, changed.data());
                INFO("member ", std::string{type.table->name_of(m)});
                CHECK_FALSE(changed.equals(value));
                ++changes;
            }
        }
    }
    CHECK(changes > 1000);
}

TEST_CASE("property: every buffer that is too small is told exactly how much would do") {
    memory source{1u << 20};
    random_values::engine random{11};
    for (const random_type type : every_type()) {
        source.arena.reset();
        any_object value{*type.table};
        fill_randomly(type, value.data(), random, source.arena,
                      {.max_depth = 2, .max_elements = 2});
        const std::size_t exact = value.encoded().size();
        for (std::size_t size = 0; size <= exact; ++size) {
            std::vector<char> small(size);
            writer out{std::span<char>{small}};
            REQUIRE(
                json::encoder{out, any_object::complete}.run(*type.table, value.data()).code() ==
                errc::ok);
            CHECK(out.fits() == (size == exact));
            CHECK(out.size() == exact);
        }
    }
}

TEST_CASE("property: no secret is ever printed, and nothing that steers a terminal") {
    memory source{1u << 20};
    random_values::engine random{13};
    for (const random_type type : every_type()) {
        for (int round = 0; round < 10; ++round) {
            source.arena.reset();
            any_object value{*type.table};
            fill_randomly(type, value.data(), random, source.arena);
            for (std::size_t i = 0; i < type.table->member_count; ++i) {
                const json::member& m = type.table->members[i];
                if (m.has(json::is_secret) && m.kind == json::kind::text)
                    set_text(m, value.data(), "hunter2");
            }
            writer measure;
            json::detail::printer{measure, {}}.run(*type.table, value.data());
            std::string line(measure.size(), '#');
            writer out{std::span<char>{line}};
            json::detail::printer{out, {}}.run(*type.table, value.data());
            CHECK(out.fits());
            CHECK(line.find("hunter2") == std::string::npos);
            bool is_printable = true;
            for (const char c : line)
                is_printable = is_printable && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
            CHECK(is_printable);
        }
    }
}
