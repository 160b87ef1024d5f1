// A program with every operation of CloudLink.
#include "../operations.hpp"

#include <tipring/server/cloudlink.hpp>

namespace cloudlink = tipring::cloudlink;

bool job() {
    return operations::use_all(cloudlink::authentication_operations{}) &&
           operations::use_all(cloudlink::admin_operations{}) &&
           operations::use_all(cloudlink::chat_operations{}) &&
           operations::use_all(cloudlink::media_operations{}) &&
           operations::use_all(cloudlink::notification_operations{}) &&
           operations::use_all(cloudlink::workflow_operations{}) &&
           operations::use_all(cloudlink::router_operations{}) &&
           operations::use_all(cloudlink::director_operations{}) &&
           operations::use_all(cloudlink::analytics_operations{}) &&
           operations::use_all(cloudlink::system_manager_operations{}) &&
           operations::use_all(cloudlink::billing_operations{});
}
