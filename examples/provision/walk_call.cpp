// One call: what it says, a custom field set on it, and recording paused and resumed.
#include "walk.hpp"

#include <tipring/json/write.hpp>

namespace provision {

namespace miarec = tipring::miarec;

namespace {

/// The numbers on the wire survive in the enum even when this program has no word for them.
std::string word(miarec::call_state state) {
    switch (state) {
    case miarec::call_state::connected: return "connected";
    case miarec::call_state::disconnected: return "disconnected";
    case miarec::call_state::hold: return "on hold";
    case miarec::call_state::transferred: return "transferred";
    default: return join("call state ", static_cast<int>(state));
    }
}

std::string word(miarec::record_state state) {
    switch (state) {
    case miarec::record_state::active: return "being recorded";
    case miarec::record_state::finished: return "recorded";
    case miarec::record_state::ignored: return "not recorded";
    default: return join("record state ", static_cast<int>(state));
    }
}

text word(miarec::party_direction direction) {
    return direction == miarec::party_direction::caller   ? "caller"
           : direction == miarec::party_direction::called ? "called"
                                                          : "unknown side";
}

void describe_call(client& api, const miarec::call& call) {
    api.tell(join(*call.from_number, " to ", *call.to_number, ", ", word(*call.call_state), ", ",
                  word(*call.record_state)));
    remark(join("answered ", call.connect_time->value, ", ended ", call.disconnect_time->value));
    for (const miarec::participant& each : *call.participants)
        remark(join("participant ", *each.participant_id, ": ", *each.party_number, " ",
                    *each.party_name, " (", word(*each.party_direction),
                    is_none(each.user_id) ? "" : ", a user", ")"));
    for (const miarec::file& each : *call.files)
        remark(join("file ", *each.file_id, ": ", each.file_size.value_or(0), " bytes"));
}

bool is_usable(const miarec::custom_field& field) {
    return *field.editable && *field.enable && field.name;
}

/// A field to set, and a value that it takes. One is made when the server has none.
struct setting {
    std::string id;
    std::string name;
    std::string value;
};

setting choose_field(client& api) {
    const auto page = api.must(miarec::list_custom_fields{});
    api.count_rows(page.custom_fields->size());
    for (const miarec::custom_field& each : *page.custom_fields) {
        if (!is_usable(each)) continue;
        const text value = each.options && !each.options->empty() ? each.options->front()
                                                                  : text{"Seen by tipring"};
        setting chosen{std::string{each.field_id->value}, std::string{*each.name},
                       std::string{value}};
        api.tell(join(count(page.custom_fields->size(), "custom field"), "; one is ", chosen.name));
        return chosen;
    }
    api.tell("no custom field that may be edited, so one is made");
    constexpr text options[] = {"Collection call", "Sales call"};
    const auto made = api.must(miarec::create_custom_field{
        .custom_field = miarec::custom_field{.enable = true,
                                             .name = "Call type",
                                             .type = miarec::custom_field_type::option,
                                             .editable = true,
                                             .options = options}});
    setting chosen{std::string{made.id.value}, "Call type", "Sales call"};
    api.tell(join("custom field ", chosen.name, " created, id ", chosen.id));
    return chosen;
}

} // namespace

found_things look_at_one(client& api, const std::vector<std::string>& candidates) {
    for (const std::string& id : candidates) {
        const auto seen = api.must(miarec::view_call{.call_id = miarec::call_id{id}});
        const miarec::call& call = *seen.call;
        if (call.files->empty()) continue;
        describe_call(api, call);
        return {.call = id,
                .file = std::string{*call.files->front().file_id},
                .file_size = call.files->front().file_size.value_or(0)};
    }
    api.fail("none of the calls that were found has a file");
}

void set_custom_field(client& api, const found_things& found) {
    const setting chosen = choose_field(api);
    char quoted[300];
    tipring::writer out{quoted};
    if (tipring::json::put_string(out, chosen.value) != tipring::errc::ok || !out.fits())
        api.fail("an odd value");
    const miarec::call_custom_field_value values[] = {
        {.field_id = miarec::custom_field_id{chosen.id},
         .value = tipring::raw_json{out.written()}}};
    const miarec::call_id id{found.call};
    api.must(miarec::set_call_custom_fields{.call_id = id,
                                            .call = miarec::call{.custom_fields = values}});
    api.tell(join(chosen.name, " set to \"", chosen.value, "\""));

    const auto seen = api.must(miarec::view_call{.call_id = id});
    for (const miarec::call_custom_field_value& each : *seen.call->custom_fields)
        if (each.field_id->value == chosen.id || *each.name == chosen.name)
            return api.require(each.value->compare_text(chosen.value),
                               "the custom field has another value");
    api.fail("the custom field was not set");
}

namespace {

/// A user in no call, and one whose call ends just then: the stand-in has such a user, once.
void mute_users(client& api, const made_things& made) {
    const auto mute = [&](miarec::user_id id) {
        return api.ask(miarec::mute_user{.user_id = id, .action = miarec::muting_action::mute});
    };
    const auto idle = mute(miarec::user_id{made.david});
    api.require(idle.refusal() != nullptr && idle.refusal()->status == 404,
                "David has no call, and yet he was muted");
    api.tell(join("David is in no call: ", idle.refusal()->message));

    const auto page = api.must(miarec::list_users{.search_term = "Hangup"});
    if (page.users->empty()) return;
    api.count_rows(page.users->size());
    const std::string name{*page.users->front().name};
    const std::string id{page.users->front().user_id->value};
    api.tell(join("somebody who hangs up a lot: ", name));
    const auto ending = mute(miarec::user_id{id});
    const auto* refused = ending.refusal();
    api.require(refused != nullptr && (refused->status == 409 || refused->status == 404),
                "that call should have ended");
    api.tell(refused->message);
}

} // namespace

void mute(client& api, const made_things& made) {
    using namespace miarec::search;
    mute_users(api, made);
    const auto page =
        api.must(miarec::list_calls{.limit = 5,
                                    .where = call_state.is(miarec::call_state::connected) &&
                                             record_state.is(miarec::record_state::active)});
    std::vector<std::string> ids;
    for (const miarec::call& each : *page.calls) ids.emplace_back(each.call_id->value);
    api.count_rows(ids.size());
    api.tell(join(count(ids.size(), "call"), " in progress"));
    for (const std::string& id : ids) {
        const auto got = api.ask(miarec::mute_call{.call_id = miarec::call_id{id},
                                                   .action = miarec::muting_action::mute});
        if (got.refusal() != nullptr && got.refusal()->status == 404) {
            api.tell("that one has just ended; the next, then");
            continue;
        }
        api.value_of(got);
        api.tell("recording paused, say while a card number is spoken");
        api.must(miarec::mute_call{.call_id = miarec::call_id{id},
                                   .action = miarec::muting_action::unmute});
        return api.tell("and resumed");
    }
    api.fail("no call in progress that could be muted");
}

} // namespace provision
