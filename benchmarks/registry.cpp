#include "registry.hpp"

#include "ceilings.hpp"
#include "engines.hpp"
#include "requests.hpp"

namespace bench {

namespace {

using maker = measurement_ptr (*)(const input& of);

void add(std::vector<benchmark_entry>& to, text job, const input_row& row, text engine_name,
         maker make) {
    std::string name{job};
    name.append("/").append(row.name).append("/").append(engine_name);
    to.push_back({std::move(name), [&row, make] { return make(input_of(row)); }});
}

void add_engines(std::vector<benchmark_entry>& to, text job, unsigned bit, const input_row& row,
                 maker engine::*make) {
    if ((row.jobs & bit) == 0) return;
    for (const engine* each : engines())
        if (each->*make != nullptr && row.records <= each->most_records)
            add(to, job, row, each->name, each->*make);
}

} // namespace

std::vector<benchmark_entry> all_benchmarks() {
    std::vector<benchmark_entry> all;
    for (const input_row& row : input_rows()) {
        add_engines(all, "decode", decodes, row, &engine::decode);
        add_engines(all, "rows", streams, row, &engine::rows);
        add_engines(all, "encode", encodes, row, &engine::encode);
        for (const ceiling& each : ceilings())
            if ((row.jobs & decodes) != 0) add(all, "ceiling", row, each.name, each.make);
    }
    for (const request_row& row : request_rows()) all.push_back({std::string{row.name}, row.make});
    return all;
}

} // namespace bench
