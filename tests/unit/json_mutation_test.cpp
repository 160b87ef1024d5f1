// The decoder that guesses against those that do not, on documents that were changed to mislead it:
// const, in place and by Boost.JSON, each in memory of exactly its size
// (../fuzz/decode_oracle.hpp); and the row stream against the whole body, for every size of chunks.
// Programs without Boost.JSON compare const with in place, and the verdict with a plain recogniser
// of the grammar. The same mutants in every run; TIPRING_MUTANTS=N makes N times as many.
#include <tipring/miarec/miarec.hpp>

#include "../../fuzz/decode_oracle.hpp"
#include "../../fuzz/mutate.hpp"
#include "../../fuzz/row_stream_oracle.hpp"
#include "../../fuzz/seeds.hpp"
#include "any_object.hpp"
#include "effort.hpp"
#include "nested_pages.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace tipring;
using fuzz::decode_oracle;

namespace {

struct seed {
    const json::table* type;
    std::string document;
};

/// A seed in the first `styles` spacings, in other orders, and with a change of style halfway.
std::vector<std::string> variants_of(std::string_view document,
                                     std::size_t styles = std::size(fuzz::spacings)) {
    std::vector<std::string> made;
    const std::size_t tokens = fuzz::tokens_of(document).size();
    for (const fuzz::spacing& style : std::span{fuzz::spacings}.first(styles)) {
        made.push_back(fuzz::respaced(document, style));
        made.push_back(fuzz::respaced(made.back(), fuzz::spacings[0], tokens / 2));
    }
    fuzz::mutator change{7};
    for (std::size_t i = 0; i < styles / 3; ++i) {
        std::string reordered{document};
        change.reorder(reordered);
        made.push_back(fuzz::respaced(reordered, fuzz::spacings[i]));
    }
    return made;
}

/// Those that were written for this test, and a small random value of every type.
std::vector<seed> seeds() {
    std::vector<seed> made;
    for (const fuzz::written_seed& each : fuzz::written_seeds)
        for (const std::string& document : variants_of(each.document))
            made.push_back({&each.type, document});
    random_values::engine source{1};
    std::vector<std::byte> bytes(1u << 20);
    arena memory{std::span<std::byte>{bytes}};
    for (const random_type type : every_type()) {
        memory.reset();
        any_object value{*type.table};
        fill_randomly(type, value.data(), source, memory, {.max_depth = 2, .max_elements = 2});
        made.push_back({type.table, value.encoded()});
        made.push_back({type.table, fuzz::respaced(value.encoded(), fuzz::spacings[1])});
    }
    return made;
}

std::size_t times() {
    const char* const asked = std::getenv("TIPRING_MUTANTS");
    const long count = asked != nullptr ? std::strtol(asked, nullptr, 10) : 1;
    return count > 0 ? static_cast<std::size_t>(count) : 1;
}

/// Fails, with all that is needed to repeat it, when the ways to decode differ.
void check(decode_oracle& oracle, const json::table& type, const std::string& document,
           const json::decode_options& options = {}, std::size_t small_memory = 0) {
    const std::string difference = oracle.difference(type, document, options, small_memory);
    if (difference.empty()) return;
    INFO("first member of the type: ", std::string{type.name_of(type.members[0])});
    INFO("document: ", document);
    INFO("small memory: ", small_memory);
    FAIL_CHECK(difference);
}

template <class Op>
void check_stream(const fuzz::row_stream_oracle<Op>& oracle, std::string_view body,
                  const std::vector<std::size_t>& cuts, std::size_t memory = 0) {
    const std::string difference = oracle.difference(cuts, memory);
    if (difference.empty()) return;
    CAPTURE(body);
    CAPTURE(memory);
    INFO("first cut ", cuts.empty() ? body.size() : cuts[0], ", ", cuts.size(), " cuts");
    FAIL_CHECK(difference);
}

json::decode_options options_for(fuzz::random& source) {
    json::decode_options made;
    if (!source.one_in(4)) return made;
    if (source.one_in(2)) made.max_depth = static_cast<unsigned>(source.below(7));
    if (source.one_in(2)) made.max_text = source.below(20);
    if (source.one_in(2)) made.max_elements = source.below(4);
    if (source.one_in(2)) made.max_keys = source.below(3);
    made.lenient_numbers = source.one_in(2);
    return made;
}

} // namespace

TEST_CASE("mutation: seeds are accepted by every way to decode") {
    decode_oracle oracle;
    for (const seed& each : seeds()) {
        CAPTURE(each.document);
        check(oracle, *each.type, each.document);
        CHECK(oracle.accepted());
    }
}

TEST_CASE("mutation: mutants are taken or refused alike by every way to decode") {
    decode_oracle oracle;
    const std::vector<seed> all = seeds();
    fuzz::mutator change{20240229};
    fuzz::random& source = change.source();
    std::size_t accepted = 0;
    const std::size_t count = effort::share(90'000 * times());
    for (std::size_t i = 0; i < count; ++i) {
        const seed& from = all[source.below(all.size())];
        std::string document = from.document;
        for (std::size_t changes = 1 + source.below(3); changes != 0; --changes)
            change.mutate(document);
        const std::size_t small_memory = source.one_in(16) ? 1 + source.below(2000) : 0;
        check(oracle, *from.type, document, options_for(source), small_memory);
        accepted += oracle.accepted() ? 1u : 0u;
        change.break_anywhere(document);
        check(oracle, *from.type, document);
    }
    CHECK(accepted > count / 8);
    CHECK(accepted < count - count / 8);
}

TEST_CASE("mutation: pages that misled a decoder before") {
    decode_oracle oracle;
    for (const fuzz::misleading_page& each : fuzz::misleading_pages) {
        INFO(each.how);
        for (const fuzz::spacing& style : fuzz::spacings)
            check(oracle, json::table_of<miarec::call_page>, fuzz::respaced(each.document, style));
        check(oracle, json::table_of<miarec::call_page>, std::string{each.document});
        const fuzz::row_stream_oracle<miarec::list_calls> rows{each.document};
        for (std::size_t step = 1; step <= 64; ++step)
            check_stream(rows, each.document, fuzz::cuts_every(step, each.document.size()));
    }
}

TEST_CASE("mutation: every truncation of every seed") {
    decode_oracle oracle;
    for (const fuzz::written_seed& each : fuzz::written_seeds) {
        for (const std::string& document : variants_of(each.document, 3)) {
            for (std::size_t size = 0; size < document.size(); ++size) {
                check(oracle, each.type, document.substr(0, size));
                CHECK_FALSE(oracle.accepted());
            }
        }
    }
}

TEST_CASE("mutation: every byte of a short seed replaced by every likely one") {
    constexpr std::string_view likely{
        "\x00\x01\x0B\x0C\x1F\x7F\x80\xC3\xFF \n\t\r\"\\,:{}[]/019-+.eEtfnu", 33};
    constexpr std::string_view short_calls =
        R"({"calls":[{"call_id":"1","from_name":"","from_id":"","to_ip":""},{"call_id":"2","from_name":"","from_id":"x"}],"total":1})";
    decode_oracle oracle;
    for (const fuzz::spacing& style : std::span{fuzz::spacings}.first(6)) {
        const std::string document = fuzz::respaced(short_calls, style);
        for (std::size_t at = 0; at < document.size(); ++at) {
            std::string changed = document;
            for (const char c : likely) {
                changed[at] = c;
                check(oracle, json::table_of<miarec::call_page>, changed);
            }
        }
    }
}

TEST_CASE("mutation: long runs of blanks up to the end of memory") {
    decode_oracle oracle;
    for (const std::string_view document :
         {R"({"total":1,"calls":[{"call_id":"1","from_name":""}]})",
          R"({"unknown":[1],"next_url":""})"}) {
        const std::vector<fuzz::token> tokens = fuzz::tokens_of(document);
        for (const fuzz::token& t : tokens) {
            for (std::size_t size = 1; size <= 70; ++size) {
                for (const char last : {' ', '\n', '\x01', 'x'}) {
                    std::string blanks(size, ' ');
                    blanks.back() = last;
                    std::string longer{document};
                    longer.insert(t.begin, blanks);
                    check(oracle, json::table_of<miarec::call_page>, longer);
                    check(oracle, json::table_of<miarec::call_page>,
                          longer.substr(0, t.begin + size));
                }
            }
        }
    }
}

namespace {

template <class Op>
void check_chunks(std::string_view document) {
    for (const std::string& body : variants_of(document)) {
        const fuzz::row_stream_oracle<Op> oracle{body};
        CHECK(oracle.accepted());
        for (std::size_t step = 1; step <= 64; step += effort::stride)
            check_stream(oracle, body, fuzz::cuts_every(step, body.size()));
    }
}

template <class Op>
std::size_t check_mutants(std::string_view document, std::size_t count) {
    const std::vector<std::string> bodies = variants_of(document);
    fuzz::mutator change{31};
    fuzz::random& source = change.source();
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::string body = source.one_of(bodies);
        for (std::size_t changes = 1 + source.below(3); changes != 0; --changes)
            change.mutate(body);
        const fuzz::row_stream_oracle<Op> oracle{body};
        accepted += oracle.accepted() ? 1u : 0u;
        std::vector<std::size_t> cuts;
        const std::size_t longest = 1 + source.below(source.one_in(2) ? 8 : 200);
        for (std::size_t at = source.below(longest); at < body.size();
             at += 1 + source.below(longest))
            cuts.push_back(at);
        check_stream(oracle, body, cuts);
        if (source.one_in(4)) check_stream(oracle, body, cuts, 1 + source.below(1500));
    }
    return accepted;
}

} // namespace

TEST_CASE(
    "mutation: the row stream reads every seed in chunks of 1 to 64 bytes as the whole body") {
    check_chunks<miarec::list_calls>(fuzz::calls_seed);
    check_chunks<miarec::list_calls>(fuzz::uneven_calls_seed);
    check_chunks<miarec::list_calls>(fuzz::unknown_members_seed);
    check_chunks<miarec::list_users>(fuzz::users_seed);
    check_chunks<miarec::list_custom_fields>(fuzz::custom_fields_seed);
    check_chunks<nested_pages::list_users>(fuzz::nested_users_seed);
    check_chunks<nested_pages::list_strictly>(fuzz::nested_users_seed);
}

TEST_CASE("mutation: the row stream takes or refuses mutants as the whole body") {
    const std::size_t count = effort::share(4'000 * times());
    std::size_t accepted = check_mutants<miarec::list_calls>(fuzz::calls_seed, count);
    accepted += check_mutants<miarec::list_calls>(fuzz::uneven_calls_seed, count);
    accepted += check_mutants<miarec::list_users>(fuzz::users_seed, count);
    accepted += check_mutants<miarec::list_custom_fields>(fuzz::custom_fields_seed, count);
    accepted += check_mutants<nested_pages::list_users>(fuzz::nested_users_seed, count);
    accepted += check_mutants<nested_pages::list_strictly>(fuzz::nested_users_seed, count);
    CHECK(accepted > count / 4);
}
