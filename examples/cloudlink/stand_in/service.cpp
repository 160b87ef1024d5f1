#include "service.hpp"

#include <variant>

namespace stand_in {

namespace {

utc_instant current_time() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// Mitel rejects programs that do not say who they are. How it is spelled is another matter: most
/// of Mitel's own programs get it wrong (quirk Q-16).
void check_app(const http::request& from) {
    const text name = cloudlink::app_header_name;
    const http::header* const given = from.find(name);
    if (given == nullptr) throw bad_request("the header " + std::string{name} + " is missing");
    const auto app = cloudlink::parse_app_header(given->value);
    if (!app || app->deviations.has(cloudlink::app_deviation::no_name))
        throw bad_request("the header " + std::string{name} + " names no program");
}

template <class List>
common::refusal refusal_of(const tipring::error& failure, const http::request& from,
                           const tipring::server::parse_options& options, tipring::arena& memory) {
    char bytes[300];
    std::string message{tipring::describe(failure, bytes)};
    const auto no = [&](text code) {
        return common::refusal{.status = tipring::server::status_of(failure.code),
                               .code = std::string{code},
                               .message = std::move(message)};
    };
    switch (failure.code) {
    case tipring::errc::unknown_path: return not_found("there is no such path");
    case tipring::errc::method_not_allowed: {
        common::refusal refused = no("MethodNotAllowedError");
        const auto allowed =
            tipring::server::cloudlink::allowed_methods<List>(from.target, memory, options);
        refused.headers = {{"Allow", std::string{allowed.value_or(text{})}}};
        return refused;
    }
    case tipring::errc::unexpected_content_type: return no("UnsupportedMediaTypeError");
    case tipring::errc::capacity: return no("PayloadTooLargeError");
    default: return bad_request(std::move(message));
    }
}

http::response write_refusal(const common::refusal& no, text correlation_id, bool is_oauth,
                             tipring::arena& memory) {
    const bool is_in_oauths_words = no.code.find('_') != std::string::npos;
    const http::api_error said{.status = no.status,
                               .code = is_oauth && !is_in_oauths_words ? text{"invalid_request"}
                                                                       : text{no.code},
                               .message = no.message,
                               .correlation_id = correlation_id};
    const auto made = tipring::server::cloudlink::respond_error(said, memory, is_oauth);
    if (!made) return {.status = 500};
    return common::with_headers(*made, no.headers, memory);
}

/// What the 500 of a program that ran out of memory still needs.
http::response with_correlation_id(http::response response, const std::string& id,
                                   tipring::arena& memory) {
    return common::with_headers(response, {{std::string{cloudlink::correlation_header}, id}},
                                memory);
}

} // namespace

http::response service::answer(const http::request& from, tipring::arena& memory) {
    const std::lock_guard lock{mutex_};
    incoming asked{.from = from,
                   .path = from.target.substr(0, from.target.find('?')),
                   .correlation_id = all_.random.uuid(),
                   .now = current_time(),
                   .memory = memory};
    try {
        return with_correlation_id(dispatch(asked), asked.correlation_id, memory);
    } catch (const common::refusal& no) {
        return write_refusal(no, common::keep(asked.correlation_id, memory), asked.is_for_tokens,
                             memory);
    }
}

http::response service::refuse(int status, text message, tipring::arena& memory) {
    const std::lock_guard lock{mutex_};
    return write_refusal({.status = status,
                          .code = status == 413   ? "PayloadTooLargeError"
                                  : status == 415 ? "UnsupportedMediaTypeError"
                                  : status >= 500 ? "InternalServerError"
                                                  : "BadRequestError",
                          .message = std::string{message}},
                         common::keep(all_.random.uuid(), memory), false, memory);
}

http::response service::dispatch(incoming& asked) {
    if (asked.path.starts_with("/stand-in/")) return answer_own(asked);
    for (const place& each : places) {
        const std::string prefix =
            std::string{each.prefix} + std::string{api_of(each.service).base_path};
        if (!asked.path.starts_with(prefix + "/")) continue;
        using enum cloudlink::service;
        if (each.service == authentication)
            return answer_api<cloudlink::authentication_operations>(asked, prefix);
        if (each.service == admin) return answer_api<cloudlink::admin_operations>(asked, prefix);
        if (each.service == chat) return answer_api<cloudlink::chat_operations>(asked, prefix);
        return answer_api<cloudlink::notification_operations>(asked, prefix);
    }
    throw not_found("there is no such service");
}

/// Who is not signed in learns nothing of paths and parameters.
template <class List>
http::response service::answer_api(incoming& asked, const std::string& prefix) {
    check_app(asked.from);
    tipring::server::parse_options options{.prefix = prefix};
    options.query.plus = http::plus_sign::is_plus;
    const auto op = tipring::server::cloudlink::parse<List>(asked.from, asked.memory, options);
    asked.is_for_tokens =
        asked.from.method == http::method::post &&
        asked.path == prefix + std::string{http::operation_of<cloudlink::token_request>.path} &&
        prefix.starts_with(places[0].prefix);
    const bool is_anonymous =
        asked.is_for_tokens ||
        (op &&
         std::visit([]<class Op>(const Op&) { return http::operation_of<Op>.is_anonymous; }, *op));
    person* who = nullptr;
    if (!is_anonymous)
        who = &all_.entrance.bearer(http::header_value(asked.from.headers, "Authorization"),
                                    asked.now);
    if (!op) throw refusal_of<List>(op.error(), asked.from, options, asked.memory);
    return std::visit(handlers{{.all = all_,
                                .who = who,
                                .correlation_id = asked.correlation_id,
                                .prefix = prefix,
                                .now = asked.now,
                                .memory = asked.memory}},
                      *op);
}

http::response service::answer_own(const incoming& asked) {
    const auto op = tipring::server::parse_in<own_operations>(asked.from, asked.memory);
    if (!op) throw not_found("the stand-in has no such path of its own");
    if (std::holds_alternative<expire_tokens>(*op)) {
        all_.entrance.expire_all();
        return {.status = 204};
    }
    std::int64_t messages = 0;
    for (const talk& each : all_.talks) messages += static_cast<std::int64_t>(each.messages.size());
    const gate& entrance = all_.entrance;
    const auto made = tipring::server::respond<view_state>(
        {.sign_ins = entrance.sign_ins,
         .refused_sign_ins = entrance.refused_sign_ins,
         .refreshes = entrance.refreshes,
         .refused_refreshes = entrance.refused_refreshes,
         .locked_accounts = entrance.locked_accounts(),
         .refused_tokens = entrance.refused_tokens,
         .conversations = static_cast<std::int64_t>(all_.talks.size()),
         .messages = messages,
         .subscriptions = static_cast<std::int64_t>(all_.publications.subscribers.size()),
         .webhooks_taken = all_.publications.taken(),
         .webhooks_lost = all_.publications.lost()},
        asked.memory);
    if (!made) throw common::failed_inside("the answer does not fit into memory");
    return *made;
}

} // namespace stand_in
