// The health of a recorder. It is told by another server than the rest of the API: the recording
// process itself, by plain HTTP on port 6088 of its host, as the answer to GET /health.
#pragma once

#include <tipring/core/field.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

/// What a recorder says of itself. No manual describes it; it is known from the vendor's tests of
/// installations.
struct recorder_health {
    field<text> status{};
    field<text> database{};
    field<text> redis{};
};
TIPRING_DESCRIBE(recorder_health,
                 TIPRING_MEMBER(status, "of the recording process; ok when healthy"),
                 TIPRING_MEMBER(database, "of its database; ok when healthy"),
                 TIPRING_MEMBER(redis, "of its Redis; ok when healthy"));

/// Whether all three are `ok`.
constexpr bool is_healthy(const recorder_health& health) {
    return *health.status == "ok" && *health.database == "ok" && *health.redis == "ok";
}

} // namespace tipring::inline TIPRING_ABI::miarec
