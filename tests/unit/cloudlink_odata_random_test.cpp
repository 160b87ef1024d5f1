// OData filters: random expressions there and back, evaluated against trees that know nothing of
// filters; and damaged ones.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include <tipring/cloudlink/odata.hpp>
#include <tipring/core/arena.hpp>

#include "guard_page.hpp"
#include "odata_expressions.hpp"
#include "random_value.hpp"

using namespace odata_expressions;
using tipring::errc;
using tipring::result;

namespace {

std::string printed(const odata::filter& what) {
    std::string bytes(65536, '\0');
    tipring::writer out{std::span<char>{bytes.data(), bytes.size()}};
    CHECK(odata::print(what, out).code() == errc::ok);
    return std::string{out.written()};
}

/// The tree with every parenthesis that can be, as a careful person would write it.
std::string spelled_out(const node& from, filter_maker& maker) {
    node positive = from;
    positive.negated = false;
    std::string made;
    if (from.what == node::kind::leaf) made = printed(maker.make(positive));
    for (const node& child : from.children) {
        if (!made.empty()) made += from.what == node::kind::all ? " and " : " or ";
        made += spelled_out(child, maker);
    }
    return (from.negated ? "(not (" : "((") + made + "))";
}

} // namespace

TEST_CASE(
    "OData: random filters hold for the rows that their trees hold for, also after a round trip") {
    std::size_t matches = 0;
    std::size_t misses = 0;
    for (const std::uint64_t seed : random_values::seeds()) {
        generator random{seed};
        for (int round = 0; round < 300; ++round) {
            const node tree = random.expression(1 + random.below(odata::filter::capacity));
            filter_maker maker;
            const odata::filter made = maker.make(tree);
            const std::string written = printed(made);
            CAPTURE(seed);
            CAPTURE(written);

            tipring::static_arena<4096> memory;
            const result<odata::filter> read = odata::parse_filter(written, memory);
            REQUIRE(read.code() == errc::ok);
            REQUIRE(printed(*read) == written);

            // A time in quotes reads back as text; all else is the same filter.
            if (written.find("seenOn") == std::string::npos) REQUIRE(*read == made);

            tipring::static_arena<4096> more_memory;
            const std::string careful = spelled_out(tree, maker);
            const result<odata::filter> same = odata::parse_filter(careful, more_memory);
            if (same.code() != errc::too_deep) {
                CAPTURE(careful);
                REQUIRE(same.code() == errc::ok);
                REQUIRE(*same == *read);
            }
            for (int i = 0; i < 10; ++i) {
                const row at = random.random_row();
                const bool expected = holds(tree, at);
                REQUIRE(holds(made, at) == expected);
                REQUIRE(holds(*read, at) == expected);
                ++(expected ? matches : misses);
            }
        }
    }
    CHECK(matches > 1000);
    CHECK(misses > 1000);
}

TEST_CASE("OData: damaged filters are refused or read, and nothing outside of them is touched") {
    std::size_t refused = 0;
    std::size_t accepted = 0;
    for (const std::uint64_t seed : random_values::seeds()) {
        generator random{seed};
        for (int round = 0; round < 400; ++round) {
            filter_maker maker;
            std::string written = printed(maker.make(random.expression(1 + random.below(5))));
            for (std::size_t damage = 1 + random.below(3); damage != 0; --damage) {
                const std::size_t at = random.below(written.size() + 1);
                static constexpr std::string_view pieces[] = {"(",
                                                              ")",
                                                              "'",
                                                              " ",
                                                              "not ",
                                                              " and ",
                                                              " or ",
                                                              " eq ",
                                                              ",",
                                                              "null",
                                                              "1",
                                                              "-",
                                                              "\xFF",
                                                              "\xC3",
                                                              "\n",
                                                              "\t",
                                                              "/",
                                                              "contains(",
                                                              std::string_view{"\0", 1}};
                switch (random.below(3)) {
                case 0: written.resize(at); break;
                case 1: written.erase(at, 1 + random.below(4)); break;
                default: written.insert(at, pieces[random.below(std::size(pieces))]);
                }
            }
            CAPTURE(written);
            exact_memory::text_before_end page;
            const std::span<char> held = page.keep(written);
            const tipring::text exact{held.data(), held.size()};
            const std::size_t room = random.below(64);
            std::vector<char> bytes(room);
            tipring::arena memory{std::span<char>{bytes}};
            odata::filter read;
            const result<void> outcome = odata::parse_filter(exact, memory, read);
            if (outcome) {
                ++accepted;
                tipring::static_arena<4096> again;
                const std::string written_again = printed(read);
                const result<odata::filter> same = odata::parse_filter(written_again, again);
                REQUIRE(same.code() == errc::ok);
                REQUIRE(*same == read);
                continue;
            }
            ++refused;
            REQUIRE(read.empty());
            REQUIRE(memory.used() == 0);
            const tipring::error failure = outcome.error();
            if (failure.code == errc::capacity) {
                REQUIRE(failure.needed > room);
            } else if (failure.code != errc::too_many) {
                REQUIRE(failure.offset <= written.size());
            }
        }
    }
    CHECK(refused > 500);
    CHECK(accepted > 100);
}

TEST_CASE("OData: every prefix of a filter, every arena and every buffer ends in a clear error") {
    const std::string whole =
        "(not (name eq 'O''Neil')) or contains(name,'a''b') and createdOn ge 2022-04-26T12:12:38.940Z";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        exact_memory::text_before_end page;
        const std::span<char> held = page.keep(whole.substr(0, size));
        const tipring::text exact{held.data(), held.size()};
        tipring::static_arena<64> memory;
        const result<odata::filter> read = odata::parse_filter(exact, memory);
        CAPTURE(size);
        if (!read) CHECK(read.error().offset <= size);
    }
    for (std::size_t room = 0; room <= 16; ++room) {
        std::vector<char> bytes(room);
        tipring::arena memory{std::span<char>{bytes}};
        const result<odata::filter> read = odata::parse_filter(whole, memory);
        CAPTURE(room);
        if (room < 9) {
            CHECK(read.code() == errc::capacity);
            CHECK(read.error().needed > room);
            CHECK(read.error().needed <= 9);
        } else {
            CHECK(read.code() == errc::ok);
        }
    }
    tipring::static_arena<64> memory;
    const result<odata::filter> read = odata::parse_filter(whole, memory);
    REQUIRE(read.code() == errc::ok);
    for (std::size_t room = 0; room <= whole.size(); ++room) {
        std::vector<char> bytes(room);
        tipring::writer out{std::span<char>{bytes}};
        CHECK(odata::print(*read, out).code() == errc::ok);
        CHECK(out.size() == whole.size());
        CHECK(out.fits() == (room == whole.size()));
    }
}
