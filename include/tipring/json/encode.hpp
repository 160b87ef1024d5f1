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
    encoder(writer& out, const encode_options& options) : out_{out}, options_{options} {}

    /// On failure what was written so far is useless; the error names the member.
    result<void> run(const table& type, const void* value) {
        if (!open(&type, static_cast<const std::byte*>(value))) return failure_;
        while (depth_ != 0) {
            frame& f = frames_[depth_ - 1];
            if (!(f.list != nullptr ? element(f) : next_member(f))) return failure_;
        }
        return {};
    }

private:
    struct frame {
        const table* type = nullptr;
        const std::byte* object = nullptr;
        /// The member being written; of a list, the member that it is.
        const member* slot = nullptr;
        const std::byte* list = nullptr;
        std::size_t count = 0;
        std::size_t index = 0;
        bool is_first = true;
    };

    bool fail(errc code, std::size_t needed = 0) {
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

    bool open(const table* type, const std::byte* object) {
        if (depth_ == TIPRING_MAX_NESTING) return fail(errc::too_deep, depth_ + 1);
        frames_[depth_++] = frame{.type = type, .object = object};
        out_.put('{');
        return true;
    }

    bool is_left_out(const member& m) const {
        if (!is_in_json(m)) return true;
        if (m.has(deprecated) && !options_.legacy_licensing) return true;
        if (options_.audience == audience::server) return m.has(read_only);
        return options_.audience == audience::client && m.has(write_only);
    }

    bool next_member(frame& f) {
        for (; f.index < f.type->member_count; ++f.index) {
            const member& m = f.type->members[f.index];
            if (is_left_out(m)) continue;
            const member_state state = state_of(m, f.object);
            if (state == member_state::absent) continue;
            ++f.index;
            f.slot = &m;
            const std::size_t comma = f.is_first ? 1 : 0;
            f.is_first = false;
            out_.put(text{f.type->names + m.name_at + comma, m.name_size + 4 - comma});
            return state == member_state::json_null ? write_null(m) : value(f, m);
        }
        out_.put('}');
        --depth_;
        return true;
    }

    bool write_null(const member& m) {
        out_.put(options_.legacy_licensing && m.has(minus_one_is_null) ? text{"-1"} : text{"null"});
        return true;
    }

    bool value(frame& f, const member& m) {
        switch (m.kind) {
        case kind::text:
        case kind::raw:
        case kind::number: return view(m.kind, text_of(m, f.object), m.limit);
        case kind::integer: out_.put_integer(integer_of(m, f.object)); return true;
        case kind::enumeration: out_.put_integer(enumeration_of(m, f.object)); return true;
        case kind::boolean:
            out_.put(boolean_of(m, f.object) ? text{"true"} : text{"false"});
            return true;
        case kind::object: return open(m.type, object_in(m, f.object));
        default: return open_list(f, m);
        }
    }

    bool view(kind k, text content, std::uint32_t limit) {
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
        out_.put(content);
        return true;
    }

    bool open_list(frame& f, const member& m) {
        const untyped_list elements = list_of(m, f.object);
        if (m.limit != 0 && elements.size > m.limit) return fail(errc::too_many, elements.size);
        if (elements.size == 0) {
            out_.put(m.kind == kind::map ? text{"{}"} : text{"[]"});
            return true;
        }
        if (depth_ == TIPRING_MAX_NESTING) return fail(errc::too_deep, depth_ + 1);
        frames_[depth_++] = frame{.slot = &m, .list = elements.data, .count = elements.size};
        out_.put(m.kind == kind::map ? '{' : '[');
        return true;
    }

    bool element(frame& f) {
        const member& m = *f.slot;
        if (f.index == f.count) {
            out_.put(m.kind == kind::map ? '}' : ']');
            --depth_;
            return true;
        }
        if (f.index != 0) out_.put(',');
        const std::byte* const at = f.list + f.index++ * element_size(m);
        if (m.kind == kind::map) return map_entry(m, at);
        switch (m.element) {
        case kind::object: return open(m.type, at);
        case kind::integer:
            out_.put_integer(load_integer(at, m.width, m.has(is_signed)));
            return true;
        case kind::boolean:
            out_.put(detail::load<bool>(at) ? text{"true"} : text{"false"});
            return true;
        default: return view(m.element, detail::load<text>(at), 0);
        }
    }

    /// An entry of a map: its first member is the key, its second the value.
    bool map_entry(const member& m, const std::byte* entry) {
        const member& key = m.type->members[0];
        const member& content = m.type->members[1];
        const errc code = put_string(out_, text_of(key, entry));
        if (code != errc::ok) return fail(code);
        out_.put(':');
        if (state_of(content, entry) != member_state::value) return write_null(content);
        frame within{.type = m.type, .object = entry};
        return value(within, content);
    }

    frame frames_[TIPRING_MAX_NESTING];
    unsigned depth_ = 0;
    writer& out_;
    const encode_options& options_;
    error failure_ = {};
};

/// Writes `value` as JSON into `out`, which goes on counting when it is full: then errc::capacity
/// tells the exact size.
template <described T>
result<void> encode(const T& value, writer& out, const encode_options& options = {}) {
    const result<void> done = encoder{out, options}.run(table_of<T>, &value);
    if (!done) return done;
    if (!out.fits()) return error{.code = errc::capacity, .needed = out.size()};
    return {};
}

/// As above, into `buffer`; gives the JSON text, a view of it.
template <described T>
result<text> encode(const T& value, std::span<char> buffer TIPRING_LIFETIMEBOUND,
                    const encode_options& options = {}) {
    writer out{buffer};
    const result<void> done = encode(value, out, options);
    if (!done) return done.error();
    return out.written();
}

} // namespace tipring::inline TIPRING_ABI::json
