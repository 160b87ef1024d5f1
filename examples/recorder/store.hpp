// All that the stand-in remembers: accounts and their surroundings, calls, who may use which key.
// Not here: who may see it (access.hpp), what it is filled with at first (sample.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <tipring/core/time.hpp>
#include <tipring/miarec/types.hpp>

#include "../common/random.hpp"
#include "record.hpp"

namespace recorder {

using common::random_source;
using tipring::utc_instant;

/// A call, and what the API does not show of it.
struct stored_call {
    stored_call(const miarec::call& value, utc_instant setup_time);

    std::string id;
    record<miarec::call> data;
    utc_instant setup;
    /// From setup to the end; nothing while the call goes on.
    std::optional<std::chrono::seconds> duration;
    /// Found by searches, never shown: the API has no place for notes.
    std::string note;
    bool is_active = false;
    bool is_muted = false;
    /// Ends in the very moment when somebody wants to mute it, which is how a demo gets a 409.
    bool ends_when_muted = false;

    /// Replaces what the API shows.
    void put(const miarec::call& value);
    void finish(utc_instant now);

private:
    void note_end();
};

/// `2014-06-10T13:45:51+0000`, the form of the manual (2.2.5).
std::string wire_time(utc_instant when);

/// All objects. Not safe for several threads at once.
struct store {
    explicit store(std::uint64_t seed) : random{seed} {}

    shelf<miarec::tenant> tenants;
    shelf<miarec::group> groups;
    shelf<miarec::role> roles;
    shelf<miarec::user> users;
    shelf<miarec::client> clients;
    shelf<miarec::encrypt_key> encrypt_keys;
    shelf<miarec::custom_field> custom_fields;
    /// Ids of users by the id of the key that they may use.
    std::map<std::string, std::set<std::string>> authorized;
    /// The tenant of the people who run the server.
    std::string system_tenant;
    random_source random;

    void add(std::unique_ptr<stored_call> call);
    stored_call* find_call(text id) const;
    bool erase_call(text id);
    void erase_calls_of(text tenant_id);
    /// Oldest first.
    const std::vector<std::unique_ptr<stored_call>>& calls() const { return calls_; }
    void sort_calls();

    /// The call that a user has right now; null when there is none.
    stored_call* active_call_of(text user_id) const;
    const miarec::user* user_with_login(text login) const;

    template <class T>
    shelf<T>& of();

private:
    std::vector<std::unique_ptr<stored_call>> calls_;
    std::unordered_map<std::string, stored_call*> by_id_;
};

template <>
inline shelf<miarec::tenant>& store::of() {
    return tenants;
}
template <>
inline shelf<miarec::group>& store::of() {
    return groups;
}
template <>
inline shelf<miarec::role>& store::of() {
    return roles;
}
template <>
inline shelf<miarec::user>& store::of() {
    return users;
}
template <>
inline shelf<miarec::client>& store::of() {
    return clients;
}
template <>
inline shelf<miarec::encrypt_key>& store::of() {
    return encrypt_keys;
}
template <>
inline shelf<miarec::custom_field>& store::of() {
    return custom_fields;
}

/// What a field<> of text, ids or times says; empty when it is absent or null.
template <class T>
text value_of(const tipring::field<T>& member) {
    if (!member) return {};
    if constexpr (std::is_same_v<T, text>)
        return *member;
    else
        return (*member).value;
}

/// Whether a user is one of the call's participants.
inline bool takes_part(const miarec::call& call, text user_id) {
    for (const miarec::participant& each : *call.participants)
        if (!user_id.empty() && value_of(each.user_id) == user_id) return true;
    return false;
}

} // namespace recorder
