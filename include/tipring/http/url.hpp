// URLs: percent-encoding, safe path segments, splitting, comparing origins, following links that a
// server sent. Only http and https; no user information; hosts are compared, never looked up. Not
// here: name=value pairs (query.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/utf8.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// The characters that mean the same whether encoded or not (RFC 3986 section 2.3).
inline constexpr byte_set unreserved = byte_set::letters_digits_and("-._~");
constexpr bool is_unreserved(char c) {
    return unreserved.has(c);
}

namespace detail {

/// Writes `%XX` and returns where it ends.
constexpr char* write_escape(char* to, char c) {
    constexpr const char* digits = "0123456789ABCDEF";
    const unsigned byte = static_cast<unsigned char>(c);
    to[0] = '%';
    to[1] = digits[byte >> 4];
    to[2] = digits[byte & 15];
    return to + 3;
}
template <class Out>
constexpr void put_escape(Out& out, char c) {
    char escape[3];
    write_escape(escape, c);
    out.put(text{escape, sizeof escape});
}

constexpr error bad_url(std::size_t offset) {
    return {.code = errc::bad_url, .offset = offset};
}

} // namespace detail

/// Writes `raw` with everything but unreserved characters as upper-case `%XX`: the one form that
/// every HTTP stack sends as it is. For one path segment, or one name or value of a query; a blank
/// becomes `%20`.
[[gnu::noinline]] constexpr void put_percent_encoded(writer& out, text raw) {
    if (const std::span<char> room = out.rest(); !TIPRING_SMALL && room.size() / 3 >= raw.size()) {
        char* to = room.data();
        for (const char c : raw) {
            if (is_unreserved(c))
                *to++ = c;
            else
                to = detail::write_escape(to, c);
        }
        out.advance(static_cast<std::size_t>(to - room.data()));
        return;
    }
    std::size_t start = 0;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        if (is_unreserved(raw[at])) continue;
        out.put(slice(raw, start, at - start));
        detail::put_escape(out, raw[at]);
        start = at + 1;
    }
    out.put(slice(raw, start));
}

/// What a raw plus sign stands for: itself (RFC 3986), or a blank (form bodies, and servers that
/// read queries so).
enum class plus_sign : bool { is_plus, is_space };

/// The offset of the first `%` that two hexadecimal digits do not follow; coded.size() when there
/// is none.
constexpr std::size_t find_bad_escape(text coded) {
    for (std::size_t at = 0; at < coded.size(); ++at) {
        if (coded[at] != '%') continue;
        if (coded.size() - at < 3 || hex_value(coded[at + 1]) < 0 || hex_value(coded[at + 2]) < 0)
            return at;
        at += 2;
    }
    return coded.size();
}

namespace detail {

/// What `coded`, without bad escapes, stands for; the size written.
constexpr std::size_t percent_decode_checked(text coded, char* out, plus_sign plus) {
    std::size_t size = 0;
    for (std::size_t at = 0; at < coded.size(); ++at) {
        char c = coded[at];
        if (c == '%') {
            c = static_cast<char>(static_cast<unsigned char>(hex_value(coded[at + 1]) * 16 +
                                                             hex_value(coded[at + 2])));
            at += 2;
        } else if (c == '+' && plus == plus_sign::is_space) {
            c = ' ';
        }
        out[size++] = c;
    }
    return size;
}

} // namespace detail

/// Decodes into `out`, which has room for coded.size() bytes and may be where `coded` itself lies.
/// The size of the decoded text; it may hold any byte, NUL and ill-formed UTF-8 too. Not two
/// hexadecimal digits after a `%` is errc::bad_url with the offset of the `%`, and nothing is
/// written then.
constexpr result<std::size_t> percent_decode(text coded, char* out,
                                             plus_sign plus = plus_sign::is_plus) {
    const std::size_t bad = find_bad_escape(coded);
    if (bad != coded.size()) return detail::bad_url(bad);
    return detail::percent_decode_checked(coded, out, plus);
}

/// Decodes into the arena; text with nothing to decode is returned as it is, without a copy. Errors
/// as above, and errc::capacity.
inline result<text> percent_decode(text coded, arena& memory, plus_sign plus = plus_sign::is_plus) {
    const std::size_t bad = find_bad_escape(coded);
    if (bad != coded.size()) return detail::bad_url(bad);
    std::size_t escapes = 0;
    std::size_t pluses = 0;
    for (const char c : coded) {
        if (c == '%') ++escapes;
        if (c == '+') ++pluses;
    }
    if (escapes == 0 && (pluses == 0 || plus == plus_sign::is_plus)) return coded;
    const std::size_t size = coded.size() - 2 * escapes;
    auto* const decoded = static_cast<char*>(memory.allocate(size, 1));
    if (decoded == nullptr)
        return error{
            .code = errc::capacity, .needed_is_lower_bound = true, .needed = memory.needed()};
    return text{decoded, detail::percent_decode_checked(coded, decoded, plus)};
}

/// Whether `coded`, once decoded, is `plain`. Bad escapes are equal to nothing.
constexpr bool equals_decoded(text coded, text plain, plus_sign plus = plus_sign::is_plus) {
    std::size_t matched = 0;
    for (std::size_t at = 0; at < coded.size(); ++at, ++matched) {
        if (matched == plain.size()) return false;
        unsigned byte = static_cast<unsigned char>(coded[at]);
        if (byte == '%') {
            if (coded.size() - at < 3 || hex_value(coded[at + 1]) < 0 ||
                hex_value(coded[at + 2]) < 0)
                return false;
            byte = static_cast<unsigned>(hex_value(coded[at + 1]) * 16 + hex_value(coded[at + 2]));
            at += 2;
        } else if (byte == '+' && plus == plus_sign::is_space) {
            byte = ' ';
        }
        if (byte != static_cast<unsigned char>(plain[matched])) return false;
    }
    return matched == plain.size();
}

namespace detail {

constexpr bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

constexpr bool is_dot_segment(text segment) {
    return segment == "." || segment == "..";
}

/// The offset of the first piece between slashes that is `.` or `..`; path.size() when there is
/// none. Backslashes count as slashes, as some servers take them so.
constexpr std::size_t find_dot_segment(text path) {
    std::size_t start = 0;
    for (std::size_t at = 0; at <= path.size(); ++at) {
        if (at != path.size() && path[at] != '/' && path[at] != '\\') continue;
        if (is_dot_segment(slice(path, start, at - start))) return start;
        start = at + 1;
    }
    return path.size();
}

/// What check_path_segment() refuses, and where; errc::ok when there is nothing.
constexpr errc fault_in_path_segment(text raw, std::size_t& offset) {
    for (offset = 0; offset < raw.size(); ++offset)
        if (is_control(raw[offset])) return errc::bad_parameter;
    offset = find_dot_segment(raw);
    if (raw.empty() || offset != raw.size()) return errc::bad_parameter;
    offset = find_ill_formed_utf8(raw);
    return offset != raw.size() ? errc::invalid_utf8 : errc::ok;
}

} // namespace detail

/// Whether `raw` may be a parameter inside a path, before it is encoded. Refused are empty text,
/// which would name the list instead of one thing; `.` and `..`, also between slashes and
/// backslashes, which clients and proxies act on even when they are encoded; control characters
/// (errc::bad_parameter) and ill-formed UTF-8 (errc::invalid_utf8).
constexpr result<void> check_path_segment(text raw) {
    std::size_t offset = 0;
    const errc fault = detail::fault_in_path_segment(raw, offset);
    if (fault != errc::ok) return error{.code = fault, .offset = offset};
    return {};
}

/// Which characters a URL from outside may hold. `strict`: those of RFC 3986. `lenient`: also
/// blanks, quotes and other characters that ought to have been encoded, in path and query. Control
/// characters and backslashes never.
enum class url_characters : bool { strict, lenient };

/// The parts of a URL or of a relative reference (RFC 3986 section 3), as written; views of the
/// text that was split.
struct url_view {
    /// `http` or `https`, in any case; empty in a relative reference.
    text scheme = {};
    /// Name, IPv4 address, or IPv6 address in its brackets; empty without an authority.
    text host = {};
    /// The digits after the colon; may be empty.
    text port = {};
    /// The port that is meant, by its digits or by the scheme; 0 when neither is known.
    std::uint16_t port_number = 0;
    bool has_authority = false;
    bool has_query = false;
    bool has_fragment = false;
    text path = {};
    /// Without the `?`.
    text query = {};
    /// Without the `#`.
    text fragment = {};
};

namespace detail {

/// The unreserved characters, the sub-delimiters of RFC 3986 section 2.2, and what else a path may
/// hold.
inline constexpr byte_set path_or_query_chars = unreserved.with("!$&'()*+,;=").with(":@/%");
constexpr bool is_path_or_query_char(char c) {
    return path_or_query_chars.has(c);
}

constexpr std::uint16_t default_port(text scheme) {
    if (equal_ignoring_case(scheme, "https")) return 443;
    return equal_ignoring_case(scheme, "http") ? std::uint16_t{80} : std::uint16_t{0};
}

/// The offset of the first byte that may not be in a path, or with `question_mark` in a query or
/// fragment.
constexpr std::size_t find_bad_in_url_part(text part, bool question_mark, url_characters allowed) {
    for (std::size_t at = 0; at < part.size(); ++at) {
        const char c = part[at];
        if (is_path_or_query_char(c) || (c == '?' && question_mark)) continue;
        if (allowed == url_characters::strict || is_control(c) || c == '\\') return at;
    }
    return find_bad_escape(part);
}

constexpr bool is_ip_literal(text inside_brackets) {
    std::size_t colons = 0;
    for (const char c : inside_brackets) {
        if (c == ':') ++colons;
        if (hex_value(c) < 0 && c != ':' && c != '.') return false;
    }
    return colons >= 2 && inside_brackets.size() <= 45;
}

constexpr bool is_host_name(text host) {
    for (const char c : host)
        if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '.' && c != '_') return false;
    return !host.empty();
}

/// Splits `authority`. False when it is none of host, host:port, [address], [address]:port.
constexpr bool split_authority(text authority, url_view& url) {
    std::size_t host_size = authority.find(':');
    if (!authority.empty() && authority.front() == '[') {
        host_size = authority.find(']');
        if (host_size == text::npos || !is_ip_literal(slice(authority, 1, host_size - 1)))
            return false;
        ++host_size;
    } else {
        if (host_size == text::npos) host_size = authority.size();
        if (!is_host_name(slice(authority, 0, host_size))) return false;
    }
    url.host = slice(authority, 0, host_size);
    url.port_number = default_port(url.scheme);
    const text rest = slice(authority, host_size);
    if (rest.empty()) return true;
    if (rest.front() != ':') return false;
    url.port = slice(rest, 1);
    if (url.port.empty()) return true;
    std::uint32_t number = 0;
    for (const char c : url.port) {
        if (!is_digit(c)) return false;
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
        if (number > 0xFFFF) return false;
    }
    url.port_number = static_cast<std::uint16_t>(number);
    return number != 0;
}

/// Splits what parse_reference() takes. The offset of what is bad; error::no_offset when nothing
/// is.
constexpr std::size_t split_reference(text written, url_characters allowed, url_view& url) {
    std::size_t at = 0;
    if (const std::size_t colon = written.find_first_of(":/?#");
        colon != text::npos && written[colon] == ':') {
        url.scheme = slice(written, 0, colon);
        if (default_port(url.scheme) == 0) return 0;
        at = colon + 1;
        if (slice(written, at, 2) != "//") return at;
    }
    if (slice(written, at, 2) == "//") {
        at += 2;
        const text rest = slice(written, at);
        const text authority = slice(rest, 0, rest.find_first_of("/?#"));
        url.has_authority = true;
        if (!split_authority(authority, url)) return at;
        at += authority.size();
    }
    const auto take = [&](text& part, text ends, bool question_mark) {
        const text rest = slice(written, at);
        part = slice(rest, 0, rest.find_first_of(ends));
        const std::size_t good = find_bad_in_url_part(part, question_mark, allowed);
        at += good;
        return good == part.size();
    };
    if (!take(url.path, "?#", false)) return at;
    if (at != written.size() && written[at] == '?') {
        ++at;
        url.has_query = true;
        if (!take(url.query, "#", true)) return at;
    }
    if (at != written.size()) {
        ++at;
        url.has_fragment = true;
        if (!take(url.fragment, {}, true)) return at;
    }
    return error::no_offset;
}

/// The same for parse_url() and parse_origin().
constexpr std::size_t split_url(text written, url_characters allowed, url_view& url) {
    const std::size_t bad = split_reference(written, allowed, url);
    return bad == error::no_offset && url.scheme.empty() ? 0 : bad;
}
constexpr std::size_t split_origin(text written, url_view& url) {
    const std::size_t bad = split_url(written, url_characters::strict, url);
    if (bad != error::no_offset) return bad;
    static_assert(text::npos == error::no_offset);
    return written.find_first_of("/?#", url.scheme.size() + 3);
}

constexpr result<url_view> bad_url_or(const url_view& url, std::size_t bad) {
    if (bad != error::no_offset) return bad_url(bad);
    return url;
}

} // namespace detail

/// Splits a URL or a relative reference. errc::bad_url, with the offset of the byte or part: a
/// scheme other than http and https, or one without `//host`; user information; a host that is not
/// made of letters, digits, `.`, `-` and `_` or an address in brackets; a port that is none; a
/// character that `allowed` refuses; a bad escape. IPv6 addresses are not looked at further.
constexpr result<url_view> parse_reference(text written,
                                           url_characters allowed = url_characters::strict) {
    url_view url = {};
    const std::size_t bad = detail::split_reference(written, allowed, url);
    return detail::bad_url_or(url, bad);
}

/// Splits an absolute URL; what parse_reference() refuses and relative references are
/// errc::bad_url.
constexpr result<url_view> parse_url(text written,
                                     url_characters allowed = url_characters::strict) {
    url_view url = {};
    const std::size_t bad = detail::split_url(written, allowed, url);
    return detail::bad_url_or(url, bad);
}

/// Splits `http://host` or `https://host:port`: a URL with nothing behind the authority, as
/// request::origin must be.
constexpr result<url_view> parse_origin(text written) {
    url_view url = {};
    const std::size_t bad = detail::split_origin(written, url);
    return detail::bad_url_or(url, bad);
}

/// Whether two absolute URLs have the same scheme, host and port (RFC 6454): scheme and host
/// without case, and the default port equal to none. Hosts are compared as written, so two
/// spellings of one IPv6 address differ.
constexpr bool same_origin(const url_view& a, const url_view& b) {
    return a.has_authority && b.has_authority && equal_ignoring_case(a.scheme, b.scheme) &&
           equal_ignoring_case(a.host, b.host) && a.port_number == b.port_number;
}

/// As above; false when one of them is not an absolute http or https URL.
constexpr bool same_origin(text a, text b) {
    const result<url_view> left = parse_url(a);
    const result<url_view> right = parse_url(b);
    return left && right && same_origin(*left, *right);
}

namespace detail {

/// Writes a part of a link: escapes stay as they are, what ought to have been encoded is, and a
/// single quote if asked, since some clients send it encoded and others do not.
constexpr void put_link_part(text part, writer& out, bool encodes_quotes = false) {
    std::size_t start = 0;
    for (std::size_t at = 0; at < part.size(); ++at) {
        if ((is_path_or_query_char(part[at]) || part[at] == '?') &&
            !(encodes_quotes && part[at] == '\''))
            continue;
        out.put(slice(part, start, at - start));
        put_escape(out, part[at]);
        start = at + 1;
    }
    out.put(slice(part, start));
}

/// The segments of an absolute path: what follows each slash.
struct segment_reader {
    text rest;

    constexpr bool next(text& segment) {
        if (rest.empty()) return false;
        rest.remove_prefix(1);
        segment = slice(rest, 0, rest.find('/'));
        rest.remove_prefix(segment.size());
        return true;
    }
};

/// A directory that ends in a slash, or nothing, and the path inside it. Together they start with a
/// slash.
struct merged_path {
    text directory;
    text path;

    constexpr segment_reader first_reader() const {
        return {directory.empty() ? path : slice(directory, 0, directory.size() - 1)};
    }
};

/// Walks over the segments of both parts of a merged path without joining them.
class merged_segments {
public:
    constexpr explicit merged_segments(const merged_path& merged)
        : reader_{merged.first_reader()}, path_{merged.path}, path_pending_{
                                                                  !merged.directory.empty()} {}

    constexpr bool next(text& segment) {
        if (reader_.next(segment)) return true;
        if (!path_pending_) return false;
        path_pending_ = false;
        segment = slice(path_, 0, path_.find('/'));
        reader_ = {slice(path_, segment.size())};
        return true;
    }
    constexpr bool at_end() const { return reader_.rest.empty() && !path_pending_; }

private:
    segment_reader reader_;
    text path_;
    bool path_pending_;
};

/// Whether a later `..` takes away the segment that `after` stands behind.
constexpr bool is_taken_away(merged_segments after) {
    std::size_t depth = 1;
    text segment;
    while (after.next(segment)) {
        if (segment == ".") continue;
        if (segment != "..") {
            ++depth;
        } else if (--depth == 0) {
            return true;
        }
    }
    return false;
}

/// The most segments of a path with dots; looking ahead for each is quadratic.
inline constexpr std::size_t most_segments_with_dots = 64;

/// Writes the path without `.` and `..` (RFC 3986 section 5.2.4). False when it would start with
/// two slashes, which some stacks take for a host, or when it has dots and too many segments.
constexpr bool put_merged_path(const merged_path& merged, writer& out) {
    const bool dots = find_dot_segment(merged.directory) != merged.directory.size() ||
                      find_dot_segment(merged.path) != merged.path.size();
    merged_segments segments{merged};
    text segment;
    bool first = true;
    for (std::size_t count = 0; segments.next(segment); ++count) {
        if (dots && count == most_segments_with_dots) return false;
        const bool last = segments.at_end();
        if (is_dot_segment(segment)) {
            if (last) out.put('/');
            continue;
        }
        if (dots && is_taken_away(segments)) continue;
        if (first && segment.empty() && !last) return false;
        first = false;
        out.put('/');
        put_link_part(segment, out);
    }
    return true;
}

/// The offset of a segment that is `.` or `..` only once decoded; path.size() when there is none.
constexpr std::size_t find_encoded_dots(text path) {
    std::size_t start = 0;
    for (std::size_t at = 0; at <= path.size(); ++at) {
        if (at != path.size() && path[at] != '/') continue;
        const text piece = slice(path, start, at - start);
        const bool encoded = piece.find('%') != text::npos;
        if (encoded && (equals_decoded(piece, ".") || equals_decoded(piece, ".."))) return start;
        start = at + 1;
    }
    return path.size();
}

/// The work of resolve() on a reference without blanks around it: what is wrong with it, and where;
/// errc::ok when nothing is.
constexpr errc put_resolved(const url_view& base, text base_target, text reference, writer& out,
                            url_characters allowed, std::size_t& offset) {
    url_view link = {};
    offset = split_reference(reference, allowed, link);
    if (offset != error::no_offset) return errc::bad_url;
    offset = 0;
    if (link.has_authority) {
        if (link.scheme.empty()) {
            link.scheme = base.scheme;
            if (link.port.empty()) link.port_number = default_port(link.scheme);
        }
        if (!same_origin(base, link)) return errc::other_origin;
        if (link.path.empty()) link.path = "/";
    } else if (link.path.empty() && !link.has_query) {
        return errc::bad_url;
    }
    if (const std::size_t dots = find_encoded_dots(link.path); dots != link.path.size()) {
        offset = static_cast<std::size_t>(link.path.data() - reference.data()) + dots;
        return errc::bad_url;
    }
    const text base_path = slice(base_target, 0, base_target.find_first_of("?#"));
    merged_path merged{.directory = {}, .path = link.path};
    if (link.path.empty())
        merged.path = base_path;
    else if (link.path.front() != '/')
        merged.directory = slice(base_path, 0, base_path.rfind('/') + 1);
    if (!put_merged_path(merged, out)) return errc::bad_url;
    if (link.has_query) {
        out.put('?');
        put_link_part(link.query, out, allowed == url_characters::lenient);
    }
    return errc::ok;
}

} // namespace detail

/// Follows a link that a server sent: writes the target (path and query) of the request that
/// `reference` asks for, as seen from the request to `base_target` at `origin` (RFC 3986 section
/// 5). The reference may be an absolute URL,
/// `//host/path`, `/path?query`, `?query` or a relative path; its fragment is dropped. The result
/// is at `origin` or it is errc::other_origin, so that credentials never leave it (quirk D-48).
///
/// Escapes in the link are never decoded nor encoded again (quirk D-61). With
/// url_characters::lenient, blanks around the link are dropped, and raw blanks, quotes (single ones
/// in the query too) and other characters outside of RFC 3986 are encoded; otherwise they are
/// errc::bad_url. In either case so
/// are: what parse_reference() refuses, a link without path and query, which leads nowhere,
/// segments of encoded dots, more than 64 segments with dots among them, and a path that starts
/// with two slashes. The offset counts from the start of `reference`. A bad `origin` or
/// `base_target` is errc::bad_parameter with its name.
///
/// After an error what was written is of no use. Whether it fitted is for `out` to say.
constexpr result<void> resolve(text origin, text base_target, text reference, writer& out,
                               url_characters allowed = url_characters::strict) {
    url_view base = {};
    if (detail::split_origin(origin, base) != error::no_offset)
        return about(errc::bad_parameter, "origin");
    if (base_target.empty() || base_target.front() != '/')
        return about(errc::bad_parameter, "base_target");
    const text inner = allowed == url_characters::lenient ? trimmed(reference) : reference;
    std::size_t offset = 0;
    const errc fault = detail::put_resolved(base, base_target, inner, out, allowed, offset);
    if (fault == errc::ok) return {};
    const auto skipped = static_cast<std::size_t>(inner.data() - reference.data());
    return error{.code = fault, .offset = inner.empty() ? offset : offset + skipped};
}

/// As above, into the arena.
inline result<text> resolve(text origin, text base_target, text reference, arena& memory,
                            url_characters allowed = url_characters::strict) {
    writer out{memory.rest()};
    if (const result<void> resolved = resolve(origin, base_target, reference, out, allowed);
        !resolved)
        return resolved.error();
    if (!memory.commit(out.size())) return error{.code = errc::capacity, .needed = memory.needed()};
    return out.written();
}

/// The two parts of a request's target, as written.
struct target_view {
    text path = {};
    /// Without the `?`.
    text query = {};
    bool has_query = false;
};

/// Splits a target in origin form (RFC 9112 section 3.2.1) at its first `?`, and checks nothing.
constexpr target_view split_target(text target) {
    const std::size_t mark = target.find('?');
    if (mark == text::npos) return {.path = target};
    return {.path = slice(target, 0, mark), .query = slice(target, mark + 1), .has_query = true};
}

/// The id in the `Location` or `url` of what was created: the last segment of the path, without
/// query, fragment and
/// `.json`, as written (quirks D-30, D-31). The URL may be absolute or relative, and one slash at
/// its end is passed over. Empty when there is no such segment.
constexpr text last_path_segment(text url) {
    text rest = trimmed(url);
    rest = slice(rest, 0, rest.find_first_of("?#"));
    std::size_t authority = text::npos;
    if (slice(rest, 0, 2) == "//") {
        authority = 2;
    } else if (const std::size_t colon = rest.find_first_of(":/"); slice(rest, colon, 3) == "://") {
        authority = colon + 3;
    }
    if (authority != text::npos) {
        const std::size_t path = rest.find('/', authority);
        rest = path == text::npos ? text{} : slice(rest, path);
    }
    if (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
    rest = slice(rest, rest.rfind('/') + 1);
    constexpr text suffix = ".json";
    if (rest.size() >= suffix.size() && slice(rest, rest.size() - suffix.size()) == suffix)
        rest.remove_suffix(suffix.size());
    return rest;
}

} // namespace tipring::inline TIPRING_ABI::http
