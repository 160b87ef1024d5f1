// Clients and their contacts, and the envelopes around them (manual 3.2).
#pragma once

#include <cstdint>

#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/error.hpp>
#include <tipring/miarec/ids.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

/// A phone number of a client (manual 3.2.1).
struct contact {
    field<text> phone_number{};
    field<text> name{};
};
TIPRING_DESCRIBE(contact,
                 TIPRING_MEMBER(phone_number,
                                "links calls to the client; needed; sent as it is (quirk D-60)"),
                 TIPRING_MEMBER(name, "whose number it is, such as a person").nullable());

/// Somebody whom the recorded people talk to (manual 3.2.1).
struct client {
    field<miarec::client_id> client_id{};
    field<miarec::tenant_id> tenant_id{};
    field<text> name{};
    field<list<contact>> contacts{};
};
TIPRING_DESCRIBE(client, TIPRING_MEMBER(client_id, "unique id, given by the server").read_only(),
                 TIPRING_MEMBER(tenant_id, "the client's tenant, with multi-tenancy"),
                 TIPRING_MEMBER(name, "name of the client; no two are the same (manual 3.2.4)"),
                 TIPRING_MEMBER(contacts, "phone numbers, at least one"));

/// What a single client comes and goes in (manual 3.2.3 to 3.2.5).
struct client_envelope {
    field<miarec::client> client{};
};
TIPRING_DESCRIBE(client_envelope, TIPRING_MEMBER(client, "the client"));

/// One page of a list of clients (manual 2.3.1, 3.2.2).
struct client_page {
    using row = miarec::client;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::client>> clients{};
};
TIPRING_DESCRIBE(
    client_page,
    TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of clients on all pages, when the server counts them").nullable(),
    TIPRING_MEMBER(clients, "the clients of this page"));

/// What servers answer to a change: the client as it is now, or its path, or nothing (D-32).
struct client_update {
    field<miarec::client> client{};
    field<text> url{};
};
TIPRING_DESCRIBE(client_update, TIPRING_MEMBER(client, "the client after the change"),
                 TIPRING_MEMBER(url, "path of the client"));

/// Lists clients, by name and tenant if asked (manual 3.2.2).
struct list_clients {
    using answer = client_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<text> search_term{};
    field<miarec::tenant_id> tenant_id{};
};
TIPRING_DESCRIBE(
    list_clients,
    TIPRING_MEMBER(limit, "clients per page, 20 unless given, at most 1000").limit(1000).query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(search_term, "in the client's, contacts' and tenant's names and phone numbers")
        .query(),
    TIPRING_MEMBER(tenant_id, "clients of this tenant").query());
TIPRING_OPERATION(list_clients, .path = "/api/v2/clients.json", .api = &api,
                  .source = "manual 3.2.2", .doc = "Lists clients.");

/// Gives one client (manual 3.2.3).
struct view_client {
    using answer = client_envelope;

    miarec::client_id client_id{};
};
TIPRING_DESCRIBE(view_client, TIPRING_MEMBER(client_id, "the client").path());
TIPRING_OPERATION(view_client, .path = "/api/v2/clients/{client_id}.json", .api = &api,
                  .source = "manual 3.2.3", .doc = "Gives one client.");

/// Creates a client with at least one contact (manual 3.2.4). Answers the new id.
struct create_client {
    using answer = http::created<miarec::client_id>;

    field<miarec::client> client{};
};
TIPRING_DESCRIBE(create_client, TIPRING_MEMBER(client, "the new client").required());
TIPRING_OPERATION(create_client, .method = http::method::post, .path = "/api/v2/clients.json",
                  .api = &api, .success = 201, .idempotent = false, .source = "manual 3.2.4",
                  .doc = "Creates a client.");

/// Changes a client: members that are absent stay as they are (manual 3.2.5).
struct update_client {
    using answer = client_update;

    miarec::client_id client_id{};
    field<miarec::client> client{};
};
TIPRING_DESCRIBE(update_client, TIPRING_MEMBER(client_id, "the client").path(),
                 TIPRING_MEMBER(client, "what to change").required());
TIPRING_OPERATION(update_client, .method = http::method::put,
                  .path = "/api/v2/clients/{client_id}.json", .api = &api, .may_be_empty = true,
                  .source = "manual 3.2.5", .doc = "Changes a client.");

/// Deletes a client (manual 3.2.6).
struct delete_client {
    using answer = http::done;

    miarec::client_id client_id{};
};
TIPRING_DESCRIBE(delete_client, TIPRING_MEMBER(client_id, "the client").path());
TIPRING_OPERATION(delete_client, .method = http::method::delete_,
                  .path = "/api/v2/clients/{client_id}.json", .api = &api, .source = "manual 3.2.6",
                  .doc = "Deletes a client.");

} // namespace tipring::inline TIPRING_ABI::miarec
