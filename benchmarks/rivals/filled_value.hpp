// The value that a rival fills, and the memory for its lists and for text with escapes; all of it
// is kept from one document to the next.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include <tipring/core/arena.hpp>

#include "../measurement.hpp"
#include "list_builder.hpp"

namespace bench {

struct filled_value {
    explicit filled_value(const input& of)
        : type{schema::of(*of.type)}, value(type.size()),
          bytes(2 * of.body.size() + 65536), memory{std::span{bytes}}, lists{memory} {}

    /// Makes everything absent again.
    void reset() {
        std::memset(value.data(), 0, type.size());
        memory.reset();
        lists.reset();
    }
    std::byte* object() { return value.data(); }

    const schema& type;
    std::vector<std::byte> value;
    std::vector<std::byte> bytes;
    tipring::arena memory;
    list_builder lists;
};

} // namespace bench
