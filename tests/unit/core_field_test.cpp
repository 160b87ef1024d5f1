// field<T>: three states of every kind of member, and no byte more than it must take.
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/secret.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <type_traits>

using namespace tipring;
using namespace std::string_view_literals;

namespace {

enum class color : std::int32_t { red = 0, blue = 7 };
struct thing;
using thing_id = id<thing>;
struct pair {
    std::int32_t a = 0;
    std::int32_t b = 0;
};

static_assert(sizeof(field<text>) == 2 * sizeof(void*));
static_assert(sizeof(field<thing_id>) == 2 * sizeof(void*));
static_assert(sizeof(field<secret>) == 2 * sizeof(void*));
static_assert(sizeof(field<number>) == 2 * sizeof(void*));
static_assert(sizeof(field<list<pair>>) == 2 * sizeof(void*));
static_assert(sizeof(field<bool>) == 1);
static_assert(sizeof(field<color>) == 4);
static_assert(sizeof(field<std::uint8_t>) == 2);
static_assert(sizeof(field<std::int32_t>) == 8);
static_assert(sizeof(field<std::int64_t>) == 16 || alignof(std::int64_t) < 8);
static_assert(sizeof(field<pair>) == 12);
static_assert(std::is_trivially_copyable_v<field<text>>);
static_assert(std::is_trivially_copyable_v<field<pair>>);
static_assert(std::is_standard_layout_v<field<std::int64_t>>);

// Ids of different things, and text that nobody called an id, do not mix.
static_assert(!std::is_convertible_v<id<struct other>, thing_id>);
static_assert(!std::is_convertible_v<text, thing_id>);
static_assert(!std::is_convertible_v<thing_id, text>);
static_assert(!std::is_constructible_v<field<thing_id>, id<struct other>>);
static_assert(!std::is_constructible_v<field<secret>, const char*>);
static_assert(std::is_constructible_v<field<text>, const char*>);
static_assert(!std::is_convertible_v<field<bool>, bool>);

// Usable in constants.
constexpr field<std::int32_t> constant = 5;
static_assert(constant.value_or(0) == 5);
constexpr field<text> constant_text = "abc";
static_assert(*constant_text == "abc");
static_assert(constant_text->size() == 3);
constexpr field<bool> constant_null = null;
static_assert(constant_null.is_null());

/// The three states and the way from each to each.
template <class T>
void check_states(const T& value, const T& other) {
    field<T> member;
    CHECK(member.is_absent());
    CHECK_FALSE(member.is_null());
    CHECK_FALSE(member.has_value());
    CHECK_FALSE(static_cast<bool>(member));
    CHECK(member.state() == member_state::absent);
    member = value;
    CHECK(member.has_value());
    CHECK(static_cast<bool>(member));
    CHECK(member.state() == member_state::value);
    member = null;
    CHECK(member.is_null());
    CHECK_FALSE(member.has_value());
    CHECK_FALSE(member.is_absent());
    CHECK(member.state() == member_state::json_null);
    member = other;
    CHECK(member.has_value());
    const field<T> copy = member;
    member.reset();
    CHECK(member.is_absent());
    CHECK(copy.has_value());
    field<T> made{null};
    made = copy;
    CHECK(made.has_value());

    // The tables rely on this.
    field<T> zero = value;
    std::memset(static_cast<void*>(&zero), 0, sizeof zero);
    CHECK(zero.is_absent());
}

} // namespace

TEST_CASE("field: comparing with a value asks whether it is there and is that one") {
    CHECK(field<text>{"a"} == "a");
    CHECK_FALSE(field<text>{"a"} == "b");
    CHECK(field<text>{"a"} != "b");
    CHECK_FALSE(field<text>{} == "");
    CHECK_FALSE(field<text>{null} == "");
    CHECK(field<text>{""} == "");
    CHECK(field<std::int64_t>{0} == 0);
    CHECK_FALSE(field<std::int64_t>{} == 0);
    CHECK_FALSE(field<std::uint16_t>{std::uint16_t{4464}} == 70000);
    CHECK_FALSE(field<std::uint32_t>{0xFFFFFFFFu} == -1);
    CHECK(field<std::int32_t>{-1} == -1LL);
    CHECK_FALSE(field<std::int32_t>{3} == 3.7);
    CHECK(field<bool>{false} == false);
    CHECK_FALSE(field<bool>{null} == false);
}

TEST_CASE("field: the states of every kind") {
    check_states<text>("a", "");
    check_states<thing_id>(thing_id{"a"}, thing_id{});
    check_states<secret>(secret{"a"}, secret{});
    check_states<number>(number{"1"}, number{});
    const pair pairs[] = {{1, 2}};
    check_states<list<pair>>(list<pair>{pairs}, list<pair>{});
    check_states<bool>(true, false);
    check_states<color>(color::blue, color::red);
    check_states<std::uint8_t>(255, 0);
    check_states<std::int32_t>(-1, 0);
    check_states<std::int64_t>(std::numeric_limits<std::int64_t>::min(),
                               std::numeric_limits<std::int64_t>::max());
    check_states<pair>(pair{1, 2}, pair{});
}

TEST_CASE("field: the value comes out as it went in, and a default one when there is none") {
    CHECK(*field<text>{"abc"} == "abc");
    CHECK((*field<text>{}).empty());
    CHECK((*field<text>{null}).empty());
    CHECK(field<text> { "abc" } -> substr(1) == "bc");
    CHECK(*field<bool>{true});
    CHECK_FALSE(*field<bool>{false});
    CHECK_FALSE(*field<bool>{null});
    CHECK(*field<color>{color::red} == color::red);
    CHECK(*field<color>{color::blue} == color::blue);
    CHECK(*field<color>{static_cast<color>(-1)} == static_cast<color>(-1));
    CHECK(*field<color>{static_cast<color>(std::numeric_limits<std::int32_t>::max())} ==
          static_cast<color>(std::numeric_limits<std::int32_t>::max()));
    CHECK(*field<std::int64_t>{-5} == -5);
    CHECK(*field<std::int64_t>{null} == 0);
    CHECK(field<pair> {
        pair {
            1, 2
        }
    } -> b == 2);
    CHECK((*field<secret>{secret{"s"}}).reveal() == "s");
    const pair pairs[] = {{1, 2}, {3, 4}};
    const field<list<pair>> some = list<pair>{pairs};
    CHECK(some->size() == 2);
    CHECK((*some)[1].a == 3);
    CHECK(field<list<pair>> { null } -> empty());
}

TEST_CASE("field: value_or") {
    CHECK(field<std::int32_t>{3}.value_or(7) == 3);
    CHECK(field<std::int32_t>{}.value_or(7) == 7);
    CHECK(field<std::int32_t>{null}.value_or(7) == 7);
    CHECK(field<text>{}.value_or("none") == "none");
    CHECK(field<text>{""}.value_or("none") == "");
    CHECK(field<bool>{null}.value_or(true));
    CHECK_FALSE(field<bool>{false}.value_or(true));
    CHECK(field<color>{}.value_or(color::blue) == color::blue);
}

TEST_CASE("D-16, D-17, D-55: absent, null and empty text all mean none") {
    CHECK(is_none(field<thing_id>{}));
    CHECK(is_none(field<thing_id>{null}));
    CHECK(is_none(field<thing_id>{thing_id{""}}));
    CHECK_FALSE(is_none(field<thing_id>{thing_id{"x"}}));
    CHECK(is_none(field<text>{""}));
    CHECK_FALSE(is_none(field<text>{" "}));
}

TEST_CASE("list: a view of any contiguous elements") {
    const int array[] = {1, 2, 3};
    const list<int> all{array};
    CHECK(all.size() == 3);
    CHECK(all.front() == 1);
    CHECK(all.back() == 3);
    CHECK(all[1] == 2);
    CHECK(all.data() == array);
    int sum = 0;
    for (const int each : all) sum += each;
    CHECK(sum == 6);
    CHECK(list<int>{}.empty());
    CHECK((list<int>{array, 2}.size()) == 2);
    static_assert(!std::is_constructible_v<list<char>, std::basic_string_view<wchar_t>>);
}
