// CloudLink's Admin API by the fact sheet: endpoints and members against lists typed from it, the
// requests and answers of its part I, and its quirks.
#include <tipring/server/cloudlink.hpp>
#include <tipring/tipring.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "api_tables.hpp"

using namespace tipring;
using cloudlink::account_id;
using cloudlink::user_id;

namespace {

using api_tables::members;
using api_tables::members_of;
using api_tables::written;
constexpr cloudlink::platform production{
    .app = {.name = "x-mitel-app", .value = "app=a-web/1;platform=linux/6;session=1;"},
    .authorization = {.name = "Authorization", .value = "Bearer t0ken", .is_secret = true}};

std::string line(const error& failure) {
    std::array<char, 200> buffer;
    return std::string{describe(failure, buffer)};
}

result<server::operation_in<cloudlink::admin_operations>> parse(const http::request& from,
                                                                arena& memory) {
    return server::cloudlink::parse<cloudlink::admin_operations>(from, memory,
                                                                 {.prefix = "/2017-09-01"});
}

/// `METHOD target body` of the request, which a server reads as the same operation.
template <class Op>
std::string request_of(const Op& op) {
    static_arena<16384> memory;
    const auto made = encode(op, production, memory);
    REQUIRE_MESSAGE(made, line(made.error()));
    CHECK(made->origin == "https://admin.api.mitel.io");
    CHECK((made->find("Authorization") == nullptr) ==
          std::is_same_v<Op, cloudlink::forgot_password>);
    const auto back = parse(*made, memory);
    REQUIRE_MESSAGE(back, line(back.error()));
    REQUIRE(std::holds_alternative<Op>(*back));
    CHECK(std::get<Op>(*back) == op);
    std::string shown{http::name(made->method)};
    shown += ' ';
    shown += made->target;
    if (!made->body.empty()) shown += ' ' + std::string{made->body};
    return shown;
}

/// What an endpoint is by the fact sheet, and what the operation makes of it.
struct documented_endpoint {
    text number;
    std::string made;
    text grade;
    text expected;
    text expected_grade;
};
template <class Op>
documented_endpoint of(text number, const Op& op, text expected,
                       text expected_grade = "vendor_code") {
    return {number, request_of(op), http::name(http::operation_of<Op>.evidence), expected,
            expected_grade};
}

template <class Op>
http::answer<typename Op::answer> answered(text body, arena& memory, int status = 200) {
    const auto got = decode<Op>(http::response{.status = status, .body = body}, memory);
    CHECK_MESSAGE((got || got.refusal() != nullptr), line(got.error()));
    return got;
}

/// V9.
constexpr text user_of_2017 =
    R"({"createdOn":"2017-05-08T21:12:17.804Z","modifiedOn":"2017-05-08T21:12:17.804Z",)"
    R"("accountId":105990045,"name":"Pat","userId":"pat@example.com","email":"pat@example.com",)"
    R"("role":"USER","emailVerified":true,"extensionVerified":false,"mobile":"+16475550140",)"
    R"("mobileVerified":true,"score":null,"phoneVerified":false,"sipAddress":"pat@example.com",)"
    R"("sipPassword":"833447942416","createdBy":"pat@example.com","modifiedBy":"pat@example.com"})";

} // namespace

TEST_CASE("CloudLink admin: every endpoint of B.2 with method, path and grade, and read back") {
    using namespace cloudlink;
    const cloudlink::account_id a{"7"};
    const cloudlink::user_id u{"me"};
    const cloudlink::tag_id t{"my tag"};
    const cloudlink::policy_id p{"account"};
    const cloudlink::statement_id s{"s1"};
    const cloudlink::partner_id n{"991000002"};
    const cloudlink::bulk_change change{
        .op = "update", .id = u, .body = cloudlink::user{.name = "B"}};
    const cloudlink::bulk_change changes[] = {change};
    const text any[] = {"*"};
    const raw_json tag{R"({"k":[1]})"};
    const documented_endpoint all[] = {
        of("AD-1", list_users{.query = {.skiptoken = "a/b==", .top = 10}},
           "GET /2017-09-01/users?$skiptoken=a%2Fb%3D%3D&$top=10", "documented"),
        of("AD-2", view_user{.user_id = u}, "GET /2017-09-01/users/me"),
        of("AD-3", view_user_tag{.user_id = u, .tag_id = t},
           "GET /2017-09-01/users/me/tags/my%20tag"),
        of("AD-4", make_forgot_password("b@x.example"),
           R"(PUT /2017-09-01/users/b%40x.example/password {"email":"b@x.example","action":"forgot"})"),
        of("AD-5", list_account_users{.account_id = a}, "GET /2017-09-01/accounts/7/users",
           "documented"),
        of("AD-6",
           create_user{.account_id = a, .user = cloudlink::user{.name = "B", .email = "b@x"}},
           R"(POST /2017-09-01/accounts/7/users {"name":"B","email":"b@x"})"),
        of("AD-7", view_account_user{.account_id = a, .user_id = u},
           "GET /2017-09-01/accounts/7/users/me"),
        of("AD-8",
           update_user{.account_id = a, .user_id = u, .user = cloudlink::user{.extension = "2001"}},
           R"(PUT /2017-09-01/accounts/7/users/me {"extension":"2001"})"),
        of("AD-9", delete_user{.account_id = a, .user_id = u},
           "DELETE /2017-09-01/accounts/7/users/me"),
        of("AD-10", patch_users{.account_id = a, .operations = changes},
           R"(PATCH /2017-09-01/accounts/7/users )"
           R"({"operations":[{"op":"update","id":"me","body":{"name":"B"}}]})"),
        of("AD-11", set_user_tag{.account_id = a, .user_id = u, .tag_id = t, .value = tag},
           R"(PUT /2017-09-01/accounts/7/users/me/tags/my%20tag {"k":[1]})"),
        of("AD-12", delete_user_tag{.account_id = a, .user_id = u, .tag_id = t},
           "DELETE /2017-09-01/accounts/7/users/me/tags/my%20tag"),
        of("AD-13", list_accounts{.query = {.top = 10000}}, "GET /2017-09-01/accounts?$top=10000"),
        of("AD-14", view_account{.account_id = a}, "GET /2017-09-01/accounts/7", "official"),
        of("AD-15", update_account{.account_id = a, .account = cloudlink::account{.user_limit = 5}},
           R"(PUT /2017-09-01/accounts/7 {"userLimit":5})", "official"),
        of("AD-16", delete_account{.account_id = a, .hard = true},
           "DELETE /2017-09-01/accounts/7?hard=true"),
        of("AD-17", set_account_tag{.account_id = a, .tag_id = t, .value = raw_json{"\"x\""}},
           R"(PUT /2017-09-01/accounts/7/tags/my%20tag "x")"),
        of("AD-18", delete_account_tag{.account_id = a, .tag_id = t},
           "DELETE /2017-09-01/accounts/7/tags/my%20tag"),
        of("AD-19", list_contacts{.account_id = a}, "GET /2017-09-01/accounts/7/contacts"),
        of("AD-20", view_contact{.account_id = a, .contact_id = cloudlink::contact_id{"c"}},
           "GET /2017-09-01/accounts/7/contacts/c"),
        of("AD-21", list_clients{.account_id = a}, "GET /2017-09-01/accounts/7/clients"),
        of("AD-22", view_client{.account_id = a, .client_id = cloudlink::client_id{"c"}},
           "GET /2017-09-01/accounts/7/clients/c"),
        of("AD-23",
           create_client{.account_id = a,
                         .client = cloudlink::client{.role = cloudlink::role::account_admin,
                                                     .type = client_type::app}},
           R"(POST /2017-09-01/accounts/7/clients {"role":"ACCOUNT_ADMIN","type":"APP"})",
           "official"),
        of("AD-24", list_groups{.account_id = a}, "GET /2017-09-01/accounts/7/groups", "official"),
        of("AD-25", view_group{.account_id = a, .group_id = cloudlink::group_id{"g"}},
           "GET /2017-09-01/accounts/7/groups/g"),
        of("AD-26", list_policies{.account_id = a}, "GET /2017-09-01/accounts/7/policies"),
        of("AD-27", view_policy{.account_id = a, .policy_id = p},
           "GET /2017-09-01/accounts/7/policies/account"),
        of("AD-28", list_policy_statements{.account_id = a, .policy_id = p},
           "GET /2017-09-01/accounts/7/policies/account/statements"),
        of("AD-29",
           create_policy_statement{.account_id = a,
                                   .policy_id = p,
                                   .statement = policy_statement{.statement_id = s,
                                                                 .effect = "Allow",
                                                                 .action = any,
                                                                 .resource = any}},
           R"(POST /2017-09-01/accounts/7/policies/account/statements )"
           R"({"statementId":"s1","effect":"Allow","action":["*"],"resource":["*"]})"),
        of("AD-30", view_policy_statement{.account_id = a, .policy_id = p, .statement_id = s},
           "GET /2017-09-01/accounts/7/policies/account/statements/s1"),
        of("AD-31", delete_policy_statement{.account_id = a, .policy_id = p, .statement_id = s},
           "DELETE /2017-09-01/accounts/7/policies/account/statements/s1"),
        of("AD-32", list_partners{}, "GET /2017-09-01/partners"),
        of("AD-33", view_partner{.partner_id = n}, "GET /2017-09-01/partners/991000002"),
        of("AD-34", update_partner{.partner_id = n, .partner = raw_json{R"({"name":"x"})"}},
           R"(PUT /2017-09-01/partners/991000002 {"name":"x"})"),
    };
    CHECK(std::size(all) == 34);
    for (const documented_endpoint& each : all) {
        CAPTURE(each.number);
        CHECK(each.made == each.expected);
        CHECK(each.grade == each.expected_grade);
    }
}

TEST_CASE("CloudLink admin: every member of C.4 under its name") {
    CHECK(members_of<cloudlink::user>() == members{"userId text ro",
                                                   "uniqueUserId text ro",
                                                   "accountId text ro",
                                                   "name text",
                                                   "displayName text",
                                                   "email text",
                                                   "role text",
                                                   "extension text",
                                                   "mobile text",
                                                   "phone text",
                                                   "siteId text",
                                                   "emailValid boolean ro",
                                                   "emailVerified boolean ro",
                                                   "extensionVerified boolean ro",
                                                   "mobileVerified boolean ro",
                                                   "phoneVerified boolean ro",
                                                   "userVerified boolean ro",
                                                   "sipAddress text ro",
                                                   "sipPassword text ro secret",
                                                   "photoUrl text",
                                                   "avatars object ro",
                                                   "source text ro",
                                                   "score number ro",
                                                   "createdOn text ro",
                                                   "modifiedOn text ro",
                                                   "createdBy text ro",
                                                   "modifiedBy text ro",
                                                   "tags map ro",
                                                   "_links object ro"});
    CHECK(members_of<cloudlink::avatars>() ==
          members{"50 text", "150 text", "300 text", "scaled text"});
    CHECK(members_of<cloudlink::account>() == members{"accountId text ro",
                                                      "accountNumber text ro",
                                                      "name text",
                                                      "partnerId text",
                                                      "organizationId text",
                                                      "active boolean",
                                                      "state text",
                                                      "source text",
                                                      "domain text",
                                                      "topLevelDomain array",
                                                      "languageCode text",
                                                      "userLimit integer",
                                                      "accessTokenExpiryHours integer",
                                                      "refreshTokenExpiryHours integer",
                                                      "policyId text",
                                                      "policy object",
                                                      "location object",
                                                      "contacts array",
                                                      "tags map ro",
                                                      "createdOn text ro",
                                                      "createdBy text ro",
                                                      "modifiedOn text ro",
                                                      "modifiedBy text ro",
                                                      "_links object ro"});
    CHECK(members_of<cloudlink::account_policy>() ==
          members{"allowGuestAccess boolean", "allowProxyAuthentication boolean"});
    CHECK(members_of<cloudlink::account_location>() == members{"address object"});
    CHECK(members_of<cloudlink::postal_address>() == members{"country text", "street text",
                                                             "city text", "stateOrProvince text",
                                                             "zipCode text"});
    CHECK(members_of<cloudlink::contact>() ==
          members{"contactId text ro", "accountId text ro", "name text", "email text",
                  "contactType text", "createdOn text ro", "createdBy text ro",
                  "modifiedOn text ro", "modifiedBy text ro", "_links object ro"});
    CHECK(members_of<cloudlink::client>() == members{"clientId text", "role text", "type text",
                                                     "clientSecret text ro secret",
                                                     "_links object ro"});
    CHECK(members_of<cloudlink::policy_statement>() == members{"statementId text", "effect text",
                                                               "action array", "resource array",
                                                               "_links object ro"});
    CHECK(members_of<cloudlink::bulk_change>() == members{"op text", "id text", "body object"});
    CHECK(members_of<cloudlink::bulk_outcome>() ==
          members{"statusCode integer", "headers map", "body raw secret"});
}

TEST_CASE("CloudLink admin: an account with all its parts, and back") {
    constexpr text body =
        R"({"accountId":"56309ad4-8c6a-49ec-9f74-7afca7270f3e","accountNumber":"327410625",)"
        R"("name":"Acme","partnerId":"991000002","organizationId":"o1","active":true,)"
        R"("state":"ACTIVE","source":"console","domain":"x.us.api.mitel.io",)"
        R"("topLevelDomain":["acme.example"],"languageCode":"en-US","userLimit":50,)"
        R"("accessTokenExpiryHours":1,"refreshTokenExpiryHours":360,"policyId":"p1",)"
        R"("policy":{"allowGuestAccess":true,"allowProxyAuthentication":false},)"
        R"("location":{"address":{"country":"US","street":"1 Main St","city":"Mesa",)"
        R"("stateOrProvince":"AZ","zipCode":"85201"}},)"
        R"("contacts":[{"contactId":"c1","accountId":"7","name":"Kim","email":"kim@acme.example",)"
        R"("contactType":"ADMIN","createdOn":"2020-01-02T03:04:05.678Z"}],)"
        R"("tags":{"mitel_connect_refs":{"sap_references_primary_1":"4711"}},)"
        R"("createdOn":"2020-01-02T03:04:05.678Z","createdBy":"u1",)"
        R"("_links":{"self":"/2017-09-01/accounts/7"}})";
    static_arena<4096> memory;
    json::decode_report report;
    const http::answer_options options{.json = {.report = &report}};
    const auto got = decode<cloudlink::view_account>(http::response{.status = 200, .body = body},
                                                     memory, options);
    REQUIRE(got);
    CHECK(report.unknown_members == 0);
    CHECK(*got->account_number == "327410625");
    CHECK((*got->top_level_domain)[0] == "acme.example");
    CHECK(*got->user_limit == 50);
    CHECK(*got->refresh_token_expiry_hours == 360);
    CHECK(*got->policy->allow_guest_access);
    CHECK_FALSE(*got->policy->allow_proxy_authentication);
    CHECK(*got->location->address->state_or_province == "AZ");
    const auto contacts = *got->contacts;
    REQUIRE(contacts.size() == 1);
    CHECK(*contacts[0].contact_type == "ADMIN");
    const auto tags = *got->tags;
    REQUIRE(tags.size() == 1);
    CHECK(*tags[0].tag_id == cloudlink::tag_id{"mitel_connect_refs"});
    CHECK(tags[0].value->find("sap_references_primary_1").compare_text("4711"));
    CHECK(written(*got) == body);
}

TEST_CASE("Q-13: users are listed by the token's reach and by account; V22 to the byte") {
    namespace users = cloudlink::properties::users;
    CHECK(request_of(cloudlink::list_users{}) == "GET /2017-09-01/users");
    CHECK(request_of(cloudlink::list_users{.query = {.filter = users::email == "bob@email.com"}}) ==
          "GET /2017-09-01/users?$filter=email%20eq%20%27bob%40email.com%27");
    constexpr cloudlink::odata::string_property last_name{"lastname"};
    CHECK(request_of(cloudlink::list_account_users{.account_id = account_id{"327410625"},
                                                   .query = {.orderby = last_name}}) ==
          "GET /2017-09-01/accounts/327410625/users?$orderby=lastname");
    CHECK(request_of(cloudlink::view_account_user{.account_id = account_id{"7"},
                                                  .user_id = user_id{"8"},
                                                  .query = {.expand = "tags"}}) ==
          "GET /2017-09-01/accounts/7/users/8?$expand=tags");
    CHECK(request_of(cloudlink::list_users{.query = {.search = "Zo\xC3\xAB"}}) ==
          "GET /2017-09-01/users?$search=Zo%C3%AB");
}

TEST_CASE("Q-15: V9, a user of 2017 with a number for an account, is read and written as text") {
    static_arena<4096> memory;
    const auto got = answered<cloudlink::view_user>(user_of_2017, memory);
    REQUIRE(got);
    CHECK(*got->account_id == account_id{"105990045"});
    CHECK(*got->user_id == user_id{"pat@example.com"});
    CHECK(got->score.is_null());
    CHECK(*got->role == cloudlink::role::user);
    CHECK(*got->email_verified);
    CHECK_FALSE(*got->phone_verified);
    CHECK((*got->created_on).value == "2017-05-08T21:12:17.804Z");
    const std::string typed = written(*got);
    const auto again = json::decode<cloudlink::user>(typed, memory);
    REQUIRE(again);
    CHECK(*again == *got);
    CHECK(typed.find(R"("accountId":"105990045")") != std::string::npos);
    const auto scored = json::decode<cloudlink::user>(R"({"score":4.50})", memory);
    REQUIRE(scored);
    CHECK(scored->score->value == "4.50");
}

TEST_CASE("Q-18: flags of users and accounts may come as text") {
    static_arena<1024> memory;
    const auto user = json::decode<cloudlink::user>(
        R"({"emailVerified":"True","mobileVerified":"false"})", memory);
    REQUIRE(user);
    CHECK(*user->email_verified);
    CHECK_FALSE(*user->mobile_verified);
    const auto account = json::decode<cloudlink::account>(
        R"({"active":"true","policy":{"allowGuestAccess":"false"},"userLimit":"50"})", memory);
    REQUIRE(account);
    CHECK(*account->active);
    CHECK_FALSE(*account->policy->allow_guest_access);
    CHECK(*account->user_limit == 50);
}

TEST_CASE("CloudLink admin: what the server sets is not sent to it") {
    static_arena<4096> memory;
    const auto user = json::decode<cloudlink::user>(user_of_2017, memory);
    REQUIRE(user);
    const auto made = encode(cloudlink::update_user{.account_id = account_id{"7"},
                                                    .user_id = user_id{"8"},
                                                    .user = *user},
                             production, memory);
    REQUIRE(made);
    CHECK(made->body == R"({"name":"Pat","email":"pat@example.com","role":"USER",)"
                        R"("mobile":"+16475550140"})");
    const auto cleared = encode(cloudlink::update_user{.account_id = account_id{"7"},
                                                       .user_id = user_id{"8"},
                                                       .user = cloudlink::user{.mobile = null}},
                                production, memory);
    REQUIRE(cleared);
    CHECK(cleared->body == R"({"mobile":null})");
    CHECK(encode(cloudlink::update_user{.account_id = account_id{"7"}, .user_id = user_id{"8"}},
                 production, memory)
              .code() == errc::missing_parameter);
}

TEST_CASE("Q-40: the SIP password of a user is read, and never printed") {
    static_arena<4096> memory;
    const auto got = answered<cloudlink::view_user>(user_of_2017, memory);
    REQUIRE(got);
    CHECK((*got->sip_password).reveal() == "833447942416");
    char buffer[4096];
    writer out{buffer};
    print(*got, out);
    CHECK(out.written().find("sipPassword: REDACTED") != text::npos);
    const std::string list_body = R"({"_embedded":{"items":[)" + std::string{user_of_2017} + "]}}";
    const auto page = answered<cloudlink::list_users>(list_body, memory);
    REQUIRE(page);
    print(*page, out);
    constexpr text bulk_body =
        R"({"operations":[{"statusCode":200,"body":{"sipPassword":"833447942416"}}]})";
    const auto bulk = answered<cloudlink::patch_users>(bulk_body, memory);
    REQUIRE(bulk);
    print(*bulk, out);
    REQUIRE(out.fits());
    CHECK(out.written().find("833447942416") == text::npos);
    CHECK(out.written().find("statusCode: 200") != text::npos);
    static_arena<2048> other;
    const auto client = answered<cloudlink::create_client>(
        R"({"clientId":"c","clientSecret":"s3cr3t"})", other, 201);
    REQUIRE(client);
    CHECK((*client->client_secret).reveal() == "s3cr3t");
    writer more{buffer};
    print(*client, more);
    CHECK(more.written().find("s3cr3t") == text::npos);
}

TEST_CASE("Q-40: raw JSON that no document describes may hold a SIP password and is not printed") {
    static_arena<4096> memory;
    char buffer[2048];
    writer out{buffer};
    const std::string user = R"({"name":"Pat","sipPassword":"833447942416"})";
    const std::string page = R"({"count":1,"_embedded":{"items":[)" + user + "]}}";
    const auto show = [&](const auto& got) {
        REQUIRE(got);
        print(*got, out);
    };
    show(answered<cloudlink::view_group>(user, memory));
    show(answered<cloudlink::list_groups>(page, memory));
    show(answered<cloudlink::list_billing_users>(page, memory));
    show(answered<cloudlink::list_identity_providers>(page, memory));
    print(cloudlink::update_partner{.partner_id = cloudlink::partner_id{"7"},
                                    .partner = raw_json{user}},
          out);
    const std::string webhook =
        R"({"topic":"platform-api-admin","subject":"/users/1","content":)" + user + "}";
    const auto publications = cloudlink::parse_publications(webhook, memory);
    REQUIRE(publications);
    print((*publications)[0], out);
    REQUIRE(out.fits());
    CHECK(out.written().find("833447942416") == text::npos);
    CHECK(out.written().find("items: REDACTED") != text::npos);
    CHECK(out.written().find("partner: REDACTED") != text::npos);
    CHECK(out.written().find(R"(subject: "/users/1", content: REDACTED)") != text::npos);
    // What is typed is printed as before.
    writer typed{buffer};
    const auto users = answered<cloudlink::list_users>(page, memory);
    REQUIRE(users);
    print(*users, typed);
    CHECK(typed.written().find(R"(name: "Pat")") != text::npos);
    // An application's own tags are.
    writer tag{buffer};
    print(cloudlink::tag_entry{.tag_id = cloudlink::tag_id{"t"}, .value = raw_json{"[1]"}}, tag);
    CHECK(tag.written() == R"({tagId: "t", value: [1]})");
}

TEST_CASE("CloudLink admin: V19, a list of nobody, and other empty answers") {
    static_arena<2048> memory;
    const auto page = answered<cloudlink::list_users>(
        R"({"count":0,"_links":{"self":"/2017-09-01/users"}})", memory);
    REQUIRE(page);
    CHECK(items(*page).empty());
    CHECK(next_link(*page).empty());
    for (const text body : {"", R"({"gone":true})"}) {
        const auto gone = answered<cloudlink::delete_user>(body, memory);
        CHECK(gone);
        CHECK(gone.response().body == body);
    }
    const auto nothing = answered<cloudlink::update_user>("", memory, 204);
    REQUIRE(nothing);
    CHECK(nothing->user_id.is_absent());
    CHECK_FALSE(decode<cloudlink::view_user>(http::response{.status = 200}, memory));
}

TEST_CASE("Q-36: V15, each change of a bulk request has an outcome of its own") {
    const cloudlink::bulk_change changes[] = {
        {.op = "update",
         .id = user_id{"ID1"},
         .body = cloudlink::user{.role = cloudlink::role::user}}};
    CHECK(
        request_of(cloudlink::patch_users{.account_id = account_id{"7"}, .operations = changes}) ==
        "PATCH /2017-09-01/accounts/7/users "
        R"({"operations":[{"op":"update","id":"ID1","body":{"role":"USER"}}]})");

    static_arena<4096> memory;
    constexpr text v15 = R"({"operations":[{"statusCode":200,"headers":{"x-mitel-correlation-id":)"
                         R"("b036edf6-a6e3-42ee-b7d8-9436c3e3631f"},"body":{"userId":"ID1"}}]})";
    const auto got = answered<cloudlink::patch_users>(v15, memory);
    REQUIRE(got);
    CHECK(cloudlink::all_succeeded(*got, 1));
    const auto outcomes = *got->operations;
    REQUIRE(outcomes.size() == 1);
    CHECK(*outcomes[0].status_code == 200);
    CHECK(cloudlink::correlation_id(outcomes[0]) == "b036edf6-a6e3-42ee-b7d8-9436c3e3631f");
    const auto user = cloudlink::answer_of(outcomes[0], memory);
    REQUIRE(user);
    CHECK(*user->user_id == user_id{"ID1"});
    CHECK(written(*got) == v15);
    // Fewer outcomes than changes are no success, and no outcomes at all neither.
    CHECK_FALSE(cloudlink::all_succeeded(*got, 2));
    const auto none = answered<cloudlink::patch_users>("{}", memory);
    REQUIRE(none);
    CHECK_FALSE(cloudlink::all_succeeded(*none, 1));
}

TEST_CASE("Q-36: a change that failed inside HTTP 200 is a refusal with its correlation id") {
    static_arena<4096> memory;
    const auto got = answered<cloudlink::patch_users>(
        R"({"operations":[{"statusCode":200,"body":{"userId":"A"}},)"
        R"({"statusCode":"404","headers":{"X-Mitel-Correlation-Id":"c-2","retry-after":5},)"
        R"("body":{"name":"NotFoundError","message":"no such user"}},)"
        R"({"statusCode":204,"headers":null,"body":null},)"
        R"({"statusCode":500,"body":"broken"},{"statusCode":200,"body":[1]},{}]})",
        memory);
    REQUIRE(got);
    CHECK_FALSE(cloudlink::all_succeeded(*got, 6));
    const auto outcomes = *got->operations;
    REQUIRE(outcomes.size() == 6);
    CHECK(cloudlink::succeeded(outcomes[0]));

    const auto missing = cloudlink::answer_of(outcomes[1], memory);
    CHECK_FALSE(cloudlink::succeeded(outcomes[1]));
    REQUIRE(missing.refusal() != nullptr);
    CHECK(missing.refusal()->status == 404);
    CHECK(missing.refusal()->code == "NotFoundError");
    CHECK(missing.refusal()->message == "no such user");
    CHECK(missing.refusal()->correlation_id == "c-2");
    CHECK(missing.refusal()->retry_after == "5");

    const auto silent = cloudlink::answer_of(outcomes[2], memory);
    REQUIRE(silent);
    CHECK(silent->user_id.is_absent());

    const auto broken = cloudlink::answer_of(outcomes[3], memory);
    REQUIRE(broken.refusal() != nullptr);
    CHECK(broken.refusal()->status == 500);
    CHECK(broken.response().body == "\"broken\"");

    const auto before = memory.used();
    const auto odd = cloudlink::answer_of(outcomes[4], memory);
    CHECK(odd.error().code == errc::expected_object);
    CHECK(memory.used() == before);

    const auto empty = cloudlink::answer_of(outcomes[5], memory);
    CHECK_FALSE(cloudlink::succeeded(outcomes[5]));
    REQUIRE(empty.refusal() != nullptr);
    CHECK(empty.refusal()->status == 0);

    static_arena<8> little;
    const auto short_of = cloudlink::answer_of(outcomes[1], little);
    CHECK(short_of.error().code == errc::capacity);
    CHECK(short_of.error().needed > 8);
    CHECK(little.used() == 0);
}

TEST_CASE("Q-38: a tag may hold JSON inside its text; the tag stays as it is") {
    static_arena<4096> memory;
    const auto got = answered<cloudlink::view_user_tag>(
        R"({"value":"{\"sendId\":\"6e5b\",\"n\":2}","_links":{"self":"/x"}})", memory);
    REQUIRE(got);
    const auto value = got->content->find("value").as_text(memory);
    REQUIRE(value);
    const auto inside = json::make_raw_json(*value);
    REQUIRE(inside);
    CHECK(inside->find("sendId").compare_text("6e5b"));
    CHECK(inside->find("n").as_integer<int>() == 2);
    // As an expanded tag of a user, too.
    const auto user =
        json::decode<cloudlink::user>(R"({"tags":{"t":{"a":1},"s":"{\"b\":2}"}})", memory);
    REQUIRE(user);
    const auto tags = *user->tags;
    REQUIRE(tags.size() == 2);
    CHECK(tags[0].value->find("a").as_integer<int>() == 1);
    const auto second = tags[1].value->as_text(memory);
    REQUIRE(second);
    CHECK(json::make_raw_json(*second)->find("b").as_integer<int>() == 2);
    CHECK(written(*user) == R"({"tags":{"t":{"a":1},"s":"{\"b\":2}"}})");
    // What is no JSON is not sent.
    CHECK(encode(cloudlink::set_user_tag{.account_id = account_id{"7"},
                                         .user_id = user_id{"8"},
                                         .tag_id = cloudlink::tag_id{"t"},
                                         .value = raw_json{"{\"a\":}"}},
                 production, memory)
              .code() == errc::invalid_json);
}

TEST_CASE("Q-39: V16, an e-mail address in a path; anonymous; 404 for an unknown one") {
    CHECK(request_of(cloudlink::make_forgot_password("bob@example.com", account_id{"327410625"})) ==
          "PUT /2017-09-01/users/bob%40example.com/password "
          R"({"email":"bob@example.com","action":"forgot","accountId":"327410625"})");
    CHECK(request_of(cloudlink::make_forgot_password("a/b?c#d%e f@x.example"))
              .starts_with("PUT /2017-09-01/users/a%2Fb%3Fc%23d%25e%20f%40x.example/password "));
    static_arena<2048> memory;
    for (const text bad : {"..", ".", ""})
        CHECK_FALSE(encode(cloudlink::make_forgot_password(bad), production, memory));
    CHECK(answered<cloudlink::forgot_password>("", memory));
    const auto unknown = answered<cloudlink::forgot_password>(
        R"({"name":"NotFoundError","message":"no such user"})", memory, 404);
    REQUIRE(unknown.refusal() != nullptr);
    CHECK(unknown.refusal()->status == 404);
    CHECK(unknown.refusal()->code == "NotFoundError");
}

TEST_CASE("CloudLink admin: what no document describes is kept as it is") {
    static_arena<2048> memory;
    const auto groups = answered<cloudlink::list_groups>(
        R"({"count":2,"_links":{"self":"/2017-09-01/accounts/7/groups"},)"
        R"("_embedded":{"items":[{"groupId":"g1","name":"Sales"},{"groupId":"g2"}]}})",
        memory);
    REQUIRE(groups);
    const auto found = items(*groups);
    REQUIRE(found.size() == 2);
    CHECK(found[0].find("name").compare_text("Sales"));
    for (const text body : {text{R"({"policyId":"account","x":{"y":[1,2]}})"}, text{"[1]"}}) {
        const auto policy = answered<cloudlink::view_policy>(body, memory);
        REQUIRE(policy);
        CHECK(policy->content->value == body);
        const auto sent = server::respond<cloudlink::view_policy>(*policy, memory);
        REQUIRE(sent);
        CHECK(sent->body == body);
    }
    const auto broken =
        decode<cloudlink::view_group>(http::response{.status = 200, .body = R"({"a":})"}, memory);
    CHECK(broken.error().code == errc::invalid_json);
    CHECK(broken.error().offset == 5);
    const auto page =
        decode<cloudlink::view_group>(http::response{.status = 200, .body = "<html>"}, memory);
    CHECK_FALSE(page);
    const auto changed = answered<cloudlink::update_partner>("", memory, 204);
    REQUIRE(changed);
    CHECK(changed->content.is_absent());
}
