// The stations of the tour. Each throws `failed` when something is not as it should be.
#pragma once

#include <string>
#include <vector>

#include "client.hpp"

namespace provision {

/// What the first station makes. Ids are kept as text, because answers only live until the next
/// request.
struct made_things {
    std::string suffix{};
    std::string password{};
    std::string tenant{};
    std::string tenant_name{};
    std::string manager_role{};
    std::string agent_role{};
    std::string managers{};
    std::string agents{};
    std::string peter{};
    std::string david{};
    std::string david_login{};
};

/// What the second station finds.
struct found_things {
    /// Of a finished call with a file.
    std::string call{};
    std::string file{};
    std::int64_t file_size = 0;
};

/// Section 4 of the manual: a tenant with two roles, two groups and two users. `suffix` makes the
/// names unique.
made_things provision_tenant(client& api, text suffix);

/// Lists and searches calls, page by page and row by row; looks at one, sets a custom field, mutes.
found_things visit_calls(client& api, const made_things& made);

/// Of visit_calls().
found_things look_at_one(client& api, const std::vector<std::string>& candidates);
void set_custom_field(client& api, const found_things& found);
void mute(client& api, const made_things& made);

/// A signed URL and its file, the same file with an account, a part of it, and a URL past its time.
void fetch_files(client& api, client& anonymous, const found_things& found);

/// One error of each kind: the API's, our own, the wire's.
void show_errors(client& api, client& impostor, client& david, const made_things& made,
                 tally& counts);

/// Deletes what the first station made.
void tidy_up(client& api, const made_things& made);

} // namespace provision
