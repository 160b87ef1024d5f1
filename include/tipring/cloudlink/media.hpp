// The Media API: endpoints, calls and their history, conferences, recordings (fact sheet B.4). The
// only service of CloudLink with a complete official schema (R2). Here is the list of its
// operations, ME-1 to ME-30.
#pragma once

#include <tipring/cloudlink/media_call.hpp>
#include <tipring/cloudlink/media_conference.hpp>
#include <tipring/cloudlink/media_endpoint.hpp>
#include <tipring/cloudlink/media_participant.hpp>
#include <tipring/cloudlink/media_recording.hpp>
#include <tipring/http/operation.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// For servers: `server::cloudlink::parse<media_operations>(request, memory, {.prefix =
/// "/2017-09-01"})`.
using media_operations = http::operation_list<
    view_endpoint, update_endpoint, list_endpoint_calls, create_endpoint_call, view_endpoint_call,
    update_endpoint_call, list_call_records, update_call_records, view_call_record,
    update_call_record, list_conferences, create_conference, view_conference, control_conference,
    update_conference, delete_conference, list_conference_participants,
    create_conference_participant, view_conference_participant, update_conference_participant,
    delete_conference_participant, create_participant_connection, search_conference_content,
    list_recordings, view_recording, update_recording, delete_recording, list_user_conferences,
    list_user_attendances, list_calls>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
