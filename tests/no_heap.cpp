// Counts allocations for no_heap.hpp. Three ways, because not every build lets malloc be replaced:
// AddressSanitizer has hooks, glibc and newlib let a program define malloc (their operator new ends
// there too), elsewhere operator new is replaced.
#include "no_heap.hpp"

#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__)
#define NO_HEAP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NO_HEAP_ASAN 1
#endif
#endif

#if defined(__GLIBC__) || defined(NO_HEAP_ASAN)
#include <unistd.h>
#define NO_HEAP_THREAD thread_local
#else
#include <cstdio>
#include <new>
#define NO_HEAP_THREAD
#endif

namespace {

// Per thread where that is free of charge: the threads of the tools around a test may allocate.
NO_HEAP_THREAD int armed = 0;
NO_HEAP_THREAD std::size_t count = 0;

#if defined(TIPRING_TEST_BARE)
[[noreturn]] void refuse() noexcept {
    static constexpr char message[] =
        "no_heap: memory was allocated while a no_heap_guard was armed\n";
    armed = 0;
#if defined(__GLIBC__) || defined(NO_HEAP_ASAN)
    // stdio may allocate its buffer, so the message goes out by itself.
    [[maybe_unused]] auto written = ::write(2, message, sizeof message - 1);
#else
    std::fputs(message, stderr);
#endif
    std::abort();
}
#endif

[[maybe_unused]] void note_allocation() noexcept {
    if (armed == 0) {
        return;
    }
#if defined(TIPRING_TEST_BARE)
    refuse();
#else
    ++count;
#endif
}

} // namespace

namespace no_heap {

guard::guard() noexcept : start_{count} {
    ++armed;
}

guard::~guard() {
    stop();
}

std::size_t guard::allocations() const noexcept {
    return (armed_ ? count : end_) - start_;
}

std::size_t guard::stop() noexcept {
    if (armed_) {
        --armed;
        end_ = count;
        armed_ = false;
    }
    return end_ - start_;
}

} // namespace no_heap

#if defined(NO_HEAP_ASAN)

// Declared here because GCC ships the function but not its header.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(void const volatile*,
                                                                           std::size_t),
                                                         void (*on_free)(void const volatile*));

namespace {

[[maybe_unused]] int const hooked = __sanitizer_install_malloc_and_free_hooks(
    [](void const volatile*, std::size_t) { note_allocation(); }, [](void const volatile*) {});

} // namespace

#elif defined(__GLIBC__)

// The names behind malloc and the rest, which glibc exports for this very purpose. What they return
// is freed by glibc's own free.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept {
    note_allocation();
    return __libc_malloc(size);
}

void* calloc(std::size_t items, std::size_t size) noexcept {
    note_allocation();
    return __libc_calloc(items, size);
}

void* realloc(void* old, std::size_t size) noexcept {
    note_allocation();
    return __libc_realloc(old, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    note_allocation();
    return __libc_memalign(alignment, size);
}
}

#elif defined(_NEWLIB_VERSION)

// newlib has malloc and free in one object, so both are defined; calloc and realloc go straight to
// the names behind them.
extern "C" {
void* malloc(std::size_t size) {
    note_allocation();
    return _malloc_r(_REENT, size);
}

void free(void* memory) {
    _free_r(_REENT, memory);
}
}

#else

void* operator new(std::size_t size) {
    note_allocation();
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    std::abort();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

#endif
