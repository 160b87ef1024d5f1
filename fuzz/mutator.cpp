// How libFuzzer changes inputs that are choices with a JSON document behind them: the choices now
// and then, the document as JSON mostly, else as libFuzzer would. A unit of its own, built without
// sanitizers and counters: what runs here says nothing about the target.
#include "mutate.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
    fuzz::mutator change{seed};
    fuzz::random& source = change.source();
    if (max_size <= fuzz::choices_size) return size;
    if (size < fuzz::choices_size) {
        std::memset(data + size, 0, fuzz::choices_size - size);
        size = fuzz::choices_size;
    }
    if (source.one_in(10))
        data[source.below(fuzz::choices_size)] = static_cast<std::uint8_t>(source());
    if (source.one_in(4))
        return fuzz::choices_size + LLVMFuzzerMutate(data + fuzz::choices_size,
                                                     size - fuzz::choices_size,
                                                     max_size - fuzz::choices_size);
    std::string document{reinterpret_cast<const char*>(data) + fuzz::choices_size,
                         size - fuzz::choices_size};
    for (std::size_t count = 1 + source.below(3); count != 0; --count) change.mutate(document);
    if (document.size() > max_size - fuzz::choices_size)
        document.resize(max_size - fuzz::choices_size);
    if (!document.empty()) std::memcpy(data + fuzz::choices_size, document.data(), document.size());
    return fuzz::choices_size + document.size();
}
