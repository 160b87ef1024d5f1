// raw_json: a JSON value of any shape, kept as the text that came in, with a look inside that
// allocates nothing. Not here: typed decoding (json/decode.hpp), conversion to and from
// boost::json::value (the Boost.JSON adapter).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include <tipring/core/arena.hpp>
#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/scan.hpp>
#include <tipring/json/write.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// What a JSON value is; `none` for no value at all.
enum class json_kind : std::uint8_t { none, object, array, string, number, boolean, null };

class raw_members;
class raw_elements;

/// One JSON value exactly as it was written, escapes and blanks inside included. Owns nothing.
///
///     for (json::raw_member m : value.members())
///         if (m.name_is("level")) use(m.value.as_integer<int>());
///
/// Decoding and make_raw_json() only ever store valid JSON. Text put in by other ways is safe to
/// look into as well: nothing outside it is read, and walks end at the first byte that is out of
/// place.
struct raw_json {
    using is_text_like = void;

    text value = {};

    constexpr raw_json() = default;
    constexpr explicit raw_json(text written) : value{written} {}

    constexpr bool empty() const { return value.empty(); }

    /// By the first byte alone.
    constexpr json_kind kind() const {
        if (value.empty()) return json_kind::none;
        switch (value.front()) {
        case '{': return json_kind::object;
        case '[': return json_kind::array;
        case '"': return json_kind::string;
        case 't':
        case 'f': return json_kind::boolean;
        case 'n': return json_kind::null;
        default:
            return value.front() == '-' || is_digit(value.front()) ? json_kind::number
                                                                   : json_kind::none;
        }
    }

    /// The members of an object in the order of the text, duplicates included; none for any other
    /// value.
    constexpr raw_members members() const;
    /// The elements of an array; none for any other value.
    constexpr raw_elements elements() const;
    /// The member called `name`, the last one when there are several (decoding refuses those);
    /// empty when there is none.
    constexpr raw_json find(text name) const;

    constexpr std::optional<bool> as_boolean() const {
        if (value == "true") return true;
        if (value == "false") return false;
        return std::nullopt;
    }
    /// The number, when it is written without fraction and exponent and fits Integer.
    template <class Integer>
    constexpr std::optional<Integer> as_integer() const {
        const std::optional<number_scan> scan = scanned_number();
        if (!scan || !scan->is_integer) return std::nullopt;
        if (!scan->fits) return parse_integer<Integer>(value);
        if (!std::in_range<Integer>(scan->value)) return std::nullopt;
        return static_cast<Integer>(scan->value);
    }
    /// The number as written.
    constexpr std::optional<number> as_number() const {
        if (!scanned_number()) return std::nullopt;
        return number{value};
    }
    /// The content of a string: a view of this very text when nothing in it is escaped, otherwise a
    /// copy in `memory`. expected_string; capacity, with the size that `memory` would have to have;
    /// the errors of scan_string().
    result<text> as_text(arena& memory TIPRING_LIFETIMEBOUND) const;
    /// Whether the value is a string whose content, unescaped, is `other`. Needs no memory.
    constexpr bool compare_text(text other) const {
        if (kind() != json_kind::string) return false;
        const string_scan scan = scanned_string();
        return scan.code == errc::ok && equals_unescaped(value.data() + 1, scan.end, other);
    }

    /// Equal as written: `1.0` is not `1`, and blanks count.
    friend constexpr bool operator==(const raw_json&, const raw_json&) = default;

    /// As as_text(), into `content`; of a string that is at fault that is what comes from the fault
    /// on.
    errc take_text(text& content, arena& memory) const;

private:
    constexpr const char* end() const { return value.data() + value.size(); }

    constexpr std::optional<number_scan> scanned_number() const {
        if (kind() != json_kind::number) return std::nullopt;
        const number_scan scan = scan_number(value.data(), end());
        if (scan.code != errc::ok || scan.end != end()) return std::nullopt;
        return scan;
    }
    /// Of a value that begins with a quote.
    constexpr string_scan scanned_string() const {
        string_scan scan = scan_string(value.data() + 1, end());
        if (scan.code == errc::ok && scan.end + 1 != end())
            return {scan.end + 1, errc::trailing_text, scan.has_escapes};
        return scan;
    }
};

/// One member of an object. `name` is without quotes but with its escapes; compare it by name_is().
struct raw_member {
    text name = {};
    raw_json value = {};

    constexpr bool name_is(text plain) const {
        return equals_unescaped(name.data(), name.data() + name.size(), plain);
    }
};

namespace detail {

/// How many bytes unescape() makes of the string content [from, to).
constexpr std::size_t unescaped_size(const char* from, const char* to) {
    std::size_t size = distance(from, to);
    while (from != to) {
        if (*from != '\\') {
            ++from;
            continue;
        }
        const escape_scan escape = scan_escape(from, to);
        if (escape.code != errc::ok) return size;
        size -= distance(from, escape.end) - encode_character(escape.value).size;
        from = escape.end;
    }
    return size;
}

/// Walks the parts of an array or object. Stands on a part, or has ended, for good or at a fault.
class raw_walk {
public:
    constexpr raw_walk() = default;
    /// `container` is the whole text of the array or object; there are no parts in anything else.
    constexpr raw_walk(text container, char open, char close)
        : end_{container.data() + container.size()}, close_{close} {
        if (container.empty() || container.front() != open) return;
        at_ = skip_space(container.data() + 1, end_);
        read_part();
    }

    constexpr bool ended() const { return at_ == nullptr; }
    constexpr const raw_member& part() const { return part_; }

    constexpr void advance() {
        at_ = skip_space(at_, end_);
        if (at_ == end_ || *at_ != ',') return stop();
        at_ = skip_space(at_ + 1, end_);
        read_part();
    }

private:
    constexpr void stop() { at_ = nullptr; }
    /// The closing bracket of an empty container starts no part, so it ends the walk like any
    /// fault.
    constexpr void read_part() {
        if (close_ == '}') {
            const name_scan name = scan_member_name(at_, end_);
            if (name.code != errc::ok) return stop();
            part_.name = text{at_ + 1, distance(at_ + 1, name.quote)};
            at_ = name.end;
        }
        const value_scan value = skip_value(at_, end_, most_depth);
        if (value.code != errc::ok) return stop();
        part_.value = raw_json{text{at_, distance(at_, value.end)}};
        at_ = value.end;
    }

    const char* at_ = nullptr;
    const char* end_ = nullptr;
    raw_member part_ = {};
    char close_ = ']';
};

} // namespace detail

/// The members of an object, for a range-based for loop. Each step scans the value that it passes.
class raw_members {
public:
    class iterator {
    public:
        using value_type = raw_member;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr explicit iterator(text object) : walk_{object, '{', '}'} {}

        constexpr raw_member operator*() const { return walk_.part(); }
        constexpr const raw_member* operator->() const { return &walk_.part(); }
        constexpr iterator& operator++() {
            walk_.advance();
            return *this;
        }
        constexpr iterator operator++(int) {
            iterator before = *this;
            walk_.advance();
            return before;
        }
        friend constexpr bool operator==(const iterator& i, std::default_sentinel_t) {
            return i.walk_.ended();
        }

    private:
        detail::raw_walk walk_ = {};
    };

    constexpr explicit raw_members(raw_json value) : value_{value} {}
    constexpr iterator begin() const { return iterator{value_.value}; }
    constexpr std::default_sentinel_t end() const { return {}; }

private:
    raw_json value_;
};

/// The elements of an array, for a range-based for loop. Each step scans the value that it passes.
class raw_elements {
public:
    class iterator {
    public:
        using value_type = raw_json;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr explicit iterator(text array) : walk_{array, '[', ']'} {}

        constexpr raw_json operator*() const { return walk_.part().value; }
        constexpr const raw_json* operator->() const { return &walk_.part().value; }
        constexpr iterator& operator++() {
            walk_.advance();
            return *this;
        }
        constexpr iterator operator++(int) {
            iterator before = *this;
            walk_.advance();
            return before;
        }
        friend constexpr bool operator==(const iterator& i, std::default_sentinel_t) {
            return i.walk_.ended();
        }

    private:
        detail::raw_walk walk_ = {};
    };

    constexpr explicit raw_elements(raw_json value) : value_{value} {}
    constexpr iterator begin() const { return iterator{value_.value}; }
    constexpr std::default_sentinel_t end() const { return {}; }

private:
    raw_json value_;
};

constexpr raw_members raw_json::members() const {
    return raw_members{*this};
}
constexpr raw_elements raw_json::elements() const {
    return raw_elements{*this};
}

constexpr raw_json raw_json::find(text name) const {
    raw_json found;
    for (const raw_member& member : members())
        if (member.name_is(name)) found = member.value;
    return found;
}

inline errc raw_json::take_text(text& content, arena& memory) const {
    if (kind() != json_kind::string) return errc::expected_string;
    const char* const from = value.data() + 1;
    const string_scan scan = scanned_string();
    if (scan.code != errc::ok) {
        content = text{scan.end, detail::distance(scan.end, end())};
        return scan.code;
    }
    content = text{from, detail::distance(from, scan.end)};
    if (!scan.has_escapes) return errc::ok;
    const std::size_t size = detail::unescaped_size(from, scan.end);
    char* const copy = static_cast<char*>(memory.allocate(size, 1));
    if (copy == nullptr) return errc::capacity;
    unescape(copy, from, scan.end);
    content = text{copy, size};
    return errc::ok;
}

inline result<text> raw_json::as_text(arena& memory) const {
    text content;
    const errc code = take_text(content, memory);
    if (code == errc::ok) return content;
    error failure{.code = code};
    if (code == errc::capacity)
        failure.needed = memory.needed();
    else if (code != errc::expected_string)
        failure.offset = detail::distance(value.data(), content.data());
    return failure;
}

/// Checks `document`, which may have blanks around it, and takes it as a value, without those. The
/// errors of validate(), with the offset of the byte at fault.
constexpr result<raw_json> make_raw_json(text document TIPRING_LIFETIMEBOUND,
                                         unsigned max_depth = 32) {
    const char* const begin = document.data();
    const char* const end = begin + document.size();
    const char* const from = skip_space(begin, end);
    const value_scan scan = skip_value(from, end, max_depth);
    if (scan.code != errc::ok)
        return error{.code = scan.code, .offset = detail::distance(begin, scan.end)};
    const char* const after = skip_space(scan.end, end);
    if (after != end)
        return error{.code = errc::trailing_text, .offset = detail::distance(begin, after)};
    return raw_json{text{from, detail::distance(from, scan.end)}};
}

/// `value` as a JSON string, with quotes and escapes, in the arena: for members that take any JSON
/// value, such as that of a call's custom field. errc::invalid_utf8, or errc::capacity with the
/// whole size that is enough.
inline result<raw_json> quote(text value, arena& memory TIPRING_LIFETIMEBOUND) {
    writer out{memory.rest()};
    if (const errc code = put_string(out, value); code != errc::ok) return code;
    if (!out.fits()) return error{.code = errc::capacity, .needed = memory.used() + out.size()};
    const raw_json quoted{out.written()};
    memory.commit(out.size());
    return quoted;
}

} // namespace tipring::inline TIPRING_ABI::json
