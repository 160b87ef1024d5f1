#include <iterator>
#include <optional>

#include "call_search.hpp"
#include "handlers.hpp"
#include "service.hpp"

namespace recorder {

namespace {

std::size_t characters_in(text value) {
    return static_cast<std::size_t>(std::count_if(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }));
}

bool clears(const tipring::raw_json& value) {
    return value.kind() == json::json_kind::null || value.compare_text("");
}

} // namespace

http::response handlers::operator()(const miarec::list_calls& op) {
    const bool may_see_others = who_.may("calls", "view");
    if (!may_see_others && !who_.may("calls_own", "view"))
        throw denied("API user has no permission to view calls");
    const call_matcher matches{data_, op, around_.now, who_.zone};
    const std::size_t needed = window_of(op).needed_rows();
    std::vector<const miarec::call*> found;
    const auto look = [&](const stored_call& call) {
        const bool is_shown = may_see_others || takes_part(*call.data, who_.user_id);
        if (is_shown && who_.sees(data_, call) && matches(call)) found.push_back(&*call.data);
    };
    const auto& calls = data_.calls();
    if (is_descending(op))
        for (auto call = calls.rbegin(); call != calls.rend() && found.size() < needed; ++call)
            look(**call);
    else
        for (auto call = calls.begin(); call != calls.end() && found.size() < needed; ++call)
            look(**call);
    return page(op, found, &miarec::call_page::calls);
}

/// 404 for calls that are not there or out of scope, 403 for those that the role does not allow.
stored_call& handlers::get_call(text id, text action) const {
    stored_call* const call = data_.find_call(id);
    const bool is_never_allowed = !who_.may("calls", action) && !who_.may("calls_own", action);
    if (!is_never_allowed && (!call || !who_.sees(data_, *call)))
        throw not_found("Call recording with such ID is not found.");
    if (is_never_allowed || !who_.may(*call, action))
        throw denied("API user has no permission for this with calls: " + std::string{action});
    return *call;
}

http::response handlers::operator()(const miarec::view_call& op) {
    return reply<miarec::view_call>({.call = *get_call(op.call_id.value, "view").data});
}

http::response handlers::operator()(const miarec::delete_call& op) {
    data_.erase_call(get_call(op.call_id.value, "delete").id);
    return reply<miarec::delete_call>({});
}

/// The file that is asked for, or all of them, which are then played one after the other.
std::vector<text> handlers::file_ids_of(const stored_call& call,
                                        const tipring::field<text>& wanted) const {
    if (call.data->record_state &&
        *call.data->record_state == miarec::record_state::license_overusage)
        throw denied("the audio of this call was recorded without a licence");
    std::vector<text> found;
    for (const miarec::file& each : *call.data->files)
        if (!wanted || *each.file_id == *wanted) found.push_back(*each.file_id);
    if (found.empty()) throw not_found("The call has no such file.");
    return found;
}

http::response handlers::operator()(const miarec::call_file_url& op) {
    constexpr std::int64_t longest = 366 * 24 * 3600;
    const std::int64_t lifetime = op.expires.value_or(3600);
    if (lifetime < 1 || lifetime > longest) throw invalid("expires", "1 to 31622400 is expected");
    const stored_call& call = get_call(op.call_id.value, "playback");
    file_ids_of(call, op.file_id);
    const auto now = std::chrono::floor<std::chrono::seconds>(around_.now);
    const std::string url = signed_url(around_.signer, around_.origin, call.id,
                                       now.time_since_epoch().count() + lifetime, op.file_id);
    return reply<miarec::call_file_url>({.signed_url = text{url}});
}

http::response handlers::operator()(const miarec::call_file& op) {
    const stored_call& call = get_call(op.call_id.value, "playback");
    return media_reply<miarec::call_file>(make_wav(call.id, file_ids_of(call, op.file_id)),
                                          op.range, memory_);
}

/// By id only calls in progress are found: 404 is the only refusal that the manual has here
/// (3.1.8).
http::response handlers::operator()(const miarec::mute_call& op) {
    stored_call& call = get_call(op.call_id.value, "pause_recording");
    if (call.is_active && call.ends_when_muted) call.finish(around_.now);
    if (!call.is_active) throw not_found("Active call recording with such ID is not found.");
    mute(call, op.action);
    return reply<miarec::mute_call>({});
}

/// 404 without an active call, 409 when it ends in the middle of the request (manual 3.7.7).
http::response handlers::operator()(const miarec::mute_user& op) {
    if (!who_.may("calls", "pause_recording") && !who_.may("calls_own", "pause_recording"))
        throw denied("API user has no permission to pause or resume recording");
    const miarec::user& user = get<miarec::user>(op.user_id.value);
    stored_call* const call = data_.active_call_of(value_of(user.user_id));
    if (!call) throw not_found("No active call exists for this user right now.");
    if (!who_.may(*call, "pause_recording"))
        throw denied("API user has no permission to pause or resume recording");
    if (call->ends_when_muted) {
        call->finish(around_.now);
        throw conflict("The current active call state has been changed from active to completed in "
                       "a middle of request.");
    }
    mute(*call, op.action);
    return reply<miarec::mute_user>({});
}

void handlers::mute(stored_call& call,
                    const tipring::field<tipring::open<miarec::muting_action>>& action) {
    const auto known = (*action).known();
    if (!known) throw invalid("action", "mute or unmute is expected");
    call.is_muted = *known == miarec::muting_action::mute;
}

namespace {

/// The custom field that a value in a request means: by id, or else by name.
const miarec::custom_field* meant(const store& data, const account& who,
                                  const miarec::call_custom_field_value& given) {
    const miarec::custom_field* found = nullptr;
    if (!tipring::is_none(given.field_id)) {
        found = data.custom_fields.find((*given.field_id).value);
    } else {
        data.custom_fields.each([&](const miarec::custom_field& each) {
            if (!tipring::is_none(given.name) && *each.name == *given.name && who.sees(each))
                found = &each;
        });
    }
    return found && who.sees(*found) && *found->enable ? found : nullptr;
}

/// What is wrong with a value; empty when it is fine.
std::string complaint_about(const miarec::custom_field& definition, const tipring::raw_json& value,
                            tipring::arena& memory) {
    if (!*definition.editable) return "the field is not editable";
    if (clears(value)) return {};
    const auto content = value.as_text(memory);
    if (!content) return "text is expected";
    if (definition.str_max_len &&
        characters_in(*content) > static_cast<std::size_t>(*definition.str_max_len))
        return "is too long";
    if (*definition.type != miarec::custom_field_type::option) return {};
    for (const text option : *definition.options)
        if (option == *content) return {};
    return "is not one of the options";
}

} // namespace

http::response handlers::operator()(const miarec::set_call_custom_fields& op) {
    stored_call& call = get_call(op.call_id.value, "edit");
    std::vector<miarec::call_custom_field_value> values;
    for (const auto& each : *call.data->custom_fields) values.push_back(each);
    complaints found;
    const auto given = *(*op.call).custom_fields;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string where = "call.custom_fields[" + std::to_string(i) + "]";
        const miarec::custom_field* const definition = meant(data_, who_, given[i]);
        if (!definition) {
            found.emplace_back(where, "no such custom field");
            continue;
        }
        const tipring::raw_json value =
            given[i].value ? *given[i].value : tipring::raw_json{"null"};
        const std::string complaint = complaint_about(*definition, value, memory_);
        if (!complaint.empty()) found.emplace_back(where, complaint);
        std::erase_if(values, [&](const auto& each) {
            return value_of(each.field_id) == value_of(definition->field_id);
        });
        if (!clears(value))
            values.push_back(
                {.field_id = definition->field_id, .name = definition->name, .value = value});
    }
    if (!found.empty()) throw invalid(std::move(found));
    miarec::call changed = *call.data;
    changed.custom_fields = values;
    call.put(changed);
    return reply<miarec::set_call_custom_fields>({.call = *call.data});
}

} // namespace recorder
