// The tables of CloudLink's operations and of all types in their requests and answers.
#include "../tables.hpp"

#include <tipring/server/cloudlink.hpp>

namespace cloudlink = tipring::cloudlink;

bool job() {
    return tables::keep_all(cloudlink::authentication_operations{}) &&
           tables::keep_all(cloudlink::admin_operations{}) &&
           tables::keep_all(cloudlink::chat_operations{}) &&
           tables::keep_all(cloudlink::media_operations{}) &&
           tables::keep_all(cloudlink::notification_operations{}) &&
           tables::keep_all(cloudlink::workflow_operations{}) &&
           tables::keep_all(cloudlink::router_operations{}) &&
           tables::keep_all(cloudlink::director_operations{}) &&
           tables::keep_all(cloudlink::analytics_operations{}) &&
           tables::keep_all(cloudlink::system_manager_operations{}) &&
           tables::keep_all(cloudlink::billing_operations{});
}
