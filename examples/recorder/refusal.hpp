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
};

inline refusal invalid(std::vector<std::pair<std::string, std::string>> details) {
    return {400, "InvalidRecord", "Record Validation errors", std::move(details)};
}
inline refusal invalid(std::string field, std::string message) {
    return invalid({{std::move(field), std::move(message)}});
}
inline refusal not_found(std::string message) { return {404, "NotFound", std::move(message)}; }
inline refusal conflict(std::string message) { return {409, "InvalidState", std::move(message)}; }
inline refusal denied(std::string why) { return {403, {}, "Access is denied: " + std::move(why)}; }

} // namespace recorder
