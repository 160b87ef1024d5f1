// A program with every operation of MiaRec.
#include "../operations.hpp"

#include <tipring/server/miarec.hpp>

bool job() {
    return operations::use_all(tipring::server::miarec::detail::all_operations{});
}
