// CloudLink's Authentication API by the fact sheet: endpoints and members against lists typed from
// it, the requests and answers of its part I, and its quirks.
#include <tipring/server/cloudlink.hpp>
#include <tipring/tipring.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "api_tables.hpp"

using namespace tipring;
using cloudlink::account_id;
using cloudlink::environment;
using cloudlink::service;

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

/// `METHOD target body`, after the checks that hold for all requests.
template <class Op>
std::string request_of(const Op& op, bool is_anonymous = false) {
    static_arena<8192> memory;
    const auto made = encode(op, production, memory);
    REQUIRE_MESSAGE(made, line(made.error()));
    CHECK(made->origin == "https://authentication.api.mitel.io");
    CHECK((made->find("Authorization") == nullptr) == is_anonymous);
    CHECK(made->find("x-mitel-app") != nullptr);
    std::string shown{http::name(made->method)};
    shown += ' ';
    shown += made->target;
    if (!made->body.empty()) shown += ' ' + std::string{made->body};
    return shown;
}

template <class Op>
std::string grade_of() {
    return std::string{http::name(http::operation_of<Op>.evidence)};
}

result<server::operation_in<cloudlink::authentication_operations>> parse(const http::request& from,
                                                                         arena& memory) {
    return server::cloudlink::parse<cloudlink::authentication_operations>(
        from, memory, {.prefix = "/2017-09-01"});
}

/// What a server makes of a request for tokens.
result<cloudlink::token_request> received(text body, text content_type, arena& memory) {
    const http::header headers[] = {{.name = "Content-Type", .value = content_type}};
    const auto op = parse({.method = http::method::post,
                           .target = "/2017-09-01/token",
                           .headers = headers,
                           .body = body},
                          memory);
    if (!op) return op.error();
    const auto* const asked = std::get_if<cloudlink::token_request>(&*op);
    REQUIRE(asked != nullptr);
    return *asked;
}
constexpr text form = "application/x-www-form-urlencoded";

constexpr text client_number = "0123456789abcdef0123456789abcdef";

/// V4.
constexpr text claims_answer =
    R"({"extension":"7345","role":"ACCOUNT_ADMIN","loginId":"user6@example.com",)"
    R"("iss":"https://authentication.us-east-1.us.dev.api.mitel.io/connect","mobileVerified":"false",)"
    R"("principalId":"b42aa385-44da-4866-84bf-6d487bd1fcd4","integrationLatency":0,)"
    R"("profileHeaderUrl":"","photoUrl":"","extensionVerified":"true",)"
    R"("sipAddress":"b42aa385-44da-4866-84bf-6d487bd1fcd4@18a15b3e-84d1-4f48-8ace-ce2bcdaf86c6.us.dev.api.mitel.io",)"
    R"("exp":"1591690894","iat":"1591686931","email":"user6@example.com","phoneVerified":"true",)"
    R"("mobile":"","languageCode":"en-US","userId":"b42aa385-44da-4866-84bf-6d487bd1fcd4",)"
    R"("uniqueUserId":"b42aa385-44da-4866-84bf-6d487bd1fcd4",)"
    R"("accountId":"18a15b3e-84d1-4f48-8ace-ce2bcdaf86c6","emailVerified":"false",)"
    R"("aud":"https://mitel.io/auth/teamwork","phone":"+14085550123",)"
    R"("domain":"18a15b3e-84d1-4f48-8ace-ce2bcdaf86c6.us.dev.api.mitel.io","name":"Test User",)"
    R"("siteId":"","partnerId":"991000002"})";

} // namespace

TEST_CASE("CloudLink authentication: every endpoint of B.1 with method, path and grade") {
    using namespace cloudlink;
    const cloudlink::application_id app{"A 1"};
    const cloudlink::credential_id key{"K1"};
    struct documented_endpoint {
        text number;
        std::string made;
        text expected;
        std::string grade;
        text expected_grade;
    };
    const documented_endpoint all[] = {
        {"AU-1", request_of(password_grant{.username = "u", .password = secret{"p"}}, true),
         "POST /2017-09-01/token grant_type=password&username=u&password=p",
         grade_of<password_grant>(), "documented"},
        {"AU-2", request_of(refresh_token_grant{.refresh_token = secret{"r"}}, true),
         "POST /2017-09-01/token grant_type=refresh_token&refresh_token=r",
         grade_of<refresh_token_grant>(), "documented"},
        {"AU-2, older", request_of(legacy_refresh_token_grant{.token = secret{"abc"}}, true),
         R"(POST /2017-09-01/token {"grant_type":"refresh_token","token":"abc"})",
         grade_of<legacy_refresh_token_grant>(), "vendor_code"},
        {"AU-3", request_of(authorization_code_grant{.code = secret{"c"}, .client_id = "i"}, true),
         "POST /2017-09-01/token grant_type=authorization_code&code=c&client_id=i",
         grade_of<authorization_code_grant>(), "official"},
        {"AU-4",
         request_of(client_credentials_grant{.client_id = "i", .client_secret = secret{"s"}}, true),
         "POST /2017-09-01/token grant_type=client_credentials&client_id=i&client_secret=s",
         grade_of<client_credentials_grant>(), "official"},
        {"AU-5", request_of(view_claims{}), "GET /2017-09-01/token", grade_of<view_claims>(),
         "official"},
        {"AU-6",
         request_of(authorize{.username = "u", .password = secret{"p"}, .client_id = "i"}, true),
         "POST /2017-09-01/authorize response_type=code&username=u&password=p&client_id=i",
         grade_of<authorize>(), "official"},
        {"AU-8", request_of(view_saml_status{.username = "a@b.example"}),
         "GET /2017-09-01/saml2/status?username=a%40b.example", grade_of<view_saml_status>(),
         "vendor_code"},
        {"AU-10", request_of(view_application{.application_id = app}),
         "GET /2017-09-01/applications/A%201", grade_of<view_application>(), "vendor_code"},
        {"AU-11",
         request_of(update_application{.application_id = app,
                                       .application = cloudlink::application{.active = true}}),
         R"(PUT /2017-09-01/applications/A%201 {"active":true})", grade_of<update_application>(),
         "official"},
        {"AU-12", request_of(list_applications{}), "GET /2017-09-01/apps",
         grade_of<list_applications>(), "vendor_code"},
        {"AU-13", request_of(list_credentials{.account_id = account_id{"7"}, .query = {.top = 5}}),
         "GET /2017-09-01/accounts/7/credentials?$top=5", grade_of<list_credentials>(),
         "vendor_code"},
        {"AU-14",
         request_of(create_credential{
             .credential = cloudlink::credential{.account_id = account_id{"7"},
                                                 .name = "n",
                                                 .type = "t",
                                                 .access_restriction = "a",
                                                 .target = "x",
                                                 .private_key = raw_json{R"({"k":1})"}}}),
         R"(POST /2017-09-01/credentials {"accountId":"7","name":"n","type":"t",)"
         R"("accessRestriction":"a","target":"x","privateKey":{"k":1}})",
         grade_of<create_credential>(), "vendor_code"},
        {"AU-15", request_of(view_credential{.credential_id = key}),
         "GET /2017-09-01/credentials/K1", grade_of<view_credential>(), "vendor_code"},
        {"AU-16",
         request_of(update_credential{
             .credential_id = key,
             .credential = cloudlink::credential{.credential_id = key, .name = "m"}}),
         R"(PUT /2017-09-01/credentials/K1 {"name":"m"})", grade_of<update_credential>(),
         "vendor_code"},
        {"AU-17", request_of(delete_credential{.credential_id = key}),
         "DELETE /2017-09-01/credentials/K1", grade_of<delete_credential>(), "vendor_code"},
        {"AU-18", request_of(list_identity_providers{}), "GET /2017-09-01/identityProviders",
         grade_of<list_identity_providers>(), "vendor_code"},
        {"AU-19",
         request_of(view_identity_provider{.identity_provider_id =
                                               cloudlink::identity_provider_id{"P/1"}}),
         "GET /2017-09-01/identityProviders/P%2F1", grade_of<view_identity_provider>(),
         "vendor_code"},
    };
    for (const documented_endpoint& each : all) {
        CAPTURE(each.number);
        CHECK(each.made == each.expected);
        CHECK(each.grade == each.expected_grade);
    }
}

TEST_CASE("CloudLink authentication: AU-7 the portal and AU-9 the SAML address are URLs") {
    static_arena<2048> memory;
    const oauth::authorization_request asked{
        .client_id = "i", .redirect_uri = "https://a.example/back", .state = secret{"s 1"}};
    const auto portal = cloudlink::portal_url(asked, environment::production, memory);
    REQUIRE(portal);
    CHECK(*portal == "https://auth.mitel.io/authorize?response_type=code&client_id=i"
                     "&redirect_uri=https%3A%2F%2Fa.example%2Fback&state=s%201");
    const auto sandbox = cloudlink::portal_url(asked, environment::development, memory);
    REQUIRE(sandbox);
    CHECK(sandbox->starts_with("https://auth.dev.mitel.io/authorize?"));

    const auto saml = cloudlink::saml_url(account_id{"7 a"}, production, memory);
    REQUIRE(saml);
    CHECK(*saml == "https://authentication.api.mitel.io/2017-09-01/saml2/7%20a");
    const auto before = memory.used();
    for (const text bad : {text{}, text{".."}}) {
        const auto refused = cloudlink::saml_url(account_id{bad}, production, memory);
        REQUIRE_FALSE(refused);
        CHECK(line(refused.error()).starts_with("account_id: "));
        CHECK(memory.used() == before);
    }
    static_arena<128> little;
    CHECK(cloudlink::saml_url(account_id{std::string(200, 'a')}, production, little).code() ==
          errc::capacity);
    CHECK(little.used() == 0);
}

TEST_CASE("CloudLink authentication: every member of C.1, C.2 and C.5 under its name") {
    CHECK(members_of<oauth::token_answer>() ==
          members{"token_type text", "expires_in integer", "access_token text secret",
                  "refresh_token text secret", "scope text", "id_token text secret"});
    CHECK(members_of<cloudlink::claims>() == members{"principalId text",
                                                     "userId text",
                                                     "uniqueUserId text",
                                                     "accountId text",
                                                     "partnerId text",
                                                     "role text",
                                                     "name text",
                                                     "email text",
                                                     "loginId text",
                                                     "languageCode text",
                                                     "domain text",
                                                     "sipAddress text",
                                                     "siteId text",
                                                     "extension text",
                                                     "phone text",
                                                     "mobile text",
                                                     "emailVerified boolean",
                                                     "extensionVerified boolean",
                                                     "mobileVerified boolean",
                                                     "phoneVerified boolean",
                                                     "photoUrl text",
                                                     "profileHeaderUrl text",
                                                     "iss text",
                                                     "aud text",
                                                     "iat integer",
                                                     "exp integer",
                                                     "integrationLatency integer"});
    CHECK(members_of<cloudlink::application>() == members{"accountId text", "name text",
                                                          "description text", "redirectUris array",
                                                          "active boolean", "_links object ro"});
    CHECK(members_of<cloudlink::credential>() ==
          members{"credentialId text ro", "accountId text", "name text", "type text",
                  "accessRestriction text", "target text", "privateKey raw secret",
                  "_links object ro"});
    CHECK(members_of<cloudlink::authorization>() == members{"code text secret"});
}

TEST_CASE("CloudLink authentication: the forms of V2 to the byte") {
    using namespace cloudlink;
    const account_id account{"327410625"};
    CHECK(request_of(password_grant{.username = "user+test@example.com",
                                    .password = secret{"p&ss w=rd%1\xC3\xA9"},
                                    .account_id = account},
                     true) ==
          "POST /2017-09-01/token grant_type=password&username=user%2Btest%40example.com"
          "&password=p%26ss+w%3Drd%251%C3%A9&account_id=327410625");
    CHECK(request_of(refresh_token_grant{.refresh_token = secret{"abc.def-ghi_jkl"}}, true) ==
          "POST /2017-09-01/token grant_type=refresh_token&refresh_token=abc.def-ghi_jkl");
    CHECK(request_of(client_credentials_grant{.client_id = client_number,
                                              .client_secret = secret{"s3cr3t"},
                                              .account_id = account},
                     true) ==
          "POST /2017-09-01/token grant_type=client_credentials"
          "&client_id=0123456789abcdef0123456789abcdef&client_secret=s3cr3t&account_id=327410625");
    CHECK(request_of(authorization_code_grant{.code = secret{"SplxlOBeZQQYbYS6WxSbIA"},
                                              .client_id = client_number},
                     true) == "POST /2017-09-01/token grant_type=authorization_code"
                              "&code=SplxlOBeZQQYbYS6WxSbIA"
                              "&client_id=0123456789abcdef0123456789abcdef");
    CHECK(request_of(authorize{.username = "u@example.com",
                               .password = secret{"x"},
                               .account_id = account,
                               .client_id = client_number},
                     true) ==
          "POST /2017-09-01/authorize response_type=code&username=u%40example.com&password=x"
          "&account_id=327410625&client_id=0123456789abcdef0123456789abcdef");
    static_arena<1024> memory;
    const auto bad_verifier = encode(authorization_code_grant{.code = secret{"c"},
                                                              .client_id = "i",
                                                              .code_verifier = secret{"short"}},
                                     production, memory);
    CHECK(bad_verifier.code() == errc::bad_parameter);
}

TEST_CASE("CloudLink authentication: a code is exchanged with the client id (AU-3)") {
    using cloudlink::authorization_code_grant;
    static_arena<1024> memory;
    for (const auto& grant : {authorization_code_grant{.code = secret{"c"}},
                              authorization_code_grant{.code = secret{"c"}, .client_id = ""}}) {
        const auto made = encode(grant, production, memory);
        REQUIRE_FALSE(made);
        CHECK(line(made.error()) == "client_id: a required parameter is missing");
    }
}

TEST_CASE("CloudLink authentication: what clients send is what servers read") {
    using namespace cloudlink;
    static_arena<4096> memory;
    const auto sent = [&](const auto& grant) {
        const auto made = encode(grant, production, memory);
        REQUIRE(made);
        const auto op = parse(*made, memory);
        REQUIRE_MESSAGE(op, line(op.error()));
        return std::get<token_request>(*op);
    };
    const auto by_password = sent(password_grant{.username = "u",
                                                 .password = secret{"p"},
                                                 .account_id = account_id{"7"},
                                                 .client_id = "i",
                                                 .client_secret = secret{"s"},
                                                 .scope = "principal"});
    CHECK(by_password == token_request{.grant_type = oauth::grant_type::password,
                                       .username = "u",
                                       .password = secret{"p"},
                                       .client_id = "i",
                                       .client_secret = secret{"s"},
                                       .account_id = account_id{"7"},
                                       .scope = "principal"});
    const auto by_code = sent(authorization_code_grant{
        .code = secret{"c"},
        .client_id = "i",
        .redirect_uri = "https://a.example/",
        .code_verifier = secret{"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}});
    CHECK(by_code ==
          token_request{.grant_type = oauth::grant_type::authorization_code,
                        .code = secret{"c"},
                        .redirect_uri = "https://a.example/",
                        .code_verifier = secret{"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"},
                        .client_id = "i"});
    const auto as_client =
        sent(client_credentials_grant{.client_id = "i", .client_secret = secret{"s"}});
    CHECK(as_client == token_request{.grant_type = oauth::grant_type::client_credentials,
                                     .client_id = "i",
                                     .client_secret = secret{"s"}});
}

TEST_CASE("CloudLink authentication: servers refuse a grant without what it is made of") {
    static_arena<4096> memory;
    const auto fault = [&](text body) {
        const auto got = received(body, form, memory);
        return got ? std::string{"none"} : line(got.error());
    };
    CHECK(fault("grant_type=password&password=p") == "username: a required parameter is missing");
    CHECK(fault("grant_type=Password&username=u") == "password: a required parameter is missing");
    CHECK(fault("grant_type=refresh_token") == "refresh_token: a required parameter is missing");
    CHECK(fault("grant_type=authorization_code") == "code: a required parameter is missing");
    CHECK(fault("grant_type=client_credentials") == "client_id: a required parameter is missing");
    CHECK(fault("grant_type=authorization_code&code=c") ==
          "client_id: a required parameter is missing");
    CHECK(fault("grant_type=client_credentials&client_id=i") ==
          "client_secret: a required parameter is missing");
    // Without a value is left out (RFC 6749 section 3.2), as a form and as JSON.
    struct example {
        text as_form, as_json, missing;
    };
    for (const example& each :
         {example{"grant_type=password&username=&password=p",
                  R"({"grant_type":"password","username":"","password":"p"})", "username"},
          example{"grant_type=password&username=u&password=",
                  R"({"grant_type":"password","username":"u","password":""})", "password"},
          example{"grant_type=refresh_token&refresh_token=",
                  R"({"grant_type":"refresh_token","refresh_token":""})", "refresh_token"},
          example{"grant_type=authorization_code&code=&client_id=i",
                  R"({"grant_type":"authorization_code","code":"","client_id":"i"})", "code"},
          example{"grant_type=authorization_code&code=c&client_id=",
                  R"({"grant_type":"authorization_code","code":"c","client_id":""})", "client_id"},
          example{"grant_type=client_credentials&client_id=&client_secret=s",
                  R"({"grant_type":"client_credentials","client_id":"","client_secret":"s"})",
                  "client_id"},
          example{"grant_type=client_credentials&client_id=i&client_secret=",
                  R"({"grant_type":"client_credentials","client_id":"i","client_secret":""})",
                  "client_secret"}}) {
        const std::string expected =
            std::string{each.missing} + ": a required parameter is missing";
        CHECK(fault(each.as_form) == expected);
        const auto got = received(each.as_json, "application/json", memory);
        CHECK((got ? "none" : line(got.error())) == expected);
    }
    // Nothing else is needed.
    CHECK(fault("grant_type=refresh_token&refresh_token=r&client_id=") == "none");
    CHECK(fault("grant_type=authorization_code&code=c&client_id=i") == "none");
    CHECK(fault("grant_type=client_credentials&client_id=i&client_secret=s") == "none");
    CHECK(fault("username=u") == "grant_type: a required parameter is missing");
    // Unknown grants are for the server to refuse in OAuth's words.
    CHECK(fault("grant_type=saml") == "none");
    static_arena<4096> more;
    const auto other = received("grant_type=saml", form, more);
    REQUIRE(other);
    CHECK_FALSE(cloudlink::grant_of(*other));
}

TEST_CASE("Q-1: the refresh token goes as refresh_token; servers take it under all three names") {
    static_arena<8192> memory;
    CHECK(request_of(cloudlink::refresh_token_grant{.refresh_token = secret{"abc"}}, true)
              .ends_with("&refresh_token=abc"));
    for (const text body : {text{"grant_type=refresh_token&refresh_token=abc"},
                            text{"grant_type=refresh_token&refesh_token=abc"},
                            text{"grant_type=refresh_token&token=abc"},
                            text{"token=old&grant_type=refresh_token&refresh_token=abc"}}) {
        const auto got = received(body, form, memory);
        REQUIRE(got);
        CHECK((*got->refresh_token).reveal() == "abc");
    }
    // V3, and the request that older programs send.
    const auto as_json = received(R"({"grant_type":"refresh_token","token":"abc"})",
                                  "application/JSON; charset=utf-8", memory);
    REQUIRE(as_json);
    CHECK((*as_json->refresh_token).reveal() == "abc");
    const auto made =
        encode(cloudlink::legacy_refresh_token_grant{.token = secret{"abc"}}, production, memory);
    REQUIRE(made);
    CHECK(http::header_value(made->headers, "Content-Type") == "application/json");
    const auto back = parse(*made, memory);
    REQUIRE(back);
    CHECK((*std::get<cloudlink::token_request>(*back).refresh_token).reveal() == "abc");
    // Other forms are no JSON.
    const http::header json_body[] = {{.name = "Content-Type", .value = "application/json"}};
    const auto refused = parse({.method = http::method::post,
                                .target = "/2017-09-01/authorize",
                                .headers = json_body,
                                .body = "{}"},
                               memory);
    CHECK(refused.code() == errc::unexpected_content_type);
    CHECK(received("grant_type=refresh_token&token=a", "text/plain", memory).code() ==
          errc::unexpected_content_type);
}

TEST_CASE("Q-2: user name and password go in lower case; servers take the capitals of the seed") {
    static_arena<4096> memory;
    CHECK(request_of(cloudlink::password_grant{.username = "u", .password = secret{"p"}}, true) ==
          "POST /2017-09-01/token grant_type=password&username=u&password=p");
    const auto got =
        received("grant_type=password&Username=u&Password=p&account_id=7", form, memory);
    REQUIRE(got);
    CHECK(*got->username == "u");
    CHECK((*got->password).reveal() == "p");
    const auto as_json =
        received(R"({"grant_type":"password","Username":"u","Password":"p","account_id":"7"})",
                 "application/json", memory);
    REQUIRE(as_json);
    CHECK(*as_json == *got);
}

TEST_CASE("Q-3: the grant goes as password; servers take Password") {
    static_arena<4096> memory;
    const auto got = received("grant_type=Password&username=u&password=p", form, memory);
    REQUIRE(got);
    CHECK(cloudlink::grant_of(*got) == oauth::grant_type::password);
    CHECK(cloudlink::grant_of({.grant_type = open<oauth::grant_type>{"REFRESH_TOKEN"}}) ==
          oauth::grant_type::refresh_token);
    CHECK_FALSE(cloudlink::grant_of({.grant_type = open<oauth::grant_type>{"passwords"}}));
    CHECK_FALSE(cloudlink::grant_of({}));
}

TEST_CASE("Q-4: any 2xx with an access token is success, V1; servers send 201") {
    constexpr text v1 =
        R"({"token_type":"bearer","expires_in":4090,)"
        R"("access_token":"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ==",)"
        R"("refresh_token":"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUiLCJyIjoxfQ==","scope":"read write"})";
    static_arena<4096> memory;
    for (const int status : {200, 201, 203}) {
        const auto got =
            decode<cloudlink::password_grant>(http::response{.status = status, .body = v1}, memory);
        REQUIRE(got);
        CHECK(oauth::is_bearer(*got));
        CHECK(oauth::lifetime(*got)->count() == 4090);
        CHECK((*got->access_token).reveal() == "eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ==");
        CHECK(written(*got) == v1);
        const auto sent = server::respond<cloudlink::refresh_token_grant>(*got, memory);
        REQUIRE(sent);
        CHECK(sent->status == 201);
        CHECK(sent->body == v1);
    }
    const auto none = decode<cloudlink::password_grant>(
        http::response{.status = 201, .body = R"({"token_type":"bearer"})"}, memory);
    CHECK_FALSE(none);
    CHECK(none.error().code == errc::missing_member);
    // V5, and the code in a plain 200.
    for (const int status : {200, 201}) {
        const auto code = decode<cloudlink::authorize>(
            http::response{.status = status, .body = R"({"code":"SplxlOBeZQQYbYS6WxSbIA"})"},
            memory);
        REQUIRE(code);
        CHECK((*code->code).reveal() == "SplxlOBeZQQYbYS6WxSbIA");
    }
}

TEST_CASE("Q-5: the seed's own token answer is no JSON and is refused as such") {
    static_arena<2048> memory;
    for (const text body : {text{"{ \xE2\x80\x9Ctoken_type\xE2\x80\x9D: \xE2\x80\x9C"
                                 "bearer\xE2\x80\x9D, expires_in: 4090 }"},
                            text{"{ \"token_type: \"bearer\", \"access_token\": \"a\" }"}}) {
        const auto got =
            decode<cloudlink::password_grant>(http::response{.status = 201, .body = body}, memory);
        CHECK_FALSE(got);
        CHECK(got.refusal() == nullptr);
        CHECK(got.error().code == errc::invalid_json);
        CHECK(got.response().body == body);
    }
}

TEST_CASE("CloudLink authentication: refusals in OAuth's words and in CloudLink's") {
    static_arena<2048> memory;
    const http::header headers[] = {{.name = "X-Mitel-Correlation-Id", .value = "c1"}};
    const auto oauth_words = decode<cloudlink::refresh_token_grant>(
        http::response{.status = 400,
                       .headers = headers,
                       .body = R"({"error":"invalid_grant","error_description":"expired"})"},
        memory);
    REQUIRE(oauth_words.refusal() != nullptr);
    CHECK(oauth::code_of(*oauth_words.refusal()) == oauth::error_code::invalid_grant);
    CHECK(oauth_words.refusal()->message == "expired");
    CHECK(oauth_words.refusal()->correlation_id == "c1");
    const auto own_words = decode<cloudlink::view_claims>(
        http::response{.status = 401, .body = R"({"message":"Unauthorized"})"}, memory);
    REQUIRE(own_words.refusal() != nullptr);
    CHECK(own_words.refusal()->message == "Unauthorized");
}

TEST_CASE("Q-15: an account is named by number or uuid, text of any form; JSON numbers are taken") {
    static_arena<4096> memory;
    for (const text id : {text{"327410625"}, text{"18a15b3e-84d1-4f48-8ace-ce2bcdaf86c6"},
                          text{"something/else"}}) {
        const auto made = encode(cloudlink::password_grant{.username = "u",
                                                           .password = secret{"p"},
                                                           .account_id = account_id{id}},
                                 production, memory);
        REQUIRE(made);
        const auto op = parse(*made, memory);
        REQUIRE(op);
        CHECK(*std::get<cloudlink::token_request>(*op).account_id == account_id{id});
    }
    const auto as_number = received(
        R"({"grant_type":"password","username":"u","password":"p","account_id":327410625})",
        "application/json", memory);
    REQUIRE(as_number);
    CHECK(*as_number->account_id == account_id{"327410625"});
}

TEST_CASE("Q-17, Q-18: claims come as text or typed (V4), are typed here, and are written typed") {
    static_arena<4096> memory;
    const auto got = decode<cloudlink::view_claims>(
        http::response{.status = 200, .body = claims_answer}, memory);
    REQUIRE(got);
    CHECK(*got->email_verified == false);
    CHECK(*got->extension_verified == true);
    CHECK(*got->mobile_verified == false);
    CHECK(*got->phone_verified == true);
    CHECK(*got->iat == 1591686931);
    CHECK(*got->exp == 1591690894);
    CHECK(cloudlink::lifetime(*got)->count() == 3963);
    CHECK(*got->role == cloudlink::role::account_admin);
    CHECK(*got->user_id == cloudlink::user_id{"b42aa385-44da-4866-84bf-6d487bd1fcd4"});
    CHECK(*got->principal_id == "b42aa385-44da-4866-84bf-6d487bd1fcd4");
    CHECK(*got->unique_user_id == "b42aa385-44da-4866-84bf-6d487bd1fcd4");
    CHECK(*got->account_id == account_id{"18a15b3e-84d1-4f48-8ace-ce2bcdaf86c6"});
    CHECK(*got->partner_id == cloudlink::partner_id{"991000002"});
    CHECK(*got->name == "Test User");
    CHECK(*got->email == "user6@example.com");
    CHECK(*got->login_id == "user6@example.com");
    CHECK(*got->language_code == "en-US");
    CHECK(*got->domain == "18a15b3e-84d1-4f48-8ace-ce2bcdaf86c6.us.dev.api.mitel.io");
    CHECK((*got->sip_address).ends_with(*got->domain));
    CHECK(got->site_id->empty());
    CHECK(*got->extension == "7345");
    CHECK(*got->phone == "+14085550123");
    CHECK(got->mobile->empty());
    CHECK(got->photo_url->empty());
    CHECK(got->profile_header_url->empty());
    CHECK(*got->iss == "https://authentication.us-east-1.us.dev.api.mitel.io/connect");
    CHECK(*got->aud == "https://mitel.io/auth/teamwork");
    CHECK(*got->integration_latency == 0);
    const std::string strict = written(*got);
    CHECK(strict.find(R"("emailVerified":false)") != std::string::npos);
    CHECK(strict.find(R"("exp":1591690894)") != std::string::npos);
    const auto again = json::decode<cloudlink::claims>(strict, memory);
    REQUIRE(again);
    CHECK(*again == *got);
    for (const text word : {text{R"("TRUE")"}, text{"true"}, text{R"("True")"}}) {
        const std::string body = R"({"emailVerified":)" + std::string{word} + "}";
        const auto one = json::decode<cloudlink::claims>(body, memory);
        REQUIRE(one);
        CHECK(*one->email_verified);
    }
    CHECK(json::decode<cloudlink::claims>(R"({"emailVerified":"maybe"})", memory).code() ==
          errc::expected_boolean);
    CHECK(json::decode<cloudlink::claims>(R"({"exp":"soon"})", memory).code() ==
          errc::expected_integer);
}

TEST_CASE("Q-17: lifetimes are never below 0 and safe to add") {
    using cloudlink::claims;
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    static_assert(cloudlink::lifetime(claims{.iat = 1648022995, .exp = 1648026742})->count() ==
                  3747);
    static_assert(cloudlink::lifetime(claims{.iat = 10, .exp = 5})->count() == 0);
    constexpr auto longest = cloudlink::lifetime(claims{.iat = lowest, .exp = highest});
    static_assert(longest == std::chrono::seconds{std::int64_t{100} * 365 * 24 * 3600});
    static_assert(cloudlink::lifetime(claims{.iat = highest, .exp = lowest})->count() == 0);
    static_assert(!cloudlink::lifetime(claims{.exp = 5}));
    CHECK(longest.has_value());
}

TEST_CASE("Q-34: a token is opaque; its claims can be peeked at, JWT or JSON, unverified") {
    static_arena<2048> memory;
    const auto jwt_of = [](const std::string& payload) {
        static char coded[2048];
        writer out{coded};
        out.put("eyJhbGciOiJIUzI1NiJ9.");
        auth::put_base64url(payload, out);
        out.put(".c2lnbmF0dXJl");
        REQUIRE(out.fits());
        return secret{out.written()};
    };
    const auto jwt = cloudlink::peek_unverified(
        jwt_of(R"({"userId":"7","emailVerified":true,"iat":1648022995,"exp":1648026742})"), memory);
    REQUIRE_MESSAGE(jwt, line(jwt.error()));
    CHECK(*jwt->user_id == cloudlink::user_id{"7"});
    CHECK(*jwt->email_verified);
    CHECK(cloudlink::lifetime(*jwt)->count() == 3747);
    // V1: an access token as the seed has it, with and without padding.
    for (const text token : {text{"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ=="},
                             text{"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ"}}) {
        const auto old = cloudlink::peek_unverified(secret{token}, memory);
        REQUIRE(old);
        CHECK(*old->account_id == account_id{"105990045"});
    }
    // In the standard alphabet: {"name":"?>~~"} needs both / and +.
    char coded[64];
    writer out{coded};
    auth::put_base64(R"({"name":"a?>~b~~"})", out);
    REQUIRE(out.written().find_first_of("+/") != text::npos);
    const auto standard = cloudlink::peek_unverified(secret{out.written()}, memory);
    REQUIRE(standard);
    CHECK(*standard->name == "a?>~b~~");

    const auto before = memory.used();
    const auto fault = [&](text token) {
        const auto got = cloudlink::peek_unverified(secret{token}, memory);
        CHECK(memory.used() == before);
        return got.code();
    };
    CHECK(fault("") == errc::unexpected_end);
    CHECK(fault("a.b") == errc::bad_parameter);
    CHECK(fault("a.b.c.d") == errc::bad_parameter);
    CHECK(fault("a.!!!!.c") == errc::invalid_base64);
    CHECK(fault("a..c") == errc::unexpected_end);
    CHECK(fault("bm8ganNvbg") == errc::invalid_json);
    // The beginning that the seed prints.
    CHECK(fault("eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUiLCJiZWFyZXJUb2tlbiI6I") != errc::ok);
    static_arena<8> little;
    const auto short_of =
        cloudlink::peek_unverified(secret{"eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUifQ=="}, little);
    CHECK(short_of.code() == errc::capacity);
    CHECK(short_of.error().needed > 8);
    CHECK(little.used() == 0);
}

TEST_CASE("Q-34: what a peek that failed has decoded does not stay in memory") {
    std::array<std::byte, 256> bytes{};
    arena memory{bytes};
    char coded[128];
    writer out{coded};
    auth::put_base64(R"({"accountId":"1","bearerToken":"s3cr3t)", out);
    CHECK_FALSE(cloudlink::peek_unverified(secret{out.written()}, memory));
    const text left{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    CHECK(left.find("s3cr3t") == text::npos);
}

TEST_CASE("CloudLink authentication: secrets are not printed") {
    char buffer[1024];
    writer out{buffer};
    print(cloudlink::password_grant{.username = "u", .password = secret{"pa55"}}, out);
    print(cloudlink::refresh_token_grant{.refresh_token = secret{"r3fresh"}}, out);
    print(cloudlink::client_credentials_grant{.client_secret = secret{"cl13nt"}}, out);
    print(cloudlink::token_request{.password = secret{"pa55"}, .code = secret{"c0de"}}, out);
    print(cloudlink::credential{.private_key = raw_json{R"({"d":"k3y"})"}}, out);
    REQUIRE(out.fits());
    for (const text hidden : {"pa55", "r3fresh", "cl13nt", "c0de", "k3y"})
        CHECK(out.written().find(hidden) == text::npos);
    CHECK(out.written().find("REDACTED") != text::npos);
}

TEST_CASE("CloudLink authentication: V14 enables an application, to the byte") {
    const text uris[] = {"string"};
    const cloudlink::update_application op{
        .application_id = cloudlink::application_id{client_number},
        .application =
            cloudlink::application{.account_id = account_id{"56309ad4-8c6a-49ec-9f74-7afca7270f3e"},
                                   .name = "n",
                                   .description = "d",
                                   .redirect_uris = uris,
                                   .active = true}};
    CHECK(request_of(op) ==
          "PUT /2017-09-01/applications/0123456789abcdef0123456789abcdef "
          R"({"accountId":"56309ad4-8c6a-49ec-9f74-7afca7270f3e","name":"n","description":"d",)"
          R"("redirectUris":["string"],"active":true})");
}

TEST_CASE("CloudLink authentication: documents that nobody has described are kept as they are") {
    static_arena<2048> memory;
    const auto status = decode<cloudlink::view_saml_status>(
        http::response{.status = 200, .body = R"( {"sso": true, "at": ["x"]} )"}, memory);
    REQUIRE(status);
    CHECK(status->content->value == R"({"sso": true, "at": ["x"]})");
    CHECK(status->content->find("sso").as_boolean() == true);
    const auto sent = server::respond<cloudlink::view_saml_status>(*status, memory);
    REQUIRE(sent);
    CHECK(sent->body == R"({"sso": true, "at": ["x"]})");
    const auto providers = decode<cloudlink::list_identity_providers>(
        http::response{.status = 200,
                       .body = R"({"_embedded":{"items":[{"name":"p"},{"name":"q"}]}})"},
        memory);
    REQUIRE(providers);
    const auto found = items(*providers);
    REQUIRE(found.size() == 2);
    CHECK(found[1].find("name").compare_text("q"));
}
