// Described values as one line for people and logs: secrets are never in it, long texts and lists
// are cut, and nothing in it can forge a line or steer a terminal. Not here: JSON
// (json/encode.hpp), requests and responses (http/log.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

#include <tipring/core/text.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/scan.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// How much of a value is printed.
struct print_options {
    /// Most bytes of one text; `...` stands for the rest.
    std::size_t max_text = 200;
    /// Most elements of one list; `... 12 more` stands for the rest.
    std::size_t max_elements = 20;
};

namespace detail {

/// How many bytes the well-formed character at `at` has that may be printed as it is; 0 for control
/// characters, those that end a line or change the direction of writing, and bytes that are not
/// UTF-8.
inline std::size_t printable_size(const char* at, const char* end) {
    const unsigned lead = byte_at(at);
    if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
    const sequence_scan sequence = scan_sequence(at, end);
    if (sequence.code != errc::ok) return 0;
    if (lead == 0xC2) return byte_at(at + 1) >= 0xA0 ? 2 : 0;
    if (lead != 0xE2) return sequence.size;
    const unsigned second = byte_at(at + 1);
    const unsigned third = byte_at(at + 2);
    const bool is_line_or_direction = second == 0x80 && third >= 0xA8 && third <= 0xAE;
    const bool is_isolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
    return is_line_or_direction || is_isolate ? 0 : sequence.size;
}

/// Prints at most `most` bytes of `content`, never a part of a character; `quote` and the backslash
/// are escaped unless `quote` is 0.
inline void print_text(writer& out, text content, std::size_t most, char quote) {
    const char* at = content.data();
    const char* const end = at + content.size();
    if (quote != 0) out.put(quote);
    while (at != end) {
        const std::size_t size = printable_size(at, end);
        const std::size_t taken = size != 0 ? size : 1;
        if (distance(content.data(), at) + taken > most) break;
        if (size == 0) {
            constexpr text digits = "0123456789ABCDEF";
            out.put("\\x");
            out.put(digits[byte_at(at) >> 4]);
            out.put(digits[byte_at(at) & 15]);
        } else {
            if (quote != 0 && (*at == quote || *at == '\\')) out.put('\\');
            out.put(text{at, size});
        }
        at += taken;
    }
    if (at != end) out.put("...");
    if (quote != 0) out.put(quote);
}

/// Prints member by member with an explicit stack.
class printer {
public:
    printer(writer& out, const print_options& options) : out_{out}, options_{options} {}

    void run(const table& type, const void* value) {
        open(type, static_cast<const std::byte*>(value));
        while (depth_ != 0) {
            frame& f = frames_[depth_ - 1];
            if (f.list != nullptr)
                element(f);
            else
                next_member(f);
        }
    }

private:
    struct frame {
        const table* type = nullptr;
        const std::byte* object = nullptr;
        /// Of a list: the member that it is.
        const member* slot = nullptr;
        const std::byte* list = nullptr;
        std::size_t count = 0;
        std::size_t index = 0;
        bool is_first = true;
    };

    bool push(const frame& f) {
        if (depth_ == TIPRING_MAX_NESTING) {
            out_.put("...");
            return false;
        }
        frames_[depth_++] = f;
        return true;
    }

    void open(const table& type, const std::byte* object) {
        if (push({.type = &type, .object = object})) out_.put('{');
    }

    void next_member(frame& f) {
        while (f.index < f.type->member_count) {
            const member& m = f.type->members[f.index++];
            const member_state state = state_of(m, f.object);
            if (state == member_state::absent) continue;
            if (!f.is_first) out_.put(", ");
            f.is_first = false;
            out_.put(f.type->name_of(m));
            out_.put(": ");
            if (state == member_state::json_null) {
                out_.put("null");
                continue;
            }
            if (m.has(is_secret)) {
                out_.put("REDACTED");
                continue;
            }
            return value(m, f.object);
        }
        out_.put('}');
        --depth_;
    }

    void value(const member& m, const std::byte* object) {
        switch (m.kind) {
        case kind::text:
        case kind::raw:
        case kind::number: return view(m.kind, text_of(m, object));
        case kind::integer: return out_.put_integer(integer_of(m, object));
        case kind::enumeration: return out_.put_integer(enumeration_of(m, object));
        case kind::boolean: return out_.put(boolean_of(m, object) ? text{"true"} : text{"false"});
        case kind::object: return open(*m.type, object_in(m, object));
        case kind::custom: return out_.put("...");
        default: return open_list(m, list_of(m, object));
        }
    }

    void view(kind k, text content) {
        print_text(out_, content, options_.max_text, k == kind::text ? '"' : '\0');
    }

    void open_list(const member& m, untyped_list elements) {
        const bool is_map = m.kind == kind::map;
        if (elements.size == 0) return out_.put(is_map ? text{"{}"} : text{"[]"});
        const frame list = {.slot = &m, .list = elements.data, .count = elements.size};
        if (push(list)) out_.put(is_map ? '{' : '[');
    }

    void element(frame& f) {
        const member& m = *f.slot;
        if (f.index == f.count || f.index == options_.max_elements) {
            put_rest(f.count - f.index, f.index != 0);
            out_.put(m.kind == kind::map ? '}' : ']');
            --depth_;
            return;
        }
        if (f.index != 0) out_.put(", ");
        const std::byte* const at = f.list + f.index++ * element_size(m);
        if (m.kind == kind::map) return map_entry(*m.type, at);
        switch (m.element) {
        case kind::object: return open(*m.type, at);
        case kind::integer: return out_.put_integer(load_integer(at, m.width, m.has(is_signed)));
        case kind::boolean: return out_.put(load<bool>(at) ? text{"true"} : text{"false"});
        default: return view(m.element, load<text>(at));
        }
    }
    void put_rest(std::size_t left_out, bool follows_another) {
        if (left_out == 0) return;
        if (follows_another) out_.put(", ");
        out_.put("... ");
        out_.put_integer(left_out);
        out_.put(" more");
    }

    void map_entry(const table& type, const std::byte* entry) {
        const member& content = type.members[1];
        view(kind::text, text_of(type.members[0], entry));
        out_.put(": ");
        if (state_of(content, entry) != member_state::value) return out_.put("null");
        if (content.has(is_secret)) return out_.put("REDACTED");
        value(content, entry);
    }

    frame frames_[TIPRING_MAX_NESTING];
    unsigned depth_ = 0;
    writer& out_;
    const print_options& options_;
};

} // namespace detail

/// Prints `value` as `{call_id: "e03f", duration: 12, password: REDACTED, files: [{...}, ... 3
/// more]}`. Members that are absent are left out. Control characters, and bytes that are not UTF-8,
/// become `\x0A`. What is deeper than TIPRING_MAX_NESTING, and values that only their own code
/// understands, are `...`.
template <described T>
void print(const T& value, writer& out, const print_options& options = {}) {
    detail::printer{out, options}.run(table_of<T>, &value);
}

} // namespace tipring::inline TIPRING_ABI::json

namespace tipring::inline TIPRING_ABI {
using json::print;
}
