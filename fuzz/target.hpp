// What all fuzz targets share: the function that libFuzzer calls, how an oracle ends the program,
// and the two shapes of inputs: some bytes of choices with a JSON document behind them, or choices
// and lines of text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "guard_page.hpp"

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

/// Ends the program when `holds` is false, with what should have held.
inline void require(bool holds, const char* what, std::string_view about) {
    if (!holds) require_none(what, about);
}

/// `content` where nothing that can be read follows, until the next call.
inline std::string_view before_end_of_memory(std::string_view content) {
    static exact_memory::text_before_end page;
    const std::span<char> held = page.keep(content);
    return {held.data(), held.size()};
}

/// Reads an input from the left: bytes of choices, lines of text. Behind its end are zeros and
/// empty text.
class input_reader {
public:
    input_reader(const std::uint8_t* data, std::size_t size)
        : rest_{reinterpret_cast<const char*>(data), size} {}

    /// A letter or digit counts as its place in `0-9a-z`, so that corpora can be text.
    unsigned choice(unsigned end) {
        if (rest_.empty()) return 0;
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        const bool is_letter = byte >= 'a' && byte <= 'z';
        const bool is_digit = byte >= '0' && byte <= '9';
        return (is_letter ? byte - 'a' + 10u : is_digit ? byte - '0' + 0u : byte) % end;
    }
    /// Up to a line feed, which is passed over.
    std::string_view line() {
        const std::string_view taken = rest_.substr(0, rest_.find('\n'));
        rest_.remove_prefix(taken.size() < rest_.size() ? taken.size() + 1 : taken.size());
        return taken;
    }
    std::string_view rest() const { return rest_; }
    bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

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
