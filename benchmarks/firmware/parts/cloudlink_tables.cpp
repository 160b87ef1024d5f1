// The tables of CloudLink's operations and of all types in their requests and answers.
#include "../cloudlink_lists.hpp"
#include "../tables.hpp"

bool job() {
    return use_cloudlink_lists([](auto list) { return tables::keep_all(list); });
}
