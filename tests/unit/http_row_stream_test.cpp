// The row stream against the decoder of whole bodies: the same rows, the same page and the same
// refusals, however the bytes are cut and however little memory there is.
#include <tipring/http/row_stream.hpp>

#include <tipring/json/encode.hpp>
#include <tipring/miarec/miarec.hpp>

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "effort.hpp"
#include "error_path.hpp"
#include "exact_memory.hpp"
#include "no_heap.hpp"

namespace stream_types {

using namespace tipring;

struct row {
    field<text> name{};
};
TIPRING_DESCRIBE(row, TIPRING_MEMBER(name, "what it is called"));

/// A page that says what was asked for, in a member that is not its JSON's.
struct page {
    using row = stream_types::row;

    field<list<row>> rows{};
    field<std::int32_t> limit{};
};
TIPRING_DESCRIBE(page, TIPRING_MEMBER(rows, "the rows"),
                 TIPRING_MEMBER(limit, "how many at most").query());

struct list_rows {
    using answer = page;
};
TIPRING_DESCRIBE(list_rows);
inline constexpr http::api api = {};
TIPRING_OPERATION(list_rows, .path = "/rows", .api = &api);

} // namespace stream_types

namespace {

using namespace tipring;
using exact_memory::block;
using exact_memory::exact_text;

static_assert(std::is_trivially_copyable_v<row_stream<miarec::list_calls>>);

/// All that a reader of a list learns: rows and page as JSON, or what went wrong after how many
/// rows.
struct outcome {
    std::vector<std::string> rows;
    std::string page;
    error failure;

    bool is_good() const { return failure.code == errc::ok; }
};

template <class T>
std::string json_of(const T& value) {
    std::string made(1 << 14, '\0');
    const auto written = json::encode(value, std::span<char>{made});
    REQUIRE(written);
    return std::string{*written};
}

void drop_rows(miarec::call_page& page) {
    page.calls.reset();
}
void drop_rows(miarec::custom_field_page& page) {
    page.custom_fields.reset();
}
const auto& rows_of(const miarec::call_page& page) {
    return page.calls;
}
const auto& rows_of(const miarec::custom_field_page& page) {
    return page.custom_fields;
}

template <class Op>
outcome read_whole(std::string_view body, const json::decode_options& options = {}) {
    outcome seen;
    block memory{1 << 16};
    const exact_text exact{body};
    auto page = json::decode<typename Op::answer>(exact.view(), memory.room, options);
    if (!page) {
        seen.failure = page.error();
        return seen;
    }
    for (const auto& row : *rows_of(*page)) seen.rows.push_back(json_of(row));
    if (!rows_of(*page).is_null()) drop_rows(*page);
    seen.page = json_of(*page);
    return seen;
}

/// Feeds `body` in pieces that end at `cuts`, each in memory of its own that is gone when the next
/// one comes.
template <class Op>
outcome read_stream(std::string_view body, const std::vector<std::size_t>& cuts,
                    std::span<std::byte> memory, const json::decode_options& options = {}) {
    outcome seen;
    row_stream<Op> rows{memory, options};
    std::size_t at = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
        const std::size_t end = i < cuts.size() ? cuts[i] : body.size();
        const exact_text chunk{body.substr(at, end - at)};
        at = end;
        rows.feed(chunk.view());
        while (const auto* row = rows.next()) seen.rows.push_back(json_of(*row));
        if (rows.failure().code == errc::ok) continue;
        const error first = rows.failure();
        CHECK(rows.next() == nullptr);
        rows.feed("{}");
        CHECK(rows.next() == nullptr);
        const auto ended = rows.end();
        REQUIRE_FALSE(ended);
        CHECK(ended.code() == first.code);
        CHECK(ended.error().offset == first.offset);
        break;
    }
    CHECK(rows.rows() == seen.rows.size());
    const auto page = rows.end();
    CHECK(rows.is_complete() == page.has_value());
    if (page)
        seen.page = json_of(*page);
    else
        seen.failure = page.error();
    return seen;
}

std::vector<std::size_t> cuts_every(std::size_t step, std::size_t size) {
    std::vector<std::size_t> cuts;
    for (std::size_t at = step; at < size; at += step) cuts.push_back(at);
    return cuts;
}

void compare(const outcome& streamed, const outcome& whole) {
    CHECK(message(streamed.failure.code) == message(whole.failure.code));
    CHECK(streamed.failure.offset == whole.failure.offset);
    if (whole.failure.path.size > 2) CHECK(path_of(streamed.failure) == path_of(whole.failure));
    if (!whole.is_good()) return;
    CHECK(streamed.rows == whole.rows);
    CHECK(streamed.page == whole.page);
}

/// Such a document is refused at its first byte; the decoder of whole bodies first looks whether it
/// is well-formed.
bool is_scalar(std::string_view body) {
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos &&
           std::string_view{"\"-0123456789tfn"}.find(body[first]) != std::string_view::npos;
}

template <class Op>
void compare_all_splits(std::string_view body) {
    CAPTURE(body);
    const outcome whole = read_whole<Op>(body);
    block memory{1 << 14};
    const std::span<std::byte> bytes{memory.bytes.get(), std::size_t{1} << 14};
    compare(read_stream<Op>(body, cuts_every(1, body.size()), bytes), whole);
    for (std::size_t cut = 0; cut <= body.size(); ++cut) {
        CAPTURE(cut);
        compare(read_stream<Op>(body, {cut}, bytes), whole);
    }
}

/// Everything in it that may lead a splitter astray.
constexpr std::string_view rich = R"( {
  "next_url" : "\/api\/v2\/calls.json?start=2&q=%7B\"]}\\" ,
  "unknown":{"a":[1,2,{"b":"}]"},[[]]],"calls":[{"call_id":"not a row"}],"c\\":"\\\"","d":-1.5e+3} ,
  "c\u0061lls":
  [ {"call_id":"1","from_name":"[{\"x\":\\\\","files":[ {"file_id":"01","file_size":5},{"file_id":"}"} ],"is_conference":true}
   ,{}, {"call_id":"\u00e9\ud83d\ude00","participants":[],"unknown":[[["]"]],{"{":null}],
      "custom_fields":[{"name":"\"","value":{"deep":["}",{"]":"["}]}}]}	] , "more" : [ "]" , true ],
  "total": 12 , "":null })";

constexpr std::string_view good_pages[] = {
    rich,
    R"({"calls":[]})",
    R"({"calls": [ ] })",
    R"({})",
    R"({"calls":null,"next_url":null})",
    R"({"next_url":null,"total":null,"calls":[{"call_id":"a"}]})",
    R"({"calls":[{"call_id":"a"}],"next_url":"/api/v2/calls.json?start=1","total":1000})",
    R"({"\u0063\u0061\u006c\u006c\u0073":[{"call_id":"a"},{"call_id":"b"}]})",
    R"({"\ud83d\ude00":[{"calls":1}],"calls":[{"call_id":"a"}]})",
    R"({"x":"[{","y":"]}","calls":[{"from_name":"]},{"}]})",
    R"({"x":1,"x":2,"calls":[{"y":1,"y":[]}]})",
    "\t\r\n{\r\n\t\"calls\"\r\n:\t[\n{\r}\t,\n{\n}\r]\n}\t\r\n ",
    "{\"calls\":[{\"from_name\":\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"}],\"\xC3\xA9\":\"\xC3\xA9\"}",
};

struct broken {
    std::string_view body;
    std::string_view why;
};

constexpr broken broken_pages[] = {
    {"", "nothing"},
    {"  \n", "blanks alone"},
    {"\xEF\xBB\xBF{}", "byte order mark"},
    {"null", "no object"},
    {"[]", "calls come in an object"},
    {"\"x\"", "text"},
    {"x", "no JSON"},
    {"{", "cut"},
    {"{]", "wrong bracket"},
    {"{,}", "comma first"},
    {"{x}", "bare name"},
    {"{'calls':[]}", "single quotes"},
    {R"({"calls"})", "no value"},
    {R"({"calls",[]})", "D-6: comma for colon"},
    {R"({"calls" []})", "D-57: no colon"},
    {R"({"calls":})", "no value"},
    {R"({"calls":,})", "no value"},
    {R"({"calls"::[]})", "two colons"},
    {R"({"calls":[]]})", "one bracket too many"},
    {R"({"calls":[})", "array not closed"},
    {R"({"calls":[{])", "wrong bracket in a row"},
    {R"({"calls":[{}}])", "wrong bracket after a row"},
    {R"({"calls":[,{}]})", "comma first"},
    {R"({"calls":[{},]})", "D-8: trailing comma in rows"},
    {R"({"calls":[{},,{}]})", "two commas"},
    {R"({"calls":[{} {}]})", "D-5: no comma between rows"},
    {R"({"calls":[{}],})", "D-8: trailing comma in the page"},
    {R"({"calls":[{}] "total":1})", "D-46: no comma before total"},
    {R"({"calls":[{}],"total":1)", "D-9: brace missing"},
    {R"({"calls":[{"call_id":"1"},...]})", "D-10: elision of rows"},
    {R"({"calls":[{"call_id":"1",...}]})", "D-10: elision in a row"},
    {R"({"calls":[{}], ... })", "D-10: elision in the page"},
    {R"({"calls":[...)", "D-10: elision and no end"},
    {R"({"calls":[{"call_id":"1","from_port",1}]})", "D-6 in a row"},
    {R"({"calls":[{"call_id":"1" "to_port":1}]})", "D-5 in a row"},
    {R"({"calls":[{"call_id":"1",}]})", "D-8 in a row"},
    {R"({"calls":[{"files":[{"file_path":"C:\Recordings"}]}]})", "D-7: backslashes"},
    {"{\xE2\x80\x9C"
     "calls\xE2\x80\x9D:[]}",
     "D-4: typographic quotes"},
    {R"({"calls":[5]})", "number for a row"},
    {R"({"calls":[-]})", "no number for a row"},
    {R"({"calls":[01]})", "leading zero for a row"},
    {R"({"calls":["{}"]})", "text for a row"},
    {R"({"calls":["\x"]})", "bad text for a row"},
    {R"({"calls":[null]})", "null for a row"},
    {R"({"calls":[nul]})", "no null for a row"},
    {R"({"calls":[tru}]})", "no true for a row"},
    {R"({"calls":[nul,{}]})", "no null for the first row"},
    {R"({"calls":[-,{}]})", "no digits for the first row"},
    {R"({"calls":[1,{}]})", "number for the first row"},
    {R"({"calls":[{"a":[1},{)", "cut behind a fault in a row"},
    {R"({"x":[1}, "calls)", "cut behind a fault in an unknown member"},
    {R"({"a\q)", "cut behind a bad escape in a name"},
    {R"({"calls":[{},[{}]]})", "array for a row"},
    {R"({"calls":[{},x]})", "no JSON for a row"},
    {R"({"calls":{}})", "object for the rows"},
    {R"({"calls":"[]"})", "text for the rows"},
    {R"({"calls":1})", "number for the rows"},
    {R"({"calls":[],"calls":[]})", "rows twice"},
    {R"({"calls":null,"calls":[{}]})", "null, then rows"},
    {R"({"calls":[{}],"calls":null})", "rows, then null"},
    {R"({"calls":[],"c\u0061lls":[]})", "rows twice, in two spellings"},
    {R"({"total":1,"total":1})", "total twice"},
    {R"({"total":1,"tot\u0061l":x})", "total twice, the second no JSON"},
    {R"({"total":"1"})", "text for total"},
    {R"({"total":1.5})", "fraction for total"},
    {R"({"total":99999999999999999999})", "total out of range"},
    {R"({"total":01})", "leading zero"},
    {R"({"total":-})", "no digits"},
    {R"({"total":1 2})", "two values"},
    {R"({"total":tru})", "no literal"},
    {R"({"next_url":5})", "number for next_url"},
    {R"({"next_url":"a" "b"})", "two texts"},
    {R"({"next_url":"\ud800"})", "half a pair"},
    {R"({"next_url":"\q"})", "bad escape"},
    {"{\"next_url\":\"a\nb\"}", "raw line feed"},
    {"{\"next_url\":\"\xC3\"}", "ill-formed UTF-8"},
    {"{\"a\xFF\":1}", "ill-formed UTF-8 in an unknown name"},
    {"{\"a\\q\":1}", "bad escape in an unknown name"},
    {R"({"x":[1}})", "wrong bracket in an unknown member"},
    {R"({"x":[1,]})", "trailing comma in an unknown member"},
    {R"({"x":{"a" 1}})", "no colon in an unknown member"},
    {R"({"x":[tru]})", "no literal in an unknown member"},
    {R"({"x":"\u12"})", "short escape in an unknown member"},
    {R"({"calls":[{"x":{"a":[1}}}]})", "wrong bracket in an unknown member of a row"},
    {R"({"calls":[{"call_id":5}]})", "number for an id"},
    {R"({"calls":[{},{},{},{"files":[{"file_size":"x"}]}]})", "text for a number, deep"},
    {R"({"calls":[{},{"from_port":4294967296}]})", "out of range in a row"},
    {R"({"calls":[{"call_id":"1","call_id":"1"}]})", "member of a row twice"},
    {R"({"calls":[{}]} x)", "text behind"},
    {R"({"calls":[{}]}{})", "a second document"},
    {R"({"calls":[{}]}])", "bracket behind"},
};

/// Each of a call's members, long enough to make 2.3 KB of the whole.
std::string full_call(std::size_t number) {
    const std::string id = "1c0de000-0000-4000-8000-" + std::to_string(100000000000 + number);
    std::string made = "{";
    const json::table& type = json::table_of<miarec::call>;
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        const std::string name{type.name_of(m)};
        if (i != 0) made += ", ";
        made += '"' + name + "\": ";
        switch (m.kind) {
        case json::kind::boolean: made += number % 2 == 0 ? "true" : "false"; break;
        case json::kind::integer:
        case json::kind::enumeration: made += std::to_string(number); break;
        case json::kind::text:
            made += name == "call_id" ? '"' + id + '"' : "\"\\\"" + id.substr(24) + "\\\"\"";
            break;
        default:
            if (name == "files")
                made += R"([{"file_id":"01","file_size":)" + std::to_string(number) +
                        R"(,"file_path":"C:\\x"},{"file_id":"02"}])";
            else if (name == "participants")
                made +=
                    R"([{"participant_id":"01","party_name":"\u00e9"},{"participant_id":"02"},{}])";
            else
                made += R"([{"field_id":"f","value":[{"}":"]"},)" + std::string(200, '7') + "]}]";
        }
    }
    return made + "}";
}

} // namespace

TEST_CASE(
    "row stream: a page of 1,000 full calls in 8 KB, for chunks of 1, 7, 64 and 1460 bytes and whole, no heap") {
    constexpr std::size_t count = effort::stride > 1 ? 50 : 1000;
    std::string body = R"({"next_url": "/api/v2/calls.json?start=1000", "calls": [)";
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) {
        texts.push_back(full_call(i));
        body += (i != 0 ? ",\n " : "") + texts.back();
    }
    body += R"(], "total": 5000})";
    CHECK(body.size() > count * 2'200);

    static std::byte own[8192];
    std::vector<std::string> expected;
    for (const std::string& row : texts) {
        block memory{8192};
        const auto decoded = json::decode<miarec::call>(row, memory.room);
        REQUIRE(decoded);
        expected.push_back(json_of(*decoded));
    }
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{1460}, body.size()}) {
        CAPTURE(size);
        std::size_t seen = 0;
        bool all_same = true;
        std::array<char, 1 << 14> again;
        no_heap_guard guard;
        row_stream<miarec::list_calls> calls{own};
        for (std::size_t at = 0; at < body.size(); at += size) {
            calls.feed(text{body}.substr(at, size));
            while (const miarec::call* call = calls.next()) {
                const auto written = json::encode(*call, std::span<char>{again});
                all_same = all_same && seen < count && written && *written == expected[seen];
                all_same =
                    all_same && call->files->size() == 2 && call->participants->size() == 3 &&
                    (*call->files)[0].file_size.value_or(-1) == static_cast<std::int64_t>(seen);
                ++seen;
            }
        }
        const auto page = calls.end();
        const std::size_t allocations = guard.stop();
        CHECK(allocations == 0);
        CHECK(all_same);
        CHECK(seen == count);
        REQUIRE(page);
        CHECK(*page->next_url == "/api/v2/calls.json?start=1000");
        CHECK(*page->total == 5000);
        CHECK(page->calls.is_absent());
    }
}

TEST_CASE("row stream: every split of every good page gives what the whole body gives") {
    for (const std::string_view body : good_pages) {
        CAPTURE(body);
        REQUIRE(read_whole<miarec::list_calls>(body).is_good());
        compare_all_splits<miarec::list_calls>(body);
    }
}

TEST_CASE("row stream: what the rich page says, by hand") {
    block memory{1 << 12};
    const outcome seen = read_stream<miarec::list_calls>(rich, {}, {memory.bytes.get(), 1 << 12});
    REQUIRE(seen.is_good());
    REQUIRE(seen.rows.size() == 3);
    CHECK(
        seen.rows[0] ==
        R"({"call_id":"1","is_conference":true,"from_name":"[{\"x\":\\\\","files":[{"file_id":"01","file_size":5},{"file_id":"}"}]})");
    CHECK(seen.rows[1] == "{}");
    CHECK(seen.page == R"({"next_url":"/api/v2/calls.json?start=2&q=%7B\"]}\\","total":12})");
}

TEST_CASE("D-56: a bare array of custom fields is a page") {
    for (const std::string_view body : {R"([{"name":"a"},{"name":"]"}])", " [ ] ", "[]",
                                        R"({"custom_fields":[{"name":"a"}],"total":1})",
                                        R"({"next_url":null,"custom_fields":null})"}) {
        REQUIRE(read_whole<miarec::list_custom_fields>(body).is_good());
        compare_all_splits<miarec::list_custom_fields>(body);
    }
    for (const std::string_view body : {"[", "[{}", "[{},", "[{},]", "[}", "[{}}", "[{}] x",
                                        "[{}],", "[{}]]", "[1]", "[[]]", "[x", "[,"}) {
        REQUIRE_FALSE(read_whole<miarec::list_custom_fields>(body).is_good());
        compare_all_splits<miarec::list_custom_fields>(body);
    }
}

TEST_CASE(
    "D-5, D-6, D-7, D-8, D-9, D-10, D-46: the stream refuses what the whole body's decoder refuses, where it does") {
    for (const broken& each : broken_pages) {
        CAPTURE(each.why);
        REQUIRE_FALSE(read_whole<miarec::list_calls>(each.body).is_good());
        compare_all_splits<miarec::list_calls>(each.body);
    }
}

TEST_CASE("row stream: 20,000 mutations are taken or refused as in the whole body") {
    std::mt19937_64 source{20240229};
    const auto below = [&](std::size_t end) { return static_cast<std::size_t>(source() % end); };
    constexpr std::string_view pieces[] = {
        "{",    "}",       "[",     "]",          ",",           ":",   "\"",   "\\",
        " ",    "\n",      "0",     "-",          "1",           "e",   ".",    "n",
        "null", "true",    "calls", "\"calls\":", "\"total\":1", "{}",  "[]",   "\"\"",
        ",{}",  "\\u0061", "\xC3",  "\xA9",       "\x01",        "...", "\\\"", "\\\\"};
    block memory{1 << 14};
    const std::span<std::byte> bytes{memory.bytes.get(), std::size_t{1} << 14};
    std::size_t accepted = 0;
    for (std::size_t round = 0; round < effort::share(20000); ++round) {
        std::string body{good_pages[below(std::size(good_pages))]};
        for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
            const std::size_t at = below(body.size() + 1);
            const std::size_t size =
                body.empty() ? 0 : std::min(body.size() - at, below(1 + below(12)));
            switch (below(5)) {
            case 0: body.erase(at, size); break;
            case 1: body.insert(at, body.substr(below(body.size() + 1), 1 + size)); break;
            case 2: body.replace(at, size, pieces[below(std::size(pieces))]); break;
            case 3: body.insert(at, pieces[below(std::size(pieces))]); break;
            default:
                if (at < body.size())
                    body[at] =
                        static_cast<char>(static_cast<unsigned char>(body[at]) ^ (1u << below(8)));
            }
        }
        if (below(20) == 0) body.resize(below(body.size() + 1));
        CAPTURE(round);
        CAPTURE(body);
        std::vector<std::size_t> cuts;
        for (std::size_t at = below(40); at < body.size(); at += 1 + below(80)) cuts.push_back(at);
        const outcome whole = read_whole<miarec::list_calls>(body);
        const outcome streamed = read_stream<miarec::list_calls>(body, cuts, bytes);
        if (is_scalar(body)) {
            REQUIRE_FALSE(streamed.is_good());
            REQUIRE_FALSE(whole.is_good());
            continue;
        }
        REQUIRE(message(streamed.failure.code) == message(whole.failure.code));
        REQUIRE(streamed.failure.offset == whole.failure.offset);
        if (!whole.is_good()) continue;
        ++accepted;
        REQUIRE(streamed.rows == whole.rows);
        REQUIRE(streamed.page == whole.page);
    }
    CHECK(accepted > effort::share(1000));
    CHECK(accepted < effort::share(19000));
}

TEST_CASE("row stream: errors have the offset in the whole body and the path") {
    const std::string_view body =
        R"({"total":1,"calls":[{},{},{},{"call_id":"a","files":[{"file_size":"big"}]}]})";
    block memory{4096};
    for (const std::size_t step : {std::size_t{1}, std::size_t{5}, body.size()}) {
        const outcome seen = read_stream<miarec::list_calls>(body, cuts_every(step, body.size()),
                                                             {memory.bytes.get(), 4096});
        CHECK(seen.rows.size() == 3);
        CHECK(seen.failure.code == errc::expected_integer);
        CHECK(seen.failure.offset == body.find("\"big\""));
        CHECK(path_of(seen.failure) == "calls[3].files[0].file_size");
    }
    const std::string_view member = "{ \"x\" : [ ] , \"total\"  :\n  tru ,\"calls\":[]}";
    const outcome seen = read_stream<miarec::list_calls>(member, {}, {memory.bytes.get(), 4096});
    CHECK(seen.failure.code == errc::invalid_json);
    CHECK(seen.failure.offset == member.find(" ,\"calls"));
    CHECK(path_of(seen.failure) == "total");
}

TEST_CASE("D-3: an error object in place of the rows is an error, whatever the status was") {
    block memory{4096};
    const auto of = [&memory](std::string_view body) {
        outcome seen;
        for (const std::size_t step : {std::size_t{1}, std::size_t{7}, body.size()})
            seen = read_stream<miarec::list_calls>(body, cuts_every(step, body.size()),
                                                   {memory.bytes.get(), 4096});
        return seen.failure;
    };
    const error failure = of(R"( { "x" : [1], "error": "AccessDenied", "calls": [{}]})");
    CHECK(failure.code == errc::error_object);
    CHECK(failure.offset == 14);
    CHECK(path_of(failure).empty());
    CHECK(of(R"({"\u0065rror":{"calls":[]}})").code == errc::error_object);
    // As decode() judges: behind a known member or without a value it is a member like others.
    for (const std::string_view page :
         {R"({"error":null,"calls":[]})", R"({"error":false,"calls":[]})",
          R"({"total":1,"error":"x","calls":[]})", R"({"calls":[],"error":"x"})",
          R"({"x":{"error":"x"},"calls":[]})"})
        CHECK(of(page).code == errc::ok);
}

TEST_CASE("row stream: an error comes before the rows behind it, and stays the first") {
    block memory{4096};
    const outcome seen = read_stream<miarec::list_calls>(
        R"({"total":"x","calls":[{},{},{"call_id":5}]})", {}, {memory.bytes.get(), 4096});
    CHECK(seen.rows.empty());
    CHECK(seen.failure.code == errc::expected_integer);
    CHECK(seen.failure.offset == 9);
}

TEST_CASE("row stream: every truncation is unexpected_end, at the end") {
    block memory{1 << 12};
    for (const std::string_view body : good_pages) {
        const std::size_t last = body.rfind('}');
        for (std::size_t size = 0; size <= last; ++size) {
            CAPTURE(body.substr(0, size));
            const outcome seen = read_stream<miarec::list_calls>(body.substr(0, size), {size / 2},
                                                                 {memory.bytes.get(), 1 << 12});
            CHECK(seen.failure.code == errc::unexpected_end);
            CHECK(seen.failure.offset == size);
        }
    }
}

TEST_CASE("row stream: with any memory from none to enough come the right rows or errc::capacity") {
    for (const std::string_view body : {rich, good_pages[6], good_pages[1]}) {
        const outcome whole = read_whole<miarec::list_calls>(body);
        std::size_t first_good = 0;
        for (std::size_t size = 0; size <= 1500; size += effort::stride) {
            CAPTURE(size);
            outcome seen[3];
            const std::size_t steps[] = {1, 11, body.size()};
            for (std::size_t i = 0; i < 3; ++i) {
                block memory{size};
                seen[i] = read_stream<miarec::list_calls>(body, cuts_every(steps[i], body.size()),
                                                          {memory.bytes.get(), size});
                CHECK(seen[i].is_good() == seen[0].is_good());
                CHECK(seen[i].rows == seen[0].rows);
                if (seen[i].is_good()) continue;
                REQUIRE(seen[i].failure.code == errc::capacity);
                CHECK(seen[i].failure.needed > size);
                CHECK(seen[i].failure.needed_is_lower_bound);
                CHECK(seen[i].failure.offset <= body.size());
            }
            for (std::size_t i = 0; i < seen[0].rows.size(); ++i)
                REQUIRE(seen[0].rows[i] == whole.rows[i]);
            if (seen[0].is_good()) {
                CHECK(seen[0].page == whole.page);
                if (first_good == 0) first_good = size;
            } else {
                CHECK(first_good == 0);
            }
        }
        CHECK(first_good > 0);
        CHECK(first_good < 1000);
    }
}

TEST_CASE("row stream: asking again with what was needed ends in success") {
    const std::string body =
        "{\"calls\":[" + full_call(1) + "," + full_call(2) + "],\"next_url\":\"x\"}";
    std::size_t size = 0;
    int tries = 0;
    for (; tries < 200; ++tries) {
        block memory{size};
        const outcome seen = read_stream<miarec::list_calls>(body, cuts_every(64, body.size()),
                                                             {memory.bytes.get(), size});
        if (seen.is_good()) break;
        REQUIRE(seen.failure.code == errc::capacity);
        REQUIRE(seen.failure.needed > size);
        size = seen.failure.needed;
    }
    CHECK(tries < 200);
    CHECK(size < 8192);
}

TEST_CASE("row stream: members that nobody knows take room only while they pass by") {
    std::string body = "{";
    for (int i = 0; i < 200; ++i)
        body += "\"unknown" + std::to_string(i) + "\":{\"a\":[\"" + std::string(300, 'x') +
                "\",[[{}]]]},";
    body += R"("calls":[{"call_id":"1"}],"more":")" + std::string(900, 'y') +
            R"(","total":1,"next_url":"n"})";
    block memory{1024};
    json::decode_report report;
    json::decode_options options;
    options.report = &report;
    const outcome seen = read_stream<miarec::list_calls>(body, cuts_every(100, body.size()),
                                                         {memory.bytes.get(), 1024}, options);
    REQUIRE(seen.is_good());
    CHECK(seen.rows.size() == 1);
    CHECK(seen.page == R"({"next_url":"n","total":1})");
    CHECK(report.unknown_members == 201);
}

TEST_CASE("row stream: a fault in a piece is told even when the piece does not fit") {
    block memory{256};
    const std::string body = "{\"calls\":[{\"from_name\":\"line\nfeed" + std::string(1000, 'x');
    const outcome seen = read_stream<miarec::list_calls>(body, cuts_every(50, body.size()),
                                                         {memory.bytes.get(), 256});
    CHECK(seen.failure.code == errc::invalid_json);
    CHECK(seen.failure.offset == body.find('\n'));
    CHECK(path_of(seen.failure).starts_with("calls[0]"));
}

TEST_CASE("row stream: limits hold as in the whole body") {
    const std::string deep =
        R"({"calls":[{"unknown":[[[[1]]]],"custom_fields":[{"value":[[[2]]]}]}]})";
    const std::string member = R"({"unknown":[[[[1]]]],"calls":[]})";
    const std::string long_text =
        R"({"calls":[{"from_name":"0123456789"}],"next_url":"0123456789"})";
    block memory{4096};
    for (unsigned depth = 0; depth <= 10; ++depth) {
        CAPTURE(depth);
        json::decode_options options;
        options.max_depth = depth;
        for (const std::string& body : {deep, member}) {
            const outcome whole = read_whole<miarec::list_calls>(body, options);
            compare(read_stream<miarec::list_calls>(body, {}, {memory.bytes.get(), 4096}, options),
                    whole);
        }
    }
    for (const std::size_t most : {std::size_t{9}, std::size_t{10}}) {
        json::decode_options options;
        options.max_text = most;
        const outcome whole = read_whole<miarec::list_calls>(long_text, options);
        CHECK(whole.is_good() == (most == 10));
        compare(read_stream<miarec::list_calls>(long_text, {}, {memory.bytes.get(), 4096}, options),
                whole);
    }
}

TEST_CASE("row stream: text behind the document is refused, blanks are not") {
    block memory{512};
    row_stream<miarec::list_calls> rows{{memory.bytes.get(), 512}};
    rows.feed("{\"calls\":[]}");
    CHECK(rows.next() == nullptr);
    CHECK(rows.is_complete());
    rows.feed(" \r\n\t");
    CHECK(rows.next() == nullptr);
    CHECK(rows.is_complete());
    CHECK(rows.end());
    rows.feed({});
    rows.feed("x");
    CHECK(rows.next() == nullptr);
    CHECK_FALSE(rows.is_complete());
    CHECK(rows.end().code() == errc::trailing_text);
    CHECK(rows.end().error().offset == 16);
}

TEST_CASE("row stream: bytes that nobody read are never lost in silence") {
    block memory{512};
    row_stream<miarec::list_calls> rows{{memory.bytes.get(), 512}};
    rows.feed(R"({"calls":[{},)");
    REQUIRE(rows.next() != nullptr);
    CHECK(rows.end().code() == errc::wrong_order);
    CHECK(rows.next() == nullptr);
    rows.feed("{}");
    rows.feed("]}");
    CHECK(rows.failure().code == errc::wrong_order);
    CHECK(rows.next() == nullptr);
    CHECK(rows.end().code() == errc::wrong_order);
}

TEST_CASE("D-47: total is what the server says, a number, null or nothing") {
    block memory{512};
    const auto total_of = [&](std::string_view body) {
        row_stream<miarec::list_calls> rows{{memory.bytes.get(), 512}};
        rows.feed(body);
        while (rows.next() != nullptr) {
        }
        const auto page = rows.end();
        REQUIRE(page);
        return page->total;
    };
    CHECK(total_of(R"({"next_url":null,"calls":[{}]})").is_absent());
    CHECK(total_of(R"({"total":null,"calls":[{}]})").is_null());
    CHECK(*total_of(R"({"calls":[{}],"total":123456})") == 123456);
    CHECK(*total_of(R"({"total":0,"calls":[]})") == 0);
}

TEST_CASE("row stream: a copy goes on by itself") {
    block memory{1024};
    row_stream<miarec::list_calls> rows{{memory.bytes.get(), 1024}};
    rows.feed(R"({"calls":[{"call_id":"1"},)");
    REQUIRE(rows.next() != nullptr);
    CHECK(rows.next() == nullptr);
    row_stream<miarec::list_calls> copy = rows;
    copy.feed("]}");
    CHECK(copy.next() == nullptr);
    CHECK(copy.end().code() == errc::invalid_json);
    rows.feed(R"({"call_id":"2"}]})");
    const miarec::call* const row = rows.next();
    REQUIRE(row != nullptr);
    CHECK(row->call_id->value == "2");
    CHECK(rows.next() == nullptr);
    CHECK(rows.end());
    copy = rows;
    CHECK(copy.rows() == 2);
}

TEST_CASE("row stream: a member of the page that is not its JSON's is nobody's") {
    block memory{512};
    json::decode_report report;
    row_stream<stream_types::list_rows> rows{{memory.bytes.get(), 512}, {.report = &report}};
    rows.feed(R"({"limit":5,"limit":{},"rows":[{"name":"a"}]})");
    const auto* const first = rows.next();
    REQUIRE(first != nullptr);
    CHECK(*first->name == "a");
    CHECK(rows.next() == nullptr);
    const auto page = rows.end();
    REQUIRE(page);
    CHECK(page->limit.is_absent());
    CHECK(report.unknown_members == 2);
}
