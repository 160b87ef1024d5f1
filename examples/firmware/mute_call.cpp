// Pauses the recording of a call while card data is spoken: builds the request, reads the answer,
// and a refusal too. The messages are X05 of tests/vectors/miarec/calls.md, and an error in
// the form of its V47.
#include <tipring/auth/basic.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/request.hpp>
#include <tipring/miarec/call.hpp>

#include "common/program.hpp"

using namespace tipring;
using program::check;

namespace {

// A device has a few pieces of memory for all of its requests.
static_arena<512> memory;
char wire[512];

} // namespace

int board::main() {
    const auto login = auth::basic_authorization::make("apiuser", secret{"secret"});
    check(login.has_value(), 10, "name and password");
    const origin_server recorder{.origin = "https://recorder.example",
                                 .authorization = login->header()};
    const miarec::mute_call mute{.call_id = miarec::call_id{"546340bf-7b47-11e4-85a4-e03f497dbdff"},
                                 .action = miarec::muting_action::mute};

    const auto request = encode(mute, recorder, memory);
    check(request.has_value(), 11, "the request is built");
    const text sent = program::put_on_the_wire(*request, "recorder.example", wire);
    print(sent);
    check(sent == "POST /api/v2/calls/546340bf-7b47-11e4-85a4-e03f497dbdff.json/muting?action=mute "
                  "HTTP/1.1\r\nHost: recorder.example\r\n"
                  "Authorization: Basic YXBpdXNlcjpzZWNyZXQ=\r\nAccept: application/json\r\n"
                  "Content-Length: 0\r\n\r\n",
          12, "the request is that of the document");

    memory.reset();
    const auto muted = decode<miarec::mute_call>(http::response{.status = 200}, memory);
    check(muted.has_value(), 13, "success is read");

    const auto refused = decode<miarec::mute_call>(
        http::response{.status = 404,
                       .body = R"({"error":"NotFound","description":"No such call"})"},
        memory);
    check(!refused && refused.refusal() != nullptr, 14, "a refusal is read");
    check(refused.refusal()->status == 404 && refused.refusal()->message == "No such call", 15,
          "and says why");
    return program::finish("muted");
}
