// What encoder and writer are compared with: the record's table and its value.
#include "../part.hpp"
#include "../values.hpp"

bool job() {
    static char bytes[512];
    const auto* const table = hidden(&tipring::json::table_of<record::call>);
    return table->member_count == 7 && hidden(&record::value)->files->size() == 2 &&
           (*hidden(&bytes))[0] == 0;
}
