// The voice of the guided tour: sections, steps, remarks, and the error that ends it. Only this
// file prints.
#pragma once

#include <concepts>
#include <stdexcept>
#include <string>

#include <tipring/core/error.hpp>
#include <tipring/core/text.hpp>

namespace common {

using tipring::text;

/// A step that did not do what it should. The message names the step.
struct failed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What went over the wire, for people.
struct exchange {
    std::string method;
    std::string target;
    int status = 0;
};

namespace detail {
inline std::string piece(text t) {
    return std::string{t};
}
template <std::integral T>
std::string piece(T number) {
    return std::to_string(number);
}
} // namespace detail

/// join("page ", 3, ": ", name)
template <class... Pieces>
std::string join(const Pieces&... pieces) {
    return (std::string{} + ... + detail::piece(pieces));
}

/// The library's own line about an error of its own.
std::string said(const tipring::error& failure);

/// "1 call", "2 calls"
std::string count(std::size_t number, text thing);

/// An id cut to its first eight characters and a `*`.
std::string brief(text id);

void section(text title);
/// Within a section.
void heading(text title);
/// One request: what was sent, the status that came back, what that means.
void step(const exchange& sent, text meaning);
/// Something that was tried and needed no request, or got no answer; `outcome` stands where a
/// status would.
void attempt(text tried, text outcome, text meaning);
/// One more line about the step above.
void remark(text meaning);
/// A plain line.
void say(text line);

} // namespace common
