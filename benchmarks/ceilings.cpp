#include "ceilings.hpp"

namespace bench {

namespace {

class copying : public measurement {
public:
    explicit copying(const input& of)
        : measurement{of.records, of.body.size()}, from_{of.body}, to_(of.body.size()) {}
    bool run() override {
        std::memcpy(to_.data(), from_.data(), from_.size());
        return true;
    }
    bool check() override { return run() && text{to_.data(), to_.size()} == from_; }

private:
    text from_;
    std::vector<char> to_;
};

measurement_ptr make_copying(const input& of) {
    return std::make_unique<copying>(of);
}

constexpr ceiling all[] = {
    {"memcpy", "copies the document", &make_copying},
#if TIPRING_BENCHMARK_BOOST
    {"boost_events", "Boost.JSON's push parser with a handler that only counts keys",
     &make_boost_events},
#endif
#if TIPRING_BENCHMARK_SIMDJSON
    {"simdjson_stage1",
     "simdjson's first pass alone: the index of all structural bytes, and UTF-8 checked "
     "(dom_parser_implementation::stage1 of the implementation that it chose for this processor)",
     &make_simdjson_stage1},
#endif
};

} // namespace

std::span<const ceiling> ceilings() {
    return all;
}

} // namespace bench
