// What rivals know of the types that they fill, drawn from tipring's tables: names, where members
// lie, and one good lookup for all of them: the key that came next last time, else a perfect hash;
// and where a page has its rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include <tipring/core/text.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>

namespace bench {

using tipring::text;
namespace json = tipring::json;

/// Where a list document keeps its rows: the list, and the object that it is a member of.
struct place_of_rows {
    const json::member* list = nullptr;
    std::size_t object_at = 0;
};
/// The list of objects in a page, or in an object in it.
place_of_rows find_rows(const json::table& page);

class schema;

struct slot {
    text name;
    const json::member* facts = nullptr;
    /// Of an object or of the objects in an array.
    const schema* type = nullptr;
};

class schema {
public:
    /// The one schema of a type.
    static const schema& of(const json::table& type);

    /// The member called `name`, null when there is none. `last` is the cursor in one object, 0 at
    /// its start. What follows what is learned, so a steady order of keys costs one comparison
    /// each.
    const slot* find(text name, std::uint8_t& last) const {
        const std::uint8_t guess = successors_[last];
        if (equal(slots_[guess].name, name)) {
            last = static_cast<std::uint8_t>(guess + 1);
            return &slots_[guess];
        }
        return find_by_hash(name, last);
    }

    const std::vector<slot>& slots() const { return slots_; }
    const json::table& table() const { return *table_; }
    std::size_t size() const { return table_->size; }

private:
    static bool equal(text a, text b) {
        return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size()) == 0;
    }
    static std::uint64_t digest(text name);
    static std::size_t bucket(std::uint64_t digest, std::uint64_t seed) {
        return static_cast<std::size_t>((digest * seed) >> 56);
    }
    const slot* find_by_hash(text name, std::uint8_t& last) const;
    explicit schema(const json::table& type);
    void make_perfect();

    static constexpr std::uint8_t none = 255;

    const json::table* table_;
    std::vector<slot> slots_;
    std::array<std::uint8_t, 256> buckets_ = {};
    std::uint64_t seed_ = 0;
    mutable std::array<std::uint8_t, 66> successors_ = {};
};

} // namespace bench
