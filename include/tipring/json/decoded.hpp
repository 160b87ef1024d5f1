// Values that own their memory: heap_buffer owns bytes, decoded<T> a value with everything that it
// views, decode_owned() makes one from JSON. The only header of the library that allocates, by
// plain operator new and without exceptions; with TIPRING_NO_HEAP it is empty.
#pragma once

#include <tipring/core/config.hpp>

#if !TIPRING_NO_HEAP

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// Owns bytes on the heap. Can be moved, not copied; the bytes stay where they are.
class heap_buffer {
public:
    heap_buffer() = default;
    heap_buffer(heap_buffer&& other) noexcept
        : data_{std::exchange(other.data_, nullptr)}, size_{std::exchange(other.size_, 0)} {}
    heap_buffer& operator=(heap_buffer&& other) noexcept {
        heap_buffer moved{std::move(other)};
        std::swap(data_, moved.data_);
        std::swap(size_, moved.size_);
        return *this;
    }
    ~heap_buffer() { ::operator delete(data_); }

    /// `size` bytes of any content, aligned for any type; errc::capacity when the heap has not so
    /// many.
    static result<heap_buffer> allocate(std::size_t size) {
        heap_buffer made;
        made.data_ = ::operator new(size, std::nothrow);
        if (made.data_ == nullptr) return error{.code = errc::capacity, .needed = size};
        made.size_ = size;
        return made;
    }
    /// A copy of `content`.
    static result<heap_buffer> copy(text content) {
        result<heap_buffer> made = allocate(content.size());
        if (made && !content.empty()) std::memcpy(made->data_, content.data(), content.size());
        return made;
    }

    std::span<char> bytes() { return {static_cast<char*>(data_), size_}; }
    text content() const& { return {static_cast<const char*>(data_), size_}; }
    text content() const&& = delete;
    std::size_t size() const { return size_; }
    /// Cuts the buffer to its first `size` bytes, when less was received than there was room for.
    void shorten(std::size_t size) {
        if (size < size_) size_ = size;
    }

private:
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

namespace detail {

/// Whether values of `root` may hold secrets. Looks at every type that can be reached; too many
/// count as yes.
inline bool holds_secrets(const table& root) {
    constexpr std::size_t most = 32;
    const table* seen[most] = {&root};
    std::size_t count = 1;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < seen[i]->member_count; ++j) {
            const member& m = seen[i]->members[j];
            if (m.has(is_secret)) return true;
            if (m.type == nullptr) continue;
            std::size_t known = 0;
            while (known < count && seen[known] != m.type) ++known;
            if (known < count) continue;
            if (count == most) return true;
            seen[count++] = m.type;
        }
    }
    return false;
}

/// The arena to try next when `tried` bytes were too few: what is needed, scaled up by how much of
/// the body was read, and at least twice as much as before.
inline std::size_t next_arena_size(const error& failure, std::size_t body_size, std::size_t tried) {
    constexpr std::size_t most = static_cast<std::size_t>(-1) / 4;
    std::size_t size = tried < most ? tried * 2 + 64 : most;
    if (size < failure.needed) size = failure.needed;
    if (failure.offset == error::no_offset || failure.offset == 0 || failure.offset >= body_size)
        return size;
    const std::size_t times = body_size / failure.offset + 1;
    const std::size_t scaled = failure.needed > most / times ? most : failure.needed * times;
    return size < scaled ? scaled : size;
}

} // namespace detail

/// Most bytes of heap that decode_owned() takes besides the body, unless told otherwise.
inline constexpr std::size_t default_heap_limit = std::size_t{1} << 26;

/// A value and all the memory that it views: the body that it was read from, and an arena. Can be
/// moved, not copied; the value and its text keep their addresses. Wiped when it ends, if T may
/// hold secrets.
///
///     auto user = json::decode_owned<miarec::user>(body);
///     if (user) keep(std::move(*user));
///     ... (*kept)->name ...
template <class T>
class decoded {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= alignof(std::max_align_t));

public:
    using value_type = T;

    decoded(decoded&&) noexcept = default;
    decoded& operator=(decoded&& other) noexcept {
        if (this == &other) return *this;
        wipe_secrets();
        body_ = std::move(other.body_);
        block_ = std::move(other.block_);
        return *this;
    }
    ~decoded() { wipe_secrets(); }

    /// The value. Undefined after it was moved from.
    const T& operator*() const& { return held().value; }
    const T* operator->() const& { return &held().value; }
    const T& operator*() const&& = delete;
    const T* operator->() const&& = delete;

    /// What was passed over while decoding.
    const decode_report& report() const& { return held().report; }
    const decode_report& report() const&& = delete;
    /// The body as it was received.
    text body() const& { return body_.content(); }
    text body() const&& = delete;

    /// The way to own what any decoder makes: `decode(body, memory, report)` gives a result<T>
    /// whose views may lie in both. It is called with a fresh and larger arena as long as it fails
    /// with errc::capacity, at first with `arena_size` bytes, at last with `limit`. Other errors,
    /// and errc::capacity at `limit` or when the heap is exhausted, are passed on.
    template <class Decode>
    static result<decoded> make(heap_buffer body, std::size_t arena_size, Decode&& decode,
                                std::size_t limit = default_heap_limit) {
        decoded made{std::move(body)};
        std::size_t size = arena_size < limit ? arena_size : limit;
        for (;;) {
            result<heap_buffer> block = heap_buffer::allocate(header_size + size);
            if (!block) return block.error();
            made.block_ = std::move(*block);
            const error failure = made.fill(decode);
            if (failure.code == errc::ok) return made;
            if (failure.code != errc::capacity || size >= limit) return failure;
            made.wipe_secrets(made.block_);
            const std::size_t larger = detail::next_arena_size(failure, made.body_.size(), size);
            size = larger < limit ? larger : limit;
        }
    }

private:
    struct holder {
        T value;
        decode_report report;
    };
    static constexpr std::size_t header_size = (sizeof(holder) + alignof(std::max_align_t) - 1) /
                                               alignof(std::max_align_t) *
                                               alignof(std::max_align_t);

    explicit decoded(heap_buffer body) : body_{std::move(body)} {}

    template <class Decode>
    error fill(Decode& decode) {
        arena memory{block_.bytes().subspan(header_size)};
        decode_report report;
        result<T> value = decode(body_.content(), memory, report);
        if (!value) return value.error();
        ::new (static_cast<void*>(block_.bytes().data())) holder{std::move(*value), report};
        return {};
    }

    const holder& held() const {
        return *std::launder(reinterpret_cast<const holder*>(block_.content().data()));
    }

    void wipe_secrets() {
        wipe_secrets(body_);
        wipe_secrets(block_);
    }
    static void wipe_secrets(heap_buffer& buffer) {
        bool needed = true;
        if constexpr (described<T>) needed = detail::holds_secrets(table_of<T>);
        if (needed) wipe(buffer.bytes());
    }

    heap_buffer body_;
    heap_buffer block_;
};

/// Decodes a JSON object into a T on the heap, together with `body`, which is taken over. Errors as
/// those of decode(); errc::capacity when that takes more than `limit` bytes of heap besides the
/// body.
template <described T, class Engine = builtin_engine>
result<decoded<T>> decode_owned(heap_buffer body, const decode_options& options = {},
                                std::size_t limit = default_heap_limit) {
    const std::size_t guess = body.size() + 64;
    const auto decode_once = [&options](text content, arena& memory, decode_report& report) {
        decode_options own = options;
        own.report = &report;
        return decode<T, Engine>(content, memory, own);
    };
    result<decoded<T>> made = decoded<T>::make(std::move(body), guess, decode_once, limit);
    if (made && options.report != nullptr) {
        options.report->unknown_members += made->report().unknown_members;
        options.report->misspelt_members += made->report().misspelt_members;
    }
    return made;
}

/// As above, of a copy of `body`.
template <described T, class Engine = builtin_engine>
result<decoded<T>> decode_owned(text body, const decode_options& options = {},
                                std::size_t limit = default_heap_limit) {
    result<heap_buffer> copy = heap_buffer::copy(body);
    if (!copy) return copy.error();
    return decode_owned<T, Engine>(std::move(*copy), options, limit);
}

} // namespace tipring::inline TIPRING_ABI::json

namespace tipring::inline TIPRING_ABI {
using json::decoded;
using json::heap_buffer;
}

#endif
