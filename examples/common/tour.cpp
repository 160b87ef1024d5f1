#include "tour.hpp"

#include <cstdio>

namespace common {

namespace {

constexpr std::size_t request_width = 66;
constexpr std::size_t outcome_width = 5;

/// What a server says may hold anything; a terminal gets printable characters.
std::string printable(text from) {
    std::string line{from};
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return line;
}

void put(const std::string& line) {
    std::printf("%s\n", line.c_str());
}

std::string padded(std::string line, std::size_t width) {
    if (line.size() < width) line.append(width - line.size(), ' ');
    return line;
}

bool is_uuid(text at) {
    if (at.size() < 36) return false;
    for (std::size_t i = 0; i < 36; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? at[i] != '-' : tipring::hex_value(at[i]) < 0) return false;
    }
    return true;
}

/// Cuts every UUID in a target.
std::string with_brief_ids(text target) {
    std::string out;
    while (!target.empty()) {
        const bool cut = is_uuid(target);
        const std::size_t size = cut ? 36 : 1;
        out += cut ? brief(tipring::slice(target, 0, size)) : std::string{target.substr(0, 1)};
        target.remove_prefix(size);
    }
    return out;
}

} // namespace

std::string said(const tipring::error& failure) {
    char line[200];
    return std::string{describe(failure, line)};
}

std::string count(std::size_t number, text thing) {
    return join(number, " ", thing, number == 1 ? "" : "s");
}

std::string brief(text id) {
    return id.size() <= 9 ? std::string{id} : join(id.substr(0, 8), "*");
}

void section(text title) {
    put(join("\n", title));
}

void heading(text title) {
    put(join("\n  ", title));
}

void step(const exchange& sent, text meaning) {
    const std::string request = join(padded(sent.method, 6), " ", with_brief_ids(sent.target));
    attempt(request, std::to_string(sent.status), meaning);
}

void attempt(text tried, text outcome, text meaning) {
    const std::string shown = printable(tried);
    if (shown.size() > request_width) put(join("  ", shown));
    const std::string left = shown.size() > request_width ? std::string{} : shown;
    put(join("  ", padded(left, request_width), " ", padded(std::string{outcome}, outcome_width),
             printable(meaning)));
}

void remark(text meaning) {
    put(join(std::string(request_width + outcome_width + 3, ' '), printable(meaning)));
}

void say(text line) {
    put(printable(line));
}

} // namespace common
