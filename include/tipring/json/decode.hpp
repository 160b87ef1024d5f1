// Decoding for users: JSON text to a value of a described type, in place or const. Not here: values
// that own their memory (json/decoded.hpp), HTTP answers (http/answer.hpp).
#pragma once

#include <span>
#include <type_traits>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/options.hpp>
#include <tipring/json/reader.hpp>
#include <tipring/json/sink.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// The engine that is always there. An engine is a type with two functions like these; each reads
/// one document into the sink and, when that fails, leaves code, path and offset in the sink's
/// failure().
struct builtin_engine {
    static bool run(text body, sink& out) { return run(body, nullptr, out); }
    static bool run_in_place(std::span<char> body, sink& out) {
        return run({body.data(), body.size()}, body.data(), out);
    }
    /// In place when `changeable` is where the body lies, and not null.
    static bool run(text body, char* changeable, sink& out) {
        member_order order;
        return reader{body, changeable, out, order}.run();
    }
};

namespace detail {

// Apart, so that decode_into() has no room for a second error.
[[gnu::noinline, gnu::cold]] inline result<void> failure_of(const sink& out) {
    return out.failure();
}

/// Ends a decode: on failure the arena is as it was before.
inline result<void> finish(bool went_well, const sink& out, arena& memory, arena::mark before) {
    if (went_well) {
        out.report();
        return {};
    }
    memory.rewind(before);
    return failure_of(out);
}

/// With the builtin engine, in place or not, so that a program has it once.
[[gnu::noinline]] inline result<void> decode_body(const table& type, void* value, text body,
                                                  char* changeable, arena& memory,
                                                  const decode_options& options) {
    const arena::mark before = memory.position();
    sink out{type, value, memory, options};
    return finish(builtin_engine::run(body, changeable, out), out, memory, before);
}

} // namespace detail

/// Decodes into `value`, which is `type`'s object with all members absent. For callers that work
/// with tables.
template <class Engine = builtin_engine>
result<void> decode_into(const table& type, void* value, text body, arena& memory,
                         const decode_options& options = default_decode_options) {
    if constexpr (std::is_same_v<Engine, builtin_engine>) {
        return detail::decode_body(type, value, body, nullptr, memory, options);
    } else {
        const arena::mark before = memory.position();
        sink out{type, value, memory, options};
        return detail::finish(Engine::run(body, out), out, memory, before);
    }
}
template <class Engine = builtin_engine>
result<void> decode_into_in_place(const table& type, void* value, std::span<char> body,
                                  arena& memory,
                                  const decode_options& options = default_decode_options) {
    if constexpr (std::is_same_v<Engine, builtin_engine>) {
        return detail::decode_body(type, value, {body.data(), body.size()}, body.data(), memory,
                                   options);
    } else {
        const arena::mark before = memory.position();
        sink out{type, value, memory, options};
        return detail::finish(Engine::run_in_place(body, out), out, memory, before);
    }
}

/// Decodes a JSON object into a T. The value views `body` and `memory`: keep both as long as the
/// value. Text with escapes and arrays take room in `memory`; nothing else does. On failure
/// `memory` is as it was.
///
///     auto user = json::decode<miarec::user>(body, memory);
template <described T, class Engine = builtin_engine>
result<T> decode(text body TIPRING_LIFETIMEBOUND, arena& memory TIPRING_LIFETIMEBOUND,
                 const decode_options& options = default_decode_options) {
    result<T> made{T{}};
    const auto done = decode_into<Engine>(table_of<T>, &*made, body, memory, options);
    if (!done) made = done.error();
    return made;
}

/// As decode(), but text with escapes is unescaped inside `body`, which is changed by that:
/// afterwards it is no JSON any more, even when decoding failed. Only arrays take room in `memory`.
template <described T, class Engine = builtin_engine>
result<T> decode_in_place(std::span<char> body TIPRING_LIFETIMEBOUND,
                          arena& memory TIPRING_LIFETIMEBOUND,
                          const decode_options& options = default_decode_options) {
    result<T> made{T{}};
    const auto done = decode_into_in_place<Engine>(table_of<T>, &*made, body, memory, options);
    if (!done) made = done.error();
    return made;
}

} // namespace tipring::inline TIPRING_ABI::json
