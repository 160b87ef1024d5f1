// Deep copies of described types into an arena: the way to keep a value after its body or buffer is
// used again.
#pragma once

#include <cstddef>
#include <cstring>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::json {

namespace detail {

/// Replaces every view in a value by a view of a copy, with an explicit stack.
class relocation {
public:
    explicit relocation(arena& memory) : memory_{memory} {}

    result<void> run(const table& type, void* value) {
        push({&type, static_cast<std::byte*>(value), 1, 0, 0});
        while (depth_ != 0) {
            frame& f = frames_[depth_ - 1];
            if (f.member == f.type->member_count) {
                f.member = 0;
                if (++f.element == f.elements) --depth_;
            } else {
                const errc code = next(f);
                if (code != errc::ok) return failure(code);
            }
        }
        return {};
    }

private:
    struct frame {
        const table* type;
        std::byte* object;
        std::size_t elements;
        std::size_t element;
        std::size_t member;
    };

    error failure(errc code) const {
        if (code == errc::capacity)
            return error{.code = code, .needed_is_lower_bound = true, .needed = memory_.needed()};
        return error{.code = code, .needed_is_lower_bound = true, .needed = depth_ + 1};
    }

    errc push(const frame& f) {
        if (depth_ == TIPRING_MAX_NESTING) return errc::too_deep;
        frames_[depth_++] = f;
        return errc::ok;
    }

    errc next(frame& f) {
        std::byte* const object = f.object + f.element * f.type->size;
        const member& m = f.type->members[f.member++];
        if (state_of(m, object) != member_state::value) return errc::ok;
        if (is_view(m.kind)) {
            text content = text_of(m, object);
            if (!keep(content)) return errc::capacity;
            set_text(m, object, content);
            return errc::ok;
        }
        if (m.kind == kind::object) return push({m.type, object_in(m, object), 1, 0, 0});
        return is_array(m.kind) ? elements(m, object) : errc::ok;
    }

    /// Replaces `content` by a copy in the memory; empty text needs none. False, and unchanged,
    /// when there is no room.
    bool keep(text& content) {
        if (content.empty()) {
            content = text{tipring::detail::empty_text, 0};
            return true;
        }
        auto* const copy = static_cast<char*>(memory_.allocate(content.size(), 1));
        if (copy == nullptr) return false;
        std::memcpy(copy, content.data(), content.size());
        content = text{copy, content.size()};
        return true;
    }

    errc elements(const member& m, std::byte* object) {
        const untyped_list from = list_of(m, object);
        if (from.size == 0) return errc::ok;
        const std::size_t size = from.size * element_size(m);
        auto* const block = static_cast<std::byte*>(memory_.allocate(size, element_alignment(m)));
        if (block == nullptr) return errc::capacity;
        std::memcpy(block, from.data, size);
        set_list(m, object, {block, from.size});
        if (m.type != nullptr) return push({m.type, block, from.size, 0, 0});
        if (!is_view(m.element)) return errc::ok;
        for (std::size_t i = 0; i < from.size; ++i) {
            text content = load<text>(block + i * sizeof(text));
            if (!keep(content)) return errc::capacity;
            store(block + i * sizeof(text), content);
        }
        return errc::ok;
    }

    arena& memory_;
    frame frames_[TIPRING_MAX_NESTING];
    unsigned depth_ = 0;
};

} // namespace detail

/// A copy of `value` whose text and lists all lie in `memory`. errc::capacity with a lower bound of
/// the need when there is no room; `memory` is then as it was.
template <described T>
result<T> copy(const T& value, arena& memory TIPRING_LIFETIMEBOUND) {
    T copied = value;
    const arena::mark before = memory.position();
    const result<void> done = detail::relocation{memory}.run(table_of<T>, &copied);
    if (done) return copied;
    memory.rewind(before);
    return done.error();
}

} // namespace tipring::inline TIPRING_ABI::json

namespace tipring::inline TIPRING_ABI {
using json::copy;
}
