#include "strictness.hpp"

#include <map>

#include "ceilings.hpp"
#include "engines.hpp"
#include "json_model.hpp"

namespace bench {

namespace {

/// Which of an engine's checks a document is for; other faults belong to none.
enum class about { none, utf8, duplicate_keys, numbers, skipped_values, nothing_wrong };

struct document {
    text name;
    about what;
    text body;
    bench::shape shape = shape::user_envelope;
};

constexpr document documents[] = {
    {"valid", about::nothing_wrong,
     R"({"user":{"user_id":"7","n\u0061me":"J\u00f6rg","is_active":true,"x":[1,-0.5e3,{"y":null}]}})"},
    {"ill-formed UTF-8 in a string", about::utf8, "{\"user\":{\"name\":\"J\xF6rg\"}}"},
    {"overlong UTF-8 in a string", about::utf8, "{\"user\":{\"name\":\"\xC0\xAF\"}}"},
    {"ill-formed UTF-8 in an unknown member", about::utf8, "{\"user\":{\"x\":\"J\xF6rg\"}}"},
    {"lone surrogate", about::none, R"({"user":{"name":"\ud800"}})"},
    {"unknown escape", about::none, R"({"user":{"name":"\x41"}})"},
    {"raw control character in a string", about::none, "{\"user\":{\"name\":\"a\nb\"}}"},
    {"a known member twice", about::duplicate_keys, R"({"user":{"name":"a","name":"b"}})"},
    {"leading zero", about::numbers, R"({"tenant":{"fieldset_licensing":{"recording_seats":01}}})",
     shape::tenant_envelope},
    {"plus sign", about::numbers, R"({"tenant":{"fieldset_licensing":{"recording_seats":+1}}})",
     shape::tenant_envelope},
    {"point without digits behind it", about::numbers,
     R"({"tenant":{"fieldset_licensing":{"recording_seats":1.}}})", shape::tenant_envelope},
    {"leading zero in an unknown member", about::none, R"({"user":{"x":[01]}})"},
    {"misspelt literal in an unknown member", about::skipped_values, R"({"user":{"x":[nul]}})"},
    {"missing comma in an unknown member", about::skipped_values, R"({"user":{"x":[1 2]}})"},
    {"key without quotes in an unknown member", about::skipped_values, R"({"user":{"x":{y:1}}})"},
    {"brackets that do not match in an unknown member", about::skipped_values,
     R"({"user":{"x":[{"y":1]}}})"},
    {"comma before the closing brace", about::none, R"({"user":{"name":"a",}})"},
    {"text behind the document", about::none, R"({"user":{"name":"a"}} x)"},
    {"closing brace missing", about::none, R"({"user":{"name":"a"})"},
    {"byte order mark", about::none, "\xEF\xBB\xBF{\"user\":{\"name\":\"a\"}}"},
    {"comment", about::none, R"({"user":{/* a */"name":"a"}})"},
    {"text where a bool belongs", about::none, R"({"user":{"is_active":"yes"}})"},
};

const input& input_of(const document& given) {
    static std::map<const document*, input> made;
    const auto found = made.find(&given);
    if (found != made.end()) return found->second;
    return made.emplace(&given, make_input(given.name, given.shape, 1, std::string{given.body}))
        .first->second;
}

/// Of a document with nothing wrong: whether all of it is understood, too.
bool accepts(const engine& reader, const document& given) {
    const measurement_ptr work = reader.decode(input_of(given));
    work->renew();
    return given.what == about::nothing_wrong ? work->check() : work->run();
}

bool claims(const engine& reader, about what) {
    switch (what) {
    case about::utf8: return reader.checks.utf8;
    case about::duplicate_keys: return reader.checks.duplicate_keys;
    case about::numbers: return reader.checks.numbers;
    case about::skipped_values: return reader.checks.skipped_values;
    default: return true;
    }
}

/// A claim is broken by one document that is accepted all the same; not to check something must
/// show in at least one.
bool is_as_told(const engine& reader, about what) {
    bool all_refused = true;
    for (const document& each : documents)
        if (each.what == what && accepts(reader, each)) all_refused = false;
    return claims(reader, what) == all_refused;
}

} // namespace

std::string strictness(bool* as_told) {
    node names = node::array();
    for (const document& each : documents) names.push(std::string{each.name});
    node readers = node::object();
    *as_told = true;
    for (const engine* each : engines()) {
        if (each->decode == nullptr) continue;
        node accepted = node::array();
        for (const document& given : documents)
            if (accepts(*each, given)) accepted.push(std::string{given.name});
        readers.add(std::string{each->name}, std::move(accepted));
        *as_told = *as_told && accepts(*each, documents[0]);
        for (const about what :
             {about::utf8, about::duplicate_keys, about::numbers, about::skipped_values})
            *as_told = *as_told && is_as_told(*each, what);
    }
    const node whole = node::object()
                           .add("documents", std::move(names))
                           .add("accepted", std::move(readers))
                           .add("as_claimed", *as_told);
    return print(whole, layout::pretty, escapes::needed) + "\n";
}

std::string rivals() {
    node all = node::array();
    for (const engine* each : engines()) {
        node checked = node::object();
        checked.add("utf8", each->checks.utf8);
        checked.add("duplicate_keys", each->checks.duplicate_keys);
        checked.add("numbers", each->checks.numbers);
        checked.add("skipped_values", each->checks.skipped_values);
        node row = node::object();
        row.add("engine", std::string{each->name}).add("library", std::string{each->library});
        row.add("version", each->version()).add("use", std::string{each->use});
        row.add("checks", std::move(checked));
        all.push(std::move(row));
    }
    node passes = node::array();
    for (const ceiling& each : ceilings())
        passes.push(
            node::object().add("engine", std::string{each.name}).add("use", std::string{each.use}));
    const node whole =
        node::object().add("engines", std::move(all)).add("ceilings", std::move(passes));
    return print(whole, layout::pretty, escapes::needed) + "\n";
}

} // namespace bench
