// Runs a fuzz target, built by any compiler, on the files that are named or lie in the folders that
// are named. Each file's name is printed before it is run, so that the last one is what ended the
// program.
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace files = std::filesystem;

std::vector<files::path> inputs_of(const files::path& named) {
    if (!files::is_directory(named)) return {named};
    std::vector<files::path> found;
    for (const auto& entry : files::directory_iterator(named))
        if (entry.is_regular_file()) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

/// False when the file cannot be read.
bool run(const files::path& input) {
    std::printf("%s\n", input.c_str());
    std::fflush(stdout);
    std::FILE* const file = std::fopen(input.c_str(), "rb");
    if (file == nullptr) return false;
    const auto size = static_cast<std::size_t>(files::file_size(input));
    const std::unique_ptr<std::uint8_t[]> content{new std::uint8_t[size == 0 ? 1 : size]};
    const bool is_read = std::fread(content.get(), 1, size, file) == size;
    std::fclose(file);
    if (is_read) LLVMFuzzerTestOneInput(content.get(), size);
    return is_read;
}

} // namespace

/// One that does not hold ends the program, so all that is left to fail is an input that is not
/// there.
int main(int count, char** arguments) {
    std::size_t inputs = 0;
    bool is_good = true;
    for (int i = 1; i < count; ++i) {
        for (const files::path& input : inputs_of(arguments[i])) {
            is_good = run(input) && is_good;
            ++inputs;
        }
    }
    is_good = is_good && inputs != 0;
    std::printf("%zu inputs\n[%s] %d passed, %d failed\n", inputs,
                files::path{arguments[0]}.filename().c_str(), is_good ? 1 : 0, is_good ? 0 : 1);
    return is_good ? 0 : 1;
}
