// The ways in which the recorder says no, in the words of the manual.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "../common/refusal.hpp"

namespace recorder {

/// With a code it becomes JSON (business level), without one plain text (API level): manual 2.4.
using common::refusal;

inline refusal invalid(std::vector<std::pair<std::string, std::string>> details) {
    return {.code = "InvalidRecord",
            .message = "Record Validation errors",
            .details = std::move(details)};
}
inline refusal invalid(std::string field, std::string message) {
    return invalid({{std::move(field), std::move(message)}});
}
inline refusal not_found(std::string message) {
    return {.status = 404, .code = "NotFound", .message = std::move(message)};
}
inline refusal conflict(std::string message) {
    return {.status = 409, .code = "InvalidState", .message = std::move(message)};
}
inline refusal denied(std::string why) {
    return {.status = 403, .message = "Access is denied: " + std::move(why)};
}
inline refusal failed(std::string what) {
    return common::failed_inside(std::move(what));
}

} // namespace recorder
