// All MiaRec operations as data, for tests that go through them without a template for each.
#pragma once

#include <vector>

#include <tipring/server/miarec.hpp>

#include "random_value.hpp"

namespace miarec_operations {

struct operation {
    tipring::server::detail::candidate codec;
    random_type type;
    bool has_answer_type;
};

template <class... Ops>
std::vector<operation> list_all(tipring::http::operation_list<Ops...>) {
    return {operation{.codec = {&tipring::http::operation_of<Ops>, &tipring::json::table_of<Ops>},
                      .type = random_type_of<Ops>(),
                      .has_answer_type = tipring::json::described<typename Ops::answer>}...};
}

inline std::vector<operation> all() {
    return list_all(tipring::server::miarec::detail::all_operations{});
}

} // namespace miarec_operations
