// The advanced search of calls: random searches there and back, and damaged ones. The seed is
// fixed.
#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include <tipring/core/arena.hpp>
#include <tipring/http/query.hpp>
#include <tipring/miarec/search.hpp>
#include <tipring/miarec/search_codec.hpp>

#include "miarec_search.hpp"
#include "search_conditions.hpp"

using search_conditions::generator;
using search_test::put;
using search_test::put_in_query;
using search_test::query_of;
using search_test::received;
using tipring::errc;
using tipring::result;
using tipring::text;
using tipring::miarec::call_search;
using tipring::miarec::comparison;
using tipring::miarec::condition;
using tipring::miarec::parse_clause;
using tipring::miarec::search_parameter;
namespace http = tipring::http;

TEST_CASE("search: what a client sends is what a server sees, for 4000 random searches") {
    generator make{random_values::engine{20190430}};
    std::set<std::pair<search_parameter, comparison>> seen;
    for (int round = 0; round < 4000; ++round) {
        make.texts.clear();
        call_search sent;
        for (std::uint32_t i = 0, size = 1 + make.below(call_search::capacity); i < size; ++i) {
            const condition one = make.any();
            seen.emplace(one.parameter(), one.op());
            REQUIRE(sent.add(one) == errc::ok);
        }
        const std::string query = query_of(sent);
        CAPTURE(query);
        const received got{text{query}.substr(1)};
        REQUIRE(got.code == errc::ok);
        REQUIRE(got.others == 1); // advanced_search itself
        REQUIRE(got.what == sent);
    }
    CHECK(seen.size() > 300);
}

TEST_CASE(
    "search: whatever a server accepts means the same when it is sent on, for 200000 damaged clauses") {
    generator make{random_values::engine{20190430}};
    int accepted = 0;
    for (int round = 0; round < 200'000; ++round) {
        make.texts.clear();
        const std::string clause = query_of(make.any()).substr(sizeof "?advanced_search=1&" - 1);
        std::string damaged = clause;
        for (std::uint32_t i = 0, times = make.below(3); i < times; ++i) {
            const std::size_t at = make.below(static_cast<std::uint32_t>(damaged.size()));
            static constexpr char bytes[] = "_-/:.=%0123456789 TZ+aeis";
            if (make.below(2) != 0)
                damaged[at] = bytes[make.below(sizeof bytes - 1)];
            else
                damaged.erase(at, 1);
            if (damaged.empty()) damaged = "x";
        }
        auto reader = http::query_reader::make(damaged);
        if (!reader) continue;
        const auto pair = reader->next();
        if (!pair) continue;
        tipring::static_arena<4096> memory;
        const auto name = reader->decode(pair->name, memory);
        const auto value = reader->decode(pair->value, memory);
        if (!name || !value) continue;
        call_search got;
        const result<bool> taken = parse_clause(*name, *value, got);
        REQUIRE(got.size() == (taken.value_or(false) ? 1u : 0u));
        if (!taken) {
            const bool expected =
                taken.code() == errc::bad_parameter || taken.code() == errc::unknown_parameter;
            REQUIRE(expected);
            continue;
        }
        if (!*taken) continue;
        const put_in_query again = put(got);
        if (again.failure.code != errc::ok) continue; // such as bounds in the wrong order
        CAPTURE(damaged);
        CAPTURE(again.query);
        const received once_more{text{again.query}.substr(1)};
        REQUIRE(once_more.code == errc::ok);
        REQUIRE(once_more.what == got);
        ++accepted;
    }
    CHECK(accepted > 20'000);
}
