// Random filters for the peers of odata.mjs, one JSON object a line: the filter as it stands in a
// query and what it means, either its tree or the ids of the rows that it holds for.
//
// Usage: odata_filters trees COUNT SEED | odata_filters rows COUNT SEED
// `rows` writes the rows first, as one JSON array.
#include "../odata_expressions.hpp"

#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/http/query.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace odata_expressions;

namespace {

std::string quoted(std::string_view words) {
    std::string made = "\"";
    for (const char c : words) {
        if (c == '"' || c == '\\') made += '\\';
        made += c;
    }
    return made + "\"";
}

/// The value of `$filter`, or nothing when it cannot be sent.
std::string encoded(const odata::filter& what) {
    std::string bytes(65536, '\0');
    tipring::writer out{std::span<char>{bytes.data(), bytes.size()}};
    tipring::http::query_writer query{out};
    constexpr std::string_view start = "?$filter=";
    if (!put_query(odata::query{.filter = what}, query) || !out.written().starts_with(start)) {
        std::cerr << "a filter cannot be sent\n";
        std::exit(1);
    }
    return std::string{out.written().substr(start.size())};
}

std::string json(const odata::literal& value) {
    using odata::literal_kind;
    const auto pair = [](std::string_view kind, std::string content) {
        return "[" + quoted(kind) + "," + content + "]";
    };
    const auto milliseconds = [&value] {
        return std::to_string(value.as_time()->time_since_epoch().count());
    };
    switch (value.kind()) {
    case literal_kind::null: return pair("null", "null");
    case literal_kind::boolean: return pair("boolean", value.as_boolean() ? "true" : "false");
    case literal_kind::integer: return pair("number", std::to_string(value.as_integer()));
    case literal_kind::decimal: return pair("number", std::string{value.words()});
    case literal_kind::guid: return pair("guid", quoted(value.words()));
    case literal_kind::time: return pair("time", milliseconds());
    case literal_kind::quoted_time: return pair("quoted_time", milliseconds());
    case literal_kind::date:
        return pair("date", std::to_string(
                                std::chrono::sys_days{value.as_date()}.time_since_epoch().count()));
    default: return pair("string", quoted(value.words()));
    }
}

std::string json(const odata::filter& what) {
    constexpr std::string_view names[] = {
        "eq", "ne", "gt", "ge", "lt", "le", "contains", "startswith", "endswith", "substringof"};
    std::vector<std::string> stack;
    const odata::term* next = what.terms().begin();
    for (const odata::step& s : what.steps()) {
        std::string made;
        if (s.kind == odata::step_kind::term) {
            made = "[" + quoted(names[static_cast<std::size_t>(next->op)]) + "," +
                   quoted(next->property) + "," + json(next->literal) + "]";
            ++next;
        } else {
            const std::string right = stack.back();
            stack.pop_back();
            const std::string left = stack.back();
            stack.pop_back();
            made = std::string{s.kind == odata::step_kind::all ? R"(["and",)" : R"(["or",)"} +
                   left + "," + right + "]";
        }
        stack.push_back(s.negated ? R"(["not",)" + made + "]" : made);
    }
    return stack.back();
}

void write_trees(generator& random, int count) {
    random.text_of = generator::characters::no_coded_quote;
    for (int i = 0; i < count; ++i) {
        filter_maker maker;
        const odata::filter what =
            maker.make(random.expression(1 + random.below(odata::filter::capacity)));
        std::cout << R"({"filter":)" << quoted(encoded(what)) << R"(,"tree":)" << json(what)
                  << "}\n";
    }
}

/// As JSON that an OData service holds.
std::string json(std::size_t property, const value& of) {
    const auto printed = [](const odata::condition& what) {
        char bytes[64];
        tipring::writer out{bytes};
        static_cast<void>(print(what, out));
        return std::string{out.written().substr(out.written().rfind(' ') + 1)};
    };
    if (of.index() == 0) return "null";
    if (property < 2) return quoted(std::get<std::string>(of));
    if (property == 2) return std::get<bool>(of) ? "true" : "false";
    const std::int64_t number = std::get<std::int64_t>(of);
    if (property == 4) return std::to_string(static_cast<double>(number) / 100);
    if (property == 5)
        return quoted(printed(born == std::chrono::year_month_day{std::chrono::sys_days{
                                          std::chrono::days{static_cast<int>(number)}}}));
    if (property == 6)
        return quoted(printed(created == tipring::utc_instant{std::chrono::milliseconds{number}}));
    return std::to_string(number);
}

void write_rows(generator& random, int count) {
    // What the service gets wrong is left out; odata.mjs says what that is.
    random.text_of = generator::characters::no_quotes;
    random.nulls = false;
    random.bool_ne = false;
    random.substringof = false;
    random.inner_negations = false;
    random.properties = {0, 2, 3, 4, 5, 6};
    std::vector<row> rows;
    std::cout << "[";
    for (int id = 0; id < 60; ++id) {
        rows.push_back(random.random_row());
        std::cout << (id == 0 ? "" : ",") << R"({"id":)" << id;
        for (const std::size_t property : random.properties)
            std::cout << "," << quoted(property_names[property]) << ":"
                      << json(property, rows.back()[property]);
        std::cout << "}";
    }
    std::cout << "]\n";
    for (int i = 0; i < count; ++i) {
        const node tree = random.expression(1 + random.below(6));
        filter_maker maker;
        std::cout << R"({"filter":)" << quoted(encoded(maker.make(tree))) << R"(,"ids":[)";
        bool first = true;
        for (std::size_t id = 0; id < rows.size(); ++id) {
            if (!holds(tree, rows[id])) continue;
            std::cout << (first ? "" : ",") << id;
            first = false;
        }
        std::cout << "]}\n";
    }
}

} // namespace

int main(int count, char** arguments) {
    const std::string_view what = count == 4 ? arguments[1] : "";
    if (what != "trees" && what != "rows") {
        std::cerr << "usage: odata_filters trees|rows COUNT SEED\n";
        return 2;
    }
    generator random{std::strtoull(arguments[3], nullptr, 10)};
    if (what == "trees")
        write_trees(random, std::atoi(arguments[2]));
    else
        write_rows(random, std::atoi(arguments[2]));
}
