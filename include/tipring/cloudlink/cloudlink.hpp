// All of CloudLink: where it is, its services' types and operations, OData.
#pragma once

#include <tipring/cloudlink/action_card.hpp>
#include <tipring/cloudlink/admin.hpp>
#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/cloudlink/attachment.hpp>
#include <tipring/cloudlink/authentication.hpp>
#include <tipring/cloudlink/chat.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/conversation.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/json_text.hpp>
#include <tipring/cloudlink/media.hpp>
#include <tipring/cloudlink/message.hpp>
#include <tipring/cloudlink/notification.hpp>
#include <tipring/cloudlink/odata.hpp>
#include <tipring/cloudlink/platform.hpp>
#include <tipring/cloudlink/platform_services.hpp>
#include <tipring/cloudlink/publication.hpp>
#include <tipring/cloudlink/router.hpp>
#include <tipring/cloudlink/untyped.hpp>
#include <tipring/cloudlink/webhook.hpp>
#include <tipring/cloudlink/workflow.hpp>
