// What other decoders are compared with: looking at the nine fields.
#include "../part.hpp"
#include "../record.hpp"

bool job() {
    static record::fields found;
    const auto* const document = hidden(&record::document);
    return document->size() == 897 && !record::are_right(*hidden(&found));
}
