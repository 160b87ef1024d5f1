// The advanced search of calls on the wire: put in a query by clients, taken from one by servers.
// Strict when sending, lenient when receiving. Not here: how searches are made (search.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/query.hpp>
#include <tipring/miarec/search_condition.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

namespace detail {

/// What stands between the name of a parameter and that of an operator.
inline constexpr text clause_separator = "__";

/// The manual's parameters have at most 25 bytes.
inline constexpr std::size_t longest_parameter = 64;
/// Fits every value that is not text: two numbers of 40 characters with a dash between.
inline constexpr std::size_t longest_value = 96;

/// Digits, perhaps with a point inside.
constexpr bool is_unsigned_decimal(text written) {
    const std::size_t point = written.find('.');
    const text before = slice(written, 0, point);
    const text after = point == text::npos ? text{"0"} : slice(written, point + 1);
    if (before.empty() || after.empty()) return false;
    for (const char c : before)
        if (!is_digit(c)) return false;
    for (const char c : after)
        if (!is_digit(c)) return false;
    return true;
}
constexpr bool is_decimal(text written) {
    return is_unsigned_decimal(slice(written, written.starts_with('-') ? 1 : 0));
}

constexpr errc put_range(const integer_range& range, bool both, writer& out) {
    out.put_integer(range.first);
    if (!both) return errc::ok;
    if (range.first < 0 || range.last < range.first) return errc::bad_parameter;
    out.put('-');
    out.put_integer(range.last);
    return errc::ok;
}

constexpr errc put_range(const number_range& range, bool both, writer& out) {
    const text first = range.first.value;
    const text last = range.last.value;
    out.put(first);
    if (!both) return is_decimal(first) ? errc::ok : errc::bad_parameter;
    out.put('-');
    out.put(last);
    return is_unsigned_decimal(first) && is_unsigned_decimal(last) ? errc::ok : errc::bad_parameter;
}

constexpr errc put_range(const date_range& range, bool both, writer& out) {
    if (!both) return tipring::detail::put(range.first, out);
    if (range.last < range.first) return errc::bad_parameter;
    return tipring::detail::put(range, out);
}

constexpr errc put_range(const time_range& range, bool both, writer& out) {
    const errc printed = tipring::detail::put_search_time(range.first, out);
    if (!both || printed != errc::ok) return printed;
    if (range.last < range.first) return errc::bad_parameter;
    out.put('/');
    return tipring::detail::put_search_time(range.last, out);
}

constexpr errc put_range(const duration_range& range, bool both, writer& out) {
    if (!both) return tipring::detail::put_duration(range.shortest, out);
    if (range.longest < range.shortest) return errc::bad_parameter;
    return tipring::detail::put(range, out);
}

/// The value of a condition that is not text.
constexpr errc put_value(const condition& clause, writer& out) {
    const bool both = clause.op() == comparison::between;
    switch (clause.kind()) {
    case condition_value::none: out.put('1'); return errc::ok;
    case condition_value::integers: return put_range(clause.integers(), both, out);
    case condition_value::decimals: return put_range(clause.decimals(), both, out);
    case condition_value::days: return put_range(clause.days(), both, out);
    case condition_value::times: return put_range(clause.times(), both, out);
    case condition_value::durations: return put_range(clause.durations(), both, out);
    case condition_value::words:
    case condition_value::unusable: break;
    }
    return errc::bad_parameter;
}

constexpr errc put_clause(const condition& clause, http::query_writer& out) {
    const text name = clause.name();
    if (clause.op() >= comparison::unknown) return errc::unknown_parameter;
    if (name.empty() || name.find(clause_separator) != text::npos) return errc::bad_parameter;
    if (name.size() > longest_parameter) return errc::too_long;
    if (!is_utf8(name) || !is_utf8(clause.words())) return errc::invalid_utf8;

    text written = clause.words();
    char bytes[longest_value];
    if (clause.kind() != condition_value::words) {
        writer value{bytes};
        if (put_value(clause, value) != errc::ok) return errc::bad_parameter;
        written = value.written();
    } else if (written.empty()) {
        return errc::bad_parameter;
    }
    out.begin();
    out.append(name);
    out.append(clause_separator);
    out.append(comparison_names[static_cast<std::size_t>(clause.op())]);
    out.equals();
    out.append(written);
    return errc::ok;
}

/// As put_query(): false when it cannot, then `failure`, which is none before, says why.
constexpr bool put_query(const call_search& search, http::query_writer& out, error& failure) {
    if (!search.is_active()) return true;
    out.add("advanced_search", "1");
    for (std::size_t i = 0; i < search.size(); ++i) {
        failure.code = put_clause(search[i], out);
        if (failure.code == errc::ok) continue;
        failure.path.push_element(i);
        // The names of others belong to the caller, and a path may outlive them.
        if (search[i].parameter() != search_parameter::other)
            failure.path.push_member(search[i].name());
        return false;
    }
    return true;
}

} // namespace detail

/// Writes `advanced_search=1` and one parameter for each condition, in their order; nothing for a
/// search that is not active.
///
/// Errors say which condition by index and, for parameters of the manual, by name:
/// `[1].notes_count`. errc::bad_parameter: empty text (a value is always required; there is
/// is_empty), a negative bound of numbers (the separator is not documented, so it would be
/// ambiguous: quirk D-42), bounds in the wrong order (not checked for decimals), a day that does
/// not exist, a year that is not 0000 to 9999, a negative duration, a number that is not plain
/// decimal digits or longer than 40 characters, a name with a double underscore in it (quirk D-62).
/// errc::unknown_parameter: custom() was given an operator that is none. errc::too_long: custom()
/// was given a name of more than 64 bytes. errc::invalid_utf8.
constexpr result<void> put_query(const call_search& search, http::query_writer& out) {
    error failure;
    if (detail::put_query(search, out, failure)) return {};
    return failure;
}

namespace detail {

/// Numbers, or two of them with a dash and perhaps blanks between: quirk D-42.
constexpr condition read_number(const condition_head& head, text value) {
    const condition unusable{head, condition_value::unusable};
    if (head.op != comparison::between)
        return is_decimal(value) ? number_condition(head, number{value}, number{value}) : unusable;
    const std::size_t dash = value.find('-');
    const text first = trimmed(slice(value, 0, dash));
    const text last = dash == text::npos ? text{} : trimmed(slice(value, dash + 1));
    if (!is_unsigned_decimal(first) || !is_unsigned_decimal(last)) return unusable;
    return number_condition(head, number{first}, number{last});
}

/// Whether more values than those of the enum are let through is quirk D-43: the manual gives none
/// for direction.
constexpr condition read_set(const condition_head& head, bool numeric, text value) {
    const auto integer = numeric ? parse_integer<std::int32_t>(value) : std::nullopt;
    if (integer)
        return condition{head, condition_value::integers, integer_range{*integer, *integer}};
    if (numeric && head.parameter != search_parameter::direction)
        return condition{head, condition_value::unusable};
    return condition{head, value};
}

constexpr condition read_count(const condition_head& head, text value) {
    const auto count = parse_integer<std::int64_t>(value);
    if (!count) return condition{head, condition_value::unusable};
    return condition{head, condition_value::integers, integer_range{*count, *count}};
}

constexpr condition read_days(const condition_head& head, text value) {
    if (head.op == comparison::between) {
        const auto days = parse_date_range(value);
        return days ? condition{head, *days} : condition{head, condition_value::unusable};
    }
    const auto day = parse_date(value);
    return day ? condition{head, date_range{*day, *day}}
               : condition{head, condition_value::unusable};
}

/// A time without a zone would be the API user's, whom we do not know, so it is refused.
constexpr condition read_times(const condition_head& head, text value) {
    timestamp_range written = {};
    if (head.op == comparison::between) {
        const auto range = parse_datetime_range(value);
        if (!range) return condition{head, condition_value::unusable};
        written = *range;
    } else {
        const auto time = parse_datetime(value);
        if (!time) return condition{head, condition_value::unusable};
        written = {*time, *time};
    }
    const auto first = written.first.instant();
    const auto last = written.last.instant();
    if (!first || !last) return condition{head, condition_value::unusable};
    return condition{
        head, condition_value::times,
        integer_range{first->time_since_epoch().count(), last->time_since_epoch().count()}};
}

constexpr condition read_durations(const condition_head& head, text value) {
    duration_range written = {};
    if (head.op == comparison::between) {
        const auto range = parse_duration_range(value);
        if (!range) return condition{head, condition_value::unusable};
        written = *range;
    } else {
        const auto length = parse_duration(value);
        if (!length) return condition{head, condition_value::unusable};
        written = {*length, *length};
    }
    return condition{head, condition_value::durations,
                     integer_range{written.shortest.count(), written.longest.count()}};
}

constexpr condition read_value(const condition_head& head, const parameter_row& row, text value) {
    if (is_unary(head.op)) return condition{head, condition_value::none};
    switch (row.type) {
    case parameter_type::set: return read_set(head, row.numeric, value);
    case parameter_type::number: return read_number(head, value);
    case parameter_type::date:
        if (head.op == comparison::older_than_days || head.op == comparison::newer_than_days)
            return read_count(head, value);
        return read_days(head, value);
    case parameter_type::datetime:
        if (head.op == comparison::older_than_minutes || head.op == comparison::newer_than_minutes)
            return read_count(head, value);
        return read_times(head, value);
    case parameter_type::duration: return read_durations(head, value);
    default: break;
    }
    return condition{head, value};
}

constexpr search_parameter find_parameter(text name) {
    std::size_t found = 0;
    while (found < std::size(parameter_rows) && parameter_rows[found].name != name) ++found;
    return static_cast<search_parameter>(found);
}

} // namespace detail

/// Takes one parameter of a received query, both parts decoded, and adds it to `into` if it is a
/// clause of an advanced search, which then views both parts. False when it is none: there is no
/// double underscore in its name. The last one divides (quirk D-62).
///
/// A parameter that is none of the manual's, or whose type does not have the operator, is kept as
/// search::custom() makes it. Ranges may have blanks around the dash; durations may be `SS`,
/// `MM:SS` or `HH:MM:SS`; date-times may be of any form that parse_datetime() reads with a zone;
/// the value of a unary operator is ignored.
///
/// Errors: errc::unknown_parameter when the operator is none of the 23, or the name is empty or has
/// a double underscore itself; errc::bad_parameter when the value cannot be read; errc::too_many,
/// with a lower bound in `needed`, when the search is full.
constexpr result<bool> parse_clause(text name, text value, call_search& into) {
    const std::size_t separator = name.rfind(detail::clause_separator);
    if (separator == text::npos) return false;
    detail::condition_head head{
        .name = slice(name, 0, separator),
        .op = detail::find_comparison(slice(name, separator + detail::clause_separator.size()))};
    if (head.op == comparison::unknown || head.name.empty() ||
        head.name.find(detail::clause_separator) != text::npos)
        return errc::unknown_parameter;

    const search_parameter known = detail::find_parameter(head.name);
    condition clause = detail::custom_condition(head.name, head.op, value);
    error failure{.code = errc::bad_parameter};
    if (known != search_parameter::other) {
        const detail::parameter_row& row = detail::parameter_rows[static_cast<std::size_t>(known)];
        failure.path.push_member(row.name);
        if (detail::has_comparison(row.type, head.op)) {
            head.name = row.name;
            head.parameter = known;
            clause = detail::read_value(head, row, value);
        }
    }
    if (clause.kind() == condition_value::unusable ||
        (clause.kind() == condition_value::words && clause.words().empty()))
        return failure;
    if (into.add(clause) != errc::ok)
        return error{.code = errc::too_many,
                     .needed_is_lower_bound = true,
                     .needed = call_search::capacity + 1};
    return true;
}

} // namespace tipring::inline TIPRING_ABI::miarec
