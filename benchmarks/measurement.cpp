#include "measurement.hpp"

namespace bench {

namespace {

/// What a page says, with `rows` in the place of its list of rows.
std::uint64_t page_checksum(const json::table& type, const void* page, const list_checksum& rows) {
    std::vector<std::byte> copy(type.size);
    std::memcpy(copy.data(), page, type.size);
    const place_of_rows place = find_rows(type);
    std::memset(copy.data() + place.object_at + place.list->offset, 0, sizeof(text));
    return checksum(type, copy.data()) ^ rows.value();
}

list_checksum rows_of(const json::table& type, const std::byte* page) {
    list_checksum sum;
    const place_of_rows place = find_rows(type);
    const json::table& row_type = *place.list->type;
    const json::untyped_list rows = json::list_of(*place.list, page + place.object_at);
    for (std::size_t row = 0; row < rows.size; ++row)
        sum.add(checksum(row_type, rows.data + row * row_type.size));
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
