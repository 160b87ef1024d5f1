// Runs every case of vectors/cloudlink; see vector_runner.hpp.
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "cloudlink_operations.hpp"
#include "vector_runner.hpp"

namespace {

using namespace tipring;
using vectors::vector_case;

const std::vector<vector_case>& all_cases() {
    static const std::vector<vector_case> cases = vectors::read_folder("vectors/cloudlink");
    return cases;
}

/// One service, as the runner sees it.
template <class List, cloudlink::service Service>
struct api {
    using operations = List;

    static auto parse(const http::request& from, arena& memory) {
        return server::cloudlink::parse<List>(from, memory,
                                              {.prefix = cloudlink::api_of(Service).base_path});
    }
    static origin_server server() {
        static constexpr http::header app[] = {
            {.name = "x-mitel-app",
             .value =
                 "app=tipring-test/1.0;platform=linux/6.1;session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;"}};
        static static_arena<512> memory;
        const cloudlink::platform cloud{
            .app = app[0],
            .authorization = {.name = "Authorization", .value = "Bearer t0ken", .is_secret = true}};
        memory.reset();
        return *cloudlink::server_of(Service, cloud, memory);
    }
    static auto respond_error(const http::api_error& said, arena& memory) {
        return server::cloudlink::respond_error(said, memory);
    }
    template <class Page>
    static auto rows_of(const Page& page) {
        return items(page);
    }
    template <class Page>
    static void check_page(const Page& end, const Page& page) {
        CHECK(end.count.state() == page.count.state());
        CHECK(end.count.value_or(0) == page.count.value_or(0));
        CHECK(next_link(end) == next_link(page));
    }
};

/// Runs `visit(std::type_identity<Api>{})` for the service that the case names.
template <class Visit>
void for_service(const vector_case& c, const Visit& visit) {
    bool is_known = false;
    using cloudlink::service;
    const auto try_one = [&]<class List, service Service>() {
        if (c.key("service") != cloudlink::api_of(Service).service) return;
        is_known = true;
        visit(std::type_identity<api<List, Service>>{});
    };
    cloudlink_operations::for_each_list(try_one);
    REQUIRE_MESSAGE(is_known, c.key("service"));
}

} // namespace

TEST_CASE(
    "CloudLink vectors: all payloads of the fact sheet's part I that are messages are there") {
    std::set<std::string> ids;
    std::set<int> payloads;
    for (const vector_case& c : all_cases()) {
        CHECK_MESSAGE(ids.insert(c.id).second, c.id);
        if (c.id.front() == 'V') payloads.insert(std::stoi(c.id.substr(1)));
    }
    // V21 to V25 are no messages: values of OData, URLs, headers; V26 and V27 are answers that
    // stand for any operation.
    for (int n = 1; n <= 20; ++n) CHECK_MESSAGE(payloads.count(n) == 1, "V", n);
}

TEST_CASE("CloudLink vectors: requests") {
    for (const vector_case& c : all_cases()) {
        if (c.block("http request") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        for_service(
            c, [&](auto identity) { vectors::run_request<typename decltype(identity)::type>(c); });
    }
}

TEST_CASE("CloudLink vectors: responses") {
    for (const vector_case& c : all_cases()) {
        if (c.block("http response") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        for_service(
            c, [&](auto identity) { vectors::run_response<typename decltype(identity)::type>(c); });
    }
}

TEST_CASE("CloudLink vectors: what comes by itself") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        if (c.block("json fragment") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        REQUIRE(c.key("type") == "publication");
        vectors::run_fragment<cloudlink::publication>(c);
        ++run;
    }
    CHECK(run > 0);
}

TEST_CASE("Q-5, Q-6: CloudLink vectors: malformed originals are refused where they go wrong") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        if (c.block("text malformed") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        vectors::run_malformed<cloudlink::message>(c);
        ++run;
    }
    CHECK(run > 0);
}
