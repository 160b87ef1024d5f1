// Errors: CloudLink's with what its support asks for, and tipring's, before anything is sent.
#include "walk.hpp"

namespace tour {

namespace {

template <class T>
void show_refusal(const account& who, const http::answer<T>& got, int status, text what) {
    const http::api_error* const said = got.refusal();
    who.require(said != nullptr && said->status == status, "that is not the refusal that was due");
    who.require(!said->message.empty() && !said->correlation_id.empty(),
                "the refusal says nothing, or has no correlation id");
    who.tell(join(what, ": ", said->code, ": ", said->message));
    remark(join("for Mitel's support: ", said->correlation_id));
}

void expect_error(const tipring::result<http::request>& built, tipring::errc code, text tried) {
    if (built || built.code() != code) throw failed{join(tried, " was not refused")};
    attempt(tried, "-", said(built.error()));
}

} // namespace

void show_errors(account& anna, const surroundings& around) {
    section("5. Errors");
    show_refusal(anna, anna.ask(cloudlink::view_user{.user_id = cloudlink::user_id{"nobody"}}), 404,
                 "a user that there is not");
    constexpr cloudlink::odata::string_property shoe_size{"shoeSize"};
    show_refusal(anna, anna.ask(cloudlink::list_users{.query = {.filter = shoe_size == "46"}}), 400,
                 "a property that users do not have");
    show_refusal(anna,
                 anna.ask(cloudlink::list_groups{.account_id = cloudlink::account_id{"327410625"}}),
                 501, "what the stand-in cannot do");

    const cloudlink::list_users op{};
    cloudlink::platform place = anna.place();
    place.app = {};
    expect_error(tipring::encode(op, place, anna.fresh_request_memory()),
                 tipring::errc::missing_parameter, "without saying who we are");
    const cloudlink::service_address sandbox[] = {
        {.service = cloudlink::service::admin, .origin = "https://admin.dev.api.mitel.io"}};
    place = {.addresses = sandbox, .app = around.app};
    expect_error(tipring::encode(op, place, anna.fresh_request_memory()),
                 tipring::errc::mixed_environments, "a host of the sandbox in production");
    expect_error(tipring::encode(cloudlink::view_user{.user_id = cloudlink::user_id{".."}},
                                 anna.place(), anna.fresh_request_memory()),
                 tipring::errc::bad_parameter, "a user whose id is two dots");
}

} // namespace tour
