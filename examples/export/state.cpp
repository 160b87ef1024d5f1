#include "state.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include <tipring/json/decode.hpp>
#include <tipring/json/encode.hpp>

namespace exporting {

using tipring::field;
using tipring::text;

/// The state as the file has it.
struct kept_state {
    field<text> server{};
    field<text> from{};
    field<text> to{};
    field<text> day{};
    field<text> next_url{};
    field<std::int64_t> calls{};
    field<std::int64_t> bytes{};
    field<std::int64_t> audio_bytes{};
    field<std::int64_t> files{};
    field<std::int64_t> file_bytes{};
    field<std::int64_t> missing{};
};
TIPRING_DESCRIBE(kept_state, TIPRING_MEMBER(server, "where the calls are from"),
                 TIPRING_MEMBER(from, "the first day"), TIPRING_MEMBER(to, "the last day"),
                 TIPRING_MEMBER(day, "the day that is being read"),
                 TIPRING_MEMBER(next_url, "the link to its next page"),
                 TIPRING_MEMBER(calls, "complete so far"),
                 TIPRING_MEMBER(bytes, "of the calls file, that are final"),
                 TIPRING_MEMBER(audio_bytes, "of the calls file, whose audio is there"),
                 TIPRING_MEMBER(files, "audio files so far"),
                 TIPRING_MEMBER(file_bytes, "their size together"),
                 TIPRING_MEMBER(missing, "audio files that the server does not have"));

namespace {

std::int64_t to_signed(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
std::uint64_t count_of(const field<std::int64_t>& value) {
    return static_cast<std::uint64_t>(value.value_or(0));
}

void write_all(const std::string& path, text bytes) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool is_good =
        file >= 0 &&
        write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        fsync(file) == 0;
    if (file >= 0) close(file);
    if (!is_good) throw std::runtime_error{"cannot write " + path};
}

} // namespace

std::string written(tipring::calendar_date day) {
    char line[40];
    const int size =
        std::snprintf(line, sizeof line, "%04d-%02u-%02u", static_cast<int>(day.year()),
                      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return {line, static_cast<std::size_t>(size)};
}

tipring::calendar_date read_date(const std::string& from) {
    const auto time = tipring::parse_datetime(from + "T00:00:00Z");
    if (from.size() != 10 || !time)
        throw std::runtime_error{"not a date such as 2026-01-31: " + from};
    return tipring::calendar_date{std::chrono::floor<std::chrono::days>(time->local)};
}

bool load(const std::string& path, progress_state& into) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return false;
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    tipring::static_arena<16384> memory;
    const auto got = tipring::json::decode<kept_state>(bytes, memory);
    if (!got || !got->server || !got->from || !got->to || !got->day)
        throw std::runtime_error{path + " is not a state of an export"};
    into = {.server = std::string{*got->server},
            .from = read_date(std::string{*got->from}),
            .to = read_date(std::string{*got->to}),
            .day = read_date(std::string{*got->day}),
            .next_url = std::string{got->next_url.value_or("")},
            .calls = count_of(got->calls),
            .bytes = count_of(got->bytes),
            .audio_bytes = count_of(got->audio_bytes),
            .files = count_of(got->files),
            .file_bytes = count_of(got->file_bytes),
            .missing = count_of(got->missing)};
    return true;
}

void save(const std::string& path, const progress_state& state) {
    const std::string from = written(state.from);
    const std::string to = written(state.to);
    const std::string day = written(state.day);
    const kept_state kept{.server = text{state.server},
                          .from = text{from},
                          .to = text{to},
                          .day = text{day},
                          .next_url = text{state.next_url},
                          .calls = to_signed(state.calls),
                          .bytes = to_signed(state.bytes),
                          .audio_bytes = to_signed(state.audio_bytes),
                          .files = to_signed(state.files),
                          .file_bytes = to_signed(state.file_bytes),
                          .missing = to_signed(state.missing)};
    char bytes[16384];
    const auto document = tipring::json::encode(kept, bytes);
    if (!document) throw std::runtime_error{"the state of the export is too long"};
    write_all(path + ".new", *document);
    if (std::rename((path + ".new").c_str(), path.c_str()) != 0)
        throw std::runtime_error{"cannot write " + path};
}

} // namespace exporting
