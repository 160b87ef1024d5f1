// Runs every case of vectors/miarec; see vector_runner.hpp.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include <tipring/auth/basic.hpp>
#include <tipring/server/miarec.hpp>
#include <tipring/tipring.hpp>

#include "vector_runner.hpp"

namespace {

using namespace tipring;
using exact_memory::block;
using exact_memory::exact_text;
using vectors::plenty;
using vectors::vector_case;

const std::vector<vector_case>& all_cases() {
    static const std::vector<vector_case> cases = vectors::read_folder("vectors/miarec");
    return cases;
}

struct api {
    using operations = server::miarec::detail::all_operations;

    static auto parse(const http::request& from, arena& memory) {
        return server::miarec::parse(from, memory);
    }
    static origin_server server() {
        static const auto login = *auth::basic_authorization::make("apiuser", secret{"secret"});
        return {.origin = "https://recorder.example", .authorization = login.header()};
    }
    static auto respond_error(const http::api_error& said, arena& memory) {
        return server::miarec::respond_error(said, memory);
    }
    template <class Page>
    static list<typename Page::row> rows_of(const Page& page) {
        const json::table& type = json::table_of<Page>;
        for (std::size_t i = 0; i < type.member_count; ++i) {
            if (type.members[i].kind != json::kind::array) continue;
            const auto found =
                json::list_of(type.members[i], reinterpret_cast<const std::byte*>(&page));
            return {reinterpret_cast<const typename Page::row*>(found.data), found.size};
        }
        return {};
    }
    template <class Page>
    static void check_page(const Page& end, const Page& page) {
        CHECK(end.total.state() == page.total.state());
        CHECK(end.total.value_or(0) == page.total.value_or(0));
        CHECK(end.next_url.state() == page.next_url.state());
        CHECK(end.next_url.value_or("") == page.next_url.value_or(""));
    }
};

} // namespace

TEST_CASE("MiaRec vectors: all payloads of the documents are there") {
    std::map<char, std::size_t> count;
    std::set<std::string> ids;
    for (const vector_case& c : all_cases()) {
        CHECK_MESSAGE(ids.insert(c.id).second, c.id);
        ++count[c.id.front()];
    }
    CHECK(count['V'] == 65);
    CHECK(count['N'] == 6);
    CHECK(count['M'] == 7);
    CHECK(count['H'] >= 60);
}

TEST_CASE("MiaRec vectors: requests") {
    std::set<std::string> operations;
    for (const vector_case& c : all_cases()) {
        if (c.block("http request") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        vectors::run_request<api>(c);
        operations.insert(c.key("operation"));
    }
    CHECK(operations.size() == 46);
}

TEST_CASE("MiaRec vectors: responses") {
    for (const vector_case& c : all_cases()) {
        if (c.block("http response") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        vectors::run_response<api>(c);
    }
}

TEST_CASE("MiaRec vectors: fragments") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        if (c.block("json fragment") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        const std::string type = c.key("type");
        if (type == "role") vectors::run_fragment<miarec::role>(c);
        if (type == "tenant") vectors::run_fragment<miarec::tenant>(c);
        if (type == "recorder_health") vectors::run_fragment<miarec::recorder_health>(c);
        ++run;
    }
    CHECK(run == 3);
}

TEST_CASE("D-30, D-31: MiaRec vectors: the id is the last part of a Location") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        const std::string* const location = c.block("text location");
        if (location == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        ++run;
        if (c.key("id") == "none") continue;
        CHECK(http::last_path_segment(*location) == c.key("id"));
        vectors::for_operation<api>(c.key("operation"), [&](auto identity) {
            using op_type = typename decltype(identity)::type;
            if constexpr (http::detail::is_created<typename op_type::answer>::value) {
                const http::header headers[] = {{.name = "location", .value = *location}};
                block memory{plenty};
                const auto got =
                    decode<op_type>(http::response{.status = 201, .headers = headers}, memory.room);
                REQUIRE(got);
                CHECK(got->id.value == c.key("id"));
                CHECK(got->location == *location);
            }
        });
    }
    CHECK(run >= 7);
}

TEST_CASE("MiaRec vectors: request targets as printed") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        if (c.block("text target") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        vectors::run_target<api>(c);
        ++run;
    }
    CHECK(run > 20);
}

TEST_CASE("MiaRec vectors: authentication header") {
    for (const vector_case& c : all_cases()) {
        const std::string* const value = c.block("text authorization");
        if (value == nullptr) continue;
        const auto made = auth::basic_authorization::make(c.key("user"), secret{c.key("password")});
        REQUIRE(made);
        CHECK(made->header().value == *value);
    }
}

TEST_CASE(
    "D-4, D-5, D-6, D-7, D-8, D-57: MiaRec vectors: malformed originals are refused where they go wrong") {
    for (const vector_case& c : all_cases()) {
        const std::string* const body = c.block("text malformed");
        if (body == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        vectors::run_malformed<miarec::error_body>(c);
    }
}

TEST_CASE(
    "D-1: MiaRec vectors: the printed bracket-colon form of details is read only when asked to") {
    for (const vector_case& c : all_cases()) {
        const std::string salvage = c.key("salvage");
        if (salvage.empty() || c.block("text malformed") == nullptr) continue;
        const std::string& body = *c.block("text malformed");
        const http::header headers[] = {{.name = "Content-Type", .value = "application/json"}};
        const http::response from{.status = 400, .headers = headers, .body = body};
        block memory{plenty};
        const auto strict = decode<miarec::create_client>(from, memory.room);
        REQUIRE(strict.refusal() != nullptr);
        CHECK(strict.refusal()->code.empty());
        CHECK(strict.refusal()->details.empty());
        CHECK(strict.response().body == body);
        const http::answer_options options{.errors = {.salvage_details = true}};
        const auto salvaged = decode<miarec::create_client>(from, memory.room, options);
        REQUIRE(salvaged.refusal() != nullptr);
        CHECK(salvaged.refusal()->code == "InvalidRecord");
        REQUIRE(salvaged.refusal()->details.size() == 1);
        CHECK(salvaged.refusal()->details[0].field == salvage.substr(0, salvage.find(" -> ")));
        CHECK(salvaged.refusal()->details[0].message == salvage.substr(salvage.find(" -> ") + 4));
    }
}
