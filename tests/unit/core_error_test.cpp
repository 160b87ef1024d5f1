// Errors: a message for every code, the forms of print() and describe().
#include <tipring/core/error.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <type_traits>

using namespace tipring;

static_assert(std::is_trivially_copyable_v<error>);
static_assert(error{}.code == errc::ok);

namespace {

std::string line(const error& failure) {
    char buffer[300];
    return std::string{describe(failure, buffer)};
}

member_path path(std::size_t steps) {
    member_path made;
    for (std::size_t i = 0; i < steps; ++i) {
        if (i % 2 == 0)
            made.push_member("m");
        else
            made.push_element(i);
    }
    return made;
}

} // namespace

TEST_CASE("error: every code has words of its own, without a full stop") {
    std::set<text> seen;
    for (std::size_t i = 0; i < static_cast<std::size_t>(errc::count_); ++i) {
        const text words = message(static_cast<errc>(i));
        INFO(std::string{words});
        CHECK(words.size() > 5);
        CHECK(words.back() != '.');
        CHECK(seen.insert(words).second);
    }
    CHECK(message(errc::count_) == "unknown error");
    CHECK(message(static_cast<errc>(255)) == "unknown error");
}

TEST_CASE("error: one line for people") {
    CHECK(line({}) == "no error");
    CHECK(line({.code = errc::invalid_json}) == "not valid JSON");
    CHECK(line({.code = errc::invalid_json, .offset = 0}) == "not valid JSON (at byte 0)");
    CHECK(line({.code = errc::capacity, .needed = 100}) == "not enough memory (needs 100)");
    CHECK(
        line({.code = errc::capacity, .needed_is_lower_bound = true, .offset = 5, .needed = 100}) ==
        "not enough memory (at byte 5, needs at least 100)");
    error nested = {.code = errc::expected_integer, .offset = 1234};
    nested.path.push_member("calls");
    nested.path.push_element(3);
    nested.path.push_member("files");
    nested.path.push_element(0);
    nested.path.push_member("file_size");
    CHECK(line(nested) == "calls[3].files[0].file_size: expected integer (at byte 1234)");
    error element = {.code = errc::expected_object};
    element.path.push_element(2);
    CHECK(line(element) == "[2]: expected object");
}

TEST_CASE("error: a path keeps its outermost steps") {
    const auto printed = [](const member_path& where) {
        char buffer[100];
        writer out{buffer};
        print(where, out);
        return std::string{out.written()};
    };
    CHECK(printed(path(0)).empty());
    CHECK(printed(path(1)) == "m");
    CHECK(printed(path(8)) == "m[1].m[3].m[5].m[7]");
    CHECK(printed(path(9)) == "m[1].m[3].m[5].m[7]...");
    CHECK(path(8).truncated == false);
    CHECK(path(20).truncated);
    CHECK(path(20).size == member_path::capacity);
}

TEST_CASE("error: describe() cuts to the buffer, and never writes past it") {
    error failure = {.code = errc::expected_integer, .offset = 12};
    failure.path.push_member("duration");
    const std::string whole = "duration: expected integer (at byte 12)";
    for (std::size_t size = 0; size <= whole.size() + 1; ++size) {
        std::string buffer(size + 1, '#');
        const text got = describe(failure, std::span<char>{buffer.data(), size});
        CHECK(got.size() <= size);
        CHECK(buffer[size] == '#');
        if (size >= whole.size())
            CHECK(got == whole);
        else
            CHECK(got == text{"expected integer"}.substr(0, size));
    }
}

TEST_CASE("error: a step is a member with a name or an element without one") {
    member_path made;
    made.push_member("calls");
    made.push_element(3);
    CHECK(made.steps[0].member() == "calls");
    CHECK_FALSE(made.steps[0].is_element());
    CHECK(made.steps[1].member().empty());
    CHECK(made.steps[1].is_element());
}

TEST_CASE("error: a member in front of a path, the last step of a full one is lost") {
    member_path made = path(member_path::capacity - 1);
    const path_step first = made.steps[0];
    made.prepend_member("outer");
    CHECK(made.size == member_path::capacity);
    CHECK_FALSE(made.truncated);
    CHECK(made.steps[0].member() == "outer");
    CHECK(made.steps[1].name == first.name);
    CHECK(made.steps[1].number == first.number);
    made.prepend_member("outermost");
    CHECK(made.size == member_path::capacity);
    CHECK(made.truncated);
    CHECK(made.steps[0].member() == "outermost");
    CHECK(made.steps[1].member() == "outer");
}

TEST_CASE("error: a path that goes on with another is cut where either was") {
    member_path outer = path(1);
    outer.push_all(path(2));
    CHECK(outer.size == 3);
    CHECK_FALSE(outer.truncated);
    member_path cut = path(member_path::capacity + 1);
    REQUIRE(cut.truncated);
    cut.size = 1;
    outer.push_all(cut);
    CHECK(outer.size == 4);
    CHECK(outer.truncated);
    outer.push_all(path(1));
    CHECK(outer.truncated);
}
