// What no decoder can beat: passes over the same bytes that make no value.
#pragma once

#include <span>

#include "measurement.hpp"

namespace bench {

struct ceiling {
    text name;
    /// What the pass does.
    text use;
    measurement_ptr (*make)(const input& of);
};

std::span<const ceiling> ceilings();

#if TIPRING_BENCHMARK_BOOST
measurement_ptr make_boost_events(const input& of);
#endif
#if TIPRING_BENCHMARK_SIMDJSON
measurement_ptr make_simdjson_stage1(const input& of);
#endif

} // namespace bench
