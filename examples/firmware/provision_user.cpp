// Creates a user of a recorder and learns the id that it got: V46 of tests/vectors/miarec/users.md.
// Then what happens when the arena is too small, which a device should know before it is in the
// field: the error says how much is needed.
#include <tipring/auth/basic.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/request.hpp>
#include <tipring/miarec/user.hpp>

#include "common/program.hpp"

using namespace tipring;
using program::check;

namespace {

static_arena<1024> memory;
char wire[1024];

constexpr text extensions[] = {"2001", "2002"};
constexpr open<miarec::record_direction> directions[] = {miarec::record_direction::in,
                                                         miarec::record_direction::out};

} // namespace

int board::main() {
    const auto login = auth::basic_authorization::make("apiuser", secret{"secret"});
    check(login.has_value(), 10, "name and password");
    const origin_server recorder{.origin = "https://recorder.example",
                                 .authorization = login->header()};
    const miarec::create_user create{
        .user = miarec::user{.name = "John Smith",
                             .group_id = miarec::group_id{"47f53fcc-9201-11e5-b4ef-e03f497dbdff"},
                             .role_id = miarec::role_id{"5b139cee-f13a-11e5-9615-e03f497dbdff"},
                             .timezone = "Europe/London",
                             .fieldset_recording =
                                 miarec::user_recording{.record = miarec::record::always,
                                                        .extensions = extensions,
                                                        .record_direction = directions},
                             .fieldset_licensing = miarec::user_licensing{.recording_seat = true}}};

    const auto request = encode(create, recorder, memory);
    check(request.has_value(), 11, "the request is built");
    const text sent = program::put_on_the_wire(*request, "recorder.example", wire);
    line(sent);
    check(request->body == R"({"user":{"name":"John Smith",)"
                           R"("group_id":"47f53fcc-9201-11e5-b4ef-e03f497dbdff",)"
                           R"("role_id":"5b139cee-f13a-11e5-9615-e03f497dbdff",)"
                           R"("timezone":"Europe/London",)"
                           R"("fieldset_recording":{"record":"always",)"
                           R"("extensions":["2001","2002"],"record_direction":["in","out"]},)"
                           R"("fieldset_licensing":{"recording_seat":true}}})",
          12, "the body is that of the document");

    memory.reset();
    const http::header location[] = {
        {.name = "Location", .value = "/api/v2/users/e011c408-f288-11e4-9b73-e03f497dbdff.json"}};
    const auto created =
        decode<miarec::create_user>(http::response{.status = 201, .headers = location}, memory);
    check(created.has_value(), 13, "success is read");
    check(created->id == miarec::user_id{"e011c408-f288-11e4-9b73-e03f497dbdff"}, 14,
          "with the new id");

    static_arena<64> small;
    const auto failed = encode(create, recorder, small);
    check(failed.code() == errc::capacity && !failed.error().needed_is_lower_bound, 15,
          "a small arena is an error");
    line("the request needs an arena of ", static_cast<std::uint32_t>(failed.error().needed));
    check(failed.error().needed <= sizeof memory, 16, "which this device has");
    return program::finish("provisioned");
}
