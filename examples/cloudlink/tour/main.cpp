// cloudlink_tour: a guided tour of CloudLink. Reads the command line, makes the accounts, walks.
#include <cstdio>
#include <random>
#include <string>

#include <sys/utsname.h>

#include "../../transports/transports.hpp"
#include "walk.hpp"

namespace {

using namespace tour;

constexpr char usage[] =
    "Usage: cloudlink_tour --server http://127.0.0.1:PORT [--transport NAME] [--verbose]\n"
    "\n"
    "A guided tour of CloudLink with tipring: signs in, lists users while the token ends, gets an account\n"
    "locked, posts a message, receives a webhook. For examples/cloudlink's stand-in alone.\n"
    "\n"
    "  --transport NAME  HTTP stack: curl_easy (default), curl_multi, beast, cpp_httplib, bare_socket\n"
    "  --verbose         print each request and response, without secrets\n";

struct arguments {
    std::string server;
    std::string transport = "curl_easy";
    bool verbose = false;
    bool help = false;
};

/// False when the command line cannot be understood.
bool read(int count, char** words, arguments& into) {
    for (int i = 1; i < count; ++i) {
        const text word = words[i];
        if (word == "--help" || word == "-h") return into.help = true;
        if (word == "--verbose")
            into.verbose = true;
        else if (word == "--server" && ++i < count)
            into.server = words[i];
        else if (word == "--transport" && ++i < count)
            into.transport = words[i];
        else
            return false;
    }
    return !into.server.empty();
}

/// Who we are, as Mitel wants to know it with every request.
cloudlink::app_header introduce_ourselves() {
    std::random_device random;
    char bytes[16];
    for (char& c : bytes) c = static_cast<char>(random());
    const auto session = tipring::random_uuid::make(text{bytes, sizeof bytes});
    utsname system{};
    uname(&system);
    const auto made = cloudlink::app_header::make({.name = "tipring-tour",
                                                   .flavor = "cli",
                                                   .version = "1.0",
                                                   .os = system.sysname,
                                                   .os_version = system.release,
                                                   .session = session->view()});
    if (!made) throw failed{join("x-mitel-app: ", said(made.error()))};
    return *made;
}

void walk(const arguments& given, tally& counts) {
    if (const auto origin = http::parse_origin(given.server); !origin)
        throw failed{join("--server: ", said(origin.error()))};
    const auto* const stack = transports::find(given.transport);
    if (stack == nullptr) throw failed{join("--transport: one of ", transports::names())};
    say(join(
        "CloudLink at ", given.server, " over ", given.transport,
        ". What is sent, the status that comes back, and what it means. Long ids are cut (*)."));
    const cloudlink::app_header app = introduce_ourselves();
    say(join("With every request: ", app.header().name, ": ", app.header().value));

    const surroundings around{.origin = given.server,
                              .app = app.header(),
                              .counts = counts,
                              .choices = {.verbose = given.verbose, .make_wire = stack->make}};
    account anna{around, "anna@example.com", "secret"};
    account bob{around, "bob@example.com", "secret"};
    account dave{around, "dave@example.com", "secret"};
    overseer above{around};
    meet(anna);
    list_users(anna, above);
    get_locked(around, above);
    talk(anna, bob, dave, around, above);
    show_errors(anna, around);
}

} // namespace

int main(int count, char** words) {
    arguments given;
    const bool understood = read(count, words, given);
    if (!understood || given.help) {
        std::fputs(usage, understood ? stdout : stderr);
        return understood ? 0 : 1;
    }
    return take_tour("cloudlink_tour", [&](tally& counts) { walk(given, counts); });
}
