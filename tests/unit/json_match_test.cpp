// What guesses stand on: comparing and reading several bytes at once, skimming, copying plain text,
// and the order of members that is learned. Each against the same done byte by byte.
#include <tipring/json/match.hpp>
#include <tipring/json/order.hpp>
#include <tipring/json/skim.hpp>
#include <tipring/json/write.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "exact_memory.hpp"
#include "json_types.hpp"

using namespace tipring;
using exact_memory::exact_text;
namespace parts = tipring::json::detail;

TEST_CASE("match: equal_prefix counts to the first byte that differs, at every place") {
    const std::string same = "0123456789abcdefghijklmnopqrstuv";
    REQUIRE(same.size() == parts::prefix_size);
    CHECK(parts::equal_prefix(exact_text{same}.view().data(), exact_text{same}.view().data()) ==
          32);
    for (unsigned at = 0; at < parts::prefix_size; ++at) {
        for (unsigned later = at; later < parts::prefix_size; ++later) {
            std::string other = same;
            other[at] = static_cast<char>(other[at] ^ 0x80);
            other[later] = '\0';
            const exact_text a{same};
            const exact_text b{other};
            CHECK(parts::equal_prefix(a.view().data(), b.view().data()) == at);
        }
    }
}

TEST_CASE("match: short integers are what strtol says, and nothing else is one") {
    const auto scan = [](std::string content) {
        content.resize(parts::short_integer_size, 'x');
        return parts::scan_short_integer(exact_text{content}.view().data());
    };
    for (std::uint32_t value = 0; value < 10'000'000;
         value = value < 1200 ? value + 1 : value * 7 / 5) {
        for (const char* const behind : {",", "}", "]", " ", "\n", "x", ""}) {
            const std::string digits = std::to_string(value);
            if (*behind == '\0' && digits.size() < 7) continue;
            const parts::short_integer got = scan(digits + behind);
            CHECK(got.size == digits.size());
            CHECK(got.value == value);
        }
        for (const char* const behind : {".", "e", "E", ".5", "e1"})
            CHECK(scan(std::to_string(value) + behind).size == 0);
    }
    for (const char* const other : {"", "-1", "+1", " 1", "00", "01", "007,", "12345678",
                                    "123456789", "\xB1\xB2", "/1", ":1", "a", "\"1\""})
        CHECK(scan(other).size == 0);
}

TEST_CASE("match: a name's length ends at what cannot be in a plain name") {
    for (unsigned size = 0; size < 40; ++size) {
        for (const char end : {'"', '\\', '\n', '\x1F', '\x7F', '\x80', '\xFF', '!'}) {
            std::string name(size, 'k');
            name += end;
            name.resize(parts::prefix_size < name.size() ? name.size() : parts::prefix_size, 'r');
            const exact_text copy{std::string_view{name}.substr(0, 32)};
            const bool stops = end != '!' && end != '\x7F' && size < 30;
            CHECK(parts::name_length(copy.view().data()) == (stops ? size : 30u));
        }
    }
}

TEST_CASE("match: a bit is set once") {
    std::mt19937_64 random{3};
    for (int round = 0; round < 1000; ++round) {
        const std::uint64_t before = random();
        const auto index = static_cast<std::size_t>(random() % 64);
        std::uint64_t bits = before;
        const bool was_clear = (before >> index & 1) == 0;
        CHECK(parts::set_bit(bits, index) == was_clear);
        CHECK(bits == (before | std::uint64_t{1} << index));
        CHECK_FALSE(parts::set_bit(bits, index));
    }
}

TEST_CASE("write: copy_plain copies all or says that it cannot, at every length and place") {
    for (std::size_t size = 1; size < 80; ++size) {
        std::string content(size, 'a');
        for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(' ' + i);
        std::replace(content.begin(), content.end(), '"', '\x7F');
        std::replace(content.begin(), content.end(), '\\', '~');
        const exact_text from{content};
        std::unique_ptr<char[]> to{new char[size + 1]};
        REQUIRE(parts::copy_plain(to.get(), from.view().data(), size));
        CHECK(std::string_view{to.get(), size} == content);
        for (std::size_t at = 0; at < size; ++at) {
            for (const char odd : {'"', '\\', '\0', '\x1F', '\x80', '\xFF'}) {
                std::string other = content;
                other[at] = odd;
                const exact_text copy{other};
                CHECK_FALSE(parts::copy_plain(to.get(), copy.view().data(), size));
            }
        }
    }
}

TEST_CASE("skim: brackets count outside of strings only, however the blocks fall") {
    std::mt19937 random{11};
    const std::string_view letters = "{}[]\"\"aaaaaaaabbbbbbbb,,::|^_~\\";
    for (int round = 0; round < 20'000; ++round) {
        std::string content;
        const std::size_t size = random() % 200;
        for (std::size_t i = 0; i < size; ++i) content += letters[random() % letters.size()];
        const exact_text bytes{content};
        const parts::skim_state start{.depth = 1 + random() % 6, .in_string = random() % 2 == 0};
        parts::skim_state skimmed = start;
        const char* const stop =
            parts::skim_blocks(bytes.view().data(), bytes.view().data() + bytes.size, skimmed);
        REQUIRE(stop >= bytes.view().data());
        REQUIRE(stop <= bytes.view().data() + bytes.size);
        parts::skim_state counted = start;
        for (const char* at = bytes.view().data(); at != stop; ++at) {
            REQUIRE(*at != '\\');
            if (*at == '"') counted.in_string = !counted.in_string;
            if (counted.in_string) continue;
            if (*at == '{' || *at == '[') ++counted.depth;
            if (*at == '}' || *at == ']') --counted.depth;
            REQUIRE(counted.depth > 0);
        }
        CHECK(skimmed.depth == counted.depth);
        CHECK(skimmed.in_string == counted.in_string);
    }
}

#if !TIPRING_SMALL

namespace {

const json::table& any_table = json::table_of<json_types::everything>;

/// Lets the members come as `came` says, and tells how many were expected.
std::size_t expected_of(json::member_order& order, const std::vector<std::uint8_t>& came) {
    json::member_guess guess = order.of(any_table);
    std::size_t expected = 0;
    for (const std::uint8_t index : came) {
        expected += guess.expected() == index ? 1u : 0u;
        guess.take(index);
    }
    return expected;
}

std::vector<std::uint8_t> declared() {
    std::vector<std::uint8_t> order(any_table.member_count);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i);
    return order;
}
std::vector<std::uint8_t> shuffled(std::mt19937& random) {
    std::vector<std::uint8_t> order = declared();
    std::shuffle(order.begin(), order.end(), random);
    return order;
}

} // namespace

TEST_CASE("order: the declared one is expected, another after it came once") {
    std::mt19937 random{5};
    json::member_order order;
    CHECK(expected_of(order, declared()) == any_table.member_count);
    for (int round = 0; round < 10; ++round) {
        const std::vector<std::uint8_t> other = shuffled(random);
        expected_of(order, other);
        CHECK(expected_of(order, other) == any_table.member_count);
    }
}

TEST_CASE("order: members that never come cost nothing after the first object") {
    json::member_order order;
    std::vector<std::uint8_t> some;
    for (std::uint8_t i = 0; i < any_table.member_count; i = static_cast<std::uint8_t>(i + 2))
        some.push_back(i);
    expected_of(order, some);
    CHECK(expected_of(order, some) == some.size());
}

TEST_CASE("order: a member that comes now and then costs one wrong guess each time that changes") {
    std::mt19937 random{6};
    json::member_order order;
    const std::vector<std::uint8_t> all = shuffled(random);
    expected_of(order, all);
    for (std::size_t left_out = 0; left_out + 1 < all.size(); ++left_out) {
        std::vector<std::uint8_t> others = all;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
        for (int round = 0; round < 3; ++round) {
            CHECK(expected_of(order, others) == others.size() - 1);
            CHECK(expected_of(order, others) == others.size());
            CHECK(expected_of(order, all) == all.size() - 1);
            CHECK(expected_of(order, all) == all.size());
        }
    }
}

TEST_CASE("order: what is expected behind the last member is no member") {
    json::member_order order;
    json::member_guess guess = order.of(any_table);
    for (const std::uint8_t index : declared()) guess.take(index);
    CHECK(guess.expected() == any_table.member_count);
}

TEST_CASE("order: of more types than there is room for nothing is learned") {
    json::member_order order;
    json::table tables[12] = {};
    for (json::table& type : tables) {
        type = any_table;
        json::member_guess guess = order.of(type);
        guess.take(3);
        guess.take(1);
    }
    CHECK(order.of(tables[7]).expected() == 3);
    json::member_guess learned = order.of(tables[7]);
    learned.take(3);
    CHECK(learned.expected() == 1);
    for (const std::size_t other : {8u, 11u}) {
        json::member_guess guess = order.of(tables[other]);
        CHECK(guess.expected() == 0);
        guess.take(3);
        CHECK(guess.expected() == 4);
        CHECK(guess.learned->lengths[0] == json::varies);
        // While an object of another such type is open in it, and after that.
        guess = order.of(tables[other]);
        json::member_guess inner = order.of(tables[10]);
        inner.take(5);
        CHECK(guess.expected() == 0);
    }
}

#endif
