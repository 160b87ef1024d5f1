// A program with every operation of CloudLink.
#include "../cloudlink_lists.hpp"
#include "../operations.hpp"

bool job() {
    return use_cloudlink_lists([](auto list) { return operations::use_all(list); });
}
