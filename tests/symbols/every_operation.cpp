// Uses every operation of both APIs, every way of reading an answer, every grant, a pager, a
// session and a row stream: what this object leaves undefined is what the library may ever want of
// a program (tests/symbols/run).
#include <tipring/server/cloudlink.hpp>
#include <tipring/server/miarec.hpp>
#include <tipring/tipring.hpp>

using namespace tipring;

namespace {

template <class T>
concept page_of_rows = requires {
    typename T::row;
};

template <class Op>
bool use(const Op& op, const origin_server& server, arena& memory, text body,
         std::span<char> changeable) {
    const auto request = encode(op, server, memory);
    const auto read = decode<Op>(http::response{.status = 200, .body = body}, memory);
    const auto in_place =
        decode<Op>(http::mutable_response{.status = 200, .body = changeable}, memory);
    bool good = request && read && in_place;
    if constexpr (page_of_rows<typename Op::answer>) {
        pager pages{server};
        good = pages.first(op, memory) && pages.next(body, memory) && good;
    }
    return good;
}

template <class... Op>
bool use_all(http::operation_list<Op...>, const origin_server& server, arena& memory, text body,
             std::span<char> changeable) {
    return (use<Op>({}, server, memory, body, changeable) && ...);
}

} // namespace

bool use_miarec(const origin_server& server, arena& memory, text body, std::span<char> changeable) {
    return use_all(server::miarec::detail::all_operations{}, server, memory, body, changeable);
}

bool use_cloudlink(const origin_server& server, arena& memory, text body,
                   std::span<char> changeable) {
    const auto all = [&](auto list) { return use_all(list, server, memory, body, changeable); };
    return all(cloudlink::authentication_operations{}) && all(cloudlink::admin_operations{}) &&
           all(cloudlink::chat_operations{}) && all(cloudlink::media_operations{}) &&
           all(cloudlink::notification_operations{}) && all(cloudlink::workflow_operations{}) &&
           all(cloudlink::router_operations{}) && all(cloudlink::director_operations{}) &&
           all(cloudlink::analytics_operations{}) && all(cloudlink::system_manager_operations{}) &&
           all(cloudlink::billing_operations{});
}

std::size_t use_rows(std::span<std::byte> room, text chunk) {
    row_stream<miarec::list_calls> calls{room};
    calls.feed(chunk);
    while (calls.next() != nullptr) {
    }
    return calls.end() ? calls.rows() : 0;
}

bool use_search(const origin_server& server, arena& memory, utc_instant now) {
    using namespace miarec::search;
    const miarec::list_calls op{
        .where = phone_number.includes("1234") &&
                 duration.between(std::chrono::seconds{30}, std::chrono::minutes{10})};
    const auto request = encode(op, server, memory);
    http::retry_state attempts{http::method::get};
    const auto step = attempts.lost(http::delivery::unknown, now, 1);
    return request && step.action == http::retry_action::wait;
}

text use_errors(const error& failure, std::span<char> line) {
    return describe(failure, line);
}
