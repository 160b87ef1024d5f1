// One line for people about what came of an operation, whichever of the three it was. Not for logs
// that others read: what a server says may hold anything (log.hpp).
#pragma once

#include <span>

#include <tipring/core/error.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/log.hpp>

namespace tipring::inline TIPRING_ABI::http {

namespace detail {

/// Cut where it is full, and never within an escape.
class cut_line {
public:
    explicit cut_line(std::span<char> buffer) : out_{buffer} {}

    void put(text t) {
        if (is_full_) return;
        is_full_ = t.size() > out_.rest().size();
        out_.put(slice(t, 0, out_.rest().size()));
    }
    void put_received(text lead, text received) {
        if (received.empty()) return;
        put(lead);
        for (std::size_t i = 0; i < received.size() && !is_full_; ++i) {
            char bytes[4];
            writer one{bytes};
            put_printable(slice(received, i, 1), one);
            is_full_ = one.size() > out_.rest().size();
            if (!is_full_) out_.put(one.written());
        }
    }
    void put_error(const error& failure) {
        if (!is_full_) out_.advance(describe(failure, out_.rest()).size());
    }
    text written() const { return out_.written(); }

private:
    writer out_;
    bool is_full_ = false;
};

inline text describe_outcome(int status, const api_error* refused, const error& failure,
                             std::span<char> buffer) {
    cut_line line{buffer};
    char digits[16];
    writer number{digits};
    number.put_integer(status);
    line.put(status == 0 ? text{"no answer"} : number.written());
    if (failure.code != errc::ok) {
        line.put(", ");
        line.put_error(failure);
    }
    if (refused == nullptr) return line.written();
    line.put_received(" ", refused->code);
    line.put_received(": ", refused->message);
    for (const field_error& each : refused->details) {
        line.put("; ");
        line.put_received("", each.field);
        line.put_received(" ", each.code);
        line.put_received(": ", each.message);
    }
    return line.written();
}

} // namespace detail

/// Writes one line: `201`; of a refusal `400 InvalidRecord: Record Validation errors; name: taken`;
/// of our own error `200, url: expected string (at byte 7)`; `no answer` of status 0. What the
/// server said is printed as printable ASCII, other bytes as `\xNN`. The view of `buffer` is cut at
/// its end.
///
///     char line[200];
///     std::puts(std::string{describe(got, line)}.c_str());
template <class T>
text describe(const answer<T>& got, std::span<char> buffer TIPRING_LIFETIMEBOUND) {
    return detail::describe_outcome(got.response().status, got.refusal(), got.error(), buffer);
}

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI {
using http::describe;
}
