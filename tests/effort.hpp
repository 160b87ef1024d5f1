// How much of its longest loops a test does: all, or on emulated machines, which are twenty times
// slower, every so-manyth step (TIPRING_TEST_STRIDE, a prime, so that no bit stays what it was).
#pragma once

#include <cstddef>

#ifndef TIPRING_TEST_STRIDE
#define TIPRING_TEST_STRIDE 1
#endif

namespace effort {

inline constexpr unsigned stride = TIPRING_TEST_STRIDE;

/// Of so many rounds, those that are done.
constexpr std::size_t share(std::size_t rounds) {
    return rounds / stride + (rounds % stride != 0 ? 1u : 0u);
}

} // namespace effort
