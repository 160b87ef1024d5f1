// Encoding: a value of a described type to JSON text, by its table. One loop, no recursion, no
// heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/copy_plain.hpp>
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
        : out_{out}, left_out_{flags_left_out(options)}, minus_one_{flags_of_minus_one(options)} {}

    /// On failure what was written so far is useless; the error names the member.
    result<void> run(const table& type, const void* value) {
        return write(type, value) ? result<void>{} : failed();
    }
    /// As run(), but without the error, which failure() fills in when this is false.
    [[gnu::noinline]] bool write(const table& type, const void* value) {
        const auto* const object = static_cast<const std::byte*>(value);
        bool good = is_raw_document(type)
                        ? view(type.members[0], kind::raw, text_of(type.members[0], object), 0)
                        : open(&type, object);
        while (good && depth_ != 0) {
            frame& f = frames_[depth_ - 1];
            good = (lists_ & 1) != 0 ? element(f) : members(f);
        }
        return good;
    }
    /// Why write() failed, noted in an error that says nothing yet.
    [[gnu::noinline, gnu::cold]] void failure(error& into) const {
        into.code = code_;
        into.needed = needed_;
        const std::byte* around = nullptr;
        for (unsigned level = 0; level < depth_; ++level) {
            const frame& f = frames_[level];
            const std::byte* here = f.at;
            if ((lists_ >> (depth_ - 1 - level) & 1) != 0) {
                // It stands on the element after this one.
                const std::size_t size = element_size(*f.slot);
                here -= size;
                into.path.push_element(
                    static_cast<std::size_t>(here - list_of(*f.slot, around).data) / size);
            } else {
                into.path.push_member(f.type->name_of(f.slot[-1]));
            }
            around = here;
        }
    }

private:
    /// Set when it is pushed; no frame costs anything before.
    struct frame {
        union {
            /// Of an object.
            const table* type;
            /// Of a list: behind its last element.
            const std::byte* end;
        };
        /// The object, or the list's next element.
        const std::byte* at;
        /// Of an object: the member to look at next. Of a list: the member that it is.
        const member* slot;
    };

    [[gnu::noinline, gnu::cold]] result<void> failed() const {
        error made;
        failure(made);
        return made;
    }

    static unsigned flags_left_out(const encode_options& options) {
        unsigned flags = in_path | in_query | in_header;
        if (!options.legacy_licensing) flags |= deprecated;
        if (options.audience == audience::server) flags |= read_only;
        if (options.audience == audience::client) flags |= write_only;
        return flags;
    }
    static unsigned flags_of_minus_one(const encode_options& options) {
        return options.legacy_licensing ? unsigned{minus_one_is_null} : 0u;
    }

    [[gnu::noinline, gnu::cold]] bool fail(errc code, std::size_t needed = 0) {
        code_ = code;
        needed_ = needed;
        return false;
    }

    frame* push(bool is_list, char bracket) {
        if (depth_ == TIPRING_MAX_NESTING) {
            fail(errc::too_deep, depth_ + 1);
            return nullptr;
        }
        lists_ = lists_ << 1 | (is_list ? 1u : 0u);
        no_comma_ = 1;
        out_.put(bracket);
        return &frames_[depth_++];
    }
    bool open(const table* type, const std::byte* object) {
        frame* const f = push(false, '{');
        if (f == nullptr) return false;
        f->type = type;
        f->at = object;
        f->slot = type->members;
        return true;
    }

    /// Writes the members of an object up to one that has something inside it, or to the end.
    bool members(frame& f) {
        const member* const end = f.type->members + f.type->member_count;
        for (;;) {
            if constexpr (!TIPRING_SMALL) simple_members(f, end);
            if (f.slot == end) break;
            const unsigned depth = depth_;
            if (!next_member(f, *f.slot++)) return false;
            if (depth_ != depth) return true;
        }
        return close('}');
    }
    bool close(char bracket) {
        out_.put(bracket);
        no_comma_ = 0;
        lists_ >>= 1;
        --depth_;
        return true;
    }

    /// Text as it is, however much room there is.
    [[gnu::noinline]] void put(text t) { out_.put(t); }
    bool put(const char* from, const char* to) {
        put(text{from, detail::distance(from, to)});
        return true;
    }

    /// Not inlined, where speed is of no interest.
    [[gnu::noinline]] static member_state any_state_of(const member& m, const std::byte* object) {
        return state_of(m, object);
    }

    /// Any member, whatever room there is.
    [[gnu::noinline]] bool next_member(frame& f, const member& m) {
        if ((m.flags & left_out_) != 0 || m.kind == kind::custom) return true;
        const member_state state = any_state_of(m, f.at);
        if (state == member_state::absent) return true;
        put(text{f.type->names + m.name_at + no_comma_, std::size_t{m.name_size} + 4 - no_comma_});
        no_comma_ = 0;
        return state == member_state::json_null ? write_null(m) : value(f.at, m);
    }

    /// What must be left behind a name and a text, so that both can be stored in whole blocks and
    /// any number, null or bool fits.
    static constexpr std::size_t simple_room = 48;

    /// Copies the fragment `,"name":` by blocks, which the table has bytes behind for.
    static void copy_fragment(char* to, const char* from, std::size_t size) {
        std::memcpy(to, from, 32);
        for (std::size_t at = 32; at < size; at += 16) std::memcpy(to + at, from + at, 16);
    }

    /// Writes members for as long as they are text, integers, bools or null and there is room to
    /// store them in whole blocks. Stops before any other member, and before what is to be refused.
    [[gnu::noinline]] void simple_members(frame& f, const member* end) {
        const std::span<char> room = out_.rest();
        char* to = room.data();
        char* const limit = to + room.size();
        const char* const names = f.type->names;
        const std::byte* const object = f.at;
        const unsigned left_out = left_out_;
        std::size_t no_comma = no_comma_;
        const member* slot = f.slot;
        for (; slot != end; ++slot) {
            const member& m = *slot;
            if ((m.flags & left_out) != 0) continue;
            const text fragment{names + m.name_at + no_comma,
                                m.name_size + (std::size_t{4} - no_comma)};
            char* next = nullptr;
            if ((m.flags & text_field) != 0) {
                const auto view = detail::load<detail::view_layout>(object + m.offset);
                if (view.data != nullptr) {
                    next = put_text(to, limit, fragment, m.limit,
                                    {static_cast<const char*>(view.data), view.size});
                    if (next == nullptr) break;
                    to = next;
                    no_comma = 0;
                    continue;
                }
                if (view.size == 0) continue;
            }
            const member_state state = state_of(m, object);
            if (state == member_state::absent) continue;
            next = put_small(to, limit, fragment, m, object, state);
            if (next == nullptr) break;
            to = next;
            no_comma = 0;
        }
        out_.advance(detail::distance(room.data(), to));
        f.slot = slot;
        no_comma_ = no_comma;
    }

    /// A member of kind text. Null when it is for next_member(). Behind the fragment of such a
    /// member the table has the two quotes of an empty one.
    [[gnu::always_inline]] static char* put_text(char* to, char* limit, text fragment,
                                                 std::uint32_t most, text content) {
        const std::size_t size = content.size();
        if (detail::distance(to, limit) < fragment.size() + size + simple_room ||
            (most != 0 && size > most))
            return nullptr;
        copy_fragment(to, fragment.data(), fragment.size() + 2);
        to += fragment.size() + 1;
        if (size == 0) return to + 1;
        const char* const end = content.data() + size;
        detail::copied_content done{to + size, end};
        if (!detail::copy_plain(to, content.data(), size)) {
            done = detail::copy_content(to, limit - 1, content.data(), end);
            if (done.at != end) return nullptr;
        }
        *done.to = '"';
        return done.to + 1;
    }

    /// Null, an integer or a bool. Null when it is for next_member().
    [[gnu::always_inline]] char* put_small(char* to, char* limit, text fragment, const member& m,
                                           const std::byte* object, member_state state) const {
        const bool is_null = state == member_state::json_null;
        if (detail::distance(to, limit) < fragment.size() + simple_room ||
            (is_null ? (m.flags & minus_one_) != 0 : !is_scalar(m.kind) || m.limit != 0))
            return nullptr;
        copy_fragment(to, fragment.data(), fragment.size());
        to += fragment.size();
        if (!is_null) return put_scalar(to, m, object);
        constexpr char null[] = {'n', 'u', 'l', 'l'};
        std::memcpy(to, null, sizeof null);
        return to + sizeof null;
    }

    static bool is_scalar(kind k) {
        return k == kind::integer || k == kind::enumeration || k == kind::boolean;
    }

    /// The value of such a member, and where it ends. Touches scalar_room bytes.
    [[gnu::noinline]] static char* put_scalar(char* to, const member& m, const std::byte* object) {
        switch (m.kind) {
        case kind::boolean: {
            const bool is_true = boolean_of(m, object);
            std::memcpy(to, is_true ? "true" : "false", 5);
            return to + (is_true ? 4 : 5);
        }
        case kind::integer: return put_integer(to, m, object + m.offset);
        default: return put_number(to, enumeration_of(m, object));
        }
    }
    static constexpr std::size_t scalar_room = 1 + tipring::detail::digits_room;
    static_assert(scalar_room <= simple_room);

    /// The integer at `at`, which is in the member or an element of it.
    [[gnu::noinline]] static char* put_integer(char* to, const member& m, const std::byte* at) {
        return put_number(to, load_integer(at, m.width, m.has(is_signed)));
    }
    static char* put_number(char* to, std::int64_t value) {
        std::uint64_t rest = static_cast<std::uint64_t>(value);
        if (value < 0) {
            *to++ = '-';
            rest = std::uint64_t{0} - rest;
        }
        return tipring::detail::put_digits(to, rest);
    }

    bool write_null(const member& m) {
        put((m.flags & minus_one_) != 0 ? text{"-1"} : text{"null"});
        return true;
    }

    [[gnu::noinline]] bool value(const std::byte* object, const member& m) {
        if (detail::is_view(m.kind)) return view(m, m.kind, text_of(m, object), m.limit);
        if (m.kind == kind::object) return open(m.type, object_in(m, object));
        if (!is_scalar(m.kind)) return open_list(object, m);
        if (m.limit != 0 && integer_of(m, object) > std::int64_t{m.limit})
            return fail(errc::out_of_range);
        char scalar[scalar_room];
        return put(scalar, put_scalar(scalar, m, object));
    }

    [[gnu::noinline]] bool view(const member& m, kind k, text content, std::uint32_t limit) {
        if (k == kind::text) {
            if (limit != 0 && content.size() > limit && detail::count_characters(content) > limit)
                return fail(errc::too_long, detail::count_characters(content));
            const errc code = put_string(out_, content);
            return code == errc::ok || fail(code);
        }
        const errc code = m.custom->check(content);
        if (code != errc::ok) return fail(code);
        put(content);
        return true;
    }

    [[gnu::noinline]] bool open_list(const std::byte* object, const member& m) {
        const untyped_list elements = list_of(m, object);
        if (m.limit != 0 && elements.size > m.limit) return fail(errc::too_many, elements.size);
        if (elements.size == 0) {
            put(m.kind == kind::map ? text{"{}"} : text{"[]"});
            return true;
        }
        frame* const f = push(true, m.kind == kind::map ? '{' : '[');
        if (f == nullptr) return false;
        f->end = elements.data + elements.size * element_size(m);
        f->at = elements.data;
        f->slot = &m;
        return true;
    }

    bool element(frame& f) {
        const member& m = *f.slot;
        if (f.at == f.end) return close(m.kind == kind::map ? '}' : ']');
        if (no_comma_ == 0) out_.put(',');
        no_comma_ = 0;
        const std::byte* const at = f.at;
        f.at += element_size(m);
        if (m.kind == kind::map) return map_entry(m, at);
        switch (m.element) {
        case kind::object: return open(m.type, at);
        case kind::boolean: put(detail::load<bool>(at) ? text{"true"} : text{"false"}); return true;
        case kind::integer: break;
        default: return view(m, m.element, detail::load<text>(at), 0);
        }
        char integer[scalar_room];
        return put(integer, put_integer(integer, m, at));
    }

    /// An entry of a map: its first member is the key, its second the value.
    [[gnu::noinline]] bool map_entry(const member& m, const std::byte* entry) {
        const member& key = m.type->members[0];
        const member& content = m.type->members[1];
        const errc code = put_string(out_, text_of(key, entry));
        if (code != errc::ok) return fail(code);
        out_.put(':');
        if (any_state_of(content, entry) != member_state::value) return write_null(content);
        return value(entry, content);
    }

    unsigned depth_ = 0;
    /// A bit for each frame that is a list, that of the innermost one last.
    std::uint32_t lists_ = 0;
    static_assert(TIPRING_MAX_NESTING <= 32);
    /// 1 at the first member of an object or element of a list, which has no comma, else 0.
    std::size_t no_comma_ = 0;
    writer& out_;
    /// Members with one of these flags are not written.
    unsigned left_out_;
    /// Null members with this flag are written as -1.
    unsigned minus_one_;
    errc code_ = errc::ok;
    std::size_t needed_ = 0;
    // Behind the others, which short instructions reach.
    frame frames_[TIPRING_MAX_NESTING];
};

namespace detail {

[[gnu::noinline, gnu::cold]] inline void note_need(const writer& out, result<void>& done) {
    done = error{.code = errc::capacity, .needed = out.size()};
}

/// Without the type, so that a program has it once.
[[gnu::noinline]] inline result<void> encode_from(const table& type, const void* value, writer& out,
                                                  const encode_options& options) {
    result<void> done = encoder{out, options}.run(type, value);
    if (done && !out.fits()) note_need(out, done);
    return done;
}
[[gnu::noinline]] inline result<text> encode_from(const table& type, const void* value,
                                                  std::span<char> buffer,
                                                  const encode_options& options) {
    writer out{buffer};
    if (const auto done = encode_from(type, value, out, options); !done) return done.error();
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
