// Reader and decoder: the record to its nine fields; its text, escapes and all, and what it has
// besides are checked.
#include "../part.hpp"
#include "../record_types.hpp"

bool job() {
    static char bytes[512];
    tipring::arena memory{std::as_writable_bytes(std::span{bytes})};
    const auto* const document = hidden(&record::document);
    const auto decoded = tipring::json::decode<record::call>(*document, memory);
    return decoded && record::are_right(record::fields_of(*decoded));
}
