// The inputs of the benchmarks: one row each of a table. Documents are made from a fixed seed when
// they are first asked for, the same bytes on every platform, and kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <tipring/auth/oauth2.hpp>
#include <tipring/cloudlink/admin_user.hpp>
#include <tipring/miarec/miarec.hpp>

#include "schema.hpp"

namespace bench {

/// The types that documents are decoded into.
enum class shape {
    call_page,
    call_envelope,
    user_page,
    user_envelope,
    tenant_envelope,
    cloudlink_user_page,
    token,
};
using cloudlink_user_page = tipring::cloudlink::collection<tipring::cloudlink::user>;

/// Calls `use` with std::type_identity of the shape's type.
template <class Use>
auto with_type_of(shape which, const Use& use) {
    namespace miarec = tipring::miarec;
    switch (which) {
    case shape::call_page: return use(std::type_identity<miarec::call_page>{});
    case shape::call_envelope: return use(std::type_identity<miarec::call_envelope>{});
    case shape::user_page: return use(std::type_identity<miarec::user_page>{});
    case shape::user_envelope: return use(std::type_identity<miarec::user_envelope>{});
    case shape::tenant_envelope: return use(std::type_identity<miarec::tenant_envelope>{});
    case shape::cloudlink_user_page: return use(std::type_identity<cloudlink_user_page>{});
    default: return use(std::type_identity<tipring::oauth::token_answer>{});
    }
}

/// What is done with an input; several may be.
enum jobs : unsigned { decodes = 1, encodes = 2, streams = 4 };

struct input {
    text name;
    bench::shape shape;
    std::size_t records;
    std::string body;
    /// Decoding in place changes the body.
    bool has_escapes;
    const json::table* type;
};

/// Makes an input of any document.
input make_input(text name, shape which, std::size_t records, std::string body);

struct input_row {
    text name;
    unsigned jobs;
    std::size_t records;
    input (*make)(const input_row& row);
};
std::span<const input_row> input_rows();

/// Makes it when it is asked for the first time.
const input& input_of(const input_row& row);

/// What the input says, by the reference: tipring's boost engine, or the builtin one in a program
/// without Boost.
struct reference {
    std::vector<std::byte> value;
    std::vector<std::byte> memory;
    std::uint64_t sum = 0;

    const void* object() const { return value.data(); }
};
/// Ends the program when the reference refuses the input.
const reference& reference_of(const input& of);

/// Of a decode of any document by the reference; 0 when it is refused.
std::uint64_t reference_checksum(const json::table& type, text body);

} // namespace bench
