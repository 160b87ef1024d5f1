// Changes to JSON text that a decoder which guesses what comes next may get wrong: other orders,
// other blanks, doubled, unknown and empty members, broken and cut texts. Knows tokens, but takes
// any bytes. Used by the fuzz targets and by the everyday test; decides nothing about what is
// right.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {

/// The same numbers for the same seed on every machine (splitmix64).
class random {
public:
    explicit random(std::uint64_t seed) : state_{seed} {}

    std::uint64_t operator()() {
        std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15u);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        return mixed ^ (mixed >> 31);
    }
    /// Below `end`, which is not 0.
    std::size_t below(std::size_t end) { return static_cast<std::size_t>((*this)() % end); }
    bool one_in(std::size_t count) { return below(count) == 0; }
    template <class Choices>
    auto one_of(const Choices& choices) {
        return choices[below(std::size(choices))];
    }

private:
    std::uint64_t state_;
};

/// A token, well-formed or not; blanks are what lies between two of them.
struct token {
    /// The byte itself for punctuation, '"' for a string, 'v' for anything else.
    char kind;
    std::size_t begin;
    std::size_t end;
};

inline bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
inline bool is_punctuation(char c) {
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

inline std::vector<token> tokens_of(std::string_view json) {
    std::vector<token> found;
    found.reserve(json.size() / 4 + 1);
    std::size_t at = 0;
    while (at < json.size()) {
        const char c = json[at];
        const std::size_t begin = at++;
        if (is_blank(c)) continue;
        if (is_punctuation(c)) {
            found.push_back({c, begin, at});
            continue;
        }
        if (c == '"') {
            while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2u : 1u;
            at = std::min(at + 1, json.size());
            found.push_back({'"', begin, at});
            continue;
        }
        while (at < json.size() && !is_blank(json[at]) && !is_punctuation(json[at]) &&
               json[at] != '"')
            ++at;
        found.push_back({'v', begin, at});
    }
    return found;
}

/// How a writer sets its blanks.
struct spacing {
    std::string_view before_colon = "";
    std::string_view after_colon = "";
    std::string_view before_comma = "";
    std::string_view after_comma = "";
    /// Inside brackets that are not empty.
    std::string_view inside = "";
    /// A new line and so many of `indent` for each level in place of `after_comma` and `inside`.
    std::string_view new_line = "";
    std::string_view indent = "";
};

inline constexpr spacing spacings[] = {
    {},
    {.after_colon = " ", .after_comma = " "},
    {.after_colon = " ", .new_line = "\n", .indent = "  "},
    {.after_colon = " ", .new_line = "\n", .indent = "    "},
    {.after_colon = " ", .new_line = "\r\n", .indent = "\t"},
    {.before_colon = " ", .after_colon = " ", .after_comma = " ", .inside = " "},
    {.after_comma = " "},
    {.after_colon = " "},
    {.after_comma = "\n"},
    {.before_colon = " ", .after_colon = " ", .before_comma = " ", .after_comma = " "},
    {.before_colon = "\n", .after_comma = "\t\t"},
    {.after_colon = "                 ", .after_comma = "\n                                 "},
};

/// The same tokens, from number `from` on with these blanks.
inline std::string respaced(std::string_view json, const spacing& style, std::size_t from = 0) {
    const std::vector<token> tokens = tokens_of(json);
    std::string made;
    made.reserve(json.size() * 2);
    std::size_t level = 0;
    const auto line = [&](std::string_view otherwise) {
        if (style.new_line.empty()) {
            made += otherwise;
            return;
        }
        made += style.new_line;
        for (std::size_t i = 0; i < level; ++i) made += style.indent;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const token& t = tokens[i];
        const std::size_t previous_end = i == 0 ? 0 : tokens[i - 1].end;
        const bool opens = t.kind == '{' || t.kind == '[';
        const bool closes = t.kind == '}' || t.kind == ']';
        if (closes && level != 0) --level;
        if (i < from) {
            made += json.substr(previous_end, t.begin - previous_end);
        } else if (i != 0) {
            const char before = tokens[i - 1].kind;
            const bool opened = before == '{' || before == '[';
            if (closes)
                opened ? void() : line(style.inside);
            else if (opened)
                line(style.inside);
            else if (before == ',')
                line(style.after_comma);
            else if (before == ':')
                made += style.after_colon;
            else if (t.kind == ':')
                made += style.before_colon;
            else if (t.kind == ',')
                made += style.before_comma;
            else if (before == 'v' && t.kind == 'v')
                made += ' ';
        }
        made += json.substr(t.begin, t.end - t.begin);
        if (opens) ++level;
    }
    return made;
}

/// One random change after the other to a text.
class mutator {
public:
    explicit mutator(std::uint64_t seed) : random_{seed} {}

    random& source() { return random_; }

    /// Changes `json` once. A text that is already long is not made longer.
    void mutate(std::string& json) {
        json_ = &json;
        tokens_ = tokens_of(json);
        find_members();
        constexpr std::size_t long_text = 20000;
        const std::size_t kind =
            random_.below(json.size() > long_text ? count_of_shrinking : std::size(changes));
        (this->*changes[kind])();
    }

    /// One byte changed, or all behind one cut off: what needs no tokens and costs little.
    void break_anywhere(std::string& json) {
        json_ = &json;
        random_.one_in(2) ? change_byte() : json.resize(any_place());
    }

    /// The members of some objects in another order. The value stays the same.
    void reorder(std::string& json) {
        for (std::size_t count = 2 + random_.below(12); count != 0; --count) {
            json_ = &json;
            tokens_ = tokens_of(json);
            find_members();
            swap_siblings();
        }
    }

private:
    using change = void (mutator::*)();

    struct member {
        std::size_t begin; // of its name
        std::size_t name_end;
        std::size_t value_begin;
        std::size_t end;
        std::size_t first_token;
        std::size_t end_token;
        /// The token that opens the object; that of the outermost is 0.
        std::size_t object;
    };

    /// The token behind the value that starts at token `at`.
    std::size_t end_of_value(std::size_t at) const {
        std::size_t depth = 0;
        for (; at < tokens_.size(); ++at) {
            const char kind = tokens_[at].kind;
            if (kind == '{' || kind == '[') ++depth;
            if ((kind == '}' || kind == ']') && depth != 0) --depth;
            if (depth == 0) return at + 1;
        }
        return at;
    }
    void find_members() {
        members_.clear();
        open_.clear();
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const char kind = tokens_[i].kind;
            if (kind == '{' || kind == '[') open_.push_back(i);
            if ((kind == '}' || kind == ']') && !open_.empty()) open_.pop_back();
            if (kind != '"' || i + 2 >= tokens_.size() || tokens_[i + 1].kind != ':') continue;
            const std::size_t end = end_of_value(i + 2);
            members_.push_back({tokens_[i].begin, tokens_[i].end, tokens_[i + 2].begin,
                                tokens_[end - 1].end, i, end, open_.empty() ? 0 : open_.back()});
        }
    }

    std::string piece(std::size_t begin, std::size_t end) const {
        return json_->substr(begin, end - begin);
    }
    void replace(std::size_t begin, std::size_t end, std::string_view by) {
        json_->replace(begin, end - begin, by);
    }
    void insert(std::size_t at, std::string_view what) { json_->insert(at, what); }
    std::size_t any_place() { return random_.below(json_->size() + 1); }
    /// Where a token begins or ends.
    std::size_t border() {
        if (tokens_.empty()) return any_place();
        const token& t = random_.one_of(tokens_);
        return random_.one_in(2) ? t.begin : t.end;
    }

    std::string blanks() {
        constexpr std::string_view kinds[] = {" ", "\n", "\t", "\r\n", "  ", "\n    ", "\r"};
        if (!random_.one_in(4)) return std::string{random_.one_of(kinds)};
        return std::string(1 + random_.below(70), random_.one_in(3) ? '\n' : ' ');
    }
    std::string content() {
        static constexpr std::string_view pieces[] = {
            "a",
            "plain words",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u0041",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\u0000",
            "\xC3\xA9",
            "\xE2\x82\xAC",
            "\xF0\x9F\x98\x80",
            "\x7F",
            "]}",
            "{[",
            ",\\\"x\\\":",
            "a run of more than thirty-two plain bytes",
        };
        std::string made;
        for (std::size_t count = random_.below(6); count != 0; --count)
            made += random_.one_of(pieces);
        return made;
    }
    std::string value() {
        static constexpr std::string_view plain[] = {
            "\"\"",
            "\"\"",
            "null",
            "null",
            "0",
            "-1",
            "1",
            "true",
            "false",
            "{}",
            "[]",
            "1.5",
            "1e5",
            "-0",
            "[\"\"]",
            "[{}]",
            "[ ]",
            "{ }",
            "\"5\"",
            "\"yes\"",
            "2147483648",
            "-9223372036854775808",
            "9223372036854775808",
            "0.1e-7",
            "[1,2]",
            "[null]",
        };
        if (!random_.one_in(3)) return std::string{random_.one_of(plain)};
        std::string text = "\"" + content() + "\"";
        return text;
    }
    std::string large_value() {
        std::string made = value();
        for (std::size_t depth = random_.below(6); depth != 0; --depth) {
            if (random_.one_in(2))
                made = "[" + made + "," + value() + "]";
            else
                made = "{\"" + content() + "\":" + made + ",\"more\":" + value() + "}";
        }
        return made;
    }
    std::string unknown_name() {
        static constexpr std::string_view names[] = {
            "x",
            "",
            "unknown",
            "call",
            "calls_",
            "names",
            "id",
            "total",
            "next_url",
            "a_name_that_is_longer_than_all_the_names_in_the_documents_and_than_sixty_four_bytes",
            "c\\u0061ll_id",
            "\\u0063alls",
            "\xC3\xA9",
            "name\\n",
            "n",
            "user_id",
            "name",
        };
        if (members_.empty() || random_.one_in(2)) return std::string{random_.one_of(names)};
        // Nearly one that is known: what a comparison that is too short takes for it.
        const member& m = random_.one_of(members_);
        std::string name = piece(m.begin + 1, m.name_end - 1);
        switch (random_.below(4)) {
        case 0: return name + "x";
        case 1: return name.empty() ? name : name.substr(0, name.size() - 1);
        case 2: return name.empty() ? name : name.substr(1);
        default:
            if (!name.empty()) {
                char& c = name[random_.below(name.size())];
                if (c != '\\') c = c == 'z' ? 'y' : 'z';
            }
            return name;
        }
    }

    void swap(const member& a, const member& b) {
        const std::string left = piece(a.begin, a.end);
        const std::string right = piece(b.begin, b.end);
        replace(b.begin, b.end, left);
        replace(a.begin, a.end, right);
    }
    /// Any two of which neither holds the other.
    void swap_members() {
        if (members_.empty()) return;
        const std::size_t first = random_.below(members_.size());
        const std::size_t other = first + 1 + random_.below(6);
        if (other < members_.size() && members_[other].begin >= members_[first].end)
            swap(members_[first], members_[other]);
    }
    /// Two of one object.
    void swap_siblings() {
        if (members_.empty()) return;
        const member a = random_.one_of(members_);
        const member* other = nullptr;
        std::size_t steps = random_.below(4);
        for (const member& b : members_) {
            if (b.object != a.object || b.begin <= a.begin) continue;
            other = &b;
            if (steps-- == 0) break;
        }
        if (other != nullptr) swap(a, *other);
    }
    void remove_member() {
        if (members_.empty()) return;
        const member m = random_.one_of(members_);
        std::size_t begin = m.begin;
        std::size_t end = m.end;
        if (m.end_token < tokens_.size() && tokens_[m.end_token].kind == ',')
            end = tokens_[m.end_token].end;
        else if (m.first_token != 0 && tokens_[m.first_token - 1].kind == ',')
            begin = tokens_[m.first_token - 1].begin;
        replace(begin, end, "");
    }
    void cut() { json_->resize(random_.one_in(2) ? any_place() : border()); }
    void drop_token() {
        if (tokens_.empty()) return;
        const token t = random_.one_of(tokens_);
        if (t.kind == '"' && random_.one_in(2)) {
            const std::size_t quote = random_.one_in(2) ? t.begin : t.end - 1;
            replace(quote, quote + 1, "");
            return;
        }
        replace(t.begin, t.end, "");
    }
    void erase_bytes() {
        if (json_->empty()) return;
        json_->erase(random_.below(json_->size()), 1 + random_.below(4));
    }
    void change_byte() {
        constexpr std::string_view likely = "{}[]\",:\\u0019-+.eEtfn \n\t\r\x01\x1F\x80\xE2\xFF/";
        if (json_->empty()) return;
        char& c = (*json_)[random_.below(json_->size())];
        c = random_.one_in(4) ? static_cast<char>(random_()) : random_.one_of(likely);
    }
    void change_punctuation() {
        constexpr std::string_view choices = "{}[],:\"";
        for (int tries = 0; tries < 20 && !tokens_.empty(); ++tries) {
            const token t = random_.one_of(tokens_);
            if (!is_punctuation(t.kind)) continue;
            (*json_)[t.begin] = random_.one_of(choices);
            return;
        }
    }
    void change_name() {
        if (members_.empty()) return;
        const member m = random_.one_of(members_);
        const std::string name = piece(m.begin + 1, m.name_end - 1);
        if (name.empty() || random_.one_in(2))
            return replace(m.begin + 1, m.name_end - 1, unknown_name());
        const std::size_t at = random_.below(name.size());
        const auto c = static_cast<unsigned char>(name[at]);
        if (c == '\\' || c == '"' || c >= 0x80) return;
        std::string escape = "\\u00";
        escape += "0123456789abcdef"[c >> 4];
        escape += "0123456789ABCDEF"[c & 15];
        replace(m.begin + 1 + at, m.begin + 2 + at, escape);
    }
    void change_value() {
        if (members_.empty()) return;
        const member m = random_.one_of(members_);
        replace(m.value_begin, m.end, random_.one_in(8) ? large_value() : value());
    }
    void empty_a_run() {
        if (members_.empty()) return;
        const std::size_t first = random_.below(members_.size());
        const std::size_t last = std::min(members_.size(), first + 1 + random_.below(8));
        const std::string_view by = random_.one_in(4) ? "null" : "\"\"";
        std::size_t next_end = json_->size() + 1;
        for (std::size_t i = last; i-- > first;) {
            const member m = members_[i];
            if (m.end > next_end) continue; // holds members that were changed
            replace(m.value_begin, m.end, by);
            next_end = m.begin;
        }
    }
    void control_byte() {
        constexpr std::string_view bytes{"\x00\x01\x0B\x0C\x1F\x1A\x08\x7F", 8};
        insert(random_.one_in(3) ? any_place() : border(), std::string(1, random_.one_of(bytes)));
    }
    void ill_formed_utf8() {
        constexpr std::string_view pieces[] = {
            "\x80",         "\xC3",         "\xC0\x80",         "\xE2\x82",
            "\xED\xA0\x80", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xFF",
            "\xEF\xBB\xBF"};
        insert(any_place(), random_.one_of(pieces));
    }
    /// Half a pair of surrogates, too few digits, an escape that there is not.
    void wrong_escape() {
        constexpr std::string_view pieces[] = {
            "\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ude00\\ud83d", "\\u12", "\\u12g4", "\\x41",
            "\\",      "\\u",     "\\U0041",        "\\ud83dx",       "\\'"};
        std::vector<std::size_t> strings;
        for (const token& t : tokens_)
            if (t.kind == '"') strings.push_back(t.begin + 1);
        if (strings.empty()) return;
        insert(std::min(json_->size(), random_.one_of(strings)), random_.one_of(pieces));
    }
    void add_blanks() { insert(border(), blanks()); }
    void change_spacing() {
        const spacing style = random_.one_of(spacings);
        *json_ = respaced(*json_, style, random_.one_in(3) ? 0 : random_.below(tokens_.size() + 1));
    }
    void duplicate_member() {
        if (members_.empty()) return;
        const member m = random_.one_of(members_);
        std::string copy =
            random_.one_in(2) ? piece(m.begin, m.end) : piece(m.begin, m.value_begin) + value();
        if (random_.one_in(2)) return insert(m.end, "," + copy);
        const member other = random_.one_of(members_);
        insert(other.begin, copy + ",");
    }
    void unknown_member() {
        const std::string made =
            "\"" + unknown_name() + "\":" + (random_.one_in(3) ? large_value() : value());
        if (members_.empty()) return;
        const member m = random_.one_of(members_);
        if (random_.one_in(2))
            insert(m.begin, made + ",");
        else
            insert(m.end, "," + made);
    }
    void repeat_record() {
        std::vector<std::size_t> records;
        for (std::size_t i = 1; i < tokens_.size(); ++i)
            if (tokens_[i].kind == '{' &&
                (tokens_[i - 1].kind == '[' || tokens_[i - 1].kind == ','))
                records.push_back(i);
        if (records.empty()) return;
        const std::size_t first = random_.one_of(records);
        const std::size_t begin = tokens_[first].begin;
        const std::size_t end = tokens_[end_of_value(first) - 1].end;
        const std::string record = piece(begin, end);
        std::string made;
        for (std::size_t count = 1 + random_.below(3); count != 0; --count) {
            std::string copy = record;
            if (random_.one_in(3)) mutator{random_()}.reorder(copy);
            made += "," + copy;
        }
        insert(end, made);
    }
    void transplant() {
        if (members_.size() < 2) return;
        const member from = random_.one_of(members_);
        const member to = random_.one_of(members_);
        if (random_.one_in(2))
            replace(to.value_begin, to.end, piece(from.value_begin, from.end));
        else
            insert(to.begin, piece(from.begin, from.end) + ",");
    }
    void insert_piece() {
        if (json_->empty()) return;
        const std::size_t from = random_.below(json_->size());
        insert(any_place(), piece(from, std::min(json_->size(), from + 1 + random_.below(20))));
    }
    void append() {
        constexpr std::string_view pieces[] = {" ", "\n\n", "{}",   "]",
                                               "}", ",",    "\x01", "          \x01"};
        *json_ += random_.one_of(pieces);
    }

    /// Those that do not make the text much longer come first.
    static constexpr change changes[] = {
        &mutator::swap_members,       &mutator::remove_member,  &mutator::cut,
        &mutator::drop_token,         &mutator::erase_bytes,    &mutator::change_byte,
        &mutator::change_punctuation, &mutator::change_name,    &mutator::empty_a_run,
        &mutator::swap_siblings,      &mutator::change_value,   &mutator::control_byte,
        &mutator::ill_formed_utf8,    &mutator::wrong_escape,   &mutator::add_blanks,
        &mutator::add_blanks,         &mutator::change_spacing, &mutator::duplicate_member,
        &mutator::unknown_member,     &mutator::repeat_record,  &mutator::transplant,
        &mutator::insert_piece,       &mutator::append,
    };
    static constexpr std::size_t count_of_shrinking = 10;

    random random_;
    std::string* json_ = nullptr;
    std::vector<token> tokens_;
    std::vector<member> members_;
    std::vector<std::size_t> open_;
};

} // namespace fuzz
