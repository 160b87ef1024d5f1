// OData filters as C++ expressions: a property is declared once with its name and type, and what
// its type does not have does not compile. Not here: what a filter holds (odata_filter.hpp), its
// text (odata_print.hpp), CloudLink's own properties (properties.hpp).
//
//     using namespace tipring::cloudlink::properties::users;
//     email == "bob@email.com" || (created_on >= t && !name.contains("acme"))
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <tipring/cloudlink/odata_filter.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/given.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink::odata {

/// What a property is compared with.
enum class property_type : std::uint8_t {
    /// Text; also ids and uuids, which CloudLink has in quotes.
    string,
    boolean,
    integer,
    /// tipring::number, which keeps what was written, and integers.
    decimal,
    date,
    time,
    /// A time that the service wants in quotes.
    quoted_time,
    /// A uuid without quotes, as the standard has it and CloudLink does not.
    guid,
};

namespace detail {

template <class...>
inline constexpr bool never = false;

/// Not constexpr, so that calling it stops the compiler with its name.
inline void odata_property_names_are_identifiers_with_slashes_between() {}

constexpr bool is_ordered(property_type type) {
    return type != property_type::boolean && type != property_type::guid;
}

/// The literal of a given value, by type of property.
template <property_type Type>
struct operand;

struct text_operand {
    template <class Given>
    static constexpr text read(Given&& given) {
        using type = std::remove_cvref_t<Given>;
        static_assert(
            given::as_text<type>,
            "OData: this property is text; compare it with text, which a number in quotes is");
        static_assert(
            !given::as_text<type> || given::is_lasting<Given>,
            "OData: a filter keeps a view of its text; give text that outlives it, not a temporary string");
        if constexpr (given::as_text<type>)
            return given;
        else
            return {};
    }
};

template <>
struct operand<property_type::string> {
    template <class Given>
    static constexpr literal read(Given&& given) {
        return literal::string(text_operand::read(std::forward<Given>(given)));
    }
};

template <>
struct operand<property_type::guid> {
    template <class Given>
    static constexpr literal read(Given&& given) {
        return literal::guid(text_operand::read(std::forward<Given>(given)));
    }
};

template <>
struct operand<property_type::boolean> {
    template <class Given>
    static constexpr literal read(const Given& given) {
        static_assert(std::same_as<Given, bool>,
                      "OData: this property is true or false; compare it with a bool");
        if constexpr (std::same_as<Given, bool>)
            return literal::boolean(given);
        else
            return {};
    }
};

template <given::whole_number Given>
constexpr literal integer_literal(Given given) {
    const std::optional<std::int64_t> value = given::fitting(given);
    return value ? literal::integer(*value) : literal{};
}

template <>
struct operand<property_type::integer> {
    template <class Given>
    static constexpr literal read(const Given& given) {
        static_assert(given::whole_number<Given>,
                      "OData: this property is an integer; compare it with one");
        if constexpr (given::whole_number<Given>)
            return integer_literal(given);
        else
            return {};
    }
};

template <>
struct operand<property_type::decimal> {
    template <class Given>
    static constexpr literal read(const Given& given) {
        constexpr bool is_number = std::same_as<Given, number>;
        static_assert(
            is_number || given::whole_number<Given>,
            "OData: this property is a decimal number; compare it with an integer or with "
            "what it is written as: tipring::number{\"4.5\"}");
        if constexpr (is_number)
            return literal::decimal(given);
        else if constexpr (given::whole_number<Given>)
            return integer_literal(given);
        else
            return {};
    }
};

template <>
struct operand<property_type::date> {
    template <class Given>
    static constexpr literal read(const Given& given) {
        constexpr bool is_date = std::same_as<Given, calendar_date>;
        static_assert(
            is_date,
            "OData: this property is a date; compare it with a std::chrono::year_month_day, "
            "such as 2014y/11/1");
        if constexpr (is_date)
            return literal::date(given);
        else
            return {};
    }
};

template <class Given>
constexpr std::optional<utc_instant> instant(const Given& given) {
    static_assert(
        given::is_system_time<Given>,
        "OData: this property is a point in time; compare it with a std::chrono::sys_time of "
        "any duration in integers");
    if constexpr (given::is_system_time<Given>) {
        const auto ticks = given::whole_ticks<std::chrono::milliseconds>(given.time_since_epoch());
        if (ticks) return utc_instant{std::chrono::milliseconds{*ticks}};
    }
    return std::nullopt;
}

template <>
struct operand<property_type::time> {
    template <class Given>
    static constexpr literal read(const Given& given) {
        const auto when = instant(given);
        return when ? literal::time(*when) : literal{};
    }
};

template <>
struct operand<property_type::quoted_time> {
    template <class Given>
    static constexpr literal read(const Given& given) {
        const auto when = instant(given);
        return when ? literal::quoted_time(*when) : literal{};
    }
};

} // namespace detail

/// A filter of one term.
using condition = basic_filter<1>;

/// One part of `$orderby`.
struct order_key {
    text property = {};
    bool descending = false;

    friend constexpr bool operator==(const order_key&, const order_key&) = default;
};

/// A property that a collection can be filtered and sorted by. The operators make terms; values are
/// checked when the filter is written, see print(). `Id` is a strong id, or an open enum, that the
/// property is compared with instead of text.
///
/// Whether a service lets itself be filtered by a property at all is for the service to say.
template <property_type Type, class Id = void>
class property {
public:
    static constexpr property_type type = Type;

    /// `name` as on the wire, part of the program: `siteId`, `address/city`. A name that is none
    /// does not compile.
    consteval explicit property(text name) : name_{name} {
        if (!detail::is_property_path(name))
            detail::odata_property_names_are_identifiers_with_slashes_between();
    }

    constexpr text name() const { return name_; }

    /// Equal to a value of the property's type, or to tipring::null.
    template <class Given>
    constexpr condition operator==(Given&& given) const {
        return make_or_null<comparison::eq>(std::forward<Given>(given));
    }
    template <class Given>
    constexpr condition operator!=(Given&& given) const {
        return make_or_null<comparison::ne>(std::forward<Given>(given));
    }
    template <class Given>
    constexpr condition operator>(Given&& given) const {
        return make_ordered<comparison::gt>(std::forward<Given>(given));
    }
    template <class Given>
    constexpr condition operator>=(Given&& given) const {
        return make_ordered<comparison::ge>(std::forward<Given>(given));
    }
    template <class Given>
    constexpr condition operator<(Given&& given) const {
        return make_ordered<comparison::lt>(std::forward<Given>(given));
    }
    template <class Given>
    constexpr condition operator<=(Given&& given) const {
        return make_ordered<comparison::le>(std::forward<Given>(given));
    }

    /// The text holds this text. Known of CloudLink's Media API; case probably counts.
    template <class Given>
    constexpr condition contains(Given&& given) const {
        return make_text<comparison::contains>(std::forward<Given>(given));
    }
    /// Of the standard; not seen with CloudLink.
    template <class Given>
    constexpr condition startswith(Given&& given) const {
        return make_text<comparison::startswith>(std::forward<Given>(given));
    }
    /// Of the standard; not seen with CloudLink.
    template <class Given>
    constexpr condition endswith(Given&& given) const {
        return make_text<comparison::endswith>(std::forward<Given>(given));
    }
    /// What contains() is in CloudLink's Admin API: `substringof(name,'acme')`, the property first.
    template <class Given>
    constexpr condition substringof(Given&& given) const {
        return make_text<comparison::substringof>(std::forward<Given>(given));
    }

    constexpr order_key ascending() const { return {name_, false}; }
    constexpr order_key descending() const { return {name_, true}; }

private:
    constexpr condition with(comparison op, const literal& value) const {
        return term{.property = name_, .literal = value, .op = op, .is_declared = true};
    }
    template <comparison Op, class Given>
    constexpr condition make(Given&& given) const {
        using type_given = std::remove_cvref_t<Given>;
        if constexpr (std::is_void_v<Id>) {
            if constexpr (Type == property_type::string || Type == property_type::guid)
                return with(Op, detail::operand<Type>::read(std::forward<Given>(given)));
            else
                return with(Op, detail::operand<Type>::template read<type_given>(given));
        } else {
            constexpr bool is_id = std::convertible_to<const type_given&, Id>;
            static_assert(
                is_id, "OData: this property is compared with its own type of id and nothing else");
            if constexpr (is_id)
                return with(Op, literal::string(Id{given}.value));
            else
                return {};
        }
    }
    template <comparison Op, class Given>
    constexpr condition make_or_null(Given&& given) const {
        if constexpr (std::same_as<std::remove_cvref_t<Given>, null_type>)
            return with(Op, literal::null());
        else
            return make<Op>(std::forward<Given>(given));
    }
    template <comparison Op, class Given>
    constexpr condition make_ordered(Given&& given) const {
        static_assert(detail::is_ordered(Type) && std::is_void_v<Id>,
                      "OData: bools, guids and ids have no order; they have == and !=");
        if constexpr (detail::is_ordered(Type) && std::is_void_v<Id>)
            return make<Op>(std::forward<Given>(given));
        else
            return {};
    }
    template <comparison Op, class Given>
    constexpr condition make_text(Given&& given) const {
        constexpr bool is_text = Type == property_type::string && std::is_void_v<Id>;
        static_assert(is_text,
                      "OData: only text has contains, startswith, endswith and substringof");
        if constexpr (is_text)
            return make<Op>(std::forward<Given>(given));
        else
            return {};
    }

    text name_;
};

using string_property = property<property_type::string>;
using boolean_property = property<property_type::boolean>;
using integer_property = property<property_type::integer>;
using decimal_property = property<property_type::decimal>;
using date_property = property<property_type::date>;
using time_property = property<property_type::time>;
using quoted_time_property = property<property_type::quoted_time>;
using guid_property = property<property_type::guid>;

/// A condition that this version has no form for, in OData's own words: `raw("length(name) gt 3")`.
/// Sent as it is, percent-encoded, in parentheses when it is joined with others. Only UTF-8, the
/// quotes and parentheses are checked. A view of the caller's text.
template <class Given>
    requires given::as_text<std::remove_cvref_t<Given>>
constexpr condition raw(Given&& expression) {
    const text words = detail::text_operand::read(std::forward<Given>(expression));
    return term{.literal = literal::string(words), .op = comparison::raw};
}

/// Both sides must hold. The result has room for the terms of both; see basic_filter for joining
/// filters whose sizes are known at run time only.
template <std::size_t Left, std::size_t Right>
constexpr auto operator&&(const basic_filter<Left>& left, const basic_filter<Right>& right) {
    basic_filter<Left + Right> joined;
    static_cast<void>(joined.add_all(left));
    static_cast<void>(joined.add_all(right));
    return joined;
}

/// One side must hold.
template <std::size_t Left, std::size_t Right>
constexpr auto operator||(const basic_filter<Left>& left, const basic_filter<Right>& right) {
    basic_filter<Left + Right> joined;
    static_cast<void>(joined.add_any(left));
    static_cast<void>(joined.add_any(right));
    return joined;
}

/// Must not hold. Not seen with CloudLink, which documents `ne` instead.
template <std::size_t Size>
constexpr basic_filter<Size> operator!(basic_filter<Size> turned) {
    turned.negate();
    return turned;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink::odata
