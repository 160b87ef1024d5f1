// Compares tables with lists that tests type from the documents: endpoints of an API, members of a
// type. Also the platform whose requests tests print.
#pragma once

#include <doctest/doctest.h>

#include <span>
#include <string>
#include <vector>

#include <tipring/cloudlink/platform.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/retry.hpp>
#include <tipring/json/describe.hpp>
#include <tipring/json/encode.hpp>

#include "operations.hpp"

namespace api_tables {

namespace http = tipring::http;
namespace json = tipring::json;
using tipring::text;

/// One endpoint of the documents: its id there, method and path, and how well they support it.
struct endpoint {
    text id;
    text method;
    /// With `{}` for each parameter.
    text path;
    text grade;
    int status = 200;
};

/// A path without the names of its parameters.
inline std::string without_names(text path) {
    std::string plain;
    for (std::size_t at = 0; at < path.size(); ++at) {
        plain += path[at];
        if (path[at] == '{') at = path.find('}', at) - 1;
    }
    return plain;
}

/// The operations are exactly these endpoints, in any order.
template <class List>
void check_endpoints(const std::vector<endpoint>& documented, tipring::cloudlink::service service) {
    const auto all = operations::list_all(List{});
    CHECK(all.size() == documented.size());
    for (const endpoint& each : documented) {
        CAPTURE(each.id);
        std::size_t found = 0;
        for (const auto& op : all) {
            const http::operation& facts = *op.codec.facts;
            if (http::name(facts.method) != each.method || without_names(facts.path) != each.path)
                continue;
            ++found;
            CHECK(http::name(facts.evidence) == each.grade);
            CHECK(facts.success == each.status);
            CHECK(facts.api == &tipring::cloudlink::api_of(service));
            const bool is_sourced =
                (std::string{facts.source} + " ").find(std::string{each.id} + " ") !=
                std::string::npos;
            CHECK(is_sourced != (TIPRING_SMALL != 0));
            CHECK(tipring::text{facts.doc}.empty() == (TIPRING_SMALL != 0));
            CHECK(facts.idempotent == http::is_idempotent(facts.method));
        }
        CHECK(found == 1);
    }
}

/// One member of the documents: its name on the wire and what it is. `facts` are letters: `r` the
/// server sets it, `s` secret, `l` also comes as a number or text, `*` required.
struct member {
    text name;
    text kind;
    text facts = "";
};

inline text name_of(const json::member& m) {
    constexpr text names[] = {"text",    "raw",    "number", "integer", "enumeration",
                              "boolean", "object", "array",  "map",     "custom"};
    return names[static_cast<std::size_t>(m.kind)];
}

/// The members of a type in their order: `userId text ro`, `sipPassword text ro secret`.
template <class T>
std::vector<std::string> members_of() {
    const json::table& type = json::table_of<T>;
    std::vector<std::string> found;
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        std::string shown = std::string{type.name_of(m)} + ' ' + std::string{name_of(m)};
        if (m.has(json::read_only)) shown += " ro";
        if (m.has(json::is_secret)) shown += " secret";
        found.push_back(shown);
    }
    return found;
}
using members = std::vector<std::string>;

/// A value as JSON.
template <class T>
std::string written(const T& value) {
    static char buffer[8192];
    const auto made = json::encode(value, std::span<char>{buffer});
    REQUIRE(made);
    return std::string{*made};
}

/// The type has exactly these members, in any order.
template <class T>
void check_members(const std::vector<member>& documented) {
    const json::table& type = json::table_of<T>;
    CHECK(std::size_t{type.member_count} == documented.size());
    for (const member& each : documented) {
        CAPTURE(each.name);
        bool by_alias = false;
        const std::uint8_t found = json::find_member(type, each.name, by_alias);
        REQUIRE(found != json::table::no_member);
        CHECK_FALSE(by_alias);
        const json::member& m = type.members[found];
        CHECK(name_of(m) == each.kind);
        const auto has = [&](char letter) { return each.facts.find(letter) != text::npos; };
        CHECK(m.has(json::read_only) == has('r'));
        CHECK(m.has(json::is_secret) == has('s'));
        CHECK(m.has(json::lenient) == has('l'));
        CHECK(m.has(json::required) == has('*'));
    }
}

/// The platform of all printed requests.
inline const tipring::cloudlink::platform production{
    .app = {.name = tipring::cloudlink::app_header_name,
            .value = "app=tipring-test/1.0;platform=linux/6.1;"
                     "session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;"},
    .authorization = {.name = "Authorization", .value = "Bearer t0ken", .is_secret = true}};

/// A request as text: line, headers, empty line, body; the origin in the line.
inline std::string printed(const http::request& sent) {
    std::string all{http::name(sent.method)};
    all += ' ';
    all += sent.origin;
    all += sent.target;
    for (const http::header& h : sent.headers) {
        all += '\n';
        all += h.name;
        all += ": ";
        all += h.value;
    }
    all += "\n\n";
    all += sent.body;
    return all;
}

/// What an operation is on the wire; empty, and a failed check, when it cannot be sent.
template <class Op>
std::string sent(const Op& op, const tipring::cloudlink::platform& where = production) {
    tipring::static_arena<8192> memory;
    const auto request = tipring::encode(op, where, memory);
    char line[200];
    CHECK_MESSAGE(request, tipring::describe(request.error(), line));
    return request ? printed(*request) : std::string{};
}

/// The headers that every request of `production` has, without and with a JSON body.
inline const std::string head =
    "\nAuthorization: Bearer t0ken\nAccept: application/json\nx-mitel-app: "
    "app=tipring-test/1.0;platform=linux/6.1;session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;\n\n";
inline const std::string head_json =
    "\nAuthorization: Bearer t0ken\nAccept: application/json\nContent-Type: "
    "application/json\nx-mitel-app: "
    "app=tipring-test/1.0;platform=linux/6.1;session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;\n\n";

} // namespace api_tables
