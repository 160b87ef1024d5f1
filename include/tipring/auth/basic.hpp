// HTTP Basic authentication (RFC 7617): the Authorization header, made once and kept for many
// requests, and its reverse for servers. Not here: who may do what.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <tipring/auth/authorization.hpp>
#include <tipring/auth/base64.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/url.hpp>

namespace tipring::inline TIPRING_ABI::auth {

namespace detail {

inline constexpr text basic_scheme = "Basic ";

/// The offset of the first control character (RFC 7617 section 2 forbids them all); bytes.size()
/// when there is none.
constexpr std::size_t find_control(text bytes) {
    std::size_t at = 0;
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0x20 && bytes[at] != 0x7F)
        ++at;
    return at;
}

constexpr result<void> check_credential(text value, text parameter) {
    if (const std::size_t control = find_control(value); control != value.size())
        return about(errc::bad_parameter, parameter, control);
    if (const std::size_t bad = find_ill_formed_utf8(value); bad != value.size())
        return about(errc::invalid_utf8, parameter, bad);
    return {};
}

} // namespace detail

/// The `Authorization: Basic …` header for user names and passwords of up to `MaxCredentials`
/// bytes, both and the colon between them taken together. Its bytes are its own: it is wiped when
/// destroyed, moved from or assigned to, and is not copied. An empty one, such as one moved from,
/// has an empty header.
template <std::size_t MaxCredentials>
class basic_authorization_of
    : public detail::kept_authorization<detail::basic_scheme.size() + base64_size(MaxCredentials)> {
public:
    /// errc::bad_parameter, with `user` or `password` and the offset, for a colon in the user name
    /// or a control character; errc::invalid_utf8 likewise; errc::capacity with the MaxCredentials
    /// that would have been enough.
    static constexpr result<basic_authorization_of> make(text user, secret password) {
        if (const std::size_t colon = user.find(':'); colon != text::npos)
            return about(errc::bad_parameter, "user", colon);
        if (const result<void> good = detail::check_credential(user, "user"); !good)
            return good.error();
        if (const result<void> good = detail::check_credential(password.reveal(), "password");
            !good)
            return good.error();
        const std::size_t needed = user.size() + 1 + password.size();
        if (needed > MaxCredentials) return error{.code = errc::capacity, .needed = needed};

        basic_authorization_of made;
        made.put([&](writer& out) {
            out.put(detail::basic_scheme);
            base64_encoder encoder{out};
            encoder.put(user);
            encoder.put(":");
            encoder.put(password.reveal());
            encoder.finish();
        });
        return made;
    }

    /// For a client at a token endpoint, whose id and secret are form-encoded first (RFC 6749
    /// section 2.3.1), so that a colon and anything else of UTF-8 may be in them. Servers that hold
    /// to the grammar of its appendix A take printable ASCII alone.
    /// errc::bad_parameter for an empty id; errc::invalid_utf8 with the offset; errc::capacity with
    /// the MaxCredentials that would have been enough.
    static constexpr result<basic_authorization_of> make_client(text client_id,
                                                                secret client_secret) {
        if (client_id.empty()) return about(errc::bad_parameter, "client_id", 0);
        if (const std::size_t bad = find_ill_formed_utf8(client_id); bad != client_id.size())
            return about(errc::invalid_utf8, "client_id", bad);
        const text key = client_secret.reveal();
        if (const std::size_t bad = find_ill_formed_utf8(key); bad != key.size())
            return about(errc::invalid_utf8, "client_secret", bad);
        writer measure;
        http::put_form_encoded(measure, client_id);
        measure.put(':');
        http::put_form_encoded(measure, key);
        if (measure.size() > MaxCredentials)
            return error{.code = errc::capacity, .needed = measure.size()};

        basic_authorization_of made;
        made.put([&](writer& out) {
            out.put(detail::basic_scheme);
            base64_encoder encoder{out};
            http::put_form_encoded(encoder, client_id);
            encoder.put(":");
            http::put_form_encoded(encoder, key);
            encoder.finish();
        });
        return made;
    }
};

/// Long enough for most accounts; take basic_authorization_of for more.
using basic_authorization = basic_authorization_of<96>;

/// What a Basic header says.
struct basic_credentials {
    text user = {};
    secret password = {};
};

namespace detail {

/// What `read` gives; when that is nothing, what it left of `value`, decoded, in `memory` is wiped
/// and the memory is as it was.
template <class Read>
result<basic_credentials> wiped_unless_read(text value, arena& memory, const Read& read) {
    const arena::mark before = memory.position();
    result<basic_credentials> got = read();
    if (!got) {
        memory.rewind(before);
        const std::span<char> room = memory.rest();
        // Decoded once or twice it is no longer than that.
        wipe(room.first(room.size() / 2 < value.size() ? room.size() : value.size() * 2));
    }
    return got;
}

inline result<basic_credentials> read_basic(text value, arena& memory) {
    constexpr text scheme = "Basic";
    if (!equal_ignoring_case(slice(value, 0, scheme.size()), scheme))
        return error{.code = errc::bad_header, .offset = 0};
    std::size_t start = scheme.size();
    while (start < value.size() && value[start] == ' ') ++start;
    if (start == scheme.size()) return error{.code = errc::bad_header, .offset = start};
    const text coded = trimmed(slice(value, start));

    auto* const bytes = static_cast<char*>(memory.allocate(coded.size() / 4 * 3, 1));
    if (bytes == nullptr)
        return error{
            .code = errc::capacity, .needed_is_lower_bound = true, .needed = memory.needed()};
    const result<std::size_t> size = decode_base64(coded, bytes);
    if (!size) return error{.code = errc::bad_header, .offset = start + size.error().offset};

    const text credentials{bytes, *size};
    const std::size_t colon = credentials.find(':');
    if (colon == text::npos || find_control(credentials) != credentials.size())
        return errc::bad_header;
    if (!is_utf8(credentials)) return errc::invalid_utf8;
    return basic_credentials{.user = slice(credentials, 0, colon),
                             .password = secret{slice(credentials, colon + 1)}};
}

inline result<basic_credentials> read_basic_client(text value, arena& memory) {
    const auto coded = read_basic(value, memory);
    if (!coded) return coded.error();
    const auto decoded = [&](text part) -> result<text> {
        const auto plain = http::percent_decode(part, memory, http::plus_sign::is_space);
        if (!plain)
            return plain.code() == errc::capacity ? plain.error() : error{.code = errc::bad_header};
        if (!is_utf8(*plain)) return errc::invalid_utf8;
        return *plain;
    };
    const auto id = decoded(coded->user);
    if (!id) return id.error();
    const auto key = decoded(coded->password.reveal());
    if (!key) return key.error();
    return basic_credentials{.user = *id, .password = secret{*key}};
}

} // namespace detail

/// Reads the value of an Authorization header, for servers: the scheme without case, blanks, then
/// strict Base64 of `user:password`, where the first colon is the one that separates (RFC 7617
/// section 2). The result views the arena; wipe its bytes when the request is done. After an error
/// nothing of it is left there.
///
/// errc::bad_header, with the offset in `value`, for another scheme and for what is not Base64;
/// without an offset when what it holds has no colon or has control characters. errc::invalid_utf8,
/// errc::capacity.
inline result<basic_credentials> parse_basic(text value, arena& memory) {
    return detail::wiped_unless_read(value, memory,
                                     [&] { return detail::read_basic(value, memory); });
}

/// As above for a token endpoint: what make_client() wrote, form-decoded (RFC 6749 section 2.3.1).
/// errc::bad_header also for bad escapes in it.
inline result<basic_credentials> parse_basic_client(text value, arena& memory) {
    return detail::wiped_unless_read(value, memory,
                                     [&] { return detail::read_basic_client(value, memory); });
}

} // namespace tipring::inline TIPRING_ABI::auth
