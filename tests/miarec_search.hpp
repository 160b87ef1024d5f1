// What the tests of MiaRec's search share: sending a search and receiving one.
#pragma once

#include <doctest/doctest.h>

#include <span>
#include <string>

#include <tipring/core/arena.hpp>
#include <tipring/http/query.hpp>
#include <tipring/miarec/search.hpp>
#include <tipring/miarec/search_codec.hpp>

namespace search_test {

using tipring::errc;
using tipring::text;
using tipring::miarec::call_search;
using tipring::miarec::condition;

struct put_in_query {
    std::string query;
    tipring::error failure;
};

inline put_in_query put(const call_search& what) {
    std::string bytes(8192, '\0');
    tipring::writer out{std::span<char>{bytes.data(), bytes.size()}};
    tipring::http::query_writer query{out};
    const auto done = tipring::miarec::put_query(what, query);
    return {std::string{out.written()}, done.error()};
}

/// The query of a search that can be sent.
inline std::string query_of(const call_search& what) {
    const put_in_query done = put(what);
    CHECK(done.failure.code == errc::ok);
    return done.query;
}

/// Reads a whole query, without its question mark, as a server does.
struct received {
    tipring::static_arena<16384> memory;
    call_search what;
    errc code = errc::ok;
    int others = 0;

    explicit received(text query) {
        auto reader = tipring::http::query_reader::make(query);
        if (!reader) {
            code = reader.code();
            return;
        }
        while (const auto pair = reader->next()) {
            const auto name = reader->decode(pair->name, memory);
            const auto value = reader->decode(pair->value, memory);
            REQUIRE(name.has_value());
            REQUIRE(value.has_value());
            const auto taken = tipring::miarec::parse_clause(*name, *value, what);
            if (!taken) {
                code = taken.code();
                return;
            }
            if (!*taken) ++others;
        }
    }
};

} // namespace search_test
