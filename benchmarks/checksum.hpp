// One number for everything that a decoded value says: which members are present, null or absent,
// and every byte of text, however it lies in memory. By tipring's tables, so no member is
// forgotten.
#pragma once

#include <cstddef>
#include <cstdint>

#include "schema.hpp"

namespace bench {

/// Of a list that is seen element by element; the order counts.
class list_checksum {
public:
    void add(std::uint64_t element);
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0x2545F4914F6CDD1Du;
};

std::uint64_t checksum(const json::table& type, const void* object);

} // namespace bench
