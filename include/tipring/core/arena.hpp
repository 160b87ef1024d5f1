// A two-ended arena over the caller's bytes. Lists whose length is not yet known grow at the
// bottom, one behind the other as they lie in one another; a list inside another goes to the top as
// one exact block when it ends, the outermost stays where it is. No heap, no destructors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <tipring/core/config.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

namespace detail {

/// As memmove() to a higher place, which is the only way that bytes are moved here.
template <class Byte>
void move_up(Byte* to, const Byte* from, std::size_t size) {
#if TIPRING_SMALL
    while (size-- != 0) to[size] = from[size];
#else
    std::memmove(to, from, size);
#endif
}

} // namespace detail

/// Hands out pieces of bytes that the caller owns. What it handed out lives until reset(), a
/// rewind() to before it, or the end of the caller's bytes. Holds trivially copyable things only;
/// nothing is destroyed.
class arena {
public:
    /// A point to go back to.
    struct mark {
        std::byte* bottom;
        std::byte* top;
    };

    arena() = default;
    explicit arena(std::span<std::byte> memory TIPRING_LIFETIMEBOUND)
        : begin_{memory.data()}, bottom_{memory.data()}, top_{memory.data() + memory.size()},
          end_{top_} {}
    explicit arena(std::span<char> memory TIPRING_LIFETIMEBOUND)
        : arena{std::as_writable_bytes(memory)} {}
    arena(const arena&) = delete;
    arena& operator=(const arena&) = delete;

    /// `size` bytes at a multiple of `alignment` (a power of two) from the bottom, or a null
    /// pointer when there is no room; the shortage is remembered for needed().
    void* allocate(std::size_t size, std::size_t alignment) {
        const std::size_t pad = padding_up(bottom_, alignment);
        if (size > room() || pad > room() - size) return refuse(size + pad);
        std::byte* const piece = bottom_ + pad;
        bottom_ = piece + size;
        note_use();
        return piece;
    }

    /// As allocate(), but from the top: for what is kept while a list grows at the bottom.
    void* allocate_top(std::size_t size, std::size_t alignment) {
        if (size > room()) return refuse(size);
        const std::size_t pad = padding_down(top_ - size, alignment);
        if (pad > room() - size) return refuse(size + pad);
        top_ -= size + pad;
        note_use();
        return top_;
    }

    /// Room for one more element of the list that grows at the bottom, aligned, zeroed, right
    /// behind the one before; or a null pointer. `size` is a multiple of `alignment`.
    void* push(std::size_t size, std::size_t alignment) {
        void* const element = allocate(size, alignment);
        if (element != nullptr && size != 0) std::memset(element, 0, size);
        return element;
    }

    /// Moves the bytes from `first` to the bottom's end, a list inside another that has ended, to
    /// the top, and takes the bottom back to `bottom`, which is where it was when the list began.
    /// There is always room: the list gives up its own. `first` is a multiple of `alignment`.
    void* move_to_top(std::byte* first, std::byte* bottom, std::size_t alignment) {
        const auto size = static_cast<std::size_t>(bottom_ - first);
        std::byte* to = top_ - size;
        to -= padding_down(to, alignment);
        detail::move_up(to, first, size);
        top_ = to;
        bottom_ = bottom;
        return to;
    }

    /// Frees the last `size` bytes that were taken from the top.
    void free_top(std::size_t size) { top_ += size; }

    /// The free bytes, for writing text whose length is not known; keep what was written with
    /// commit().
    std::span<char> rest() { return {reinterpret_cast<char*>(bottom_), room()}; }
    /// Keeps the first `size` bytes of rest(). False, and a remembered shortage, when there are not
    /// so many.
    bool commit(std::size_t size) {
        if (size > room()) {
            refuse(size);
            return false;
        }
        bottom_ += size;
        note_use();
        return true;
    }

    mark position() const { return {bottom_, top_}; }
    void rewind(mark to) {
        bottom_ = to.bottom;
        top_ = to.top;
    }
    void reset() { rewind({begin_, end_}); }

    std::byte* bottom() const { return bottom_; }
    std::byte* top() const { return top_; }
    std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
    std::size_t room() const { return static_cast<std::size_t>(top_ - bottom_); }
    std::size_t used() const { return size() - room(); }
    /// How many of the used bytes are at the top.
    std::size_t used_above() const { return static_cast<std::size_t>(end_ - top_); }
    /// The most bytes that were ever in use at once, over resets and rewinds.
    std::size_t high_water_mark() const { return high_water_; }
    /// After a refusal: how large the whole arena would have had to be for that piece (a lower
    /// bound of the true need).
    std::size_t needed() const { return needed_; }

private:
    static std::size_t padding_up(const std::byte* at, std::size_t alignment) {
        return (0 - reinterpret_cast<std::uintptr_t>(at)) & (alignment - 1);
    }
    static std::size_t padding_down(const std::byte* at, std::size_t alignment) {
        return reinterpret_cast<std::uintptr_t>(at) & (alignment - 1);
    }
    void note_use() {
        if (used() > high_water_) high_water_ = used();
    }
    void* refuse(std::size_t piece) {
        const std::size_t most = static_cast<std::size_t>(-1);
        needed_ = piece > most - used() ? most : used() + piece;
        return nullptr;
    }

    std::byte* begin_ = nullptr;
    std::byte* bottom_ = nullptr;
    std::byte* top_ = nullptr;
    std::byte* end_ = nullptr;
    std::size_t high_water_ = 0;
    std::size_t needed_ = 0;
};

/// An arena with `Size` bytes of its own, for the stack or for static storage.
template <std::size_t Size>
class static_arena : public arena {
public:
    static_arena() : arena{std::span<std::byte>{bytes_, Size}} {}

private:
    alignas(std::max_align_t) std::byte bytes_[Size];
};

} // namespace tipring::inline TIPRING_ABI
