// The ids of CloudLink's resources, one strong type each. Not here: the resources themselves.
#pragma once

#include <tipring/core/id.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

struct account;
struct application;
struct attachment;
struct channel;
struct client;
struct component;
struct conference;
struct conference_instance;
struct contact;
struct conversation;
struct credential;
struct endpoint;
struct event_router;
struct group;
struct identity;
struct identity_provider;
struct interaction;
struct media_call;
struct message;
struct partner;
struct participant;
struct platform_component;
struct policy;
struct policy_statement;
struct principal;
struct publication;
struct recording;
struct site;
struct skill;
struct skill_group;
struct subscription;
struct tag;
struct user;
struct workflow_activity;

/// Each is a view of text, made explicitly: `cloudlink::user_id{"me"}`. They are opaque (fact sheet
/// C.0): uuids, 9-digit numbers, 32 hexadecimal digits, e-mail addresses; sent and compared as they
/// were received.
///
/// An account's uuid or its 9-digit number (quirk Q-15).
using account_id = id<account>;
/// The same as the client id of the application.
using application_id = id<application>;
using attachment_id = id<attachment>;
/// `endpoints/2001/calls/33656066` in events, `33656066` in paths; see last_segment().
using call_id = id<media_call>;
using channel_id = id<channel>;
using client_id = id<client>;
using component_id = id<component>;
using conference_id = id<conference>;
using conference_instance_id = id<conference_instance>;
using contact_id = id<contact>;
using conversation_id = id<conversation>;
using credential_id = id<credential>;
using endpoint_id = id<endpoint>;
using event_router_id = id<event_router>;
using group_id = id<group>;
using identity_id = id<identity>;
using identity_provider_id = id<identity_provider>;
using interaction_id = id<interaction>;
using message_id = id<message>;
using participant_id = id<participant>;
using partner_id = id<partner>;
using platform_id = id<platform_component>;
using policy_id = id<policy>;
/// Whoever acts: of a person it is the same as the user id.
using principal_id = id<principal>;
using publication_id = id<publication>;
using recording_id = id<recording>;
using site_id = id<site>;
using skill_group_id = id<skill_group>;
using skill_id = id<skill>;
using statement_id = id<policy_statement>;
using subscription_id = id<subscription>;
using tag_id = id<tag>;
/// `me` stands for the user whom the token belongs to.
using user_id = id<user>;
using workflow_activity_id = id<workflow_activity>;

/// The id in a path-like one, such as that of a call in an event: what stands behind the last slash
/// (quirk Q-22).
template <class Resource>
constexpr id<Resource> last_segment(id<Resource> path_like) {
    const std::size_t slash = path_like.value.rfind('/');
    return slash == text::npos ? path_like : id<Resource>{slice(path_like.value, slash + 1)};
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
