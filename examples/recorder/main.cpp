// recorder: a stand-in MiaRec server for demos and tests. Usage: recorder --help
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "../common/http_server.hpp"
#include "../common/program.hpp"
#include "sample.hpp"
#include "service.hpp"
#include "store.hpp"

namespace {

constexpr char usage[] =
    "Usage: recorder [--port N] [--port-file FILE] [--calls N] [--seed N] [--verbose] [--help]\n"
    "\n"
    "A stand-in MiaRec server on 127.0.0.1, with sample data in memory. Account: apiuser / secret.\n"
    "\n"
    "  --port N        port to listen on; 0, the default, is any free one\n"
    "  --port-file F   write the port into this file as soon as the server listens\n"
    "  --calls N       how many recorded calls there are at first (default: 2000)\n"
    "  --seed N        other sample data for another number (default: 1)\n"
    "  --verbose       print one line for each request, without secrets\n";

struct options {
    int port = 0;
    std::string port_file;
    std::size_t calls = 2000;
    std::uint64_t seed = 1;
    bool verbose = false;
    bool help = false;
};

/// Nothing, and a message, when the command line is wrong.
std::optional<options> read_options(int count, char** arguments) {
    options chosen;
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            chosen.help = true;
            continue;
        }
        if (name == "--verbose") {
            chosen.verbose = true;
            continue;
        }
        const std::string value = i + 1 < count ? arguments[++i] : "";
        bool is_good = false;
        if (name == "--port") is_good = common::read_number(value, 65535, chosen.port);
        if (name == "--port-file") is_good = !(chosen.port_file = value).empty();
        if (name == "--calls")
            is_good = common::read_number(value, std::size_t{10'000'000}, chosen.calls);
        if (name == "--seed") is_good = common::read_number(value, UINT64_MAX, chosen.seed);
        if (!is_good) {
            std::fprintf(stderr, "recorder: %s %s is wrong (see --help)\n", name.c_str(),
                         value.c_str());
            return std::nullopt;
        }
    }
    return chosen;
}

int serve(const options& chosen, const sigset_t& end_signals) {
    recorder::store data{chosen.seed};
    recorder::add_sample_accounts(data);
    const auto now = std::chrono::system_clock::now();
    recorder::add_sample_calls(data, chosen.calls,
                               std::chrono::floor<std::chrono::milliseconds>(now));
    recorder::service answers{data};
    common::http_server server{
        [&answers](const auto& from, auto& memory) { return answers.answer(from, memory); },
        chosen.verbose};
    const int port = server.bind(chosen.port);
    if (port < 0) {
        std::fprintf(stderr, "recorder: cannot listen on port %d\n", chosen.port);
        return 1;
    }
    const std::string origin = "http://127.0.0.1:" + std::to_string(port);
    answers.set_origin(origin);
    if (!chosen.port_file.empty() && !common::write_port_file(chosen.port_file, port)) {
        std::fprintf(stderr, "recorder: cannot write %s\n", chosen.port_file.c_str());
        return 1;
    }
    std::printf("recorder: listening on %s\n", origin.c_str());
    std::fflush(stdout);
    common::run_until(end_signals, server);
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    const auto chosen = read_options(count, arguments);
    if (!chosen) return 2;
    if (chosen->help) {
        std::fputs(usage, stdout);
        return 0;
    }
    return serve(*chosen, common::block_end_signals());
}
