// What a caller may set when JSON is read, and what it learns besides the value.
#pragma once

#include <cstddef>

#include <tipring/core/config.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// What decoding noticed that is not an error.
struct decode_report {
    /// Members that the table does not know; they were checked and passed over. Servers add members
    /// at any time.
    std::size_t unknown_members = 0;
    /// Misspelt names that were accepted (quirks D-13, D-14, D-15).
    std::size_t misspelt_members = 0;
};

/// Limits and leniency. The defaults suit any documented answer and keep hostile ones harmless.
struct decode_options {
    /// How deep arrays and objects may nest, the outermost counted as 1; at most 64.
    unsigned max_depth = 32;
    /// Most bytes of one text, after unescaping.
    std::size_t max_text = std::size_t{1} << 20;
    /// Most elements of one array.
    std::size_t max_elements = 100'000;
    /// Most keys of one map. Each is compared with all before it, so large numbers cost time.
    std::size_t max_keys = 512;
    /// Integers are also taken from text such as "30" (quirk D-50).
    bool lenient_numbers = false;
    /// Where to note what was passed over; may be null.
    decode_report* report = nullptr;
};

/// What holds when nothing else is said. One object, so that calls need not make their own.
inline constexpr decode_options default_decode_options = {};

} // namespace tipring::inline TIPRING_ABI::json
