// Encoder and writer: the nine fields and their neighbours to 460 bytes of JSON.
#include "../part.hpp"
#include "../values.hpp"

bool job() {
    static char bytes[512];
    const auto written = tipring::json::encode(*hidden(&record::value), *hidden(&bytes));
    return written && written->size() == 460;
}
