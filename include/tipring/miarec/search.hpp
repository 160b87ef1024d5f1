// The advanced search of calls (manual 3.1.4) as expressions: one object for each parameter, one
// member function for each operator. What its type does not have does not compile. Not here: its
// place in a request (search_codec.hpp).
//
//     using namespace tipring::miarec::search;
//     phone_number.includes("1234") && duration.between(30s, 10min) &&
//     call_state.is(miarec::call_state::connected)
//
// A program that also says `using namespace tipring` (or std::chrono) writes search::datetime
// (or search::duration).
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ratio>
#include <type_traits>
#include <utility>

#include <tipring/core/given.hpp>
#include <tipring/miarec/search_condition.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

namespace detail {

using given::is_lasting;
using given::is_system_time;
using given::whole_number;
using given::whole_ticks;

template <class>
inline constexpr bool is_whole_seconds = false;
template <class Rep, class Period>
inline constexpr bool is_whole_seconds<std::chrono::duration<Rep, Period>> =
    whole_number<Rep>&& std::ratio_divide<Period, std::chrono::seconds::period>::den == 1;

constexpr condition integers_or_unusable(const condition_head& head, condition_value kind,
                                         std::optional<std::int64_t> first,
                                         std::optional<std::int64_t> last) {
    if (!first || !last) return condition{head, condition_value::unusable};
    return condition{head, kind, integer_range{*first, *last}};
}

/// For days and minutes.
template <class Given>
constexpr condition count(const condition_head& head, const Given& given) {
    static_assert(whole_number<Given>,
                  "MiaRec: this operator takes a number of days or minutes as an integer");
    if constexpr (whole_number<Given>)
        return integers_or_unusable(head, condition_value::integers, given::fitting(given),
                                    given::fitting(given));
    else
        return {};
}

/// The value of a condition with one value or two, by type of parameter.
template <parameter_type Type, class Value>
struct operand;

struct text_operand {
    template <class Given>
    static constexpr text read(Given&& given) {
        using type = std::remove_cvref_t<Given>;
        static_assert(
            given::as_text<type>,
            "MiaRec: this operator takes text (call_id also a miarec::call_id); write a number in quotes");
        static_assert(
            !given::as_text<type> || is_lasting<Given>,
            "MiaRec: a search keeps a view of its text; give text that outlives it, not a temporary string");
        if constexpr (given::as_text<type>)
            return given;
        else
            return {};
    }
};

template <parameter_type Type, class Value>
    requires(Type == parameter_type::string || Type == parameter_type::string_exact ||
             Type == parameter_type::string_query)
struct operand<Type, Value> {
    template <comparison, class Given>
    static constexpr condition one(const condition_head& head, Given&& given) {
        if constexpr (std::same_as<std::remove_cvref_t<Given>, Value>)
            return condition{head, given.value};
        else
            return condition{head, text_operand::read(std::forward<Given>(given))};
    }
};

template <class Value>
struct operand<parameter_type::set, Value> {
    template <class Given>
    static constexpr bool takes = std::same_as<Given, Value> ||
                                  (std::same_as<Value, protocol_call_direction> &&
                                   given::as_text<Given>) ||
                                  (std::same_as<Value, text> && given::as_text<Given>);

    template <comparison, class Given>
    static constexpr condition one(const condition_head& head, Given&& given) {
        using type = std::remove_cvref_t<Given>;
#define TIPRING_TAKES(name)                                                                        \
    static_assert(!std::same_as<Value, miarec::name> || takes<type>,                               \
                  "MiaRec: this parameter is searched by a miarec::" #name " and nothing else");
        TIPRING_TAKES(user_id)
        TIPRING_TAKES(group_id)
        TIPRING_TAKES(tenant_id)
        TIPRING_TAKES(category_id)
        TIPRING_TAKES(client_id)
        TIPRING_TAKES(call_state)
        TIPRING_TAKES(record_state)
        TIPRING_TAKES(voip_protocol)
#undef TIPRING_TAKES
        static_assert(
            !std::same_as<Value, protocol_call_direction> || takes<type>,
            "MiaRec: this parameter is searched by a miarec::protocol_call_direction or by text");
        if constexpr (!takes<type>)
            return condition{};
        else if constexpr (given::as_text<type>)
            return condition{head, text_operand::read(std::forward<Given>(given))};
        else if constexpr (std::is_enum_v<type>)
            return integers_or_unusable(head, condition_value::integers,
                                        static_cast<std::int32_t>(given),
                                        static_cast<std::int32_t>(given));
        else
            return condition{head, given.value};
    }
};

template <class Value>
struct operand<parameter_type::number, Value> {
    template <class First, class Last>
    static constexpr condition two(const condition_head& head, const First& first,
                                   const Last& last) {
        constexpr bool integers = whole_number<First> && whole_number<Last>;
        constexpr bool decimals = std::same_as<First, number> && std::same_as<Last, number>;
        static_assert(
            integers || decimals,
            "MiaRec: this operator takes an integer or a decimal as text: tipring::number{\"4.5\"}; both bounds alike");
        if constexpr (integers)
            return integers_or_unusable(head, condition_value::integers, given::fitting(first),
                                        given::fitting(last));
        else if constexpr (decimals)
            return number_condition(head, first, last);
        else
            return condition{};
    }
    template <comparison, class Given>
    static constexpr condition one(const condition_head& head, const Given& given) {
        return two(head, given, given);
    }
};

template <class Value>
struct operand<parameter_type::date, Value> {
    static constexpr std::chrono::sys_days first_day =
        calendar_date{std::chrono::year{0}, std::chrono::January, std::chrono::day{1}};
    static constexpr std::chrono::sys_days last_day =
        calendar_date{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

    template <class Given>
    static constexpr calendar_date day(const Given& given) {
        constexpr bool good = std::convertible_to<const Given&, calendar_date>;
        static_assert(
            good,
            "MiaRec: this operator takes a date: std::chrono::year_month_day or sys_days, such as 2014y/11/1");
        if constexpr (std::same_as<Given, std::chrono::sys_days>) {
            const bool written_with_four_digits = given >= first_day && given <= last_day;
            return written_with_four_digits ? calendar_date{given} : calendar_date{};
        } else if constexpr (good) {
            return given;
        } else {
            return {};
        }
    }
    template <class First, class Last>
    static constexpr condition two(const condition_head& head, const First& first,
                                   const Last& last) {
        return condition{head, date_range{day(first), day(last)}};
    }
    static constexpr condition two(const condition_head& head, const date_range& days) {
        return condition{head, days};
    }
    template <comparison Op, class Given>
    static constexpr condition one(const condition_head& head, const Given& given) {
        if constexpr (Op == comparison::older_than_days || Op == comparison::newer_than_days)
            return count(head, given);
        else
            return two(head, given, given);
    }
};

template <class Value>
struct operand<parameter_type::datetime, Value> {
    template <class Given>
    static constexpr std::optional<std::int64_t> milliseconds(const Given& given) {
        static_assert(
            is_system_time<Given>,
            "MiaRec: this operator takes a point in time: std::chrono::sys_time of any duration in integers");
        if constexpr (is_system_time<Given>)
            return whole_ticks<std::chrono::milliseconds>(given.time_since_epoch());
        else
            return std::nullopt;
    }
    template <class First, class Last>
    static constexpr condition two(const condition_head& head, const First& first,
                                   const Last& last) {
        return integers_or_unusable(head, condition_value::times, milliseconds(first),
                                    milliseconds(last));
    }
    template <comparison Op, class Given>
    static constexpr condition one(const condition_head& head, const Given& given) {
        if constexpr (Op == comparison::older_than_minutes || Op == comparison::newer_than_minutes)
            return count(head, given);
        else
            return two(head, given, given);
    }
};

template <class Value>
struct operand<parameter_type::duration, Value> {
    template <class Given>
    static constexpr std::optional<std::int64_t> seconds(const Given& given) {
        static_assert(
            is_whole_seconds<Given>,
            "MiaRec: this operator takes a duration in whole seconds, such as 30s or 10min; "
            "cut finer ones with std::chrono::floor<std::chrono::seconds>");
        if constexpr (is_whole_seconds<Given>)
            return whole_ticks<std::chrono::seconds>(given);
        else
            return std::nullopt;
    }
    template <class First, class Last>
    static constexpr condition two(const condition_head& head, const First& first,
                                   const Last& last) {
        return integers_or_unusable(head, condition_value::durations, seconds(first),
                                    seconds(last));
    }
    static constexpr condition two(const condition_head& head, const duration_range& lengths) {
        return two(head, lengths.shortest, lengths.longest);
    }
    template <comparison, class Given>
    static constexpr condition one(const condition_head& head, const Given& given) {
        return two(head, given, given);
    }
};

template <parameter_type Type, comparison Op, class Value, class... Given>
constexpr condition make_condition(const condition_head& head, Given&&... given) {
    using operand_type = operand<Type, Value>;
    if constexpr (!has_comparison(Type, Op)) {
        return {};
    } else if constexpr (is_unary(Op)) {
        static_assert(sizeof...(Given) == 0,
                      "MiaRec: is_empty, not_empty, is_true and is_false take no value");
        return condition{head, condition_value::none};
    } else if constexpr (Op == comparison::between) {
        constexpr bool good = requires {
            operand_type::two(head, given...);
        };
        static_assert(good, "MiaRec: between takes two values");
        if constexpr (good)
            return operand_type::two(head, given...);
        else
            return {};
    } else {
        static_assert(sizeof...(Given) == 1, "MiaRec: this operator takes exactly one value");
        if constexpr (sizeof...(Given) == 1)
            return operand_type::template one<Op>(head, std::forward<Given>(given)...);
        else
            return {};
    }
}

template <parameter_type Type, comparison Op, class...>
inline constexpr bool has = has_comparison(Type, Op);

} // namespace detail

/// A parameter of the advanced search, whose member functions are the operators. Each makes a
/// condition; those that the type of the parameter does not have stop the compiler with the list of
/// those that it has.
///
/// Values are checked when the search is put in a request, not here: see put_query().
template <parameter_type Type, class Value = void>
class parameter {
public:
    constexpr explicit parameter(text name, search_parameter which = search_parameter::other)
        : name_{name}, which_{which} {}

    constexpr text name() const { return name_; }

#define TIPRING_CHECK(op, type, spelled, operators)                                                \
    static_assert(Type != parameter_type::type || detail::has<Type, comparison::op, Given...>,     \
                  "MiaRec: parameters of type " spelled " have no operator " #op                   \
                  "; they have " operators " (manual, advanced search)");
#define TIPRING_OPERATOR(op)                                                                       \
    template <class... Given>                                                                      \
    constexpr condition op(Given&&... given) const {                                               \
        TIPRING_MIAREC_PARAMETER_TYPES(TIPRING_CHECK, op)                                          \
        return detail::make_condition<Type, comparison::op, Value>(                                \
            {name_, which_, comparison::op}, std::forward<Given>(given)...);                       \
    }

    /// Text, a number or a day that is equal to the one given.
    TIPRING_OPERATOR(equal_to)
    TIPRING_OPERATOR(not_equal_to)
    TIPRING_OPERATOR(starts_with)
    TIPRING_OPERATOR(ends_with)
    TIPRING_OPERATOR(includes)
    /// Empty text, or no value at all.
    TIPRING_OPERATOR(is_empty)
    TIPRING_OPERATOR(not_empty)
    /// A pattern like SQL's LIKE: `_` stands for one character, `%` for any number of them.
    TIPRING_OPERATOR(pattern)
    /// A regular expression; the manual does not say in which language.
    TIPRING_OPERATOR(regex)
    /// A set's value (one for each condition, quirk D-43), or exactly this text.
    TIPRING_OPERATOR(is)
    TIPRING_OPERATOR(is_not)
    /// A query expression (quirk D-44); sent as it is.
    TIPRING_OPERATOR(query)
    /// The manual says "lower" of durations here, which is a slip (quirk D-41).
    TIPRING_OPERATOR(greater_than)
    TIPRING_OPERATOR(lower_than)
    /// Between two numbers, days, points in time or durations; the manual does not say whether they
    /// are included. Bounds of numbers are not negative (quirk D-42): write `greater_than(-5)` and
    /// `lower_than(5)` instead.
    TIPRING_OPERATOR(between)
    /// Before a day or point in time. Times are cut to milliseconds.
    TIPRING_OPERATOR(older_than)
    TIPRING_OPERATOR(newer_than)
    /// More than so many days ago.
    TIPRING_OPERATOR(older_than_days)
    TIPRING_OPERATOR(newer_than_days)
    TIPRING_OPERATOR(older_than_minutes)
    TIPRING_OPERATOR(newer_than_minutes)
    TIPRING_OPERATOR(is_true)
    /// False or no value.
    TIPRING_OPERATOR(is_false)

#undef TIPRING_OPERATOR
#undef TIPRING_CHECK

private:
    text name_;
    search_parameter which_;
};

/// The parameters of the manual's table, and two ways around it.
namespace search {

#define TIPRING_ROW(name, type, values)                                                            \
    inline constexpr parameter<parameter_type::type, values> name{#name, search_parameter::name};
TIPRING_MIAREC_SEARCH_PARAMETERS(TIPRING_ROW)
#undef TIPRING_ROW

/// A condition that this version does not know: any parameter, one of the 23 operators by its name
/// on the wire, and the value's text, which is ignored by unary operators. The value is
/// percent-encoded and otherwise sent as it is. Servers lag behind the manual, and the manual
/// behind servers (quirk D-39).
constexpr condition custom(text name, text operator_name, text value = {}) {
    return detail::custom_condition(name, detail::find_comparison(operator_name), value);
}
constexpr condition custom(text name, comparison op, text value = {}) {
    return detail::custom_condition(name, op, value);
}

/// A parameter of type string_query. The manual has the type and no parameter of it (quirk D-44).
constexpr parameter<parameter_type::string_query> query_parameter(text name) {
    return parameter<parameter_type::string_query>{name};
}

} // namespace search

} // namespace tipring::inline TIPRING_ABI::miarec
