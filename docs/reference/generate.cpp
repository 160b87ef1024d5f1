// Prints the reference page of the MiaRec API, made from the tables. tools/reference puts it into docs/reference/miarec.md.
#include <cstdio>
#include <string>
#include <string_view>

#include <tipring/server/miarec.hpp>

namespace {

using namespace tipring;

void print(std::string_view words) { std::fwrite(words.data(), 1, words.size(), stdout); }

std::string kind_of(const json::description& d) {
    switch (d.facts.kind) {
        case json::kind::text: return d.known_count != 0 ? "text, one of" : "text";
        case json::kind::raw: return "any JSON";
        case json::kind::number: return "number";
        case json::kind::integer: return "integer";
        case json::kind::enumeration: return "integer code";
        case json::kind::boolean: return "boolean";
        case json::kind::object: return "object";
        case json::kind::array: return d.facts.element == json::kind::object ? "array of objects" : "array of text";
        case json::kind::map: return "object with free keys";
        default: return "typed";
    }
}

std::string facts_of(const json::description& d) {
    std::string facts;
    const auto add = [&](bool holds, std::string_view word) {
        if (!holds) return;
        if (!facts.empty()) facts += ", ";
        facts += word;
    };
    const json::member& m = d.facts;
    add(m.has(json::in_path), "path");
    add(m.has(json::in_query), "query");
    add(m.has(json::in_header), "header");
    add(m.has(json::required), "required");
    add(m.has(json::read_only), "read-only");
    add(m.has(json::write_only), "write-only");
    add(m.has(json::is_secret), "secret");
    add(m.has(json::deprecated), "deprecated");
    add(m.has(json::nullable), "may be null");
    add(m.limit != 0, "at most " + std::to_string(m.limit));
    add(!d.also.empty(), "also read as `" + std::string{d.also} + "`");
    return facts;
}

void print_members(const json::description* members, std::size_t count) {
    print("| member | what | facts | |\n|---|---|---|---|\n");
    for (std::size_t i = 0; i < count; ++i) {
        const json::description& d = members[i];
        std::string kind = kind_of(d);
        for (std::size_t k = 0; k < d.known_count; ++k) kind += " `" + std::string{d.known_names[k]} + "`";
        print("| `" + std::string{d.name} + "` | " + kind + " | " + facts_of(d) + " | " + std::string{d.doc} + " |\n");
    }
}

template <described T>
void print_type(std::string_view name) {
    print("\n### `" + std::string{name} + "`\n\n");
    constexpr const auto& members = json::detail::descriptions_of<T>;
    print_members(members.data(), members.size());
}

template <http::operation_type Op>
void print_operation() {
    const http::operation& facts = http::operation_of<Op>;
    print("\n### `" + std::string{facts.name} + "`\n\n" + std::string{facts.doc} + " `" +
          std::string{http::name(facts.method)} + " " + std::string{facts.path} + "`");
    if (!facts.other_path.empty()) print(", also `" + std::string{facts.other_path} + "`");
    print(". Source: " + std::string{facts.source});
    if (facts.evidence != http::evidence::documented) print(" (evidence: " + std::string{http::name(facts.evidence)} + ")");
    print(".\n\n");
    constexpr const auto& members = json::detail::descriptions_of<Op>;
    print_members(members.data(), members.size());
}

template <class... Ops>
void print_operations(server::miarec::detail::operation_list<Ops...>) {
    (print_operation<Ops>(), ...);
}

} // namespace

int main() {
    print("# MiaRec: operations and types\n\nMade by `tools/reference` from the tables in `include/tipring/miarec`; do not edit.\n"
          "What was decided where the documents contradict themselves (D-nn) is in [../miarec.md](../miarec.md).\n\n## Operations\n");
    print_operations(server::miarec::detail::all_operations{});
    print("\n## Types\n");
    print_type<miarec::call>("call");
    print_type<miarec::file>("file");
    print_type<miarec::participant>("participant");
    print_type<miarec::call_custom_field_value>("call_custom_field_value");
    print_type<miarec::file_url>("file_url");
    print_type<miarec::client>("client");
    print_type<miarec::contact>("contact");
    print_type<miarec::encrypt_key>("encrypt_key");
    print_type<miarec::authorized_user>("authorized_user");
    print_type<miarec::group>("group");
    print_type<miarec::role>("role");
    print_type<miarec::permission>("permission");
    print_type<miarec::tenant>("tenant");
    print_type<miarec::tenant_licensing>("tenant_licensing");
    print_type<miarec::tenant_associate_calls>("tenant_associate_calls");
    print_type<miarec::user>("user");
    print_type<miarec::user_login>("user_login");
    print_type<miarec::user_recording>("user_recording");
    print_type<miarec::user_licensing>("user_licensing");
    print_type<miarec::custom_field>("custom_field");
    print_type<miarec::recorder_health>("recorder_health");
    print_type<miarec::error_body>("error_body");
}
