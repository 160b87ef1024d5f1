// The OData options of a request ($search, $filter and so on) as one struct, which operations have
// as a member, and their place in a query: put there by clients, taken from one by servers. Not
// here: filters (odata_filter.hpp and its neighbours).
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <tipring/cloudlink/odata_filter.hpp>
#include <tipring/cloudlink/odata_parse.hpp>
#include <tipring/cloudlink/odata_print.hpp>
#include <tipring/cloudlink/odata_property.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/given.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/query.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink::odata {

namespace detail {

template <class T>
concept names_a_property = requires(const T& p) {
    { T::type } -> std::convertible_to<property_type>;
    { p.name() } -> std::convertible_to<text>;
};

/// A list of fixed capacity with a text beside it for what the list cannot say.
template <class Element, std::size_t Capacity>
class short_list {
public:
    static constexpr std::size_t capacity = Capacity;

    /// One more; errc::too_many, and no change, when there are `capacity` already.
    [[nodiscard]] constexpr errc add(const Element& more) {
        if (size_ == capacity) return errc::too_many;
        elements_[size_++] = more;
        return errc::ok;
    }
    /// Nothing is asked for.
    constexpr bool empty() const { return size_ == 0 && written_.empty(); }
    constexpr list<Element> elements() const { return {elements_.data(), size_}; }
    /// What is sent instead of elements, in OData's own words; mostly empty.
    constexpr text written() const { return written_; }
    constexpr void set_written(text words) {
        size_ = 0;
        written_ = words;
    }

    friend constexpr bool operator==(const short_list& a, const short_list& b) {
        return a.written_ == b.written_ && std::equal(a.elements().begin(), a.elements().end(),
                                                      b.elements().begin(), b.elements().end());
    }

private:
    std::array<Element, Capacity> elements_ = {};
    text written_ = {};
    std::uint8_t size_ = 0;
};

} // namespace detail

/// The names of `$expand` or `$select`: properties, and text for what is not declared. Views of the
/// caller's text.
///
///     odata::names{"tags"}    odata::names{email, name}
class names : public detail::short_list<text, 8> {
public:
    constexpr names() = default;
    template <class... Given>
        requires(sizeof...(Given) != 0 &&
                 ((given::as_text<std::remove_cvref_t<Given>> ||
                   detail::names_a_property<std::remove_cvref_t<Given>>)&&...))
    constexpr names(Given&&... given) {
        static_assert(sizeof...(Given) <= capacity, "OData: at most 8 names");
        (static_cast<void>(add(name_of(std::forward<Given>(given)))), ...);
    }
    /// For what a list of names cannot say: `media($select=url)`, `*`. Sent as it is,
    /// percent-encoded.
    template <class Given>
        requires given::as_text<std::remove_cvref_t<Given>>
    static constexpr names as_written(Given&& words) {
        names made;
        made.set_written(detail::text_operand::read(std::forward<Given>(words)));
        return made;
    }

private:
    template <class Given>
    static constexpr text name_of(Given&& given) {
        if constexpr (detail::names_a_property<std::remove_cvref_t<Given>>)
            return given.name();
        else
            return detail::text_operand::read(std::forward<Given>(given));
    }
};

/// What `$orderby` sorts by, the first key first. Views of the caller's text.
///
///     odata::ordering{name, created_on.descending()}
class ordering : public detail::short_list<order_key, 4> {
public:
    constexpr ordering() = default;
    template <class... Given>
        requires(sizeof...(Given) != 0 &&
                 ((std::same_as<std::remove_cvref_t<Given>, order_key> ||
                   detail::names_a_property<std::remove_cvref_t<Given>>)&&...))
    constexpr ordering(const Given&... given) {
        static_assert(sizeof...(Given) <= capacity, "OData: at most 4 properties to sort by");
        (static_cast<void>(add(key_of(given))), ...);
    }
    /// For what a list of properties cannot say: `lastname`, `length(name) desc`. Sent as it is,
    /// percent-encoded.
    template <class Given>
        requires given::as_text<std::remove_cvref_t<Given>>
    static constexpr ordering as_written(Given&& words) {
        ordering made;
        made.set_written(detail::text_operand::read(std::forward<Given>(words)));
        return made;
    }

private:
    static constexpr order_key key_of(const order_key& given) { return given; }
    template <detail::names_a_property Given>
    static constexpr order_key key_of(const Given& given) {
        return given.ascending();
    }
};

/// The OData options of one request; what is not set is not sent. A plain value of about 1.5 KB on
/// a 64-bit machine; it views the caller's text. An operation has one as a member:
///
///     struct list_users { using answer = …; odata::query query{}; };
///     TIPRING_DESCRIBE(list_users, TIPRING_MEMBER(query, "OData options").query());
///
///     list_users{.query = {.top = 50, .filter = email == "bob@email.com"}}
///
/// Which options a service takes is for the service to say; CloudLink was never seen to take
/// `$select` or `$count`.
struct query {
    /// Free text. CloudLink documents no operators in it, so none is written.
    text search = {};
    std::optional<std::int64_t> skip = {};
    /// Of a `next` link, decoded; opaque.
    text skiptoken = {};
    std::optional<std::int64_t> top = {};
    odata::filter filter = {};
    ordering orderby = {};
    names expand = {};
    names select = {};
    std::optional<bool> count = {};

    friend constexpr bool operator==(const query&, const query&) = default;
};
static_assert(std::is_trivially_copyable_v<query>);

namespace detail {

using namespace std::string_view_literals;

/// Lets a filter be printed into a query's value.
struct encoded_value {
    http::query_writer& out;

    constexpr void put(text piece) { out.append(piece); }
};

// Values of all kinds. What is written has the option's name with its dollar sign; errors have
// none. False when a value cannot be written; then `failure`, which is none before, says why.

constexpr bool put_value(text option, text value, http::query_writer& out, error& failure) {
    if (value.empty()) return true;
    out.begin_plain(option);
    out.append(value);
    failure.code = check_text(value);
    return failure.code == errc::ok;
}
constexpr bool put_value(text option, std::optional<std::int64_t> value, http::query_writer& out,
                         error& failure) {
    if (!value) return true;
    if (*value < 0) {
        failure.code = errc::bad_parameter;
        return false;
    }
    out.begin_plain(option);
    out.append_integer(*value);
    return true;
}
constexpr bool put_value(text option, std::optional<bool> value, http::query_writer& out,
                         error& failure) {
    return !value || put_value(option, *value ? "true"sv : "false"sv, out, failure);
}
constexpr errc put_element(text name, http::query_writer& out) {
    out.append(name);
    return name == "null" || is_property_path(name) ? errc::ok : errc::bad_parameter;
}
constexpr errc put_element(const order_key& key, http::query_writer& out) {
    out.append(key.property);
    if (key.descending) out.append(" desc");
    return is_property_path(key.property) ? errc::ok : errc::bad_parameter;
}
template <class Element, std::size_t Capacity>
constexpr bool put_value(text option, const short_list<Element, Capacity>& all,
                         http::query_writer& out, error& failure) {
    if (all.empty()) return true;
    if (!all.written().empty()) return put_value(option, all.written(), out, failure);
    out.begin_plain(option);
    for (std::size_t i = 0; i < all.elements().size(); ++i) {
        if (i != 0) out.append(",");
        failure.code = put_element(all.elements()[i], out);
        if (failure.code == errc::ok) continue;
        failure.path.push_element(i);
        return false;
    }
    return true;
}
constexpr bool put_value(text option, const filter& what, http::query_writer& out, error& failure) {
    if (what.empty()) return true;
    out.begin_plain(option);
    encoded_value value{out};
    return filter_printer{value}.run(what, failure);
}

/// As put_value(), but errors have the option's name without its dollar sign.
template <class Value>
constexpr bool put_option(text option, const Value& value, http::query_writer& out,
                          error& failure) {
    if (put_value(option, value, out, failure)) return true;
    failure.path.prepend_member(slice(option, 1));
    return false;
}

/// As put_query(): false when it cannot; then `failure`, which is none before, says why.
constexpr bool put_query(const query& options, http::query_writer& out, error& failure) {
    return put_option("$search"sv, options.search, out, failure) &&
           put_option("$skip"sv, options.skip, out, failure) &&
           put_option("$skiptoken"sv, options.skiptoken, out, failure) &&
           put_option("$top"sv, options.top, out, failure) &&
           put_option("$filter"sv, options.filter, out, failure) &&
           put_option("$orderby"sv, options.orderby, out, failure) &&
           put_option("$expand"sv, options.expand, out, failure) &&
           put_option("$select"sv, options.select, out, failure) &&
           put_option("$count"sv, options.count, out, failure);
}

} // namespace detail

/// Writes the options that are set: `?$top=50&$filter=email%20eq%20%27bob%40email.com%27`. Names
/// have a plain `$`; values are percent-encoded once, a blank as `%20`.
///
/// Errors have the option's name and what is behind it: `filter[1].email`, `orderby[0]`. For
/// filters see print(). errc::bad_parameter: a negative number, a name that is none, control
/// characters; errc::invalid_utf8.
constexpr result<void> put_query(const query& options, http::query_writer& out) {
    error failure;
    if (detail::put_query(options, out, failure)) return {};
    return failure;
}

namespace detail {

/// Reads `a,b desc`; false when it is more than a list of names.
constexpr bool read_element(text written, text& into) {
    into = written;
    return written == "null" || is_property_path(written);
}
constexpr bool read_element(text written, order_key& into) {
    const std::size_t blank = written.find(' ');
    const text direction = blank == text::npos ? text{"asc"} : trimmed(slice(written, blank));
    into = {slice(written, 0, blank), direction == "desc"};
    return is_property_path(into.property) && (direction == "asc" || direction == "desc");
}
template <class Element, std::size_t Capacity>
constexpr result<void> read_list(text written, short_list<Element, Capacity>& into) {
    std::size_t count = 0;
    text rest = written;
    for (bool more = true; more; ++count) {
        const std::size_t comma = rest.find(',');
        Element element = {};
        if (!read_element(trimmed(slice(rest, 0, comma)), element)) {
            into.set_written(written);
            return {};
        }
        if (count < Capacity) static_cast<void>(into.add(element));
        more = comma != text::npos;
        rest = slice(rest, comma == text::npos ? rest.size() : comma + 1);
    }
    if (count > Capacity) return error{.code = errc::too_many, .needed = count};
    return {};
}

constexpr bool is_set(text value) {
    return !value.empty();
}
template <class Value>
constexpr bool is_set(const std::optional<Value>& value) {
    return value.has_value();
}
template <class Value>
    requires requires(const Value& v) {
        v.empty();
    }
constexpr bool is_set(const Value& value) {
    return !value.empty();
}

inline result<void> read_option(text written, text& into, arena&) {
    into = written;
    return {};
}
inline result<void> read_option(text written, std::optional<std::int64_t>& into, arena&) {
    into = written.starts_with('-') ? std::nullopt : parse_integer<std::int64_t>(written);
    return into ? result<void>{} : errc::bad_parameter;
}
inline result<void> read_option(text written, std::optional<bool>& into, arena&) {
    if (written != "true" && written != "false") return errc::bad_parameter;
    into = written == "true";
    return {};
}
inline result<void> read_option(text written, filter& into, arena& memory) {
    return parse_filter(written, memory, into);
}
template <class Element, std::size_t Capacity>
result<void> read_option(text written, short_list<Element, Capacity>& into, arena&) {
    return read_list(written, into);
}

template <class Value>
result<bool> take_into(text option, text written, Value& into, arena& memory) {
    if (is_set(into)) return about(errc::duplicate_parameter, option);
    // A filter says itself where it is wrong.
    if constexpr (!std::same_as<Value, filter>) {
        const errc fault = written.empty() ? errc::bad_parameter : check_text(written);
        if (fault != errc::ok) return about(fault, option);
    }
    if (const result<void> read = read_option(written, into, memory); !read)
        return about(read.error(), option);
    return true;
}

} // namespace detail

/// Takes one parameter of a received query, both parts decoded, and puts it in `into`, which then
/// views `written` and `memory`. False when it is none of the options: their names start with `$`
/// and have no capitals.
///
/// Read the query with http::plus_sign::is_plus: in OData a plus is no blank. `$expand`, `$select`
/// and `$orderby` that are more than lists of names are kept as they were written.
///
/// Errors name the option, and have the offset in `written` for filters: errc::duplicate_parameter,
/// errc::bad_parameter for an empty value, control characters, and numbers and bools that are none;
/// errc::too_many with `needed` for long lists; errc::invalid_utf8; see parse_filter().
inline result<bool> take_option(text name, text written, query& into, arena& memory) {
    if (name == "$search") return detail::take_into("search", written, into.search, memory);
    if (name == "$skip") return detail::take_into("skip", written, into.skip, memory);
    if (name == "$skiptoken")
        return detail::take_into("skiptoken", written, into.skiptoken, memory);
    if (name == "$top") return detail::take_into("top", written, into.top, memory);
    if (name == "$filter") return detail::take_into("filter", written, into.filter, memory);
    if (name == "$orderby") return detail::take_into("orderby", written, into.orderby, memory);
    if (name == "$expand") return detail::take_into("expand", written, into.expand, memory);
    if (name == "$select") return detail::take_into("select", written, into.select, memory);
    if (name == "$count") return detail::take_into("count", written, into.count, memory);
    return false;
}

namespace detail {

inline bool put_options(const void* value, http::query_writer& out, error& failure) {
    return put_query(*static_cast<const query*>(value), out, failure);
}
inline result<bool> take_any_option(text name, text written, void* value, arena& memory) {
    return take_option(name, written, *static_cast<query*>(value), memory);
}
inline constexpr http::parameter_codec query_codec = {.put_all = &put_options,
                                                      .take = &take_any_option};
inline constexpr json::custom_type query_type = {.equal = &http::detail::equal_values<query>,
                                                 .query_codec = &query_codec};

} // namespace detail

} // namespace tipring::inline TIPRING_ABI::cloudlink::odata

namespace tipring::inline TIPRING_ABI::json {
template <>
inline constexpr bool is_custom<cloudlink::odata::query> = true;
template <>
inline constexpr const custom_type* custom_type_of<cloudlink::odata::query> =
    &cloudlink::odata::detail::query_type;
} // namespace tipring::inline TIPRING_ABI::json
