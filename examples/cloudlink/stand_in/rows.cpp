#include "rows.hpp"

namespace stand_in {

using tipring::text;

namespace {

common::refusal bad_filter(std::string message) {
    return {.code = "BadRequestError", .message = std::move(message)};
}

template <class T>
bool compare(odata::comparison op, const T& left, const T& right) {
    switch (op) {
    case odata::comparison::eq: return left == right;
    case odata::comparison::ne: return left != right;
    case odata::comparison::gt: return left > right;
    case odata::comparison::ge: return left >= right;
    case odata::comparison::lt: return left < right;
    case odata::comparison::le: return left <= right;
    default: throw bad_filter("functions are for text alone");
    }
}

bool compare_text(odata::comparison op, text left, text right) {
    switch (op) {
    case odata::comparison::contains:
    case odata::comparison::substringof: return left.find(right) != text::npos;
    case odata::comparison::startswith: return left.starts_with(right);
    case odata::comparison::endswith: return left.ends_with(right);
    default: return compare(op, left, right);
    }
}

bool test(const odata::term& term, const value& found) {
    const odata::literal& wanted = term.literal;
    const auto mismatch = [&term] {
        return bad_filter("$filter: " + std::string{term.property} +
                          " is not compared with a value of that type");
    };
    if (wanted.kind() == odata::literal_kind::null) {
        const bool is_null = std::holds_alternative<std::monostate>(found);
        if (term.op == odata::comparison::eq) return is_null;
        if (term.op == odata::comparison::ne) return !is_null;
        throw mismatch();
    }
    if (const auto* content = std::get_if<text>(&found)) {
        if (wanted.kind() != odata::literal_kind::string) throw mismatch();
        return compare_text(term.op, *content, wanted.words());
    }
    if (const auto* flag = std::get_if<bool>(&found)) {
        if (wanted.kind() != odata::literal_kind::boolean) throw mismatch();
        return compare(term.op, *flag, wanted.as_boolean());
    }
    if (const auto* when = std::get_if<tipring::utc_instant>(&found)) {
        const auto limit = wanted.as_time();
        if (!limit) throw mismatch();
        return compare(term.op, *when, *limit);
    }
    // Of what is null, only "is not" holds.
    return term.op == odata::comparison::ne;
}

} // namespace

value time_of(text written) {
    const auto parsed = tipring::parse_datetime(written);
    const auto when = parsed ? parsed->instant() : std::nullopt;
    return when ? value{*when} : value{};
}

bool holds(const odata::filter& where, const properties& row) {
    bool stack[odata::filter::capacity] = {true};
    std::size_t depth = 0;
    const odata::term* next = where.terms().begin();
    for (const odata::step& each : where.steps()) {
        bool outcome = false;
        if (each.kind == odata::step_kind::term) {
            outcome = test(*next, sort_value(row, next->property));
            ++next;
        } else {
            const bool right = stack[--depth];
            const bool left = stack[--depth];
            outcome = each.kind == odata::step_kind::all ? left && right : left || right;
        }
        stack[depth++] = outcome != each.negated;
    }
    return stack[0];
}

value sort_value(const properties& row, text name) {
    const auto found = row(name);
    if (!found) throw bad_filter("there is no property " + std::string{name} + " here");
    return *found;
}

void check_options(const odata::query& asked) {
    struct option {
        text name;
        bool is_asked_for;
    };
    const option missing[] = {{"$search", !asked.search.empty()},
                              {"$skiptoken", !asked.skiptoken.empty()},
                              {"$expand", !asked.expand.empty()},
                              {"$select", !asked.select.empty()},
                              {"$count", asked.count.has_value()},
                              {"such an $orderby", !asked.orderby.written().empty()}};
    for (const option& each : missing)
        if (each.is_asked_for)
            throw common::refusal{.status = 501,
                                  .code = "NotImplementedError",
                                  .message = "the stand-in has no " + std::string{each.name}};
}

std::string loosely_written(text target) {
    constexpr text left_raw = " ',";
    std::string made;
    while (!target.empty()) {
        const int high = target.size() > 2 ? tipring::hex_value(target[1]) : -1;
        const int low = target.size() > 2 ? tipring::hex_value(target[2]) : -1;
        const char decoded = static_cast<char>(high * 16 + low);
        const bool is_escape = target.front() == '%' && high >= 0 && low >= 0;
        const bool becomes_raw = is_escape && left_raw.find(decoded) != text::npos;
        made += becomes_raw ? decoded : target.front();
        target.remove_prefix(becomes_raw ? 3 : 1);
    }
    return made;
}

} // namespace stand_in
