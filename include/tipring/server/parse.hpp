// The reverse of http/request.hpp: from any HTTP request to one of several typed operations, or to
// a clear refusal. Not here: which operations an API has (server/miarec.hpp), writing answers
// (respond.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/decode.hpp>

namespace tipring::inline TIPRING_ABI::server {

/// How strictly requests are read.
struct parse_options {
    /// What stands before the API's own paths, as in origin_server::prefix.
    text prefix = {};
    /// Pass over query parameters that the operation does not have, instead of
    /// errc::unknown_parameter.
    bool allow_unknown_parameters = false;
    /// Take `/users/` for `/users` (quirk Q-37).
    bool allow_trailing_slash = false;
    http::query_rules query = {};
    http::form_rules form = {};
    json::decode_options json = {};
};

namespace detail {

/// What parsing needs to know of one operation.
struct candidate {
    const http::operation* facts;
    const json::table* type;
};

/// Compares `path` with a path template. Calls `take(parameter name, encoded value)` for each
/// parameter; false when the path is another one or `take` says so.
template <class Take>
bool match_path(text pattern, text path, const Take& take) {
    while (!pattern.empty()) {
        const http::detail::template_piece piece = http::detail::next_piece(pattern);
        if (!path.starts_with(piece.literal)) return false;
        path.remove_prefix(piece.literal.size());
        if (piece.parameter.empty()) break;
        const std::size_t literal_end = pattern.find_first_of("/{");
        const text suffix = slice(pattern, 0, literal_end);
        const std::size_t slash = path.find('/');
        const text segment = slice(path, 0, slash);
        if (segment.size() <= suffix.size() || !segment.ends_with(suffix)) return false;
        const text value = slice(segment, 0, segment.size() - suffix.size());
        if (!take(piece.parameter, value)) return false;
        path.remove_prefix(value.size());
    }
    return path.empty();
}

inline bool matches(text pattern, text path) {
    return !pattern.empty() && match_path(pattern, path, [](text, text) { return true; });
}
/// The template of the operation that the path fits; empty when none does.
inline text fitting_path(const http::operation& facts, text path) {
    if (matches(facts.path, path)) return facts.path;
    return matches(facts.other_path, path) ? facts.other_path : text{};
}

/// Reads one request into the struct of one operation.
class request_parser {
public:
    request_parser(const candidate& operation, void* into, arena& memory,
                   const parse_options& options)
        : facts_{*operation.facts}, type_{*operation.type}, into_{static_cast<std::byte*>(into)},
          memory_{memory}, options_{options} {}

    result<void> run(const http::request& from, text path, text query) {
        if (const auto read = read_path(path); !read) return read;
        if (const auto read = read_query(query); !read) return read;
        if (const auto read = read_headers(from); !read) return read;
        if (const auto read = read_body(from); !read) return read;
        return check_required();
    }

private:
    using member = json::member;

    const member* find(text name) const {
        bool by_alias = false;
        const std::uint8_t found = json::find_member(type_, name, by_alias);
        return found != json::table::no_member ? &type_.members[found] : nullptr;
    }

    result<void> read_path(text path) {
        result<void> outcome;
        match_path(fitting_path(facts_, path), path, [&](text name, text coded) {
            const member& m = *find(name);
            const auto value = http::percent_decode(coded, memory_);
            if (!value) {
                outcome = http::detail::about(value.error(), type_, m);
            } else if (const auto checked = http::check_path_segment(*value); !checked) {
                outcome = http::detail::about(checked.error(), type_, m);
            } else {
                json::set_text(m, into_, *value);
            }
            return outcome.has_value();
        });
        return outcome;
    }

    result<void> read_query(text query) {
        auto pairs = http::query_reader::make(query, options_.query);
        if (!pairs) return pairs.error();
        while (const auto pair = pairs->next()) {
            const auto name = http::percent_decode(pair->name, memory_, options_.query.plus);
            if (!name) return name.error();
            const auto value = http::percent_decode(pair->value, memory_, options_.query.plus);
            if (!value) return value.error();
            if (const auto taken = read_parameter(*name, *value, *pairs, *pair); !taken)
                return taken;
        }
        return {};
    }

    result<void> read_parameter(text name, text value, const http::query_reader& query,
                                const http::query_parameter& pair) {
        const std::size_t offset = pair.offset;
        const member* const m = find(name);
        if (m != nullptr && m->has(json::in_query) && !is_list_of_its_own(*m)) {
            if (json::state_of(*m, into_) != member_state::absent)
                return located(http::detail::about(errc::duplicate_parameter, type_, *m), offset);
            const auto read = parse_value(*m, value);
            if (!read) return located(http::detail::about(read.error(), type_, *m), offset);
            return {};
        }
        for (std::size_t i = 0; i < type_.member_count; ++i) {
            if (!is_list_of_its_own(type_.members[i])) continue;
            if (!is_utf8(name) || !is_utf8(value))
                return error{.code = errc::invalid_utf8, .offset = offset};
            const http::parameter_codec& codec = http::detail::codec_of(type_.members[i]);
            if (!codec.activated_by.empty() && name == codec.activated_by && query.count(name) > 1)
                return located(
                    http::detail::about(errc::duplicate_parameter, type_, type_.members[i]),
                    offset);
            if (name != codec.activated_by && !is_active(codec, query)) continue;
            const auto taken = codec.take(name, value, into_ + type_.members[i].offset, memory_);
            if (!taken)
                return located(http::detail::about(taken.error(), type_, type_.members[i]),
                               offset_in_query(pair, taken.error().offset));
            if (*taken) return {};
        }
        if (options_.allow_unknown_parameters) return {};
        return error{.code = errc::unknown_parameter, .offset = offset};
    }
    static bool is_list_of_its_own(const member& m) {
        return m.kind == json::kind::custom && http::detail::codec_of(m).take != nullptr;
    }
    static bool is_active(const http::parameter_codec& codec, const http::query_reader& query) {
        const auto switched = query.find(codec.activated_by);
        return codec.activated_by.empty() ||
               (switched && http::equals_decoded(switched->value, "1"));
    }
    /// Where the byte of the decoded value stands in the query; where the parameter starts when it
    /// is none.
    static std::size_t offset_in_query(const http::query_parameter& pair, std::size_t decoded) {
        if (decoded == error::no_offset) return pair.offset;
        std::size_t at = 0;
        for (; decoded != 0 && at < pair.value.size(); --decoded)
            at += pair.value[at] == '%' ? 3u : 1u;
        return pair.offset + pair.name.size() + (pair.has_value ? 1u : 0u) + at;
    }
    static error located(error failure, std::size_t offset) {
        failure.offset = offset;
        return failure;
    }

    result<void> parse_value(const member& m, text value) {
        switch (m.kind) {
        case json::kind::boolean:
            for (const bool word : {false, true}) {
                if (value != http::detail::boolean_word(*facts_.api, word)) continue;
                json::set_boolean(m, into_, word);
                return {};
            }
            return errc::bad_parameter;
        case json::kind::integer: {
            const auto number = parse_integer<std::int64_t>(value);
            if (!number || *number < 0 || (m.limit != 0 && *number > std::int64_t{m.limit}))
                return errc::bad_parameter;
            return json::set_integer(m, into_, *number) ? result<void>{} : errc::bad_parameter;
        }
        case json::kind::enumeration: {
            const auto number = parse_integer<std::int64_t>(value);
            return number && json::set_enumeration(m, into_, *number) ? result<void>{}
                                                                      : errc::bad_parameter;
        }
        case json::kind::custom: return parse_custom(m, value);
        default:
            if (!is_utf8(value)) return errc::invalid_utf8;
            json::set_text(m, into_, value);
            return {};
        }
    }
    result<void> parse_custom(const member& m, text value) {
        if (const auto parsed = http::detail::codec_of(m).parse(value, into_ + m.offset); !parsed)
            return errc::bad_parameter;
        json::set_present(m, into_);
        return {};
    }

    result<void> read_headers(const http::request& from) {
        for (std::size_t i = 0; i < type_.member_count; ++i) {
            const member& m = type_.members[i];
            if (!m.has(json::in_header)) continue;
            const http::header* const found = from.find(type_.name_of(m));
            if (found == nullptr) continue;
            if (const auto read = parse_value(m, found->value); !read)
                return http::detail::about(read.error(), type_, m);
        }
        return {};
    }

    result<void> read_body(const http::request& from) {
        if (!http::detail::has_body(type_))
            return from.body.empty() ? result<void>{} : errc::unexpected_body;
        const member* const document = http::detail::document_of(type_);
        const text content_type = http::header_value(from.headers, "Content-Type");
        const bool is_file = facts_.body == http::body_format::bytes && !content_type.empty();
        if (from.body.empty() && !is_file) return check_no_body();
        if (facts_.body == http::body_format::form &&
            !(facts_.may_be_json && http::is_json(content_type))) {
            if (!http::is_form(content_type)) return errc::unexpected_content_type;
            return http::detail::read_form(type_, into_, from.body, memory_, options_.form);
        }
        if (facts_.body == http::body_format::bytes) {
            json::set_text(*document, into_, from.body);
            return {};
        }
        if (!http::is_json(content_type)) return errc::unexpected_content_type;
        if (document == nullptr)
            return json::decode_into(type_, into_, from.body, memory_, options_.json);
        return read_document(*document, from.body);
    }
    /// A body that is one member's value.
    result<void> read_document(const member& document, text body) {
        if (document.kind == json::kind::object) {
            json::set_present(document, into_);
            return json::decode_into(*document.type, json::object_in(document, into_), body,
                                     memory_, options_.json);
        }
        const auto content = json::make_raw_json(body, options_.json.max_depth);
        if (!content) return content.error();
        json::set_text(document, into_, content->value);
        return {};
    }

    /// What is no field cannot say that it is absent, so check_required() would pass it.
    result<void> check_no_body() const {
        for (std::size_t i = 0; i < type_.member_count; ++i) {
            const member& m = type_.members[i];
            if (json::is_in_json(m) && m.has(json::required) && !m.has(json::is_field))
                return http::detail::about(errc::missing_parameter, type_, m);
        }
        return {};
    }

    result<void> check_required() const {
        for (std::size_t i = 0; i < type_.member_count; ++i) {
            const member& m = type_.members[i];
            if (m.has(json::required) && json::state_of(m, into_) != member_state::value)
                return http::detail::about(errc::missing_parameter, type_, m);
        }
        return {};
    }

    const http::operation& facts_;
    const json::table& type_;
    std::byte* into_;
    arena& memory_;
    const parse_options& options_;
};

/// Path and query of a request target, without the server's prefix.
struct split_target {
    text path = {};
    text query = {};
};
inline result<split_target> split(text target, text prefix) {
    if (!target.starts_with(prefix)) return errc::unknown_path;
    target.remove_prefix(prefix.size());
    const std::size_t mark = target.find('?');
    const text path = slice(target, 0, mark);
    const std::size_t bad =
        http::detail::find_bad_in_url_part(path, false, http::url_characters::strict);
    if (bad != path.size()) return error{.code = errc::bad_url, .offset = prefix.size() + bad};
    return split_target{.path = path,
                        .query = mark == text::npos ? text{} : slice(target, mark + 1)};
}

/// `path` without a slash at its end, unless it is nothing else.
constexpr text without_trailing_slash(text path) {
    if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path;
}

/// How many parameters a path has.
constexpr std::size_t count_parameters(text pattern) {
    std::size_t count = 0;
    for (const char c : pattern) count += c == '{' ? 1u : 0u;
    return count;
}

template <class... Ops>
inline constexpr candidate candidates_of[] = {{&http::operation_of<Ops>, &json::table_of<Ops>}...};

/// The index of the candidate that fits method and path; of several the one with the fewest
/// parameters, so that `/conferences/content` is not the conference `content`.
inline result<std::size_t> choose(const candidate* candidates, std::size_t count,
                                  http::method method, text path) {
    std::size_t best = count;
    std::size_t fewest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (candidates[i].facts->method != method) continue;
        const text pattern = fitting_path(*candidates[i].facts, path);
        if (pattern.empty()) continue;
        const std::size_t parameters = count_parameters(pattern);
        if (best != count && parameters >= fewest) continue;
        best = i;
        fewest = parameters;
    }
    if (best != count) return best;
    for (std::size_t i = 0; i < count; ++i)
        if (!fitting_path(*candidates[i].facts, path).empty()) return errc::method_not_allowed;
    return errc::unknown_path;
}

template <class Op>
result<void> read_operation(Op& op, const candidate& which, const http::request& from,
                            const split_target& target, arena& memory,
                            const parse_options& options) {
    const result<void> read =
        request_parser{which, &op, memory, options}.run(from, target.path, target.query);
    if constexpr (requires { check_operation(op); })
        if (read) return check_operation(op);
    return read;
}

/// Makes the alternative of that number, and gives it to `use`.
template <class... Ops, std::size_t... Index, class Use>
void emplace_chosen(std::variant<Ops...>& into, std::size_t chosen, std::index_sequence<Index...>,
                    const Use& use) {
    ((chosen == Index ? use(into.template emplace<Index>()) : void()), ...);
}

} // namespace detail

/// Reads `from` as one of the operations `Ops`. Refusals say what is wrong: errc::unknown_path,
/// method_not_allowed, bad_url, unknown_parameter, duplicate_parameter, bad_parameter,
/// missing_parameter, invalid_utf8 with the parameter's name and offset in the query (of a
/// parameter in the path, in its decoded value; of bad_url in the path, in the target). A Range
/// that is errc::bad_parameter may be ignored (RFC 9110 section 14.2). For the body everything that
/// json::decode() refuses, with offset and path; unexpected_body and unexpected_content_type. The
/// operation views `from` and `memory`; on failure `memory` is as it was.
template <http::operation_type... Ops>
result<std::variant<Ops...>> parse_as(const http::request& from,
                                      arena& memory TIPRING_LIFETIMEBOUND,
                                      const parse_options& options = {}) {
    constexpr auto& candidates = detail::candidates_of<Ops...>;
    auto target = detail::split(from.target, options.prefix);
    if (!target) return target.error();
    if (options.allow_trailing_slash) target->path = detail::without_trailing_slash(target->path);
    const auto chosen = detail::choose(candidates, sizeof...(Ops), from.method, target->path);
    if (!chosen) return chosen.error();
    const arena::mark before = memory.position();
    std::variant<Ops...> parsed;
    result<void> outcome;
    detail::emplace_chosen(parsed, *chosen, std::index_sequence_for<Ops...>{}, [&](auto& op) {
        outcome = detail::read_operation(op, candidates[*chosen], from, *target, memory, options);
    });
    if (outcome) return parsed;
    memory.rewind(before);
    return outcome.error();
}

namespace detail {

template <class List>
struct any_of;
template <class... Ops>
struct any_of<http::operation_list<Ops...>> {
    using operation = std::variant<Ops...>;
    static constexpr std::span<const candidate> candidates() { return candidates_of<Ops...>; }
    static result<operation> parse(const http::request& from, arena& memory,
                                   const parse_options& options) {
        return parse_as<Ops...>(from, memory, options);
    }
};

} // namespace detail

/// One of the operations of a list.
template <class List>
using operation_in = typename detail::any_of<List>::operation;

/// Reads `from` as one of the operations of a list, as parse_as() does.
template <class List>
result<operation_in<List>> parse_in(const http::request& from, arena& memory TIPRING_LIFETIMEBOUND,
                                    const parse_options& options = {}) {
    return detail::any_of<List>::parse(from, memory, options);
}

} // namespace tipring::inline TIPRING_ABI::server
