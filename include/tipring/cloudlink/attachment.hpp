// Files of a conversation: announcing one, sending its bytes, getting them (fact sheet B.3). All of
// it was seen in a client of the former version only. Not here: conversations, messages.
#pragma once

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// What is known of a file. `name` and `type` were seen; the others are what paths and other
/// resources have.
struct attachment {
    field<cloudlink::attachment_id> attachment_id{};
    field<cloudlink::conversation_id> conversation_id{};
    field<text> name{};
    field<text> type{};
    field<datetime> created_on{};
    field<user_id> created_by{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    attachment,
    TIPRING_MEMBER(attachment_id, "unique id").read_only().lenient().named("attachmentId"),
    TIPRING_MEMBER(conversation_id, "where it belongs")
        .read_only()
        .lenient()
        .named("conversationId"),
    TIPRING_MEMBER(name, "the file's name"), TIPRING_MEMBER(type, "its media type"),
    TIPRING_MEMBER(created_on, "when it was announced").read_only().nullable().named("createdOn"),
    TIPRING_MEMBER(created_by, "who announced it")
        .read_only()
        .lenient()
        .nullable()
        .named("createdBy"),
    TIPRING_MEMBER(links, "where it is").read_only().nullable().named("_links"));

/// Announces a file. CH-9; legacy, seen in vendor code (R10).
struct create_attachment {
    using answer = cloudlink::attachment;

    cloudlink::conversation_id conversation_id{};
    field<cloudlink::attachment> attachment{};
};
TIPRING_DESCRIBE(create_attachment, TIPRING_MEMBER(conversation_id, "the conversation").path(),
                 TIPRING_MEMBER(attachment, "name and type").body().required());
TIPRING_OPERATION(create_attachment, .method = http::method::post,
                  .path = "/conversations/{conversation_id}/attachments",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R10 CH-9",
                  .doc = "Announces a file.");

/// Tells about a file. CH-10; legacy, seen in vendor code (R10).
struct view_attachment {
    using answer = cloudlink::attachment;

    cloudlink::conversation_id conversation_id{};
    cloudlink::attachment_id attachment_id{};
};
TIPRING_DESCRIBE(view_attachment, TIPRING_MEMBER(conversation_id, "the conversation").path(),
                 TIPRING_MEMBER(attachment_id, "the file").path());
TIPRING_OPERATION(view_attachment,
                  .path = "/conversations/{conversation_id}/attachments/{attachment_id}",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .source = "R10 CH-10", .doc = "Tells about a file.");

/// Gets the bytes of a file. CH-11; legacy, seen in vendor code (R10).
struct download_attachment {
    using answer = http::media;

    cloudlink::conversation_id conversation_id{};
    cloudlink::attachment_id attachment_id{};
};
TIPRING_DESCRIBE(download_attachment, TIPRING_MEMBER(conversation_id, "the conversation").path(),
                 TIPRING_MEMBER(attachment_id, "the file").path());
TIPRING_OPERATION(download_attachment,
                  .path = "/conversations/{conversation_id}/attachments/{attachment_id}/content",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .source = "R10 CH-11", .doc = "Gets the bytes of a file.");

/// Sends the bytes of a file, by its name and not by its id. CH-12; legacy, seen in vendor code
/// (R10).
struct upload_attachment {
    using answer = http::done;

    cloudlink::conversation_id conversation_id{};
    text name{};
    field<text> content_type{};
    field<text> content{};
};
TIPRING_DESCRIBE(
    upload_attachment, TIPRING_MEMBER(conversation_id, "the conversation").path(),
    TIPRING_MEMBER(name, "the name that it was announced with").path(),
    TIPRING_MEMBER(content_type, "its media type").header().named("Content-Type").required(),
    TIPRING_MEMBER(content, "the bytes, as they are").body().required());
TIPRING_OPERATION(upload_attachment, .method = http::method::put,
                  .path = "/conversations/{conversation_id}/attachments/{name}/content",
                  .api = &api_of(service::chat), .evidence = http::evidence::vendor_code,
                  .body = http::body_format::bytes, .source = "R10 CH-12",
                  .doc = "Sends the bytes of a file.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
