// decoded<T>: a value that owns its memory. Addresses stay put over moves, the memory ends with its
// owner (AddressSanitizer watches), secrets are wiped.
#include <tipring/json/decoded.hpp>
#include <tipring/json/equal.hpp>

#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>
#endif

#include "json_types.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif

using namespace tipring;
using json_types::everything;

static_assert(!std::is_copy_constructible_v<decoded<everything>>);
static_assert(!std::is_copy_assignable_v<decoded<everything>>);
static_assert(std::is_nothrow_move_constructible_v<decoded<everything>>);
static_assert(std::is_nothrow_move_assignable_v<decoded<everything>>);
static_assert(!std::is_default_constructible_v<decoded<everything>>);
static_assert(sizeof(decoded<everything>) == 4 * sizeof(void*));

template <class T>
concept has_value_as = requires(T&& owner) {
    *std::forward<T>(owner);
};
template <class T>
concept has_members_as = requires(T&& owner) {
    std::forward<T>(owner).operator->();
};
static_assert(has_value_as<decoded<everything>&>);
static_assert(has_value_as<const decoded<everything>&>);
static_assert(!has_value_as<decoded<everything>>);
static_assert(!has_members_as<decoded<everything>>);
static_assert(!has_members_as<const decoded<everything>>);
static_assert(std::is_same_v<decltype(*std::declval<decoded<everything>&>()), const everything&>);

namespace {

std::string many_leaves(std::size_t count) {
    std::string body = R"({"total":1,"items":[)";
    for (std::size_t i = 0; i < count; ++i) body += i != 0 ? ",{}" : "{}";
    return body + "]}";
}

} // namespace

TEST_CASE("decoded: owns the body and all that the value views") {
    std::optional<decoded<everything>> kept;
    {
        const std::string body = R"({"words":"plain","names":["a","\u0041"],"new":1})";
        auto got = json::decode_owned<everything>(body);
        REQUIRE(got.code() == errc::ok);
        CHECK(got->body() == body);
        CHECK(got->body().data() != body.data());
        kept.emplace(std::move(*got));
    }
    CHECK(*(**kept).words == "plain");
    CHECK((*(*kept)->names)[1] == "A");
    CHECK(kept->report().unknown_members == 1);
}

TEST_CASE("decoded: moves keep addresses") {
    auto got = json::decode_owned<everything>(R"({"words":"x","names":["\n"]})");
    REQUIRE(got.code() == errc::ok);
    const everything* const value = &**got;
    const char* const words = (*got)->words->data();
    const text* const names = (*got)->names->data();
    decoded<everything> moved{std::move(*got)};
    CHECK(&*moved == value);
    CHECK(moved->words->data() == words);
    CHECK(moved->names->data() == names);

    auto other = json::decode_owned<everything>(R"({"words":"other"})");
    REQUIRE(other.code() == errc::ok);
    *other = std::move(moved);
    CHECK(&**other == value);
    CHECK(*(*other)->words == "x");
    decoded<everything>& self = *other;
    *other = std::move(self);
    CHECK(*(*other)->words == "x");
}

TEST_CASE("decoded: a buffer that is handed over is not copied") {
    const text body = R"({"words":"abc"}   )";
    auto buffer = heap_buffer::allocate(100);
    REQUIRE(buffer.code() == errc::ok);
    CHECK(buffer->bytes().size() == 100);
    for (std::size_t i = 0; i < body.size(); ++i) buffer->bytes()[i] = body[i];
    buffer->shorten(body.size());
    buffer->shorten(1000);
    CHECK(buffer->size() == body.size());
    const char* const bytes = buffer->bytes().data();
    auto got = json::decode_owned<everything>(std::move(*buffer));
    REQUIRE(got.code() == errc::ok);
    CHECK((*got)->words->data() == bytes + 10);
    CHECK(buffer->size() == 0);
}

TEST_CASE("decoded: arenas that were too small are replaced by larger ones") {
    // Each leaf is 3 bytes of body and some 50 bytes of value.
    for (const std::size_t count : {0u, 1u, 10u, 1000u, 50000u}) {
        const std::string body = many_leaves(count);
        const auto got = json::decode_owned<json_types::page>(body);
        REQUIRE(got.code() == errc::ok);
        CHECK((*got)->items->size() == count);
    }
    int calls = 0;
    std::size_t last = 0;
    auto body = heap_buffer::copy(many_leaves(1000));
    REQUIRE(body.code() == errc::ok);
    const auto made = decoded<json_types::page>::make(
        std::move(*body), 1, [&](text content, arena& memory, json::decode_report&) {
            ++calls;
            CHECK(memory.size() > last);
            last = memory.size();
            return json::decode<json_types::page>(content, memory);
        });
    REQUIRE(made.code() == errc::ok);
    CHECK((*made)->items->size() == 1000);
    CHECK(calls <= 8);
    CHECK(last < 1000 * sizeof(json_types::leaf) * 4);
}

TEST_CASE("decoded: never takes more than the limit") {
    const std::string body = many_leaves(1000);
    const std::size_t enough = 1000 * sizeof(json_types::leaf);
    const auto refused = json::decode_owned<json_types::page>(body, {}, enough - 1);
    CHECK(refused.code() == errc::capacity);
    CHECK(refused.error().needed > enough - 1);
    CHECK(json::decode_owned<json_types::page>(body, {}, enough).code() == errc::ok);
    CHECK(json::decode_owned<json_types::page>(body, {}, 0).code() == errc::capacity);
    CHECK(json::decode_owned<json_types::page>("{}", {}, 0).code() == errc::missing_member);
}

TEST_CASE("decoded: when the heap is exhausted, that is errc::capacity") {
    // No machine has so much; the sanitizers would end the program instead of refusing.
#if !defined(SANITIZED)
    const volatile std::size_t most = static_cast<std::size_t>(-1) - 1000;
    const std::size_t size = most;
    const auto refused = heap_buffer::allocate(size);
    CHECK(refused.code() == errc::capacity);
    CHECK(refused.error().needed == size);
    const auto unused = [](text, arena&, json::decode_report&) { return everything{}; };
    CHECK(decoded<everything>::make(heap_buffer{}, size - 4096, unused, size).code() ==
          errc::capacity);
#endif
}

TEST_CASE("decoded: errors are those of decode(), and the report is filled in once") {
    const auto failed = json::decode_owned<everything>(R"({"words":1})");
    CHECK(failed.code() == errc::expected_string);
    CHECK(failed.error().offset == 9);
    CHECK(json::decode_owned<everything>("").code() == errc::unexpected_end);
    json::decode_report report{.unknown_members = 10};
    std::string body = R"({"new":1,"thing-id":"x","names":[)";
    for (int i = 0; i < 500; ++i) body += R"("",)";
    body += R"(""]})";
    const auto got = json::decode_owned<everything>(body, {.report = &report});
    REQUIRE(got.code() == errc::ok);
    CHECK(report.unknown_members == 11);
    CHECK(report.misspelt_members == 1);
    CHECK(got->report().unknown_members == 1);
}

TEST_CASE("decoded: a type with more types inside than are looked at may hold secrets") {
    std::array<json::member, 34> members;
    std::array<json::table, 34> tables;
    const auto holds = [&](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            members[i] = json::member{.type = i + 1 < count ? &tables[i + 1] : nullptr};
            tables[i] = json::table{.members = &members[i], .member_count = 1};
        }
        return json::detail::holds_secrets(tables[0]);
    };
    CHECK_FALSE(holds(1));
    CHECK_FALSE(holds(32));
    CHECK(holds(33));
}

TEST_CASE("decoded: the next arena is what is needed, by how much of the body was read") {
    constexpr std::size_t most = static_cast<std::size_t>(-1) / 4;
    const auto next = [](std::size_t needed, std::size_t offset, std::size_t body,
                         std::size_t tried) {
        return json::detail::next_arena_size(
            error{.code = errc::capacity, .offset = offset, .needed = needed}, body, tried);
    };
    CHECK(next(10, 50, 100, 1000) == 2064);
    CHECK(next(5000, error::no_offset, 100, 1000) == 5000);
    CHECK(next(5000, 0, 100, 1000) == 5000);
    CHECK(next(5000, 100, 100, 1000) == 5000);
    CHECK(next(5000, 25, 100, 1000) == 25000);
    CHECK(next(most, 1, 100, 1000) == most);
    CHECK(next(10, 50, 100, most) == most);
}

TEST_CASE("decoded: types that may hold secrets are known as such") {
    CHECK(json::detail::holds_secrets(json::table_of<everything>));
    CHECK_FALSE(json::detail::holds_secrets(json::table_of<json_types::tree>));
    CHECK_FALSE(json::detail::holds_secrets(json::table_of<json_types::page>));
}

#if TIPRING_TEST_BOOST
TEST_CASE("decoded: with the other engine") {
    const auto got =
        json::decode_owned<everything, json::boost_engine>(R"({"words":"\u0041b","names":["x"]})");
    REQUIRE(got.code() == errc::ok);
    CHECK(*(*got)->words == "Ab");
}
#endif
