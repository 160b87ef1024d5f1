// Walks a value and tells a writer or a builder of trees what it says, written once for all: absent
// members are left out. `Out` has object_begin, object_end, array_begin, array_end, key, string,
// integer, boolean and null.
#pragma once

#include <cstddef>

#include "../schema.hpp"

namespace bench {

template <class Out>
void emit_object(const schema& type, const std::byte* object, Out& out);

template <class Out>
void emit_list(const slot& of, const std::byte* object, Out& out) {
    const json::untyped_list elements = json::list_of(*of.facts, object);
    const std::size_t size = json::element_size(*of.facts);
    out.array_begin(elements.size);
    for (std::size_t i = 0; i < elements.size; ++i) {
        const std::byte* const element = elements.data + i * size;
        if (of.type != nullptr)
            emit_object(*of.type, element, out);
        else
            out.string(json::detail::load<text>(element));
    }
    out.array_end();
}

template <class Out>
void emit_value(const slot& of, const std::byte* object, Out& out) {
    const json::member& m = *of.facts;
    switch (m.kind) {
    case json::kind::integer: out.integer(json::integer_of(m, object)); break;
    case json::kind::enumeration: out.integer(json::enumeration_of(m, object)); break;
    case json::kind::boolean: out.boolean(json::boolean_of(m, object)); break;
    case json::kind::object: emit_object(*of.type, json::object_in(m, object), out); break;
    case json::kind::array: emit_list(of, object, out); break;
    default: out.string(json::text_of(m, object));
    }
}

template <class Out>
void emit_object(const schema& type, const std::byte* object, Out& out) {
    out.object_begin(type.slots().size());
    for (const slot& each : type.slots()) {
        const tipring::member_state state = json::state_of(*each.facts, object);
        if (state == tipring::member_state::absent) continue;
        out.key(each.name);
        if (state == tipring::member_state::json_null)
            out.null();
        else
            emit_value(each, object, out);
    }
    out.object_end();
}

} // namespace bench
