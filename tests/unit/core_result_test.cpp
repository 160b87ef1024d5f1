// result<T>: value or error, and what is chained from it.
#include <tipring/core/result.hpp>

#include <doctest/doctest.h>

#include <type_traits>
#include <utility>

using namespace tipring;

namespace {

/// Can be moved, not copied.
struct owner {
    explicit owner(int held) : value{held} {}
    owner(owner&& other) noexcept : value{std::exchange(other.value, 0)} {}
    owner& operator=(owner&&) = delete;
    int value;
};

constexpr result<int> half(int number) {
    if (number % 2 != 0) return errc::bad_parameter;
    return number / 2;
}

// Named, since g++ 12 with -fsanitize=undefined takes no address of a temporary in a constant.
constexpr result<int> half_of_four = half(4);
constexpr result<int> half_of_three = half(3);
static_assert(half_of_four.has_value());
static_assert(*half_of_four == 2);
static_assert(half_of_three.code() == errc::bad_parameter);
static_assert(half_of_three.value_or(7) == 7);
static_assert(result<void>{}.has_value());
static_assert(std::is_trivially_copyable_v<result<int>>);
static_assert(std::is_trivially_destructible_v<result<int>>);
static_assert(!std::is_convertible_v<result<int>, bool>);

} // namespace

TEST_CASE("result: a value") {
    result<int> got = 5;
    CHECK(got.has_value());
    CHECK(static_cast<bool>(got));
    CHECK(*got == 5);
    CHECK(got.code() == errc::ok);
    CHECK(got.error().code == errc::ok);
    CHECK(got.value_or(7) == 5);
    *got = 6;
    CHECK(*got == 6);
}

TEST_CASE("result: an error") {
    const result<int> bare = errc::too_deep;
    CHECK_FALSE(bare.has_value());
    CHECK(bare.code() == errc::too_deep);
    CHECK(bare.error().offset == error::no_offset);
    CHECK(bare.value_or(7) == 7);
    const result<int> full = error{.code = errc::capacity, .offset = 3, .needed = 9};
    CHECK(full.error().offset == 3);
    CHECK(full.error().needed == 9);
}

TEST_CASE("result: things that can only be moved") {
    result<owner> got = owner{4};
    CHECK(got->value == 4);
    const owner taken = *std::move(got);
    CHECK(taken.value == 4);
    const int next =
        *result<owner>{owner{5}}.transform([](owner&& moved) { return moved.value + 1; });
    CHECK(next == 6);
}

TEST_CASE("result: chains stop at the first error") {
    CHECK(*half(8).and_then(half).and_then(half) == 1);
    int calls = 0;
    const auto counted = [&calls](int number) {
        ++calls;
        return half(number);
    };
    const result<int> failed = half(6).and_then(counted).and_then(counted);
    CHECK(failed.code() == errc::bad_parameter);
    CHECK(calls == 1);
    const result<double> changed = half(4).transform([](int number) { return number + 0.5; });
    CHECK(*changed == 2.5);
    CHECK(half(3).transform([](int number) { return number; }).code() == errc::bad_parameter);
}

TEST_CASE("result<void>") {
    const result<void> good;
    CHECK(good.has_value());
    CHECK(good.code() == errc::ok);
    const result<void> bad = errc::wrong_order;
    CHECK_FALSE(bad.has_value());
    CHECK(bad.code() == errc::wrong_order);
    const result<void> full = error{.code = errc::capacity, .needed = 9};
    CHECK(full.error().needed == 9);
}
