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
            const unsigned expected = at != 0 ? at : later != 0 ? later : 32u;
            CHECK(parts::equal_prefix(a.view().data(), b.view().data(), 1) == expected);
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

TEST_CASE("match: find_byte gives the first of its kind") {
    json::member_sequence sequence = json::declared_sequence;
    for (unsigned i = 0; i < sequence.size(); ++i)
        CHECK(parts::find_byte(sequence.data(), static_cast<std::uint8_t>(i)) == i);
    std::reverse(sequence.begin(), sequence.begin() + 64);
    for (unsigned i = 0; i < 64; ++i)
        CHECK(parts::find_byte(sequence.data(), static_cast<std::uint8_t>(i)) == 63 - i);
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
unsigned expected_of(json::member_order& order, const std::vector<std::uint8_t>& came,
                     bool may_learn = true) {
    json::member_guess guess = order.of(any_table);
    unsigned expected = 0;
    std::uint64_t seen = 0;
    for (const std::uint8_t index : came) {
        expected += *guess.next() == index ? 1u : 0u;
        json::member_order::take(guess, index, [may_learn] { return may_learn; });
        seen |= std::uint64_t{1} << index;
        // All that was seen lies before the position, which is what makes doubles impossible.
        std::uint64_t before = 0;
        for (unsigned i = 0; i < guess.position; ++i)
            before |= std::uint64_t{1} << (*guess.sequence)[i];
        CHECK((seen & ~before) == 0);
    }
    return expected;
}

std::vector<std::uint8_t> shuffled(std::mt19937& random) {
    std::vector<std::uint8_t> order(any_table.member_count);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i);
    std::shuffle(order.begin(), order.end(), random);
    return order;
}

} // namespace

TEST_CASE("order: the declared one is expected, another after it came once") {
    std::mt19937 random{5};
    json::member_order order;
    std::vector<std::uint8_t> declared(any_table.member_count);
    for (std::size_t i = 0; i < declared.size(); ++i) declared[i] = static_cast<std::uint8_t>(i);
    CHECK(expected_of(order, declared) == any_table.member_count);
    for (int round = 0; round < 10; ++round) {
        const std::vector<std::uint8_t> other = shuffled(random);
        expected_of(order, other);
        CHECK(expected_of(order, other) == any_table.member_count);
    }
}

TEST_CASE("order: a run of members is these members, however often and wherever runs end") {
    std::mt19937 random{7};
    json::member_order order;
    for (int round = 0; round < 50; ++round) {
        expected_of(order, shuffled(random));
        for (int object = 0; object < 20; ++object) {
            json::member_guess guess = order.of(any_table);
            // Mostly the same ends as in the object before, as records have them.
            std::mt19937 ends{static_cast<unsigned>(random() % 3)};
            while (guess.position < any_table.member_count) {
                const unsigned start = guess.position;
                const auto most = static_cast<unsigned>(any_table.member_count) - start;
                const unsigned count = 1 + static_cast<unsigned>(ends() % most);
                std::uint64_t members = 0;
                for (unsigned i = start; i < start + count; ++i)
                    members |= std::uint64_t{1} << (*guess.sequence)[i];
                REQUIRE(guess.advance(count) == members);
                REQUIRE(guess.position == start + count);
            }
        }
    }
}

TEST_CASE("order: a member that never comes costs nothing after the first object") {
    json::member_order order;
    std::vector<std::uint8_t> some;
    for (std::uint8_t i = 0; i < any_table.member_count; i = static_cast<std::uint8_t>(i + 2))
        some.push_back(i);
    expected_of(order, some);
    CHECK(expected_of(order, some) == some.size());
}

TEST_CASE("order: what may not be learned, and what surprises for ever, is expected as declared") {
    std::mt19937 random{6};
    json::member_order order;
    const std::vector<std::uint8_t> other = shuffled(random);
    expected_of(order, other, false);
    json::member_guess guess = order.of(any_table);
    CHECK(guess.sequence == &json::declared_sequence);
    for (int round = 0; round < 200; ++round) expected_of(order, shuffled(random));
    guess = order.of(any_table);
    CHECK(guess.sequence == &json::declared_sequence);
    CHECK(guess.learned->lengths[0] == json::varies);
}

TEST_CASE("order: more types than there is room for are expected as declared") {
    json::member_order order;
    json::table tables[12] = {};
    for (json::table& type : tables) {
        type = any_table;
        json::member_guess guess = order.of(type);
        json::member_order::take(guess, 3, [] { return true; });
        json::member_order::take(guess, 1, [] { return true; });
    }
    CHECK((*order.of(tables[7]).sequence)[0] == 3);
    CHECK((*order.of(tables[7]).sequence)[1] == 1);
    CHECK(order.of(tables[8]).sequence == &json::declared_sequence);
    CHECK(order.of(tables[11]).sequence == &json::declared_sequence);
}

#endif
