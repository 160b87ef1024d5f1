// Action cards: messages with a picture and buttons, whose body is a JSON document inside text
// (fact sheet C.6, quirk Q-38). Not here: sending messages (message.hpp).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/json_text.hpp>
#include <tipring/cloudlink/message.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// What a button does.
enum class card_action : std::uint8_t {
    post_message, ///< says its payload in the conversation
    open_link,    ///< opens its target
};

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::card_action, "post-message", "open-link");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::cloudlink {

/// A button of an action card (R12, T3).
struct card_button {
    field<text> title{};
    field<open<card_action>> action{};
    field<text> payload{};
    field<text> target_url{};
};
TIPRING_DESCRIBE(card_button, TIPRING_MEMBER(title, "what is on it"),
                 TIPRING_MEMBER(action, "what it does"),
                 TIPRING_MEMBER(payload, "what post-message says").nullable(),
                 TIPRING_MEMBER(target_url, "what open-link opens").nullable().named("targetUrl"));

/// What is in the body of an action card (R12).
struct action_card {
    field<text> body_content_type{};
    field<text> header_image_url{};
    field<text> body{};
    field<list<card_button>> buttons{};
};
TIPRING_DESCRIBE(
    action_card,
    TIPRING_MEMBER(body_content_type, "what `body` is, such as text/html").named("bodyContentType"),
    TIPRING_MEMBER(header_image_url, "a picture above the text").nullable().named("headerImageUrl"),
    TIPRING_MEMBER(body, "the text of the card").nullable(),
    TIPRING_MEMBER(buttons, "below the text, in this order").nullable());

/// Whether the message says that its body is an action card; without case and parameters, as media
/// types are compared (quirk Q-11).
constexpr bool is_action_card(const message& sent) {
    constexpr text type = open<message_content_type>{message_content_type::action_card}.value;
    return equal_ignoring_case(http::media_type((*sent.content_type).value), type);
}

/// A message that is the card, for create_message; `fallback`, unless it is empty, is shown by
/// clients that cannot show cards. The card's document is in `memory`. errc::capacity with the size
/// of the whole arena that is enough, and whatever json::encode() refuses.
inline result<message> card_message(const action_card& card, text fallback,
                                    arena& memory TIPRING_LIFETIMEBOUND) {
    const auto document = write_json_text(card, memory);
    if (!document) return document.error();
    message made{.body = *document, .content_type = message_content_type::action_card};
    if (!fallback.empty()) made.fallback_text = fallback;
    return made;
}

/// The card that a message is. errc::unexpected_content_type when it is none,
/// errc::missing_member without a body, and the errors of json::decode() with the offset in the
/// body's text. The card views the message's text and `memory`.
template <class Engine = json::builtin_engine>
result<action_card> read_card(const message& sent, arena& memory TIPRING_LIFETIMEBOUND,
                              const json::decode_options& options = json::default_decode_options) {
    if (!is_action_card(sent)) return errc::unexpected_content_type;
    if (!sent.body) return about(errc::missing_member, "body");
    return read_json_text<action_card, Engine>(*sent.body, memory, options);
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
