// How far an export has come, in a file that is replaced as a whole: what a later run goes on from.
#pragma once

#include <cstdint>
#include <string>

#include <tipring/core/time.hpp>

namespace exporting {

/// Everything before `bytes` in the calls file is complete and final, and so is every audio file of
/// the calls before `audio_bytes`.
struct progress_state {
    std::string server = {};
    tipring::calendar_date from{};
    tipring::calendar_date to{};
    /// The day that is being read.
    tipring::calendar_date day{};
    /// The link to the day's next page; empty at its start.
    std::string next_url = {};
    std::uint64_t calls = 0;
    std::uint64_t bytes = 0;
    std::uint64_t audio_bytes = 0;
    std::uint64_t files = 0;
    std::uint64_t file_bytes = 0;
    std::uint64_t missing = 0;

    bool is_complete() const { return std::chrono::sys_days{day} > std::chrono::sys_days{to}; }
};

/// False when there is no such file. Throws when it cannot be read.
bool load(const std::string& path, progress_state& into);
/// After it, the file is the old one or the new one, whatever happens to the machine.
void save(const std::string& path, const progress_state& state);

std::string written(tipring::calendar_date day);
/// Throws when it is no date such as 2026-01-31.
tipring::calendar_date read_date(const std::string& text);

} // namespace exporting
