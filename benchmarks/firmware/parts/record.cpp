// What reader and decoder are compared with: the record's tables, and looking at its nine fields.
#include "../part.hpp"
#include "../record_types.hpp"

bool job() {
    static record::fields found;
    const auto* const table = hidden(&tipring::json::table_of<record::call>);
    const auto* const document = hidden(&record::document);
    return table->member_count == 7 && document->size() == 897 &&
           !record::are_right(*hidden(&found));
}
