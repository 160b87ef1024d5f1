// The properties that CloudLink's collections are filtered and sorted by, as far as Mitel's
// documents, samples and own programs show it; declare others in the same way. Not here: what can
// be done with them (odata_property.hpp).
#pragma once

#include <tipring/cloudlink/odata_property.hpp>

/// By collection: `properties::users::email == "bob@email.com"`. Ids are text in quotes, uuids too.
/// Times are bare, as the standard has them, save those of analytics.
namespace tipring::inline TIPRING_ABI::cloudlink::properties {

/// Admin API.
namespace users {
inline constexpr odata::string_property email{"email"};
inline constexpr odata::string_property name{"name"};
// Members of a user that were not seen in a filter.
inline constexpr odata::string_property role{"role"};
inline constexpr odata::string_property extension{"extension"};
inline constexpr odata::string_property site_id{"siteId"};
inline constexpr odata::time_property created_on{"createdOn"};
inline constexpr odata::time_property modified_on{"modifiedOn"};
} // namespace users

/// Admin API.
namespace accounts {
inline constexpr odata::string_property name{"name"};
inline constexpr odata::string_property organization_id{"organizationId"};
inline constexpr odata::string_property partner_id{"partnerId"};
// A member of an account that was not seen in a filter.
inline constexpr odata::time_property created_on{"createdOn"};
} // namespace accounts

/// Chat API: conversations, and messages by their conversation.
namespace conversations {
inline constexpr odata::string_property conversation_id{"conversationId"};
inline constexpr odata::boolean_property stream{"stream"};
// A member of both that was not seen in a filter.
inline constexpr odata::time_property created_on{"createdOn"};
} // namespace conversations

/// Media API: calls, their records and recordings.
namespace calls {
inline constexpr odata::string_property call_id{"callId"};
inline constexpr odata::string_property direction{"direction"};
/// With contains() alone: the users that took part.
inline constexpr odata::string_property principal{"principal"};
// A member of all that was not seen in a filter.
inline constexpr odata::time_property created_on{"createdOn"};
} // namespace calls

/// Media API. Conferences have eq, ne, lt, gt, le, ge, and, or, and nothing else.
namespace conferences {
inline constexpr odata::string_property access_code{"accessCode"};
inline constexpr odata::string_property external_conference_id{"externalConferenceId"};
inline constexpr odata::string_property name{"name"};
// A member of a conference that was not seen in a filter.
inline constexpr odata::time_property created_on{"createdOn"};
} // namespace conferences

/// Analytics.
namespace events {
inline constexpr odata::quoted_time_property occurred_on{"occurredOn"};
inline constexpr odata::string_property source{"source"};
inline constexpr odata::string_property subject{"subject"};
} // namespace events

} // namespace tipring::inline TIPRING_ABI::cloudlink::properties
