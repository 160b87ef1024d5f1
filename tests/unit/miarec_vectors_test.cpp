// Runs every case of vectors/miarec as a client and as a server: whole, split at every byte, with
// every size of arena, with every engine.
#include <doctest/doctest.h>

#include <cstring>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <tipring/auth/basic.hpp>
#include <tipring/server/miarec.hpp>
#include <tipring/tipring.hpp>
#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>
#endif

#include "exact_memory.hpp"
#include "json_tree.hpp"
#include "miarec_operations.hpp"
#include "vector_file.hpp"

namespace {

using namespace tipring;
using exact_memory::block;
using exact_memory::exact_text;
using exact_memory::with_every_arena;
using vectors::message;
using vectors::vector_case;

constexpr std::size_t plenty = 1 << 16;

const std::vector<vector_case>& all_cases() {
    static const std::vector<vector_case> cases = vectors::read_folder("vectors/miarec");
    return cases;
}

template <class... Ops, class Function>
void for_operations(http::operation_list<Ops...>, std::string_view name,
                    const Function& run) {
    (void)((http::operation_of<Ops>.name == name ? (run(std::type_identity<Ops>{}), true)
                                                 : false) ||
           ...);
}
template <class Function>
void for_operation(std::string_view name, const Function& run) {
    for_operations(server::miarec::detail::all_operations{}, name, run);
}

std::vector<http::header> headers_of(const message& from) {
    std::vector<http::header> headers;
    for (const auto& h : from.headers) headers.push_back({.name = h.first, .value = h.second});
    return headers;
}

std::string path_of(std::string_view target) {
    return std::string{target.substr(0, target.find('?'))};
}
std::multiset<std::string> pairs_of(std::string_view target) {
    std::multiset<std::string> pairs;
    std::size_t at = target.find('?');
    while (at != std::string_view::npos) {
        const std::size_t end = target.find('&', at + 1);
        pairs.insert(
            std::string{target.substr(at + 1, end == std::string_view::npos ? end : end - at - 1)});
        at = end;
    }
    return pairs;
}

auth::basic_authorization login() {
    return *auth::basic_authorization::make("apiuser", secret{"secret"});
}

void compare_headers(const http::request& made, const message& printed) {
    std::vector<std::pair<std::string, std::string>> expected;
    for (const auto& h : printed.headers)
        if (h.first != "Content-Length") expected.push_back(h);
    REQUIRE(made.headers.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(made.headers[i].name == expected[i].first);
        CHECK(made.headers[i].value == expected[i].second);
        CHECK(made.headers[i].is_secret == (expected[i].first == "Authorization"));
    }
}

void compare_request(const http::request& made, const message& printed, const std::string& body) {
    CHECK(http::name(made.method) == printed.word(0));
    CHECK(path_of(made.target) == path_of(printed.word(1)));
    CHECK(pairs_of(made.target) == pairs_of(printed.word(1)));
    compare_headers(made, printed);
    CHECK(made.body.empty() == body.empty());
    if (!body.empty()) CHECK(json_tree::equal(made.body, body));
}

/// The operation in a variant, as data.
struct parsed_operation {
    const server::detail::candidate* codec;
    const void* parameters;
};
parsed_operation data_of(const server::miarec::operation& op) {
    static const auto all = miarec_operations::all();
    const void* parameters = nullptr;
    std::visit([&](const auto& parsed) { parameters = &parsed; }, op);
    return {.codec = &all[op.index()].codec, .parameters = parameters};
}
bool same_operation(const server::miarec::operation& a, const server::miarec::operation& b) {
    return a.index() == b.index() &&
           json::detail::comparison{}.run(*data_of(a).codec->type, data_of(a).parameters,
                                          data_of(b).parameters);
}
result<http::request> encode_again(const server::miarec::operation& op, const origin_server& server,
                                   arena& room) {
    const parsed_operation data = data_of(op);
    return http::detail::build_request(*data.codec->facts, *data.codec->type, data.parameters,
                                       server, room, {});
}

void run_request(const vector_case& c) {
    const message printed = vectors::split_message(*c.block("http request"));
    const auto headers = headers_of(printed);
    const std::string target = printed.word(1);
    const auto method = http::parse_method(printed.word(0));
    REQUIRE(method);
    const http::request received{
        .method = *method, .target = target, .headers = headers, .body = printed.body};
    block memory{plenty};
    const auto op = server::miarec::parse(received, memory.room);
    char line[200];
    REQUIRE_MESSAGE(op, describe(op.error(), line));
    const auto authorization = login();
    const origin_server server{.origin = "https://recorder.example",
                               .authorization = authorization.header()};
    const std::string* const written = c.block("json written");
    CHECK(data_of(*op).codec->facts->name == c.key("operation"));
    if (c.key("spelling") != "alternative") {
        const auto made = encode_again(*op, server, memory.room);
        REQUIRE(made);
        compare_request(*made, printed,
                        written != nullptr && !printed.body.empty() ? *written : printed.body);
    }
    with_every_arena(memory.room.high_water_mark() + 64, [&](arena& room) -> result<bool> {
        const auto again = server::miarec::parse(received, room);
        if (!again) return again.error();
        return same_operation(*again, *op);
    });
    with_every_arena(memory.room.used() + 1024, [&](arena& room) -> result<bool> {
        const auto made = encode_again(*op, server, room);
        if (!made) return made.error();
        block other{plenty};
        const auto back = server::miarec::parse(*made, other.room);
        if (!back) return errc::unknown_path;
        return written != nullptr || same_operation(*back, *op);
    });
}

template <class Op>
void check_rows(const http::response& from, const typename Op::answer& page,
                const list<typename Op::answer::row>& rows) {
    const text body = from.body;
    const auto check_split = [&](const std::vector<std::size_t>& cuts) {
        alignas(16) std::byte memory[8192];
        row_stream<Op> stream{memory};
        std::size_t seen = 0;
        std::size_t at = 0;
        for (const std::size_t end : cuts) {
            const std::string piece{body.substr(at, end - at)};
            exact_text chunk{piece};
            stream.feed(text{chunk.bytes.get(), chunk.size});
            while (const auto* row = stream.next()) {
                REQUIRE(seen < rows.size());
                REQUIRE(*row == rows[seen]);
                ++seen;
            }
            at = end;
        }
        const auto end = stream.end();
        REQUIRE(end);
        CHECK(seen == rows.size());
        CHECK(end->total.state() == page.total.state());
        CHECK(end->total.value_or(0) == page.total.value_or(0));
        CHECK(end->next_url.state() == page.next_url.state());
        CHECK(end->next_url.value_or("") == page.next_url.value_or(""));
    };
    for (std::size_t cut = 0; cut <= body.size(); ++cut) check_split({cut, body.size()});
    std::vector<std::size_t> every;
    for (std::size_t i = 1; i <= body.size(); ++i) every.push_back(i);
    check_split(every);
}

template <class Op>
void run_rows(const http::response& from, const typename Op::answer& page) {
    if constexpr (requires { typename Op::answer::row; }) {
        const json::table& type = json::table_of<typename Op::answer>;
        for (std::size_t i = 0; i < type.member_count; ++i) {
            if (type.members[i].kind != json::kind::array) continue;
            const auto list_in_page =
                json::list_of(type.members[i], reinterpret_cast<const std::byte*>(&page));
            using row = typename Op::answer::row;
            check_rows<Op>(from, page,
                           {reinterpret_cast<const row*>(list_in_page.data), list_in_page.size});
        }
    }
}

/// What an operation answered, without its type.
struct outcome {
    bool has_value = false;
    bool is_refused = false;
    http::api_error refusal = {};
    error failure = {};
    http::response response = {};
    /// Of created things and files.
    text id = {};
    text bytes = {};
};

template <class Op>
outcome outcome_of(const http::answer<typename Op::answer>& got, void* value) {
    using answer_type = typename Op::answer;
    outcome out{.has_value = got.has_value(), .failure = got.error(), .response = got.response()};
    if (got.refusal() != nullptr) {
        out.is_refused = true;
        out.refusal = *got.refusal();
    }
    if (!got) return out;
    if constexpr (http::detail::is_created<answer_type>::value) out.id = got->id.value;
    if constexpr (std::is_same_v<answer_type, http::media>) out.bytes = got->bytes;
    if constexpr (json::described<answer_type>) std::memcpy(value, &*got, sizeof(answer_type));
    return out;
}

/// How to read and write the answers of one operation; what depends on its type is as little as can
/// be.
struct answer_access {
    const json::table* type = nullptr;
    outcome (*decode)(const http::response& from, arena& room, void* value) = nullptr;
    outcome (*decode_in_place)(const http::mutable_response& from, arena& room,
                               void* value) = nullptr;
    result<http::response> (*respond)(const void* value, arena& room) = nullptr;
    void (*run_rows)(const http::response& from, const void* page) = nullptr;
};

template <class Op>
answer_access access_to() {
    using answer_type = typename Op::answer;
    answer_access access;
    access.decode = [](const http::response& from, arena& room, void* value) {
        return outcome_of<Op>(decode<Op>(from, room), value);
    };
    access.decode_in_place = [](const http::mutable_response& from, arena& room, void* value) {
        return outcome_of<Op>(decode<Op>(from, room), value);
    };
    if constexpr (json::described<answer_type>) {
        access.type = &json::table_of<answer_type>;
        access.respond = [](const void* value, arena& room) {
            return server::respond<Op>(*static_cast<const answer_type*>(value), room);
        };
        access.run_rows = [](const http::response& from, const void* page) {
            run_rows<Op>(from, *static_cast<const answer_type*>(page));
        };
    }
    return access;
}

/// Room for one value of any type.
struct untyped_value {
    explicit untyped_value(const json::table* type) : bytes(type != nullptr ? type->size : 1) {}
    std::vector<std::byte> bytes;
    void* data() { return bytes.data(); }
};
bool same_value(const json::table& type, untyped_value& a, untyped_value& b) {
    return json::detail::comparison{}.run(type, a.data(), b.data());
}

/// The value of a described answer: every engine reads the same, it is written as printed, servers
/// write it too.
void run_value(const vector_case& c, const answer_access& access, const http::response& from,
               const std::string& body, untyped_value& value) {
    const json::table& type = *access.type;
    exact_text changeable{body};
    block memory{plenty};
    untyped_value again{&type};
    const http::mutable_response in_place{
        .status = from.status, .headers = from.headers, .body = changeable.span()};
    REQUIRE(access.decode_in_place(in_place, memory.room, again.data()).has_value);
    CHECK(same_value(type, again, value));
#if TIPRING_TEST_BOOST
    if (!body.empty()) {
        untyped_value other{&type};
        REQUIRE(json::decode_into<json::boost_engine>(type, other.data(), from.body, memory.room));
        CHECK(same_value(type, other, value));
    }
#endif
    const std::string* const written = c.block("json written");
    if (!body.empty()) {
        std::vector<char> buffer(plenty);
        writer made{buffer};
        REQUIRE(json::encoder{made, {}}.run(type, value.data()));
        std::string expected = written != nullptr ? *written : body;
        if (expected.front() == '[') expected = "{\"custom_fields\":" + expected + "}";
        CHECK(json_tree::equal(made.written(), expected));
    }
    const auto sent = access.respond(value.data(), memory.room);
    REQUIRE(sent);
    untyped_value received{&type};
    REQUIRE(access.decode(*sent, memory.room, received.data()).has_value);
    if (!c.has_key("write-only") && written == nullptr) CHECK(same_value(type, received, value));
    access.run_rows(from, value.data());
}

void run_success(const vector_case& c, const answer_access& access, const http::response& from,
                 const std::string& body) {
    block memory{plenty};
    untyped_value value{access.type};
    const outcome got = access.decode(from, memory.room, value.data());
    char line[200];
    REQUIRE_MESSAGE(got.has_value, describe(got.failure, line));
    if (c.has_key("id") && access.type == nullptr) CHECK(got.id == c.key("id"));
    if (!got.bytes.empty()) CHECK(got.bytes == body);
    CHECK(got.response.body.data() == from.body.data());
    CHECK(got.response.status == from.status);
    if (access.type == nullptr) return;
    run_value(c, access, from, body, value);
    with_every_arena(memory.room.high_water_mark() + 64, [&](arena& room) -> result<bool> {
        untyped_value again{access.type};
        const outcome tried = access.decode(from, room, again.data());
        if (!tried.has_value) return tried.failure;
        return same_value(*access.type, again, value);
    });
}

void check_refusal(const vector_case& c, const http::api_error& said, int status) {
    CHECK(said.status == status);
    CHECK(said.code == c.key("code"));
    if (!c.has_key("body")) CHECK(said.message == c.key("description"));
    const auto fields = c.all("field");
    REQUIRE(said.details.size() == fields.size());
    std::map<std::string, std::string> codes;
    for (const std::string& each : c.all("field-code"))
        codes[each.substr(0, each.find(" = "))] = each.substr(each.find(" = ") + 3);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::size_t middle = fields[i].starts_with("= ") ? 0 : fields[i].find(" = ");
        const std::size_t message_at = middle == 0 ? 2 : middle + 3;
        CHECK(said.details[i].field == fields[i].substr(0, middle));
        CHECK(said.details[i].message == fields[i].substr(message_at));
        CHECK(said.details[i].code == codes[std::string{said.details[i].field}]);
    }
}

void run_refusal(const vector_case& c, const answer_access& access, const http::response& from) {
    block memory{plenty};
    untyped_value unused{access.type};
    const outcome got = access.decode(from, memory.room, unused.data());
    REQUIRE(got.is_refused);
    check_refusal(c, got.refusal, from.status);
    CHECK(got.response.body == from.body);
    with_every_arena(memory.room.high_water_mark() + 64, [&](arena& room) -> result<bool> {
        const outcome again = access.decode(from, room, unused.data());
        if (!again.is_refused) return again.failure;
        return again.refusal.code == got.refusal.code &&
               again.refusal.details.size() == got.refusal.details.size();
    });
    if (c.has_key("body")) return;
    const auto sent = server::miarec::respond_error(got.refusal, memory.room);
    REQUIRE(sent);
    const outcome back = access.decode(*sent, memory.room, unused.data());
    REQUIRE(back.is_refused);
    if (!got.refusal.code.empty()) check_refusal(c, back.refusal, from.status);
}

void run_response(const vector_case& c) {
    const message printed = vectors::split_message(*c.block("http response"));
    const auto headers = headers_of(printed);
    exact_text body{printed.body};
    const http::response from{.status = std::stoi(printed.word(1)),
                              .headers = headers,
                              .body = text{body.bytes.get(), body.size}};
    answer_access access;
    for_operation(c.key("operation"),
                  [&](auto identity) { access = access_to<typename decltype(identity)::type>(); });
    REQUIRE((access.decode != nullptr));
    if (c.key("expects") == "error")
        run_refusal(c, access, from);
    else
        run_success(c, access, from, printed.body);
}

template <class T>
void run_fragment(const vector_case& c) {
    const std::string& body = *c.block("json fragment");
    block memory{plenty};
    const auto value = json::decode<T>(body, memory.room);
    REQUIRE(value);
    std::vector<char> buffer(plenty);
    const auto made = json::encode(*value, std::span<char>{buffer});
    REQUIRE(made);
    const std::string* const written = c.block("json written");
    CHECK(json_tree::equal(*made, written != nullptr ? *written : body));
}

void run_target(const vector_case& c) {
    const std::string& target = *c.block("text target");
    const auto method = http::parse_method(c.has_key("method") ? c.key("method") : "GET");
    REQUIRE(method);
    block memory{plenty};
    const auto op = server::miarec::parse({.method = *method, .target = target}, memory.room);
    REQUIRE(op);
    CHECK(data_of(*op).codec->facts->name == c.key("operation"));
    if (c.key("spelling") == "alternative") return;
    const auto made = encode_again(*op, {.origin = "http://recorder"}, memory.room);
    REQUIRE(made);
    const std::string* const written = c.block("text written");
    const std::string& expected = written != nullptr ? *written : target;
    CHECK(path_of(made->target) == path_of(expected));
    CHECK(pairs_of(made->target) == pairs_of(expected));
    const std::size_t mark = made->target.find('?');
    auto pairs =
        http::query_reader::make(mark == text::npos ? text{} : made->target.substr(mark + 1));
    REQUIRE(pairs);
    for (const std::string& line : c.all("parameter")) {
        const std::string name = line.substr(0, line.find(" = "));
        if (name == "id") continue;
        const auto pair = pairs->find(name);
        REQUIRE_MESSAGE(pair, name);
        const auto value = http::percent_decode(pair->value, memory.room);
        REQUIRE(value);
        CHECK(*value == line.substr(line.find(" = ") + 3));
    }
}

} // namespace

TEST_CASE("MiaRec vectors: all payloads of the documents are there") {
    std::map<char, std::size_t> count;
    std::set<std::string> ids;
    for (const vector_case& c : all_cases()) {
        CHECK_MESSAGE(ids.insert(c.id).second, c.id);
        ++count[c.id.front()];
    }
    CHECK(count['V'] == 65);
    CHECK(count['N'] == 6);
    CHECK(count['M'] == 7);
    CHECK(count['H'] >= 60);
}

TEST_CASE("MiaRec vectors: requests") {
    std::set<std::string> operations;
    for (const vector_case& c : all_cases()) {
        if (c.block("http request") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        run_request(c);
        operations.insert(c.key("operation"));
    }
    CHECK(operations.size() == 46);
}

TEST_CASE("MiaRec vectors: responses") {
    for (const vector_case& c : all_cases()) {
        if (c.block("http response") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        run_response(c);
    }
}

TEST_CASE("MiaRec vectors: fragments") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        if (c.block("json fragment") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        const std::string type = c.key("type");
        if (type == "role") run_fragment<miarec::role>(c);
        if (type == "tenant") run_fragment<miarec::tenant>(c);
        if (type == "recorder_health") run_fragment<miarec::recorder_health>(c);
        ++run;
    }
    CHECK(run == 3);
}

TEST_CASE("D-30, D-31: MiaRec vectors: the id is the last part of a Location") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        const std::string* const location = c.block("text location");
        if (location == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        ++run;
        if (c.key("id") == "none") continue;
        CHECK(http::last_path_segment(*location) == c.key("id"));
        for_operation(c.key("operation"), [&](auto identity) {
            using op_type = typename decltype(identity)::type;
            if constexpr (http::detail::is_created<typename op_type::answer>::value) {
                const http::header headers[] = {{.name = "location", .value = *location}};
                block memory{plenty};
                const auto got =
                    decode<op_type>(http::response{.status = 201, .headers = headers}, memory.room);
                REQUIRE(got);
                CHECK(got->id.value == c.key("id"));
                CHECK(got->location == *location);
            }
        });
    }
    CHECK(run >= 7);
}

TEST_CASE("MiaRec vectors: request targets as printed") {
    std::size_t run = 0;
    for (const vector_case& c : all_cases()) {
        if (c.block("text target") == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        run_target(c);
        ++run;
    }
    CHECK(run > 20);
}

TEST_CASE("MiaRec vectors: authentication header") {
    for (const vector_case& c : all_cases()) {
        const std::string* const value = c.block("text authorization");
        if (value == nullptr) continue;
        const auto made = auth::basic_authorization::make(c.key("user"), secret{c.key("password")});
        REQUIRE(made);
        CHECK(made->header().value == *value);
    }
}

TEST_CASE(
    "D-4, D-5, D-6, D-7, D-8, D-57: MiaRec vectors: malformed originals are refused where they go wrong") {
    for (const vector_case& c : all_cases()) {
        const std::string* const body = c.block("text malformed");
        if (body == nullptr) continue;
        INFO(c.file << ": " << c.id << " " << c.title);
        const std::size_t at = static_cast<std::size_t>(std::stoul(c.key("at")));
        exact_text exact{*body};
        const auto checked = json::validate(text{exact.bytes.get(), exact.size}, 32);
        CHECK(checked.code != errc::ok);
        const auto offset = static_cast<std::size_t>(checked.end - exact.bytes.get());
        const bool points_at_token = checked.code == errc::invalid_escape && offset + 1 == at;
        CHECK((offset == at || points_at_token));
        block memory{plenty};
        const auto decoded =
            json::decode<miarec::error_body>(text{exact.bytes.get(), exact.size}, memory.room);
        REQUIRE_FALSE(decoded);
        CHECK(decoded.error().offset == offset);
    }
}

TEST_CASE(
    "D-1: MiaRec vectors: the printed bracket-colon form of details is read only when asked to") {
    for (const vector_case& c : all_cases()) {
        const std::string salvage = c.key("salvage");
        if (salvage.empty() || c.block("text malformed") == nullptr) continue;
        const std::string& body = *c.block("text malformed");
        const http::header headers[] = {{.name = "Content-Type", .value = "application/json"}};
        const http::response from{.status = 400, .headers = headers, .body = body};
        block memory{plenty};
        const auto strict = decode<miarec::create_client>(from, memory.room);
        REQUIRE(strict.refusal() != nullptr);
        CHECK(strict.refusal()->code.empty());
        CHECK(strict.refusal()->details.empty());
        CHECK(strict.response().body == body);
        const http::answer_options options{.errors = {.salvage_details = true}};
        const auto salvaged = decode<miarec::create_client>(from, memory.room, options);
        REQUIRE(salvaged.refusal() != nullptr);
        CHECK(salvaged.refusal()->code == "InvalidRecord");
        REQUIRE(salvaged.refusal()->details.size() == 1);
        CHECK(salvaged.refusal()->details[0].field == salvage.substr(0, salvage.find(" -> ")));
        CHECK(salvaged.refusal()->details[0].message == salvage.substr(salvage.find(" -> ") + 4));
    }
}
