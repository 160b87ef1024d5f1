#include "inputs.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <utility>

#include <tipring/json/decode.hpp>
#if TIPRING_BENCHMARK_BOOST
#include <tipring/json/boost.hpp>
#endif

#include "checksum.hpp"
#include "records.hpp"

namespace bench {

namespace {

constexpr std::uint64_t seed = 20181012;

#if TIPRING_BENCHMARK_BOOST
using reference_engine = json::boost_engine;
#else
using reference_engine = json::builtin_engine;
#endif

/// What is changed in a page before it is printed.
enum class change { none, other_order, random_order, unknown_members };

/// Puts the members of the objects below a record, and of the record, in another order. With a seed
/// of its own for each number of members the order is the same in every record.
void shuffle(node& part, random_sequence* random) {
    random_sequence fixed{seed + part.parts.size()};
    random_sequence& order = random != nullptr ? *random : fixed;
    for (node& inner : part.parts) shuffle(inner, random);
    if (part.what != node::type::object) return;
    for (std::size_t i = part.parts.size(); i > 1; --i) {
        const std::size_t other = order.below(i);
        std::swap(part.parts[i - 1], part.parts[other]);
        std::swap(part.names[i - 1], part.names[other]);
    }
}

node make_unknown(random_sequence& random, std::size_t number) {
    const int value = static_cast<int>(random.below(100000));
    switch (number % 5) {
    case 0: return value;
    case 1: return "not documented";
    case 2: return node::array().push(value).push(node{}).push(node::object().add("k", true));
    case 3: return node::object().add("score", node::literal("0.8125")).add("tag", "a \"b\" c");
    default: return node{};
    }
}
/// Spreads twenty members that no document knows over a record.
void add_unknown(node& record, random_sequence& random) {
    constexpr std::size_t count = 20;
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::ptrdiff_t>(record.parts.size() * i / count);
        record.parts.insert(record.parts.begin() + at, make_unknown(random, i));
        record.names.insert(record.names.begin() + at, "x_member_" + std::to_string(i));
    }
}

void apply(change what, node& record, random_sequence& random) {
    switch (what) {
    case change::none: break;
    case change::other_order: shuffle(record, nullptr); break;
    case change::random_order: shuffle(record, &random); break;
    case change::unknown_members: add_unknown(record, random); break;
    }
}

node page_of(const char* plural, std::size_t count, node records) {
    const std::string number = std::to_string(count);
    node page = node::object();
    page.add("next_url",
             "/api/v2/" + std::string{plural} + ".json?start=" + number + "&limit=" + number);
    page.add("total", static_cast<std::int64_t>(count) * 7).add(plural, std::move(records));
    return page;
}

template <change What = change::none, layout Style = layout::compact, names People = names::plain,
          escapes Escaped = escapes::needed>
input make_calls(const input_row& row) {
    random_sequence random{seed};
    random_sequence changes{seed + 1};
    node calls = node::array();
    for (std::size_t i = 0; i < row.records; ++i) {
        node call = make_call(random, People);
        apply(What, call, changes);
        calls.push(std::move(call));
    }
    const node page = page_of("calls", row.records, std::move(calls));
    return make_input(row.name, shape::call_page, row.records, print(page, Style, Escaped));
}

input make_users(const input_row& row) {
    random_sequence random{seed + 2};
    node users = node::array();
    for (std::size_t i = 0; i < row.records; ++i) users.push(make_user(random, names::plain));
    const node page = page_of("users", row.records, std::move(users));
    return make_input(row.name, shape::user_page, row.records,
                      print(page, layout::compact, escapes::needed));
}

input make_one(const input_row& row, shape which, const char* envelope, node record) {
    const node document = node::object().add(envelope, std::move(record));
    return make_input(row.name, which, 1, print(document, layout::compact, escapes::needed));
}
input make_one_call(const input_row& row) {
    random_sequence random{seed};
    return make_one(row, shape::call_envelope, "call", make_call(random, names::plain));
}
input make_one_user(const input_row& row) {
    random_sequence random{seed + 2};
    return make_one(row, shape::user_envelope, "user", make_user(random, names::plain));
}
input make_one_tenant(const input_row& row) {
    random_sequence random{seed + 3};
    return make_one(row, shape::tenant_envelope, "tenant", make_tenant(random));
}
input make_create_user(const input_row& row) {
    random_sequence random{seed + 4};
    return make_one(row, shape::user_envelope, "user", make_new_user(random));
}

input make_cloudlink_users(const input_row& row) {
    random_sequence random{seed + 5};
    const std::string number = std::to_string(row.records);
    const std::string self = "/2017-09-01/users?$top=" + number;
    node page = node::object();
    page.add("count", static_cast<std::int64_t>(row.records));
    page.add("_links", node::object().add("self", self).add("next", self + "&$skip=" + number));
    page.add("_embedded", node::object().add("items", make_cloudlink_account(random, row.records)));
    return make_input(row.name, shape::cloudlink_user_page, row.records,
                      print(page, layout::compact, escapes::needed));
}
input make_token_answer(const input_row& row) {
    random_sequence random{seed + 6};
    return make_input(row.name, shape::token, 1,
                      print(make_token(random), layout::compact, escapes::needed));
}

constexpr unsigned all = decodes | encodes | streams;

constexpr input_row rows[] = {
    {"calls_1", all, 1, &make_calls<>},
    {"calls_10", all, 10, &make_calls<>},
    {"calls_100", all, 100, &make_calls<>},
    {"calls_1000", all, 1000, &make_calls<>},
    {"calls_10000", all, 10000, &make_calls<>},
    {"calls_1000_other_order", decodes | streams, 1000, &make_calls<change::other_order>},
    {"calls_1000_random_order", decodes | streams, 1000, &make_calls<change::random_order>},
    {"calls_1000_unknown_members", decodes | streams, 1000, &make_calls<change::unknown_members>},
    {"calls_1000_utf8", all, 1000,
     &make_calls<change::none, layout::compact, names::international>},
    {"calls_1000_escaped", decodes | streams, 1000,
     &make_calls<change::none, layout::compact, names::international, escapes::all>},
    {"calls_1000_pretty", decodes | streams, 1000, &make_calls<change::none, layout::pretty>},
    {"calls_1000_spaced", decodes | streams, 1000, &make_calls<change::none, layout::spaced>},
    {"call", decodes | encodes, 1, &make_one_call},
    {"users_1000", all, 1000, &make_users},
    {"user", decodes | encodes, 1, &make_one_user},
    {"tenant", decodes | encodes, 1, &make_one_tenant},
    {"create_user", decodes | encodes, 1, &make_create_user},
    {"cloudlink_users_1000", all, 1000, &make_cloudlink_users},
    {"token", decodes | encodes, 1, &make_token_answer},
};

/// Decodes into `kept`; false when the reference refuses.
bool decode_by_reference(const json::table& type, text body, reference& kept) {
    kept.value.assign(type.size, std::byte{});
    kept.memory.resize(2 * body.size() + 65536);
    tipring::arena memory{std::span{kept.memory}};
    const auto done = json::decode_into<reference_engine>(type, kept.value.data(), body, memory);
    if (!done) return false;
    kept.sum = checksum(type, kept.object());
    return true;
}

} // namespace

input make_input(text name, shape which, std::size_t records, std::string body) {
    const bool has_escapes = body.find('\\') != std::string::npos;
    const json::table* const type =
        with_type_of(which, []<class T>(std::type_identity<T>) { return &json::table_of<T>; });
    return {name, which, records, std::move(body), has_escapes, type};
}

std::span<const input_row> input_rows() {
    return rows;
}

const input& input_of(const input_row& row) {
    static std::map<const input_row*, std::unique_ptr<const input>> made;
    auto& found = made[&row];
    if (found == nullptr) found = std::make_unique<const input>(row.make(row));
    return *found;
}

const reference& reference_of(const input& of) {
    static std::map<const input*, std::unique_ptr<const reference>> made;
    auto& found = made[&of];
    if (found != nullptr) return *found;
    auto kept = std::make_unique<reference>();
    if (!decode_by_reference(*of.type, of.body, *kept)) {
        std::fprintf(stderr, "the reference refuses the input %.*s\n",
                     static_cast<int>(of.name.size()), of.name.data());
        std::exit(2);
    }
    found = std::move(kept);
    return *found;
}

std::uint64_t reference_checksum(const json::table& type, text body) {
    reference kept;
    return decode_by_reference(type, body, kept) ? kept.sum : 0;
}

} // namespace bench
