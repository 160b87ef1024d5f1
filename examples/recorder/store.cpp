#include "store.hpp"

#include <algorithm>
#include <utility>

namespace recorder {

namespace {

std::optional<utc_instant> instant_of(const tipring::field<tipring::datetime>& written) {
    if (tipring::is_none(written)) return std::nullopt;
    const auto parsed = (*written).parse();
    return parsed ? parsed->instant() : std::nullopt;
}

} // namespace

std::string wire_time(utc_instant when) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(when);
    const auto printed = tipring::datetime_text::make(whole);
    if (!printed) return {};
    std::string made{(*printed).view().value};
    // "+00:00" becomes "+0000".
    made.erase(made.size() - 3, 1);
    return made;
}

stored_call::stored_call(const miarec::call& value, utc_instant setup_time)
    : id{plain_id(value_of(value.call_id))}, data{value}, setup{setup_time} {
    note_end();
}

void stored_call::put(const miarec::call& value) {
    data = record<miarec::call>{value};
    note_end();
}

void stored_call::note_end() {
    const auto end = instant_of(data->disconnect_time);
    is_active = !end;
    duration.reset();
    if (end) duration = std::chrono::floor<std::chrono::seconds>(*end - setup);
}

void stored_call::finish(utc_instant now) {
    const std::string end = wire_time(now);
    miarec::call ended = *data;
    ended.disconnect_time = tipring::datetime{end};
    ended.call_state = miarec::call_state::disconnected;
    ended.record_state = miarec::record_state::finished;
    put(ended);
    is_muted = false;
}

void store::add(std::unique_ptr<stored_call> call) {
    by_id_.emplace(call->id, call.get());
    calls_.push_back(std::move(call));
}

void store::sort_calls() {
    std::stable_sort(calls_.begin(), calls_.end(),
                     [](const auto& a, const auto& b) { return a->setup < b->setup; });
}

stored_call* store::find_call(text id) const {
    const auto found = by_id_.find(plain_id(id));
    return found != by_id_.end() ? found->second : nullptr;
}

bool store::erase_call(text id) {
    if (by_id_.erase(plain_id(id)) == 0) return false;
    const std::string plain = plain_id(id);
    std::erase_if(calls_, [&](const auto& call) { return call->id == plain; });
    return true;
}

void store::erase_calls_of(text tenant_id) {
    const auto is_of_tenant = [&](const auto& call) {
        return value_of(call->data->tenant_id) == tenant_id;
    };
    for (const auto& call : calls_)
        if (is_of_tenant(call)) by_id_.erase(call->id);
    std::erase_if(calls_, is_of_tenant);
}

stored_call* store::active_call_of(text user_id) const {
    for (auto call = calls_.rbegin(); call != calls_.rend(); ++call)
        if ((*call)->is_active && takes_part(*(*call)->data, user_id)) return call->get();
    return nullptr;
}

const miarec::user* store::user_with_login(text login) const {
    const miarec::user* found = nullptr;
    users.each([&](const miarec::user& each) {
        if (value_of((*each.fieldset_login).login) == login) found = &each;
    });
    return login.empty() ? nullptr : found;
}

} // namespace recorder
