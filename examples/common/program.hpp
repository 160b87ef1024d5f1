// What the main() of a server that runs until a signal needs. Not here: what it serves.
#pragma once

#include <csignal>
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

/// Readers see the whole file or none.
bool write_port_file(const std::string& path, int port);

/// Call it before any thread starts: none of them gets SIGTERM or SIGINT, and a broken connection
/// is no signal.
sigset_t block_end_signals();

/// Serves until one of `end_signals` comes.
void run_until(const sigset_t& end_signals, http_server& server);

} // namespace common
