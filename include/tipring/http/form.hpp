// Form bodies, `application/x-www-form-urlencoded` in UTF-8 as OAuth 2.0 wants them (RFC 6749
// appendix B): pairs written one by one or by a type's table, and read strictly by a table. Not
// here: query strings, where a blank is `%20` (query.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::http {

inline constexpr text form_media_type = "application/x-www-form-urlencoded";

/// Whether a Content-Type value announces a form, whatever its case and parameters (quirk Q-11).
constexpr bool is_form(text content_type) {
    return equal_ignoring_case(media_type(content_type), form_media_type);
}

/// Writes `raw` as one name or value of a form: a blank is `+`, letters, digits and `*-._` stay,
/// everything else is upper-case `%XX`. `out` is a writer or anything else that has its put().
template <class Out>
constexpr void put_form_encoded(Out& out, text raw) {
    std::size_t start = 0;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        const char c = raw[at];
        if (is_alpha(c) || is_digit(c) || c == '*' || c == '-' || c == '.' || c == '_') continue;
        out.put(slice(raw, start, at - start));
        if (c == ' ')
            out.put(text{"+"});
        else
            detail::put_escape(out, c);
        start = at + 1;
    }
    out.put(slice(raw, start));
}

/// How a blank is written: as `+`, in a body, or like everything else, in the query of a URL.
enum class blank : bool { plus, escaped };

/// Writes pairs with `&` between them.
class form_writer {
public:
    /// Writes to `out`, which it must not outlive.
    constexpr explicit form_writer(writer& out TIPRING_LIFETIMEBOUND,
                                   http::blank blank = http::blank::plus)
        : out_{&out}, blank_{blank} {}

    constexpr void add(text name, text value) {
        begin(name);
        put(value);
    }
    template <class Integer>
        requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)
    constexpr void add_integer(text name, Integer value) {
        begin(name);
        out_->put_integer(value);
    }

private:
    constexpr void begin(text name) {
        if (!is_empty_) out_->put('&');
        is_empty_ = false;
        put(name);
        out_->put('=');
    }
    constexpr void put(text raw) {
        if (blank_ == blank::plus)
            put_form_encoded(*out_, raw);
        else
            put_percent_encoded(*out_, raw);
    }

    writer* out_;
    http::blank blank_;
    bool is_empty_ = true;
};

/// How a received form is read.
struct form_rules {
    /// More parameters than this are errc::too_many.
    std::size_t most_parameters = 64;
};

namespace detail {

template <class T>
constexpr bool is_form_described() {
    for (const json::description& d : json::detail::descriptions_of<T>)
        if (json::is_in_json(d.facts) && d.facts.kind != json::kind::text &&
            d.facts.kind != json::kind::integer)
            return false;
    return true;
}

/// The part of encode_form() that does not depend on the type.
inline result<void> put_form(const json::table& type, const void* value, writer& out,
                             http::blank blank = http::blank::plus) {
    const auto* const object = static_cast<const std::byte*>(value);
    form_writer pairs{out, blank};
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        if (!json::is_in_json(m)) continue;
        const member_state state = json::state_of(m, object);
        const text name = type.name_of(m);
        const bool is_text = m.kind == json::kind::text;
        const text content = is_text ? json::text_of(m, object) : text{};
        const bool is_missing = state == member_state::absent || (is_text && content.empty());
        if (m.has(json::required) && is_missing)
            return json::about(errc::missing_parameter, type, m);
        if (state == member_state::absent) continue;
        if (state == member_state::json_null) return json::about(errc::bad_parameter, type, m);
        if (!is_text) {
            pairs.add_integer(name, json::integer_of(m, object));
            continue;
        }
        if (const std::size_t bad = find_ill_formed_utf8(content); bad != content.size())
            return json::about(error{.code = errc::invalid_utf8, .offset = bad}, type, m);
        pairs.add(name, content);
    }
    return {};
}

/// Reads one form into an object of a described type.
class form_parser {
public:
    form_parser(const json::table& type, void* into, arena& memory)
        : type_{type}, into_{static_cast<std::byte*>(into)}, memory_{memory} {}

    result<void> run(text body, const form_rules& rules) {
        if (const std::size_t bad = find_bad_in_url_part(body, true, url_characters::strict);
            bad != body.size()) {
            const bool escape = body[bad] == '%';
            return error{.code = escape ? errc::invalid_escape : errc::bad_parameter,
                         .offset = bad};
        }
        auto pairs = query_reader::make(
            body, {.plus = plus_sign::is_space, .most_parameters = rules.most_parameters});
        if (!pairs) return pairs.error();
        while (const auto pair = pairs->next())
            if (const auto taken = take(*pair); !taken) return taken;
        return check_required();
    }

private:
    result<void> take(const query_parameter& pair) {
        const auto name = percent_decode(pair.name, memory_, plus_sign::is_space);
        if (!name) return name.error();
        bool by_alias = false;
        const std::uint8_t found = json::find_member(type_, *name, by_alias);
        if (found == json::table::no_member || !json::is_in_json(type_.members[found])) return {};
        const json::member& m = type_.members[found];
        const std::uint64_t bit = std::uint64_t{1} << found;
        std::uint64_t& seen = by_alias ? seen_by_alias_ : seen_;
        if ((seen & bit) != 0) return located(errc::duplicate_parameter, m, pair.offset);
        seen |= bit;
        if (pair.value.empty() || (by_alias && (seen_ & bit) != 0)) return {};
        const auto value = percent_decode(pair.value, memory_, plus_sign::is_space);
        if (!value) return json::about(value.error(), type_, m);
        if (!is_utf8(*value)) return located(errc::invalid_utf8, m, pair.offset);
        if (m.kind == json::kind::text) {
            json::set_text(m, into_, *value);
            return {};
        }
        const auto number = parse_integer<std::int64_t>(*value);
        if (!number || !json::set_integer(m, into_, *number))
            return located(errc::bad_parameter, m, pair.offset);
        return {};
    }

    result<void> check_required() const {
        for (std::size_t i = 0; i < type_.member_count; ++i) {
            const json::member& m = type_.members[i];
            if (!m.has(json::required) || !json::is_in_json(m)) continue;
            if (json::state_of(m, into_) != member_state::value ||
                (m.kind == json::kind::text && json::text_of(m, into_).empty()))
                return json::about(errc::missing_parameter, type_, m);
        }
        return {};
    }
    error located(errc code, const json::member& m, std::size_t offset) const {
        return json::about(error{.code = code, .offset = offset}, type_, m);
    }

    const json::table& type_;
    std::byte* into_;
    arena& memory_;
    std::uint64_t seen_ = 0;
    std::uint64_t seen_by_alias_ = 0;
};

/// The part of decode_form() that does not depend on the type. On failure `memory` is as it was.
inline result<void> read_form(const json::table& type, void* into, text body, arena& memory,
                              const form_rules& rules) {
    const arena::mark before = memory.position();
    const result<void> read = form_parser{type, into, memory}.run(body, rules);
    if (!read) memory.rewind(before);
    return read;
}

} // namespace detail

/// A described type whose members are text, also strong or secret, and integers.
template <class T>
concept form_type = json::described<T> && detail::is_form_described<T>();

/// Writes the members that are present, in the table's order. Errors name the member:
/// errc::missing_parameter for a required one that is absent or empty, bad_parameter for null,
/// invalid_utf8; errc::capacity tells the exact size.
template <form_type T>
result<void> encode_form(const T& value, writer& out) {
    if (const auto put = detail::put_form(json::table_of<T>, &value, out); !put) return put;
    if (!out.fits()) return error{.code = errc::capacity, .needed = out.size()};
    return {};
}

/// As above, into `buffer`; gives the form, a view of it.
template <form_type T>
result<text> encode_form(const T& value, std::span<char> buffer TIPRING_LIFETIMEBOUND) {
    writer out{buffer};
    if (const auto put = encode_form(value, out); !put) return put.error();
    return out.written();
}

/// Reads a form, or a query without its `?`, into a T. Parameters that T does not have are passed
/// over, those without a value count as absent (RFC 6749 sections 3.1 and 3.2), a raw plus is a
/// blank. A misspelling that the table knows loses against the right name.
///
/// errc::invalid_escape, with the offset, for a `%` without two hexadecimal digits;
/// errc::bad_parameter for a character that may not be raw in a URL (RFC 3986 section 3.4), so for
/// blanks, quotes and anything that is not ASCII. With the member's name: duplicate_parameter,
/// bad_parameter for an integer that is none or does not fit, invalid_utf8, missing_parameter.
/// errc::too_many, errc::capacity. The value views `body` and `memory`; on failure `memory` is as
/// it was.
template <form_type T>
result<T> decode_form(text body TIPRING_LIFETIMEBOUND, arena& memory TIPRING_LIFETIMEBOUND,
                      const form_rules& rules = {}) {
    T value = {};
    if (const auto read = detail::read_form(json::table_of<T>, &value, body, memory, rules); !read)
        return read.error();
    return value;
}

} // namespace tipring::inline TIPRING_ABI::http
