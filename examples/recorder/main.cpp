// recorder: a stand-in MiaRec server for demos and tests. Usage: recorder --help
#include <csignal>
#include <cstdint>
#include <cstdio>
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

constexpr char program[] = "recorder";

int serve(const common::server_options& chosen, std::size_t calls, const sigset_t& end_signals) {
    recorder::store data{chosen.seed};
    recorder::add_sample_accounts(data);
    const auto now = std::chrono::system_clock::now();
    recorder::add_sample_calls(data, calls, std::chrono::floor<std::chrono::milliseconds>(now));
    recorder::service answers{data};
    common::http_server server{
        [&answers](const auto& from, auto& memory) { return answers.answer(from, memory); },
        chosen.verbose};
    return common::serve(program, chosen, server, end_signals,
                         [&](const std::string& origin) { answers.set_origin(origin); });
}

} // namespace

int main(int count, char** arguments) {
    common::server_options chosen;
    std::size_t calls = 2000;
    const auto own = [&](const std::string& name, const std::string& value) {
        return name == "--calls" && common::read_number(value, std::size_t{10'000'000}, calls);
    };
    if (!common::read_options(program, count, arguments, own, chosen)) return 2;
    if (chosen.help) {
        std::fputs(usage, stdout);
        return 0;
    }
    return serve(chosen, calls, common::block_end_signals());
}
