// Requests of every operation of both APIs: what a client builds of parameters that the input's
// bytes make up holds nothing that may change on the way, and a server reads the same parameters
// from it; any size of memory gives that or says what is enough. Any other request is read or
// refused; what was read is built again and read as the same, what is refused has its offset in the
// request and leaves no memory in use. Input: choices, then bytes that decide what the parameters
// are, or a request: method, target, header, content type and body, a line each.
#include <tipring/core/arena.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/request.hpp>
#include <tipring/server/parse.hpp>

#include "cloudlink_operations.hpp"
#include "guard_page.hpp"
#include "miarec_operations.hpp"
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace tipring;
using operations::operation;

struct vendor {
    std::vector<operation> operations;
    std::vector<server::detail::candidate> candidates;

    explicit vendor(std::vector<operation> all) : operations{std::move(all)} {
        for (const operation& op : operations) candidates.push_back(op.codec);
    }
};

/// MiaRec, then CloudLink's services. Corpora name one by its number.
const std::vector<vendor>& every_vendor() {
    static const std::vector<vendor> all = [] {
        std::vector<vendor> found;
        found.emplace_back(miarec_operations::all());
        for (cloudlink_operations::group& each : cloudlink_operations::all())
            found.emplace_back(std::move(each.operations));
        return found;
    }();
    return all;
}

constexpr http::header further[] = {{.name = "User-Agent", .value = "fuzz"}};
constexpr http::origin_server origin{
    .origin = "https://server.example",
    .prefix = "/behind",
    .authorization = {.name = "Authorization", .value = "Bearer t", .is_secret = true},
    .headers = further};

struct parameters {
    explicit parameters(const operation& op) : words((op.codec.type->size + 7u) / 8u) {}
    std::byte* data() { return reinterpret_cast<std::byte*>(words.data()); }
    std::vector<std::uint64_t> words;
};

struct memory {
    explicit memory(std::size_t size)
        : bytes{new std::byte[size + (size == 0 ? 1u : 0u)]}, room{std::span{bytes.get(), size}} {}
    std::unique_ptr<std::byte[]> bytes;
    arena room;
};

result<http::request> build(const operation& op, parameters& from, arena& room) {
    return http::detail::build_request(*op.codec.facts, *op.codec.type, from.data(), origin, room,
                                       {.legacy_licensing = true});
}

struct reading {
    result<void> outcome;
    const operation* op = nullptr;
};
/// As server::parse_as() does it, without a template for each list of operations.
reading read(const vendor& from, const http::request& request, arena& room,
             std::unique_ptr<parameters>& into) {
    const server::parse_options options{.prefix = origin.prefix, .allow_trailing_slash = true};
    const auto target = server::detail::split(request.target, options.prefix);
    if (!target) return {.outcome = target.error()};
    const text path = server::detail::without_trailing_slash(target->path);
    const auto chosen = server::detail::choose(from.candidates.data(), from.candidates.size(),
                                               request.method, path);
    if (!chosen) return {.outcome = chosen.error()};
    const operation& op = from.operations[*chosen];
    into = std::make_unique<parameters>(op);
    const arena::mark before = room.position();
    const auto outcome = server::detail::request_parser{op.codec, into->data(), room, options}.run(
        request, path, target->query);
    if (!outcome) room.rewind(before);
    return {.outcome = outcome, .op = &op};
}

void check_on_the_wire(const operation& op, const http::request& request, std::string_view about) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%/";
    const std::size_t mark = request.target.find('?');
    const text path = slice(request.target, 0, mark);
    const text query = mark == text::npos ? text{} : slice(request.target, mark + 1);
    fuzz::require(request.origin == origin.origin && path.starts_with("/behind/") &&
                      path.find_first_not_of(plain) == text::npos && path.find("//") == text::npos,
                  "another character in a path", about);
    for (const text dots : {"/./", "/../", "/%2E/", "/%2E%2E/"})
        fuzz::require((std::string{path} + "/").find(dots) == std::string::npos,
                      "a segment of dots", about);
    fuzz::require(query.find_first_of("/+?#") == text::npos &&
                      query.find_first_not_of(std::string{plain} + "=&$") == text::npos,
                  "another character in a query", about);
    std::size_t content_types = 0;
    for (const http::header& h : request.headers) {
        fuzz::require(http::check(h).has_value(), "a header that must not be sent", about);
        content_types += equal_ignoring_case(h.name, "Content-Type") ? 1u : 0u;
    }
    // A file may be empty and still have its type.
    if (op.codec.facts->body == http::body_format::bytes) return;
    fuzz::require(content_types == (request.body.empty() ? 0u : 1u),
                  "a content type without a body, or a body without one", about);
}

/// Read by the same vendor it is the same operation with the same parameters.
void check_reading(const vendor& of, const operation& op, parameters& sent,
                   const http::request& request, std::string_view about) {
    memory room{std::size_t{1} << 17};
    std::unique_ptr<parameters> received;
    const reading got = read(of, request, room.room, received);
    char line[300];
    fuzz::require_none(
        got.outcome ? "" : "refused: " + std::string{describe(got.outcome.error(), line)}, about);
    fuzz::require(got.op == &op, "taken for another operation", about);
    fuzz::require(json::detail::comparison{}.run(*op.codec.type, sent.data(), received->data()),
                  "other parameters", about);
}

/// Too little memory says what is enough.
void check_memory(const operation& op, parameters& from, const http::request& whole,
                  std::size_t size, std::string_view about) {
    memory little{size};
    const auto tried = build(op, from, little.room);
    if (tried) {
        fuzz::require(tried->target == whole.target && tried->body == whole.body,
                      "another request in less memory", about);
        return;
    }
    fuzz::require(tried.code() == errc::capacity && tried.error().needed > size &&
                      little.room.used() == 0,
                  "another error than capacity", about);
    memory exact{tried.error().needed};
    const auto again = build(op, from, exact.room);
    fuzz::require(again && again->target == whole.target && again->body == whole.body,
                  "not enough, though it was said to be", about);
}

void send(const vendor& to, unsigned number, unsigned small, std::span<const std::uint8_t> bytes) {
    const operation& op = to.operations[number % to.operations.size()];
    static std::vector<std::byte> of_values(std::size_t{1} << 20);
    arena values{std::span<std::byte>{of_values}};
    random_values::engine source{bytes};
    parameters sent{op};
    operations::fill_operation(op, sent.data(), source, values);
    memory room{std::size_t{1} << 18};
    const auto request = build(op, sent, room.room);
    const std::string about{op.codec.facts->name};
    char line[300];
    fuzz::require_none(
        request ? "" : "cannot be built: " + std::string{describe(request.error(), line)}, about);
    const std::string shown = about + " " + std::string{request->target};
    check_on_the_wire(op, *request, shown);
    check_reading(to, op, sent, *request, shown);
    check_memory(op, sent, *request, small * 8u, shown);
}

void receive(const vendor& by, unsigned small, fuzz::input_reader input) {
    constexpr http::method methods[] = {http::method::get,   http::method::post,
                                        http::method::put,   http::method::delete_,
                                        http::method::patch, http::method::head};
    const http::method method = methods[input.choice(6)];
    static exact_memory::text_before_end target_page;
    static exact_memory::text_before_end body_page;
    const std::span<char> target = target_page.keep(input.line());
    const text header = input.line();
    const std::string content_type{input.line()};
    const std::span<char> body = body_page.keep(input.rest());
    const std::size_t colon = header.find(':');
    const http::header headers[] = {
        {.name = slice(header, 0, colon),
         .value = colon == text::npos ? text{} : trimmed(slice(header, colon + 1))},
        {.name = "Content-Type", .value = content_type}};
    const http::request request{.method = method,
                                .origin = origin.origin,
                                .target = {target.data(), target.size()},
                                .headers = headers,
                                .body = {body.data(), body.size()}};
    memory room{std::size_t{1} << 16};
    std::unique_ptr<parameters> got;
    const reading outcome = read(by, request, room.room, got);
    if (!outcome.outcome) {
        const std::size_t offset = outcome.outcome.error().offset;
        const std::size_t longest = std::max(request.target.size(), request.body.size());
        fuzz::require(offset == error::no_offset || offset <= longest, "an offset outside",
                      request.target);
        fuzz::require(room.room.used() == 0, "memory is in use after a refusal", request.target);
    }
    memory little{small * 4u};
    std::unique_ptr<parameters> unused;
    const reading less = read(by, request, little.room, unused);
    fuzz::require(less.outcome.code() == outcome.outcome.code() ||
                      less.outcome.code() == errc::capacity,
                  "memory changes more than capacity", request.target);
    if (!outcome.outcome) return;
    memory more{std::size_t{1} << 17};
    const auto again = build(*outcome.op, *got, more.room);
    // What a server takes and no client sends: values that the API only reads, bounds, null.
    if (!again) return;
    check_on_the_wire(*outcome.op, *again, request.target);
    check_reading(by, *outcome.op, *got, *again, request.target);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned which = input.choice(36);
    const auto& vendors = every_vendor();
    const vendor& chosen = vendors[which / 2 % vendors.size()];
    const unsigned small = input.choice(256);
    if (which % 2 == 0) {
        const unsigned number = input.choice(256);
        send(chosen, number, small, std::span{data, size}.subspan(size - input.rest().size()));
    } else {
        receive(chosen, small, input);
    }
    return 0;
}
