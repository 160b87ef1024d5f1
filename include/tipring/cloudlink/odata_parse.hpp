// Reads the text of a filter, for servers and stand-ins: strict where the standard is, lenient
// where vendors and old clients differ; what of the standard is not read, parse_filter() says. No
// recursion, bounded depth. Not here: writing it (odata_print.hpp), the rest of a query
// (odata_query.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <tipring/cloudlink/odata_filter.hpp>
#include <tipring/cloudlink/odata_print.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/core/uuid.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink::odata {

/// How many parentheses around parts of a filter may lie in one another.
inline constexpr std::size_t deepest_filter = 32;

namespace detail {

/// Puts a filter together in postfix order, and goes on counting terms when it is full.
template <std::size_t Capacity>
class filter_builder {
public:
    constexpr explicit filter_builder(basic_filter<Capacity>& into) : into_{into} {}

    constexpr void push(const term& t, bool negated) {
        if (wanted_++ >= Capacity) return;
        into_.terms_[into_.size_++] = t;
        into_.steps_[step_count_++] = step{step_kind::term, negated};
    }
    constexpr void join(step_kind kind) {
        if (fits()) insert_join(into_.steps_.data(), step_count_, kind);
    }
    constexpr void negate() {
        if (!fits()) return;
        step& last = into_.steps_[step_count_ - 1];
        last.negated = !last.negated;
    }
    constexpr bool fits() const { return wanted_ <= Capacity; }
    constexpr std::size_t wanted() const { return wanted_; }

private:
    basic_filter<Capacity>& into_;
    std::size_t step_count_ = 0;
    std::size_t wanted_ = 0;
};

/// One side of a comparison.
struct filter_operand {
    text property = {};
    odata::literal literal = {};
    std::size_t offset = 0;
    bool is_property = false;
};

constexpr comparison mirrored(comparison op) {
    switch (op) {
    case comparison::gt: return comparison::lt;
    case comparison::ge: return comparison::le;
    case comparison::lt: return comparison::gt;
    case comparison::le: return comparison::ge;
    default: return op;
    }
}

/// Reads the words, literals and terms of a filter from the left; the first failure sticks.
class filter_reader {
public:
    filter_reader(text in, arena& memory) : in_{in}, memory_{memory} {}

    std::size_t at() const { return at_; }
    const error& failure() const { return failure_; }
    bool at_end() const { return at_ == in_.size(); }
    bool next_is(char c) const { return !at_end() && in_[at_] == c; }

    bool refuse(errc code, std::size_t offset) {
        failure_ = {.code = code, .offset = offset};
        return false;
    }
    bool refuse_at(std::size_t offset) {
        return refuse(offset == in_.size() ? errc::unexpected_end : errc::invalid_filter, offset);
    }

    bool refuse_depth(std::size_t offset) {
        failure_ = {.code = errc::too_deep,
                    .needed_is_lower_bound = true,
                    .offset = offset,
                    .needed = deepest_filter + 1};
        return false;
    }

    /// Whether there was one.
    bool skip_blanks() {
        const std::size_t start = at_;
        while (next_is(' ') || next_is('\t')) ++at_;
        return at_ != start;
    }
    bool take(char c) {
        if (!next_is(c)) return false;
        ++at_;
        return true;
    }
    /// The word that starts here; empty when none does.
    text peek_word() const {
        std::size_t end = at_;
        while (end < in_.size() && is_word_character(in_[end])) ++end;
        return slice(in_, at_, end - at_);
    }
    bool take_word(text word) {
        if (peek_word() != word) return false;
        at_ += word.size();
        return true;
    }

    /// A function, a comparison, or a property that is true or false.
    bool read_term(term& into) {
        const text word = peek_word();
        if (slice(in_, at_ + word.size(), 1) == "(") return read_function(word, into);
        filter_operand left;
        if (!read_operand(left)) return false;
        const std::size_t end = at_;
        const bool has_blank = skip_blanks();
        const std::size_t op_at = at_;
        const text op_word = peek_word();
        const comparison op = find_comparison(op_word);
        if (op >= comparison::contains) {
            at_ = end;
            if (!left.is_property) return refuse_at(op_at);
            into = {.property = left.property, .literal = literal::boolean(true)};
            return true;
        }
        at_ += op_word.size();
        if (!has_blank || !skip_blanks()) return refuse_at(has_blank ? at_ : op_at);
        filter_operand right;
        if (!read_operand(right)) return false;
        if (left.is_property == right.is_property) return refuse_at(right.offset);
        into = left.is_property
                   ? term{.property = left.property, .literal = right.literal, .op = op}
                   : term{.property = right.property, .literal = left.literal, .op = mirrored(op)};
        return true;
    }

private:
    static bool is_word_character(char c) {
        return is_alpha(c) || is_digit(c) || c == '_' || c == '/' || c == '.' || c == ':' ||
               c == '-' || c == '+';
    }

    bool read_function(text name, term& into) {
        const comparison op = find_comparison(name);
        if (!is_function(op)) return refuse_at(at_);
        at_ += name.size() + 1;
        filter_operand first;
        filter_operand second;
        skip_blanks();
        if (!read_operand(first)) return false;
        skip_blanks();
        if (!take(',')) return refuse_at(at_);
        skip_blanks();
        if (!read_operand(second)) return false;
        skip_blanks();
        if (!take(')')) return refuse_at(at_);
        // OData 3 has the text first, and only there.
        const bool swapped = op == comparison::substringof && !first.is_property;
        const filter_operand& property = swapped ? second : first;
        const filter_operand& words = swapped ? first : second;
        if (!property.is_property) return refuse_at(property.offset);
        if (words.literal.kind() != literal_kind::string) return refuse_at(words.offset);
        into = {.property = property.property, .literal = words.literal, .op = op};
        return true;
    }

    bool read_operand(filter_operand& into) {
        into.offset = at_;
        if (next_is('\'')) return read_string(into.literal);
        const text word = peek_word();
        if (word.empty()) return refuse_at(at_);
        if (!read_literal(word, into.literal)) return false;
        if (into.literal.kind() == literal_kind::unusable) {
            if (!is_property_path(word)) return refuse_at(at_);
            into.property = word;
            into.is_property = true;
        }
        at_ += word.size();
        return true;
    }

    /// Text in quotes: a view of the filter, or of the arena when quotes are doubled in it.
    bool read_string(literal& into) {
        const std::size_t start = ++at_;
        std::size_t doubled = 0;
        while (true) {
            if (at_end()) return refuse_at(at_);
            const char c = in_[at_];
            if (is_control(c)) return refuse(errc::bad_parameter, at_);
            ++at_;
            if (c != '\'') continue;
            if (!next_is('\'')) break;
            ++at_;
            ++doubled;
        }
        const text coded = slice(in_, start, at_ - 1 - start);
        if (doubled == 0) {
            into = literal::string(coded);
            return true;
        }
        const std::size_t size = coded.size() - doubled;
        auto* const decoded = static_cast<char*>(memory_.allocate(size, 1));
        if (decoded == nullptr) {
            failure_ = {
                .code = errc::capacity, .needed_is_lower_bound = true, .needed = memory_.needed()};
            return false;
        }
        std::size_t written = 0;
        for (std::size_t i = 0; i < coded.size(); ++i) {
            if (coded[i] == '\'') ++i;
            decoded[written++] = coded[i];
        }
        into = literal::string(text{decoded, size});
        return true;
    }

    /// Leaves `into` unusable when the word may be a property.
    bool read_literal(text word, literal& into) {
        if (word == "null") {
            into = literal::null();
        } else if (word == "true" || word == "false") {
            into = literal::boolean(word == "true");
        } else if (is_uuid(word)) {
            into = literal::guid(word);
        } else if (is_decimal(word)) {
            into = literal::decimal(number{word});
        } else if (is_digit(word.front()) && slice(word, 4, 1) == "-") {
            return read_time(word, into);
        }
        return true;
    }
    /// A date-time without seconds, as OData has it and parse_datetime() does not.
    static bool read_minutes(text word, timestamp& into) {
        tipring::detail::time_reader time{.in = word};
        calendar_date date = {};
        int hour = 0;
        int minute = 0;
        if (!time.take_date('-', date) || !(time.take('T') || time.take('t')) ||
            !time.take_number(2, 0, 23, hour) || !time.take(':') ||
            !time.take_number(2, 0, 59, minute) || !time.take_zone(into.offset) || !time.take_end())
            return false;
        into.local = std::chrono::local_days{date} + std::chrono::minutes{hour * 60 + minute};
        return true;
    }
    bool read_time(text word, literal& into) {
        tipring::detail::time_reader day{.in = word};
        calendar_date date = {};
        if (day.take_date('-', date) && day.at_end()) {
            into = literal::date(date);
            return true;
        }
        timestamp time = {};
        if (!read_minutes(word, time)) {
            const result<timestamp> whole = parse_datetime(word);
            if (!whole) return refuse(whole.code(), at_ + whole.error().offset);
            time = *whole;
        }
        const std::optional<utc_instant> instant = time.instant();
        if (!instant) return refuse(errc::invalid_time, at_ + word.size());
        into = literal::time(*instant);
        return true;
    }

    text in_;
    arena& memory_;
    std::size_t at_ = 0;
    error failure_ = {};
};

/// Reads a whole filter: terms, joined by precedence with a stack of what is still open.
template <std::size_t Capacity>
class filter_parser {
public:
    filter_parser(text in, arena& memory, basic_filter<Capacity>& into)
        : reader_{in, memory}, builder_{into} {}

    result<void> run() {
        while (read_operand())
            if (!read_operator()) break;
        if (reader_.failure().code != errc::ok) return reader_.failure();
        if (!builder_.fits()) return error{.code = errc::too_many, .needed = builder_.wanted()};
        return {};
    }

private:
    enum class pending : std::uint8_t { all, any, open, open_negated };

    /// Everything up to the end of a term.
    bool read_operand() {
        bool negated = false;
        while (true) {
            reader_.skip_blanks();
            const std::size_t start = reader_.at();
            if (reader_.take('(')) {
                if (++depth_ > deepest_filter) return reader_.refuse_depth(start);
                stack_[size_++] = negated ? pending::open_negated : pending::open;
                negated = false;
            } else if (reader_.peek_word() == "not") {
                reader_.take_word("not");
                if (!reader_.skip_blanks() && !reader_.next_is('('))
                    return reader_.refuse_at(reader_.at());
                negated = !negated;
            } else {
                term read;
                if (!reader_.read_term(read)) return false;
                builder_.push(read, negated);
                return true;
            }
        }
    }

    /// Closing parentheses and the word that joins. False at the end, and for a failure.
    bool read_operator() {
        while (true) {
            const bool has_blank = reader_.skip_blanks();
            if (reader_.at_end()) return depth_ == 0 ? finish() : reader_.refuse_at(reader_.at());
            if (reader_.next_is(')')) {
                if (depth_ == 0) return reader_.refuse_at(reader_.at());
                reader_.take(')');
                close();
                continue;
            }
            const std::size_t start = reader_.at();
            const bool all = has_blank && reader_.take_word("and");
            if (!all && !(has_blank && reader_.take_word("or"))) return reader_.refuse_at(start);
            if (!reader_.skip_blanks()) return reader_.refuse_at(reader_.at());
            join_pending(all ? pending::all : pending::any);
            stack_[size_++] = all ? pending::all : pending::any;
            return true;
        }
    }

    /// Makes the joins that bind at least as tightly as `op`.
    void join_pending(pending op) {
        while (size_ != 0 && stack_[size_ - 1] <= op)
            builder_.join(stack_[--size_] == pending::all ? step_kind::all : step_kind::any);
    }
    void close() {
        join_pending(pending::any);
        if (stack_[--size_] == pending::open_negated) builder_.negate();
        --depth_;
    }
    bool finish() {
        join_pending(pending::any);
        return false;
    }

    filter_reader reader_;
    filter_builder<Capacity> builder_;
    /// At each depth at most one `or`, one `and` in it and one parenthesis.
    pending stack_[3 * deepest_filter + 2] = {};
    std::size_t size_ = 0;
    std::size_t depth_ = 0;
};

} // namespace detail

/// Reads a filter, percent-decoded already. Terms view `written`, and `memory` where quotes are
/// doubled in text. What print() writes reads back as the same filter, save that a time in quotes
/// is a string then (literal::as_time() gives it back) and that the words of raw() are read.
///
/// Beyond what is written, these are read: a property without an operator (`eq true`), the literal
/// on the left (`5 lt size` is `size gt 5`), `substringof` in both orders, `not` in front of a
/// comparison without parentheses (all of it is negated) or of a parenthesis without a blank,
/// blanks inside of functions, dates, times in any zone and without seconds.
///
/// Errors have the offset in `written`: errc::invalid_filter for what is none of this (`in`,
/// arithmetic, lambdas, other functions, functions that are compared as in `contains(…) eq true`,
/// `NaN`, `INF`, `-INF`, `duration'…'`), errc::unexpected_end, errc::bad_parameter for control
/// characters, errc::invalid_utf8, errc::invalid_time and errc::out_of_range for times,
/// errc::too_deep with more than deepest_filter parentheses around, errc::too_many with the number
/// of terms as `needed`, errc::capacity when `memory` is too small. After an error `into` is empty
/// and `memory` as it was.
template <std::size_t Capacity>
result<void> parse_filter(text written, arena& memory TIPRING_LIFETIMEBOUND,
                          basic_filter<Capacity>& into) {
    into.clear();
    if (const std::size_t bad = find_ill_formed_utf8(written); bad != written.size())
        return error{.code = errc::invalid_utf8, .offset = bad};
    const arena::mark before = memory.position();
    const result<void> parsed = detail::filter_parser<Capacity>{written, memory, into}.run();
    if (!parsed) {
        into.clear();
        memory.rewind(before);
    }
    return parsed;
}

/// As above.
inline result<filter> parse_filter(text written TIPRING_LIFETIMEBOUND,
                                   arena& memory TIPRING_LIFETIMEBOUND) {
    filter read;
    if (const result<void> parsed = parse_filter(written, memory, read); !parsed)
        return parsed.error();
    return read;
}

} // namespace tipring::inline TIPRING_ABI::cloudlink::odata
