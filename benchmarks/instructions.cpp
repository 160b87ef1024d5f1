// Runs one benchmark a number of times and nothing else, so that instructions can be counted:
//
//     valgrind --tool=callgrind --toggle-collect=tipring_measured benchmark_instructions NAME TIMES
//
// counts exactly what google-benchmark would time, since setting up, copying afresh and checking
// lie outside of tipring_measured(). Prints the bytes and records of one run, to divide by. --list
// prints all names.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "registry.hpp"

extern "C" __attribute__((noinline)) bool tipring_measured(bench::measurement* work,
                                                           std::size_t times) {
    bool good = true;
    for (std::size_t i = 0; i < times; ++i) good = work->run() && good;
    return good;
}

namespace {

int list() {
    for (const bench::benchmark_entry& each : bench::all_benchmarks())
        std::printf("%s\n", each.name.c_str());
    return 0;
}

int run(bench::measurement& work, std::size_t times) {
    if (!work.check()) {
        std::fputs("the outcome differs from the reference\n", stderr);
        return 1;
    }
    const std::size_t most = work.runs_per_renewal() != 0 ? work.runs_per_renewal() : times;
    bool good = true;
    for (std::size_t left = times; left != 0 && good;) {
        const std::size_t now = left < most ? left : most;
        work.renew();
        good = tipring_measured(&work, now);
        left -= now;
    }
    std::printf("{\"times\": %zu, \"bytes\": %zu, \"records\": %zu}\n", times, work.bytes(),
                work.records());
    return good ? 0 : 1;
}

} // namespace

int main(int argument_count, char** arguments) {
    if (argument_count == 2 && std::strcmp(arguments[1], "--list") == 0) return list();
    if (argument_count != 3 || std::atoi(arguments[2]) < 1) {
        std::fputs("Usage: benchmark_instructions --list | NAME TIMES\n", stderr);
        return 2;
    }
    for (const bench::benchmark_entry& each : bench::all_benchmarks())
        if (each.name == arguments[1])
            return run(*each.make(), static_cast<std::size_t>(std::atoi(arguments[2])));
    std::fprintf(stderr, "there is no benchmark %s (see --list)\n", arguments[1]);
    return 2;
}
