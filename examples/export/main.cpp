// export_calls: calls and their audio, from a recorder into a folder. Usage: export_calls --help
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <curl/curl.h>
#include <sys/resource.h>

#include <tipring/http/url.hpp>

#include "../transports/transports.hpp"
#include "exporter.hpp"

namespace {

using namespace exporting;
using common::text;

constexpr char usage[] =
    "Usage: export_calls --server URL --from DATE --to DATE --out FOLDER [--audio] [--user NAME] [--ca FILE] [--page N] [--wait MS]\n"
    "\n"
    "Writes the calls of these days, both included, to FOLDER/calls.jsonl, a line of JSON each, and with --audio their files\n"
    "to FOLDER/audio. Ctrl-C stops it; the same command goes on, also after a crash. The password comes from the environment\n"
    "variable MIAREC_PASSWORD.\n"
    "\n"
    "  --user NAME   account (default: apiuser)\n"
    "  --ca FILE     certificates to trust for https, in PEM (default: those of the system)\n"
    "  --page N      calls for each request, 1 to 1000 (default: 1000)\n"
    "  --wait MS     first wait when the server does not answer; doubled up to a minute (default: 2000)\n";

struct command_line {
    job what;
    std::string ca;
    bool help = false;
};

std::int32_t number(const std::string& written, std::int32_t highest) {
    const auto value = tipring::parse_integer<std::int32_t>(written);
    if (!value || *value < 1 || *value > highest)
        throw std::runtime_error{"not a number from 1 to " + std::to_string(highest) + ": " +
                                 written};
    return *value;
}

command_line read(int count, char** words) {
    command_line given;
    const char* const password = std::getenv("MIAREC_PASSWORD");
    given.what.user = "apiuser";
    given.what.password = password != nullptr ? password : "";
    bool has_dates[2] = {};
    for (int i = 1; i < count; ++i) {
        const text word = words[i];
        if (word == "--help" || word == "-h") return given.help = true, given;
        if (word == "--audio") {
            given.what.with_audio = true;
            continue;
        }
        if (i + 1 == count)
            throw std::runtime_error{"what about " + std::string{word} + "? (see --help)"};
        const std::string value = words[++i];
        if (word == "--server")
            given.what.server = value;
        else if (word == "--user")
            given.what.user = value;
        else if (word == "--out")
            given.what.folder = value;
        else if (word == "--from")
            given.what.from = read_date(value), has_dates[0] = true;
        else if (word == "--to")
            given.what.to = read_date(value), has_dates[1] = true;
        else if (word == "--ca")
            given.ca = value;
        else if (word == "--page")
            given.what.calls_per_page = number(value, 1000);
        else if (word == "--wait")
            given.what.retries.first_wait = given.what.retries.most_jitter =
                std::chrono::milliseconds{number(value, 60'000)},
            given.what.retries.least_jitter = {};
        else
            throw std::runtime_error{"unknown option " + std::string{word} + " (see --help)"};
    }
    if (given.what.server.empty() || given.what.folder.empty() || !has_dates[0] || !has_dates[1])
        throw std::runtime_error{"--server, --from, --to and --out are needed (see --help)"};
    if (!tipring::http::parse_origin(given.what.server))
        throw std::runtime_error{"--server: not a URL such as https://recorder.example"};
    return given;
}

void stop(int) {
    is_stopping = 1;
}

int run(const command_line& given) {
    progress shown;
    common::transport wire = transports::make_curl_easy({.most_bytes = std::size_t{1} << 31,
                                                         .patience = std::chrono::minutes{5},
                                                         .ca_file = given.ca});
    exporter work{given.what, wire, shown};
    try {
        work.run();
    } catch (const stopped&) {
        shown.say("stopped after " + grouped(work.state().calls) +
                  " calls; the same command goes on from here");
        return 130;
    }
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const progress_state& end = work.state();
    shown.say("done; " + size_of(static_cast<std::uint64_t>(used.ru_maxrss) * 1024) +
              " of memory at most");
    std::printf("export_calls: ok (%s calls, %s files of %s", grouped(end.calls).c_str(),
                grouped(end.files).c_str(), size_of(end.file_bytes).c_str());
    if (end.missing != 0) std::printf(", %s files missing", grouped(end.missing).c_str());
    std::printf(")\n");
    return 0;
}

} // namespace

int main(int count, char** words) {
    // The second signal ends the program at once; what is final stays so.
    struct sigaction once {};
    once.sa_handler = stop;
    once.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &once, nullptr);
    sigaction(SIGTERM, &once, nullptr);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    try {
        const command_line given = read(count, words);
        if (given.help) return std::fputs(usage, stdout), 0;
        return run(given);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "export_calls: %s\n", error.what());
        std::printf("export_calls: FAILED\n");
        return 1;
    }
}
