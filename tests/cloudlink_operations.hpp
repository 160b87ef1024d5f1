// All CloudLink operations as data, by service.
#pragma once

#include <vector>

#include <tipring/cloudlink/platform.hpp>
#include <tipring/server/cloudlink.hpp>

#include "operations.hpp"

namespace cloudlink_operations {

namespace cloudlink = tipring::cloudlink;

/// The operations of one service and the server that has them.
struct group {
    cloudlink::service service;
    std::vector<operations::operation> operations;
};

/// Calls `visit.operator()<List, Service>()` for every list.
template <class Visit>
void for_each_list(const Visit& visit) {
    using cloudlink::service;
    visit.template operator()<cloudlink::authentication_operations, service::authentication>();
    visit.template operator()<cloudlink::admin_operations, service::admin>();
    visit.template operator()<cloudlink::chat_operations, service::chat>();
    visit.template operator()<cloudlink::media_operations, service::media>();
    visit.template operator()<cloudlink::notification_operations, service::notifications>();
    visit.template operator()<cloudlink::workflow_operations, service::workflow>();
    visit.template operator()<cloudlink::router_operations, service::router>();
    visit.template operator()<cloudlink::director_operations, service::director>();
    visit.template operator()<cloudlink::billing_operations, service::billing>();
    visit.template operator()<cloudlink::analytics_operations, service::analytics>();
    visit.template operator()<cloudlink::system_manager_operations, service::system_manager>();
}

inline std::vector<group> all() {
    std::vector<group> groups;
    for_each_list([&]<class List, cloudlink::service Service>() {
        groups.push_back({Service, operations::list_all(List{})});
    });
    return groups;
}

} // namespace cloudlink_operations
