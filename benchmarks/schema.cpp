#include "schema.hpp"

#include <map>
#include <memory>
#include <span>

#include "random.hpp"

namespace bench {

namespace {

template <class T>
std::uint64_t load(const char* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

} // namespace

place_of_rows find_rows(const json::table& page) {
    const std::span members{page.members, page.member_count};
    for (const json::member& m : members)
        if (m.kind == json::kind::array && m.type != nullptr) return {.list = &m};
    for (const json::member& m : members) {
        if (m.kind != json::kind::object) continue;
        const place_of_rows inside = find_rows(*m.type);
        if (inside.list != nullptr)
            return {.list = inside.list, .object_at = m.offset + inside.object_at};
    }
    return {};
}

/// Length, first and last bytes: enough to tell any two names of one type apart.
std::uint64_t schema::digest(text name) {
    const char* const end = name.data() + name.size();
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (name.size() >= 8) {
        first = load<std::uint64_t>(name.data());
        last = load<std::uint64_t>(end - 8);
    } else if (name.size() >= 4) {
        first = load<std::uint32_t>(name.data());
        last = load<std::uint32_t>(end - 4);
    } else if (!name.empty()) {
        first = load<std::uint8_t>(name.data());
        last = load<std::uint8_t>(end - 1);
    }
    const std::uint64_t mixed = (first * 0x9E3779B97F4A7C15u) ^ (last * 0xC2B2AE3D27D4EB4Fu) ^
                                name.size() * 0x165667B19E3779F9u;
    return mixed ^ (mixed >> 29);
}

const schema& schema::of(const json::table& type) {
    static std::map<const json::table*, std::unique_ptr<schema>> made;
    auto& found = made[&type];
    if (found == nullptr) found.reset(new schema{type});
    return *found;
}

schema::schema(const json::table& type) : table_{&type} {
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        slots_.push_back({.name = type.name_of(m),
                          .facts = &m,
                          .type = m.type != nullptr ? &of(*m.type) : nullptr});
    }
    for (std::size_t i = 0; i < successors_.size(); ++i)
        successors_[i] = static_cast<std::uint8_t>(i < slots_.size() ? i : 0);
    make_perfect();
}

void schema::make_perfect() {
    random_sequence seeds{1};
    for (bool clash = true; clash;) {
        seed_ = seeds.next() | 1u;
        buckets_.fill(none);
        clash = false;
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            std::uint8_t& place = buckets_[bucket(digest(slots_[i].name), seed_)];
            clash = clash || place != none;
            place = static_cast<std::uint8_t>(i);
        }
    }
}

const slot* schema::find_by_hash(text name, std::uint8_t& last) const {
    const std::uint8_t found = buckets_[bucket(digest(name), seed_)];
    if (found == none || !equal(slots_[found].name, name)) return nullptr;
    successors_[last] = found;
    last = static_cast<std::uint8_t>(found + 1);
    return &slots_[found];
}

} // namespace bench
