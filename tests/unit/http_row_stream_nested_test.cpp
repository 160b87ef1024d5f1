// The row stream on pages whose rows lie in an object in them, as CloudLink's collections do: the
// same rows, page and refusals as from the decoder of whole bodies
// (../fuzz/row_stream_oracle.hpp), however the bytes are cut and however little memory there is.
// Not here: mutants (json_mutation_test), rows in the page itself (http_row_stream_test).
#include <tipring/http/row_stream.hpp>

#include <tipring/json/encode.hpp>

#include "../../fuzz/row_stream_oracle.hpp"
#include "effort.hpp"
#include "error_path.hpp"
#include "exact_memory.hpp"
#include "nested_pages.hpp"
#include "no_heap.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ways {

using namespace tipring;
using nested_pages::user;

struct no_list {
    using row = user;
    field<text> name{};
};
TIPRING_DESCRIBE(no_list, TIPRING_MEMBER(name, "no rows"));
struct two_ways {
    using row = user;
    field<nested_pages::embedded> embedded{};
    field<nested_pages::embedded> other{};
};
TIPRING_DESCRIBE(two_ways, TIPRING_MEMBER(embedded, "rows"), TIPRING_MEMBER(other, "rows too"));
struct two_lists {
    field<list<user>> items{};
    field<list<user>> others{};
};
TIPRING_DESCRIBE(two_lists, TIPRING_MEMBER(items, "rows"), TIPRING_MEMBER(others, "rows too"));
struct two_lists_inside {
    using row = user;
    field<two_lists> embedded{};
};
TIPRING_DESCRIBE(two_lists_inside, TIPRING_MEMBER(embedded, "rows"));
struct two_spellings {
    using row = user;
    field<nested_pages::embedded> embedded{};
};
TIPRING_DESCRIBE(two_spellings, TIPRING_MEMBER(embedded, "rows").alias("embeded"));
struct too_far {
    using row = user;
    field<nested_pages::page> outer{};
};
TIPRING_DESCRIBE(too_far, TIPRING_MEMBER(outer, "has what has the rows"));

} // namespace ways

namespace {

using namespace tipring;
using namespace nested_pages;
using exact_memory::block;

static_assert(std::is_trivially_copyable_v<row_stream<nested_pages::list_users>>);

constexpr std::size_t plenty = 1 << 13;

struct outcome {
    std::vector<std::string> rows;
    std::string page;
    error failure;
};

template <class T>
std::string json_of(const T& value) {
    std::string made(1 << 13, '\0');
    const auto written = json::encode(value, std::span<char>{made});
    REQUIRE(written);
    return std::string{*written};
}

template <class Op = nested_pages::list_users>
outcome read(std::string_view body, std::size_t step = 1, std::size_t room = plenty,
             const json::decode_options& options = {}) {
    outcome seen;
    block memory{room};
    row_stream<Op> rows{{memory.bytes.get(), room}, options};
    for (std::size_t at = 0; at < body.size(); at += step) {
        const exact_memory::exact_text chunk{body.substr(at, step)};
        rows.feed(chunk.view());
        while (const auto* row = rows.next()) seen.rows.push_back(json_of(*row));
        if (rows.failure().code != errc::ok) break;
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

/// As the whole body, whatever one cut there is, cut everywhere, and whole.
template <class Op = nested_pages::list_users>
void check_all_splits(std::string_view body, bool is_good,
                      const json::decode_options& options = {}) {
    CAPTURE(body);
    const fuzz::row_stream_oracle<Op> oracle{body, options};
    CHECK(oracle.accepted() == is_good);
    CHECK(oracle.difference({}) == "");
    CHECK(oracle.difference(fuzz::cuts_every(1, body.size())) == "");
    for (std::size_t cut = 0; cut <= body.size(); ++cut) {
        CAPTURE(cut);
        const std::size_t cuts[] = {cut};
        CHECK(oracle.difference(cuts) == "");
    }
}

/// Everything in it that may lead a splitter astray.
constexpr std::string_view rich = R"( { "count" : 3 ,
  "_links":{"self":"\/users","next":"/users?$skip=3&$filter=name eq 'a\"b'"},
  "tags" : [{"name":"outside","weight":1},{}],
  "unknown":{"_embedded":{"items":[{"name":"not a row"}]},"items":[{}]} ,
  "_embe\u0064ded" : { "conferenceTags":[{"name":"\u00e9"},{"weight":2}], "un\"known":[{"items":[{}]},"}]"],
    "links":{"next":"inside"} , "it\u0065ms"
    :[ {"name":"]}\\","tags":[{"name":"t","weight":5},{}]} ,{},
  {"age":7,"items":[{"name":"not a row"}],"_embedded":{"items":[]}} ] , "words":["a","\u00e9]}",""] ,
    "count":9,"noet":"a","note":"b}","_embedded":{"items":[{}]},"_links":null } ,
  "note":"]", "items":[{"name":"not a row"}] })";

constexpr std::string_view good_pages[] = {
    rich,
    R"({})",
    R"({"_embedded":{}})",
    R"({"_embedded":{ } })",
    R"({"_embedded":null})",
    R"({"_embedded":{"items":null}})",
    R"({"_embedded":{"items":[]}})",
    R"({"_embedded":{"items":[{}]}})",
    R"({"_embedded":{"items":[{"name":"a"}]},"count":1})",
    R"({"_embedded":{"items":[{"name":"a"}],"words":["x"]},"tags":[{"name":"b"}],"_links":{"next":"n"}})",
    R"({"count":0,"_links":{"self":"/2017-09-01/users"}})",
    R"({"note":"a","_embedded":{"note":"b","words":["c","d"],"items":[{"name":"\u00e9"},{"age":1}],"conferenceTags":[{}]}})",
    R"({"_embedded":{"note":"b","noet":"c"}})",
    R"({"_embedded":{"noet":"c"}})",
    "\t{\r\n\"_embedded\"\r:\n{\t\"items\" :\t[ {\n}\t]\n}\r\n}\n ",
};

constexpr std::string_view broken_pages[] = {
    R"({"_embedded")",
    R"({"_embedded":)",
    R"({"_embedded":{)",
    R"({"_embedded":{"items":[{},{"name":"a"}]})",
    R"({"_embedded":{"items":[{}])",
    R"({"_embedded":{"items":[{}],)",
    R"({"_embedded":{"items":[{},)",
    R"({"_embedded":{"items":[{"name":"a)",
    R"({"_embedded":{"words":["a")",
    R"({"_embedded":{"items":[{}]}]})",
    R"({"_embedded":{"items":[{}]}}})",
    R"({"_embedded":{"items":[{}]}} x)",
    R"({"_embedded":{"items":[{}]}},)",
    R"({"_embedded":{"items":[{}],}})",
    R"({"_embedded":{"items":[{}]},})",
    R"({"_embedded":{,"items":[{}]}})",
    R"({"_embedded":{"items":[{}]]}})",
    R"({"_embedded":{"items":[{}}})",
    R"({"_embedded":{"items":[{}] "count":1}})",
    R"({"_embedded":{"items":[{}]} "count":1})",
    R"({"_embedded":{"items":[{},]}})",
    R"({"_embedded":{"items":[,{}]}})",
    R"({"_embedded":{"items":[{} {}]}})",
    R"({"_embedded":{"items":[5]}})",
    R"({"_embedded":{"items":[null]}})",
    R"({"_embedded":{"items":[[]]}})",
    R"({"_embedded":{"items":[x]}})",
    R"({"_embedded":{"items" [{}]}})",
    R"({"_embedded":{"items",[{}]}})",
    R"({"_embedded":{items:[{}]}})",
    R"({"_embedded":{"items":{}}})",
    R"({"_embedded":{"items":"[]"}})",
    R"({"_embedded":{"items":1}})",
    R"({"_embedded":{"items":}})",
    R"({"_embedded":[]})",
    R"({"_embedded":[{"items":[{}]}]})",
    R"({"_embedded":"{}"})",
    R"({"_embedded":7})",
    R"({"_embedded":nul})",
    R"({"_embedded":})",
    R"({"_embedded"{}})",
    R"({"_embedded":{"items":[]},"_embedded":{"items":[]}})",
    R"({"_embedded":{},"_embedded":null})",
    R"({"_embedded":null,"_embedded":{"items":[{}]}})",
    R"({"_embedded":{"items":[],"items":[{}]}})",
    R"({"_embedded":{"items":null,"it\u0065ms":[{}]}})",
    R"({"_embedded":{"items":[{}],"items":null}})",
    R"({"_embedded":{"count":1,"items":[],"count":2}})",
    R"({"count":1,"_embedded":{"count":1},"count":1})",
    R"({"_embedded":{"noet":"a","noet":"b"}})",
    R"({"_embedded":{"count":"1"}})",
    R"({"_embedded":{"count":1 2}})",
    R"({"_embedded":{"count" : 01}})",
    R"({"_embedded":{"words":["a",5]}})",
    R"({"_embedded":{"conferenceTags":[{},{"weight":"x"}]}})",
    R"({"_embedded":{"links":{"next":1}}})",
    R"({"_embedded":{"note":"\q"}})",
    R"({"_embedded":{"unknown":[1}})",
    R"({"_embedded":{"unknown":{"a" 1}}})",
    "{\"_embedded\":{\"a\xFF\":1}}",
    "{\"_embedded\":{\"a\\q\":1}}",
    R"({"_embedded":{"items":[{},{"age":"x"}]}})",
    R"({"_embedded":{"items":[{},{"tags":[{},{"weight":1.5}]}]}})",
    R"({"_embedded":{"items":[{"name":"a","name":"b"}]}})",
    R"({"_embedded":{"items":[{}]},"count":"x"})",
    R"({"_embedded":{"items":[{}]},"tags":[{"weight":"x"}]})",
    R"([{"name":"a"}])",
    R"([])",
    R"({"_embedded":{"items":[{}],...}})",
};

/// An object of these members in each order.
template <class Use>
void in_every_order(std::vector<std::string> members, Use use) {
    std::sort(members.begin(), members.end());
    do {
        std::string made = "{";
        for (const std::string& member : members) made += (made.size() > 1 ? "," : "") + member;
        use(made + "}");
    } while (std::next_permutation(members.begin(), members.end()));
}

template <class Page>
constexpr unsigned levels_of = http::detail::find_rows<Page>().levels;
static_assert(levels_of<page> == 2);
static_assert(levels_of<strict_page> == 2);
static_assert(levels_of<page_of_both> == 1);
static_assert(levels_of<ways::no_list> == 0);
static_assert(levels_of<ways::two_ways> == 0);
static_assert(levels_of<ways::two_lists_inside> == 0);
static_assert(levels_of<ways::two_spellings> == 0);
static_assert(levels_of<ways::too_far> == 0);

} // namespace

TEST_CASE("row stream, nested: every split of every good page gives what the whole body gives") {
    for (const std::string_view body : good_pages) check_all_splits(body, true);
}

TEST_CASE("row stream, nested: what the rich page says, by hand") {
    for (const std::size_t step : {std::size_t{1}, std::size_t{13}, rich.size()}) {
        const outcome seen = read(rich, step);
        REQUIRE(seen.rows.size() == 3);
        CHECK(seen.rows[0] == R"({"name":"]}\\","tags":[{"name":"t","weight":5},{}]})");
        CHECK(seen.rows[1] == "{}");
        CHECK(seen.rows[2] == R"({"age":7})");
        CHECK(
            seen.page ==
            R"({"count":3,"_links":{"self":"/users","next":"/users?$skip=3&$filter=name eq 'a\"b'"},)"
            R"("_embedded":{"conferenceTags":[{"name":"é"},{"weight":2}],"links":{"next":"inside"},)"
            R"("words":["a","é]}",""],"count":9,"note":"b}"},"tags":[{"name":"outside","weight":1},{}],"note":"]"})");
    }
    json::decode_report report;
    json::decode_options options;
    options.report = &report;
    CHECK(read(rich, 5, plenty, options).rows.size() == 3);
    CHECK(report.unknown_members == 7);
}

TEST_CASE("Q-19, V19: a collection without _embedded, or with nothing in it, has no rows") {
    const auto page_of = [](std::string_view body) {
        const outcome seen = read(body);
        CHECK(seen.failure.code == errc::ok);
        CHECK(seen.rows.empty());
        return seen.page;
    };
    CHECK(page_of(R"({"count":0,"_links":{"self":"/2017-09-01/users"}})") ==
          R"({"count":0,"_links":{"self":"/2017-09-01/users"}})");
    CHECK(page_of(R"({"_embedded":null,"count":0})") == R"({"count":0,"_embedded":null})");
    CHECK(page_of(R"({"_embedded":{},"count":0})") == R"({"count":0,"_embedded":{}})");
    CHECK(page_of(R"({"_embedded":{"items":[]}})") == R"({"_embedded":{}})");
    CHECK(page_of(R"({"_embedded":{"items":null}})") == R"({"_embedded":{"items":null}})");
}

TEST_CASE("row stream, nested: the members of page and object may come in any order") {
    const std::string items = R"("items":[{"name":"a"},{"name":"b","tags":[{"weight":1}]}])";
    const std::vector<std::string> inner = {items, R"("conferenceTags":[{"name":"c"},{}])",
                                            R"("words":["d","e"])", R"("x":{"items":[1]})",
                                            R"("note":"f")"};
    std::size_t count = 0;
    const auto check = [&](const std::string& body) {
        const fuzz::row_stream_oracle<nested_pages::list_users> oracle{body};
        CAPTURE(body);
        REQUIRE(oracle.accepted());
        for (const std::size_t step : {std::size_t{1}, std::size_t{9}, body.size()})
            REQUIRE(oracle.difference(fuzz::cuts_every(step, body.size())) == "");
        ++count;
    };
    in_every_order(inner, [&](const std::string& object) {
        check("{\"count\":2,\"_embedded\":" + object + ",\"tags\":[{\"name\":\"g\"}]}");
    });
    in_every_order({"\"_embedded\":{" + items + ",\"words\":[\"h\"]}", R"("count":2)",
                    R"("_links":{"next":"i"})", R"("tags":[{"name":"j"}])", R"("y":[[{}]])"},
                   check);
    CHECK(count == 240);
}

TEST_CASE("row stream, nested: every split of every broken page is refused as the whole body is") {
    for (const std::string_view body : broken_pages) check_all_splits(body, false);
}

TEST_CASE("row stream, nested: every truncation is unexpected_end, at the end") {
    for (const std::string_view body : good_pages) {
        const std::size_t last = body.rfind('}');
        for (std::size_t size = 0; size <= last; ++size) {
            CAPTURE(body.substr(0, size));
            const outcome seen = read(body.substr(0, size), 7);
            CHECK(seen.failure.code == errc::unexpected_end);
            CHECK(seen.failure.offset == size);
        }
    }
}

TEST_CASE("row stream, nested: errors have the offset in the whole body and the path") {
    struct fault {
        std::string_view body;
        errc code;
        std::string_view at;
        std::string_view path;
    };
    constexpr fault faults[] = {
        {R"({"count":1,"_embedded":{"words":["a"],"items":[{},{},{},{"name":5}]}})",
         errc::expected_string, "5}]", "_embedded.items[3].name"},
        {R"({"_embedded":{"items":[{"tags":[{},{"weight":"big"}]}]}})", errc::expected_integer,
         "\"big\"", "_embedded.items[0].tags[1].weight"},
        {R"({"_embedded":{"items":[{},7]}})", errc::expected_object, "7", "_embedded.items[1]"},
        {R"({"_embedded":{"items":[{}}})", errc::invalid_json, "}}", "_embedded.items[1]"},
        {R"({"_embedded":{"items":[{}],"conferenceTags":[{},{"weight" :  "x"}]}})",
         errc::expected_integer, "\"x\"", "_embedded.conferenceTags[1].weight"},
        {R"({"_embedded": { "count" :  "x"}})", errc::expected_integer, "\"x\"", "_embedded.count"},
        {R"({"_embedded":{"count":1,"items":[{}],"count":2}})", errc::duplicate_member,
         "\"count\":2", "_embedded.count"},
        {R"({"_embedded":{"items":[{}],"items":[{}]}})", errc::duplicate_member, "\"items\":[{}]}",
         "_embedded.items"},
        {R"({"_embedded":{"items":[{}]},"_embedded":{}})", errc::duplicate_member,
         "\"_embedded\":{}}", "_embedded"},
        {R"({"_embedded":{"items":[{}]},"count":"x"})", errc::expected_integer, "\"x\"", "count"},
        {R"({"_embedded":[1]})", errc::expected_object, "[1]", "_embedded"},
    };
    for (const fault& each : faults) {
        CAPTURE(each.body);
        for (const std::size_t step : {std::size_t{1}, std::size_t{5}, each.body.size()}) {
            const outcome seen = read(each.body, step);
            CHECK(seen.failure.code == each.code);
            CHECK(seen.failure.offset == each.body.rfind(each.at));
            CHECK(path_of(seen.failure) == each.path);
        }
    }
}

TEST_CASE("row stream, nested: what must be there is asked for where its object ends") {
    struct missing {
        std::string_view body;
        std::string_view path;
        std::size_t from_end;
    };
    constexpr missing pages[] = {
        {R"({"_embedded":{"items":[{}],"x":1},"_links":{}})", "_embedded.count", 14},
        {R"({"_embedded":{},"_links":{}})", "_embedded.count", 14},
        {R"({"_embedded":{"count":1,"items":[{}]} } x)", "_links", 3},
        {R"({"_links":{}})", "_embedded", 1},
        {R"({})", "_embedded", 1},
    };
    for (const missing& each : pages) {
        check_all_splits<list_strictly>(each.body, false);
        const outcome seen = read<list_strictly>(each.body);
        CHECK(seen.failure.code == errc::missing_member);
        CHECK(path_of(seen.failure) == each.path);
        CHECK(seen.failure.offset == each.body.size() - each.from_end);
    }
    check_all_splits<list_strictly>(R"({"_embedded":null,"_links":{}})", false);
    check_all_splits<list_strictly>(
        R"({"x":1,"_links":null,"_embedded":{"y":[],"items":[{}],"count":null,"z":0}})", true);
    check_all_splits<list_strictly>(R"({"_embedded":{"count":1},"_links":{"self":"s"}})", true);
}

TEST_CASE("row stream, nested: limits hold as in the whole body") {
    const std::string_view bodies[] = {
        R"({"_embedded":{"items":[{"x":[[[1]]],"tags":[{"name":"0123456789"}]}]}})",
        R"({"_embedded":{"x":[[[[1]]]],"items":[]}})",
        R"({"_embedded":{"conferenceTags":[{"x":[]}],"items":[]}})",
        R"({"x":[[[[1]]]],"_embedded":{"words":["0123456789"]}})",
        R"({"_embedded":{}})",
    };
    std::size_t accepted = 0;
    for (const std::string_view body : bodies) {
        for (unsigned depth = 0; depth <= 10; ++depth) {
            CAPTURE(depth);
            const json::decode_options options{.max_depth = depth};
            const fuzz::row_stream_oracle<nested_pages::list_users> oracle{body, options};
            accepted += oracle.accepted() ? 1u : 0u;
            check_all_splits(body, oracle.accepted(), options);
            if (oracle.failure().code != errc::too_deep) continue;
            const outcome seen = read(body, 3, plenty, options);
            CHECK(seen.failure.needed == oracle.failure().needed);
        }
        for (const std::size_t most : {std::size_t{9}, std::size_t{10}}) {
            const json::decode_options options{.max_text = most};
            const bool is_good = most == 10 || body.find("0123456789") == std::string_view::npos;
            check_all_splits(body, is_good, options);
        }
    }
    CHECK(accepted == 4 + 5 + 6 + 6 + 9);
}

TEST_CASE("row stream, nested: with any memory come the right rows or errc::capacity") {
    for (const std::string_view body : {rich, good_pages[9], good_pages[11]}) {
        CAPTURE(body);
        const fuzz::row_stream_oracle<nested_pages::list_users> oracle{body};
        std::size_t first_good = 0;
        for (std::size_t room = 1; room <= 900; room += effort::stride) {
            CAPTURE(room);
            for (const std::size_t step : {std::size_t{1}, std::size_t{11}, body.size()})
                REQUIRE(oracle.difference(fuzz::cuts_every(step, body.size()), room) == "");
            const bool is_good = read(body, 11, room).failure.code == errc::ok;
            if (is_good && first_good == 0) first_good = room;
            CHECK(is_good == (first_good != 0));
        }
        CHECK(first_good > 0);
        while (first_good > 1 && read(body, 11, first_good - 1).failure.code == errc::ok)
            --first_good;
        std::size_t asked = 0;
        while (asked < first_good) {
            const outcome seen = read(body, 11, asked);
            REQUIRE(seen.failure.code == errc::capacity);
            REQUIRE(seen.failure.needed > asked);
            asked = seen.failure.needed;
        }
        CHECK(asked < first_good + 400);
    }
}

TEST_CASE("row stream, nested: 1,000 rows in memory of one, without the heap") {
    std::string body = R"({"count":1000,"_embedded":{"conferenceTags":[{"name":"t"}],"items":[)";
    for (int i = 0; i < 1000; ++i)
        body += std::string{i == 0 ? "" : ", "} + R"({"name":")" + std::string(100, 'n') +
                R"(","age":)" + std::to_string(i) + "}";
    body += R"(],"x":[1]},"_links":{"next":"/users?$skiptoken=a%2Fb"}})";
    static std::byte memory[512];
    for (const std::size_t size : {std::size_t{1}, std::size_t{64}, std::size_t{1460}}) {
        bool in_order = true;
        no_heap_guard guard;
        row_stream<nested_pages::list_users> rows{memory};
        for (std::size_t at = 0; at < body.size(); at += size) {
            rows.feed(text{body}.substr(at, size));
            while (const user* row = rows.next())
                in_order = in_order && *row->age == static_cast<std::int64_t>(rows.rows()) - 1 &&
                           row->name->size() == 100;
        }
        const auto page = rows.end();
        const std::size_t allocations = guard.stop();
        CHECK(allocations == 0);
        CHECK(in_order);
        CHECK(rows.rows() == 1000);
        REQUIRE(page);
        CHECK(*page->links->next == "/users?$skiptoken=a%2Fb");
        CHECK(*(*page->embedded->conference_tags)[0].name == "t");
        CHECK(page->embedded->items.is_absent());
    }
}

TEST_CASE("D-56: rows in the page go before rows in an object, and a bare array is still a page") {
    constexpr std::string_view body =
        R"({"_embedded":{"items":[{"name":"inside"},{}],"count":2},"users":[{"name":"a"}]})";
    check_all_splits<list_both>(body, true);
    const outcome seen = read<list_both>(body);
    REQUIRE(seen.rows.size() == 1);
    CHECK(seen.rows[0] == R"({"name":"a"})");
    CHECK(seen.page == R"({"_embedded":{"items":[{"name":"inside"},{}],"count":2}})");
    for (const std::string_view good : {R"([{"name":"a"},{}])", R"({"users":null})", " [ ] "})
        check_all_splits<list_both>(good, true);
    for (const std::string_view bad :
         {R"([{"name":"a"},)", R"([{}]})", R"({"_embedded":{"items":[})",
          R"({"_embedded":{"items":[{}]}})"})
        check_all_splits<list_both>(bad, false);
}
