// HTTP/1.1 as bytes (RFC 9112), for those who have a socket and no HTTP stack: the head of a
// request written into the caller's buffer, an answer read from pieces of any size. Strict,
// bounded, without memory of its own. Not here: sockets, TLS, kept bodies, content codings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/url.hpp>

namespace tipring::inline TIPRING_ABI::http {

/// Whether a connection is for one request. `close` is said to the server.
enum class connection_use : std::uint8_t { close, keep };

namespace detail {

/// What only the one who frames the message may say; a request that brings it could be read in two
/// ways.
constexpr bool is_framing_header(text name) {
    constexpr text names[] = {
        "Host",   "Content-Length", "Transfer-Encoding", "Connection", "TE", "Upgrade",
        "Expect", "Trailer"};
    for (const text each : names)
        if (equal_ignoring_case(each, name)) return true;
    return false;
}

/// Where a request goes: its own target, or, for a URL that is used as it stands, that of the URL
/// in its origin.
constexpr result<void> put_request_line(const request& from, const url_view& url, writer& out) {
    const std::size_t bad = find_bad_in_url_part(from.target, true, url_characters::strict);
    if (bad != from.target.size()) return bad_url(bad);
    if (!from.target.empty() && from.target.front() != '/') return bad_url(0);
    if (!from.target.empty() && (!url.path.empty() || url.has_query))
        return error{.code = errc::bad_url};
    out.put(name(from.method));
    out.put(' ');
    out.put(from.target);
    if (from.target.empty()) {
        out.put(url.path.empty() ? text{"/"} : url.path);
        if (url.has_query) {
            out.put('?');
            out.put(url.query);
        }
    }
    out.put(" HTTP/1.1\r\nHost: ");
    out.put(url.host);
    if (!url.port.empty() && url.port_number != default_port(url.scheme)) {
        out.put(':');
        out.put(url.port);
    }
    out.put("\r\n");
    return {};
}

} // namespace detail

/// Whether Content-Length goes with a request: with every body, and with methods for which none is
/// remarkable (RFC 9110 section 8.6).
constexpr bool needs_content_length(const request& of) {
    return !of.body.empty() || of.method == method::post || of.method == method::put ||
           of.method == method::patch;
}

/// Writes the head of `from`: request line, Host, its headers as they are and in their order,
/// Content-Length where needs_content_length() says so, and the empty line; `from.body` is to be
/// sent behind it. A target that is empty is that of the URL in `from.origin`.
///
/// errc::bad_url for an origin or a target that cannot be sent, bad_header as check() and for
/// headers that are not the caller's to give (Host, Content-Length, Transfer-Encoding, Connection,
/// TE, Upgrade, Expect, Trailer), missing_parameter for a method that is none, capacity with the
/// size that is enough. What was written is of no use then.
inline result<text> write_head(const request& from, std::span<char> into TIPRING_LIFETIMEBOUND,
                               connection_use use = connection_use::close) {
    const result<url_view> url = parse_url(from.origin);
    if (!url) return url.error();
    if (name(from.method).empty()) return errc::missing_parameter;
    if (const result<void> good = check(from.headers); !good) return good.error();
    writer out{into};
    if (const result<void> put = detail::put_request_line(from, *url, out); !put)
        return put.error();
    for (const header& each : from.headers) {
        if (detail::is_framing_header(each.name)) {
            error failure = {};
            detail::refuse_header(each.name, 0, failure);
            return failure;
        }
        out.put(each.name);
        out.put(": ");
        out.put(each.value);
        out.put("\r\n");
    }
    if (needs_content_length(from)) {
        out.put("Content-Length: ");
        out.put_integer(from.body.size());
        out.put("\r\n");
    }
    out.put(use == connection_use::close ? "Connection: close\r\n\r\n" : "\r\n");
    if (!out.fits()) return error{.code = errc::capacity, .needed = out.size()};
    return out.written();
}

/// How much an answer may ask of its reader. The head is bounded by the memory that it is given.
struct wire_limits {
    /// Of the body, without what chunking adds.
    std::uint64_t most_body = std::uint64_t{16} << 20;
    /// Of the line before each chunk, extensions included.
    std::uint16_t most_chunk_line = 256;
    /// Of all fields behind the last chunk, which are passed over.
    std::uint16_t most_trailers = 4096;
    /// Answers of the class 1xx before the real one.
    std::uint8_t most_interim = 8;
};

enum class wire_event : std::uint8_t {
    more,   ///< everything was used; more bytes are wanted
    head,   ///< response() is there
    body,   ///< a piece of the body
    end,    ///< the answer is complete; bytes behind it are left
    failed, ///< failure() says why; it stays so
};

struct wire_step {
    wire_event event = wire_event::more;
    /// Of the body; views what was received. Never empty with wire_event::body, always with others.
    text piece = {};
};

/// Reads one answer, in pieces of any size; what comes of it does not depend on how it was cut.
///
///     char head[2048];
///     http::header headers[32];
///     http::response_reader reader{head, headers, request.method};
///     for (text bytes;;) {
///         const http::wire_step step = reader.next(bytes);
///         using enum http::wire_event;
///         if (step.event == end || step.event == failed) break;
///         if (step.event == body) rows.feed(step.piece);  // or keep it
///         if (step.event != more) continue;
///         bytes = receive();  // yours; nothing when the connection ended
///         if (bytes.empty() && !reader.closed()) break;
///     }
///
/// Refused as errc::invalid_message is whatever two readers could read in two ways: a bare CR or
/// LF, a name that is no token (a blank before the colon too), control bytes in values, a length
/// together with a transfer coding, two of either, a length that is no number, a coding other than
/// `chunked`, chunk sizes with anything but their digits and blanks behind them, 101. Lines that
/// continue a field are joined with blanks (RFC 9112 section 5.2). No answer gets more than its
/// limits: errc::capacity for the head, too_many for headers and interim answers, too_long for the
/// rest. Offsets count from the first byte that was given to next().
class response_reader {
public:
    /// `head_memory` keeps the head, which response() views, `headers` one entry for each of its
    /// fields; both must outlive the reader. `asked` is the method of the request.
    constexpr response_reader(std::span<char> head_memory TIPRING_LIFETIMEBOUND,
                              std::span<header> headers TIPRING_LIFETIMEBOUND, method asked,
                              const wire_limits& limits = {})
        : memory_{head_memory}, headers_{headers}, limits_{limits}, is_head_only_{asked ==
                                                                                  method::head} {}

    /// Uses some of `received`, from its start on, and says what it found. Call it until it says
    /// `more`, `end` or `failed`.
    constexpr wire_step next(text& received) {
        if (part_ == part::failed) return {.event = wire_event::failed};
        if (part_ == part::done) return {.event = wire_event::end};
        const wire_step found = is_in_body() ? next_of_body(received) : next_of_head(received);
        if (part_ == part::failed) return {.event = wire_event::failed};
        if (part_ == part::done && found.event == wire_event::more)
            return {.event = wire_event::end};
        return found;
    }

    /// The connection has ended. That completes a body of unknown length; anything else that was
    /// not complete is errc::unexpected_end.
    constexpr result<void> closed() {
        if (part_ == part::until_close) part_ = part::done;
        if (part_ != part::done && part_ != part::failed) fail(errc::unexpected_end);
        return part_ == part::done ? result<void>{} : failure_;
    }

    /// Status and headers; known from wire_event::head on, also when the body fails. The body is
    /// the caller's. Views the memory of the head.
    constexpr http::response response() const {
        return {.status = status_, .headers = {headers_.data(), header_count_}};
    }
    /// Why next() said `failed`.
    constexpr const error& failure() const { return failure_; }
    /// How much of the body has come.
    constexpr std::uint64_t body_size() const { return body_size_; }
    /// The answer is complete, and the server will read another request.
    constexpr bool is_reusable() const {
        return part_ == part::done && has_length_ && !is_last_on_connection_;
    }

private:
    enum class part : std::uint8_t {
        head,
        counted,
        until_close,
        chunk_size,
        chunk_blanks,
        chunk_extension,
        chunk_size_lf,
        chunk_data,
        chunk_data_cr,
        chunk_data_lf,
        trailer_start,
        trailer,
        trailer_lf,
        last_lf,
        done,
        failed,
    };

    constexpr bool is_in_body() const { return part_ != part::head; }

    /// A need that is not known exactly.
    constexpr void fail(errc code, std::uint64_t at_least = 0) {
        fail_at(code, offset_, at_least);
        failure_.needed_is_lower_bound = at_least != 0;
    }
    constexpr void fail_at(errc code, std::size_t offset, std::uint64_t needed = 0) {
        constexpr std::uint64_t most = std::numeric_limits<std::size_t>::max();
        failure_ = {.code = code,
                    .offset = offset,
                    .needed = static_cast<std::size_t>(needed < most ? needed : most)};
        part_ = part::failed;
    }

    // The head.

    constexpr wire_step next_of_head(text& received) {
        while (!received.empty()) {
            take_head_byte(received.front());
            if (part_ == part::failed) return {};
            received.remove_prefix(1);
            ++offset_;
            if (!is_head_complete()) continue;
            read_head();
            if (part_ == part::failed) return {};
            if (part_ != part::head) return {.event = wire_event::head};
        }
        return {};
    }

    constexpr text head() const { return {memory_.data(), head_size_}; }
    constexpr bool is_head_complete() const { return head().ends_with("\r\n\r\n"); }

    constexpr void take_head_byte(char byte) {
        constexpr text begin = "HTTP/1.";
        const bool after_cr = head().ends_with('\r');
        if ((head_size_ < begin.size() && byte != begin[head_size_]) || after_cr != (byte == '\n'))
            return fail(errc::invalid_message);
        if (head_size_ == memory_.size()) return fail(errc::capacity, memory_.size() + 1);
        memory_[head_size_++] = byte;
    }

    /// Where a byte of the head was in what was received.
    constexpr std::size_t offset_of(std::size_t in_head) const {
        return offset_ - head_size_ + in_head;
    }
    constexpr void bad_head(std::size_t in_head) {
        fail_at(errc::invalid_message, offset_of(in_head));
    }

    constexpr void read_head() {
        join_continued_lines();
        if (part_ == part::failed) return;
        const std::size_t first = head().find("\r\n");
        read_status_line(slice(head(), 0, first));
        if (part_ == part::failed) return;
        const bool is_interim = status_ <= 199;
        header_count_ = 0;
        std::size_t count = 0;
        for (std::size_t at = first + 2; at + 2 < head_size_; ++count) {
            const text line = slice(head(), at, head().find("\r\n", at) - at);
            read_field(line, at, is_interim ? headers_.size() : count);
            if (part_ == part::failed) return;
            at += line.size() + 2;
        }
        if (is_interim) return pass_interim();
        if (count > headers_.size()) return fail_at(errc::too_many, offset_of(0), count);
        header_count_ = count;
        choose_framing();
    }

    /// A line that starts with a blank belongs to the field before it: its line end becomes blanks.
    constexpr void join_continued_lines() {
        const std::size_t first = head().find("\r\n");
        for (std::size_t at = first; at + 2 < head_size_; at = head().find("\r\n", at + 1)) {
            const char after = memory_[at + 2];
            if (after != ' ' && after != '\t') continue;
            if (at == first) return bad_head(at + 2);
            memory_[at] = memory_[at + 1] = ' ';
        }
    }

    /// `HTTP/1.x nnn reason`; the last blank may be missing, as some servers have it.
    constexpr void read_status_line(text line) {
        if (line.size() < 12 || !is_digit(line[7]) || line[8] != ' ') return bad_head(7);
        status_ = 0;
        for (std::size_t i = 9; i < 12; ++i) {
            if (!is_digit(line[i])) return bad_head(i);
            status_ = status_ * 10 + (line[i] - '0');
        }
        if (status_ < 100) return bad_head(9);
        if (line.size() > 12 && line[12] != ' ') return bad_head(12);
        const std::size_t bad = find_bad_in_value(line, obs_text::allowed);
        if (bad != line.size()) return bad_head(bad);
        is_old_ = line[7] == '0';
    }

    /// Of the class 1xx: another answer follows. 101 was not asked for.
    constexpr void pass_interim() {
        if (status_ == 101) return bad_head(9);
        if (interim_count_ == limits_.most_interim)
            return fail_at(errc::too_many, offset_of(0), interim_count_ + 1u);
        ++interim_count_;
        status_ = 0;
        head_size_ = 0;
    }

    constexpr void read_field(text line, std::size_t at, std::size_t index) {
        const text field_name = slice(line, 0, line.find(':'));
        const std::size_t bad_in_name = find_bad_in_name(field_name);
        if (field_name.empty() || field_name.size() == line.size() ||
            bad_in_name != field_name.size())
            return bad_head(at + bad_in_name);
        const std::size_t value_at = field_name.size() + 1;
        const text value = slice(line, value_at);
        const std::size_t bad = find_bad_in_value(value, obs_text::allowed);
        if (bad != value.size()) return bad_head(at + value_at + bad);
        if (index < headers_.size())
            headers_[index] = {.name = field_name, .value = trimmed(value)};
    }

    /// The only header with that name; null without one. More than one fail.
    constexpr const header* only(text wanted) {
        const header* found = nullptr;
        for (const header& each : response().headers) {
            if (!equal_ignoring_case(each.name, wanted)) continue;
            if (found != nullptr) bad_value(each);
            found = &each;
        }
        return found;
    }
    constexpr void bad_value(const header& of) {
        bad_head(static_cast<std::size_t>(of.name.data() - memory_.data()));
    }

    /// How the body ends (RFC 9112 section 6.3).
    constexpr void choose_framing() {
        note_connection();
        const header* const coding = only("Transfer-Encoding");
        const header* const length = only("Content-Length");
        if (part_ == part::failed) return;
        if (is_head_only_ || status_ == 204 || status_ == 304) {
            if (coding != nullptr && length != nullptr) return bad_value(*coding);
            // A 204 has no body and no length; with one, something that is none may follow.
            if (status_ == 204 &&
                (coding != nullptr || (length != nullptr && length->value != "0")))
                is_last_on_connection_ = true;
            has_length_ = true;
            part_ = part::done;
            return;
        }
        if (coding != nullptr) {
            if (is_old_ || length != nullptr || !equal_ignoring_case(coding->value, "chunked"))
                return bad_value(*coding);
            has_length_ = true;
            part_ = part::chunk_size;
        } else if (length != nullptr) {
            begin_counted(*length);
        } else {
            part_ = part::until_close;
        }
    }
    constexpr void begin_counted(const header& length) {
        if (length.value.find_first_not_of("0123456789") != text::npos || length.value.empty())
            return bad_value(length);
        const auto size = parse_integer<std::uint64_t>(length.value);
        if (!size || *size > limits_.most_body)
            return fail_at(
                errc::too_long,
                offset_of(static_cast<std::size_t>(length.value.data() - memory_.data())),
                size.value_or(0));
        has_length_ = true;
        left_ = *size;
        part_ = left_ == 0 ? part::done : part::counted;
    }

    constexpr void note_connection() {
        is_last_on_connection_ = is_old_;
        for (const header& each : response().headers) {
            if (!equal_ignoring_case(each.name, "Connection")) continue;
            for (text rest = each.value; !rest.empty();) {
                const text option = slice(rest, 0, rest.find(','));
                rest = slice(rest, option.size() + 1);
                if (equal_ignoring_case(trimmed(option), "close")) is_last_on_connection_ = true;
            }
        }
    }

    // The body.

    constexpr wire_step next_of_body(text& received) {
        while (!received.empty() && part_ != part::done) {
            const bool is_data =
                part_ == part::counted || part_ == part::chunk_data || part_ == part::until_close;
            if (is_data) return take_data(received);
            take_chunk_byte(received.front());
            if (part_ == part::failed) break;
            received.remove_prefix(1);
            ++offset_;
        }
        return {};
    }

    constexpr wire_step take_data(text& received) {
        const bool is_bounded = part_ != part::until_close;
        const std::uint64_t most = is_bounded ? left_ : limits_.most_body - body_size_;
        if (most == 0) {
            fail(errc::too_long, body_size_ + 1);
            return {};
        }
        const text piece = slice(
            received, 0, most < received.size() ? static_cast<std::size_t>(most) : received.size());
        received.remove_prefix(piece.size());
        offset_ += piece.size();
        body_size_ += piece.size();
        if (is_bounded) {
            left_ -= piece.size();
            if (left_ == 0) part_ = part_ == part::counted ? part::done : part::chunk_data_cr;
        }
        return {.event = wire_event::body, .piece = piece};
    }

    constexpr static bool is_field_byte(char byte) {
        return find_bad_in_value(text{&byte, 1}, obs_text::allowed) == 1;
    }

    constexpr void expect(char byte, char wanted, part then) {
        if (byte != wanted) return fail(errc::invalid_message);
        part_ = then;
    }

    constexpr void take_chunk_byte(char byte) {
        switch (part_) {
        case part::chunk_size:
        case part::chunk_blanks:
        case part::chunk_extension: return take_size_byte(byte);
        case part::chunk_size_lf:
            if (byte != '\n') return fail(errc::invalid_message);
            part_ = left_ == 0 ? part::trailer_start : part::chunk_data;
            line_size_ = 0;
            has_digits_ = false;
            return;
        case part::chunk_data_cr: return expect(byte, '\r', part::chunk_data_lf);
        case part::chunk_data_lf: return expect(byte, '\n', part::chunk_size);
        case part::trailer_start:
        case part::trailer:
        case part::trailer_lf: return take_trailer_byte(byte);
        default: return expect(byte, '\n', part::done);
        }
    }

    /// `1*HEXDIG`, then maybe blanks and `;` with anything, then the line's end (RFC 9112 section
    /// 7.1).
    constexpr void take_size_byte(char byte) {
        if (byte == '\r' && has_digits_) {
            part_ = part::chunk_size_lf;
            return;
        }
        if (++line_size_ > limits_.most_chunk_line) return fail(errc::too_long, line_size_);
        if (part_ == part::chunk_extension) {
            if (!is_field_byte(byte)) fail(errc::invalid_message);
            return;
        }
        const int digit = part_ == part::chunk_size ? hex_value(byte) : -1;
        if (digit >= 0) {
            has_digits_ = true;
            const std::uint64_t most = limits_.most_body - body_size_;
            const auto value = static_cast<std::uint64_t>(digit);
            if (value > most || left_ > (most - value) / 16)
                return fail(errc::too_long, limits_.most_body + 1);
            left_ = left_ * 16 + value;
        } else if (has_digits_ && byte == ';') {
            part_ = part::chunk_extension;
        } else if (has_digits_ && (byte == ' ' || byte == '\t')) {
            part_ = part::chunk_blanks;
        } else {
            fail(errc::invalid_message);
        }
    }

    constexpr void take_trailer_byte(char byte) {
        if (part_ == part::trailer_start && byte == '\r') {
            part_ = part::last_lf;
            return;
        }
        if (part_ == part::trailer_lf) return expect(byte, '\n', part::trailer_start);
        if (part_ == part::trailer && byte == '\r') {
            part_ = part::trailer_lf;
            return;
        }
        if (++line_size_ > limits_.most_trailers) return fail(errc::too_long, line_size_);
        if (!is_field_byte(byte)) return fail(errc::invalid_message);
        part_ = part::trailer;
    }

    std::span<char> memory_;
    std::span<header> headers_;
    wire_limits limits_;
    std::size_t head_size_ = 0;
    std::size_t header_count_ = 0;
    std::size_t offset_ = 0;
    /// Of the body, or of the chunk.
    std::uint64_t left_ = 0;
    std::uint64_t body_size_ = 0;
    std::size_t line_size_ = 0;
    error failure_ = {};
    int status_ = 0;
    part part_ = part::head;
    std::uint8_t interim_count_ = 0;
    bool is_head_only_ = false;
    bool is_old_ = false;
    bool has_length_ = false;
    bool has_digits_ = false;
    bool is_last_on_connection_ = false;
};

} // namespace tipring::inline TIPRING_ABI::http
