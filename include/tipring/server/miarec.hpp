// The server's side of MiaRec: any request to a typed operation, and errors in MiaRec's words.
#pragma once

#include <cstddef>
#include <variant>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/json/write.hpp>
#include <tipring/miarec/miarec.hpp>
#include <tipring/server/parse.hpp>
#include <tipring/server/refuse.hpp>
#include <tipring/server/respond.hpp>

namespace tipring::inline TIPRING_ABI::server::miarec {

namespace detail {
namespace ops = tipring::miarec;
using all_operations = http::operation_list<
    ops::list_calls, ops::view_call, ops::delete_call, ops::call_file_url, ops::call_file,
    ops::mute_call, ops::set_call_custom_fields, ops::list_clients, ops::view_client,
    ops::create_client, ops::update_client, ops::delete_client, ops::list_encrypt_keys,
    ops::view_encrypt_key, ops::create_encrypt_key, ops::update_encrypt_key,
    ops::delete_encrypt_key, ops::authorize_user, ops::revoke_user, ops::list_authorized_users,
    ops::list_groups, ops::view_group, ops::create_group, ops::update_group, ops::delete_group,
    ops::list_roles, ops::view_role, ops::create_role, ops::update_role, ops::delete_role,
    ops::list_tenants, ops::view_tenant, ops::create_tenant, ops::update_tenant, ops::delete_tenant,
    ops::list_users, ops::view_user, ops::create_user, ops::update_user, ops::delete_user,
    ops::mute_user, ops::list_custom_fields, ops::view_custom_field, ops::create_custom_field,
    ops::update_custom_field, ops::delete_custom_field>;
} // namespace detail

/// One of all 46 operations.
using operation = operation_in<detail::all_operations>;

/// Reads any request as a MiaRec operation; see server::parse_as() for the refusals.
///
///     const auto op = tipring::server::miarec::parse(request, memory);
///     if (op) return std::visit(handle, *op);
inline result<operation> parse(const http::request& from, arena& memory TIPRING_LIFETIMEBOUND,
                               const parse_options& options = {}) {
    return parse_in<detail::all_operations>(from, memory, options);
}

/// The methods of a path, for the Allow header of a 405; see server::allowed_methods().
inline result<text> allowed_methods(text target, arena& memory TIPRING_LIFETIMEBOUND,
                                    const parse_options& options = {}) {
    return server::allowed_methods<detail::all_operations>(target, memory, options);
}

namespace detail {

inline errc put_field(writer& out, text name, text value, bool& is_first) {
    if (value.empty()) return errc::ok;
    out.put(is_first ? '{' : ',');
    is_first = false;
    if (const errc code = json::put_string(out, name); code != errc::ok) return code;
    out.put(':');
    return json::put_string(out, value);
}

/// Whether the details can be an object of field and message: no codes, no field twice, none that
/// would be taken for another form. Long lists are not looked through.
inline bool fits_object(const list<http::field_error>& details) {
    if (details.size() > 64) return false;
    for (std::size_t i = 0; i < details.size(); ++i) {
        if (!details[i].code.empty() || details[i].field.empty() ||
            details[i].field == "field_name")
            return false;
        for (std::size_t j = 0; j < i; ++j)
            if (details[j].field == details[i].field) return false;
    }
    return true;
}

inline errc put_details_object(writer& out, const list<http::field_error>& details) {
    bool is_first = true;
    for (const http::field_error& each : details) {
        out.put(is_first ? '{' : ',');
        is_first = false;
        if (const errc code = json::put_string(out, each.field); code != errc::ok) return code;
        out.put(':');
        if (const errc code = json::put_string(out, each.message); code != errc::ok) return code;
    }
    out.put('}');
    return errc::ok;
}

inline errc put_details_fields(writer& out, const list<http::field_error>& details) {
    out.put("{\"fields\":[");
    bool is_first_entry = true;
    for (const http::field_error& each : details) {
        if (!is_first_entry) out.put(',');
        is_first_entry = false;
        out.put("{\"field_name\":");
        if (const errc code = json::put_string(out, each.field); code != errc::ok) return code;
        if (!each.code.empty()) {
            out.put(",\"error\":");
            if (const errc code = json::put_string(out, each.code); code != errc::ok) return code;
        }
        out.put(",\"description\":");
        if (const errc code = json::put_string(out, each.message); code != errc::ok) return code;
        out.put('}');
    }
    out.put("]}");
    return errc::ok;
}

inline errc put_error(writer& out, const http::api_error& said) {
    bool is_first = true;
    if (const errc code = put_field(out, "error", said.code, is_first); code != errc::ok)
        return code;
    if (const errc code = put_field(out, "description", said.message, is_first); code != errc::ok)
        return code;
    if (!said.details.empty()) {
        out.put(is_first ? "{\"details\":" : ",\"details\":");
        const errc code = fits_object(said.details) ? put_details_object(out, said.details)
                                                    : put_details_fields(out, said.details);
        if (code != errc::ok) return code;
    }
    out.put('}');
    return errc::ok;
}

} // namespace detail

/// The response that says `said`: JSON when it has a code or details, plain text otherwise (manual
/// 2.4). Details are written as an object of field and message, or as a list of fields when one has
/// a code, comes twice, has no name or is called `field_name`, or when they are more than 64 (quirk
/// D-1). errc::bad_parameter for a `status` that HTTP does not have.
inline result<http::response> respond_error(const http::api_error& said,
                                            arena& memory TIPRING_LIFETIMEBOUND) {
    const bool is_json = !said.code.empty() || !said.details.empty();
    server::detail::response_builder build{memory};
    text body;
    const bool is_written = build.body(body, [&](writer& out) -> result<void> {
        if (!is_json) {
            out.put(said.message);
            return {};
        }
        const errc code = detail::put_error(out, said);
        return code == errc::ok ? result<void>{} : code;
    });
    if (!is_written) return build.fail();
    const http::header headers[] = {
        {.name = "Content-Type",
         .value = is_json ? text{"application/json"} : text{"text/plain; charset=utf-8"}},
        {.name = "Location", .value = said.location},
        {.name = "Retry-After", .value = said.retry_after}};
    return build.finish(said.status, headers, body);
}

} // namespace tipring::inline TIPRING_ABI::server::miarec
