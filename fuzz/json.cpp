// Any bytes as one JSON text: the reader accepts exactly what the grammar of RFC 8259 has and
// Boost.JSON accepts, and both see the same events and values. A refusal points at the first byte
// that no JSON text could go on with. What is walked over, JSON or not, lies in the input, a heap
// block of exactly its size. Input: how deep it may be, then the document.
#include <tipring/json/raw.hpp>
#include <tipring/json/scan.hpp>

#if TIPRING_TEST_BOOST
#include <boost/json/basic_parser_impl.hpp>

#include "boost_events.hpp"
#include "boost_faults.hpp"
#endif

#include "guard_page.hpp"
#include "json_grammar.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

const std::size_t fuzz::choices_size = 1;

namespace {

using namespace tipring;
using json::raw_json;

// Events as a text of their own: `{`, `k` and a name, `s` and a string, `n` and a number as it is
// written, `i` and `u` and its value if it is an integer, `t`, `f`, `0`.

void put_sized(std::string& events, char kind, std::string_view content) {
    events += kind + std::to_string(content.size()) + ':';
    events += content;
}

/// Goes through a valid value by its public walks, and checks what they promise on the way.
class raw_walker {
public:
    explicit raw_walker(std::string_view document) : document_{document} {}

    std::string events;
    const char* fault = nullptr;

    void walk(raw_json value) {
        require(is_inside(value.value), "a value outside of the document");
        switch (value.kind()) {
        case json::json_kind::object: return object(value);
        case json::json_kind::array: return array(value);
        case json::json_kind::string: return put_sized(events, 's', content(value));
        case json::json_kind::number: return number(value);
        case json::json_kind::boolean:
            require(value.as_boolean().has_value(), "a bool without a value");
            events += value.as_boolean().value_or(false) ? 't' : 'f';
            return;
        case json::json_kind::null: events += '0'; return;
        case json::json_kind::none: require(false, "a value of no kind");
        }
    }

private:
    void require(bool holds, const char* what) {
        if (!holds && fault == nullptr) fault = what;
    }
    bool is_inside(text part) const {
        return part.data() >= document_.data() &&
               part.data() + part.size() <= document_.data() + document_.size();
    }

    void object(raw_json value) {
        events += '{';
        for (const json::raw_member& member : value.members()) {
            require(is_inside(member.name), "a name outside of the document");
            const raw_json quoted{text{member.name.data() - 1, member.name.size() + 2}};
            const std::string name = content(quoted);
            require(member.name_is(name), "a name that is not itself");
            require(value.find(name).value.data() >= member.value.value.data(),
                    "a member that is not found, or one before it");
            put_sized(events, 'k', name);
            walk(member.value);
        }
        events += '}';
    }
    void array(raw_json value) {
        events += '[';
        for (const raw_json& element : value.elements()) walk(element);
        events += ']';
    }
    void number(raw_json value) {
        require(value.as_number().has_value(), "a number that is none");
        put_sized(events, 'n', value.value);
        // Where both fit, the signed one is told; minus zero is no integer.
        if (const auto integer = value.as_integer<std::int64_t>())
            events += 'i' + std::to_string(*integer);
        else if (const auto natural = value.as_integer<std::uint64_t>())
            events += 'u' + std::to_string(*natural);
    }
    /// By memory that is just enough, and not by less.
    std::string content(raw_json value) {
        const std::unique_ptr<char[]> most{new char[value.value.size() + 1]};
        arena measured{std::span{most.get(), value.value.size()}};
        const auto told = value.as_text(measured);
        require(told.has_value(), "a string without a content");
        if (!told) return {};
        const std::string found{*told};
        require(value.compare_text(found), "a string that is not itself");
        require(!value.compare_text(found + "x"), "a string that is longer than itself");
        if (measured.used() == 0) return found;
        const std::size_t needed = measured.used();
        const std::unique_ptr<char[]> bytes{new char[needed]};
        arena exact{std::span{bytes.get(), needed}};
        const auto again = value.as_text(exact);
        require(again && *again == found, "another content in just enough memory");
        arena less{std::span{bytes.get(), needed - 1}};
        const auto refused = value.as_text(less);
        require(refused.code() == errc::capacity && refused.error().needed >= needed,
                "a content in too little memory");
        return found;
    }

    std::string_view document_;
};

#if TIPRING_TEST_BOOST
/// The events of Boost's push parser.
struct boost_recorder : boost_events::ignored {
    std::string events;
    std::string part;

    bool add(char c) {
        events += c;
        return true;
    }
    bool add_part(view more) {
        part += more;
        return true;
    }
    bool add_whole(char kind, view last) {
        part += last;
        put_sized(events, kind, part);
        part.clear();
        return true;
    }
    bool on_object_begin(code&) { return add('{'); }
    bool on_object_end(std::size_t, code&) { return add('}'); }
    bool on_array_begin(code&) { return add('['); }
    bool on_array_end(std::size_t, code&) { return add(']'); }
    bool on_key_part(view more, std::size_t, code&) { return add_part(more); }
    bool on_key(view last, std::size_t, code&) { return add_whole('k', last); }
    bool on_string_part(view more, std::size_t, code&) { return add_part(more); }
    bool on_string(view last, std::size_t, code&) { return add_whole('s', last); }
    bool on_number_part(view more, code&) { return add_part(more); }
    bool on_int64(std::int64_t value, view last, code&) {
        add_whole('n', last);
        events += 'i' + std::to_string(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, view last, code&) {
        add_whole('n', last);
        events += 'u' + std::to_string(value);
        return true;
    }
    bool on_double(double, view last, code&) { return add_whole('n', last); }
    bool on_bool(bool value, code&) { return add(value ? 't' : 'f'); }
    bool on_null(code&) { return add('0'); }
};

/// Nothing when Boost refuses the document.
std::optional<std::string> events_of_boost(std::string_view document) {
    boost::json::parse_options options;
    options.max_depth = json::most_depth;
    boost::json::basic_parser<boost_recorder> parser{options};
    boost::json::error_code ec;
    const std::size_t read = parser.write_some(false, document.data(), document.size(), ec);
    if (ec || read != document.size()) return std::nullopt;
    return parser.handler().events;
}
#endif

/// Text that nobody has checked is safe to look into: walks end, and stay inside.
void look_into(raw_json value, std::string_view document, unsigned depth) {
    const auto is_inside = [document](text part) {
        return part.data() >= document.data() &&
               part.data() + part.size() <= document.data() + document.size();
    };
    std::size_t count = 0;
    for (const json::raw_member& member : value.members()) {
        fuzz::require(is_inside(member.name) && is_inside(member.value.value) &&
                          ++count <= document.size(),
                      "a walk over members that leaves the text or does not end", document);
        if (depth != 0) look_into(member.value, document, depth - 1);
    }
    for (const raw_json& element : value.elements()) {
        fuzz::require(is_inside(element.value) && ++count <= document.size(),
                      "a walk over elements that leaves the text or does not end", document);
        if (depth != 0) look_into(element, document, depth - 1);
    }
    arena nothing{std::span<char>{}};
    static_cast<void>(value.as_text(nothing));
    static_cast<void>(value.as_number());
    static_cast<void>(value.find("a"));
}

std::size_t open_brackets(std::string_view valid_so_far) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < valid_so_far.size(); ++at) {
        const char c = valid_so_far[at];
        if (c == '"') in_string = !in_string;
        if (c == '\\') ++at;
        if (!in_string && (c == '[' || c == '{')) ++depth;
        if (!in_string && (c == ']' || c == '}')) --depth;
    }
    return depth;
}

std::string wrong_refusal(text document, errc code, std::size_t offset, unsigned most_deep) {
    if (offset > document.size()) return "an offset outside of the text";
    const text before = slice(document, 0, offset);
    static exact_memory::text_before_end page;
    const std::span<char> held = page.keep(before);
    const errc of_before = json::validate(text{held.data(), held.size()}, json::most_depth).code;
    if (code == errc::unexpected_end) return offset == document.size() ? "" : "an end before it";
    if (of_before != errc::unexpected_end && of_before != errc::ok)
        return "the fault is before its offset";
    if (code != errc::too_deep) return {};
    return open_brackets(before) == most_deep ? "" : "too deep, but it is not";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::document_input<fuzz::choices_size> input{data, size};
    if (!input.is_complete) return 0;
    const text document = fuzz::before_end_of_memory(input.document);

    constexpr unsigned depths[] = {64, 32, 1, 3, 200, 0};
    const unsigned asked = depths[input.choices[0] % std::size(depths)];
    const unsigned most_deep = asked < json::most_depth ? asked : json::most_depth;
    const auto value = json::make_raw_json(document, asked);
    const json::value_scan scan = json::validate(document, asked);
    fuzz::require(scan.code == value.code() &&
                      (value || scan.end == document.data() + value.error().offset),
                  "make_raw_json() and validate() differ", document);
    const bool is_json = json_grammar::accepts(document);
    fuzz::require(!value || is_json, "accepted what is no JSON", document);
    fuzz::require(value || !is_json || value.code() == errc::too_deep, "refused JSON", document);
    if (!value)
        fuzz::require_none(wrong_refusal(document, value.code(), value.error().offset, most_deep),
                           document);

    raw_walker ours{document};
    if (value) ours.walk(*value);
    fuzz::require(ours.fault == nullptr, ours.fault, document);
    look_into(raw_json{document}, document, 3);
#if TIPRING_TEST_BOOST
    if (boost_faults::may_show(document)) return 0;
    const auto theirs = events_of_boost(document);
    if (most_deep == json::most_depth)
        fuzz::require(theirs.has_value() == value.has_value(), "Boost.JSON decides otherwise",
                      document);
    if (value && theirs)
        fuzz::require_none(*theirs == ours.events ? ""
                                                  : "other events\n  builtin: " + ours.events +
                                                        "\n  Boost.JSON: " + *theirs,
                           document);
#endif
    return 0;
}
