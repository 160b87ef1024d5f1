// Answers of which no document says what they hold: kept as they are written. Not here: lists of
// such things, which are collection<raw_json>.
#pragma once

#include <tipring/core/field.hpp>
#include <tipring/json/describe.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// The whole body, valid JSON of any shape, to be looked into by name or decoded into a struct of
/// your own:
///
///     got->content->find("name").as_text(memory)
///     json::decode<my_group>(got->content->value, memory)
///
/// Not printed: nobody knows what secrets may be in it (quirk Q-40).
struct untyped {
    field<raw_json> content{};
};
TIPRING_DESCRIBE(untyped, TIPRING_MEMBER(content, "the document as it was sent; not printed")
                              .body()
                              .with(json::is_secret));

} // namespace tipring::inline TIPRING_ABI::cloudlink
