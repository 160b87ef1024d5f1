// cloudlink_stand_in: a stand-in CloudLink for demos and tests. Usage: cloudlink_stand_in --help
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
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

constexpr char program[] = "cloudlink_stand_in";

int serve(const common::server_options& chosen, std::int64_t token_life,
          const sigset_t& end_signals) {
    stand_in::world all{chosen.seed, std::chrono::seconds{token_life}};
    stand_in::service answers{all};
    common::http_server server{
        [&answers](const auto& from, auto& memory) { return answers.answer(from, memory); },
        chosen.verbose,
        [&answers](int status, tipring::text message, auto& memory) {
            return answers.refuse(status, message, memory);
        }};
    return common::serve(program, chosen, server, end_signals);
}

} // namespace

int main(int count, char** arguments) {
    common::server_options chosen;
    std::int64_t token_life = 3600;
    const auto own = [&](const std::string& name, const std::string& value) {
        return name == "--token-life" &&
               common::read_number(value, std::int64_t{1'000'000'000}, token_life);
    };
    if (!common::read_options(program, count, arguments, own, chosen)) return 2;
    if (chosen.help) {
        std::fputs(usage, stdout);
        return 0;
    }
    // Before any thread starts.
    const sigset_t end_signals = common::block_end_signals();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    const int status = serve(chosen, token_life, end_signals);
    curl_global_cleanup();
    return status;
}
