// What all fuzz targets share: the function that libFuzzer calls, how an oracle ends the program,
// and inputs that are some bytes of choices with a JSON document behind them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

/// Every target defines it. Returns 0, or ends the program when an oracle does not hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

/// Ends the program when `difference` says something.
inline void require_none(const std::string& difference, std::string_view document) {
    if (difference.empty()) return;
    std::fprintf(stderr, "oracle: %s\ndocument: %.*s\n", difference.c_str(),
                 static_cast<int>(document.size()), document.data());
    std::abort();
}

/// `ChoicesSize` bytes of choices, then a document.
template <std::size_t ChoicesSize>
struct document_input {
    std::uint8_t choices[ChoicesSize] = {};
    std::string_view document;
    bool is_complete = false;

    document_input(const std::uint8_t* data, std::size_t size) {
        if (size < ChoicesSize) return;
        std::memcpy(choices, data, ChoicesSize);
        document = {reinterpret_cast<const char*>(data) + ChoicesSize, size - ChoicesSize};
        is_complete = true;
    }
};

/// Every target whose inputs are such defines it: how many bytes of choices they have.
extern const std::size_t choices_size;

} // namespace fuzz
