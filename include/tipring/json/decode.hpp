// Decoding for users: JSON text to a value of a described type, in place or const. Not here: values
// that own their memory (json/decoded.hpp), HTTP answers (http/answer.hpp).
#pragma once

#include <new>
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

/// Room for an error that is made only when there is one: success need not write its many bytes.
union error_room {
    error_room() {}

    char nothing;
    error failure;
};

/// Reads one document by `read`, a call with the sink. When that fails the arena is as it was, and
/// the error is made at `failure`, which may be where the value is.
template <class Read>
[[gnu::always_inline]] inline bool decode_by(const Read& read, const table& type, void* value,
                                             arena& memory, const decode_options& options,
                                             void* failure) {
    const arena::mark before = memory.position();
    sink out{type, value, memory, options};
    if (read(out)) {
        out.report();
        return true;
    }
    memory.rewind(before);
    ::new (failure) error{out.failure()};
    return false;
}

/// With the builtin engine, in place where `changeable` is not null, so that a program has it once.
[[gnu::noinline]] inline bool decode_body(const table& type, void* value, text body,
                                          char* changeable, arena& memory,
                                          const decode_options& options, void* failure) {
    const auto read = [&](sink& out) { return builtin_engine::run(body, changeable, out); };
    return decode_by(read, type, value, memory, options, failure);
}

template <class Engine>
bool decode_by(const table& type, void* value, text body, arena& memory,
               const decode_options& options, void* failure) {
    if constexpr (std::is_same_v<Engine, builtin_engine>) {
        return decode_body(type, value, body, nullptr, memory, options, failure);
    } else {
        const auto read = [&](sink& out) { return Engine::run(body, out); };
        return decode_by(read, type, value, memory, options, failure);
    }
}
template <class Engine>
bool decode_by(const table& type, void* value, std::span<char> body, arena& memory,
               const decode_options& options, void* failure) {
    if constexpr (std::is_same_v<Engine, builtin_engine>) {
        const text content{body.data(), body.size()};
        return decode_body(type, value, content, body.data(), memory, options, failure);
    } else {
        const auto read = [&](sink& out) { return Engine::run_in_place(body, out); };
        return decode_by(read, type, value, memory, options, failure);
    }
}

/// `body` may be changed when it is no text.
template <class T, class Engine, class Body>
result<T> decode_value(Body body, arena& memory, const decode_options& options) {
    result<T> made{tipring::detail::unwritten{}};
    tipring::detail::clear(*made);
    error_room room;
    if (!decode_by<Engine>(table_of<T>, &*made, body, memory, options, &room)) made = room.failure;
    return made;
}
template <class Engine, class Body>
result<void> decode_table(const table& type, void* value, Body body, arena& memory,
                          const decode_options& options) {
    error_room room;
    if (decode_by<Engine>(type, value, body, memory, options, &room)) return {};
    return room.failure;
}

} // namespace detail

/// Decodes into `value`, which is `type`'s object with all members absent. For callers that work
/// with tables.
template <class Engine = builtin_engine>
result<void> decode_into(const table& type, void* value, text body, arena& memory,
                         const decode_options& options = default_decode_options) {
    return detail::decode_table<Engine>(type, value, body, memory, options);
}
template <class Engine = builtin_engine>
result<void> decode_into_in_place(const table& type, void* value, std::span<char> body,
                                  arena& memory,
                                  const decode_options& options = default_decode_options) {
    return detail::decode_table<Engine>(type, value, body, memory, options);
}

/// Decodes a JSON object into a T. The value views `body` and `memory`: keep both as long as the
/// value. Text with escapes and arrays take room in `memory`; nothing else does. On failure
/// `memory` is as it was.
///
///     auto user = json::decode<miarec::user>(body, memory);
template <described T, class Engine = builtin_engine>
result<T> decode(text body TIPRING_LIFETIMEBOUND, arena& memory TIPRING_LIFETIMEBOUND,
                 const decode_options& options = default_decode_options) {
    return detail::decode_value<T, Engine>(body, memory, options);
}

/// As decode(), but text with escapes is unescaped inside `body`, which is changed by that:
/// afterwards it is no JSON any more, even when decoding failed. Only arrays take room in `memory`.
template <described T, class Engine = builtin_engine>
result<T> decode_in_place(std::span<char> body TIPRING_LIFETIMEBOUND,
                          arena& memory TIPRING_LIFETIMEBOUND,
                          const decode_options& options = default_decode_options) {
    return detail::decode_value<T, Engine>(body, memory, options);
}

} // namespace tipring::inline TIPRING_ABI::json
