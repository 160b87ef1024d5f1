// Tables alone: those of operations and of what they answer, with all types within.
#pragma once

#include "part.hpp"

#include <tipring/http/answer.hpp>

namespace tables {

using namespace tipring;

template <class T>
bool keep() {
    if constexpr (json::described<T>)
        return hidden(&json::table_of<T>)->size < 0xFFFF;
    else
        return true;
}

template <class... Op>
bool keep_all(http::operation_list<Op...>) {
    return (
        (hidden(&http::operation_of<Op>) != nullptr && keep<Op>() && keep<typename Op::answer>()) &&
        ...);
}

} // namespace tables
