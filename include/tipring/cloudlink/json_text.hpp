// JSON documents inside text: CloudLink puts some into members that are plain text, such as a
// message's tag or the body of an action card (quirk Q-38). Not here: members that are any JSON
// (json/raw.hpp).
#pragma once

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// The document inside `content` as a T, which views `content` and `memory`; the errors of
/// json::decode(), with the offset in `content`.
///
///     const auto echo = read_json_text<my_send_id>(*message.tag, memory);
template <json::described T, class Engine = json::builtin_engine>
result<T> read_json_text(text content TIPRING_LIFETIMEBOUND, arena& memory TIPRING_LIFETIMEBOUND,
                         const json::decode_options& options = json::default_decode_options) {
    return json::decode<T, Engine>(content, memory, options);
}

/// `value` as a document for such a member; the text is in `memory`. errc::capacity with the size
/// of the whole arena that is enough, and whatever json::encode() refuses.
template <json::described T>
result<text> write_json_text(const T& value, arena& memory TIPRING_LIFETIMEBOUND) {
    writer out{memory.rest()};
    if (const auto written = json::encode(value, out); !written) {
        error failure = written.error();
        if (failure.code == errc::capacity) failure.needed += memory.used();
        return failure;
    }
    const text document = out.written();
    memory.commit(document.size());
    return document;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
