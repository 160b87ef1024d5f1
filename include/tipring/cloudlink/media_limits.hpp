// The ranges that the Media API's schema gives for numbers in requests, and the check of them. Not
// here: which members have them.
#pragma once

#include <cstdint>

#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// From the least to the most that a number may be, both included.
struct number_range {
    std::int32_t least = 0;
    std::uint32_t most = 0;
};

/// How long the platform waits for the PBX, in milliseconds; 6000 unless given.
inline constexpr number_range timeout_milliseconds = {.least = 3000, .most = 30000};
/// How long a call may ring unanswered, in seconds.
inline constexpr number_range originate_timeout_seconds = {.least = 0, .most = 120};
/// Digits of a conference's access code; 9 unless given.
inline constexpr number_range access_code_digits = {.least = 1, .most = 99};

namespace detail {

/// errc::bad_parameter, naming the member, when there is a value outside of the range.
constexpr result<void> check_range(const field<std::int32_t>& value, const number_range& allowed,
                                   text name) {
    if (!value || (*value >= allowed.least && *value <= std::int64_t{allowed.most})) return {};
    return about(errc::bad_parameter, name);
}

} // namespace detail

} // namespace tipring::inline TIPRING_ABI::cloudlink
