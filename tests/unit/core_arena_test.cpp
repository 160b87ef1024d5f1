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
    CHECK(none.push_top(8, 8) == nullptr);
    CHECK(none.needed() == 8);
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

TEST_CASE("arena: elements piled up at the top are laid down in their order") {
    for (std::size_t shift = 0; shift < 8; ++shift) {
        alignas(8) std::byte bytes[200];
        std::memset(bytes, 0xEE, sizeof bytes);
        arena memory{std::span<std::byte>{bytes + shift, 150}};
        REQUIRE(memory.allocate(3, 1) != nullptr);
        std::byte* const top = memory.top();
        for (std::uint64_t i = 0; i < 5; ++i) {
            auto* const element =
                static_cast<std::uint64_t*>(memory.push_top(sizeof(std::uint64_t), 8));
            REQUIRE(element != nullptr);
            CHECK(is_aligned(element, 8));
            CHECK(*element == 0);
            *element = i * 0x0101010101010101u;
        }
        const auto* const block = static_cast<const std::uint64_t*>(memory.lay_down(top, 5, 8, 8));
        REQUIRE(block != nullptr);
        CHECK(is_aligned(block, 8));
        for (std::uint64_t i = 0; i < 5; ++i) CHECK(block[i] == i * 0x0101010101010101u);
        CHECK(memory.top() == top);
        CHECK(memory.used() <= 3 + 7 + 40);
        for (std::size_t i = 0; i < shift; ++i) CHECK(bytes[i] == std::byte{0xEE});
        for (std::size_t i = shift + 150; i < sizeof bytes; ++i) CHECK(bytes[i] == std::byte{0xEE});
    }
}

TEST_CASE("arena: piles lie in one another") {
    static_arena<400> memory;
    std::byte* const outer = memory.top();
    const std::uint32_t* inner_blocks[3] = {};
    for (std::uint32_t i = 0; i < 3; ++i) {
        auto* const element = static_cast<std::uint32_t*>(memory.push_top(4, 4));
        REQUIRE(element != nullptr);
        *element = i;
        std::byte* const inner = memory.top();
        for (std::uint32_t j = 0; j < i; ++j)
            *static_cast<std::uint32_t*>(memory.push_top(4, 4)) = 100 * i + j;
        inner_blocks[i] = static_cast<const std::uint32_t*>(memory.lay_down(inner, i, 4, 4));
    }
    const auto* const block = static_cast<const std::uint32_t*>(memory.lay_down(outer, 3, 4, 4));
    REQUIRE(block != nullptr);
    for (std::uint32_t i = 0; i < 3; ++i) {
        CHECK(block[i] == i);
        for (std::uint32_t j = 0; j < i; ++j) CHECK(inner_blocks[i][j] == 100 * i + j);
    }
}

TEST_CASE("arena: a pile that fits only without padding is refused when it is laid down") {
    alignas(8) std::byte bytes[24];
    arena memory{std::span<std::byte>{bytes}};
    REQUIRE(memory.allocate(9, 1) != nullptr);
    std::byte* const top = memory.top();
    REQUIRE(memory.push_top(8, 8) != nullptr);
    CHECK(memory.lay_down(top, 1, 8, 8) != nullptr);
    CHECK(memory.room() == 0);

    arena shifted{std::span<std::byte>{bytes, 23}};
    REQUIRE(shifted.allocate(8, 1) != nullptr);
    CHECK(shifted.push_top(8, 8) != nullptr);
    REQUIRE(shifted.allocate(0, 1) != nullptr);
    CHECK(shifted.push_top(8, 8) == nullptr);
    CHECK(shifted.needed() > 23);
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
    REQUIRE(memory.push_top(8, 8) != nullptr);
    memory.rewind(before);
    CHECK(memory.used() == 4);
    CHECK(memory.rest().data() == rest.data());
    CHECK(memory.high_water_mark() >= 17);
    CHECK_FALSE(memory.commit(61));
    CHECK(memory.needed() == 65);
    CHECK(memory.used() == 4);
}

TEST_CASE("arena: random use never leaves its bytes") {
    std::mt19937_64 random{99};
    for (int round = 0; round < 300; ++round) {
        std::vector<std::byte> bytes(1 + random() % 300, std::byte{0});
        arena memory{std::span<std::byte>{bytes}};
        for (int step = 0; step < 40; ++step) {
            const std::size_t alignment = std::size_t{1} << random() % 5;
            const bool at_top = random() % 2 == 0;
            // Elements, as all types, have sizes that are multiples of their alignments.
            const std::size_t size = at_top ? random() % 4 * alignment : random() % 40;
            void* const piece =
                at_top ? memory.push_top(size, alignment) : memory.allocate(size, alignment);
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
