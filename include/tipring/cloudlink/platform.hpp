// Where CloudLink's services are: from environment, cloud and region to the origin of a service,
// and the requests for it (fact sheet A.1). Not here: what the services can do (one header each),
// tokens (auth/session.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/paging.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/url.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Tokens and accounts of one environment are unknown in the other.
enum class environment : std::uint8_t {
    production,
    development, ///< the sandbox
};

/// What a host name says: `{service}[.{region}][.{cloud}][.dev].api.mitel.io`.
struct host_name {
    text service = {};
    text region = {};
    text cloud = {};
    cloudlink::environment environment = environment::production;

    friend constexpr bool operator==(const host_name&, const host_name&) = default;
};

/// What pagers do by themselves with the operations here, since CloudLink's links have raw blanks
/// and quotes in them (quirk Q-21); for operations of your own that have another http::api.
inline constexpr http::paging_limits paging{.characters = http::url_characters::lenient};

namespace detail {

inline constexpr text domain = ".api.mitel.io";
inline constexpr text development_label = ".dev";

/// Letters, digits and hyphens, none of these at an end.
constexpr bool is_label(text label) {
    if (label.empty() || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label)
        if (!is_alpha(c) && !is_digit(c) && c != '-') return false;
    return true;
}
/// What stands for the sandbox in a host name, and so is nothing else there.
constexpr bool is_development(text label) {
    return equal_ignoring_case(label, slice(development_label, 1));
}
/// Regions are those of AWS: `us-west-2`. Clouds have no hyphen.
constexpr bool is_region(text label) {
    return is_label(label) && label.find('-') != text::npos;
}
constexpr bool is_cloud(text label) {
    return is_label(label) && label.find('-') == text::npos && !is_development(label);
}

} // namespace detail

/// Reads the host name of an API; without case, as host names are, so compare the parts, which are
/// as written, without it too. errc::bad_url for anything else, such as `chat.api.mitel.com` (quirk
/// Q-7) and names without a service.
constexpr result<host_name> parse_host(text host) {
    const std::size_t labels = host.size() - detail::domain.size();
    if (host.size() <= detail::domain.size() ||
        !equal_ignoring_case(slice(host, labels), detail::domain))
        return error{.code = errc::bad_url, .offset = 0};
    host = slice(host, 0, labels);
    host_name parts;
    const std::size_t last = host.rfind('.');
    if (last != text::npos && detail::is_development(slice(host, last + 1))) {
        parts.environment = environment::development;
        host = slice(host, 0, last);
    }
    const std::size_t first = host.find('.');
    parts.service = slice(host, 0, first);
    if (first != text::npos) {
        host = slice(host, first + 1);
        const std::size_t second = host.find('.');
        parts.cloud = second == text::npos ? host : slice(host, second + 1);
        if (second != text::npos) {
            parts.region = slice(host, 0, second);
            if (!detail::is_region(parts.region)) return error{.code = errc::bad_url, .offset = 0};
        }
        if (!detail::is_cloud(parts.cloud)) return error{.code = errc::bad_url, .offset = 0};
    }
    if (!detail::is_label(parts.service) || detail::is_development(parts.service))
        return error{.code = errc::bad_url, .offset = 0};
    return parts;
}

/// Where one service is, if not where the table says: another origin (a stand-in, a proxy), what
/// stands before its paths there, another version. What is empty stays as it is.
struct service_address {
    cloudlink::service service = service::authentication;
    text origin = {};
    /// Empty, or `/admin`, without a slash at its end.
    text prefix = {};
    /// The version in the paths, with a slash before it: `/2017-09-01`.
    text base_path = {};
};

/// One CloudLink, as an application sees it: where its services are and how to introduce oneself to
/// all of them. A value; views what it is made of.
///
///     const cloudlink::platform cloud{.environment = cloudlink::environment::development,
///                                     .app = app->header(),
///                                     .authorization = session.authorization()};
///     const auto request = encode(cloudlink::list_users{}, cloud, memory);
struct platform {
    /// One for all services (quirk Q-9).
    cloudlink::environment environment = environment::production;
    /// `us` or `eu`; empty for the names that find an account's cloud themselves.
    text cloud = {};
    /// Such as `us-west-2`; only with a cloud.
    text region = {};
    std::span<const service_address> addresses = {};
    /// Allow addresses of the other environment, or of another service.
    bool allow_mixed_environments = false;
    /// Who asks; Mitel rejects what does not say so. errc::missing_parameter when its name is
    /// empty.
    http::header app = {};
    /// As origin_server::authorization; operations that need none are sent without.
    http::header authorization = {};
    /// As origin_server::headers.
    std::span<const http::header> headers = {};
};

namespace detail {

inline const service_address* find_address(const platform& cloud, service which) {
    for (const service_address& each : cloud.addresses)
        if (each.service == which) return &each;
    return nullptr;
}

/// Whether `origin` may stand for the service: it is none of Mitel's hosts, or the right one.
inline result<void> check_address(const platform& cloud, service which, text origin) {
    const auto url = http::parse_origin(origin);
    if (!url) return about(url.code(), "addresses");
    constexpr text mitel[] = {"mitel.io", "mitel.com"};
    // With a dot at its end, a name is the same in DNS.
    const text name = slice(url->host, 0, url->host.size() - (url->host.ends_with('.') ? 1u : 0u));
    bool is_mitel = false;
    for (const text each : mitel) {
        if (name.size() < each.size()) continue;
        const text end = slice(name, name.size() - each.size());
        is_mitel |= equal_ignoring_case(end, each) &&
                    (end.size() == name.size() || name[name.size() - end.size() - 1] == '.');
    }
    if (!is_mitel) return {};
    const auto host = parse_host(url->host);
    if (!host || !equal_ignoring_case(url->scheme, "https") || !url->port.empty())
        return about(errc::bad_url, "addresses");
    if (cloud.allow_mixed_environments) return {};
    return host->environment == cloud.environment &&
                   equal_ignoring_case(host->service, api_of(which).service)
               ? result<void>{}
               : about(errc::mixed_environments, "addresses");
}

inline result<void> put_origin(const platform& cloud, service which, writer& out) {
    if (!cloud.cloud.empty() && !is_cloud(cloud.cloud)) return about(errc::bad_parameter, "cloud");
    if (!cloud.region.empty() && (!is_region(cloud.region) || cloud.cloud.empty()))
        return about(errc::bad_parameter, "region");
    out.put("https://");
    out.put(api_of(which).service);
    for (const text label : {cloud.region, cloud.cloud}) {
        if (label.empty()) continue;
        out.put('.');
        out.put(label);
    }
    if (cloud.environment == environment::development) out.put(development_label);
    out.put(domain);
    return {};
}

inline bool build_server(const platform& cloud, service which, http::detail::request_memory& room,
                         http::origin_server& server) {
    if (cloud.app.name.empty()) return room.fail_at(app_header_name, errc::missing_parameter);
    const service_address none{};
    const service_address* const found = find_address(cloud, which);
    const service_address& address = found != nullptr ? *found : none;
    server.origin = address.origin;
    server.authorization = cloud.authorization;
    const auto put_this_origin = [&](writer& out) {
        return room.note(put_origin(cloud, which, out));
    };
    const bool has_origin = address.origin.empty()
                                ? room.put(server.origin, put_this_origin)
                                : room.note(check_address(cloud, which, address.origin));
    if (!has_origin) return false;
    if (!http::detail::is_usable_prefix(address.prefix) ||
        !http::detail::is_usable_prefix(address.base_path))
        return room.fail_at("addresses", errc::bad_url);
    server.prefix = address.base_path.empty() ? api_of(which).base_path : address.base_path;
    if (!address.prefix.empty()) {
        const text base_path = server.prefix;
        room.put(server.prefix, [&](writer& out) {
            out.put(address.prefix);
            out.put(base_path);
            return true;
        });
    }
    http::detail::header_builder headers{1 + cloud.headers.size(), room};
    if (!headers.add(cloud.app)) return false;
    for (const http::header& each : cloud.headers)
        if (!headers.add(each)) return false;
    server.headers = headers.built();
    return true;
}

/// The service whose operations share `facts`.
constexpr service service_of(const http::api& facts) {
    std::size_t i = 0;
    while (i < std::size(apis) && apis[i].service != facts.service) ++i;
    return static_cast<service>(i);
}

} // namespace detail

/// An operation of CloudLink.
template <class Op>
concept operation_type = http::operation_type<Op> && static_cast<std::size_t>(
                             detail::service_of(*http::operation_of<Op>.api)) < std::size(apis);

/// The server of one service, for a pager and for whatever else takes an origin_server. What is put
/// together lies in `memory`. errc::bad_parameter and bad_url with the name of the platform's
/// member (`addresses` for all of one); errc::missing_parameter with `x-mitel-app` when `app` is
/// not set; errc::mixed_environments for an address at a host of another environment or service
/// (quirk Q-9); errc::capacity with what is enough; `memory` is then as it was.
inline result<http::origin_server> server_of(service which, const platform& cloud,
                                             arena& memory TIPRING_LIFETIMEBOUND) {
    http::detail::request_memory room{memory};
    http::origin_server server;
    if (!detail::build_server(cloud, which, room, server) || room.is_short) return room.undo();
    return server;
}

/// Builds the request of an operation for the service that has it; see http::encode(). The request
/// views `cloud` and `memory`. errc::capacity has a lower bound.
template <operation_type Op>
result<http::request> encode(const Op& op, const platform& cloud,
                             arena& memory TIPRING_LIFETIMEBOUND,
                             const http::request_options& options = {}) {
    const arena::mark before = memory.position();
    const auto server = server_of(detail::service_of(*http::operation_of<Op>.api), cloud, memory);
    if (!server) {
        error failure = server.error();
        failure.needed_is_lower_bound = failure.code == errc::capacity;
        return failure;
    }
    const auto built = http::encode(op, *server, memory, options);
    if (!built) memory.rewind(before);
    return built;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
using cloudlink::encode;
} // namespace tipring::inline TIPRING_ABI
