// Reads and writes the storage of a member through its table entry: the only place that knows how
// field<T>, text and lists lie in memory. Everything that works on tables (decode, encode, copy,
// equal, print) goes through here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// A list without its type: where the elements lie and how many there are.
struct untyped_list {
    const std::byte* data = nullptr;
    std::size_t size = 0;
};

namespace detail {

using bool_storage = tipring::detail::storage<bool>;

template <class T>
T load(const std::byte* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}
template <class T>
void store(std::byte* to, const T& value) {
    std::memcpy(to, &value, sizeof value);
}

/// How field<text> and list<T> lie in memory. The layout of storage<> in core/field.hpp is checked
/// against it below.
struct view_layout {
    const void* data;
    std::size_t size;
};
static_assert(sizeof(field<text>) == sizeof(view_layout));
static_assert(sizeof(list<text>) == sizeof(view_layout));
static_assert(sizeof(field<list<text>>) == sizeof(view_layout));
inline constexpr std::size_t empty_list_size = tipring::detail::storage<list<text>>::empty_size;
inline constexpr std::uint32_t enumeration_flip = 0x80000000u;

constexpr bool is_view(kind k) {
    return k == kind::text || k == kind::raw || k == kind::number;
}
constexpr bool is_array(kind k) {
    return k == kind::array || k == kind::map;
}

} // namespace detail

inline member_state state_of(const member& m, const std::byte* object) {
    if (!m.has(is_field)) return member_state::value;
    const std::byte* const at = object + m.offset;
    switch (m.kind) {
    case kind::boolean: {
        const auto raw = detail::load<std::uint8_t>(at);
        return raw < 2 ? static_cast<member_state>(raw) : member_state::value;
    }
    case kind::enumeration: {
        const auto raw = detail::load<std::uint32_t>(at);
        return raw < 2 ? static_cast<member_state>(raw) : member_state::value;
    }
    case kind::integer:
    case kind::object:
    case kind::custom:
        return static_cast<member_state>(detail::load<std::uint8_t>(object + m.state_offset));
    default: {
        const auto view = detail::load<detail::view_layout>(at);
        if (view.data != nullptr) return member_state::value;
        if (view.size == 0) return member_state::absent;
        return view.size == 1 ? member_state::json_null : member_state::value;
    }
    }
}

inline void set_null(const member& m, std::byte* object) {
    std::byte* const at = object + m.offset;
    switch (m.kind) {
    case kind::boolean: detail::store(at, std::uint8_t{1}); break;
    case kind::enumeration: detail::store(at, std::uint32_t{1}); break;
    case kind::integer:
    case kind::object:
    case kind::custom: detail::store(object + m.state_offset, std::uint8_t{1}); break;
    default: detail::store(at, detail::view_layout{nullptr, 1});
    }
}

/// Marks a member of kind object, integer or custom as a value.
inline void set_present(const member& m, std::byte* object) {
    if (m.has(is_field))
        detail::store(object + m.state_offset, static_cast<std::uint8_t>(member_state::value));
}

/// The text of a member of kind text, raw or number; empty when it is absent or null.
inline text text_of(const member& m, const std::byte* object) {
    if (!m.has(is_field)) return detail::load<text>(object + m.offset);
    const auto view = detail::load<detail::view_layout>(object + m.offset);
    return view.data != nullptr ? text{static_cast<const char*>(view.data), view.size} : text{};
}
/// Of a member that is known to be a field<text> and to lie at `at`; `value` has data, even when it
/// is empty.
inline void set_field_text(std::byte* at, text value) {
    detail::store(at, detail::view_layout{value.data(), value.size()});
}
inline void set_text(const member& m, std::byte* object, text value) {
    const char* const data = value.data() != nullptr ? value.data() : tipring::detail::empty_text;
    if (m.has(is_field))
        set_field_text(object + m.offset, text{data, value.size()});
    else
        detail::store(object + m.offset, text{data, value.size()});
}

inline std::int64_t load_integer(const std::byte* at, std::size_t width, bool is_signed_integer) {
    switch (width) {
    case 1:
        return is_signed_integer ? detail::load<std::int8_t>(at)
                                 : std::int64_t{detail::load<std::uint8_t>(at)};
    case 2:
        return is_signed_integer ? detail::load<std::int16_t>(at)
                                 : std::int64_t{detail::load<std::uint16_t>(at)};
    case 4:
        return is_signed_integer ? detail::load<std::int32_t>(at)
                                 : std::int64_t{detail::load<std::uint32_t>(at)};
    default: return detail::load<std::int64_t>(at);
    }
}
/// False when the value does not fit into `width` bytes.
inline bool store_integer(std::byte* at, std::size_t width, bool is_signed_integer,
                          std::int64_t value) {
    if (width < 8) {
        const unsigned bits = static_cast<unsigned>(width) * 8;
        // In words, since a small processor has no others.
        const auto low = static_cast<std::uint32_t>(value);
        const std::int32_t sign = is_signed_integer ? static_cast<std::int32_t>(low) >> 31 : 0;
        const std::int32_t beyond = is_signed_integer
                                        ? static_cast<std::int32_t>(low) >> (bits - 1)
                                        : static_cast<std::int32_t>(low >> (bits - 1) >> 1);
        if (static_cast<std::int32_t>(value >> 32) != sign || beyond != sign) return false;
    }
    switch (width) {
    case 1: detail::store(at, static_cast<std::uint8_t>(value)); break;
    case 2: detail::store(at, static_cast<std::uint16_t>(value)); break;
    case 4: detail::store(at, static_cast<std::uint32_t>(value)); break;
    default: detail::store(at, value);
    }
    return true;
}
inline std::int64_t integer_of(const member& m, const std::byte* object) {
    return load_integer(object + m.offset, m.width, m.has(is_signed));
}
inline bool set_integer(const member& m, std::byte* object, std::int64_t value) {
    if (!store_integer(object + m.offset, m.width, m.has(is_signed), value)) return false;
    set_present(m, object);
    return true;
}

inline bool boolean_of(const member& m, const std::byte* object) {
    const auto raw = detail::load<std::uint8_t>(object + m.offset);
    return m.has(is_field) ? raw == 3 : raw != 0;
}
/// Likewise, of a field<bool>.
inline void set_field_boolean(std::byte* at, bool value) {
    detail::store(at, static_cast<std::uint8_t>(value ? 3 : 2));
}
inline void set_boolean(const member& m, std::byte* object, bool value) {
    if (m.has(is_field))
        set_field_boolean(object + m.offset, value);
    else
        detail::store(object + m.offset, static_cast<std::uint8_t>(value ? 1 : 0));
}

inline std::int32_t enumeration_of(const member& m, const std::byte* object) {
    const auto raw = detail::load<std::uint32_t>(object + m.offset);
    return static_cast<std::int32_t>(m.has(is_field) ? raw ^ detail::enumeration_flip : raw);
}
/// Likewise, of a field of an enum; the two lowest numbers stand for absent and null.
inline void set_field_enumeration(std::byte* at, std::int32_t value) {
    detail::store(at, static_cast<std::uint32_t>(value) ^ detail::enumeration_flip);
}
/// False when the value is outside std::int32_t or one of its two lowest numbers, which stand for
/// absent and null.
inline bool set_enumeration(const member& m, std::byte* object, std::int64_t value) {
    if (value > INT32_MAX || value < std::int64_t{INT32_MIN} + 2) return false;
    const auto number = static_cast<std::int32_t>(value);
    if (m.has(is_field))
        set_field_enumeration(object + m.offset, number);
    else
        detail::store(object + m.offset, number);
    return true;
}

inline untyped_list list_of(const member& m, const std::byte* object) {
    const auto view = detail::load<detail::view_layout>(object + m.offset);
    return view.data != nullptr ? untyped_list{static_cast<const std::byte*>(view.data), view.size}
                                : untyped_list{};
}
inline void set_list(const member& m, std::byte* object, untyped_list value) {
    if (value.size != 0)
        detail::store(object + m.offset, detail::view_layout{value.data, value.size});
    else
        detail::store(object + m.offset,
                      detail::view_layout{nullptr, m.has(is_field) ? detail::empty_list_size : 0});
}

/// The object that a member of kind object holds, whether it is present or not.
inline std::byte* object_in(const member& m, std::byte* object) {
    return object + m.offset;
}
inline const std::byte* object_in(const member& m, const std::byte* object) {
    return object + m.offset;
}

/// The bytes that one element of a list takes.
inline std::size_t element_size(const member& m) {
    return m.type != nullptr ? m.type->size : m.width;
}
inline std::size_t element_alignment(const member& m) {
    if (m.type != nullptr) return m.type->alignment;
    return detail::is_view(m.element) ? alignof(text) : m.width;
}

/// Whether values of this type are documents kept as they are written: their one member is that.
inline bool is_raw_document(const table& type) {
    return type.member_count == 1 && type.members[0].kind == kind::raw &&
           type.members[0].has(is_document);
}

/// `failure` with the member in front of its path.
inline error about(const error& failure, const table& type, const member& m) {
    return tipring::about(failure, type.name_of(m));
}
inline error about(errc code, const table& type, const member& m) {
    return about(error{.code = code}, type, m);
}

} // namespace tipring::inline TIPRING_ABI::json
