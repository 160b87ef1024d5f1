// Writing JSON strings into a core writer: quotes, escapes, and the check that the text is UTF-8.
// Not here: numbers (writer::put_integer), typed encoding (json/encode.hpp).
#pragma once

#include <span>
#include <type_traits>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/copy_plain.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

/// Writes string content however much room there is.
[[gnu::noinline]] constexpr errc put_content(writer& out, const char* at, const char* end) {
    const char* run = at;
    for (;;) {
        at = find_special_bytewise(at, end);
        if (at != end && byte_at(at) >= 0x80) {
            at = skip_not_ascii(at, end);
            if (at == nullptr) return errc::invalid_utf8;
            continue;
        }
        out.put(text{run, distance(run, at)});
        if (at == end) return errc::ok;
        char escape[longest_escape];
        out.put(text{escape, distance(escape, write_escape(escape, *at))});
        run = ++at;
    }
}

} // namespace detail

/// Writes `value` as a JSON string with its quotes. Only what must be escaped is: the quote, the
/// backslash and the control bytes below 0x20; a slash, DEL and all other characters go out as they
/// are. invalid_utf8 when the value is not well-formed UTF-8: what was written then is of no use.
[[gnu::noinline]] constexpr errc put_string(writer& out, text value) {
    const char* at = value.data();
    const char* const end = at + value.size();
    out.put('"');
    if (!TIPRING_SMALL && !std::is_constant_evaluated()) {
        const std::span<char> room = out.rest();
        if (!value.empty() && room.size() >= value.size()) {
            const detail::copied_content done =
                detail::copy_content(room.data(), room.data() + room.size(), at, end);
            if (done.at == nullptr) return errc::invalid_utf8;
            out.advance(detail::distance(room.data(), done.to));
            at = done.at;
        }
    }
    if (const errc code = detail::put_content(out, at, end); code != errc::ok) return code;
    out.put('"');
    return errc::ok;
}

} // namespace tipring::inline TIPRING_ABI::json
