// Builds lists whose length is not known beforehand. Buffers are kept from one document to the
// next; the outermost list (the records of a page) stays where it was built, so that it is never
// copied.
#pragma once

#include <cstddef>
#include <cstring>
#include <vector>

#include <tipring/core/arena.hpp>

#include "../schema.hpp"

namespace bench {

class list_builder {
public:
    explicit list_builder(tipring::arena& memory) : memory_{memory} {}

    void reset() {
        depth_ = 0;
        first_taken_ = false;
    }
    bool open(std::size_t element_size) {
        if (depth_ == most_levels) return false;
        level& now = levels_[depth_++];
        now.element_size = element_size;
        now.is_first = depth_ == 1 && !first_taken_;
        now.used = 0;
        return true;
    }
    /// One more element, zeroed. It moves with the next one of its list.
    std::byte* push() {
        level& now = levels_[depth_ - 1];
        std::vector<std::byte>& bytes = now.is_first ? first_ : now.bytes;
        if (bytes.size() < now.used + now.element_size)
            bytes.resize(2 * bytes.size() + 16 * now.element_size);
        std::byte* const element = bytes.data() + now.used;
        now.used += now.element_size;
        std::memset(element, 0, now.element_size);
        return element;
    }
    json::untyped_list close() {
        level& now = levels_[--depth_];
        const std::size_t count = now.used / now.element_size;
        if (count == 0) return {};
        if (now.is_first) {
            first_taken_ = true;
            return {first_.data(), count};
        }
        void* const block = memory_.allocate(now.used, alignof(std::max_align_t));
        if (block == nullptr) return {};
        std::memcpy(block, now.bytes.data(), now.used);
        return {static_cast<std::byte*>(block), count};
    }

private:
    static constexpr std::size_t most_levels = 8;

    struct level {
        std::vector<std::byte> bytes;
        std::size_t element_size = 0;
        std::size_t used = 0;
        bool is_first = false;
    };

    tipring::arena& memory_;
    level levels_[most_levels];
    std::vector<std::byte> first_;
    std::size_t depth_ = 0;
    bool first_taken_ = false;
};

} // namespace bench
