// All operations of CloudLink, for programs that need each of them.
#pragma once

#include <tipring/server/cloudlink.hpp>

/// Calls `use` with one list of operations after the other, for as long as it is true.
template <class Use>
bool use_cloudlink_lists(const Use& use) {
    namespace cloudlink = tipring::cloudlink;
    return use(cloudlink::authentication_operations{}) && use(cloudlink::admin_operations{}) &&
           use(cloudlink::chat_operations{}) && use(cloudlink::media_operations{}) &&
           use(cloudlink::notification_operations{}) && use(cloudlink::workflow_operations{}) &&
           use(cloudlink::router_operations{}) && use(cloudlink::director_operations{}) &&
           use(cloudlink::analytics_operations{}) && use(cloudlink::system_manager_operations{}) &&
           use(cloudlink::billing_operations{});
}
