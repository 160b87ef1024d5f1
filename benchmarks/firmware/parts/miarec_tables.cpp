// The tables of MiaRec's operations and of all types in their requests and answers.
#include "../tables.hpp"

#include <tipring/server/miarec.hpp>

bool job() {
    return tables::keep_all(tipring::server::miarec::detail::all_operations{});
}
