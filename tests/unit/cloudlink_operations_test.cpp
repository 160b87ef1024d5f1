// What holds for all operations of CloudLink: client to server is the identity, each has a path of
// its own, a source and a grade of evidence.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "cloudlink_operations.hpp"
#include "operation_checks.hpp"

namespace {

using namespace tipring;

origin_server server_of(cloudlink::service which, arena& memory) {
    const cloudlink::platform cloud{.app = {.name = "x-mitel-app", .value = "app=a-b/1;"}};
    const auto server = cloudlink::server_of(which, cloud, memory);
    REQUIRE(server);
    return *server;
}

} // namespace

TEST_CASE("cloudlink operations: each has a service, a source, a line of documentation") {
    std::size_t count = 0;
    for (const auto& group : cloudlink_operations::all()) {
        std::set<std::string> seen;
        for (const auto& op : group.operations) {
            const http::operation& facts = *op.codec.facts;
            CAPTURE(facts.name);
            CHECK(facts.api == &cloudlink::api_of(group.service));
            CHECK(seen.insert(std::string{http::name(facts.method)} + " " + std::string{facts.path})
                      .second);
            CHECK(facts.path.starts_with("/"));
            CHECK_FALSE(facts.path.ends_with("/"));
            CHECK_FALSE(facts.path.starts_with("/20"));
            CHECK(tipring::text{facts.source}.empty() == (TIPRING_SMALL != 0));
            CHECK(tipring::text{facts.doc}.empty() == (TIPRING_SMALL != 0));
            if (facts.method == http::method::post) CHECK_FALSE(facts.idempotent);
            ++count;
        }
    }
    MESSAGE(count, " operations");
}

TEST_CASE(
    "cloudlink operations: what a client builds is what a server parses, for random values of every operation") {
    for (const std::uint64_t seed : random_values::seeds())
        for (const auto& group : cloudlink_operations::all()) {
            static_arena<512> memory;
            operations::check_round_trips(group.operations, server_of(group.service, memory), seed);
        }
}

TEST_CASE("cloudlink operations: the request of each is taken for that one") {
    for (const auto& group : cloudlink_operations::all()) {
        static_arena<512> memory;
        operations::check_paths(group.operations, server_of(group.service, memory));
    }
}
