// A program with three operations: pausing a call, creating a user, looking at a user.
#include "../operations.hpp"

#include <tipring/miarec/call.hpp>
#include <tipring/miarec/user.hpp>

bool job() {
    using namespace tipring;
    return operations::use_all(
        http::operation_list<miarec::mute_call, miarec::create_user, miarec::view_user>{});
}
