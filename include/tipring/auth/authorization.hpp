// The Authorization header that keeps its own bytes: what Basic and Bearer share. Not here: what is
// in it (basic.hpp, bearer.hpp).
#pragma once

#include <cstddef>

#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>

namespace tipring::inline TIPRING_ABI::auth::detail {

/// Room for a header's value of up to `MaxSize` bytes, wiped when it is destroyed, moved from or
/// assigned to, and not copied.
template <std::size_t MaxSize>
class kept_authorization {
public:
    using owns_its_bytes = void;

    constexpr kept_authorization() = default;
    constexpr kept_authorization(kept_authorization&& other) noexcept { take(other); }
    constexpr kept_authorization& operator=(kept_authorization&& other) noexcept {
        if (this != &other) {
            clear();
            take(other);
        }
        return *this;
    }
    constexpr ~kept_authorization() { clear(); }

    constexpr bool empty() const { return size_ == 0; }
    /// The header, marked secret; a view that dies when this is moved or destroyed.
    constexpr http::header header() const& TIPRING_LIFETIMEBOUND {
        return {.name = "Authorization", .value = text{bytes_, size_}, .is_secret = true};
    }
    http::header header() const&& = delete;

protected:
    /// What `write` writes, which fits.
    template <class Write>
    constexpr void put(const Write& write) {
        writer out{bytes_};
        write(out);
        size_ = out.size();
    }

private:
    constexpr void take(kept_authorization& other) {
        for (std::size_t i = 0; i < other.size_; ++i) bytes_[i] = other.bytes_[i];
        size_ = other.size_;
        other.clear();
    }
    constexpr void clear() {
        wipe_array(bytes_);
        size_ = 0;
    }

    std::size_t size_ = 0;
    char bytes_[MaxSize] = {};
};

} // namespace tipring::inline TIPRING_ABI::auth::detail
