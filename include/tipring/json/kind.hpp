// What a member of a described type is in JSON, told by its C++ type, and what to write instead of
// types that no member can have. Not here: what else is known of a member (describe.hpp).
#pragma once

#include <cstdint>
#include <type_traits>

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// What a member is in JSON.
enum class kind : std::uint8_t {
    text,
    raw,
    number,
    integer,
    enumeration,
    boolean,
    object,
    array,
    map,
    custom,
};

/// Specialised, as custom_type_of (describe.hpp), for every type that may be a member of kind
/// custom.
template <class T>
inline constexpr bool is_custom = false;

namespace detail {

template <class T>
struct unwrapped {
    using type = T;
    static constexpr bool is_field = false;
};
template <class T>
struct unwrapped<field<T>> {
    using type = T;
    static constexpr bool is_field = true;
};

template <class T>
constexpr kind kind_of() {
    if constexpr (std::is_same_v<T, bool>)
        return kind::boolean;
    else if constexpr (std::is_enum_v<T>)
        return kind::enumeration;
    else if constexpr (std::is_integral_v<T>)
        return kind::integer;
    else if constexpr (std::is_same_v<T, raw_json>)
        return kind::raw;
    else if constexpr (std::is_same_v<T, tipring::number>)
        return kind::number;
    else if constexpr (text_like<T>)
        return kind::text;
    else if constexpr (tipring::detail::is_list<T>::value)
        return kind::array;
    else if constexpr (is_custom<T>)
        return kind::custom;
    else
        return kind::object;
}

/// Whether a member that nothing else can be may be of a described type T; says what to write
/// instead if not. Asked of elements, that T is described may still come.
template <class T>
constexpr bool may_be_described() {
    constexpr bool may = std::is_aggregate_v<T> && !std::is_array_v<T>;
    if constexpr (!may) {
        constexpr bool is_text = std::is_convertible_v<const T&, text>;
        constexpr bool is_array = std::is_array_v<T> || requires(const T& t) {
            t.data();
        };
        static_assert(!std::is_floating_point_v<T>,
                      "no float or double in a described type: tipring::number keeps the digits");
        static_assert(!is_text, "text in a described type is tipring::text, a view");
        static_assert(is_text || !is_array, "an array in a described type is tipring::list<T>");
        static_assert(is_text || !std::is_pointer_v<T>, "no pointer in a described type");
        static_assert(std::is_floating_point_v<T> || is_text || is_array || std::is_pointer_v<T>,
                      "a described type holds text, raw_json, number, integers, bools, enums, "
                      "described types and lists of those, and field<T> where one may be absent");
    }
    return may;
}

} // namespace detail

} // namespace tipring::inline TIPRING_ABI::json
