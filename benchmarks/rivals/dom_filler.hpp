// Fills a value from a document tree, written once for all libraries that make one. An adapter says
// how a tree is looked at:
//
//     struct tree {
//         static bool is_null(value);
//         static bool get(value, text&);   // and std::int64_t&, bool&; false when it is none
//         static std::size_t size(value);  // of an array; left out where it is not known
//         template <class Use> static bool each_member(value, Use);   // use(text name, value)
//         template <class Use> static bool each_element(value, Use);  // use(value)
//     };
//
// Both each_... give false when the value is none or `use` gave false.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "filled_value.hpp"

namespace bench {

template <class Tree>
class dom_filler {
public:
    explicit dom_filler(filled_value& into) : into_{into} {}

    template <class Value>
    bool run(Value&& document) {
        into_.reset();
        return object(into_.type, into_.object(), document);
    }

private:
    template <class Value>
    bool object(const schema& type, std::byte* into, Value&& from) {
        std::uint8_t last = 0;
        return Tree::each_member(from, [&](text name, auto&& value) {
            const slot* const found = type.find(name, last);
            return found == nullptr || member(*found, into, value);
        });
    }

    template <class Value>
    bool member(const slot& found, std::byte* into, Value&& from) {
        const json::member& m = *found.facts;
        switch (m.kind) {
        case json::kind::text: {
            text content;
            if (!Tree::get(from, content)) return null(m, into, from);
            json::set_text(m, into, content);
            return true;
        }
        case json::kind::integer:
        case json::kind::enumeration: {
            std::int64_t number = 0;
            if (!Tree::get(from, number)) return null(m, into, from);
            return m.kind == json::kind::integer ? json::set_integer(m, into, number)
                                                 : json::set_enumeration(m, into, number);
        }
        case json::kind::boolean: {
            bool truth = false;
            if (!Tree::get(from, truth)) return null(m, into, from);
            json::set_boolean(m, into, truth);
            return true;
        }
        case json::kind::object:
            if (null(m, into, from)) return true;
            json::set_present(m, into);
            return object(*found.type, json::object_in(m, into), from);
        case json::kind::array: return null(m, into, from) || list(found, into, from);
        default: return false;
        }
    }

    template <class Value>
    static bool null(const json::member& m, std::byte* into, Value&& from) {
        if (!Tree::is_null(from)) return false;
        json::set_null(m, into);
        return true;
    }

    template <class Value>
    bool list(const slot& found, std::byte* into, Value&& from) {
        const std::size_t element_size = json::element_size(*found.facts);
        if constexpr (requires { Tree::size(from); }) {
            const std::size_t room = Tree::size(from) * element_size;
            auto* next =
                static_cast<std::byte*>(into_.memory.allocate(room, alignof(std::max_align_t)));
            if (next == nullptr) return false;
            std::memset(next, 0, room);
            const std::byte* const first = next;
            const bool good = Tree::each_element(from, [&](auto&& value) {
                return element(found, std::exchange(next, next + element_size), value);
            });
            json::set_list(*found.facts, into, {first, room / element_size});
            return good;
        } else {
            if (!into_.lists.open(element_size)) return false;
            const bool good = Tree::each_element(
                from, [&](auto&& value) { return element(found, into_.lists.push(), value); });
            json::set_list(*found.facts, into, into_.lists.close());
            return good;
        }
    }

    template <class Value>
    bool element(const slot& of, std::byte* into, Value&& from) {
        if (of.type != nullptr) return object(*of.type, into, from);
        text content;
        if (of.facts->element != json::kind::text || !Tree::get(from, content)) return false;
        std::memcpy(into, &content, sizeof content);
        return true;
    }

    filled_value& into_;
};

} // namespace bench
