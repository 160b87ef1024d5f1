// A two-ended arena over the caller's bytes. Finished things grow from the bottom; the elements of
// an array whose length is not yet known are piled up at the top and then laid down as one exact
// block. No heap, no destructors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <tipring/core/config.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

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

    /// Room for one more element at the top, aligned, zeroed; or a null pointer. Elements lie in
    /// reverse order. `size` is a multiple of `alignment`.
    void* push_top(std::size_t size, std::size_t alignment) {
        const std::size_t pad = padding_down(top_, alignment);
        if (size > room() || pad > room() - size) return refuse(size + pad);
        top_ -= pad + size;
        note_use();
        if (size != 0) std::memset(top_, 0, size);
        return top_;
    }

    /// Takes `count` elements of `size` bytes that push_top() piled up since `top_mark`, puts them
    /// in order and lays them down at the bottom. Null when the alignment at the bottom leaves no
    /// room. `size` is a multiple of `alignment`.
    void* lay_down(std::byte* top_mark, std::size_t count, std::size_t size,
                   std::size_t alignment) {
        std::byte* const pile = top_;
        const std::size_t total = count * size;
        const std::size_t pad = padding_up(bottom_, alignment);
        if (pad > static_cast<std::size_t>(pile - bottom_)) return refuse(pad);
        reverse(pile, count, size);
        std::byte* const block = bottom_ + pad;
        if (total != 0) std::memmove(block, pile, total);
        bottom_ = block + total;
        top_ = top_mark;
        note_use();
        return block;
    }

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

    std::byte* top() const { return top_; }
    std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
    std::size_t room() const { return static_cast<std::size_t>(top_ - bottom_); }
    std::size_t used() const { return size() - room(); }
    /// The most bytes that were ever in use at once, over resets and rewinds.
    std::size_t high_water_mark() const { return high_water_; }
    /// After a refusal: how large the whole arena would have had to be for that piece (a lower
    /// bound of the true need).
    std::size_t needed() const { return needed_; }

private:
    static std::size_t padding_up(const std::byte* at, std::size_t alignment) {
        return (alignment - reinterpret_cast<std::uintptr_t>(at) % alignment) % alignment;
    }
    static std::size_t padding_down(const std::byte* at, std::size_t alignment) {
        return reinterpret_cast<std::uintptr_t>(at) % alignment;
    }
    static void reverse(std::byte* pile, std::size_t count, std::size_t size) {
        if (count < 2) return;
        std::byte* low = pile;
        std::byte* high = pile + (count - 1) * size;
        for (; low < high; low += size, high -= size) {
            for (std::size_t i = 0; i < size; ++i) {
                const std::byte kept = low[i];
                low[i] = high[i];
                high[i] = kept;
            }
        }
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
