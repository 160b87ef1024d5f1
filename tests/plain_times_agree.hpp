// Whether the library read a time as the tables of plain_times.hpp do.
#pragma once

#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/time.hpp>

#include <chrono>

#include "plain_times.hpp"

namespace plain_times {

using namespace tipring;

inline bool is_same(const timestamp& ours, const moment& theirs) {
    return ours.local.time_since_epoch().count() == seconds_of(theirs) &&
           ours.fraction.count() == theirs.nanoseconds &&
           ours.offset.has_value() == theirs.offset.has_value() &&
           (!ours.offset || ours.offset->count() == *theirs.offset);
}
inline bool is_same(calendar_date ours, const moment& theirs) {
    return ours == calendar_date{std::chrono::year{theirs.year},
                                 std::chrono::month{static_cast<unsigned>(theirs.month)},
                                 std::chrono::day{static_cast<unsigned>(theirs.day)}};
}
inline bool is_same(std::chrono::seconds ours, const moment& theirs) {
    return ours.count() == theirs.length;
}
inline bool is_same(utc_instant ours, const moment& theirs) {
    return ours.time_since_epoch().count() == seconds_of(theirs) * 1000;
}

template <class Range>
inline bool is_same_range(const Range& first, const Range& last, const reading& theirs) {
    return is_same(first, theirs.moments[0]) && is_same(last, theirs.moments[1]);
}
inline bool is_same(const timestamp_range& ours, const reading& theirs) {
    return is_same_range(ours.first, ours.last, theirs);
}
inline bool is_same(const tipring::date_range& ours, const reading& theirs) {
    return is_same_range(ours.first, ours.last, theirs);
}
inline bool is_same(const tipring::duration_range& ours, const reading& theirs) {
    return is_same_range(ours.shortest, ours.longest, theirs);
}
template <class Value>
inline bool is_same(const Value& ours, const reading& theirs) {
    return is_same(ours, theirs.moments[0]);
}

/// The same value, or the same error at the same place.
template <class Value>
bool agree(const result<Value>& ours, const reading& theirs) {
    const errc expected = theirs.is == verdict::good      ? errc::ok
                          : theirs.is == verdict::cut     ? errc::unexpected_end
                          : theirs.is == verdict::no_such ? errc::out_of_range
                                                          : errc::invalid_time;
    return ours.code() == expected &&
           (ours ? is_same(*ours, theirs) : ours.error().offset == theirs.at);
}

} // namespace plain_times
