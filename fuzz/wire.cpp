// HTTP/1.1 as bytes. An answer of any bytes, cut anywhere, is read as a plain reader reads the
// whole of it, or refused, with an offset in it; its head fits the memory that is given, its body
// lies in what was received. The head of a request is one request: a plain reader sees the same
// method, target and headers, and nothing else. Input: choices (method, memory for the head, cuts),
// then the answer; or a request, a line for each part.
#include <tipring/http/field_rules.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/wire.hpp>

#include "guard_page.hpp"
#include "plain_http.hpp"
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace tipring;
using plain_http::is_value;

struct outcome {
    errc code = errc::ok;
    std::size_t offset = 0;
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    /// How many bytes the answer takes.
    std::size_t used = 0;
};

constexpr http::wire_limits limits{
    .most_body = 200, .most_chunk_line = 20, .most_trailers = 40, .most_interim = 2};
constexpr std::size_t most_headers = 6;

/// By the library, in pieces that end at `cuts`.
outcome read(std::string_view answer, http::method asked, std::size_t head_size,
             const std::vector<std::size_t>& cuts) {
    const std::unique_ptr<char[]> head{new char[head_size + (head_size == 0 ? 1u : 0u)]};
    const std::unique_ptr<http::header[]> headers{new http::header[most_headers]};
    http::response_reader reader{std::span{head.get(), head_size},
                                 std::span{headers.get(), most_headers}, asked, limits};
    outcome found;
    bool has_head = false;
    bool is_over = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= cuts.size() && !is_over; ++i) {
        const std::size_t end = i < cuts.size() ? cuts[i] : answer.size();
        exact_memory::text_before_end page;
        const std::span<char> held = page.keep(answer.substr(begin, end - begin));
        text received{held.data(), held.size()};
        for (std::size_t steps = 0;; ++steps) {
            fuzz::require(steps <= 2 * (end - begin) + 4, "it does not get on", answer);
            const http::wire_step step = reader.next(received);
            fuzz::require(received.size() <= held.size() &&
                              received.data() + received.size() == held.data() + held.size(),
                          "what is left is no end of what was received", answer);
            fuzz::require(step.piece.empty() == (step.event != http::wire_event::body),
                          "a piece that is none", answer);
            if (step.event == http::wire_event::head) {
                fuzz::require(!has_head, "two heads", answer);
                has_head = true;
            }
            if (step.event == http::wire_event::body) {
                fuzz::require(has_head && step.piece.data() >= held.data() &&
                                  step.piece.data() + step.piece.size() <=
                                      held.data() + held.size(),
                              "a body from elsewhere", answer);
                found.body += step.piece;
            }
            is_over = step.event == http::wire_event::end || step.event == http::wire_event::failed;
            if (is_over || step.event == http::wire_event::more) break;
        }
        found.used = end - received.size();
        begin = end;
    }
    const auto closed = reader.closed();
    fuzz::require(reader.body_size() == found.body.size(), "another size of the body", answer);
    if (!closed) {
        found.code = closed.code();
        found.offset = closed.error().offset;
        fuzz::require(found.offset <= answer.size(), "an offset outside", answer);
        return found;
    }
    found.status = reader.response().status;
    for (const http::header& h : reader.response().headers)
        found.headers.emplace_back(h.name, h.value);
    return found;
}

// The plain reader: the whole text at hand, RFC 9112 from top to bottom. Nothing when it refuses.

bool is_token(std::string_view name) {
    return !name.empty() &&
           name.find_first_not_of("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == name.npos;
}
std::string lower(std::string from) {
    for (char& c : from)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return from;
}
std::string without_blanks(std::string_view from) {
    while (!from.empty() && (from.front() == ' ' || from.front() == '\t')) from.remove_prefix(1);
    while (!from.empty() && (from.back() == ' ' || from.back() == '\t')) from.remove_suffix(1);
    return std::string{from};
}

std::optional<std::string> plain_line(std::string& rest) {
    const std::size_t end = rest.find("\r\n");
    if (end == std::string::npos) return std::nullopt;
    const std::string line = rest.substr(0, end);
    rest.erase(0, end + 2);
    if (line.find_first_of("\r\n") != std::string::npos) return std::nullopt;
    return line;
}

std::optional<outcome> plain_head(std::string& rest, bool& is_old) {
    outcome found;
    const auto status = plain_line(rest);
    if (!status || status->size() < 12 || !status->starts_with("HTTP/1.") || (*status)[7] < '0' ||
        (*status)[7] > '9' || (*status)[8] != ' ' || !is_value(*status) ||
        (status->size() > 12 && (*status)[12] != ' '))
        return std::nullopt;
    is_old = (*status)[7] == '0';
    for (std::size_t i = 9; i < 12; ++i) {
        if ((*status)[i] < '0' || (*status)[i] > '9') return std::nullopt;
        found.status = found.status * 10 + ((*status)[i] - '0');
    }
    if (found.status < 100) return std::nullopt;
    std::vector<std::string> lines;
    for (auto line = plain_line(rest);; line = plain_line(rest)) {
        if (!line) return std::nullopt;
        if (line->empty()) break;
        if (line->front() != ' ' && line->front() != '\t') {
            lines.push_back(*line);
        } else {
            if (lines.empty()) return std::nullopt;
            lines.back() += "  " + *line;
        }
    }
    for (const std::string& line : lines) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos || !is_token(line.substr(0, colon)) ||
            !is_value(line.substr(colon + 1)))
            return std::nullopt;
        found.headers.emplace_back(line.substr(0, colon), without_blanks(line.substr(colon + 1)));
    }
    if (found.status < 200) found.headers.clear();
    return found;
}

bool plain_chunks(std::string& rest, std::string& body) {
    const auto read = plain_http::read_chunked(rest, {.body = limits.most_body,
                                                      .line = limits.most_chunk_line,
                                                      .trailers = limits.most_trailers});
    if (read.is != plain_http::verdict::whole) return false;
    body = read.content;
    rest.erase(0, read.at);
    return true;
}

std::optional<outcome> plain_read(std::string_view answer, http::method asked) {
    std::string rest{answer};
    std::optional<outcome> found;
    bool is_old = false;
    do {
        found = plain_head(rest, is_old);
        if (!found || found->status == 101) return std::nullopt;
    } while (found->status < 200);
    std::vector<std::string> codings;
    std::vector<std::string> lengths;
    for (const auto& [name, value] : found->headers) {
        if (lower(name) == "transfer-encoding") codings.push_back(lower(value));
        if (lower(name) == "content-length") lengths.push_back(value);
    }
    if (codings.size() + lengths.size() > 1) return std::nullopt;
    if (asked != http::method::head && found->status != 204 && found->status != 304) {
        if (!codings.empty()) {
            if (is_old || codings[0] != "chunked" || !plain_chunks(rest, found->body))
                return std::nullopt;
        } else if (!lengths.empty()) {
            if (lengths[0].empty() ||
                lengths[0].find_first_not_of("0123456789") != std::string::npos)
                return std::nullopt;
            std::string digits = lengths[0];
            digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
            if (digits.size() > 9 || std::stoull(digits) > rest.size()) return std::nullopt;
            found->body = rest.substr(0, std::stoull(digits));
            rest.erase(0, found->body.size());
        } else {
            found->body = std::exchange(rest, {});
        }
    }
    found->used = answer.size() - rest.size();
    return found;
}

void check_answer(std::string_view answer, http::method asked, std::size_t head_size,
                  unsigned step) {
    const outcome whole = read(answer, asked, 600, {});
    const auto expected = plain_read(answer, asked);
    const bool is_limit = whole.code == errc::capacity || whole.code == errc::too_many ||
                          whole.code == errc::too_long;
    fuzz::require(whole.code != errc::ok || expected, "accepted what is no answer", answer);
    fuzz::require(whole.code == errc::ok || is_limit || !expected, "an answer is refused", answer);
    if (whole.code == errc::ok && expected)
        fuzz::require(whole.status == expected->status && whole.headers == expected->headers &&
                          whole.body == expected->body && whole.used == expected->used,
                      "read otherwise than plainly", answer);
    std::vector<std::size_t> cuts;
    for (std::size_t at = step; at < answer.size(); at += step) cuts.push_back(at);
    const outcome cut = read(answer, asked, 600, cuts);
    fuzz::require(cut.code == whole.code && cut.offset == whole.offset &&
                      cut.status == whole.status && cut.headers == whole.headers &&
                      cut.body == whole.body && (cut.code != errc::ok || cut.used == whole.used),
                  "cut it is another answer", answer);
    const outcome little = read(answer, asked, head_size, cuts);
    fuzz::require(little.code == errc::capacity ||
                      (little.code == whole.code && little.body == whole.body),
                  "memory changes more than capacity", answer);
}

void check_request(fuzz::input_reader input, std::size_t room) {
    constexpr http::method methods[] = {http::method::get,     http::method::head,
                                        http::method::post,    http::method::put,
                                        http::method::delete_, http::method::patch};
    const http::method method = methods[input.choice(6)];
    const std::string origin{input.line()};
    const std::string target{input.line()};
    std::vector<http::header> headers;
    for (int i = 0; i < 2; ++i) {
        const text line = input.line();
        const std::size_t colon = line.find(':');
        if (!line.empty())
            headers.push_back({.name = slice(line, 0, colon),
                               .value = colon == text::npos ? text{} : slice(line, colon + 1)});
    }
    const text body = input.rest();
    const http::request request{
        .method = method, .origin = origin, .target = target, .headers = headers, .body = body};
    static char most[4096];
    const auto written = http::write_head(request, most, http::connection_use::keep);
    const std::unique_ptr<char[]> bytes{new char[room + 1]};
    const auto little =
        http::write_head(request, std::span{bytes.get(), room}, http::connection_use::keep);
    fuzz::require(little.code() == written.code() ||
                      (little.code() == errc::capacity && little.error().needed > room),
                  "memory changes more than capacity", target);
    if (!written) return;
    fuzz::require(little ||
                      (little.code() == errc::capacity && little.error().needed == written->size()),
                  "another size is asked for", target);
    std::string rest{*written};
    const auto first = plain_line(rest);
    const std::string begin = std::string{http::name(method)} + " ";
    fuzz::require(first && first->starts_with(begin) && first->ends_with(" HTTP/1.1"),
                  "no request line", *written);
    const std::string sent = first->substr(begin.size(), first->size() - begin.size() - 9);
    fuzz::require(sent.starts_with('/') && sent.find_first_of(" \t#") == std::string::npos &&
                      is_value(sent) && (target.empty() || sent == target),
                  "another target", *written);
    std::vector<std::pair<std::string, std::string>> fields;
    for (auto line = plain_line(rest); line && !line->empty(); line = plain_line(rest)) {
        const std::size_t colon = line->find(':');
        fuzz::require(colon != std::string::npos && is_token(line->substr(0, colon)) &&
                          is_value(line->substr(colon + 1)),
                      "no field", *written);
        fields.emplace_back(line->substr(0, colon), without_blanks(line->substr(colon + 1)));
    }
    fuzz::require(rest.empty(), "something behind the head", *written);
    fuzz::require(!fields.empty() && lower(fields[0].first) == "host" && !fields[0].second.empty(),
                  "no host", *written);
    std::size_t at = 1;
    for (const http::header& h : headers) {
        fuzz::require(at < fields.size() && fields[at].first == h.name &&
                          fields[at].second == h.value,
                      "another header", *written);
        ++at;
    }
    if (at < fields.size()) {
        fuzz::require(fields[at].first == "Content-Length" &&
                          fields[at].second == std::to_string(body.size()),
                      "another length", *written);
        ++at;
    } else {
        fuzz::require(body.empty(), "a body without a length", *written);
    }
    fuzz::require(at == fields.size(), "a header that nobody gave", *written);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned which = input.choice(3);
    const unsigned room = input.choice(256) * 3;
    const unsigned step = 1 + input.choice(36);
    if (which == 2)
        check_request(input, room);
    else
        check_answer(input.rest(), which == 0 ? http::method::get : http::method::head, room, step);
    return 0;
}
