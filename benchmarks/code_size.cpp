// A program that decodes and encodes everything that comes from a MiaRec server: what the
// operations answer, and the recorder's health. With the types within, these are all types of that
// API. It is built to be weighed (tools/bench --gate), less the weight of an empty main; what it
// does with its input is of no interest.
#include <cstdio>

#include <tipring/server/miarec.hpp>

namespace {

char input[1 << 16];
char output[1 << 16];
tipring::static_arena<1 << 16> memory;
std::size_t sum = 0;

template <class T>
void there_and_back(tipring::text body) {
    if constexpr (tipring::json::described<T>) {
        memory.reset();
        const auto value = tipring::json::decode<T>(body, memory);
        if (!value) return;
        const auto written = tipring::json::encode(*value, output);
        if (written) sum += written->size();
    }
}

template <class... Operations>
void all_answers(tipring::http::operation_list<Operations...>, tipring::text body) {
    (there_and_back<typename Operations::answer>(body), ...);
}

} // namespace

int main() {
    const tipring::text body{input, std::fread(input, 1, sizeof input, stdin)};
    all_answers(tipring::server::miarec::detail::all_operations{}, body);
    there_and_back<tipring::miarec::recorder_health>(body);
    return sum == 0 ? 1 : 0;
}
