// result<T>: a value or an error. No exceptions: looking at the value of a failed result is a
// programmer's error.
#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>
#include <variant>

#include <tipring/core/error.hpp>

namespace tipring::inline TIPRING_ABI {

namespace detail {

/// Makes a result with a value whose bytes the caller writes next, all of them.
struct unwritten {};

/// Sets all bytes of `object` to zero, which of a described type means that everything is absent,
/// whether it lived before or not.
template <class T>
void clear(T& object) {
    static_assert(std::is_trivially_copyable_v<T>);
    // Nothing is done by this, but in an array of bytes objects begin to live ([intro.object]).
    void* const at = &object;
    ::new (at) std::byte[sizeof(T)];
    std::size_t size = sizeof(T);
#if defined(__GNUC__)
    // GCC clears what has a size that it knows by an instruction for strings, which on x86 takes
    // six times as long as memset().
    asm("" : "+r"(size));
#endif
    std::memset(at, 0, size);
}

/// A type that hands out views of bytes in itself, and none when it is a temporary; it says so by
/// an alias of that name.
template <class T>
concept owner_of_bytes = requires {
    typename T::owns_its_bytes;
};

/// What a result holds.
template <class T, bool is_plain = std::is_trivially_copyable_v<T>>
class either {
public:
    constexpr either(T&& value) : state_{std::in_place_index<0>, std::move(value)} {}
    constexpr either(const error& failure) : state_{std::in_place_index<1>, failure} {}

    constexpr T* value() { return std::get_if<0>(&state_); }
    constexpr const T* value() const { return std::get_if<0>(&state_); }
    constexpr const error* failure() const { return std::get_if<1>(&state_); }

private:
    std::variant<T, error> state_;
};

/// Not a std::variant, which cannot leave a large value unwritten.
template <class T>
class either<T, true> {
public:
    constexpr either(T&& value) : value_{std::move(value)} {}
    constexpr either(const error& failure) : failure_{failure}, has_failed_{true} {}
    either(unwritten) {}

    constexpr T* value() { return &value_; }
    constexpr const T* value() const { return &value_; }
    constexpr const error* failure() const { return has_failed_ ? &failure_ : nullptr; }

private:
    union {
        T value_;
        error failure_;
    };
    bool has_failed_ = false;
};

} // namespace detail

/// Either a T or an error. Test it like a bool before you look inside.
///
///     auto call = decode<miarec::view_call>(response, memory);
///     if (!call) return report(call.error());
///     use(*call);
template <class T>
class [[nodiscard]] result {
public:
    using value_type = T;

    constexpr result(T value) : state_{std::move(value)} {}
    constexpr result(const error& failure) : state_{failure} {}
    constexpr result(errc code) : state_{tipring::error{.code = code}} {}
    explicit result(detail::unwritten later) requires std::is_trivially_copyable_v<T>
        : state_{later} {}

    constexpr bool has_value() const { return state_.failure() == nullptr; }
    constexpr explicit operator bool() const { return has_value(); }

    /// The value. Undefined when there is none.
    constexpr T& operator*() & { return *state_.value(); }
    constexpr const T& operator*() const& { return *state_.value(); }
    constexpr T&& operator*() && { return std::move(*state_.value()); }
    constexpr T* operator->() & { return state_.value(); }
    constexpr const T* operator->() const& { return state_.value(); }
    constexpr T* operator->() && { return state_.value(); }
    constexpr const T* operator->() const&& { return state_.value(); }
    /// Views of a value that nobody keeps would be of bytes that are gone.
    constexpr T* operator->() && requires detail::owner_of_bytes<T>
    = delete;
    constexpr const T* operator->() const&& requires detail::owner_of_bytes<T>
    = delete;

    /// What went wrong; an error with errc::ok when nothing did.
    constexpr tipring::error error() const {
        const auto* failure = state_.failure();
        return failure != nullptr ? *failure : tipring::error{};
    }
    constexpr errc code() const {
        const auto* failure = state_.failure();
        return failure != nullptr ? failure->code : errc::ok;
    }

    template <class U>
    constexpr T value_or(U&& other) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(other));
    }
    /// Calls `next` with the value and returns its result, or passes the error on.
    template <class Function>
    constexpr auto and_then(Function&& next) && -> std::invoke_result_t<Function, T&&> {
        if (has_value()) return std::forward<Function>(next)(std::move(**this));
        return error();
    }
    /// Calls `change` with the value and wraps what it returns, or passes the error on.
    template <class Function>
    constexpr auto transform(Function&& change) && -> result<std::invoke_result_t<Function, T&&>> {
        if (has_value()) return std::forward<Function>(change)(std::move(**this));
        return error();
    }

private:
    detail::either<T> state_;
};

namespace detail {
inline constexpr error no_error = {};
}

/// Success without a value, or an error.
template <>
class [[nodiscard]] result<void> {
public:
    using value_type = void;

    constexpr result() {
        // Otherwise unwritten: compilers would clear all of the union.
        if (std::is_constant_evaluated()) nothing_ = 0;
    }
    constexpr result(const error& failure)
        : failure_{failure}, has_failed_{failure.code != errc::ok} {}
    // In place: an error of its own would be much stack on a small processor.
    constexpr result(errc code) : failure_{.code = code}, has_failed_{code != errc::ok} {}

    constexpr bool has_value() const { return !has_failed_; }
    constexpr explicit operator bool() const { return has_value(); }
    constexpr const tipring::error& error() const {
        return has_failed_ ? failure_ : detail::no_error;
    }
    constexpr errc code() const { return error().code; }

private:
    // Success need not write the many bytes of an error.
    union {
        char nothing_;
        tipring::error failure_;
    };
    bool has_failed_ = false;
};

} // namespace tipring::inline TIPRING_ABI
