// The server's side of CloudLink: any request to a typed operation of one service, and errors in
// CloudLink's words. Not here: which operations a service has (cloudlink/, one header each).
#pragma once

#include <tipring/cloudlink/cloudlink.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/server/parse.hpp>
#include <tipring/server/refuse.hpp>
#include <tipring/server/respond.hpp>

namespace tipring::inline TIPRING_ABI::server::cloudlink {

/// Reads any request to a service as one of its operations: `parse<chat_operations>(request,
/// memory)`. A slash at the end of the path is passed over (quirk Q-37), and
/// a plus in the query is one, as OData has it. `options.prefix` has the
/// version too: `/2017-09-01`. See server::parse_as() for the refusals.
template <class List>
result<operation_in<List>> parse(const http::request& from, arena& memory TIPRING_LIFETIMEBOUND,
                                 parse_options options = {}) {
    options.allow_trailing_slash = true;
    options.query.plus = http::plus_sign::is_plus;
    return parse_in<List>(from, memory, options);
}

/// The methods of a path, for the Allow header of a 405; see server::allowed_methods().
template <class List>
result<text> allowed_methods(text target, arena& memory TIPRING_LIFETIMEBOUND,
                             parse_options options = {}) {
    options.allow_trailing_slash = true;
    return server::allowed_methods<List>(target, memory, options);
}

/// The response that says `said`, as a JSON object with `name` and `message` (quirk Q-29), and the
/// correlation id in its header. At the token endpoint errors have OAuth's form: `is_oauth`.
inline result<http::response> respond_error(const http::api_error& said,
                                            arena& memory TIPRING_LIFETIMEBOUND,
                                            bool is_oauth = false) {
    namespace api = tipring::cloudlink;
    api::error_body body;
    const auto set = [](field<text>& into, text value) {
        if (!value.empty()) into = value;
    };
    set(is_oauth ? body.error : body.name, said.code);
    set(is_oauth ? body.error_description : body.message, said.message);
    set(body.error_uri, said.error_uri);
    server::detail::response_builder build{memory};
    text written;
    const bool is_written = build.body(written, [&](writer& out) {
        return json::encoder{out, json::default_encode_options}.run(json::table_of<api::error_body>,
                                                                    &body);
    });
    if (!is_written) return build.fail();
    const http::header headers[] = {{.name = "Content-Type", .value = "application/json"},
                                    {.name = api::correlation_header, .value = said.correlation_id},
                                    {.name = "Location", .value = said.location},
                                    {.name = "Retry-After", .value = said.retry_after}};
    return build.finish(said.status, headers, written);
}

} // namespace tipring::inline TIPRING_ABI::server::cloudlink
