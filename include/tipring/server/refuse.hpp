// What a server answers to a request that it cannot read: the status, and which methods the path
// has. Not here: the words of one API (miarec.hpp, cloudlink.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/server/parse.hpp>

namespace tipring::inline TIPRING_ABI::server {

/// The status for what parse() says (RFC 9110 section 15.5): 404 for unknown_path, 405 for
/// method_not_allowed, which wants an Allow header (allowed_methods()), 413 for capacity, 415 for
/// unexpected_content_type, otherwise 400.
constexpr int status_of(errc refused) {
    switch (refused) {
    case errc::unknown_path: return 404;
    case errc::method_not_allowed: return 405;
    case errc::capacity: return 413;
    case errc::unexpected_content_type: return 415;
    default: return 400;
    }
}

namespace detail {

/// A bit for each method that one of the candidates has at the path.
inline unsigned methods_of(std::span<const candidate> candidates, text path) {
    unsigned found = 0;
    for (const candidate& each : candidates)
        if (!fitting_path(*each.facts, path).empty())
            found |= 1u << static_cast<unsigned>(each.facts->method);
    return found;
}

inline result<text> put_methods(unsigned found, arena& memory) {
    writer out{memory.rest()};
    for (std::uint8_t i = 0; found >> i != 0; ++i) {
        if ((found >> i & 1u) == 0) continue;
        if (out.size() != 0) out.put(", ");
        out.put(name(static_cast<http::method>(i)));
    }
    const text written = out.written();
    if (!memory.commit(out.size())) return error{.code = errc::capacity, .needed = memory.needed()};
    return written;
}

} // namespace detail

/// The methods that the operations of a list have at the path of `target`, such as `GET, PUT`, in
/// `memory`: the value of the Allow header of a 405 (RFC 9110 section 10.2.1). Empty when the path
/// is that of none. errc::bad_url, unknown_path without `options.prefix`, capacity.
template <class List>
result<text> allowed_methods(text target, arena& memory TIPRING_LIFETIMEBOUND,
                             const parse_options& options = {}) {
    const auto split = detail::split(target, options.prefix);
    if (!split) return split.error();
    const text path =
        options.allow_trailing_slash ? detail::without_trailing_slash(split->path) : split->path;
    return detail::put_methods(detail::methods_of(detail::any_of<List>::candidates(), path),
                               memory);
}

} // namespace tipring::inline TIPRING_ABI::server
