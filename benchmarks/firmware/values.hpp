// The record of record.hpp as a value, for writing.
#pragma once

#include "record_types.hpp"

namespace record {

inline constexpr text from_groups[] = {"sales", "support", "night shift"};
inline constexpr text to_groups[] = {"reception"};
inline constexpr file files[] = {{.file_size = 1284664}, {.file_size = 98304}};
inline constexpr call value = {
    .call_id = "e03f497d-bdff-1019-102b-f5caab54f081",
    .duration = 312,
    .is_confidential = false,
    .mean_opinion_score = tipring::number{"4.31"},
    .from = party{.number = "+14085550142",
                  .name = "Zo\u00EB \"Zee\" Bront\u00EB \U0001F4DE",
                  .user = user{.user_id = "546340bf-7b47-11e4-85a4-e03f497dbdff",
                               .groups = from_groups}},
    .to =
        party{.number = "8442",
              .name = "Front desk",
              .user = user{.user_id = "61e6e6b0-f147-11e5-b8b3-e03f497dbdff", .groups = to_groups}},
    .files = files};

} // namespace record
