// What callers may give where a typed value is wanted, for the typed conditions of the APIs: whole
// numbers, points in time, text that lasts. Not here: the conditions (miarec/search.hpp,
// cloudlink/odata_property.hpp).
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>
#include <type_traits>
#include <utility>

#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI::given {

template <class>
inline constexpr bool is_system_time = false;
template <class Rep, class Period>
inline constexpr bool is_system_time<std::chrono::sys_time<std::chrono::duration<Rep, Period>>> =
    whole_number<Rep>;

template <class T>
concept as_text = std::convertible_to<const T&, text> && !std::same_as<T, std::nullptr_t>;

/// Cuts to whole ticks of Target, downwards. Nothing when the number does not fit.
template <class Target, class Rep, class Period>
constexpr std::optional<std::int64_t> whole_ticks(std::chrono::duration<Rep, Period> length) {
    using scale = std::ratio_divide<Period, typename Target::period>;
    using limits = std::numeric_limits<std::int64_t>;
    if (!std::in_range<std::int64_t>(length.count())) return std::nullopt;
    std::int64_t ticks = static_cast<std::int64_t>(length.count());
    if (ticks > limits::max() / scale::num || ticks < limits::min() / scale::num)
        return std::nullopt;
    ticks *= scale::num;
    const std::int64_t cut = ticks / scale::den;
    return ticks % scale::den < 0 ? cut - 1 : cut;
}

template <whole_number Given>
constexpr std::optional<std::int64_t> fitting(Given value) {
    if (!std::in_range<std::int64_t>(value)) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

/// Decimal digits as writer::put_integer() writes them: no leading zero, no minus before a zero.
constexpr std::optional<std::int64_t> plain_integer(text written) {
    const text digits = slice(written, written.starts_with('-') ? 1 : 0);
    if (digits.starts_with('0') && written != "0") return std::nullopt;
    return parse_integer<std::int64_t>(written);
}

} // namespace tipring::inline TIPRING_ABI::given
