#include "measurement.hpp"

namespace bench {

namespace {

/// What a page says, with `rows` in the place of its list of rows.
std::uint64_t page_checksum(const json::table& type, const void* page, const list_checksum& rows) {
    std::vector<std::byte> copy(type.size);
    std::memcpy(copy.data(), page, type.size);
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        if (m.kind == json::kind::array) std::memset(copy.data() + m.offset, 0, sizeof(text));
    }
    return checksum(type, copy.data()) ^ rows.value();
}

list_checksum rows_of(const json::table& type, const std::byte* page) {
    list_checksum sum;
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        if (m.kind != json::kind::array) continue;
        const json::untyped_list rows = json::list_of(m, page);
        for (std::size_t row = 0; row < rows.size; ++row)
            sum.add(checksum(*m.type, rows.data + row * m.type->size));
    }
    return sum;
}

} // namespace

bool row_reader::check() {
    const json::table& type = *input_.type;
    const void* const expected = reference_of(input_).object();
    list_checksum rows;
    return read(&rows) == records() &&
           page_checksum(type, page(), rows) ==
               page_checksum(type, expected,
                             rows_of(type, static_cast<const std::byte*>(expected)));
}

} // namespace bench
