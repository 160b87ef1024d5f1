// HTTP/1.1 read plainly, with the whole text at hand: field values, and chunked bodies line by line
// (RFC 9112 section 7.1). A second way to read what http/wire.hpp reads byte by byte. Knows nothing
// of the library.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plain_http {

/// The first byte that no field value may have (RFC 9110 section 5.5); the size if there is none.
inline std::size_t find_bad_in_value(std::string_view value) {
    std::size_t at = 0;
    while (at < value.size() &&
           (value[at] == '\t' || static_cast<unsigned char>(value[at]) >= 0x20) &&
           value[at] != 0x7F)
        ++at;
    return at;
}
inline bool is_value(std::string_view value) {
    return find_bad_in_value(value) == value.size();
}

enum class verdict { whole, cut, wrong, too_long };

struct chunked_limits {
    std::uint64_t body;
    std::uint16_t line;
    std::uint16_t trailers;
};

struct chunked_body {
    verdict is = verdict::cut;
    /// The size of all that belongs to the body, or the place of the fault.
    std::size_t at = 0;
    /// Of the content, what came before that.
    std::string content = {};
};

/// As the grammar has it, but blanks behind a size need no extension behind them, an extension may
/// be any field value and so may a trailer.
class chunk_reader {
public:
    chunk_reader(std::string_view text, const chunked_limits& limits)
        : text_{text}, limits_{limits} {}

    chunked_body run() {
        for (;;) {
            std::uint64_t size = 0;
            if (!take_size_line(size)) return found_;
            if (size == 0) break;
            const std::string_view data = text_.substr(found_.at, static_cast<std::size_t>(size));
            found_.content += data;
            found_.at += data.size();
            if (!take_line_end()) return found_;
        }
        for (std::size_t used = 0;;) {
            const std::size_t before = found_.at;
            if (!take_trailer(used)) return found_;
            if (found_.at == before + 2) break;
        }
        found_.is = verdict::whole;
        return found_;
    }

private:
    bool end(verdict is, std::size_t at) {
        found_.is = is;
        found_.at = at;
        return false;
    }
    /// Everything up to the next byte that no line may have.
    std::string_view line() const {
        const std::string_view rest = text_.substr(found_.at);
        return rest.substr(0, find_bad_in_value(rest));
    }
    bool take_line_end() {
        for (const char c : {'\r', '\n'}) {
            if (found_.at == text_.size()) return end(verdict::cut, found_.at);
            if (text_[found_.at] != c) return end(verdict::wrong, found_.at);
            ++found_.at;
        }
        return true;
    }
    /// A byte that is one too many is that, whatever it is, unless it ends the line.
    bool fits(std::string_view line, std::size_t most) {
        const std::size_t behind = found_.at + line.size();
        const bool is_ended = behind == text_.size() || text_[behind] == '\r';
        return line.size() + (is_ended ? 0u : 1u) <= most ||
               end(verdict::too_long, found_.at + most);
    }

    bool take_size_line(std::uint64_t& size) {
        const std::string_view all = line();
        const std::size_t start = found_.at;
        const std::string_view shown = all.substr(0, limits_.line);
        const std::size_t digits =
            std::min(shown.find_first_not_of("0123456789abcdefABCDEF"), shown.size());
        for (std::size_t i = 0; i < digits; ++i) {
            size = size * 16 + std::stoull(std::string{shown[i]}, nullptr, 16);
            if (size > limits_.body - found_.content.size())
                return end(verdict::too_long, start + i);
        }
        const std::size_t blanks = std::min(shown.find_first_not_of(" \t", digits), shown.size());
        if (digits == 0 && !shown.empty()) return end(verdict::wrong, start);
        if (blanks < shown.size() && shown[blanks] != ';')
            return end(verdict::wrong, start + blanks);
        if (!fits(all, limits_.line)) return false;
        found_.at += all.size();
        if (digits == 0 && found_.at < text_.size()) return end(verdict::wrong, start);
        return take_line_end();
    }
    bool take_trailer(std::size_t& used) {
        const std::string_view all = line();
        if (!fits(all, limits_.trailers - used)) return false;
        used += all.size();
        found_.at += all.size();
        return take_line_end();
    }

    std::string_view text_;
    chunked_limits limits_;
    chunked_body found_;
};

inline chunked_body read_chunked(std::string_view text, const chunked_limits& limits) {
    return chunk_reader{text, limits}.run();
}

} // namespace plain_http
