// RFC 8259 and the UTF-8 of RFC 3629, written down as slowly and plainly as the grammars there: the
// oracle of programs without Boost.JSON. Knows nothing of the library.
#pragma once

#include <cstddef>
#include <string_view>

namespace json_grammar {

class recogniser {
public:
    explicit recogniser(std::string_view document) : rest_{document} {}

    /// Whether the whole is one JSON text.
    bool run() {
        blanks();
        if (!value(0)) return false;
        blanks();
        return rest_.empty();
    }

private:
    static constexpr unsigned deepest = 200;

    bool starts(char c) const { return !rest_.empty() && rest_[0] == c; }
    bool take(std::string_view word) {
        if (rest_.substr(0, word.size()) != word) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    bool take_one_of(std::string_view set) {
        if (rest_.empty() || set.find(rest_[0]) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_between(unsigned low, unsigned high) {
        if (rest_.empty()) return false;
        const unsigned byte = static_cast<unsigned char>(rest_[0]);
        if (byte < low || byte > high) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void blanks() {
        while (take_one_of(" \t\n\r")) {
        }
    }

    bool value(unsigned depth) {
        if (depth > deepest) return false;
        if (starts('{')) return object(depth);
        if (starts('[')) return array(depth);
        if (starts('"')) return string();
        return take("true") || take("false") || take("null") || number();
    }
    bool object(unsigned depth) {
        take("{");
        blanks();
        if (take("}")) return true;
        do {
            blanks();
            if (!string()) return false;
            blanks();
            if (!take(":")) return false;
            blanks();
            if (!value(depth + 1)) return false;
            blanks();
        } while (take(","));
        return take("}");
    }
    bool array(unsigned depth) {
        take("[");
        blanks();
        if (take("]")) return true;
        do {
            blanks();
            if (!value(depth + 1)) return false;
            blanks();
        } while (take(","));
        return take("]");
    }
    bool digits() {
        if (!take_between('0', '9')) return false;
        while (take_between('0', '9')) {
        }
        return true;
    }
    bool number() {
        take("-");
        if (!take("0") && !(starts('0') ? false : digits())) return false;
        if (take(".") && !digits()) return false;
        if (take_one_of("eE")) {
            take_one_of("+-");
            return digits();
        }
        return true;
    }
    bool string() {
        if (!take("\"")) return false;
        while (!take("\"")) {
            if (!(starts('\\') ? escape() : character())) return false;
        }
        return true;
    }
    bool character() {
        if (take_between(0x20, 0x7F)) return true;
        if (take_between(0xC2, 0xDF)) return tail();
        if (take_between(0xE0, 0xE0)) return take_between(0xA0, 0xBF) && tail();
        if (take_between(0xED, 0xED)) return take_between(0x80, 0x9F) && tail();
        if (take_between(0xE1, 0xEF)) return tail() && tail();
        if (take_between(0xF0, 0xF0)) return take_between(0x90, 0xBF) && tail() && tail();
        if (take_between(0xF4, 0xF4)) return take_between(0x80, 0x8F) && tail() && tail();
        return take_between(0xF1, 0xF3) && tail() && tail() && tail();
    }
    bool tail() { return take_between(0x80, 0xBF); }

    static int hex(char c) {
        constexpr std::string_view lower = "0123456789abcdef";
        constexpr std::string_view upper = "0123456789ABCDEF";
        const std::size_t found =
            lower.find(c) != std::string_view::npos ? lower.find(c) : upper.find(c);
        return found == std::string_view::npos ? -1 : static_cast<int>(found);
    }
    /// -1 when there is none.
    long code_unit() {
        if (!take("u") || rest_.size() < 4) return -1;
        long unit = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const int digit = hex(rest_[i]);
            if (digit < 0) return -1;
            unit = unit * 16 + digit;
        }
        rest_.remove_prefix(4);
        return unit;
    }
    /// A half of a surrogate pair alone is no text, so it is refused.
    bool escape() {
        take("\\");
        if (take_one_of("\"\\/bfnrt")) return true;
        const long unit = code_unit();
        if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return false;
        if (unit < 0xD800 || unit > 0xDBFF) return true;
        if (!take("\\")) return false;
        const long low = code_unit();
        return low >= 0xDC00 && low <= 0xDFFF;
    }

    std::string_view rest_;
};

inline bool accepts(std::string_view document) {
    return recogniser{document}.run();
}

} // namespace json_grammar
