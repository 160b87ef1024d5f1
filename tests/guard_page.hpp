// Text that ends where the readable memory of the process ends, so that one byte read past it stops
// any build of the program, with a sanitizer or without. Where pages cannot be protected, and under
// AddressSanitizer, which names the place better, it is a heap block of exactly the text's size.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

#if defined(__SANITIZE_ADDRESS__)
#define TIPRING_TEST_GUARD_PAGE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TIPRING_TEST_GUARD_PAGE 0
#endif
#endif
#ifndef TIPRING_TEST_GUARD_PAGE
#if __has_include(<sys/mman.h>) && __has_include(<unistd.h>)
#define TIPRING_TEST_GUARD_PAGE 1
#else
#define TIPRING_TEST_GUARD_PAGE 0
#endif
#endif

#if TIPRING_TEST_GUARD_PAGE
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace exact_memory {

/// Holds one text at a time; keep() makes the views of the one before invalid.
class text_before_end {
public:
    text_before_end() = default;
    text_before_end(const text_before_end&) = delete;
    text_before_end& operator=(const text_before_end&) = delete;
    ~text_before_end() { release(); }

    std::span<char> keep(std::string_view content) {
        char* const at = room_for(content.size());
        if (!content.empty()) std::memcpy(at, content.data(), content.size());
        return {at, content.size()};
    }

private:
#if TIPRING_TEST_GUARD_PAGE
    char* room_for(std::size_t size) {
        if (size > size_) {
            release();
            const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
            size_ = (size / page + 1) * page;
            void* const mapped = mmap(nullptr, size_ + page, PROT_READ | PROT_WRITE,
                                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (mapped == MAP_FAILED) give_up();
            begin_ = static_cast<char*>(mapped);
            if (mprotect(begin_ + size_, page, PROT_NONE) != 0) give_up();
            mapped_ = size_ + page;
        }
        return begin_ + size_ - size;
    }
    void release() {
        if (begin_ != nullptr) munmap(begin_, mapped_);
        begin_ = nullptr;
    }
    static void give_up() {
        std::perror("guard_page");
        std::abort();
    }

    char* begin_ = nullptr;
    std::size_t size_ = 0;
    std::size_t mapped_ = 0;
#else
    char* room_for(std::size_t size) {
        release();
        begin_ = new char[size > 0 ? size : 1];
        return begin_;
    }
    void release() {
        delete[] begin_;
        begin_ = nullptr;
    }

    char* begin_ = nullptr;
#endif
};

} // namespace exact_memory
