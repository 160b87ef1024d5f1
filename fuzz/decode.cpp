// Any bytes as any described type, all answers and requests of both APIs among them: const, in
// place and by Boost.JSON, they are the same value or the same error (decode_oracle.hpp); so they
// are owned by the heap, for some of the types. Input: which type, which options, how much memory,
// then the document.
#include <tipring/http/operation.hpp>
#include <tipring/json/decoded.hpp>
#include <tipring/json/equal.hpp>

#include "cloudlink_operations.hpp"
#include "decode_oracle.hpp"
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

const std::size_t fuzz::choices_size = 3;

namespace {

using type_list = std::vector<const tipring::json::table*>;

template <class... Ops>
void add_types_of(tipring::http::operation_list<Ops...>, type_list& into) {
    const auto add = [&into]<class T>() {
        if constexpr (tipring::json::described<T>) into.push_back(&tipring::json::table_of<T>);
    };
    (add.template operator()<Ops>(), ...);
    (add.template operator()<typename Ops::answer>(), ...);
}

/// Those that tests make at random, then all others that CloudLink's operations reach. Corpora name
/// one by its number: add at the end.
const type_list& decoded_types() {
    static const type_list all = [] {
        type_list found;
        for (const random_type& each : every_type()) found.push_back(each.table);
        type_list more;
        cloudlink_operations::for_each_list(
            [&more]<class List, tipring::cloudlink::service>() { add_types_of(List{}, more); });
        const auto is_known = [&found](const tipring::json::table* type) {
            return std::find(found.begin(), found.end(), type) != found.end();
        };
        while (!more.empty()) {
            const tipring::json::table* const type = more.back();
            more.pop_back();
            if (is_known(type)) continue;
            found.push_back(type);
            for (std::size_t i = 0; i < type->member_count; ++i)
                if (type->members[i].type != nullptr) more.push_back(type->members[i].type);
        }
        return found;
    }();
    return all;
}

/// How a T that the heap owns differs from the value in an arena.
template <class T>
std::string owned_difference(std::string_view document,
                             const tipring::json::decode_options& chosen) {
    std::vector<std::byte> bytes(std::size_t{1} << 20);
    tipring::arena memory{std::span<std::byte>{bytes}};
    const auto in_arena = tipring::json::decode<T>(document, memory, chosen);
    auto owned = tipring::json::decode_owned<T>(document, chosen);
    if (owned.code() != in_arena.code()) return "owned: another verdict";
    if (!owned)
        return owned.error().offset == in_arena.error().offset ? "" : "owned: another offset";
    const tipring::json::decoded<T> moved = std::move(*owned);
    if (moved.body() != document) return "owned: another body";
    return *moved == *in_arena ? "" : "owned: another value";
}

struct owned_type {
    const tipring::json::table* type;
    std::string (*difference)(std::string_view, const tipring::json::decode_options&);
};
template <class T>
constexpr owned_type owned_type_of{&tipring::json::table_of<T>, &owned_difference<T>};
constexpr owned_type owned_types[] = {
    owned_type_of<tipring::json_types::everything>, owned_type_of<tipring::miarec::call_page>,
    owned_type_of<tipring::miarec::user_page>,
    owned_type_of<tipring::cloudlink::collection<tipring::cloudlink::user>>};

tipring::json::decode_options options_of(std::uint8_t choice) {
    tipring::json::decode_options made;
    made.lenient_numbers = (choice & 1) != 0;
    constexpr unsigned depths[] = {32, 64, 2, 5};
    made.max_depth = depths[choice >> 1 & 3];
    if ((choice & 8) != 0) made.max_text = 10;
    if ((choice & 16) != 0) made.max_elements = 3;
    if ((choice & 32) != 0) made.max_keys = 2;
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::document_input<fuzz::choices_size> input{data, size};
    if (!input.is_complete) return 0;
    const type_list& types = decoded_types();
    const tipring::json::table& type = *types[input.choices[0] % types.size()];
    const tipring::json::decode_options options = options_of(input.choices[1]);
    fuzz::decode_oracle oracle;
    fuzz::require_none(
        oracle.difference(type, input.document, options, std::size_t{input.choices[2]} * 24),
        input.document);
    for (const owned_type& each : owned_types)
        if (each.type == &type)
            fuzz::require_none(each.difference(input.document, options), input.document);
    return 0;
}
