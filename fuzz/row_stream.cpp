// Any bytes as a list answer, cut anywhere, read by the row stream with any size of memory: as the
// decoder reads the whole body (row_stream_oracle.hpp). Input: which list, where to cut (two
// bytes), how much memory, then the body.
#include <tipring/miarec/miarec.hpp>

#include "mutate.hpp"
#include "nested_pages.hpp"
#include "row_stream_oracle.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

const std::size_t fuzz::choices_size = 4;

namespace {

/// Chunks of one size up to 64 bytes, or of sizes that are as good as random.
std::vector<std::size_t> cuts_of(std::uint8_t kind, std::uint8_t more, std::size_t size) {
    if (kind < 64) return fuzz::cuts_every(kind + 1u, size);
    fuzz::random source{std::uint64_t{kind} << 8 | more};
    const std::size_t longest = 1 + source.below(kind < 160 ? 8 : 300);
    std::vector<std::size_t> cuts;
    for (std::size_t at = source.below(longest); at < size; at += 1 + source.below(longest))
        cuts.push_back(at);
    return cuts;
}

template <class Op>
void read(const fuzz::document_input<fuzz::choices_size>& input) {
    const fuzz::row_stream_oracle<Op> oracle{input.document};
    const auto cuts = cuts_of(input.choices[1], input.choices[2], input.document.size());
    fuzz::require_none(oracle.difference({}), input.document);
    fuzz::require_none(oracle.difference(cuts), input.document);
    if (input.choices[3] != 0)
        fuzz::require_none(oracle.difference(cuts, std::size_t{input.choices[3]} * 8),
                           input.document);
}

/// Corpora name a list by its number: add at the end.
constexpr void (*readers[])(const fuzz::document_input<fuzz::choices_size>&) = {
    read<tipring::miarec::list_calls>,          read<tipring::miarec::list_users>,
    read<tipring::miarec::list_custom_fields>,  read<tipring::miarec::list_tenants>,
    read<tipring::miarec::list_groups>,         read<tipring::nested_pages::list_users>,
    read<tipring::nested_pages::list_strictly>, read<tipring::nested_pages::list_both>,
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::document_input<fuzz::choices_size> input{data, size};
    if (input.is_complete) readers[input.choices[0] % std::size(readers)](input);
    return 0;
}
