// A session in a world where everything goes wrong as the input says: never two requests for tokens
// at once, never an old refresh token, never more attempts than allowed, locked when it must be,
// and every call comes to an end (tests/session_simulation.hpp, which judges by what went over the
// wire). Input: what kind of world, then bytes that decide what happens in it.
#include "random_value.hpp"
#include "session_simulation.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned kind = input.choice(8);
    constexpr unsigned per_thousand[] = {0, 20, 80, 300, 700};
    const session_simulation::scenario world{.clock_jumps = (kind & 1) != 0,
                                             .may_sign_in_again = (kind & 2) != 0,
                                             .early_refresh = (kind & 4) != 0,
                                             .lost = per_thousand[input.choice(5)],
                                             .busy = per_thousand[input.choice(5)],
                                             .refused = per_thousand[input.choice(5)],
                                             .storms = input.choice(90)};
    const std::size_t used = size - input.rest().size();
    session_simulation::simulation played{
        world, random_values::engine{std::span{data, size}.subspan(used)}};
    played.run(size);
    std::string violations;
    for (const std::string& each : played.violations) violations += each + "; ";
    fuzz::require_none(violations, "");
    return 0;
}
