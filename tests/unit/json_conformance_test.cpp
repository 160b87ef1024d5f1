// JSONTestSuite: what must be accepted is, what must be refused is, and where RFC 8259 leaves the
// choice, ours is the one in docs/conformance.md. tools/peers --install fetches the suite and
// writes it to build/peers/json_suite.txt; without it these cases are shown as skipped, or fail
// with TIPRING_STRICT=1.
#include <tipring/json/scan.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "../../fuzz/decode_oracle.hpp"
#include "json_grammar.hpp"
#include "json_types.hpp"
#include "vector_file.hpp"

using namespace tipring;

namespace {

constexpr const char* suite_file = "../build/peers/json_suite.txt";
constexpr const char* decisions_file = "../docs/conformance.md";

struct suite_case {
    std::string name;
    std::string document;
};

std::string bytes_of(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    return bytes;
}

const std::vector<suite_case>& all_cases() {
    static const std::vector<suite_case> cases = [] {
        std::vector<suite_case> read;
        for (const std::string& line : vectors::lines_of(vectors::read_file(suite_file))) {
            const std::size_t blank = line.find(' ');
            read.push_back({line.substr(0, blank),
                            blank < line.size() ? bytes_of(std::string_view{line}.substr(blank + 1))
                                                : std::string{}});
        }
        return read;
    }();
    return cases;
}

bool is_missing() {
    return all_cases().empty() && std::getenv("TIPRING_STRICT") == nullptr;
}

bool accepts(const std::string& document) {
    return json::validate(document, json::most_depth).code == errc::ok;
}

/// The rows `| i_name | accepted or refused | why |` of the document.
std::map<std::string, bool> decisions() {
    std::map<std::string, bool> made;
    for (const std::string& line : vectors::lines_of(vectors::read_file(decisions_file))) {
        if (!line.starts_with("| i_")) continue;
        const std::size_t end = line.find(" | ", 2);
        const std::string_view rest = std::string_view{line}.substr(end + 3);
        REQUIRE((rest.starts_with("accepted |") || rest.starts_with("refused |")));
        CHECK(made.emplace(line.substr(2, end - 2) + ".json", rest.starts_with("accepted")).second);
    }
    return made;
}

} // namespace

TEST_CASE("conformance: all of JSONTestSuite is there" * doctest::skip(is_missing())) {
    std::map<char, std::size_t> count;
    for (const suite_case& each : all_cases()) ++count[each.name.front()];
    CHECK(count['y'] == 95);
    CHECK(count['n'] == 188);
    CHECK(count['i'] == 35);
}

TEST_CASE("conformance: what must be accepted is, what must be refused is" *
          doctest::skip(is_missing())) {
    for (const suite_case& each : all_cases()) {
        if (each.name.front() == 'i') continue;
        CAPTURE(each.name);
        CHECK(accepts(each.document) == (each.name.front() == 'y'));
        if (each.document.size() < 1000)
            CHECK(json_grammar::recogniser{each.document}.run() == (each.name.front() == 'y'));
    }
}

TEST_CASE("conformance: where there is a choice, ours is the one in the documentation" *
          doctest::skip(is_missing())) {
    const std::map<std::string, bool> ours = decisions();
    std::set<std::string> met;
    for (const suite_case& each : all_cases()) {
        if (each.name.front() != 'i') continue;
        CAPTURE(each.name);
        const auto decision = ours.find(each.name);
        REQUIRE(decision != ours.end());
        CHECK(accepts(each.document) == decision->second);
        met.insert(each.name);
    }
    CHECK(met.size() == ours.size());
}

TEST_CASE("conformance: every way to decode takes or refuses the suite's documents as members" *
          doctest::skip(is_missing())) {
    fuzz::decode_oracle oracle;
    std::size_t accepted = 0;
    for (const suite_case& each : all_cases()) {
        if (each.document.size() > 1000) continue;
        CAPTURE(each.name);
        // Kept as text, as a number, passed over, and as the whole.
        for (const char* const member :
             {"{\"anything\":", "{\"amount\":", "{\"nobody knows\":", ""}) {
            const bool is_alone = *member == '\0';
            const std::string document = member + each.document + (is_alone ? "" : "}");
            CHECK(oracle.difference(json::table_of<json_types::everything>, document) == "");
            if (each.name.front() == 'y' && !is_alone && member[2] != 'a') CHECK(oracle.accepted());
            accepted += oracle.accepted() ? 1u : 0u;
        }
    }
    CHECK(accepted >= 2 * 95);
}
