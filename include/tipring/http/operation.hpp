// What an operation is: a plain struct of parameters, its table, and the facts below (method, path,
// evidence). Here is what a description of an operation holds. Not here: building requests
// (request.hpp), reading answers (answer.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/query.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// How well the vendor's documents support an operation.
enum class evidence : std::uint8_t {
    documented, ///< the vendor's manual describes it
    newer,      ///< a newer page of the vendor describes it, the manual does not
    implied,    ///< some page of the vendor mentions it, none describes it
    analogy,    ///< nothing mentions it; built like its siblings
    official,   ///< other official matter shows it: an API description, sample code, staff's answer
    vendor_code, ///< people of the vendor use it in public code that is not official
    integrator,  ///< third parties use it
};

constexpr text name(evidence grade) {
    constexpr text names[] = {"documented", "newer",       "implied",   "analogy",
                              "official",   "vendor_code", "integrator"};
    return names[static_cast<std::size_t>(grade)];
}

/// How the members of an operation that are neither path, query nor header are sent.
enum class body_format : std::uint8_t {
    json,
    form,  ///< see form.hpp
    bytes, ///< a file as it is: the text of the member that is the body; the operation has a header
           ///< `Content-Type`
};

struct api_error;

/// How errors are read when servers break their own documents.
struct error_options {
    /// Also read the form `["name": "..."]` of `details`, which the MiaRec manual prints and which
    /// is no JSON (quirk D-1).
    bool salvage_details = false;
};

namespace detail {

/// For an API that does not say how: code and message stay empty.
inline bool leave_error(const response&, arena&, const error_options&, api_error&) {
    return true;
}

} // namespace detail

/// What all operations of one vendor share.
struct api {
    text name = {};
    /// Reads what a server says in an answer that is no success into `into`, whose status is set.
    /// False when `memory` is too small, which then knows how much was needed; a body that cannot
    /// be understood is no failure, its text stays reachable.
    bool (*read_error)(const response& answer, arena& memory, const error_options& options,
                       api_error& into) = &detail::leave_error;
    /// Whether a top-level member of this name marks an error object, whatever the status.
    text error_member = {};
    /// The header of answers whose value the vendor's support asks for; empty when there is none.
    text correlation_header = {};
    /// Of a vendor with many services, each at an origin of its own: which, and what its paths
    /// start with; then no server is without a prefix.
    text service = {};
    text base_path = {};
    /// Bools in a query are `true` and `false` instead of `1` and `0`.
    bool has_boolean_words = false;
    /// Links to next pages have characters in them that should have been encoded (quirk Q-21).
    bool has_raw_links = false;
};

namespace detail {
/// Of an operation that names none.
inline constexpr api no_api = {};
} // namespace detail

#if TIPRING_SMALL
/// Text for people, which small programs do without: always empty.
struct remark {
    constexpr remark() = default;
    constexpr remark(const char*) {}
    constexpr operator text() const { return {}; }
};
#else
/// Text for people, which small programs do without.
using remark = text;
#endif

/// The facts of one operation.
struct operation {
    text name = {};
    http::method method = http::method::get;
    /// The path with `{member}` for parameters. Each operation has a whole template of its own
    /// (quirk D-34).
    text path = {};
    /// Another path for the same, which servers accept and clients send when asked to (quirk D-11);
    /// mostly empty.
    text other_path = {};
    const http::api* api = &detail::no_api;
    http::evidence evidence = http::evidence::documented;
    http::body_format body = http::body_format::json;
    /// The status of success, for servers. Clients take any 2xx.
    std::uint16_t success = 200;
    /// Success without a body is an answer with all members absent (quirk D-32).
    bool may_be_empty = false;
    /// Servers also take the members of the form as a JSON object.
    bool may_be_json = false;
    /// Sending it twice does no more than sending it once (RFC 9110 section 9.2.2), so it may be
    /// tried again.
    bool idempotent = true;
    /// Sent without Authorization: it brings its own proof, or needs none.
    bool is_anonymous = false;
    /// Where it is described.
    remark source = {};
    /// One line for people.
    remark doc = {};
    /// Writes the body of an operation that sends a form; set by operation_of, so that programs
    /// without such operations have no code for forms.
    result<void> (*put_form)(const json::table& type, const void* parameters, writer& out,
                             blank spelling) = nullptr;
};

/// The operations that one API has, as a type.
template <class... Ops>
struct operation_list {};

template <class Op>
concept operation_type = json::described<Op> && requires {
    tipring_operation(std::type_identity<Op>{});
    typename Op::answer;
};

namespace detail {

/// The next piece of a path template: text up to a `{`, then the name in the braces.
struct template_piece {
    text literal = {};
    text parameter = {};
};
constexpr template_piece next_piece(text& rest) {
    const std::size_t open = rest.find('{');
    if (open == text::npos) {
        const text literal = rest;
        rest = {};
        return {.literal = literal};
    }
    const std::size_t close = rest.find('}', open);
    const template_piece piece{.literal = text{rest.data(), open},
                               .parameter = text{rest.data() + open + 1, close - open - 1}};
    rest.remove_prefix(close + 1);
    return piece;
}

/// Whether each `{name}` of a path template is a member that is text and marked as part of the
/// path.
template <class Op>
constexpr bool path_fits(text path) {
    while (!path.empty()) {
        const std::size_t open = path.find('{');
        if (open != text::npos && path.find('}', open) == text::npos) return false;
        const template_piece piece = next_piece(path);
        if (open == text::npos) continue;
        bool is_known = false;
        for (const json::description& d : json::detail::descriptions_of<Op>)
            is_known |= d.name == piece.parameter && d.facts.has(json::in_path) &&
                        d.facts.kind == json::kind::text;
        if (!is_known) return false;
    }
    return true;
}
template <class Op>
constexpr bool paths_fit() {
    constexpr operation facts = tipring_operation(std::type_identity<Op>{});
    return !facts.path.empty() && path_fits<Op>(facts.path) && path_fits<Op>(facts.other_path);
}

} // namespace detail

/// The facts of operation Op.
template <operation_type Op>
inline constexpr operation operation_of = [] {
    operation facts = tipring_operation(std::type_identity<Op>{});
    if (facts.body == body_format::form) facts.put_form = &detail::put_form;
    return facts;
}();

/// How a type that JSON does not know is put into a query or header, and read by a server.
struct parameter_codec {
    /// Writes the one value of a parameter, at most parameter_codec::longest bytes, not yet
    /// encoded.
    errc (*print)(const void* value, writer& out) = nullptr;
    result<void> (*parse)(text written, void* value) = nullptr;
    /// Instead, for a type that is a parameter list of its own: writes any number of them. False
    /// when it cannot; `failure` says why.
    bool (*put_all)(const void* value, query_writer& out, error& failure) = nullptr;
    /// Takes a parameter if it is one of its own; the text and the memory live as long as the
    /// operation. The offset of an error counts in `written`.
    result<bool> (*take)(text name, text written, void* value, arena& memory) = nullptr;
    /// The parameter that must be 1 for the others to be taken.
    text activated_by = {};

    static constexpr std::size_t longest = 64;
};

/// Bytes of a file, both included, counted from 0 (RFC 9110 section 14.1.2): `{.first = 500}` is
/// all from there on.
struct byte_range {
    std::int64_t first = 0;
    std::int64_t last = -1;

    friend constexpr bool operator==(const byte_range&, const byte_range&) = default;
};

namespace detail {

template <class T>
bool equal_values(const void* a, const void* b) {
    return *static_cast<const T*>(a) == *static_cast<const T*>(b);
}

inline errc print_range(const void* value, writer& out) {
    const auto& range = *static_cast<const byte_range*>(value);
    if (range.first < 0 || (range.last >= 0 && range.last < range.first))
        return errc::bad_parameter;
    out.put("bytes=");
    out.put_integer(range.first);
    out.put('-');
    if (range.last >= 0) out.put_integer(range.last);
    return errc::ok;
}
inline bool parse_offset(text digits, std::int64_t& into) {
    const auto number = parse_integer<std::uint64_t>(digits);
    if (!number || *number > static_cast<std::uint64_t>(INT64_MAX)) return false;
    into = static_cast<std::int64_t>(*number);
    return true;
}
inline result<void> parse_range(text written, void* value) {
    constexpr text unit = "bytes=";
    if (!equal_ignoring_case(slice(written, 0, unit.size()), unit)) return errc::bad_parameter;
    written.remove_prefix(unit.size());
    const std::size_t dash = written.find('-');
    if (dash == text::npos) return errc::bad_parameter;
    const text last = slice(written, dash + 1);
    byte_range range;
    if (!parse_offset(slice(written, 0, dash), range.first)) return errc::bad_parameter;
    if (!last.empty() && (!parse_offset(last, range.last) || range.last < range.first))
        return errc::bad_parameter;
    *static_cast<byte_range*>(value) = range;
    return {};
}
inline errc print_days(const void* value, writer& out) {
    const auto& days = *static_cast<const date_range*>(value);
    if (!days.first.ok() || !days.last.ok() || days.last < days.first) return errc::bad_parameter;
    return days.first == days.last ? tipring::detail::put(days.first, out)
                                   : tipring::detail::put(days, out);
}
inline result<void> parse_days(text written, void* value) {
    const auto days = parse_date_range(written);
    if (!days) return days.error();
    if (days->last < days->first) return errc::bad_parameter;
    *static_cast<date_range*>(value) = *days;
    return {};
}

inline constexpr parameter_codec range_codec = {.print = &print_range, .parse = &parse_range};
inline constexpr parameter_codec days_codec = {.print = &print_days, .parse = &parse_days};
inline constexpr json::custom_type range_type = {.equal = &equal_values<byte_range>,
                                                 .query_codec = &range_codec};
inline constexpr json::custom_type days_type = {.equal = &equal_values<date_range>,
                                                .query_codec = &days_codec};

} // namespace detail

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI::json {
template <>
inline constexpr bool is_custom<http::byte_range> = true;
template <>
inline constexpr const custom_type* custom_type_of<http::byte_range> = &http::detail::range_type;
template <>
inline constexpr bool is_custom<date_range> = true;
template <>
inline constexpr const custom_type* custom_type_of<date_range> = &http::detail::days_type;
} // namespace tipring::inline TIPRING_ABI::json

/// Gives the described struct `Op` its facts, as designated initialisers of http::operation:
///
///     TIPRING_OPERATION(view_call, .path = "/api/v2/calls/{call_id}.json", .api = &api, .source =
///     "manual 3.1.5");
#define TIPRING_OPERATION(Op, ...)                                                                 \
    constexpr ::tipring::http::operation tipring_operation(std::type_identity<Op>) {               \
        return {.name = #Op, __VA_ARGS__};                                                         \
    }                                                                                              \
    static_assert(::tipring::http::operation_type<Op>);                                            \
    static_assert(tipring_operation(std::type_identity<Op>{}).body !=                              \
                          ::tipring::http::body_format::form ||                                    \
                      ::tipring::http::form_type<Op>,                                              \
                  "the members of a form are text and integers");                                  \
    static_assert(::tipring::http::detail::paths_fit<Op>(),                                        \
                  "every {name} of the path is a member that is text and marked path()")
