#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <tipring/cloudlink/authentication.hpp>
#include <tipring/http/bounds.hpp>
#include <tipring/http/request.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/miarec/call.hpp>
#include <tipring/miarec/group.hpp>
#include <tipring/miarec/tenant.hpp>
#include <tipring/miarec/user.hpp>

using namespace tipring;

namespace {

const origin_server server{.origin = "https://recorder.example"};
const origin_server cloud_server{.origin = "https://authentication.api.mitel.io",
                                 .prefix = "/2017-09-01"};

/// What the request exactly needs is no more than the bound, and the bound is no dream either: how
/// many times is a matter of the size of pointers.
template <class Op>
void check_bound(const Op& op, std::size_t bound, std::size_t at_most_times,
                 const origin_server& to = server) {
    arena none;
    const auto refused = encode(op, to, none);
    REQUIRE(refused.code() == errc::capacity);
    CHECK(refused.error().needed <= bound);
    CHECK(bound <= at_most_times * refused.error().needed);
    std::vector<std::byte> bytes(bound);
    arena enough{std::span<std::byte>{bytes}};
    CHECK(encode(op, to, enough));
}

const std::string worst(std::size_t size) {
    return std::string(size, '\x01');
}
constexpr text a_uuid = "546340bf-7b47-11e4-85a4-e03f497dbdff";

} // namespace

TEST_CASE("bounds: requests of any text are within them") {
    check_bound(miarec::mute_call{.call_id = miarec::call_id{a_uuid},
                                  .action = miarec::muting_action::unmute},
                http::request_bound<miarec::mute_call>(a_uuid.size() + 6), 4);
    const std::string strange = "\xF0\x9F\x93\x9E/\xF0\x9F\x93\x9E";
    check_bound(miarec::view_user{.user_id = miarec::user_id{strange}},
                http::request_bound<miarec::view_user>(strange.size()), 3);
    check_bound(miarec::list_groups{.limit = 1000, .start = 2147483647, .search_term = strange},
                http::request_bound<miarec::list_groups>(strange.size()), 6);
    check_bound(miarec::call_file{.call_id = miarec::call_id{a_uuid},
                                  .file_id = a_uuid,
                                  .range = http::byte_range{.first = 0, .last = INT64_MAX}},
                http::request_bound<miarec::call_file>(2 * a_uuid.size()), 4);
}

TEST_CASE("bounds: bodies of the worst text are within them, with elements of lists") {
    const std::string name = worst(100);
    const text extensions[] = {name, name, ""};
    const miarec::create_user op{
        .user = miarec::user{.name = name,
                             .is_active = false,
                             .email = name,
                             .fieldset_recording = miarec::user_recording{
                                 .extensions = extensions, .on_demand_default = null}}};
    check_bound(op, http::request_bound<miarec::create_user>(4 * name.size(), 3), 2);
    check_bound(cloudlink::password_grant{.username = name, .password = secret{name}},
                http::request_bound<cloudlink::password_grant>(2 * name.size() + 8 +
                                                               cloud_server.prefix.size()),
                4, cloud_server);
    std::string body(json::encoded_bound<miarec::user>(4 * name.size(), 3), ' ');
    CHECK(json::encode(*op.user, std::span<char>{body}));
}

TEST_CASE("bounds: the widest numbers are within them") {
    const miarec::tenant tenant{.fieldset_licensing =
                                    miarec::tenant_licensing{.recording_seats = INT32_MIN}};
    std::string body(json::encoded_bound<miarec::tenant>(0), ' ');
    CHECK(json::encode(tenant, std::span<char>{body}));
    static_assert(json::encoded_bound<miarec::tenant>(1) ==
                  json::encoded_bound<miarec::tenant>(0) + 6);
}
