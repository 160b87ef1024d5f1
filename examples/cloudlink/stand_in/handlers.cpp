// Tokens and users.
#include "handlers.hpp"

#include <tipring/json/encode.hpp>

namespace stand_in {

namespace {

template <class T>
text text_of(const tipring::field<T>& from) {
    return from ? (*from).value : text{};
}

} // namespace

http::response handlers::operator()(const cloudlink::token_request& op) {
    gate& entrance = around_.all.entrance;
    const auto grant = cloudlink::grant_of(op);
    tokens made;
    if (grant == tipring::oauth::grant_type::password)
        made = entrance.sign_in(*op.username, op.password->reveal(), text_of(op.account_id),
                                around_.now);
    else if (grant == tipring::oauth::grant_type::refresh_token)
        made = entrance.refresh(op.refresh_token->reveal(), around_.now);
    else
        throw common::refusal{.code = "unsupported_grant_type",
                              .message = "the stand-in knows password and refresh_token"};
    const auto response =
        reply<cloudlink::token_request>({.token_type = "bearer",
                                         .expires_in = made.life.count(),
                                         .access_token = tipring::secret{made.access},
                                         .refresh_token = tipring::secret{made.refresh},
                                         .scope = "read write"});
    return common::with_headers(response, {{"Cache-Control", "no-store"}}, around_.memory);
}

http::response handlers::operator()(const cloudlink::view_claims&) {
    const person& who = *around_.who;
    return reply<cloudlink::view_claims>(
        {.principal_id = text{who.user_id},
         .user_id = cloudlink::user_id{who.user_id},
         .account_id = cloudlink::account_id{around_.all.everybody.account_id()},
         .role = tipring::open<cloudlink::role>{who.role},
         .name = text{who.name},
         .email = text{who.email},
         .language_code = "en-US",
         .extension = text{who.extension},
         .email_verified = who.has_verified_email});
}

cloudlink::user handlers::shown(const person& of) {
    cloudlink::user made{.user_id = cloudlink::user_id{of.user_id},
                         .account_id = cloudlink::account_id{around_.all.everybody.account_id()},
                         .name = text{of.name},
                         .email = text{of.email},
                         .role = tipring::open<cloudlink::role>{of.role},
                         .site_id = cloudlink::site_id{of.site_id},
                         .email_verified = of.has_verified_email,
                         .created_on = tipring::datetime{of.created_on}};
    if (!of.extension.empty()) made.extension = text{of.extension};
    made.links = cloudlink::links{
        .self = link_to(cloudlink::view_user{.user_id = cloudlink::user_id{of.user_id}})};
    return made;
}

template <http::operation_type Op>
http::response handlers::reply_users(const Op& op) {
    std::vector<const person*> all;
    for (const person& each : around_.all.everybody.all()) all.push_back(&each);
    return reply_page(op, all, [this](const person& each) { return shown(each); });
}

http::response handlers::operator()(const cloudlink::list_users& op) {
    return reply_users(op);
}

http::response handlers::operator()(const cloudlink::list_account_users& op) {
    if (!around_.all.everybody.is_account(op.account_id.value)) throw not_found("no such account");
    return reply_users(op);
}

person& handlers::named(text user_id) {
    if (user_id == "me") return *around_.who;
    person* const found = around_.all.everybody.find(user_id);
    if (found == nullptr) throw not_found("no such user");
    return *found;
}

http::response handlers::operator()(const cloudlink::view_user& op) {
    return reply<cloudlink::view_user>(shown(named(op.user_id.value)));
}

http::response handlers::operator()(const cloudlink::view_account_user& op) {
    if (!around_.all.everybody.is_account(op.account_id.value)) throw not_found("no such account");
    return reply<cloudlink::view_account_user>(shown(named(op.user_id.value)));
}

} // namespace stand_in
