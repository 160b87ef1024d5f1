// The benchmark program: google-benchmark over the registry, with the options that it has itself
// and
//
//     --rivals       print what is measured and how, as JSON, and end
//     --strictness   print which invalid documents each engine accepts, as JSON, and end; fails
//     when
//                    that is not what its row in engines.hpp says
//
// A benchmark whose outcome differs from the reference ends with an error, and so does the program.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "../tests/no_heap.hpp"
#include "engines.hpp"
#include "registry.hpp"
#include "strictness.hpp"

namespace {

/// One benchmark and its work, which is set up and checked when it runs for the first time and then
/// kept: repetitions come in any order.
struct prepared {
    bench::benchmark_entry entry;
    bench::measurement_ptr work = nullptr;
    bool is_right = false;

    void prepare() {
        if (work != nullptr) return;
        work = entry.make();
        is_right = work->check();
    }
};

bool anything_failed = false;

void fail(benchmark::State& state, const char* why) {
    anything_failed = true;
    state.SkipWithError(why);
}

void count(benchmark::State& state, const bench::measurement& work, std::size_t allocations) {
    const auto runs = state.iterations();
    state.SetBytesProcessed(runs * static_cast<std::int64_t>(work.bytes()));
    state.counters["records"] = static_cast<double>(work.records());
    state.counters["bytes"] = static_cast<double>(work.bytes());
    state.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations), benchmark::Counter::kAvgIterations);
}

/// Work that can be done over and over.
bool measure(benchmark::State& state, bench::measurement& work) {
    for (auto _ : state)
        if (!work.run()) return false;
    return true;
}
/// Work that spoils what it reads: in batches, each on fresh copies.
bool measure_renewed(benchmark::State& state, bench::measurement& work) {
    const auto batch = static_cast<std::int64_t>(work.runs_per_renewal());
    while (state.KeepRunningBatch(batch)) {
        state.PauseTiming();
        work.renew();
        state.ResumeTiming();
        for (std::int64_t i = 0; i < batch; ++i)
            if (!work.run()) return false;
    }
    return true;
}

void run(benchmark::State& state, prepared& what) {
    what.prepare();
    if (!what.is_right) return fail(state, "the outcome differs from the reference");
    // What a first run sets up for later ones is not counted.
    what.work->renew();
    if (!what.work->run()) return fail(state, "the work failed");
    no_heap_guard guard;
    const bool good = what.work->runs_per_renewal() == 0 ? measure(state, *what.work)
                                                         : measure_renewed(state, *what.work);
    const std::size_t allocations = guard.stop();
    if (!good) return fail(state, "the work failed");
    count(state, *what.work, allocations);
}

std::string processor() {
    std::ifstream facts{"/proc/cpuinfo"};
    for (std::string line; std::getline(facts, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown";
}

void add_context() {
#if defined(__clang__)
    benchmark::AddCustomContext("compiler", __VERSION__);
#else
    benchmark::AddCustomContext("compiler", "GCC " __VERSION__);
#endif
    benchmark::AddCustomContext("flags", TIPRING_BENCHMARK_FLAGS);
    benchmark::AddCustomContext("processor", processor());
    std::map<std::string, std::string> versions;
    for (const bench::engine* each : bench::engines())
        versions.emplace(each->library, each->version());
    for (const auto& [library, version] : versions) benchmark::AddCustomContext(library, version);
}

bool has(int count, char** arguments, const char* option) {
    for (int i = 1; i < count; ++i)
        if (std::strcmp(arguments[i], option) == 0) return true;
    return false;
}

} // namespace

int main(int argument_count, char** arguments) {
#if defined(__GLIBC__)
    // Freed memory is kept, so that no engine pays for the page faults of another.
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
#endif
    if (has(argument_count, arguments, "--rivals")) {
        std::fputs(bench::rivals().c_str(), stdout);
        return 0;
    }
    if (has(argument_count, arguments, "--strictness")) {
        bool as_told = false;
        std::fputs(bench::strictness(&as_told).c_str(), stdout);
        return as_told ? 0 : 1;
    }
    benchmark::Initialize(&argument_count, arguments);
    if (benchmark::ReportUnrecognizedArguments(argument_count, arguments)) return 2;
    add_context();
    std::vector<std::unique_ptr<prepared>> all;
    for (bench::benchmark_entry& entry : bench::all_benchmarks()) {
        all.push_back(std::make_unique<prepared>(prepared{.entry = std::move(entry)}));
        prepared& what = *all.back();
        benchmark::RegisterBenchmark(what.entry.name.c_str(),
                                     [&what](benchmark::State& state) { run(state, what); });
    }
    const std::size_t matched = benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return matched == 0 || anything_failed ? 1 : 0;
}
