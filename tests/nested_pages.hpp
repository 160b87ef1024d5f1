// Pages whose rows lie in an object in them, as those of CloudLink's collections do, for the tests
// of the row stream and the pager. Nothing here is part of the library.
#pragma once

#include <tipring/cloudlink/odata.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

#include <cstdint>

namespace tipring::inline TIPRING_ABI::nested_pages {

inline constexpr http::api api{.name = "test"};

struct tag {
    field<text> name{};
    field<std::int64_t> weight{};
};
TIPRING_DESCRIBE(tag, TIPRING_MEMBER(name, "what it says"), TIPRING_MEMBER(weight, "how often"));

struct user {
    field<text> name{};
    field<std::int64_t> age{};
    field<list<tag>> tags{};
};
TIPRING_DESCRIBE(user, TIPRING_MEMBER(name, "who it is"), TIPRING_MEMBER(age, "in years"),
                 TIPRING_MEMBER(tags, "a list in a row"));

struct links {
    field<text> self{};
    field<text> next{};
};
TIPRING_DESCRIBE(links, TIPRING_MEMBER(self, "this page"), TIPRING_MEMBER(next, "the next one"));

/// Its members are of every way to take room: none, text, lists at both ends of the memory.
struct embedded {
    field<list<tag>> conference_tags{};
    field<list<user>> items{};
    field<nested_pages::links> links{};
    field<list<text>> words{};
    field<std::int64_t> count{};
    field<text> note{};
};
TIPRING_DESCRIBE(embedded,
                 TIPRING_MEMBER(conference_tags, "a list beside the rows").named("conferenceTags"),
                 TIPRING_MEMBER(items, "the rows"),
                 TIPRING_MEMBER(links, "an object beside the rows"),
                 TIPRING_MEMBER(words, "a list of text"), TIPRING_MEMBER(count, "also outside"),
                 TIPRING_MEMBER(note, "has another spelling").alias("noet"));

/// As CloudLink's, and more.
struct page {
    using row = user;

    field<std::int64_t> count{};
    field<nested_pages::links> links{};
    field<nested_pages::embedded> embedded{};
    field<list<tag>> tags{};
    field<text> note{};
};
TIPRING_DESCRIBE(page, TIPRING_MEMBER(count, "how many are here"),
                 TIPRING_MEMBER(links, "where to go on").named("_links"),
                 TIPRING_MEMBER(embedded, "what has the rows").named("_embedded"),
                 TIPRING_MEMBER(tags, "a list of something else"),
                 TIPRING_MEMBER(note, "also inside"));

struct list_users {
    using answer = page;

    cloudlink::odata::query query{};
};
TIPRING_DESCRIBE(list_users, TIPRING_MEMBER(query, "OData options").query());
TIPRING_OPERATION(list_users, .path = "/2017-09-01/users", .api = &api);

/// Members that must be there, beside the rows and around them; the object is no field, so that it
/// cannot be null.
struct strict_embedded {
    field<list<user>> items{};
    field<std::int64_t> count{};
};
TIPRING_DESCRIBE(strict_embedded, TIPRING_MEMBER(items, "the rows"),
                 TIPRING_MEMBER(count, "must be there").required());

struct strict_page {
    using row = user;

    strict_embedded embedded{};
    field<nested_pages::links> links{};
};
TIPRING_DESCRIBE(
    strict_page,
    TIPRING_MEMBER(embedded, "what has the rows, must be there").named("_embedded").required(),
    TIPRING_MEMBER(links, "must be there").named("_links").required());

struct list_strictly {
    using answer = strict_page;

    field<bool> unused{};
};
TIPRING_DESCRIBE(list_strictly, TIPRING_MEMBER(unused, "unused").query());
TIPRING_OPERATION(list_strictly, .path = "/strict", .api = &api);

/// A list of rows in the page goes before one in an object. The bare array may stand for the page.
struct page_of_both {
    using row = user;

    field<nested_pages::embedded> embedded{};
    field<list<user>> users{};
};
TIPRING_DESCRIBE(page_of_both,
                 TIPRING_MEMBER(embedded, "has a list of rows too").named("_embedded"),
                 TIPRING_MEMBER(users, "the rows, must be there").bare_array().required());

struct list_both {
    using answer = page_of_both;

    field<bool> unused{};
};
TIPRING_DESCRIBE(list_both, TIPRING_MEMBER(unused, "unused").query());
TIPRING_OPERATION(list_both, .path = "/both", .api = &api);

} // namespace tipring::inline TIPRING_ABI::nested_pages
