// Tables: each type's members are described once, here is what a description holds and how it
// becomes a compact table that codecs read at run time. Not here: anything that reads or writes
// JSON.
//
//     struct contact { field<text> phone_number{}; field<text> name{}; };
//     TIPRING_DESCRIBE(contact,
//         TIPRING_MEMBER(phone_number, "links calls to the client"),
//         TIPRING_MEMBER(name, "who answers").nullable())
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/text.hpp>
#include <tipring/json/block.hpp>
#include <tipring/json/kind.hpp>
#include <tipring/json/raw.hpp>

namespace tipring::inline TIPRING_ABI::json {

/// Facts about a member beyond its kind. Several may hold.
enum flag : std::uint16_t {
    read_only = 1,  ///< the server sets it; left out of requests
    write_only = 2, ///< never in answers; left out by servers
    is_secret = 4,  ///< never printed
    deprecated = 8, ///< the vendor asks not to use it
    in_path = 16,   ///< of an operation: part of the path
    in_query = 32,  ///< of an operation: a query parameter
    required = 64,  ///< absence is an error when decoding
    lenient = 128,  ///< a bool or integer that servers also send as text or number (quirks D-21,
                    ///< D-50), or text that they also send as a number (quirk Q-15)
    minus_one_is_null = 256, ///< -1 means the same as null (quirk D-18)
    is_document = 512,  ///< of an operation: the body is this member's value, not an object around
                        ///< it; of an answer: it may be, if it is an array (quirk D-56), and is,
                        ///< if it is raw and the only member
    is_field = 1024,    ///< declared as field<T>, so it can be absent or null
    is_signed = 2048,   ///< of an integer
    nullable = 4096,    ///< documented to be null at times
    in_header = 8192,   ///< of an operation: sent as a header
    json_field = 16384, ///< a field<T> that is part of the JSON object; set by the table
    text_field = 32768, ///< a json_field of kind text; set by the table
};

struct table;

/// Code that only some types need, so that a program has it only with one of them. A type that JSON
/// does not know, such as a search, is compared and put in a query (http/operation.hpp) by its own;
/// raw values and numbers are checked before they are written.
struct custom_type {
    bool (*equal)(const void* a, const void* b) = nullptr;
    const void* query_codec = nullptr;
    errc (*check)(text written) = nullptr;
};
/// Specialised, as is_custom, for every type that may be a member of kind custom.
template <class T>
inline constexpr const custom_type* custom_type_of = nullptr;

/// One member, as codecs see it: 32 bytes, 24 on a 32-bit machine.
struct member {
    /// Of an object, or of the elements of an array or map.
    const table* type = nullptr;
    /// Of kind custom; in a table also of raw values and numbers, or of an array of them.
    const custom_type* custom = nullptr;
    /// Most characters of text, elements of an array, or the highest integer, by the vendor's
    /// documents; 0 when they set none. Checked when sending.
    std::uint32_t limit = 0;
    std::uint16_t offset = 0;
    /// Where the byte that holds member_state lies, for kinds that need one.
    std::uint16_t state_offset = 0;
    /// Where the fragment `,"name":` starts in the table's names.
    std::uint16_t name_at = 0;
    std::uint16_t flags = 0;
    std::uint8_t name_size = 0;
    json::kind kind = json::kind::text;
    /// Of an array's elements.
    json::kind element = json::kind::text;
    /// Bytes of an integer or of an array's element.
    std::uint8_t width = 0;

    constexpr bool has(flag f) const { return (flags & f) != 0; }
};

/// Whether the member is part of a JSON object; an operation's path and query parameters and
/// headers are not.
constexpr bool is_in_json(const member& m) {
    return !m.has(in_path) && !m.has(in_query) && !m.has(in_header) && m.kind != kind::custom;
}

/// Another spelling of a member that servers use, which loses against the right one (quirks D-13 to
/// D-15).
struct alias {
    std::uint16_t name_at = 0;
    std::uint8_t name_size = 0;
    std::uint8_t member = 0;
};

/// All that codecs know of one type. Read-only data; a program keeps only those it uses.
struct table {
    /// The fragments `,"name":` of all members one after the other, `""` behind those of a
    /// text_field and of no other; then the aliases in the same form.
    const char* names = nullptr;
    const member* members = nullptr;
    const alias* aliases = nullptr;
    /// Open-addressing index from a name's hash to its member, alias numbers behind the members;
    /// no_member is empty.
    const std::uint8_t* buckets = nullptr;
    /// A bit for each member that must be there.
    std::uint64_t required = 0;
    /// Of the hash.
    std::uint32_t factor = 0;
    std::uint16_t size = 0;
    std::uint8_t alignment = 0;
    std::uint8_t member_count = 0;
    std::uint8_t alias_count = 0;
    std::uint8_t bucket_mask = 0;

    static constexpr std::uint8_t no_member = 255;
    static constexpr std::size_t most_aliases = 8;

    constexpr text name_of(const member& m) const { return {names + m.name_at + 2, m.name_size}; }
    constexpr text name_of(const alias& a) const { return {names + a.name_at + 2, a.name_size}; }
};

namespace detail {
// What a description must not do; to call one of these ends the compilation.
void names_are_longer_than_254_bytes_or_have_to_be_escaped();
void two_names_are_the_same();
void a_member_has_more_than_two_aliases();

constexpr const table* no_table() {
    return nullptr;
}

/// A number that stands for T: FNV-1a over its name.
template <class T>
constexpr std::uint64_t type_mark() {
    std::uint64_t mark = 0xCBF29CE484222325u;
    for (const char c : text{__PRETTY_FUNCTION__})
        mark = (mark ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return mark;
}
} // namespace detail

/// One member as it is written down: the member's facts, its names and its line of documentation.
struct description {
    text name = {};
    text doc = {};
    json::member facts = {};
    /// Misspellings that servers also use.
    text also = {};
    text also_second = {};
    /// Gives facts.type; a function, because a type may hold a list of itself.
    const table* (*type)() = &detail::no_table;
    /// Which type that is, as detail::type_mark() tells it; compilers do not compare addresses in
    /// every build.
    std::uint64_t type_mark = 0;
    /// Gives what was written down of the members of an object that lies in this one; null for
    /// other kinds.
    std::span<const description> (*inside)() = nullptr;
    /// Of a string enum: the names that the documents know.
    const text* known_names = nullptr;
    std::size_t known_count = 0;
    /// Whether a new object has nothing in it.
    bool starts_empty = true;

    constexpr description with(unsigned flags) const {
        description changed = *this;
        changed.facts.flags = static_cast<std::uint16_t>(changed.facts.flags | flags);
        return changed;
    }
    constexpr description read_only() const { return with(json::read_only); }
    constexpr description write_only() const { return with(json::write_only); }
    constexpr description deprecated() const { return with(json::deprecated); }
    constexpr description path() const { return with(json::in_path); }
    constexpr description query() const { return with(json::in_query); }
    constexpr description header() const { return with(json::in_header); }
    constexpr description required() const { return with(json::required); }
    constexpr description lenient() const { return with(json::lenient); }
    constexpr description minus_one_is_null() const { return with(json::minus_one_is_null); }
    /// Of an answer: the document may be this member's array instead of the object around it.
    constexpr description bare_array() const { return with(is_document); }
    /// Of an operation: the member's value is the whole body. Of an answer whose only member this
    /// is, a raw_json: so is it there, be that an object or not.
    constexpr description body() const { return with(is_document); }
    constexpr description nullable() const { return with(json::nullable); }
    /// At most `count` characters of text or elements, or as the highest integer, by the vendor's
    /// documents.
    constexpr description limit(std::uint32_t count) const {
        description changed = *this;
        changed.facts.limit = count;
        return changed;
    }
    /// A misspelling that servers also use, at most two for each member.
    constexpr description alias(text other) const {
        if (!also_second.empty()) detail::a_member_has_more_than_two_aliases();
        description changed = *this;
        (also.empty() ? changed.also : changed.also_second) = other;
        return changed;
    }
    /// The name on the wire, where it cannot be the member's.
    constexpr description named(text wire_name) const {
        description changed = *this;
        changed.name = wire_name;
        return changed;
    }
    /// Of a field<text>: servers may also send an object, described as T, whose one member is the
    /// text.
    template <class T>
    constexpr description or_object() const;
    /// A JSON object with free keys; the list's element type has two members, for the key and for
    /// the value.
    constexpr description map() const {
        description changed = *this;
        changed.facts.kind = json::kind::map;
        return changed;
    }
};

template <class T>
concept described = requires {
    tipring_is_described(std::type_identity<T>{});
};

namespace detail {

template <class T>
constexpr table make_table();
template <class T>
constexpr table make_described_table() {
    static_assert(described<T>, "an element's type has no TIPRING_DESCRIBE");
    if constexpr (described<T>) return make_table<T>();
    return {};
}

/// Defined apart from its declaration, so that a type may hold a list of itself.
template <class T>
struct table_holder {
    static const table value;
};
template <class T>
constinit const table table_holder<T>::value = make_described_table<T>();

template <class T>
constexpr const table* address_of_table() {
    return &table_holder<T>::value;
}

} // namespace detail

/// The table of a described type.
template <described T>
inline constexpr const table& table_of = detail::table_holder<T>::value;

namespace detail {

template <class T>
constexpr void note_type(description& d) {
    if constexpr (std::is_same_v<T, secret>) d.facts.flags |= is_secret;
    if constexpr (requires { typename T::enum_type; }) {
        d.known_names = names_of<typename T::enum_type>;
        d.known_count = name_count<typename T::enum_type>;
    }
}

/// What TIPRING_DESCRIBE wrote down of T.
template <class T>
inline constexpr auto descriptions_of = tipring_describe(std::type_identity<T>{});

template <class T>
constexpr bool is_text_in_object() {
    return descriptions_of<T>.size() == 1 && sizeof(T) == sizeof(field<text>) &&
           descriptions_of<T>[0].facts.kind == kind::text &&
           descriptions_of<T>[0].facts.has(is_field);
}

template <class T>
constexpr std::span<const description> all_descriptions() {
    return descriptions_of<T>;
}

template <class T>
constexpr void note_table(description& d) {
    d.type = &address_of_table<T>;
    d.type_mark = type_mark<T>();
}

template <class T>
inline constexpr bool fits_int64 = sizeof(T) < 8 || (sizeof(T) == 8 && std::is_signed_v<T>);

/// Whether a member of a new object is absent, zero or empty, as clearing its bytes makes it. Said
/// of structs and of types that JSON does not know without a look.
template <class Declared>
constexpr bool starts_empty(const Declared& member) {
    if constexpr (unwrapped<Declared>::is_field)
        return member.is_absent();
    else if constexpr (std::is_arithmetic_v<Declared> || std::is_enum_v<Declared>)
        return member == Declared{};
    else if constexpr (requires { member.empty(); })
        return member.empty();
    else
        return true;
}

template <class Declared>
constexpr description describe_member(text name, std::size_t offset, text doc,
                                      const Declared& at_first) {
    using T = typename unwrapped<Declared>::type;
    description d{.name = name, .doc = doc, .starts_empty = starts_empty(at_first)};
    d.facts.offset = static_cast<std::uint16_t>(offset);
    d.facts.kind = kind_of<T>();
    if constexpr (unwrapped<Declared>::is_field) d.facts.flags |= is_field;
    note_type<T>(d);
    if constexpr (std::is_integral_v<T>) {
        static_assert(
            fits_int64<T>,
            "tipring reads integers as int64; unsigned 64-bit members are kept as number");
        d.facts.width = sizeof(T);
        if (std::is_signed_v<T>) d.facts.flags |= is_signed;
    }
    if constexpr (tipring::detail::is_list<T>::value) {
        using E = typename T::value_type;
        static_assert(
            !std::is_integral_v<E> || fits_int64<E>,
            "tipring reads integers as int64; unsigned 64-bit members are kept as number");
        d.facts.element = kind_of<E>();
        d.facts.width = sizeof(E) < 256 ? sizeof(E) : 0;
        if (std::is_signed_v<E>) d.facts.flags |= is_signed;
        note_type<E>(d);
        if constexpr (kind_of<E>() == kind::object) {
            if constexpr (may_be_described<E>()) note_table<E>(d);
        }
        static_assert(kind_of<E>() != kind::array && kind_of<E>() != kind::custom &&
                          kind_of<E>() != kind::enumeration,
                      "arrays hold text, raw values, integers, bools or described types");
    } else if constexpr (kind_of<T>() == kind::object) {
        if constexpr (may_be_described<T>()) {
            static_assert(described<T>, "a member's type has no TIPRING_DESCRIBE");
            if constexpr (described<T>) {
                note_table<T>(d);
                d.inside = &all_descriptions<T>;
            }
        }
    } else if constexpr (kind_of<T>() == kind::custom) {
        d.facts.custom = custom_type_of<T>;
    }
    if constexpr (unwrapped<Declared>::is_field &&
                  requires(tipring::detail::storage<T> s) { s.state_; })
        d.facts.state_offset =
            static_cast<std::uint16_t>(offset + offsetof(tipring::detail::storage<T>, state_));
    return d;
}

/// What TIPRING_DESCRIBE was given; nothing, of an operation without parameters.
template <class... Description>
constexpr std::array<description, sizeof...(Description)> all_of(const Description&... each) {
    return {each...};
}

template <std::size_t>
using probe = tipring::detail::any_member;
template <class T, std::size_t... Index>
constexpr bool takes_members(std::index_sequence<Index...>) {
    return requires {
        T{probe<Index>{}...};
    };
}
/// Whether an aggregate has that many members. Asked, not counted: that is what compilers spend
/// their time on.
template <class T, std::size_t Count>
constexpr bool has_members() {
    return takes_members<T>(std::make_index_sequence<Count>{}) &&
           !takes_members<T>(std::make_index_sequence<Count + 1>{});
}

/// What is hashed of a name: its length and its ends.
struct name_ends {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    constexpr name_ends() = default;
    constexpr name_ends(const char* name, std::size_t size)
        : last{static_cast<std::uint32_t>(size)} {
        if (size >= 4) {
            first = four_bytes(name);
            last += four_bytes(name + size - 4);
        } else {
            for (std::size_t i = 0; i < size; ++i)
                first = first << 8 | static_cast<unsigned char>(name[i]);
        }
    }
    /// `factor` is the type's own, odd, chosen so that its names seldom meet.
    constexpr std::uint32_t hash(std::uint32_t factor) const {
        const std::uint32_t mixed = (first * factor) ^ (last * 0x9E3779B1u);
        return mixed ^ (mixed >> 15);
    }
};

constexpr std::size_t bucket_count(std::size_t names) {
    constexpr std::size_t most = 256;
    constexpr std::size_t spread = TIPRING_SMALL ? 2 : 4;
    std::size_t count = 4;
    while (count < names * spread && count < most) count *= 2;
    return count;
}

/// Whether two texts of `size` bytes are equal, without a call.
constexpr bool same_bytes(const char* a, const char* b, std::size_t size) {
    if (TIPRING_SMALL || std::is_constant_evaluated() || size < 4) {
        for (std::size_t i = 0; i < size; ++i)
            if (a[i] != b[i]) return false;
        return true;
    }
    for (std::size_t i = 0; i + 4 < size; i += 4)
        if (four_bytes(a + i) != four_bytes(b + i)) return false;
    return four_bytes(a + size - 4) == four_bytes(b + size - 4);
}

} // namespace detail

template <class T>
constexpr description description::or_object() const {
    static_assert(detail::is_text_in_object<T>(), "T is a struct of one field<text>");
    description changed = *this;
    if (facts.kind == json::kind::text && facts.has(is_field))
        changed.type = &detail::address_of_table<T>;
    return changed;
}

namespace detail {

inline errc check_raw(text written) {
    const bool good = !written.empty() && validate(written, most_depth).code == errc::ok;
    return good ? errc::ok : errc::invalid_json;
}
inline errc check_number(text written) {
    return raw_json{written}.as_number() ? errc::ok : errc::invalid_number;
}
inline constexpr custom_type raw_type = {.check = &check_raw};
inline constexpr custom_type number_type = {.check = &check_number};

constexpr bool can_be_a_name(text name) {
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') return false;
    return name.size() <= 254;
}

template <class T>
struct table_data {
    static constexpr std::size_t count = descriptions_of<T>.size();

    static constexpr bool is_json_field(const description& d) {
        return d.facts.has(is_field) && is_in_json(d.facts);
    }
    static constexpr bool has_quotes(const description& d) {
        return is_json_field(d) && d.facts.kind == kind::text;
    }
    static constexpr bool starts_empty() {
        for (const auto& d : descriptions_of<T>)
            if (is_in_json(d.facts) && !d.facts.has(required) && !d.starts_empty) return false;
        return true;
    }
    static constexpr std::size_t alias_count() {
        std::size_t total = 0;
        for (const auto& d : descriptions_of<T>)
            for (const text other : {d.also, d.also_second}) total += other.empty() ? 0u : 1u;
        return total;
    }
    /// Names are compared in blocks from behind their quote, so the last has bytes behind it
    /// (equal_prefix()); without any name there is no quote before them.
    static constexpr std::size_t read_ahead = TIPRING_SMALL ? 1 : count == 0 ? 34 : 32;
    static constexpr std::size_t names_size() {
        std::size_t total = 0;
        for (const auto& d : descriptions_of<T>) {
            total += d.name.size() + (has_quotes(d) ? 6u : 4u);
            for (const text other : {d.also, d.also_second})
                total += other.empty() ? 0 : other.size() + 4;
        }
        return total;
    }

    static constexpr std::size_t bucket_mask = bucket_count(count + alias_count()) - 1;

    struct content {
        std::array<char, names_size() + read_ahead> names = {};
        /// Behind the last one, in case it is guessed, one that has no name.
        std::array<member, count + (TIPRING_SMALL ? 0 : 1)> members = {};
        std::array<alias, alias_count() + 1> aliases = {};
        std::array<std::uint8_t, bucket_mask + 1> buckets = {};
        std::uint32_t factor = 0;
    };
    struct name_builder {
        char* names;
        std::size_t at = 0;

        constexpr void put(text t) {
            for (const char c : t) names[at++] = c;
        }
        constexpr std::uint16_t fragment(text name) {
            if (!can_be_a_name(name)) names_are_longer_than_254_bytes_or_have_to_be_escaped();
            const auto start = static_cast<std::uint16_t>(at);
            put(",\"");
            put(name);
            put("\":");
            return start;
        }
    };

    static constexpr const custom_type* code_for(const member& m) {
        const kind written = m.kind == kind::array ? m.element : m.kind;
        if (written == kind::raw) return &raw_type;
        return written == kind::number ? &number_type : m.custom;
    }
    static constexpr content build() {
        content made;
        name_builder out{made.names.data()};
        for (std::size_t i = 0; i < count; ++i) {
            const description& d = descriptions_of<T>[i];
            made.members[i] = d.facts;
            made.members[i].type = d.type();
            made.members[i].custom = code_for(d.facts);
            if (is_json_field(d)) made.members[i].flags |= json_field;
            if (has_quotes(d)) made.members[i].flags |= text_field;
            made.members[i].name_at = out.fragment(d.name);
            made.members[i].name_size = static_cast<std::uint8_t>(d.name.size());
            if (has_quotes(d)) out.put("\"\"");
        }
        if constexpr (!TIPRING_SMALL) made.members[count].name_size = 255;
        std::size_t next = 0;
        for (std::size_t i = 0; i < count; ++i) {
            for (const text other :
                 {descriptions_of<T>[i].also, descriptions_of<T>[i].also_second}) {
                if (other.empty()) continue;
                made.aliases[next].name_at = out.fragment(other);
                made.aliases[next].name_size = static_cast<std::uint8_t>(other.size());
                made.aliases[next++].member = static_cast<std::uint8_t>(i);
            }
        }
        fill_buckets(made);
        return made;
    }
    /// Puts every name into the bucket of its hash, or the next free one.
    static constexpr void fill_buckets(content& made) {
        constexpr std::size_t names = count + alias_count();
        name_ends ends[names + 1];
        for (std::size_t i = 0; i < names; ++i) {
            const text name = name_of(made, i);
            ends[i] = name_ends{name.data(), name.size()};
        }
        made.factor = best_factor(ends, names);
        for (auto& bucket : made.buckets) bucket = table::no_member;
        for (std::size_t i = 0; i < names; ++i) {
            std::size_t at = ends[i].hash(made.factor) & bucket_mask;
            for (; made.buckets[at] != table::no_member; at = (at + 1) & bucket_mask)
                if (name_of(made, made.buckets[at]) == name_of(made, i)) two_names_are_the_same();
            made.buckets[at] = static_cast<std::uint8_t>(i);
        }
    }
    /// Of some factors the one with which the fewest names meet.
    static constexpr std::uint32_t best_factor(const name_ends* ends, std::size_t names) {
        std::uint32_t best = 0;
        std::size_t fewest = names + 1;
        for (std::uint32_t factor = 0x85EBCA6Bu, i = 0; i < 16 && fewest != 0; ++i) {
            std::uint64_t taken[4] = {};
            std::size_t meet = 0;
            for (std::size_t n = 0; n < names; ++n) {
                const std::size_t at = ends[n].hash(factor) & bucket_mask;
                meet += taken[at / 64] >> at % 64 & 1;
                taken[at / 64] |= std::uint64_t{1} << at % 64;
            }
            if (meet < fewest) {
                fewest = meet;
                best = factor;
            }
            factor += 0x27D4EB2Eu;
        }
        return best;
    }
    /// Of a member, or of an alias behind the members.
    static constexpr text name_of(const content& made, std::size_t i) {
        if (i >= count) {
            const alias& other = made.aliases[i - count];
            return {made.names.data() + other.name_at + 2, other.name_size};
        }
        const description& d = descriptions_of<T>[i];
        return d.name;
    }

    static constexpr std::uint64_t required_members() {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const member& m = descriptions_of<T>[i].facts;
            if (m.has(required) && is_in_json(m)) bits |= std::uint64_t{1} << i;
        }
        return bits;
    }

    static constexpr content value = build();
};

/// Refuses what tables cannot hold, with a message for the person who described the type.
template <class T>
constexpr bool check_description() {
    // Before the others, because what its members say of themselves is better advice.
    static_assert(table_data<T>::count == descriptions_of<T>.size());
    static_assert(std::is_aggregate_v<T>, "a described type is an aggregate");
    static_assert(std::is_trivially_copyable_v<T>,
                  "a described type is trivially copyable: views, integers, bools");
    static_assert(std::is_standard_layout_v<T>, "a described type has standard layout");
    static_assert(has_members<T, table_data<T>::count>(),
                  "TIPRING_DESCRIBE lists another number of members than the type has");
    static_assert(table_data<T>::count <= 64, "a described type has at most 64 members");
    static_assert(table_data<T>::alias_count() <= table::most_aliases,
                  "a described type has at most 8 aliases");
    static_assert(sizeof(T) <= 0xFFFF, "a described type has at most 65535 bytes");
    static_assert(table_data<T>::starts_empty(),
                  "a described member with an initialiser is required(): what a document does not "
                  "hold is absent or zero, so ask with field<>::value_or() for another value");
    return true;
}

template <class T>
constexpr table make_table() {
    static_assert(check_description<T>());
    using data = table_data<T>;
    return table{.names = data::value.names.data(),
                 .members = data::value.members.data(),
                 .aliases = data::value.aliases.data(),
                 .buckets = data::value.buckets.data(),
                 .required = data::required_members(),
                 .factor = data::value.factor,
                 .size = static_cast<std::uint16_t>(sizeof(T)),
                 .alignment = static_cast<std::uint8_t>(alignof(T)),
                 .member_count = static_cast<std::uint8_t>(data::count),
                 .alias_count = static_cast<std::uint8_t>(data::alias_count()),
                 .bucket_mask = static_cast<std::uint8_t>(data::value.buckets.size() - 1)};
}

} // namespace detail

/// The index of the member called `name`; `by_alias` tells whether that was another spelling.
/// no_member when none is.
constexpr std::uint8_t find_member(const table& type, text name, bool& by_alias) {
    const auto is = [name](text other) {
        return other.size() == name.size() &&
               detail::same_bytes(other.data(), name.data(), name.size());
    };
    const detail::name_ends ends{name.data(), name.size()};
    std::size_t at = ends.hash(type.factor) & type.bucket_mask;
    for (;; at = (at + 1) & type.bucket_mask) {
        const std::uint8_t found = type.buckets[at];
        if (found == table::no_member) return found;
        by_alias = found >= type.member_count;
        if (!by_alias) {
            if (is(type.name_of(type.members[found]))) return found;
        } else {
            const alias& other = type.aliases[found - type.member_count];
            if (is(type.name_of(other))) return other.member;
        }
    }
}

/// Whether two values of a described type are equal: the same members absent, null or equal.
/// Defined in json/equal.hpp.
template <described T>
bool equal(const T& a, const T& b);

} // namespace tipring::inline TIPRING_ABI::json

namespace tipring::inline TIPRING_ABI {
using json::described;
using json::raw_json;
} // namespace tipring::inline TIPRING_ABI

/// Describes `Type`, at the end of the namespace scope that it is declared in, with one
/// TIPRING_MEMBER for each member in the order of declaration. Also declares its operator==.
#define TIPRING_DESCRIBE(Type, ...)                                                                \
    void tipring_is_described(std::type_identity<Type>);                                           \
    constexpr auto tipring_describe(std::type_identity<Type>) {                                    \
        using described_type [[maybe_unused]] = Type;                                              \
        [[maybe_unused]] const Type described_value{};                                             \
        return ::tipring::json::detail::all_of(__VA_ARGS__);                                       \
    }                                                                                              \
    inline bool operator==(const Type& a, const Type& b) {                                         \
        return ::tipring::json::equal(a, b);                                                       \
    }                                                                                              \
    static_assert(::tipring::json::detail::check_description<Type>())

/// One member of the type being described and one line that says what it is.
#define TIPRING_MEMBER(name, doc)                                                                  \
    ::tipring::json::detail::describe_member<decltype(described_type::name)>(                      \
        #name, offsetof(described_type, name), doc, described_value.name)
