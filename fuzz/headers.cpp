// Header fields from outside and on their way out: what may be sent has nothing in it that could
// start another field; credentials and the application's header are written so that they read back
// as the same; whatever any reader takes out of a received value lies in that value; a line for the
// log is one line of printable text without the secret. Input: a choice, then lines.
#include <tipring/auth/basic.hpp>
#include <tipring/auth/bearer.hpp>
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/uuid.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/log.hpp>
#include <tipring/http/message.hpp>

#include "guard_page.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tipring;

bool has_control(std::string_view value) {
    for (const char c : value)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
    return false;
}
/// Printable ASCII, blanks and tabs.
bool is_visible(std::string_view value) {
    for (const char c : value)
        if (c != '\t' && (has_control({&c, 1}) || static_cast<unsigned char>(c) >= 0x80))
            return false;
    return true;
}
bool is_inside(text part, text whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

void check_field(text name, text value) {
    const auto checked = http::check(http::header{.name = name, .value = value});
    constexpr std::string_view token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const bool is_name = !name.empty() && name.find_first_not_of(token) == text::npos;
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    const bool has_blank_ends =
        !value.empty() && (is_blank(value.front()) || is_blank(value.back()));
    fuzz::require(checked.has_value() == (is_name && is_visible(value) && !has_blank_ends),
                  "a field is judged wrongly", value);
    if (!checked) {
        const text part = is_name ? value : name;
        fuzz::require(checked.code() == errc::bad_header && checked.error().offset <= part.size(),
                      "an offset outside", value);
    }
    std::string without_tabs{value};
    std::erase(without_tabs, '\t');
    fuzz::require((http::find_bad_in_value(value, http::obs_text::allowed) == value.size()) ==
                      !has_control(without_tabs),
                  "a received value is judged wrongly", value);
    fuzz::require(is_inside(http::media_type(value), value), "a media type outside", value);
    static_cast<void>(http::is_json(value));
}

void check_log(text name, text value, text target, std::string_view about) {
    const std::string secret = "Sesame" + std::to_string(value.size());
    const http::header headers[] = {{.name = name, .value = value},
                                    {.name = "x-key", .value = secret, .is_secret = true},
                                    {.name = "Authorization", .value = secret}};
    const http::request request{
        .origin = "https://a.example", .target = target, .headers = headers};
    // Secrets stay out even of a log that is told to show them.
    constexpr text shown[] = {"x-key", "Authorization"};
    for (const http::log_policy& policy :
         {http::log_policy{}, http::log_policy{.header_names = shown}}) {
        writer measure;
        http::print_redacted(request, measure, policy);
        const std::unique_ptr<char[]> bytes{new char[measure.size()]};
        writer out{std::span{bytes.get(), measure.size()}};
        http::print_redacted(request, out, policy);
        fuzz::require(out.fits(), "measured wrongly", about);
        const text line = out.written();
        fuzz::require(is_visible(line) && !has_control(line), "more than a line", about);
        if (value.find(secret) == text::npos && target.find(secret) == text::npos &&
            name.find(secret) == text::npos)
            fuzz::require(line.find(secret) == text::npos, "a secret in a log", about);
    }
}

void check_bearer(text value) {
    for (const bool bare : {false, true}) {
        const auto token = auth::parse_bearer(value, bare);
        if (!token) {
            fuzz::require(token.error().offset <= value.size(), "an offset outside", value);
            continue;
        }
        const text characters = token->reveal();
        constexpr std::string_view allowed = "-._~+/=0123456789abcdefghijklmnopqrstuvwxyz"
                                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        fuzz::require(!characters.empty() && is_inside(characters, value) &&
                          characters.find_first_not_of(allowed) == text::npos,
                      "no token", value);
        const std::string again = "Bearer " + std::string{characters};
        const auto same = auth::parse_bearer(again);
        fuzz::require(same && same->reveal() == characters, "another token", value);
    }
    const http::header headers[] = {{.name = "WWW-Authenticate", .value = value}};
    if (const auto challenge = auth::find_bearer_challenge(headers)) {
        for (const text part : {challenge->realm, challenge->scope, challenge->error,
                                challenge->error_description, challenge->error_uri})
            fuzz::require(is_inside(part, value), "a part of a challenge outside", value);
    }
    static_cast<void>(auth::asks_for_new_token(401, headers));
}

template <class Made>
void check_basic_header(const Made& made, text user, text password, bool is_client) {
    const http::header header = made.header();
    fuzz::require(http::check(header).has_value() && header.is_secret, "no header", user);
    const std::unique_ptr<std::byte[]> bytes{new std::byte[2000]};
    arena memory{std::span{bytes.get(), 2000}};
    const auto read = is_client ? auth::parse_basic_client(header.value, memory)
                                : auth::parse_basic(header.value, memory);
    fuzz::require(read && read->user == user && read->password.reveal() == password,
                  "other credentials", user);
}

void check_basic(text user, text password, text value) {
    const auto made = auth::basic_authorization::make(user, secret{password});
    if (made) check_basic_header(*made, user, password, false);
    const bool is_plain = user.find(':') == text::npos && !has_control(user) &&
                          !has_control(password) && is_utf8(user) && is_utf8(password);
    fuzz::require(made.has_value() == (is_plain && user.size() + password.size() < 96),
                  "credentials are judged wrongly", user);
    const auto client = auth::basic_authorization_of<900>::make_client(user, secret{password});
    if (client) check_basic_header(*client, user, password, true);

    // From outside, with memory of exactly the size that is needed.
    for (const std::size_t size : {value.size(), value.size() / 2}) {
        const std::unique_ptr<std::byte[]> bytes{new std::byte[size + 1]};
        arena memory{std::span{bytes.get(), size}};
        const auto read = auth::parse_basic(value, memory);
        if (read) {
            const auto again = auth::basic_authorization_of<600>::make(read->user, read->password);
            fuzz::require(again.has_value(), "credentials that cannot be sent", value);
            if (again) {
                const text sent = again->header().value;
                const text coded = slice(sent, 6);
                fuzz::require(trimmed(value).ends_with(coded), "sent again they are others", value);
            }
        } else if (read.error().offset != error::no_offset) {
            fuzz::require(read.error().offset <= value.size(), "an offset outside", value);
        }
        static_cast<void>(auth::parse_basic_client(value, memory));
    }
}

void check_app_header(const std::vector<text>& lines, text value) {
    using namespace tipring::cloudlink;
    const auto line = [&](std::size_t i) { return i < lines.size() ? lines[i] : text{}; };
    const app who{.name = line(0),
                  .flavor = line(1),
                  .version = line(2),
                  .os = line(3),
                  .os_version = line(4),
                  .session =
                      line(5).empty() ? text{"01234567-89ab-4def-8123-456789abcdef"} : line(5)};
    for (const auto spelling :
         {app_spelling::documented, app_spelling::session_id, app_spelling::example}) {
        const auto made = app_header::make(who, spelling);
        if (!made) continue;
        const text sent = made->header().value;
        fuzz::require(http::check(made->header()).has_value() && sent.size() <= longest_app_header,
                      "no header", sent);
        const auto strict = parse_app_header(sent, app_reading::strict);
        const bool is_strict = spelling == app_spelling::documented;
        fuzz::require(!is_strict || strict.has_value(), "the strict form is refused", sent);
        const auto read = parse_app_header(sent);
        fuzz::require(read && equal_ignoring_case(read->app.name, who.name) &&
                          equal_ignoring_case(read->app.flavor, who.flavor) &&
                          equal_ignoring_case(read->app.version, who.version) &&
                          equal_ignoring_case(read->app.session, who.session),
                      "another application", sent);
        const auto again = app_header::make(read->app, spelling);
        fuzz::require(again && again->header().value == sent, "made again it is another", sent);
    }
    const auto read = parse_app_header(value);
    if (!read) {
        fuzz::require(read.error().offset < value.size(), "an offset outside", value);
        return;
    }
    for (const text part : {read->app.name, read->app.flavor, read->app.version, read->app.os,
                            read->app.os_version, read->app.session})
        fuzz::require(is_inside(part, value), "a part outside", value);
    const auto strict = parse_app_header(value, app_reading::strict);
    fuzz::require(strict.has_value() == read->deviations.none(), "another judgement", value);
    if (strict) {
        const auto made = app_header::make(strict->app);
        fuzz::require(made && made->header().value == value, "strict, but made otherwise", value);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned which = input.choice(4);
    static exact_memory::text_before_end page;
    std::vector<std::string> kept;
    std::vector<text> lines;
    while (!input.empty() && kept.size() < 8) kept.emplace_back(input.line());
    for (const std::string& line : kept) lines.push_back(line);
    while (lines.size() < 3) lines.emplace_back();
    const std::span<char> held = page.keep(lines.front());
    const text value{held.data(), held.size()};
    switch (which) {
    case 0:
        check_field(lines[1], value);
        check_log(lines[1], value, lines[2], value);
        break;
    case 1: check_bearer(value); break;
    case 2: check_basic(lines[1], lines[2], value); break;
    default: check_app_header(lines, value);
    }
    return 0;
}
