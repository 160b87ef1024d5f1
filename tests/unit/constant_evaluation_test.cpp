// Leaf functions as constant expressions, where a compiler takes no undefined behaviour: no byte
// outside of an array, no overflow, no value that nobody set. Each input is an array of exactly its
// size, and so is each output. The same tables run as code too, which goes by larger steps there.
// What single units assert about themselves is not repeated here.
#include <tipring/auth/base64.hpp>
#include <tipring/auth/bearer.hpp>
#include <tipring/auth/pkce.hpp>
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/cloudlink/platform.hpp>
#include <tipring/cloudlink/publication.hpp>
#include <tipring/core/time.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/core/uuid.hpp>
#include <tipring/http/date.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/log.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/retry.hpp>
#include <tipring/http/url.hpp>
#include <tipring/http/wire.hpp>
#include <tipring/json/raw.hpp>
#include <tipring/json/scan.hpp>
#include <tipring/json/write.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

using namespace tipring;

namespace {

/// An array of exactly so many characters.
class exact {
public:
    constexpr explicit exact(std::size_t size)
        : bytes_{new char[size == 0 ? 1 : size]{}}, size_{size} {}
    constexpr explicit exact(text content) : exact{content.size()} {
        for (std::size_t i = 0; i < size_; ++i) bytes_[i] = content[i];
    }
    exact(const exact&) = delete;
    exact& operator=(const exact&) = delete;
    constexpr ~exact() { delete[] bytes_; }

    constexpr char* data() { return bytes_; }
    constexpr text view() const { return {bytes_, size_}; }
    constexpr std::span<char> span() { return {bytes_, size_}; }

private:
    char* bytes_;
    std::size_t size_;
};

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// The number of the first row that does not hold.
template <class Row, std::size_t Count>
constexpr std::size_t first_wrong(const Row (&rows)[Count], bool (*holds)(const Row&)) {
    for (std::size_t i = 0; i < Count; ++i)
        if (!holds(rows[i])) return i;
    return none;
}

/// The size of the first beginning of `whole` for which something does not hold.
constexpr std::size_t first_wrong_beginning(text whole, bool (*holds)(text)) {
    for (std::size_t size = 0; size <= whole.size(); ++size)
        if (!holds(exact{slice(whole, 0, size)}.view())) return size;
    return none;
}

/// What is read of a text, or where it is refused.
struct judged {
    text written;
    errc code = errc::ok;
    std::size_t offset = 0;
};
template <class Value>
constexpr bool is(const result<Value>& got, const judged& row) {
    return got.code() == row.code && (got || got.error().offset == row.offset);
}
struct converted {
    text written;
    text meaning;
};

// Unicode, table 3-7: the ends of each range, and one outside of it.
constexpr judged utf8[] = {
    {"\x7F\xC2\x80\xDF\xBF"},
    {"\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"},
    {"\xF0\x90\x80\x80\xF1\x80\x80\x80\xF4\x8F\xBF\xBF"},
    {"0123456789abcdef\xC3\xA9"},
    {"\x80", errc::invalid_utf8, 0},
    {"a\xC1\xBF", errc::invalid_utf8, 1},
    {"\xC2", errc::invalid_utf8, 0},
    {"\xC2\x7F", errc::invalid_utf8, 0},
    {"\xE0\x9F\xBF", errc::invalid_utf8, 0},
    {"abc\xE2\x82", errc::invalid_utf8, 3},
    {"\xED\xA0\x80", errc::invalid_utf8, 0},
    {"\xF0\x8F\xBF\xBF", errc::invalid_utf8, 0},
    {"\xF0\x90\x80", errc::invalid_utf8, 0},
    {"\xF4\x90\x80\x80", errc::invalid_utf8, 0},
    {"0123456789abcdef\xF5\x80\x80\x80", errc::invalid_utf8, 16},
};
constexpr bool is_utf8_judged(const judged& row) {
    const exact bytes{row.written};
    const std::size_t bad = find_ill_formed_utf8(bytes.view());
    return bad == (row.code == errc::ok ? row.written.size() : row.offset) &&
           is_utf8(bytes.view()) == (row.code == errc::ok);
}

constexpr judged escapes[] = {
    {""},
    {"%41%7e%20+%fF"},
    {"%", errc::bad_url, 0},
    {"a%4", errc::bad_url, 1},
    {"%4g", errc::bad_url, 0},
    {"%25%%41", errc::bad_url, 3},
    {"0123456789abcde%", errc::bad_url, 15},
};
constexpr bool is_decoded(const judged& row) {
    const exact coded{row.written};
    exact plain{row.written.size()};
    const auto size = http::percent_decode(coded.view(), plain.data());
    return is(size, row) &&
           http::equals_decoded(coded.view(), slice(plain.view(), 0, size.value_or(0))) ==
               size.has_value();
}

template <auto Put>
constexpr bool is_put(const converted& row) {
    const exact plain{row.written};
    exact room{row.meaning.size()};
    writer out{room.span()};
    Put(plain.view(), out);
    return out.fits() && out.written() == row.meaning;
}
constexpr converted percent_encoded[] = {
    {"", ""},
    {"-._~aZ9", "-._~aZ9"},
    {"a b/\xFF", "a%20b%2F%FF"},
};
constexpr auto put_percent = [](text raw, writer& out) { http::put_percent_encoded(out, raw); };

constexpr converted form_encoded[] = {{"a b~*", "a+b%7E*"}, {"&=+\n", "%26%3D%2B%0A"}};
constexpr auto put_form = [](text raw, writer& out) { http::put_form_encoded(out, raw); };

constexpr converted printable[] = {{"a\\\r\n\x1B~\x7F\xE9", "a\\x5C\\x0D\\x0A\\x1B~\\x7F\\xE9"}};
constexpr auto put_printable = [](text raw, writer& out) { http::detail::put_printable(raw, out); };

// RFC 4648 section 10.
constexpr converted base64[] = {{"", ""},
                                {"f", "Zg=="},
                                {"fo", "Zm8="},
                                {"foo", "Zm9v"},
                                {"foob", "Zm9vYg=="},
                                {"fooba", "Zm9vYmE="},
                                {"foobar", "Zm9vYmFy"}};
constexpr converted base64url[] = {{"f", "Zg"}, {"fo", "Zm8"}, {"\xFB\xFF\xFE", "-__-"}};

constexpr bool is_base64_decoded(const converted& row) {
    const exact coded{row.meaning};
    exact room{coded.view().size() / 4 * 3};
    const auto size = auth::decode_base64(coded.view(), room.data());
    return size && slice(room.view(), 0, *size) == row.written;
}
constexpr bool is_base64url_decoded(const converted& row) {
    const exact coded{row.meaning};
    exact room{coded.view().size() * 3 / 4};
    const auto size = auth::decode_base64url(coded.view(), room.data());
    return size && slice(room.view(), 0, *size) == row.written;
}

constexpr judged no_base64[] = {
    {"Zg=", errc::invalid_base64, 3},         {"Zh==", errc::invalid_base64, 1},
    {"Zm9=", errc::invalid_base64, 2},        {"Zg==Zg==", errc::invalid_base64, 2},
    {"====", errc::invalid_base64, 0},        {"Zm9_", errc::invalid_base64, 3},
    {"Zm9vZ\xE9==", errc::invalid_base64, 5},
};
constexpr bool is_no_base64(const judged& row) {
    const exact coded{row.written};
    exact room{coded.view().size() / 4 * 3};
    return is(auth::decode_base64(coded.view(), room.data()), row);
}

// RFC 8259 section 7: what stands behind the first quote, the last one included.
constexpr converted strings[] = {
    {"\"", ""},
    {"plain\"", "plain"},
    {"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
    {"\\u0041\\u007f\\u0080\\u07FF\\u0800\\uffff\"",
     "A\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF"},
    {"\\uD800\\udc00\\uDBFF\\uDFFF\"", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"},
    {"0123456789abcdef0123456789abcdef\\n\"", "0123456789abcdef0123456789abcdef\n"},
};
constexpr bool is_unescaped(const converted& row) {
    const exact quoted{row.written};
    const char* const begin = quoted.view().data();
    const json::string_scan scan = json::scan_string(begin, begin + quoted.view().size());
    if (scan.code != errc::ok || scan.end != begin + quoted.view().size() - 1) return false;
    exact room{row.meaning.size()};
    return json::equals_unescaped(begin, scan.end, exact{row.meaning}.view()) &&
           json::unescape(room.data(), begin, scan.end) == row.meaning.size() &&
           room.view() == row.meaning;
}

constexpr converted written_strings[] = {
    {"", "\"\""},
    {"caf\xC3\xA9/", "\"caf\xC3\xA9/\""},
    {text{"\0\x1F\\\x7F", 4}, "\"\\u0000\\u001f\\\\\x7F\""},
};
constexpr auto put_json = [](text raw, writer& out) {
    static_cast<void>(json::put_string(out, raw));
};

constexpr judged no_strings[] = {
    {"", errc::unexpected_end, 0},
    {"abc", errc::unexpected_end, 3},
    {"\\", errc::unexpected_end, 1},
    {"\\u00", errc::unexpected_end, 4},
    {"\\x\"", errc::invalid_escape, 0},
    {"a\\u00g0\"", errc::invalid_escape, 1},
    {"\\ud800\\n\"", errc::invalid_escape, 0},
    {"\\ud800", errc::unexpected_end, 6},
    {"0123456789abcdef\n\"", errc::invalid_json, 16},
    {"\xC3\"", errc::invalid_utf8, 0},
    {"\xF0\x9F\x93", errc::unexpected_end, 3},
};
constexpr bool is_no_string(const judged& row) {
    const exact quoted{row.written};
    const char* const begin = quoted.view().data();
    const json::string_scan scan = json::scan_string(begin, begin + quoted.view().size());
    return scan.code == row.code && static_cast<std::size_t>(scan.end - begin) == row.offset;
}

constexpr text document =
    R"({"a":[1,-2.5e+3,0.0,true,false,null],"b":{"c":"\u00e9\n","d":{}},"e":[]})";
constexpr bool ends_too_early(text beginning) {
    const json::value_scan scan = json::validate(beginning, 3);
    const bool is_whole = beginning.size() == document.size();
    return scan.code == (is_whole ? errc::ok : errc::unexpected_end) &&
           scan.end == beginning.data() + beginning.size() &&
           json::raw_json{beginning}.find("f").empty();
}

struct integer {
    text written;
    bool is_small;
    bool is_positive;
    bool is_any;
};
constexpr integer integers[] = {
    {"127", true, true, true},
    {"128", false, true, true},
    {"-128", true, false, true},
    {"-129", false, false, true},
    {"-0", true, false, true},
    {"9223372036854775807", false, true, true},
    {"9223372036854775808", false, true, false},
    {"-9223372036854775808", false, false, true},
    {"-9223372036854775809", false, false, false},
    {"18446744073709551615", false, true, false},
    {"18446744073709551616", false, false, false},
    {"184467440737095516150", false, false, false},
    {"", false, false, false},
    {"-", false, false, false},
    {"+1", false, false, false},
    {"1 ", false, false, false},
};
constexpr bool is_integer(const integer& row) {
    const exact digits{row.written};
    return parse_integer<std::int8_t>(digits.view()).has_value() == row.is_small &&
           parse_integer<std::uint64_t>(digits.view()).has_value() == row.is_positive &&
           parse_integer<std::int64_t>(digits.view()).has_value() == row.is_any;
}

constexpr judged datetimes[] = {
    {"0000-01-01T00:00:00Z"},
    {"9999-12-31t23:59:60.999999999+23:59"},
    {"2000-02-29 12:00:00-2359"},
    {"2022-05-27T16:33:50.1"},
    {"2022-05-27T16:33:50.", errc::unexpected_end, 20},
    {"2022-05-27T16:33:50.1234567890", errc::invalid_time, 29},
    {"1900-02-29T00:00:00", errc::out_of_range, 8},
    {"2022-13-01T00:00:00", errc::out_of_range, 5},
    {"2022-05-27T16:33:50+24", errc::out_of_range, 20},
    {"2022-05-27T16:33:50+0", errc::unexpected_end, 21},
    {"2022-05-27T16:33:50ZZ", errc::invalid_time, 20},
};
constexpr bool is_datetime(const judged& row) {
    const exact written{row.written};
    const auto read = parse_datetime(written.view());
    if (read) static_cast<void>(read->to_utc(std::chrono::minutes{-1439}));
    return is(read, row);
}

constexpr text time_range = "2022-05-27T16:33:50Z/2022-05-27T16:33:50Z";
/// Without its last byte, a zone, it is a range too.
constexpr bool is_cut_range(text beginning) {
    return parse_datetime_range(beginning).code() ==
           (beginning.size() + 1 >= time_range.size() ? errc::ok : errc::unexpected_end);
}

constexpr judged date_ranges[] = {
    {"0000/01/01"},
    {"2022/05/27 - 9999/12/31"},
    {"2022/05/27-", errc::unexpected_end, 11},
    {"2022/05/27-2022/04/31", errc::out_of_range, 19},
};
constexpr bool is_date_range(const judged& row) {
    return is(parse_date_range(exact{row.written}.view()), row);
}

constexpr judged durations[] = {
    {"1000000000"},
    {"277777:46:40"},
    {"277777:46:41", errc::out_of_range, 0},
    {"99999999999999999999", errc::out_of_range, 0},
    {"1:60", errc::out_of_range, 2},
    {"1:2", errc::unexpected_end, 3},
};
constexpr bool is_duration(const judged& row) {
    return is(parse_duration(exact{row.written}.view()), row);
}

constexpr judged http_dates[] = {
    {"Thu, 01 Jan 1970 00:00:00 GMT"},
    {"Wednesday, 31-Dec-99 23:59:60 GMT"},
    {"Thu Feb 29 00:00:00 0000"},
    {"Thu Jan  1 00:00:00 9999"},
    {"Th", errc::unexpected_end, 2},
    {"Thursda", errc::unexpected_end, 7},
    {"Thu, 01 Jan 1970 00:00:00 GM", errc::unexpected_end, 28},
    {"Thu, 29 Feb 1900 00:00:00 GMT", errc::out_of_range, 5},
    {"Thu, 01 jan 1970 00:00:00 GMT", errc::invalid_time, 8},
};
constexpr bool is_http_date(const judged& row) {
    const exact written{row.written};
    for (const utc_instant now : {utc_instant::min(), utc_instant{}, utc_instant::max()})
        if (!is(http::parse_http_date(written.view(), now), row) ||
            http::parse_retry_after(written.view(), now).has_value() != (row.code == errc::ok))
            return false;
    return true;
}

constexpr judged header_names[] = {
    {"x-Mitel_app!#$%&'*+.^`|~9"}, {"", errc::bad_header, 0},      {"a b", errc::bad_header, 1},
    {"a:", errc::bad_header, 1},   {"a\xE9", errc::bad_header, 1}, {"a\x7F", errc::bad_header, 1},
};
constexpr bool is_header_name(const judged& row) {
    const exact name{row.written};
    return http::check(http::header{.name = name.view(), .value = "x"}).code() == row.code &&
           (row.code == errc::ok || http::find_bad_in_name(name.view()) == row.offset);
}

/// Each byte that a value may not hold, at each place of a long one.
constexpr std::size_t first_bad_missed_in_values() {
    for (const char bad : {'\0', '\x1F', '\r', '\n', '\x7F'})
        for (std::size_t at = 0; at < 40; ++at) {
            exact value{text{"Bearer eyJhY2NvdW50SWQiOiIxMDU5OTAwNDUi\xE9\t"}};
            value.data()[at] = bad;
            if (http::find_bad_in_value(value.view(), http::obs_text::allowed) != at) return at;
        }
    return none;
}

constexpr judged urls[] = {
    {"http://a"},
    {"https://u-api.dev.api.mitel.io:443/a;b/%41?c=d#e"},
    {"http://[::1]:8080"},
    {"", errc::bad_url, 0},
    {"ftp://a", errc::bad_url, 0},
    {"http:/a", errc::bad_url, 5},
    {"http://u@a", errc::bad_url, 7},
    {"http://a:65536", errc::bad_url, 7},
    {"http://a/%4", errc::bad_url, 9},
    {"http://a/b?c d", errc::bad_url, 12},
};
constexpr bool is_url(const judged& row) {
    return is(http::parse_url(exact{row.written}.view()), row);
}

// RFC 3986 section 5.4, against `http://a/b/c/d?q` without its parameter, which is no path of ours.
constexpr converted links[] = {
    {"g", "/b/c/g"},    {"./g/", "/b/c/g/"},         {"/g", "/g"},
    {"?y", "/b/c/d?y"}, {"g?y/./x", "/b/c/g?y/./x"}, {"..", "/b/"},
    {"../../g", "/g"},  {"g;x=1/../y", "/b/c/y"},    {"http://a/g", "/g"},
};
constexpr bool is_resolved(const converted& row) {
    exact room{64};
    writer out{room.span()};
    return http::resolve("http://a", "/b/c/d?q", exact{row.written}.view(), out).has_value() &&
           out.written() == row.meaning;
}

constexpr text answer = "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "2;x=\"y\"\r\n{}\r\n0\r\nT: u\r\n\r\n";
constexpr std::size_t sizes_of_pieces[] = {1, 7, answer.size()};
constexpr bool is_read_in_pieces(const std::size_t& size) {
    exact head{58};
    http::header headers[2] = {};
    http::response_reader reader{head.span(), headers, http::method::get};
    std::size_t body = 0;
    http::wire_event last = http::wire_event::more;
    for (std::size_t at = 0; at < answer.size(); at += size) {
        const exact piece{slice(answer, at, size)};
        text left = piece.view();
        do {
            const http::wire_step step = reader.next(left);
            body += step.piece.size();
            last = step.event;
        } while (last == http::wire_event::head || last == http::wire_event::body);
    }
    return last == http::wire_event::end && body == 2 &&
           reader.response().headers[0].value == "b   c";
}

// What has no table of its own: no beginning of a good text takes a step outside of it.
constexpr bool stays_inside(text beginning) {
    static_cast<void>(auth::parse_bearer(beginning));
    static_cast<void>(oauth::check_code_verifier(secret{beginning}));
    static_cast<void>(cloudlink::parse_app_header(beginning, cloudlink::app_reading::lenient));
    static_cast<void>(cloudlink::parse_host(beginning));
    static_cast<void>(cloudlink::parse_subject(beginning));
    static_cast<void>(http::query_reader::make(beginning));
    static_cast<void>(http::media_type(beginning));
    static_cast<void>(http::split_target(beginning));
    static_cast<void>(http::parse_method(beginning));
    static_cast<void>(find_bad_in_uuid(beginning));
    const http::header challenge{.name = "www-authenticate", .value = beginning};
    static_cast<void>(auth::find_bearer_challenge({&challenge, 1}));
    return true;
}

struct check {
    const char* what;
    /// Of a row, or of the size of a beginning; none when all hold.
    std::size_t (*first_wrong)();
};
constexpr check checks[] = {
    {"UTF-8", [] { return first_wrong(utf8, is_utf8_judged); }},
    {"percent-decoding", [] { return first_wrong(escapes, is_decoded); }},
    {"percent-encoding", [] { return first_wrong(percent_encoded, is_put<put_percent>); }},
    {"form encoding", [] { return first_wrong(form_encoded, is_put<put_form>); }},
    {"lines of a log", [] { return first_wrong(printable, is_put<put_printable>); }},
    {"to Base64", [] { return first_wrong(base64, is_put<auth::put_base64>); }},
    {"to Base64 for URLs", [] { return first_wrong(base64url, is_put<auth::put_base64url>); }},
    {"from Base64", [] { return first_wrong(base64, is_base64_decoded); }},
    {"from Base64 for URLs", [] { return first_wrong(base64url, is_base64url_decoded); }},
    {"no Base64", [] { return first_wrong(no_base64, is_no_base64); }},
    {"JSON strings", [] { return first_wrong(strings, is_unescaped); }},
    {"no JSON strings", [] { return first_wrong(no_strings, is_no_string); }},
    {"written JSON strings", [] { return first_wrong(written_strings, is_put<put_json>); }},
    {"beginnings of JSON", [] { return first_wrong_beginning(document, ends_too_early); }},
    {"integers", [] { return first_wrong(integers, is_integer); }},
    {"date-times", [] { return first_wrong(datetimes, is_datetime); }},
    {"beginnings of a range", [] { return first_wrong_beginning(time_range, is_cut_range); }},
    {"ranges of dates", [] { return first_wrong(date_ranges, is_date_range); }},
    {"durations", [] { return first_wrong(durations, is_duration); }},
    {"HTTP dates", [] { return first_wrong(http_dates, is_http_date); }},
    {"names of headers", [] { return first_wrong(header_names, is_header_name); }},
    {"values of headers", first_bad_missed_in_values},
    {"URLs", [] { return first_wrong(urls, is_url); }},
    {"links", [] { return first_wrong(links, is_resolved); }},
    {"an answer", [] { return first_wrong(sizes_of_pieces, is_read_in_pieces); }},
    {"a challenge",
     [] { return first_wrong_beginning("Bearer error=\"a\\\"b\", realm=c, Basic", stays_inside); }},
    {"a header of an app",
     [] { return first_wrong_beginning("app=a.b/1;platform=c/d;session=e;f", stays_inside); }},
    {"a host",
     [] { return first_wrong_beginning("chat.eu-west.prod.dev.api.mitel.io", stays_inside); }},
    {"a target", [] { return first_wrong_beginning("/2017-09-01/calls/2?a=%41&b", stays_inside); }},
    {"a UUID",
     [] { return first_wrong_beginning("123e4567-e89b-12d3-a456-426614174000", stays_inside); }},
};

/// A template each, so that an error names the number of the check.
template <std::size_t Check>
struct as_constant {
    static_assert(checks[Check].first_wrong() == none);
    static constexpr bool holds = true;
};
template <std::size_t... Check>
constexpr bool all_hold(std::index_sequence<Check...>) {
    return (as_constant<Check>::holds && ...);
}
static_assert(all_hold(std::make_index_sequence<std::size(checks)>{}));

} // namespace

TEST_CASE("constant evaluation: leaf functions do as code what they do as constants") {
    for (const check& each : checks) {
        CAPTURE(each.what);
        CHECK(each.first_wrong() == none);
    }
}
