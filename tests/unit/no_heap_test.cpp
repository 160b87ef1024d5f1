// The guard itself: it must see an allocation, or every "no heap" claim of the other tests is worth
// nothing.
#include "no_heap.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

TEST_CASE("no_heap_guard: a stretch without allocations counts none") {
    no_heap_guard guard;
    volatile int sum = 0;
    for (int i = 0; i < 3; ++i) {
        sum = sum + i;
    }
    CHECK(guard.stop() == 0);
}

// In tests_small an allocation ends the program, which the check `no_heap_aborts` looks at from
// outside.
#if !defined(TIPRING_TEST_BARE)
TEST_CASE("no_heap_guard: malloc, new and containers are seen") {
    no_heap_guard guard;
    void* volatile raw = std::malloc(10);
    std::free(raw);
    auto after_malloc = guard.allocations();
    int* volatile single = new int{3};
    delete single;
    auto after_new = guard.allocations();
    std::vector<int> many(100);
    many[0] = 1;
    std::string text(100, 'x');
    // Stored where the optimizer cannot look, so that it keeps the allocations.
    void const* volatile kept = many.data();
    kept = text.data();
    auto after_containers = guard.stop();
    std::string later(200, 'y');

    CHECK(kept == text.data());
    CHECK(after_malloc == 1);
    CHECK(after_new == 2);
    CHECK(after_containers == 4);
    CHECK(guard.allocations() == 4);
    CHECK(many[0] + static_cast<int>(text.size() + later.size()) == 301);
}

TEST_CASE("no_heap_guard: guards nest") {
    no_heap_guard outer;
    int* volatile first = new int{1};
    delete first;
    no_heap_guard inner;
    int* volatile second = new int{2};
    delete second;
    auto inside = inner.stop();
    auto all = outer.stop();
    CHECK(inside == 1);
    CHECK(all == 2);
}
#else
TEST_CASE("no_heap_guard: an allocation under a guard aborts" * doctest::skip()) {
    no_heap_guard guard;
    int* volatile single = new int{3};
    delete single;
    guard.stop();
}
#endif
