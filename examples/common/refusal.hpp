// How a stand-in says no: an exception that becomes an error response. Not here: how one API words
// it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>

namespace common {

struct refusal {
    int status = 400;
    /// The API's word for the kind of error.
    std::string code = {};
    std::string message = {};
    /// Which member or parameter, and what is wrong with it.
    std::vector<std::pair<std::string, std::string>> details = {};
    /// Further headers of the response: name and value.
    std::vector<std::pair<std::string, std::string>> headers = {};
};

inline refusal failed_inside(std::string what) {
    return {.status = 500, .message = std::move(what)};
}

/// A copy in `memory`.
tipring::text keep(tipring::text content, tipring::arena& memory);

/// The response with these headers too; as it is when there is no room.
tipring::http::response with_headers(tipring::http::response response,
                                     const std::vector<std::pair<std::string, std::string>>& more,
                                     tipring::arena& memory);

} // namespace common
