#include "exporter.hpp"

#include <filesystem>
#include <stdexcept>
#include <thread>

#include <unistd.h>

#include <tipring/http/answer.hpp>
#include <tipring/http/paging.hpp>
#include <tipring/http/row_stream.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/miarec/call.hpp>

namespace exporting {

namespace http = tipring::http;
namespace miarec = tipring::miarec;
using tipring::field;
using tipring::text;

volatile std::sig_atomic_t is_stopping = 0;

/// What is read of a line of the calls file, to find its audio.
struct audio_file {
    field<text> file_id{};
};
TIPRING_DESCRIBE(audio_file, TIPRING_MEMBER(file_id, "which"));
struct call_with_audio {
    field<text> call_id{};
    field<tipring::list<audio_file>> files{};
};
TIPRING_DESCRIBE(call_with_audio, TIPRING_MEMBER(call_id, "which"),
                 TIPRING_MEMBER(files, "its audio"));

namespace {

constexpr std::size_t most_row_bytes = 65536;

tipring::utc_instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void check_stop() {
    if (is_stopping != 0) throw stopped{};
}

[[noreturn]] void fail(const std::string& where, const tipring::error& why) {
    char line[200];
    throw std::runtime_error{where + ": " + std::string{describe(why, line)}};
}

/// An id as the name of a file: what a file system could take for something else is escaped.
std::string file_name(text id) {
    char escaped[600];
    tipring::writer out{escaped};
    http::put_percent_encoded(out, id);
    const std::string name{out.written()};
    if (name.empty() || name.front() == '.')
        throw std::runtime_error{"an id that cannot be the name of a file"};
    return name;
}

} // namespace

exporter::exporter(const job& what, common::transport& wire, progress& shown)
    : job_{what}, wire_{wire}, shown_{shown} {
    auto login =
        tipring::auth::basic_authorization::make(what.user, tipring::secret{what.password});
    if (!login) fail("user and password", login.error());
    login_ = std::move(*login);
    server_ = {.origin = job_.server, .authorization = login_.header()};
}

void exporter::run() {
    begin();
    for (;;) {
        if (job_.with_audio) fetch_audio();
        check_stop();
        if (state_.is_complete()) return;
        read_day();
    }
}

void exporter::begin() {
    std::filesystem::create_directories(job_.folder + "/audio");
    const bool is_going_on = load(job_.folder + "/state.json", state_);
    if (is_going_on &&
        (state_.server != job_.server || state_.from != job_.from || state_.to != job_.to))
        throw std::runtime_error{job_.folder + " holds the export of " + state_.server + " from " +
                                 written(state_.from) + " to " + written(state_.to)};
    if (is_going_on)
        shown_.say("going on after " + grouped(state_.calls) + " calls");
    else
        state_ = {.server = job_.server, .from = job_.from, .to = job_.to, .day = job_.from};
    const std::string path = job_.folder + "/calls.jsonl";
    calls_.reset(std::fopen(path.c_str(), is_going_on ? "r+b" : "w+b"));
    if (!calls_) throw std::runtime_error{"cannot write " + path};
    if (!is_going_on) keep_state();
}

/// One page of the day, or its last; then the state says what is next.
void exporter::read_day() {
    http::pager pages{server_};
    request_memory_.reset();
    auto request =
        pages.first(miarec::list_calls{.limit = job_.calls_per_page,
                                       .sort_order = miarec::sort_order::asc,
                                       .daterange = tipring::date_range{state_.day, state_.day}},
                    request_memory_);
    if (request && !state_.next_url.empty()) request = pages.next(state_.next_url, request_memory_);
    while (request && *request) {
        state_.next_url = read_page(**request);
        if (state_.next_url.empty())
            state_.day = std::chrono::sys_days{state_.day} + std::chrono::days{1};
        keep_state();
        shown_.show(state_);
        if (job_.with_audio || state_.next_url.empty()) return;
        check_stop();
        request_memory_.reset();
        request = pages.next(state_.next_url, request_memory_);
    }
    if (!request) fail("the next page", request.error());
}

std::string exporter::read_page(const http::request& request) {
    std::string next_url;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    until_answered([&]() -> std::optional<common::transport_error> {
        rows = bytes = 0;
        // Whatever an attempt before has left behind what is final.
        std::fflush(calls_.get());
        if (ftruncate(fileno(calls_.get()), static_cast<off_t>(state_.bytes)) != 0 ||
            fseeko(calls_.get(), static_cast<off_t>(state_.bytes), SEEK_SET) != 0)
            throw std::runtime_error{"cannot write calls.jsonl"};
        std::string failure;
        tipring::error unreadable;
        alignas(8) static std::byte memory[most_row_bytes];
        tipring::row_stream<miarec::list_calls> calls{memory};
        const auto take = [&](text piece) {
            static char line[most_row_bytes];
            calls.feed(piece);
            while (const miarec::call* const call = calls.next()) {
                const auto document =
                    tipring::json::encode(*call, std::span<char>{line}.first(sizeof line - 1));
                if (!document) {
                    unreadable = document.error();
                    return false;
                }
                line[document->size()] = '\n';
                if (std::fwrite(line, 1, document->size() + 1, calls_.get()) !=
                    document->size() + 1) {
                    failure = "cannot write calls.jsonl";
                    return false;
                }
                ++rows;
                bytes += document->size() + 1;
            }
            shown_.show(state_, rows);
            return is_stopping == 0;
        };
        const auto lost = wire_.send(request, reply_, take);
        check_stop();
        if (!failure.empty()) throw std::runtime_error{failure};
        if (unreadable.code != tipring::errc::ok) fail("a call", unreadable);
        if (lost || !http::is_success(reply_.status)) return lost;
        const auto page = calls.end();
        if (!page) fail("a page of " + written(state_.day), page.error());
        next_url = page->next_url.value_or("");
        return std::nullopt;
    });
    if (!http::is_success(reply_.status)) refuse(request);
    if (std::fflush(calls_.get()) != 0 || fsync(fileno(calls_.get())) != 0)
        throw std::runtime_error{"cannot write calls.jsonl"};
    state_.calls += rows;
    state_.bytes += bytes;
    return next_url;
}

template <class Send>
void exporter::until_answered(Send send) {
    http::retry_state attempts{http::method::get, job_.retries};
    for (;;) {
        const std::optional<common::transport_error> lost = send();
        const http::retry_step step = lost ? attempts.lost(lost->delivery, now(), random_())
                                           : attempts.answered(reply_.view(), now(), random_());
        const std::string why = lost ? lost->what : "status " + std::to_string(reply_.status);
        if (step.action == http::retry_action::wait)
            sleep_until(step.until, why, attempts.attempts());
        else if (lost)
            throw std::runtime_error{"no answer: " + why + ", " +
                                     std::to_string(attempts.attempts()) + " times"};
        else
            return;
    }
}

void exporter::sleep_until(tipring::utc_instant until, const std::string& why, unsigned attempt) {
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(until - now()).count();
    shown_.wait("no answer (" + why + "); attempt " + std::to_string(attempt) + " of " +
                std::to_string(job_.retries.most_attempts) + " in " + std::to_string(left) + " s");
    while (now() < until) {
        check_stop();
        std::this_thread::sleep_for(
            std::min(std::chrono::milliseconds{100}, until - now() + std::chrono::milliseconds{1}));
    }
}

void exporter::refuse(const http::request& request) {
    tipring::static_arena<65536> memory;
    const auto got = http::decode<miarec::list_calls>(reply_.view(), memory);
    const auto* const refused = got.refusal();
    const std::string message{refused != nullptr ? refused->message : text{}};
    throw std::runtime_error{"the server refuses " +
                             std::string{request.target.substr(0, request.target.find('?'))} +
                             ": " + std::to_string(reply_.status) + " " + message};
}

void exporter::fetch_audio() {
    open_file lines{std::fopen((job_.folder + "/calls.jsonl").c_str(), "rb"), std::fclose};
    if (!lines || fseeko(lines.get(), static_cast<off_t>(state_.audio_bytes), SEEK_SET) != 0)
        throw std::runtime_error{"cannot read calls.jsonl"};
    std::string line;
    while (state_.audio_bytes < state_.bytes) {
        line.clear();
        for (int c = 0; (c = std::fgetc(lines.get())) != EOF && c != '\n';)
            line += static_cast<char>(c);
        fetch_audio_of(line);
        state_.audio_bytes += line.size() + 1;
        if (state_.files % 20 == 0) keep_state();
        shown_.show(state_);
        check_stop();
    }
    keep_state();
}

void exporter::fetch_audio_of(const std::string& line) {
    tipring::static_arena<16384> memory;
    const auto call = tipring::json::decode<call_with_audio>(line, memory);
    if (!call) fail("calls.jsonl", call.error());
    if (!call->files) return;
    for (const audio_file& each : *call->files)
        fetch_file(std::string{call->call_id.value_or("")}, std::string{each.file_id.value_or("")});
}

text exporter::content_range() const {
    return http::header_value(reply_.headers, "Content-Range");
}

/// The answer to a range may be the whole file, and the file begins anew; but never another range.
void exporter::check_part(std::uint64_t& have, open_file& out, const std::string& part) const {
    if (reply_.status != 206) {
        have = 0;
        out.reset(std::fopen(part.c_str(), "wb"));
    } else if (!content_range().starts_with("bytes " + std::to_string(have) + "-")) {
        throw std::runtime_error{"the server sends another range than was asked for: " + part};
    }
}

/// What is there already is not fetched again, also when it is half a file.
void exporter::fetch_file(const std::string& call, const std::string& file) {
    const std::string path = job_.folder + "/audio/" + file_name(call) + "_" + file_name(file);
    const std::string part = path + ".part";
    if (std::filesystem::exists(path)) return;
    std::error_code none;
    std::uint64_t have = std::filesystem::exists(part) ? std::filesystem::file_size(part, none) : 0;
    bool is_there = false;
    until_answered([&]() -> std::optional<common::transport_error> {
        request_memory_.reset();
        miarec::call_file wanted{.call_id = miarec::call_id{call}, .file_id = text{file}};
        if (have != 0) wanted.range = http::byte_range{.first = static_cast<std::int64_t>(have)};
        const auto request = tipring::encode(wanted, server_, request_memory_);
        if (!request) fail("the file of a call", request.error());
        open_file out{std::fopen(part.c_str(), have != 0 ? "ab" : "wb"), std::fclose};
        if (!out) throw std::runtime_error{"cannot write " + part};
        bool is_first = true;
        const auto lost = wire_.send(*request, reply_, [&](text piece) {
            if (std::exchange(is_first, false) && have != 0) check_part(have, out, part);
            if (!out || std::fwrite(piece.data(), 1, piece.size(), out.get()) != piece.size())
                throw std::runtime_error{"cannot write " + part};
            have += piece.size();
            shown_.show(state_, 0, have);
            return is_stopping == 0;
        });
        out.reset();
        check_stop();
        if (lost) return lost;
        // Nothing is left to send of a file that is whole.
        is_there = http::is_success(reply_.status) ||
                   (reply_.status == 416 && content_range() == "bytes */" + std::to_string(have));
        return std::nullopt;
    });
    if (is_there) {
        std::filesystem::rename(part, path);
        ++state_.files;
        state_.file_bytes += have;
    } else if (reply_.status == 416 && have != 0) {
        // More than the server has: it is another file by now.
        std::filesystem::remove(part);
        fetch_file(call, file);
    } else if (reply_.status == 404 || reply_.status == 410) {
        std::filesystem::remove(part, none);
        ++state_.missing;
        shown_.say("no audio for call " + call + ", file " + file + " (" +
                   std::to_string(reply_.status) + ")");
    } else {
        throw std::runtime_error{"the server refuses the audio of call " + call + ": " +
                                 std::to_string(reply_.status)};
    }
}

} // namespace exporting
