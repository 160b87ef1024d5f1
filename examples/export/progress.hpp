// What a person sees while an export runs: one line that changes on a terminal, a line now and then
// in a log.
#pragma once

#include <chrono>
#include <string>

#include "state.hpp"

namespace exporting {

class progress {
public:
    progress();
    ~progress();
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    /// May be called as often as one likes. `rows` are those of the page that is being read,
    /// `bytes` those of the audio file.
    void show(const progress_state& state, std::uint64_t rows = 0, std::uint64_t bytes = 0);
    /// A line that stays.
    void say(const std::string& line);
    /// Until the next show(): something that is waited for.
    void wait(const std::string& line);

private:
    void put(const std::string& line);

    using clock = std::chrono::steady_clock;
    clock::time_point began_ = clock::now();
    clock::time_point shown_{};
    std::uint64_t calls_before_ = 0;
    double share_before_ = 0;
    bool has_begun_ = false;
    bool is_terminal_;
    bool is_line_open_ = false;
};

/// 1234567 as `1,234,567`.
std::string grouped(std::uint64_t number);
/// Bytes as `1.2 MB`.
std::string size_of(std::uint64_t bytes);

} // namespace exporting
