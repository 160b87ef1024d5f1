// What holds for the operations of every API.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "no_heap.hpp"
#include "operations.hpp"

namespace operations {

/// What a client builds is what a server parses, for random values of every operation; the path has
/// nothing but unreserved characters and escapes.
inline void check_round_trips(const std::vector<operation>& all, const http::origin_server& server,
                              std::uint64_t seed) {
    random_values::engine source{seed};
    for (const operation& op : all) {
        for (int round = 0; round < 12; ++round) {
            CAPTURE(seed);
            CAPTURE(op.codec.facts->name);
            memory room;
            std::vector<std::byte> sent(op.codec.type->size);
            fill_operation(op, sent.data(), source, room.room);
            no_heap_guard guard;
            const auto request =
                http::detail::build_request(*op.codec.facts, *op.codec.type, sent.data(), server,
                                            room.room, {.legacy_licensing = true});
            guard.stop();
            char line[200];
            REQUIRE_MESSAGE(request, describe(request.error(), line));
            const auto target = tipring::server::detail::split(request->target, server.prefix);
            REQUIRE(target);
            const auto is_plain = [](char c) {
                return http::is_unreserved(c) || c == '%' || c == '/';
            };
            CHECK(std::all_of(target->path.begin(), target->path.end(), is_plain));
            std::vector<std::byte> received(op.codec.type->size);
            const tipring::server::parse_options options;
            const auto parsed = tipring::server::detail::request_parser{op.codec, received.data(),
                                                                        room.room, options}
                                    .run(*request, target->path, target->query);
            REQUIRE_MESSAGE(parsed, describe(parsed.error(), line));
            CHECK(json::detail::comparison{}.run(*op.codec.type, sent.data(), received.data()));
        }
    }
}

/// The request of every operation is taken for that operation and no other.
inline void check_paths(const std::vector<operation>& all, const http::origin_server& server) {
    std::vector<tipring::server::detail::candidate> candidates;
    for (const operation& op : all) candidates.push_back(op.codec);
    random_values::engine source{7};
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(all[i].codec.facts->name);
        memory room;
        std::vector<std::byte> parameters(all[i].codec.type->size);
        fill_operation(all[i], parameters.data(), source, room.room);
        const auto request = http::detail::build_request(*all[i].codec.facts, *all[i].codec.type,
                                                         parameters.data(), server, room.room, {});
        REQUIRE(request);
        const auto target = tipring::server::detail::split(request->target, server.prefix);
        REQUIRE(target);
        const auto chosen = tipring::server::detail::choose(candidates.data(), candidates.size(),
                                                            request->method, target->path);
        REQUIRE(chosen);
        CHECK(*chosen == i);
    }
}

} // namespace operations
