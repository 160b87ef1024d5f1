// All MiaRec operations as data.
#pragma once

#include <tipring/server/miarec.hpp>

#include "operations.hpp"

namespace miarec_operations {

using operations::operation;

inline std::vector<operation> all() {
    return operations::list_all(tipring::server::miarec::detail::all_operations{});
}

} // namespace miarec_operations
