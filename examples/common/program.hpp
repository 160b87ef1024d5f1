// What the main() of a server that runs until a signal needs. Not here: what it serves.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <string>

#include <tipring/core/text.hpp>

#include "http_server.hpp"

namespace common {

/// False when `written` is no number from 0 to `highest`.
template <class Integer>
bool read_number(const std::string& written, Integer highest, Integer& into) {
    const auto value = tipring::parse_integer<Integer>(written);
    if (!value || *value < 0 || *value > highest) return false;
    into = *value;
    return true;
}

/// What the command line of every server here may say.
struct server_options {
    int port = 0;
    std::string port_file;
    std::uint64_t seed = 1;
    bool verbose = false;
    bool help = false;
};

/// Takes an option that only one server has; false when the value is wrong or there is no such
/// option.
using take_option = std::function<bool(const std::string& name, const std::string& value)>;

/// False, and a message, when the command line is wrong.
bool read_options(const char* program, int count, char** arguments, const take_option& more,
                  server_options& into);

/// Call it before any thread starts: none of them gets SIGTERM or SIGINT, and a broken connection
/// is no signal.
sigset_t block_end_signals();

/// Is told the origin of a server before its first request.
using tell_origin = std::function<void(const std::string& origin)>;

/// Listens where the options say, tells where that is, and serves until one of `end_signals` comes.
/// The status of the program.
int serve(const char* program, const server_options& chosen, http_server& server,
          const sigset_t& end_signals, const tell_origin& tell = {});

} // namespace common
