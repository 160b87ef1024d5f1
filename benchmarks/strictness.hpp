// Which invalid documents each engine takes: what --strictness prints.
#pragma once

#include <string>

namespace bench {

/// JSON: the documents, and of each engine those that it accepts. `*is_as_told` says whether each
/// engine checks what its row claims (engines.hpp).
std::string strictness(bool* is_as_told);

/// JSON: each engine with its library, version, use and checks, and the ceilings.
std::string rivals();

} // namespace bench
