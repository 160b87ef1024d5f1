// Bearer tokens (RFC 6750): what a token may hold, the Authorization header and its reverse for
// servers, and the challenge of a 401 answer. Not here: where tokens come from (oauth2.hpp), who
// keeps them (session.hpp).
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include <tipring/auth/authorization.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/message.hpp>

namespace tipring::inline TIPRING_ABI::auth {

using namespace std::string_view_literals;

namespace detail {

inline constexpr text bearer_scheme = "Bearer ";
inline constexpr byte_set bearer_token_chars = byte_set::letters_digits_and("-._~+/");

} // namespace detail

/// Whether `token` may be sent: letters, digits and `-._~+/`, at least one, then any number of `=`
/// (RFC 6750 section 2.1), so never a blank or a line break. errc::bad_parameter with the offset.
constexpr result<void> check_bearer_token(secret token) {
    const text characters = token.reveal();
    std::size_t at = 0;
    while (at < characters.size() && detail::bearer_token_chars.has(characters[at])) ++at;
    if (at != 0)
        while (at < characters.size() && characters[at] == '=') ++at;
    if (at != 0 && at == characters.size()) return {};
    return about(errc::bad_parameter, "access_token", at);
}

/// The `Authorization: Bearer …` header for a token of up to `MaxToken` bytes that something else
/// got and renews; oauth::session (session.hpp) does that too. Its bytes are its own: it is wiped
/// when destroyed, moved from or assigned to, and is not copied. An empty one, such as one moved
/// from, has an empty header.
template <std::size_t MaxToken>
class bearer_authorization_of
    : public detail::kept_authorization<detail::bearer_scheme.size() + MaxToken> {
public:
    /// errc::bad_parameter as check_bearer_token(); errc::capacity with the MaxToken that would
    /// have been enough.
    static constexpr result<bearer_authorization_of> make(secret token) {
        if (const result<void> good = check_bearer_token(token); !good) return good.error();
        if (token.size() > MaxToken) return error{.code = errc::capacity, .needed = token.size()};
        bearer_authorization_of made;
        made.put([&](writer& out) {
            out.put(detail::bearer_scheme);
            out.put(token.reveal());
        });
        return made;
    }
};

/// Long enough for the tokens of today, which are JWTs; take bearer_authorization_of for more.
using bearer_authorization = bearer_authorization_of<2048>;

/// Reads the value of an Authorization header, for servers: the scheme without case, blanks, the
/// token. With `bare_token` also a token alone, which CloudLink takes (quirk Q-30); tipring never
/// sends one. errc::bad_header for anything else. The token views `value`.
constexpr result<secret> parse_bearer(text value, bool bare_token = false) {
    constexpr text scheme = "Bearer";
    text token = trimmed(value);
    const bool has_scheme = equal_ignoring_case(slice(token, 0, scheme.size()), scheme) &&
                            slice(token, scheme.size()).starts_with(' ');
    if (!has_scheme && !bare_token) return error{.code = errc::bad_header, .offset = 0};
    if (has_scheme) token = trimmed(slice(token, scheme.size()));
    if (!check_bearer_token(secret{token}))
        return error{.code = errc::bad_header,
                     .offset = token.empty()
                                   ? value.size()
                                   : static_cast<std::size_t>(token.data() - value.data())};
    return secret{token};
}

/// What a server says about the token that it did not take (RFC 6750 section 3). Empty where it
/// said nothing. Quoted text is as written: backslashes in it are not resolved.
struct bearer_challenge {
    text realm = {};
    text scope = {};
    /// `invalid_request`, `invalid_token`, `insufficient_scope`, or empty.
    text error = {};
    text error_description = {};
    text error_uri = {};
};

namespace detail {

struct challenge_part {
    text name;
    text bearer_challenge::*value;
};
inline constexpr challenge_part challenge_parts[] = {
    {"realm", &bearer_challenge::realm},
    {"scope", &bearer_challenge::scope},
    {"error", &bearer_challenge::error},
    {"error_description", &bearer_challenge::error_description},
    {"error_uri", &bearer_challenge::error_uri}};

/// Walks over a list of challenges (RFC 9110 section 11.6.1) and keeps what belongs to the first
/// Bearer.
class challenge_reader {
public:
    constexpr explicit challenge_reader(text value) : rest_{value} {}

    constexpr std::optional<bearer_challenge> run() {
        while (skip_separators()) {
            const text word = take_token();
            if (word.empty()) break;
            const text behind = rest_;
            skip_blanks();
            if (rest_.starts_with('=') && !slice(rest_, 1).starts_with('=')) {
                rest_.remove_prefix(1);
                if (!take_parameter(word)) break;
                continue;
            }
            rest_ = behind;
            if (is_bearer_) break;
            is_bearer_ = equal_ignoring_case(word, "Bearer"sv);
            if (!is_bearer_) skip_token68();
        }
        if (!is_bearer_) return std::nullopt;
        return found_;
    }

private:
    constexpr void skip_blanks() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t'))
            rest_.remove_prefix(1);
    }
    constexpr bool skip_separators() {
        while (!rest_.empty() &&
               (rest_.front() == ' ' || rest_.front() == '\t' || rest_.front() == ','))
            rest_.remove_prefix(1);
        return !rest_.empty();
    }
    constexpr text take_token() {
        const text token = slice(rest_, 0, http::find_bad_in_name(rest_));
        rest_.remove_prefix(token.size());
        return token;
    }
    /// Credentials such as those of Negotiate are no parameters.
    constexpr void skip_token68() {
        const text behind = rest_;
        skip_blanks();
        std::size_t size = 0;
        while (size < rest_.size() && rest_[size] != ',' && rest_[size] != ' ' &&
               rest_[size] != '\t' && rest_[size] != '=')
            ++size;
        std::size_t end = size;
        while (end < rest_.size() && rest_[end] == '=') ++end;
        const bool ends_here = end == rest_.size() || rest_[end] == ',';
        if (size != 0 && ends_here)
            rest_.remove_prefix(end);
        else
            rest_ = behind;
    }
    constexpr bool take_parameter(text name) {
        skip_blanks();
        text value;
        if (rest_.starts_with('"')) {
            std::size_t end = 1;
            while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2u : 1u;
            if (end >= rest_.size()) return false;
            value = slice(rest_, 1, end - 1);
            rest_.remove_prefix(end + 1);
        } else {
            value = take_token();
        }
        if (is_bearer_) keep(name, value);
        return true;
    }
    constexpr void keep(text name, text value) {
        for (const challenge_part& part : challenge_parts)
            if (equal_ignoring_case(name, part.name) && (found_.*part.value).empty())
                found_.*part.value = value;
    }

    text rest_;
    bearer_challenge found_ = {};
    bool is_bearer_ = false;
};

} // namespace detail

/// The first Bearer challenge in the WWW-Authenticate fields, also among others; nothing when there
/// is none. What is malformed ends the reading of its field.
constexpr std::optional<bearer_challenge>
find_bearer_challenge(std::span<const http::header> headers) {
    for (const http::header& h : headers) {
        if (!equal_ignoring_case(h.name, "WWW-Authenticate"sv)) continue;
        if (const auto found = detail::challenge_reader{h.value}.run()) return found;
    }
    return std::nullopt;
}

/// Whether a new token may help: a 401 without a word, or one that says `invalid_token`. A 403
/// never means that (RFC 6750 section 3.1).
constexpr bool asks_for_new_token(int status, std::span<const http::header> headers) {
    if (status != 401) return false;
    const auto challenge = find_bearer_challenge(headers);
    return !challenge || challenge->error.empty() || challenge->error == "invalid_token"sv;
}

} // namespace tipring::inline TIPRING_ABI::auth
