// One who asks a server: sends requests, decodes what comes back, counts, and ends the tour when
// something is not as it should be. Not here: who signs in and how (each program's own client), the
// wire (transport.hpp).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <tipring/core/arena.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>

#include "tour.hpp"
#include "transport.hpp"

namespace common {

/// Shared by all callers of one tour.
struct tally {
    std::size_t requests = 0;
    std::size_t rows = 0;
};

/// What is answered lives until the next request: copy what you want to keep.
class caller {
public:
    struct options {
        /// Prints every request and response in the library's redacted form.
        bool verbose = false;
        /// Which HTTP stack carries the requests.
        transport (*make_wire)(const transport_options& options) = nullptr;
        transport_options wire = {};
    };

    caller(tally& counts, const options& choices);
    caller(const caller&) = delete;
    caller& operator=(const caller&) = delete;

    /// Sends any request; the tour ends when no answer comes.
    reply& send(const tipring::http::request& request, const on_chunk& chunks = {});
    /// As send(), for those who want to see that no answer comes.
    std::optional<transport_error> try_send(const tipring::http::request& request,
                                            const on_chunk& chunks = {});

    /// The last answer, as that of an Op. Decoded in place, which spoils its bytes.
    template <tipring::http::operation_type Op>
    tipring::http::answer<typename Op::answer> decoded() {
        answer_memory_.reset();
        return tipring::http::decode<Op>(reply_.mutable_view(), answer_memory_);
    }

    /// The tour ends when it is none.
    template <class T>
    T value_of(const tipring::http::answer<T>& got) const {
        if (const auto* refused = got.refusal()) fail(refused->message);
        if (!got) fail(said(got.error()));
        return *got;
    }

    /// Ends the tour, naming the last request.
    [[noreturn]] void fail(text why) const;
    void require(bool condition, text why) const {
        if (!condition) fail(why);
    }

    const options& choices() const { return options_; }
    const exchange& last() const { return last_; }
    const reply& last_reply() const { return reply_; }
    /// Says what the last request meant.
    void tell(text meaning) const { step(last_, meaning); }
    void count_rows(std::size_t more) { counts_.rows += more; }
    /// For requests; empty again.
    tipring::arena& fresh_request_memory() {
        request_memory_.reset();
        return request_memory_;
    }
    std::size_t most_answer_memory() const { return answer_memory_.high_water_mark(); }
    /// Overwrites the last answer, which held secrets.
    void wipe_answer();

private:
    tally& counts_;
    options options_;
    std::vector<char> request_bytes_;
    tipring::arena request_memory_;
    std::vector<char> answer_bytes_;
    tipring::arena answer_memory_;
    transport wire_;
    reply reply_;
    exchange last_;
};

/// Takes the tour that `walk` is, and says how it ended. The status of the program.
int take_tour(text program, const std::function<void(tally& counts)>& walk);

} // namespace common
