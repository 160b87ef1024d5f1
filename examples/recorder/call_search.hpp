// Whether a call matches a search, basic or advanced (manual 3.1.4).
#pragma once

#include <chrono>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include <tipring/core/time.hpp>
#include <tipring/miarec/call.hpp>

#include "store.hpp"

namespace recorder {

/// Whether `part` occurs in `whole`, without regard to the case of ASCII letters.
bool contains_ignoring_case(text whole, text part);

/// A search of calls, ready to be applied to many. Views what it is made of.
///
/// What the manual leaves open is decided like this. Comparisons of text respect case in the
/// advanced search and ignore it in `search_term`. `between` includes both bounds. A parameter with
/// several values, such as phone_number (both sides) or user_name (all participants), matches when
/// one of them does; not_equal_to, is_not and is_empty want it of all of them. Days are those of
/// the API user's zone. A regex is ECMAScript and need only match a part of the text. Parameters
/// that the stand-in has no data for are empty.
class call_matcher {
public:
    /// Throws refusal for what cannot be evaluated: unknown parameters, operators that the type of
    /// the parameter does not have, a regex that is wrong or too long.
    call_matcher(const store& data, const miarec::list_calls& search, utc_instant now,
                 std::chrono::minutes zone);

    bool operator()(const stored_call& call) const;

private:
    bool matches_basic(const stored_call& call) const;
    bool matches(const stored_call& call, std::size_t index) const;
    bool matches_text(const stored_call& call, std::size_t index) const;
    bool matches_set(const stored_call& call, const miarec::condition& wanted) const;
    bool matches_time(const stored_call& call, const miarec::condition& wanted) const;
    utc_instant start_of(tipring::calendar_date day) const;

    const store& data_;
    const miarec::list_calls& search_;
    utc_instant now_;
    std::chrono::minutes zone_;
    /// By the index of the condition.
    std::vector<std::optional<std::regex>> patterns_;
};

} // namespace recorder
