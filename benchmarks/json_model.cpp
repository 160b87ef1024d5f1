#include "json_model.hpp"

#include <cstddef>
#include <string_view>

namespace bench {

namespace {

void put_unit(std::string& out, std::uint32_t unit) {
    constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (const unsigned shift : {12u, 8u, 4u, 0u}) out += digits[unit >> shift & 15u];
}

/// Reads one code point of well-formed UTF-8.
std::uint32_t take_code_point(std::string_view from, std::size_t& at) {
    const auto byte = [&] { return static_cast<unsigned char>(from[at++]); };
    const std::uint32_t first = byte();
    if (first < 0x80) return first;
    const unsigned following = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    std::uint32_t value = first & (0x3Fu >> following);
    for (unsigned i = 0; i < following; ++i) value = value << 6 | (byte() & 0x3Fu);
    return value;
}

void put_string(std::string& out, std::string_view content, escapes escaped) {
    out += '"';
    for (std::size_t at = 0; at < content.size();) {
        const char c = content[at];
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
            ++at;
        } else if (static_cast<unsigned char>(c) < 0x80 || escaped == escapes::needed) {
            out += c;
            ++at;
        } else {
            const std::uint32_t point = take_code_point(content, at);
            if (point >= 0x10000) {
                put_unit(out, 0xD800u + ((point - 0x10000u) >> 10));
                put_unit(out, 0xDC00u + ((point - 0x10000u) & 0x3FFu));
            } else {
                put_unit(out, point);
            }
        }
    }
    out += '"';
}

struct printer {
    layout style;
    escapes escaped;
    std::string out = {};

    void line(unsigned depth) {
        if (style != layout::pretty) return;
        out += '\n';
        out.append(std::size_t{2} * depth, ' ');
    }
    void container(const node& n, unsigned depth, char open, char close) {
        out += open;
        for (std::size_t i = 0; i < n.parts.size(); ++i) {
            if (i != 0) out += style == layout::spaced ? ", " : ",";
            line(depth + 1);
            if (n.what == node::type::object) {
                put_string(out, n.names[i], escaped);
                out += style == layout::compact ? ":" : ": ";
            }
            value(n.parts[i], depth + 1);
        }
        if (!n.parts.empty()) line(depth);
        out += close;
    }
    void value(const node& n, unsigned depth) {
        switch (n.what) {
        case node::type::null: out += "null"; break;
        case node::type::boolean: out += n.number != 0 ? "true" : "false"; break;
        case node::type::integer: out += std::to_string(n.number); break;
        case node::type::literal: out += n.content; break;
        case node::type::string: put_string(out, n.content, escaped); break;
        case node::type::array: container(n, depth, '[', ']'); break;
        case node::type::object: container(n, depth, '{', '}'); break;
        }
    }
};

} // namespace

std::string print(const node& document, layout style, escapes escaped) {
    printer made{.style = style, .escaped = escaped};
    made.value(document, 0);
    return std::move(made.out);
}

} // namespace bench
