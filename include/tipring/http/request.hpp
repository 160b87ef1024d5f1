// From a typed operation to an HTTP request: path, query, headers and body, all by the operation's
// table. Not here: the facts of operations (operation.hpp), reading answers (answer.hpp), the
// reverse (server/).
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/encode.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// The server that requests go to and how to introduce oneself there.
struct origin_server {
    /// Scheme and authority, `https://recorder.example:8443`; nothing behind it.
    text origin = {};
    /// What stands before the API's own paths, for servers behind a proxy: empty, or `/recorder`,
    /// without a slash at its end. Of an API whose paths start with a version (api::base_path,
    /// CloudLink) that too, so it is not empty: errc::missing_parameter. cloudlink::server_of()
    /// makes such a server.
    text prefix = {};
    /// The Authorization header, such as basic_authorization::header(); none when its name is
    /// empty. It is only ever put into requests to `origin`.
    http::header authorization = {};
    /// Further headers for each request, such as User-Agent. Content-Type, Content-Length,
    /// Transfer-Encoding and Host are not for the caller to set: errc::bad_header.
    std::span<const http::header> headers = {};
};

/// Choices that a server makes necessary.
struct request_options {
    /// Use the operation's other path, where it has one (quirk D-11).
    bool other_path = false;
    /// See json::encode_options (quirks D-18, D-20).
    bool legacy_licensing = false;
};

namespace detail {

using json::about;

/// The member whose value is the whole body; null when the body is an object around members.
inline const json::member* document_of(const json::table& type) {
    for (std::size_t i = 0; i < type.member_count; ++i)
        if (type.members[i].has(json::is_document)) return &type.members[i];
    return nullptr;
}

/// Whether requests of this operation may have a body.
inline bool has_body(const json::table& type) {
    for (std::size_t i = 0; i < type.member_count; ++i)
        if (json::is_in_json(type.members[i])) return true;
    return false;
}

inline const parameter_codec& codec_of(const json::member& m) {
    return *static_cast<const parameter_codec*>(m.custom->query_codec);
}

/// How a bool is written in a query.
constexpr text boolean_word(const http::api& vendor, bool value) {
    if (vendor.has_boolean_words) return value ? "true"sv : "false"sv;
    return value ? "1"sv : "0"sv;
}

/// What a request needs of the arena, and what went wrong; filled while it is built, also when the
/// arena is too small. A failure is noted once and not handed from call to call: a result is much
/// code and stack on a small processor.
struct request_memory {
    arena& memory;
    arena::mark before;
    std::size_t needed = 0;
    bool is_short = false;
    union {
        error failure;
    };

    explicit request_memory(arena& from) : memory{from}, before{from.position()} {
        tipring::detail::clear(failure);
        failure.offset = error::no_offset;
    }

    /// Runs `write` on the free room and keeps what it wrote. When that is too little, only
    /// measures from there on. False when `write` was.
    template <class Write>
    bool put(text& kept, const Write& write) {
        writer out = is_short ? writer{} : writer{memory.rest()};
        if (!write(out)) return false;
        keep(out, kept);
        return true;
    }

    bool fail(errc code, std::size_t offset = error::no_offset) {
        failure.code = code;
        failure.offset = offset;
        return false;
    }
    /// About what is called `name`.
    [[gnu::noinline]] bool fail_at(text name, errc code, std::size_t offset = error::no_offset) {
        failure.path.push_member(name);
        return fail(code, offset);
    }
    /// Puts the member in front of the path of what went wrong.
    [[gnu::noinline]] bool fail_at(const json::table& type, const json::member& m) {
        failure = json::about(failure, type, m);
        return false;
    }
    template <class T>
    bool note(const result<T>& done) {
        if (!done) failure = done.error();
        return done.has_value();
    }
    /// Leaves the arena as it was, and tells what went wrong, which may be that it was too small.
    const error& undo() {
        memory.rewind(before);
        if (failure.code == errc::ok) {
            failure.code = errc::capacity;
            failure.needed = memory.used() + needed;
        }
        return failure;
    }

private:
    [[gnu::noinline]] void keep(const writer& out, text& kept) {
        needed += out.size();
        is_short = is_short || !out.fits();
        kept = is_short ? text{} : out.written();
        memory.commit(kept.size());
    }
};

/// Builds the parts of one request. What goes wrong is noted in `room`.
class request_builder {
public:
    request_builder(const operation& facts, const json::table& type, const void* parameters,
                    const request_options& options, request_memory& room)
        : facts_{facts}, type_{type},
          parameters_{static_cast<const std::byte*>(parameters)}, options_{options}, room_{room} {}

    bool check_required() const {
        for (std::size_t i = 0; i < type_.member_count; ++i) {
            const json::member& m = type_.members[i];
            if (m.has(json::required) && json::state_of(m, parameters_) != member_state::value)
                return fail(errc::missing_parameter, m);
        }
        return true;
    }

    /// Path and query.
    bool target(writer& out) const { return path(out) && query(out); }

    bool is_sent_as_header(const json::member& m) const {
        return m.has(json::in_header) && json::state_of(m, parameters_) == member_state::value;
    }
    bool header_value(const json::member& m, writer& out) const {
        switch (m.kind) {
        case json::kind::custom: return is_printed(m, out) || at(m);
        case json::kind::boolean:
            out.put(json::boolean_of(m, parameters_) ? '1' : '0');
            return true;
        case json::kind::integer: out.put_integer(json::integer_of(m, parameters_)); return true;
        case json::kind::enumeration:
            out.put_integer(json::enumeration_of(m, parameters_));
            return true;
        default: out.put(json::text_of(m, parameters_)); return true;
        }
    }

    /// Whether this request has a body: a value that is the whole body may be absent.
    bool has_content() const {
        const json::member* const document = document_of(type_);
        if (document == nullptr) return has_body(type_);
        return json::state_of(*document, parameters_) != member_state::absent;
    }

    bool body(writer& out) const {
        if (!has_content()) return true;
        if (facts_.put_form != nullptr) return form(out);
        const json::member* const document = document_of(type_);
        if (document == nullptr) return object(type_, parameters_, out);
        if (document->kind == json::kind::object &&
            json::state_of(*document, parameters_) == member_state::value)
            return object(*document->type, json::object_in(*document, parameters_), out);
        return this->document(*document, out);
    }
    /// What Content-Type says of the body; empty without one, or when the operation has that
    /// header.
    text content_type() const {
        if (facts_.body == body_format::bytes || !has_content()) return {};
        return facts_.body == body_format::form ? form_media_type : json_media_type;
    }
    bool is_anonymous() const { return facts_.is_anonymous; }

private:
    bool at(const json::member& m) const { return room_.fail_at(type_, m); }
    bool fail(errc code, const json::member& m, std::size_t offset = error::no_offset) const {
        room_.fail(code, offset);
        return at(m);
    }

    bool path(writer& out) const {
        text rest =
            options_.other_path && !facts_.other_path.empty() ? facts_.other_path : facts_.path;
        while (!rest.empty()) {
            const template_piece piece = next_piece(rest);
            out.put(piece.literal);
            if (piece.parameter.empty()) continue;
            bool by_alias = false;
            const json::member& m =
                type_.members[json::find_member(type_, piece.parameter, by_alias)];
            const text value = json::text_of(m, parameters_);
            if (value.empty()) return fail(errc::missing_parameter, m);
            std::size_t offset = 0;
            if (const errc fault = fault_in_path_segment(value, offset); fault != errc::ok)
                return fail(fault, m, offset);
            put_percent_encoded(out, value);
        }
        return true;
    }

    bool query(writer& out) const {
        query_writer pairs{out};
        for (std::size_t i = 0; i < type_.member_count; ++i) {
            const json::member& m = type_.members[i];
            if (!m.has(json::in_query)) continue;
            const member_state state = json::state_of(m, parameters_);
            if (state == member_state::absent) continue;
            if (state == member_state::json_null) return fail(errc::bad_parameter, m);
            if (!parameter(m, pairs)) return at(m);
        }
        return true;
    }

    [[gnu::noinline]] bool form(writer& out) const {
        return room_.note(facts_.put_form(type_, parameters_, out, blank::plus));
    }
    bool object(const json::table& type, const void* value, writer& out) const {
        const json::encode_options options{.audience = json::audience::server,
                                           .legacy_licensing = options_.legacy_licensing};
        json::encoder body{out, options};
        if (body.write(type, value)) return true;
        body.failure(room_.failure);
        return false;
    }
    /// A body that is one member's value, but for an object that is there: JSON as the caller gave
    /// it, or bytes.
    bool document(const json::member& m, writer& out) const {
        if (json::state_of(m, parameters_) == member_state::json_null)
            return fail(errc::bad_parameter, m);
        const text content = json::text_of(m, parameters_);
        if (facts_.body == body_format::json &&
            !room_.note(json::make_raw_json(content, json::most_depth)))
            return false;
        out.put(content);
        return true;
    }

    bool parameter(const json::member& m, query_writer& pairs) const {
        const text name = type_.name_of(m);
        switch (m.kind) {
        case json::kind::boolean:
            pairs.add(name, boolean_word(*facts_.api, json::boolean_of(m, parameters_)));
            return true;
        case json::kind::integer: {
            const std::int64_t value = json::integer_of(m, parameters_);
            if (value < 0 || (m.limit != 0 && value > std::int64_t{m.limit}))
                return room_.fail(errc::bad_parameter);
            pairs.add_integer(name, value);
            return true;
        }
        case json::kind::enumeration:
            pairs.add_integer(name, json::enumeration_of(m, parameters_));
            return true;
        case json::kind::custom: return custom(m, name, pairs);
        default: {
            const text value = json::text_of(m, parameters_);
            if (!is_utf8(value)) return room_.fail(errc::invalid_utf8);
            pairs.add(name, value);
            return true;
        }
        }
    }

    bool custom(const json::member& m, text name, query_writer& pairs) const {
        const parameter_codec& codec = codec_of(m);
        if (codec.put_all != nullptr)
            return codec.put_all(parameters_ + m.offset, pairs, room_.failure);
        return printed(m, name, pairs);
    }
    [[gnu::noinline]] bool printed(const json::member& m, text name, query_writer& pairs) const {
        char buffer[parameter_codec::longest];
        writer value{buffer};
        if (!is_printed(m, value)) return false;
        if (!value.fits()) {
            room_.failure.needed = value.size();
            return room_.fail(errc::too_long);
        }
        pairs.add(name, value.written());
        return true;
    }

    /// The one value of a member that its own code prints.
    bool is_printed(const json::member& m, writer& out) const {
        const errc code = codec_of(m).print(parameters_ + m.offset, out);
        return code == errc::ok || room_.fail(code);
    }

    const operation& facts_;
    const json::table& type_;
    const std::byte* parameters_;
    const request_options& options_;
    request_memory& room_;
};

/// Counts the headers that an operation sends besides Authorization, Accept, Content-Type.
inline std::size_t count_headers(const json::table& type) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < type.member_count; ++i)
        count += type.members[i].has(json::in_header) ? 1u : 0u;
    return count;
}

/// Names that would contradict the body or the origin.
inline constexpr text headers_of_ours[] = {"Content-Type", "Content-Length", "Transfer-Encoding",
                                           "Host"};
constexpr bool is_ours(text name) {
    for (const text each : headers_of_ours)
        if (equal_ignoring_case(each, name)) return true;
    return false;
}

/// The headers of one request, checked as they are added and put in the arena. What goes wrong is
/// noted in `room`.
class header_builder {
public:
    header_builder(std::size_t most, request_memory& room) : room_{room} {
        const std::size_t size = most * sizeof(header);
        if (!room.is_short)
            headers_ = static_cast<header*>(room.memory.allocate(size, alignof(header)));
        room.needed += size + alignof(header) - 1;
        room.is_short = headers_ == nullptr;
    }
    bool add(const header& h) {
        if (!check_header(h, room_.failure)) return false;
        put(h);
        return true;
    }
    /// Authorization and Accept, and Content-Type if there is a body (quirk D-54).
    bool add_common(const origin_server& server, text content_type, bool is_anonymous = false) {
        if (!server.authorization.name.empty() && !is_anonymous && !add(server.authorization))
            return false;
        put({.name = "Accept"sv, .value = json_media_type});
        if (!content_type.empty()) put({.name = "Content-Type"sv, .value = content_type});
        return true;
    }
    bool add_further(const origin_server& server) {
        for (const header& h : server.headers) {
            if (is_ours(h.name)) return refuse_header(h.name, error::no_offset, room_.failure);
            if (!add(h)) return false;
        }
        return true;
    }
    std::span<const header> built() const { return {headers_, count_}; }

    static constexpr std::size_t most_common = 3;

private:
    void put(const header& h) {
        if (headers_ != nullptr) ::new (static_cast<void*>(headers_ + count_++)) header{h};
    }

    request_memory& room_;
    header* headers_ = nullptr;
    std::size_t count_ = 0;
};

/// The headers of a request that is only a target, such as that for a next page.
inline bool build_headers(const origin_server& server, request_memory& room,
                          std::span<const header>& built) {
    header_builder headers{header_builder::most_common + server.headers.size(), room};
    if (!headers.add_common(server, {}) || !headers.add_further(server)) return false;
    built = headers.built();
    return true;
}

/// The headers of an operation's request: the common ones, then those of its own members.
inline bool build_headers(const request_builder& build, const json::table& type,
                          const origin_server& server, request_memory& room,
                          std::span<const header>& built) {
    header_builder headers{
        header_builder::most_common + count_headers(type) + server.headers.size(), room};
    if (!headers.add_common(server, build.content_type(), build.is_anonymous())) return false;
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        if (!build.is_sent_as_header(m)) continue;
        header own{.name = type.name_of(m), .is_secret = m.has(json::is_secret)};
        if (!room.put(own.value, [&](writer& out) { return build.header_value(m, out); }))
            return false;
        if (!headers.add(own)) {
            room.failure.path = {};
            return room.fail_at(type, m);
        }
    }
    if (!headers.add_further(server)) return false;
    built = headers.built();
    return true;
}

inline bool is_usable_prefix(text prefix) {
    if (prefix.empty()) return true;
    return prefix.front() == '/' && prefix.back() != '/' && prefix.find("//"sv) == text::npos &&
           find_encoded_dots(prefix) == prefix.size() &&
           find_dot_segment(prefix) == prefix.size() &&
           find_bad_in_url_part(prefix, false, url_characters::strict) == prefix.size();
}

[[gnu::noinline]] inline bool check_server(const operation& facts, const origin_server& server,
                                           request_memory& room) {
    // Any version will do, since a platform may have another one (quirk Q-35).
    if (server.prefix.empty() && !facts.api->base_path.empty())
        return room.fail_at("prefix"sv, errc::missing_parameter);
    url_view origin = {};
    const std::size_t bad = split_origin(server.origin, origin);
    if (bad != error::no_offset) return room.fail_at("origin"sv, errc::bad_url, bad);
    if (is_usable_prefix(server.prefix)) return true;
    return room.fail_at("prefix"sv, errc::bad_url);
}

/// The part of encode() that does not depend on the operation's type.
inline result<request> build_request(const operation& facts, const json::table& type,
                                     const void* parameters, const origin_server& server,
                                     arena& memory, const request_options& options) {
    request_memory room{memory};
    const request_builder build{facts, type, parameters, options, room};
    request built{.method = facts.method, .origin = server.origin};
    const auto put_target = [&](writer& out) {
        out.put(server.prefix);
        return build.target(out);
    };
    const bool is_good = check_server(facts, server, room) && build.check_required() &&
                         room.put(built.target, put_target) &&
                         room.put(built.body, [&](writer& out) { return build.body(out); }) &&
                         build_headers(build, type, server, room, built.headers);
    if (!is_good || room.is_short) return room.undo();
    return built;
}

} // namespace detail

/// Builds the request of an operation. Target, headers and body are put in `memory`; the request
/// also views `server`, and nothing of `op`. Bad values, missing ids, bytes that no header may hold
/// and a full arena are errors that name the parameter; `memory` is then as it was. For
/// errc::capacity, `needed` is a size of the whole arena that is enough.
///
///     auto request = tipring::encode(miarec::view_call{.call_id = id}, server, memory);
template <operation_type Op>
result<request> encode(const Op& op, const origin_server& server,
                       arena& memory TIPRING_LIFETIMEBOUND, const request_options& options = {}) {
    if constexpr (requires { check_operation(op); }) {
        if (const result<void> checked = check_operation(op); !checked) return checked.error();
    }
    return detail::build_request(operation_of<Op>, json::table_of<Op>, &op, server, memory,
                                 options);
}

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI {
using http::encode;
using http::origin_server;
} // namespace tipring::inline TIPRING_ABI
