// Bytes of fixed capacity for a secret that is kept: copied when it is copied, wiped when it is
// replaced, cleared or destroyed.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>

#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

/// Holds up to `Capacity` bytes.
template <std::size_t Capacity>
class secret_buffer {
public:
    secret_buffer() = default;
    secret_buffer(const secret_buffer& other) { copy(other); }
    secret_buffer& operator=(const secret_buffer& other) {
        if (this != &other) {
            clear();
            copy(other);
        }
        return *this;
    }
    ~secret_buffer() { clear(); }

    /// Replaces what is kept by `prefix` and `kept`, which may not view this buffer. errc::capacity
    /// with the Capacity that would have been enough; what was kept stays then.
    result<void> set(text prefix, secret kept) {
        const std::size_t needed = prefix.size() + kept.size();
        if (needed > Capacity) return error{.code = errc::capacity, .needed = needed};
        clear();
        writer out{bytes_};
        out.put(prefix);
        out.put(kept.reveal());
        size_ = needed;
        return {};
    }
    void clear() {
        wipe(std::span{bytes_}.first(size_));
        size_ = 0;
    }

    bool empty() const { return size_ == 0; }
    /// A view that dies when the buffer is changed or destroyed.
    secret view() const& TIPRING_LIFETIMEBOUND { return secret{text{bytes_, size_}}; }
    secret view() const&& = delete;

private:
    void copy(const secret_buffer& other) {
        if (other.size_ != 0) std::memcpy(bytes_, other.bytes_, other.size_);
        size_ = other.size_;
    }

    std::size_t size_ = 0;
    char bytes_[Capacity > 0 ? Capacity : 1] = {};
};

} // namespace tipring::inline TIPRING_ABI
