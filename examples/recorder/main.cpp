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
    "Usage: recorder [--port N] [--port-file FILE] [--calls N] [--seed N] [--now TIME]\n"
    "                [--certificate FILE --key FILE] [--verbose] [--help]\n"
    "\n"
    "A stand-in MiaRec server on 127.0.0.1, with sample data in memory. Account: apiuser / secret.\n"
    "\n"
    "  --port N        port to listen on; 0, the default, is any free one\n"
    "  --port-file F   write the port into this file as soon as the server listens\n"
    "  --calls N       how many recorded calls there are at first (default: 2000)\n"
    "  --seed N        other sample data for another number (default: 1)\n"
    "  --now TIME      the sample calls end at this time, such as 2026-01-31T12:00:00Z (default: now),\n"
    "                  so that another start has the same\n"
    "  --certificate F, --key F   speak https, with these PEM files\n"
    "  --verbose       print one line for each request, without secrets\n";

constexpr char program[] = "recorder";

struct own_options {
    std::size_t calls = 2000;
    tipring::utc_instant now =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    common::tls_files tls = {};

    /// False when the value is wrong or there is no such option.
    bool take(const std::string& name, const std::string& value) {
        if (name == "--calls") return common::read_number(value, std::size_t{10'000'000}, calls);
        if (name == "--certificate") return !(tls.certificate = value).empty();
        if (name == "--key") return !(tls.key = value).empty();
        if (name != "--now") return false;
        const auto time = tipring::parse_datetime(value);
        if (time) now = time->to_utc(std::chrono::minutes{0});
        return time.has_value();
    }
};

int serve(const common::server_options& chosen, const own_options& own,
          const sigset_t& end_signals) {
    recorder::store data{chosen.seed};
    recorder::add_sample_accounts(data);
    recorder::add_sample_calls(data, own.calls, own.now);
    recorder::service answers{data};
    common::http_server server{
        [&answers](const auto& from, auto& memory) { return answers.answer(from, memory); },
        chosen.verbose, common::refuse_plainly, own.tls};
    return common::serve(program, chosen, server, end_signals,
                         [&](const std::string& origin) { answers.set_origin(origin); });
}

} // namespace

int main(int count, char** arguments) {
    common::server_options chosen;
    own_options own;
    const auto take = [&](const std::string& name, const std::string& value) {
        return own.take(name, value);
    };
    if (!common::read_options(program, count, arguments, take, chosen)) return 2;
    if (chosen.help) {
        std::fputs(usage, stdout);
        return 0;
    }
    return serve(chosen, own, common::block_end_signals());
}
