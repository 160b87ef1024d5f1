// Shows that a piece of code does not allocate. What it watches (malloc, or operator new where
// malloc cannot be replaced) is in no_heap.cpp. Nothing here is part of the library.
#pragma once

#include <cstddef>

namespace no_heap {

/// While a guard lives, allocations of this thread are counted; in `tests_small`
/// (TIPRING_TEST_BARE) the first one aborts the program with a message instead. Guards nest.
/// doctest's own macros may allocate, so keep them out of the guarded scope:
///
///     no_heap_guard guard;
///     auto got = decode(...);
///     CHECK(guard.stop() == 0);
class guard {
public:
    guard() noexcept;
    ~guard();
    guard(guard const&) = delete;
    guard& operator=(guard const&) = delete;

    /// Allocations since this guard was made (up to `stop()`, once that was called).
    [[nodiscard]] std::size_t allocations() const noexcept;

    /// Ends the guarded stretch and returns `allocations()`. May be called more than once.
    std::size_t stop() noexcept;

private:
    std::size_t start_;
    std::size_t end_ = 0;
    bool armed_ = true;
};

} // namespace no_heap

using no_heap_guard = no_heap::guard;
