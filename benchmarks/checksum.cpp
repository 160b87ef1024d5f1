#include "checksum.hpp"

namespace bench {

namespace {

std::uint64_t mix(std::uint64_t sum, std::uint64_t value) {
    sum = (sum ^ value) * 0x9E3779B97F4A7C15u;
    return sum ^ (sum >> 32);
}
std::uint64_t of_text(text content) {
    std::uint64_t sum = content.size();
    for (const char c : content) sum = mix(sum, static_cast<unsigned char>(c));
    return sum;
}

std::uint64_t of_element(const json::member& m, const std::byte* at) {
    if (m.type != nullptr) return checksum(*m.type, at);
    switch (m.element) {
    case json::kind::integer:
        return static_cast<std::uint64_t>(json::load_integer(at, m.width, m.has(json::is_signed)));
    case json::kind::boolean: return static_cast<std::uint64_t>(*at);
    default: return of_text(json::detail::load<text>(at));
    }
}
std::uint64_t of_list(const json::member& m, const std::byte* object) {
    const json::untyped_list elements = json::list_of(m, object);
    list_checksum sum;
    for (std::size_t i = 0; i < elements.size; ++i)
        sum.add(of_element(m, elements.data + i * json::element_size(m)));
    return sum.value();
}
std::uint64_t of_value(const json::member& m, const std::byte* object) {
    switch (m.kind) {
    case json::kind::boolean: return json::boolean_of(m, object) ? 1 : 0;
    case json::kind::integer: return static_cast<std::uint64_t>(json::integer_of(m, object));
    case json::kind::enumeration:
        return static_cast<std::uint64_t>(json::enumeration_of(m, object));
    case json::kind::object: return checksum(*m.type, json::object_in(m, object));
    case json::kind::array:
    case json::kind::map: return of_list(m, object);
    case json::kind::custom: return 0;
    default: return of_text(json::text_of(m, object));
    }
}

} // namespace

void list_checksum::add(std::uint64_t element) {
    value_ = mix(value_, element);
}

std::uint64_t checksum(const json::table& type, const void* object) {
    const auto* const bytes = static_cast<const std::byte*>(object);
    std::uint64_t sum = type.member_count;
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        const tipring::member_state state = json::state_of(m, bytes);
        sum = mix(sum, static_cast<std::uint64_t>(state));
        if (state == tipring::member_state::value) sum = mix(sum, of_value(m, bytes));
    }
    return sum;
}

} // namespace bench
