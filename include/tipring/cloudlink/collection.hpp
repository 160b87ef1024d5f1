// Links, and the envelope that lists come in (fact sheet C.3). It looks like HAL and is not: links
// are mostly plain text. Not here: walking over pages (http/paging.hpp), the options of a list
// (odata_query.hpp), the items themselves.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

#include <tipring/core/field.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// A link as HAL has it, which may stand where CloudLink has plain text (quirk Q-20).
struct link_object {
    field<text> href{};
};
TIPRING_DESCRIBE(link_object, TIPRING_MEMBER(href, "the link"));

/// Where a resource or a list is. Mostly paths that start with the version, at times with raw
/// blanks and quotes in them (quirk Q-21): follow them by a pager, which resolves and encodes them.
struct links {
    field<text> self{};
    field<text> next{};
    field<text> reference{};
};
TIPRING_DESCRIBE(
    links, TIPRING_MEMBER(self, "where this is").nullable().or_object<link_object>(),
    TIPRING_MEMBER(next, "where the next page is").nullable().or_object<link_object>(),
    TIPRING_MEMBER(reference, "seen in old clients only").nullable().or_object<link_object>());

/// What a list holds when nothing is expanded. Items that no document describes are not printed,
/// since nobody knows what secrets may be in them (quirk Q-40).
template <class T>
struct embedded_items {
    field<list<T>> items{};
};
template <class T>
void tipring_is_described(std::type_identity<embedded_items<T>>);
template <class T>
constexpr auto tipring_describe(std::type_identity<embedded_items<T>>) {
    using described_type = embedded_items<T>;
    constexpr described_type described_value{};
    constexpr unsigned facts = std::is_same_v<T, raw_json> ? unsigned{json::is_secret} : 0;
    return std::array{TIPRING_MEMBER(items, "the items of this page").with(facts)};
}
template <class T>
bool operator==(const embedded_items<T>& a, const embedded_items<T>& b) {
    return json::equal(a, b);
}

/// One page of a list of T. `Embedded` has `items`, and what else the list embeds.
template <class T, class Embedded = embedded_items<T>>
struct collection {
    using row = T;

    field<std::int64_t> count{};
    field<cloudlink::links> links{};
    field<Embedded> embedded{};
};
template <class T, class Embedded>
void tipring_is_described(std::type_identity<collection<T, Embedded>>);
template <class T, class Embedded>
constexpr auto tipring_describe(std::type_identity<collection<T, Embedded>>) {
    using described_type = collection<T, Embedded>;
    constexpr described_type described_value{};
    return std::array{
        TIPRING_MEMBER(count, "at times the number on this page, so no reliable total").nullable(),
        TIPRING_MEMBER(links, "where this page and the next one are").nullable().named("_links"),
        TIPRING_MEMBER(embedded, "the items; may be missing when there are none (quirk Q-19)")
            .nullable()
            .named("_embedded")};
}
template <class T, class Embedded>
bool operator==(const collection<T, Embedded>& a, const collection<T, Embedded>& b) {
    return json::equal(a, b);
}

/// The items of a page: none when `_embedded` or `items` is missing or null (quirk Q-19).
template <class T, class Embedded>
constexpr list<T> items(const collection<T, Embedded>& page) {
    return page.embedded && page.embedded->items ? *page.embedded->items : list<T>{};
}

/// The link to the next page, for pager::next(); empty on the last one.
template <class T, class Embedded>
constexpr text next_link(const collection<T, Embedded>& page) {
    return page.links && page.links->next ? *page.links->next : text{};
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
