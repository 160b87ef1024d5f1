// Reads the vector files under vectors/, whose grammar is in vectors/miarec/README.md. Programs run
// in tests/, so paths are relative to it. A list names the files, because a program on bare metal
// can read files over semihosting, but not folders.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vectors {

/// One case: id, title, keys in order, blocks by role.
struct vector_case {
    std::string file;
    std::string id;
    std::string title;
    std::vector<std::pair<std::string, std::string>> keys;
    std::vector<std::pair<std::string, std::string>> blocks;

    const std::string* block(std::string_view role) const {
        for (const auto& b : blocks)
            if (b.first == role) return &b.second;
        return nullptr;
    }
    std::string key(std::string_view name) const {
        for (const auto& k : keys)
            if (k.first == name) return k.second;
        return {};
    }
    bool has_key(std::string_view name) const {
        return std::any_of(keys.begin(), keys.end(),
                           [&](const auto& k) { return k.first == name; });
    }
    std::vector<std::string> all(std::string_view name) const {
        std::vector<std::string> found;
        for (const auto& k : keys)
            if (k.first == name) found.push_back(k.second);
        return found;
    }
};

/// Head and body of an HTTP block: the start line, the headers, what follows the empty line.
struct message {
    std::string start;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    std::string word(std::size_t index) const {
        std::size_t at = 0;
        for (; index > 0; --index) at = start.find(' ', at) + 1;
        return start.substr(at, start.find(' ', at) - at);
    }
};

inline std::string read_file(const std::string& path) {
    std::string content;
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return content;
    char buffer[4096];
    for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
        content.append(buffer, got);
    std::fclose(file);
    return content;
}

inline std::vector<std::string> lines_of(const std::string& content) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < content.size()) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        lines.push_back(content.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

inline std::vector<vector_case> read_cases(const std::string& path) {
    std::vector<vector_case> cases;
    std::string role;
    std::string block;
    bool in_fence = false;
    for (const std::string& line : lines_of(read_file(path))) {
        if (in_fence && line != "```") {
            block += line;
            block += '\n';
        } else if (in_fence) {
            if (!block.empty()) block.pop_back();
            if (!cases.empty()) cases.back().blocks.emplace_back(role, block);
            in_fence = false;
        } else if (line.starts_with("```")) {
            in_fence = true;
            role = line.substr(3);
            block.clear();
        } else if (line.starts_with("## ")) {
            vector_case fresh;
            fresh.file = path.substr(path.rfind('/') + 1);
            fresh.id = line.substr(3, line.find(' ', 3) - 3);
            fresh.title = line.substr(std::min(line.size(), 4 + fresh.id.size()));
            cases.push_back(fresh);
        } else if (line.starts_with("- ") && !cases.empty()) {
            const std::size_t colon = line.find(':');
            const std::string value =
                colon + 1 < line.size() ? line.substr(colon + 2) : std::string{};
            cases.back().keys.emplace_back(line.substr(2, colon - 2), value);
        }
    }
    return cases;
}

/// All cases of a folder, in the order of vectors/files.txt.
inline std::vector<vector_case> read_folder(const std::string& folder) {
    std::vector<vector_case> cases;
    for (const std::string& line : lines_of(read_file("vectors/files.txt"))) {
        const std::string file = "vectors/" + line;
        if (!file.starts_with(folder + "/")) continue;
        auto read = read_cases(file);
        cases.insert(cases.end(), read.begin(), read.end());
    }
    return cases;
}

inline message split_message(const std::string& block) {
    message split;
    std::size_t at = 0;
    bool is_first = true;
    while (at <= block.size()) {
        const std::size_t end = std::min(block.find('\n', at), block.size());
        const std::string line = block.substr(at, end - at);
        at = end + 1;
        if (line.empty()) break;
        if (is_first) {
            split.start = line;
            is_first = false;
            continue;
        }
        const std::size_t colon = line.find(": ");
        split.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    if (at < block.size()) split.body = block.substr(at);
    return split;
}

} // namespace vectors
