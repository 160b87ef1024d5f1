// Media API: recordings of calls and conferences, and how their audio is fetched (fact sheet ME-24
// to ME-27). Not here: starting and stopping a recording (media_call.hpp, media_conference.hpp).
#pragma once

#include <cstddef>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Where a recording's audio is. Whoever has the URL may fetch it until it expires, so it is a
/// secret; media_request() makes the request.
struct recording_media {
    field<secret> url{};
    field<datetime> expiry{};
};
TIPRING_DESCRIBE(recording_media, TIPRING_MEMBER(url, "where to fetch it; good for a while"),
                 TIPRING_MEMBER(expiry, "when the URL stops to work"));

/// Where the audio of one channel of a recording is; see recording_media.
struct channel_media {
    field<cloudlink::channel_id> channel_id{};
    field<secret> url{};
    field<datetime> expiry{};
};
TIPRING_DESCRIBE(channel_media,
                 TIPRING_MEMBER(channel_id, "which channel").named("channelId").lenient(),
                 TIPRING_MEMBER(url, "where to fetch it; good for a while"),
                 TIPRING_MEMBER(expiry, "when the URL stops to work"));

/// What a recording holds when it is expanded by `media`.
struct recording_embedded {
    field<recording_media> media{};
    field<list<cloudlink::channel_media>> channel_media{};
};
TIPRING_DESCRIBE(recording_embedded, TIPRING_MEMBER(media, "the whole audio"),
                 TIPRING_MEMBER(channel_media, "the same split by channel").named("channelMedia"));

/// A recording of a call or conference (fact sheet C.7, R2).
struct recording {
    field<cloudlink::recording_id> recording_id{};
    field<cloudlink::call_id> call_id{};
    field<datetime> created_on{};
    field<text> content_type{};
    field<number> duration_in_seconds{};
    field<text> label{};
    field<cloudlink::links> links{};
    field<recording_embedded> embedded{};
};
TIPRING_DESCRIBE(
    recording, TIPRING_MEMBER(recording_id, "the recording").named("recordingId").lenient(),
    TIPRING_MEMBER(call_id, "the call or conference that was recorded").named("callId").lenient(),
    TIPRING_MEMBER(created_on, "when it was made").named("createdOn"),
    TIPRING_MEMBER(content_type, "the audio's media type, such as audio/opus").named("contentType"),
    TIPRING_MEMBER(duration_in_seconds, "how long it is").named("durationInSeconds"),
    TIPRING_MEMBER(label, "what somebody called it"),
    TIPRING_MEMBER(links, "where this is").named("_links"),
    TIPRING_MEMBER(embedded, "where the audio is, with $expand=media").named("_embedded"));

/// The request that fetches audio: to another origin than the API's, and so without any header,
/// above all without the bearer token and `x-mitel-app`. Send it as it is. Views the URL.
/// errc::bad_url for what is no absolute https or http URL, errc::missing_parameter for none.
constexpr result<http::request> media_request(const field<secret>& url) {
    if (!url) return errc::missing_parameter;
    const text whole = slice((*url).reveal(), 0, (*url).reveal().find('#'));
    const auto parts = http::parse_url(whole);
    if (!parts) return parts.error();
    const std::size_t authority = whole.find("//") + 2;
    const std::size_t behind = whole.find_first_of("/?", authority);
    // A target starts with a slash, which a query without a path lacks.
    if (behind != text::npos && whole[behind] == '?')
        return error{.code = errc::bad_url, .offset = behind};
    return http::request{.origin = slice(whole, 0, behind),
                         .target = behind == text::npos ? text{"/"} : slice(whole, behind)};
}

/// Lists the recordings of the account that the caller may see, without their audio (ME-24;
/// official, R2).
///
///     cloudlink::list_recordings{.query = {.filter = properties::calls::call_id == "7"}}
struct list_recordings {
    using answer = collection<recording>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_recordings, TIPRING_MEMBER(query, "$skip, $top, $filter, $orderby").query());
TIPRING_OPERATION(list_recordings, .path = "/recordings", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .source = "ME-24, R2",
                  .doc = "Lists recordings.");

/// Gives a recording, with `$expand=media` also where its audio is (ME-25; official, R2).
///
///     cloudlink::view_recording{.recording_id = id, .query = {.expand = "media"}}
struct view_recording {
    using answer = recording;

    cloudlink::recording_id recording_id{};
    field<text> media_format{};
    odata::query query{};
};
TIPRING_DESCRIBE(
    view_recording, TIPRING_MEMBER(recording_id, "the recording").path(),
    TIPRING_MEMBER(media_format, "format of the file behind the URL").named("media-format").query(),
    TIPRING_MEMBER(query, "$expand, in the prose alone").query());
TIPRING_OPERATION(view_recording, .path = "/recordings/{recording_id}",
                  .api = &api_of(service::media), .evidence = http::evidence::official,
                  .source = "ME-25, R2", .doc = "Gives a recording.");

/// Changes the label of a recording (ME-26; official, R2).
struct update_recording {
    using answer = recording;

    cloudlink::recording_id recording_id{};
    field<text> label{};
};
TIPRING_DESCRIBE(update_recording, TIPRING_MEMBER(recording_id, "the recording").path(),
                 TIPRING_MEMBER(label, "the new label"));
TIPRING_OPERATION(update_recording, .method = http::method::put,
                  .path = "/recordings/{recording_id}", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .source = "ME-26, R2",
                  .doc = "Changes the label of a recording.");

/// Deletes a recording, which not everybody may (ME-27; official, R2). 202 when that takes a while
/// (quirk Q-27).
struct delete_recording {
    using answer = http::done;

    cloudlink::recording_id recording_id{};
};
TIPRING_DESCRIBE(delete_recording, TIPRING_MEMBER(recording_id, "the recording").path());
TIPRING_OPERATION(delete_recording, .method = http::method::delete_,
                  .path = "/recordings/{recording_id}", .api = &api_of(service::media),
                  .evidence = http::evidence::official, .may_be_empty = true, .source = "ME-27, R2",
                  .doc = "Deletes a recording.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
