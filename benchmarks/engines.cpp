#include "engines.hpp"

namespace bench {

namespace {

constexpr const engine* all[] = {
    &tipring_engine,
    &tipring_in_place_engine,
    &tipring_owned_engine,
#if TIPRING_BENCHMARK_BOOST
    &tipring_boost_engine,
    &boost_push_engine,
    &boost_dom_engine,
#endif
#if TIPRING_BENCHMARK_RAPIDJSON
    &rapidjson_engine,
    &rapidjson_sax_engine,
#endif
#if TIPRING_BENCHMARK_NLOHMANN
    &nlohmann_engine,
#endif
#if TIPRING_BENCHMARK_SIMDJSON
    &simdjson_ondemand_engine,
    &simdjson_dom_engine,
#endif
#if TIPRING_BENCHMARK_CJSON
    &cjson_engine,
#endif
};

} // namespace

std::span<const engine* const> engines() {
    return all;
}

} // namespace bench
