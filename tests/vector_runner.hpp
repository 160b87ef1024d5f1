// Runs the cases of vector files as a client and as a server: whole, split at every byte, with
// every size of arena, with every engine. What differs from one API to the other is in the
// parameter `Api`:
//
//     struct api {
//         using operations = http::operation_list<...>;
//         static result<server::operation_in<operations>> parse(const http::request&, arena&);
//         static origin_server server();     // what the printed headers come from
//         static result<http::response> respond_error(const http::api_error&, arena&);
//         static auto rows_of(const auto& page);   // the rows of a list
//         static void check_page(const auto& end, const auto& page);  // the rest of it
//     };
#pragma once

#include <doctest/doctest.h>

#include <cstring>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <tipring/server/parse.hpp>
#include <tipring/server/respond.hpp>
#include <tipring/tipring.hpp>
#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>
#endif

#include "effort.hpp"
#include "exact_memory.hpp"
#include "json_tree.hpp"
#include "operations.hpp"
#include "vector_file.hpp"

namespace vectors {

using namespace tipring;
using exact_memory::block;
using exact_memory::exact_text;
using exact_memory::with_every_arena;

inline constexpr std::size_t plenty = 1 << 16;

template <class Api>
using operation_of = server::operation_in<typename Api::operations>;

template <class... Ops, class Function>
void for_operations(http::operation_list<Ops...>, std::string_view name, const Function& run) {
    (void)((http::operation_of<Ops>.name == name ? (run(std::type_identity<Ops>{}), true)
                                                 : false) ||
           ...);
}
template <class Api, class Function>
void for_operation(std::string_view name, const Function& run) {
    for_operations(typename Api::operations{}, name, run);
}

inline std::vector<http::header> headers_of(const message& from) {
    std::vector<http::header> headers;
    for (const auto& h : from.headers) headers.push_back({.name = h.first, .value = h.second});
    return headers;
}

inline std::string path_of(std::string_view target) {
    return std::string{target.substr(0, target.find('?'))};
}
inline std::multiset<std::string> pairs_of(std::string_view target) {
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

inline void compare_headers(const http::request& made, const message& printed) {
    std::vector<std::pair<std::string, std::string>> expected;
    for (const auto& h : printed.headers)
        if (h.first != "Content-Length") expected.push_back(h);
    REQUIRE(made.headers.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(made.headers[i].name == expected[i].first);
        CHECK(made.headers[i].value == expected[i].second);
        CHECK(made.headers[i].is_secret == (expected[i].first == "Authorization" ||
                                            expected[i].first == "x-mitel-shared-secret"));
    }
}

inline void compare_request(const http::request& made, const message& printed,
                            const std::string& body) {
    CHECK(http::name(made.method) == printed.word(0));
    CHECK(path_of(made.target) == path_of(printed.word(1)));
    CHECK(pairs_of(made.target) == pairs_of(printed.word(1)));
    compare_headers(made, printed);
    CHECK(made.body.empty() == body.empty());
    if (body.empty()) return;
    const http::header* const type = made.find("Content-Type");
    REQUIRE(type != nullptr);
    if (http::is_json(type->value))
        CHECK(json_tree::equal(made.body, body));
    else if (http::is_form(type->value))
        CHECK(pairs_of("?" + std::string{made.body}) == pairs_of("?" + body));
    else
        CHECK(made.body == body);
}

/// The operation in a variant, as data.
struct parsed_operation {
    const server::detail::candidate* codec;
    const void* parameters;
};
template <class Api>
parsed_operation data_of(const operation_of<Api>& op) {
    static const auto all = operations::list_all(typename Api::operations{});
    const void* parameters = nullptr;
    std::visit([&](const auto& parsed) { parameters = &parsed; }, op);
    return {.codec = &all[op.index()].codec, .parameters = parameters};
}
template <class Api>
bool same_operation(const operation_of<Api>& a, const operation_of<Api>& b) {
    return a.index() == b.index() &&
           json::detail::comparison{}.run(*data_of<Api>(a).codec->type, data_of<Api>(a).parameters,
                                          data_of<Api>(b).parameters);
}
template <class Api>
result<http::request> encode_again(const operation_of<Api>& op, const origin_server& server,
                                   arena& room) {
    const parsed_operation data = data_of<Api>(op);
    return http::detail::build_request(*data.codec->facts, *data.codec->type, data.parameters,
                                       server, room, {});
}

template <class Api>
void run_request(const vector_case& c) {
    const message printed = vectors::split_message(*c.block("http request"));
    const auto headers = headers_of(printed);
    const std::string target = printed.word(1);
    const auto method = http::parse_method(printed.word(0));
    REQUIRE(method);
    const http::request received{
        .method = *method, .target = target, .headers = headers, .body = printed.body};
    block memory{plenty};
    const auto op = Api::parse(received, memory.room);
    char line[200];
    REQUIRE_MESSAGE(op, describe(op.error(), line));
    const origin_server server = Api::server();
    const std::string* const written = c.block("json written");
    CHECK(data_of<Api>(*op).codec->facts->name == c.key("operation"));
    if (c.key("spelling") != "alternative") {
        const auto made = encode_again<Api>(*op, server, memory.room);
        REQUIRE(made);
        compare_request(*made, printed,
                        written != nullptr && !printed.body.empty() ? *written : printed.body);
    }
    with_every_arena(memory.room.high_water_mark() + 64, [&](arena& room) -> result<bool> {
        const auto again = Api::parse(received, room);
        if (!again) return again.error();
        return same_operation<Api>(*again, *op);
    });
    with_every_arena(memory.room.used() + 1024, [&](arena& room) -> result<bool> {
        const auto made = encode_again<Api>(*op, server, room);
        if (!made) return made.error();
        block other{plenty};
        const auto back = Api::parse(*made, other.room);
        if (!back) return errc::unknown_path;
        return written != nullptr || same_operation<Api>(*back, *op);
    });
}

/// The whole page at once and row by row, at every split, are the same.
template <class Api, class Op>
void check_rows(const http::response& from, const typename Op::answer& page) {
    const text body = from.body;
    const auto rows = Api::rows_of(page);
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
        Api::check_page(*end, page);
    };
    for (std::size_t cut = 0; cut <= body.size(); cut += effort::stride)
        check_split({cut, body.size()});
    std::vector<std::size_t> every;
    for (std::size_t i = 1; i <= body.size(); ++i) every.push_back(i);
    check_split(every);
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
    /// Null for an answer that is no list.
    void (*check_rows)(const http::response& from, const void* page) = nullptr;
};

template <class Api, class Op>
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
        if constexpr (requires { requires json::described<typename answer_type::row>; })
            access.check_rows = [](const http::response& from, const void* page) {
                check_rows<Api, Op>(from, *static_cast<const answer_type*>(page));
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
inline bool same_value(const json::table& type, untyped_value& a, untyped_value& b) {
    return json::detail::comparison{}.run(type, a.data(), b.data());
}

/// Encoding stops at the end of every buffer that is too small, and says how much would do.
inline void fill_every_buffer(const json::table& type, untyped_value& value, text whole) {
    for (std::size_t size = 0; size < whole.size(); size += effort::stride) {
        const exact_text buffer{whole.substr(0, size)};
        CAPTURE(size);
        const auto done = json::detail::encode_from(type, value.data(),
                                                    std::span<char>{buffer.bytes.get(), size}, {});
        REQUIRE(done.code() == errc::capacity);
        REQUIRE(done.error().needed == whole.size());
    }
}

/// The value of a described answer: every engine reads the same, it is written as printed, servers
/// write it too.
inline void run_value(const vector_case& c, const answer_access& access, const http::response& from,
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
        fill_every_buffer(type, value, made.written());
    }
    const auto sent = access.respond(value.data(), memory.room);
    REQUIRE(sent);
    block spare{plenty};
    REQUIRE(access.respond(value.data(), spare.room));
    with_every_arena(spare.room.high_water_mark() + 64, [&](arena& room) -> result<bool> {
        const auto repeated = access.respond(value.data(), room);
        if (!repeated) return repeated.error();
        return repeated->status == sent->status && repeated->body == sent->body;
    });
    untyped_value received{&type};
    REQUIRE(access.decode(*sent, memory.room, received.data()).has_value);
    if (!c.has_key("write-only") && written == nullptr) CHECK(same_value(type, received, value));
    if (access.check_rows != nullptr && !body.empty()) access.check_rows(from, value.data());
}

inline void run_success(const vector_case& c, const answer_access& access,
                        const http::response& from, const std::string& body) {
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

inline void check_refusal(const vector_case& c, const http::api_error& said, int status) {
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

template <class Api>
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
    const auto sent = Api::respond_error(got.refusal, memory.room);
    REQUIRE(sent);
    const outcome back = access.decode(*sent, memory.room, unused.data());
    REQUIRE(back.is_refused);
    if (!got.refusal.code.empty()) check_refusal(c, back.refusal, from.status);
}

template <class Api>
void run_response(const vector_case& c) {
    const message printed = vectors::split_message(*c.block("http response"));
    const auto headers = headers_of(printed);
    exact_text body{printed.body};
    const http::response from{.status = std::stoi(printed.word(1)),
                              .headers = headers,
                              .body = text{body.bytes.get(), body.size}};
    answer_access access;
    for_operation<Api>(c.key("operation"), [&](auto identity) {
        access = access_to<Api, typename decltype(identity)::type>();
    });
    REQUIRE((access.decode != nullptr));
    if (c.key("expects") == "error")
        run_refusal<Api>(c, access, from);
    else
        run_success(c, access, from, printed.body);
}

template <class Api>
void run_target(const vector_case& c) {
    const std::string& target = *c.block("text target");
    const auto method = http::parse_method(c.has_key("method") ? c.key("method") : "GET");
    REQUIRE(method);
    block memory{plenty};
    const auto op = Api::parse({.method = *method, .target = target}, memory.room);
    REQUIRE(op);
    CHECK(data_of<Api>(*op).codec->facts->name == c.key("operation"));
    if (c.key("spelling") == "alternative") return;
    const auto made = encode_again<Api>(*op, Api::server(), memory.room);
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

/// A body that is no JSON is refused at the byte that the case names.
template <class T>
void run_malformed(const vector_case& c) {
    const std::size_t at = static_cast<std::size_t>(std::stoul(c.key("at")));
    exact_text exact{*c.block("text malformed")};
    const auto checked = json::validate(text{exact.bytes.get(), exact.size}, 32);
    CHECK(checked.code != errc::ok);
    const auto offset = static_cast<std::size_t>(checked.end - exact.bytes.get());
    const bool points_at_token = checked.code == errc::invalid_escape && offset + 1 == at;
    CHECK((offset == at || points_at_token));
    block memory{plenty};
    const auto decoded = json::decode<T>(text{exact.bytes.get(), exact.size}, memory.room);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().offset == offset);
}

} // namespace vectors
