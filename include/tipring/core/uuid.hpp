// UUIDs as text (RFC 9562): whether something is one, and a new one from random bytes that the
// caller draws. Not here: ids of one API, which are strong types and rarely checked (id.hpp).
#pragma once

#include <cstddef>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

/// `e769f6ec-ceb6-4b98-bab5-2dc0e720426c` has so many characters.
inline constexpr std::size_t uuid_size = 36;

namespace detail {

constexpr bool is_dash_of_uuid(std::size_t at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

} // namespace detail

/// The offset of the first character that keeps `written` from being 8-4-4-4-12 hexadecimal digits,
/// of either case; its size when it ends too early; text::npos when it is a UUID.
constexpr std::size_t find_bad_in_uuid(text written) {
    for (std::size_t at = 0; at < uuid_size; ++at) {
        if (at == written.size()) return at;
        const char c = written[at];
        if (detail::is_dash_of_uuid(at) ? c != '-' : hex_value(c) < 0) return at;
    }
    return written.size() == uuid_size ? text::npos : uuid_size;
}

constexpr bool is_uuid(text written) {
    return find_bad_in_uuid(written) == text::npos;
}

/// A UUID of version 4 in lower case (RFC 9562 section 5.4). Its text is its own.
class random_uuid {
public:
    using owns_its_bytes = void;

    /// Made from 16 bytes that the caller draws from the system's source of random numbers, of
    /// which six bits give way to version and variant. Another number of bytes is
    /// errc::bad_parameter with `random_bytes`.
    static constexpr result<random_uuid> make(text random_bytes) {
        if (random_bytes.size() != 16) return about(errc::bad_parameter, "random_bytes");
        constexpr text digits = "0123456789abcdef";
        random_uuid made;
        writer out{made.characters_};
        for (std::size_t i = 0; i < random_bytes.size(); ++i) {
            unsigned byte = static_cast<unsigned char>(random_bytes[i]);
            if (i == 6) byte = (byte & 0x0Fu) | 0x40u;
            if (i == 8) byte = (byte & 0x3Fu) | 0x80u;
            if (detail::is_dash_of_uuid(out.size())) out.put('-');
            out.put(digits[byte >> 4]);
            out.put(digits[byte & 0x0Fu]);
        }
        return made;
    }

    /// Views this object.
    constexpr text view() const& TIPRING_LIFETIMEBOUND { return {characters_, uuid_size}; }
    text view() const&& = delete;

private:
    constexpr random_uuid() = default;

    char characters_[uuid_size] = {};
};

} // namespace tipring::inline TIPRING_ABI
