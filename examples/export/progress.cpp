#include "progress.hpp"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace exporting {

namespace {

double days_between(tipring::calendar_date from, tipring::calendar_date to) {
    return static_cast<double>((std::chrono::sys_days{to} - std::chrono::sys_days{from}).count());
}

std::string duration(double seconds) {
    const auto all = static_cast<long>(std::min(seconds, 359'999.0));
    char line[40];
    std::snprintf(line, sizeof line, all >= 3600 ? "%ld:%02ld:%02ld" : "%.0ld%ld:%02ld", all / 3600,
                  all / 60 % 60, all % 60);
    return line;
}

} // namespace

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

std::string size_of(std::uint64_t bytes) {
    constexpr const char* units[] = {"bytes", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000 && unit + 1 < std::size(units); ++unit) value /= 1000;
    char line[40];
    std::snprintf(line, sizeof line, "%.*f %s", unit == 0 ? 0 : 1, value, units[unit]);
    return line;
}

progress::progress() : is_terminal_{isatty(STDERR_FILENO) == 1} {}
progress::~progress() {
    if (is_line_open_) std::fputs("\n", stderr);
}

void progress::show(const progress_state& state, std::uint64_t rows, std::uint64_t bytes) {
    const auto now = clock::now();
    const double all_days = days_between(state.from, state.to) + 1;
    const double share = std::clamp(days_between(state.from, state.day) / all_days, 0.0, 1.0);
    if (!has_begun_) {
        has_begun_ = true;
        calls_before_ = state.calls;
        share_before_ = share;
    }
    if (now - shown_ < (is_terminal_ ? std::chrono::milliseconds{100} : std::chrono::seconds{10}))
        return;
    shown_ = now;
    const double seconds = std::max(std::chrono::duration<double>(now - began_).count(), 0.001);
    const std::uint64_t calls = state.calls + rows;
    std::string line =
        written(std::min(state.day, state.to)) + "  " + grouped(calls) + " calls  " +
        grouped(static_cast<std::uint64_t>(static_cast<double>(calls - calls_before_) / seconds)) +
        "/s";
    if (state.files + bytes != 0)
        line += "  " + grouped(state.files) + " files, " + size_of(state.file_bytes + bytes);
    line += "  " + std::to_string(static_cast<int>(share * 100)) + " %";
    if (share > share_before_)
        line += "  " + duration(seconds * (1 - share) / (share - share_before_)) + " left";
    put(line);
}

void progress::put(const std::string& line) {
    if (is_terminal_)
        std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
    else
        std::fprintf(stderr, "%s\n", line.c_str());
    is_line_open_ = is_terminal_;
}

void progress::say(const std::string& line) {
    std::fprintf(stderr, "%s%s%s\n", is_terminal_ ? "\r" : "", line.c_str(),
                 is_terminal_ ? "\x1b[K" : "");
    is_line_open_ = false;
}

void progress::wait(const std::string& line) {
    if (is_terminal_) return put(line);
    say(line);
}

} // namespace exporting
