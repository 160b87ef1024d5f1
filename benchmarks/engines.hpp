// The engines that are measured, one row each: what they are, how they are used, what they do not
// check, and how to set their work up. Which of the rivals there are was decided when this was
// built.
#pragma once

#include <span>
#include <string>

#include "measurement.hpp"

namespace bench {

/// What a reader refuses. --strictness shows whether that is true.
struct checks {
    bool utf8 = true;
    bool duplicate_keys = true;
    bool numbers = true;
    /// The inside of values that nobody asked for.
    bool skipped_values = true;
};

struct engine {
    /// In the names of benchmarks.
    text name;
    text library;
    std::string (*version)();
    /// How it is used here, and what else is to be known.
    text use;
    bench::checks checks = {};
    measurement_ptr (*decode)(const input& of) = nullptr;
    measurement_ptr (*encode)(const input& of) = nullptr;
    measurement_ptr (*rows)(const input& of) = nullptr;
    /// Larger inputs are left to others: they only show that cost grows linearly.
    std::size_t most_records = 1000;
};

std::span<const engine* const> engines();

template <class Measurement>
measurement_ptr make_measurement(const input& of) {
    return std::make_unique<Measurement>(of);
}

extern const engine tipring_engine;
extern const engine tipring_in_place_engine;
extern const engine tipring_owned_engine;
extern const engine tipring_boost_engine;
extern const engine boost_push_engine;
extern const engine boost_dom_engine;
extern const engine rapidjson_engine;
extern const engine rapidjson_sax_engine;
extern const engine nlohmann_engine;
extern const engine simdjson_ondemand_engine;
extern const engine simdjson_dom_engine;
extern const engine cjson_engine;

} // namespace bench
