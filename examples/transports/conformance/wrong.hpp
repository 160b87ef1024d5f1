// Adapters that are wrong on purpose, each in one way that was seen in the field: what the
// conformance cases are tested with.
#pragma once

#include <span>

#include "cases.hpp"

namespace conformance {

/// A way to be wrong, and the cases that it must fail: these, and no other that is quick.
struct fault {
    text name;
    common::transport (*spoil)(common::transport inner);
    std::span<const text> fails;
    /// What is told to the inner adapter instead.
    common::transport_options (*change)(common::transport_options options) = nullptr;
};

std::span<const fault> faults();

} // namespace conformance
