#include "program.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <pthread.h>

namespace common {

bool write_port_file(const std::string& path, int port) {
    const std::string unfinished = path + ".new";
    std::ofstream out{unfinished};
    out << port << '\n';
    out.close();
    return out && std::rename(unfinished.c_str(), path.c_str()) == 0;
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

} // namespace common
