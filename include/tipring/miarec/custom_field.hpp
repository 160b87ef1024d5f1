// Definitions of custom fields, and the envelopes around them (web manual, custom_fields). Not
// here: the values that calls have of them (call.hpp).
#pragma once

#include <cstdint>

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
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

/// A field that calls have beside the built-in ones (web manual, custom_field_attributes).
struct custom_field {
    field<custom_field_id> field_id{};
    field<bool> enable{};
    field<miarec::tenant_id> tenant_id{};
    field<text> name{};
    field<bool> is_global{};
    field<text> description{};
    field<open<custom_field_type>> type{};
    field<open<custom_field_display>> display_as{};
    field<std::int32_t> str_max_len{};
    field<bool> editable{};
    field<list<open<custom_field_search>>> search_options{};
    field<list<text>> options{};
    field<bool> ai_assist{};
};
TIPRING_DESCRIBE(
    custom_field,
    TIPRING_MEMBER(field_id, "unique id, given by the server; ignored when sent").read_only(),
    TIPRING_MEMBER(enable, "false: users cannot see, search or edit the field; needed"),
    TIPRING_MEMBER(tenant_id,
                   "the field's tenant, for users of the System tenant; null for a global field")
        .nullable(),
    TIPRING_MEMBER(name, "name of the field; needed; at most 64 characters").limit(64),
    TIPRING_MEMBER(is_global,
                   "shared by all tenants; only users of the System tenant can make it so"),
    TIPRING_MEMBER(description, "what the field is for; at most 4096 characters")
        .limit(4096)
        .nullable(),
    TIPRING_MEMBER(type, "what values the field holds"),
    TIPRING_MEMBER(display_as, "how the portal shows it"),
    TIPRING_MEMBER(str_max_len,
                   "most characters of a value; may be missing for an option (quirk D-56)"),
    TIPRING_MEMBER(editable, "values can be changed, also through this API"),
    TIPRING_MEMBER(search_options, "where it can be searched"),
    TIPRING_MEMBER(options, "the values to choose from; for an option only"),
    TIPRING_MEMBER(ai_assist, "filled in by AI"));

/// What a single custom field comes and goes in (web manual, custom_field_attributes).
struct custom_field_envelope {
    field<miarec::custom_field> custom_field{};
};
TIPRING_DESCRIBE(custom_field_envelope, TIPRING_MEMBER(custom_field, "the custom field"));

/// One page of a list of custom fields (web manual, list_and_search_custom_fields). The name of the
/// list is inferred from a broken example; a bare array is read as well (quirk D-56).
struct custom_field_page {
    using row = miarec::custom_field;

    field<text> next_url{};
    field<std::int64_t> total{};
    field<list<miarec::custom_field>> custom_fields{};
};
TIPRING_DESCRIBE(
    custom_field_page,
    TIPRING_MEMBER(next_url, "where the next page is; null on the last one").nullable(),
    TIPRING_MEMBER(total, "number of custom fields on all pages, when the server counts them")
        .nullable(),
    TIPRING_MEMBER(custom_fields, "the custom fields of this page").bare_array());

/// What servers answer to a change: the custom field as it is now, or its path, or nothing (D-32).
struct custom_field_update {
    field<miarec::custom_field> custom_field{};
    field<text> url{};
};
TIPRING_DESCRIBE(custom_field_update,
                 TIPRING_MEMBER(custom_field, "the custom field after the change"),
                 TIPRING_MEMBER(url, "path of the custom field"));

/// Lists custom fields, by name and tenant if asked (newer manual,
/// custom_fields/list_and_search_custom_fields).
struct list_custom_fields {
    using answer = custom_field_page;

    field<std::int32_t> limit{};
    field<std::int32_t> start{};
    field<std::int32_t> max_total_calc{};
    field<open<miarec::sort_order>> sort_order{};
    field<text> search_term{};
    field<miarec::tenant_id> tenant_id{};
};
TIPRING_DESCRIBE(
    list_custom_fields,
    TIPRING_MEMBER(limit, "custom fields per page, 20 unless given, at most 1000")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(start, "how many to pass over; part of next_url").query(),
    TIPRING_MEMBER(max_total_calc, "documented for calls: when to count the total")
        .limit(1000)
        .query(),
    TIPRING_MEMBER(sort_order, "asc or desc; by what is not documented (D-45)").query(),
    TIPRING_MEMBER(search_term, "in the field's and tenant's names").query(),
    TIPRING_MEMBER(tenant_id, "fields of this tenant").query());
TIPRING_OPERATION(list_custom_fields, .path = "/api/v2/custom_fields.json", .api = &api,
                  .evidence = http::evidence::newer,
                  .source = "newer manual, custom_fields/list_and_search_custom_fields",
                  .doc = "Lists custom fields.");

/// Gives one custom field (newer manual, custom_fields/custom_field_attributes).
struct view_custom_field {
    using answer = custom_field_envelope;

    miarec::custom_field_id field_id{};
};
TIPRING_DESCRIBE(view_custom_field, TIPRING_MEMBER(field_id, "the custom field").path());
TIPRING_OPERATION(view_custom_field, .path = "/api/v2/custom_fields/{field_id}.json", .api = &api,
                  .evidence = http::evidence::implied,
                  .source = "newer manual, custom_fields/custom_field_attributes",
                  .doc = "Gives one custom field.");

/// Creates a custom field; members that are absent take the server's defaults (newer manual,
/// custom_fields/custom_field_attributes). Answers the new id.
struct create_custom_field {
    using answer = http::created<miarec::custom_field_id>;

    field<miarec::custom_field> custom_field{};
};
TIPRING_DESCRIBE(create_custom_field,
                 TIPRING_MEMBER(custom_field, "the new custom field").required());
TIPRING_OPERATION(create_custom_field, .method = http::method::post,
                  .path = "/api/v2/custom_fields.json", .api = &api,
                  .evidence = http::evidence::implied, .success = 201, .idempotent = false,
                  .source = "newer manual, custom_fields/custom_field_attributes",
                  .doc = "Creates a custom field.");

/// Changes a custom field: members that are absent stay as they are (newer manual,
/// custom_fields/custom_field_attributes).
struct update_custom_field {
    using answer = custom_field_update;

    miarec::custom_field_id field_id{};
    field<miarec::custom_field> custom_field{};
};
TIPRING_DESCRIBE(update_custom_field, TIPRING_MEMBER(field_id, "the custom field").path(),
                 TIPRING_MEMBER(custom_field, "what to change").required());
TIPRING_OPERATION(update_custom_field, .method = http::method::put,
                  .path = "/api/v2/custom_fields/{field_id}.json", .api = &api,
                  .evidence = http::evidence::implied, .may_be_empty = true,
                  .source = "newer manual, custom_fields/custom_field_attributes",
                  .doc = "Changes a custom field.");

/// Deletes a custom field (no source; by analogy).
struct delete_custom_field {
    using answer = http::done;

    miarec::custom_field_id field_id{};
};
TIPRING_DESCRIBE(delete_custom_field, TIPRING_MEMBER(field_id, "the custom field").path());
TIPRING_OPERATION(delete_custom_field, .method = http::method::delete_,
                  .path = "/api/v2/custom_fields/{field_id}.json", .api = &api,
                  .evidence = http::evidence::analogy, .source = "no source; by analogy",
                  .doc = "Deletes a custom field.");

} // namespace tipring::inline TIPRING_ABI::miarec
