// What pager, session and retry are compared with: a request is built, a link is followed.
#include "../steps.hpp"

bool job() {
    memory.reset();
    const auto request = encode(*hidden(&groups), recorder, memory);
    const auto target = http::resolve(recorder.origin, "/", *hidden(&link), memory);
    return request && target && request->target.size() == target->size() - 8;
}
