// The adapters, by name. Each keeps the contract of docs/porting.md with another HTTP stack.
#pragma once

#include <span>
#include <string>

#include "../common/transport.hpp"

namespace transports {

using common::transport;
using common::transport_options;

transport make_curl_easy(const transport_options& options);
transport make_curl_multi(const transport_options& options);
transport make_beast(const transport_options& options);
transport make_cpp_httplib(const transport_options& options);
transport make_bare_socket(const transport_options& options);

struct adapter {
    common::text name;
    transport (*make)(const transport_options& options);
    bool has_tls = true;
    /// Names of conformance cases, divided by blanks, that the library itself cannot pass.
    common::text known_limits = {};
};

/// Those of this build: Beast needs a compiler that Asio knows to have coroutines.
std::span<const adapter> all();
/// Null when there is none of that name.
const adapter* find(common::text name);
/// `curl_easy, curl_multi, …`, for people.
std::string names();

} // namespace transports
