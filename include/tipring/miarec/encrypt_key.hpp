// Encryption keys, the users who may decrypt with them, and the envelopes around them (manual 3.3).
#pragma once

#include <cstdint>

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/error.hpp>
#include <tipring/miarec/ids.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

/// A key that recordings are encrypted with (manual 3.3.2, 3.3.3). A key is made in one of two
/// ways, by `add_type`: generated on the server, with a `key_length`, or imported, with a
/// `public_key` and perhaps a `private_key`. Only `name` and `is_active` can be updated
/// (manual 3.3.4).
///
/// The texts of keys are opaque: the manual speaks of PEM and shows bare Base64, and nothing is
/// added to them or taken away (quirk D-19).
struct encrypt_key {
    field<encrypt_key_id> key_id{};
    field<bool> is_active{};
    field<text> fingerprint{};
    field<miarec::tenant_id> tenant_id{};
    field<text> public_key{};
    field<text> name{};
    field<open<miarec::protection_mode>> protection_mode{};
    field<open<miarec::add_type>> add_type{};
    field<miarec::key_length> key_length{};
    field<secret> private_key{};
    field<secret> private_key_password{};
};
TIPRING_DESCRIBE(
    encrypt_key, TIPRING_MEMBER(key_id, "unique id, given by the server").read_only(),
    TIPRING_MEMBER(is_active,
                   "true: encrypts new recordings; false: only reads those it has encrypted"),
    TIPRING_MEMBER(fingerprint, "fingerprint of the key, hexadecimal").read_only(),
    TIPRING_MEMBER(tenant_id, "the key's tenant; ignored without multi-tenancy"),
    TIPRING_MEMBER(public_key, "RSA public key in Base64, to be imported (quirk D-19)"),
    TIPRING_MEMBER(name, "name for people"),
    TIPRING_MEMBER(protection_mode,
                   "whose credentials protect the key; the users' unless told otherwise")
        .write_only(),
    TIPRING_MEMBER(add_type, "whether the key is generated or imported").write_only(),
    TIPRING_MEMBER(key_length,
                   "bits of a key to be generated; 2048 unless told otherwise (quirk D-13)")
        .write_only()
        .alias("key_lenght"),
    TIPRING_MEMBER(private_key, "RSA private key in Base64; a key without one only encrypts")
        .write_only(),
    TIPRING_MEMBER(private_key_password, "opens the private key if it was exported with a password")
        .write_only());

/// A user who may decrypt with a key (manual 3.3.6, 3.3.8).
struct authorized_user {
    field<miarec::user_id> user_id{};
};
TIPRING_DESCRIBE(authorized_user, TIPRING_MEMBER(user_id, "the user who may use the key"));

/// What a single key comes and goes in (manual 3.3.2 to 3.3.4).
struct encrypt_key_envelope {
    field<miarec::encrypt_key> encrypt_key{};
};
TIPRING_DESCRIBE(encrypt_key_envelope, TIPRING_MEMBER(encrypt_key, "the key"));

/// One page of a list of keys (manual 2.3.1, 3.3.1; the name of its list is inferred).
struct encrypt_key_page {
    using row = miarec::encrypt_key;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::encrypt_key>> encrypt_keys{};
};
TIPRING_DESCRIBE(
    encrypt_key_page,
    TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of keys on all pages, when the server counts them").nullable(),
    TIPRING_MEMBER(encrypt_keys, "the keys of this page"));

/// What a user goes out in who is granted access to a key (manual 3.3.6).
struct authorized_user_envelope {
    field<authorized_user> user{};
};
TIPRING_DESCRIBE(authorized_user_envelope, TIPRING_MEMBER(user, "the user who gets access"));

/// One page of a list of the users who may use a key (manual 2.3.1, 3.3.8).
struct authorized_user_page {
    using row = authorized_user;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<authorized_user>> users{};
};
TIPRING_DESCRIBE(
    authorized_user_page,
    TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of users on all pages, when the server counts them").nullable(),
    TIPRING_MEMBER(users, "the users of this page"));

/// What servers answer to a change: the encryption key as it is now, or its path, or nothing
/// (D-32).
struct encrypt_key_update {
    field<miarec::encrypt_key> encrypt_key{};
    field<text> url{};
};
TIPRING_DESCRIBE(encrypt_key_update,
                 TIPRING_MEMBER(encrypt_key, "the encryption key after the change"),
                 TIPRING_MEMBER(url, "path of the encryption key"));

/// Lists encryption keys, by name and tenant if asked (manual 3.3.1).
struct list_encrypt_keys {
    using answer = encrypt_key_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<text> search_text{};
    field<text> search_term{};
    field<miarec::tenant_id> tenant_id{};
};
TIPRING_DESCRIBE(
    list_encrypt_keys,
    TIPRING_MEMBER(limit, "encryption keys per page, 20 unless given, at most 1000")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(search_text, "in the name; the parameter as the example spells it (D-12)")
        .query(),
    TIPRING_MEMBER(search_term, "in the name; the parameter as the label spells it (D-12)").query(),
    TIPRING_MEMBER(tenant_id, "keys of this tenant").query());
TIPRING_OPERATION(list_encrypt_keys, .path = "/api/v2/encrypt_keys.json", .api = &api,
                  .source = "manual 3.3.1", .doc = "Lists encryption keys.");

/// Gives one encryption key (manual 3.3.2).
struct view_encrypt_key {
    using answer = encrypt_key_envelope;

    miarec::encrypt_key_id key_id{};
};
TIPRING_DESCRIBE(view_encrypt_key, TIPRING_MEMBER(key_id, "the encryption key").path());
TIPRING_OPERATION(view_encrypt_key, .path = "/api/v2/encrypt_keys/{key_id}.json", .api = &api,
                  .source = "manual 3.3.2", .doc = "Gives one encryption key.");

/// Makes a new encryption key on the server or imports one, by its `add_type` (manual 3.3.3).
/// Answers the new id.
struct create_encrypt_key {
    using answer = http::created<miarec::encrypt_key_id>;

    field<miarec::encrypt_key> encrypt_key{};
};
TIPRING_DESCRIBE(create_encrypt_key,
                 TIPRING_MEMBER(encrypt_key, "the new encryption key").required());
TIPRING_OPERATION(create_encrypt_key, .method = http::method::post,
                  .path = "/api/v2/encrypt_keys.json", .api = &api, .success = 201,
                  .idempotent = false, .source = "manual 3.3.3",
                  .doc = "Creates a encryption key.");

/// Changes a encryption key: members that are absent stay as they are; only the name and whether it
/// is active can change (manual 3.3.4).
struct update_encrypt_key {
    using answer = encrypt_key_update;

    miarec::encrypt_key_id key_id{};
    field<miarec::encrypt_key> encrypt_key{};
};
TIPRING_DESCRIBE(update_encrypt_key, TIPRING_MEMBER(key_id, "the encryption key").path(),
                 TIPRING_MEMBER(encrypt_key, "what to change").required());
TIPRING_OPERATION(update_encrypt_key, .method = http::method::put,
                  .path = "/api/v2/encrypt_keys/{key_id}.json", .api = &api, .may_be_empty = true,
                  .source = "manual 3.3.4", .doc = "Changes a encryption key.");

/// Deletes a encryption key (manual 3.3.5).
struct delete_encrypt_key {
    using answer = http::done;

    miarec::encrypt_key_id key_id{};
};
TIPRING_DESCRIBE(delete_encrypt_key, TIPRING_MEMBER(key_id, "the encryption key").path());
TIPRING_OPERATION(delete_encrypt_key, .method = http::method::delete_,
                  .path = "/api/v2/encrypt_keys/{key_id}.json", .api = &api,
                  .source = "manual 3.3.5", .doc = "Deletes a encryption key.");

/// Lets a user use an encryption key (manual 3.3.6). 409 when the user may already. The manual
/// prints a Location without `authorized_users`; only its last part, the user's id, counts (D-31).
struct authorize_user {
    using answer = http::created<miarec::user_id>;

    miarec::encrypt_key_id key_id{};
    field<authorized_user> user{};
};
TIPRING_DESCRIBE(authorize_user, TIPRING_MEMBER(key_id, "the key").path(),
                 TIPRING_MEMBER(user, "the user's id").required());
TIPRING_OPERATION(authorize_user, .method = http::method::post,
                  .path = "/api/v2/encrypt_keys/{key_id}/authorized_users.json", .api = &api,
                  .success = 201, .idempotent = false, .source = "manual 3.3.6",
                  .doc = "Lets a user use an encryption key.");

/// Takes the right to use an encryption key from a user (manual 3.3.7).
struct revoke_user {
    using answer = http::done;

    miarec::encrypt_key_id key_id{};
    miarec::user_id user_id{};
};
TIPRING_DESCRIBE(revoke_user, TIPRING_MEMBER(key_id, "the key").path(),
                 TIPRING_MEMBER(user_id, "the user").path());
TIPRING_OPERATION(revoke_user, .method = http::method::delete_,
                  .path = "/api/v2/encrypt_keys/{key_id}/authorized_users/{user_id}.json",
                  .api = &api, .source = "manual 3.3.7",
                  .doc = "Takes the right to use an encryption key from a user.");

/// Lists the users that may use an encryption key (manual 3.3.8).
struct list_authorized_users {
    using answer = authorized_user_page;

    miarec::encrypt_key_id key_id{};
    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
};
TIPRING_DESCRIBE(
    list_authorized_users, TIPRING_MEMBER(key_id, "the key").path(),
    TIPRING_MEMBER(limit, "users per page, 20 unless given, at most 1000").limit(1000).query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query());
TIPRING_OPERATION(list_authorized_users,
                  .path = "/api/v2/encrypt_keys/{key_id}/authorized_users.json", .api = &api,
                  .source = "manual 3.3.8",
                  .doc = "Lists the users that may use an encryption key.");

} // namespace tipring::inline TIPRING_ABI::miarec
