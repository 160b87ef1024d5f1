// Random values of any described type, made by its table: every state of every member, the limits
// of integers, text that needs escapes, all kinds of lists and maps. Not part of the library.
#pragma once

#include <tipring/core/arena.hpp>
#include <tipring/json/access.hpp>
#include <tipring/json/describe.hpp>

#include "random_engine.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace random_values {

struct options {
    /// Leaves members absent that only a server may set.
    bool without_read_only = false;
    /// How many objects may lie in one another.
    unsigned max_depth = 4;
    unsigned max_elements = 4;
};

/// Seeds that are always the same, then one that is new in each run and printed, so that a failure
/// can be repeated: put it among the others.
inline std::vector<std::uint64_t> seeds() {
    std::random_device device;
    const std::uint64_t fresh = (std::uint64_t{device()} << 32) ^ device();
    MESSAGE("fresh seed ", fresh);
    return {1, 2, 3, 20240229, fresh};
}

/// Makes values; whatever they view lies in the arena.
class generator {
public:
    generator(engine& source, tipring::arena& memory, const options& chosen)
        : source_{source}, memory_{memory}, options_{chosen} {}

    /// Below `end`.
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(source_() % end); }
    bool one_in(std::size_t count) { return below(count) == 0; }
    template <class T>
    const T& one_of(std::span<const T> choices) {
        return choices[below(choices.size())];
    }

    tipring::text keep(std::string_view content) {
        if (content.empty()) return {"", 0};
        auto* const copy = static_cast<char*>(must(memory_.allocate(content.size(), 1)));
        std::memcpy(copy, content.data(), content.size());
        return {copy, content.size()};
    }

    /// Well-formed UTF-8 of at most `most` bytes.
    std::string words(std::size_t most) {
        static constexpr std::string_view pieces[] = {"a",
                                                      "Z",
                                                      "9",
                                                      " ",
                                                      "name",
                                                      "\"",
                                                      "\\",
                                                      "/",
                                                      "\b",
                                                      "\f",
                                                      "\n",
                                                      "\r",
                                                      "\t",
                                                      "\x01",
                                                      "\x1F",
                                                      "\x7F",
                                                      "\xC2\x80",
                                                      "\xC3\xA9",
                                                      "\xDF\xBF",
                                                      "\xE0\xA0\x80",
                                                      "\xE2\x80\xA8",
                                                      "\xE2\x82\xAC",
                                                      "\xED\x9F\xBF",
                                                      "\xEF\xBF\xBF",
                                                      "\xF0\x90\x80\x80",
                                                      "\xF0\x9F\x98\x80",
                                                      "\xF4\x8F\xBF\xBF",
                                                      "{",
                                                      "}",
                                                      "[",
                                                      "]",
                                                      ":",
                                                      ",",
                                                      "null",
                                                      "\\u0041",
                                                      "a plain run of more than sixteen bytes"};
        std::string made;
        const std::size_t count = one_in(4) ? 0 : one_in(20) ? below(60) : below(6);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string_view piece = one_of(std::span<const std::string_view>{pieces});
            if (made.size() + piece.size() <= most) made += piece;
        }
        if (one_in(30) && made.size() < most) made += '\0';
        return made;
    }

    std::string digits() {
        static constexpr std::string_view edges[] = {"0",
                                                     "-0",
                                                     "0.0",
                                                     "-0.0",
                                                     "1",
                                                     "-1",
                                                     "0.1",
                                                     "1.50",
                                                     "1e400",
                                                     "-1E+400",
                                                     "1e-400",
                                                     "2E0",
                                                     "123456789012345678901234567890",
                                                     "9223372036854775807",
                                                     "9223372036854775808",
                                                     "-9223372036854775809",
                                                     "18446744073709551616",
                                                     "0.30000000000000004",
                                                     "1e2147483647",
                                                     "4.9406564584124654e-324",
                                                     "1.7976931348623157e308"};
        if (one_in(2)) return std::string{one_of(std::span<const std::string_view>{edges})};
        std::string made = one_in(2) ? "-" : "";
        made += std::to_string(source_() >> below(64));
        if (one_in(2)) made += "." + std::to_string(source_() >> below(64));
        if (one_in(3)) made += (one_in(2) ? "e-" : "E+") + std::to_string(below(500));
        return made;
    }

    /// A JSON value with random blanks inside, but none around.
    std::string json(unsigned depth) {
        switch (below(depth == 0 ? 5 : 7)) {
        case 0: return "null";
        case 1: return "true";
        case 2: return "false";
        case 3: return digits();
        case 4: return string();
        case 5: {
            std::string made = "[" + blanks();
            const std::size_t count = below(4);
            for (std::size_t i = 0; i < count; ++i)
                made += (i != 0 ? "," + blanks() : "") + json(depth - 1) + blanks();
            return made + "]";
        }
        default: {
            std::string made = "{" + blanks();
            const std::size_t count = below(4);
            for (std::size_t i = 0; i < count; ++i)
                made += (i != 0 ? "," + blanks() : "") + string() + blanks() + ":" + blanks() +
                        json(depth - 1) + blanks();
            return made + "}";
        }
        }
    }

    /// `descriptions` belong to `type` and tell the names of its enums; null when they are not at
    /// hand.
    void fill(const tipring::json::table& type, std::byte* object,
              const tipring::json::description* descriptions, unsigned depth) {
        for (std::size_t i = 0; i < type.member_count; ++i) {
            const tipring::json::member& m = type.members[i];
            if (m.kind == kind::custom || m.has(tipring::json::in_path) ||
                m.has(tipring::json::in_query) || m.has(tipring::json::in_header))
                continue;
            if (m.has(tipring::json::is_field)) {
                if (options_.without_read_only && m.has(tipring::json::read_only)) continue;
                if (!m.has(tipring::json::required) && one_in(4)) continue;
                if (one_in(6) && m.kind != kind::raw) {
                    set_null(m, object);
                    continue;
                }
                if (m.kind == kind::object && depth == 0) continue;
            }
            value(m, object, descriptions != nullptr ? descriptions + i : nullptr, depth);
        }
    }

private:
    using kind = tipring::json::kind;

    /// The arena of a test is large enough, or the test is wrong.
    static void* must(void* piece) {
        if (piece != nullptr) return piece;
        std::fputs("random_value: the arena is too small\n", stderr);
        std::abort();
    }

    std::string blanks() {
        static constexpr std::string_view choices[] = {"", "", "", " ", "\n", "\t \r\n"};
        return std::string{one_of(std::span<const std::string_view>{choices})};
    }
    std::string string() {
        static constexpr std::string_view pieces[] = {"a",
                                                      "b c",
                                                      "\\\"",
                                                      "\\\\",
                                                      "\\/",
                                                      "\\n",
                                                      "\\u00e9",
                                                      "\\u0000",
                                                      "\\ud83d\\ude00",
                                                      "\xC3\xA9",
                                                      "]}",
                                                      "{[",
                                                      ",:",
                                                      "\xF0\x9F\x98\x80"};
        std::string made = "\"";
        for (std::size_t count = below(5); count != 0; --count)
            made += one_of(std::span<const std::string_view>{pieces});
        return made + "\"";
    }

    std::int64_t integer(std::size_t width, bool is_signed, bool without_minus_one) {
        const unsigned bits = static_cast<unsigned>(width * 8 - (is_signed ? 1 : 0));
        const std::int64_t highest =
            bits >= 63 ? std::numeric_limits<std::int64_t>::max() : (std::int64_t{1} << bits) - 1;
        const std::int64_t lowest = is_signed ? -highest - 1 : 0;
        std::int64_t made = 0;
        switch (below(6)) {
        case 0: return highest;
        case 1: return lowest;
        case 2: return 0;
        case 3: made = is_signed ? -1 : 1; break;
        default:
            made = static_cast<std::int64_t>(source_() >> below(64));
            if (is_signed && one_in(2)) made = -made;
            if (made > highest || made < lowest) made = static_cast<std::int64_t>(below(100));
        }
        return made == -1 && without_minus_one ? -2 : made;
    }
    std::int32_t enumerator(bool without_minus_one) {
        if (one_in(3)) return static_cast<std::int32_t>(below(9));
        const std::int64_t made = integer(4, true, without_minus_one);
        constexpr std::int64_t lowest = std::int64_t{std::numeric_limits<std::int32_t>::min()} + 2;
        return static_cast<std::int32_t>(made < lowest ? lowest : made);
    }

    tipring::text view(kind k, const tipring::json::description* known, std::size_t most) {
        if (k == kind::raw) return keep(json(3));
        if (k == kind::number) return keep(digits());
        if (known != nullptr && known->known_count != 0 && !one_in(3))
            return known->known_names[below(known->known_count)];
        return keep(words(most));
    }

    void value(const tipring::json::member& m, std::byte* object,
               const tipring::json::description* known, unsigned depth) {
        const std::size_t most = m.limit != 0 ? m.limit : 4000;
        switch (m.kind) {
        case kind::text:
        case kind::raw:
        case kind::number: return set_text(m, object, view(m.kind, known, most));
        case kind::integer:
            set_integer(m, object,
                        m.limit != 0 ? static_cast<std::int64_t>(below(std::size_t{m.limit} + 1))
                                     : integer(m.width, m.has(tipring::json::is_signed),
                                               m.has(tipring::json::minus_one_is_null)));
            return;
        case kind::enumeration:
            set_enumeration(m, object, enumerator(m.has(tipring::json::minus_one_is_null)));
            return;
        case kind::boolean: return set_boolean(m, object, one_in(2));
        case kind::object:
            set_present(m, object);
            return fill(*m.type, object_in(m, object), nullptr, depth == 0 ? 0 : depth - 1);
        case kind::custom: return;
        default: list(m, object, known, depth);
        }
    }

    void list(const tipring::json::member& m, std::byte* object,
              const tipring::json::description* known, unsigned depth) {
        std::size_t count = depth == 0 && m.type != nullptr ? 0 : below(options_.max_elements + 1);
        if (m.limit != 0 && count > m.limit) count = m.limit;
        if (count == 0) return set_list(m, object, {});
        const std::size_t size = element_size(m);
        auto* const block =
            static_cast<std::byte*>(must(memory_.allocate(count * size, element_alignment(m))));
        std::memset(block, 0, count * size);
        for (std::size_t i = 0; i < count; ++i) {
            if (m.kind == kind::map)
                entry(*m.type, block + i * size, i, depth - 1);
            else
                element(m, block + i * size, known, depth);
        }
        set_list(m, object, {block, count});
    }
    void element(const tipring::json::member& m, std::byte* at,
                 const tipring::json::description* known, unsigned depth) {
        switch (m.element) {
        case kind::object: return fill(*m.type, at, nullptr, depth - 1);
        case kind::integer:
            tipring::json::store_integer(at, m.width, m.has(tipring::json::is_signed),
                                         integer(m.width, m.has(tipring::json::is_signed), false));
            return;
        case kind::boolean: return tipring::json::detail::store(at, one_in(2));
        default: tipring::json::detail::store(at, view(m.element, known, 4000));
        }
    }
    /// JSON has no entry without a value, and a map has no key twice.
    void entry(const tipring::json::table& type, std::byte* at, std::size_t index, unsigned depth) {
        const tipring::json::member& content = type.members[1];
        set_text(type.members[0], at,
                 keep(words(20) + (index != 0 ? std::to_string(index) + "." : std::string{})));
        if (content.has(tipring::json::is_field) && content.kind != kind::raw && one_in(5))
            set_null(content, at);
        else
            value(content, at, nullptr, depth);
    }

    engine& source_;
    tipring::arena& memory_;
    const options& options_;
};

} // namespace random_values

/// What a generator has to know of a type; for tests that go through many types without a template
/// of their own for each.
struct random_type {
    const tipring::json::table* table;
    const tipring::json::description* descriptions;
};
template <tipring::described T>
random_type random_type_of() {
    return {&tipring::json::table_of<T>, tipring::json::detail::descriptions_of<T>.data()};
}

/// Fills `value`, an object of the type with all members absent. Text and lists lie in `memory`, or
/// are static.
inline void fill_randomly(random_type type, std::byte* value, random_values::engine& source,
                          tipring::arena& memory, const random_values::options& chosen = {}) {
    random_values::generator{source, memory, chosen}.fill(*type.table, value, type.descriptions,
                                                          chosen.max_depth);
}

/// A random T.
template <tipring::described T>
T random_value(random_values::engine& source, tipring::arena& memory,
               const random_values::options& chosen = {}) {
    T made = {};
    fill_randomly(random_type_of<T>(), reinterpret_cast<std::byte*>(&made), source, memory, chosen);
    return made;
}
