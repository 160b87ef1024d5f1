// A type whose one member is called NAME on the wire.
#pragma once

#include <tipring/json/decode.hpp>
#include <tipring/json/equal.hpp>

namespace tipring::inline TIPRING_ABI::example {
struct retry {
    field<text> name{};
};
TIPRING_DESCRIBE(retry, TIPRING_MEMBER(name, "what it is called").named(NAME));
} // namespace tipring::inline TIPRING_ABI::example

tipring::result<tipring::example::retry> read(tipring::text body, tipring::arena& memory) {
    return tipring::json::decode<tipring::example::retry>(body, memory);
}
