// Encoding: a value of a described type to JSON text, by its table. One loop, no recursion, no
// heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/scan.hpp>
#include <tipring/json/write.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// Who reads the JSON: members that only the other side may send are left out.
enum class audience : std::uint8_t {
    anyone, ///< everything that is present
    server, ///< a request: no read-only members
    client, ///< an answer: no write-only members
};

struct encode_options {
    json::audience audience = audience::anyone;
    /// For servers from before July 2018: null licence counters are written as -1 (quirk D-18), and
    /// deprecated members, which are left out otherwise, are written (quirk D-20).
    bool legacy_licensing = false;
};
/// What holds when nothing else is said. One object, so that calls need not make their own.
inline constexpr encode_options default_encode_options = {};

namespace detail {

/// How many characters well-formed UTF-8 has.
constexpr std::size_t count_characters(text content) {
    std::size_t count = 0;
    for (const char c : content) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1u : 0u;
    return count;
}

} // namespace detail

/// Writes a value of a described type. Absent members are left out, null ones are written as null.
class encoder {
public:
    encoder(writer& out, const encode_options& options)
        : out_{out}, options_{options}, left_out_{flags_left_out(options)} {}

    /// On failure what was written so far is useless; the error names the member.
    [[gnu::noinline]] result<void> run(const table& type, const void* value) {
        const auto* const object = static_cast<const std::byte*>(value);
        bool good = is_raw_document(type) ? view(kind::raw, text_of(type.members[0], object), 0)
                                          : open(&type, object);
        while (good && depth_ != 0) {
            frame& f = frames_[depth_ - 1];
            good = f.list != nullptr ? element(f) : next_member(f);
        }
        if (!good) return failure_;
        return {};
    }

private:
    [[gnu::noinline]] void put(text t) { out_.put(t); }
    [[gnu::noinline]] void put(char c) { out_.put(c); }
    [[gnu::noinline]] void put_number(std::int64_t value) { out_.put_integer(value); }

    struct frame {
        const table* type;
        const std::byte* object;
        /// The member being written; of a list, the member that it is.
        const member* slot;
        /// Null for an object.
        const std::byte* list;
        std::size_t count;
        std::size_t index;
        bool is_first;
    };

    static constexpr unsigned flags_left_out(const encode_options& options) {
        unsigned flags = options.legacy_licensing ? 0u : unsigned{deprecated};
        if (options.audience == audience::server) flags |= read_only;
        if (options.audience == audience::client) flags |= write_only;
        return flags;
    }

    [[gnu::noinline, gnu::cold]] bool fail(errc code, std::size_t needed = 0) {
        failure_ = error{.code = code, .needed = needed};
        for (unsigned i = 0; i < depth_; ++i) {
            const frame& f = frames_[i];
            if (f.list != nullptr)
                failure_.path.push_element(f.index - 1);
            else if (f.slot != nullptr)
                failure_.path.push_member(f.type->name_of(*f.slot));
        }
        return false;
    }

    [[gnu::noinline]] bool open(const table* type, const std::byte* object) {
        if (depth_ == TIPRING_MAX_NESTING) return fail(errc::too_deep, depth_ + 1);
        frames_[depth_++] = {type, object, nullptr, nullptr, 0, 0, true};
        put('{');
        return true;
    }

    bool is_left_out(const member& m) const { return (m.flags & left_out_) != 0 || !is_in_json(m); }

    bool next_member(frame& f) {
#if !TIPRING_SMALL
        plain_members(f);
#endif
        for (; f.index < f.type->member_count; ++f.index) {
            const member& m = f.type->members[f.index];
            if (is_left_out(m)) continue;
            const member_state state = state_of(m, f.object);
            if (state == member_state::absent) continue;
            ++f.index;
            f.slot = &m;
            const std::size_t comma = f.is_first ? 1 : 0;
            f.is_first = false;
            put(text{f.type->names + m.name_at + comma, m.name_size + 4 - comma});
            return state == member_state::json_null ? write_null(m) : value(f, m);
        }
        put('}');
        --depth_;
        return true;
    }

#if !TIPRING_SMALL
    /// Room for a name with its punctuation, a number and what is copied unasked behind them.
    static constexpr std::size_t near_room = 96;
    static constexpr std::size_t near_name = 32;

    /// Writes members for as long as they are plain and there is room to spare.
    void plain_members(frame& f) {
        const std::span<char> room = out_.rest();
        char* at = room.data();
        const char* const end = at + room.size();
        const table& type = *f.type;
        unsigned first = f.is_first ? 1 : 0;
        std::size_t index = f.index;
        for (; index < type.member_count; ++index) {
            const member& m = type.members[index];
            if (!m.has(json_field)) {
                if (is_left_out(m)) continue;
                break;
            }
            if ((m.flags & left_out_) != 0) continue;
            if (detail::distance(at, end) < near_room || m.name_size + 6u > near_name) break;
            char* const next = plain_member(type.names + m.name_at, first, m, f.object, at, end);
            if (next == nullptr) break;
            if (next != at) first = 0;
            at = next;
        }
        out_.advance(detail::distance(room.data(), at));
        f.index = index;
        f.is_first = first != 0;
    }

    /// Writes one member at `at`: absent, text that needs no escape and is not too long, a bool or
    /// an integer. What is behind it; null, and nothing written, for any other.
    [[gnu::always_inline]] static char* plain_member(const char* name, unsigned first,
                                                     const member& m, const std::byte* object,
                                                     char* at, const char* end) {
        const std::byte* const from = object + m.offset;
        const auto put_name = [&] {
            // The comma before it is left out; the table has bytes to spare behind it.
            std::memcpy(at, name + first, near_name);
            return at + (m.name_size + 4u - first);
        };
        switch (m.kind) {
        case kind::text: {
            const auto view = detail::load<detail::view_layout>(from);
            if (view.data == nullptr) return view.size == 0 ? at : nullptr;
            if ((m.limit != 0 && view.size > m.limit) ||
                detail::distance(at, end) - near_name < view.size + 2)
                return nullptr;
            char* const quote = put_name();
            const auto* const content = static_cast<const char*>(view.data);
            // Two quotes stand behind the name of text.
            if (view.size == 0) return quote + 2;
            if (!detail::copy_plain(quote + 1, content, view.size)) return nullptr;
            quote[view.size + 1] = '"';
            return quote + view.size + 2;
        }
        case kind::boolean: {
            const auto raw = detail::load<std::uint8_t>(from);
            if (raw < 2) return raw == 0 ? at : nullptr;
            constexpr char words[2][8] = {{'f', 'a', 'l', 's', 'e'}, {'t', 'r', 'u', 'e'}};
            char* const value = put_name();
            std::memcpy(value, words[raw == 3 ? 1 : 0], sizeof words[0]);
            return value + (raw == 3 ? 4 : 5);
        }
        case kind::enumeration: {
            const auto raw = detail::load<std::uint32_t>(from);
            if (raw < 2) return raw == 0 ? at : nullptr;
            return put_integer(put_name(),
                               static_cast<std::int32_t>(raw ^ detail::enumeration_flip));
        }
        case kind::integer: {
            const auto state = detail::load<member_state>(object + m.state_offset);
            if (state != member_state::value) return state == member_state::absent ? at : nullptr;
            return put_integer(put_name(), integer_of(m, object));
        }
        default: return state_of(m, object) == member_state::absent ? at : nullptr;
        }
    }
    [[gnu::noinline]] static char* put_integer(char* at, std::int64_t value) {
        writer out{std::span<char>{at, 20}};
        out.put_integer(value);
        return at + out.size();
    }
#endif

    bool write_null(const member& m) {
        put(options_.legacy_licensing && m.has(minus_one_is_null) ? text{"-1"} : text{"null"});
        return true;
    }

    [[gnu::noinline]] bool value(frame& f, const member& m) {
        switch (m.kind) {
        case kind::text:
        case kind::raw:
        case kind::number: return view(m.kind, text_of(m, f.object), m.limit);
        case kind::integer: put_number(integer_of(m, f.object)); return true;
        case kind::enumeration: put_number(enumeration_of(m, f.object)); return true;
        case kind::boolean:
            put(boolean_of(m, f.object) ? text{"true"} : text{"false"});
            return true;
        case kind::object: return open(m.type, object_in(m, f.object));
        default: return open_list(f, m);
        }
    }

    [[gnu::noinline]] bool view(kind k, text content, std::uint32_t limit) {
        if (k == kind::text) {
            if (limit != 0 && content.size() > limit && detail::count_characters(content) > limit)
                return fail(errc::too_long, detail::count_characters(content));
            const errc code = put_string(out_, content);
            return code == errc::ok || fail(code);
        }
        const char* const end = content.data() + content.size();
        if (k == kind::number) {
            if (content.empty() || (content[0] != '-' && !is_digit(content[0])))
                return fail(errc::invalid_number);
            const number_scan scanned = scan_number(content.data(), end);
            if (scanned.code != errc::ok || scanned.end != end) return fail(errc::invalid_number);
        } else if (content.empty() || validate(content, most_depth).code != errc::ok) {
            return fail(errc::invalid_json);
        }
        put(content);
        return true;
    }

    [[gnu::noinline]] bool open_list(frame& f, const member& m) {
        const untyped_list elements = list_of(m, f.object);
        if (m.limit != 0 && elements.size > m.limit) return fail(errc::too_many, elements.size);
        if (elements.size == 0) {
            put(m.kind == kind::map ? text{"{}"} : text{"[]"});
            return true;
        }
        if (depth_ == TIPRING_MAX_NESTING) return fail(errc::too_deep, depth_ + 1);
        frames_[depth_++] = {nullptr, nullptr, &m, elements.data, elements.size, 0, true};
        put(m.kind == kind::map ? '{' : '[');
        return true;
    }

    bool element(frame& f) {
        const member& m = *f.slot;
        if (f.index == f.count) {
            put(m.kind == kind::map ? '}' : ']');
            --depth_;
            return true;
        }
        if (f.index != 0) put(',');
        const std::byte* const at = f.list + f.index++ * element_size(m);
        if (m.kind == kind::map) return map_entry(m, at);
        switch (m.element) {
        case kind::object: return open(m.type, at);
        case kind::integer: put_number(load_integer(at, m.width, m.has(is_signed))); return true;
        case kind::boolean: put(detail::load<bool>(at) ? text{"true"} : text{"false"}); return true;
        default: return view(m.element, detail::load<text>(at), 0);
        }
    }

    /// An entry of a map: its first member is the key, its second the value.
    bool map_entry(const member& m, const std::byte* entry) {
        const member& key = m.type->members[0];
        const member& content = m.type->members[1];
        const errc code = put_string(out_, text_of(key, entry));
        if (code != errc::ok) return fail(code);
        put(':');
        if (state_of(content, entry) != member_state::value) return write_null(content);
        frame within{m.type, entry, nullptr, nullptr, 0, 0, true};
        return value(within, content);
    }

    frame frames_[TIPRING_MAX_NESTING];
    unsigned depth_ = 0;
    writer& out_;
    const encode_options& options_;
    /// A member with any of these flags is left out.
    unsigned left_out_;
    error failure_ = {};
};

namespace detail {

/// Without the type, so that a program has it once.
[[gnu::noinline]] inline result<void> encode_from(const table& type, const void* value, writer& out,
                                                  const encode_options& options) {
    result<void> done = encoder{out, options}.run(type, value);
    if (done && !out.fits()) done = error{.code = errc::capacity, .needed = out.size()};
    return done;
}

[[gnu::noinline]] inline result<text> encode_from(const table& type, const void* value,
                                                  std::span<char> buffer,
                                                  const encode_options& options) {
    writer out{buffer};
    const result<void> done = encode_from(type, value, out, options);
    if (!done) return done.error();
    return out.written();
}

} // namespace detail

/// Writes `value` as JSON into `out`, which goes on counting when it is full: then errc::capacity
/// tells the exact size.
template <described T>
result<void> encode(const T& value, writer& out,
                    const encode_options& options = default_encode_options) {
    return detail::encode_from(table_of<T>, &value, out, options);
}

/// As above, into `buffer`; gives the JSON text, a view of it.
template <described T>
result<text> encode(const T& value, std::span<char> buffer TIPRING_LIFETIMEBOUND,
                    const encode_options& options = default_encode_options) {
    return detail::encode_from(table_of<T>, &value, buffer, options);
}

} // namespace tipring::inline TIPRING_ABI::json
