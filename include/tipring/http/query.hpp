// Query strings: writing `?name=value&…` in the one form that travels unchanged, and walking over a
// received one without memory. Not here: what the parameters mean; form bodies, which write a blank
// as `+`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>

#include <tipring/core/arena.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/url.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// Writes parameters behind a path: `?` before the first, `&` before the others. Names and values
/// are percent-encoded by put_percent_encoded(): a blank is `%20`, never `+`, and `/`, `:`, `@` are
/// escaped too, which servers accept.
class query_writer {
public:
    /// Writes to `out`, which it must not outlive.
    constexpr explicit query_writer(writer& out TIPRING_LIFETIMEBOUND) : out_{&out} {}

    constexpr void add(text name, text value) {
        begin(name);
        append(value);
    }
    template <class Integer>
        requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)
    constexpr void add_integer(text name, Integer value) {
        begin(name);
        append_integer(value);
    }
    /// Writes a name and the `=`; the value follows by any number of append().
    constexpr void begin(text name) {
        begin();
        append(name);
        equals();
    }
    /// For a name in pieces: they follow by append(), then equals(), then the value by append().
    constexpr void begin() {
        out_->put(empty_ ? '?' : '&');
        empty_ = false;
    }
    constexpr void equals() { out_->put('='); }
    /// As begin(), for a name that may stand in a query as it is and that servers look for in that
    /// form: `$filter`, not `%24filter`.
    constexpr void begin_plain(text name) {
        begin();
        out_->put(name);
        equals();
    }
    constexpr void append(text piece) { put_percent_encoded(*out_, piece); }
    template <class Integer>
    constexpr void append_integer(Integer value) {
        out_->put_integer(value);
    }

    /// Nothing was added, so not even a `?` was written.
    constexpr bool empty() const { return empty_; }

private:
    writer* out_;
    bool empty_ = true;
};

/// One `name=value` of a query, as received: not decoded.
struct query_parameter {
    text name = {};
    text value = {};
    /// There was an `=`.
    bool has_value = false;
    /// Where the name starts in the query.
    std::size_t offset = 0;
};

/// How a received query is read.
struct query_rules {
    /// MiaRec's manual leaves open what a raw plus means; servers like it take it for a blank, as
    /// in a form, so that is the default. tipring never sends one.
    plus_sign plus = plus_sign::is_space;
    /// More parameters than this are errc::too_many.
    std::size_t most_parameters = 128;
};

/// Walks over the parameters of a query in their order; doubles are all seen, empty ones (`&&`) are
/// passed over.
///
///     auto query = query_reader::make(target.query);
///     if (!query) return query.error();
///     while (const auto parameter = query->next())
///         if (query->is_named(*parameter, "limit")) …
///
/// A small value that views the query; copy it to walk again.
class query_reader {
public:
    /// Checks the whole query once: errc::bad_url, with the offset, for bad escapes, blanks,
    /// control characters and
    /// `#`; errc::too_many. The query is without its `?`.
    static constexpr result<query_reader> make(text query, const query_rules& rules = {}) {
        for (std::size_t at = 0; at < query.size(); ++at)
            if (detail::is_control(query[at]) || query[at] == ' ' || query[at] == '#')
                return detail::bad_url(at);
        if (const std::size_t bad = find_bad_escape(query); bad != query.size())
            return detail::bad_url(bad);
        const query_reader reader{query, rules.plus};
        std::size_t count = 0;
        std::size_t first_too_many = 0;
        for (query_reader walk = reader; const auto parameter = walk.next();)
            if (++count == rules.most_parameters + 1) first_too_many = parameter->offset;
        if (count > rules.most_parameters)
            return error{.code = errc::too_many, .offset = first_too_many, .needed = count};
        return reader;
    }

    /// The next parameter, or nothing at the end.
    constexpr std::optional<query_parameter> next() {
        while (at_ < query_.size()) {
            const std::size_t start = at_;
            std::size_t end = query_.find('&', start);
            if (end == text::npos) end = query_.size();
            at_ = end + 1;
            if (end == start) continue;
            const text pair = slice(query_, start, end - start);
            const std::size_t equals = pair.find('=');
            if (equals == text::npos) return query_parameter{.name = pair, .offset = start};
            return query_parameter{.name = slice(pair, 0, equals),
                                   .value = slice(pair, equals + 1),
                                   .has_value = true,
                                   .offset = start};
        }
        return std::nullopt;
    }

    /// The first parameter of that name in the whole query, wherever the walk is.
    constexpr std::optional<query_parameter> find(text name) const {
        for (query_reader walk{query_, plus_}; const auto parameter = walk.next();)
            if (is_named(*parameter, name)) return parameter;
        return std::nullopt;
    }
    /// How often the name occurs in the whole query.
    constexpr std::size_t count(text name) const {
        std::size_t found = 0;
        for (query_reader walk{query_, plus_}; const auto parameter = walk.next();)
            if (is_named(*parameter, name)) ++found;
        return found;
    }

    /// Whether the decoded name is `name`; names are compared with their case.
    constexpr bool is_named(const query_parameter& parameter, text name) const {
        return equals_decoded(parameter.name, name, plus_);
    }
    /// Decodes a name or value of this query; a view of the query when there was nothing to decode.
    /// errc::capacity, and errc::invalid_utf8 with the offset in the decoded text.
    result<text> decode(text coded, arena& memory) const {
        const arena::mark before = memory.position();
        const result<text> decoded = percent_decode(coded, memory, plus_);
        if (!decoded) return decoded;
        const std::size_t bad = find_ill_formed_utf8(*decoded);
        if (bad == decoded->size()) return decoded;
        memory.rewind(before);
        return error{.code = errc::invalid_utf8, .offset = bad};
    }

private:
    constexpr query_reader(text query, plus_sign plus) : query_{query}, plus_{plus} {}

    text query_;
    std::size_t at_ = 0;
    plus_sign plus_;
};

} // namespace tipring::inline TIPRING_ABI::http
