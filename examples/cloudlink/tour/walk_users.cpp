// Users by a filter, over pages, while tokens end.
#include "walk.hpp"

#include <algorithm>

namespace tour {

namespace users = cloudlink::properties::users;

namespace {

using tipring::utc_instant;

/// What is kept of a user; the rest lives until the next request.
struct seen_user {
    std::string name;
    std::string email;
    bool is_wanted = false;
};

constexpr text piece = "O'";
/// 2023-01-20, in the middle of the stand-in's users.
constexpr utc_instant since{std::chrono::sys_days{std::chrono::year{2023} / 1 / 20}};

/// The filter below, said once more in C++.
bool is_wanted(const cloudlink::user& of) {
    const auto written = (*of.created_on).parse();
    const auto made = written ? written->instant() : std::nullopt;
    return *of.role == cloudlink::role::user &&
           ((made && *made >= since) || (*of.name).find(piece) != text::npos);
}

void keep(const cloudlink::collection<cloudlink::user>& page, std::vector<seen_user>& all) {
    for (const cloudlink::user& each : items(page))
        all.push_back({.name = std::string{*each.name},
                       .email = std::string{*each.email},
                       .is_wanted = is_wanted(each)});
}

/// All users, without a filter: to check the server by.
std::vector<seen_user> all_users(account& anna) {
    std::vector<seen_user> all;
    const auto page = anna.must(cloudlink::list_users{.query = {.top = 1000}});
    keep(page, all);
    anna.require(next_link(page).empty(), "there are more than a thousand users");
    anna.count_rows(all.size());
    anna.tell(join("all ", all.size(), " users, to check by"));
    return all;
}

/// The same rows, in the order that was asked for.
void check_rows(const account& anna, std::vector<seen_user> expected,
                const std::vector<seen_user>& found) {
    std::erase_if(expected, [](const seen_user& each) { return !each.is_wanted; });
    std::ranges::stable_sort(expected, [](const seen_user& a, const seen_user& b) {
        return a.name != b.name ? a.name > b.name : a.email < b.email;
    });
    anna.require(std::ranges::equal(expected, found, {}, &seen_user::email, &seen_user::email),
                 "those are not the users that C++ finds, or not in that order");
}

void check_refresh(account& anna, overseer& above, std::int64_t refreshes_before) {
    const stand_in::state after = above.look();
    above.require(*after.refreshes - refreshes_before == 1, "not one refresh but another number");
    above.tell("the server saw one refresh");
    anna.require(anna.session().failures() == 0, "the session counts a failure");
}

/// Page after page; before the second one, all access tokens are past their time.
std::vector<seen_user> walk_pages(account& anna, overseer& above) {
    char memory_of_server[2048];
    tipring::arena room{memory_of_server};
    const auto server = server_of(cloudlink::service::admin, anna.place(), room);
    if (!server) throw failed{said(server.error())};
    tipring::pager pages{*server};
    const cloudlink::list_users op{
        .query = {.top = 12,
                  .filter = users::role == "USER" &&
                            (users::created_on >= since || users::name.contains(piece)),
                  .orderby = {users::name.descending(), users::email}}};
    std::vector<seen_user> found;
    auto request = pages.first(op, anna.fresh_request_memory());
    while (request && *request) {
        const auto got = anna.read<cloudlink::list_users>(**request);
        const auto page = anna.value_of(got);
        keep(page, found);
        anna.count_rows(items(page).size());
        anna.tell(join("page ", pages.pages(), ": ", count(items(page).size(), "user")));
        if (pages.pages() == 1) {
            remark(join("next: ", next_link(page)));
            above.expire_tokens();
            above.tell("now every access token is past its time");
        }
        request = pages.next(next_link(page), anna.fresh_request_memory());
    }
    if (!request) anna.fail(said(request.error()));
    anna.require(pages.pages() > 2, "that were too few pages");
    return found;
}

void replay_refresh_token(account& anna, overseer& above) {
    const std::string used{anna.session().refresh_token().reveal()};
    above.expire_tokens();
    anna.must(cloudlink::view_user{.user_id = cloudlink::user_id{"me"}});
    anna.tell("another end in between");
    const std::string code =
        anna.try_grant(cloudlink::refresh_token_grant{.refresh_token = tipring::secret{used}});
    anna.require(code == "invalid_grant", "a refresh token is good twice");
    anna.tell("the refresh token of before, sent again by hand: good once only");
}

} // namespace

void list_users(account& anna, overseer& above) {
    section("2. Users, while the token ends");
    const std::vector<seen_user> all = all_users(anna);
    const std::int64_t refreshes_before = *above.look().refreshes;
    const std::vector<seen_user> found = walk_pages(anna, above);
    check_rows(anna, all, found);
    remark(join("all pages: the ", found.size(), " users that the same filter finds in C++"));
    check_refresh(anna, above, refreshes_before);
    replay_refresh_token(anna, above);
}

} // namespace tour
