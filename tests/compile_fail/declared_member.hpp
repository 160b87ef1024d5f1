// A type whose one member has the type `declared`.
#pragma once

#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct row {
    declared value{};
};
TIPRING_DESCRIBE(row, TIPRING_MEMBER(value, ""));
} // namespace tipring::inline TIPRING_ABI::example
