// The reverse of http/answer.hpp: from values to HTTP responses. Not here: how one vendor words its
// errors (server/miarec.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/request.hpp>
#include <tipring/json/encode.hpp>

namespace tipring::inline TIPRING_ABI::server {

/// Path and query of the request that `op` makes: what goes into `next_url` and `Location`. Text in
/// `memory`.
template <http::operation_type Op>
result<text> target_of(const Op& op, arena& memory TIPRING_LIFETIMEBOUND) {
    const http::request_options options{};
    http::detail::request_memory room{memory};
    const http::detail::request_builder build{http::operation_of<Op>, json::table_of<Op>, &op,
                                              options, room};
    text target;
    const bool is_good = room.put(target, [&](writer& out) { return build.target(out); });
    if (!is_good || room.is_short) return room.undo();
    return target;
}

namespace detail {

/// The room that a response is built in, which is given back when that fails.
class response_builder {
public:
    explicit response_builder(arena& memory) : room_{memory} {}

    template <class Write>
    bool body(text& written, const Write& write) {
        return room_.put(written, [&](writer& out) { return room_.note(write(out)); });
    }

    /// The response, with those of the headers that have a value. errc::capacity with what the
    /// whole needs; bad_parameter for a status that HTTP does not have (RFC 9110 section 15).
    result<http::response> finish(int status, std::span<const http::header> headers, text body) {
        if (status < 100 || status > 599) {
            room_.fail_at("status", errc::bad_parameter);
            return fail();
        }
        http::detail::header_builder kept{headers.size(), room_};
        for (const http::header& h : headers) {
            if (h.value.empty()) continue;
            if (!kept.add(h)) return fail();
        }
        if (room_.is_short) return fail();
        return http::response{.status = status, .headers = kept.built(), .body = body};
    }
    const error& fail() { return room_.undo(); }

private:
    http::detail::request_memory room_;
};

inline result<http::response> json_response(int status, const json::table& type, const void* value,
                                            text location, arena& memory) {
    response_builder build{memory};
    text body;
    const bool is_written = build.body(body, [&](writer& out) {
        const json::encode_options options{.audience = json::audience::client};
        return json::encoder{out, options}.run(type, value);
    });
    if (!is_written) return build.fail();
    const http::header headers[] = {{.name = "Content-Type", .value = "application/json"},
                                    {.name = "Location", .value = location}};
    return build.finish(status, headers, body);
}

inline result<http::response> media_response(const http::media& value, arena& memory) {
    const http::header headers[] = {{.name = "Content-Type", .value = value.content_type},
                                    {.name = "Content-Range", .value = value.content_range}};
    return response_builder{memory}.finish(value.is_partial ? 206 : 200, headers, value.bytes);
}

inline bool is_all_absent(const json::table& type, const void* value) {
    for (std::size_t i = 0; i < type.member_count; ++i)
        if (json::state_of(type.members[i], static_cast<const std::byte*>(value)) !=
            member_state::absent)
            return false;
    return true;
}

} // namespace detail

/// The response that a server gives to operation Op on success. http::created needs its `location`
/// (see target_of); an update without a value answers with an empty body. Headers and body are put
/// in `memory`; media bytes are viewed.
template <http::operation_type Op>
result<http::response> respond(const typename Op::answer& value,
                               arena& memory TIPRING_LIFETIMEBOUND) {
    using answer_type = typename Op::answer;
    const http::operation& facts = http::operation_of<Op>;
    if constexpr (std::is_same_v<answer_type, http::done>) {
        return http::response{.status = facts.success};
    } else if constexpr (std::is_same_v<answer_type, http::media>) {
        return detail::media_response(value, memory);
    } else if constexpr (http::detail::is_created<answer_type>::value) {
        if (value.location.empty()) return tipring::about(errc::missing_parameter, "location");
        const http::detail::created_body body{.url = value.location};
        return detail::json_response(facts.success, json::table_of<http::detail::created_body>,
                                     &body, value.location, memory);
    } else {
        const json::table& type = json::table_of<answer_type>;
        if (facts.may_be_empty && detail::is_all_absent(type, &value))
            return http::response{.status = facts.success};
        return detail::json_response(facts.success, type, &value, {}, memory);
    }
}

} // namespace tipring::inline TIPRING_ABI::server
