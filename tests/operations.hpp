// Operations as data, for tests that go through all of an API without a template for each, and
// random parameters for them. What holds for all of them is in operation_checks.hpp.
#pragma once

#include <string>
#include <vector>

#include <tipring/http/request.hpp>
#include <tipring/server/parse.hpp>

#include "random_value.hpp"

namespace operations {

namespace json = tipring::json;
namespace http = tipring::http;

struct operation {
    tipring::server::detail::candidate codec;
    random_type type;
    bool has_answer_type;
};

template <class... Ops>
std::vector<operation> list_all(http::operation_list<Ops...>) {
    return {operation{.codec = {&http::operation_of<Ops>, &json::table_of<Ops>},
                      .type = random_type_of<Ops>(),
                      .has_answer_type = json::described<typename Ops::answer>}...};
}

struct memory {
    std::vector<std::byte> bytes = std::vector<std::byte>(std::size_t{1} << 20);
    tipring::arena room{std::span<std::byte>{bytes}};
};

/// A random value for a parameter that is not part of the JSON body.
inline void fill_parameter(const json::member& m, std::byte* parameters,
                           random_values::generator& make, random_values::engine& source) {
    switch (m.kind) {
    case json::kind::integer:
        json::set_integer(
            m, parameters,
            static_cast<std::int64_t>(make.below(m.limit != 0 ? m.limit + 1 : 100000)));
        break;
    case json::kind::boolean: json::set_boolean(m, parameters, make.one_in(2)); break;
    case json::kind::text: {
        std::string words = make.words(40);
        if (m.has(json::in_path)) words = "id/" + std::to_string(source()) + " %2F?#\xC3\xA9";
        if (m.has(json::in_header)) words = "value; of=\"" + std::to_string(source()) + "\"";
        json::set_text(m, parameters, make.keep(words));
        break;
    }
    default: break;
    }
}

/// Random parameters of the path, query and headers, and a random body that a client may send.
inline void fill_operation(const operation& op, std::byte* parameters,
                           random_values::engine& source, tipring::arena& room) {
    const random_values::options chosen{.without_read_only = true};
    fill_randomly(op.type, parameters, source, room, chosen);
    random_values::generator make{source, room, chosen};
    for (std::size_t i = 0; i < op.codec.type->member_count; ++i) {
        const json::member& m = op.codec.type->members[i];
        const bool wanted = m.has(json::required) || m.has(json::in_path) || !make.one_in(3);
        if (m.kind == json::kind::object && m.has(json::required)) json::set_present(m, parameters);
        if (m.has(json::is_document)) {
            // A body that is one value is never null, and a raw one is there or not.
            if (json::state_of(m, parameters) == tipring::member_state::json_null ||
                (m.has(json::required) &&
                 json::state_of(m, parameters) != tipring::member_state::value))
                json::set_text(m, parameters, "{}");
            continue;
        }
        // A form has no null, and what is empty counts as absent there.
        if (op.codec.facts->body == http::body_format::form && m.kind == json::kind::text &&
            json::is_in_json(m) && json::state_of(m, parameters) != tipring::member_state::absent &&
            json::text_of(m, parameters).empty())
            json::set_text(m, parameters, make.keep("given"));
        if (!json::is_in_json(m)) {
            if (wanted) fill_parameter(m, parameters, make, source);
        } else if (m.has(json::required) &&
                   json::state_of(m, parameters) != tipring::member_state::value) {
            if (m.kind == json::kind::text) json::set_text(m, parameters, make.keep("required"));
            if (m.kind == json::kind::boolean) json::set_boolean(m, parameters, true);
            if (m.kind == json::kind::integer) json::set_integer(m, parameters, 1);
            if (m.kind == json::kind::array) json::set_list(m, parameters, {});
        }
    }
}

} // namespace operations
