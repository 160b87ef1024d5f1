// Chunked bodies: all short ones and everything near longer ones, as tests/plain_http.hpp reads
// them. Given as a whole and cut at every place it is the same content, end, error and place of the
// error.
#include <tipring/http/wire.hpp>

#include "exhaust.hpp"
#include "plain_http.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tipring;

namespace {

using plain_http::verdict;

/// Reads bodies that follow one head.
class framing {
public:
    framing(exhaust::tally& seen, const plain_http::chunked_limits& limits)
        : seen_{seen}, limits_{limits}, begun_{memory_,
                                               headers_,
                                               http::method::get,
                                               {.most_body = limits.body,
                                                .most_chunk_line = limits.line,
                                                .most_trailers = limits.trailers}} {
        text rest = head;
        static_cast<void>(begun_.next(rest));
    }

    /// Whether more bytes behind these could change anything.
    bool compare(std::string_view body) {
        const plain_http::chunked_body expected = plain_http::read_chunked(body, limits_);
        bool is_right = true;
        for (std::size_t at = 0; at <= body.size(); ++at)
            is_right = is_right && agrees(body, at, expected);
        seen_.note(body, expected.is == verdict::whole, is_right);
        return expected.is == verdict::cut;
    }

private:
    static constexpr text head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /// In two pieces. What comes after the end of everything is left alone.
    bool agrees(text body, std::size_t cut, const plain_http::chunked_body& expected) const {
        http::response_reader reader = begun_;
        std::string content;
        std::size_t used = 0;
        http::wire_event last = http::wire_event::more;
        for (text left : {slice(body, 0, cut), slice(body, cut)}) {
            const std::size_t size = left.size();
            do {
                const http::wire_step step = reader.next(left);
                last = step.event;
                if (step.piece.empty() == (last == http::wire_event::body)) return false;
                content += step.piece;
            } while (last == http::wire_event::body);
            used += size - left.size();
        }
        return content == expected.content && reader.body_size() == content.size() &&
               ends_as(reader, last, used, body.size(), expected);
    }

    static bool ends_as(http::response_reader& reader, http::wire_event last, std::size_t used,
                        std::size_t size, const plain_http::chunked_body& expected) {
        const auto closed = reader.closed();
        const auto refuses = [&closed](errc code, std::size_t at) {
            return closed.code() == code && closed.error().offset == head.size() + at;
        };
        switch (expected.is) {
        case verdict::whole:
            return last == http::wire_event::end && used == expected.at && closed &&
                   reader.is_reusable();
        case verdict::cut:
            return last == http::wire_event::more && used == size &&
                   refuses(errc::unexpected_end, size);
        case verdict::wrong:
            return last == http::wire_event::failed && refuses(errc::invalid_message, expected.at);
        default: return last == http::wire_event::failed && refuses(errc::too_long, expected.at);
        }
    }

    exhaust::tally& seen_;
    plain_http::chunked_limits limits_;
    char memory_[head.size()] = {};
    http::header headers_[1] = {};
    http::response_reader begun_;
};

constexpr plain_http::chunked_limits large{
    .body = std::uint64_t{1} << 40, .line = 256, .trailers = 4096};

} // namespace

void exhaust::chunks(tally& seen) {
    framing read{seen, large};
    const auto use = [&](std::string_view body) { return read.compare(body); };
    for (std::size_t length = 0; length <= 6; ++length) for_all("01a;\r\n\"= x", length, 0, 1, use);
    for_all_going_on("01;\r\nx", 11, use);
    for (const char* const form :
         {"2;x=\"\"\r\n\r\n\r\n1\r\nx\r\n00;a\r\n\r\n", "1 \t;\r\nx\r\n0\r\nA: x\r\n x\r\n\r\n"})
        for_all_nearby(form, "01aF;\r\n\"= \t:\x01\x7F\xE9", use);
}

/// As much as is allowed, and one more.
void exhaust::limits_of_chunks(tally& seen) {
    for (const plain_http::chunked_limits limits :
         {plain_http::chunked_limits{.body = 1, .line = 2, .trailers = 2},
          plain_http::chunked_limits{.body = 2, .line = 3, .trailers = 1}}) {
        framing read{seen, limits};
        for_all_going_on("012;\r\nx", 16,
                         [&](std::string_view body) { return read.compare(body); });
    }
}
