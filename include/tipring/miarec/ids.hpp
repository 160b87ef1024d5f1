// The ids of MiaRec's resources, one strong type each, so that the id of a call cannot be given
// where a user is wanted. Not here: the resources themselves; the tags below name their types,
// which have a header each.
#pragma once

#include <tipring/core/id.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

struct call;
struct category;
struct client;
struct custom_field;
struct encrypt_key;
struct group;
struct interaction;
struct recorder;
struct role;
struct tenant;
struct user;

/// Each is a view of text, made explicitly:
/// `miarec::call_id{"e03f497d-bdff-1019-102b-f5caab54f081"}`. Most are UUIDs, but nothing checks
/// that (quirk D-49); they are sent and compared as they were received.
using call_id = id<call>;
/// Of a call category. The documents have no resource for it; calls are searched by it
/// (manual 3.1.4).
using category_id = id<category>;
using client_id = id<client>;
/// The `field_id` of a call's custom field.
using custom_field_id = id<custom_field>;
/// The `key_id` of an encryption key.
using encrypt_key_id = id<encrypt_key>;
using group_id = id<group>;
/// Groups the calls of one interaction. There is no resource for it.
using interaction_id = id<interaction>;
/// Of a recording server. There is no resource for it.
using recorder_id = id<recorder>;
using role_id = id<role>;
using tenant_id = id<tenant>;
using user_id = id<user>;

} // namespace tipring::inline TIPRING_ABI::miarec
