// A program that uses operations as firmware does: each request is built, each answer is read.
#pragma once

#include "part.hpp"

#include <span>

#include <tipring/http/answer.hpp>
#include <tipring/http/request.hpp>

namespace operations {

using namespace tipring;

inline static_arena<4096> memory;
/// With a version, which CloudLink's paths start with.
inline const origin_server server{.origin = "https://recorder.example", .prefix = "/2017-09-01"};
inline http::response response{.status = 200, .body = "{}"};

/// Whether both went as they do without any parameters and without any members: an error is fine,
/// and never a fault.
template <class Op>
[[gnu::noinline]] bool use() {
    static Op op;
    memory.reset();
    const auto request = encode(*hidden(&op), server, memory);
    const auto answer = decode<Op>(*hidden(&response), memory);
    return hidden(&request) != nullptr && hidden(&answer) != nullptr;
}

template <class... Op>
bool use_all(http::operation_list<Op...>) {
    return (use<Op>() && ...);
}

} // namespace operations
