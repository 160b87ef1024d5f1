// What an OData filter is made of: literals, terms such as `email eq 'x'`, and the filter, which
// joins terms by and, or and not. Filters are made in odata_property.hpp, written in
// odata_print.hpp and read in odata_parse.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>

#include <tipring/core/error.hpp>
#include <tipring/core/given.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink::odata {

/// What a literal is, by how it is written (part 2 of OData 4.01, primitive literals).
enum class literal_kind : std::uint8_t {
    /// Cannot be sent: a number that does not fit, a day that does not exist.
    unusable,
    null,
    boolean,
    integer,
    /// A number that is not an integer of 64 bits without leading zeros; as it was written.
    decimal,
    /// In single quotes, which are doubled inside; here without either. Ids are text for CloudLink,
    /// uuids too.
    string,
    /// A uuid without quotes, as the standard has it.
    guid,
    date,
    time,
    /// A time in quotes, as CloudLink's analytics want it. Reads back as a string.
    quoted_time,
};

/// A value that a property is compared with. Views the caller's text; 32 bytes on 64-bit machines.
class literal {
public:
    constexpr literal() = default;

    static constexpr literal null() { return {literal_kind::null, {}, 0}; }
    static constexpr literal boolean(bool value) {
        return {literal_kind::boolean, {}, value ? 1 : 0};
    }
    static constexpr literal integer(std::int64_t value) {
        return {literal_kind::integer, {}, value};
    }
    static constexpr literal string(text value) { return {literal_kind::string, value, 0}; }
    static constexpr literal guid(text value) { return {literal_kind::guid, value, 0}; }
    /// An integer when it is one, so that equal filters compare equal.
    static constexpr literal decimal(number value) {
        const std::optional<std::int64_t> whole = given::plain_integer(value.value);
        return whole ? integer(*whole) : literal{literal_kind::decimal, value.value, 0};
    }
    static constexpr literal date(calendar_date value) {
        if (!tipring::detail::has_four_digit_year(value)) return {};
        return {literal_kind::date, {}, std::chrono::sys_days{value}.time_since_epoch().count()};
    }
    static constexpr literal time(utc_instant value) {
        return {literal_kind::time, {}, value.time_since_epoch().count()};
    }
    static constexpr literal quoted_time(utc_instant value) {
        return {literal_kind::quoted_time, {}, value.time_since_epoch().count()};
    }

    constexpr literal_kind kind() const { return kind_; }
    /// Of strings, decimals and guids; else empty.
    constexpr text words() const { return words_; }
    /// Of integers; else 0.
    constexpr std::int64_t as_integer() const {
        return kind_ == literal_kind::integer ? number_ : 0;
    }
    constexpr bool as_boolean() const { return kind_ == literal_kind::boolean && number_ != 0; }
    constexpr calendar_date as_date() const {
        if (kind_ != literal_kind::date) return {};
        return std::chrono::sys_days{std::chrono::days{static_cast<int>(number_)}};
    }
    /// Of times; also of strings that hold one, since CloudLink has them in quotes too. In
    /// milliseconds, finer ones are cut. Nothing for all else, and for a time without a zone.
    constexpr std::optional<utc_instant> as_time() const {
        if (kind_ == literal_kind::time || kind_ == literal_kind::quoted_time) return instant();
        if (kind_ != literal_kind::string) return std::nullopt;
        const auto written = parse_datetime(words_);
        return written ? written->instant() : std::nullopt;
    }

    /// As as_time(), of the kinds `time` and `quoted_time`.
    constexpr utc_instant instant() const {
        return utc_instant{std::chrono::milliseconds{number_}};
    }

    /// Same kind, same value; text is compared by its bytes.
    friend constexpr bool operator==(const literal&, const literal&) = default;

private:
    constexpr literal(literal_kind kind, text words, std::int64_t number)
        : words_{words}, number_{number}, kind_{kind} {}

    text words_ = {};
    std::int64_t number_ = 0;
    literal_kind kind_ = literal_kind::unusable;
};

/// How a term compares its property with its literal, spelled as on the wire.
enum class comparison : std::uint8_t {
    eq,
    ne,
    gt,
    ge,
    lt,
    le,
    contains,
    startswith,
    endswith,
    /// Of OData 3, where the text comes first; CloudLink has the property first. Both are read.
    substringof,
    /// term::literal holds an expression that is sent as it is.
    raw,
};

namespace detail {

inline constexpr text comparison_names[] = {
    "eq", "ne", "gt", "ge", "lt", "le", "contains", "startswith", "endswith", "substringof"};
static_assert(std::size(comparison_names) == static_cast<std::size_t>(comparison::raw));

constexpr bool is_function(comparison op) {
    return op >= comparison::contains && op < comparison::raw;
}
/// The index is that of comparison; comparison::raw when it is no name of an operator.
constexpr comparison find_comparison(text name) {
    std::size_t found = 0;
    while (found < std::size(comparison_names) && comparison_names[found] != name) ++found;
    return static_cast<comparison>(found);
}

/// OData lets an identifier have that many characters.
inline constexpr std::size_t longest_identifier = 128;

inline constexpr byte_set identifier_chars = byte_set::letters_digits_and("_");

/// How many characters of `words` from its start are an identifier; 0 when it does not start with
/// one.
constexpr std::size_t identifier_size(text words) {
    std::size_t size = 0;
    while (size != words.size() && identifier_chars.has(words[size])) ++size;
    return size == 0 || size > longest_identifier || is_digit(words.front()) ? 0 : size;
}
constexpr bool is_reserved(text word) {
    constexpr text reserved[] = {"null", "true", "false", "not", "and", "or", "NaN", "INF"};
    for (const text each : reserved)
        if (word == each) return true;
    return false;
}
/// `identifier *( "/" identifier )`, and not a word that means something else in a filter.
constexpr bool is_property_path(text path) {
    if (is_reserved(path)) return false;
    for (;;) {
        const std::size_t size = identifier_size(path);
        if (size == 0 || size == path.size()) return size != 0;
        if (path[size] != '/') return false;
        path.remove_prefix(size + 1);
    }
}

} // namespace detail

/// One comparison: `email eq 'bob@email.com'`, `contains(principal,'76f1')`.
struct term {
    text property = {};
    odata::literal literal = {};
    comparison op = comparison::eq;
    /// `property` is part of the program, so an error may name it.
    bool is_declared = false;

    friend constexpr bool operator==(const term& a, const term& b) {
        return a.property == b.property && a.literal == b.literal && a.op == b.op;
    }
};

/// What to do with the stack when a filter is evaluated.
enum class step_kind : std::uint8_t {
    /// Push what the next term is.
    term,
    /// Take two, push whether both hold.
    all,
    /// Take two, push whether one holds.
    any,
};

/// One step of a filter in postfix order.
struct step {
    step_kind kind = step_kind::term;
    /// Turn the result round before it is pushed.
    bool negated = false;

    friend constexpr bool operator==(const step&, const step&) = default;
};

namespace detail {

/// The first step of the subtree whose last step is `last`.
constexpr std::size_t subtree_start(const step* steps, std::size_t last) {
    std::size_t at = last;
    for (std::size_t wanted = 1;; --at) {
        if (steps[at].kind != step_kind::term)
            ++wanted;
        else if (--wanted == 0)
            return at;
    }
}

/// Joins the two last subtrees. A join of the same kind on the right goes on from the left:
/// `a (b c and)` becomes `a b and c and`. There is room for one more step.
constexpr void insert_join(step* steps, std::size_t& count, step_kind kind) {
    const std::size_t right = subtree_start(steps, count - 1);
    std::size_t at = count;
    while (at - 1 > right && steps[at - 1] == step{kind, false}) at = subtree_start(steps, at - 2);
    for (std::size_t i = count; i > at; --i) steps[i] = steps[i - 1];
    steps[at] = step{kind, false};
    ++count;
}

template <std::size_t Capacity>
class filter_builder;

} // namespace detail

/// Terms joined by and, or and not; empty for no filter. Views of the caller's text, as they are.
/// Joins of one kind are kept from the left, `a && (b && c)` as `(a && b) && c`, and two negations
/// as none, so that filters that are written alike compare equal.
///
/// To evaluate one, walk over steps() with a stack of bools, and terms() beside it:
///
///     for (const odata::step& s : where.steps()) {
///         bool holds = false;
///         if (s.kind == odata::step_kind::term) holds = test(*next_term++);
///         else { const bool b = stack[--depth], a = stack[--depth];
///                holds = s.kind == odata::step_kind::all ? a && b : a || b; }
///         stack[depth++] = holds != s.negated;
///     }
///
/// The stack is never deeper than terms() has elements.
template <std::size_t Capacity>
class basic_filter {
public:
    static constexpr std::size_t capacity = Capacity;
    static_assert(capacity >= 1 && capacity <= 255, "a filter has 1 to 255 terms");

    constexpr basic_filter() = default;
    constexpr basic_filter(const term& only) : steps_{step{}}, size_{1} { terms_[0] = only; }
    /// From a filter of another capacity that is known to fit.
    template <std::size_t Other>
        requires(Other != Capacity)
    constexpr basic_filter(const basic_filter<Other>& smaller) {
        static_assert(
            Other <= Capacity,
            "OData: the filter may have more terms than TIPRING_MAX_FILTER_TERMS, which a program "
            "may define before its first include of tipring; join filters of unknown size by their "
            "add_all() and add_any()");
        if constexpr (Other <= Capacity)
            static_cast<void>(join(step_kind::all, smaller.terms(), smaller.steps()));
    }

    /// `and`s a filter to this one; an empty one changes nothing. errc::too_many, and no change,
    /// when there are more terms than `capacity` then.
    template <std::size_t Other>
    [[nodiscard]] constexpr errc add_all(const basic_filter<Other>& more) {
        return join(step_kind::all, more.terms(), more.steps());
    }
    /// As add_all(), by `or`.
    template <std::size_t Other>
    [[nodiscard]] constexpr errc add_any(const basic_filter<Other>& more) {
        return join(step_kind::any, more.terms(), more.steps());
    }
    /// Turns the whole round; an empty filter stays empty.
    constexpr void negate() {
        if (empty()) return;
        step& last = steps_[steps().size() - 1];
        last.negated = !last.negated;
    }
    constexpr void clear() { *this = {}; }

    /// How many terms there are.
    constexpr std::size_t size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr list<term> terms() const { return {terms_.data(), size_}; }
    constexpr list<step> steps() const {
        return {steps_.data(), empty() ? std::size_t{0} : 2u * size_ - 1};
    }

    /// The same terms joined alike.
    friend constexpr bool operator==(const basic_filter& a, const basic_filter& b) {
        return std::equal(a.terms().begin(), a.terms().end(), b.terms().begin(), b.terms().end()) &&
               std::equal(a.steps().begin(), a.steps().end(), b.steps().begin(), b.steps().end());
    }

private:
    friend class detail::filter_builder<Capacity>;

    constexpr errc join(step_kind kind, list<term> terms, list<step> steps) {
        if (terms.empty()) return errc::ok;
        if (terms.size() > capacity - size_) return errc::too_many;
        std::size_t count = this->steps().size();
        const bool joins = count != 0;
        for (const term& t : terms) terms_[size_++] = t;
        for (const step& s : steps) steps_[count++] = s;
        if (joins) detail::insert_join(steps_.data(), count, kind);
        return errc::ok;
    }

    std::array<term, Capacity> terms_ = {};
    std::array<step, 2 * Capacity - 1> steps_ = {};
    std::uint8_t size_ = 0;
};

/// A filter of at most TIPRING_MAX_FILTER_TERMS terms.
using filter = basic_filter<TIPRING_MAX_FILTER_TERMS>;
static_assert(std::is_trivially_copyable_v<filter>);

} // namespace tipring::inline TIPRING_ABI::cloudlink::odata
