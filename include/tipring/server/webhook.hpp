// The sender's side of CloudLink's webhooks, for stand-ins: publications to the request that a
// subscriber receives. Not here: reading them (cloudlink/publication.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

#include <tipring/cloudlink/publication.hpp>
#include <tipring/cloudlink/webhook.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/encode.hpp>

namespace tipring::inline TIPRING_ABI::server::cloudlink {

/// The shapes that publications come in; subscribers must take all of them.
enum class webhook_shape : std::uint8_t {
    bare,     ///< the one publication
    envelope, ///< `{"publication":{...}}`, of one
    list,     ///< `{"publications":[...]}`
};

/// What shows the subscriber that a webhook is genuine.
enum class webhook_proof : std::uint8_t {
    none,
    application_id, ///< the header is the application id
    signature,      ///< the header is the signature of the body
};

/// Where webhooks of one subscription go, and how.
struct webhook_target {
    /// The subscription's deviceId: an absolute URL.
    text url = {};
    webhook_shape shape = webhook_shape::bare;
    webhook_proof proof = webhook_proof::none;
    /// Of the proof.
    text header_name = {};
    secret application_id = {};
};

namespace detail {

inline result<void> put_publications(list<tipring::cloudlink::publication> all, webhook_shape shape,
                                     writer& out) {
    namespace api = tipring::cloudlink;
    const json::encode_options options{.audience = json::audience::client};
    if (shape == webhook_shape::list) {
        const api::publication_envelope whole{.publications = all};
        return json::encoder{out, options}.run(json::table_of<api::publication_envelope>, &whole);
    }
    if (all.size() != 1)
        return error{.code = all.empty() ? errc::missing_parameter : errc::too_many, .needed = 1};
    if (shape == webhook_shape::bare)
        return json::encoder{out, options}.run(json::table_of<api::publication>, &all.front());
    const api::publication_envelope whole{.publication = all.front()};
    return json::encoder{out, options}.run(json::table_of<api::publication_envelope>, &whole);
}

inline result<void> put_proof(const webhook_target& to, text body, writer& out) {
    if (to.proof == webhook_proof::none) return {};
    if (to.application_id.empty()) return errc::missing_parameter;
    const tipring::cloudlink::webhook_signature signature{body, to.application_id};
    out.put(to.proof == webhook_proof::signature ? signature.value() : to.application_id.reveal());
    return {};
}

inline result<http::request> build_webhook(list<tipring::cloudlink::publication> all,
                                           const webhook_target& to,
                                           http::detail::request_memory& room) {
    const auto url = http::parse_url(to.url);
    if (!url) return url.error();
    if (url->has_fragment) return errc::bad_url;
    const std::size_t authority = url->scheme.size() + text{"://"}.size();
    const text origin = slice(to.url, 0, to.url.find_first_of("/?", authority));
    const auto target = room.put([&](writer& out) -> result<void> {
        if (url->path.empty()) out.put('/');
        out.put(slice(to.url, origin.size()));
        return {};
    });
    if (!target) return target.error();
    const auto body = room.put([&](writer& out) { return put_publications(all, to.shape, out); });
    if (!body) return body.error();
    const auto proof = room.put([&](writer& out) { return put_proof(to, *body, out); });
    if (!proof) return proof.error();
    http::detail::header_builder headers{2, room};
    if (const auto added = headers.add({.name = "Content-Type", .value = "application/json"});
        !added)
        return added.error();
    if (to.proof != webhook_proof::none)
        if (const auto added =
                headers.add({.name = to.header_name, .value = *proof, .is_secret = true});
            !added)
            return added.error();
    return http::request{.method = http::method::post,
                         .origin = origin,
                         .target = *target,
                         .headers = headers.built(),
                         .body = *body};
}

} // namespace detail

/// The request that tells a subscriber of `all`. Views the texts of `to`, and `memory`; on failure
/// `memory` is as it was. errc::bad_url; missing_parameter and too_many when the shape holds one
/// publication and there are none or more; missing_parameter for a proof without application id;
/// bad_header; whatever json::encode() refuses; capacity with the size of the whole arena that is
/// enough.
inline result<http::request> tell(list<tipring::cloudlink::publication> all,
                                  const webhook_target& to, arena& memory TIPRING_LIFETIMEBOUND) {
    const arena::mark before = memory.position();
    http::detail::request_memory room{.memory = memory};
    const auto built = detail::build_webhook(all, to, room);
    if (built && !room.is_short) return built;
    memory.rewind(before);
    if (!built) return built.error();
    return error{.code = errc::capacity, .needed = memory.used() + room.needed};
}

} // namespace tipring::inline TIPRING_ABI::server::cloudlink
