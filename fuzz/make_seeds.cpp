// Writes what fuzzing starts from into the folder that is named: for each target inputs made of
// seeds.hpp, text_seeds.hpp and the test vectors, and a dictionary made of the tables. Runs in
// tests/. tools/fuzz --minimise keeps those that reach code which others do not.
#include <tipring/json/decode.hpp>

#include "any_object.hpp"
#include "mutate.hpp"
#include "seeds.hpp"
#include "text_seeds.hpp"
#include "vector_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tipring;
namespace files = std::filesystem;

class folder {
public:
    explicit folder(const files::path& where) : where_{where} { files::create_directories(where); }

    void add(std::string_view head, std::string_view body) {
        const files::path name = where_ / std::to_string(count_++);
        std::FILE* const file = std::fopen(name.c_str(), "wb");
        if (file == nullptr) return;
        std::fwrite(head.data(), 1, head.size(), file);
        std::fwrite(body.data(), 1, body.size(), file);
        std::fclose(file);
    }

private:
    files::path where_;
    std::size_t count_ = 0;
};

/// The number of the type that takes the document with the fewest unknown members; how many types
/// there are when none does.
std::size_t best_type(std::string_view document) {
    std::vector<std::byte> bytes(1u << 18);
    std::size_t best = every_type().size();
    std::size_t fewest = static_cast<std::size_t>(-1);
    for (std::size_t i = 0; i < every_type().size(); ++i) {
        const json::table& type = *every_type()[i].table;
        any_object value{type};
        arena memory{std::span<std::byte>{bytes}};
        json::decode_report report;
        if (!json::decode_into(type, value.data(), document, memory, {.report = &report})) continue;
        if (report.unknown_members >= fewest) continue;
        best = i;
        fewest = report.unknown_members;
    }
    return best;
}

std::size_t number_of(const json::table& type) {
    for (std::size_t i = 0; i < every_type().size(); ++i)
        if (every_type()[i].table == &type) return i;
    return 0;
}

/// In every spacing, once cut and once broken.
void add_variants(folder& into, std::string head, std::string_view document) {
    fuzz::mutator change{document.size()};
    for (const fuzz::spacing& style : fuzz::spacings) {
        std::string variant = fuzz::respaced(document, style);
        into.add(head, variant);
        change.reorder(variant);
        change.mutate(variant);
        into.add(head, variant);
    }
}

std::string head_of(std::initializer_list<std::size_t> bytes) {
    std::string made;
    for (const std::size_t byte : bytes) made += static_cast<char>(byte);
    return made;
}

void write_documents(const files::path& top) {
    folder decode{top / "decode"};
    folder rows{top / "row_stream"};
    folder json{top / "json"};
    for (const fuzz::misleading_page& each : fuzz::misleading_pages) json.add("0", each.document);
    for (const fuzz::written_seed& each : fuzz::written_seeds)
        add_variants(json, "0", each.document);
    for (const fuzz::written_seed& each : fuzz::written_seeds)
        add_variants(decode, head_of({number_of(each.type), 0, 40}), each.document);
    const std::size_t calls = number_of(json::table_of<miarec::call_page>);
    for (const fuzz::misleading_page& each : fuzz::misleading_pages) {
        decode.add(head_of({calls, 0, 0}), each.document);
        rows.add(head_of({0, 0, 0, 0}), each.document);
        rows.add(head_of({0, 6, 0, 0}), each.document);
    }
    constexpr std::string_view pages[] = {fuzz::calls_seed, fuzz::users_seed,
                                          fuzz::custom_fields_seed};
    for (std::size_t i = 0; i < std::size(pages); ++i)
        add_variants(rows, head_of({i, 6, 0, 60}), pages[i]);
    add_variants(rows, head_of({0, 200, 1, 90}), fuzz::uneven_calls_seed);
    add_variants(rows, head_of({0, 0, 0, 0}), fuzz::unknown_members_seed);
    for (const std::size_t nested : {5u, 6u})
        add_variants(rows, head_of({nested, 6, 0, 60}), fuzz::nested_users_seed);

    for (const vectors::vector_case& each : vectors::read_folder("vectors/miarec")) {
        for (const auto& [role, block] : each.blocks) {
            const std::string body =
                role.starts_with("http") ? vectors::split_message(block).body : block;
            if (body.empty() || (body[0] != '{' && body[0] != '[')) continue;
            const std::size_t type = best_type(body);
            decode.add(head_of({type == every_type().size() ? 0 : type, 0, 0}), body);
        }
    }
}

void write_values(const files::path& top) {
    folder encode{top / "encode"};
    fuzz::random source{1};
    for (std::size_t type = 0; type < every_type().size(); ++type) {
        for (const std::size_t size : {8u, 64u, 250u}) {
            std::string choices;
            while (choices.size() < size) choices += static_cast<char>(source());
            encode.add(head_of({type}), choices);
        }
    }
}

void write_text(const files::path& top) {
    std::size_t count = 0;
    for (const fuzz::text_seed& each : fuzz::text_seeds) {
        // Besides what others wrote there.
        const files::path folder = top / each.target;
        files::create_directories(folder);
        std::FILE* const file =
            std::fopen((folder / ("text" + std::to_string(count++))).c_str(), "wb");
        if (file == nullptr) continue;
        std::fwrite(each.input.data(), 1, each.input.size(), file);
        std::fclose(file);
    }
}

/// The requests of the vectors as the target `server` takes them, and the choices for some of each
/// service's operations.
void write_requests(const files::path& top) {
    folder server{top / "server"};
    // MiaRec, then CloudLink's services in the target's order; the digit stands for a request.
    constexpr std::string_view services[] = {"",      "authentication", "admin",   "chat",
                                             "media", "notifications",  "workflow"};
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view methods[] = {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"};
    for (const char* const vendor : {"vectors/miarec", "vectors/cloudlink"}) {
        for (const vectors::vector_case& each : vectors::read_folder(vendor)) {
            const std::string* const block = each.block("http request");
            if (block == nullptr) continue;
            const vectors::message request = vectors::split_message(*block);
            const auto service = std::find(std::begin(services), std::end(services),
                                           std::string_view{each.key("service")});
            const auto method = std::find(std::begin(methods), std::end(methods), request.word(0));
            std::string target = request.word(1);
            if (target.starts_with("/20")) target.erase(0, target.find('/', 1));
            std::string content_type;
            for (const auto& [name, value] : request.headers)
                if (name == "Content-Type") content_type = value;
            std::string head;
            head += digits[static_cast<std::size_t>(service - std::begin(services)) * 2 + 1];
            head += 'z';
            head += digits[static_cast<std::size_t>(method - std::begin(methods))];
            server.add(head + "/behind" + target + "\nRange: bytes=0-9\n" + content_type + "\n",
                       request.body);
        }
    }
    fuzz::random source{2};
    for (const char which : std::string_view{"02468acegikm"}) {
        for (std::size_t operation = 0; operation < 12; ++operation) {
            std::string choices;
            while (choices.size() < 60) choices += static_cast<char>(source());
            server.add(std::string{which} + choices[0] + choices[1], choices);
        }
    }
}

void write_dictionary(const files::path& top) {
    std::set<std::string> names;
    for (const random_type type : every_type())
        for (std::size_t i = 0; i < type.table->member_count; ++i)
            names.insert(std::string{type.table->name_of(type.table->members[i])});
    std::FILE* const file = std::fopen((top / "dictionary").c_str(), "w");
    if (file == nullptr) return;
    for (const std::string& name : names)
        std::fprintf(file, "\"\\\"%s\\\":\"\n\",\\\"%s\\\":\\\"\\\"\"\n", name.c_str(),
                     name.c_str());
    for (const char* token : {"null", "true", "false", "\\\"\\\"", "{}", "[]", "\\\\u00e9",
                              "\\\\ud83d\\\\ude00", "\\xC3\\xA9", "\\xEF\\xBB\\xBF", "-1", "1e5"})
        std::fprintf(file, "\"%s\"\n", token);
    std::fclose(file);
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const files::path top{arguments[1]};
    write_documents(top);
    write_values(top);
    write_requests(top);
    write_text(top);
    write_dictionary(top);
    return 0;
}
