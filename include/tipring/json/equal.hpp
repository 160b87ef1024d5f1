// Equality of described types, by table. Two values are equal when the same members are absent,
// null or equal; text is compared by its bytes, lists element by element.
#pragma once

#include <cstddef>
#include <cstring>

#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

/// Compares two values member by member with an explicit stack.
class comparison {
public:
    bool run(const table& type, const void* a, const void* b) {
        push({&type, static_cast<const std::byte*>(a), static_cast<const std::byte*>(b), 1, 0, 0});
        while (depth_ != 0) {
            frame& f = frames_[depth_ - 1];
            if (f.member == f.type->member_count) {
                f.member = 0;
                if (++f.element == f.elements) --depth_;
            } else if (!next(f)) {
                return false;
            }
        }
        return true;
    }

private:
    struct frame {
        const table* type;
        const std::byte* a;
        const std::byte* b;
        std::size_t elements;
        std::size_t element;
        std::size_t member;
    };

    /// Values nested more deeply than any decoder makes them count as different.
    bool push(const frame& f) {
        if (depth_ == TIPRING_MAX_NESTING) return false;
        frames_[depth_++] = f;
        return true;
    }

    bool next(frame& f) {
        const std::byte* const a = f.a + f.element * f.type->size;
        const std::byte* const b = f.b + f.element * f.type->size;
        const member& m = f.type->members[f.member++];
        const member_state state = state_of(m, a);
        if (state != state_of(m, b)) return false;
        if (state != member_state::value) return true;
        switch (m.kind) {
        case kind::text:
        case kind::raw:
        case kind::number: return text_of(m, a) == text_of(m, b);
        case kind::integer: return integer_of(m, a) == integer_of(m, b);
        case kind::enumeration: return enumeration_of(m, a) == enumeration_of(m, b);
        case kind::boolean: return boolean_of(m, a) == boolean_of(m, b);
        case kind::custom: return m.custom->equal(a + m.offset, b + m.offset);
        case kind::object: return push({m.type, object_in(m, a), object_in(m, b), 1, 0, 0});
        default: return lists(m, list_of(m, a), list_of(m, b));
        }
    }

    bool lists(const member& m, untyped_list a, untyped_list b) {
        if (a.size != b.size) return false;
        if (a.size == 0) return true;
        if (m.type != nullptr) return push({m.type, a.data, b.data, a.size, 0, 0});
        if (!is_view(m.element)) return std::memcmp(a.data, b.data, a.size * m.width) == 0;
        for (std::size_t i = 0; i < a.size; ++i) {
            const std::size_t at = i * sizeof(text);
            if (load<text>(a.data + at) != load<text>(b.data + at)) return false;
        }
        return true;
    }

    frame frames_[TIPRING_MAX_NESTING];
    unsigned depth_ = 0;
};

} // namespace detail

template <described T>
bool equal(const T& a, const T& b) {
    return detail::comparison{}.run(table_of<T>, &a, &b);
}

} // namespace tipring::inline TIPRING_ABI::json
