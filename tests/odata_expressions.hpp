// Random OData expressions with a meaning of their own: a tree, rows that it holds for or not, and
// the filter that tipring makes of it. What is evaluated here knows nothing of how filters are
// stored, so it can judge them. Not part of the library.
#pragma once

#include <tipring/cloudlink/odata_filter.hpp>
#include <tipring/cloudlink/odata_property.hpp>

#include "random_value.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace odata_expressions {

namespace odata = tipring::cloudlink::odata;
using tipring::text;

inline constexpr odata::string_property name{"name"};
inline constexpr odata::string_property city{"address/city"};
inline constexpr odata::boolean_property active{"active"};
inline constexpr odata::integer_property age{"age"};
inline constexpr odata::decimal_property score{"score"};
inline constexpr odata::date_property born{"born"};
inline constexpr odata::time_property created{"createdOn"};
inline constexpr odata::quoted_time_property seen{"seenOn"};
inline constexpr odata::guid_property key{"key"};

inline constexpr text property_names[] = {name.name(),    city.name(),  active.name(),
                                          age.name(),     score.name(), born.name(),
                                          created.name(), seen.name(),  key.name()};
inline constexpr std::size_t property_count = std::size(property_names);

/// Null, a bool, a number (hundredths for score, days for born, milliseconds for times) or text.
using value = std::variant<std::monostate, bool, std::int64_t, std::string>;
using row = std::array<value, property_count>;

struct node {
    enum class kind { leaf, all, any } what = kind::leaf;
    bool negated = false;
    std::vector<node> children = {};
    std::size_t property = 0;
    odata::comparison op = odata::comparison::eq;
    value operand = {};
};

inline bool compare(odata::comparison op, const value& left, const value& right) {
    using odata::comparison;
    if (op == comparison::eq) return left == right;
    if (op == comparison::ne) return left != right;
    if (left.index() == 0 || right.index() == 0) return false;
    if (op >= comparison::contains) {
        const std::string& whole = std::get<std::string>(left);
        const std::string& part = std::get<std::string>(right);
        if (op == comparison::startswith) return whole.starts_with(part);
        if (op == comparison::endswith) return whole.ends_with(part);
        return whole.find(part) != std::string::npos;
    }
    if (op == comparison::gt) return left > right;
    if (op == comparison::ge) return left >= right;
    if (op == comparison::lt) return left < right;
    return left <= right;
}

inline bool holds(const node& of, const row& at) {
    bool result = of.what == node::kind::all;
    if (of.what == node::kind::leaf) result = compare(of.op, at[of.property], of.operand);
    for (const node& child : of.children)
        result =
            of.what == node::kind::all ? result && holds(child, at) : result || holds(child, at);
    return result != of.negated;
}

class generator {
public:
    explicit generator(std::uint64_t seed) : random_{seed} {}
    explicit generator(const random_values::engine& from) : random_{from} {}

    // What not every peer understands.
    bool nulls = true;
    bool bool_ne = true;
    bool substringof = true;
    enum class characters { all, no_coded_quote, no_quotes } text_of = characters::all;
    /// Inside of the whole, not only around it.
    bool inner_negations = true;
    std::vector<std::size_t> properties = {0, 1, 2, 3, 4, 5, 6, 7, 8};

    std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

    node expression(std::size_t terms, bool outermost = true) {
        node made;
        made.negated = (inner_negations || outermost) && below(4) == 0;
        if (terms == 1) {
            make_leaf(made);
            return made;
        }
        made.what = below(2) == 0 ? node::kind::all : node::kind::any;
        while (terms != 0) {
            const std::size_t most = made.children.empty() ? terms - 1 : terms;
            const std::size_t part = 1 + below(most);
            made.children.push_back(expression(part, false));
            terms -= part;
        }
        return made;
    }

    row random_row() {
        row made;
        for (std::size_t i = 0; i < property_count; ++i)
            if (!nulls || below(5) != 0) made[i] = random_value(i);
        return made;
    }

    value random_value(std::size_t property) {
        if (property < 2) return words();
        if (property == 2) return below(2) == 0;
        if (property == 8) {
            static const char* const guids[] = {"01234567-89ab-cdef-0123-456789abcdef",
                                                "ABCDEF00-0000-4000-8000-000000000000",
                                                "76f110ca-f769-4020-95cd-dc75d391d7f1"};
            return std::string{guids[below(3)]};
        }
        static constexpr std::int64_t units[] = {0, 0, 0, 1, 25, 40, 43'200'500, 86'400'000};
        return (static_cast<std::int64_t>(below(9)) - 4) * units[property];
    }

private:
    void make_leaf(node& made) {
        using odata::comparison;
        made.property = properties[below(properties.size())];
        const bool ordered = made.property != 2 && made.property != 8;
        const bool eq_alone = made.property == 2 && !bool_ne;
        made.op = static_cast<comparison>(below(ordered ? 6 : eq_alone ? 1 : 2));
        if (made.property < 2 && below(2) == 0)
            made.op = static_cast<comparison>(static_cast<std::size_t>(comparison::contains) +
                                              below(substringof ? 4 : 3));
        if (nulls && made.op <= comparison::ne && below(6) == 0) return;
        made.operand = random_value(made.property);
    }

    std::string words() {
        static constexpr std::string_view pieces[] = {
            "a",    "b", "Z",  "9",  " ",  "+",  "%",        "&",
            "=",    "#", "/",  "-",  "_",  ":",  "\xC3\xA9", "\xF0\x9F\x93\x9E",
            "?",    ";", "~",  "(",  ")",  ",",  " and ",    "not ",
            "null", "'", "''", "\"", "\\", "%27"};
        static constexpr std::size_t left_out[] = {0, 1, 5};
        std::string made;
        for (std::size_t i = 0, size = below(4); i < size; ++i)
            made += pieces[below(std::size(pieces) - left_out[static_cast<int>(text_of)])];
        return made;
    }

    random_values::engine random_;
};

/// Makes filters; owns the text that they view.
class filter_maker {
public:
    odata::filter make(const node& from) {
        odata::filter made;
        if (from.what == node::kind::leaf) made = leaf(from);
        for (const node& child : from.children)
            if ((from.what == node::kind::all ? made.add_all(make(child))
                                              : made.add_any(make(child))) != tipring::errc::ok)
                std::terminate();
        return from.negated ? !made : made;
    }

private:
    text keep(std::string words) { return texts_.emplace_back(std::move(words)); }

    template <class Property, class Given>
    static odata::condition with(const Property& p, odata::comparison op, const Given& given) {
        using odata::comparison;
        if (op == comparison::eq) return p == given;
        if (op == comparison::ne) return p != given;
        if constexpr (Property::type != odata::property_type::boolean &&
                      Property::type != odata::property_type::guid &&
                      !std::is_same_v<Given, tipring::null_type>) {
            if (op == comparison::gt) return p > given;
            if (op == comparison::ge) return p >= given;
            if (op == comparison::lt) return p < given;
            if (op == comparison::le) return p <= given;
            if constexpr (Property::type == odata::property_type::string) {
                if (op == comparison::contains) return p.contains(given);
                if (op == comparison::startswith) return p.startswith(given);
                if (op == comparison::endswith) return p.endswith(given);
                if (op == comparison::substringof) return p.substringof(given);
            }
        }
        std::terminate();
    }

    odata::condition leaf(const node& from) {
        const auto any = [&](const auto& p, const auto& given) {
            if (from.operand.index() == 0) return with(p, from.op, tipring::null);
            return with(p, from.op, given);
        };
        const auto* const number = std::get_if<std::int64_t>(&from.operand);
        const auto* const words = std::get_if<std::string>(&from.operand);
        const std::int64_t n = number != nullptr ? *number : 0;
        const text t = words != nullptr ? keep(*words) : text{};
        const std::chrono::sys_time<std::chrono::milliseconds> when{std::chrono::milliseconds{n}};
        switch (from.property) {
        case 0: return any(name, t);
        case 1: return any(city, t);
        case 2: return any(active, from.operand == value{true});
        case 3: return any(age, n);
        case 4: return any(score, tipring::number{keep(hundredths(n))});
        case 5:
            return any(born, std::chrono::year_month_day{
                                 std::chrono::sys_days{std::chrono::days{static_cast<int>(n)}}});
        case 6: return any(created, when);
        case 7: return any(seen, when);
        default: return any(key, t);
        }
    }

    static std::string hundredths(std::int64_t n) {
        const std::string fraction = std::to_string(100 + (n < 0 ? -n : n) % 100).substr(1);
        return (n < 0 ? "-" : "") + std::to_string((n < 0 ? -n : n) / 100) + "." + fraction;
    }

    std::deque<std::string> texts_;
};

/// The value that a term compares with, seen from its property.
inline value operand_of(const odata::term& t, std::size_t property) {
    using odata::literal_kind;
    const odata::literal& l = t.literal;
    switch (l.kind()) {
    case literal_kind::boolean: return l.as_boolean();
    case literal_kind::integer: return property == 4 ? l.as_integer() * 100 : l.as_integer();
    case literal_kind::decimal: {
        std::string digits;
        for (const char c : l.words())
            if (c != '.') digits += c;
        return std::int64_t{std::stoll(digits)};
    }
    case literal_kind::date:
        return std::int64_t{std::chrono::sys_days{l.as_date()}.time_since_epoch().count()};
    case literal_kind::time:
    case literal_kind::quoted_time: return std::int64_t{l.as_time()->time_since_epoch().count()};
    case literal_kind::string:
        if (property == 7) return std::int64_t{l.as_time()->time_since_epoch().count()};
        return std::string{l.words()};
    case literal_kind::guid: return std::string{l.words()};
    default: return {};
    }
}

/// As basic_filter's comment says it is done.
inline bool holds(const odata::filter& where, const row& at) {
    bool stack[odata::filter::capacity] = {};
    std::size_t depth = 0;
    const odata::term* next = where.terms().begin();
    for (const odata::step& s : where.steps()) {
        bool result = false;
        if (s.kind == odata::step_kind::term) {
            std::size_t property = 0;
            while (property_names[property] != next->property) ++property;
            result = compare(next->op, at[property], operand_of(*next, property));
            ++next;
        } else {
            const bool b = stack[--depth];
            const bool a = stack[--depth];
            result = s.kind == odata::step_kind::all ? a && b : a || b;
        }
        stack[depth++] = result != s.negated;
    }
    return stack[0];
}

} // namespace odata_expressions
