// From any HTTP request to its response: sign-in, parsing, dispatch, refusals, and the few paths
// that are not part of the API. Not here: sockets (common/http_server.hpp).
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

#include <tipring/server/miarec.hpp>

#include "media.hpp"
#include "refusal.hpp"
#include "store.hpp"

namespace recorder {

namespace http = tipring::http;

/// Outside of /api/v2, without sign-in: the file of a signed URL (manual 3.1.7).
struct signed_file {
    using answer = http::media;

    miarec::call_id call_id{};
    tipring::field<std::int64_t> expires{};
    tipring::field<text> file_id{};
    tipring::field<text> sign{};
    tipring::field<http::byte_range> range{};
};
TIPRING_DESCRIBE(signed_file, TIPRING_MEMBER(call_id, "the call").path(),
                 TIPRING_MEMBER(expires, "until when, in seconds since 1970").query().required(),
                 TIPRING_MEMBER(file_id, "which file of the call").query(),
                 TIPRING_MEMBER(sign, "the signature of all that is before it").query().required(),
                 TIPRING_MEMBER(range, "which bytes").named("Range").header());
TIPRING_OPERATION(signed_file, .path = "/calls/file/{call_id}/signed", .api = &miarec::api,
                  .doc = "Fetches a call's file by a signed URL.");

/// What no MiaRec server has: counts for demos and tests.
struct stand_in_state {
    tipring::field<std::int64_t> calls{};
    tipring::field<std::int64_t> active{};
    tipring::field<std::int64_t> muted{};
    tipring::field<std::int64_t> users{};
};
TIPRING_DESCRIBE(stand_in_state, TIPRING_MEMBER(calls, "calls in the store"),
                 TIPRING_MEMBER(active, "calls in progress"),
                 TIPRING_MEMBER(muted, "calls in progress whose recording is paused"),
                 TIPRING_MEMBER(users, "users in the store"));
std::string signed_url(const url_signer& signer, text origin, text call_id, std::int64_t expires,
                       const tipring::field<text>& file_id);

/// A file, or the part of it that is asked for; a copy of its bytes is put in `memory`.
http::media media_of(const std::string& file, const tipring::field<http::byte_range>& range,
                     tipring::arena& memory);

template <class Op>
http::response media_reply(const std::string& file, const tipring::field<http::byte_range>& range,
                           tipring::arena& memory) {
    const auto made = tipring::server::respond<Op>(media_of(file, range, memory), memory);
    if (!made) throw failed("The file does not fit into memory");
    return *made;
}

/// The whole stand-in without its sockets. May be used by several threads at once.
class service {
public:
    explicit service(store& data) : data_{data} {}

    /// Where signed URLs lead to, such as `http://127.0.0.1:8080`. Call it before the first
    /// request.
    void set_origin(std::string origin) { origin_ = std::move(origin); }

    /// The response views the request and `memory`.
    http::response answer(const http::request& from, tipring::arena& memory);

private:
    http::response answer_api(const http::request& from, tipring::arena& memory);
    http::response answer_other(const http::request& from, tipring::arena& memory);
    http::response send_signed(const signed_file& op, tipring::arena& memory);
    http::response send_state(tipring::arena& memory) const;

    std::mutex mutex_;
    store& data_;
    url_signer signer_;
    std::string origin_;
};

} // namespace recorder
