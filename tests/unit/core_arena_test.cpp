// The arena: alignment, exhaustion, both ends, marks, and never a byte outside.
#include <tipring/core/arena.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <type_traits>
#include <vector>

using namespace tipring;

static_assert(!std::is_copy_constructible_v<arena>);
static_assert(!std::is_copy_assignable_v<arena>);
static_assert(sizeof(static_arena<64>) >= 64);

namespace {
bool is_aligned(const void* at, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(at) % alignment == 0;
}
} // namespace

TEST_CASE("arena: an empty one gives nothing but empty pieces") {
    arena none;
    CHECK(none.size() == 0);
    CHECK(none.room() == 0);
    CHECK(none.allocate(1, 1) == nullptr);
    CHECK(none.needed() == 1);
    CHECK(none.push(8, 8) == nullptr);
    CHECK(none.needed() == 8);
    CHECK(none.allocate_top(3, 1) == nullptr);
    CHECK(none.needed() == 3);
    CHECK(none.allocate_top(0, 1) == nullptr);
    CHECK(none.rest().empty());
    CHECK(none.commit(0));
    CHECK_FALSE(none.commit(5));
    CHECK(none.needed() == 5);
}

TEST_CASE("arena: pieces are aligned, apart and inside") {
    alignas(16) std::byte bytes[100];
    for (std::size_t shift = 0; shift < 16; ++shift) {
        arena memory{std::span<std::byte>{bytes + shift, 80}};
        std::byte* last = bytes + shift;
        for (const std::size_t alignment : {1u, 8u, 2u, 16u, 4u, 1u}) {
            auto* const piece = static_cast<std::byte*>(memory.allocate(3, alignment));
            REQUIRE(piece != nullptr);
            CHECK(is_aligned(piece, alignment));
            CHECK(piece >= last);
            last = piece + 3;
            CHECK(last <= bytes + shift + 80);
        }
        CHECK(memory.used() == static_cast<std::size_t>(last - (bytes + shift)));
        CHECK(memory.used() + memory.room() == memory.size());
    }
}

TEST_CASE("arena: the last byte can be had, and one more is refused with the size that would do") {
    static_arena<32> memory;
    CHECK(memory.allocate(31, 1) != nullptr);
    CHECK(memory.allocate(2, 1) == nullptr);
    CHECK(memory.needed() == 33);
    CHECK(memory.allocate(1, 1) != nullptr);
    CHECK(memory.room() == 0);
    CHECK(memory.allocate(0, 1) != nullptr);
    CHECK(memory.allocate(1, 1) == nullptr);
    CHECK(memory.allocate(static_cast<std::size_t>(-1), 1) == nullptr);
    CHECK(memory.needed() == static_cast<std::size_t>(-1));
    CHECK(memory.used() == 32);
    memory.reset();
    CHECK(memory.room() == 32);
    CHECK(memory.high_water_mark() == 32);
}

TEST_CASE("arena: padding counts as need") {
    alignas(8) std::byte bytes[12];
    arena memory{std::span<std::byte>{bytes}};
    CHECK(memory.allocate(1, 1) != nullptr);
    CHECK(memory.allocate(8, 8) == nullptr);
    CHECK(memory.needed() == 16);
    CHECK(memory.used() == 1);
    CHECK(memory.allocate(4, 4) != nullptr);
}

TEST_CASE("arena: pieces from the top are aligned, apart and inside") {
    alignas(16) std::byte bytes[100];
    for (std::size_t shift = 0; shift < 16; ++shift) {
        arena memory{std::span<std::byte>{bytes + shift, 80}};
        const std::byte* last = bytes + shift + 80;
        for (const std::size_t alignment : {1u, 8u, 2u, 16u, 4u, 1u}) {
            auto* const piece = static_cast<std::byte*>(memory.allocate_top(3, alignment));
            REQUIRE(piece != nullptr);
            CHECK(is_aligned(piece, alignment));
            CHECK(piece + 3 <= last);
            last = piece;
            CHECK(last >= bytes + shift);
        }
        CHECK(memory.top() == last);
        CHECK(memory.used() + memory.room() == memory.size());
    }
}

TEST_CASE("arena: padding at the top counts as need") {
    alignas(8) std::byte bytes[20];
    arena memory{std::span<std::byte>{bytes}};
    CHECK(memory.allocate_top(17, 8) == bytes);
    CHECK(memory.room() == 0);
    CHECK(memory.used_above() == 20);
    memory.reset();
    CHECK(memory.allocate(1, 1) != nullptr);
    CHECK(memory.allocate_top(17, 8) == nullptr);
    CHECK(memory.needed() == 1 + 20);
    CHECK(memory.used() == 1);
    CHECK(memory.used_above() == 0);
    CHECK(memory.allocate_top(static_cast<std::size_t>(-1), 8) == nullptr);
    auto* const piece = static_cast<std::byte*>(memory.allocate_top(8, 1));
    REQUIRE(piece == bytes + 12);
    memory.free_top(5);
    CHECK(memory.top() == bytes + 17);
    CHECK(memory.room() == 16);
}

TEST_CASE("arena: the elements of a list lie in their order, zeroed, and stay") {
    for (std::size_t shift = 0; shift < 8; ++shift) {
        alignas(8) std::byte bytes[200];
        std::memset(bytes, 0xEE, sizeof bytes);
        arena memory{std::span<std::byte>{bytes + shift, 150}};
        REQUIRE(memory.allocate(3, 1) != nullptr);
        const std::uint64_t* first = nullptr;
        for (std::uint64_t i = 0; i < 5; ++i) {
            auto* const element =
                static_cast<std::uint64_t*>(memory.push(sizeof(std::uint64_t), 8));
            REQUIRE(element != nullptr);
            if (i == 0) first = element;
            CHECK(element == first + i);
            CHECK(is_aligned(element, 8));
            CHECK(*element == 0);
            *element = i * 0x0101010101010101u;
        }
        for (std::uint64_t i = 0; i < 5; ++i) CHECK(first[i] == i * 0x0101010101010101u);
        CHECK(memory.used() <= 3 + 7 + 40);
        for (std::size_t i = 0; i < shift; ++i) CHECK(bytes[i] == std::byte{0xEE});
        for (std::size_t i = shift + 150; i < sizeof bytes; ++i) CHECK(bytes[i] == std::byte{0xEE});
    }
}

TEST_CASE("arena: an element without a size needs no room") {
    static_arena<1> memory;
    CHECK(memory.push(1, 1) != nullptr);
    CHECK(memory.push(0, 1) != nullptr);
    CHECK(memory.push(1, 1) == nullptr);
}

TEST_CASE("arena: lists in one another") {
    static_arena<400> memory;
    const std::uint32_t* outer = nullptr;
    const std::uint32_t* inner_blocks[4] = {};
    for (std::uint32_t i = 0; i < 4; ++i) {
        auto* const element = static_cast<std::uint32_t*>(memory.push(4, 4));
        REQUIRE(element != nullptr);
        *element = i;
        if (i == 0) outer = element;
        std::byte* const bottom = memory.bottom();
        std::byte* first = bottom;
        for (std::uint32_t j = 0; j < i; ++j) {
            auto* const inner = static_cast<std::uint32_t*>(memory.push(4, 4));
            REQUIRE(inner != nullptr);
            *inner = 100 * i + j;
        }
        inner_blocks[i] = static_cast<const std::uint32_t*>(memory.move_to_top(first, bottom, 4));
        CHECK(memory.bottom() == bottom);
    }
    for (std::uint32_t i = 0; i < 4; ++i) {
        CHECK(outer[i] == i);
        for (std::uint32_t j = 0; j < i; ++j) CHECK(inner_blocks[i][j] == 100 * i + j);
    }
    CHECK(memory.used() == 4 * 4 + 6 * 4);
}

TEST_CASE("arena: a list moves to the top even when nothing else is free") {
    // The list gives up its own bytes and the padding before it, so that it always fits.
    for (std::size_t size = 24; size < 40; ++size) {
        alignas(8) std::byte bytes[40];
        arena memory{std::span<std::byte>{bytes, size}};
        REQUIRE(memory.allocate(1, 1) != nullptr);
        std::byte* const bottom = memory.bottom();
        auto* const first = static_cast<std::byte*>(memory.push(8, 8));
        REQUIRE(first != nullptr);
        const std::uint64_t values[2] = {0x0102030405060708, 0x1112131415161718};
        std::memcpy(first, values, 8);
        auto* const second = static_cast<std::byte*>(memory.push(8, 8));
        REQUIRE(second != nullptr);
        std::memcpy(second, values + 1, 8);
        const auto* const moved = static_cast<std::byte*>(memory.move_to_top(first, bottom, 8));
        CHECK(is_aligned(moved, 8));
        CHECK(std::memcmp(moved, values, sizeof values) == 0);
        CHECK(moved + 16 <= bytes + size);
        CHECK(memory.bottom() == bottom);
        CHECK(memory.top() == moved);
    }
}

TEST_CASE("arena: marks, and text of unknown length") {
    static_arena<64> memory;
    REQUIRE(memory.allocate(4, 1) != nullptr);
    const arena::mark before = memory.position();
    const std::span<char> rest = memory.rest();
    CHECK(rest.size() == 60);
    std::memcpy(rest.data(), "hello", 5);
    CHECK(memory.commit(5));
    CHECK(memory.used() == 9);
    CHECK(memory.rest().data() == rest.data() + 5);
    REQUIRE(memory.allocate_top(8, 8) != nullptr);
    memory.rewind(before);
    CHECK(memory.used() == 4);
    CHECK(memory.rest().data() == rest.data());
    CHECK(memory.high_water_mark() >= 17);
    CHECK_FALSE(memory.commit(61));
    CHECK(memory.needed() == 65);
    CHECK(memory.used() == 4);
}

TEST_CASE("arena: random use never leaves its bytes") {
    std::mt19937 random{99};
    for (int round = 0; round < 300; ++round) {
        std::vector<std::byte> bytes(1 + random() % 300, std::byte{0});
        arena memory{std::span<std::byte>{bytes}};
        for (int step = 0; step < 40; ++step) {
            const std::size_t alignment = std::size_t{1} << random() % 5;
            const bool at_top = random() % 2 == 0;
            // Elements, as all types, have sizes that are multiples of their alignments.
            const std::size_t size = at_top ? random() % 4 * alignment : random() % 40;
            void* const piece =
                at_top ? memory.allocate_top(size, alignment) : memory.allocate(size, alignment);
            if (piece == nullptr) {
                CHECK(memory.needed() > bytes.size());
                continue;
            }
            // AddressSanitizer watches the ends.
            if (size != 0) std::memset(piece, step, size);
            CHECK(is_aligned(piece, alignment));
            CHECK(memory.used() <= bytes.size());
            CHECK(memory.high_water_mark() >= memory.used());
        }
    }
}
