// cloudlink_stand_in: a stand-in CloudLink for demos and tests. Usage: cloudlink_stand_in --help
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "../../common/http_server.hpp"
#include "../../common/program.hpp"
#include "service.hpp"

namespace {

constexpr char usage[] =
    "Usage: cloudlink_stand_in [--port N] [--port-file FILE] [--token-life SECONDS] [--seed N] [--verbose] [--help]\n"
    "\n"
    "A stand-in CloudLink on 127.0.0.1, with everything in memory. Account: anna@example.com / secret.\n"
    "\n"
    "  --port N        port to listen on; 0, the default, is any free one\n"
    "  --port-file F   write the port into this file as soon as the server listens\n"
    "  --token-life N  how many seconds an access token is good for (default: 3600)\n"
    "  --seed N        other ids for another number (default: 1)\n"
    "  --verbose       print one line for each request, without secrets\n";

struct options {
    int port = 0;
    std::string port_file;
    std::int64_t token_life = 3600;
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
        if (name == "--token-life")
            is_good = common::read_number(value, std::int64_t{1'000'000'000}, chosen.token_life);
        if (name == "--seed") is_good = common::read_number(value, UINT64_MAX, chosen.seed);
        if (!is_good) {
            std::fprintf(stderr, "cloudlink_stand_in: %s %s is wrong (see --help)\n", name.c_str(),
                         value.c_str());
            return std::nullopt;
        }
    }
    return chosen;
}

int serve(const options& chosen, const sigset_t& end_signals) {
    stand_in::world all{chosen.seed, std::chrono::seconds{chosen.token_life}};
    stand_in::service answers{all};
    common::http_server server{
        [&answers](const auto& from, auto& memory) { return answers.answer(from, memory); },
        chosen.verbose,
        [&answers](int status, tipring::text message, auto& memory) {
            return answers.refuse(status, message, memory);
        }};
    const int port = server.bind(chosen.port);
    if (port < 0) {
        std::fprintf(stderr, "cloudlink_stand_in: cannot listen on port %d\n", chosen.port);
        return 1;
    }
    if (!chosen.port_file.empty() && !common::write_port_file(chosen.port_file, port)) {
        std::fprintf(stderr, "cloudlink_stand_in: cannot write %s\n", chosen.port_file.c_str());
        return 1;
    }
    std::printf("cloudlink_stand_in: listening on http://127.0.0.1:%d\n", port);
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
    // Before any thread starts.
    const sigset_t end_signals = common::block_end_signals();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    const int status = serve(*chosen, end_signals);
    curl_global_cleanup();
    return status;
}
