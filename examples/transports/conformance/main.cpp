// Holds an adapter against the contract of docs/porting.md. Started by tools/check-transport, which
// also builds it around an adapter of yours (CHECK_TRANSPORT_ALONE).
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <set>

#include "cases.hpp"
#include "wrong.hpp"

#if defined(CHECK_TRANSPORT_ALONE)
/// Yours.
common::transport make_transport(const common::transport_options& options);
#else
#include "../transports.hpp"
#endif

namespace {

using namespace conformance;

constexpr char usage[] =
    "Usage: check_transport [--transport NAME] [--case NAME] [--list] [--test-the-cases]\n"
    "\n"
    "Sends requests with an adapter to a server in this program, and says where it breaks the contract of docs/porting.md.\n"
    "\n"
    "  --transport NAME   one of those of this build (default: all)\n"
    "  --case NAME        this case only\n"
    "  --list             print the cases and what they ask for\n"
    "  --test-the-cases   see that adapters which are wrong on purpose fail those that they should\n";

struct named_adapter {
    std::string name;
    transport_maker make;
    /// What the library below it cannot do, by the name of the case.
    std::string known_limits = {};

    bool is_known(text of_case) const {
        return (" " + known_limits + " ").find(" " + std::string{of_case} + " ") !=
               std::string::npos;
    }
};

std::vector<named_adapter> adapters() {
#if defined(CHECK_TRANSPORT_ALONE)
    return {{"make_transport", &make_transport}};
#else
    std::vector<named_adapter> all;
    for (const auto& each : transports::all())
        all.push_back({std::string{each.name}, each.make, std::string{each.known_limits}});
    return all;
#endif
}

std::vector<test_case> all_cases() {
    std::vector<test_case> all;
    for (const auto part : {cases_sent(), cases_received(), cases_ends()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::string run(const test_case& each, const transport_maker& make) {
    raw_server server;
    raw_server other;
    bench with{server, other, make};
    return each.run(with);
}

void print(const test_case& each, const std::string& wrong) {
    std::printf("  %.*s: %.*s\n      %s\n", static_cast<int>(each.name.size()), each.name.data(),
                static_cast<int>(each.rule.size()), each.rule.data(), wrong.c_str());
    std::fflush(stdout);
}

/// Whether it keeps the contract, but for its known limits, which it must have.
bool check(const named_adapter& adapter, const std::vector<test_case>& cases) {
    std::size_t passed = 0;
    std::size_t known = 0;
    for (const test_case& each : cases) {
        std::string wrong = run(each, adapter.make);
        const bool is_known = adapter.is_known(each.name);
        if (wrong.empty() && is_known)
            wrong = "a known limit, and there is none any more";
        else if (is_known)
            ++known;
        else if (wrong.empty())
            ++passed;
        if (!wrong.empty()) print(each, wrong + (is_known ? " (known)" : ""));
    }
    const bool is_good = passed + known == cases.size();
    std::printf("%s: %s (%zu of %zu cases%s)\n", adapter.name.c_str(),
                is_good ? "keeps the contract" : "BREAKS THE CONTRACT", passed, cases.size(),
                known != 0 ? ", the others are known limits of its library" : "");
    return is_good;
}

/// Every fault fails just the cases that it is known for, and every case fails for some fault.
int test_the_cases(const named_adapter& good, const std::vector<test_case>& cases) {
    int failed = 0;
    std::set<text> failed_once;
    for (const fault& each : faults()) {
        const transport_maker spoilt = [&](const common::transport_options& options) {
            return each.spoil(good.make(each.change ? each.change(options) : options));
        };
        std::string unexpected;
        for (const test_case& one : cases) {
            const bool must_fail =
                std::find(each.fails.begin(), each.fails.end(), one.name) != each.fails.end();
            if (one.is_slow && !must_fail) continue;
            const bool has_failed = !run(one, spoilt).empty();
            if (has_failed) failed_once.insert(one.name);
            if (has_failed != must_fail)
                unexpected +=
                    std::string{has_failed ? " fails " : " passes "} + std::string{one.name};
        }
        failed += !unexpected.empty();
        std::printf("  %.*s: %s\n", static_cast<int>(each.name.size()), each.name.data(),
                    unexpected.empty() ? "fails what it should" : unexpected.c_str());
        std::fflush(stdout);
    }
    for (const test_case& each : cases)
        if (!failed_once.contains(each.name)) {
            ++failed;
            std::printf("  no adapter fails %.*s\n", static_cast<int>(each.name.size()),
                        each.name.data());
        }
    std::printf("[check_transport_cases] %zu passed, %d failed\n",
                faults().size() + cases.size() - static_cast<std::size_t>(failed), failed);
    return failed;
}

} // namespace

int main(int count, char** words) {
    std::string wanted;
    std::string only;
    bool is_listing = false;
    bool is_test = false;
    for (int i = 1; i < count; ++i) {
        const text word = words[i];
        if (word == "--list")
            is_listing = true;
        else if (word == "--test-the-cases")
            is_test = true;
        else if (word == "--transport" && i + 1 < count)
            wanted = words[++i];
        else if (word == "--case" && i + 1 < count)
            only = words[++i];
        else
            return std::fputs(usage, word == "--help" ? stdout : stderr), word == "--help" ? 0 : 2;
    }
    std::vector<test_case> cases = all_cases();
    if (!only.empty())
        std::erase_if(cases, [&](const test_case& each) { return each.name != only; });
    for (const test_case& each : cases)
        if (is_listing)
            std::printf("%-24.*s %.*s\n", static_cast<int>(each.name.size()), each.name.data(),
                        static_cast<int>(each.rule.size()), each.rule.data());
    if (is_listing) return 0;
    auto chosen = adapters();
    if (is_test) return test_the_cases(chosen.front(), cases) == 0 ? 0 : 1;
    if (!wanted.empty())
        std::erase_if(chosen, [&](const named_adapter& each) { return each.name != wanted; });
    if (chosen.empty() || cases.empty())
        return std::fputs("check_transport: no such adapter or case\n", stderr), 2;
    int bad = 0;
    for (const named_adapter& each : chosen) bad += !check(each, cases);
    std::printf("[check_transport] %zu passed, %d failed\n",
                chosen.size() - static_cast<std::size_t>(bad), bad);
    return bad == 0 ? 0 : 1;
}
