// Many users changed by one request, with an outcome of its own for each (fact sheet B.2 AD-10,
// C.4). Not here: the users (admin_user.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>

#include <tipring/cloudlink/admin_user.hpp>
#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// One change among many.
struct bulk_change {
    field<text> op{};
    field<cloudlink::user_id> id{};
    field<cloudlink::user> body{};
};
TIPRING_DESCRIBE(bulk_change,
                 TIPRING_MEMBER(op, "what to do; which words there are was not seen").required(),
                 TIPRING_MEMBER(id, "the user").required().lenient(),
                 TIPRING_MEMBER(body, "what to change in the user"));

/// A header of one outcome.
struct bulk_header {
    field<text> name{};
    field<text> value{};
};
TIPRING_DESCRIBE(bulk_header, TIPRING_MEMBER(name, "in any case"),
                 TIPRING_MEMBER(value, "as sent").lenient());

/// What became of one change: an answer of its own inside the answer.
struct bulk_outcome {
    field<std::int32_t> status_code{};
    field<list<bulk_header>> headers{};
    field<raw_json> body{};
};
TIPRING_DESCRIBE(
    bulk_outcome,
    TIPRING_MEMBER(status_code, "HTTP status of this change").named("statusCode").lenient(),
    TIPRING_MEMBER(headers, "x-mitel-correlation-id among them").map().nullable(),
    TIPRING_MEMBER(body, "the user after the change, or an error; not printed, see Q-40")
        .with(json::is_secret));

/// What became of all changes, in the order of the request.
struct bulk_answer {
    field<list<bulk_outcome>> operations{};
};
TIPRING_DESCRIBE(bulk_answer, TIPRING_MEMBER(operations, "an outcome for each change"));

/// AD-10; in code of Mitel's people (R9). Changes many users of an account. HTTP status 200 says
/// nothing about the changes: see all_succeeded() and answer_of() (quirk Q-36).
struct patch_users {
    using answer = bulk_answer;

    cloudlink::account_id account_id{};
    field<list<bulk_change>> operations{};
};
TIPRING_DESCRIBE(patch_users, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(operations, "the changes").required());
TIPRING_OPERATION(patch_users, .method = http::method::patch,
                  .path = "/accounts/{account_id}/users", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .idempotent = false, .source = "R9",
                  .doc = "Changes many users.");

/// Whether this change was carried out; false too when it has no status.
constexpr bool succeeded(const bulk_outcome& outcome) {
    return outcome.status_code && http::is_success(*outcome.status_code);
}

/// Whether each of the `sent` changes was carried out. Fewer outcomes than changes are no success.
constexpr bool all_succeeded(const bulk_answer& got, std::size_t sent) {
    const list<bulk_outcome> outcomes = *got.operations;
    if (outcomes.size() != sent) return false;
    for (const bulk_outcome& each : outcomes)
        if (!succeeded(each)) return false;
    return true;
}

/// What Mitel's support asks for about this change; empty when it is not there.
constexpr text correlation_id(const bulk_outcome& outcome) {
    for (const bulk_header& each : *outcome.headers)
        if (equal_ignoring_case(*each.name, correlation_header)) return *each.value;
    return {};
}

/// The outcome as a response, with its headers in `memory`; its body is viewed. errc::capacity with
/// a lower bound.
inline result<http::response> response_of(const bulk_outcome& outcome,
                                          arena& memory TIPRING_LIFETIMEBOUND) {
    const list<bulk_header> from = *outcome.headers;
    http::header* into = nullptr;
    if (!from.empty()) {
        into = static_cast<http::header*>(
            memory.allocate(from.size() * sizeof(http::header), alignof(http::header)));
        if (into == nullptr)
            return error{
                .code = errc::capacity, .needed_is_lower_bound = true, .needed = memory.needed()};
    }
    std::size_t count = 0;
    for (const bulk_header& each : from)
        ::new (static_cast<void*>(into + count++))
            http::header{.name = *each.name, .value = *each.value};
    const raw_json body = *outcome.body;
    return http::response{.status = *outcome.status_code,
                          .headers = {into, count},
                          .body = body.kind() == json::json_kind::null ? text{} : body.value};
}

/// The outcome as an answer of its own: the user, or what the API says about this change with its
/// correlation id, or what is wrong with reading it.
inline http::answer<user> answer_of(const bulk_outcome& outcome,
                                    arena& memory TIPRING_LIFETIMEBOUND) {
    const arena::mark before = memory.position();
    const auto response = response_of(outcome, memory);
    if (!response) return {response.error(), http::response{.status = *outcome.status_code}};
    const auto got = http::decode<update_user>(*response, memory);
    if (!got && got.refusal() == nullptr) memory.rewind(before);
    return got;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
