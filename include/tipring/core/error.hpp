// What can go wrong in tipring itself: the codes, the error value, and how it is printed into a
// caller's buffer. Not here: errors that a server reports in an HTTP answer (http/answer.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tipring/core/text.hpp>

namespace tipring::inline TIPRING_ABI {

/// Why an operation failed. The groups: the caller's own parameters, memory and limits, what came
/// from the peer.
enum class errc : std::uint8_t {
    ok,
    missing_parameter,
    bad_parameter,
    bad_header,
    bad_url,
    other_origin,
    too_many_pages,
    repeated_page,
    wrong_order,
    capacity,
    too_deep,
    too_long,
    too_many,
    unexpected_end,
    invalid_json,
    invalid_utf8,
    invalid_escape,
    invalid_number,
    invalid_time,
    invalid_base64,
    trailing_text,
    duplicate_member,
    missing_member,
    expected_object,
    expected_array,
    expected_string,
    expected_integer,
    expected_boolean,
    expected_number,
    out_of_range,
    unexpected_body,
    unexpected_content_type,
    unknown_path,
    method_not_allowed,
    unknown_parameter,
    duplicate_parameter,
    invalid_filter,
    wrong_state,
    mixed_environments,
    invalid_message,
    error_object,
    count_
};

/// A few lower-case words that say what `code` means, without a full stop.
constexpr text message(errc code) {
    constexpr text messages[] = {
        "no error",
        "a required parameter is missing",
        "a parameter has a value that is not allowed",
        "a header holds a character that is not allowed",
        "not a usable URL",
        "the link leads to another origin",
        "more pages than allowed",
        "the link leads to a page that was already read",
        "called out of order",
        "not enough memory",
        "nested too deeply",
        "text longer than allowed",
        "more elements than allowed",
        "the text ends too early",
        "not valid JSON",
        "not valid UTF-8",
        "not a valid escape sequence",
        "not a valid number",
        "not a valid date or time",
        "not valid Base64",
        "text after the end of the document",
        "the member occurs twice",
        "a required member is missing",
        "expected object",
        "expected array",
        "expected string",
        "expected integer",
        "expected boolean",
        "expected number",
        "number out of range",
        "a body that this operation does not have",
        "unexpected content type",
        "unknown path",
        "method not allowed",
        "unknown parameter",
        "the parameter occurs twice",
        "not a valid filter",
        "the state is not the one that was sent",
        "the address is of another environment or service",
        "not a valid HTTP message",
        "an error object in place of what was asked for",
    };
    static_assert(sizeof messages / sizeof messages[0] == static_cast<std::size_t>(errc::count_));
    return code < errc::count_ ? messages[static_cast<std::size_t>(code)] : text{"unknown error"};
}

/// One step from a value to a part of it: to a member or to an element. As small as can be, since
/// every result has room for eight of them.
struct path_step {
    /// Of a member; null for an element.
    const char* name = nullptr;
    /// The size of the name, or the index of the element.
    std::uint32_t number = 0;

    constexpr bool is_element() const { return name == nullptr; }
    /// The member's name; empty for an element.
    constexpr text member() const { return is_element() ? text{} : text{name, number}; }
};

/// Where in a typed value something went wrong, such as `calls[3].files[0].file_size`. Names are
/// views of static tables, so a path may be kept for ever. Holds the outermost steps; `truncated`
/// says that there were more.
struct member_path {
    static constexpr std::size_t capacity = 8;

    path_step steps[capacity] = {};
    std::uint8_t size = 0;
    bool truncated = false;

    constexpr void push_member(text name) {
        push(path_step{.name = name.data(), .number = static_cast<std::uint32_t>(name.size())});
    }
    constexpr void push_element(std::size_t index) {
        push(path_step{.number = static_cast<std::uint32_t>(index)});
    }
    /// Goes to a member and from there along the path as it was.
    constexpr void prepend_member(text name) {
        if (size < capacity)
            ++size;
        else
            truncated = true;
        for (std::size_t i = size - 1u; i != 0; --i) steps[i] = steps[i - 1];
        steps[0] = {.name = name.data(), .number = static_cast<std::uint32_t>(name.size())};
    }
    /// Appends the steps of a path that starts where this one ends.
    constexpr void push_all(const member_path& inner) {
        for (std::size_t i = 0; i < inner.size; ++i) push(inner.steps[i]);
        truncated = truncated || inner.truncated;
    }

private:
    constexpr void push(path_step step) {
        if (size < capacity)
            steps[size++] = step;
        else
            truncated = true;
    }
};

/// Why, where and how much: all that is known of a failure, without any text of its own. Trivially
/// copyable.
struct error {
    static constexpr std::size_t no_offset = static_cast<std::size_t>(-1);

    errc code = errc::ok;
    /// The number in `needed` is only known to be too small or just enough; the true need may be
    /// greater.
    bool needed_is_lower_bound = false;
    /// Byte offset into the body, header value or URL that was being read; no_offset when there is
    /// none.
    std::size_t offset = no_offset;
    /// For errc::capacity, too_long, too_many, too_deep: the size, in bytes, elements or levels,
    /// that would have been enough; 0 when not known.
    std::size_t needed = 0;
    /// The member or parameter concerned; empty when the whole is meant.
    member_path path = {};
};

/// `failure` with `name`, a view of static text, in front of its path.
constexpr error about(error failure, text name) {
    failure.path.prepend_member(name);
    return failure;
}
constexpr error about(errc code, text name, std::size_t offset = error::no_offset) {
    return about(error{.code = code, .offset = offset}, name);
}

/// Writes `path` in the form `calls[3].files[0].file_size`.
constexpr void print(const member_path& path, writer& out) {
    for (std::size_t i = 0; i < path.size; ++i) {
        const path_step& step = path.steps[i];
        if (step.is_element()) {
            out.put('[');
            out.put_integer(step.number);
            out.put(']');
        } else {
            if (i != 0) out.put('.');
            out.put(step.member());
        }
    }
    if (path.truncated) out.put("...");
}

/// Writes `failure` as one line for people, such as
/// `calls[3].files[0].file_size: expected integer (at byte 1234)`. Never holds text from a body or
/// a secret.
constexpr void print(const error& failure, writer& out) {
    if (failure.path.size != 0) {
        print(failure.path, out);
        out.put(": ");
    }
    out.put(message(failure.code));
    const bool offset = failure.offset != error::no_offset;
    if (offset || failure.needed != 0) out.put(" (");
    if (offset) {
        out.put("at byte ");
        out.put_integer(failure.offset);
    }
    if (failure.needed != 0) {
        if (offset) out.put(", ");
        out.put(failure.needed_is_lower_bound ? "needs at least " : "needs ");
        out.put_integer(failure.needed);
    }
    if (offset || failure.needed != 0) out.put(')');
}

/// As above, into `buffer`; the returned view is cut at its end when the line does not fit (200
/// bytes nearly always do).
constexpr text describe(const error& failure, std::span<char> buffer TIPRING_LIFETIMEBOUND) {
    writer measure;
    print(failure, measure);
    if (measure.size() <= buffer.size()) {
        writer out{buffer};
        print(failure, out);
        return out.written();
    }
    text rest = message(failure.code);
    rest = slice(rest, 0, buffer.size());
    writer out{buffer};
    out.put(rest);
    return out.written();
}

} // namespace tipring::inline TIPRING_ABI
