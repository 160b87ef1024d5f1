// Jobs without a rival: putting a search in a query, building requests, reading requests on the
// server's side and answers on the client's.
#pragma once

#include <span>

#include "measurement.hpp"

namespace bench {

struct request_row {
    text name;
    measurement_ptr (*make)();
};

std::span<const request_row> request_rows();

} // namespace bench
