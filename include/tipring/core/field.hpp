// field<T>: a member of a described type, which is absent, null or a value. No bigger than it must
// be: text and lists take no extra byte, a bool takes one byte, an enum takes four.
//
// In every form all zero bytes mean absent, which is what the tables of json/describe.hpp rely on.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

/// The JSON value null: `update.timezone = null` asks the server to clear the member.
struct null_type {
    friend constexpr bool operator==(null_type, null_type) = default;
};
inline constexpr null_type null = {};

namespace detail {
/// Converts to anything; used in unevaluated operands to count the members of an aggregate.
struct any_member {
    template <class T>
    constexpr operator T() const;
};
} // namespace detail

/// The three states of a member.
enum class member_state : std::uint8_t { absent, json_null, value };

namespace detail {

template <class T>
struct is_list : std::false_type {};
template <class T>
struct is_list<list<T>> : std::true_type {};

/// Text and lists: a null pointer with size 0 is absent, with size 1 it is null.
template <class T>
struct view_storage {
    using pointer = std::conditional_t<is_list<T>::value, const void*, const char*>;

    constexpr member_state state() const {
        if (data_ != nullptr) return member_state::value;
        return size_ == 0 ? member_state::absent : member_state::json_null;
    }
    constexpr void set_state(member_state state) {
        data_ = nullptr;
        size_ = state == member_state::json_null ? 1 : 0;
    }

    pointer data_ = nullptr;
    std::size_t size_ = 0;
};

template <class T>
struct storage {
    constexpr member_state state() const { return state_; }
    constexpr void set_state(member_state state) {
        value_ = T{};
        state_ = state;
    }
    constexpr const T& get() const { return value_; }
    constexpr void set(const T& value) {
        value_ = value;
        state_ = member_state::value;
    }

    T value_ = {};
    member_state state_ = member_state::absent;
};

inline constexpr char empty_text[1] = {};

constexpr text text_in(text value) {
    return value;
}
constexpr text text_in(secret value) {
    return value.reveal();
}
template <class T>
constexpr text text_in(const T& value) {
    return value.value;
}

template <text_like T>
struct storage<T> : view_storage<T> {
    constexpr T get() const {
        return T{text{this->data_, this->data_ != nullptr ? this->size_ : 0}};
    }
    constexpr void set(const T& value) {
        const text content = text_in(value);
        this->data_ = content.data() != nullptr ? content.data() : empty_text;
        this->size_ = content.size();
    }
};

template <class E>
struct storage<list<E>> {
    constexpr member_state state() const {
        if (data_ != nullptr || size_ == empty_size) return member_state::value;
        return size_ == 0 ? member_state::absent : member_state::json_null;
    }
    constexpr void set_state(member_state state) {
        data_ = nullptr;
        size_ = state == member_state::json_null ? 1 : 0;
    }
    constexpr list<E> get() const { return data_ != nullptr ? list<E>{data_, size_} : list<E>{}; }
    constexpr void set(const list<E>& value) {
        data_ = value.empty() ? nullptr : value.data();
        size_ = value.empty() ? empty_size : value.size();
    }

    static constexpr std::size_t empty_size = 2;

    const E* data_ = nullptr;
    std::size_t size_ = 0;
};

template <>
struct storage<bool> {
    constexpr member_state state() const {
        return raw_ < 2 ? static_cast<member_state>(raw_) : member_state::value;
    }
    constexpr void set_state(member_state state) { raw_ = static_cast<std::uint8_t>(state); }
    constexpr bool get() const { return raw_ == 3; }
    constexpr void set(bool value) { raw_ = value ? 3 : 2; }

    std::uint8_t raw_ = 0;
};

/// Integer enums are kept with the top bit flipped, so that the two lowest numbers of the type
/// stand for absent and null; a server's number is never that low, and one that is counts as out of
/// range.
template <class E>
    requires std::is_enum_v<E>
struct storage<E> {
    static_assert(std::is_same_v<std::underlying_type_t<E>, std::int32_t>,
                  "enums in fields are based on std::int32_t");
    static constexpr std::uint32_t flip = 0x80000000u;

    constexpr member_state state() const {
        return raw_ < 2 ? static_cast<member_state>(raw_) : member_state::value;
    }
    constexpr void set_state(member_state state) { raw_ = static_cast<std::uint32_t>(state); }
    constexpr E get() const { return static_cast<E>(static_cast<std::int32_t>(raw_ ^ flip)); }
    constexpr void set(E value) { raw_ = static_cast<std::uint32_t>(value) ^ flip; }

    std::uint32_t raw_ = 0;
};

} // namespace detail

/// A member that is absent, null or a T.
///
///     call.from_port.value_or(0)           // the value, or 0 when absent or null
///     if (call.user_id) use(*call.user_id) // true only for a value
///     tenant.timezone = null               // written as JSON null
///
/// Text, lists, bools and enums are handed out by value, anything else by reference. Views live as
/// long as the memory that they were decoded from.
template <class T>
class field {
public:
    using value_type = T;

    constexpr field() = default;
    constexpr field(null_type) { storage_.set_state(member_state::json_null); }
    constexpr field(const T& value) { storage_.set(value); }
    template <class U>
        requires(!std::same_as<std::remove_cvref_t<U>, field> &&
                 !std::same_as<std::remove_cvref_t<U>, null_type> &&
                 !std::same_as<std::remove_cvref_t<U>, T> &&
                 !std::same_as<std::remove_cvref_t<U>, detail::any_member> &&
                 std::convertible_to<U&&, T>)
    constexpr field(U&& value) {
        static_assert(
            !text_like<T> || given::is_lasting<U>,
            "tipring: a member keeps a view of its text; give text that outlives the object");
        const T converted = std::forward<U>(value);
        storage_.set(converted);
    }

    constexpr member_state state() const { return storage_.state(); }
    constexpr bool is_absent() const { return state() == member_state::absent; }
    constexpr bool is_null() const { return state() == member_state::json_null; }
    constexpr bool has_value() const { return state() == member_state::value; }
    constexpr explicit operator bool() const { return has_value(); }

    /// The value; a default-made one when absent or null.
    constexpr decltype(auto) operator*() const { return storage_.get(); }
    constexpr auto operator->() const { return arrow<decltype(storage_.get())>{storage_.get()}; }
    template <class U>
    constexpr T value_or(U&& other) const {
        return has_value() ? T{storage_.get()} : static_cast<T>(std::forward<U>(other));
    }
    /// Makes the member absent again.
    constexpr void reset() { storage_.set_state(member_state::absent); }

private:
    template <class Got>
    struct arrow {
        Got got;
        constexpr const std::remove_reference_t<Got>* operator->() const { return &got; }
    };

    detail::storage<T> storage_ = {};
};

/// Whether there is a value, and it is that one.
template <class T, class U>
    requires std::convertible_to<const U&, T>
constexpr bool operator==(const field<T>& member, const U& value) {
    if (!member.has_value()) return false;
    if constexpr (given::whole_number<T> && given::whole_number<U>)
        return std::cmp_equal(*member, value);
    else if constexpr (std::is_arithmetic_v<T> && std::is_arithmetic_v<U>)
        return *member == value;
    else
        return *member == static_cast<T>(value);
}

/// Absent, null and empty text all mean "none" for the ids and times of MiaRec (quirks D-16, D-17,
/// D-55).
template <text_like T>
constexpr bool is_none(const field<T>& member) {
    return !member || detail::text_in(*member).empty();
}

} // namespace tipring::inline TIPRING_ABI
