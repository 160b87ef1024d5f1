// Memory of exactly the size that is asked for, so that a sanitizer sees every step outside, and
// the loop over all sizes.
#pragma once

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "effort.hpp"

namespace exact_memory {

/// Bytes on the heap, and an arena over them.
struct block {
    explicit block(std::size_t size)
        : bytes{new std::byte[size > 0 ? size : 1]}, room{std::span{bytes.get(), size}} {}
    std::unique_ptr<std::byte[]> bytes;
    tipring::arena room;
};

/// A copy of text that ends where its memory ends.
struct exact_text {
    explicit exact_text(std::string_view content)
        : bytes{new char[content.size() > 0 ? content.size() : 1]}, size{content.size()} {
        if (size != 0) std::memcpy(bytes.get(), content.data(), size);
    }
    std::span<char> span() { return {bytes.get(), size}; }
    tipring::text view() const { return {bytes.get(), size}; }

    std::unique_ptr<char[]> bytes;
    std::size_t size;
};

/// Tries every arena from nothing to `enough`: each gives the same value, or asks for more memory
/// than it was given.
inline void with_every_arena(std::size_t enough,
                             const std::function<tipring::result<bool>(tipring::arena&)>& attempt) {
    const std::size_t step = (enough > 3000 ? 7 : 1) * effort::stride;
    bool succeeded = false;
    for (std::size_t next = 0; next < enough + step; next += step) {
        const std::size_t size = next < enough ? next : enough;
        block memory{size};
        const tipring::result<bool> same = attempt(memory.room);
        CAPTURE(size);
        if (same) {
            REQUIRE(*same);
            succeeded = true;
            continue;
        }
        REQUIRE_FALSE(succeeded);
        REQUIRE(same.code() == tipring::errc::capacity);
        REQUIRE(same.error().needed > size);
        REQUIRE(memory.room.used() == 0);
        if (same.error().needed_is_lower_bound) continue;
        block exact{same.error().needed};
        const tipring::result<bool> again = attempt(exact.room);
        REQUIRE(again);
        REQUIRE(*again);
    }
    REQUIRE(succeeded);
}

} // namespace exact_memory
