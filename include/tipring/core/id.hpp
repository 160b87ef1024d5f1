// Text with a meaning: strong ids, open string enums, numbers kept as written. Each is a view with
// a type of its own.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>

#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

/// A type that holds exactly one `text` and nothing else, so that tables can treat it as text.
template <class T>
concept text_like = std::same_as<T, text> || requires {
    typename T::is_text_like;
};

/// The id of one kind of thing. `id<call>` is not `id<user>`; make one from text explicitly:
/// `call_id{"e03f…"}`. Ids are compared as written; servers use any 8-4-4-4-12 hexadecimal form
/// (quirk D-49), so none is refused.
template <class Resource>
struct id {
    using is_text_like = void;

    text value = {};

    constexpr id() = default;
    constexpr explicit id(text written) : value{written} {}

    constexpr bool empty() const { return value.empty(); }
    friend constexpr bool operator==(const id&, const id&) = default;
};

/// The names of an enum's values on the wire, in the order of the values, which count from 0.
/// Specialise it, by TIPRING_NAMES, for every enum that is used in open<E>.
template <class Enum>
inline constexpr const text* names_of = nullptr;
template <class Enum>
inline constexpr std::size_t name_count = 0;

/// Gives the enum `Enum` its wire names: TIPRING_NAMES(access_level, "root", "system"). At
/// namespace scope of tipring.
#define TIPRING_NAMES(Enum, ...)                                                                   \
    namespace detail {                                                                             \
    template <class>                                                                               \
    struct wire_names;                                                                             \
    template <>                                                                                    \
    struct wire_names<Enum> {                                                                      \
        static constexpr ::tipring::text names[] = {__VA_ARGS__};                                  \
    };                                                                                             \
    }                                                                                              \
    template <>                                                                                    \
    inline constexpr const ::tipring::text* names_of<Enum> = detail::wire_names<Enum>::names;      \
    template <>                                                                                    \
    inline constexpr std::size_t name_count<Enum> =                                                \
        sizeof(detail::wire_names<Enum>::names) / sizeof(::tipring::text)

/// A value of a string enum that the vendor may extend: a known value is made from the enum, an
/// unknown one keeps its text. Compare it with the enum, or look at known().
template <class Enum>
struct open {
    using is_text_like = void;
    using enum_type = Enum;

    text value = {};

    constexpr open() = default;
    constexpr open(Enum known_value)
        : value{names_of<Enum>[static_cast<std::size_t>(known_value)]} {}
    constexpr explicit open(text written) : value{written} {}

    /// The enum's value, or nothing when the text is none that this version knows.
    constexpr std::optional<Enum> known() const {
        const auto& names = names_of<Enum>;
        for (std::size_t i = 0; i < name_count<Enum>; ++i)
            if (names[i] == value) return static_cast<Enum>(i);
        return std::nullopt;
    }
    friend constexpr bool operator==(const open&, const open&) = default;
    friend constexpr bool operator==(const open& a, Enum b) { return a == open{b}; }
};

/// A JSON number exactly as it was written (RFC 8259 section 6), for values that are not integers:
/// no digit is lost and no floating-point code is needed.
struct number {
    using is_text_like = void;

    text value = {};

    constexpr number() = default;
    constexpr explicit number(text written) : value{written} {}

    /// The value as an integer, if it is written as one and fits.
    template <class Integer>
    constexpr std::optional<Integer> as() const {
        return parse_integer<Integer>(value);
    }
    friend constexpr bool operator==(const number&, const number&) = default;
};

} // namespace tipring::inline TIPRING_ABI
