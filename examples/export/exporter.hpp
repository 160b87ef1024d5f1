// The export itself: calls day by day and page by page into a file of JSON Lines, then the audio of
// each. Not here: the command line (main.cpp), what is kept (state.hpp), what is shown
// (progress.hpp).
#pragma once

#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include <tipring/auth/basic.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/retry.hpp>

#include "../common/transport.hpp"
#include "progress.hpp"
#include "state.hpp"

namespace exporting {

/// Set by Ctrl-C: the run stops at the next place where it can go on later.
extern volatile std::sig_atomic_t is_stopping;

/// Thrown when it is.
struct stopped {};

struct job {
    std::string server;
    std::string user;
    std::string password;
    tipring::calendar_date from{};
    tipring::calendar_date to{};
    std::string folder;
    bool with_audio = false;
    std::int32_t calls_per_page = 1000;
    tipring::http::retry_limits retries{.most_attempts = 10};
};

using open_file = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

class exporter {
public:
    exporter(const job& what, common::transport& wire, progress& shown);
    /// Goes on from where the last run in this folder came to. Throws `stopped`, and
    /// std::runtime_error with a line for people.
    void run();
    const progress_state& state() const { return state_; }

private:
    void begin();
    void read_day();
    /// Into the calls file, behind what is final.
    std::string read_page(const tipring::http::request& request);
    void fetch_audio();
    void fetch_audio_of(const std::string& line);
    void fetch_file(const std::string& call, const std::string& file);
    void check_part(std::uint64_t& have, open_file& out, const std::string& part) const;
    tipring::text content_range() const;
    /// Sends until there is an answer, as retry_state says. `send` makes one attempt.
    template <class Send>
    void until_answered(Send send);
    void sleep_until(tipring::utc_instant until, const std::string& why, unsigned attempt);
    [[noreturn]] void refuse(const tipring::http::request& request);
    void keep_state() { save(job_.folder + "/state.json", state_); }

    const job& job_;
    common::transport& wire_;
    progress& shown_;
    tipring::auth::basic_authorization login_;
    tipring::origin_server server_;
    progress_state state_;
    open_file calls_{nullptr, std::fclose};
    common::reply reply_;
    tipring::static_arena<16384> request_memory_;
    std::random_device random_;
};

} // namespace exporting
