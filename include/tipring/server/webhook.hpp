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

inline bool build_webhook(list<tipring::cloudlink::publication> all, const webhook_target& to,
                          http::detail::request_memory& room, http::request& built) {
    const auto url = http::parse_url(to.url);
    if (!room.note(url)) return false;
    if (url->has_fragment) return room.fail(errc::bad_url);
    const std::size_t authority = url->scheme.size() + text{"://"}.size();
    built.method = http::method::post;
    built.origin = slice(to.url, 0, to.url.find_first_of("/?", authority));
    const auto put_target = [&](writer& out) {
        if (url->path.empty()) out.put('/');
        out.put(slice(to.url, built.origin.size()));
        return true;
    };
    const auto put_body = [&](writer& out) {
        return room.note(put_publications(all, to.shape, out));
    };
    text proof;
    const auto put_this_proof = [&](writer& out) {
        return room.note(put_proof(to, built.body, out));
    };
    if (!room.put(built.target, put_target) || !room.put(built.body, put_body) ||
        !room.put(proof, put_this_proof))
        return false;
    http::detail::header_builder headers{2, room};
    if (!headers.add({.name = "Content-Type", .value = http::json_media_type})) return false;
    if (to.proof != webhook_proof::none &&
        !headers.add({.name = to.header_name, .value = proof, .is_secret = true}))
        return false;
    built.headers = headers.built();
    return true;
}

} // namespace detail

/// The request that tells a subscriber of `all`. Views the texts of `to`, and `memory`; on failure
/// `memory` is as it was. errc::bad_url; missing_parameter and too_many when the shape holds one
/// publication and there are none or more; missing_parameter for a proof without application id;
/// bad_header; whatever json::encode() refuses; capacity with the size of the whole arena that is
/// enough.
inline result<http::request> tell(list<tipring::cloudlink::publication> all,
                                  const webhook_target& to, arena& memory TIPRING_LIFETIMEBOUND) {
    http::detail::request_memory room{memory};
    http::request built;
    if (!detail::build_webhook(all, to, room, built) || room.is_short) return room.undo();
    return built;
}

} // namespace tipring::inline TIPRING_ABI::server::cloudlink
