// A JSON document as a tree, and printing it in several styles: what inputs are made of. It knows
// nothing of tipring, so that no benchmark is fed with tipring's own output. Speed does not matter.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bench {

struct node {
    enum class type { null, boolean, integer, literal, string, array, object };

    node() = default;
    node(bool value) : what{type::boolean}, number{value ? 1 : 0} {}
    node(int value) : what{type::integer}, number{value} {}
    node(std::int64_t value) : what{type::integer}, number{value} {}
    node(const char* value) : what{type::string}, content{value} {}
    node(std::string value) : what{type::string}, content{std::move(value)} {}

    static node object() { return of(type::object); }
    static node array() { return of(type::array); }
    /// A number that is no integer, as it is to be written.
    static node literal(std::string written) {
        node made = of(type::literal);
        made.content = std::move(written);
        return made;
    }

    node& add(std::string name, node value) {
        names.push_back(std::move(name));
        parts.push_back(std::move(value));
        return *this;
    }
    node& push(node value) {
        parts.push_back(std::move(value));
        return *this;
    }

    type what = type::null;
    std::int64_t number = 0;
    std::string content;
    /// Of an object, in step with `parts`.
    std::vector<std::string> names;
    std::vector<node> parts;

private:
    static node of(type what) {
        node made;
        made.what = what;
        return made;
    }
};

enum class layout {
    compact,
    /// `, ` and `: `, the default of Python's writer.
    spaced,
    /// A line for each member, indented by two.
    pretty,
};
enum class escapes {
    /// Only what must be escaped.
    needed,
    /// All that is not ASCII as \uXXXX, too.
    all,
};

std::string print(const node& document, layout style, escapes escaped);

} // namespace bench
