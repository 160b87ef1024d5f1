// Any bytes as any described type: const, in place and by Boost.JSON, they are the same value or
// the same error (decode_oracle.hpp). Input: which type, which options, how much memory, then the
// document.
#include "decode_oracle.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>

const std::size_t fuzz::choices_size = 3;

namespace {

tipring::json::decode_options options_of(std::uint8_t choice) {
    tipring::json::decode_options made;
    made.lenient_numbers = (choice & 1) != 0;
    constexpr unsigned depths[] = {32, 64, 2, 5};
    made.max_depth = depths[choice >> 1 & 3];
    if ((choice & 8) != 0) made.max_text = 10;
    if ((choice & 16) != 0) made.max_elements = 3;
    if ((choice & 32) != 0) made.max_keys = 2;
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::document_input<fuzz::choices_size> input{data, size};
    if (!input.is_complete) return 0;
    const auto& types = every_type();
    const tipring::json::table& type = *types[input.choices[0] % types.size()].table;
    fuzz::decode_oracle oracle;
    fuzz::require_none(oracle.difference(type, input.document, options_of(input.choices[1]),
                                         std::size_t{input.choices[2]} * 24),
                       input.document);
    return 0;
}
