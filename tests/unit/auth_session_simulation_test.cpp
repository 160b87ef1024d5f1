// What must never happen to a session in 40 simulated worlds (session_simulation.hpp).
// TIPRING_SIMULATION_STEPS sets how many events each of them plays (2,500).
#include <tipring/auth/session.hpp>
#include <tipring/core/text.hpp>

#include "session_simulation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>

#include "effort.hpp"

using namespace tipring;
using oauth::action;
using session_simulation::simulation;

namespace {

std::uint64_t steps_per_seed() {
    const char* const given = std::getenv("TIPRING_SIMULATION_STEPS");
    const auto number = parse_integer<std::uint64_t>(given != nullptr ? text{given} : text{});
    return number.value_or(effort::share(2'500));
}

} // namespace

TEST_CASE("session: simulated, what must never happen does not") {
    std::map<action, std::uint64_t> endings;
    std::uint64_t token_requests = 0;
    std::uint64_t late_tokens = 0;
    std::uint64_t doubled = 0;
    constexpr unsigned worlds = 40;
    const std::uint64_t each = std::max<std::uint64_t>(steps_per_seed(), 1);
    for (unsigned seed = 0; seed < worlds; ++seed) {
        CAPTURE(seed);
        const bool rough = seed % 5 == 4;
        simulation world{{.clock_jumps = seed % 2 == 1,
                          .may_sign_in_again = seed % 4 >= 2,
                          .early_refresh = seed % 8 >= 4,
                          .lost = rough ? 300u : 80u,
                          .busy = rough ? 300u : 80u,
                          .refused = seed % 3 == 0 ? 0u : 20u,
                          .storms = seed % 3 == 1 ? 40u : 2u},
                         random_values::engine{seed}};
        world.run(each);
        std::string seen;
        for (const std::string& violation : world.violations) seen += violation + "; ";
        CHECK(seen == "");
        for (const auto& [how, count] : world.endings) endings[how] += count;
        token_requests += world.token_requests;
        late_tokens += world.late_tokens;
        doubled += world.doubled;
    }
    // Each of the endings and accidents did happen.
    CHECK(endings[action::deliver] > 0);
    CHECK(endings[action::failed] > 0);
    CHECK(endings[action::locked] > 0);
    CHECK(endings[action::sign_in_required] > 0);
    CHECK(token_requests > 0);
    CHECK(late_tokens > 0);
    CHECK(doubled > 0);
    MESSAGE("delivered ", endings[action::deliver], ", failed ", endings[action::failed],
            ", locked ", endings[action::locked], ", to sign in ",
            endings[action::sign_in_required], ", requests for tokens ", token_requests, ", late ",
            late_tokens, ", doubled ", doubled);
}
