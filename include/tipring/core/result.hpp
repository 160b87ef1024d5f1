// result<T>: a value or an error. No exceptions: looking at the value of a failed result is a
// programmer's error.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include <tipring/core/error.hpp>

namespace tipring::inline TIPRING_ABI {

/// Either a T or an error. Test it like a bool before you look inside.
///
///     auto call = decode<miarec::view_call>(response, memory);
///     if (!call) return report(call.error());
///     use(*call);
template <class T>
class [[nodiscard]] result {
public:
    using value_type = T;

    constexpr result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
    constexpr result(const error& failure) : state_{std::in_place_index<1>, failure} {}
    constexpr result(errc code) : state_{std::in_place_index<1>, tipring::error{.code = code}} {}

    constexpr bool has_value() const { return state_.index() == 0; }
    constexpr explicit operator bool() const { return has_value(); }

    /// The value. Undefined when there is none.
    constexpr T& operator*() & { return *std::get_if<0>(&state_); }
    constexpr const T& operator*() const& { return *std::get_if<0>(&state_); }
    constexpr T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
    constexpr T* operator->() { return std::get_if<0>(&state_); }
    constexpr const T* operator->() const { return std::get_if<0>(&state_); }

    /// What went wrong; an error with errc::ok when nothing did.
    constexpr tipring::error error() const {
        const auto* failure = std::get_if<1>(&state_);
        return failure != nullptr ? *failure : tipring::error{};
    }
    constexpr errc code() const {
        const auto* failure = std::get_if<1>(&state_);
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
    std::variant<T, tipring::error> state_;
};

namespace detail {
inline constexpr error no_error = {};
}

/// Success without a value, or an error.
template <>
class [[nodiscard]] result<void> {
public:
    using value_type = void;

    constexpr result() : nothing_{} {}
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
