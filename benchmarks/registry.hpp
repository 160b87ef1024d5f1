// All benchmarks by name, `<job>/<input>/<engine>`: each engine on each input that suits it, and
// the jobs that only tipring has.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "measurement.hpp"

namespace bench {

struct benchmark_entry {
    std::string name;
    std::function<measurement_ptr()> make;
};

std::vector<benchmark_entry> all_benchmarks();

} // namespace bench
