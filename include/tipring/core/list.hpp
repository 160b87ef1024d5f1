// list<T>: a view of elements that lie side by side, for arrays inside described types.
#pragma once

#include <concepts>
#include <cstddef>
#include <iterator>
#include <span>
#include <type_traits>

#include <tipring/core/config.hpp>

namespace tipring::inline TIPRING_ABI {

/// A view of `size()` elements that somebody else owns: an arena after decoding, the caller's array
/// before encoding. Unlike std::span it may be a member of the very type that it holds, and it
/// cannot be made from a temporary container.
template <class T>
class list {
public:
    using value_type = T;

    constexpr list() = default;
    constexpr list(const T* data, std::size_t size) : data_{data}, size_{size} {}
    constexpr list(std::span<const T> elements) : data_{elements.data()}, size_{elements.size()} {}
    template <std::size_t Size>
    constexpr list(const T (&elements)[Size] TIPRING_LIFETIMEBOUND)
        : data_{elements}, size_{Size} {}
    /// From any contiguous container of T that outlives the list, such as std::array or
    /// std::vector.
    template <class Container>
        requires(!std::same_as<Container, list> && requires(const Container& c) {
            { c.data() } -> std::convertible_to<const T*>;
            { c.size() } -> std::convertible_to<std::size_t>;
        })
    constexpr list(const Container& elements TIPRING_LIFETIMEBOUND)
        : data_{elements.data()}, size_{elements.size()} {}
    template <class Container>
        requires(!std::is_lvalue_reference_v<Container> &&
                 !std::same_as<std::remove_const_t<Container>, list> &&
                 !std::same_as<std::remove_const_t<Container>, std::span<const T>> &&
                 !std::same_as<std::remove_const_t<Container>, std::span<T>> &&
                 requires(Container & c) { c.data(); })
    list(Container&& temporary)
    = delete;

    constexpr const T* begin() const { return data_; }
    constexpr const T* end() const { return data_ + size_; }
    constexpr const T* data() const { return data_; }
    constexpr std::size_t size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr const T& operator[](std::size_t index) const { return data_[index]; }
    constexpr const T& front() const { return data_[0]; }
    constexpr const T& back() const { return data_[size_ - 1]; }

private:
    const T* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace tipring::inline TIPRING_ABI
