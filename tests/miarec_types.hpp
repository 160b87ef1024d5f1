// Every described type of the MiaRec API, for tests that go through all of them.
#pragma once

#include <tipring/miarec/types.hpp>

namespace miarec_types {

template <class... Types>
struct type_list {
    /// Calls visit.operator()<T>() for each type.
    template <class Visit>
    static void for_each(Visit visit) {
        (visit.template operator()<Types>(), ...);
    }
};

using all_types = type_list<
    tipring::miarec::file, tipring::miarec::participant, tipring::miarec::call_custom_field_value,
    tipring::miarec::call, tipring::miarec::contact, tipring::miarec::client,
    tipring::miarec::encrypt_key, tipring::miarec::authorized_user, tipring::miarec::group,
    tipring::miarec::permission, tipring::miarec::role, tipring::miarec::tenant_licensing,
    tipring::miarec::tenant_associate_calls, tipring::miarec::tenant, tipring::miarec::user_login,
    tipring::miarec::user_recording, tipring::miarec::user_licensing, tipring::miarec::user,
    tipring::miarec::custom_field, tipring::miarec::recorder_health, tipring::miarec::call_envelope,
    tipring::miarec::call_page, tipring::miarec::file_url, tipring::miarec::client_envelope,
    tipring::miarec::client_page, tipring::miarec::encrypt_key_envelope,
    tipring::miarec::encrypt_key_page, tipring::miarec::authorized_user_envelope,
    tipring::miarec::authorized_user_page, tipring::miarec::group_envelope,
    tipring::miarec::group_page, tipring::miarec::role_envelope, tipring::miarec::role_page,
    tipring::miarec::tenant_envelope, tipring::miarec::tenant_page, tipring::miarec::user_envelope,
    tipring::miarec::user_page, tipring::miarec::custom_field_envelope,
    tipring::miarec::custom_field_page>;

} // namespace miarec_types
