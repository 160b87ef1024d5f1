// Properties that hold for every value of every described type: what was encoded decodes to the same
// value by any engine, in any arena, in place or not; copies are equal and apart.
#include <tipring/json/copy.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/decoded.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/json/print.hpp>

#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>
#include <boost/json/parse.hpp>
#endif

#include "json_types.hpp"
#include "miarec_types.hpp"
#include "random_value.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace tipring;

namespace {

using all_types = miarec_types::type_list<json_types::everything, json_types::plain, json_types::page, json_types::tree>;

/// Calls check.operator()<T>() for every type that there is.
template <class Check>
void for_each_type(Check check) {
    all_types::for_each(check);
    miarec_types::all_types::for_each(check);
}

/// Deprecated members are written in this form alone.
constexpr json::encode_options complete = {.legacy_licensing = true};

struct memory {
    explicit memory(std::size_t size) : bytes(size), arena{std::span<std::byte>{bytes}} {}
    std::vector<std::byte> bytes;
    tipring::arena arena;
};

template <class T>
std::string encoded(const T& value, const json::encode_options& options = complete) {
    writer measure;
    const error failure = json::encode(value, measure, options).error();
    CHECK(failure.code == errc::capacity);
    std::string made(failure.needed, '#');
    const auto done = json::encode(value, std::span<char>{made}, options);
    REQUIRE(done);
    CHECK(done->size() == made.size());
    return made;
}

#if TIPRING_TEST_BOOST
/// Whether two documents mean the same to Boost.JSON's DOM, which knows nothing of our tables.
bool mean_the_same(const std::string& a, const std::string& b) {
    boost::json::error_code ec_a;
    boost::json::error_code ec_b;
    const boost::json::value left = boost::json::parse(a, ec_a);
    const boost::json::value right = boost::json::parse(b, ec_b);
    return !ec_a && !ec_b && left == right;
}
#endif

} // namespace

TEST_CASE("property: decoding what was encoded gives the same value") {
    memory source{1u << 20};
    memory target{1u << 20};
    for (const std::uint64_t seed : random_values::seeds()) {
        INFO("seed ", seed);
        for_each_type([&]<class T>() {
            random_values::engine random{seed};
            for (int round = 0; round < 25; ++round) {
                INFO("round ", round);
                source.arena.reset();
                target.arena.reset();
                const T value = random_value<T>(random, source.arena);
                std::string body = encoded(value);
                INFO("body ", body);

                json::decode_report report;
                const auto decoded = json::decode<T>(body, target.arena, {.report = &report});
                REQUIRE(decoded.code() == errc::ok);
                CHECK(*decoded == value);
                CHECK(report.unknown_members == 0);
                CHECK(report.misspelt_members == 0);
                CHECK(encoded(*decoded) == body);

                const auto copied = copy(*decoded, source.arena);
                REQUIRE(copied.code() == errc::ok);
                CHECK(*copied == value);
                std::string in_place = body;
                target.arena.reset();
                std::memset(target.bytes.data(), 0xA5, target.bytes.size() / 64);
                CHECK(*copied == value);
                const auto second = json::decode_in_place<T>(std::span<char>{in_place}, target.arena);
                REQUIRE(second.code() == errc::ok);
                CHECK(*second == value);

                const auto owned = json::decode_owned<T>(body);
                REQUIRE(owned.code() == errc::ok);
                CHECK(**owned == value);
#if TIPRING_TEST_BOOST
                target.arena.reset();
                const auto by_boost = json::decode<T, json::boost_engine>(body, target.arena);
                REQUIRE(by_boost.code() == errc::ok);
                CHECK(*by_boost == value);
                CHECK(mean_the_same(body, encoded(*by_boost)));
#endif
            }
        });
    }
}

TEST_CASE("property: a request holds no read-only member, an answer no write-only one") {
    memory source{1u << 20};
    memory target{1u << 20};
    for (const std::uint64_t seed : random_values::seeds()) {
        INFO("seed ", seed);
        for_each_type([&]<class T>() {
            random_values::engine random{seed};
            for (int round = 0; round < 5; ++round) {
                source.arena.reset();
                target.arena.reset();
                const T value = random_value<T>(random, source.arena, {.without_read_only = true});
                const json::encode_options request = {.audience = json::audience::server, .legacy_licensing = true};
                CHECK(encoded(value, request) == encoded(value));
            }
        });
    }
}

TEST_CASE("property: equality sees every member") {
    memory source{1u << 20};
    std::size_t different = 0;
    for_each_type([&]<class T>() {
        random_values::engine random{7};
        const json::table& type = json::table_of<T>;
        for (int round = 0; round < 10; ++round) {
            source.arena.reset();
            const T value = random_value<T>(random, source.arena);
            CHECK(value == value);
            for (std::size_t i = 0; i < type.member_count; ++i) {
                const json::member& m = type.members[i];
                if (!m.has(json::is_field)) continue;
                T changed = value;
                auto* const object = reinterpret_cast<std::byte*>(&changed);
                if (state_of(m, object) == member_state::json_null) continue;
                set_null(m, object);
                INFO("member ", std::string{type.name_of(m)});
                CHECK_FALSE(changed == value);
                ++different;
            }
        }
    });
    CHECK(different > 1000);
}

TEST_CASE("property: every buffer that is too small is told how much would do") {
    memory source{1u << 20};
    random_values::engine random{11};
    for_each_type([&]<class T>() {
        source.arena.reset();
        const T value = random_value<T>(random, source.arena, {.max_depth = 2, .max_elements = 2});
        const std::string body = encoded(value);
        const std::size_t step = body.size() / 60 + 1;
        for (std::size_t size = 0; size < body.size(); size += step) {
            std::vector<char> small(size);
            const auto done = json::encode(value, std::span<char>{small}, complete);
            CHECK(done.code() == errc::capacity);
            CHECK(done.error().needed == body.size());
        }
    });
}

TEST_CASE("property: no secret is ever printed") {
    memory source{1u << 20};
    for_each_type([&]<class T>() {
        random_values::engine random{13};
        const json::table& type = json::table_of<T>;
        for (int round = 0; round < 10; ++round) {
            source.arena.reset();
            T value = random_value<T>(random, source.arena);
            for (std::size_t i = 0; i < type.member_count; ++i)
                if (type.members[i].has(json::is_secret) && !json::detail::is_array(type.members[i].kind))
                    set_text(type.members[i], reinterpret_cast<std::byte*>(&value), "hunter2-hunter2");
            writer measure;
            json::print(value, measure);
            std::string line(measure.size(), '#');
            writer out{std::span<char>{line}};
            json::print(value, out);
            REQUIRE(out.fits());
            CHECK(line.find("hunter2") == std::string::npos);
            for (const char c : line) CHECK_FALSE((static_cast<unsigned char>(c) < 0x20 || c == 0x7F));
        }
    });
}
