// Users of the Admin API, alone, in lists and with their tags (fact sheet B.2 AD-1 to AD-9, AD-11,
// AD-12; C.4). Not here: many at once (admin_bulk.hpp), accounts (admin_account.hpp).
#pragma once

#include <cstdint>

#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/cloudlink/role.hpp>
#include <tipring/cloudlink/untyped.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// Something that an application keeps with a user or an account: an entry of `tags`. A value that
/// is text often holds JSON itself: json::make_raw_json() or json::decode() reads it (quirk Q-38).
struct tag_entry {
    field<cloudlink::tag_id> tag_id{};
    field<raw_json> value{};
};
TIPRING_DESCRIBE(tag_entry, TIPRING_MEMBER(tag_id, "name of the tag").named("tagId"),
                 TIPRING_MEMBER(value, "any JSON, mostly an object"));

/// Pictures of a user by their width.
struct avatars {
    field<text> width_50{};
    field<text> width_150{};
    field<text> width_300{};
    field<text> scaled{};
};
TIPRING_DESCRIBE(avatars, TIPRING_MEMBER(width_50, "URL").named("50"),
                 TIPRING_MEMBER(width_150, "URL").named("150"),
                 TIPRING_MEMBER(width_300, "URL").named("300"), TIPRING_MEMBER(scaled, "URL"));

/// A user (fact sheet C.4). Which members come depends on the age of the account.
struct user {
    field<cloudlink::user_id> user_id{};
    field<text> unique_user_id{};
    field<cloudlink::account_id> account_id{};
    field<text> name{};
    field<text> display_name{};
    field<text> email{};
    field<open<cloudlink::role>> role{};
    field<text> extension{};
    field<text> mobile{};
    field<text> phone{};
    field<cloudlink::site_id> site_id{};
    field<bool> email_valid{};
    field<bool> email_verified{};
    field<bool> extension_verified{};
    field<bool> mobile_verified{};
    field<bool> phone_verified{};
    field<bool> user_verified{};
    field<text> sip_address{};
    field<secret> sip_password{};
    field<text> photo_url{};
    field<cloudlink::avatars> avatars{};
    field<text> source{};
    field<number> score{};
    field<datetime> created_on{};
    field<datetime> modified_on{};
    field<text> created_by{};
    field<text> modified_by{};
    field<list<tag_entry>> tags{};
    field<cloudlink::links> links{};
};
TIPRING_DESCRIBE(
    user,
    TIPRING_MEMBER(user_id, "unique id; in 2017 an e-mail address")
        .named("userId")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(unique_user_id, "the same as userId, it seems")
        .named("uniqueUserId")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(account_id, "the user's account; in 2017 a JSON number (quirk Q-15)")
        .named("accountId")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(name, "whole name"),
    TIPRING_MEMBER(display_name, "name as others see it").named("displayName"),
    TIPRING_MEMBER(email, "e-mail address"), TIPRING_MEMBER(role, "what the user may do"),
    TIPRING_MEMBER(extension, "number inside the phone system"),
    TIPRING_MEMBER(mobile, "number in E.164"), TIPRING_MEMBER(phone, "number in E.164"),
    TIPRING_MEMBER(site_id, "the user's site").named("siteId").lenient(),
    TIPRING_MEMBER(email_valid, "whether mail arrives").named("emailValid").read_only().lenient(),
    TIPRING_MEMBER(email_verified, "whether the user has confirmed it")
        .named("emailVerified")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(extension_verified, "whether the extension was confirmed")
        .named("extensionVerified")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(mobile_verified, "whether the number was confirmed")
        .named("mobileVerified")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(phone_verified, "whether the number was confirmed")
        .named("phoneVerified")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(user_verified, "whether the user was confirmed")
        .named("userVerified")
        .read_only()
        .lenient(),
    TIPRING_MEMBER(sip_address, "userId@domain").named("sipAddress").read_only(),
    TIPRING_MEMBER(sip_password, "never printed (quirk Q-40)").named("sipPassword").read_only(),
    TIPRING_MEMBER(photo_url, "a picture").named("photoUrl"),
    TIPRING_MEMBER(avatars, "the picture in several sizes").read_only(),
    TIPRING_MEMBER(source, "where the user comes from").read_only(),
    TIPRING_MEMBER(score, "seen in 2017 only").read_only().nullable(),
    TIPRING_MEMBER(created_on, "when it was made").named("createdOn").read_only(),
    TIPRING_MEMBER(modified_on, "when it was last changed").named("modifiedOn").read_only(),
    TIPRING_MEMBER(created_by, "who made it").named("createdBy").read_only(),
    TIPRING_MEMBER(modified_by, "who changed it last").named("modifiedBy").read_only(),
    TIPRING_MEMBER(tags, "with `$expand=tags`; set by set_user_tag").map().read_only().nullable(),
    TIPRING_MEMBER(links, "where it is").named("_links").read_only());

/// AD-1; documented in the seed. All users that the token reaches; AD-5 lists those of one account
/// (quirk Q-13).
struct list_users {
    using answer = collection<user>;

    odata::query query{};
};
TIPRING_DESCRIBE(list_users, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_users, .path = "/users", .api = &api_of(service::admin), .source = "seed",
                  .doc = "Lists users.");

/// AD-2; in code of Mitel's people (R4).
struct view_user {
    using answer = user;

    cloudlink::user_id user_id{};
};
TIPRING_DESCRIBE(view_user, TIPRING_MEMBER(user_id, "the user, or me").path());
TIPRING_OPERATION(view_user, .path = "/users/{user_id}", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .source = "R4",
                  .doc = "Gives one user.");

/// AD-3; in code of Mitel's people (R4). A tag is what its application made it, and `_links`.
struct view_user_tag {
    using answer = untyped;

    cloudlink::user_id user_id{};
    cloudlink::tag_id tag_id{};
};
TIPRING_DESCRIBE(view_user_tag, TIPRING_MEMBER(user_id, "the user").path(),
                 TIPRING_MEMBER(tag_id, "the tag").path());
TIPRING_OPERATION(view_user_tag, .path = "/users/{user_id}/tags/{tag_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R4", .doc = "Gives one tag of a user.");

/// What to do about a password; others may come.
enum class password_action : std::uint8_t {
    forgot, ///< send a mail to choose another
};

} // namespace tipring::inline TIPRING_ABI::cloudlink

namespace tipring::inline TIPRING_ABI {
TIPRING_NAMES(cloudlink::password_action, "forgot");
} // namespace tipring::inline TIPRING_ABI

namespace tipring::inline TIPRING_ABI::cloudlink {

/// AD-4; in a sample of Mitel's people (R12). Has a mail sent to a user who forgot the password;
/// sent without a bearer. 404 when nobody has the address. make_forgot_password() fills it in.
struct forgot_password {
    using answer = http::done;

    cloudlink::user_id user_id{};
    field<text> email{};
    field<open<password_action>> action = password_action::forgot;
    field<cloudlink::account_id> account_id{};
};
TIPRING_DESCRIBE(forgot_password,
                 TIPRING_MEMBER(user_id, "the user's e-mail address (quirk Q-39)").path(),
                 TIPRING_MEMBER(email, "the same address").required(),
                 TIPRING_MEMBER(action, "forgot").required(),
                 TIPRING_MEMBER(account_id, "the user's account").named("accountId").lenient());
TIPRING_OPERATION(forgot_password, .method = http::method::put, .path = "/users/{user_id}/password",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .idempotent = false, .is_anonymous = true, .source = "R12",
                  .doc = "Sends a mail to a user who forgot the password.");

constexpr forgot_password make_forgot_password(text email,
                                               field<cloudlink::account_id> account = {}) {
    return {.user_id = cloudlink::user_id{email}, .email = email, .account_id = account};
}

/// AD-5; documented in the seed. The users of one account, see AD-1 (quirk Q-13).
struct list_account_users {
    using answer = collection<user>;

    cloudlink::account_id account_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(list_account_users, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_account_users, .path = "/accounts/{account_id}/users",
                  .api = &api_of(service::admin), .source = "seed",
                  .doc = "Lists the users of an account.");

/// AD-6; in code of Mitel's people (R9).
struct create_user {
    using answer = cloudlink::user;

    cloudlink::account_id account_id{};
    field<cloudlink::user> user{};
};
TIPRING_DESCRIBE(
    create_user, TIPRING_MEMBER(account_id, "the account").path(),
    TIPRING_MEMBER(user, "the new user, with a name and an e-mail address").body().required());
TIPRING_OPERATION(create_user, .method = http::method::post, .path = "/accounts/{account_id}/users",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .success = 201, .may_be_empty = true, .idempotent = false, .source = "R9",
                  .doc = "Creates a user.");

/// AD-7; in code of Mitel's people (R9). With `$expand=tags` also the tags.
struct view_account_user {
    using answer = user;

    cloudlink::account_id account_id{};
    cloudlink::user_id user_id{};
    odata::query query{};
};
TIPRING_DESCRIBE(view_account_user, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(user_id, "the user").path(),
                 TIPRING_MEMBER(query, "OData options, such as expand tags").query());
TIPRING_OPERATION(view_account_user, .path = "/accounts/{account_id}/users/{user_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Gives one user of an account.");

/// AD-8; in code of Mitel's people (R9). Members that are absent stay as they are, it seems.
struct update_user {
    using answer = cloudlink::user;

    cloudlink::account_id account_id{};
    cloudlink::user_id user_id{};
    field<cloudlink::user> user{};
};
TIPRING_DESCRIBE(update_user, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(user_id, "the user").path(),
                 TIPRING_MEMBER(user, "what to change").body().required());
TIPRING_OPERATION(update_user, .method = http::method::put,
                  .path = "/accounts/{account_id}/users/{user_id}", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .may_be_empty = true, .source = "R9",
                  .doc = "Changes a user.");

/// AD-9; in code of Mitel's people (R9).
struct delete_user {
    using answer = http::done;

    cloudlink::account_id account_id{};
    cloudlink::user_id user_id{};
};
TIPRING_DESCRIBE(delete_user, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(user_id, "the user").path());
TIPRING_OPERATION(delete_user, .method = http::method::delete_,
                  .path = "/accounts/{account_id}/users/{user_id}", .api = &api_of(service::admin),
                  .evidence = http::evidence::vendor_code, .source = "R9",
                  .doc = "Deletes a user.");

/// AD-11; in code of Mitel's people (R9).
struct set_user_tag {
    using answer = http::done;

    cloudlink::account_id account_id{};
    cloudlink::user_id user_id{};
    cloudlink::tag_id tag_id{};
    field<raw_json> value{};
};
TIPRING_DESCRIBE(set_user_tag, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(user_id, "the user").path(),
                 TIPRING_MEMBER(tag_id, "the tag").path(),
                 TIPRING_MEMBER(value, "any JSON, mostly an object").body().required());
TIPRING_OPERATION(set_user_tag, .method = http::method::put,
                  .path = "/accounts/{account_id}/users/{user_id}/tags/{tag_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Sets one tag of a user.");

/// AD-12; in code of Mitel's people (R9).
struct delete_user_tag {
    using answer = http::done;

    cloudlink::account_id account_id{};
    cloudlink::user_id user_id{};
    cloudlink::tag_id tag_id{};
};
TIPRING_DESCRIBE(delete_user_tag, TIPRING_MEMBER(account_id, "the account").path(),
                 TIPRING_MEMBER(user_id, "the user").path(),
                 TIPRING_MEMBER(tag_id, "the tag").path());
TIPRING_OPERATION(delete_user_tag, .method = http::method::delete_,
                  .path = "/accounts/{account_id}/users/{user_id}/tags/{tag_id}",
                  .api = &api_of(service::admin), .evidence = http::evidence::vendor_code,
                  .source = "R9", .doc = "Deletes one tag of a user.");

} // namespace tipring::inline TIPRING_ABI::cloudlink
