// What an advanced search of calls is made of: the types of parameters with their operators, the
// parameters, a condition, and the search, which is a few conditions. Conditions are made in
// search.hpp and put on the wire in search_codec.hpp.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>

#include <tipring/core/error.hpp>
#include <tipring/core/given.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/miarec/enums.hpp>
#include <tipring/miarec/ids.hpp>

// The three tables of the manual (3.1.4, advanced search; the captions there are swapped, quirk
// D-40). All else comes from them.

// The operators, by name.
// clang-format off
#define TIPRING_MIAREC_COMPARISONS(X)                                                              \
    X(equal_to) X(not_equal_to) X(starts_with) X(ends_with) X(includes) X(is_empty) X(not_empty)   \
    X(pattern) X(regex) X(is) X(is_not) X(query) X(greater_than) X(lower_than) X(between)          \
    X(older_than) X(newer_than) X(older_than_days) X(newer_than_days) X(older_than_minutes)        \
    X(newer_than_minutes) X(is_true) X(is_false)
// clang-format on

// The types of parameters: X(extra, enumerator, name, operators).
#define TIPRING_MIAREC_PARAMETER_TYPES(X, extra)                                                       \
    X(extra, string, "string",                                                                         \
      "equal_to, not_equal_to, starts_with, ends_with, includes, is_empty, not_empty, pattern, regex") \
    X(extra, string_exact, "string_exact", "is, is_not, is_empty, not_empty")                          \
    X(extra, string_query, "string_query", "query, is_empty, not_empty")                               \
    X(extra, number, "number",                                                                         \
      "equal_to, not_equal_to, greater_than, lower_than, between, is_empty, not_empty")                \
    X(extra, date, "date",                                                                             \
      "equal_to, older_than, newer_than, between, older_than_days, newer_than_days")                   \
    X(extra, datetime, "datetime",                                                                     \
      "older_than, newer_than, between, older_than_minutes, newer_than_minutes")                       \
    X(extra, duration, "duration", "greater_than, lower_than, between")                                \
    X(extra, set, "set", "is, is_not")                                                                 \
    X(extra, boolean, "bool", "is_true, is_false")

// The parameters in the manual's order: X(name, type, values). `values` is what a set holds, or a
// strong id that may stand for the text; void otherwise.
#define TIPRING_MIAREC_SEARCH_PARAMETERS(X)                                                        \
    X(date, date, void)                                                                            \
    X(datetime, datetime, void)                                                                    \
    X(duration, duration, void)                                                                    \
    X(direction, set, miarec::protocol_call_direction)                                             \
    X(voip_protocol, set, miarec::voip_protocol)                                                   \
    X(user_id, set, miarec::user_id)                                                               \
    X(user_name, string, void)                                                                     \
    X(group_id, set, miarec::group_id)                                                             \
    X(tenant_id, set, miarec::tenant_id)                                                           \
    X(category_id, set, miarec::category_id)                                                       \
    X(client_id, set, miarec::client_id)                                                           \
    X(notes, string, void)                                                                         \
    X(notes_count, number, void)                                                                   \
    X(call_id, string_exact, miarec::call_id)                                                      \
    X(pbx_call_id, string, void)                                                                   \
    X(pbx_tracking_id, string, void)                                                               \
    X(call_state, set, miarec::call_state)                                                         \
    X(record_state, set, miarec::record_state)                                                     \
    X(phone_number, string, void)                                                                  \
    X(phone_number_from, string, void)                                                             \
    X(phone_number_to, string, void)                                                               \
    X(phone_name, string, void)                                                                    \
    X(phone_name_from, string, void)                                                               \
    X(phone_name_to, string, void)                                                                 \
    X(phone_id, string, void)                                                                      \
    X(phone_id_from, string, void)                                                                 \
    X(phone_id_to, string, void)                                                                   \
    X(orig_calling_number, string, void)                                                           \
    X(orig_dialed_number, string, void)                                                            \
    X(acd_number, string, void)                                                                    \
    X(acd_name, string, void)                                                                      \
    X(acd_id, string, void)                                                                        \
    X(redirected_from_number, string, void)                                                        \
    X(redirected_from_name, string, void)                                                          \
    X(redirected_from_id, string, void)                                                            \
    X(redirected_to_number, string, void)                                                          \
    X(redirected_to_name, string, void)                                                            \
    X(redirected_to_id, string, void)                                                              \
    X(phone_ip_address, string, void)                                                              \
    X(phone_ip_address_from, string, void)                                                         \
    X(phone_ip_address_to, string, void)                                                           \
    X(broadworks_sp_id, string, void)                                                              \
    X(broadworks_group_id, string, void)                                                           \
    X(broadworks_user_id, string, void)                                                            \
    X(cisco_phone_ip, string, void)                                                                \
    X(cisco_refci, string_exact, void)                                                             \
    X(cisco_ucce_agent_id, set, text)                                                              \
    X(cisco_ucce_skill_group_id, set, text)                                                        \
    X(cisco_ucce_recovery_key, number, void)                                                       \
    X(metaswitch_system, string, void)                                                             \
    X(metaswitch_group, string, void)                                                              \
    X(metaswitch_user, string, void)                                                               \
    X(metaswitch_extension, string, void)                                                          \
    X(agent_id, string, void)                                                                      \
    X(agent_name, string, void)                                                                    \
    X(evaluation_report_score, number, void)                                                       \
    X(evaluation_report_status, set, text)                                                         \
    X(evaluation_reports_count, number, void)                                                      \
    X(screen_recordings_count, number, void)                                                       \
    X(file_path, string, void)                                                                     \
    X(encrypt_fingerprint, string_exact, void)                                                     \
    X(confidential, boolean, void)

namespace tipring::inline TIPRING_ABI::miarec {

// GCC takes an enumerator of a scoped enum for a shadow of the type whose name it has.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

/// The operators of the manual's advanced search, spelled as on the wire.
enum class comparison : std::uint8_t {
#define TIPRING_ROW(name) name,
    TIPRING_MIAREC_COMPARISONS(TIPRING_ROW)
#undef TIPRING_ROW
    /// None of the names above; only in a condition made by search::custom(), which is refused when
    /// it is sent.
    unknown
};

/// The types of search parameters, spelled as in the manual, save `boolean`, which is "bool" there.
enum class parameter_type : std::uint8_t {
#define TIPRING_ROW(extra, name, spelled, operators) name,
    TIPRING_MIAREC_PARAMETER_TYPES(TIPRING_ROW, )
#undef TIPRING_ROW
        count_
};

/// The parameters of the manual's advanced search, spelled as on the wire.
enum class search_parameter : std::uint8_t {
#define TIPRING_ROW(name, type, values) name,
    TIPRING_MIAREC_SEARCH_PARAMETERS(TIPRING_ROW)
#undef TIPRING_ROW
    /// Any other; condition::name() has the name.
    other
};

#pragma GCC diagnostic pop

namespace detail {

inline constexpr text comparison_names[] = {
#define TIPRING_ROW(name) #name,
    TIPRING_MIAREC_COMPARISONS(TIPRING_ROW)
#undef TIPRING_ROW
};
inline constexpr std::size_t comparison_count = std::size(comparison_names);
static_assert(comparison_count == 23 &&
              comparison_count == static_cast<std::size_t>(comparison::unknown));

/// Whether `word` is in a list with a comma and a blank between words.
consteval bool lists(text words, text word) {
    while (true) {
        const std::size_t end = words.find(", ");
        if (slice(words, 0, end) == word) return true;
        if (end == text::npos) return false;
        words.remove_prefix(end + 2);
    }
}
consteval std::uint32_t comparisons_in(text words) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < comparison_count; ++i)
        if (lists(words, comparison_names[i])) bits |= std::uint32_t{1} << i;
    return bits;
}

/// By type of parameter: bit n is set when it has comparison n.
inline constexpr std::uint32_t comparisons_of[] = {
#define TIPRING_ROW(extra, name, spelled, operators) comparisons_in(operators),
    TIPRING_MIAREC_PARAMETER_TYPES(TIPRING_ROW, )
#undef TIPRING_ROW
};

constexpr bool has_comparison(parameter_type type, comparison op) {
    return (comparisons_of[static_cast<std::size_t>(type)] >> static_cast<unsigned>(op) & 1u) != 0;
}

/// Sends no value of its own.
constexpr bool is_unary(comparison op) {
    return op == comparison::is_empty || op == comparison::not_empty || op == comparison::is_true ||
           op == comparison::is_false;
}

/// The names of the parameters, for reading searches; a program that only sends them does not carry
/// this table.
struct parameter_row {
    text name;
    parameter_type type;
    /// Sets alone: the values are numbers, or may be. See quirk D-43.
    bool numeric;
};

inline constexpr parameter_row parameter_rows[] = {
#define TIPRING_ROW(name, type, values) {#name, parameter_type::type, std::is_enum_v<values>},
    TIPRING_MIAREC_SEARCH_PARAMETERS(TIPRING_ROW)
#undef TIPRING_ROW
};
static_assert(std::size(parameter_rows) == static_cast<std::size_t>(search_parameter::other));

consteval bool tables_are_the_manuals() {
    constexpr int expected[] = {38, 3, 0, 5, 1, 1, 1, 12, 1};
    int of_type[std::size(expected)] = {};
    for (const parameter_row& row : parameter_rows) ++of_type[static_cast<std::size_t>(row.type)];
    int pairs = 0;
    for (std::size_t i = 0; i < std::size(expected); ++i) {
        if (of_type[i] != expected[i]) return false;
        for (std::uint32_t bits = comparisons_of[i]; bits != 0; bits &= bits - 1) ++pairs;
    }
    return std::size(parameter_rows) == 62 && std::size(comparisons_of) == 9 && pairs == 41;
}
static_assert(tables_are_the_manuals());

/// The part of a condition before its value.
struct condition_head {
    text name = {};
    search_parameter parameter = search_parameter::other;
    comparison op = comparison::unknown;
};

} // namespace detail

/// Two integers, in the order of sending; equal in a condition with one value.
struct integer_range {
    std::int64_t first = 0;
    std::int64_t last = 0;
    friend constexpr bool operator==(const integer_range&, const integer_range&) = default;
};

/// Two decimal numbers as they were written.
struct number_range {
    number first = {};
    number last = {};
    friend constexpr bool operator==(const number_range&, const number_range&) = default;
};

/// Two points in time.
struct time_range {
    utc_instant first = {};
    utc_instant last = {};
    friend constexpr bool operator==(const time_range&, const time_range&) = default;
};

/// What a condition holds after its operator.
enum class condition_value : std::uint8_t {
    /// Nothing: unary operators.
    none,
    words,
    integers,
    decimals,
    days,
    times,
    durations,
    /// A value that cannot be sent: a day that does not exist, a number or time that does not fit.
    unusable,
};

/// One clause of an advanced search, such as `phone_number includes 1234`. Make it from the
/// parameters in search.hpp. 40 bytes on 64-bit machines. A view of the caller's text, which must
/// outlive it.
class condition {
public:
    constexpr condition() = default;

    /// Which parameter; `other` when it is none of the manual's, or when its type does not have the
    /// operator.
    constexpr search_parameter parameter() const { return parameter_; }
    /// Name of the parameter as on the wire.
    constexpr text name() const { return name_; }
    constexpr comparison op() const { return op_; }
    constexpr condition_value kind() const { return kind_; }

    /// The value of text operators, of sets of ids or words, and of `other` parameters; else empty.
    constexpr text words() const { return kind_ == condition_value::words ? value_.words : text{}; }
    /// Numbers, enums of sets, and counts of days or minutes; else zeros.
    constexpr integer_range integers() const {
        return kind_ == condition_value::integers ? value_.integers : integer_range{};
    }
    /// Numbers that are not integers; else empty.
    constexpr number_range decimals() const {
        if (kind_ != condition_value::decimals) return {};
        return {number{text{value_.decimals[0], decimal_sizes_[0]}},
                number{text{value_.decimals[1], decimal_sizes_[1]}}};
    }
    /// Days, both included; else days that do not exist.
    constexpr date_range days() const {
        return kind_ == condition_value::days ? value_.days.range : date_range{};
    }
    /// Points in time; else the epoch.
    constexpr time_range times() const {
        if (kind_ != condition_value::times) return {};
        return {utc_instant{std::chrono::milliseconds{value_.integers.first}},
                utc_instant{std::chrono::milliseconds{value_.integers.last}}};
    }
    /// Lengths of calls; else zeros.
    constexpr duration_range durations() const {
        if (kind_ != condition_value::durations) return {};
        return {std::chrono::seconds{value_.integers.first},
                std::chrono::seconds{value_.integers.last}};
    }

    /// Same parameter, operator and value; text is compared by its bytes.
    friend constexpr bool operator==(const condition& a, const condition& b) {
        if (a.parameter_ != b.parameter_ || a.op_ != b.op_ || a.kind_ != b.kind_ ||
            a.name_ != b.name_)
            return false;
        switch (a.kind_) {
        case condition_value::words: return a.value_.words == b.value_.words;
        case condition_value::decimals: return a.decimals() == b.decimals();
        case condition_value::days: return a.value_.days.range == b.value_.days.range;
        case condition_value::integers:
        case condition_value::times:
        case condition_value::durations: return a.value_.integers == b.value_.integers;
        case condition_value::none:
        case condition_value::unusable: break;
        }
        return true;
    }

    // For the makers in search.hpp and search_codec.hpp.

    constexpr condition(const detail::condition_head& head, condition_value kind)
        : condition{head, kind, payload{}} {}
    constexpr condition(const detail::condition_head& head, text words)
        : condition{head, condition_value::words, payload{words}} {}
    constexpr condition(const detail::condition_head& head, const date_range& days)
        : condition{head, condition_value::days, payload{days}} {}
    constexpr condition(const detail::condition_head& head, condition_value kind,
                        const integer_range& values)
        : condition{head, kind, payload{values}} {}
    /// Numbers of at most longest_number characters.
    constexpr condition(const detail::condition_head& head, const number_range& numbers)
        : condition{head, condition_value::decimals, payload{numbers}} {
        decimal_sizes_[0] = static_cast<std::uint8_t>(numbers.first.value.size());
        decimal_sizes_[1] = static_cast<std::uint8_t>(numbers.last.value.size());
    }
    static constexpr std::size_t longest_number = 40;

private:
    /// As long as the others, so that no copy of a payload reads bytes that were never written.
    struct padded_days {
        date_range range;
        std::int64_t padding = 0;
    };
    union payload {
        integer_range integers;
        text words;
        padded_days days;
        const char* decimals[2];

        constexpr payload() : integers{} {}
        constexpr explicit payload(const integer_range& given) : integers{given} {}
        constexpr explicit payload(text given) : words{given} {}
        constexpr explicit payload(const date_range& given) : days{given} {}
        constexpr explicit payload(const number_range& given)
            : decimals{given.first.value.data(), given.last.value.data()} {}
    };

    constexpr condition(const detail::condition_head& head, condition_value kind,
                        const payload& value)
        : name_{head.name}, value_{value}, parameter_{head.parameter}, op_{head.op}, kind_{kind} {}

    text name_ = {};
    payload value_ = {};
    search_parameter parameter_ = {};
    comparison op_ = {};
    condition_value kind_ = {};
    std::uint8_t decimal_sizes_[2] = {};
};
static_assert(std::is_trivially_copyable_v<condition>);
static_assert(sizeof(void*) != 8 || sizeof(condition) == 40);

namespace detail {

/// The form depends on what the numbers are, not on how they were given, so that equal searches
/// compare equal.
constexpr condition number_condition(const condition_head& head, number first, number last) {
    const text a = first.value;
    const text b = last.value;
    if (a.size() > condition::longest_number || b.size() > condition::longest_number)
        return condition{head, condition_value::unusable};
    const std::optional<std::int64_t> low = given::plain_integer(a);
    const std::optional<std::int64_t> high = given::plain_integer(b);
    if (low && high) return condition{head, condition_value::integers, integer_range{*low, *high}};
    return condition{head, number_range{first, last}};
}

constexpr comparison find_comparison(text name) {
    std::size_t found = 0;
    while (found < comparison_count && comparison_names[found] != name) ++found;
    return static_cast<comparison>(found);
}

constexpr condition custom_condition(text name, comparison op, text value) {
    const condition_head head{name, search_parameter::other, op};
    return is_unary(op) ? condition{head, condition_value::none} : condition{head, value};
}

} // namespace detail

/// What `a && b` gives: conditions that must all hold, whose number the compiler knows. Becomes a
/// call_search.
template <std::size_t Size>
struct conditions {
    static_assert(
        Size <= TIPRING_MAX_CONDITIONS,
        "MiaRec: a search has more conditions than TIPRING_MAX_CONDITIONS, which a program "
        "may define before its first include of tipring");
    condition all[Size] = {};
};

/// An advanced search of calls: conditions that must all hold; empty for none. Views of the
/// caller's text, as they are. A search with conditions is active; one without finds all calls if
/// it is made active, and is none otherwise.
///
///     call_search where = phone_number.includes("1234") && duration.greater_than(30s);
///     if (const errc failure = where.add(user_id.is(whom)); failure != errc::ok) ...
class call_search {
public:
    constexpr call_search() = default;
    constexpr call_search(const condition& only) : size_{1} { conditions_[0] = only; }
    template <std::size_t Size>
    constexpr call_search(const conditions<Size>& all) : size_{Size} {
        for (std::size_t i = 0; i < Size; ++i) conditions_[i] = all.all[i];
    }

    static constexpr std::size_t capacity = TIPRING_MAX_CONDITIONS;

    /// One more condition; errc::too_many, and no change, when there are `capacity` already.
    [[nodiscard]] constexpr errc add(const condition& more) {
        if (size_ == capacity) return errc::too_many;
        conditions_[size_++] = more;
        return errc::ok;
    }
    /// No conditions, and not active.
    constexpr void clear() {
        size_ = 0;
        is_activated_ = false;
    }
    /// Makes a search without conditions one that is asked for: `advanced_search=1` alone, which
    /// finds all calls (manual, advanced search).
    constexpr void activate() { is_activated_ = true; }
    constexpr bool is_active() const { return is_activated_ || size_ != 0; }

    constexpr std::size_t size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr const condition& operator[](std::size_t index) const { return conditions_[index]; }
    constexpr const condition* begin() const { return conditions_.data(); }
    constexpr const condition* end() const { return conditions_.data() + size_; }

    /// The same conditions in the same order, and both active or neither.
    friend constexpr bool operator==(const call_search& a, const call_search& b) {
        if (a.size_ != b.size_ || a.is_active() != b.is_active()) return false;
        for (std::size_t i = 0; i < a.size_; ++i)
            if (!(a.conditions_[i] == b.conditions_[i])) return false;
        return true;
    }

private:
    std::array<condition, capacity> conditions_ = {};
    std::uint8_t size_ = 0;
    bool is_activated_ = false;
};
static_assert(std::is_trivially_copyable_v<call_search>);

namespace detail {

template <class>
struct clause_count : std::integral_constant<std::size_t, 0> {};
template <>
struct clause_count<condition> : std::integral_constant<std::size_t, 1> {};
template <std::size_t Size>
struct clause_count<conditions<Size>> : std::integral_constant<std::size_t, Size> {};

template <class T>
concept clause = clause_count<T>::value != 0;
template <class T>
concept clause_or_search = clause<T> || std::same_as<T, call_search>;

constexpr const condition* first_of(const condition& only) {
    return &only;
}
template <std::size_t Size>
constexpr const condition* first_of(const conditions<Size>& all) {
    return all.all;
}

template <class...>
inline constexpr bool never = false;

} // namespace detail

/// Both sides must hold.
template <detail::clause Left, detail::clause Right>
constexpr auto operator&&(const Left& left, const Right& right) {
    constexpr std::size_t size_of_left = detail::clause_count<Left>::value;
    conditions<size_of_left + detail::clause_count<Right>::value> joined;
    for (std::size_t i = 0; i < std::size(joined.all); ++i)
        joined.all[i] = i < size_of_left ? detail::first_of(left)[i]
                                         : detail::first_of(right)[i - size_of_left];
    return joined;
}

template <detail::clause_or_search Left, detail::clause_or_search Right>
    requires(!detail::clause<Left> || !detail::clause<Right>)
constexpr call_search operator&&(const Left&, const Right&) {
    static_assert(
        detail::never<Left, Right>,
        "MiaRec: how many conditions a call_search has is known at run time only; use its add()");
    return {};
}

template <detail::clause_or_search Left, detail::clause_or_search Right>
constexpr call_search operator||(const Left&, const Right&) {
    static_assert(
        detail::never<Left, Right>,
        "MiaRec: a search has no OR (manual, advanced search); send one request for each side");
    return {};
}

template <detail::clause_or_search Clause>
constexpr call_search operator!(const Clause&) {
    static_assert(
        detail::never<Clause>,
        "MiaRec: a search has no NOT (manual, advanced search); use not_equal_to, is_not, not_empty or is_false");
    return {};
}

} // namespace tipring::inline TIPRING_ABI::miarec
