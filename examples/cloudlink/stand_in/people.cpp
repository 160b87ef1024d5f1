#include "people.hpp"

#include <algorithm>
#include <chrono>

namespace stand_in {

namespace {

/// The same for all, as in every demo.
constexpr text password_of_all = "secret";
constexpr std::size_t others = 40;

std::string lower(text from) {
    std::string made{from};
    for (char& c : made) c = c == ' ' ? '.' : tipring::to_lower(c);
    return made;
}

} // namespace

std::string wire_time(utc_instant when) {
    const auto printed = tipring::datetime_text::make_search(when);
    return printed ? std::string{printed->view().value} : std::string{};
}

std::optional<value> property_of(const person& who, text name) {
    const auto or_null = [](const std::string& content) {
        return content.empty() ? value{} : value{text{content}};
    };
    if (name == "userId") return text{who.user_id};
    if (name == "name") return text{who.name};
    if (name == "email") return text{who.email};
    if (name == "role") return text{who.role};
    if (name == "extension") return or_null(who.extension);
    if (name == "siteId") return or_null(who.site_id);
    if (name == "emailVerified") return who.has_verified_email;
    if (name == "createdOn") return time_of(who.created_on);
    return std::nullopt;
}

people::people(common::random_source& random) : account_id_{random.uuid()} {
    add(random, "Anna Admin", "anna@example.com", "ACCOUNT_ADMIN");
    add(random, "Bob Baker", "bob@example.com", "USER");
    add(random, "Carol O'Neil", "carol@example.com", "USER");
    add(random, "Dave Dunn", "dave@example.com", "USER");
    add(random, "Eve Eaves", "eve@example.com", "USER");
    add(random, "Zo\xC3\xAB R&D 50%", "zoe@example.com", "USER");
    constexpr text given[] = {"Alan", "Barbara", "Claude", "Donald", "Edsger", "Frances", "Grace"};
    constexpr text family[] = {"Allen",    "Dijkstra", "Hopper", "Knuth",
                               "Lovelace", "O'Brien",  "Shannon"};
    for (std::size_t i = 0; i < others; ++i) {
        const std::string name = std::string{given[i % std::size(given)]} + " " +
                                 std::string{family[i / std::size(given) % std::size(family)]};
        add(random, name, lower(name) + "@example.com", i % 13 == 5 ? "ACCOUNT_ADMIN" : "USER");
        all_.back().has_verified_email = i % 3 != 0;
    }
}

void people::add(common::random_source& random, text name, text email, text role) {
    const std::size_t number = all_.size();
    const utc_instant first{std::chrono::sys_days{std::chrono::year{2023} / 1 / 1}};
    all_.push_back({.user_id = random.uuid(),
                    .name = std::string{name},
                    .email = std::string{email},
                    .role = std::string{role},
                    .extension = number % 4 == 3 ? std::string{} : std::to_string(2001 + number),
                    .site_id = number % 2 == 0 ? "north" : "south",
                    .created_on = wire_time(first + std::chrono::hours{30 * number}),
                    .password = std::string{password_of_all}});
}

person* people::find(text user_id) {
    const auto found =
        std::ranges::find_if(all_, [&](const person& each) { return each.user_id == user_id; });
    return found == all_.end() ? nullptr : &*found;
}

person* people::with_email(text email) {
    const auto found =
        std::ranges::find_if(all_, [&](const person& each) { return each.email == email; });
    return found == all_.end() ? nullptr : &*found;
}

} // namespace stand_in
