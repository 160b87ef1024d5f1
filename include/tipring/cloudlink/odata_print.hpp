// The text of a filter: literals, terms, and the least parentheses that keep its meaning. Not here:
// its place in a request (odata_query.hpp), reading it (odata_parse.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include <tipring/cloudlink/odata_filter.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/core/uuid.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink::odata {

namespace detail {

constexpr bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}
constexpr errc check_text(text words) {
    for (const char c : words)
        if (is_control(c)) return errc::bad_parameter;
    return is_utf8(words) ? errc::ok : errc::invalid_utf8;
}

/// Digits from `at` on; false when there is none.
constexpr bool skip_digits(text written, std::size_t& at) {
    const std::size_t start = at;
    while (at < written.size() && is_digit(written[at])) ++at;
    return at != start;
}
/// `-12`, `0.5`, `1.5e-3`: OData's decimal with what double may have on top.
constexpr bool is_decimal(text written) {
    std::size_t at = written.starts_with('-') || written.starts_with('+') ? 1 : 0;
    if (!skip_digits(written, at)) return false;
    if (at < written.size() && written[at] == '.' && !skip_digits(written, ++at)) return false;
    if (at < written.size() && (written[at] == 'e' || written[at] == 'E')) {
        ++at;
        if (at < written.size() && (written[at] == '-' || written[at] == '+')) ++at;
        if (!skip_digits(written, at)) return false;
    }
    return at == written.size();
}

/// Whether quotes and parentheses close, so that text can stand inside parentheses.
constexpr bool is_closed(text expression) {
    std::size_t open = 0;
    bool quoted = false;
    for (const char c : expression) {
        if (c == '\'') quoted = !quoted;
        if (quoted) continue;
        if (c == '(') ++open;
        if (c == ')' && open-- == 0) return false;
    }
    return open == 0 && !quoted;
}

/// Counts that many steps; small, for the stack's sake.
template <std::size_t Count>
using step_position = std::conditional_t<Count <= 256, std::uint8_t, std::uint16_t>;

/// Writes filters to anything that has put(text).
template <class Out>
class filter_printer {
public:
    constexpr explicit filter_printer(Out& out) : out_{out} {}

    /// False when the filter cannot be written; then `failure`, which is none before, says why.
    template <std::size_t Capacity>
    constexpr bool run(const basic_filter<Capacity>& what, error& failure) {
        const list<step> steps = what.steps();
        using position = step_position<2 * Capacity - 1>;
        // Where each subtree starts, and what joins it with its sibling.
        position first[2 * Capacity - 1] = {};
        position parent[2 * Capacity - 1] = {};
        for (std::size_t i = 0; i < steps.size(); ++i) {
            first[i] = parent[i] = static_cast<position>(i);
            if (steps[i].kind == step_kind::term) continue;
            const std::size_t left = first[i - 1] - 1u;
            first[i] = first[left];
            parent[left] = parent[i - 1] = static_cast<position>(i);
        }
        std::size_t next_term = 0;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].kind != step_kind::term) {
                put_closing(steps, parent, i);
                continue;
            }
            std::size_t outermost = i;
            while (parent[outermost] != outermost && first[parent[outermost]] == i)
                outermost = parent[outermost];
            if (parent[outermost] != outermost)
                out_.put(steps[parent[outermost]].kind == step_kind::all ? " and " : " or ");
            for (std::size_t at = outermost; at != i; at = first[at - 1] - 1u)
                put_opening(steps, parent, at);
            put_opening(steps, parent, i);
            const term& t = what.terms()[next_term++];
            const bool enclosed = steps.size() == 1 || steps[i].negated;
            failure.code = put_term(t, enclosed);
            if (failure.code != errc::ok) {
                failure.path.push_element(next_term - 1);
                // The names of others belong to the caller, and a path may outlive them.
                if (t.is_declared) failure.path.push_member(t.property);
                return false;
            }
            put_closing(steps, parent, i);
        }
        return true;
    }

private:
    /// Around `or` inside of `and`, and around all that is negated: `not` binds tighter than a
    /// comparison, and there are servers that want them around functions too.
    template <class Position>
    static constexpr bool has_parentheses(list<step> steps, const Position* parent,
                                          std::size_t at) {
        return steps[at].negated ||
               (steps[at].kind == step_kind::any && steps[parent[at]].kind == step_kind::all);
    }
    /// By the grammar alone `not` takes all that follows, and there are servers that read it so;
    /// by the table of precedence it takes the next operand. In parentheses both are the same.
    template <class Position>
    static constexpr bool has_outer_parentheses(list<step> steps, const Position* parent,
                                                std::size_t at) {
        return steps[at].negated && parent[at] != at;
    }
    template <class Position>
    constexpr void put_opening(list<step> steps, const Position* parent, std::size_t at) {
        if (has_outer_parentheses(steps, parent, at)) out_.put("(");
        if (steps[at].negated) out_.put("not ");
        if (has_parentheses(steps, parent, at)) out_.put("(");
    }
    template <class Position>
    constexpr void put_closing(list<step> steps, const Position* parent, std::size_t at) {
        if (has_parentheses(steps, parent, at)) out_.put(")");
        if (has_outer_parentheses(steps, parent, at)) out_.put(")");
    }

    constexpr errc put_term(const term& t, bool enclosed) {
        if (t.op == comparison::raw) return put_raw(t.literal.words(), enclosed);
        if (!is_property_path(t.property)) return errc::bad_parameter;
        const text name = comparison_names[static_cast<std::size_t>(t.op)];
        if (is_function(t.op)) {
            if (t.literal.kind() != literal_kind::string) return errc::bad_parameter;
            out_.put(name);
            out_.put("(");
            out_.put(t.property);
            out_.put(",");
            const errc failure = put_literal(t.literal);
            out_.put(")");
            return failure;
        }
        out_.put(t.property);
        out_.put(" ");
        out_.put(name);
        out_.put(" ");
        return put_literal(t.literal);
    }

    constexpr errc put_raw(text expression, bool enclosed) {
        if (trimmed(expression).empty() || !is_closed(expression)) return errc::bad_parameter;
        if (!enclosed) out_.put("(");
        out_.put(expression);
        if (!enclosed) out_.put(")");
        return check_text(expression);
    }

    constexpr errc put_literal(const literal& value) {
        switch (value.kind()) {
        case literal_kind::null: out_.put("null"); return errc::ok;
        case literal_kind::boolean:
            out_.put(value.as_boolean() ? "true" : "false");
            return errc::ok;
        case literal_kind::decimal:
            out_.put(value.words());
            return is_decimal(value.words()) ? errc::ok : errc::bad_parameter;
        case literal_kind::guid:
            out_.put(value.words());
            return is_uuid(value.words()) ? errc::ok : errc::bad_parameter;
        case literal_kind::string: put_quoted(value.words()); return check_text(value.words());
        case literal_kind::integer:
        case literal_kind::date:
        case literal_kind::time:
        case literal_kind::quoted_time: return put_number(value);
        case literal_kind::unusable: break;
        }
        return errc::bad_parameter;
    }

    constexpr void put_quoted(text words) {
        out_.put("'");
        for (std::size_t quote = words.find('\''); quote != text::npos; quote = words.find('\'')) {
            out_.put(slice(words, 0, quote + 1));
            out_.put("'");
            words = slice(words, quote + 1);
        }
        out_.put(words);
        out_.put("'");
    }

    constexpr errc put_number(const literal& value) {
        char bytes[32] = {};
        writer digits{bytes};
        if (value.kind() == literal_kind::integer) {
            digits.put_integer(value.as_integer());
        } else if (value.kind() == literal_kind::date) {
            tipring::detail::put_date(value.as_date(), '-', digits);
        } else {
            const bool quoted = value.kind() == literal_kind::quoted_time;
            if (quoted) digits.put('\'');
            if (!tipring::detail::put_wall_time(value.instant(), std::chrono::minutes{0},
                                                tipring::detail::fraction_digits::when_needed,
                                                digits))
                return errc::bad_parameter;
            digits.put('Z');
            if (quoted) digits.put('\'');
        }
        out_.put(digits.written());
        return errc::ok;
    }

    Out& out_;
};

} // namespace detail

/// Writes a filter as OData has it, not yet percent-encoded; nothing for an empty one.
///
/// Quotes in text are doubled. Times are in UTC with milliseconds only when there are any. Blanks
/// stand around operators and nowhere else. Parentheses stand around `or` inside of `and`, around
/// what is behind `not`, and around a `not` that is joined with something, because servers do not
/// agree on where it ends.
///
/// Errors say which term by its index and, for declared properties, by name: `[1].email`.
/// errc::bad_parameter: a number that does not fit or is none, a day that does not exist, a year
/// that is not 0000 to 9999, a guid that is none, control characters, a property's name that is
/// none, quotes or parentheses in raw() that do not close; errc::invalid_utf8. Whether it fitted is
/// for `out` to say.
template <std::size_t Capacity>
constexpr result<void> print(const basic_filter<Capacity>& what, writer& out) {
    error failure;
    if (detail::filter_printer{out}.run(what, failure)) return {};
    return failure;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink::odata
