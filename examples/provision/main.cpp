// Reads the command line, makes the clients, walks the tour.
#include <chrono>
#include <cstdio>
#include <string>

#include "../transports/transports.hpp"
#include "walk.hpp"

namespace {

using namespace provision;

constexpr char usage[] =
    "Usage: provision --server URL [--user NAME] [--password PASSWORD] [--transport NAME]\n"
    "                 [--ca FILE] [--verbose]\n"
    "\n"
    "A guided tour of the MiaRec API with tipring: makes a tenant with roles, groups and users, lists and\n"
    "searches calls, fetches a recording, and shows one error of each kind. Meant for examples/recorder, the stand-in\n"
    "server; it writes to the server that it is given.\n"
    "\n"
    "  --user NAME          account to use (default: apiuser)\n"
    "  --password PASSWORD  its password (default: secret)\n"
    "  --transport NAME     HTTP stack: curl_easy (default), curl_multi, beast, cpp_httplib, bare_socket\n"
    "  --ca FILE            certificates to trust for https, in PEM (default: those of the system)\n"
    "  --verbose            print each request and response, without secrets\n";

struct arguments {
    std::string server;
    std::string user = "apiuser";
    std::string password = "secret";
    std::string transport = "curl_easy";
    std::string ca;
    bool verbose = false;
    bool help = false;
};

/// False when the command line cannot be understood.
bool read(int count, char** words, arguments& into) {
    for (int i = 1; i < count; ++i) {
        const text word = words[i];
        std::string* value = nullptr;
        if (word == "--help" || word == "-h") return into.help = true;
        if (word == "--verbose")
            into.verbose = true;
        else if (word == "--server")
            value = &into.server;
        else if (word == "--user")
            value = &into.user;
        else if (word == "--password")
            value = &into.password;
        else if (word == "--transport")
            value = &into.transport;
        else if (word == "--ca")
            value = &into.ca;
        else
            return false;
        if (value == nullptr) continue;
        if (++i == count) return false;
        *value = words[i];
    }
    return !into.server.empty();
}

/// The time in 36 digits and letters, so that names are new each time.
std::string suffix_of_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    std::string digits;
    for (; rest > 0; rest /= 36)
        digits.insert(digits.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36]);
    return digits;
}

void walk(const arguments& given, tally& counts) {
    if (const auto origin = tipring::http::parse_origin(given.server); !origin)
        throw failed{join("--server: ", said(origin.error()))};
    say(join(
        "tipring ", TIPRING_VERSION_MAJOR, ".", TIPRING_VERSION_MINOR, ".", TIPRING_VERSION_PATCH,
        " at ", given.server, " as ", given.user, " over ", given.transport,
        ". What is sent, the status that comes back, and what it means. Long ids are cut (*)."));

    const auto* const stack = transports::find(given.transport);
    if (stack == nullptr) throw failed{join("--transport: one of ", transports::names())};
    const client::options choices{
        .verbose = given.verbose, .make_wire = stack->make, .wire = {.ca_file = given.ca}};
    client api{given.server, given.user, tipring::secret{given.password}, counts, choices};
    client anonymous{given.server, counts, choices};
    client impostor{given.server, given.user, tipring::secret{"not the password"}, counts, choices};

    const made_things made = provision_tenant(api, suffix_of_now());
    const found_things found = visit_calls(api, made);
    fetch_files(api, anonymous, found);
    client david{given.server, made.david_login, tipring::secret{made.password}, counts, choices};
    show_errors(api, impostor, david, made, counts);
    tidy_up(api, made);
}

} // namespace

int main(int count, char** words) {
    arguments given;
    const bool understood = read(count, words, given);
    if (!understood || given.help) {
        std::fputs(usage, understood ? stdout : stderr);
        return understood ? 0 : 1;
    }
    return take_tour("provision", [&](tally& counts) { walk(given, counts); });
}
