// Whether two JSON texts are the same tree: the order of members does not count. By Boost.JSON
// where the program has it, otherwise by a walk over raw text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tipring/json/raw.hpp>

#if TIPRING_TEST_BOOST
#include <boost/json.hpp>
#endif

namespace json_tree {

#if TIPRING_TEST_BOOST

inline bool equal(std::string_view a, std::string_view b) {
    boost::system::error_code failed_a;
    boost::system::error_code failed_b;
    const auto tree_a = boost::json::parse({a.data(), a.size()}, failed_a);
    const auto tree_b = boost::json::parse({b.data(), b.size()}, failed_b);
    return !failed_a && !failed_b && tree_a == tree_b;
}

#else

inline bool equal_values(tipring::raw_json a, tipring::raw_json b) {
    using tipring::json::json_kind;
    if (a.kind() != b.kind()) return false;
    if (a.kind() == json_kind::object) {
        std::size_t count = 0;
        for (const auto& m : a.members()) {
            char name[256];
            const std::size_t size =
                m.name.size() <= sizeof name
                    ? tipring::json::unescape(name, m.name.data(), m.name.data() + m.name.size())
                    : 0;
            if (!equal_values(m.value, b.find(std::string_view{name, size}))) return false;
            ++count;
        }
        for (const auto& m : b.members()) count -= m.name.data() != nullptr ? 1u : 0u;
        return count == 0;
    }
    if (a.kind() == json_kind::array) {
        auto other = b.elements().begin();
        const auto end = b.elements().end();
        for (const auto& e : a.elements()) {
            if (other == end || !equal_values(e, *other)) return false;
            ++other;
        }
        return other == end;
    }
    if (a.kind() != json_kind::string) return a.value == b.value;
    alignas(8) std::byte room_a[8192];
    alignas(8) std::byte room_b[8192];
    tipring::arena memory_a{room_a};
    tipring::arena memory_b{room_b};
    const auto text_a = a.as_text(memory_a);
    const auto text_b = b.as_text(memory_b);
    return text_a && text_b && *text_a == *text_b;
}

inline bool equal(std::string_view a, std::string_view b) {
    const auto raw_a = tipring::json::make_raw_json(a);
    const auto raw_b = tipring::json::make_raw_json(b);
    return raw_a && raw_b && equal_values(*raw_a, *raw_b);
}

#endif

} // namespace json_tree
