#include "program.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <pthread.h>

namespace common {

namespace {

/// Readers see the whole file or none.
bool write_port_file(const std::string& path, int port) {
    const std::string unfinished = path + ".new";
    std::ofstream out{unfinished};
    out << port << '\n';
    out.close();
    return out && std::rename(unfinished.c_str(), path.c_str()) == 0;
}

/// Serves until one of `end_signals` comes.
void run_until(const sigset_t& end_signals, http_server& server) {
    std::thread stopper{[&] {
        int received = 0;
        sigwait(&end_signals, &received);
        if (!server.stop()) std::_Exit(0);
    }};
    server.run();
    // Wakes it up when it was not a signal that ended the server.
    pthread_kill(stopper.native_handle(), SIGTERM);
    stopper.join();
}

} // namespace

bool read_options(const char* program, int count, char** arguments, const take_option& more,
                  server_options& into) {
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            into.help = true;
            continue;
        }
        if (name == "--verbose") {
            into.verbose = true;
            continue;
        }
        const std::string value = i + 1 < count ? arguments[++i] : "";
        bool is_good = false;
        if (name == "--port")
            is_good = read_number(value, 65535, into.port);
        else if (name == "--port-file")
            is_good = !(into.port_file = value).empty();
        else if (name == "--seed")
            is_good = read_number(value, UINT64_MAX, into.seed);
        else
            is_good = more(name, value);
        if (!is_good) {
            std::fprintf(stderr, "%s: %s %s is wrong (see --help)\n", program, name.c_str(),
                         value.c_str());
            return false;
        }
    }
    return true;
}

sigset_t block_end_signals() {
    sigset_t end_signals;
    sigemptyset(&end_signals);
    sigaddset(&end_signals, SIGTERM);
    sigaddset(&end_signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &end_signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return end_signals;
}

int serve(const char* program, const server_options& chosen, http_server& server,
          const sigset_t& end_signals, const tell_origin& tell) {
    const int port = server.bind(chosen.port);
    if (port < 0) {
        std::fprintf(stderr, "%s: cannot listen on port %d\n", program, chosen.port);
        return 1;
    }
    const std::string origin =
        std::string{server.scheme()} + "://127.0.0.1:" + std::to_string(port);
    if (tell) tell(origin);
    if (!chosen.port_file.empty() && !write_port_file(chosen.port_file, port)) {
        std::fprintf(stderr, "%s: cannot write %s\n", program, chosen.port_file.c_str());
        return 1;
    }
    std::printf("%s: listening on %s\n", program, origin.c_str());
    std::fflush(stdout);
    run_until(end_signals, server);
    return 0;
}

} // namespace common
