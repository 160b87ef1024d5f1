// A filter of OData as a server receives it: what is read is written, and read again it is the same
// filter; what is refused has an offset in the text, leaves nothing behind, and asks for more
// memory only when more memory helps. Input: size of memory, then the text.
#include <tipring/cloudlink/odata_parse.hpp>
#include <tipring/cloudlink/odata_print.hpp>
#include <tipring/core/arena.hpp>

#include "guard_page.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace tipring;
namespace odata = tipring::cloudlink::odata;

/// Memory of exactly that size.
struct block {
    explicit block(std::size_t size)
        : bytes{new char[size + 1]}, room{std::span<char>{bytes.get() + 1, size}} {}
    std::unique_ptr<char[]> bytes;
    arena room;
};

std::string wrong_after_failure(const error& failure, const odata::filter& read, arena& memory,
                                std::size_t size) {
    if (!read.empty()) return "a filter is left behind";
    if (memory.used() != 0) return "memory is left in use";
    switch (failure.code) {
    case errc::capacity:
        return failure.needed > memory.size() ? "" : "capacity that would have been enough";
    case errc::too_many: return failure.needed > odata::filter::capacity ? "" : "not too many";
    case errc::too_deep:
    case errc::unexpected_end:
    case errc::invalid_filter:
    case errc::bad_parameter:
    case errc::invalid_utf8:
    case errc::invalid_time:
    case errc::out_of_range: return failure.offset <= size ? "" : "an offset outside";
    default: return "another error";
    }
}

std::string wrong_after_reading(const odata::filter& read) {
    // Doubled quotes take more room than what was read only where they were doubled before.
    static char bytes[1u << 16];
    writer out{bytes};
    if (!print(read, out) || !out.fits()) return "cannot be written";
    static char again_bytes[1u << 16];
    static char room[1u << 12];
    arena memory{std::span<char>{room}};
    static exact_memory::text_before_end page;
    const std::span<char> held = page.keep(out.written());
    const auto again = odata::parse_filter(text{held.data(), held.size()}, memory);
    if (!again) return "what was written is refused";
    if (!(*again == read)) return "what was written is another filter";
    writer out_again{again_bytes};
    if (!print(*again, out_again) || out_again.written() != out.written()) return "another text";
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const text written =
        fuzz::before_end_of_memory({reinterpret_cast<const char*>(data) + 1, size - 1});
    block small{data[0] % 32u};
    odata::filter read;
    const auto outcome = odata::parse_filter(written, small.room, read);
    fuzz::require_none(outcome ? wrong_after_reading(read)
                               : wrong_after_failure(outcome.error(), read, small.room, size - 1),
                       written);

    block large{size};
    odata::filter same;
    const auto with_more = odata::parse_filter(written, large.room, same);
    if (with_more.code() == errc::capacity) fuzz::require_none("no end of capacity", written);
    const bool differs = outcome.code() != errc::capacity &&
                         (with_more.code() != outcome.code() ||
                          with_more.error().offset != outcome.error().offset || !(same == read));
    if (differs) fuzz::require_none("memory changes what is read", written);
    return 0;
}
