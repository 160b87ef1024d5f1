// How the stand-in says no: an exception that becomes an error response.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace recorder {

/// With a code it becomes JSON (business level), without one plain text (API level): manual 2.4.
struct refusal {
    int status = 400;
    std::string code = {};
    std::string message = {};
    /// Which member or parameter, and what is wrong with it.
    std::vector<std::pair<std::string, std::string>> details = {};
    /// Further headers of the response: name and value.
    std::vector<std::pair<std::string, std::string>> headers = {};
};

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
    return {.status = 500, .message = std::move(what)};
}

} // namespace recorder
