// OData over rows of any kind: which of them a filter keeps, in which order, and which page of them
// is asked for. Not here: what the rows are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tipring/cloudlink/odata.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>

#include "../../common/refusal.hpp"

namespace stand_in {

namespace odata = tipring::cloudlink::odata;

/// A property of a row; the first stands for null, which sorts before all else.
using value = std::variant<std::monostate, tipring::text, bool, tipring::utc_instant>;

/// The properties of one row by name; nothing for a name that is unknown.
using properties = std::function<std::optional<value>(tipring::text name)>;

/// Null for what is no time.
value time_of(tipring::text written);

/// Throws a refusal for an unknown property and for one that is compared with another type.
bool holds(const odata::filter& where, const properties& row);

/// As above, for a property to sort by.
value sort_value(const properties& row, tipring::text name);

/// Throws a refusal for the options that the stand-in does not have.
void check_options(const odata::query& asked);

/// The size of a page when nobody says it, and the largest.
inline constexpr std::size_t default_top = 20;
inline constexpr std::size_t most_top = 1000;

template <class Row>
struct page {
    std::vector<const Row*> rows;
    /// What `$skip` the next page has; nothing when there is none.
    std::optional<std::int64_t> next_skip;
};

/// Needs `property_of(const Row&, text)`.
template <class Row>
page<Row> select(const std::vector<const Row*>& all, const odata::query& asked) {
    check_options(asked);
    const auto read = [](const Row& row) {
        return [&row](tipring::text name) { return property_of(row, name); };
    };
    std::vector<const Row*> kept;
    for (const Row* each : all)
        if (holds(asked.filter, read(*each))) kept.push_back(each);
    const auto keys = asked.orderby.elements();
    for (std::size_t i = keys.size(); i-- > 0;)
        std::ranges::stable_sort(kept, [&](const Row* a, const Row* b) {
            const value left = sort_value(read(*a), keys[i].property);
            const value right = sort_value(read(*b), keys[i].property);
            return keys[i].descending ? right < left : left < right;
        });
    const std::size_t top =
        asked.top ? std::min(static_cast<std::size_t>(*asked.top), most_top) : default_top;
    const std::size_t skip =
        std::min(static_cast<std::size_t>(asked.skip.value_or(0)), kept.size());
    const std::size_t end = skip + std::min(top, kept.size() - skip);
    page<Row> made{.rows = {kept.begin() + static_cast<std::ptrdiff_t>(skip),
                            kept.begin() + static_cast<std::ptrdiff_t>(end)},
                   .next_skip = {}};
    if (end < kept.size() && top != 0) made.next_skip = static_cast<std::int64_t>(end);
    return made;
}

/// A target as CloudLink writes it into links: with raw blanks, quotes and commas (quirk Q-21).
std::string loosely_written(tipring::text target);

} // namespace stand_in
