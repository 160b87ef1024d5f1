// Reads a document by every engine, const and in place, and insists that they agree.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include <tipring/json/copy.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>
#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>
#endif

namespace engines {

/// What all of them say; the value is a copy in `memory`.
template <class T>
tipring::result<T> read(const std::string& body, tipring::arena& memory,
                        const tipring::json::decode_options& options = {}) {
    namespace json = tipring::json;
    const auto got = json::decode<T>(tipring::text{body}, memory, options);
    const auto kept = got ? json::copy(*got, memory) : got;
    std::string changeable = body;
    const auto in_place = json::decode_in_place<T>(std::span<char>{changeable}, memory, options);
    CHECK(in_place.code() == kept.code());
    if (kept && in_place) CHECK(*in_place == *kept);
#if TIPRING_TEST_BOOST
    const auto other = json::decode<T, json::boost_engine>(tipring::text{body}, memory, options);
    CHECK(other.code() == kept.code());
    if (kept && other) CHECK(*other == *kept);
#endif
    return kept;
}

} // namespace engines
